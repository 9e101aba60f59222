"""The days that a page offers for its date, and what speaks for each.

Dates of one day are one option, whatever forms they come in: sources that agree add up. What speaks
for an option is where it stands and what the others say.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple, TypeGuard

from newsextract.normalization.address_dates import (
    addresses_of,
    days_in_address,
    months_in_address,
)
from newsextract.normalization.choice import kind_of
from newsextract.normalization.dates import Locale, read_date, read_relative
from newsextract.records import Candidate

__all__ = [
    "SAID_PUBLISHED", "DateOption", "Reading", "date_options", "is_plausible", "neighbours",
    "offset_between",
]  # fmt: skip

# The web's first pages are of August 1991.
_FIRST_YEAR = 1991
_MOST_READ, _MOST_READINGS, _MOST_RELATIVE, _MOST_CLOCKS = 80, 160, 3, 12
_A_DAY = dt.timedelta(days=1)
_FARTHEST_ZONE = dt.timedelta(hours=14)
# All but three of the world's zones are whole or half hours from UTC.
_ZONE_STEP = 30 * 60
_ELSEWHERE = frozenset(
    ("place:above", "place:story", "place:end", "place:below", "in comments", "in related",
     "in sidebar")
)  # fmt: skip
SAID_PUBLISHED = frozenset(
    ("jsonld.datePublished", "meta:article:published_time", "microdata:datePublished")
)
_SAID_CHANGED = frozenset(
    ("jsonld.dateModified changed", "meta:article:modified_time changed",
     "microdata:dateModified changed")
)  # fmt: skip
# Stated in UTC by many pages that show the time of their own place.
_CLOCKS = SAID_PUBLISHED | {"dom:time[datetime]"}


class Reading(NamedTuple):
    """A candidate and the moment that it says."""

    candidate: Candidate
    value: dt.date | dt.datetime

    @property
    def day(self) -> dt.date:
        """The day on the calendar of whoever wrote it."""
        return self.value.date() if isinstance(self.value, dt.datetime) else self.value

    @property
    def kind(self) -> str:
        """The kind of its source: `jsonld.datePublished`."""
        return kind_of(self.candidate.source)

    @property
    def family(self) -> str:
        """The kind of markup that it stands in."""
        return self.candidate.source.partition(":")[0]

    @property
    def is_of_the_story(self) -> bool:
        """Whether it stands where dates of a story stand."""
        return _ELSEWHERE.isdisjoint(self.candidate.evidence)

    def evidence(self) -> Iterator[str]:
        """Yield what speaks for or against it by itself."""
        kind = f"{self.kind} changed" if self.candidate.field == "date_modified" else self.kind
        yield kind
        for name in self.candidate.evidence:
            yield f"{kind} {name}"
        if isinstance(self.value, dt.datetime):
            yield "time of day"
            if self.value.utcoffset():
                yield f"{kind} on its own clock"


@dataclass(eq=False, slots=True)
class DateOption:
    """A day that may be that of the publication, and the readings that give it.

    `own` is what speaks for each reading by itself, `shared` what speaks for the day as a whole.
    """

    day: dt.date
    readings: list[Reading] = field(default_factory=list)
    own: list[set[str]] = field(default_factory=list)
    shared: set[str] = field(default_factory=set)

    @property
    def ways(self) -> set[frozenset[str]]:
        """What speaks for the day, way by way: readings that look alike count once."""
        return {frozenset(own | self.shared) for own in self.own}

    @property
    def is_change(self) -> bool:
        """Whether the page gives it as the day of a change, and as nothing else."""
        return all(reading.candidate.field == "date_modified" for reading in self.readings)

    def says(self, names: frozenset[str]) -> bool:
        """Tell whether any reading has any of this evidence."""
        return any(not own.isdisjoint(names) for own in self.own)


def date_options(
    candidates: Iterable[Candidate], locale: Locale, *, url: str, now: dt.datetime | None
) -> dict[dt.date, DateOption]:
    """Return the days that a page offers for its date, with what speaks for each."""
    candidates = list(candidates)
    addresses = addresses_of(candidates, url)
    readings = [*_readings(candidates, locale, now), *_in_addresses(addresses, now)]
    options: dict[dt.date, DateOption] = {}
    first_shown = True
    for reading in _as_changes([*_on_own_clock(readings[:_MOST_READINGS])]):
        day = reading.day
        option = options.get(day)
        if option is None:
            option = options[day] = DateOption(day)
        option.readings.append(reading)
        own = set(reading.evidence())
        if (
            first_shown
            and reading.candidate.field == "date"
            and "near" in reading.candidate.evidence
        ):
            own.add("first shown")
            first_shown = False
        option.own.append(own)
    _compare(options)
    _look_at_addresses(options, addresses)
    return options


def _readings(
    candidates: Iterable[Candidate], locale: Locale, now: dt.datetime | None
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
        if value is not None and is_plausible(value, now):
            found = True
            yield Reading(candidate, value)
    if not found and now is not None:
        for candidate in relative[:_MOST_RELATIVE]:
            value = read_relative(candidate.value, locale, now)
            if value is not None and is_plausible(value, now):
                yield Reading(candidate, value)


def _in_addresses(addresses: Iterable[str], now: dt.datetime | None) -> Iterator[Reading]:
    for address in addresses:
        for written, day in days_in_address(address):
            if is_plausible(day, now):
                candidate = Candidate(field="date", value=written, source="url:path", score=0.4)
                yield Reading(candidate, day)


def is_plausible(value: dt.date | dt.datetime, now: dt.datetime | None) -> bool:
    """Tell whether a page can be of this day: after the web began, not in the future."""
    if value.year < _FIRST_YEAR:
        return False
    if now is None:
        return True
    day = value.date() if isinstance(value, dt.datetime) else value
    return day <= now.date() + _A_DAY


def _as_changes(readings: Sequence[Reading]) -> Iterator[Reading]:
    """Yield the readings; what a page shows of the day of its change as a change.

    Templates mark the time of the last change like that of the publication, which they state as
    well: such a time is the very moment of the stated change.
    """
    changes = [r.value for r in readings if r.candidate.field == "date_modified"]
    published = {r.day for r in readings if changes and r.kind in SAID_PUBLISHED}
    days = {
        reading.day
        for reading in readings
        if published
        and reading.day not in published
        and reading.kind == "dom:time[datetime]"
        and any(_is_same_moment(reading.value, change) for change in changes)
    }
    for reading in readings:
        if days and reading.day in days and reading.family == "dom":
            candidate = replace(reading.candidate, field="date_modified")
            yield Reading(candidate, reading.value)
        else:
            yield reading


def _is_same_moment(value: dt.date | dt.datetime, change: dt.date | dt.datetime) -> bool:
    """Tell whether two times are the same to the second, on clocks that whole half hours part."""
    if not (isinstance(value, dt.datetime) and isinstance(change, dt.datetime)):
        return False
    if not (value.second or value.minute % 30):
        return False
    distance = value.replace(tzinfo=None) - change.replace(tzinfo=None)
    seconds = distance.total_seconds() % _ZONE_STEP
    return abs(distance) <= _FARTHEST_ZONE and min(seconds, _ZONE_STEP - seconds) <= 1


def _on_own_clock(readings: list[Reading]) -> Iterator[Reading]:
    """Turn times in UTC into those of the site, where it also shows the same moment on its clock.

    An evening there may be the next day in UTC, or the other way round.
    """
    local = [
        reading
        for reading in readings
        if isinstance(reading.value, dt.datetime)
        and not _is_utc(reading.value)
        and reading.is_of_the_story
    ][:_MOST_CLOCKS]
    for reading in readings:
        yield _turned(reading, local) if local and _is_utc(reading.value) else reading


def _turned(utc: Reading, local: list[Reading]) -> Reading:
    for reading in local:
        offset = offset_between(utc.value, reading.value)
        if offset and reading.day != utc.day and isinstance(utc.value, dt.datetime):
            return Reading(utc.candidate, utc.value.astimezone(dt.timezone(offset)))
    return utc


def _is_utc(value: dt.date | dt.datetime) -> TypeGuard[dt.datetime]:
    """Tell whether this is a point in time on the clock of computers, not of the site."""
    return isinstance(value, dt.datetime) and value.utcoffset() == dt.timedelta(0)


def offset_between(utc: dt.date | dt.datetime, local: dt.date | dt.datetime) -> dt.timedelta | None:
    """Return the offset of a clock that shows the same moment as one of UTC, if it can be."""
    if not (_is_utc(utc) and isinstance(local, dt.datetime)):
        return None
    distance = local.replace(tzinfo=None) - utc.replace(tzinfo=None)
    # To the minute: many pages show no seconds.
    steps = round(distance.total_seconds() / _ZONE_STEP)
    if abs(distance.total_seconds() - steps * _ZONE_STEP) >= 60 or abs(distance) > _FARTHEST_ZONE:
        return None
    offset = dt.timedelta(seconds=steps * _ZONE_STEP)
    return offset if local.utcoffset() in (None, offset) else None


def _compare(options: Mapping[dt.date, DateOption]) -> None:
    """Note how many sources agree on each option, and how it stands to the others."""
    published = {day for day, option in options.items() if option.says(SAID_PUBLISHED)}
    families = {day: {r.family for r in option.readings} for day, option in options.items()}
    stated = [day for day in options if families[day] != {"dom"}]
    for day, option in options.items():
        option.shared.add(f"families: {min(len(families[day]), 4)}")
        option.shared.update(_beside_published(option, published))
        if len(options) == 1:
            option.shared.add("only day")
        if len(stated) > 1 and families[day] != {"dom"}:
            if day == max(stated):
                option.shared.add("latest stated")
            if day == min(stated):
                option.shared.add("earliest stated")
        for other in neighbours(option, options):
            option.shared.update(_hours_from(other, day))


def _beside_published(option: DateOption, published: Collection[dt.date]) -> Iterator[str]:
    if option.day in published:
        if len(published) > 1:
            yield "one of several stated"
        return
    if published:
        yield "another is stated"
    if option.says(_SAID_CHANGED):
        yield "stated as changed"
        if published:
            yield "stated as changed, another is stated"


def neighbours(option: DateOption, options: Mapping[dt.date, DateOption]) -> list[DateOption]:
    """Return the options of the day before and the day after."""
    days = (option.day - _A_DAY, option.day + _A_DAY)
    return [options[day] for day in days if day in options]


def _hours_from(other: DateOption, day: dt.date) -> Iterator[str]:
    """Yield how near to a day another's times in UTC are: an evening may be the next day there."""
    for reading in other.readings:
        if reading.kind in _CLOCKS and _is_utc(reading.value):
            hour = reading.value.hour
            hours = hour + 1 if day < other.day else 24 - hour
            if dt.timedelta(hours=hours) <= _FARTHEST_ZONE:
                yield f"{(hours + 2) // 3 * 3} hours from UTC"


def _look_at_addresses(options: Mapping[dt.date, DateOption], addresses: Iterable[str]) -> None:
    months = {month for address in addresses for month in months_in_address(address)}
    for day, option in options.items():
        if (day.year, day.month) in months:
            option.shared.add("month in address")
        elif months:
            option.shared.add("not the month in address")
