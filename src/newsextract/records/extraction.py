"""What a page offers, before a record is made of it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newsextract.records.pieces import Block, FieldName, Image, Rights, Video

__all__ = ["Candidate", "Extraction", "FoundCorrection", "FoundEntry", "Paging", "RemovedBlock"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovedBlock:
    """A block of text that is not in the body."""

    text: str
    """Its text."""
    step: str
    """The step that dropped it."""
    reason: str
    """Why."""
    path: str = ""
    """The elements above it, as in `Block.path`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One value that the page offers for a field."""

    field: FieldName
    """The field."""
    value: str
    """The value, as it is written there."""
    source: str
    """Where it stood: `jsonld:NewsArticle.datePublished`, `meta:article:author`,
    `dom:time[datetime]` …"""
    score: float
    """From 0 to 1; the higher of two is believed."""
    evidence: tuple[str, ...] = ()
    """What else speaks for or against it, such as `place:head` or `in comments`; where a
    choice is learned, that is what it weighs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundEntry:
    """An entry of a live page as found."""

    time: str
    """When, as it is written there."""
    title: str | None
    """Its own headline."""
    authors: tuple[str, ...]
    """Who wrote it, as it is written there."""
    body: str
    """Its text, paragraphs separated by one empty line."""
    source: str
    """Where it stood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCorrection:
    """What a page says that it has corrected, as found."""

    text: str
    """The note."""
    date: str
    """When, as it is written there, if that is stated apart; else empty."""
    source: str
    """Where it stood."""
    score: float
    """How sure it is that this is a correction, from 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """Where a page stands in a story that its site cuts into several."""

    number: int = 1
    """The number of this page, from 1."""
    following: tuple[str, ...] = ()
    """The addresses of the pages after it, as far as it links to them, the next first."""
    single_page: str | None = None
    """The address of a page that seems to have the whole story, such as a print version."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What the extractor found: the body's blocks, what it dropped, and candidates per field."""

    url: str | None = None
    """The address that answered."""
    requested_url: str | None = None
    """The address that was asked for."""
    base_url: str | None = None
    """What relative addresses on the page are completed with: what it says in `<base>`, else the
    address that answered, else, where none is known, the one that the page states for itself."""
    fetched_at: dt.datetime | None = None
    """When the page came from the site."""
    blocks: tuple[Block, ...] = ()
    """The body."""
    removed: tuple[RemovedBlock, ...] = ()
    """Every other block of text on the page, each with its reason; listed when first asked for."""
    candidates: tuple[Candidate, ...] = ()
    """All that the page offers for each field."""
    images: tuple[Image, ...] = ()
    """The pictures of the story; addresses are as the page has them."""
    videos: tuple[Video, ...] = ()
    """The videos of the story; addresses are as the page has them."""
    rights: Rights = Rights()
    """What page and server say of reuse by machines."""
    entries: tuple[FoundEntry, ...] = ()
    """The entries of a live page."""
    corrections: tuple[FoundCorrection, ...] = ()
    """What the page says that it has corrected."""
    paging: Paging = Paging()
    """Where the page stands in a story of several."""
    parts: tuple[str, ...] = ()
    """The addresses of the pages that were joined into this; none for a page by itself."""
    body_source: str = "blocks"
    """`blocks` for our own reading of the page, `script:…` for text found in script data,
    `trafilatura` where its second opinion was taken."""
    confidence: float = 0.0
    """That of the body, from 0 to 1."""
    warnings: tuple[str, ...] = ()
    """What was odd."""
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
