"""The values that pass between the stages: frozen, typed, and one JSON object each.

    Page ──extract──▶ Extraction ──normalize──▶ Article

`Failure`, the other outcome, lives in `errors` beside the exceptions that carry it.
"""

import abc
import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

__all__ = [
    "Article",
    "ArticleKind",
    "Block",
    "BlockKind",
    "Candidate",
    "Correction",
    "Extraction",
    "FieldName",
    "FieldSource",
    "FoundAddress",
    "FoundCorrection",
    "FoundEntry",
    "FoundIn",
    "Image",
    "Link",
    "LiveEntry",
    "Moment",
    "Page",
    "PageKind",
    "Paging",
    "RemovedBlock",
    "Rights",
    "Video",
    "Waiver",
]

if TYPE_CHECKING:
    Moment: TypeAlias = dt.date | dt.datetime
else:

    class Moment(abc.ABC):  # noqa: B024 - it only ever has registered subclasses
        """A day (`datetime.date`) or a point in time (`datetime.datetime`).

        msgspec refuses the union of the two, since both are strings in JSON, but hands
        a type it does not know to a hook; so at run time this is such a type.
        """

    Moment.register(dt.date)

# So many entries of a live page tell whether the body has them.
_FEW = 5

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


# What a page did not have to fulfil, since its fetcher was told so: `robots` (its robots.txt was
# not asked), `certificate` (any was accepted), `public_address` (any may be connected to),
# `address_check` (a proxy connects, nobody here knows where to), `completeness` (it was cut off),
# `sandbox` (the browser ran as the administrator, and cannot shut its pages in then).
Waiver = Literal[
    "robots", "certificate", "public_address", "address_check", "completeness", "sandbox"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page as it came: bytes, and what is known of where they are from.

    `url` is the address asked for, `final_url` the one that answered, `redirects` the
    addresses visited before it, in order. Header names are lower-case. `fetched_at` is when it
    came from the site, also if it is `from_cache`. `rendered` is a page that a browser has built:
    `body` is then what it shows, in UTF-8. `waived` names the safeguards that were off.
    All but `body` may be unknown for HTML in hand.
    """

    url: str | None = None
    final_url: str | None = None
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes
    fetched_at: dt.datetime | None = None
    redirects: tuple[str, ...] = ()
    from_cache: bool = False
    rendered: bool = False
    waived: tuple[Waiver, ...] = ()


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


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovedBlock:
    """A block of text that is not in the body: the step that dropped it, and why."""

    text: str
    step: str
    reason: str
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One value that the page offers for a field.

    `source` says where it stood: `jsonld:NewsArticle.datePublished`,
    `meta:article:author`, `dom:time[datetime]` … `score` is from 0 to 1; the higher
    of two is believed. `evidence` says what else speaks for or against it, such as
    `place:head` or `in comments`; where a choice is learned, that is what it weighs.
    """

    field: FieldName
    value: str
    source: str
    score: float
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundEntry:
    """An entry of a live page as found: `time` and `authors` are as they are written there."""

    time: str
    title: str | None
    authors: tuple[str, ...]
    body: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCorrection:
    """What a page says that it has corrected, with the date if that is stated apart."""

    text: str
    date: str
    source: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """Where a page stands in a story that its site cuts into several.

    `number` is that of this page, from 1; `following` the addresses of the pages after it, as far
    as it links to them, the next first; `single_page` that of a page that seems to have the whole
    story, such as a print version.
    """

    number: int = 1
    following: tuple[str, ...] = ()
    single_page: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What the extractor found: the body's blocks, what it dropped, and candidates per field.

    `confidence` is that of the body, from 0 to 1. `body_source` is `blocks` for our
    own reading of the page, `script:…` for text found in script data, `trafilatura`
    where its second opinion was taken. Addresses of `images` and `videos` are as the page has them.
    `parts` are the addresses of the pages that were joined into this, none for a page by itself.
    `url` is the address that answered, `requested_url` the one that was asked for.
    """

    url: str | None = None
    requested_url: str | None = None
    fetched_at: dt.datetime | None = None
    blocks: tuple[Block, ...] = ()
    removed: tuple[RemovedBlock, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    images: tuple[Image, ...] = ()
    videos: tuple[Video, ...] = ()
    rights: Rights = Rights()
    entries: tuple[FoundEntry, ...] = ()
    corrections: tuple[FoundCorrection, ...] = ()
    paging: Paging = Paging()
    parts: tuple[str, ...] = ()
    body_source: str = "blocks"
    confidence: float = 0.0
    warnings: tuple[str, ...] = ()
    # Most pages drop ten blocks for one they keep, and most callers never ask which: where this
    # is given, it makes `removed` when that is first read.
    list_removed: Callable[[], tuple[RemovedBlock, ...]] | None = field(
        default=None, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        if self.list_removed is not None:
            object.__delattr__(self, "removed")

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> object:
            if name != "removed" or self.list_removed is None:
                raise AttributeError(name)
            removed = self.list_removed()
            object.__setattr__(self, "removed", removed)
            object.__setattr__(self, "list_removed", None)
            return removed


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSource:
    """Where the value of a field came from: source, text as found there, confidence 0 to 1."""

    source: str
    raw: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveEntry:
    """One entry of a live page: when it was written, by whom, and its text.

    `time` is a day or a point in time as `Article.date` is; where the page shows a time of day
    alone, the day is that of the page, counted on at midnight from entry to entry. `body` is plain
    text, paragraphs separated by one empty line; empty where the title is all there is.
    """

    time: Moment | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a page says that it has corrected in its text, and when, if it tells."""

    text: str
    date: Moment | None = None


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One clean record of a news page.

    `url` is the address that answered, `requested_url` the one that was asked for. `body`
    is plain text, its paragraphs separated by one empty line; `blocks` is the same text
    with its structure. `date` and `date_modified` are a `datetime` (with the offset that
    the page states, if any) or, where the page tells only the
    day, a `date`. What the page does not say is `None` or empty. `confidence` is that
    of the body, from 0 to 1; `sources` has an entry for each field that has a value.
    `image` is the picture that stands for the story, `images` and `videos` those in it;
    `breadcrumbs` lead from the site's front page, which is left out, to the story, likewise.
    `language` is an ISO 639 code; `kind` is `article` where the page states nothing finer.
    `free_access` is what the page states of a paywall, `licence` the address of a licence or its
    name. `word_count` counts the body's words; each ideograph or kana is one, and five letters of
    Thai, Lao, Khmer or Burmese. `parts` are the addresses of the pages, in order, that a story in
    several was read from; none for a story on one page. `page_kind` is what kind of page it is, as
    learned from its structure; `is_truncated` whether the text goes on elsewhere, as behind a
    paywall, `None` where nothing tells.
    `version` is that of this record's schema.
    """

    type: Literal["article"] = "article"
    url: str | None = None
    requested_url: str | None = None
    canonical_url: str | None = None
    title: str | None = None
    subtitle: str | None = None
    authors: tuple[str, ...] = ()
    date: Moment | None = None
    date_modified: Moment | None = None
    body: str
    blocks: tuple[Block, ...] = ()
    language: str | None = None
    site_name: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    image: str | None = None
    images: tuple[Image, ...] = ()
    videos: tuple[Video, ...] = ()
    description: str | None = None
    kind: ArticleKind = "article"
    breadcrumbs: tuple[str, ...] = ()
    word_count: int = 0
    free_access: bool | None = None
    licence: str | None = None
    rights: Rights = Rights()
    entries: tuple[LiveEntry, ...] = ()
    corrections: tuple[Correction, ...] = ()
    dateline: str | None = None
    agencies: tuple[str, ...] = ()
    sponsored: str | None = None
    parts: tuple[str, ...] = ()
    page_kind: PageKind = "article"
    is_truncated: bool | None = None
    confidence: float
    sources: Mapping[FieldName, FieldSource] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    version: str = "1"

    @property
    def text(self) -> str:
        """The whole text: standfirst, body, and the entries of a live page that are not in it."""
        parts = [self.subtitle, self.body]
        for entry in self.entries_apart:
            parts += [entry.title, entry.body]
        return "\n\n".join([part for part in parts if part])

    @property
    def entries_apart(self) -> tuple[LiveEntry, ...]:
        """The entries; none where the body has them, since nothing on the page introduces them."""
        openings = [entry.body.split("\n\n", 1)[0] for entry in self.entries[:_FEW]]
        is_in_body = any(opening and opening in self.body for opening in openings)
        return () if is_in_body else self.entries

    def to_dict(self) -> dict[str, object]:
        """Return the record as plain dicts, lists, strings and numbers, ready for JSON."""
        from newsextract.serialization import to_dict

        return to_dict(self)

    def to_json(self, *, indent: int | None = None) -> str:
        """Return the record as a JSON object; on one line unless `indent` (spaces) is given."""
        from newsextract.serialization import to_json

        return to_json(self, indent=indent)

    def to_markdown(self, *, front_matter: bool = False) -> str:
        """Return title, byline, date and body as CommonMark; below the fields as YAML if wanted."""
        from newsextract.render import to_markdown

        return to_markdown(self, front_matter=front_matter)

    def to_html(self) -> str:
        """Return title, byline, date, body, links and pictures as HTML that is safe anywhere."""
        from newsextract.render import to_html

        return to_html(self)

    def to_tei(self) -> str:
        """Return the article as an XML document of the Text Encoding Initiative (TEI P5)."""
        from newsextract.render import to_tei

        return to_tei(self)

    @classmethod
    def from_json(cls, text: str | bytes) -> "Article":
        """Read back what `to_json` wrote; `ValueError` says what does not fit the schema."""
        from newsextract.serialization import article_from_json

        return article_from_json(text)
