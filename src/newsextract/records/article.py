"""The clean record of a news page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from newsextract.records.pieces import (
    ArticleKind,
    Block,
    FieldName,
    Image,
    Moment,
    PageKind,
    Rights,
    Video,
)

__all__ = ["Article", "Correction", "FieldSource", "LiveEntry"]

# So many entries of a live page tell whether the body has them.
_FEW = 5


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

    def to_markdown(self) -> str:
        """Return title, byline, date and body as CommonMark."""
        from newsextract.render import to_markdown

        return to_markdown(self)

    def to_html(self) -> str:
        """Return title, byline, date, body, links and pictures as HTML that is safe anywhere."""
        from newsextract.render import to_html

        return to_html(self)

    @classmethod
    def from_json(cls, text: str | bytes) -> "Article":
        """Read back what `to_json` wrote; `ValueError` says what does not fit the schema."""
        from newsextract.serialization import article_from_json

        return article_from_json(text)
