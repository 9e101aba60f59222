"""What weighed how much with the model: Shapley values of a block's numbers.

What a number adds is told against the other blocks of the page: where a tree asks about it, a block
of which it is not known answers as they do, so many of them yes and so many no. Trees have six
questions at most, so that the values are exact (L. S. Shapley, A Value for n-Person Games, 1953).
"""

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from newsextract.extraction.model import Rows, Trees

__all__ = ["block_weights"]


def block_weights(trees: Trees, rows: Rows, most: int) -> Iterator[list[tuple[int, float]]]:
    """Yield for each column of `rows` the features that weighed most: their row, and how much."""
    count, depth = trees.columns.shape
    columns, limits = trees.columns.T, trees.limits.T
    bits = (1 << np.arange(depth))[:, None]
    leaves, starts = trees.leaves.ravel(), np.arange(count) << depth
    differences = np.arange(1 << depth)[:, None]
    shares = _shares(depth)
    # One block after the other: the answers of all at once would take hundreds of megabytes.
    blocks = rows.T
    yes = sum((block[columns] > limits for block in blocks), np.zeros(limits.shape, np.float32))
    yes /= max(1, len(blocks))
    for block in blocks:
        own = block[columns] > limits
        # A leaf's bits are its answers, so that this sorts leaves by which of them differ.
        values = leaves.take(starts + ((own * bits).sum(axis=0) ^ differences))
        _expect(values, np.where(own, 1 - yes, yes))
        added = np.bincount(columns.ravel(), (shares @ values).ravel(), len(rows))
        heaviest = np.argsort(-np.abs(added), kind="stable")[:most].tolist()
        yield [(row, float(added[row])) for row in heaviest if added[row]]


def _expect(values: NDArray[np.float32], differ: NDArray[np.float32]) -> None:
    """Replace leaves by what a tree says, in the mean, where only some answers are known.

    `values` has a column for each tree and a row for each set of differing answers, a bit for each;
    then a row for each set of known answers. `differ` is how many blocks answer differently.
    """
    for level, share in enumerate(differ):
        pairs = values.reshape(-1, 2, 1 << level, values.shape[1])
        same, other = pairs[:, 0], pairs[:, 1]
        unknown = same + share * (other - same)
        pairs[:, 1] = same
        pairs[:, 0] = unknown


def _shares(depth: int) -> NDArray[np.float32]:
    """Return for each answer what the value of each set of known answers counts for it."""
    sets = np.arange(1 << depth)
    sizes = np.array([int(each).bit_count() for each in sets])
    shares = np.zeros((depth, len(sets)), np.float32)
    for level in range(depth):
        has = (sets >> level) & 1 == 1
        others = np.where(has, sizes - 1, sizes)
        weights = np.array([
            math.factorial(other) * math.factorial(depth - other - 1) / math.factorial(depth)
            for other in others
        ])  # fmt: skip
        shares[level] = np.where(has, weights, -weights)
    return shares
