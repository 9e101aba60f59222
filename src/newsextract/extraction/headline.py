"""Which of the page's blocks is the headline that a reader sees."""

import re
from collections.abc import Iterable

from newsextract.extraction.blocks import TextBlock
from newsextract.extraction.text import letters_only

__all__ = ["find_headline"]

_LONGEST = 400
_SHORTEST = 3
_SHORTEST_PART = 14
# How much of a stated title ("Headline | Site") the headline has to be, or the other way round.
_LEAST_SHARE = 0.3
_SEPARATORS = re.compile(r"\s+[|·•»–—:/-]+\s+")
_ELSEWHERE = frozenset(
    ("related", "sidebar", "navigation", "footer", "comments", "consent", "dialog", "subscribe")
)


def find_headline(blocks: list[TextBlock], titles: Iterable[str]) -> TextBlock | None:
    """Return the headline: a heading that agrees with a stated title, else the first h1."""
    stated = []
    for title in titles:
        stated.append(letters_only(title))
        parts = map(letters_only, _SEPARATORS.split(title))
        stated += [part for part in parts if len(part) >= _SHORTEST_PART]
    best: tuple[float, TextBlock] | None = None
    for block in blocks:
        if len(block.text) > _LONGEST or block.container.hidden:
            continue
        rank = _rank(block, stated)
        if rank > 0 and (best is None or rank > best[0]):
            best = (rank, block)
    return best[1] if best else None


def _rank(block: TextBlock, stated: list[str]) -> float:
    is_heading = block.kind == "heading"
    if not is_heading and block.link_density > 0.5:
        return 0.0
    agreement = _agreement(block.letters, stated)
    if not is_heading:
        # Something styled as a headline; but crumbs and captions repeat the title too.
        if _stands_elsewhere(block):
            return 0.0
        is_bold = block.strong_length >= 0.9 * len(block.text)
        return agreement if is_bold else float(agreement == 1.0)
    rank = 4.0 * agreement + (2.5 if block.level == 1 else 0.5 / block.level)
    if agreement == 0 and block.level > 1:
        return 0.0
    if block.link_density > 0.5:
        rank -= 0.5
    if _stands_elsewhere(block):
        rank -= 3.0
    return rank


def _agreement(letters: str, stated: list[str]) -> float:
    if len(letters) < _SHORTEST:
        return 0.0
    best = 0.0
    for title in stated:
        if letters == title:
            return 1.0
        shorter, longer = sorted((letters, title), key=len)
        if shorter in longer and len(shorter) >= _LEAST_SHARE * len(longer):
            best = max(best, len(shorter) / len(longer))
    return best


def _stands_elsewhere(block: TextBlock) -> bool:
    return any(container.reason in _ELSEWHERE for container in block.container.ancestors())
