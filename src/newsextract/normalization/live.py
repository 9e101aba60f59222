"""Entries of a live page and corrections, with their times.

Where an entry shows a time of day alone, its day is counted from the page's own dates, with a day
more at each midnight between two entries. Where the newest entry comes first it is of the day of
the page's last change, since such pages run on and let go of old entries; else the oldest is of
the day on which the page was published. A time takes the offset that the entry or the page's date
states; the clocks of a page that states its date in UTC are mostly local, so they have none.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

from newsextract.extraction.text import clean_line
from newsextract.normalization.author_choice import choose_bylines
from newsextract.normalization.dates import Locale, read_date
from newsextract.records import (
    Candidate,
    Correction,
    FoundCorrection,
    FoundEntry,
    LiveEntry,
    Moment,
)

__all__ = ["read_corrections", "read_entries"]

# A time of day so many hours against the order of the entries is a midnight; less is disorder.
_AGAINST, _DAY = dt.timedelta(hours=3), dt.timedelta(days=1)
# Dates in words are slow to read.
_MOST_READ, _MOST_IN_WORDS = 160, 300
_SOME_DAY = dt.date(2000, 1, 1)


def read_corrections(found: Iterable[FoundCorrection], locale: Locale) -> tuple[Correction, ...]:
    """Return the corrections of a page with the dates that they state."""
    return tuple(
        Correction(text=clean_line(each.text), date=read_date(each.date[-_MOST_READ:], locale))
        for each in found
    )


def read_entries(
    found: Sequence[FoundEntry],
    locale: Locale,
    site_names: Sequence[str],
    published: Moment | None,
    modified: Moment | None,
) -> tuple[LiveEntry, ...]:
    """Return the entries of a live page in its order, each with its point in time."""
    times = _times([entry.time for entry in found], locale, published, modified)
    return tuple(
        LiveEntry(
            time=time,
            title=clean_line(entry.title) if entry.title else None,
            authors=_authors(entry, site_names),
            body=entry.body,
        )
        for entry, time in zip(found, times, strict=True)
    )


def _authors(entry: FoundEntry, site_names: Sequence[str]) -> tuple[str, ...]:
    """Return the people among the names that an entry gives for its writers."""
    stated = [
        Candidate(field="authors", value=name, source="jsonld:LiveBlogPosting.author", score=0.9)
        for name in entry.authors
    ]
    people, _ = choose_bylines(stated, site_names)
    return tuple([person.text for person in people])


def _times(
    texts: Sequence[str], locale: Locale, published: Moment | None, modified: Moment | None
) -> list[Moment | None]:
    times: list[Moment | None] = []
    clocks: dict[int, dt.datetime] = {}
    in_words = 0
    for at, text in enumerate(texts):
        if text[:4].isdigit():
            told = read_date(text, locale)
        else:
            in_words += 1
            told = read_date(text, locale) if in_words <= _MOST_IN_WORDS else None
        times.append(told)
        if told is None and text:
            clock = read_date(f"{_SOME_DAY:%Y/%m/%d} {text}", locale)
            if isinstance(clock, dt.datetime):
                clocks[at] = clock
    if not clocks:
        return times
    if not any(times):
        days = _counted_days(list(clocks.values()), published, modified)
    else:
        days = _days_beside(times, clocks)
    offset = _stated_offset(published)
    for (at, clock), day in zip(clocks.items(), days, strict=True):
        if day is not None:
            times[at] = dt.datetime.combine(day, clock.time(), clock.tzinfo or offset)
    return times


def _counted_days(
    clocks: Sequence[dt.datetime], published: Moment | None, modified: Moment | None
) -> list[dt.date | None]:
    """Return the day of each time of day, counted from the page's own dates."""
    naive = [clock.replace(tzinfo=None) for clock in clocks]
    steps = [other - one for one, other in pairwise(naive)]
    # The shorter way round the clock tells which of two comes first.
    is_earlier = [dt.timedelta() < (-step) % _DAY < _DAY / 2 for step in steps]
    is_newest_first = 2 * sum(is_earlier) > len(steps)
    midnights = [0]
    for step in steps:
        against = step if is_newest_first else -step
        midnights.append(midnights[-1] + (against >= _AGAINST))
    passed = midnights[-1]
    first, last = _day_of(published), _day_of(modified)
    if last is not None and (is_newest_first or first is None):
        first = last - dt.timedelta(passed)
    if first is None:
        return [None] * len(clocks)
    return [
        first + dt.timedelta(passed - count if is_newest_first else count) for count in midnights
    ]


def _days_beside(times: Sequence[Moment | None], clocks: Collection[int]) -> list[dt.date | None]:
    """Return for each time of day the day of the entry before, or else behind, that tells one."""
    day = next((_day_of(told) for told in times if told is not None), None)
    days = []
    for at, told in enumerate(times):
        if told is not None:
            day = _day_of(told)
        elif at in clocks:
            days.append(day)
    return days


def _day_of(moment: Moment | None) -> dt.date | None:
    return moment.date() if isinstance(moment, dt.datetime) else moment


def _stated_offset(moment: Moment | None) -> dt.tzinfo | None:
    if isinstance(moment, dt.datetime) and moment.utcoffset():
        return moment.tzinfo
    return None
