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
_CHANGE_NAMES = ("modif", "updat", "aktuali", "changed", "revis", "edited")
_NAMES_LOOKED_AT = 3


class Places:
    """The page as seen from its headline and its story."""

    def __init__(self, headline: TextBlock | None, body: list[TextBlock]) -> None:
        tops = [block.index for block in (headline, *body[:1]) if block is not None]
        last = body[-1].index if body else max(tops, default=0)
        # Where headline and story begin, and where the story ends.
        self._bounds = (min(tops), max(tops), last) if tops else None
        # The blocks from a few above the headline to a few below the story's beginning.
        self.head = (
            range(max(0, min(tops) - _LINES_ABOVE), max(tops) + _LINES_BELOW + 1)
            if tops
            else range(_LINES_BELOW)
        )
        holder = headline or (body[0] if body else None)
        self._around = {
            id(container)
            for container in (holder.container.ancestors() if holder else [])
            if container.tag in _ABOUT_STORIES
        }
        self._whole = bool(self._around)
        self._named: dict[Container, tuple[str, ...]] = {}
        self._standing: dict[Container, tuple[str, ...]] = {}
        self._held: dict[Container | None, tuple[str | None, bool]] = {None: (None, False)}

    def of(self, index: int) -> str:
        """Return in which part of the page the block of this index stands."""
        if self._bounds is None:
            return "place:page"
        low, high, last = self._bounds
        if low <= index <= high:
            return "place:head"
        if index < low:
            return "place:over" if low - index <= _LINES_ABOVE else "place:above"
        if index <= last:
            return "place:opening" if index - high <= _LINES_BELOW else "place:story"
        return "place:end" if index - last <= _LINES_BELOW else "place:below"

    def evidence(self, index: int, container: Container) -> tuple[str, ...]:
        """Return what the place of a block says: in which part of the page, so called, whose."""
        named = self._named.get(container)
        if named is None:
            named = self._named[container] = tuple(_named(container))
        place, *standing = self.standing(index, container)
        return (place, *named, *standing)

    def standing(self, index: int, container: Container) -> tuple[str, ...]:
        """Return the same without what its elements are called."""
        standing = self._standing.get(container)
        if standing is None:
            # Dates and names ask for the same ones.
            standing = self._standing[container] = self._told_by(container)
        return (self.of(index), *standing)

    def _told_by(self, container: Container) -> tuple[str, ...]:
        reason, around = self._held_by(container)
        told = [f"in {reason}"] if reason else []
        if container.hidden:
            told.append("hidden")
        if self._whole and not around:
            told.append("apart")
        return tuple(told)

    def _held_by(self, container: Container) -> tuple[str | None, bool]:
        """Return the nearest reason of a container not to be the story's, and whether it is near.

        Most containers stand in one that has been asked for.
        """
        held = self._held
        for inner in container.not_yet_in(held):
            reason, around = held[inner.parent]
            if inner.reason in _FOREIGN:
                reason = inner.reason
            held[inner] = reason, around or id(inner) in self._around
        return held[container]


def _named(container: Container) -> Iterator[str]:
    """Yield what an element and those around it are called: a date, a change."""
    nearest = container.ancestors(_NAMES_LOOKED_AT)
    names = "\n".join([above.name for above in nearest]).lower()
    if _DATE_NAMES.search(names):
        yield "named date"
    if any(map(names.__contains__, _CHANGE_NAMES)):
        yield "named change"
