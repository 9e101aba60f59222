"""The address of an article, and what is said of it where it was found."""

from dataclasses import dataclass
from typing import Literal

from newsextract.records.pieces import Moment

__all__ = ["FoundAddress", "FoundIn"]

FoundIn = Literal["rss", "atom", "jsonfeed", "news-sitemap", "sitemap", "front-page"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundAddress:
    """The address of an article, as a feed, a sitemap or a front page names it."""

    type: Literal["address"] = "address"
    """Always `address`; tells records apart in a file of several types."""
    url: str
    """The whole address, without a fragment. Parameters for tracking stay, but addresses that
    differ in nothing else are one."""
    title: str | None = None
    """As the feed or news sitemap has it, plain text on one line; of a front page, the words
    of the link."""
    date: Moment | None = None
    """When the article was published, as `Article.date` is; where only that is told, as in
    plain sitemaps, when it changed."""
    source: FoundIn
    """What named it: the format of the feed or sitemap, or a link on a page."""
    found_in: str
    """The address of the feed, the sitemap or the page."""
    version: str = "1"
    """The version of this record's schema."""

    def to_dict(self) -> dict[str, object]:
        """Return the record as plain strings and None, ready for JSON."""
        from newsextract.serialization import to_dict

        return to_dict(self)

    def to_json(self) -> str:
        """Return the record as a JSON object on one line."""
        from newsextract.serialization import to_json

        return to_json(self)
