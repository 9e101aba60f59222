"""The address of an article, and what is said of it where it was found."""

from dataclasses import dataclass
from typing import Literal

from newsextract.records.pieces import Moment

__all__ = ["FoundAddress", "FoundIn"]

# What named an address: the formats of feeds, of sitemaps, and a link on a page.
FoundIn = Literal["rss", "atom", "jsonfeed", "news-sitemap", "sitemap", "front-page"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundAddress:
    """The address of an article, as a feed, a sitemap or a front page names it, and what it says.

    `url` is whole and has no fragment. `title` is plain text on one line; of a front page, the
    words of the link. `date` is as `Article.date` is: when the article was published, or changed
    where only that is told, as in plain sitemaps. `found_in` is the address of the feed, sitemap or
    page, and `source` what that is. `version` is that of this record's schema.
    """

    type: Literal["address"] = "address"
    url: str
    title: str | None = None
    date: Moment | None = None
    source: FoundIn
    found_in: str
    version: str = "1"

    def to_dict(self) -> dict[str, object]:
        """Return the record as plain strings and None, ready for JSON."""
        from newsextract.serialization import to_dict

        return to_dict(self)

    def to_json(self) -> str:
        """Return the record as a JSON object on one line."""
        from newsextract.serialization import to_json

        return to_json(self)
