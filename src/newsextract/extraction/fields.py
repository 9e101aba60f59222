"""What the page shows its readers: headline, dates, bylines, section and tags."""

from collections.abc import Collection, Iterator

from newsextract.extraction.blocks import Container, Marked, Survey, TextBlock
from newsextract.extraction.bylines import bylines
from newsextract.extraction.context import Context
from newsextract.extraction.places import Places
from newsextract.extraction.shown_dates import shown_dates
from newsextract.extraction.survey import VOCABULARIES
from newsextract.records import Candidate, FieldName

__all__ = ["page_candidates"]

_LINES_AFTER_HEADLINE = 12
_LINES_BEFORE_HEADLINE = 8
_MOST_HEADINGS = 8

_FOREIGN = frozenset(
    ("comments", "related", "sidebar", "navigation", "footer", "consent", "caption")
)
_ITEMPROPS: dict[str, tuple[FieldName, float]] = {
    "headline": ("title", 0.7),
    "articleSection": ("section", 0.7),
    "keywords": ("tags", 0.6),
}
_RELS: dict[str, tuple[FieldName, float]] = {
    "tag": ("tags", 0.6),
    "category": ("section", 0.5),
    "category tag": ("section", 0.55),
}


def page_candidates(
    found: Survey,
    context: Context,
    body: list[TextBlock],
    with_digits: Collection[int],
) -> list[Candidate]:
    """Return candidates from the visible page, around its headline and body.

    `with_digits` are the indexes of blocks that may have digits.
    """
    headline = context.headline
    places = Places(headline, body)
    candidates = list(_headings(found.blocks, headline, body, places))
    candidates.extend(shown_dates(found, places, body, with_digits))
    candidates.extend(bylines(found, places, body, context.stated_writers()))
    nearby = _Nearby(headline, body[0].index if body else None)
    for marked in found.marked:
        candidates.extend(_from_marked(marked, nearby))
    return candidates


def _headings(
    blocks: list[TextBlock], headline: TextBlock | None, body: list[TextBlock], places: Places
) -> Iterator[Candidate]:
    """Yield what may be the headline: the block that agrees most, and other headings near it."""
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


def _is_foreign(marked: Marked) -> bool:
    # The footer of a post may name its tags.
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
    known = name in _ITEMPROPS if kind in VOCABULARIES else kind == "rel" and name in _RELS
    if not known or _is_foreign(marked):
        return
    weight = nearby.weight(marked.index)
    value = marked.value or marked.text
    if kind in VOCABULARIES:
        field, score = _ITEMPROPS[name]
        source = f"{VOCABULARIES[kind]}:{name}"
        yield Candidate(field=field, value=value, source=source, score=score * weight)
    else:
        field, score = _RELS[name]
        yield Candidate(
            field=field, value=marked.text, source=f"dom:a[rel={name}]", score=score * weight
        )
