"""Names that a page shows as those of its writers, or marks where it shows them."""

import itertools
import re
from collections.abc import Iterator
from operator import itemgetter

from newsextract.extraction.names import AUTHOR_PAGE
from newsextract.extraction.places import Places
from newsextract.extraction.survey import Container, Marked, Survey, TextBlock
from newsextract.extraction.text import clean_line, ends_sentence, lowered
from newsextract.records import Candidate

__all__ = ["bylines"]

_LONGEST_LINE, _LONGEST_BARE, _LONGEST_BYLINE = 160, 90, 200
_MOST_MARKED, _MOST_LINES, _MOST_BOX_LINES = 60, 30, 3
_MOST_WORDS = 9
_LONGEST_LABEL = 12
_MOST_LINKED = 20
_BYLINE_PLACES = frozenset(("place:over", "place:head", "place:opening", "place:end", "place:page"))
_LINES_BELOW = 12
_ANNOUNCED_LINE, _BARE_LINE = "dom:line", "dom:bare line"
_SOURCES = {
    "itemprop:author": ("microdata:author", 0.7),
    "itemprop:creator": ("microdata:creator", 0.6),
    "property:author": ("rdfa:author", 0.7),
    "property:dc:creator": ("rdfa:dc:creator", 0.6),
    "property:schema:author": ("rdfa:author", 0.7),
    "rel:author": ("dom:a[rel=author]", 0.7),
    "author page": ("dom:author page", 0.6),
    "profile page": ("dom:profile page", 0.4),
}
_CLASS_WORD = re.compile(
    r"name|byline|bio|box|link|avatar|image|img|photo|title|role|job|position|info|meta|date|time|"
    r"desc|text|card|list|social|twitter|mail|follow|comment|url|wrap|container|header|footer|vcard|prefix|label|"
    r"source|signature|icon|more|posts|related"
)
# Words that announce who wrote, in the languages most of the world's news is in.
_ANNOUNCED = re.compile(
    r"(?:(?:[a-z]+ ){0,2}by(?=[a-z\s:])|von\b|vom\b|par\b|por\b|di\b|da\b|de\b|door\b|av\b|af\b|przez\b|a cura di|"
    r"autor|auteur|author|authors|writer|reporter|editor|text[oe]?\b|tekst|words\b|story\b|escrit|redac|redak|"
    r"автор|текст|yazan|haber|muhabir|yazar|بقلم|كتب|نویسنده|מאת|द्वारा|लेखक|文|作者|记者|記者|撰文|執筆|著者|取材|โดย|ผู้เขียน|"
    r"oleh|penulis|reporter|bởi|tác giả|szerző|írta|kirjoittaja|forfatter|skribent|journalist|συντάκτησ|του |τησ )"
)
_ANNOUNCED_LATER = re.compile(
    r"(?:^|\s)(?:by|von|par|por|di|av|af|door|przez|oleh|автор:?|autor:?)\s+(?=[^\W\d_])",
    re.IGNORECASE,
)
_BORDER = re.compile(r"\s[-–—|•·/]\s|\|")
_OPENING = re.compile(
    r"[-–—(\s]*(?:By|BY|Von|Por|POR|Par|PAR|Di|Da)\s+(?P<names>(?:[^\W\d_a-z][\w.'’-]{1,20}\s?){2,4}?)\s*(?:[:—–(|]|\s-\s|$)"
)
_CHINESE_BYLINE = re.compile(
    r"(?:作者|记者|記者|撰文|責任編輯|责任编辑|来源|文)\s*[:：／/●・]?\s*[\u4e00-\u9fff·\u30a0-\u30ff]{2,4}"
)
_REPORTER_AT_END = re.compile(
    r"(?P<names>[가-힣]{2,4})\s*(?:선임|수습)?\s*(?:기자|특파원)(?:\s+\S+@\S+)?"
)
_CHINESE_AT_END = re.compile(r"[（(\[【](?P<names>[^（(\[【）)\]】]{2,30})[）)\]】]$")
_INDEX = itemgetter(2)
_UNCASED = re.compile("[\u0590-\u08ff\u0900-\u1fff\u3040-\u9fff\uac00-\ud7af]")


def bylines(found: Survey, places: Places, body: list[TextBlock]) -> Iterator[Candidate]:
    """Yield a candidate for each element and each line that may name a writer.

    A value has the pieces of an element, a line each.
    """
    yield from _marked(found, places)
    yield from _linked(found, places)
    yield from _lines(found.blocks, places)
    if body:
        yield from _in_story(body)
        yield from _below_story(found.blocks, places, body[-1])


def _marked(found: Survey, places: Places) -> Iterator[Candidate]:
    left = _MOST_MARKED
    for marked in found.marked:
        kind, _, classes = marked.mark.partition(":")
        of_class = kind.startswith("byline")
        if of_class:
            source, score = f"dom:{kind}", 0.55
        elif marked.mark in _SOURCES:
            source, score = _SOURCES[marked.mark]
        else:
            continue
        if not left:
            return
        left -= 1
        evidence = _place(places, marked.index, marked.container)
        if of_class:
            words = sorted(set(_CLASS_WORD.findall(classes[:200].lower())))
            evidence += tuple(f"called {word}" for word in words)
        if len(marked.text) > _LONGEST_BYLINE:
            yield from _box(found.blocks, marked, source, evidence)
            continue
        value = marked.value or marked.text
        yield Candidate(field="authors", value=value, source=source, score=score, evidence=evidence)


def _linked(found: Survey, places: Places) -> Iterator[Candidate]:
    """Yield the texts of links to what looks like an author's page, where bylines stand."""
    left = _MOST_LINKED
    # Of the links of a block each stands where the others do.
    anchors = itertools.chain.from_iterable(
        links
        for index, links in itertools.groupby(found.anchors, _INDEX)
        if places.of(index) in _BYLINE_PLACES
    )
    for node, href, index, container in anchors:
        if (page := AUTHOR_PAGE.search(lowered(href))) is None:
            continue
        text = clean_line(node.text(deep=True, separator=" ")[: 2 * _LONGEST_BYLINE])
        if not text or len(text) > _LONGEST_BARE:
            continue
        source, score = _SOURCES[f"{page.lastgroup or 'author'} page"]
        evidence = _place(places, index, container)
        yield Candidate(field="authors", value=text, source=source, score=score, evidence=evidence)
        left -= 1
        if not left:
            return


def _place(places: Places, index: int, container: Container) -> tuple[str, ...]:
    """Return what the place of a name says; that it is called a date says nothing of it."""
    told = places.evidence(index, container)
    return tuple(name for name in told if not name.startswith("named "))


def _box(
    blocks: list[TextBlock], marked: Marked, source: str, evidence: tuple[str, ...]
) -> Iterator[Candidate]:
    """Yield the first short lines of an element that says more of a writer than the name."""
    container = marked.container
    for block in blocks[container.first : min(container.last, container.first + _MOST_BOX_LINES)]:
        if len(block.text) <= _LONGEST_BARE and not ends_sentence(block.text):
            yield Candidate(
                field="authors",
                value=block.text,
                source=f"{source} box",
                score=0.4,
                evidence=(*evidence, block.kind),
            )


def _lines(blocks: list[TextBlock], places: Places) -> Iterator[Candidate]:
    """Yield the lines around the headline that announce a name or look like one."""
    left = _MOST_LINES
    for block in blocks[places.head.start : places.head.stop]:
        if len(block.text) > _LONGEST_LINE or block.container.hidden:
            continue
        source = _source_of(block)
        if source is None:
            continue
        if not left:
            return
        left -= 1
        yield Candidate(
            field="authors",
            value=block.text,
            source=source,
            score=0.5 if source == _ANNOUNCED_LINE else 0.2,
            evidence=(*_place(places, block.index, block.container), *_form(block, blocks)),
        )


def _source_of(block: TextBlock) -> str | None:
    """Return what kind of byline a line may be, if any."""
    if _is_announced(block):
        return _ANNOUNCED_LINE
    return _BARE_LINE if _looks_like_names(block) else None


def _is_announced(block: TextBlock) -> bool:
    text = block.text.lstrip("-–—•*([ ")
    if _ANNOUNCED.match(lowered(text)):
        return True
    if not text.isascii() and _CHINESE_BYLINE.search(text):
        return True
    return (
        not block.prose
        and len(text) <= _LONGEST_BARE
        and any(map(str.isdigit, text))
        and _ANNOUNCED_LATER.search(text) is not None
    )


def _looks_like_names(block: TextBlock) -> bool:
    text = block.text.lstrip("-–—•*([ ")
    if not text:
        return False
    if len(text) > _LONGEST_BARE or block.prose or text[-1] in "?!:…":
        return False
    if not text.isascii() and _UNCASED.search(text):
        return len(text) <= 40
    words = text.split()
    capitals = sum(word[:1].isupper() for word in words)
    if not words[0][0].isalpha():
        # "3.5.2024 | Ann Lee"
        return words[0][0].isdigit() and len(words) <= _MOST_WORDS and bool(_BORDER.search(text))
    return len(words) <= _MOST_WORDS and 2 * capitals >= len(words)


def _form(block: TextBlock, blocks: list[TextBlock]) -> Iterator[str]:
    """Yield what a line looks like, and what its neighbours are."""
    yield block.kind
    if 2 * block.link_length > len(block.text):
        yield "linked"
    if 2 * block.strong_length > len(block.text):
        yield "strong"
    if block.prose:
        yield "prose"
    if block.container.reason == "byline" or (
        block.container.parent is not None and block.container.parent.reason == "byline"
    ):
        yield "called byline"
    for step, word in ((-1, "above"), (1, "below")):
        place = block.index + step
        if 0 <= place < len(blocks):
            yield from (f"{what} {word}" for what in _as_neighbour(blocks[place]))


def _as_neighbour(block: TextBlock) -> Iterator[str]:
    if len(block.text) < _LONGEST_BARE and any(map(str.isdigit, block.text)):
        yield "digits"
    if block.kind == "heading":
        yield "heading"
    elif block.prose:
        yield "prose"
    if len(block.text) < _LONGEST_LABEL and _ANNOUNCED.match(lowered(block.text)):
        yield "announced"


def _in_story(body: list[TextBlock]) -> Iterator[Candidate]:
    """Yield the names that open a story or stand at its end."""
    last = body[-1]
    for block in body[:2]:
        if match := _OPENING.match(block.text[:160]):
            yield Candidate(field="authors", value=match["names"], source="dom:opening", score=0.4)
    if match := _CHINESE_AT_END.search(last.text[-60:]):
        yield Candidate(field="authors", value=match["names"], source="dom:end of story", score=0.3)
    if len(last.text) <= 60 and _looks_like_names(last) and not ends_sentence(last.text):
        yield Candidate(field="authors", value=last.text, source="dom:last line", score=0.3)


def _below_story(blocks: list[TextBlock], places: Places, last: TextBlock) -> Iterator[Candidate]:
    """Yield the lines below a story that may name its writer, and a Korean reporter's anywhere."""
    for block in blocks[last.index + 1 : last.index + 1 + _LINES_BELOW]:
        is_apart = block.container.hidden or block.index in places.head
        if len(block.text) > _LONGEST_BARE or is_apart or (source := _source_of(block)) is None:
            continue
        evidence = _place(places, block.index, block.container)
        if block.index == last.index + 1:
            evidence += ("right below",)
        yield Candidate(
            field="authors",
            value=block.text,
            source=source,
            score=0.3,
            evidence=(*evidence, *_form(block, blocks)),
        )
    for block in blocks[places.head.start :]:
        if block.text >= "가" and (match := _REPORTER_AT_END.fullmatch(block.text)):
            yield Candidate(
                field="authors", value=match["names"], source="dom:reporter line", score=0.5
            )
