"""Numbers to probability: how likely each block is body text.

The model is a sum of oblivious decision trees (every node of a level asks the same question),
so all trees are read at once by array operations. The weights stand beside this module as plain
arrays; `training/` makes them.
"""

import functools
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from newsextract.extraction.features import FEATURE_NAMES, Lexicon

__all__ = ["Model", "shipped_model"]

_FIRST_TREES = 80
# Below this sum (a probability of 1 %) no later trees bring a block into a body.
_SETTLED = -4.6


@dataclass(frozen=True, slots=True)
class Model:
    """Trees of one depth, what they add up to, and the lexicon that the features need.

    `columns` and `limits` have a row for each tree and a column for each level: the feature asked
    about and the value it has to exceed. `leaves` has a row for each tree.
    """

    columns: NDArray[np.int16]
    limits: NDArray[np.float32]
    leaves: NDArray[np.float32]
    bias: float
    lexicon: Lexicon

    def probabilities(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return for each row of features the probability of being body text."""
        if not len(rows):
            return np.zeros(0)
        sums = np.full(len(rows), self.bias)
        sums += self._added(rows, slice(None, _FIRST_TREES))
        # Menus and footers are most of a page, and the first trees settle them.
        open_ = np.flatnonzero(sums > _SETTLED)
        sums[open_] += self._added(rows[open_], slice(_FIRST_TREES, None))
        probabilities: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-sums))
        return probabilities

    def _added(self, rows: NDArray[np.float32], part: slice) -> NDArray[np.float64]:
        """Return what a part of the trees adds up to for each row."""
        columns, limits = self.columns[part], self.limits[part]
        trees, depth = columns.shape
        # A row for each question, so that each is copied and compared in one stretch.
        asked = np.ascontiguousarray(rows.T)[columns.ravel()]
        answers = (asked > limits.reshape(-1, 1)).reshape(trees, depth, len(rows))
        leaf = np.packbits(answers, axis=1, bitorder="little")[:, 0]
        start = np.arange(trees, dtype=np.int32)[:, None] << depth
        added: NDArray[np.float64] = (
            self.leaves[part].ravel()[leaf + start].sum(axis=0, dtype=np.float64)
        )
        return added


@functools.cache
def shipped_model() -> Model:
    """Return the model that comes with the package; it is read once and never changed."""
    with files("newsextract.extraction").joinpath("weights.npz").open("rb") as file:
        data = np.load(file, allow_pickle=False)
        if tuple(bytes(data["features"]).decode().split("\n")) != FEATURE_NAMES:
            raise RuntimeError("weights.npz was made for other features; train the model anew")
        return Model(
            data["columns"],
            data["limits"],
            data["leaves"],
            float(data["bias"]),
            Lexicon(
                _table(data["names"], data["name_scores"]),
                _table(data["words"], data["word_scores"]),
            ),
        )


def _table(tokens: NDArray[np.uint8], scores: NDArray[np.float32]) -> dict[str, float]:
    return dict(zip(bytes(tokens).decode().split("\n"), scores.tolist(), strict=True))
