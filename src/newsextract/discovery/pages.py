"""What an HTML page leads to: its feeds, and the articles that it links to."""

import re
from collections.abc import Iterator
from dataclasses import replace

from newsextract.discovery.addresses import (
    address_from,
    comparison_key,
    is_of_site,
    looks_like_article,
    reads_as_headline,
)
from newsextract.extraction.dom import Tree, parse
from newsextract.extraction.encoding import decode
from newsextract.extraction.preflight import within_limits
from newsextract.extraction.text import clean_line
from newsextract.records import FoundAddress, Page

__all__ = ["FrontPage"]

_FEED_TYPES = frozenset(
    ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
)
# Labels of other things too: WordPress names the interface for its programs so.
_LOOSE_TYPES = frozenset(("application/json", "application/xml", "text/xml"))
_FEED_NAME = re.compile(r"feed|rss|atom", re.IGNORECASE)
_COMMENTS = re.compile(r"comments?(?:[/._-]|$)", re.IGNORECASE)
_LONGEST_TITLE = 500


class FrontPage:
    """A page of a site that leads to others; raises `TooComplex` for one that cannot be read."""

    def __init__(self, page: Page) -> None:
        self._own = page.final_url or page.url or ""
        decoded = decode(page.body, page.headers.get("content-type"))
        self._tree: Tree = parse(within_limits(decoded.source).source)
        self._base = self._own
        base = self._tree.css_first("base[href]")
        if base is not None:
            self._base = address_from(base.attributes.get("href") or "", self._own) or self._own

    def feeds(self) -> list[str]:
        """Return the addresses of the feeds that the page names, but for those of comments.

        https://blog.whatwg.org/feed-autodiscovery
        """
        return list(dict.fromkeys(self._feeds()))

    def _feeds(self) -> Iterator[str]:
        for link in self._tree.css("link[rel][href], a[rel][href]"):
            values = link.attributes
            relations = (values.get("rel") or "").lower().split()
            address = address_from(values.get("href") or "", self._base)
            if address is None or not {"alternate", "feed"} & set(relations):
                continue
            media_type = (values.get("type") or "").partition(";")[0].strip().lower()
            is_named = bool(_FEED_NAME.search(address)) and media_type in _LOOSE_TYPES
            is_feed = "feed" in relations or media_type in _FEED_TYPES or is_named
            if is_feed and not _COMMENTS.search(address):
                yield address

    def articles(self) -> Iterator[FoundAddress]:
        """Yield the links of the same site that look like articles, in order, each once."""
        menus = {node.mem_id for node in self._tree.css("nav a[href], footer a[href]")}
        found: dict[str, FoundAddress] = {}
        for link in self._tree.css("a[href]"):
            address = address_from(link.attributes.get("href") or "", self._base)
            if link.mem_id in menus or not (address and is_of_site(address, self._own)):
                continue
            words = clean_line(link.text(deep=True)[: 4 * _LONGEST_TITLE])[:_LONGEST_TITLE]
            if not looks_like_article(address, words):
                continue
            key = comparison_key(address)
            known = found.setdefault(
                key, FoundAddress(url=address, source="front-page", found_in=self._own)
            )
            # A picture and "Read more" lead to the same article as its title does.
            if len(words) > len(known.title or "") and reads_as_headline(words):
                found[key] = replace(known, title=words)
        yield from found.values()
