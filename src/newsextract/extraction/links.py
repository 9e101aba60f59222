"""Where the text of a story links to, and from which words."""

from collections.abc import Iterable, Sequence

from newsextract.extraction.dom import Node
from newsextract.extraction.survey import Container, TextBlock
from newsextract.extraction.text import clean_line
from newsextract.records import Link

__all__ = ["links_in"]

_MOST_LINKS, _LONGEST_ADDRESS, _LONGEST_TEXT = 1_000, 4_000, 500
_NO_ADDRESS = ("#", "javascript:", "data:", "about:")


def links_in(
    kept: Sequence[TextBlock], anchors: Iterable[tuple[Node, str, int, Container]]
) -> dict[int, tuple[Link, ...]]:
    """Return the links of the story by the index of the block that they stand in, in order.

    Addresses are as the page has them. A link whose words do not stand in the block as they are,
    such as one across a line break, is left out, as is one around a whole picture.
    """
    blocks = {block.index: block for block in kept if block.link_length}
    found: dict[int, list[Link]] = {}
    left = _MOST_LINKS
    for node, href, index, _ in anchors:
        block = blocks.get(index)
        address = href.strip()
        if block is None or not address or address.lower().startswith(_NO_ADDRESS):
            continue
        label = clean_line(node.text(deep=True)[: 4 * _LONGEST_TEXT])
        if not label or len(label) > _LONGEST_TEXT or len(address) > _LONGEST_ADDRESS:
            continue
        own = found.setdefault(index, [])
        start = block.text.find(label, own[-1].end if own else 0)
        if start < 0:
            continue
        own.append(Link(start=start, end=start + len(label), url=address))
        left -= 1
        if not left:
            break
    return {index: tuple(own) for index, own in found.items() if own}
