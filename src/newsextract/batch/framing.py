"""Where the records of a WARC file begin and end, also in one that is damaged.

A record counts only when it is known to be whole: it has the bytes that its Content-Length says,
then comes what has to come, and the checksum of its gzip member or zstd frame is right, or its
own digest where that goes on behind it. After damage the walk goes on at the next place where a
record verifiably begins.
"""

import base64
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from newsextract.batch.members import RECORD_START, Damage, Members, open_members

__all__ = ["LARGEST_BLOCK", "Broken", "Record", "walk"]

# A record with more is passed over; the pages of a batch have less.
LARGEST_BLOCK = 26_000_000
_LARGEST_HEAD = 65_536
# How much of a file may be unpacked once more to find what a Content-Length that was too large
# went over; without a limit a file that lies in each record would take the square of its size.
_AGAIN = 1 << 30
# In one stream over all, pages that end so shortly before the first sign of damage are not
# trusted: the window of deflate (RFC 1951, 2). Without it, 39 of 11,455 were wrong; with it, none.
_MARGIN = 1 << 15

# WARC 1.1, 4: a version line, named fields, which may be folded, and an empty line. Bare line
# feeds are not allowed, but written.
_HEAD_LINES = (
    rb"WARC/1\.\d[ \t]*\r?\n"
    rb"((?:[!#$%&'*+.^_`|~0-9A-Za-z-]+[ \t]*:[^\n]*+\n(?:[ \t]+[^\s][^\n]*+\n)*+)*+)"
)
_LINES = re.compile(_HEAD_LINES)
_HEAD = re.compile(_HEAD_LINES + rb"\r?\n")
_FOLD = re.compile(r"\r?\n[ \t]+")
_TARGET = re.compile(rb"\nWARC-Target-URI:[ \t]*<?([^\s>]{1,8192})", re.IGNORECASE)
_NEWLINES = re.compile(rb"[\r\n]*+")
_TWO_NEWLINES = (b"\r\n\r\n", b"\n\n")
_LENGTH = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A whole record; `block` is `None` where it is larger than `LARGEST_BLOCK`."""

    place: str
    headers: Mapping[str, str]
    block: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """What stands at this place and is no whole record, why, and its address if that is known."""

    place: str
    cause: str
    url: str | None


class _Misframed(Exception):
    """No whole record begins here, although all of it could be unpacked."""


def walk(path: Path, wanted: Callable[[Mapping[str, str]], bool]) -> Iterator[Record | Broken]:
    """Yield each record with wanted headers, in order, and what is broken anywhere."""
    with open_members(path) as members:
        yield from _Walk(members, wanted, path.stat().st_size).records()


class _Cursor:
    """The unpacked bytes from one place on, kept until `forget`; `at` is where the walk stands."""

    def __init__(self, members: Members) -> None:
        self.members = members
        self.restart()

    def restart(self, position: int = 0, data: bytes = b"") -> None:
        """Stand so many bytes behind the beginning of the current member."""
        self.data = bytearray(data)
        self.at = 0
        # Which members there are in `data`: from which index on, at which byte of the file they
        # begin, and how far behind their beginning that index is.
        self._parts = [(0, self.members.start, position)]

    def fill(self) -> bool:
        """Have more of this member; `False` at its end, when it is known to be right."""
        piece = self.members.read()
        self.data += piece
        return bool(piece)

    def next_member(self) -> bool:
        """Go on to the member behind this one, if there is one."""
        if not self.members.advance():
            return False
        self._parts.append((len(self.data), self.members.start, 0))
        return True

    def more(self) -> bool:
        """Have more of this record: of this member, or of the next unless a record begins there."""
        if self.fill():
            return True
        if not self.next_member():
            return False
        begin = len(self.data)
        while len(self.data) - begin < len(RECORD_START) and self.fill():
            pass
        return not self.data.startswith(RECORD_START, begin)

    def forget(self) -> None:
        """Drop what stands before the cursor."""
        if self.at:
            start, position = self.position(self.at)
            later = [part for part in self._parts if part[0] > self.at]
            del self.data[: self.at]
            self._parts = [(0, start, position)]
            self._parts += [(index - self.at, begin, behind) for index, begin, behind in later]
            self.at = 0

    def position(self, index: int) -> tuple[int, int]:
        """Return the byte at which the member there begins, and how far behind that it is."""
        begin, start, behind = [part for part in self._parts if part[0] <= index][-1]
        return start, behind + index - begin

    def place(self) -> str:
        """Return where the cursor stands, as it is shown behind the name of the file."""
        start, position = self.position(self.at)
        if not self.members.packed:
            return str(start + position)
        return f"{start}+{position}" if position else str(start)


class _Walk:
    """One walk over a file."""

    def __init__(
        self, members: Members, wanted: Callable[[Mapping[str, str]], bool], size: int
    ) -> None:
        self._members = members
        self._wanted = wanted
        self._again = _AGAIN + 4 * size
        self._passed = 0
        self._cursor = _Cursor(members)
        self._place: str | None = None
        self._url: str | None = None
        # What is wrong with the member that begins there, where it was looked for.
        self._flaw: tuple[int, Damage | None] | None = None
        self._right: tuple[int, float] | None = None

    def records(self) -> Iterator[Record | Broken]:
        start: int | None = 0
        while start is not None:
            try:
                self._place = self._url = None
                self._members.open(start)
                yield from self.from_here()
                return
            except Damage as damage:
                if not self._is_known_to_be_damaged(damage.offset):
                    yield self._broken(damage.cause, damage.offset)
                start = self._members.next_start(damage.offset + 1)

    def position(self) -> int:
        """Return how many bytes of its member are behind the walk."""
        return self._cursor.position(self._cursor.at)[1]

    def from_here(self) -> Iterator[Record | Broken]:
        """Yield the same from the member on that is the next one; raise `Damage`."""
        if not self._members.advance():
            return
        self._cursor.restart()
        while self._find_content():
            self._place = self._cursor.place()
            try:
                record = self._record()
            except _Misframed as error:
                is_of_member = self._cursor.position(self._cursor.at)[0] == self._members.start
                flaw = self._flaw_of_member() if is_of_member else None
                yield self._broken(flaw.cause if flaw else str(error))
                if not self._find_record():
                    return
            else:
                if record is not None:
                    yield record
            self._place = self._url = None

    def _find_content(self) -> bool:
        """Pass over empty lines; return whether there is anything behind them."""
        cursor = self._cursor
        while True:
            cursor.at = _after_newlines(cursor.data, cursor.at)
            cursor.forget()
            if cursor.data:
                return True
            if not cursor.fill() and not cursor.next_member():
                return False

    def _find_record(self) -> bool:
        """Go to the next place where a record begins; `False` at the end."""
        cursor = self._cursor
        at = cursor.at + 1
        while True:
            found = cursor.data.find(RECORD_START, at)
            if found >= 0:
                # Anywhere in a line, since garbage in front of a record need not end with one.
                if self._has_head(found):
                    cursor.at = found
                    return True
                # The lines that lead from here to no record lead there from within them, too.
                lines = _LINES.match(cursor.data, found)
                at = lines.end() if lines else found + 1
                continue
            # What is left may be the first part of one.
            cursor.at = max(at, len(cursor.data) - len(RECORD_START) + 1)
            cursor.forget()
            at = 0
            if not cursor.fill() and not cursor.next_member():
                return False

    def _record(self) -> Record | Broken | None:
        """Return the record that begins here, if it is wanted, and stand behind it."""
        cursor = self._cursor
        head = self._head(cursor.at)
        if head is None:
            raise _Misframed("no record begins here")
        headers = _fields(head[1])
        self._url = headers.get("warc-target-uri", "").strip("<>") or None
        length = _content_length(headers)
        begin, end = head.end(), head.end() + length
        block = None
        if length > LARGEST_BLOCK and end > len(cursor.data):
            is_verified = self._pass_over(begin, length)
        else:
            while len(cursor.data) < end:
                if not cursor.more():
                    raise _Misframed(_too_short(length))
            is_verified = self._check_what_follows(end, length)
            if length <= LARGEST_BLOCK and self._wanted(headers):
                block = bytes(memoryview(cursor.data)[begin:end])
            cursor.at = end
        if not self._wanted(headers):
            return None
        return self._judged(headers, block, is_verified=is_verified)

    def _judged(
        self, headers: Mapping[str, str], block: bytes | None, *, is_verified: bool
    ) -> Record | Broken:
        assert self._place is not None  # noqa: S101
        record = Record(place=self._place, headers=headers, block=block)
        if is_verified or block is None:
            return record
        has_digest = _has_digest(headers, block)
        if has_digest:
            return record
        flaw = self._flaw_of_member()
        if has_digest is False and (flaw or not self._members.packed):
            return self._broken("its block does not have the digest that it states")
        # Nothing but the checksum of all tells whether it is as it was written.
        if flaw and self.position() > self._right_bytes():
            return self._broken(f"it may be wrong, since {flaw.cause}, and it has no digest")
        return record

    def _head(self, at: int) -> re.Match[bytes] | None:
        cursor = self._cursor
        while True:
            head = _HEAD.match(cursor.data, at)
            if head is not None:
                return head
            has_start = cursor.data.startswith(RECORD_START, at)
            size = len(cursor.data) - at
            if size > _LARGEST_HEAD or (size >= len(RECORD_START) and not has_start):
                return None
            if not cursor.more():
                return None

    def _has_head(self, at: int) -> bool:
        """Whether the fields stand there that each record has (WARC 1.1, 5.1)."""
        head = self._head(at)
        return head is not None and {"warc-type", "content-length"} <= _fields(head[1]).keys()

    def _check_what_follows(self, end: int, length: int) -> bool:
        """Raise unless a record may end there; return whether its member ends there, too."""
        cursor = self._cursor
        while True:
            at = _after_newlines(cursor.data, end)
            rest = bytes(cursor.data[at : at + len(RECORD_START)])
            if len(rest) == len(RECORD_START):
                break
            if not cursor.fill():
                if not rest:
                    return self._members.packed
                break
        # WARC 1.1, 4: two newlines end a record. What else stands behind them is not its fault.
        if RECORD_START.startswith(rest) or cursor.data.startswith(_TWO_NEWLINES, end):
            return False
        raise _Misframed(f"it goes on behind the {length:,} bytes of its Content-Length")

    def _pass_over(self, begin: int, length: int) -> bool:
        """Go behind a block that is not kept; where that fails, return to its beginning."""
        cursor = self._cursor
        start, position = cursor.position(begin)
        if self._members.packed and self._again < 0:
            raise _Misframed(f"its Content-Length of {length:,} bytes is too large to be checked")
        try:
            self._skip(length - (len(cursor.data) - begin), length)
            return self._check_what_follows(0, length)
        except (Damage, _Misframed) as error:
            self._again -= position + self._passed
            self._members.open(start)
            self._members.advance()
            # Right before the block, since the search for a record begins behind the cursor.
            _, rest = self._members.skip(position - 1)
            cursor.restart(position - 1, rest)
            raise _Misframed(str(error)) from error

    def _skip(self, count: int, length: int) -> None:
        """Pass over the next bytes, across members as long as none begins with a record."""
        members = self._members
        self._passed = 0
        position = self._cursor.position(len(self._cursor.data))[1]
        while True:
            passed, rest = members.skip(count)
            self._passed += passed
            position += passed
            count -= passed
            if not count:
                self._cursor.restart(position, rest)
                return
            rest = members.read() if members.advance() else RECORD_START
            if rest.startswith(RECORD_START):
                raise _Misframed(_too_short(length))
            position = min(count, len(rest))
            count -= position
            if not count:
                self._cursor.restart(position, rest[position:])
                return

    def _flaw_of_member(self) -> Damage | None:
        """Return what is wrong with the member in hand, which is looked for once."""
        if not self._members.packed:
            return None
        start = self._members.start
        if self._flaw is None or self._flaw[0] != start:
            self._flaw = (start, self._members.flaw())
        return self._flaw[1]

    def _right_bytes(self) -> float:
        """Return how many of the first bytes of this member, which is damaged, are right.

        A wrong bit makes deflate and zstd go on with wrong bytes, and nearly always with more or
        fewer of them: up to the first record that does not end where it has to, they are right.
        """
        start = self._members.start
        if self._right is None or self._right[0] != start:
            self._right = (start, self._bytes_to_first_sign())
        return self._right[1]

    def _bytes_to_first_sign(self) -> float:
        with self._members.again() as again:
            walk = _Walk(again, lambda _: False, 0)
            try:
                next(walk.from_here(), None)
            except Damage as damage:
                if damage.is_cut:
                    return float("inf")
                if damage.is_checksum:
                    return 0
            return walk.position() - _MARGIN

    def _is_known_to_be_damaged(self, start: int) -> bool:
        return self._flaw is not None and self._flaw[0] == start and self._flaw[1] is not None

    def _broken(self, cause: str, offset: int = 0) -> Broken:
        url = self._url
        if self._place is not None and url is None:
            target = _TARGET.search(bytes(self._cursor.data[self._cursor.at :][:_LARGEST_HEAD]))
            url = target[1].decode("utf-8", "replace") if target else None
        return Broken(place=self._place or str(offset), cause=cause, url=url)


def _after_newlines(data: bytearray, at: int) -> int:
    match = _NEWLINES.match(data, at)
    return match.end() if match else at


def _fields(head: bytes) -> dict[str, str]:
    """Return the named fields, the first of each name."""
    fields: dict[str, str] = {}
    for line in _FOLD.sub(" ", head.decode("utf-8", "replace")).split("\n"):
        name, _, value = line.partition(":")
        fields.setdefault(name.strip().lower(), value.strip())
    return fields


def _content_length(headers: Mapping[str, str]) -> int:
    length = headers.get("content-length", "")
    if not _LENGTH.fullmatch(length):
        raise _Misframed(
            f"its Content-Length is {length[:40]!r}" if length else "it has no Content-Length"
        )
    return int(length)


def _too_short(length: int) -> str:
    return f"it ends before the {length:,} bytes of its Content-Length"


def _has_digest(headers: Mapping[str, str], block: bytes) -> bool | None:
    """Whether the block has the digest that is stated, `None` if none is that we can judge.

    WARC 1.1, 5.8 and 5.9: of the block, or of what stands behind the HTTP headers in it, as it is
    stored or, as some read it, without chunks.
    """
    if "warc-block-digest" in headers:
        return _is_digest(headers["warc-block-digest"], block)
    head, _, payload = (
        block.partition(b"\r\n\r\n") if block.startswith(b"HTTP/") else (b"", b"", block)
    )
    fits = _is_digest(headers.get("warc-payload-digest", ""), payload)
    return None if b"chunked" in head.lower() and not fits else fits


def _is_digest(stated: str, data: bytes) -> bool | None:
    algorithm, _, value = stated.partition(":")
    algorithm = algorithm.lower().replace("-", "")
    if algorithm not in {"md5", "sha1", "sha256", "sha512"}:
        return None
    digest = hashlib.new(algorithm, data, usedforsecurity=False).digest()
    # Base32 is usual; some programs write hexadecimal.
    if len(value) == 2 * len(digest):
        return value.lower() == digest.hex()
    return value.upper().rstrip("=") == base64.b32encode(digest).decode("ascii").rstrip("=")
