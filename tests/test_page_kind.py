"""What kind of page it is, what `require_article` refuses, and whether a text goes on elsewhere."""

import json
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import pytest

import newsextract
from newsextract import (
    ForumPage,
    ListingPage,
    NewsextractError,
    NotAnArticle,
    Options,
    OtherPage,
    Page,
    ProductPage,
)
from newsextract.cli import main
from newsextract.extraction.page_kind import (
    NUMBER_NAMES,
    WORD_GROUPS,
    JudgedKind,
    check_kind,
    kind_told_by_media,
    may_be_article,
    shipped_kinds,
)
from newsextract.parts import read_story
from newsextract.records import Image, Video
from pages_of_kinds import made_pages

FOLDER = Path(__file__).parent / "page_kinds"
FIXTURES = sorted(FOLDER.glob("*.html"))
STORIES = [path for path in FIXTURES if path.name.startswith(("article", "gallery", "video"))]
OTHERS = [path for path in FIXTURES if path not in STORIES]
FRONT_PAGE = FOLDER / "listing--front-page.html"
STORY = FOLDER / "article--news-story.html"


def name_of(path):
    return path.stem


def told(html, url=None):
    candidates = newsextract.extract_page(Page(url=url, body=html)).candidates
    return next(own for own in candidates if own.field == "page_kind")


@pytest.mark.parametrize("path", FIXTURES, ids=name_of)
def test_each_fixture_is_named_by_its_canonical_address_alone(path):
    candidate = told(path.read_bytes(), "saved.html")

    assert candidate.value == path.name.partition("--")[0]
    assert candidate.source == "model"
    assert 0.3 < candidate.score <= 1


@pytest.mark.parametrize("path", STORIES, ids=name_of)
def test_stories_pass_where_an_article_is_required(path):
    article = newsextract.extract(path.read_bytes(), require_article=True)

    assert article.page_kind == path.name.partition("--")[0]
    assert article.sources["page_kind"].confidence > 0.3
    assert article == newsextract.extract(path.read_bytes())


BARE = {
    "en": "<h1>The mill of Thornby grinds again</h1><p>For the first time since the flood of 1998 "
    "the mill of Thornby has made flour on Saturday.</p><p>Some ninety people had come to carry "
    "their first bags home, and the miller, Edda Rowe, ran out of paper.</p><p>It will be open on "
    "the first Saturday of every month.</p>",
    "de": "<h1>Die Mühle von Torndorf mahlt wieder</h1><p>Zum ersten Mal seit der Flut von 1998 "
    "hat die Mühle von Torndorf am Samstag Mehl gemahlen.</p><p>Neunzig Leute waren gekommen, um "
    "die ersten Säcke nach Hause zu tragen, und bald gingen die Tüten aus.</p><p>Sie ist an "
    "jedem ersten Samstag im Monat offen.</p>",
    "tr": "<h1>Torndere değirmeni yeniden un öğütüyor</h1><p>Değirmen, 1998 yılındaki selden sonra "
    "ilk kez cumartesi günü un öğüttü.</p><p>Doksan kişi ilk çuvalları evine götürmek için "
    "gelmişti, değirmencinin kâğıdı bitti.</p><p>Her ayın ilk cumartesi günü açık olacak.</p>",
}  # fmt: skip


@pytest.mark.parametrize("language", BARE)
@pytest.mark.parametrize(
    "around",
    ["{}", "<title>Thornby</title><body>{}</body>", "<article>{}</article>", "<main>{}</main>"],
)
@pytest.mark.parametrize("url", [None, "https://thornby.example/mill-grinds-again"])
def test_a_story_with_nothing_around_it_is_an_article(language, around, url):
    article = newsextract.extract(around.format(BARE[language]), url, require_article=True)

    assert article.page_kind == "article"
    assert article.sources["page_kind"].confidence > 0.5


def test_300_made_up_pages_are_named():
    wrong = Counter()
    pages = made_pages()
    for page in pages:
        try:
            named = told(page.html.encode(), page.url).value
        except NewsextractError as error:
            named = error.failure.kind
        wrong[page.kind, named] += named != page.kind

    assert len(pages) == 300
    assert all(urlsplit(page.url).hostname.endswith(".example") for page in pages)
    assert wrong.total() <= 15, +wrong


def test_made_up_pages_are_the_same_each_time():
    assert made_pages() == made_pages()


def test_a_front_page_is_refused_only_where_an_article_is_required():
    html = FRONT_PAGE.read_bytes()
    with pytest.raises(ListingPage) as caught:
        newsextract.extract(html, "https://www.larkholm-echo.example/", require_article=True)

    failure = caught.value.failure
    assert isinstance(caught.value, NotAnArticle)
    assert failure.kind == "listing"
    assert failure.stage == "extract"
    assert failure.url == "https://www.larkholm-echo.example/"
    assert failure.detail.startswith("listing ")
    assert told(html).value == "listing"


def test_the_option_does_the_same():
    page = Page(body=FRONT_PAGE.read_bytes())
    with pytest.raises(ListingPage):
        newsextract.extract_article(page, Options(require_article=True))
    with pytest.raises(ListingPage):
        newsextract.extract_page(page, Options(require_article=True))


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("listing", ListingPage),
        ("forum", ForumPage),
        ("product", ProductPage),
        ("documentation", OtherPage),
        ("other", OtherPage),
    ],
)
def test_each_kind_has_its_failure(kind, error):
    with pytest.raises(error) as caught:
        check_kind(JudgedKind(kind, 0.97, 0.01), "https://a.example/")

    assert caught.value.failure.detail == f"{kind} 0.97"
    assert "require_article" in caught.value.failure.message


@pytest.mark.parametrize("kind", ["article", "live", "gallery", "video"])
def test_stories_of_every_kind_pass(kind):
    assert may_be_article(JudgedKind(kind, 0.5, 0.0))


def test_what_may_well_be_an_article_passes():
    check_kind(JudgedKind("listing", 0.6, 0.3), None)
    assert not may_be_article(JudgedKind("listing", 0.97, 0.02))


ARTICLE = JudgedKind("article", 0.9, 0.9)
NO_WORDS = (frozenset[str](),) * len(WORD_GROUPS)
PICTURES = [Image(url=f"/{number}.jpg") for number in range(6)]
FILM = [Video(url="/film.mp4")]


@pytest.mark.parametrize(
    ("judged", "prose", "images", "videos", "is_live", "kind"),
    [
        (ARTICLE, 500, PICTURES, [], False, "gallery"),
        (ARTICLE, 5_000, PICTURES, [], False, "article"),
        (ARTICLE, 300, PICTURES[:5], [], False, "article"),
        (ARTICLE, 300, [], FILM, False, "video"),
        (ARTICLE, 3_000, [], FILM, False, "article"),
        (ARTICLE, 3_000, [], [], True, "live"),
        (JudgedKind("forum", 0.9, 0.1), 3_000, [], [], True, "live"),
        (JudgedKind("product", 0.9, 0.1), 300, PICTURES, FILM, False, "product"),
    ],
)
def test_entries_pictures_and_films_tell_what_a_story_is(
    judged, prose, images, videos, is_live, kind
):
    assert kind_told_by_media(judged, prose, images, videos, is_live=is_live).kind == kind


def test_a_page_without_blocks_or_address_can_be_judged():
    judged = shipped_kinds().judge(np.zeros(len(NUMBER_NAMES)), NO_WORDS)

    assert judged.kind in shipped_kinds().kinds
    assert 0 <= judged.article <= 1


def test_probabilities_add_up():
    for fill in (-1.0, 0.0, 1e9):
        chances = shipped_kinds().probabilities(np.full(len(NUMBER_NAMES), fill), NO_WORDS)
        assert chances.sum() == pytest.approx(1)


def test_the_command_line_refuses_on_demand(capsys):
    assert main(["--require-article", "-f", "jsonl", str(FRONT_PAGE), str(STORY)]) == 1

    failure, article = map(json.loads, capsys.readouterr().out.splitlines())
    assert failure["kind"] == "listing"
    assert article["page_kind"] == "article"
    assert main(["--require-article", str(STORY)]) == 0


def test_later_parts_of_a_story_need_not_be_articles_themselves():
    address = "https://www.larkholm-echo.example/harbour/ferry-to-larkholm-runs-again"
    first = STORY.read_text("utf-8").replace(
        "</article>",
        f'</article><div class="pages">1 <a rel="next" href="{address}?page=2">2</a></div>',
    )
    second = first.replace("<p>", "<p>Later. ").replace("</article>", "", 1)
    pages = {address: first, f"{address}?page=2": second}

    def fetch(url):
        return Page(url=url, body=pages[url].encode())

    article = read_story(address, fetch, Options(require_article=True))
    assert article.page_kind == "article"
    assert not [warning for warning in article.warnings if "require_article" in warning]


SENTENCE = "The ferry to Larkholm ran again on Monday after eleven weeks in the dock at Sund. "
OTHER = "Captain Ada Finch said that the bearings are quieter than the gulls have ever been. "
END = "The council expects bread before the school opens, which parents asked for in 2019. "


def story(*, stated=None, text="", below="", sections=3):
    stated = {"@type": "NewsArticle", "headline": "Ferry to Larkholm runs again"} | (stated or {})
    paragraphs = "".join(f"<p>{part * 3}</p>" for part in (SENTENCE, OTHER, END)[:sections])
    return f"""<html><head><title>Ferry to Larkholm runs again</title>
<script type="application/ld+json">{json.dumps(stated)}</script></head><body>
<article><h1>Ferry to Larkholm runs again</h1><div class="text">{paragraphs}{text}</div>{below}
</article><footer><p>Subscribe to the Echo</p><a href="/abo">Subscribe</a></footer></body></html>"""


PAID = {
    "isAccessibleForFree": False,
    "hasPart": {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".paid"},
}
OFFER = "<h3>Read on with a pass</h3><p>Four weeks for one crown, and then ten a month.</p>"
WALL = f'<div class="article-paywall">{OFFER}</div>'


@pytest.mark.parametrize(
    ("page", "goes_on"),
    [
        # What the page states of its text.
        (story(stated={"wordCount": 900}), True),
        (story(stated={"wordCount": "900"}), True),
        (story(stated={"wordCount": 140}), False),
        (story(stated={"wordCount": 150}), False),
        (story(stated={"wordCount": True}), None),
        (story(stated={"wordCount": "many"}), None),
        (story(stated={"articleBody": (SENTENCE + OTHER + END) * 3}), None),
        (
            story(stated={"articleBody": SENTENCE * 3 + OTHER * 3 + END * 3}, sections=2),
            True,
        ),
        # A section that has to be paid for, which is not there, or is.
        (story(stated=PAID), True),
        (story(stated=PAID, text=f'<div class="paid"><p>{END * 2}Fin.</p></div>'), False),
        (story(stated=PAID | {"isAccessibleForFree": True}), None),
        (story(stated=PAID | {"hasPart": {"isAccessibleForFree": False}}), None),
        (story(stated={"isAccessibleForFree": False}), None),
        # A paywall that stands right below the text, or elsewhere.
        (story(below=WALL), True),
        (story(below=WALL.replace("article-paywall", "piano_regwall")), True),
        (story(below=WALL.replace("article-paywall", "no-paywall")), None),
        (story(below=WALL.replace("<div", "<div hidden")), None),
        (story(below=OFFER.replace("Read on with a pass", "Subscribe")), None),
        (story(), None),
    ],
)
def test_whether_the_text_goes_on(page, goes_on):
    article = newsextract.extract(page)

    assert article.is_truncated is goes_on
    assert ("is_truncated" in article.sources) == (goes_on is not None)


def test_selectors_that_are_none_do_no_harm():
    for selector in (":::", "div:has(", 7, None, ["", "a b"], "." + "x" * 500):
        part = {"isAccessibleForFree": False, "cssSelector": selector}
        article = newsextract.extract(story(stated=PAID | {"hasPart": [part, "x"]}))
        assert article.is_truncated is None
