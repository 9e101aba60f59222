"""Which of the days that a page offers is that of its publication, and at what time of day."""

import datetime as dt
from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import NamedTuple

from newsextract.normalization.choice import Weights, shipped_weights
from newsextract.normalization.date_options import (
    SAID_PUBLISHED,
    DateOption,
    Reading,
    date_options,
    is_plausible,
    neighbours,
    offset_between,
)
from newsextract.normalization.dates import Locale, read_date
from newsextract.records import Candidate

__all__ = ["ChosenDate", "best_reading", "choose_date", "latest_change"]

_SHARE = itemgetter(0)
# Below it as many dates are wrong as right.
_LEAST_SHARE = 0.4


class ChosenDate(NamedTuple):
    """A date, the candidate it was read from, and how sure that is (0 to 1)."""

    value: dt.date | dt.datetime
    candidate: Candidate
    confidence: float


def choose_date(
    candidates: Iterable[Candidate],
    locale: Locale,
    *,
    url: str,
    now: dt.datetime | None,
    weights: Weights | None = None,
) -> ChosenDate | None:
    """Return the date of publication; nothing where even the likeliest is hardly likely.

    What the page itself calls its date of publication is given all the same, and goes before what
    it calls the day of its change and nothing else.
    """
    options = date_options(candidates, locale, url=url, now=now)
    if not options:
        return None
    weights = weights or shipped_weights("date")
    shares = weights.shares([option.ways for option in options.values()])
    ranked = sorted(zip(shares, options.values(), strict=True), key=_SHARE, reverse=True)
    share, option = ranked[0]
    if share < _LEAST_SHARE or option.is_change:
        stated = [pair for pair in ranked if pair[1].says(SAID_PUBLISHED)]
        if not stated and share < _LEAST_SHARE:
            return None
        share, option = (stated or ranked)[0]
    reading = best_reading(option, options)
    return ChosenDate(reading.value, reading.candidate, round(min(0.99, share), 3))


def latest_change(
    candidates: Iterable[Candidate], locale: Locale, now: dt.datetime | None
) -> ChosenDate | None:
    """Return the date of the last change, from the most trusted candidate that states one."""
    for candidate in sorted(candidates, key=lambda candidate: -candidate.score):
        value = read_date(candidate.value, locale)
        if value is not None and is_plausible(value, now):
            return ChosenDate(value, candidate, candidate.score)
    return None


def best_reading(option: DateOption, options: Mapping[dt.date, DateOption]) -> Reading:
    """Return the most telling reading of a day: with time and offset, if any has them."""
    ranked = sorted(option.readings, key=_rank, reverse=True)
    # At what time it was changed on that day is not when it was published.
    timed = [
        reading
        for reading in ranked
        if isinstance(reading.value, dt.datetime)
        and reading.is_of_the_story
        and reading.candidate.field == ranked[0].candidate.field
    ]
    if not timed:
        return ranked[0]
    best = timed[0]
    if not isinstance(best.value, dt.datetime) or best.value.tzinfo is not None:
        return best
    # The same moment with its offset: from another source, or by the clock of another.
    for reading in timed:
        if _is_same_clock_with_offset(reading.value, best.value):
            return reading
    for other in (option, *neighbours(option, options)):
        for reading in other.readings:
            offset = offset_between(reading.value, best.value)
            if offset is not None:
                return Reading(best.candidate, best.value.replace(tzinfo=dt.timezone(offset)))
    return best


def _rank(reading: Reading) -> tuple[bool, bool, float]:
    candidate = reading.candidate
    return candidate.field == "date", reading.is_of_the_story, candidate.score


def _is_same_clock_with_offset(value: dt.date | dt.datetime, clock: dt.datetime) -> bool:
    if not isinstance(value, dt.datetime) or value.tzinfo is None:
        return False
    return abs(value.replace(tzinfo=None) - clock) < dt.timedelta(minutes=1)
