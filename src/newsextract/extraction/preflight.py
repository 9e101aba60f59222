"""Limits for a page before it is parsed, since parsers take minutes for what nobody ever wrote.

A parser that follows the HTML standard looks through all open elements for many a tag, through all
attributes for each attribute, and opens every unclosed `<b>` again in each paragraph. Of selectolax
and the limits here, see `README.md` (row H1). Ordinary pages are counted and handed on as they are;
only those with many tags or long ones are followed tag by tag.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from newsextract.errors import TooComplex
from newsextract.extraction.dom import as_parsed
from newsextract.extraction.tag_walk import MOST_ELEMENTS, TagWalk
from newsextract.extraction.tokens import (
    A_TAG,
    FOREIGN,
    FORMATTING,
    INTEGRATION_POINTS,
    RAW,
    TAGS,
    attributes_in,
    closes_itself,
    is_ambiguous,
    name_of,
    opening_of,
    raw_name,
    telling_tags,
    without_raw_text,
)

__all__ = ["BoundedPage", "within_limits"]

# A page below these cannot go over a limit at a price that matters: its parsing takes at most some
# tenths of a second, whatever its tags are.
_MOST_BYTES = 24_000_000
_FEW_TAGS = 4_000
_FEW_REOPENED = 100_000
_ALIKE_REOPENED = 3
_FEW_ATTRIBUTES = 600
# An attribute takes two characters at least.
_LONG_TAG = 2 * _FEW_ATTRIBUTES

# Of a text that goes on behind a tag which leaves nothing in its place, as those of a table that
# it stands in do, the parser makes a copy in new memory, and keeps the old one. So many bytes may
# it come to if each text of the page went on with all before it. Of 2,993 real pages 33 have more.
_MOST_COPIED = 300_000_000

_TEXT_AND_END = re.compile(rb"[^<]*+</([a-zA-Z][^ \t\n\r\f/>]*+)")
# Of links one at most is opened again: the next one ends it.
_REOPENED = FORMATTING - {b"a"}
# Two paragraphs that follow a comment nobody has closed were not meant to be in it.
_LOST_PARAGRAPHS = 2
_PARAGRAPH = opening_of("p")
_MOST_REPAIRS = 24
_SLASH = ord("/")

_Named: TypeAlias = tuple[bytes, bytes]


class BoundedPage(NamedTuple):
    """A page that can be parsed, how many tags it has, and what was cut, for readers.

    `is_changed` also where what was changed is nothing that a reader would miss.
    """

    source: bytes
    tags: int = 0
    cuts: tuple[str, ...] = ()
    is_changed: bool = False


def within_limits(source: str | bytes) -> BoundedPage:
    """Return the page as it can be parsed in bounded time; most are handed on as they are.

    Raises `TooComplex` where a page is too big as a whole.
    """
    source = as_parsed(source)
    if len(source) > _MOST_BYTES:
        raise TooComplex(
            f"The page has {len(source):,} bytes; at most {_MOST_BYTES:,} are read.",
            detail="bytes",
        )
    tags, count = telling_tags(source)
    if count > MOST_ELEMENTS:
        raise TooComplex(
            f"The page has {count:,} tags; at most {MOST_ELEMENTS:,} are read.", detail="elements"
        )
    mended, repairs = source, list[str]()
    if tags and source.endswith(tags[-1]) and _is_lost(tags[-1]):
        mended, repairs = _without_lost_ends(source)
        tags, count = telling_tags(mended)
    is_parted = _copies_much(mended, tags, count)
    if not is_parted and _is_harmless(mended, tags, count):
        return BoundedPage(mended, count, tuple(repairs), is_changed=mended is not source)
    walk = TagWalk(mended, parts_text=is_parted)
    bounded = walk.run()
    cuts = (*repairs, *walk.cuts())
    return BoundedPage(bounded, walk.elements, cuts, is_changed=bounded is not source)


def _copies_much(source: bytes, tags: Iterable[bytes], count: int) -> bool:
    """Tell whether copies of a text that goes on behind each tag could come to too much."""
    most = _MOST_COPIED // max(1, count)
    if len(source) - sum(map(len, tags)) <= most:
        return False
    texts = filter(None, TAGS.sub(b"\0", source).split(b"\0"))
    return sum(itertools.accumulate(map(len, texts))) > _MOST_COPIED


def _is_harmless(source: bytes, tags: Sequence[bytes], count: int) -> bool:
    if count > _FEW_TAGS:
        return False
    if any(_has_many_attributes(tag) for tag in tags if len(tag) > _LONG_TAG):
        return False
    named = [(name_of(tag), tag) for tag in tags]
    if not _reopens_little(named, count) and not _reopens_little(_unended(source), count):
        return False
    return _is_what_it_seems(source, named)


def _is_what_it_seems(source: bytes, tags: Iterable[_Named]) -> bool:
    """Tell whether the parser takes what we take for raw text for nothing else."""
    # How many of each are open. Of two that are open in one another one end tag may end both.
    foreign, holds_more = dict.fromkeys(FOREIGN, 0), False
    for name, tag in tags:
        if tag[1] == _SLASH:
            if foreign.get(name):
                foreign[name] -= 1
        elif name in RAW:
            # In pictures and formulas it is an element like others, with elements in it.
            if is_ambiguous(tag) or (any(foreign.values()) and A_TAG.search(tag, 1)):
                return False
        elif name in INTEGRATION_POINTS:
            holds_more = holds_more or any(foreign.values())
        elif name in FOREIGN:
            foreign[name] += not closes_itself(tag)
        elif not name and tag.startswith(b"<![") and any(foreign.values()):
            # Only in pictures and formulas is this no comment.
            return False
    # In HTML that stands in a picture its end tag may be that of nothing.
    return not holds_more or _hold_text_alone(source)


def _has_many_attributes(tag: bytes) -> bool:
    """Tell whether a long tag, which is no comment, is one of many attributes."""
    tag = without_raw_text(tag)
    is_long = len(tag) > _LONG_TAG and name_of(tag) != b""
    return is_long and sum(1 for _ in attributes_in(tag)) > _FEW_ATTRIBUTES


def _hold_text_alone(source: bytes) -> bool:
    """Tell whether no element stands in those elements of pictures that may hold HTML."""
    for match in TAGS.finditer(source):
        name = name_of(match[0])
        if name in INTEGRATION_POINTS:
            end = _TEXT_AND_END.match(source, match.end())
            if end is None or end[1].lower() != name:
                return False
    return True


def _reopens_little(tags: Iterable[_Named], count: int) -> bool:
    # Of those that are alike three at most are opened again ("the Noah's Ark clause"):
    # https://html.spec.whatwg.org/multipage/parsing.html#the-list-of-active-formatting-elements
    formatting = [tag for name, tag in tags if name in _REOPENED and tag[1] != _SLASH]
    reopened = len(formatting)
    if reopened * count > _FEW_REOPENED:
        reopened = sum([min(alike, _ALIKE_REOPENED) for alike in Counter(formatting).values()])
    return reopened * count <= _FEW_REOPENED


def _unended(source: bytes) -> Iterator[_Named]:
    """Yield the start tags that are not the half of a pair with nothing but text in it.

    No tag finds what stands in such a pair open or lost: it is never opened again.
    """
    for match in TAGS.finditer(source):
        # Plain tags are none of those that are opened again.
        if match[1] and (name := name_of(match[0])) in _REOPENED:
            end = _TEXT_AND_END.match(source, match.end())
            if end is None or end[1].lower() != name:
                yield name, match[0]


def _is_lost(tag: bytes) -> bool:
    """Tell whether the last tag of a page is never closed and swallows the rest of the story."""
    return _swallows_text(tag) and _is_unclosed(tag)


def _is_unclosed(tag: bytes) -> bool:
    if tag.startswith(b"<!--"):
        return not tag.endswith((b"-->", b"--!>", b"<!-->", b"<!--->"))
    # A tag with paragraphs in it has lost the quote that ends an attribute.
    return bool(raw_name(tag)) or not tag.endswith(b">") or _swallows_text(tag)


def _swallows_text(tag: bytes) -> bool:
    return len(_PARAGRAPH.findall(tag)) >= _LOST_PARAGRAPHS


def _without_lost_ends(source: bytes) -> tuple[bytes, list[str]]:
    """Take out what opens a comment, a script or a quote that never ends and swallows the page.

    A browser shows nothing of what follows; so did the last reader who saw the page whole.
    """
    repairs: list[str] = []
    start = 0
    for _ in range(_MOST_REPAIRS):
        last = None
        for last in TAGS.finditer(source, start):  # noqa: B007
            pass
        if last is None or last.end() < len(source) or not _is_lost(last[0]):
            break
        start, tag = last.start(), last[0]
        what = _called(tag)
        rest = _without_openings(tag)
        source = source[:start] + rest
        repairs.append(f"{what} is never closed; what follows was read as if it were not there")
    return source, list(dict.fromkeys(repairs))


_OPENINGS = {name: opening_of(name.decode()) for name in RAW}


def _called(tag: bytes) -> str:
    if tag.startswith(b"<!--"):
        return "a comment"
    name = raw_name(tag)
    return f"a <{name.decode()}>" if name else "a quote in a tag"


def _without_openings(rest: bytes) -> bytes:
    """Return the text without what opens it, once for all of its kind, since none is closed."""
    if rest.startswith(b"<!--"):
        return rest.replace(b"<!--", b"")
    name = raw_name(rest)
    if name:
        return _OPENINGS[name].sub(b"", rest)
    _, _, rest = rest.partition(b">")
    return rest
