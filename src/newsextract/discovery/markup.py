"""Feeds and sitemaps as XML that can be parsed in safety, however it comes.

All that stands before the root element is cut off: the declaration, the DTD, and what a site's
programs print there by mistake. Without a DTD there are no entities to expand, and text is UTF-8
by then, whatever the declaration said.
"""

import re
import sys
from collections.abc import Iterator
from html.entities import html5
from typing import Any

from lxml import etree

from newsextract.extraction.encoding import decode
from newsextract.records import Page

__all__ = ["Target", "as_xml", "fed", "kind_of", "local_name", "text_of", "tree_of"]

# So far into a file its root is looked for; a DTD or a licence may stand before.
_LOOKED_AT = 50_000
_ROOT = re.compile(
    r"<(?:[a-z_][\w.-]{0,40}:)?(?P<name>rss|feed|rdf|channel|urlset|sitemapindex)(?=[\s>/])",
    re.IGNORECASE,
)
_HTML = re.compile(r"<(?:!doctype\s+)?html(?=[\s>])|<(?:head|body)(?=[\s>])", re.IGNORECASE)
_ADDRESS_LINE = re.compile(r"\s*https?://[^\s<>]+[ \t]*(?:[\r\n]|\Z)", re.IGNORECASE)
# XML 1.0, 2.2: what may not stand in it, as itself.
_NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# References to characters, and ampersands that begin none of the entities that XML knows without a
# DTD (4.6).
_STRAY = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)"
    r"|&(?!(?:amp|lt|gt|quot|apos);)"
    r"(?:#(?P<number>[0-9]{1,7}|x[0-9A-Fa-f]{1,6});|(?P<name>\w{2,31});|&*(?=&))?",
    re.DOTALL,
)
_MOST_MENDED = 500_000
_PIECE = 65_536


def text_of(page: Page) -> str:
    """Return the body of a page as text, without a byte order mark."""
    return decode(page.body, page.headers.get("content-type")).text.lstrip("\ufeff")


def kind_of(text: str) -> str:
    """Return the name of the root element of a feed or sitemap, or what else it is.

    That is "json", "text" for a list of addresses in lines, or "html" for all others.
    """
    beginning = text[:_LOOKED_AT]
    root, html = _ROOT.search(beginning), _HTML.search(beginning)
    if root and not (html and html.start() < root.start()):
        return root["name"].lower()
    if html:
        return "html"
    if beginning.lstrip()[:1] == "{":
        return "json"
    return "text" if _ADDRESS_LINE.match(beginning) else "html"


def as_xml(text: str) -> bytes:
    """Return a feed or sitemap from its root element on, with what breaks most of them mended."""
    root = _ROOT.search(text, 0, _LOOKED_AT)
    text = _NO_CHARACTER.sub("", text[root.start() if root else 0 :])
    return _STRAY.sub(_mended, text, count=_MOST_MENDED).encode("utf-8", "replace")


def _mended(found: re.Match[str]) -> str:
    if found[0].startswith("<"):
        return found[0]
    if number := found["number"]:
        code = int(number[1:], 16) if number.startswith("x") else int(number)
        is_character = code <= sys.maxunicode and not _NO_CHARACTER.match(chr(code))
        return found[0] if is_character else ""
    if letters := html5.get(f"{found['name']};"):
        return "".join(f"&#{ord(letter)};" for letter in letters)
    return found[0].replace("&", "&amp;")


class Target:
    """What is told of the elements of a file as they come; no tree is built."""

    elements = 0

    def start(self, tag: str, attributes: object) -> None:
        """Take the start of an element."""

    def end(self, tag: str) -> None:
        """Take the end of an element."""

    def data(self, text: str) -> None:
        """Take a piece of text."""

    def close(self) -> None:
        """Take the end of the file."""


def fed(xml: bytes, target: Target) -> Iterator[str | None]:
    """Hand a file to the target piece by piece; yield after each, with what is wrong so far."""
    parser = _parser(target=target)
    try:
        for start in range(0, len(xml), _PIECE):
            parser.feed(xml[start : start + _PIECE])
            yield None
        parser.close()
    except (etree.LxmlError, UnicodeError) as error:
        yield str(error)
    else:
        yield _problem(parser.feed_error_log)


def tree_of(xml: bytes) -> tuple[Any, str | None]:
    """Return the root element, None where there is none, and what is wrong with the file."""
    parser = _parser()
    try:
        root = etree.fromstring(xml, parser)
    except (etree.LxmlError, UnicodeError) as error:
        return None, str(error)
    return root, _problem(parser.error_log)


def _parser(**settings: object) -> Any:
    return etree.XMLParser(
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        **settings,
    )


def _problem(log: Any) -> str | None:
    # Errors that are not fatal are those of namespaces, and lose nothing.
    for entry in log:
        if entry.level_name == "FATAL":
            return f"line {entry.line}: {entry.message}"
    return None


def local_name(tag: str) -> str:
    """Return the name of an element without its namespace, or a prefix that nobody declared."""
    return tag.rpartition("}")[2].rpartition(":")[2].lower()
