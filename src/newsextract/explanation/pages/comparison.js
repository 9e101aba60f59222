const data = read();
let onlyDifferences = false;

const fields = make("table", { class: "fields" });
const text = make("table", { class: "pairs" });
const toggle = make("button", { type: "button", "aria-pressed": "false", id: "differences" }, "differences only (d)");

function pieces(side, mark) {
  return side.map((piece) => (piece.is_shared ? piece.text : make(mark, null, piece.text)));
}

function head(first) {
  return make("thead", null, make("tr", null, first, make("th", null, data.left), make("th", null, data.right)));
}

function draw() {
  const rows = data.fields.filter((field) => field.differs || !onlyDifferences);
  fields.replaceChildren(
    head(make("th", null, "field")),
    make("tbody", null, rows.map((field) =>
      make(
        "tr", { class: field.differs ? "differs" : null },
        make("th", { scope: "row" }, field.name),
        make("td", { dir: "auto" }, field.differs ? make("del", null, field.left) : field.left),
        make("td", { dir: "auto" }, field.differs ? make("ins", null, field.right) : field.right),
      ))),
  );
  const pairs = data.text.filter((pair) => pair.kind !== "same" || !onlyDifferences);
  text.replaceChildren(
    head(null),
    make("tbody", null, pairs.map((pair) =>
      make(
        "tr", { class: `pair-${pair.kind}` },
        make("td", { dir: "auto" }, pieces(pair.left, "del")),
        make("td", { dir: "auto" }, pieces(pair.right, "ins")),
      ))),
  );
  toggle.setAttribute("aria-pressed", String(onlyDifferences));
}

function flip() {
  onlyDifferences = !onlyDifferences;
  draw();
}

document.body.append(make(
  "div", { class: "app" },
  make(
    "header", null,
    make("h1", null, `${data.left} and ${data.right}`),
    make("p", { class: "soft" }, `${percent(data.shared)} of the text in common · ${data.fields.filter((field) => field.differs).length} fields differ`),
    data.cut ? make("p", { class: "warning" }, `${data.cut} more paragraphs were not compared.`) : null,
    make("nav", null, toggle),
  ),
  make("div", { class: "sides", tabindex: "0", id: "sides" }, fields, make("h2", null, "Text"), text),
));
draw();
toggle.addEventListener("click", flip);
document.addEventListener("keydown", (event) => {
  if (event.key === "d" && !event.ctrlKey && !event.metaKey && !event.altKey) flip();
});
document.getElementById("sides").focus({ preventScroll: true, focusVisible: false });
