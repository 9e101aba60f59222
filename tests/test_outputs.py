"""Markdown, HTML and TEI read back by parsers: they say what the record says."""

import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Iterator

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from lxml import html as lxml_html
from markdown_it import MarkdownIt
from trafilatura.xml import validate_tei

import newsextract
from commands import run_here
from fixtures_on_disk import FOLDER, articles
from newsextract.records import Article, Block, Correction, Image, Link, LiveEntry
from test_records import articles as any_articles

LISTS = FOLDER / "lists--nested-and-quotes" / "page.html"
PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
# What a text is, and the text: `h2`, `p`, `li`, `quote`, `code`, `cell` or `alt`.
Piece = tuple[str, str]


def one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def pieces_of(article: Article) -> Iterator[Piece]:
    """What the body has to show, in order."""
    for place in range(len(article.blocks) + 1):
        for image in article.images:
            if image.before == place:
                yield "alt", one_line(image.alt or "")
                yield "caption", one_line(" ".join(filter(None, (image.caption, image.credit))))
        for block in article.blocks[place : place + 1]:
            if block.kind == "table":
                rows = [line.split("\t") for line in block.text.split("\n")]
                yield from (("cell", one_line(cell)) for row in rows for cell in row)
            elif block.kind == "code":
                yield "code", block.text
            else:
                names = {"paragraph": "p", "heading": f"h{max(2, block.level)}", "list_item": "li"}
                yield names.get(block.kind, block.kind), one_line(block.text)


def in_markdown(text: str) -> Iterator[Piece]:
    inside: list[str] = []
    for token in PARSER.parse(text):
        if token.nesting == 1:
            inside.append({"list_item": "li", "blockquote": "quote"}.get(
                token.type.removesuffix("_open"), token.tag
            ))  # fmt: skip
        elif token.nesting == -1:
            inside.pop()
        elif token.type == "inline":
            kind = inside[-2] if inside[-1] == "p" and len(inside) > 1 else inside[-1]
            images = [child for child in token.children if child.type == "image"]
            children = (images[0].children or []) if images else token.children
            shown = "".join(child.content for child in children)
            marked = [child.type for child in token.children if child.type == "em_open"]
            kind = "alt" if images else "caption" if marked else kind
            yield "cell" if kind in ("th", "td") else kind, one_line(shown)
        else:
            assert token.type == "fence", token
            yield "code", token.content.removesuffix("\n")


def name_of(element: etree._Element) -> str:
    return etree.QName(element).localname


def own_text(element: etree._Element) -> str:
    parts = [element.text]
    for child in element:
        is_list = name_of(child) in ("ul", "ol", "list")
        parts += ["" if is_list else "".join(child.itertext()), child.tail]
    return "".join(part or "" for part in parts)


def in_tree(root: etree._Element, kind_of: Callable[[etree._Element], str]) -> Iterator[Piece]:
    """What the elements of a tree say, without the lists inside them."""
    for element in root.iter(etree.Element):
        kind = kind_of(element)
        if kind in ("p", "li", "code", "cell", "alt", "caption") or re.fullmatch("h[1-6]", kind):
            text = element.get("alt") or own_text(element)
            quoted = kind == "p" and name_of(element.getparent()) in ("blockquote", "quote")
            yield "quote" if quoted else kind, text if kind == "code" else one_line(text)


def in_html(text: str) -> list[Piece]:
    kinds = {"pre": "code", "td": "cell", "figcaption": "caption", "img": "alt"}
    root = lxml_html.fragment_fromstring(text)
    return list(in_tree(root, lambda element: kinds.get(element.tag, element.tag)))


def in_tei(text: str) -> list[Piece]:
    def kind_of(element: etree._Element) -> str:
        if element.get("type") == "header":
            return element.get("rend")
        kinds = {"item": "li", "desc": "alt", "code": "code", "caption": "caption"}
        name = element.get("type", name_of(element))
        return kinds.get(name, name)

    return list(in_tree(etree.fromstring(text).find(".//{*}body"), kind_of))


def without_empty(pieces: Iterator[Piece]) -> list[Piece]:
    return [(kind, text) for kind, text in pieces if text or kind in ("li", "code")]


marks = st.sampled_from(
    "* _ [ ] ( ) < > # + - = ~ | \\ & ` ! . : ; ' \" $ @ / 0 1 a b é 漢 🙂 א \u00a0".split(" ")
)
nasties = st.sampled_from(
    ["&amp;", "&copy;", "&#35;", "&#x41;", "<b>", "</p>", "<http://x.example>", "<a@x.example>",
     "![a](b)", "[a](b)", "[a]: b", "---", "***", "- - -", "1. ", "10) ", "1986. ", "```", "~~~",
     "~~a~~", "    ", "\t", "<!-- -->", "http://x.example/a_b_", "www.x.example", "===", "| a |",
     "|---|", " #", "## ", "- ", "+ ", "> ", "* ", "\\\\", "\\\n", "\n", "\n\n", "  \n", "\r\n",
     "\n---\n", "\n===\n", "\n# ", "\n- "]
)  # fmt: skip
texts = st.lists(marks | nasties | st.just(" "), min_size=1, max_size=8).map("".join)
some_text = texts.filter(lambda text: text.strip(" \t\r\n\u00a0"))
lines = texts.map(lambda text: re.sub(r"[\r\n\t]", " ", text))


addresses = texts.map(lambda text: f"https://x.example/{text}")


@st.composite
def blocks(draw):
    kind = draw(st.sampled_from("paragraph heading list_item list_item quote code table".split()))
    if kind == "table":
        row = st.lists(lines, min_size=1, max_size=3).map("\t".join)
        text = "\n".join(draw(st.lists(row, min_size=1, max_size=3)))
        width = max(line.count("\t") for line in text.split("\n"))
        return Block(kind=kind, text="\n".join(
            line + "\t" * (width - line.count("\t")) for line in text.split("\n")
        ))  # fmt: skip
    if kind == "code":
        # As on pages: no empty line before or after.
        rows = [draw(some_text), *draw(st.lists(texts, max_size=2))]
        text = "\n".join(rows).replace("\r", "").strip("\n")
        return Block(kind=kind, text=text if text.strip() else "x")
    text = draw(some_text)
    ends = sorted(draw(st.sets(st.integers(0, len(text)), max_size=4)))
    links = [
        Link(start=start, end=end, url=draw(addresses))
        for start, end in zip(ends[::2], ends[1::2], strict=False)
    ]
    return Block(
        kind=kind,
        text=text,
        level=draw(st.integers(1, 6)) if kind in ("heading", "list_item") else 0,
        ordinal=draw(st.integers(0, 12)) if kind == "list_item" else 0,
        links=tuple(links),
    )


@st.composite
def nasty_articles(draw):
    drawn = draw(st.lists(blocks(), max_size=5))
    places = sorted(draw(st.lists(st.integers(0, len(drawn)), max_size=2)))
    return Article(
        title=draw(some_text),
        subtitle=draw(some_text),
        body="x",
        blocks=tuple(drawn),
        images=tuple(
            Image(
                url=draw(addresses),
                caption=draw(texts),
                credit=draw(texts),
                alt=draw(texts),
                before=place,
            )
            for place in places
        ),
        confidence=1.0,
    )


def without_captions(pieces: list[Piece]) -> list[Piece]:
    """TEI has caption and credit apart."""
    return [(kind, text) for kind, text in pieces if kind != "caption"]


def head_of(article: Article) -> Iterator[Piece]:
    yield "h1", one_line(article.title or "")
    yield "p", one_line(article.subtitle or "")


def entries_of(article: Article) -> Iterator[Piece]:
    for entry in article.entries_apart:
        heading = (shown(entry.time), entry.title, ", ".join(entry.authors))
        yield "h2", " · ".join(filter(None, heading))
        yield from (("p", one_line(part)) for part in entry.body.split("\n\n"))


def shown(moment: dt.date | None) -> str:
    text = moment.isoformat() if moment else ""
    return re.sub(r"T(..:..):..", r" \1", text)


def test_all_forms_of_a_page_say_what_its_record_says():
    for name, article in articles():
        body = without_empty([*pieces_of(article), *entries_of(article)])
        head = without_empty(head_of(article))
        markdown = without_empty(in_markdown(article.to_markdown()))
        html = without_empty(in_html(article.to_html()))
        tei = article.to_tei()

        assert markdown[: len(head)] == html[: len(head)] == head, name
        byline = " · ".join(filter(None, (", ".join(article.authors), shown(article.date))))
        between = [text for _, text in markdown[len(head) : -len(body)]]
        assert between == [byline] * bool(byline), name
        assert markdown[-len(body) :] == html[-len(body) :] == body, name
        assert [own for own in in_tei(tei) if own[0] != "caption"] == without_captions(body), name
        assert Article.from_json(article.to_json()) == article, name


@given(nasty_articles())
@settings(max_examples=150, deadline=None)
def test_markdown_of_nasty_texts_says_what_the_record_says(article):
    shown = without_empty(in_markdown(article.to_markdown()))
    assert shown == without_empty([*head_of(article), *pieces_of(article)])


@given(nasty_articles())
@settings(max_examples=100, deadline=None)
def test_html_and_tei_of_nasty_texts_say_what_the_record_says(article):
    html = without_empty(in_html(article.to_html()))
    assert html == without_empty([*head_of(article), *pieces_of(article)])
    tei = without_captions(without_empty(in_tei(article.to_tei())))
    assert tei == without_captions(without_empty(pieces_of(article)))


def in_lists(blocks: list[tuple[str, int, int]]) -> Article:
    return Article(
        body="x",
        confidence=1.0,
        blocks=tuple(
            Block(kind="list_item", text=text, level=level, ordinal=ordinal)
            for text, level, ordinal in blocks
        ),
    )


@pytest.mark.parametrize(
    ("items", "html"),
    [
        # A list that begins anew is another list, and so is one of the other kind.
        ("a11 b12 c11 d12", "<ol>a b</ol><ol>c d</ol>"),
        ("a10 b11 c10", "<ul>a</ul><ol>b</ol><ul>c</ul>"),
        # It keeps its numbers, wherever it begins and goes on.
        ("a13 b14 c19", "<ol 3>a b</ol><ol 9>c</ol>"),
        ("a10 b13", "<ul>a</ul><ol 3>b</ol>"),
        # What is inside an item whose mark is long is still inside.
        ("a19 b110 c20 d21 e111", "<ol 9>a b<ul>c</ul><ol>d</ol> e</ol>"),
        # No list begins in the air.
        ("a30 b40 c10", "<ul>a<ul>b</ul> c</ul>"),
        ("a10 b20 c31 d31 e20", "<ul>a<ul>b<ol>c</ol><ol>d</ol> e</ul></ul>"),
    ],
)
def test_lists_in_markdown_and_html_are_those_of_the_record(items, html):
    article = in_lists(
        [(name, int(level), int(number)) for name, level, number in
         (re.fullmatch(r"(.)(.)(.+)", item).groups() for item in items.split())]
    )  # fmt: skip

    def lists(text: str) -> str:
        text = re.sub(r"</?(?:p|li|article)(?: [^>]*)?>", " ", text)
        text = re.sub(r' start="(\d+)"', r" \1", text)
        return re.sub(r"\s*(</?[uo]l[^>]*>)\s*", r"\1", re.sub(r"\s+", " ", text)).strip()

    def squeezed(text: str) -> str:
        return text.replace("</ul> ", "</ul>").replace("</ol> ", "</ol>")

    assert lists(PARSER.render(article.to_markdown())) == squeezed(html)
    assert lists(article.to_html()) == re.sub(r"<ol \d+>", "<ol>", squeezed(html))


def test_each_thing_that_markdown_could_take_for_markup():
    link = Link(start=5, end=8, url="https://x.example/?a=1&copy;=(b)")
    blocks = (
        Block(kind="heading", level=2, text="Learn C #"),
        Block(kind="paragraph", text="Look!the bridge", links=(link,)),
        Block(kind="paragraph", text="## no heading"),
        Block(kind="paragraph", text="1986. A year"),
        Block(kind="paragraph", text="-5 degrees, AT&T &amp; ~~more~~"),
        Block(kind="list_item", level=1, text="- 1. a"),
        Block(kind="code", text="  if a:\n\n    ```\n    b"),
        Block(kind="table", text="a|b\tc\\\n1\t\u2028"),
    )
    article = Article(body="x", blocks=blocks, confidence=1.0)

    assert article.to_markdown().split("\n\n") == [
        "## Learn C \\#",
        "Look\\![the](https://x.example/?a=1\\&copy;=%28b%29) bridge",
        "\\## no heading",
        "1986\\. A year",
        "-5 degrees, AT&T \\&amp; \\~\\~more\\~\\~",
        "- \\- 1. a",
        "````\n  if a:",
        "    ```\n    b\n````",
        "| a\\|b | c\\\\ |\n| --- | --- |\n| 1 | \u2028 |\n",
    ]


def front_matter(article: Article) -> dict[str, object]:
    opening, text, below = article.to_markdown(front_matter=True).split("---\n", 2)
    assert opening == ""
    assert below == "\n" + article.to_markdown()
    return yaml.safe_load(text)


FRONT_MATTER = (
    "title subtitle authors date date_modified url canonical_url site_name section tags language "
    "description image licence kind confidence".split()
)


def values_of(article: Article) -> dict[str, object]:
    values = {name: getattr(article, name) for name in FRONT_MATTER}
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in values.items()
        if value not in (None, "", ())
    }


@given(any_articles)
@settings(max_examples=100, deadline=None)
def test_front_matter_gives_back_the_fields(article):
    text = article.to_markdown(front_matter=True)
    head = text[4 : text.index("\n---\n")]
    assert yaml.safe_load(head) == values_of(article)


@pytest.mark.parametrize(
    "title",
    ["Dam: gates open", "---", "- no list", "yes", "null", "2024-11-12", "12:30", "0x1F", "~", "#1",
     "'quoted' \"twice\"", "a \\ b", "🌊 🇫🇷", "סכר נפתח", "{a: b}", "[a]", "*a", "&a", "!a", "%a",
     "@a", "`a`", "a: |", "? a", "a\nb\n---\nc", "\x85\u2028\x7f\x9f\ufeff\ufffe", "1e3", "\t"],
)  # fmt: skip
def test_front_matter_takes_every_title(title):
    article = Article(title=title, tags=(title, "b, c"), body="Text.", confidence=0.00001)
    found = front_matter(article)

    assert found == {"title": title, "tags": [title, "b, c"], "kind": "article", "confidence": 1e-5}


def test_dates_in_front_matter_are_dates():
    zone = dt.timezone(dt.timedelta(hours=-3, minutes=-30))
    moment = dt.datetime(2024, 11, 3, 18, 45, 1, tzinfo=zone)
    article = Article(body="x", date=moment, date_modified=dt.date(2024, 11, 4), confidence=1.0)

    found = front_matter(article)

    assert found["date"] == moment
    assert found["date"].utcoffset() == zone.utcoffset(None)
    assert found["date_modified"] == dt.date(2024, 11, 4)
    assert "date_modified: 2024-11-04\n" in article.to_markdown(front_matter=True)


def is_tei(text: str) -> bool:
    """Whether it is valid by the DTD that trafilatura ships, which has no module for tables."""
    root = etree.fromstring(text)
    for table in root.iter("{*}table"):
        rows = [[etree.QName(cell).localname for cell in row] for row in table.iter("{*}row")]
        assert rows
        assert {name for row in rows for name in row} == {"cell"}
        table.tag = table.tag.replace("table", "p")
        del table[:]
    return bool(validate_tei(root))


def test_tei_of_every_page_is_valid():
    for name, article in articles():
        assert is_tei(article.to_tei()), name


@given(any_articles | nasty_articles())
@settings(max_examples=100, deadline=None)
def test_tei_of_any_record_is_valid(article):
    assert is_tei(article.to_tei())


def test_tei_has_the_fields_in_its_header():
    article = Article(
        url="https://news.example/dam",
        title="Dam gates & more",
        subtitle="Nine years later",
        authors=("Hana Corwen", "Bo Ek"),
        date=dt.datetime(2024, 11, 12, 8, 0, tzinfo=dt.UTC),
        date_modified=dt.date(2024, 11, 13),
        language="en",
        site_name="Valley Bulletin",
        section="News",
        tags=("dams", "water"),
        description="The gates of the dam are open.",
        licence="https://creativecommons.example/by/4.0/",
        corrections=(Correction(text="An earlier version named another river."),),
        sponsored="Paid for by the water board",
        entries=(LiveEntry(time=dt.date(2024, 11, 12), title="Noon", body="One.\n\nTwo."),),
        body="Text.",
        blocks=(Block(kind="paragraph", text="Text."),),
        confidence=1.0,
    )
    text = article.to_tei()
    root = etree.fromstring(text)

    def all_of(path: str) -> list[str]:
        return root.xpath(path, namespaces={"t": "http://www.tei-c.org/ns/1.0"})

    assert is_tei(text)
    for titles in ("//t:fileDesc/t:titleStmt", "//t:biblFull/t:titleStmt"):
        assert all_of(f"{titles}/t:title/text()") == ["Dam gates & more", "Nine years later"]
        assert all_of(f"{titles}/t:author/text()") == ["Hana Corwen", "Bo Ek"]
    assert all_of("//t:publisher/text()") == ["Valley Bulletin"] * 2
    assert all_of("//t:licence/@target") == [article.licence]
    assert all_of("//t:biblFull//t:ptr/@target") == ["https://news.example/dam"]
    assert all_of("//t:biblFull//t:date/@when") == ["2024-11-12T08:00:00+00:00", "2024-11-13"]
    assert all_of("//t:bibl/text()")[0] == "Dam gates & more, Valley Bulletin, 2024-11-12"
    assert all_of("//t:abstract/t:p/text()") == ["The gates of the dam are open."]
    assert all_of("//t:term[@type='tags']/text()") == ["dams", "water"]
    assert all_of("//t:term[@type='categories']/text()") == ["News"]
    assert all_of("//t:language/@ident | //t:text/@xml:lang") == ["en", "en"]
    assert all_of("//t:notesStmt/t:note/@type") == ["correction", "sponsored"]
    assert all_of("//t:div[@type='live']/*/text()") == ["2024-11-12 · Noon", "One.", "Two."]


def test_no_character_breaks_tei():
    text = "a\x00b\x0bc\ufffed\ud800e]]>&"
    block = Block(
        kind="paragraph", text=text, links=(Link(start=0, end=1, url="https://x/\x01 b"),)
    )
    article = Article(title=text, tags=(text,), body=text, blocks=(block,), confidence=1.0)
    root = etree.fromstring(article.to_tei())

    shown = "a\ufffdb\ufffdc\ufffdd\ufffde]]>&"
    assert ["".join(p.itertext()) for p in root.findall(".//{*}div/{*}p")] == [shown]
    assert root.find(".//{*}ref").get("target") == "https://x/\ufffd%20b"


def test_front_matter_and_tei_on_the_command_line():
    address = "https://dailyledger.example/lights"
    article = newsextract.extract(LISTS.read_bytes(), address)

    written = run_here("-f", "markdown", "--front-matter", "--url", address, LISTS)
    assert written.stdout.decode() == article.to_markdown(front_matter=True)
    written = run_here("-f", "tei", "--url", address, LISTS)
    assert written.stdout.decode() == article.to_tei()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--front-matter", LISTS), b"--front-matter goes with -f markdown"),
        (("-f", "html", "--front-matter", LISTS), b"--front-matter goes with -f markdown"),
        (("-f", "markdown", "--front-matter", LISTS, LISTS), b"one input at a time"),
        (("-f", "tei", LISTS, LISTS), b"one input at a time"),
    ],
)
def test_documents_that_cannot_be_are_wrong_usage(arguments, says):
    result = run_here(*arguments)

    assert result.returncode == 2
    assert result.stdout == b""
    assert says in result.stderr


def test_csv_has_a_head_line_and_a_row_for_each_input_failures_too(tmp_path):
    missing = tmp_path / "missing.html"
    formula = tmp_path / "formula.html"
    page = LISTS.read_text(encoding="utf-8")
    formula.write_text(re.sub("How a town changes", "=1+1 a town", page), encoding="utf-8")
    address = "https://dailyledger.example/l"
    result = run_here("-f", "csv", "--url", address, LISTS, missing, formula)

    rows = list(csv.DictReader(io.StringIO(result.stdout.decode())))
    article = newsextract.extract(page, address)
    assert result.returncode == 1
    assert b"missing.html" in result.stderr
    assert [row["input"] for row in rows] == [str(LISTS), str(missing), str(formula)]
    assert [row["type"] for row in rows] == ["article", "failure", "article"]
    assert rows[0]["body"] == article.body
    assert rows[0]["authors"] == "; ".join(article.authors)
    assert rows[0]["tags"] == "; ".join(article.tags)
    assert rows[0]["date"] == article.to_dict()["date"]
    assert rows[1]["kind"] == "unreadable_file"
    # Text is as it stands on the page, whatever a spreadsheet would make of it.
    assert rows[2]["title"].startswith("=1+1 a town")


def test_csv_of_the_command_is_that_of_a_batch(tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "lists.html").write_bytes(LISTS.read_bytes())
    run_here("batch", folder, "-o", tmp_path / "out.csv", "--workers", "1")
    written = (tmp_path / "out.csv").read_bytes().decode()
    printed = run_here("-f", "csv", folder / "lists.html").stdout.decode()

    batch, alone = (list(csv.DictReader(io.StringIO(text))) for text in (written, printed))
    assert list(batch[0]) == list(alone[0])
    differing = {name for name in batch[0] if batch[0][name] != alone[0][name]}
    assert differing <= {"input", "url"}


MIXED = (
    Article(body="Nothing else.", confidence=0.5),
    Article(
        body="All of it.",
        title="Dam",
        authors=("Hana Corwen",),
        date=dt.datetime(2024, 11, 12, 8, 0, tzinfo=dt.timezone(dt.timedelta(hours=1))),
        date_modified=dt.date(2024, 11, 13),
        tags=("dams",),
        blocks=(Block(kind="paragraph", text="All of it."),),
        images=(Image(url="https://news.example/dam.jpg"),),
        free_access=True,
        word_count=3,
        confidence=0.75,
    ),
    Article(body="A day.", date=dt.date(2024, 11, 12), free_access=False, confidence=1.0),
)


def test_records_make_a_table_in_pandas():
    pandas = pytest.importorskip("pandas")

    table = pandas.DataFrame([article.to_dict() for article in MIXED])

    assert list(table.columns) == list(Article.__dataclass_fields__)
    assert table["confidence"].dtype == "float64"
    assert table["word_count"].dtype == "int64"
    assert table["authors"].tolist() == [[], ["Hana Corwen"], []]
    assert table["title"].isna().tolist() == [True, False, True]
    dates = pandas.to_datetime(table["date"], format="ISO8601", utc=True)
    assert isinstance(dates.dtype, pandas.DatetimeTZDtype)
    assert dates.isna().tolist() == [True, False, False]
    assert dates[1] == MIXED[1].date
    assert dates[2].date() == MIXED[2].date


def test_records_make_a_table_in_polars():
    polars = pytest.importorskip("polars")

    # More of them without a value than Polars looks at unless it is told to look at all.
    records = [article.to_dict() for article in [MIXED[0]] * 150 + list(MIXED)]
    table = polars.DataFrame(records, infer_schema_length=None)

    assert table.columns == list(Article.__dataclass_fields__)
    assert table.schema["title"] == polars.String
    assert table.schema["authors"] == polars.List(polars.String)
    assert table.schema["confidence"] == polars.Float64
    assert table.schema["word_count"] == polars.Int64
    assert table.schema["free_access"] == polars.Boolean
    assert table.schema["images"].inner.to_schema()["url"] == polars.String
    days = table["date"].str.head(10).str.to_date()
    assert days.to_list()[-3:] == [None, dt.date(2024, 11, 12), dt.date(2024, 11, 12)]
