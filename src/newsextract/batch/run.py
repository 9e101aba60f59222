"""A batch from its inputs to its output: what is read when, who does it, what is written."""

import os
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

import msgspec

from newsextract.batch.crew import Crew, Work
from newsextract.batch.inputs import read_inputs
from newsextract.batch.items import Item
from newsextract.batch.job import Deduplicated, Job, Summary
from newsextract.batch.reading import (
    FAILURE_FIELDS,
    Outcome,
    Reader,
    Reply,
    RowMaker,
    Story,
    Unbuilt,
    Wanted,
    row_of,
)
from newsextract.batch.slices import Slices
from newsextract.batch.workers import Workers
from newsextract.errors import Failure, InvalidOption, OutputFailed, PageKilled
from newsextract.options import Options, check_number
from newsextract.records import Article, Page

if TYPE_CHECKING:
    from newsextract.batch.downloads import Downloads
    from newsextract.batch.duplicates import Duplicates

__all__ = ["Batch", "Progress", "batch_of", "run_batch"]

# So many addresses more are looked at, so that a row of pages of one site does not keep the
# others waiting.
_ADDRESSES_AHEAD = 1_000
_MOST_IN_HAND = 64
_GLANCE, _LONG_GLANCE = 0.02, 0.5
_AT_LEAST = {"workers": 1, "seconds": 0.1, "megabytes": 1, "concurrency": 1, "limit": 0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What a batch reads and writes, and what it may take.

    `inputs` are as `read_inputs` takes them. `output` is a folder, or a file whose name ends in
    its format; `format_name` is that of a folder. A page may take `seconds` and `megabytes` of the
    process that reads it, of which there are `workers` (as many as processors unless told);
    `concurrency` pages are fetched at once. `duplicates` is whether pages that repeat another's
    story are looked for: `keep` does not, `mark` gives them `duplicate_of`, the place of that
    input, `drop` does not write them. `fields` are those of a record that are written (all unless
    told); a failure is always written whole. `limit` ends the input early. `only` are the places of
    the inputs that are read, where it is not all. With the `engine` ray pages are read in a Ray
    cluster, at `ray_address` or else as `RayWorkers` says.
    """

    inputs: tuple[str, ...]
    output: Path
    format_name: str | None = None
    fields: tuple[str, ...] = ()
    column: str | None = None
    url_column: str | None = None
    limit: int | None = None
    workers: int | None = None
    seconds: float = 30.0
    megabytes: int = 1_000
    concurrency: int = 16
    duplicates: Literal["keep", "mark", "drop"] = "keep"
    engine: Literal["local", "ray"] = "local"
    ray_address: str | None = None
    options: Options = field(default_factory=Options)
    only: frozenset[str] | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be."""
        known = {*FAILURE_FIELDS, "duplicate_of", *Article.__dataclass_fields__}
        for name in self.fields:
            if name not in known:
                raise InvalidOption(f"There is no field {name!r}; {_likely(name, known)}")
        for name, least in _AT_LEAST.items():
            value = getattr(self, name)
            # Infinity is no limit, as none is.
            if value is not None and value != float("inf"):
                check_number(name, value, least)
        if self.engine not in ("local", "ray"):
            raise InvalidOption(f"There is no engine {self.engine!r}, only local and ray.")
        if self.ray_address is not None and self.engine != "ray":
            raise InvalidOption("The address of a Ray cluster is of use only to the engine ray.")

    @property
    def all_fields(self) -> tuple[str, ...] | None:
        """The fields that rows have, in their order; none where they have all."""
        if not self.fields:
            return None
        marked = ("duplicate_of",) if self.duplicates == "mark" else ()
        return tuple(dict.fromkeys((*FAILURE_FIELDS, *marked, *self.fields)))

    def identity(self) -> dict[str, Any]:
        """Return what makes it this job and no other, whoever does it with how many processes."""
        kept = {name: _plain(getattr(self.options, name)) for name in _MATTERING}
        return {
            "version": version("newsextract"),
            "inputs": [[name, _size_of(name)] for name in self.inputs],
            "columns": [self.column, self.url_column],
            "fields": self.all_fields,
            "limit": self.limit,
            "only": None if self.only is None else sorted(self.only),
            "duplicates": self.duplicates,
            "options": kept,
        }

    def again(self, output: Path, only: frozenset[str]) -> "Batch":
        """Return the same for these inputs alone, to another output."""
        return replace(self, output=output, format_name=None, only=only, limit=None)


def batch_of(identity: Mapping[str, Any], output: Path) -> Batch:
    """Return the batch that has this identity; how it is done, and manners, are the usual ones."""
    column, url_column = identity["columns"]
    return Batch(
        inputs=tuple(name for name, _ in identity["inputs"]),
        output=output,
        fields=tuple(identity["fields"] or ()),
        column=column,
        url_column=url_column,
        duplicates=identity["duplicates"],
        options=Options(**identity["options"]),
    )


# The options that records depend on.
_MATTERING = ("require_article", "second_opinion", "join_parts", "render", "user_agent")


@dataclass(slots=True)
class Progress:
    """How far a batch is: all that is done, by earlier runs too, and what this run has done."""

    done: int
    articles: int
    failures: Counter[str]
    resumed: int
    begun: float = field(default_factory=time.monotonic)

    @property
    def rate(self) -> float:
        """Inputs per second in this run."""
        return (self.done - self.resumed) / max(0.001, time.monotonic() - self.begun)


def run_batch(
    batch: Batch,
    *,
    stdin: BinaryIO | None = None,
    tell: Callable[[Progress], None] = lambda _: None,
    work: Work[Item | Story, Reply] | None = None,
) -> Summary:
    """Read all inputs, write an article or a failure for each, and return how it went.

    Goes on where an earlier run of the same batch was stopped, whatever stopped it. `tell` is
    called now and then. `work` is what processes do with an item, for those who have their own.

    Raises `OutputFailed` where nothing can be written, or where the inputs of a run that goes on
    are others than when it was begun, `UnreadableFile` and `InvalidOption` for
    inputs that are not there; never anything for a page.
    """
    begun = time.monotonic()
    # Before anything is made: whether the inputs are there shows when they are asked for.
    _items(batch, 0, stdin)
    with Job(batch.output, batch.identity(), format_name=batch.format_name) as job:
        if job.is_complete:
            return job.earlier_summary()
        resumed = job.done + len(job.noted)
        items = _items_left(batch, job, stdin)
        with _Run(batch, job, work or _row_maker(batch)) as run:
            run.go(items, tell)
        return job.finish(resumed, time.monotonic() - begun)


def _items(batch: Batch, done: int, stdin: BinaryIO | None) -> Iterator[Item]:
    items = read_inputs(
        batch.inputs,
        column=batch.column,
        url_column=batch.url_column,
        stdin=stdin,
        skip=0 if batch.only else done,
    )
    if batch.only is not None:
        only = batch.only
        items = islice((item for item in items if item.place in only), done, None)
    if batch.limit is None:
        return items
    return islice(items, max(0, batch.limit - done))


def _items_left(batch: Batch, job: Job, stdin: BinaryIO | None) -> Iterator[Item]:
    """Return the items that have no outcome; raise `OutputFailed` if they are others by now."""
    if job.last_place is None:
        return _items(batch, 0, stdin)
    items = _items(batch, job.done - 1, stdin)
    _check_place(batch, job.done, job.last_place, next(items, None))
    return items


def _check_place(batch: Batch, count: int, place: str, item: Item | None) -> None:
    if item is None or item.place != place:
        now = "there is none" if item is None else f"it is {item.place}"
        raise OutputFailed(
            f"The inputs are others than when {batch.output} was begun: number {count} was "
            f"{place}, and now {now}. Name another output to begin anew.",
            url=str(batch.output),
        )


def _duplicates(job: Job) -> "Duplicates":
    from newsextract.batch.duplicates import Duplicates

    return Duplicates(job.marks())


def _row_maker(batch: Batch) -> RowMaker:
    fields = batch.all_fields
    return RowMaker(
        Reader(batch.options),
        None if fields is None else frozenset(fields),
        marks=batch.duplicates != "keep",
    )


def _workers(batch: Batch, work: Work[Item | Story, Reply]) -> Crew[Item | Story, Reply, Any]:
    settings: dict[str, Any] = {
        "seconds": batch.seconds,
        "megabytes": batch.megabytes,
        "modules": () if batch.duplicates == "keep" else ("datasketch",),
    }
    if batch.engine == "ray":
        from newsextract.batch.ray_workers import RayWorkers

        return RayWorkers(work, count=batch.workers, address=batch.ray_address, **settings)
    return Workers(work, count=batch.workers or os.cpu_count() or 1, **settings)


class _Run:
    """One run: items go to where they are fetched or read, outcomes to the slice they are of."""

    def __init__(self, batch: Batch, job: Job, work: Work[Item | Story, Reply]) -> None:
        self._batch, self._job = batch, job
        earlier = job.summary(0, 0)
        self.progress = Progress(
            earlier.inputs, earlier.articles, Counter(earlier.failures), earlier.inputs
        )
        self._slices: Slices[Outcome] = Slices(job.done)
        self._next = job.done
        self._duplicates = None if batch.duplicates == "keep" else _duplicates(job)
        for number, outcome in job.noted.items():
            self._count(number, outcome)
        self.progress.resumed = self.progress.done
        # Where the items stand that are under way, and the addresses that they have.
        self._under_way: dict[int, Item] = {}
        # How many of them have their page with them, which takes memory.
        self._in_hand = 0
        # How many are being built by a browser.
        self._in_browser = 0
        self._stories: dict[int, Story] = {}
        self._fetched: deque[tuple[int, Story]] = deque()
        self._downloads: Downloads | None = None
        self._workers = _workers(batch, work)

    def __enter__(self) -> "_Run":
        return self

    def __exit__(self, *_: object) -> None:
        self._workers.close()
        if self._downloads is not None:
            self._downloads.close()

    def go(self, items: Iterator[Item], tell: Callable[[Progress], None]) -> None:
        """Take all items to their outcomes and write these."""
        has_more = True
        while True:
            has_more = has_more and self._read_ahead(items)
            self._take_downloads()
            while self._fetched and self._workers.room:
                number, story = self._fetched.popleft()
                self._stories[number] = story
                self._workers.submit(number, story)
            if not (has_more or self._under_way):
                break
            glance = _LONG_GLANCE if self._downloads is None else _GLANCE
            for number, result in self._workers.results(glance if self._under_way else 0.0):
                self._take_result(number, result)
            self._write(self._slices.full())
            tell(self.progress)
        self._write(self._slices.rest())
        tell(self.progress)

    def _read_ahead(self, items: Iterator[Item]) -> bool:
        """Begin with the next items as long as there is something to do; tell if there are more."""
        while self._has_room():
            item = next(items, None)
            if item is None:
                return False
            number, self._next = self._next, self._next + 1
            noted = self._job.noted.get(number)
            if noted is not None:
                _check_place(self._batch, number + 1, noted.place, item)
                continue
            if item.failure is not None:
                self._put(number, row_of(item.place, item.failure, self._fields))
                continue
            self._under_way[number] = item
            if item.body is not None:
                self._in_hand += 1
                self._workers.submit(number, item)
            else:
                self._ask(number, item.url or "")
        return True

    def _has_room(self) -> bool:
        if self._downloads is None:
            return self._workers.room > 0 and self._next < self._slices.end
        return (
            len(self._under_way) < _ADDRESSES_AHEAD
            and self._in_hand < _MOST_IN_HAND
            and self._next < self._slices.end + _ADDRESSES_AHEAD
        )

    def _ask(self, number: int, url: str) -> None:
        self._network().ask(number, url)

    def _network(self) -> "Downloads":
        if self._downloads is None:
            # Batches of saved pages need no HTTP client.
            from newsextract.batch.downloads import Downloads

            self._downloads = Downloads(self._batch.options, self._batch.concurrency)
        return self._downloads

    def _take_downloads(self) -> None:
        if self._downloads is None:
            return
        for number, page in self._come(self._downloads):
            story = self._stories.get(number)
            if story is not None:
                other = story.with_other(page.url or "", page)
                self._fetched.append((number, other))
            elif isinstance(page, Failure):
                self._end(number, page)
            else:
                place = self._under_way[number].place
                self._fetched.append((number, Story(place, page)))

    def _come(self, downloads: "Downloads") -> Iterator[tuple[int, Page | Failure]]:
        """Yield the pages that have come, as long as not too many wait for what is next."""
        for number, page in downloads.take_built():
            self._in_browser -= 1
            yield number, page
        if len(self._fetched) + self._in_browser <= self._batch.concurrency:
            yield from downloads.take()

    def _take_result(self, number: int, result: Reply | PageKilled) -> None:
        if isinstance(result, Wanted):
            self._ask(number, result.address)
        elif isinstance(result, Unbuilt):
            self._in_browser += 1
            self._network().build(number, self._stories.pop(number).page)
        elif isinstance(result, PageKilled):
            self._end(number, result.failure)
        else:
            self._forget(number)
            self._put(number, result)

    def _end(self, number: int, failure: Failure) -> None:
        item = self._forget(number)
        self._put(
            number, row_of(item.place, replace(failure, url=failure.url or item.url), self._fields)
        )

    def _forget(self, number: int) -> Item:
        self._stories.pop(number, None)
        item = self._under_way.pop(number)
        self._in_hand -= item.body is not None
        return item

    def _put(self, number: int, outcome: Outcome) -> None:
        self._job.note(number, outcome)
        self._count(number, outcome)

    def _count(self, number: int, outcome: Outcome) -> None:
        self._slices.put(number, outcome)
        self.progress.done += 1
        if outcome.failure is None:
            self.progress.articles += 1
        else:
            self.progress.failures[outcome.failure] += 1

    def _write(self, slices: Iterator[tuple[int, list[Outcome]]]) -> None:
        for first, outcomes in slices:
            slice_ = [self._deduplicated(outcome) for outcome in outcomes]
            self._job.commit(first, slice_, self._slices.waiting)

    def _deduplicated(self, outcome: Outcome) -> Deduplicated:
        if self._duplicates is None or outcome.mark is None:
            return Deduplicated(outcome, outcome.row)
        place = outcome.place
        original = self._duplicates.original_of(place, outcome.mark)
        if original is None:
            return Deduplicated(outcome, outcome.row)
        if self._batch.duplicates == "drop":
            return Deduplicated(outcome, None, is_duplicate=True)
        # Rows begin with where their input stood.
        end = outcome.row.index(b",", len(b'{"input":') + len(msgspec.json.encode(place)))
        told = b',"duplicate_of":' + msgspec.json.encode(original)
        row = outcome.row[:end] + told + outcome.row[end:]
        return Deduplicated(outcome, row, is_duplicate=True)

    @property
    def _fields(self) -> frozenset[str] | None:
        fields = self._batch.all_fields
        return None if fields is None else frozenset(fields)


def _plain(value: object) -> object:
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)


def _size_of(name: str) -> int | None:
    path = Path(name)
    return path.stat().st_size if path.is_file() else None


def _likely(name: str, known: set[str]) -> str:
    import difflib

    close = difflib.get_close_matches(name, sorted(known), 1)
    return f"did you mean {close[0]}?" if close else "see newsextract --schema."
