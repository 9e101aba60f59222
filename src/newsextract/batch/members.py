"""The members of an archive file, unpacked one after the other, and where to go on after damage.

fastwarc is not used for it: it gives a record that the file ends in the middle of as a whole one,
reads on over the next records where a Content-Length is too large, and knows no offsets within
one gzip stream over all records.
"""

import abc
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import zstandard

__all__ = ["RECORD_START", "Damage", "Members", "open_members"]

RECORD_START = b"WARC/1."

_PIECE = 65_536
_TEXT = re.compile(rb"(?:\xef\xbb\xbf)?[\t\r\n\x20-\x7e]*")

_SMALL_WINDOW = 1 << 14
_LARGE_WINDOW = 1 << 20

_GZIP_MAGIC = b"\x1f\x8b\x08"
_ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
# RFC 8878, 3.1.2: the first byte of a skippable frame is one of 0x50 to 0x5f.
_SKIPPABLE_MAGIC = b"\x2a\x4d\x18"
# https://iipc.github.io/warc-specifications/specifications/warc-zstd/: a dictionary stands in a
# skippable frame at the beginning of the file, packed itself or not.
_DICTIONARY_MAGIC = b"\x5d" + _SKIPPABLE_MAGIC
_LARGEST_DICTIONARY = 16 << 20
# What `zstd --long` needs; it bounds the memory that a frame may ask for.
_ZSTD_MEMORY = 128 << 20


class Damage(Exception):
    """The member at `offset` cannot be unpacked; `warc` makes a failure of it.

    What was unpacked of it before is right where the file only ends too early (`is_cut`). Where
    the checksum at its end is all that is wrong (`is_checksum`), any of it may be wrong.
    """

    def __init__(
        self, offset: int, cause: str, *, is_cut: bool = False, is_checksum: bool = False
    ) -> None:
        super().__init__(cause)
        self.offset = offset
        self.cause = cause
        self.is_cut = is_cut
        self.is_checksum = is_checksum


class Members(abc.ABC):
    """Unpacks member after member of a file; a file that is not packed has one.

    `advance` begins the next member, at byte `start` of the file; `read` gives a piece of it, and
    nothing once its end was seen and its checksum found right. Both raise `Damage`, after which
    `open` lets the next `advance` begin somewhere else.
    """

    packed = True

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("rb")
        self.start = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    @abc.abstractmethod
    def open(self, offset: int) -> None:
        """Let the next member begin at this byte of the file."""

    @abc.abstractmethod
    def advance(self) -> bool:
        """Begin the next member; return whether there is one."""

    @abc.abstractmethod
    def read(self) -> bytes:
        """Return the next piece of the member, nothing at its end."""

    @abc.abstractmethod
    def next_start(self, offset: int) -> int | None:
        """Return the first byte from `offset` on at which a member with a record begins."""

    def skip(self, count: int) -> tuple[int, bytes]:
        """Pass over so many bytes of the member; return how many, and what came with the last."""
        passed = 0
        while passed < count and (piece := self.read()):
            passed += len(piece)
            if passed > count:
                return count, piece[len(piece) - (passed - count) :]
        return passed, b""

    def again(self) -> Self:
        """Return the same for another walk over the file, which begins with this member."""
        other = type(self)(self._path)
        other.open(self.start)
        return other

    def flaw(self) -> Damage | None:
        """Return what is wrong with the current member; all of it is unpacked for this."""
        with self.again() as again:
            try:
                again.advance()
                while again.read():
                    pass
            except Damage as damage:
                return damage
        return None


class _Plain(Members):
    packed = False

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._begun = False

    def open(self, offset: int) -> None:
        self._file.seek(offset)
        self.start = offset
        self._begun = False

    def advance(self) -> bool:
        if self._begun:
            return False
        self._begun = True
        return True

    def read(self) -> bytes:
        return self._file.read(_PIECE)

    def skip(self, count: int) -> tuple[int, bytes]:
        here = self._file.tell()
        there = self._file.seek(min(here + count, self._file.seek(0, 2)))
        return there - here, b""

    def next_start(self, offset: int) -> int | None:  # noqa: ARG002 - it is never asked
        return None


class _Packed(Members):
    """What gzip and zstd have in common."""

    magic: bytes
    name: str
    # How many packed bytes are taken in one go, which bounds what they unpack to.
    slice_bytes: int
    # How many of them are looked at to see whether a record begins.
    looked_at: int

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._pending = b""
        self._error: Damage | None = None

    def open(self, offset: int) -> None:
        self._file.seek(offset)
        self._pending = b""
        self._error = None

    def advance(self) -> bool:
        if not self._fill():
            return False
        self.start = self._file.tell() - len(self._pending)
        if not self._pending.startswith(self.magic):
            raise Damage(self.start, f"no {self.name} begins here")
        self._begin()
        return True

    def read(self) -> bytes:
        while not self._at_end():
            if self._error is not None:
                raise self._error
            if not self._pending and not self._fill():
                cause = f"the file ends within the {self.name}"
                raise Damage(self.start, cause, is_cut=True)
            piece = self._unpack()
            if piece:
                return piece
        return b""

    def next_start(self, offset: int) -> int | None:
        for place in self._magic_places(offset):
            if self._record_begins(place):
                return place
        return None

    def _magic_places(self, offset: int) -> Iterator[int]:
        kept = b""
        window = _SMALL_WINDOW
        while True:
            self._file.seek(offset)
            chunk = self._file.read(window)
            if not chunk:
                return
            window = min(2 * window, _LARGE_WINDOW)
            offset += len(chunk)
            kept += chunk
            found = kept.find(self.magic)
            while found >= 0:
                yield offset - len(kept) + found
                found = kept.find(self.magic, found + 1)
            kept = kept[1 - len(self.magic) :]

    def _record_begins(self, place: int) -> bool:
        self.open(place)
        found = b""
        try:
            self.advance()
            while len(found) < len(RECORD_START) and self._file.tell() - place < self.looked_at:
                piece = self.read()
                if not piece:
                    break
                found += piece
        except Damage:
            return False
        return found.startswith(RECORD_START)

    def _fill(self) -> bool:
        """Have a few bytes pending if there are, as many as a magic number; return whether."""
        while len(self._pending) < 8 and (more := self._file.read(self.slice_bytes)):
            self._pending += more
        return bool(self._pending)

    def _damage(self, error: Exception, *of_checksums: str) -> Damage:
        is_checksum = any(words in str(error) for words in of_checksums)
        cause = f"the {self.name} cannot be unpacked ({error})"
        return Damage(self.start, cause, is_checksum=is_checksum)

    @abc.abstractmethod
    def _begin(self) -> None:
        """Begin a member with what is pending."""

    @abc.abstractmethod
    def _at_end(self) -> bool:
        """Whether the whole member was read."""

    @abc.abstractmethod
    def _unpack(self) -> bytes:
        """Unpack some of what is pending."""


class _Gzip(_Packed):
    """Gzip members (RFC 1952, 2.2), one a record (WARC 1.1, annex D) or one over all."""

    magic = _GZIP_MAGIC
    name = "gzip member"
    slice_bytes = 16_384
    # More than the tables of a deflate block have (RFC 1951, 3.2.7).
    looked_at = 1_024

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._begin()

    def _record_begins(self, place: int) -> bool:
        self._file.seek(place)
        try:
            stream = zlib.decompressobj(zlib.MAX_WBITS | 16)
            found = stream.decompress(self._file.read(self.looked_at), len(RECORD_START))
        except zlib.error:
            return False
        return found == RECORD_START

    def _begin(self) -> None:
        self._stream = zlib.decompressobj(zlib.MAX_WBITS | 16)

    def _at_end(self) -> bool:
        return self._stream.eof

    def _unpack(self) -> bytes:
        before = self._stream.copy()
        try:
            piece = self._stream.decompress(self._pending, _PIECE)
        except zlib.error as error:
            self._error = self._damage(error, "data check", "length check")
            return _up_to_error(before, self._pending)
        self._pending = self._stream.unused_data or self._stream.unconsumed_tail
        return piece


def _up_to_error(stream: "zlib._Decompress", packed: bytes) -> bytes:
    # zlib keeps to itself what it had unpacked in the call that failed; in smaller and smaller
    # steps only one byte fails.
    unpacked = b""
    at = 0
    for step in (1_024, 32, 1):
        while at < len(packed):
            before = stream.copy()
            try:
                unpacked += stream.decompress(packed[at : at + step])
            except zlib.error:
                stream = before
                break
            at += step
    return unpacked


class _Zstd(_Packed):
    """Zstandard frames (RFC 8878), one a record or one over all."""

    magic = _ZSTD_MAGIC
    name = "zstd frame"
    # A block of 4 bytes may unpack to 128 KiB (RFC 8878, 3.1.1.2), and a block of 128 KiB unpacks
    # to nothing until it is whole.
    slice_bytes = 256
    looked_at = 160 << 10

    def __init__(self, path: Path) -> None:
        import zstandard

        super().__init__(path)
        self._foreign_error = zstandard.ZstdError
        self._unpacker = zstandard.ZstdDecompressor(
            dict_data=self._dictionary(), max_window_size=_ZSTD_MEMORY
        )
        self._begin()

    def advance(self) -> bool:
        while self._fill() and self._pending[1:4] == _SKIPPABLE_MAGIC:
            size = 8 + int.from_bytes(self._pending[4:8], "little")
            self.open(self._file.tell() - len(self._pending) + size)
        return super().advance()

    def _begin(self) -> None:
        self._frame = self._unpacker.decompressobj()

    def _at_end(self) -> bool:
        return bool(self._frame.eof)

    def _unpack(self) -> bytes:
        try:
            piece = self._frame.decompress(self._pending)
        except self._foreign_error as error:
            raise self._damage(error, "checksum") from error
        self._pending = self._frame.unused_data
        return piece

    def _dictionary(self) -> "zstandard.ZstdCompressionDict | None":
        import zstandard

        head = self._file.read(8)
        size = int.from_bytes(head[4:], "little")
        content = b""
        if head.startswith(_DICTIONARY_MAGIC) and size <= _LARGEST_DICTIONARY:
            content = self._file.read(size)
        self._file.seek(0)
        if content.startswith(_ZSTD_MAGIC):
            unpacker = zstandard.ZstdDecompressor(max_window_size=_LARGEST_DICTIONARY)
            with unpacker.stream_reader(content) as stream:
                content = stream.read(_LARGEST_DICTIONARY)
        return zstandard.ZstdCompressionDict(content) if content else None


def open_members(path: Path) -> Members:
    """Open an archive as its first bytes, or else its name, tell that it is packed."""
    with path.open("rb") as file:
        beginning = file.read(len(RECORD_START))
    if beginning.startswith(_GZIP_MAGIC):
        return _Gzip(path)
    if beginning.startswith(_ZSTD_MAGIC) or beginning[1:4] == _SKIPPABLE_MAGIC:
        return _Zstd(path)
    # Text under the name of a packed file was unpacked on its way here.
    if _TEXT.fullmatch(beginning):
        return _Plain(path)
    return {".gz": _Gzip, ".zst": _Zstd}.get(path.suffix.lower(), _Plain)(path)
