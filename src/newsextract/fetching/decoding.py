"""Content codings (gzip, deflate, br, zstd), unpacked in bounded memory.

A 796-byte brotli body may unpack to a gigabyte, so no step here yields more than a
few megabytes before the size limit is looked at again.
"""

import zlib
from collections.abc import Iterable, Iterator
from typing import Protocol

import brotli
import zstandard

from newsextract.errors import TooLarge, TruncatedBody, UndecodableBody

__all__ = ["BodyDecoder", "FileDecoder"]

MAX_CODINGS = 2
MAX_MEMBERS = 1_000

# How much packed data is looked at in one go: unused input behind a gzip member is copied,
# so large pieces with many members would cost their product.
_SLICE = 16_384
# The smallest zstd block is 4 bytes and unpacks to 128 KiB (RFC 8878, 3.1.1.2), and the
# zstandard package cannot be told to stop within a call.
_ZSTD_SLICE = 64
_PIECE = 65_536

_GZIP_MAGIC = b"\x1f\x8b"
# RFC 1952, 2.3.1: with "deflate", the only method there is.
_GZIP_FILE = b"\x1f\x8b\x08"
# The window that a browser must support for the content coding, and so the largest that a
# server may use (RFC 9659, 3).
_ZSTD_WINDOW = 8 * 1024 * 1024


class _Unpacker(Protocol):
    """One coding, undone piece by piece; `ended` once its end mark was seen."""

    @property
    def ended(self) -> bool: ...

    def unpack(self, data: bytes) -> Iterator[bytes]: ...


class BodyDecoder:
    """Undoes the codings that a `Content-Encoding` names, within `max_bytes`.

    Raises `UndecodableBody` for a broken body, or a coding that is unknown or one of too
    many; `TooLarge` as soon as the limit is crossed, by the body or anything it unpacks to
    on the way; `TruncatedBody` from `finish` when the end is missing.
    """

    def __init__(self, content_encoding: str, *, max_bytes: int) -> None:
        names = _coding_names(content_encoding)
        # The header lists codings in the order they were applied (RFC 9110, 8.4).
        self._stages = [_Stage(name, max_bytes) for name in reversed(names)]

    def decode(self, data: bytes) -> bytes:
        """Return what the next part of the packed body unpacks to, maybe nothing yet."""
        return b"".join(self.pieces(data))

    def pieces(self, data: bytes) -> Iterable[bytes]:
        """Yield the same piece by piece, for who may have enough before its end."""
        pieces: Iterable[bytes] = (data,)
        for stage in self._stages:
            pieces = stage.unpack(pieces)
        return pieces

    def finish(self) -> None:
        """Make sure that the body which ended here was whole."""
        for stage in self._stages:
            stage.finish()


class FileDecoder:
    """Unpacks a body that is a gzip file, as sitemaps come, and hands on any other as it is.

    Raises as `BodyDecoder` does.
    """

    def __init__(self, *, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._start = b""
        self._is_known = False
        self._gzip: BodyDecoder | None = None

    def decode(self, data: bytes) -> bytes:
        """Return what the next part of the body unpacks to, maybe nothing yet."""
        if not self._is_known:
            data = self._start + data
            if len(data) < len(_GZIP_FILE):
                self._start = data
                return b""
            self._is_known = True
            if data.startswith(_GZIP_FILE):
                self._gzip = BodyDecoder("gzip", max_bytes=self._max_bytes)
        return data if self._gzip is None else self._gzip.decode(data)

    def finish(self) -> bytes:
        """Make sure that a file which ended here was whole; return what is left of a short body."""
        if self._gzip is not None:
            self._gzip.finish()
        return b"" if self._is_known else self._start


class _Stage:
    """One coding with its name and the limit, which turns foreign errors into ours."""

    def __init__(self, name: str, max_bytes: int) -> None:
        self._name = name
        self._max_bytes = max_bytes
        self._unpacked = 0
        self._unpacker = _unpacker(name)

    def unpack(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            for unpacked in self._unpack(piece):
                self._unpacked += len(unpacked)
                if self._unpacked > self._max_bytes:
                    raise TooLarge(
                        f"the page unpacks to more than the limit of {self._max_bytes:,} bytes; "
                        "raise max_bytes if it is a page you trust",
                        detail=self._name,
                    )
                yield unpacked

    def _unpack(self, data: bytes) -> Iterator[bytes]:
        try:
            yield from self._unpacker.unpack(data)
        except (zlib.error, brotli.error, zstandard.ZstdError) as error:
            raise UndecodableBody(
                f"the answer says it is packed with {self._name} but cannot be unpacked; "
                "the site is at fault, so try again later",
                detail=str(error),
            ) from error

    def finish(self) -> None:
        if not self._unpacker.ended:
            raise TruncatedBody(
                f"the answer ended before its {self._name} data was whole; try again",
                detail=self._name,
            )


class _Gzip:
    """One or more gzip members in a row (RFC 1952, 2.2); anything else after them is padding."""

    def __init__(self) -> None:
        self.ended = False
        self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._members = 1
        self._rest = b""

    def unpack(self, data: bytes) -> Iterator[bytes]:
        for part in _slices(data, _SLICE):
            yield from self._unpack_members(part)

    def _unpack_members(self, data: bytes) -> Iterator[bytes]:
        data = self._rest + data
        self._rest = b""
        while data:
            if self.ended and not self._next_member_begins(data):
                return
            yield from _inflate(self._member, data)
            self.ended = self._member.eof
            data = self._member.unused_data

    def _next_member_begins(self, data: bytes) -> bool:
        if data == _GZIP_MAGIC[:1]:
            self._rest = data
        if not data.startswith(_GZIP_MAGIC):
            return False
        self._members = _one_more(self._members)
        self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self.ended = False
        return True


class _Deflate:
    """The zlib format, as RFC 9110 (8.4.1.2) demands, or bare deflate, as some servers send."""

    def __init__(self) -> None:
        self._start = b""
        self._stream: zlib._Decompress | None = None

    @property
    def ended(self) -> bool:
        return self._stream is not None and self._stream.eof

    def unpack(self, data: bytes) -> Iterator[bytes]:
        if self._stream is None:
            data = self._start + data
            if len(data) < 2:
                self._start = data
                return
            wrapped = _is_zlib_header(data)
            self._stream = zlib.decompressobj(zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS)
        for part in _slices(data, _SLICE):
            if self._stream.eof:
                return
            yield from _inflate(self._stream, part)


class _Brotli:
    """One brotli stream (RFC 7932)."""

    def __init__(self) -> None:
        self._stream = brotli.Decompressor()

    @property
    def ended(self) -> bool:
        return bool(self._stream.is_finished())

    def unpack(self, data: bytes) -> Iterator[bytes]:
        piece = self._stream.process(data, output_buffer_limit=_PIECE)
        # A full piece may leave output, or the end mark, waiting inside with no input left.
        while piece:
            yield piece
            piece = self._stream.process(b"", output_buffer_limit=_PIECE)


class _Zstd:
    """One or more zstd frames in a row (RFC 8878, 3)."""

    def __init__(self) -> None:
        self._frame = _new_frame()
        self._frames = 1

    @property
    def ended(self) -> bool:
        return bool(self._frame.eof)

    def unpack(self, data: bytes) -> Iterator[bytes]:
        for part in _slices(data, _ZSTD_SLICE):
            rest = part
            while rest:
                if self._frame.eof:
                    self._frames = _one_more(self._frames)
                    self._frame = _new_frame()
                yield self._frame.decompress(rest)
                rest = self._frame.unused_data


def _coding_names(content_encoding: str) -> list[str]:
    listed = (name.strip().lower() for name in content_encoding.split(","))
    names = [name for name in listed if name not in {"", "identity"}]
    if len(names) > MAX_CODINGS:
        raise UndecodableBody(
            f"the answer says it is packed {len(names)} times over, which no page needs; "
            "the site is at fault",
            detail=content_encoding[:200],
        )
    return names


def _unpacker(name: str) -> _Unpacker:
    match name:
        # RFC 9110, 8.4.1.3: x-gzip is the same as gzip.
        case "gzip" | "x-gzip":
            return _Gzip()
        case "deflate":
            return _Deflate()
        case "br":
            return _Brotli()
        case "zstd":
            return _Zstd()
        case _:
            raise UndecodableBody(
                f"the answer is packed in a way that was not asked for ({name[:40]!r}); "
                "the site is at fault",
                detail=name[:200],
            )


def _inflate(stream: "zlib._Decompress", data: bytes) -> Iterator[bytes]:
    piece = stream.decompress(data, _PIECE)
    yield piece
    # As with brotli, a full piece may leave something waiting inside.
    while len(piece) == _PIECE and not stream.eof:
        piece = stream.decompress(stream.unconsumed_tail, _PIECE)
        yield piece


def _is_zlib_header(data: bytes) -> bool:
    # RFC 1950, 2.2: method 8, and the first two bytes are a multiple of 31.
    return data[0] & 0x0F == 8 and int.from_bytes(data[:2], "big") % 31 == 0


def _new_frame() -> "zstandard.ZstdDecompressionObj":
    return zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()


def _one_more(members: int) -> int:
    if members == MAX_MEMBERS:
        raise UndecodableBody(
            f"the answer is packed in more than {MAX_MEMBERS:,} parts, which no page needs; "
            "the site is at fault"
        )
    return members + 1


def _slices(data: bytes, size: int) -> Iterator[bytes]:
    return (data[start : start + size] for start in range(0, len(data), size))
