"""What stands around each container of a page, told for all containers at once.

A container knows its parent. What holds along the whole chain up to the page (a sum, a minimum,
the nearest ancestor of a kind) is found in steps of one, two, four … parents, so that a page of
any depth takes a handful of array operations.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from newsextract.extraction.blocks import Container
from newsextract.extraction.context import Context
from newsextract.extraction.lexicon import Lexicon

__all__ = ["FLAGS", "Surroundings"]

Numbers = NDArray[np.float64]
Indices = NDArray[np.int64]

# What stands around a block and is more than its lexicon score says.
FLAGS = ("sidebar", "subscribe", "dialog", "caption", "byline", "main", "states_body")
_REASON_BITS = {reason: 1 << bit for bit, reason in enumerate(FLAGS[:5])}
_IN_MAIN, _STATES_BODY = 1 << 5, 1 << 6
_FAR = 12
# A card is one of a row of boxes of the same make: a teaser, a comment, an entry of a list.
_LEAST_CARDS = 3
_NO_CARDS = frozenset("p li tr td h2 h3".split())
_ROW_TAGS = frozenset("li tr td".split())
# An odd number that spreads what it multiplies over 64 bits (the golden ratio's digits).
_SPREAD = 0x9E3779B97F4A7C15


class Surroundings:
    """What stands around the containers; the attributes are arrays with a place for each.

    `rows` has a row for each of depth, levels to the headline, articles around it, whether the
    nearest is the headline's, the scores of its own and its parent's names, the lowest and the
    sum of all above, and the card and the row of list items it stands in; `flags` one for each
    of `FLAGS`. `row` counts its siblings of the same make, `make` and `path` number it by its and
    its parent's tags and classes, and by those of the whole chain.
    """

    def __init__(self, containers: Sequence[Container], context: Context, lexicon: Lexicon) -> None:
        count = len(containers)
        self.parents = np.array([above.parent.index if above.parent else 0 for above in containers])
        self._first = np.array([above.first for above in containers])
        self._last = np.array([above.last for above in containers])
        self.blocks = self._last - self._first
        self._steps = list(_doubled(self.parents))
        numbers: dict[tuple[str, str], int] = {}
        kinds = np.array(
            [numbers.setdefault((above.tag, above.classes), len(numbers)) for above in containers]
        )
        tags = [above.tag for above in containers]
        in_row: Indices = np.unique(self.parents * len(numbers) + kinds, return_inverse=True)[1]
        self.row = np.bincount(in_row)[in_row].astype(float)
        self.row[0] = 1
        self.make = kinds * len(numbers) + kinds[self.parents]
        self.path = self._paths(kinds)
        self._read_names(containers, lexicon)
        headline = context.headline.container.ancestors() if context.headline else []
        around = np.zeros(count, bool)
        around[[above.index for above in headline]] = True
        is_article = np.array([tag == "article" for tag in tags])
        article = self._nearest(is_article)
        self._depth = self._sum(np.ones(count)) - 1
        cards = self._nearest(
            (self.row >= _LEAST_CARDS) & np.array([tag not in _NO_CARDS for tag in tags])
        )
        is_item = np.array([tag in _ROW_TAGS for tag in tags])
        self.rows = np.array(
            [
                self._depth,
                np.minimum(_FAR, self._depth - self._depth[self._nearest(around)])
                if headline
                else np.minimum(_FAR, self._depth + _FAR),
                self._sum(is_article),
                is_article[article] * np.where(around[article], 1.0, 2.0),
                self._name_mean,
                self._name_mean[self.parents],
                self._lowest(self._name_low),
                self._sum(self._name_mean),
                np.log(self.row[cards]),
                np.where(cards, np.log1p(self.blocks[cards]), 0.0),
                np.minimum(_FAR, self._depth - self._depth[cards]),
                -self._lowest(np.where(is_item, -np.log(self.row), 0.0)),
            ]
        )
        self.flags = self._flags(containers, tags)

    def sums(self, values: Numbers) -> Numbers:
        """Return for each row of values of blocks what the blocks in each container add up to."""
        running = np.zeros((len(values), values.shape[1] + 1))
        np.cumsum(values, axis=1, out=running[:, 1:])
        inside: Numbers = running[:, self._last] - running[:, self._first]
        return inside

    def _read_names(self, containers: Sequence[Container], lexicon: Lexicon) -> None:
        known: dict[tuple[str, str], int] = {}
        read: list[tuple[float, float, bool]] = []
        which = []
        for container in containers:
            key = (container.tag, container.name)
            number = known.get(key)
            if number is None:
                number = known[key] = len(read)
                read.append(lexicon.name_score(*key))
            which.append(number)
        names = np.array(read, float).T[:, which]
        # The page itself has no name.
        names[:, 0] = 0.0
        self._name_mean, self._name_low, self.story_name = names

    def _flags(self, containers: Sequence[Container], tags: Sequence[str]) -> NDArray[np.bool_]:
        bits = np.zeros(len(containers) + 1, np.int64)
        for index, container in enumerate(containers):
            if container.reason is not None:
                bits[index] = _REASON_BITS.get(container.reason, 0)
            if container.states_body:
                bits[index] |= _STATES_BODY
            if tags[index] == "main":
                bits[index] |= _IN_MAIN
        for ancestors in self._steps:
            bits |= bits[ancestors]
        return (bits[None, :-1] >> np.arange(len(FLAGS))[:, None] & 1).astype(bool)

    def _sum(self, values: Numbers | NDArray[np.bool_]) -> Numbers:
        """Add up values along the chain from each container up to the page."""
        total = np.append(values.astype(float), 0.0)
        for ancestors in self._steps:
            total += total[ancestors]
        return total[:-1]

    def _lowest(self, values: Numbers) -> Numbers:
        lowest = np.append(values, np.inf)
        for ancestors in self._steps:
            np.minimum(lowest, lowest[ancestors], out=lowest)
        return lowest[:-1]

    def _paths(self, kinds: Indices) -> Indices:
        path = np.append((kinds + 1).astype(np.uint64) * np.uint64(_SPREAD), np.uint64(0))
        spread = _SPREAD
        for ancestors in self._steps:
            path += path[ancestors] * np.uint64(spread)
            spread = spread * spread % 2**64
        numbered: Indices = np.unique(path[:-1], return_inverse=True)[1]
        return numbered

    def _nearest(self, marked: NDArray[np.bool_]) -> Indices:
        """Return for each container itself or the nearest above that is marked, else the page."""
        nearest: Indices = np.where(marked, np.arange(len(marked)), self.parents)
        for _ in self._steps:
            nearest = nearest[nearest]
        return nearest


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
