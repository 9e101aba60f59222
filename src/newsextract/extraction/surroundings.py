"""What stands around each container of a page, told for all containers at once.

A container knows its parent. What holds along the whole chain up to the page (a sum, a minimum,
the nearest ancestor of a kind) is found in steps of one, two, four … parents, so that a page of
any depth takes a handful of array operations.
"""

import itertools
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from newsextract.extraction.blocks import Container
from newsextract.extraction.context import Context
from newsextract.extraction.lexicon import Lexicon

__all__ = ["FLAGS", "TAG_CODES", "Surroundings", "counts", "numbered"]

Numbers = NDArray[np.float64]
Indices = NDArray[np.int64]

# What stands around a block and is more than its lexicon score says.
FLAGS = ("sidebar", "subscribe", "dialog", "caption", "byline", "main", "states_body")
_FLAG_BITS = (1 << np.arange(len(FLAGS)))[:, None]
_REASON_BITS: dict[str | None, int] = {reason: 1 << bit for bit, reason in enumerate(FLAGS[:5])}
_IN_MAIN, _STATES_BODY = 1 << 5, 1 << 6
_FAR = 12
# More blocks in a container, or more siblings of its make, tell nothing new.
_MANY = 120
# A card is one of a row of boxes of the same make: a teaser, a comment, an entry of a list.
_LEAST_CARDS = 3
# Elements that are told apart: an entry of a list and a line of text are no card.
TAG_CODES = {"article": 1, "div": 2, "main": 3, "li": 4, "tr": 5, "td": 5}
TAG_CODES |= dict.fromkeys(("p", "h2", "h3"), 6)
_FIRST_ENTRY, _FIRST_LINE = 4, 6
# An odd number that spreads what it multiplies over 64 bits (the golden ratio's digits).
_SPREAD = 0x9E3779B97F4A7C15


class Surroundings:
    """What stands around the containers; the attributes are arrays with a place for each.

    `rows` has a row for each of depth, levels to the headline, articles around it, whether the
    nearest is the headline's, the scores of its own and its parent's names, the lowest and the
    sum of all above, and the card and the row of list items it stands in; `flags` one for each
    of `FLAGS`. `row` counts its siblings of the same make, `make` and `path` number it by its and
    its parent's tags and classes, and by those of the whole chain; `tags` tells div and li.
    """

    def __init__(self, containers: Sequence[Container], context: Context, lexicon: Lexicon) -> None:
        self.parents = counts([above.parent.index if above.parent else 0 for above in containers])
        self._first = counts([above.first for above in containers])
        self._last = counts([above.last for above in containers])
        self.log_blocks = np.log1p(np.minimum(_MANY, self._last - self._first))
        self._steps = list(_doubled(self.parents))
        told, self.names_tell = _read_names(containers, lexicon)
        makes, self.tags, mean, low, self.story_name = told
        kinds = makes.astype(np.int64)
        kind_count = len(containers)
        in_row = numbered(self.parents * kind_count + kinds)
        row = np.bincount(in_row)[in_row]
        row[0] = 1
        self.log_row = np.log(np.minimum(_MANY, row))
        self.make = kinds * kind_count + kinds[self.parents]
        self.path = self._paths(kinds)
        self.flags = self._flags(containers)
        self.rows = self._chains(context, mean, low, row >= _LEAST_CARDS)

    def sums(self, values: Numbers) -> Numbers:
        """Return for each row of values of blocks what the blocks in each container add up to."""
        running = np.zeros((len(values), values.shape[1] + 1))
        np.cumsum(values, axis=1, out=running[:, 1:])
        inside: Numbers = running.take(self._last, axis=1)
        inside -= running.take(self._first, axis=1)
        return inside

    def _chains(
        self, context: Context, mean: Numbers, low: Numbers, in_row: NDArray[np.bool_]
    ) -> Numbers:
        count = len(mean)
        is_article = self.tags == TAG_CODES["article"]
        is_entry = (self.tags >= _FIRST_ENTRY) & (self.tags < _FIRST_LINE)
        # One more place, the last, stands for what lies beyond the page.
        total = np.zeros((5, count + 1))
        depth, around, articles, own_articles, _ = total[:, :-1]
        depth[1:] = 1
        if context.headline:
            around[[above.index for above in context.headline.container.ancestors()]] = 1
        articles[:] = is_article
        own_articles[:] = articles * around
        total[4, :-1] = mean
        lowest = np.full((2, count + 1), np.inf)
        lowest[0, :-1] = low
        lowest[1, :-1] = -self.log_row * is_entry
        for ancestors in self._steps:
            total += total.take(ancestors, axis=1)
            np.minimum(lowest, lowest.take(ancestors, axis=1), out=lowest)
        cards = self._nearest(in_row & (self.tags < _FIRST_ENTRY))
        rows = np.empty((12, count))
        rows[0] = depth
        # What is around the headline is so from there up to the page: counting finds the nearest.
        rows[1] = np.minimum(_FAR, depth + 1 - around) if context.headline else _FAR
        rows[2] = articles
        rows[3] = (articles > 0) * (2 - (own_articles == articles))
        rows[4] = mean
        rows[5] = mean[self.parents]
        rows[6] = lowest[0, :-1]
        rows[7] = total[4, :-1]
        rows[8] = self.log_row[cards]
        rows[9] = self.log_blocks[cards] * (cards > 0)
        rows[10] = np.minimum(_FAR, depth - depth[cards])
        rows[11] = -lowest[1, :-1]
        return rows

    def _flags(self, containers: Sequence[Container]) -> NDArray[np.bool_]:
        bit_of = _REASON_BITS.get
        bits = counts([bit_of(container.reason, 0) for container in containers] + [0])
        bits[:-1][self.tags == TAG_CODES["main"]] |= _IN_MAIN
        bits[[container.index for container in containers if container.states_body]] |= _STATES_BODY
        for ancestors in self._steps:
            bits |= bits[ancestors]
        flags: NDArray[np.bool_] = bits[:-1] & _FLAG_BITS > 0
        return flags

    def _paths(self, kinds: Indices) -> Indices:
        path = np.append((kinds + 1).astype(np.uint64) * np.uint64(_SPREAD), np.uint64(0))
        spread = _SPREAD
        for ancestors in self._steps:
            path += path[ancestors] * np.uint64(spread)
            spread = spread * spread % 2**64
        return path[:-1].view(np.int64)

    def _nearest(self, marked: NDArray[np.bool_]) -> Indices:
        """Return for each container itself or the nearest above that is marked, else the page."""
        nearest: Indices = np.where(marked, np.arange(len(marked)), self.parents)
        for _ in self._steps:
            nearest = nearest[nearest]
        return nearest


def counts(numbers: Sequence[int]) -> Indices:
    """Return an array of these, in two thirds of the time that `numpy.array` takes."""
    return np.fromiter(numbers, np.int64, len(numbers))


def numbered(ids: Indices) -> Indices:
    """Replace ids by numbers from 0 on; those that are equal get the same."""
    # Takes a little more than half the time of numpy.unique.
    order = ids.argsort()
    ordered = ids[order]
    numbers = np.zeros(len(ids), np.int64)
    numbers[order[1:]] = (ordered[1:] != ordered[:-1]).cumsum()
    return numbers


def _read_names(containers: Sequence[Container], lexicon: Lexicon) -> tuple[Numbers, float]:
    """Return for each container the number of its make, its tag's code and its names' scores.

    And the share of elements, those alike counted once, whose names say anything. Many have the
    same tag and names; each of these is looked at once.
    """
    numbers: dict[tuple[str, str, str], int] = {}
    which = [
        numbers.setdefault((above.tag, above.classes, above.name), len(numbers))
        for above in containers
    ]
    makes: dict[tuple[str, str], int] = {}
    read = [
        (
            makes.setdefault((tag, classes), len(makes)),
            TAG_CODES.get(tag, 0),
            *lexicon.name_score(tag, name),
        )
        for tag, classes, name in numbers
    ]
    flat = itertools.chain.from_iterable(read)
    told = np.fromiter(flat, float, 5 * len(read)).reshape(-1, 5).T.take(which, axis=1)
    # The page itself has no name.
    told[2:, 0] = 0.0
    score = lexicon.name_score
    tell = sum(
        [
            own[2] != score(tag, "")[0]
            for (tag, _, name), own in zip(numbers, read, strict=True)
            if name
        ]
    )
    return told, tell / len(read)


def _doubled(parents: Indices) -> Iterator[Indices]:
    """Yield for each container the ancestor one, two, four … steps above it.

    One more place, the last, stands for what lies beyond the page.
    """
    beyond = len(parents)
    ancestors = np.append(parents, beyond)
    ancestors[0] = beyond
    while True:
        yield ancestors
        ancestors = ancestors[ancestors]
        if ancestors.min() == beyond:
            return
