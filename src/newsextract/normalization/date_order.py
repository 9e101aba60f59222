"""Whether a page means April or March by 03/04/2024, as far as the rest of it tells."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TypeAlias

from newsextract.normalization.address_dates import days_in_address
from newsextract.normalization.date_options import is_plausible
from newsextract.normalization.dates import Locale, days_by_order, read_date
from newsextract.records import Candidate

__all__ = ["month_leads"]

_MOST_READ = 80
_A_DAY = dt.timedelta(days=1)

# What the same digits are with the day first, and with the month first.
_Orders: TypeAlias = tuple[dt.date | None, dt.date | None]


def month_leads(
    candidates: Iterable[Candidate],
    locale: Locale,
    *,
    addresses: Iterable[str],
    now: dt.datetime | None,
) -> bool | None:
    """Tell whether a page writes the month before the day; nothing where the page does not show it.

    A date in digits is held against the days that are certain: in addresses of the page, and stated
    in other forms, that of the last change among them. Where English is written both orders are in
    use, and one date that can be read only one way tells that of all.
    """
    dated = [each for each in candidates if each.field in ("date", "date_modified")][:_MOST_READ]
    texts = {each.value for each in dated}
    written = [orders for text in texts if (orders := days_by_order(text)) is not None]
    if not any(None not in orders for orders in written):
        return None
    certain = {day for address in addresses for _, day in days_in_address(address)}
    certain.update(_stated(dated, locale))
    for votes in (set(_by_days(written, certain, now)), set(_by_form(written, locale))):
        if len(votes) == 1:
            return votes.pop()
    return None


def _stated(dated: Iterable[Candidate], locale: Locale) -> Iterator[dt.date]:
    # Most pages state one date many times over.
    texts = {
        candidate.value
        for candidate in dated
        if not candidate.source.startswith("dom:") or candidate.source.endswith("[datetime]")
    }
    for text in texts:
        if days_by_order(text) is None:
            value = read_date(text, locale)
            if value is not None:
                yield value.date() if isinstance(value, dt.datetime) else value


def _by_days(
    written: Iterable[_Orders], certain: Collection[dt.date], now: dt.datetime | None
) -> Iterator[bool]:
    """Yield an order for each date that is near a certain day, or possible, in that order alone."""
    for day_first, month_first in written:
        if day_first is None or month_first is None or day_first == month_first:
            continue
        near = [_is_near(day, certain) for day in (day_first, month_first)]
        possible = [is_plausible(day, now) for day in (day_first, month_first)]
        for fits in (near, possible):
            if fits[0] != fits[1]:
                yield fits[1]
                break


def _is_near(day: dt.date, certain: Collection[dt.date]) -> bool:
    # A day in UTC may be the one before or after that of the site.
    return any(abs(day - other) <= _A_DAY for other in certain)


def _by_form(written: Sequence[_Orders], locale: Locale) -> Iterator[bool]:
    if locale.language in (None, "en"):
        for day_first, month_first in written:
            if (day_first is None) != (month_first is None):
                yield day_first is None
