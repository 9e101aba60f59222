"""Article → XML of the Text Encoding Initiative (TEI P5), in the elements that trafilatura uses.

https://tei-c.org/release/doc/tei-p5-doc/en/html/
"""

import re
from collections.abc import Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING

from newsextract.records import Article, Block, Image
from newsextract.render.pieces import (
    Item,
    Piece,
    entry_line,
    heading_level,
    is_safe,
    pieces_of,
    rows_of,
    runs_of,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["to_tei"]

_TEI = "http://www.tei-c.org/ns/1.0"
_XML = "{http://www.w3.org/XML/1998/namespace}"
# https://www.w3.org/TR/xml/#charsets
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_tei(article: Article) -> str:
    """Return an article as a TEI document: its fields in the header, body and entries as text.

    A character that XML cannot hold is U+FFFD in it.
    """
    from lxml import etree

    root = etree.Element(f"{{{_TEI}}}TEI", nsmap={None: _TEI})
    _add_header(root, article)
    language = {f"{_XML}lang": article.language} if article.language else {}
    body = _add(_add(root, "text", **language), "body")
    main = _add(body, "div", type="entry")
    for piece in pieces_of(article):
        _add_piece(main, piece)
    for entry in article.entries_apart:
        division = _add(body, "div", type="live")
        _add(division, "ab", entry_line(entry), type="header", rend="h2")
        _add_paragraphs(division, entry.body)
    return str(etree.tostring(root, encoding="unicode", pretty_print=True))


def _add_header(root: "_Element", article: Article) -> None:
    header = _add(root, "teiHeader")
    file = _add(header, "fileDesc")
    _add_titles(file, article)
    _add_publication(file, article)
    _add_notes(file, article)
    _add_source(file, article)
    _add_profile(header, article)
    application = _add(
        _add(_add(header, "encodingDesc"), "appInfo"),
        "application",
        version=version("newsextract"),
        ident="newsextract",
    )
    _add(application, "label", "newsextract")


def _add_titles(parent: "_Element", article: Article) -> None:
    titles = _add(parent, "titleStmt")
    _add(titles, "title", article.title, type="main")
    if article.subtitle:
        _add(titles, "title", article.subtitle, type="sub")
    for author in article.authors:
        _add(titles, "author", author)


def _add_publication(parent: "_Element", article: Article) -> None:
    """Add what may be done with the text, as the page says."""
    publication = _add(parent, "publicationStmt")
    if not article.licence:
        # One of the two has to be there.
        _add(publication, "p")
        return
    _add(publication, "publisher", _publisher(article))
    target = {"target": _target(article.licence)} if is_safe(article.licence) else {}
    _add(_add(publication, "availability"), "licence", article.licence, **target)


def _add_notes(parent: "_Element", article: Article) -> None:
    notes = [("correction", correction.text) for correction in article.corrections]
    if article.sponsored:
        notes.append(("sponsored", article.sponsored))
    if notes:
        statement = _add(parent, "notesStmt")
        for kind, text in notes:
            _add(statement, "note", text, type=kind)


def _add_source(parent: "_Element", article: Article) -> None:
    source = _add(parent, "sourceDesc")
    day = article.date.isoformat()[:10] if article.date else None
    shown = (article.title, article.site_name, day)
    _add(source, "bibl", ", ".join(part for part in shown if part))
    _add(source, "bibl", ", ".join(part for part in shown[1:] if part), type="sigle")
    full = _add(source, "biblFull")
    _add_titles(full, article)
    publication = _add(full, "publicationStmt")
    _add(publication, "publisher", _publisher(article))
    if address := article.canonical_url or article.url:
        _add(publication, "ptr", type="URL", target=_target(address))
    for kind, moment in (("published", article.date), ("modified", article.date_modified)):
        if moment:
            when = moment.isoformat()
            _add(publication, "date", when[:10], type=kind, when=when)


def _add_profile(parent: "_Element", article: Article) -> None:
    profile = _add(parent, "profileDesc")
    if summary := article.description or article.subtitle:
        _add_paragraphs(_add(profile, "abstract"), summary)
    if article.language:
        _add(_add(profile, "langUsage"), "language", ident=article.language)
    terms = [("categories", article.section)] if article.section else []
    terms += [("tags", tag) for tag in article.tags]
    if terms:
        keywords = _add(_add(profile, "textClass"), "keywords")
        for kind, text in terms:
            _add(keywords, "term", text, type=kind)


def _publisher(article: Article) -> str:
    host = (article.canonical_url or article.url or "").partition("://")[2].partition("/")[0]
    return article.site_name or host or "N/A"


def _add_piece(parent: "_Element", piece: Piece) -> None:
    if isinstance(piece, tuple):
        _add_list(parent, piece)
    elif isinstance(piece, Image):
        _add_picture(parent, piece)
    elif piece.kind == "heading":
        level = heading_level(piece)
        _add_runs(_add(parent, "ab", type="header", rend=f"h{level}"), piece)
    elif piece.kind == "quote":
        _add_runs(_add(_add(parent, "quote"), "p"), piece)
    elif piece.kind == "code":
        _add(parent, "ab", piece.text, type="code", **{f"{_XML}space": "preserve"})
    elif piece.kind == "table":
        _add_table(parent, rows_of(piece))
    else:
        _add_runs(_add(parent, "p"), piece)


def _add_list(parent: "_Element", items: Sequence[Item]) -> None:
    lists: list[_Element] = []
    for item in items:
        number = item.block.ordinal
        if item.begins:
            above = lists[item.depth - 2][-1] if item.depth > 1 else parent
            lists[item.depth - 1 :] = [_add(above, "list", rend="ol" if number else "ul")]
        attributes = {"n": str(number)} if number else {}
        _add_runs(_add(lists[item.depth - 1], "item", **attributes), item.block)


def _add_table(parent: "_Element", rows: Sequence[Sequence[str]]) -> None:
    table = _add(parent, "table")
    for cells in rows:
        row = _add(table, "row")
        for cell in cells:
            _add(row, "cell", cell)


def _add_picture(parent: "_Element", image: Image) -> None:
    figure = _add(parent, "ab", type="figure")
    if is_safe(image.url):
        pixels = (("width", image.width), ("height", image.height))
        sizes = {name: f"{size}px" for name, size in pixels if size}
        graphic = _add(figure, "graphic", url=_target(image.url), **sizes)
        if image.alt:
            _add(graphic, "desc", image.alt)
    for kind, text in (("caption", image.caption), ("credit", image.credit)):
        if text:
            _add(figure, "note", text, type=kind)


def _add_runs(element: "_Element", block: Block) -> None:
    """Add the text of a block with its links."""
    # Even where there is none before the first link: no white space may come there for looks.
    element.text = ""
    for text, url in runs_of(block):
        if url:
            _add(element, "ref", text, target=_target(url))
        elif len(element):
            element[-1].tail = _clean(text)
        else:
            element.text = _clean(text)


def _add_paragraphs(parent: "_Element", text: str) -> None:
    for paragraph in text.split("\n\n"):
        _add(parent, "p", paragraph)


def _add(parent: "_Element", name: str, text: str | None = None, **attributes: str) -> "_Element":
    cleaned = {key: _clean(value) for key, value in attributes.items()}
    element = parent.makeelement(f"{{{_TEI}}}{name}", cleaned)
    if text:
        element.text = _clean(text)
    parent.append(element)
    return element


def _clean(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)


def _target(url: str) -> str:
    # White space stands between addresses there.
    # https://tei-c.org/release/doc/tei-p5-doc/en/html/ref-att.pointing.html
    return "%20".join(url.split())
