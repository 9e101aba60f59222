"""Patterns that cut HTML into tags, comments and raw text as its standard does.

https://html.spec.whatwg.org/multipage/parsing.html#tokenization – each takes what it has matched
for good (possessive), so that a scan reads no byte more than twice.
"""

import re
from collections.abc import Collection, Iterator
from string import ascii_lowercase

from newsextract.extraction.patterns import when_needed

__all__ = [
    "A_TAG", "FOREIGN", "FORMATTING", "HOLDS_HTML", "INTEGRATION_POINTS", "NAME", "RAW", "TAGS",
    "attributes_in", "attributes_of", "closes_itself", "every_tag", "is_ambiguous", "name_of",
    "opening_of", "raw_name", "telling_tags", "without_raw_text",
]  # fmt: skip

FORMATTING = frozenset(b"a b big code em font i nobr s small strike strong tt u".split())
FOREIGN = frozenset((b"svg", b"math"))
# Elements of pictures and formulas that hold HTML; an annotation only if it says so:
# https://html.spec.whatwg.org/multipage/parsing.html#html-integration-point
HOLDS_HTML = {
    b"svg": frozenset((b"desc", b"foreignobject")),
    b"math": frozenset((b"annotation-xml", b"mi", b"mn", b"mo", b"ms", b"mtext")),
}
INTEGRATION_POINTS = frozenset().union(*HOLDS_HTML.values())
# What stands in these is text up to their own end tag; `<noscript>` since we parse as a browser
# with scripting does.
_RAW_NAMES = "script style textarea title xmp iframe noembed noframes noscript".split()
RAW = frozenset(name.encode() for name in _RAW_NAMES)


def _any_case(name: str) -> str:
    # Sets of two letters are searched for twice as fast as with IGNORECASE.
    return "".join(f"[{letter}{letter.upper()}]" for letter in name)


# Not `\s`, which has a vertical tab, too: it is part of a name or a value. And sets without a
# category are looked up in a table, in a third less time.
_SPACE = r" \t\n\r\f"
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


def _names_unlike(names: Collection[str]) -> str:
    """Return a pattern of names in small letters whose first two letters begin none of these."""
    letters, rest = frozenset(ascii_lowercase), "[a-zA-Z0-9:_-]*+"
    begun = {letter: {name[1:2] for name in names if name[0] == letter} for letter in letters}
    ways = [f"[{''.join(sorted(letter for letter in letters if not begun[letter]))}]{rest}"]
    for letter, seconds in sorted(begun.items()):
        if seconds:
            longer = f"[{''.join(sorted(letters - seconds))}]{rest}"
            ways.append(f"{letter}{longer}" if "" in seconds else f"{letter}(?:{longer})?+")
    return f"(?:{'|'.join(ways)})"


# Of most tags nothing but their number counts, and they have few attributes.
_TELLING = [
    name.decode() for name in FORMATTING | FOREIGN | INTEGRATION_POINTS | RAW if name != b"a"
]
_FEW = (
    rf"""(?:[{_SPACE}]++[^{_SPACE}/>"'=]++="[^"]*+"){{0,200}}+(?:[{_SPACE}/][^>"']{{0,400}}+)?+>"""
)
_PLAIN = _names_unlike(_TELLING) + _FEW
# Start tags, comments and all else that may hold a ">", but no end tags as they are usually
# written, except those of pictures and formulas: half of a page's tags need no look. The name of
# an end tag may hold a "<", which begins no tag then. The group is empty for plain tags.
_FOREIGN_END = rf"/(?:{_any_case('svg')}|{_any_case('math')})>"
_LONG_END = rf"/[a-zA-Z][^{_SPACE}/><]*+(?:<[^{_SPACE}/>]*+|[{_SPACE}/]){_TO_THE_END}"
TAGS = re.compile(
    rf"<(?:{_PLAIN}|({_START}|{_COMMENT}|{_BOGUS}|{_FOREIGN_END}|{_LONG_END}))".encode()
)
A_TAG = re.compile(rb"<[a-zA-Z!?/]")
NAME = re.compile(rf"</?({_NAME})".encode())
_ATTRIBUTES = re.compile(_ATTRIBUTE.encode())
_START_TAG = re.compile(rf"<{_NAME}{_TO_THE_END}".encode())
# Half the time that `find` takes for what is found only in scripts of few pages.
_COMMENT_IN_TEXT = re.compile(rb"<!--")
# All tags, comments and raw text, for the few pages that are followed tag by tag.
every_tag = when_needed(rf"<(?:{_START}|{_COMMENT}|{_BOGUS}|/{_NAME}{_TO_THE_END})".encode())


def opening_of(name: str) -> re.Pattern[bytes]:
    """Return what finds the start tags of an element of raw text, wherever they stand."""
    return re.compile(rf"<{_any_case(name)}(?=[{_SPACE}/>])[^>]*+>?".encode())


def telling_tags(source: bytes) -> tuple[list[bytes], int]:
    """Return those tags of a page that are not plain, and how many tags it has in all.

    Raw text is part of the tag that it follows, and end tags as they are usually written are left
    out, but for those of pictures and formulas.
    """
    tags: list[bytes] = TAGS.findall(source)
    return [b"<" + tag for tag in tags if tag], len(tags)


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


def attributes_in(tag: bytes) -> Iterator[re.Match[bytes]]:
    """Yield where the attributes of a tag are; a "=" behind its name begins one."""
    named = NAME.match(tag)
    return _ATTRIBUTES.finditer(tag, named.end() if named else len(tag))


def attributes_of(tag: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the attributes of a start tag, names in lower case and values without their quotes."""
    for match in attributes_in(tag):
        name, _, value = match[0].partition(b"=")
        value = value.strip()
        yield name.strip().lower(), value.strip(value[:1]) if value[:1] in (b'"', b"'") else value


def closes_itself(tag: bytes) -> bool:
    """Tell whether a tag in a picture or formula is its own end tag; a slash may end a value."""
    if not tag.endswith(b"/>"):
        return False
    end = 0
    for attribute in attributes_in(tag):
        end = attribute.end()
    return end < len(tag) - 1


def is_ambiguous(tag: bytes) -> bool:
    """Tell whether parsers see another end of a script: one begins in a comment in it."""
    if name_of(tag) != b"script":
        return False
    end = 0
    while end >= 0 and (opened := _COMMENT_IN_TEXT.search(tag, end)):
        # Its dashes may be those of its end: `<!-->`.
        end = tag.find(b"-->", opened.end() - 2)
        if b"<script" in tag[opened.end() : end if end >= 0 else len(tag)].lower():
            return True
    return False
