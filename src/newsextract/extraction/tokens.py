"""Patterns that cut HTML into tags, comments and raw text as its standard does.

https://html.spec.whatwg.org/multipage/parsing.html#tokenization – each takes what it has matched
for good (possessive), so that a scan reads no byte more than twice.
"""

import re
from collections.abc import Iterator

from newsextract.extraction.patterns import when_needed

__all__ = [
    "ATTRIBUTES", "A_TAG", "NAME", "RAW", "TAGS", "attributes_of", "closes_itself", "every_tag",
    "is_ambiguous", "name_of", "opening_of", "raw_name",
    "without_raw_text",
]  # fmt: skip

# What stands in these is text up to their own end tag; `<noscript>` since we parse as a browser
# with scripting does.
_RAW_NAMES = "script style textarea title xmp iframe noembed noframes noscript".split()
RAW = frozenset(name.encode() for name in _RAW_NAMES)


def _any_case(name: str) -> str:
    # Sets of two letters are searched for twice as fast as with IGNORECASE.
    return "".join(f"[{letter}{letter.upper()}]" for letter in name)


# As `\s`, but sets without a category are looked up in a table, in a third less time.
_SPACE = r" \t\n\r\f\v"
_VALUE = rf""""[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^{_SPACE}>"'][^{_SPACE}>]*+"""
_ATTRIBUTE = rf"[^{_SPACE}/>][^{_SPACE}/>=]*+(?:[{_SPACE}]*+=[{_SPACE}]*+(?:{_VALUE})?+)?+"
# Nearly all tags end as the first of these says, as they do by the second: behind attributes of
# the form a="…", the first ">" ends a tag if no quote stands before it.
_USUAL_END = rf"""(?:[{_SPACE}]++[^{_SPACE}/>"'=]++="[^"]*+")*+[^>"']*+>"""
_TO_THE_END = rf"(?:{_USUAL_END}|(?:[{_SPACE}/]++|{_ATTRIBUTE})*+(?:>|\Z))"
_RAW = "|".join(
    rf"(?<={_any_case(name[0])}){_any_case(name[1:])}(?=[{_SPACE}/>]){_TO_THE_END}"
    rf"(?:[^<]++|<(?!/{_any_case(name)}[{_SPACE}/>]))*+"
    for name in _RAW_NAMES
)
# Two letters tell of most tags that none of these names can follow.
_MAY_BE_RAW = "".join(
    sorted({letter for name in _RAW_NAMES for letter in name[1] + name[1].upper()})
)
_NAME = rf"[a-zA-Z][^{_SPACE}/>]*+"
_START = rf"[a-zA-Z](?:(?=[{_MAY_BE_RAW}])(?<=[sStTxXiInN])(?:{_RAW})|[^{_SPACE}/>]*+{_TO_THE_END})"
_COMMENT = r"!--(?:-?>|(?:[^-]++|-(?!-!?>))*+(?:--!?>)?)"
_BOGUS = r"[!?][^>]*+>?|/[^a-zA-Z>][^>]*+>?"

# Start tags, comments and all else that may hold a ">", but no end tags as they are usually
# written, except those of pictures and formulas: half of a page's tags need no look. The name of
# an end tag may hold a "<", which begins no tag then.
_FOREIGN_END = rf"/(?:{_any_case('svg')}|{_any_case('math')})>"
_LONG_END = rf"/[a-zA-Z][^{_SPACE}/><]*+(?:<[^{_SPACE}/>]*+|[{_SPACE}/]){_TO_THE_END}"
TAGS = re.compile(rf"<(?:{_START}|{_COMMENT}|{_BOGUS}|{_FOREIGN_END}|{_LONG_END})".encode())
A_TAG = re.compile(rb"<[a-zA-Z!?/]")
NAME = re.compile(rb"</?([a-zA-Z][^\s/>]*)")
ATTRIBUTES = re.compile(_ATTRIBUTE.encode())
_START_TAG = re.compile(rf"<{_NAME}{_TO_THE_END}".encode())
# Half the time that `find` takes for what is found only in scripts of few pages.
_COMMENT_IN_TEXT = re.compile(rb"<!--")
# All tags, comments and raw text, for the few pages that are followed tag by tag.
every_tag = when_needed(rf"<(?:{_START}|{_COMMENT}|{_BOGUS}|/{_NAME}{_TO_THE_END})".encode())


def opening_of(name: str) -> re.Pattern[bytes]:
    """Return what finds the start tags of an element of raw text, wherever they stand."""
    return re.compile(rf"<{_any_case(name)}(?=[\s/>])[^>]*+>?".encode())


def name_of(tag: bytes) -> bytes:
    """Return the name of a tag in lower case, nothing for a comment and its like."""
    match = NAME.match(tag)
    return match[1].lower() if match else b""


def raw_name(tag: bytes) -> bytes:
    """Return the name of an element of raw text, nothing for other tags."""
    name = b"" if tag[1:2] == b"/" else name_of(tag)
    return name if name in RAW else b""


def without_raw_text(tag: bytes) -> bytes:
    """Return a tag alone, where the raw text that it opens is taken for part of it."""
    match = _START_TAG.match(tag)
    return match[0] if match else tag


def attributes_of(tag: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the attributes of a start tag, names in lower case and values without their quotes."""
    attributes = ATTRIBUTES.finditer(tag, 1)
    # The first is the name of the tag.
    next(attributes)
    for match in attributes:
        name, _, value = match[0].partition(b"=")
        value = value.strip()
        yield name.strip().lower(), value.strip(value[:1]) if value[:1] in (b'"', b"'") else value


def closes_itself(tag: bytes) -> bool:
    """Tell whether a tag in a picture or formula is its own end tag; a slash may end a value."""
    if not tag.endswith(b"/>"):
        return False
    end = 0
    for attribute in ATTRIBUTES.finditer(tag, 1):
        end = attribute.end()
    return end < len(tag) - 1


def is_ambiguous(tag: bytes) -> bool:
    """Tell whether parsers see another end: CDATA in pictures, comments around scripts."""
    if tag.startswith(b"<!["):
        return True
    opened = _COMMENT_IN_TEXT.search(tag, 1)
    return opened is not None and b"<script" in tag[opened.end() :].lower()
