"""Which sitemap to read next, within limits: those of news first, then the newest."""

import datetime as dt
import heapq
import re
from dataclasses import dataclass, field

from newsextract.discovery.addresses import comparison_key, short_key
from newsextract.records import Moment

__all__ = ["MOST_SITEMAPS", "SitemapQueue", "Waiting"]

MOST_SITEMAPS = 500
_MOST_WAITING = 50_000
_NEWS = re.compile(r"news", re.IGNORECASE)
# Of what is no article, as the programs of many sites name them; read last.
_OTHERS = re.compile(
    r"(?:image|video|tag|categor|author|user|taxonom|page|topic|section)[^/]*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, order=True)
class Waiting:
    """A sitemap to read; `depth` is how many indexes lead to it."""

    rank: tuple[int, float, int]
    url: str = field(compare=False)
    depth: int = field(compare=False)


class SitemapQueue:
    """Hands out each sitemap once, at most `MOST_SITEMAPS` of them; counts what is left out."""

    def __init__(self) -> None:
        self._waiting: list[Waiting] = []
        self._known: set[bytes] = set()
        self._number = 0
        self.taken = 0
        self._left_out = 0

    @property
    def left_out(self) -> int:
        """How many sitemaps were named and will not be read, since they are too many."""
        return self._left_out + (len(self._waiting) if self.taken >= MOST_SITEMAPS else 0)

    def is_known(self, url: str) -> bool:
        """Tell whether a list was read, or waits for it."""
        return short_key(comparison_key(url)) in self._known

    def know(self, url: str) -> None:
        """Note that a list was read."""
        self._known.add(short_key(comparison_key(url)))

    def push(self, url: str, changed: Moment | None, depth: int) -> None:
        """Let a sitemap wait, unless it was named before; `changed` is its `lastmod`."""
        if self.is_known(url):
            return
        if len(self._waiting) >= _MOST_WAITING:
            self._left_out += 1
        else:
            self.know(url)
            self._number += 1
            # Among those without a date, in the order of the index.
            rank = (_group(url), -_seconds(changed), self._number)
            heapq.heappush(self._waiting, Waiting(rank, url, depth))

    def pop(self) -> Waiting | None:
        """Return the sitemap to read now, None where there are no more or enough were read."""
        if not self._waiting or self.taken >= MOST_SITEMAPS:
            return None
        self.taken += 1
        return heapq.heappop(self._waiting)


def _group(url: str) -> int:
    name = url.rpartition("/")[2]
    return 0 if _NEWS.search(name) else 2 if _OTHERS.search(name) else 1


def _seconds(moment: Moment | None) -> float:
    if moment is None:
        return 0.0
    day = dt.datetime(moment.year, moment.month, moment.day, tzinfo=dt.UTC)
    if isinstance(moment, dt.datetime):
        day = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    return (day - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)).total_seconds()
