"""An address of a site, feed or sitemap in, the addresses of its articles out."""

import contextlib
import datetime as dt
import functools
from collections.abc import Iterator
from pathlib import Path

from newsextract.discovery.addresses import comparison_key, short_key
from newsextract.discovery.dates import Since, beginning_of, is_before
from newsextract.discovery.search import Search
from newsextract.discovery.seen import SeenAddresses
from newsextract.errors import Failure, InvalidOption
from newsextract.fetching import Fetcher
from newsextract.fetching.addresses import checked_address
from newsextract.options import Options
from newsextract.records import FoundAddress

__all__ = ["discover"]


def discover(
    url: str,
    *,
    since: Since | None = None,
    limit: int | None = None,
    options: Options | None = None,
    seen: str | Path | None = None,
) -> Iterator[FoundAddress | Failure]:
    """Yield the addresses of articles that a site, a feed or a sitemap names, each once.

    `url` is that of a feed (RSS, Atom, JSON Feed) or a sitemap, or of a page of a site: then the
    feeds that the page names are read, the sitemaps that robots.txt names or that lie where they
    usually do, and, where all that gives nothing, the links of the page itself. Nothing is fetched
    before it is needed, robots.txt is obeyed, and `Options` say how and how fast; a sitemap may
    have 50 MB, and at most 500 of them are read, those of news and the newest first.

    `since`, a day, a point in time (UTC where it has no zone) or how long ago, leaves out what is
    certainly older; addresses without a date are given. After `limit` addresses it ends. `seen` is
    a SQLite file, made where there is none: addresses in it are left out, and each that is given is
    added once the next one is asked for.

    What cannot be read, or not all of it, is a `Failure` among the addresses, and the search goes
    on; a `NothingFound` comes last where there are no addresses at all, wanted or not.

    Raises `InvalidUrl` and `InvalidOption` at once, `UnreadableFile` from the iterator where `seen`
    cannot be used.
    """
    checked_address(url)
    beginning = beginning_of(since, dt.datetime.now(dt.UTC))
    if limit is not None and limit < 1:
        raise InvalidOption(f"limit is {limit!r}; it has to be 1 or more.")
    return _found(url, beginning, limit, options or Options(), seen)


def _found(
    url: str,
    beginning: dt.datetime | None,
    limit: int | None,
    options: Options,
    file: str | Path | None,
) -> Iterator[FoundAddress | Failure]:
    given: set[bytes] = set()
    number = 0
    with contextlib.ExitStack() as open_until_done:
        seen = open_until_done.enter_context(SeenAddresses(file)) if file is not None else None
        fetcher = open_until_done.enter_context(Fetcher(options))
        search = Search(
            functools.partial(fetcher.fetch, as_robot=True, accept="list"),
            fetcher.sitemaps,
            max_bytes=options.max_bytes,
            beginning=beginning,
        )
        for outcome in search.outcomes(url):
            if isinstance(outcome, Failure):
                yield outcome
                continue
            key = comparison_key(outcome.url)
            short = short_key(key)
            if short in given:
                continue
            given.add(short)
            if is_before(outcome.date, beginning) or (seen is not None and key in seen):
                continue
            yield outcome
            if seen is not None:
                seen.add(key, outcome.url)
            number += 1
            if number == limit:
                return
