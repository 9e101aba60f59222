"""When something was published, and whether that is too long ago."""

import datetime as dt
import functools
import re
from email.utils import parsedate_to_datetime

from newsextract.errors import InvalidOption
from newsextract.normalization.dates import Locale, read_date
from newsextract.records import Moment

__all__ = ["Since", "beginning_of", "is_before", "moment_from"]

Since = dt.date | dt.timedelta

# A day, or a time without its zone, may be meant for the zone in which it ends last.
_LAST_ZONE = dt.timedelta(hours=12)
_NOWHERE = Locale()
# "mar., 7 mai" is a Tuesday and not in March.
_DAY_OF_WEEK = re.compile(r"[^\W\d]+\.?,\s*(?=\d)")


@functools.lru_cache(maxsize=1_024)
def moment_from(text: str) -> Moment | None:
    """Read the date of a feed or sitemap (RFC 5322, 3.3, RFC 3339 or anything like these)."""
    text = " ".join(text.split())[:160]
    moment = _from_mail(text) or read_date(_DAY_OF_WEEK.sub("", text), _NOWHERE)
    # What programs write that know no date.
    return None if moment is not None and moment.timetuple()[:3] == (1970, 1, 1) else moment


def _from_mail(text: str) -> dt.datetime | None:
    # A day of the week or of the month stands first in dates of mail, the year in the others.
    if text[:4].isdecimal():
        return None
    try:
        return parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None


def beginning_of(since: Since | None, now: dt.datetime) -> dt.datetime | None:
    """Return the point in time from which on something is wanted.

    Raises `InvalidOption` for what reaches back further than dates do.
    """
    try:
        if isinstance(since, dt.timedelta):
            return now - since
        if isinstance(since, dt.datetime):
            return since if since.tzinfo else since.replace(tzinfo=dt.UTC)
    except OverflowError as error:
        raise InvalidOption(f"since={since!r} reaches back too far.", detail=str(error)) from error
    return None if since is None else dt.datetime.combine(since, dt.time(), dt.UTC)


def is_before(date: Moment | None, beginning: dt.datetime | None) -> bool:
    """Tell whether a date is certainly before a point in time; one that is not known is not."""
    if date is None or beginning is None:
        return False
    try:
        return _latest(date) < beginning
    except OverflowError:
        return False


def _latest(date: Moment) -> dt.datetime:
    if not isinstance(date, dt.datetime):
        end = dt.datetime.combine(date, dt.time.max, dt.UTC)
        return end + _LAST_ZONE
    return date if date.tzinfo else date.replace(tzinfo=dt.UTC) + _LAST_ZONE
