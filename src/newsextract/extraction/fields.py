"""What the page shows its readers: headline, bylines, dates near them."""

import re
from collections.abc import Iterator

from newsextract.extraction.blocks import Container, Marked, Survey, TextBlock
from newsextract.extraction.places import Places
from newsextract.extraction.shown_dates import CHANGED, RELEASED, folded, shown_dates
from newsextract.records import Candidate, FieldName

__all__ = ["page_candidates"]

_LONGEST_LINE = 160
_LINES_AFTER_HEADLINE = 12
_LINES_BEFORE_HEADLINE = 8
_LONGEST_BYLINE = 160
_MOST_HEADINGS = 8

_FOREIGN = frozenset(
    ("comments", "related", "sidebar", "navigation", "footer", "consent", "caption")
)
_ITEMPROPS: dict[str, tuple[FieldName, float]] = {
    "headline": ("title", 0.7),
    "author": ("authors", 0.7),
    "articleSection": ("section", 0.7),
    "keywords": ("tags", 0.6),
}
_VOCABULARIES = {"itemprop": "microdata", "property": "rdfa"}
_RELS: dict[str, tuple[FieldName, float]] = {
    "author": ("authors", 0.7),
    "tag": ("tags", 0.6),
    "category": ("section", 0.5),
    "category tag": ("section", 0.55),
}
_BYLINE = re.compile(
    r"(?:(?:written |reported |posted |story )?by|von|par|por|di|da|door|av|af|przez|autor(?:a|in|es|s)?|auteur|"
    r"texto|text|escrito por|redazione|автор|текст|yazan|haber|muhabir|بقلم|كتب|نویسنده|מאת|द्वारा|लेखक|文|记者|記者|作者|โดย|oleh|bởi)"
    r"\s*[:：/]?\s+(?P<names>\S.{2,100})",
    re.IGNORECASE,
)
# A Chinese name after its label, in a line that says other things as well.
_CHINESE_BYLINE = re.compile(
    r"(?:作者|记者|記者|撰文|文)\s*[:：]?\s*(?P<names>[\u4e00-\u9fff·]{2,4}?)(?=[\s／/|】）)，,]|报道|報導|報道|$)"
)
_REPORTER_AT_END = re.compile(
    r"(?P<names>[가-힣]{2,4})\s*(?:선임|수습)?\s*(?:기자|특파원)(?:\s+\S+@\S+)?"
)


def page_candidates(
    found: Survey, headline: TextBlock | None, body: list[TextBlock]
) -> list[Candidate]:
    """Return candidates from the visible page, around its headline and body."""
    candidates = list(_headings(found.blocks, headline, body))
    candidates.extend(shown_dates(found, Places(headline, body), body))
    nearby = _Nearby(headline, body[0].index if body else None)
    for marked in found.marked:
        candidates.extend(_from_marked(marked, nearby))
    candidates.extend(_from_lines(found.blocks, nearby))
    if body and (signature := _signature(found.blocks, body[-1])):
        candidates.append(signature)
    return candidates


def _headings(
    blocks: list[TextBlock], headline: TextBlock | None, body: list[TextBlock]
) -> Iterator[Candidate]:
    """Yield what may be the headline: the block that agrees most, and other headings near it."""
    places = Places(headline, body)
    chief = [block for block in blocks if block.kind == "heading" and block.level == 1]
    nearby = [
        block
        for block in blocks[places.head.start : places.head.stop]
        if block.kind == "heading" and block.level > 1
    ]
    offered = [block for block in (*chief[:_MOST_HEADINGS], *nearby) if block is not headline]
    if headline is not None:
        offered.insert(0, headline)
    for block in offered[:_MOST_HEADINGS]:
        if block.container.hidden and block is not headline:
            continue
        evidence = list(places.evidence(block.index, block.container))
        if block is headline:
            evidence.append("headline")
        if block.level == 1 and len(chief) == 1:
            evidence.append("only one")
        if chief and block is chief[0]:
            evidence.append("first")
        if 2 * block.link_length > len(block.text):
            evidence.append("linked")
        if body and block.index < body[0].index:
            evidence.append("above the story")
        yield Candidate(
            field="title",
            value=block.text,
            source=f"dom:h{block.level}" if block.kind == "heading" else "dom:line",
            score=0.9 if block is headline else 0.5,
            evidence=tuple(evidence),
        )


def _signature(blocks: list[TextBlock], last: TextBlock) -> Candidate | None:
    """Return the name in bold that stands alone below a story, as in print."""
    below = blocks[last.index + 1 : last.index + 2]
    if not below or below[0].strong_length < len(below[0].text) or below[0].link_length:
        return None
    names = below[0].text.split()
    if 2 <= len(names) <= 3 and all(name.isalpha() and name.istitle() for name in names):
        return Candidate(field="authors", value=below[0].text, source="dom:signature", score=0.3)
    return None


class _Nearby:
    """How near to the headline a place in the page is."""

    def __init__(self, headline: TextBlock | None, first_prose: int | None) -> None:
        self.top = headline.index if headline else 0
        self.start = first_prose if first_prose is not None else self.top

    def weight(self, index: int) -> float:
        """Return 1.0 between headline and story, less further away."""
        low, high = min(self.top, self.start), max(self.top, self.start)
        if low - 1 <= index <= high + 1:
            return 1.0
        if low - _LINES_BEFORE_HEADLINE <= index <= high + _LINES_AFTER_HEADLINE:
            return 0.85
        return 0.4

    def lines(self, blocks: list[TextBlock]) -> Iterator[TextBlock]:
        """Yield the blocks around the headline, up to the story's first paragraphs."""
        low, high = min(self.top, self.start), max(self.top, self.start)
        yield from blocks[max(0, low - _LINES_BEFORE_HEADLINE) : high + _LINES_AFTER_HEADLINE + 1]


def _is_caption(block: TextBlock) -> bool:
    return any(container.reason == "caption" for container in block.container.ancestors(3))


def _is_foreign(marked: Marked) -> bool:
    # The footer of a post may name its author by rel=author, and its tags.
    foreign = _FOREIGN - {"footer"} if marked.mark.startswith("rel:") else _FOREIGN
    container: Container | None = marked.container
    if marked.container.hidden:
        return True
    while container is not None:
        if container.reason in foreign:
            return True
        container = container.parent
    return False


def _from_marked(marked: Marked, nearby: _Nearby) -> Iterator[Candidate]:
    field: FieldName
    kind, _, name = marked.mark.partition(":")
    if kind == "time" or (kind in _VOCABULARIES and name not in _ITEMPROPS):
        return
    if _is_foreign(marked):
        return
    weight = nearby.weight(marked.index)
    value = marked.value or marked.text
    if kind in _VOCABULARIES:
        field, score = _ITEMPROPS[name]
        source = f"{_VOCABULARIES[kind]}:{name}"
        yield Candidate(field=field, value=value, source=source, score=score * weight)
    elif kind == "rel":
        field, score = _RELS[name]
        yield Candidate(
            field=field, value=marked.text, source=f"dom:a[rel={name}]", score=score * weight
        )
    elif 2 < len(marked.text) <= _LONGEST_BYLINE:
        yield Candidate(
            field="authors", value=marked.text, source="dom:byline", score=0.55 * weight
        )
        if marked.value:
            yield Candidate(
                field="authors", value=marked.value, source="dom:byline a", score=0.57 * weight
            )


def _from_lines(blocks: list[TextBlock], nearby: _Nearby) -> Iterator[Candidate]:
    for block in nearby.lines(blocks):
        if block.container.hidden or len(block.text) > _LONGEST_LINE:
            continue
        weight = nearby.weight(block.index)
        match = _BYLINE.match(block.text)
        if match is None and not block.text.isascii():
            match = _CHINESE_BYLINE.search(block.text)
        if match and block.kind != "heading" and not _is_caption(block):
            names = _before(CHANGED, _before(RELEASED, match["names"]))
            yield Candidate(field="authors", value=names, source="dom:line", score=0.5 * weight)
    for block in blocks[nearby.start :]:
        if block.text >= "가" and (match := _REPORTER_AT_END.fullmatch(block.text)):
            yield Candidate(field="authors", value=match["names"], source="dom:line", score=0.5)


def _before(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(folded(text))
    return text[: match.start()] if match else text
