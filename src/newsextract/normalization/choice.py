"""Which of several values is right: each has evidence, and each piece of evidence a learned weight.

A page may give a value in several ways, in its metadata and in a line below its headline; each way
has evidence of its own, and what speaks against one does not speak against another.
The weights are made by `training/choices.py` from pages whose values are known. They are logarithms
of odds, so that what they add up to is a probability, and a reader can see what weighed how much.
"""

import functools
import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from typing import NamedTuple

import msgspec

__all__ = ["Weights", "kind_of", "shipped_weights"]

# What every value has: the odds of one for which nothing else speaks.
BIAS = "bias"


class Weights(NamedTuple):
    """What each piece of evidence adds to the logarithm of a value's odds."""

    of: Mapping[str, float]

    def weigh(self, evidence: Iterable[str]) -> float:
        """Return the logarithm of the odds of a value that is given in this way."""
        told = itertools.chain((BIAS,), evidence)
        # Exact, since evidence comes in sets, whose order is not that of another process.
        return math.fsum(map(self.of.get, told, itertools.repeat(0.0)))

    def odds(self, ways: Iterable[Iterable[str]]) -> float:
        """Return the odds of a value for which each of these ways speaks; they add up."""
        return sum([math.exp(max(-30.0, min(30.0, self.weigh(way)))) for way in ways])

    def chance(self, ways: Iterable[Iterable[str]]) -> float:
        """Return the probability of a value that is right or wrong whatever the others are."""
        odds = self.odds(ways)
        return odds / (1 + odds)

    def shares(self, options: Sequence[Iterable[Iterable[str]]]) -> list[float]:
        """Return the probability of each of several values of which one at most is right."""
        odds = [self.odds(ways) for ways in options]
        # The one is for the case that none of them is.
        total = 1.0 + sum(odds)
        return [each / total for each in odds]


def kind_of(source: str) -> str:
    """Return a candidate's source without the type of its object: `jsonld.datePublished`."""
    family, _, name = source.partition(":")
    return f"{family}.{name.rpartition('.')[2]}" if family == "jsonld" else source


@functools.cache
def shipped_weights(field: str) -> Weights:
    """Return the weights that come with the package for a field."""
    return Weights(_shipped()[field])


@functools.cache
def _shipped() -> dict[str, dict[str, float]]:
    text = files("newsextract.normalization").joinpath("choices.json").read_bytes()
    return msgspec.json.decode(text, type=dict[str, dict[str, float]])
