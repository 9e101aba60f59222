const LONG = 140;
const MOSTLY_LINKS = 0.5;
const DOUBTFUL = 0.8;
const FILTERS = {
  all: ["all", () => true],
  kept: ["kept", (block) => block.fate === "kept"],
  dropped: ["dropped", (block) => block.fate === "dropped"],
  long: [
    "dropped but long",
    (block) =>
      block.fate === "dropped" && block.length >= LONG && block.link_density < MOSTLY_LINKS && !isMenu(block),
  ],
  doubtful: [
    "kept but doubtful",
    (block) => block.fate === "kept" && block.probability !== null && block.probability < DOUBTFUL,
  ],
};
// A menu or a footer that was passed over as a whole.
function isMenu(block) {
  return block.probability === null && block.step === "names";
}
const MARKS = { kept: "+", dropped: "−", used: "◦" };
const TABS = { page: "Page", block: "Block", record: "Record", fields: "Fields", times: "Times" };
const WIDE = matchMedia("(min-width: 60.01rem)");
const KEYS = "j, k: next and previous block · 1 to 5: filters · b, r, f, t: panels";

const data = read();
const blocks = data.decisions;
const rows = [];
let filter = "all";
let selected = -1;

const list = make("ol", {
  class: "blocks", role: "listbox", tabindex: "0", "aria-label": "Blocks of the page", id: "blocks",
});
const panel = make("div", { class: "panel", role: "tabpanel", id: "panel", tabindex: "-1" });
const tabs = make("div", { role: "tablist", "aria-label": "Panels" });
const filters = make("nav", { "aria-label": "Filters" });
const app = make("div", { class: "app", "data-tab": "page" });

function header() {
  const article = data.article;
  const outcome = article
    ? make("span", { class: "badge kept-badge" }, `article, body ${percent(article.confidence)} sure`)
    : make("span", { class: "badge dropped-badge" }, data.failure ? data.failure.kind : "no article");
  return make(
    "header", null,
    make("h1", null, (article && article.title) || data.url || "A page"),
    make("p", { class: "soft" }, outcome, " ", data.url || "", ` · ${data.program}`),
    data.failure ? make("p", { class: "warning" }, data.failure.message) : null,
    data.warnings.map((text) => make("p", { class: "warning" }, text)),
    filters,
  );
}

function row(block, index) {
  const probability = block.probability === null ? "" : ` · ${percent(block.probability)}`;
  return make(
    "li",
    {
      class: block.fate, role: "option", id: `block-${index}`, "data-index": index,
      "aria-selected": "false",
    },
    make("span", { class: "mark", title: block.fate }, MARKS[block.fate]),
    make("span", { class: `text ${block.kind}`, dir: "auto" }, block.text),
    make("span", { class: "why" }, `${block.fate}: ${block.reason}${probability}`),
  );
}

function showFilters() {
  filters.replaceChildren(
    ...Object.entries(FILTERS).map(([name, [words, test]]) =>
      make(
        "button",
        { type: "button", "data-filter": name, "aria-pressed": String(name === filter) },
        `${words} (${blocks.filter(test).length})`,
      )),
  );
}

function setFilter(name) {
  filter = name;
  const test = FILTERS[name][1];
  blocks.forEach((block, index) => { rows[index].hidden = !test(block); });
  showFilters();
  empty.hidden = blocks.some(test);
  if (selected >= 0) select(rows[selected].hidden ? -1 : selected);
}

function select(index) {
  if (selected >= 0) rows[selected].setAttribute("aria-selected", "false");
  selected = index;
  if (index < 0) {
    list.removeAttribute("aria-activedescendant");
  } else {
    rows[index].setAttribute("aria-selected", "true");
    rows[index].scrollIntoView({ block: "nearest" });
    list.setAttribute("aria-activedescendant", rows[index].id);
  }
  if (["block", "page"].includes(app.dataset.tab)) panel.replaceChildren(...blockPanel());
}

function step(direction) {
  let index = selected < 0 && direction < 0 ? blocks.length : selected;
  do index += direction; while (index >= 0 && index < blocks.length && rows[index].hidden);
  if (index >= 0 && index < blocks.length) select(index);
}

function blockPanel() {
  const block = blocks[selected];
  if (!block) return [make("p", { class: "empty" }, `Choose a block. ${KEYS}.`)];
  return [
    make("h2", null, make("span", { class: `badge ${block.fate}-badge` }, block.fate), ` ${block.reason}`),
    make("p", { class: "soft" }, `step: ${block.step} · ${block.kind} · ${block.length} characters, ${percent(block.link_density)} links`),
    make("p", { class: "path" }, block.path),
    block.probability === null
      ? make("p", null, "The model was not asked.")
      : [
          make("p", null, `Probability of being body text: ${percent(block.probability)}`),
          make("div", { class: "bar" }, bar(block.probability)),
        ],
    block.weights.length
      ? [
          make("h3", null, "What weighed most"),
          make("p", { class: "soft" }, "Against the other blocks of this page, in logarithms of odds."),
          make(
            "table", null,
            make("tbody", null, block.weights.map((weight) =>
              make(
                "tr", { title: weight.feature },
                make("td", null, weight.words),
                make("td", { class: "number soft" }, String(weight.value)),
                make(
                  "td", { class: `number ${weight.weight > 0 ? "up" : "down"}` },
                  `${weight.weight > 0 ? "+" : "−"}${Math.abs(weight.weight).toFixed(2)}`,
                ),
              ))),
          ),
        ]
      : [],
  ].flat();
}

function bar(share) {
  const filled = make("span");
  filled.style.width = `${100 * Math.min(1, share)}%`;
  return filled;
}

function shown(value) {
  if (Array.isArray(value)) return value.map(shown).join("\n");
  if (value !== null && typeof value === "object") {
    return Object.values(value).filter((each) => each !== null && each !== 0).map(shown).join(" · ");
  }
  return String(value);
}

function recordPanel() {
  if (!data.article) return [make("p", { class: "empty" }, "This page gave no article.")];
  const apart = new Set(["blocks", "sources", "type", "version", "warnings"]);
  const fields = make("dl");
  for (const [name, value] of Object.entries(data.article)) {
    const text = value === null || apart.has(name) ? "" : shown(value);
    if (text) {
      const source = data.article.sources[name];
      const from = source ? ` · ${source.source} · ${percent(source.confidence)}` : "";
      fields.append(make("dt", null, name + from), make("dd", { dir: "auto" }, text));
    }
  }
  return [fields];
}

function fieldsPanel() {
  const fields = new Map();
  for (const option of data.options) {
    if (!fields.has(option.field)) fields.set(option.field, []);
    fields.get(option.field).push(option);
  }
  if (!fields.size) return [make("p", { class: "empty" }, "The page offers nothing for any field.")];
  return [...fields].map(([name, options]) => [
    make("h3", null, name),
    options.map((option) =>
      make(
        "div", { class: `option${option.is_chosen ? " chosen" : ""}` },
        make("p", { dir: "auto" }, option.value),
        make(
          "details", null,
          make("summary", null, `${option.is_chosen ? "chosen" : "not chosen"} · ${percent(option.probability)} · ${option.given.length} source${option.given.length === 1 ? "" : "s"}`),
          make("ul", { class: "plain" }, option.given.map((each) =>
            make("li", null, make("code", null, each.source), ` ${percent(each.score)} `, each.evidence.join(", ")))),
        ),
      )),
  ]).flat(2);
}

function timesPanel() {
  const total = data.stages.reduce((sum, stage) => sum + stage.milliseconds, 0);
  return [
    make("p", null, `${total.toFixed(1)} ms in all`),
    make("table", null, make("tbody", null, data.stages.map((stage) =>
      make(
        "tr", null,
        make("td", null, stage.stage, make("div", { class: "bar" }, bar(stage.milliseconds / total))),
        make("td", { class: "number" }, `${stage.milliseconds.toFixed(1)} ms`),
      )))),
  ];
}

// On a wide screen the page is always there, and what is beside it is about a block.
const PANELS = {
  page: blockPanel, block: blockPanel, record: recordPanel, fields: fieldsPanel, times: timesPanel,
};

function showTab(name) {
  app.dataset.tab = name;
  tabs.replaceChildren(
    ...Object.entries(TABS).map(([key, words]) =>
      make(
        "button",
        {
          type: "button", role: "tab", "data-tab": key, "aria-controls": "panel",
          "aria-selected": String(key === app.dataset.tab), class: key === "page" ? "page-tab" : null,
        },
        words,
      )),
  );
  panel.replaceChildren(...PANELS[name]());
}

const empty = make("li", { class: "empty", role: "presentation", hidden: true }, "No such block.");
blocks.forEach((block, index) => rows.push(row(block, index)));
list.append(...rows, empty);
app.append(header(), make("main", null, list, make("aside", null, tabs, panel)));
document.body.append(app);
setFilter("all");
showTab(WIDE.matches ? "block" : "page");
// The frame may have no size yet.
WIDE.addEventListener("change", () => showTab(WIDE.matches ? "block" : "page"));

list.addEventListener("click", (event) => {
  const item = event.target.closest("li[data-index]");
  if (!item) return;
  select(Number(item.dataset.index));
  if (!WIDE.matches) showTab("block");
});
filters.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button) {
    setFilter(button.dataset.filter);
    filters.querySelector(`[data-filter="${button.dataset.filter}"]`).focus();
  }
});
tabs.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button) {
    showTab(button.dataset.tab);
    tabs.querySelector(`[data-tab="${button.dataset.tab}"]`).focus();
  }
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const names = { b: "block", r: "record", f: "fields", t: "times", p: "page" };
  const inList = document.activeElement === list || document.activeElement === document.body;
  if (event.key === "j" || (event.key === "ArrowDown" && inList)) step(1);
  else if (event.key === "k" || (event.key === "ArrowUp" && inList)) step(-1);
  else if (event.key >= "1" && event.key <= "5") setFilter(Object.keys(FILTERS)[event.key - 1]);
  else if (names[event.key]) showTab(names[event.key]);
  else return;
  event.preventDefault();
});
list.focus({ preventScroll: true, focusVisible: false });
