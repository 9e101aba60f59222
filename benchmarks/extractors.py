"""newsextract and its peers behind one call: bytes and address in, title, date, body and so on out.

Each adapter imports its library when it is built, so that a process holds only the one it runs.
Reader comments are off wherever a library can tell.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any, NamedTuple

import measures


class Record(NamedTuple):
    """What an extractor made of a page; a date is ISO 8601, with the time where it gives one.

    `standfirst` is that of a library which gives it apart from the body, `picture` the address
    of the main picture. `sources` tells where fields were found, if the library does.
    """

    title: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    body: str = ""
    standfirst: str = ""
    picture: str = ""
    sources: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """The standfirst and the body."""
        return f"{self.standfirst}\n\n{self.body}" if self.standfirst else self.body


Extract = Callable[[bytes, str | None], Record]

ALL_FIELDS = frozenset(("title", "authors", "date", "body", "picture"))


@dataclass(frozen=True, slots=True)
class Extractor:
    """A way to call a library: the distribution it is in, the fields that it can give."""

    name: str
    distribution: str
    build: Callable[[], Extract]
    fields: frozenset[str] = ALL_FIELDS

    def version(self) -> str:
        """Return the version that is installed, or nothing."""
        try:
            return version(self.distribution)
        except PackageNotFoundError:
            return ""


# What newsextract calls the fields.
_OWN_FIELDS = {"title": "title", "authors": "authors", "date": "date", "picture": "image"}


def _newsextract() -> Extract:
    import newsextract

    def extract(html: bytes, url: str | None) -> Record:
        article = newsextract.extract(html, url)
        return Record(
            title=article.title or "",
            authors=article.authors,
            date=article.date.isoformat() if article.date else "",
            # With the entries of a live page, which the gold has in its body.
            body=article.text.removeprefix(f"{article.subtitle}\n\n"),
            standfirst=article.subtitle or "",
            picture=article.image or "",
            sources=tuple(
                (name, article.sources[field].source)
                for name, field in _OWN_FIELDS.items()
                if field in article.sources
            ),
        )

    return extract


def _trafilatura(**options: Any) -> Callable[[], Extract]:
    def build() -> Extract:
        import trafilatura

        def extract(html: bytes, url: str | None) -> Record:
            found: Any = trafilatura.bare_extraction(
                html, url=url, include_comments=False, with_metadata=True, **options
            )
            if found is None:
                return Record()
            return Record(
                title=found.title or "",
                authors=_split_names(found.author or ""),
                date=found.date or "",
                body=found.text or "",
                picture=found.image or "",
            )

        return extract

    return build


def _newspaper4k() -> Extract:
    import newspaper
    from newspaper.parsers import get_unicode_html

    def extract(html: bytes, url: str | None) -> Record:
        article = newspaper.Article(url or "https://unknown.example/", fetch_images=False)
        article.download(input_html=get_unicode_html(html), ignore_read_more=True)
        article.parse()
        return Record(
            title=article.title or "",
            authors=tuple(article.authors or ()),
            date=article.publish_date.isoformat() if article.publish_date else "",
            body=article.text or "",
            picture=article.top_image or "",
        )

    return extract


def _readability_lxml() -> Extract:
    from readability import Document

    def extract(html: bytes, url: str | None) -> Record:
        document = Document(html, url=url)
        title = document.short_title() or ""
        author = document.author() or ""
        return Record(
            title="" if title == "[no-title]" else title,
            authors=() if author == "[no-author]" else _split_names(author),
            body=_text_of(document.summary()),
        )

    return extract


def _resiliparse() -> Extract:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import detect_encoding
    from resiliparse.parse.html import HTMLTree

    def extract(html: bytes, _: str | None) -> Record:
        tree = HTMLTree.parse_from_bytes(html, detect_encoding(html))
        body = extract_plain_text(tree, main_content=True, comments=False, alt_texts=False)
        return Record(title=tree.title or "", body=body)

    return extract


def _goose3() -> Extract:
    from goose3 import Goose

    goose = Goose({"enable_image_fetching": False})

    def extract(html: bytes, url: str | None) -> Record:
        article = goose.extract(url=url, raw_html=html)
        # As the page has it: in ISO 8601 or not, which the other attribute may have read.
        date, moment = _first(article.publish_date), article.publish_datetime_utc
        if not measures.read_moment(date):
            date = moment.isoformat() if moment else ""
        return Record(
            title=article.title or "",
            # Where JSON-LD has a list it gives a list, also among names.
            authors=tuple(_flat(article.authors)),
            date=date,
            body=article.cleaned_text or "",
            # `top_image` is only there after downloads; this is what goose3 looks at first.
            picture=_first(article.opengraph.get("image")),
        )

    return extract


def _justext() -> Extract:
    import justext

    # The language is not known beforehand; trafilatura joins the lists in the same way.
    stop_words = frozenset().union(*map(justext.get_stoplist, justext.get_stoplists()))

    def extract(html: bytes, _: str | None) -> Record:
        paragraphs = justext.justext(html, stop_words)
        return Record(body="\n\n".join(each.text for each in paragraphs if not each.is_boilerplate))

    return extract


def _news_please() -> Extract:
    from bs4.dammit import EncodingDetector
    from newsplease import NewsPlease

    def extract(html: bytes, url: str | None) -> Record:
        # As its own `from_warc` reads bytes.
        encoding = EncodingDetector.find_declared_encoding(html, is_html=True) or "utf-8"
        try:
            text = html.decode(encoding, errors="replace")
        except LookupError:
            text = html.decode("utf-8", errors="replace")
        article = NewsPlease.from_html(text, url=url, fetch_images=False)
        return Record(
            title=article.title or "",
            authors=tuple(article.authors or ()),
            date=article.date_publish.isoformat() if article.date_publish else "",
            body=article.maintext or "",
            picture=article.image_url or "",
        )

    return extract


def _htmldate() -> Extract:
    from htmldate import find_date

    def extract(html: bytes, url: str | None) -> Record:
        return Record(date=find_date(html, original_date=True, url=url) or "")

    return extract


def _extruct() -> Extract:
    import extruct
    from structured import fields_of
    from w3lib.encoding import html_to_unicode

    def extract(html: bytes, url: str | None) -> Record:
        data = extruct.extract(
            html_to_unicode(None, html)[1],
            base_url=url,
            syntaxes=["json-ld", "microdata", "opengraph"],
            errors="ignore",
        )
        found = fields_of(data)
        return Record(**found | {"date": _iso(found["date"])})

    return extract


EXTRACTORS = {
    extractor.name: extractor
    for extractor in (
        Extractor("newsextract", "newsextract", _newsextract),
        Extractor("trafilatura", "trafilatura", _trafilatura()),
        Extractor("trafilatura_fast", "trafilatura", _trafilatura(fast=True)),
        Extractor("trafilatura_precision", "trafilatura", _trafilatura(favor_precision=True)),
        Extractor("newspaper4k", "newspaper4k", _newspaper4k),
        Extractor(
            "readability_lxml",
            "readability-lxml",
            _readability_lxml,
            frozenset(("title", "authors", "body")),
        ),
        Extractor("resiliparse", "resiliparse", _resiliparse, frozenset(("title", "body"))),
        Extractor("goose3", "goose3", _goose3),
        Extractor("news_please", "news-please", _news_please),
        Extractor("justext", "justext", _justext, frozenset(("body",))),
        Extractor("htmldate", "htmldate", _htmldate, frozenset(("date",))),
        Extractor(
            "extruct", "extruct", _extruct, frozenset(("title", "authors", "date", "picture"))
        ),
    )
}


def installed() -> list[str]:
    """Return the names of the extractors whose library is there."""
    return [name for name, extractor in EXTRACTORS.items() if extractor.version()]


def _flat(values: Any) -> Iterator[str]:
    """Yield the texts in a list of texts and lists."""
    for each in values if isinstance(values, list) else ():
        if isinstance(each, str):
            yield each
        else:
            yield from _flat(each)


def _first(values: Any) -> str:
    """Return the first of one or several values, or nothing."""
    return str((values[0] if isinstance(values, list) else values) or "")


def _iso(date: str) -> str:
    """Return a date in ISO 8601 where it can be read as one."""
    from dateutil.parser import parse

    try:
        return parse(date).isoformat() if len(date) > len("2024-01-31") else date
    except (ValueError, OverflowError):
        return date


def _split_names(text: str) -> tuple[str, ...]:
    return tuple(name for part in text.split(";") if (name := part.strip()))


_BLOCKS = frozenset(
    "address article aside blockquote body br caption dd div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section table tbody td "
    "tfoot th thead tr ul".split()
)


def _text_of(html: str) -> str:
    """Return the text of an HTML fragment, a line for each block."""
    from lxml import etree
    from lxml import html as lxml_html

    pieces: list[str] = []
    for event, element in etree.iterwalk(
        lxml_html.document_fromstring(html), events=("start", "end", "comment", "pi")
    ):
        is_block = element.tag in _BLOCKS
        if event == "start":
            pieces.append("\n" if is_block else "")
            pieces.append(re.sub(r"\s+", " ", element.text or ""))
        else:
            pieces.append("\n" if is_block else "")
            pieces.append(re.sub(r"\s+", " ", element.tail or ""))
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)
