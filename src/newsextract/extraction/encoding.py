"""Bytes to text, in the order of the HTML standard, with a way out where the label lies.

https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding
"""

import re
from typing import NamedTuple

import webencodings

__all__ = ["DecodedText", "decode"]

# The standard looks at 1,024 bytes; browsers go on to the end of the head, and pages count on it.
_EARLY = 1024
_LATE = 100_000
_DETECTOR_SAMPLE = 20_000
_PIECE = 16_384
# Text in another encoding is hardly ever valid UTF-8 by chance, so a page on which most of the
# non-ASCII characters are valid is in UTF-8 and has some broken ones.
_TOLERATED_DAMAGE = 0.5

_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_META_CHARSET = re.compile(
    rb"""<meta\s[^>]{0,500}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE
)
_XML_ENCODING = re.compile(
    rb"""\A\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_:.-]{2,40})"""
)
_HEADER_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_MARKUP = re.compile(
    rb"<(?:script|style)\b.*?(?:</(?:script|style)\s*>|\Z)|<[^>]*+(?:>|\Z)",
    re.DOTALL | re.IGNORECASE,
)

_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xfe\xff", "utf-16be"),
    (b"\xff\xfe", "utf-16le"),
)
# https://encoding.spec.whatwg.org/#gbk-decoder: "gbk's decoder is gb18030's decoder".
_WIDER_CODEC = {"gbk": "gb18030"}
_DETECTABLE = [
    "big5", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257",
    "cp874", "cp932", "cp949", "euc_jp", "gb18030", "iso8859_2", "koi8_r",
]  # fmt: skip


class DecodedText(NamedTuple):
    """A page to parse, the WHATWG name of its encoding, and a warning where its label was wrong.

    `source` is the page's own bytes where they are valid UTF-8, since the parser takes those;
    else it is text.
    """

    source: str | bytes
    encoding: str
    warning: str | None = None

    @property
    def text(self) -> str:
        """The page as text."""
        source = self.source
        return source if isinstance(source, str) else source.decode("utf-8", "replace")


def decode(body: bytes, content_type: str | None = None) -> DecodedText:
    """Turn the bytes of a page into text; never fails, replaces what cannot be read by U+FFFD."""
    for mark, name in _BYTE_ORDER_MARKS:
        if body.startswith(mark):
            body = body[len(mark) :]
            return DecodedText(_read(body, name), name)
    label = _declared(body, content_type)
    if label is None:
        return _undeclared(body)
    return _declared_as(body, label)


def _declared(body: bytes, content_type: str | None) -> str | None:
    if content_type and (match := _HEADER_CHARSET.search(content_type)):
        name = _known(match[1])
        if name is not None:
            return name
    return _meta_encoding(body[:_EARLY])


def _meta_encoding(head: bytes) -> str | None:
    without_comments = _COMMENT.sub(b"", head)
    match = _META_CHARSET.search(without_comments) or _XML_ENCODING.search(without_comments)
    if match is None:
        return None
    name = _known(match[1].decode("ascii"))
    # A page whose meta element could be read as ASCII is not in UTF-16, whatever it says.
    return "utf-8" if name in ("utf-16be", "utf-16le") else name


def _known(label: str) -> str | None:
    encoding = webencodings.lookup(label)
    if encoding is None or encoding.name in ("replacement", "x-user-defined"):
        return None
    return str(encoding.name)


def _declared_as(body: bytes, name: str) -> DecodedText:
    if name == "utf-8":
        if _is_clean_utf8(body):
            return DecodedText(body, name)
        text = _read(body, name)
        if not _is_damaged(text):
            return DecodedText(text, name)
        better = _detected(body)
        return DecodedText(
            better.source, better.encoding, f"labelled utf-8, read as {better.encoding}"
        )
    if not body.isascii() and (as_utf8 := _strict_utf8(body)) is not None:
        # Text in another encoding practically never happens to be valid UTF-8 as well.
        return DecodedText(as_utf8, "utf-8", f"labelled {name}, read as utf-8")
    return DecodedText(_read(body, name), name)


def _undeclared(body: bytes) -> DecodedText:
    if _is_clean_utf8(body):
        return DecodedText(body, "utf-8")
    text = _strict_utf8(body)
    if text is not None:
        return DecodedText(text, "utf-8")
    if (wide := _utf16_without_mark(body)) is not None:
        return DecodedText(_read(body, wide), wide)
    late = _meta_encoding(body[:_LATE])
    return _declared_as(body, late) if late else _detected(body)


def _is_clean_utf8(body: bytes) -> bool:
    """Tell whether the bytes are valid UTF-8 in which no character was lost before."""
    view = memoryview(body)
    start, length = 0, len(body)
    try:
        # Piece by piece, since a string of the whole page costs more memory than the caches
        # hold; "<" is never part of another character.
        while start < length:
            end = body.find(b"<", start + _PIECE)
            if end < 0:
                end = length
            if "\ufffd" in str(view[start:end], "utf-8"):
                return False
            start = end
    except UnicodeDecodeError:
        return False
    return True


def _strict_utf8(body: bytes) -> str | None:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _utf16_without_mark(body: bytes) -> str | None:
    head = body[:200]
    zeros_even, zeros_odd = head[::2].count(0), head[1::2].count(0)
    if zeros_odd > 60 and zeros_even == 0:
        return "utf-16le"
    if zeros_even > 60 and zeros_odd == 0:
        return "utf-16be"
    return None


def _detected(body: bytes) -> DecodedText:
    text = _read(body, "utf-8")
    if not _is_damaged(text):
        return DecodedText(text, "utf-8")
    from charset_normalizer import from_bytes

    # Markup is ASCII in every encoding and drowns the bytes that tell them apart.
    prose = _MARKUP.sub(b" ", body[: _DETECTOR_SAMPLE * 20])
    telling = b"\n".join(line for line in prose.splitlines() if not line.isascii())
    best = from_bytes(telling[:_DETECTOR_SAMPLE], cp_isolation=_DETECTABLE).best()
    name = (_known(best.encoding.replace("_", "-")) if best else None) or "windows-1252"
    return DecodedText(_read(body, name), name)


def _is_damaged(text: str) -> bool:
    if "\ufffd" not in text:
        return False
    broken = text.count("\ufffd")
    others = len(text) - len(text.encode("ascii", "ignore")) - broken
    return broken > max(2, _TOLERATED_DAMAGE * others)


def _read(body: bytes, name: str) -> str:
    codec = _WIDER_CODEC.get(name)
    if codec is not None:
        return body.decode(codec, "replace")
    text: str = webencodings.lookup(name).codec_info.decode(body, "replace")[0]
    return text
