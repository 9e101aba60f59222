"""What a page says twice: the headline, a teaser of the text below, a paragraph."""

from collections.abc import Iterator, Sequence

from newsextract.extraction.blocks import TextBlock

__all__ = ["TEASER_END", "repeated"]

TEASER_END = ("…", "...", "[…]", "[...]", "(…)")
# Lines of a list or a table may well say the same; whole sentences are not written twice.
_LONG_ENOUGH = 60


def repeated(
    blocks: Sequence[TextBlock], headline: TextBlock | None
) -> Iterator[tuple[TextBlock, str]]:
    """Yield each block that only repeats, and what it repeats."""
    title = headline.letters if headline else ""
    seen: set[str] = set()
    for block in blocks:
        own = block.letters
        if title and own == title:
            yield block, "the headline again"
        elif own in seen and len(own) > _LONG_ENOUGH:
            yield block, "said before"
        elif block.text.endswith(TEASER_END) and any(
            other.letters.startswith(own) and other.letters != own for other in blocks
        ):
            yield block, "a teaser of the text below"
        seen.add(own)
