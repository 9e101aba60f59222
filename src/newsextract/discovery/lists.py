"""A feed or sitemap that was fetched, as the addresses in it and what is wrong with it."""

from collections.abc import Iterator
from dataclasses import dataclass

from newsextract.discovery.addresses import address_from, may_be_article
from newsextract.discovery.dates import moment_from
from newsextract.discovery.feeds import Entry, read_feed, read_json_feed
from newsextract.discovery.markup import kind_of, text_of
from newsextract.discovery.sitemaps import Listed, read_sitemap, read_text_sitemap
from newsextract.errors import Failure, TooLarge, UnreadableList
from newsextract.extraction.text import clean_line
from newsextract.records import FoundAddress, FoundIn, Moment, Page

__all__ = ["NamedSitemap", "PageOrList", "about"]

_FEEDS = frozenset(("rss", "rdf", "feed", "channel", "json"))
_SITEMAPS = frozenset(("urlset", "sitemapindex", "text"))
_SOURCES: dict[str, FoundIn] = {"rss": "rss", "atom": "atom"}
_LONGEST_TITLE = 500


@dataclass(frozen=True, slots=True)
class NamedSitemap:
    """A sitemap that an index names, and when it says that it changed last."""

    url: str
    changed: Moment | None


class PageOrList:
    """What came from an address: a feed, a sitemap, or a page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.url = page.final_url or page.url or ""
        self._text = text_of(page)
        self._kind = kind_of(self._text)

    @property
    def is_feed(self) -> bool:
        """Whether it is a feed of any kind."""
        return self._kind in _FEEDS

    @property
    def is_sitemap(self) -> bool:
        """Whether it is a sitemap or an index of them."""
        return self._kind in _SITEMAPS

    def check_size(self, max_bytes: int) -> None:
        """Raise `TooLarge` for a page or feed over the limit; sitemaps have one of their own."""
        if not self.is_sitemap and len(self.page.body) > max_bytes:
            raise TooLarge(
                f"{self.url} is larger than the limit of {max_bytes:,} bytes; raise max_bytes if "
                "it is a page you trust.",
                url=self.url,
                detail=f"{len(self.page.body)} bytes",
            )

    def entries(self) -> Iterator[FoundAddress | Failure]:
        """Yield the articles of a feed, and what kept some from being read."""
        source: FoundIn = "jsonfeed"
        if self._kind == "json":
            entries = read_json_feed(self._text)
        else:
            name, entries = read_feed(self._text, self.url)
            source = _SOURCES[name]
        unusable = 0
        for entry in entries:
            if isinstance(entry, str):
                yield about(self.url, entry)
            elif (address := address_from(entry.address, self.url)) is not None:
                yield self._found(entry, address, source)
            else:
                unusable += 1
        if unusable:
            yield about(self.url, _without_address(unusable))

    def _found(self, entry: Entry, address: str, source: FoundIn) -> FoundAddress:
        return FoundAddress(
            url=address,
            title=entry.title or None,
            date=moment_from(entry.date),
            source=source,
            found_in=self.url,
        )

    def rows(self) -> Iterator[FoundAddress | NamedSitemap | Failure]:
        """Yield the articles and further sitemaps of a sitemap, and what kept some from it."""
        read = read_text_sitemap if self._kind == "text" else read_sitemap
        unusable = 0
        for row in read(self._text):
            if isinstance(row, str):
                yield about(self.url, row)
                continue
            address = address_from(row.loc, self.url)
            if address is None:
                unusable += 1
            elif row.is_sitemap:
                yield NamedSitemap(address, moment_from(row.lastmod))
            elif row.is_news or may_be_article(address):
                yield self._listed(row, address)
        if unusable:
            yield about(self.url, _without_address(unusable))

    def _listed(self, row: Listed, address: str) -> FoundAddress:
        return FoundAddress(
            url=address,
            title=clean_line(row.title)[:_LONGEST_TITLE] or None,
            date=moment_from(row.published) or moment_from(row.lastmod),
            source="news-sitemap" if row.is_news else "sitemap",
            found_in=self.url,
        )


def about(url: str, problem: str) -> Failure:
    """Return the failure of a feed or sitemap that could not be read, or not all of it."""
    return UnreadableList(
        f"{url} was not read, or not all of it: {problem.rstrip('.')}.", url=url, detail=problem
    ).failure


def _without_address(number: int) -> str:
    return f"{number:,} of its entries have no address that can be used"
