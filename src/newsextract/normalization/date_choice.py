"""Which of the dates that a page states and shows is that of its publication.

Dates of one day are one option, whatever forms they come in: sources that agree add up. What speaks
for an option is where it stands and what the others say; how much that weighs is learned.
"""

import datetime as dt
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from newsextract.normalization.choice import Weights, shipped_weights
from newsextract.normalization.dates import Locale, read_date, read_relative
from newsextract.records import Candidate

__all__ = ["ChosenDate", "DateOption", "best_reading", "choose_date", "shares_of", "date_options", "latest_change"]

# The web's first pages are of August 1991.
_FIRST_YEAR = 1991
_MOST_READ = 80
# Below it as many dates are wrong as right.
_LEAST_SHARE = 0.4
_MOST_RELATIVE = 3
_FARTHEST_ZONE = dt.timedelta(hours=14)
# All but three of the world's zones are whole or half hours from UTC.
_ZONE_STEP = 30 * 60
_DAY_IN_ADDRESS = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?P<between>[/_.-]?)([01]\d)(?P=between)([0-3]\d)(?!\d)"
)
_MONTH_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)/([01]?\d)/")
_ELSEWHERE = frozenset(
    ("place:above", "place:story", "place:end", "place:below", "in comments", "in related", "in sidebar")
)
_SAID_PUBLISHED = frozenset(
    ("jsonld.datePublished", "meta:article:published_time", "microdata:datePublished")
)
# Stated in UTC by many pages that show the time of their own place.
_CLOCKS = _SAID_PUBLISHED | {"dom:time[datetime]"}
_SAID_CHANGED = frozenset(
    ("jsonld.dateModified changed", "meta:article:modified_time changed", "microdata:dateModified changed")
)


@dataclass(slots=True)
class DateOption:
    """A day that may be that of the publication, and the readings that give it.

    `own` is what speaks for each reading by itself, `shared` what speaks for the day as a whole.
    """

    day: dt.date
    readings: list["Reading"] = field(default_factory=list)
    own: list[set[str]] = field(default_factory=list)
    shared: set[str] = field(default_factory=set)

    @property
    def ways(self) -> set[frozenset[str]]:
        """What speaks for the day, way by way: readings that look alike count once."""
        return {frozenset(own | self.shared) for own in self.own}

    def says(self, names: frozenset[str]) -> bool:
        """Tell whether any reading has any of this evidence."""
        return any(not own.isdisjoint(names) for own in self.own)


@dataclass(frozen=True, slots=True)
class Reading:
    """A candidate and the moment that it says."""

    candidate: Candidate
    value: dt.date | dt.datetime

    @property
    def day(self) -> dt.date:
        """The day on the calendar of whoever wrote it."""
        return self.value.date() if isinstance(self.value, dt.datetime) else self.value

    @property
    def is_utc(self) -> bool:
        """Whether this is a point in time on the clock of computers, not of the site."""
        return isinstance(self.value, dt.datetime) and self.value.utcoffset() == dt.timedelta(0)


@dataclass(frozen=True, slots=True)
class ChosenDate:
    """A date, the candidate it was read from, and how sure that is (0 to 1)."""

    value: dt.date | dt.datetime
    candidate: Candidate
    confidence: float


def choose_date(
    candidates: Sequence[Candidate],
    locale: Locale,
    *,
    url: str,
    now: dt.datetime | None,
    weights: Weights | None = None,
) -> ChosenDate | None:
    """Return the date of publication; nothing where even the likeliest is hardly likely."""
    options = date_options(candidates, locale, url=url, now=now)
    if not options:
        return None
    weights = weights or shipped_weights("date")
    shares = shares_of(options, weights)
    share, option = max(zip(shares, options, strict=True), key=lambda pair: pair[0])
    if share < _LEAST_SHARE:
        return None
    reading = best_reading(option, options)
    return ChosenDate(reading.value, reading.candidate, round(min(0.99, share), 3))


def shares_of(options: Sequence[DateOption], weights: Weights) -> list[float]:
    """Return the probability of each day: the ways in which a page gives it add up."""
    ways = [option.ways for option in options]
    shares = iter(weights.shares([way for each in ways for way in each]))
    return [sum(itertools.islice(shares, len(each))) for each in ways]


def latest_change(
    candidates: Iterable[Candidate], locale: Locale, now: dt.datetime | None
) -> ChosenDate | None:
    """Return the date of the last change, from the most trusted candidate that states one."""
    for candidate in sorted(candidates, key=lambda candidate: -candidate.score):
        if candidate.field == "date_modified":
            value = read_date(candidate.value, locale)
            if value is not None and _is_plausible(value, now):
                return ChosenDate(value, candidate, candidate.score)
    return None


def date_options(
    candidates: Sequence[Candidate], locale: Locale, *, url: str, now: dt.datetime | None
) -> list[DateOption]:
    """Return the days that a page offers for its date, with what speaks for each."""
    readings = _on_own_clock([*_readings(candidates, locale, now), *_days_in_address(url, now)])
    by_day: dict[dt.date, DateOption] = {}
    first_shown = True
    for reading in readings:
        option = by_day.setdefault(reading.day, DateOption(reading.day))
        option.readings.append(reading)
        own = set(_evidence_of(reading))
        if first_shown and "near" in reading.candidate.evidence:
            own.add("first shown")
            first_shown = False
        option.own.append(own)
    options = list(by_day.values())
    _compare(options)
    _look_at_address(options, url)
    return options


def _readings(
    candidates: Sequence[Candidate], locale: Locale, now: dt.datetime | None
) -> Iterator[Reading]:
    known: dict[str, dt.date | dt.datetime | None] = {}
    relative: list[Candidate] = []
    found = False
    for candidate in candidates:
        if candidate.field not in ("date", "date_modified"):
            continue
        if "relative" in candidate.evidence:
            relative.append(candidate)
            continue
        text = candidate.value
        if text not in known:
            if len(known) == _MOST_READ:
                continue
            known[text] = read_date(text, locale)
        value = known[text]
        if value is not None and _is_plausible(value, now):
            found = True
            yield Reading(candidate, value)
    if not found and now is not None:
        for candidate in relative[:_MOST_RELATIVE]:
            value = read_relative(candidate.value, locale, now)
            if value is not None and _is_plausible(value, now):
                yield Reading(candidate, value)


def _on_own_clock(readings: list[Reading]) -> list[Reading]:
    """Turn times in UTC into those of the site, where it also shows the same moment on its clock.

    An evening there may be the next day in UTC, or the other way round.
    """
    local = [reading for reading in readings if _is_local(reading)]
    return [_turned(reading, local) if reading.is_utc else reading for reading in readings]


def _is_local(reading: Reading) -> bool:
    """Tell whether this is a time of day as the site has it, where it tells of the story."""
    return (
        isinstance(reading.value, dt.datetime)
        and not reading.is_utc
        and not _ELSEWHERE.intersection(reading.candidate.evidence)
    )


def _turned(utc: Reading, local: list[Reading]) -> Reading:
    for reading in local:
        if reading.day != utc.day and (offset := _offset_between(utc, reading)) is not None:
            assert isinstance(utc.value, dt.datetime)
            return Reading(utc.candidate, utc.value.astimezone(dt.timezone(offset)))
    return utc


def _evidence_of(reading: Reading) -> Iterator[str]:
    candidate = reading.candidate
    source = _kind_of(candidate.source)
    if candidate.field == "date_modified":
        source += " changed"
    yield source
    for name in candidate.evidence:
        yield f"{source} {name}"
    if isinstance(reading.value, dt.datetime):
        yield "time of day"
        if reading.value.utcoffset():
            yield f"{source} on its own clock"


def _kind_of(source: str) -> str:
    """Return a source without the type of its object: `jsonld.datePublished`."""
    family, _, name = source.partition(":")
    return f"{family}.{name.rpartition('.')[2]}" if family == "jsonld" else source


def _family(reading: Reading) -> str:
    return reading.candidate.source.partition(":")[0]


def _compare(options: list[DateOption]) -> None:
    """Note how many sources agree on each option, and how it stands to the others."""
    stated = [option for option in options if any(_family(r) != "dom" for r in option.readings)]
    published = [option for option in options if option.says(_SAID_PUBLISHED)]
    for option in options:
        if option not in published:
            if published:
                option.shared.add("another is stated")
            if option.says(_SAID_CHANGED):
                option.shared.add("stated as changed")
                if published:
                    option.shared.add("stated as changed, another is stated")
        elif len(published) > 1:
            option.shared.add("one of several stated")
        families = {_family(reading) for reading in option.readings}
        option.shared.add(f"families: {min(len(families), 4)}")
        if len(options) == 1:
            option.shared.add("only day")
        if len(stated) > 1 and option in stated:
            if option.day == max(other.day for other in stated):
                option.shared.add("latest stated")
            if option.day == min(other.day for other in stated):
                option.shared.add("earliest stated")
        for other in options:
            if abs((other.day - option.day).days) != 1:
                continue
            for reading in other.readings:
                source = _kind_of(reading.candidate.source)
                if reading.is_utc and source in _CLOCKS:
                    # What is the evening here is the next day there.
                    hours = _hours_to(reading, option.day)
                    if hours <= 14:
                        option.shared.add(f"{(hours + 2) // 3 * 3} hours from UTC")


def _hours_to(utc: Reading, day: dt.date) -> int:
    """Return how many hours a point in time is away from a day before or after it."""
    assert isinstance(utc.value, dt.datetime)
    return utc.value.hour + 1 if day < utc.day else 24 - utc.value.hour


def _days_in_address(url: str, now: dt.datetime | None) -> Iterator[Reading]:
    for match in _DAY_IN_ADDRESS.finditer(url):
        value = read_date(f"{match[1]}-{match[3]}-{match[4]}", Locale())
        if value is not None and _is_plausible(value, now):
            yield Reading(
                Candidate(field="date", value=match[0], source="url:path", score=0.4), value
            )


def _look_at_address(options: list[DateOption], url: str) -> None:
    months = {(int(match[1]), int(match[2])) for match in _MONTH_IN_ADDRESS.finditer(url)}
    for option in options:
        if (option.day.year, option.day.month) in months:
            option.shared.add("month in address")
        elif months:
            option.shared.add("not the month in address")


def best_reading(option: DateOption, options: list[DateOption]) -> Reading:
    """Return the most telling reading of a day: with time and offset, if any has them."""
    ranked = sorted(
        option.readings, key=lambda r: (r.candidate.field == "date", r.candidate.score), reverse=True
    )
    best = next((reading for reading in ranked if isinstance(reading.value, dt.datetime)), ranked[0])
    if not isinstance(best.value, dt.datetime):
        return best
    if best.value.tzinfo is None:
        # The same moment with its offset: from another source, or by the clock of another.
        for reading in ranked:
            if isinstance(reading.value, dt.datetime) and reading.value.tzinfo is not None:
                if _same_clock(reading.value, best.value):
                    return reading
        for other in options:
            for reading in other.readings:
                if reading.is_utc and (offset := _offset_between(reading, best)) is not None:
                    return Reading(best.candidate, best.value.replace(tzinfo=dt.timezone(offset)))
    return best


def _same_clock(one: dt.datetime, other: dt.datetime) -> bool:
    return abs(one.replace(tzinfo=None) - other.replace(tzinfo=None)) < dt.timedelta(minutes=1)


def _offset_between(utc: Reading, local: Reading) -> dt.timedelta | None:
    """Return the offset of a clock that shows the same moment as one of UTC, if it can be."""
    if not (isinstance(utc.value, dt.datetime) and isinstance(local.value, dt.datetime)):
        return None
    offset = local.value.utcoffset()
    distance = local.value.replace(tzinfo=None) - utc.value.replace(tzinfo=None)
    # To the minute: many pages show no seconds.
    steps = round(distance.total_seconds() / _ZONE_STEP)
    if abs(distance.total_seconds() - steps * _ZONE_STEP) >= 60 or abs(distance) > _FARTHEST_ZONE:
        return None
    own = dt.timedelta(seconds=steps * _ZONE_STEP)
    return own if offset is None or offset == own else None


def _is_plausible(value: dt.date | dt.datetime, now: dt.datetime | None) -> bool:
    if value.year < _FIRST_YEAR:
        return False
    if now is None:
        return True
    day = value.date() if isinstance(value, dt.datetime) else value
    return day <= now.date() + dt.timedelta(days=1)
