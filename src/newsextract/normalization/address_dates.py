"""Days in the addresses of a page: that it came from, and those that it calls its own."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from newsextract.normalization.dates import Locale, read_date
from newsextract.normalization.months import month_named
from newsextract.records import Candidate

__all__ = ["addresses_of", "days_in_address", "months_in_address"]

_MOST_OWN = 4
# 2024/05/03, 2024-05-03, 20240503
_YEAR_FIRST = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?P<between>[/_.-]?)([01]\d)(?P=between)([0-3]\d)(?!\d)"
)
# 23-05-2024, where the first can be no month.
_YEAR_LAST = re.compile(
    r"(?<!\d)(1[3-9]|2\d|3[01])(?P<between>[_.-])([01]?\d)(?P=between)((?:19|20)\d\d)(?!\d)"
)
# /2024/05/, /2024/may/ and /2024/may/3
_FOLDERS = re.compile(r"/((?:19|20)\d\d)/(?:([01]?\d)|([a-zA-Z]{3,9}))(?=/)(?:/([0-3]?\d)(?!\d))?")
_ANYWHERE = Locale()


def addresses_of(candidates: Iterable[Candidate], url: str) -> tuple[str, ...]:
    """Return the address that a page came from, if it is known, and those that it calls its own."""
    own = [candidate.value for candidate in candidates if candidate.field == "canonical_url"]
    return tuple(dict.fromkeys([*filter(None, [url]), *own[:_MOST_OWN]]))


def days_in_address(address: str) -> Iterator[tuple[str, dt.date]]:
    """Yield the days in an address, each with how it is written there."""
    found = [(match[0], (match[1], match[3], match[4])) for match in _YEAR_FIRST.finditer(address)]
    found += [(match[0], (match[4], match[3], match[1])) for match in _YEAR_LAST.finditer(address)]
    for match in _FOLDERS.finditer(address):
        if match[3] and match[4] and (month := month_named(match[3], "en")):
            found.append((match[0], (match[1], str(month), match[4])))
    for written, parts in found:
        value = read_date("-".join(parts), _ANYWHERE)
        if value is not None:
            yield written, value


def months_in_address(address: str) -> Iterator[tuple[int, int]]:
    """Yield year and month of an address such as `…/2024/05/ferry-slip`."""
    for match in _FOLDERS.finditer(address):
        if month := int(match[2]) if match[2] else month_named(match[3], "en"):
            yield int(match[1]), month
