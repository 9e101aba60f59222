"""Which failures are worth another try, and how long to wait before it."""

import datetime as dt
import email.utils
import logging
import re

from newsextract.errors import (
    BotChallenge,
    ConnectionFailed,
    HttpStatusError,
    TimedOut,
    TruncatedBody,
)
from newsextract.fetching.statuses import RETRIED

__all__ = ["RetryBudget", "is_worth_a_retry", "seconds_until"]

_SECONDS = re.compile(r"[0-9]{1,18}")

# stamina announces each retry as a warning of its logger, and Python prints warnings of loggers
# that nobody set up; an application that sets up logging still gets them.
logging.getLogger("stamina").addHandler(logging.NullHandler())


# An origin may have so many retries at once, and one more for so many pages asked for.
_RETRIES_AT_ONCE, _PAGES_PER_RETRY = 20, 5
_REMEMBERED = 10_000


class RetryBudget:
    """How many more retries each origin is good for, so that a site that is down has few.

    Pages earn retries, retries spend them.
    """

    def __init__(self) -> None:
        self._left: dict[str, float] = {}

    def earn(self, origin: str) -> None:
        """Count a page that is asked for."""
        left = self._left.pop(origin, float(_RETRIES_AT_ONCE)) + 1 / _PAGES_PER_RETRY
        if len(self._left) >= _REMEMBERED:
            del self._left[next(iter(self._left))]
        self._left[origin] = min(left, float(_RETRIES_AT_ONCE))

    def take(self, origin: str) -> bool:
        """Spend a retry; tell whether there was one left."""
        left = self._left.get(origin, float(_RETRIES_AT_ONCE))
        if left < 1:
            return False
        self._left[origin] = left - 1
        return True


def is_worth_a_retry(error: BaseException, status: int | None) -> bool:
    """Tell whether the same request may succeed a little later."""
    if isinstance(error, HttpStatusError):
        # A bot check that is asked again only becomes stricter.
        return status in RETRIED and not isinstance(error, BotChallenge)
    return isinstance(error, ConnectionFailed | TimedOut | TruncatedBody)


def seconds_until(retry_after: str, now: dt.datetime) -> float | None:
    """Return the wait that a `Retry-After` header asks for (RFC 9110, 10.2.3).

    `None` for what is neither a number of seconds nor a date, and for a date in the past.
    """
    retry_after = retry_after.strip()
    if _SECONDS.fullmatch(retry_after):
        return float(retry_after)
    try:
        moment = email.utils.parsedate_to_datetime(retry_after)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)
    wait = (moment - now).total_seconds()
    return wait if wait >= 0 else None
