"""Which of the page's blocks is the headline that a reader sees."""

import re
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from newsextract.extraction.blocks import Container, TextBlock
from newsextract.extraction.text import letters_only

__all__ = ["find_headline"]

_LONGEST = 400
_SHORTEST = 3
_SHORTEST_PART = 14
# How much of a stated title ("Headline | Site") the headline has to be, or the other way round.
_LEAST_SHARE = 0.3
_BOLD = 0.9
_SEPARATORS = re.compile(r"(?<!\s)\s+[|·•»–—:/-]+\s+")
_ELSEWHERE = frozenset(
    ("related", "sidebar", "navigation", "footer", "comments", "consent", "dialog", "subscribe")
)

# Which elements are known to stand elsewhere, which not.
_Known: TypeAlias = dict[Container | None, bool]


def find_headline(blocks: list[TextBlock], titles: Iterable[str]) -> TextBlock | None:
    """Return the headline: a heading that agrees with a stated title, else the first h1."""
    stated: dict[str, None] = {}
    for title in dict.fromkeys(titles):
        stated[letters_only(title)] = None
        parts = map(letters_only, _SEPARATORS.split(title))
        stated.update((part, None) for part in parts if len(part) >= _SHORTEST_PART)
    lengths = list(map(len, stated))
    shortest = max(_SHORTEST, _LEAST_SHARE * min(lengths, default=0))
    longest = max(lengths, default=0) / _LEAST_SHARE
    best: tuple[float, TextBlock] | None = None
    known: _Known = {None: False}
    for block in _worth_reading(blocks, {letters[:1] for letters in stated}):
        letters = block.letters
        agreement = 0.0
        if shortest <= len(letters) <= longest:
            agreement = _agreement(letters, stated)
        if not agreement and (block.kind != "heading" or block.level > 1):
            continue
        if block.container.hidden:
            continue
        rank = _rank(block, agreement, known)
        if rank > 0 and (best is None or rank > best[0]):
            best = (rank, block)
    return best[1] if best else None


def _worth_reading(blocks: list[TextBlock], openings: set[str]) -> Iterator[TextBlock]:
    """Yield the headings and whatever else may agree with a title; most lines cannot."""
    for block in blocks:
        length = len(block.text)
        if length > _LONGEST:
            continue
        if block.kind != "heading":
            if 2 * block.link_length > length:
                continue
            # Only what is bold may agree in part.
            if block.strong_length < _BOLD * length:
                opening = block.text[0]
                if opening.isalnum() and opening.casefold()[0] not in openings:
                    continue
        yield block


def _rank(block: TextBlock, agreement: float, known: _Known) -> float:
    is_heading = block.kind == "heading"
    if not is_heading:
        # Something styled as a headline; but crumbs and captions repeat the title too.
        if _stands_elsewhere(block.container, known):
            return 0.0
        is_bold = block.strong_length >= _BOLD * len(block.text)
        return agreement if is_bold else float(agreement == 1.0)
    rank = 4.0 * agreement + (2.5 if block.level == 1 else 0.5 / block.level)
    if block.link_density > 0.5:
        rank -= 0.5
    if _stands_elsewhere(block.container, known):
        rank -= 3.0
    return rank


def _agreement(letters: str, stated: Iterable[str]) -> float:
    best = 0.0
    own = len(letters)
    for title in stated:
        if letters == title:
            return 1.0
        length = len(title)
        share = own / length if own < length else length / own
        if share >= _LEAST_SHARE and share > best and (letters in title or title in letters):
            best = share
    return best


def _stands_elsewhere(container: Container, known: _Known) -> bool:
    """Tell whether an element is part of a menu, a footer and the like, each looked at once."""
    for inner in container.not_yet_in(known):
        known[inner] = known[inner.parent] or inner.reason in _ELSEWHERE
    return known[container]
