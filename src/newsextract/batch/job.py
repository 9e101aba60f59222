"""What a batch has written, so that it goes on where it was stopped: shards and their manifest.

A shard holds the outcomes of one slice of the input, failures too. It is written under another
name, flushed, synced and renamed, its folder synced, and only then noted in the manifest: whatever
stops the machine, what the manifest names is whole, and what it does not name was never there.
"""

import contextlib
import json
import os
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

import filelock

from newsextract.batch.journal import Journal
from newsextract.batch.reading import Outcome
from newsextract.batch.shards import (
    FILE_FORMATS,
    FORMATS,
    JSON_FORMATS,
    Row,
    format_of,
    join,
)
from newsextract.batch.shards import write_rows as write_to
from newsextract.errors import InvalidOption, OutputFailed

__all__ = ["Deduplicated", "Job", "Shard", "Summary", "identity_of", "parts_of"]

_JOB, _MANIFEST, _LOCK, _SUMMARY = "job.json", "manifest.jsonl", ".lock", "summary.json"
_JOURNAL, _MARKS = "journal", ".marks"
_PREFIX, _UNFINISHED, _PARTS = "part-", ".tmp", ".parts"
# Shards of what becomes one file of another format.
_BETWEEN = "jsonl.zst"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """A file of outcomes: those of `count` inputs from number `first` on, counted.

    `last` is the place of the last of them; `duplicates` of the articles repeat others.
    """

    name: str
    first: int
    count: int
    last: str
    size: int
    articles: int
    duplicates: int = 0
    failures: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Deduplicated:
    """An outcome and its row as it is written; none if it is dropped."""

    outcome: Outcome
    row: Row | None
    is_duplicate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """How a batch ended: inputs, articles and failures by kind; `is_complete` if none are left.

    `resumed` of the inputs were done by earlier runs; `seconds` is what this one took.
    """

    output: str
    inputs: int
    articles: int
    failures: Mapping[str, int]
    duplicates: int = 0
    resumed: int = 0
    seconds: float = 0.0
    is_complete: bool = True


class Job:
    """The output of a batch, a folder of shards or a file that is made of them in the end.

    `identity` is whatever makes it this job and no other. Raises `OutputFailed` where another run
    is at it, where it is of another job, or where it cannot be written, then and later.
    """

    def __init__(
        self, output: Path, identity: Mapping[str, Any], *, format_name: str | None = None
    ) -> None:
        named = format_of(output)
        if named is None and output.suffix[1:].isalpha() and not output.is_dir():
            raise InvalidOption(
                f"{output} tells no format that is known; end it in "
                f".{', .'.join(FILE_FORMATS)}, or name a folder."
            )
        if named is None and format_name not in (None, *FORMATS):
            raise InvalidOption(f"A folder cannot be written as {format_name}; name a file.")
        if named is not None and format_name not in (None, named):
            raise InvalidOption(f"{output} is no name for {format_name}.")
        self.output, self._file_format = output, named
        self._folder = output if named is None else output.with_name(f"{output.name}{_PARTS}")
        self._format = format_name or "jsonl" if named is None else _shard_format(named)
        self._identity = json.loads(json.dumps({**identity, "format": named or self._format}))
        self._shards: list[Shard] = []
        self._lock: filelock.BaseFileLock | None = None
        self._journal = Journal(self._folder / _JOURNAL)
        # Outcomes by number that earlier runs have noted and not written yet.
        self.noted: dict[int, Outcome] = {}
        with _told(output):
            self.is_complete = self._is_over_already()
            if not self.is_complete:
                self._open()

    @property
    def done(self) -> int:
        """How many inputs have an outcome that is safe."""
        return sum(shard.count for shard in self._shards)

    @property
    def last_place(self) -> str | None:
        """Where the last of these inputs stood."""
        return self._shards[-1].last if self._shards else None

    def note(self, number: int, outcome: Outcome) -> None:
        """Keep an outcome until its slice is written."""
        with _told(self.output):
            self._journal.add(number, outcome)

    def commit(
        self, first: int, slice_: Sequence[Deduplicated], waiting: Mapping[int, Outcome]
    ) -> None:
        """Write the outcomes of a slice; others are `waiting` until theirs is full."""
        outcomes = [own.outcome for own in slice_]
        failures = Counter(own.failure for own in outcomes if own.failure is not None)
        with _told(self.output):
            stem = f"{_PREFIX}{first:012}"
            name = f"{stem}.{self._format}"
            self._write_marks(stem, outcomes)
            shard = Shard(
                name=name,
                first=first,
                count=len(outcomes),
                last=outcomes[-1].place,
                size=self._write(name, [own.row for own in slice_ if own.row is not None]),
                articles=len(outcomes) - failures.total(),
                duplicates=sum(own.is_duplicate for own in slice_),
                failures=dict(sorted(failures.items())),
            )
            with (self._folder / _MANIFEST).open("a", encoding="utf-8") as manifest:
                manifest.write(json.dumps(asdict(shard)) + "\n")
                manifest.flush()
                os.fsync(manifest.fileno())
            self._journal.begin_anew(waiting)
        self._shards.append(shard)

    def marks(self) -> Iterator[tuple[str, bytes]]:
        """Yield what duplicates are known by of all that is safe, with the place of its input."""
        for shard in self._shards:
            path = self._folder / (shard.name.partition(".")[0] + _MARKS)
            if path.exists():
                for line in path.read_text(encoding="utf-8").splitlines():
                    place, mark = json.loads(line)
                    yield place, bytes.fromhex(mark)

    def finish(self, resumed: int, seconds: float) -> Summary:
        """Say that there is no more input; make the one file that was asked for."""
        summary = self.summary(resumed, seconds, is_complete=True)
        with _told(self.output):
            if self._file_format is not None:
                parts = [self._folder / shard.name for shard in self._shards]
                with _in_its_place(self.output) as unfinished:
                    join(parts, self._format, unfinished, self._file_format, self._fields)
                    _sync(unfinished)
            own = {"job": self._identity, **asdict(summary)}
            _write_synced(self._summary_path, json.dumps(own, indent=1))
            self._journal.close()
            if self._file_format is not None:
                shutil.rmtree(self._folder)
            else:
                for path in (self._folder / _JOURNAL, *self._folder.glob(f"*{_MARKS}")):
                    path.unlink(missing_ok=True)
        return summary

    def summary(self, resumed: int, seconds: float, *, is_complete: bool = False) -> Summary:
        """Return what is safe by now."""
        failures: Counter[str] = Counter()
        for shard in self._shards:
            failures.update(shard.failures)
        return Summary(
            output=str(self.output),
            inputs=self.done,
            articles=sum(shard.articles for shard in self._shards),
            failures=dict(failures.most_common()),
            duplicates=sum(shard.duplicates for shard in self._shards),
            resumed=resumed,
            seconds=round(seconds, 3),
            is_complete=is_complete,
        )

    def earlier_summary(self) -> Summary:
        """Return how the job ended, if it `is_complete`."""
        known = _known(self._summary_path)
        known.pop("job")
        return Summary(**{**known, "resumed": known["inputs"], "seconds": 0.0})

    def close(self) -> None:
        """Let others write here."""
        self._journal.close()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> "Job":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def _fields(self) -> tuple[str, ...] | None:
        chosen = self._identity.get("fields")
        return tuple(chosen) if chosen else None

    @property
    def _summary_path(self) -> Path:
        return _summary_of(self.output, self._folder)

    def _is_over_already(self) -> bool:
        if self._summary_path.exists():
            ended = _known(self._summary_path)
            if self._file_format is None or self.output.exists():
                self._check_identity(ended["job"])
                return True
        if self._file_format is not None and self.output.exists() and not self._folder.exists():
            raise OutputFailed(
                f"{self.output} exists and was not written by a batch; remove it or name another.",
                url=str(self.output),
            )
        return False

    def _open(self) -> None:
        if self._folder.exists() and not self._folder.is_dir():
            raise OutputFailed(
                f"{self._folder} is there and no folder; name another.", url=str(self.output)
            )
        if self._folder.is_dir() and not (self._folder / _JOB).exists():
            others = [path.name for path in self._folder.iterdir() if path.name != _LOCK]
            if others:
                raise OutputFailed(
                    f"{self._folder} is not empty ({others[0]}) and not of a batch; name another.",
                    url=str(self.output),
                )
        self._folder.mkdir(parents=True, exist_ok=True)
        lock = filelock.FileLock(self._folder / _LOCK, timeout=0)
        try:
            lock.acquire()
        except filelock.Timeout:
            raise OutputFailed(
                f"Another run is writing to {self.output}; wait for it or name another output.",
                url=str(self.output),
            ) from None
        self._lock = lock
        if (self._folder / _JOB).exists():
            self._check_identity(_known(self._folder / _JOB))
        else:
            _write_synced(self._folder / _JOB, json.dumps(self._identity, indent=1))
        self._recover()

    def _check_identity(self, other: Mapping[str, Any]) -> None:
        if other == self._identity:
            return
        differs = sorted(
            name
            for name in other.keys() | self._identity.keys()
            if other.get(name) != self._identity.get(name)
        )
        raise OutputFailed(
            f"{self.output} is of another job: {', '.join(differs)} differ. Remove it to start "
            "anew, name another output, or run the command that began it.",
            url=str(self.output),
        )

    def _recover(self) -> None:
        """Take the shards that the manifest names and the disk has; remove all others."""
        manifest = self._folder / _MANIFEST
        good = 0
        if manifest.exists():
            for line in manifest.read_bytes().splitlines(keepends=True):
                shard = _shard_of(line)
                if shard is None or shard.first != self.done or not self._is_whole(shard):
                    break
                self._shards.append(shard)
                good += len(line)
            os.truncate(manifest, good)
        self.noted = self._journal.read(self.done)
        known = {shard.name.partition(".")[0] for shard in self._shards}
        for path in self._folder.iterdir():
            stem = path.name.partition(".")[0]
            is_part = stem.startswith(_PREFIX)
            if is_part and (stem not in known or path.name.endswith(_UNFINISHED)):
                path.unlink()

    def _is_whole(self, shard: Shard) -> bool:
        path = self._folder / shard.name
        return path.exists() and path.stat().st_size == shard.size

    def _write_marks(self, stem: str, outcomes: Sequence[Outcome]) -> None:
        marked = [[own.place, own.mark.hex()] for own in outcomes if own.mark is not None]
        if marked:
            with _renamed_when_whole(self._folder / (stem + _MARKS)) as file:
                file.write(b"".join(json.dumps(line).encode() + b"\n" for line in marked))

    def _write(self, name: str, rows: Sequence[Row]) -> int:
        with _renamed_when_whole(self._folder / name) as file:
            write_to(rows, file, self._format, self._fields)
            return file.tell()


def parts_of(output: Path) -> list[tuple[Path, str]]:
    """Return the files of what a batch has written by now, in order, with their format."""
    named = format_of(output)
    if named is not None and output.is_file():
        return [(output, named)]
    folder = output if named is None else output.with_name(f"{output.name}{_PARTS}")
    manifest = folder / _MANIFEST
    if not manifest.is_file():
        raise OutputFailed(f"{output} was not written by a batch.", url=str(output))
    shards = filter(None, map(_shard_of, manifest.read_bytes().splitlines(keepends=True)))
    return [(folder / own.name, own.name.partition(".")[2]) for own in shards]


def identity_of(output: Path) -> dict[str, Any]:
    """Return the identity of the batch that has written this."""
    named = format_of(output)
    summary = _summary_of(output, output)
    folder = output if named is None else output.with_name(f"{output.name}{_PARTS}")
    path = summary if summary.exists() else folder / _JOB
    known = _known(path)
    return known["job"] if path == summary else known


def _summary_of(output: Path, folder: Path) -> Path:
    if format_of(output) is None:
        return folder / _SUMMARY
    return output.with_name(f"{output.name}.{_SUMMARY}")


def _shard_format(file_format: str) -> str:
    return file_format if file_format in JSON_FORMATS else _BETWEEN


def _shard_of(line: bytes) -> Shard | None:
    try:
        return Shard(**json.loads(line)) if line.endswith(b"\n") else None
    except (ValueError, TypeError):
        return None


def _known(path: Path) -> dict[str, Any]:
    """Return what a file of ours says of the job."""
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(known, dict):
            return known
    except ValueError:
        pass
    raise OutputFailed(
        f"{path} is damaged or not of a batch, so that the job that it tells of cannot go on; "
        "remove it with its output, or name another output.",
        url=str(path),
    )


def _write_synced(path: Path, text: str) -> None:
    with _renamed_when_whole(path) as file:
        file.write((text + "\n").encode())


@contextlib.contextmanager
def _renamed_when_whole(path: Path) -> Iterator[IO[bytes]]:
    """Open a file that has its name only once all of it is on the disk."""
    with _in_its_place(path) as unfinished, unfinished.open("wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


@contextlib.contextmanager
def _in_its_place(path: Path) -> Iterator[Path]:
    """Give the name under which a file is written, and move it to its own when that is done."""
    unfinished = path.with_name(path.name + _UNFINISHED)
    try:
        yield unfinished
        unfinished.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            unfinished.unlink()
        raise
    _sync(path.parent)


def _sync(path: Path) -> None:
    # Windows opens no folders.
    if os.name != "posix" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def _told(output: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputFailed(
            f"{output} cannot be written: {error.strerror or error}. What is noted in its manifest "
            "is safe; the same command goes on from there.",
            url=str(output),
            detail=str(error),
        ) from error
