"""Is an answer what was asked for? Judged by its type and by how its body begins."""

import re
from typing import Literal

from newsextract.errors import FeedInstead, MediaInstead, PdfInstead, UnsupportedContent

__all__ = [
    "SNIFFED_BYTES", "Accepted", "check_beginning", "check_list", "check_type", "most_bytes",
]  # fmt: skip

# What is asked for: an HTML page, or a list of pages, which is a feed or a sitemap, packed or not,
# or an HTML page that leads to one.
Accepted = Literal["page", "list"]

# As much as a browser looks at (WHATWG MIME Sniffing, 5.1 "resource header").
SNIFFED_BYTES = 1_445

# https://www.sitemaps.org/protocol.html#index: 50 MB, unpacked.
_MOST_BYTES_OF_LIST = 52_428_800
_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_XML_TYPES = frozenset({"text/xml", "application/xml"})

_PROLOGUE = rb"(?:\xef\xbb\xbf)?(?>\s|<\?[^>]*>|<!--.*?-->)*+"
_XHTML = re.compile(_PROLOGUE + rb"<(?:!doctype\s+)?html[\s>]", re.IGNORECASE | re.DOTALL)
# The tags of WHATWG MIME Sniffing, 7.1, that a page may well begin with.
_HTML = re.compile(
    _PROLOGUE + rb"<(?:!doctype\s+html|html|head|body|title|script|style|iframe|div|table|h1|p)"
    rb"[\s>]",
    re.IGNORECASE | re.DOTALL,
)

# RSS, Atom, RSS 1.0 and the two files of https://www.sitemaps.org/protocol.html. Many sites label
# them as HTML or as any XML.
_FEED = re.compile(
    _PROLOGUE + rb"(?:<!doctype\s+rss[^>]*>\s*)?<(?:rss|feed|rdf:rdf|urlset|sitemapindex)[\s>]",
    re.IGNORECASE | re.DOTALL,
)

_Format = tuple[type[UnsupportedContent], str]
_SIGNATURES: tuple[tuple[bytes, _Format], ...] = (
    (b"%PDF-", (PdfInstead, "a PDF document")),
    (b"\x89PNG\r\n\x1a\n", (MediaInstead, "a picture (PNG)")),
    (b"\xff\xd8\xff", (MediaInstead, "a picture (JPEG)")),
    (b"GIF87a", (MediaInstead, "a picture (GIF)")),
    (b"GIF89a", (MediaInstead, "a picture (GIF)")),
    (b"RIFF", (MediaInstead, "a picture, sound or video (RIFF)")),
    (b"OggS", (MediaInstead, "a sound or video (Ogg)")),
    (b"ID3", (MediaInstead, "a sound (MP3)")),
    (b"PK\x03\x04", (UnsupportedContent, "a ZIP archive or office document")),
    (b"\x1f\x8b\x08", (UnsupportedContent, "a gzip archive")),
)

_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<|\xff\xfe|\xfe\xff|\x00<")
# The "binary data bytes" of WHATWG MIME Sniffing, 3, but for those of stateful encodings
# (ISO-2022) and NUL, which stray into pages.
_BINARY = re.compile(rb"[\x01-\x08\x0b\x10-\x1a\x1c-\x1f]")
_BINARY_SHARE = 0.02

_NAMED_TYPES: dict[str, _Format] = {
    "application/pdf": (PdfInstead, "a PDF document"),
    "application/rss+xml": (FeedInstead, "a feed"),
    "application/atom+xml": (FeedInstead, "a feed"),
    "application/rdf+xml": (FeedInstead, "a feed"),
    "application/feed+json": (FeedInstead, "a feed"),
    "application/json": (UnsupportedContent, "JSON data"),
    "application/ld+json": (UnsupportedContent, "JSON data"),
}
_NAMED_FAMILIES: dict[str, _Format] = {
    "image": (MediaInstead, "a picture"),
    "video": (MediaInstead, "a video"),
    "audio": (MediaInstead, "a sound"),
    "font": (UnsupportedContent, "a font"),
}
_ELSE: _Format = (UnsupportedContent, "something else")
_WAYS_OUT: dict[type[UnsupportedContent], str] = {
    PdfInstead: "read it with a program for PDF, or give the address of the article's own page",
    FeedInstead: "give the address of one of the pages that it lists",
}
_OWN_PAGE = "give the address of the article's own page"


def check_type(content_type: str) -> None:
    """Raise `UnsupportedContent` for a type that cannot be an HTML page whatever its body is.

    It is a `PdfInstead`, `MediaInstead` or `FeedInstead` where the type is that of one.
    """
    media_type = _media_type(content_type)
    if media_type and media_type not in {*_HTML_TYPES, *_XML_TYPES, "text/plain"}:
        raise _unsupported(_named(media_type), media_type)


def check_beginning(content_type: str, beginning: bytes) -> None:
    """Raise `UnsupportedContent` for a body that does not begin like an HTML page.

    It is a `PdfInstead`, `MediaInstead` or `FeedInstead` for one that begins like that. What
    says it is HTML, or says nothing, is believed unless it is plainly binary or a feed; plain
    text and XML have to begin like HTML.
    """
    media_type = _media_type(content_type)
    if not beginning:
        return
    if _FEED.match(beginning):
        raise _unsupported((FeedInstead, "a feed or sitemap (XML that is not XHTML)"), media_type)
    if media_type in _XML_TYPES and not _XHTML.match(beginning):
        raise _unsupported((UnsupportedContent, "XML that is not XHTML"), media_type)
    if media_type == "text/plain" and not _HTML.match(beginning):
        raise _unsupported((UnsupportedContent, "plain text"), media_type)
    found = _binary_format(beginning)
    if found is not None:
        raise _unsupported(found, media_type)


def check_list(content_type: str, beginning: bytes) -> None:
    """Raise `UnsupportedContent` for a body that is plainly binary, whatever its label is.

    Labels tell nothing: sites send feeds as HTML, and packed sitemaps as anything.
    """
    found = _binary_format(beginning)
    if found is not None:
        raise _unsupported(found, _media_type(content_type), "no feed, sitemap or page")


def most_bytes(accept: Accepted, usual: int) -> int:
    """Return how many bytes such an answer may have."""
    return max(usual, _MOST_BYTES_OF_LIST) if accept == "list" else usual


def _media_type(content_type: str) -> str:
    """Return the type without parameters, "" for none or for what is no type at all."""
    media_type = content_type.partition(";")[0].strip().lower()
    return media_type if "/" in media_type else ""


def _binary_format(beginning: bytes) -> _Format | None:
    for signature, found in _SIGNATURES:
        if beginning.startswith(signature):
            return found
    if _MARKUP.match(beginning):
        return None
    if len(_BINARY.findall(beginning)) > _BINARY_SHARE * len(beginning):
        return UnsupportedContent, "binary data"
    return None


def _named(media_type: str) -> _Format:
    family = _NAMED_FAMILIES.get(media_type.partition("/")[0], _ELSE)
    return _NAMED_TYPES.get(media_type, family)


def _unsupported(
    found: _Format, media_type: str, wanted: str = "not an HTML page"
) -> UnsupportedContent:
    error, name = found
    label = f"labelled {media_type[:100]}" if media_type else "without a label"
    return error(
        f"it is {name}, {wanted} ({label}); {_WAYS_OUT.get(error, _OWN_PAGE)}",
        detail=media_type[:100] or None,
    )
