"""The HTTP answer in a record: its status, its headers and the page that it carries."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from newsextract.errors import FetchError, TooLarge, UnsupportedContent

__all__ = ["LARGEST_BODY", "Answer", "Unusable", "body_of", "is_page", "parsed"]

LARGEST_BODY = 25_000_000

_STATUS_LINE = re.compile(rb"HTTP/\d(?:\.\d)? +(\d{3})\b[^\n]*\n")
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_FOLD = re.compile(r"\r?\n[ \t]+")
# RFC 9112, 7.1: the size in hexadecimal, maybe extensions.
_CHUNK_SIZE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\n]*)?\r?\n")
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<")
# Bodies of which one can see that they are packed.
_MAGIC = {"gzip": b"\x1f\x8b", "x-gzip": b"\x1f\x8b", "zstd": b"\x28\xb5\x2f\xfd"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer as it came; the names of its headers are lower-case."""

    status: int | None = None
    headers: Mapping[str, str]
    payload: bytes


class Unusable(Exception):
    """The answer carries no whole page; the text says why."""


def parsed(block: bytes) -> Answer:
    """Take an answer apart into status, headers and payload; raise `Unusable` if it is none."""
    status_line = _STATUS_LINE.match(block)
    if status_line is None:
        raise Unusable("it does not begin like an HTTP answer")
    # From the line end on, since there may be no header at all.
    end = _HEAD_END.search(block, status_line.end() - 2)
    if end is None:
        raise Unusable("its HTTP headers have no end")
    return Answer(
        status=int(status_line[1]),
        headers=_headers(block[status_line.end() : end.start()]),
        payload=block[end.end() :],
    )


def is_page(answer: Answer) -> bool:
    """Whether label and first bytes are those of an HTML page, as for a page that is fetched."""
    from newsextract import contents

    content_type = answer.headers.get("content-type", "")
    try:
        contents.check_type(content_type)
        contents.check_beginning(content_type, _beginning(answer, contents.SNIFFED_BYTES))
    except UnsupportedContent:
        return False
    except (FetchError, Unusable):
        # What is wrong with it comes up when all of it is unpacked.
        return True
    return True


def body_of(answer: Answer) -> bytes:
    """Return the payload without its codings; raise `Unusable` unless all of it is there."""
    payload = _without_chunks(answer)
    coding = _coding(answer, payload)
    if coding:
        return _unpacked(coding, payload)
    if len(payload) > LARGEST_BODY:
        raise Unusable(_too_large())
    announced = answer.headers.get("content-length", "")
    if (
        "content-encoding" not in answer.headers
        and "transfer-encoding" not in answer.headers
        and announced.isascii()
        and announced.isdecimal()
        and len(payload) < int(announced[:18])
    ):
        raise Unusable(f"the page was cut off: {len(payload):,} of {announced[:18]} bytes")
    return payload


def _headers(head: bytes) -> dict[str, str]:
    """Return the headers; several of one name are joined (RFC 9110, 5.3)."""
    headers: dict[str, str] = {}
    for line in _FOLD.sub(" ", head.decode("utf-8", "replace")).split("\n"):
        name, colon, value = line.partition(":")
        name, value = name.strip().lower(), value.strip()
        if not colon or not name:
            continue
        # Of several types, the last counts (WHATWG Fetch, "extract a MIME type").
        joined = name in headers and name not in {"content-type", "content-length"}
        headers[name] = f"{headers[name]}, {value}" if joined else value
    return headers


def _beginning(answer: Answer, size: int) -> bytes:
    """Return the first bytes of the page; no more is unpacked than they need."""
    payload = _without_chunks(answer, enough=4 * size)
    coding = _coding(answer, payload)
    if not coding:
        return payload[:size]
    from newsextract.fetching.decoding import BodyDecoder

    found = b""
    for piece in BodyDecoder(coding, max_bytes=LARGEST_BODY).pieces(payload):
        found += piece
        if len(found) >= size:
            break
    return found[:size]


def _without_chunks(answer: Answer, enough: int | None = None) -> bytes:
    """Return the payload without the transfer coding, all of it or at least so many bytes."""
    payload = answer.payload
    # Many archives keep the header and store the payload without chunks.
    if "chunked" not in answer.headers.get("transfer-encoding", "").lower() or (
        not _CHUNK_SIZE.match(payload)
    ):
        return payload
    found = bytearray()
    at = 0
    while enough is None or len(found) < enough:
        size_line = _CHUNK_SIZE.match(payload, at)
        if size_line is None:
            raise Unusable("its chunks are cut off or broken")
        size = int(size_line[1], 16)
        if not size:
            break
        at = size_line.end() + size
        if at > len(payload):
            raise Unusable("its chunks are cut off")
        found += payload[size_line.end() : at]
        at += 2 if payload.startswith(b"\r\n", at) else 1
        if payload[at - 1 : at] != b"\n":
            raise Unusable("its chunks are broken")
    return bytes(found)


def _coding(answer: Answer, payload: bytes) -> str:
    """Return the content coding that is still to be undone, "" for none.

    Archives keep the header of pages that they store unpacked, as CC-NEWS did for years.
    """
    coding = answer.headers.get("content-encoding", "")
    names = [name.strip().lower() for name in coding.split(",")]
    magic = _MAGIC.get(names[-1])
    if magic is not None:
        return coding if payload.startswith(magic) else ""
    # What begins with a tag is no brotli or deflate that anybody would send.
    return "" if _MARKUP.match(payload) or not payload else coding


def _unpacked(coding: str, payload: bytes) -> bytes:
    from newsextract.fetching.decoding import BodyDecoder

    decoder = BodyDecoder(coding, max_bytes=LARGEST_BODY)
    try:
        body = decoder.decode(payload)
        decoder.finish()
    except TooLarge as error:
        raise Unusable(_too_large()) from error
    except FetchError as error:
        raise Unusable(f"the page cannot be unpacked: {error}") from error
    return body


def _too_large() -> str:
    return f"the page is larger than {LARGEST_BODY:,} bytes"
