"""What is in the source but not shown: the row H8 of the table in the README."""

import pytest

import newsextract
from newsextract.extraction.hidden import hides

TEXT = "This sentence nobody sees on the page, so it does not belong to the story at all."
STORY = (
    "<p>The old harbour bridge opened again on Tuesday after eleven months of work, they said.</p>"
    "<p>Engineers replaced forty cables and the whole deck, and the first trams crossed at dawn.</p>"
)
MORE = (
    "<p>Walkers may use both sides from now on, and the lamps will follow before the summer.</p>"
    "<p>The council had feared that the work would last until winter, as it did ten years ago.</p>"
)
STYLE = """<style>/* .story { display: none } */
.qx17{display:none} #qx18, .other > p { visibility: hidden } p.qx19{position:absolute;left:-9999px}
.story { display: block } .qx20 { display: none } .qx20 { display: block }
.faq-panel, .qx23 { display: none } .panel-body { visibility: hidden }
@media print { .story { display: none } .qx21 { display: none } } .qx22 .deep { display: none }</style>"""
ALWAYS = {
    "hidden": f"<p hidden>{TEXT}</p>",
    "hidden around": f'<div hidden=""><p>{TEXT}</p></div>',
    "hidden in line": f"<p>Here is what one sees. <span hidden>{TEXT}</span></p>",
    "aria-hidden": f"<div aria-hidden=true>{TEXT}</div>",
    "display": f'<p style="color:red; DISPLAY : none !important">{TEXT}</p>',
    "visibility": f'<p style="visibility:hidden">{TEXT}</p>',
    "font-size": f'<p style="font-size: 0px;">{TEXT}</p>',
    "text-indent": f'<p style="text-indent:-9999px">{TEXT}</p>',
    "off-screen": f'<p style="position:absolute;left:-10000px">{TEXT}</p>',
    "off-screen around": f'<div style="position: absolute; top: -9999em"><p>{TEXT}</p></div>',
    "clip": f'<p style="position:absolute;clip:rect(0,0,0,0)">{TEXT}</p>',
    "clip-path": f'<p style="clip-path:inset(50%)">{TEXT}</p>',
    "one pixel": f'<span style="position:absolute;width:1px;height:1px;overflow:hidden">{TEXT}</span>',
    "scale": f'<p style="transform: scale(0)">{TEXT}</p>',
}  # fmt: skip
MOSTLY = {
    "sr-only": f'<p class="sr-only">{TEXT}</p>',
    "visually-hidden": f'<p>Words to see. <span class="u-visually-hidden">{TEXT}</span></p>',
    "screen-reader-text": f'<p class="screen-reader-text">{TEXT}</p>',
    "visuallyHidden": f'<p class="visuallyHidden">{TEXT}</p>',
    "d-none": f'<p class="d-none">{TEXT}</p>',
    "is-hidden": f'<p class="is-hidden">{TEXT}</p>',
    "rule for a class": f'<p class="qx17">{TEXT}</p>',
    "rule for an id": f'<p id="qx18">{TEXT}</p>',
    "a button opens a menu": f"<button aria-controls=menu-7>Menu</button><div id=menu-7 hidden><p>{TEXT}</p></div>",
    "rule for a panel of a search": f'<div class="search-accordion"><p class="qx23">{TEXT}</p></div>',
    "rule that puts it away": f'<p class="qx19">{TEXT}</p>',
}
NOT_TEXT = {
    "template": f"<template><p>{TEXT}</p></template>",
    "noscript": f"<noscript><p>{TEXT}</p></noscript>",
    "comment": f"<!-- <p>{TEXT}</p> -->",
    "script": f"<script>const x = '<p>{TEXT}</p>'</script>",
    "input": f'<input type=hidden value="{TEXT}">',
    "textarea": f"<textarea>{TEXT}</textarea>",
    "tag characters": "<p>" + "".join(chr(0xE0000 + ord(letter)) for letter in TEXT) + "</p>",
}
SHOWN = {
    "until-found": f'<div hidden="until-found"><p>{TEXT}</p></div>',
    "fades in": f'<p style="opacity:0">{TEXT}</p>',
    "read more": f'<div style="height:0;overflow:hidden"><p>{TEXT}</p></div>',
    "on large screens": f'<p class="d-none d-md-block">{TEXT}</p>',
    "accordion": f'<div class=item><h3 id=h1>More</h3><div role=region aria-labelledby=h1 hidden><p>{TEXT}</p></div></div>',
    "collapsible": f'<div aria-hidden=true hidden data-key="collapsible-text"><p>{TEXT}</p></div>',
    "streamed": f'<div hidden id="S:4"><p>{TEXT}</p></div>',
    "a button opens it": f'<button aria-controls="more p7" aria-expanded=false>More</button><div id=p7 hidden><p>{TEXT}</p></div>',
    "a link opens it": f'<a href="#p8" aria-controls=p8>More</a><p id=p8 style="display:none">{TEXT}</p>',
    "a heading opens what a rule hides": f'<h3 aria-controls=qx18>More</h3><p id="qx18">{TEXT}</p>',
    "accordion by a rule": f'<div class="faq-item"><h3>More</h3><div class="faq-panel"><p>{TEXT}</p></div></div>',
    "accordion by a rule for all panels": f'<div class="collapse"><div class="panel-body"><p>{TEXT}</p></div></div>',
    "shown again by a later rule": f'<p class="qx20">{TEXT}</p>',
    "hidden in print": f'<p class="qx21">{TEXT}</p>',
    "rule for another": f'<div class="qx22"><p>{TEXT}</p></div>',
    "position alone": f'<p style="position:absolute;left:-2px">{TEXT}</p>',
}  # fmt: skip


def extracted(piece: str) -> newsextract.Extraction:
    page = f"""<!doctype html><html lang=en><head><title>The bridge</title>{STYLE}</head><body>
    <article class=story><h1>The bridge</h1>{STORY}{piece}{MORE}</article></body></html>"""
    return newsextract.extract_page(newsextract.Page(body=page.encode(), url="https://p.example/a"))


@pytest.mark.parametrize("kind", [*ALWAYS, *MOSTLY])
def test_h8_what_is_hidden_is_left_out_and_listed(kind: str) -> None:
    extraction = extracted((ALWAYS | MOSTLY)[kind])
    body = "\n".join(block.text for block in extraction.blocks)

    assert TEXT not in body
    assert "old harbour bridge" in body
    assert "as it did ten years ago" in body
    assert [removed.step for removed in extraction.removed if TEXT in removed.text] == ["hidden"]


@pytest.mark.parametrize("kind", NOT_TEXT)
def test_h8_what_is_no_text_of_the_page_is_left_out(kind: str) -> None:
    body = "\n".join(block.text for block in extracted(NOT_TEXT[kind]).blocks)

    assert TEXT not in body
    assert "as it did ten years ago" in body


@pytest.mark.parametrize("kind", SHOWN)
def test_h8_what_readers_can_come_to_see_stays(kind: str) -> None:
    assert TEXT in "\n".join(block.text for block in extracted(SHOWN[kind]).blocks)


def test_h8_a_hidden_colon_parts_a_headline() -> None:
    page = f"""<title>Bridge</title><article><h1><span>Harbour</span><span class="visually-hidden">:
    </span><span>Trams cross again</span></h1>{STORY}{MORE}</article>"""
    assert newsextract.extract(page).title == "Harbour: Trams cross again"


def test_h8_a_page_that_a_script_uncovers_as_a_whole_is_read() -> None:
    page = f'<title>The bridge</title><body><div style="visibility:hidden"><h1>The bridge</h1>{STORY}{MORE}</div>'
    body = newsextract.extract(page).body
    assert "old harbour bridge" in body
    assert "as it did ten years ago" in body


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("display: none", True),
        ("display:none!important;color:red", True),
        ("color:red;visibility : hidden", True),
        ("font-size:0", True),
        ("font-size:0.9em", False),
        ("font-size:09px", False),
        ("margin-left:-9999px", False),
        ("position:fixed;margin-left:-9999px", True),
        ("display:inline;overflow:hidden", False),
        ("", False),
    ],
)
def test_h8_declarations_that_hide(style: str, expected: bool) -> None:
    assert hides(style) is expected
