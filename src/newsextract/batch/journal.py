"""Outcomes that are in no shard yet, as they come, so that a process that is killed loses none."""

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from newsextract.batch.reading import Outcome

__all__ = ["Journal"]

_NONE = b"-"


class Journal:
    """A file with a line for each outcome: its number, its kind of failure, its mark, its row.

    Not synced: what the system has taken outlives the process, and only after a power cut is it
    done again.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    def read(self, first: int) -> dict[int, Outcome]:
        """Return the outcomes that it has from this number on, and keep these alone."""
        if not self._path.exists():
            return {}
        lines = self._path.read_bytes().split(b"\n")[:-1]
        left = {number: own for number, own in _noted(lines) if number >= first}
        self.begin_anew(left)
        return left

    def add(self, number: int, outcome: Outcome) -> None:
        """Note an outcome."""
        if self._file is None:
            self._file = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
        line = _line(number, outcome)
        while line:
            line = line[os.write(self._file, line) :]

    def begin_anew(self, left: Mapping[int, Outcome]) -> None:
        """Keep these outcomes alone; the others are in a shard."""
        unfinished = self._path.with_name(f"{self._path.name}.tmp")
        with unfinished.open("wb") as file:
            for number, outcome in left.items():
                file.write(_line(number, outcome))
        self.close()
        unfinished.replace(self._path)

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _noted(lines: Iterable[bytes]) -> Iterator[tuple[int, Outcome]]:
    """Yield what lines say, up to the first that a power cut or a full disk has damaged."""
    for line in lines:
        try:
            number, failure, mark, row = line.split(b" ", 3)
            kind = None if failure == _NONE else failure.decode()
            own = None if mark == _NONE else bytes.fromhex(mark.decode())
            msgspec.json.decode(row)
            yield int(number), Outcome(row, kind, own)
        except (ValueError, msgspec.DecodeError):
            return


def _line(number: int, outcome: Outcome) -> bytes:
    failure = outcome.failure.encode() if outcome.failure else _NONE
    mark = outcome.mark.hex().encode() if outcome.mark else _NONE
    return b"%d %b %b %b\n" % (number, failure, mark, outcome.row)
