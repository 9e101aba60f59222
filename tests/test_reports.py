"""Reports of `explain` and `compare` in a real Chromium: what readers can do, what pages cannot."""

import html
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import newsextract
from fixtures_on_disk import FOLDER
from newsextract.explanation.comparison import compare, read_page
from newsextract.fetching.rendering import installed_browser
from newsextract.records import Page

sync_api = pytest.importorskip("playwright.sync_api", reason="needs newsextract[render]")
pytestmark = pytest.mark.skipif(installed_browser() is None, reason="no Chromium is installed")

DAM = FOLDER / "crumbs--home-arrow-title-four-times" / "page.html"
ADDRESS = "https://www.valley-bulletin.example/dam/"
ATTACK = "</script><!--<script>'\"><img src=x onerror=window.harmed=1><svg/onload=window.harmed=1>"
TEXT = (
    "The bakery on Quay Street closed for a week after its oven cracked during the Friday shift. "
)


class Opened:
    """A report that is open in a browser, and what happened meanwhile."""

    def __init__(self, page: sync_api.Page) -> None:
        self.page = page
        self.messages: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda message: self.messages.append(message.text))
        page.on("pageerror", lambda error: self.messages.append(str(error)))
        page.on("dialog", lambda dialog: (self.messages.append("dialog"), dialog.dismiss()))
        page.on("request", lambda request: self.requests.append(request.url))

    @property
    def frame(self) -> sync_api.Frame:
        return self.page.frames[1]

    def texts(self, selector: str) -> list[str]:
        # Of what has just come into sight `content-visibility: auto` shows no text before the
        # next frame is drawn: https://drafts.csswg.org/css-contain-2/#cv-notes
        self.frame.evaluate(
            "new Promise(d => requestAnimationFrame(() => requestAnimationFrame(d)))"
        )
        return self.frame.locator(selector).locator("visible=true").all_inner_texts()

    def selected(self) -> str | None:
        return self.frame.locator("#blocks").get_attribute("aria-activedescendant")


Open = Callable[..., Opened]


@pytest.fixture(scope="module")
def browser() -> Iterator[sync_api.Browser]:
    with sync_api.sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=installed_browser(), args=["--no-sandbox"]
        )
        yield launched
        launched.close()


@pytest.fixture
def opened(browser: sync_api.Browser, tmp_path: Path) -> Iterator[Open]:
    pages = []

    def open_report(report: str, *, width: int = 1_280, scheme: str = "light") -> Opened:
        path = tmp_path / "report.html"
        path.write_text(report, encoding="utf-8")
        page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
        pages.append(page)
        seen = Opened(page)
        page.goto(path.as_uri())
        page.frame_locator("iframe").locator(".app").wait_for()
        return seen

    yield open_report
    for page in pages:
        page.close()


@pytest.fixture(scope="module")
def dam() -> newsextract.Explanation:
    return newsextract.explain(DAM.read_bytes(), ADDRESS)


def test_a_reader_finds_why_a_block_was_kept_or_dropped(opened, dam):
    seen = opened(dam.to_html())

    assert "Brindle Valley Dam Gates Opened" in seen.texts("h1")[0]
    rows = seen.frame.locator("#blocks > li[data-index]")
    assert rows.count() == len(dam.decisions)
    for index, block in enumerate(dam.decisions):
        assert rows.nth(index).get_attribute("class") == block.fate
        assert block.text.split("\n")[0] in rows.nth(index).text_content()
        assert block.reason in rows.nth(index).text_content()
    rows.filter(has_text="Reservoir levels").click()
    panel = seen.texts("#panel")[0]
    block = next(each for each in dam.decisions if each.text.startswith("Reservoir levels"))
    assert block.probability > 0.995
    assert f"Probability of being body text: {100 * block.probability:.1f}\u00a0%" in panel
    assert all(weight.words in panel for weight in block.weights)
    assert block.path in panel
    rows.filter(has_text="Top Stories").click()
    panel = seen.texts("#panel")[0]
    assert "The model was not asked." in panel
    assert "null" not in panel
    assert seen.messages == []
    assert seen.requests == [seen.page.url]


def test_filters_show_what_is_most_often_wrong(opened, dam):
    seen = opened(dam.to_html())

    seen.frame.get_by_role("button", name="dropped but long").click()
    long = [
        block
        for block in dam.decisions
        if block.fate == "dropped"
        and block.length >= 140
        and block.link_density < 0.5
        and not block.text.startswith(("Top Stories", "About Us"))
    ]
    assert len(seen.texts("#blocks > li[data-index]")) == len(long) > 0
    seen.frame.get_by_role("button", name="kept but doubtful").click()
    assert seen.texts("#blocks > li") == ["No such block."]
    seen.frame.get_by_role("button", name="kept (5)").click()
    assert len(seen.texts("#blocks > li[data-index]")) == 5


def test_keys_do_all_that_clicks_do(opened, dam):
    seen = opened(dam.to_html())
    press = seen.page.keyboard.press

    press("j")
    press("j")
    assert seen.selected() == "block-1"
    press("k")
    assert seen.selected() == "block-0"
    press("2")
    assert seen.selected() is None
    press("ArrowDown")
    kept = [index for index, block in enumerate(dam.decisions) if block.fate == "kept"]
    assert seen.selected() == f"block-{kept[0]}"
    press("ArrowDown")
    assert seen.selected() == f"block-{kept[1]}"
    press("f")
    assert "meta:og:title" not in seen.texts("#panel")[0]
    seen.frame.locator("details summary").first.press("Enter")
    assert "meta:og:title" in seen.texts("#panel")[0]
    press("r")
    assert "276" in seen.texts("#panel")[0]
    press("t")
    assert "normalization" in seen.texts("#panel")[0]
    press("Tab")
    assert seen.frame.evaluate("document.activeElement.tagName") in {"BUTTON", "OL"}
    assert seen.messages == []


def test_fields_show_who_gave_what_and_what_was_not_taken(opened, dam):
    seen = opened(dam.to_html())
    seen.frame.get_by_role("tab", name="Fields").click()

    chosen = seen.texts(".option.chosen")
    assert any("Hana Corwen\n" in text for text in chosen)
    assert any("2024-11-12" in text for text in chosen)
    rejected = seen.texts(".option:not(.chosen)")
    assert any("BREAKING" in text for text in rejected)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_one_thing_at_a_time(opened, dam, scheme):
    seen = opened(dam.to_html(), width=360, scheme=scheme)

    assert seen.frame.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert seen.frame.locator("#panel").is_hidden()
    seen.frame.locator("#block-9").click()
    assert seen.frame.locator("#blocks").is_hidden()
    assert "Probability of being body text" in seen.texts("#panel")[0]
    assert seen.frame.evaluate("document.documentElement.scrollWidth <= innerWidth")
    seen.frame.get_by_role("tab", name="Page").click()
    assert seen.frame.locator("#block-9").is_visible()


# https://www.w3.org/TR/WCAG22/#contrast-minimum
CONTRAST = """() => {
  const channel = (value) => value <= .04045 ? value / 12.92 : ((value + .055) / 1.055) ** 2.4;
  const light = (color) => {
    const [r, g, b] = color.match(/[\\d.]+/g).map((part) => channel(part / 255));
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const paper = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const color = getComputedStyle(at).backgroundColor;
      if (color !== "rgba(0, 0, 0, 0)") return color;
    }
  };
  const worst = (node) => {
    const pair = [light(getComputedStyle(node).color), light(paper(node))].sort((a, b) => b - a);
    return (pair[0] + .05) / (pair[1] + .05);
  };
  const telling = [...document.querySelectorAll("p, span, td, button, h1, h2, h3, li, dt, dd")];
  return Math.min(...telling.filter((node) => node.innerText.trim()).map(worst));
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_can_be_read(opened, dam, scheme):
    seen = opened(dam.to_html(), scheme=scheme)
    seen.frame.locator("#block-9").click()

    assert seen.frame.evaluate(CONTRAST) >= 4.5
    assert (seen.frame.evaluate("getComputedStyle(document.body).backgroundColor")
            == {"light": "rgb(253, 253, 252)", "dark": "rgb(22, 24, 26)"}[scheme])  # fmt: skip


def hostile_page() -> bytes:
    quoted = html.escape(ATTACK)
    record = {"@type": "NewsArticle", "headline": ATTACK, "author": {"name": ATTACK}}
    data = json.dumps(record).replace("</", "<\\/")
    return (
        f"<title>{quoted}</title><meta property=og:title content='{quoted}'>"
        f"<script type=application/ld+json>{data}</script>"
        f"<script>window.harmed=1</script><body onload=window.harmed=1 class='{quoted}'>"
        f"<article class='{quoted}'><h1>{quoted}</h1>"
        + f"<p onclick=window.harmed=1>{quoted} {TEXT}</p><p>{TEXT * 3}</p>"
        * 4
        + f"<a href='javascript:window.harmed=1'>{quoted}</a><img src=x onerror=window.harmed=1>"
        f"<iframe src=//evil.example></iframe></article>"
    ).encode()


def unharmed(seen: Opened) -> bool:
    frames = [seen.page.main_frame, seen.frame]
    loads = seen.frame.locator("img, svg, iframe, a, object, embed, form, link").count()
    return loads == 0 and all(frame.evaluate("window.harmed === undefined") for frame in frames)


def test_nothing_of_a_hostile_page_runs_or_is_loaded(opened):
    explanation = newsextract.explain(hostile_page(), f"https://evil.example/{ATTACK}")
    assert ATTACK in explanation.article.title
    seen = opened(explanation.to_html())
    for name in ("Record", "Fields", "Times", "Block"):
        seen.frame.get_by_role("tab", name=name).click()
    seen.page.keyboard.press("j")

    assert unharmed(seen)
    assert seen.messages == []
    assert seen.requests == [seen.page.url]
    assert ATTACK in seen.texts("h1")[0]


def test_the_browser_would_refuse_a_script_that_got_in(opened, dam):
    seen = opened(dam.to_html())

    seen.frame.evaluate("""() => {
        document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='window.harmed = 1'>");
        const script = document.createElement("script");
        script.textContent = "window.harmed = 1";
        document.body.append(script);
    }""")
    seen.page.wait_for_timeout(200)

    assert seen.frame.evaluate("window.harmed === undefined")
    assert any("Content Security Policy" in message for message in seen.messages)
    # Nor can the frame reach the page around it.
    assert seen.frame.evaluate(
        "(() => { try { return !parent.document } catch { return true } })()"
    )


def test_a_comparison_shows_what_differs(opened):
    page = Page(url=ADDRESS, body=DAM.read_bytes() + hostile_page())
    left, right = (read_page(name, page) for name in ("newsextract", "trafilatura"))
    seen = opened(compare(left, right).to_html())

    assert "trafilatura" in seen.texts("h1")[0]
    fields = len(seen.texts(".fields tbody tr"))
    paragraphs = len(seen.texts(".pairs tbody tr"))
    seen.page.keyboard.press("d")
    assert 0 < len(seen.texts(".fields tbody tr")) < fields
    assert len(seen.texts(".pairs tbody tr")) < paragraphs
    assert "Hana Corwen" in seen.texts(".fields del")[0]
    assert unharmed(seen)
    assert seen.messages == []
    assert seen.requests == [seen.page.url]


def test_a_page_of_many_blocks_opens_soon(opened):
    rows = "".join(f"<p>Line {number} of a long list of lines.</p>" for number in range(1_500))
    seen = opened(newsextract.explain(f"<title>Lines</title><body>{rows}").to_html())

    for _ in range(5):
        seen.page.keyboard.press("j")
    assert seen.selected() == "block-4"
    assert seen.messages == []
