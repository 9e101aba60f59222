"""The entries of a live page: what was written at which time, from JSON-LD and from the page.

On the page an entry is known by structure: a line with a time of day, again and again in boxes or
headings of one make, and below each of them text that the body's model takes for the story. An
entry in JSON-LD is one of https://schema.org/liveBlogUpdate.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from newsextract.extraction.blocks import Container, Survey, TextBlock
from newsextract.extraction.jsonld import JsonObject, names_in
from newsextract.extraction.names import name_words
from newsextract.extraction.script_data import blocks_of
from newsextract.extraction.text import clean_line, letters_only
from newsextract.records import Block, BlockKind, FoundEntry

__all__ = ["Live", "live_entries"]

_FEWEST, _MOST, _MOST_GROUPS = 3, 2_000, 8
# So far up the tree is looked for what an element is called.
_LEVELS = 60
# Without a word that says so, a page is live if it is made of so many entries for the most part.
_MANY = 6
_INTRODUCTION = 200
_SHARE_OF_BODY = 0.5
_LONGEST_STAMP, _LONGEST_TITLE, _LONGEST_NAME = 80, 200, 40
_LONGEST_LABEL, _BOLD = 20, 0.9
# A paragraph may open with its time.
_LONGEST_OPENING = 16
_MOSTLY, _HALF_DAY = 0.8, 12 * 60
_ALIKE = 40
_MOSTLY_LINKS = 0.5
# The first stamp may stand above the first block of the body, the last ones below its end.
_ABOVE, _BELOW = 5, 80
# The text of one source is the more complete if there is so much more of it.
_MORE = 1.1

# A time of day. With a full stop it has to say that it is one, since "12.31" may be anything. It
# begins with a digit, so that a search looks at nothing else.
_CLOCK = re.compile(
    r"(?P<hour>\d(?<![\d.:,/-]\d)\d?)(?:"
    r"\s?[:h時时點点시]\s?(?P<minute>\d{2})(?:[:分분]\d{2})?(?!\d|[:.]\d)(?:\s?[ap]\.?m\b\.?)?"
    r"|\.(?P<dotted>\d{2})(?!\d|[.:]\d)\s?(?:uhr\b|[ap]\.?m\b\.?|gmt\b|bst\b|$)"
    r"|\s?[ap]\.?m\b\.?)",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_KLOKKEN = re.compile(
    r"(?:\bkl\.?|\bklo|\bpukul|\bgodz\.?)\s?(?P<hour>\d{1,2})[.:](?P<minute>\d{2})(?!\d|[.:]\d)",
    re.IGNORECASE,
)
_DAY = re.compile(r"\d{4}|\d{1,2}[./-]\d{1,2}[./-]|\d{1,2}/\d{1,2}|\d\s?[月월]")
_AFTER_CLOCK = re.compile(
    r"(?:\s*(?:uhr|h|hrs|[A-Z]{2,4}|분|分|น\.)\b)?\s*[\]).]?\s*[:：|–—•·-]*\s*", re.IGNORECASE
)
_NAME = re.compile(r"(?:[^\W\d_][\w.'’-]*\s+){1,3}[^\W\d_][\w.'’-]*")
_LIVE_NAMES = frozenset("live liveblog livefeed livestream liveticker liveupdates ticker".split())
# What the headlines of live pages say.
_SAYS_LIVE = re.compile(
    r"\blive|live\b|liveblog|ticker|as it happened|en direct\b|en vivo\b|en-vivo|minuto a minuto|ao vivo\b|ao-vivo|"
    r"diretta\b|онлайн|прямой эфир|текстовая трансляция|на живо|na żywo|na zywo|canlı|مباشر|لحظة بلحظة|בשידור חי|"
    r"लाइव|লাইভ|直播|实时|即時更新|ライブ|速報|実況|생중계|실시간|สด\b|trực tiếp|liputan langsung|siaran langsung",
    re.IGNORECASE,
)
_OTHER = frozenset(
    "caption advertisement share related subscribe comments tags tools dialog consent".split()
)
# Pages of these types have dated pieces one below the other, too.
_TYPES_OF_OTHERS = frozenset(
    "DiscussionForumPosting QAPage CollectionPage SearchResultsPage".split()
)
_ELSEWHERE = frozenset("comments related navigation footer consent dialog".split())


class Live(NamedTuple):
    """The entries of a page in its order, and the indexes of the blocks that belong to them."""

    entries: tuple[FoundEntry, ...] = ()
    taken: frozenset[int] = frozenset()

    def beside(self, body: Sequence[TextBlock]) -> frozenset[int]:
        """Return which blocks of the body are not its introduction; none if it has none.

        A heading right above the first entry is that of the entries.
        """
        first = min(self.taken, default=0)
        above = [block for block in body if block.index < first]
        while above and above[-1].kind == "heading":
            above.pop()
        if sum(block.prose for block in above) < _INTRODUCTION:
            return frozenset()
        return self.taken | {block.index for block in body if block.index > above[-1].index}

    def blocks(self) -> list[Block]:
        """Return the entries as blocks of a body, for a page that shows none of them."""
        blocks = []
        for entry in self.entries:
            if entry.title:
                blocks.append(Block(kind="heading", text=entry.title, level=2))
            parts = filter(None, entry.body.split("\n\n"))
            blocks += [Block(kind="paragraph", text=part) for part in parts]
        return blocks


class _Stamp(NamedTuple):
    """A line that begins with a time of day: where the time ends, and what stands around it."""

    block: TextBlock
    minutes: int
    start: int
    end: int
    entry: Container


class _Span(NamedTuple):
    """The blocks of an entry: first ≤ index < last, in a box of that depth; its time, if any."""

    stamp: _Stamp | None
    depth: int
    first: int
    last: int

    def has(self, block: TextBlock) -> bool:
        """Tell whether this is the line with the time."""
        return self.stamp is not None and self.stamp.block is block


def live_entries(
    found: Survey,
    objects: Sequence[JsonObject],
    types: Mapping[str, int],
    headline: TextBlock | None,
    body: list[TextBlock],
    with_digits: frozenset[int],
) -> Live:
    """Return the entries of a live page, newest first or last as the page has them.

    `types` are those of `objects`, `with_digits` the indexes of blocks that may have digits. `body`
    is what is taken for the story so far; nothing that is not mostly in it is an entry.
    """
    stated = _stated_entries(objects)
    is_live = "LiveBlogPosting" in types
    shown = Live()
    if is_live or (headline is not None and _TYPES_OF_OTHERS.isdisjoint(types)):
        shown = _shown_entries(found, headline, body, with_digits, is_live=is_live)
    if not stated:
        return shown
    if not shown.entries:
        return Live(stated, _shown_of(stated, body))
    if _length(stated) > _MORE * _length(shown.entries):
        return Live(_completed(stated, shown.entries), shown.taken | _shown_of(stated, body))
    return Live(_completed(shown.entries, stated), shown.taken)


def _stated_entries(objects: Sequence[JsonObject]) -> tuple[FoundEntry, ...]:
    updates: list[JsonObject] = []
    for thing in objects:
        stated = thing.get("liveBlogUpdate")
        listed = stated if isinstance(stated, list) else [stated]
        updates += [update for update in listed[:_MOST] if isinstance(update, dict)]
    entries = []
    for update in updates[:_MOST]:
        texts = [update.get(key) for key in ("articleBody", "text", "description")]
        text = next((text for text in texts if isinstance(text, str) and text.strip()), "")
        body = "\n\n".join(block.text for block in blocks_of(text))
        title = update.get("headline") or update.get("name")
        title = clean_line(title) if isinstance(title, str) else ""
        time = update.get("datePublished") or update.get("dateCreated")
        if body or title:
            entry = FoundEntry(
                time=time if isinstance(time, str) else "",
                title=title or None,
                authors=tuple(names_in(update.get("author"))),
                body=body,
                source="jsonld:LiveBlogPosting.liveBlogUpdate",
            )
            entries.append(entry)
    return tuple(entries)


def _shown_of(entries: Sequence[FoundEntry], body: Sequence[TextBlock]) -> frozenset[int]:
    """Return which blocks of the body are text of these entries, from the first of them on."""
    letters = {letters_only(part) for entry in entries for part in entry.body.split("\n\n")}
    openings = {part[:_ALIKE] for part in letters} | {
        letters_only(entry.title or "")[:_ALIKE] for entry in entries
    }
    first = next((block.index for block in body if block.letters[:_ALIKE] in openings), None)
    if first is None:
        return frozenset()
    return frozenset(block.index for block in body if block.index >= first)


def _length(entries: Sequence[FoundEntry]) -> int:
    return sum(len(entry.body) for entry in entries)


def _completed(
    entries: Sequence[FoundEntry], others: Sequence[FoundEntry]
) -> tuple[FoundEntry, ...]:
    """Add to entries of one source what another has of them: the time with its day, the author."""
    known: dict[str, FoundEntry] = {}
    for other in others:
        for text in (other.title or "", other.body):
            if opening := letters_only(text[: 2 * _ALIKE])[:_ALIKE]:
                known.setdefault(opening, other)
    completed = []
    for entry in entries:
        openings = (
            letters_only(text[: 2 * _ALIKE])[:_ALIKE] for text in (entry.title or "", entry.body)
        )
        same = next((known[opening] for opening in openings if opening in known), None)
        if same is not None:
            # A point in time of JSON-LD has its day and offset, a clock has not.
            is_better = len(same.time) > len(entry.time)
            entry = replace(
                entry,
                time=same.time if is_better else entry.time,
                title=entry.title or same.title,
                authors=entry.authors or same.authors,
            )
        completed.append(entry)
    return tuple(completed)


def _shown_entries(
    found: Survey,
    headline: TextBlock | None,
    body: list[TextBlock],
    with_digits: frozenset[int],
    *,
    is_live: bool,
) -> Live:
    if not body:
        return Live()
    times = {
        mark.index: mark.value for mark in found.marked if mark.mark == "time" and ":" in mark.value
    }
    kept = {block.index for block in body}
    best, most = Live(), 0
    for group in _groups(_stamps(found.blocks, body, times, with_digits)):
        spans = _spans(group, found)
        told = [(span, _text_of(found.blocks, span, kept)) for span in spans]
        taken = {block.index for _, text in told for block in text}
        amount = sum(block.prose for block in body if block.index in taken)
        if amount <= most or not _is_in_order(told):
            continue
        # The headings of a list of stories lead to them.
        if not is_live and _lead_elsewhere(spans, found.blocks):
            continue
        # Where nothing says that a page is live it has to be made of entries.
        if not (is_live or _says_live(told, headline)) and not _is_made_of(told, amount, body):
            continue
        most = amount
        entries = tuple(_entry(span, text, times) for span, text in told if text)
        first, last = spans[0].first, spans[-1].last
        best = Live(entries, frozenset(index for index in kept if first <= index < last) | taken)
    return best


def _stamps(
    blocks: list[TextBlock],
    body: list[TextBlock],
    times: dict[int, str],
    with_digits: frozenset[int],
) -> list[_Stamp]:
    """Return the lines that begin with a time of day, each with the box that is its alone."""
    lines: list[_Stamp] = []
    may_be_stamps = with_digits.union(times)
    around = blocks[max(0, body[0].index - _ABOVE) : body[-1].index + _BELOW]
    for block in [block for block in around if block.index in may_be_stamps]:
        line = _time_of_day(block, times.get(block.index, ""))
        if line is None or _stands_elsewhere(block):
            continue
        if (
            lines
            and block.index == lines[-1].block.index + 1
            and _is_one_line(block, lines[-1].block)
        ):
            continue
        lines.append(line)
        if len(lines) >= _MOST:
            break
    stamps = []
    for at, line in enumerate(lines):
        before = lines[at - 1].block.index if at else -1
        after = lines[at + 1].block.index if at + 1 < len(lines) else len(blocks)
        entry = line.entry
        while (above := entry.parent) is not None and above.first > before and above.last <= after:
            entry = above
        stamps.append(line._replace(entry=entry))
    return stamps


def _time_of_day(block: TextBlock, stated: str) -> _Stamp | None:
    opening = block.text[: _LONGEST_OPENING if block.prose else _LONGEST_STAMP]
    match = None
    if _DIGIT.search(opening):
        match = _CLOCK.search(opening) or _KLOKKEN.search(opening)
    if match is None:
        # "5 minutes ago" has its time in an attribute.
        if not stated or block.prose or len(block.text) > _LONGEST_NAME:
            return None
        told = _CLOCK.search(stated.partition("T")[2])
        if told is None:
            return None
        return _Stamp(block, _minutes(told) or 0, 0, len(block.text), block.container)
    minutes = _minutes(match)
    if minutes is None or not _opens_with_time(block, match):
        return None
    return _Stamp(block, minutes, match.start(), match.end(), block.container)


def _minutes(match: re.Match[str]) -> int | None:
    parts = match.groupdict()
    hour, minute = int(parts["hour"]), int(parts["minute"] or parts.get("dotted") or 0)
    if hour > 23 or minute > 59:
        return None
    folded = match[0].lower().replace(".", "")
    if folded.endswith("pm") and hour < 12:
        hour += 12
    elif folded.endswith("am") and hour == 12:
        hour = 0
    return 60 * hour + minute


def _stands_elsewhere(block: TextBlock) -> bool:
    return block.container.hidden or any(
        above.reason in _ELSEWHERE for above in block.container.ancestors(_LEVELS)
    )


def _is_one_line(block: TextBlock, before: TextBlock) -> bool:
    """Tell whether two lines are two forms of one time, such as "5 minutes ago" and "10:42"."""
    is_bare = len(block.text) <= _LONGEST_NAME and block.kind == before.kind == "paragraph"
    return is_bare and block.container.parent is before.container.parent


def _opens_with_time(block: TextBlock, match: re.Match[str]) -> bool:
    """Tell whether a line is a time of day, or begins with one as a heading does."""
    before = block.text[: match.start()]
    if len(block.text) <= _LONGEST_STAMP and block.kind != "heading" and not block.prose:
        return True
    if any(character.isalnum() for character in before):
        return False
    behind = block.text[match.end() : match.end() + 8]
    return (
        block.kind == "heading"
        or re.match(r"\s*(?:uhr|h|hrs)?\s*[:：|–—-]", behind, re.IGNORECASE) is not None
    )


def _groups(stamps: list[_Stamp]) -> Iterator[list[_Stamp]]:
    """Yield stamps whose boxes stand side by side, or in boxes of the same make."""
    groups: dict[tuple[BlockKind, str, int, str, str], list[_Stamp]] = {}
    for stamp in stamps:
        box, above = stamp.entry, stamp.entry.parent or stamp.entry
        key = (stamp.block.kind, box.tag, box.depth, above.tag, above.classes)
        groups.setdefault(key, []).append(stamp)
    largest = sorted(groups.values(), key=len, reverse=True)[:_MOST_GROUPS]
    yield from (group for group in largest if len(group) >= _FEWEST)


def _spans(group: list[_Stamp], found: Survey) -> list[_Span]:
    """Return the blocks of each entry: those in its box, or up to the next stamp."""
    # Lines that stand in one box have no box of their own.
    stamps_in = Counter([id(stamp.entry) for stamp in group])
    boxed = [
        stamp
        for stamp in group
        if stamps_in[id(stamp.entry)] == 1 and stamp.entry.last - stamp.entry.first > 1
    ]
    if 2 * len(boxed) > len(group):
        spans = [
            _Span(stamp, stamp.entry.depth, stamp.entry.first, stamp.entry.last) for stamp in boxed
        ]
        spans += _unstamped(boxed, found.containers)
        return sorted(spans, key=lambda span: span.first)
    starts = [
        stamp.entry.first if stamps_in[id(stamp.entry)] == 1 else stamp.block.index
        for stamp in group
    ]
    last = group[-1].entry
    box = last.parent if stamps_in[id(last)] == 1 else last
    ends = [*starts[1:], box.last if box else len(found.blocks)]
    return [
        _Span(stamp, stamp.entry.depth, start, end)
        for stamp, start, end in zip(group, starts, ends, strict=True)
    ]


def _unstamped(group: list[_Stamp], containers: list[Container]) -> Iterator[_Span]:
    """Yield the boxes among those of the entries that have no time of their own."""
    parents = {id(stamp.entry.parent) for stamp in group}
    known = {id(stamp.entry) for stamp in group}
    makes = {_make(stamp.entry) for stamp in group}
    for box in containers:
        if id(box.parent) in parents and id(box) not in known and _make(box) in makes:
            yield _Span(None, box.depth, box.first, box.last)


def _make(box: Container) -> tuple[str, str]:
    # The first name is what it is, others say in which state: "entry entry--pinned".
    return box.tag, next(iter(box.classes.split(None, 1)), "")


def _text_of(blocks: list[TextBlock], span: _Span, kept: set[int]) -> list[TextBlock]:
    """Return the blocks that an entry says something with."""
    return [
        block
        for block in blocks[span.first : span.last]
        if not block.container.hidden
        and (block.index in kept or (not span.has(block) and _says_something(block, span.depth)))
    ]


def _says_something(block: TextBlock, depth: int) -> bool:
    if block.label or not (block.prose or block.kind == "heading"):
        return False
    levels = min(_LEVELS, max(1, block.container.depth - depth))
    inside = block.container.ancestors(levels)
    return not any(above.reason in _OTHER for above in inside)


def _is_in_order(told: list[tuple[_Span, list[TextBlock]]]) -> bool:
    """Tell whether enough entries say something, at times that follow each other."""
    stamps = [span.stamp for span, _ in told if span.stamp is not None]
    telling = sum(any(block.prose for block in text) for span, text in told if span.stamp)
    if telling < _FEWEST or 2 * telling < len(stamps):
        return False
    return _follow([stamp.minutes for stamp in stamps])


def _says_live(told: list[tuple[_Span, list[TextBlock]]], headline: TextBlock | None) -> bool:
    """Tell whether names of elements or the headline call a page live."""
    if headline is not None and _SAYS_LIVE.search(headline.text):
        return True
    stamps = [span.stamp for span, _ in told if span.stamp is not None]
    names = {above.name for stamp in stamps for above in stamp.entry.ancestors(3)}
    return not _LIVE_NAMES.isdisjoint(name_words(" ".join(names)))


def _is_made_of(
    told: list[tuple[_Span, list[TextBlock]]], amount: int, body: list[TextBlock]
) -> bool:
    """Tell whether most of the body is entries, many of them, with times of one day."""
    stamps = [span.stamp for span, _ in told if span.stamp is not None]
    if len(stamps) < _MANY or amount < _SHARE_OF_BODY * sum(block.prose for block in body):
        return False
    days = sum(_DAY.search(stamp.block.text[:_LONGEST_STAMP]) is not None for stamp in stamps)
    return 2 * days < len(stamps)


def _lead_elsewhere(spans: list[_Span], blocks: list[TextBlock]) -> bool:
    """Tell whether most entries begin with a link, as the cards of a list of stories do."""
    leading = 0
    for span in spans:
        inside = [block for block in blocks[span.first : span.last] if not span.has(block)]
        opening = next((block for block in inside if len(block.text) > _LONGEST_LABEL), None)
        leading += opening is not None and opening.link_density > _MOSTLY_LINKS
    return 2 * leading >= len(spans)


def _follow(minutes: list[int]) -> bool:
    """Tell whether times of day go one way, newest first or last, midnights let pass."""
    steps = [
        (other - one + _HALF_DAY) % (2 * _HALF_DAY) - _HALF_DAY for one, other in pairwise(minutes)
    ]
    later, earlier = sum(step > 0 for step in steps), sum(step < 0 for step in steps)
    return later + earlier > 0 and len(steps) - min(later, earlier) >= _MOSTLY * len(steps)


def _entry(span: _Span, text: list[TextBlock], times: dict[int, str]) -> FoundEntry:
    title: str | None = None
    authors: tuple[str, ...] = ()
    time = ""
    lines: list[str] = []
    if span.stamp is not None:
        stamp = span.stamp
        time = times.get(stamp.block.index) or stamp.block.text[:_LONGEST_STAMP]
        if stamp.block not in text:
            authors = _name_behind(stamp)
    for block in _without_last_headings(text):
        line = block.text
        if span.stamp is not None and span.has(block):
            cut = _AFTER_CLOCK.match(line, span.stamp.end)
            line = line[cut.end() if cut else span.stamp.end :]
        if not title and not lines and len(line) <= _LONGEST_TITLE and _is_title(block):
            title = line or None
        elif line:
            lines.append(line)
    body = "\n\n".join(lines)
    return FoundEntry(time=time, title=title, authors=authors, body=body, source="dom:live")


def _without_last_headings(text: list[TextBlock]) -> list[TextBlock]:
    """Leave out headings with nothing below them: "Tuesday", above the next entry."""
    end = len(text)
    while end > 1 and text[end - 1].kind == "heading" and any(block.prose for block in text):
        end -= 1
    return text[:end]


def _name_behind(stamp: _Stamp) -> tuple[str, ...]:
    """Return the name that stands behind the time in a line of its own: "10:42 Ann Lee"."""
    rest = stamp.block.text[stamp.end :].strip(" |·•-–—,")
    is_name = len(rest) <= _LONGEST_NAME and _NAME.fullmatch(rest) and not rest.isupper()
    return (rest,) if is_name else ()


def _is_title(block: TextBlock) -> bool:
    return block.kind == "heading" or block.strong_length >= _BOLD * len(block.text)
