"""Which of several values is right: each has evidence, and each piece of evidence a learned weight.

The weights are made by `training/choices.py` from pages whose values are known. They are logarithms
of odds, so that what they add up to is a probability, and a reader can see what weighed how much.
"""

import functools
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

__all__ = ["Weights", "shipped_weights"]

# What every value has: the odds of one for which nothing else speaks.
BIAS = "bias"


@dataclass(frozen=True, slots=True)
class Weights:
    """What each piece of evidence adds to the logarithm of a value's odds."""

    of: Mapping[str, float]

    def weigh(self, evidence: Iterable[str]) -> float:
        """Return the logarithm of the odds of a value for which this speaks."""
        known = self.of
        total = known.get(BIAS, 0.0)
        for name in evidence:
            total += known.get(name, 0.0)
        return total

    def chance(self, evidence: Iterable[str]) -> float:
        """Return the probability of a value that is right or wrong whatever the others are."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.weigh(evidence)))))

    def shares(self, options: Sequence[Iterable[str]]) -> list[float]:
        """Return the probability of each of several values of which one at most is right."""
        weights = [math.exp(max(-30.0, min(30.0, self.weigh(each)))) for each in options]
        # The one is for the case that none of them is.
        total = 1.0 + sum(weights)
        return [weight / total for weight in weights]


@functools.cache
def shipped_weights(field: str) -> Weights:
    """Return the weights that come with the package for a field."""
    text = resources.files("newsextract.normalization").joinpath("choices.json").read_text("utf-8")
    return Weights(json.loads(text)[field])
