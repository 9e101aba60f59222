"""Numbers to probabilities: how likely each block is body text, or the standfirst.

The model is two sums of oblivious decision trees (every node of a level asks the same question),
so all trees are read at once by array operations. The weights stand beside this module as plain
arrays; `training/` makes them.
"""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from newsextract.extraction.features import FEATURE_NAMES
from newsextract.extraction.lexicon import Lexicon

__all__ = ["Model", "Trees", "shipped_model"]

Rows = NDArray[np.float32]

_FIRST_TREES = 50
# Below this sum (a probability of 1 %) no later trees bring a block into a body.
_SETTLED = -4.6


@dataclass(frozen=True, slots=True)
class Trees:
    """Trees of one depth and what they add up to.

    `columns` and `limits` have a row for each tree and a column for each level: the feature asked
    about and the value it has to exceed. `leaves` has a row for each tree.
    """

    columns: NDArray[np.int16]
    limits: NDArray[np.float32]
    leaves: NDArray[np.float32]
    bias: float

    def added(self, rows: Rows, part: slice = slice(None)) -> NDArray[np.float64]:
        """Return what a part of the trees adds up to for each column of `rows`."""
        columns, limits = self.columns[part], self.limits[part]
        trees, depth = columns.shape
        exceeds = rows.take(columns.ravel(), axis=0) > limits.reshape(-1, 1)
        answers = exceeds.view(np.uint8).reshape(trees, depth, rows.shape[1])
        leaf = answers[:, 0].astype(np.intp)
        for level in range(1, depth):
            leaf |= answers[:, level].astype(np.intp) << level
        start = np.arange(trees)[:, None] << depth
        added: NDArray[np.float64] = (
            self.leaves[part].ravel().take(leaf + start).sum(axis=0, dtype=np.float64)
        )
        return added


@dataclass(frozen=True, slots=True)
class Model:
    """Trees for the body, trees for the standfirst, and the lexicon that the features need."""

    body: Trees
    standfirst: Trees
    lexicon: Lexicon

    def probabilities(self, rows: Rows) -> NDArray[np.float64]:
        """Return for each column of features the probability of being body text."""
        count = rows.shape[1]
        if not count:
            return np.zeros(0)
        sums = self.body.bias + self.body.added(rows, slice(None, _FIRST_TREES))
        # Menus and footers are most of a page, and the first trees settle them.
        open_ = np.flatnonzero(sums > _SETTLED)
        sums[open_] += self.body.added(rows[:, open_], slice(_FIRST_TREES, None))
        return _probability(sums)

    def standfirst_probabilities(self, rows: Rows, blocks: Sequence[int]) -> NDArray[np.float64]:
        """Return for each of these blocks the probability of being the standfirst."""
        if not blocks:
            return np.zeros(0)
        chosen = rows[:, list(blocks)]
        return _probability(self.standfirst.bias + self.standfirst.added(chosen))


def _probability(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    probabilities: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-sums))
    return probabilities


@functools.cache
def shipped_model() -> Model:
    """Return the model that comes with the package; it is read once and never changed."""
    with files("newsextract.extraction").joinpath("weights.npz").open("rb") as file:
        data = np.load(file, allow_pickle=False)
        if tuple(bytes(data["features"]).decode().split("\n")) != FEATURE_NAMES:
            raise RuntimeError("weights.npz was made for other features; train the model anew")
        body, standfirst = (
            Trees(
                data[f"{name}_columns"],
                data[f"{name}_limits"],
                data[f"{name}_leaves"],
                float(data[f"{name}_bias"]),
            )
            for name in ("body", "standfirst")
        )
        lexicon = Lexicon(
            _table(data["names"], data["name_scores"]), _table(data["words"], data["word_scores"])
        )
        return Model(body, standfirst, lexicon)


def _table(tokens: NDArray[np.uint8], scores: NDArray[np.float32]) -> dict[str, float]:
    return dict(zip(bytes(tokens).decode().split("\n"), scores.tolist(), strict=True))
