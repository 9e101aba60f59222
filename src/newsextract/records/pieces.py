"""What the other records are made of: moments, the names of kinds and fields, pieces of a story."""

import abc
import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

__all__ = [
    "ArticleKind", "Block", "BlockKind", "FieldName", "Image", "Link", "Moment", "PageKind",
    "Rights", "Video",
]  # fmt: skip

if TYPE_CHECKING:
    Moment: TypeAlias = dt.date | dt.datetime
else:

    class Moment(abc.ABC):  # noqa: B024 - it only ever has registered subclasses
        """A day (`datetime.date`) or a point in time (`datetime.datetime`).

        msgspec refuses the union of the two, since both are strings in JSON, but hands
        a type it does not know to a hook; so at run time this is such a type.
        """

    Moment.register(dt.date)

BlockKind = Literal["paragraph", "heading", "list_item", "quote", "table", "code"]

ArticleKind = Literal[
    "article",
    "news",
    "analysis",
    "opinion",
    "review",
    "live",
    "report",
    "blog",
    "press_release",
    "advertorial",
    "satire",
    "gallery",
    "video",
    "recipe",
    "scholarly",
    "post",
]

# What kind of page it is; the first four are stories.
PageKind = Literal[
    "article", "live", "gallery", "video", "listing", "forum", "product", "documentation", "other",
]  # fmt: skip

FieldName = Literal[
    "title",
    "subtitle",
    "authors",
    "date",
    "date_modified",
    "language",
    "site_name",
    "section",
    "tags",
    "image",
    "description",
    "canonical_url",
    "kind",
    "body",
    "images",
    "videos",
    "breadcrumbs",
    "free_access",
    "word_count",
    "licence",
    "rights",
    "entries",
    "corrections",
    "dateline",
    "agencies",
    "sponsored",
    "parts",
    "page_kind",
    "is_truncated",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Words of a block that are a link."""

    start: int
    """Where they begin in the block's text, in characters."""
    end: int
    """Where they have ended."""
    url: str
    """Where they lead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One piece of the body."""

    kind: BlockKind
    """What it is."""
    text: str
    """Its text. A table is one block: a line a row, cells separated by tabs."""
    level: int = 0
    """The rank of a heading (1 to 6) or the depth of a list item (from 1), else 0."""
    ordinal: int = 0
    """The number of an item in an ordered list, else 0."""
    path: str = ""
    """The elements above it, outermost first, such as `html>body>article>div.story>p`.

    Of a path of more than 2,000 characters the end, behind "…".
    """
    links: tuple[Link, ...] = ()
    """Its links, in order; they do not overlap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture of the story."""

    url: str
    """The largest version that the page offers."""
    caption: str | None = None
    """What stands below it, without the `credit` where the page parts the two or a label such
    as "Photo:" does."""
    credit: str | None = None
    """Who made it or owns it."""
    alt: str | None = None
    """The text for those who do not see it."""
    width: int = 0
    """Pixels, 0 where the page does not state them."""
    height: int = 0
    """Pixels, 0 where the page does not state them."""
    before: int = 0
    """How many blocks of the body stand above it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Video:
    """A video of the story."""

    url: str
    """The address of the film or of its player."""
    title: str | None = None
    """What the page calls it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """What page and server say of reuse by machines; no legal advice."""

    tdm_reservation: bool | None = None
    """Whether text and data mining is reserved, by the W3C's Text and Data Mining Reservation
    Protocol; `None` where nothing is stated."""
    tdm_policy: str | None = None
    """The address of the policy that the same protocol names."""
    robots: tuple[str, ...] = ()
    """The directives for all robots about reuse (such as `noai`, `noarchive`,
    `max-snippet:50`) of the robots meta element and the `X-Robots-Tag` header, in lower case."""
