"""What an explanation says: each block's fate, each field's options, what took how long."""

from dataclasses import dataclass
from typing import Literal

import msgspec

from newsextract.errors import Failure
from newsextract.records import Article, BlockKind, Candidate, FieldName
from newsextract.serialization import record_from_json

__all__ = ["BlockDecision", "Explanation", "Fate", "FieldOption", "StageTime", "Weight"]

# `kept` is in the body, `used` is in another field, such as the headline.
Fate = Literal["kept", "used", "dropped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """What one of the numbers that describe a block added to what the model thinks of it."""

    feature: str
    """Its name, as in `extraction/features.py`."""
    words: str
    """What it tells, in words."""
    value: float
    """The number itself: a share, a logarithm or a flag."""
    weight: float
    """Its Shapley value in logarithms of odds, against the other blocks of the page; above 0 it
    spoke for the body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockDecision:
    """A block of the page, in its order, and what became of it."""

    text: str
    """Its text, cut where it is very long."""
    length: int
    """Characters of the whole text."""
    kind: BlockKind
    """What kind of block it is."""
    level: int = 0
    """The rank of a heading (1 to 6) or the depth of a list item (from 1), else 0."""
    path: str = ""
    """The elements above it, outermost first, such as `html>body>article>p`."""
    fate: Fate
    """Whether it is `kept` in the body, `used` in another field, or `dropped`."""
    step: str
    """The step that decided: `model`, or a rule of that name."""
    reason: str
    """Why, in words."""
    probability: float | None = None
    """That of being body text, as the model sees it; none where it was not asked, as for menus."""
    link_density: float = 0.0
    """The share of its characters that are links."""
    weights: tuple[Weight, ...] = ()
    """What weighed most with the model, the heaviest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldOption:
    """One value that the page offers for a field, and who gives it."""

    field: FieldName
    """The field that it may be the value of."""
    value: str
    """The value as the page has it; of titles, names and dates, as the record would."""
    is_chosen: bool
    """Whether the record has it."""
    probability: float
    """How likely it is the right one, where that is learned (title, authors, date); else how far
    its best source is believed."""
    given: tuple[Candidate, ...] = ()
    """The candidates that give it; none for a day that only the address has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StageTime:
    """How long a stage took."""

    stage: str
    """What was done."""
    milliseconds: float
    """How long it took, with all loaded that the first page needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why the record of a page is what it is.

    `article` or `failure` is the outcome, as `extract` has it. What was found out before a failure
    is there, too.
    """

    type: Literal["explanation"] = "explanation"
    """What kind of record this is."""
    program: str
    """The program and its version that read the page."""
    url: str | None = None
    """The address that answered."""
    article: Article | None = None
    """The record, if there is one."""
    failure: Failure | None = None
    """Why there is none, if there is none."""
    decisions: tuple[BlockDecision, ...] = ()
    """Each block of the page and what became of it, in page order."""
    options: tuple[FieldOption, ...] = ()
    """For each field, the likeliest first."""
    stages: tuple[StageTime, ...] = ()
    """What took how long, in the order of the stages."""
    warnings: tuple[str, ...] = ()
    """What was odd."""
    version: str = "1"
    """The version of this record's schema."""

    def to_json(self) -> str:
        """Return the explanation as a JSON object on one line."""
        return msgspec.json.encode(self).decode()

    @classmethod
    def from_json(cls, text: str | bytes) -> "Explanation":
        """Read back what `to_json` wrote; `ValueError` says what does not fit the schema."""
        return record_from_json(text, cls)

    def to_text(self) -> str:
        """Return the explanation as plain text: a line for each block and for each option."""
        from newsextract.explanation.text import explanation_text

        return explanation_text(self)

    def to_html(self) -> str:
        """Return a page of its own that shows the explanation; it loads nothing."""
        from newsextract.explanation.reports import explanation_report

        return explanation_report(self)
