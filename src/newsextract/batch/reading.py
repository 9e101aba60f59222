"""What a worker makes of an item: an article, a failure, or what it needs first to tell."""

import os
from dataclasses import dataclass, field, replace

# Numpy starts as many threads as there are processors, in each of the processes. It reads this
# when it is imported, and nothing of it is done in parallel here.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import msgspec

from newsextract.api import extract_article
from newsextract.batch.items import Item
from newsextract.errors import Failure, NewsextractError, error_of
from newsextract.options import Options
from newsextract.records import Article, Page

__all__ = ["FAILURE_FIELDS", "Outcome", "Reader", "Reply", "RowMaker", "Story", "Unbuilt", "Wanted",
           "row_of"]  # fmt: skip


# What a row always has, whichever fields were chosen.
FAILURE_FIELDS = ("input", "type", "url", "stage", "kind", "message", "detail")


@dataclass(frozen=True, slots=True)
class Story:
    """A page that has been fetched, and what has come of the addresses that it goes on at."""

    place: str
    page: Page
    others: dict[str, Page | Failure] = field(default_factory=dict)

    def with_other(self, address: str, page: Page | Failure) -> "Story":
        """Return the same with what has come of one more address."""
        return replace(self, others={**self.others, address: page})


@dataclass(frozen=True, slots=True)
class Wanted:
    """An address that has to be fetched before there can be an outcome."""

    address: str


@dataclass(frozen=True, slots=True)
class Unbuilt:
    """The page is empty until a browser has built it, which `Options.render` allows."""


class _NotYet(Exception):
    pass


class _NotBuilt(Exception):
    pass


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads items as `options` say; a process does it, or whoever calls it."""

    options: Options = field(default_factory=Options)

    def page(self, item: Item) -> Article | Failure:
        """Return the article in a page at hand, or why there is none."""
        try:
            return extract_article(item.page(), self.options)
        except NewsextractError as error:
            return error.failure

    def story(self, story: Story) -> Article | Failure | Wanted | Unbuilt:
        """Return the article in a fetched page and those that it goes on at, or what is missing."""
        try:
            return self._read_story(story)
        except NewsextractError as error:
            return error.failure

    def _read_story(self, story: Story) -> Article | Wanted | Unbuilt:
        # The process that hands the work out has no use for what reads pages.
        from newsextract.parts import read_story

        address = story.page.url or ""

        def fetch(url: str) -> Page:
            if url == address:
                return story.page
            if url not in story.others:
                raise _NotYet(url)
            other = story.others[url]
            if isinstance(other, Failure):
                raise error_of(other)
            return other

        render = None if story.page.rendered else _not_here
        try:
            return read_story(address, fetch, self.options, render=render)
        except _NotYet as needed:
            return Wanted(str(needed))
        except _NotBuilt:
            return Unbuilt()


def _not_here(page: Page) -> Page:
    raise _NotBuilt(page.url)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is written of an input: its record as JSON, and the kind of failure if it is one.

    `mark` is what duplicates are known by, where they are looked for.
    """

    row: bytes
    failure: str | None = None
    mark: bytes | None = None

    @property
    def place(self) -> str:
        """Where its input stood."""
        return msgspec.json.decode(self.row, type=_Placed).input


class _Placed(msgspec.Struct):
    input: str


# What comes of an item, or what has to be done first where pages are fetched.
Reply = Outcome | Wanted | Unbuilt


def row_of(place: str, record: Article | Failure, fields: frozenset[str] | None = None) -> Outcome:
    """Return a record with the place of its input as JSON on one line, with these fields alone."""
    encoded = b'{"input":' + msgspec.json.encode(place) + b"," + msgspec.json.encode(record)[1:]
    if fields is not None:
        whole = msgspec.json.decode(encoded)
        encoded = msgspec.json.encode({name: whole[name] for name in whole if name in fields})
    return Outcome(encoded, record.kind if isinstance(record, Failure) else None)


@dataclass(frozen=True, slots=True)
class RowMaker:
    """Makes the row of an item: the work of the processes of a batch."""

    read: Reader
    fields: frozenset[str] | None = None
    marks: bool = False

    def __call__(self, item: Item | Story) -> Reply:
        """Return what is to be written of an item, or what is needed for it."""
        record = self.read.story(item) if isinstance(item, Story) else self.read.page(item)
        if isinstance(record, (Wanted, Unbuilt)):
            return record
        outcome = row_of(item.place, record, self.fields)
        if self.marks and isinstance(record, Article):
            from newsextract.batch.duplicates import mark_of

            return replace(outcome, mark=mark_of(record))
        return outcome
