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
    """Words of a block that are a link: from `start` to before `end` in its text, in characters."""

    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One piece of the body.

    `level` is the rank of a heading (1 to 6) or the depth of a list item (from 1),
    else 0. `ordinal` is the number of an item in an ordered list, else 0. A table is
    one block: a line a row, cells separated by tabs. `path` names the elements
    above it, outermost first, such as `html>body>article>div.story>p`. `links` are in order and
    do not overlap.
    """

    kind: BlockKind
    text: str
    level: int = 0
    ordinal: int = 0
    path: str = ""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture of the story: the largest version that the page offers.

    `caption` is without the `credit` where the page parts the two or a label such as "Photo:"
    does. `width` and `height` are pixels, 0 where the page does not state them. `before` is how
    many blocks of the body stand above it.
    """

    url: str
    caption: str | None = None
    credit: str | None = None
    alt: str | None = None
    width: int = 0
    height: int = 0
    before: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Video:
    """A video of the story: the address of the film or of its player."""

    url: str
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """What page and server say of reuse by machines; no legal advice.

    `tdm_reservation` and `tdm_policy` are those of the W3C's Text and Data Mining Reservation
    Protocol. `robots` are the directives for all robots about reuse (such as `noai`, `noarchive`,
    `max-snippet:50`) of the robots meta element and the `X-Robots-Tag` header, in lower case.
    """

    tdm_reservation: bool | None = None
    tdm_policy: str | None = None
    robots: tuple[str, ...] = ()
