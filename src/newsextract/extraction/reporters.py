"""Reporters in the forms that East Asian newsrooms have for them, at the edges of a story.

"(서울=연합뉴스) 김민수 기자 = …", "〔記者王小明／台北報導〕…", "新华社北京3月5日电（记者王小明）…",
"…。【山田太郎】": no element tells of these names, but the form does.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

from newsextract.extraction.patterns import when_needed
from newsextract.extraction.survey import TextBlock
from newsextract.extraction.text import has_other_script
from newsextract.records import Candidate

__all__ = ["CHINESE_REPORTER", "reporter_lines", "reporters"]

# Not a press conference (記者會) nor the title of a column (记者观察).
CHINESE_REPORTER = (
    "(?:記者|记者)"
    "(?![会會節节團团站]|[观觀]察|手[记記]|[调調]查|[专專][栏欄]|[现現][场場]|[报報][道導])"
)
_Form: TypeAlias = Callable[[], re.Pattern[str]]

# What opens a story, and how near its end a name stands.
_OPENING, _END, _OPENING_BLOCKS, _LINES_ABOVE, _LINES_BELOW = 80, 60, 2, 4, 2
_OPEN, _CLOSE = r"[〔\[【（(]", r"[〕\]】）)]"
_KOREAN = r"[가-힣]{2,4}"
_KOREANS = rf"(?P<names>{_KOREAN}(?:(?:\s?[·ㆍ,]\s?|\s){_KOREAN}){{0,3}}?)"
_REPORTER = r"\s?(?:(?:선임|수습|인턴|전문)\s?)?(?:기자|특파원)"
# "記者王小明攝" took the picture.
_CHINESE = r"(?:(?![攝摄])[\u4e00-\u9fff]){2,4}"
_CHINESE_ALL = rf"(?P<names>{_CHINESE}(?:[、，,\s]{_CHINESE}){{0,5}})"
_HOUSE = (
    r"(?:本[报報台]|[\u4e00-\u9fff]{1,6}[社报報台])?\s?(?:特[派約约]|[駐驻][\u4e00-\u9fff]{2,3})?"
)
_REPORTED = r"(?:專?[電电]|[讯訊]|[報报][導道])"
_JAPANESE = r"[\u4e00-\u9fff々]{4,5}"

# In order. A place may be glued to the name: 王小明台北5日電.
_openings = (
    when_needed(rf"^{_OPEN}[^\])〕】]{{2,40}}{_CLOSE}\s*{_KOREANS}{_REPORTER}\s*="),
    when_needed(rf"^{_OPEN}(?:[^\])〕】]{{1,20}}[\s=/])?{_KOREANS}{_REPORTER}\s*{_CLOSE}"),
    when_needed(
        rf"^{_OPEN}?{_HOUSE}{CHINESE_REPORTER}\s?{_CHINESE_ALL}\s?[／/]\s?[\u4e00-\u9fff、]{{2,8}}?{_REPORTED}{_CLOSE}?"
    ),
    when_needed(
        rf"^[^（(]{{2,40}}?{_REPORTED}\s?[（(]{_HOUSE}{CHINESE_REPORTER}\s?{_CHINESE_ALL}[）)]"
    ),
    when_needed(
        rf"^{_OPEN}{_HOUSE}{CHINESE_REPORTER}(?P<names>[\u4e00-\u9fff]{{2}}(?=[\u4e00-\u9fff]{{2}}\d)"
        rf"|[\u4e00-\u9fff]{{3}}(?=[\u4e00-\u9fff]{{2,3}}\d))[\u4e00-\u9fff]{{2,3}}\d{{1,2}}日{_REPORTED}"
    ),
    when_needed(rf"^{_OPEN}[ァ-ヿ\u4e00-\u9fff]{{2,12}}[=＝](?P<names>{_JAPANESE}){_CLOSE}"),
)
_ends = (
    when_needed(rf"{_OPEN}{_HOUSE}{CHINESE_REPORTER}\s?{_CHINESE_ALL}{_CLOSE}$"),
    when_needed(rf"(?:^|[/=※]|\.\s)\s?{_KOREANS}{_REPORTER}(?:\s?\(?\S+@\S+\)?)?$"),
    # With kana before them: in Chinese other things stand in such brackets.
    when_needed(rf"[ぁ-ヿ].*[。」][【（(](?P<names>{_JAPANESE}(?:、{_JAPANESE}){{0,3}})[】）)]$"),
)
_lines = (
    when_needed(rf"^[/=※]?\s?{_KOREANS}{_REPORTER}(?:\s?\(?\S+@\S+\)?)?$"),
    when_needed(rf"^{_OPEN}?{_HOUSE}{CHINESE_REPORTER}\s?[:：／/]?\s?{_CHINESE_ALL}{_CLOSE}?$"),
    _openings[2],
)
# Anywhere on the page, also in rows of other stories.
_line_anywhere = when_needed(
    rf"(?P<names>{_KOREAN})\s*(?:선임|수습)?\s*(?:기자|특파원)(?:\s+\S+@\S+)?"
)
_parts = when_needed(r"[\s,，、·ㆍ]+")


def reporters(blocks: Sequence[TextBlock], body: Sequence[TextBlock]) -> Iterator[Candidate]:
    """Yield the reporters whom a story names in a line above it, in its dateline or at its end."""
    first, last = body[0].index, body[-1].index
    openings = [block.text[:_OPENING] for block in body[:_OPENING_BLOCKS]]
    yield from (
        _found_in(_whole(blocks[max(0, first - _LINES_ABOVE) : first]), _lines, "place:head")
        or _found_in(openings, _openings, "place:opening")
        or _found_in([body[-1].text[-_END:]], _ends, "place:end")
        or _found_in(_whole(blocks[last + 1 : last + 1 + _LINES_BELOW]), _lines, "place:end")
    )


def reporter_lines(blocks: Iterable[TextBlock]) -> Iterator[Candidate]:
    """Yield the Korean reporters who are alone on a line, be it of this story or of another."""
    for block in blocks:
        if block.text >= "가" and (match := _line_anywhere().fullmatch(block.text)):
            yield Candidate(
                field="authors", value=match["names"], source="dom:reporter line", score=0.5
            )


def _whole(blocks: Iterable[TextBlock]) -> list[str]:
    return [block.text for block in blocks if len(block.text) <= _OPENING]


def _found_in(texts: Iterable[str], forms: Iterable[_Form], place: str) -> list[Candidate]:
    """Return the names in the first text that has one of these forms."""
    for text in filter(has_other_script, texts):
        for form in forms:
            if match := form().search(text):
                return [_reporter(name, place) for name in _parts().split(match["names"].strip())]
    return []


def _reporter(name: str, place: str) -> Candidate:
    evidence = (place, "person")
    return Candidate(
        field="authors", value=name, source="dom:reporter", score=0.6, evidence=evidence
    )
