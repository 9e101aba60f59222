"""Files of text, packed or not, line by line in bounded memory."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from newsextract.batch.members import Damage, Members, open_members

__all__ = ["LARGEST_LINE", "lines_of", "name_without_packing", "open_unpacked", "what_is_wrong"]

# A page of the largest size in JSON, where a character may take two.
LARGEST_LINE = 52_000_000
_BUFFER = 65_536
_SUFFIXES = (".gz", ".zst")


class _Unpacked(io.RawIOBase):
    """All members of a file as one stream; raises `Damage` where it is broken or cut off."""

    def __init__(self, members: Members) -> None:
        self._members = members
        self._rest = memoryview(b"")
        members.open(0)
        self._more = members.advance()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while self._more and not self._rest:
            self._rest = memoryview(self._members.read())
            if not self._rest:
                self._more = self._members.advance()
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size

    def close(self) -> None:
        self._members.close()
        super().close()


def open_unpacked(path: Path) -> io.BufferedReader:
    """Open a file that may be packed with gzip or zstd; reading raises `Damage` or `OSError`."""
    members = open_members(path)
    try:
        return io.BufferedReader(_Unpacked(members), _BUFFER)
    except BaseException:
        members.close()
        raise


def name_without_packing(path: Path) -> str:
    """Return the name in lower case without what says that it is packed."""
    name = path.name.lower()
    for suffix in _SUFFIXES:
        name = name.removesuffix(suffix)
    return name


def lines_of(file: BinaryIO) -> Iterator[bytes | None]:
    """Yield each line as soon as it is there, `None` for one that is too long."""
    while line := file.readline(LARGEST_LINE):
        is_whole = line.endswith(b"\n") or len(line) < LARGEST_LINE
        yield line if is_whole else None
        while not is_whole:
            rest = file.readline(LARGEST_LINE)
            is_whole = len(rest) < LARGEST_LINE or rest.endswith(b"\n")


def what_is_wrong(error: Damage | OSError) -> str:
    """Return what the message says after the name of the file."""
    if isinstance(error, Damage):
        return f"{error.cause}, at byte {error.offset}"
    return error.strerror or str(error)
