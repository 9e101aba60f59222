"""The walk over the page: what it passes over, and what it keeps."""

import pickle

import pytest

import newsextract
from newsextract.extraction.blocks import survey
from newsextract.extraction.dom import parse

PARAGRAPH = "The harbour reopened on Monday, and the first ferry left with forty people on board."


def surveyed(body):
    return survey(parse(f"<html><body>{body}</body></html>"))


def texts(found):
    return [block.text for block in found.blocks]


def test_menus_and_the_footer_of_the_site_are_passed_over():
    found = surveyed(
        f"<nav class='main top'><a>Home</a></nav><p>{PARAGRAPH}</p><footer>Imprint</footer>"
    )

    assert texts(found) == [PARAGRAPH]
    assert [(passed.reason, passed.index, passed.path()) for passed in found.passed_over] == [
        ("navigation", 0, "html>body>nav.main"),
        ("footer", 1, "html>body>footer"),
    ]


def test_footers_of_stories_and_quotes_and_the_trail_are_walked():
    found = surveyed(
        "<nav aria-label='Breadcrumb'><a>News</a></nav>"
        f"<article><section><p>{PARAGRAPH}</p><footer>By Ann Lee</footer></section></article>"
        "<blockquote>Quoted<footer>Said by Bo</footer></blockquote>"
    )

    assert texts(found) == ["News", PARAGRAPH, "By Ann Lee", "Quoted", "Said by Bo"]
    assert found.passed_over == []


def test_a_page_whose_text_all_stands_in_a_menu_is_walked_whole():
    found = surveyed(f"<h1>Harbour</h1><nav><p>{PARAGRAPH}</p></nav>")

    assert texts(found) == ["Harbour", PARAGRAPH]
    assert found.passed_over == []


def test_what_was_passed_over_is_listed_as_removed_where_it_stood():
    page = (
        "<html><body><p>Ad</p><nav class=menu><ul><li>World</li><li>Sport</li></ul>"
        f"<script>var a</script></nav><nav></nav><article><h1>Harbour</h1><p>{PARAGRAPH}</p>"
        f"<p>{PARAGRAPH.replace('Monday', 'Tuesday')}</p></article></body></html>"
    )
    extraction = newsextract.extract_page(newsextract.Page(body=page.encode()))
    # Pickled before it is asked for: then the list cannot be left for later.
    removed = pickle.loads(pickle.dumps(extraction)).removed

    assert [block.text for block in removed][:2] == ["Ad", "World\nSport"]
    assert (removed[1].step, removed[1].reason) == ("names", "navigation")
    assert removed[1].path == "html>body>nav.menu"


def test_containers_are_those_with_blocks_in_page_order():
    found = surveyed(f"<div><div id=empty></div></div><div><i></i><p>{PARAGRAPH}</p></div>")

    assert [container.tag for container in found.containers] == ["html", "body", "div", "p"]
    assert [container.index for container in found.containers] == [0, 1, 2, 3]
    assert all(container.last - container.first == 1 for container in found.containers)


def test_letters_and_labels_of_a_block():
    found = surveyed(f"<p>Read also: Größe!</p><p>{PARAGRAPH}</p>")

    assert [block.label for block in found.blocks] == ["related", None]
    assert surveyed("<pre>source: harbour</pre>").blocks[0].label is None
    assert found.blocks[0].letters == found.blocks[0].letters == "readalsogröße".replace("ß", "ss")


def test_items_have_the_numbers_that_their_list_gives_them():
    found = surveyed(
        "<ol start='4'><li>four<li>five<ol><li>one</ol><li value=' +9 '>nine<li>ten</ol>"
        "<ol start=0 type=a><li>first<li value=x>second<li value=-3>third</ol>"
        "<ol start=99999999999><li>once</ol><ul start=3><li value=3>dot</ul>"
    )

    assert [(block.text, block.ordinal) for block in found.blocks] == [
        ("four", 4), ("five", 5), ("one", 1), ("nine", 9), ("ten", 10),
        ("first", 1), ("second", 2), ("third", 3), ("once", 1), ("dot", 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p><span>Ann Lee</span><span>12 March 2024</span></p>", "Ann Lee 12 March 2024"),
        ("<p><span>Ann Lee</span><span><b>Harbour</b> desk</span></p>", "Ann Lee Harbour desk"),
        ("<p><span>記者王小明</span><span>2024年3月</span></p>", "記者王小明 2024年3月"),
        (
            "<p>By <a href=/lee>Ann Lee</a><time>March 12, 2024</time></p>",
            "By Ann Lee March 12, 2024",
        ),
        ("<p><a href=/lee>Ann Lee</a><span>Staff Writer</span></p>", "Ann Lee Staff Writer"),
        ("<p><em>Ole Brandt</em><b>Harbour Songs</b></p>", "Ole Brandt Harbour Songs"),
        ("<p><span>Filed under</span><a href=/coast>Coast</a></p>", "Filed under Coast"),
        # Words whose halves are styled, letters that move one by one, formulas, code.
        ("<p><span>Harb</span><span>our</span></p>", "Harbour"),
        ("<p><span>F</span><span>E</span><span>RRY</span></p>", "FERRY"),
        ("<p><span>FER</span><span>RY back</span></p>", "FERRY back"),
        ("<p><span>CO</span><span>2</span></p>", "CO2"),
        ("<p><b>Ferryman</b><sup>TM2</sup></p>", "FerrymanTM2"),
        ("<p>Ann <i>Mac</i><!-- --><span>Corwen</span></p>", "Ann MacCorwen"),
        ("<p>Ann<span>Lee and others</span></p>", "AnnLee and others"),
        ("<pre><span>let</span><span>Ferry = 12</span></pre>", "letFerry = 12"),
    ],
)
def test_what_a_style_alone_parts_is_no_word(html, text):
    assert texts(surveyed(html)) == [text]
