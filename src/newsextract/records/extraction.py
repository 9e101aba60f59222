"""What a page offers, before a record is made of it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newsextract.records.pieces import Block, FieldName, Image, Rights, Video

__all__ = ["Candidate", "Extraction", "FoundCorrection", "FoundEntry", "Paging", "RemovedBlock"]


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
