"""HTML and Markdown that may go into anybody's page: the row H7 of the table in the README."""

import re
from html.parser import HTMLParser
from unittest import mock

import nh3
import pytest
from markdown_it import MarkdownIt

import newsextract
from fixtures_on_disk import articles
from newsextract.records import Article, Block, Image, Link

ALLOWED = frozenset(
    "a article blockquote em figcaption figure h1 h2 h3 h4 h5 h6 img li ol p pre code section strong "
    "table tbody td th thead time tr ul br hr".split()
)
ALLOWED_ATTRIBUTES = frozenset("href src alt width height value datetime start title".split())
ATTACKS = [
    "<script>alert(1)</script>",
    "</p><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "<style>body{display:none}</style>",
    "<math><mtext><script>alert(1)</script>",
    "<!--><script>alert(1)</script>-->",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "[x](javascript:alert(1))",
    "![x](javascript:alert(1))",
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "`</code><script>alert(1)</script>`",
    "    <script>alert(1)</script>",
    "# <base href=//evil.example/>",
    "| a | <form action=//evil.example/> |",
    "](https://evil.example/) [",
]
ADDRESSES = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "\x01javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    'https://x.example/" onclick="alert(1)',
    "https://x.example/) [y](javascript:alert(1)",
    "https://x.example/><script>alert(1)</script>",
]


class Tags(HTMLParser):
    """All elements of a document, and their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_comment(self, _: str) -> None:
        self.found.append(("!--", {}))


def check_safe(html: str) -> None:
    for tag, attributes in Tags(html).found:
        assert tag in ALLOWED, (tag, html[:500])
        assert set(attributes) <= ALLOWED_ATTRIBUTES, (attributes, html[:500])
        for name in ("href", "src"):
            if address := attributes.get(name):
                assert re.match(r"(?:https?|mailto):", address), address


def rendered(markdown: str) -> str:
    """Return what a parser that lets HTML through makes of it."""
    return str(MarkdownIt("commonmark", {"html": True}).enable("table").render(markdown))


def made_of(attack: str) -> Article:
    blocks = [
        Block(kind=kind, text=attack, level=1, links=(Link(start=0, end=len(attack), url=url),))
        for kind in ("paragraph", "heading", "list_item", "quote", "code", "table")
        for url in ADDRESSES
    ]
    images = [
        Image(url=url, caption=attack, credit=attack, alt=attack, before=place)
        for place, url in enumerate(ADDRESSES)
    ]
    return Article(
        title=attack,
        subtitle=attack,
        authors=(attack,),
        body=attack,
        blocks=tuple(blocks),
        images=tuple(images),
        confidence=1.0,
    )


@pytest.mark.parametrize("attack", ATTACKS)
def test_h7_no_attack_in_any_place_survives(attack: str) -> None:
    article = made_of(attack)
    check_safe(article.to_html())
    check_safe(rendered(article.to_markdown()))


@pytest.mark.parametrize("attack", ATTACKS)
def test_h7_nor_on_a_page(attack: str) -> None:
    escaped = attack.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    text = "The old harbour bridge opened again on Tuesday after eleven months of work, they say."
    page = f"""<!doctype html><title>{escaped}</title><meta name=author content="{escaped}">
    <article><h1>{escaped} The bridge</h1><p>{text} {escaped}</p><p>{text} <a href="{escaped}">{escaped}</a>
    and <a href="javascript:alert(1)" onclick=alert(1)>words that lead to a script</a>.</p><p>{attack}</p>
    <p onclick=alert(1) style="color:red">{text}</p><img src="javascript:alert(1)" alt="{escaped}"></article>"""
    article = newsextract.extract(page, "https://post.example/bridge")
    check_safe(article.to_html())
    check_safe(rendered(article.to_markdown()))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_h7_ordinary_pages_are_unchanged_by_it_and_say_the_same() -> None:
    with mock.patch.object(nh3, "clean", side_effect=nh3.clean) as clean:
        for name, article in articles():
            safe = article.to_html()
            given = clean.call_args.args[0]
            # Quotes need not be escaped in text, and HTML has the sign for a break as it is.
            assert Tags(safe).found == Tags(given).found, name
            assert "".join(Tags(safe).text) == "".join(Tags(given).text), name
            shown = squeezed("".join(Tags(safe).text))
            for block in article.blocks:
                assert squeezed(block.text) in shown, name


def test_markdown_says_what_the_body_says() -> None:
    for name, article in articles():
        html = rendered(article.to_markdown())
        check_safe(html)
        shown = squeezed("".join(Tags(html).text))
        for block in article.blocks:
            assert squeezed(block.text) in shown, (name, block.text[:200])


PAGE = """<!doctype html><html lang=en><title>The bridge</title><article><h1>The bridge</h1>
<p>The old <a href="/harbour">harbour  bridge</a> opened again on Tuesday, the <a href="https://city.example/n?a=1&amp;b=2">city
said</a>, after eleven months of work on its cables.</p>
<figure><img src="/p/bridge.jpg" width=1200 height=800 alt="The bridge"><figcaption>The bridge on Monday. Photo: Bo Ek</figcaption></figure>
<p>Engineers replaced forty cables and <a href="#deck">the whole deck</a>, and <a href="javascript:x()">the first</a> trams
crossed at dawn. The city has <a href="mailto:a@city.example">an address</a> for questions of all kinds.</p>
<ul><li>Walkers may use <a href=https://x.example/a_(b)>both sides</a> from now on.<li>Trams run every ten minutes.</ul>
</article></html>"""


def test_links_and_pictures_stand_where_they_are_and_are_whole() -> None:
    article = newsextract.extract(PAGE, "https://post.example/news/bridge")
    links = {
        block.text[link.start : link.end]: link.url
        for block in article.blocks
        for link in block.links
    }

    assert links == {
        "harbour bridge": "https://post.example/harbour",
        "city said": "https://city.example/n?a=1&b=2",
        "both sides": "https://x.example/a_(b)",
    }
    assert [(image.url, image.before) for image in article.images] == [
        ("https://post.example/p/bridge.jpg", 1)
    ]
    markdown, html = article.to_markdown(), article.to_html()
    assert "[harbour bridge](https://post.example/harbour) opened" in markdown
    assert "[both sides](https://x.example/a_%28b%29)" in markdown
    assert '<a href="https://city.example/n?a=1&amp;b=2">city said</a>' in html
    for text in (markdown, html):
        assert text.index("opened again") < text.index("p/bridge.jpg") < text.index("Engineers")
    assert newsextract.Article.from_json(article.to_json()) == article


def test_lists_are_nested_as_they_are() -> None:
    items = [("a", 1, 0), ("b", 2, 1), ("c", 2, 2), ("d", 1, 0), ("e", 3, 0)]
    blocks = tuple(
        Block(kind="list_item", text=text, level=level, ordinal=ordinal)
        for text, level, ordinal in items
    )
    article = Article(body="x", blocks=blocks, confidence=1.0)

    assert re.sub(r"\n", "", article.to_html()) == (
        '<article><ul><li>a<ol><li value="1">b</li><li value="2">c</li></ol></li><li>d'
        "<ul><li>e</li></ul></li></ul></article>"
    )
