"""Dates that a page shows, or marks for machines where it shows them."""

import re
from collections.abc import Collection, Iterator, Sequence

from newsextract.extraction.date_words import (
    CALLED_DATE,
    CHANGED,
    JOINED,
    RELEASED,
    THIS_STORY,
)
from newsextract.extraction.digits import has_digit
from newsextract.extraction.places import Places
from newsextract.extraction.survey import VOCABULARIES, Container, Marked, Survey, TextBlock
from newsextract.extraction.text import folded
from newsextract.records import Candidate, FieldName

__all__ = ["shown_dates"]

_LONGEST_LINE = 160
_LONGEST_RELATIVE = 48
# In so many characters of a paragraph stand place and date, if it opens with them.
_DATELINE, _OPENINGS = 64, 2
_MOST_LINES, _MOST_MARKED, _MOST_RELATIVE, _MOST_NOTES = 40, 40, 4, 4
_PROPERTIES: dict[str, tuple[FieldName, float]] = {
    "datePublished": ("date", 0.85),
    "dateCreated": ("date", 0.6),
    "dateModified": ("date_modified", 0.85),
    "dc:date": ("date", 0.7),
    "dc:created": ("date", 0.65),
    "schema:datePublished": ("date", 0.8),
    "schema:dateModified": ("date_modified", 0.8),
}
# All of it begins with a digit, so that a search looks at nothing else.
_DIGITS_OF_A_DATE = re.compile(
    r"\d(?:(?<!\d\d)(?:(?<=1)[349]\d\d|(?<=2)(?:0\d\d|5[5-9]\d))(?!\d{3})|"
    r"\d? ?[./|-] ?\d{1,2} ?[./|-] ?\d\d(?!\d)|"
    # "24 พ.ย. 69", the last two digits of a year of the Buddhist era
    r"\d? [\u0e01-\u0e4e.]{3,12} [4-9]\d(?!\d)|"
    # "২০২৪" in digits of another script, "6年5月6日" of an era
    r"(?<=[^\D0-9])[^\D0-9]{3}|\d{0,2} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日)"
)
_LABELS = (CHANGED, RELEASED, CALLED_DATE, JOINED)
_LETTERS_OF_A_LINE, _LONGEST_LABEL = 40, 24
# So few elements up stands the picture that a caption is of.
_LEVELS_TO_PICTURE = 3


def shown_dates(
    found: Survey, places: Places, body: Sequence[TextBlock], with_digits: Collection[int]
) -> Iterator[Candidate]:
    """Yield a candidate for each marked time and each line that may hold a date.

    `with_digits` are the indexes of blocks that may have digits.
    """
    times = [marked for marked in found.marked if marked.mark == "time" and _may_be_time(marked)]
    for marked in times[:_MOST_MARKED]:
        yield from _from_time(marked, places)
    for marked in found.marked:
        kind, _, name = marked.mark.partition(":")
        if kind in VOCABULARIES and name in _PROPERTIES:
            field, score = _PROPERTIES[name]
            yield Candidate(
                field=field,
                value=marked.value or marked.text,
                source=f"{VOCABULARIES[kind]}:{name}",
                score=score,
                evidence=places.evidence(marked.index, marked.container),
            )
    yield from _from_title(found.title)
    dated = [block for block in found.blocks if block.index in with_digits]
    yield from _from_lines(found, places, dated)
    yield from _from_paragraphs(dated, places, body)


def _may_be_time(marked: Marked) -> bool:
    # Most abbreviations with a title are that of a name.
    return not marked.value or has_digit(marked.value)


def _from_time(marked: Marked, places: Places) -> Iterator[Candidate]:
    field: FieldName = "date_modified" if CHANGED.search(folded(marked.text)) else "date"
    evidence = places.evidence(marked.index, marked.container)
    if evidence[0] == "place:head" and not any(map(_is_foreign, evidence)):
        evidence += ("near",)
    if marked.value:
        yield Candidate(
            field=field,
            value=marked.value,
            source="dom:time[datetime]",
            score=0.75,
            evidence=evidence,
        )
    if marked.text and marked.text != marked.value:
        kind = () if _DIGITS_OF_A_DATE.search(marked.text) else ("relative",)
        yield Candidate(
            field=field,
            value=marked.text,
            source="dom:time",
            score=0.6,
            evidence=(*evidence, *kind),
        )


def _is_foreign(told: str) -> bool:
    return told[:3] == "in "


def _from_title(title: str) -> Iterator[Candidate]:
    """Yield the date in the last part of a title: "Ferry slip to close | The Post | 3.5.2024"."""
    last = title.rpartition(" | " if " | " in title else " - ")[2]
    if last != title and len(last) <= _LONGEST_RELATIVE and _DIGITS_OF_A_DATE.search(last):
        yield Candidate(field="date", value=last, source="head:title", score=0.5)


def _from_paragraphs(
    dated: Sequence[TextBlock], places: Places, body: Sequence[TextBlock]
) -> Iterator[Candidate]:
    """Yield the dates that open the story, and those of notes on its publication."""
    opening = {block.index for block in body[:_OPENINGS]}
    story = {block.index for block in body}
    head = places.head
    notes = _MOST_NOTES
    for block in dated:
        text = block.text
        if len(text) <= _LONGEST_LINE:
            continue
        if block.index in opening or (
            block.index in head and block.prose and block.index not in story
        ):
            # "Karlsruhe, 12 November 2021. The church …"
            if _DIGITS_OF_A_DATE.search(text, 0, _DATELINE):
                yield Candidate(
                    field="date", value=text[:_DATELINE], source="dom:dateline", score=0.5
                )
        elif notes and _is_note(start := text[:_LONGEST_LINE], in_story=block.index in story):
            notes -= 1
            evidence = places.evidence(block.index, block.container)
            yield from _dates_in_line(start, (*evidence, "note"))


def _is_note(start: str, *, in_story: bool) -> bool:
    """Tell whether a paragraph begins like "This entry was posted on 3 May 2024 and is filed …"."""
    if not _DIGITS_OF_A_DATE.search(start):
        return False
    lower = folded(start)
    if THIS_STORY.match(lower):
        return RELEASED.search(lower) is not None
    return not in_story and RELEASED.match(lower) is not None


def _from_lines(found: Survey, places: Places, dated: Sequence[TextBlock]) -> Iterator[Candidate]:
    """Yield the lines with dates, those around the headline first, since there is a bound."""
    blocks, head = found.blocks, places.head
    below_pictures = {medium.index: medium.container for medium in found.media}
    lines = [block for block in dated if len(block.text) <= _LONGEST_LINE]
    near = [block for block in lines if block.index in head]
    below = [block for block in lines if block.index >= head.stop]
    above = [block for block in lines if block.index < head.start]
    left = _MOST_LINES
    relative = _MOST_RELATIVE
    for block in (*near, *below, *above[::-1]):
        text = block.text
        if not _DIGITS_OF_A_DATE.search(text):
            if relative and block.index in head and _may_be_relative(text):
                relative -= 1
                yield Candidate(
                    field="date", value=text, source="dom:line", score=0.3, evidence=("relative",)
                )
            continue
        if "://" in text:
            continue
        if not left:
            return
        left -= 1
        evidence = places.evidence(block.index, block.container)
        is_caption = _is_caption(block, below_pictures.get(block.index))
        form = list(_form(block, evidence, is_caption=is_caption))
        evidence = (*evidence, *form)
        if form[0].startswith("bare "):
            text = f"{_label_before(block, blocks)}{text}"
        yield from _dates_in_line(text, evidence)


def _label_before(block: TextBlock, blocks: Sequence[TextBlock]) -> str:
    """Return what the line before one says of its date: "Joined" in `<dt>Joined</dt><dd>…`."""
    before = blocks[block.index - 1].text if block.index else ""
    if len(before) > _LONGEST_LABEL or has_digit(before):
        return ""
    lower = folded(before)
    return f"{before} " if any(label.match(lower) for label in _LABELS) else ""


def _may_be_relative(text: str) -> bool:
    return len(text) <= _LONGEST_RELATIVE and has_digit(text)


def _is_caption(block: TextBlock, picture: Container | None) -> bool:
    """Tell whether words stand below a picture, and more of them than a name and a date."""
    return (
        picture is not None
        and sum(map(str.isalpha, block.text)) > _LETTERS_OF_A_LINE
        and picture in block.container.ancestors(_LEVELS_TO_PICTURE)
    )


def _form(block: TextBlock, evidence: tuple[str, ...], *, is_caption: bool) -> Iterator[str]:
    """Yield what a line looks like, by itself and for its place."""
    length = len(block.text)
    letters = sum(map(str.isalpha, block.text))
    size = "bare" if letters <= 14 else "line" if letters <= _LETTERS_OF_A_LINE else "long"
    place = evidence[0].removeprefix("place:")
    yield f"{size} {place}"
    if block.kind != "paragraph":
        yield f"{block.kind} {place}"
    if 2 * block.link_length > length:
        yield f"linked {place}"
    if block.prose:
        yield f"prose {place}"
    if is_caption:
        yield f"caption {place}"
    if block.text.startswith(("©", "(c)", "Copyright")):
        yield "copyright"
    if "apart" in evidence or any(map(_is_foreign, evidence)):
        yield f"foreign {place}"
    elif place == "head" and block.kind != "heading" and not (block.prose or is_caption):
        yield "near"


def _dates_in_line(text: str, evidence: tuple[str, ...]) -> Iterator[Candidate]:
    """Yield the dates of a line such as "Published: 3 May 2024 | Updated: 4 May 2024"."""
    lower = folded(text)
    if JOINED.match(lower):
        return
    if CALLED_DATE.match(lower):
        evidence += ("labelled date",)
    changes = [(match.start(), False) for match in CHANGED.finditer(lower)]
    releases = [(match.start(), True) for match in RELEASED.finditer(lower)]
    marks = sorted(changes + releases)
    if not marks:
        yield Candidate(field="date", value=text, source="dom:line", score=0.5, evidence=evidence)
        return
    if marks[0][0] and _DIGITS_OF_A_DATE.search(text[: marks[0][0]]):
        yield Candidate(
            field="date", value=text[: marks[0][0]], source="dom:line", score=0.5, evidence=evidence
        )
    ends = [start for start, _ in marks[1:]] + [len(text)]
    for (start, is_release), end in zip(marks, ends, strict=True):
        if _DIGITS_OF_A_DATE.search(part := text[start:end]):
            yield Candidate(
                field="date" if is_release else "date_modified",
                value=part,
                source="dom:line",
                score=0.65,
                evidence=(*evidence, "said to be published") if is_release else evidence,
            )
