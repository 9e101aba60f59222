"""The input in fixed slices, and what has come of each: slices are written whole and in order."""

from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

__all__ = ["Slices", "size_of_slice"]

Outcome = TypeVar("Outcome")

# What a power cut undoes is what stands in slices that are not full yet. They grow with what is
# done, so that it is never much of it, and files do not become too many.
_SMALLEST, _LARGEST, _SHARE = 100, 5_000, 100


def size_of_slice(first: int) -> int:
    """Return how many inputs the slice has that begins after so many."""
    return min(_LARGEST, max(_SMALLEST, first // _SHARE))


class Slices(Generic[Outcome]):
    """Outcomes by number, from `first` on, until their slice is full.

    Of inputs that are read ahead, none is farther than two slices from the first that has no
    outcome yet: memory does not grow while one page is slow.
    """

    def __init__(self, first: int) -> None:
        # Up to `_unknown` all outcomes are there.
        self._first = self._unknown = first
        self._outcomes: dict[int, Outcome] = {}

    @property
    def end(self) -> int:
        """The number that is too far ahead to be read yet."""
        second = self._first + size_of_slice(self._first)
        return second + size_of_slice(second)

    @property
    def waiting(self) -> Mapping[int, Outcome]:
        """The outcomes, by number, that are in no slice yet that was full."""
        return self._outcomes

    def put(self, number: int, outcome: Outcome) -> None:
        """Take the outcome of an input."""
        self._outcomes[number] = outcome
        while self._unknown in self._outcomes:
            self._unknown += 1

    def full(self) -> Iterator[tuple[int, list[Outcome]]]:
        """Yield the slices that are full, each with the number of its first outcome."""
        while self._unknown >= self._first + size_of_slice(self._first):
            yield self._taken(size_of_slice(self._first))

    def rest(self) -> Iterator[tuple[int, list[Outcome]]]:
        """Yield what stands in the last slice, when there is no more input."""
        if self._outcomes:
            yield self._taken(len(self._outcomes))

    def _taken(self, count: int) -> tuple[int, list[Outcome]]:
        first = self._first
        self._first += count
        return first, [self._outcomes.pop(number) for number in range(first, self._first)]
