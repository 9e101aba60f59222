"""The row of tags that a page shows above or below its story."""

from collections.abc import Iterator, Sequence

from newsextract.extraction.blocks import Container, Survey, TextBlock
from newsextract.extraction.text import clean_line
from newsextract.records import Candidate

__all__ = ["tag_row_candidates"]

_MOST_TAGS = 25
_LONGEST_TAG = 60
_MOSTLY_LINKS = 0.8
# A row of tags stands so many lines above the first paragraph or below the last.
_ABOVE, _BELOW = 8, 25
_ELSEWHERE = frozenset(("navigation", "footer", "sidebar", "related", "comments"))
_SCORE = 0.65


def tag_row_candidates(found: Survey, kept: Sequence[TextBlock]) -> list[Candidate]:
    """Return a candidate for each tag of the row nearest to the end of the story."""
    if not kept:
        return []
    first, last = kept[0].index - _ABOVE, kept[-1].index + _BELOW
    rows = [
        row
        for row in found.containers
        if row.reason == "tags" and not row.hidden and first <= row.first and row.last - 1 <= last
    ]
    rows.sort(key=lambda row: abs(row.first - kept[-1].index))
    for row in rows:
        if not any(above.reason in _ELSEWHERE for above in row.ancestors()):
            tags = list(_tags_in(found, row))[:_MOST_TAGS]
            if tags:
                return [
                    Candidate(field="tags", value=tag, source="dom:tags", score=_SCORE)
                    for tag in tags
                ]
    return []


def _tags_in(found: Survey, row: Container) -> Iterator[str]:
    side_by_side: dict[int, list[str]] = {}
    for node, container in found.tag_links:
        names = side_by_side.setdefault(id(container), [])
        names.append(clean_line(node.text(deep=True)[: 4 * _LONGEST_TAG]))
    for block in found.blocks[row.first : row.last]:
        names = side_by_side.pop(id(block.container), [])
        if not names and block.link_density >= _MOSTLY_LINKS and block.kind != "heading":
            names = [block.text]
        yield from (name for name in names if 0 < len(name) <= _LONGEST_TAG)
