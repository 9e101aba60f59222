"""What a page says twice: the headline, a teaser of the text below, a paragraph."""

import bisect
from collections.abc import Iterator, Sequence

from newsextract.extraction.blocks import TextBlock

__all__ = ["TEASER_END", "repeated"]

TEASER_END = ("…", "...", "[…]", "[...]", "(…)")
# Lines of a list or a table may well say the same; whole sentences are not written twice.
_LONG_ENOUGH = 60


def repeated(
    blocks: Sequence[TextBlock], headline: TextBlock | None
) -> Iterator[tuple[TextBlock, str]]:
    """Yield each block that only repeats, and what it repeats.

    A heading that says the headline below the first paragraph is that of a part of the story.
    """
    title = headline.letters if headline else ""
    seen: set[str] = set()
    # In order, so that what begins like a teaser stands right behind it.
    in_order: list[str] = []
    if any(block.text.endswith(TEASER_END) for block in blocks):
        in_order = sorted({block.letters for block in blocks})
    is_begun = False
    for block in blocks:
        own = block.letters
        is_begun = is_begun or block.prose > 0
        if title and own == title and not (is_begun and block.kind == "heading"):
            yield block, "the headline again"
        elif own in seen and len(own) > _LONG_ENOUGH:
            yield block, "said before"
        elif block.text.endswith(TEASER_END) and _begins_another(own, in_order):
            yield block, "a teaser of the text below"
        seen.add(own)


def _begins_another(letters: str, in_order: Sequence[str]) -> bool:
    behind = bisect.bisect_right(in_order, letters)
    return behind < len(in_order) and in_order[behind].startswith(letters)
