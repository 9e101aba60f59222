"""Numbers to probabilities: how likely each block is body text, or the standfirst.

The model is two sums of oblivious decision trees (every node of a level asks the same question),
so all trees are read at once by array operations. The weights stand beside this module as plain
arrays; `training/` makes them.
"""

import functools
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsextract.extraction.features import FEATURE_NAMES
from newsextract.extraction.lexicon import Lexicon

__all__ = ["Model", "Trees", "shipped_model"]

Rows = NDArray[np.float32]

# Of many blocks the answers to all questions would take hundreds of megabytes.
_AT_ONCE = 2_000
_FIRST_TREES, _FEW_TREES = 50, 150
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
    _first: "_Sum" = field(init=False, repr=False, compare=False)
    _later: "_Sum" = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Of few trees no part is worth a round of its own.
        split = _FIRST_TREES if len(self.columns) > _FEW_TREES else len(self.columns)
        first, later = slice(None, split), slice(split, None)
        for name, part in (("_first", first), ("_later", later)):
            trees = _Sum(self.columns[part], self.limits[part], self.leaves[part])
            object.__setattr__(self, name, trees)

    def sums(self, rows: Rows, settled: float = -np.inf) -> NDArray[np.float64]:
        """Return what the trees add up to for each column of `rows`.

        A sum that the first trees leave at `settled` or below stays what it is then.
        """
        count = rows.shape[1]
        if count > _AT_ONCE:
            parts = [rows[:, at : at + _AT_ONCE] for at in range(0, count, _AT_ONCE)]
            return np.concatenate([self.sums(part, settled) for part in parts])
        sums = self.bias + self._first.added(rows)
        open_ = np.flatnonzero(sums > settled)
        if len(open_) and self._later.count:
            sums[open_] += self._later.added(rows.take(open_, axis=1))
        return sums


class _Sum:
    """Some of the trees, laid out for reading all of them at once.

    Trees share questions, half of them, so each question is asked once. The answers are put side
    by side level by level, so that the way through all trees is told by a few operations on bytes
    that lie in a row.
    """

    def __init__(
        self,
        columns: NDArray[np.int16],
        limits: NDArray[np.float32],
        leaves: NDArray[np.float32],
    ) -> None:
        self.count, self._depth = columns.shape
        numbers: dict[tuple[int, float], int] = {}
        asked = zip(columns.T.ravel().tolist(), limits.T.ravel().tolist(), strict=True)
        questions = [numbers.setdefault(question, len(numbers)) for question in asked]
        self._questions = np.array(questions, np.intp)
        self._columns = np.array([column for column, _ in numbers], np.intp)
        self._limits = np.array([limit for _, limit in numbers], np.float32)[:, None]
        # As wide as their sums, so that no number is converted on the way.
        self._leaves = leaves.ravel().astype(np.float64)
        self._starts = np.arange(self.count)[:, None] << self._depth

    def added(self, rows: Rows) -> NDArray[np.float64]:
        """Return what these trees add up to for each column of `rows`."""
        exceeds = (rows.take(self._columns, axis=0) > self._limits).view(np.uint8)
        answers = exceeds.take(self._questions, axis=0).reshape(self._depth, -1)
        leaf = answers[-1]
        for answer in answers[-2::-1]:
            # Many bytes are added at once, but shifted one by one.
            leaf += leaf
            leaf += answer
        places = leaf.reshape(self.count, -1) + self._starts
        # No place is beyond the leaves; "wrap" is the mode that looks for that in the least time.
        added: NDArray[np.float64] = self._leaves.take(places, mode="wrap").sum(axis=0)
        return added


class Model(NamedTuple):
    """Trees for the body, trees for the standfirst, and the lexicon that the features need."""

    body: Trees
    standfirst: Trees
    lexicon: Lexicon

    def probabilities(self, rows: Rows) -> NDArray[np.float64]:
        """Return for each column of features the probability of being body text."""
        count = rows.shape[1]
        if not count:
            return np.zeros(0)
        # Menus and footers are most of a page, and the first trees settle them.
        return _probability(self.body.sums(rows, _SETTLED))

    def standfirst_probabilities(self, rows: Rows, blocks: Sequence[int]) -> NDArray[np.float64]:
        """Return for each of these blocks the probability of being the standfirst."""
        if not blocks:
            return np.zeros(0)
        return _probability(self.standfirst.sums(rows.take(blocks, axis=1)))


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
