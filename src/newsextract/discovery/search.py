"""Where a site names its articles: feeds, then sitemaps, then its front page."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias
from urllib.parse import urljoin

from newsextract.discovery.addresses import address_from
from newsextract.discovery.dates import is_before
from newsextract.discovery.lists import NamedSitemap, PageOrList, about
from newsextract.discovery.pages import FrontPage
from newsextract.discovery.queue import SitemapQueue
from newsextract.errors import (
    ConnectionFailed,
    Failure,
    HttpStatusError,
    NewsextractError,
    NothingFound,
    PrivateAddress,
    RobotsDisallowed,
    TimedOut,
    TlsFailed,
    UnsupportedContent,
)
from newsextract.extraction.addresses import is_front_page
from newsextract.records import FoundAddress, Page

__all__ = ["Outcome", "Search"]

Outcome: TypeAlias = FoundAddress | Failure

_MOST_FEEDS = 50
_DEEPEST_INDEX = 3
# Where sitemaps lie that nobody names: both of the first are asked for, of the others one after the
# other until there is one; and feeds, where neither was found.
_USUAL_SITEMAPS = ("/news-sitemap.xml", "/sitemap.xml")
_OTHER_SITEMAPS = (
    "/sitemap_index.xml", "/wp-sitemap.xml", "/sitemap-news.xml", "/sitemap_news.xml",
    "/sitemap.xml.gz", "/sitemap.txt",
)  # fmt: skip
_USUAL_FEEDS = ("/feed", "/rss.xml", "/feed.xml", "/atom.xml", "/rss", "/feed.json")
# With these nothing else of the site will come either.
_UNREACHABLE = (ConnectionFailed, PrivateAddress, TimedOut, TlsFailed)


class Search:
    """One search; `fetch` gets pages and lists, `sitemaps_of` what robots.txt names.

    `max_bytes` bounds pages and feeds. Sitemaps that changed last before `beginning` are passed
    over.
    """

    def __init__(
        self,
        fetch: Callable[[str], Page],
        sitemaps_of: Callable[[str], Iterable[str]],
        *,
        max_bytes: int,
        beginning: dt.datetime | None,
    ) -> None:
        self._fetch = fetch
        self._sitemaps_of = sitemaps_of
        self._max_bytes = max_bytes
        self._beginning = beginning
        self._queue = SitemapQueue()
        self._found_something = False
        self._looked_at: list[str] = []
        self._asked = ""

    def outcomes(self, url: str) -> Iterator[Outcome]:
        """Yield the addresses that are found, as often as they are named, and what went wrong."""
        self._asked = url
        try:
            first = self._at(url)
        except NewsextractError as error:
            yield error.failure
            if isinstance(error, _UNREACHABLE) or not is_front_page(url):
                return
            if isinstance(error, RobotsDisallowed) and not self._sitemaps_of(url):
                # What nobody names is not allowed either, as far as one can tell.
                return
            yield from self._of_site(url, None)
        else:
            yield from self._of(first)
        if not self._found_something:
            yield NothingFound(
                f"{url} leads to no addresses of articles; name a feed, a sitemap or another page "
                "of the site if you know one.",
                url=url,
                detail="; ".join(self._looked_at) or None,
            ).failure

    def _at(self, url: str) -> PageOrList:
        self._queue.know(url)
        found = PageOrList(self._fetch(url))
        self._queue.know(found.url)
        found.check_size(self._max_bytes)
        return found

    def _of(self, first: PageOrList) -> Iterator[Outcome]:
        if first.is_sitemap:
            yield from self._of_sitemap(first, 1)
            yield from self._of_waiting()
        elif first.is_feed:
            yield from self._noted(first.entries())
        else:
            yield from self._of_site(first.url, first.page)

    def _noted(self, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
        for outcome in outcomes:
            self._found_something = self._found_something or isinstance(outcome, FoundAddress)
            yield outcome

    def _of_site(self, url: str, page: Page | None) -> Iterator[Outcome]:
        front: FrontPage | None = None
        if page is not None:
            try:
                front = FrontPage(page)
            except NewsextractError as error:
                yield about(url, error.failure.message)
        yield from self._of_feeds(front)
        yield from self._of_sitemaps(url)
        if not self._found_something:
            yield from self._at_usual_places(url, _USUAL_FEEDS, are_feeds=True)
        if not self._found_something and front is not None:
            yield from self._noted(front.articles())
            self._looked_at.append("no link looks like one to an article")

    def _of_feeds(self, front: FrontPage | None) -> Iterator[Outcome]:
        feeds = front.feeds() if front is not None else []
        if not feeds:
            self._looked_at.append("the page names no feed")
        if len(feeds) > _MOST_FEEDS:
            yield about(self._asked, f"it names {len(feeds):,} feeds; {_MOST_FEEDS} are read")
        for feed in feeds[:_MOST_FEEDS]:
            if self._queue.is_known(feed):
                continue
            try:
                found = self._at(feed)
            except NewsextractError as error:
                yield error.failure
                continue
            if found.is_feed:
                yield from self._noted(found.entries())
            else:
                yield about(feed, "it is no feed")

    def _of_sitemaps(self, url: str) -> Iterator[Outcome]:
        robots = urljoin(url, "/robots.txt")
        named = [address_from(text, robots) for text in self._sitemaps_of(url)]
        for address in filter(None, named):
            self._queue.push(address, None, 1)
        if not named:
            self._looked_at.append("robots.txt names no sitemap")
            yield from self._at_usual_places(url, _USUAL_SITEMAPS, all_of_them=True)
            if not self._queue.taken:
                yield from self._at_usual_places(url, _OTHER_SITEMAPS)
        yield from self._of_waiting()

    def _at_usual_places(
        self,
        url: str,
        places: Iterable[str],
        *,
        are_feeds: bool = False,
        all_of_them: bool = False,
    ) -> Iterator[Outcome]:
        """Try addresses that nobody has named; that there is nothing is no failure."""
        for place in places:
            address = urljoin(url, place)
            if self._queue.is_known(address):
                continue
            try:
                found = self._at(address)
            except NewsextractError as error:
                self._looked_at.append(f"{place}: {error.failure.detail or error.failure.kind}")
                if not _says_there_is_nothing(error):
                    yield error.failure
                continue
            if are_feeds and found.is_feed:
                yield from self._noted(found.entries())
            elif not are_feeds and found.is_sitemap:
                self._queue.taken += 1
                yield from self._of_sitemap(found, 1)
            else:
                self._looked_at.append(f"{place}: something else")
                continue
            if not all_of_them:
                return

    def _of_waiting(self) -> Iterator[Outcome]:
        while (next_one := self._queue.pop()) is not None:
            try:
                found = self._at(next_one.url)
            except NewsextractError as error:
                yield error.failure
                continue
            if found.is_sitemap:
                yield from self._of_sitemap(found, next_one.depth)
            elif found.is_feed:
                # The protocol allows feeds too: https://www.sitemaps.org/protocol.html#otherformats
                yield from self._noted(found.entries())
            else:
                yield about(next_one.url, "it is no sitemap")
        if self._queue.left_out:
            yield about(
                self._asked,
                f"{self._queue.left_out:,} sitemaps are named beyond the {self._queue.taken:,} "
                "that were read",
            )

    def _of_sitemap(self, found: PageOrList, depth: int) -> Iterator[Outcome]:
        too_deep = 0
        for row in found.rows():
            if not isinstance(row, NamedSitemap):
                yield from self._noted((row,))
            elif is_before(row.changed, self._beginning):
                # There is something, but nothing that is wanted.
                self._found_something = True
            elif depth > _DEEPEST_INDEX:
                too_deep += 1
            else:
                self._queue.push(row.url, row.changed, depth + 1)
        if too_deep:
            yield about(
                found.url,
                f"{too_deep:,} sitemaps lie deeper than {_DEEPEST_INDEX} indexes, one in the other",
            )


def _says_there_is_nothing(error: NewsextractError) -> bool:
    if isinstance(error, HttpStatusError):
        status = (error.failure.detail or "")[:3]
        return status.startswith("4") and status != "429"
    return isinstance(error, RobotsDisallowed | UnsupportedContent)
