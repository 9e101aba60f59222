"""Where on the page a date or a name stands, and what that says for or against it."""

import re
from collections.abc import Iterator

from newsextract.extraction.survey import Container, TextBlock

__all__ = ["Places"]

_LINES_ABOVE, _LINES_BELOW = 8, 12
_ABOUT_STORIES = frozenset(("article", "header", "main", "section", "li"))
_FOREIGN = frozenset(
    "comments related sidebar navigation footer consent caption share subscribe advertisement tags "
    "dialog form header tools".split()
)
_DATE_NAMES = re.compile(
    r"date|time|publ|posted|stamp|datum|fecha|fech[oa]|created|heure|hora\b|tarih|tanggal|meta\b|data(?<![a-z]data)(?![a-z])"
)
_CHANGE_NAMES = re.compile(r"modif|updat|aktuali|changed|revis|edited")
_NAMES_LOOKED_AT = 3


class Places:
    """The page as seen from its headline and its story."""

    def __init__(self, headline: TextBlock | None, body: list[TextBlock]) -> None:
        self._headline = headline.index if headline else None
        self._first = body[0].index if body else None
        self._last = body[-1].index if body else None
        holder = headline or (body[0] if body else None)
        self._around = {
            id(container)
            for container in (holder.container.ancestors() if holder else [])
            if container.tag in _ABOUT_STORIES
        }
        self._whole = bool(self._around)
        self._told: dict[Container, tuple[str, ...]] = {}
        self._held: dict[Container | None, tuple[str | None, bool]] = {None: (None, False)}

    @property
    def head(self) -> range:
        """The blocks from a few above the headline to a few below the story's beginning."""
        tops = [index for index in (self._headline, self._first) if index is not None]
        if not tops:
            return range(_LINES_BELOW)
        return range(max(0, min(tops) - _LINES_ABOVE), max(tops) + _LINES_BELOW + 1)

    def of(self, index: int) -> str:
        """Return in which part of the page the block of this index stands."""
        top, first, last = self._headline, self._first, self._last
        if top is None:
            if first is None or last is None:
                return "place:page"
            top = first
        elif first is None or last is None:
            first = last = top
        low, high = min(top, first), max(top, first)
        if low <= index <= high:
            return "place:head"
        if index < low:
            return "place:over" if low - index <= _LINES_ABOVE else "place:above"
        if index <= last:
            return "place:opening" if index - high <= _LINES_BELOW else "place:story"
        return "place:end" if index - last <= _LINES_BELOW else "place:below"

    def evidence(self, index: int, container: Container) -> tuple[str, ...]:
        """Return what the place of a block says: which part of the page, in whose hands."""
        told = self._told.get(container)
        if told is None:
            # Dates and names ask for the same ones.
            told = self._told[container] = tuple(self._told_by(container))
        return (self.of(index), *told)

    def _told_by(self, container: Container) -> Iterator[str]:
        nearest = container.ancestors(_NAMES_LOOKED_AT)
        names = "\n".join([above.name for above in nearest]).lower()
        reason, around = self._held_by(container)
        if _DATE_NAMES.search(names):
            yield "named date"
        if _CHANGE_NAMES.search(names):
            yield "named change"
        if reason:
            yield f"in {reason}"
        if container.hidden:
            yield "hidden"
        if self._whole and not around:
            yield "apart"

    def _held_by(self, container: Container) -> tuple[str | None, bool]:
        """Return the nearest reason of a container not to be the story's, and whether it is near.

        Most containers stand in one that has been asked for.
        """
        held = self._held
        below: list[Container] = []
        above: Container | None = container
        while above is not None and above not in held:
            below.append(above)
            above = above.parent
        reason, around = held[above]
        for inner in reversed(below):
            if inner.reason in _FOREIGN:
                reason = inner.reason
            around = around or id(inner) in self._around
            held[inner] = reason, around
        return reason, around
