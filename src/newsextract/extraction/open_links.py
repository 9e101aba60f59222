"""Links that a page forgot to close, so that all of its story is one link to the parser.

An `<a>` ends where it is closed or where the next one begins, and is opened again in every element
below (https://html.spec.whatwg.org/multipage/parsing.html#reconstruct-the-active-formatting-elements).
A story without a link of its own is a link from its first word to its last then.
"""

from collections.abc import Iterator

from newsextract.extraction.survey import Survey, TextBlock, prose_in
from newsextract.extraction.text import clean_line

__all__ = ["without_open_links"]

# The box of another story is one link, too; it has a headline, a line, a paragraph or two.
_MOST_PARAGRAPHS = 2


def without_open_links(found: Survey) -> None:
    """Count what stands in links that were never closed as text that is not linked."""
    anchors = found.anchors
    mistaken: set[int] = set()
    for first, last in _runs(found):
        start = anchors[first][2]
        end = anchors[last][2] if last < len(anchors) else len(found.blocks) - 1
        covered = found.blocks[start : end + 1]
        if sum(map(_is_linked_paragraph, covered)) > _MOST_PARAGRAPHS:
            for block in covered:
                _unlink(found, block, last)
            mistaken.update(range(first, last))
    if mistaken:
        found.anchors = [own for place, own in enumerate(anchors) if place not in mistaken]


def _runs(found: Survey) -> Iterator[tuple[int, int]]:
    """Yield where links to one address begin and end that have more blocks before the next one."""
    anchors, first = found.anchors, 0
    while first < len(anchors):
        _, address, start, _ = anchors[first]
        last = first + 1
        while last < len(anchors) and anchors[last][1] == address:
            last += 1
        end = anchors[last][2] if last < len(anchors) else len(found.blocks)
        if end - start > _MOST_PARAGRAPHS:
            yield first, last
        first = last


def _is_linked_paragraph(block: TextBlock) -> bool:
    return (
        block.kind == "paragraph"
        and block.link_length >= len(block.text)
        and prose_in(block.text, block.kind, 0) > 0
    )


def _unlink(found: Survey, block: TextBlock, following: int) -> None:
    """Leave a block only those links that begin after the one that was never closed."""
    links = 0
    while following < len(found.anchors) and found.anchors[following][2] == block.index:
        links += len(clean_line(found.anchors[following][0].text(deep=True)))
        following += 1
    block.link_length = links
    block.prose = prose_in(block.text, block.kind, links)
