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
    """Where the value of a field came from."""

    source: str
    """Where it stood, as in `Candidate.source`."""
    raw: str
    """The text as found there."""
    confidence: float
    """How sure the value is, from 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveEntry:
    """One entry of a live page: when it was written, by whom, and its text."""

    time: Moment | None = None
    """A day or a point in time, as `Article.date` is. Where the page shows a time of day
    alone, the day is that of the page, counted on at midnight from entry to entry."""
    title: str | None = None
    """Its own headline."""
    authors: tuple[str, ...] = ()
    """Who wrote it."""
    body: str
    """Plain text, paragraphs separated by one empty line; empty where the title is all there is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a page says that it has corrected in its text."""

    text: str
    """The note."""
    date: Moment | None = None
    """When it was corrected, if the page tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One clean record of a news page.

    What the page does not say is `None` or empty.
    """

    type: Literal["article"] = "article"
    """Always `article`; tells records apart in a file of several types."""
    url: str | None = None
    """The address that answered."""
    requested_url: str | None = None
    """The address that was asked for."""
    canonical_url: str | None = None
    """The address that the page gives itself; a front page is not believed."""
    title: str | None = None
    """The headline that readers see, without the site's name."""
    subtitle: str | None = None
    """The standfirst: the lines between headline and text that sum up the story."""
    authors: tuple[str, ...] = ()
    """People, in order; agencies and desks are in `agencies`."""
    date: Moment | None = None
    """When it was published: a `datetime`, with the offset that the page states, if any, or a
    `date` where the page tells only the day."""
    date_modified: Moment | None = None
    """When it was last changed, likewise."""
    body: str
    """Plain text, its paragraphs separated by one empty line."""
    blocks: tuple[Block, ...] = ()
    """The text of `body` as paragraphs, headings, list items, quotes, tables and code, each
    with its links."""
    language: str | None = None
    """An ISO 639 code: that of the text where it is clear, with a warning where the page
    declares another; else the declared one."""
    site_name: str | None = None
    """What the site calls itself."""
    section: str | None = None
    """The part of the site that the story is in."""
    tags: tuple[str, ...] = ()
    """The page's keywords for this story, none of the whole site's."""
    image: str | None = None
    """The picture that stands for the story: its lead figure, else what is stated for
    networks; no logo."""
    images: tuple[Image, ...] = ()
    """The pictures in the story."""
    videos: tuple[Video, ...] = ()
    """The videos in the story."""
    description: str | None = None
    """What the page states for search engines and networks."""
    kind: ArticleKind = "article"
    """What the page says of its own story; `article` where it states nothing finer."""
    breadcrumbs: tuple[str, ...] = ()
    """The way from the site's front page, which is left out, to the story."""
    word_count: int = 0
    """Words of the body; each ideograph or kana is one, and five letters of Thai, Lao, Khmer
    or Burmese."""
    free_access: bool | None = None
    """Whether the page states that all may read it; `None` where it does not say."""
    licence: str | None = None
    """The address of a licence, or its name."""
    rights: Rights = Rights()
    """What page and server say of reuse by machines."""
    entries: tuple[LiveEntry, ...] = ()
    """The entries of a live page, in its order; `body` is then the introduction above them."""
    corrections: tuple[Correction, ...] = ()
    """What the page says that it has corrected."""
    dateline: str | None = None
    """The place that opens the story, as in `LONDON (Reuters)`."""
    agencies: tuple[str, ...] = ()
    """The news agencies and desks that it is credited to."""
    sponsored: str | None = None
    """The label that says that somebody paid for the story."""
    parts: tuple[str, ...] = ()
    """The addresses of the pages, in order, that a story in several was read from; none for a
    story on one page."""
    page_kind: PageKind = "article"
    """What kind of page it is, as learned from its structure, whatever it says of itself."""
    is_truncated: bool | None = None
    """Whether the text goes on elsewhere, as behind a paywall; `None` where nothing tells."""
    confidence: float
    """How sure the body is, from 0 to 1: the F1 that the model expects of its choice."""
    sources: Mapping[FieldName, FieldSource] = field(default_factory=dict)
    """For each field that has a value, where it was found, the text found there, and how sure
    that is."""
    warnings: tuple[str, ...] = ()
    """What was odd, such as a wrong label for the encoding."""
    version: str = "1"
    """The version of this record's schema."""

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
        from newsextract.render.markdown import to_markdown

        return to_markdown(self, front_matter=front_matter)

    def to_html(self) -> str:
        """Return title, byline, date, body, links and pictures as HTML that is safe anywhere."""
        from newsextract.render.html import to_html

        return to_html(self)

    def to_tei(self) -> str:
        """Return the article as an XML document of the Text Encoding Initiative (TEI P5)."""
        from newsextract.render.tei import to_tei

        return to_tei(self)

    @classmethod
    def from_json(cls, text: str | bytes) -> "Article":
        """Read back what `to_json` wrote; `ValueError` says what does not fit the schema."""
        from newsextract.serialization import article_from_json

        return article_from_json(text)
