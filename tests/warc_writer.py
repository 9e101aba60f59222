"""WARC files written by hand, for the tests: every way to pack them, and ways to damage them."""

import base64
import functools
import gzip
import hashlib
import random
import zlib
from dataclasses import dataclass, field

import brotli
import zstandard

WORDS = (
    "harbour council ferry bridge morning engineer timber valley school river market lantern "
    "orchard railway winter meadow granite kettle sparrow island ledger copper"
).split()
_ALL_DRAWN = random.Random(0)
SENTENCES = [" ".join(_ALL_DRAWN.choices(WORDS, k=40)).capitalize() for _ in range(1_000)]


def bare_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def chunked(data: bytes, size: int = 700) -> bytes:
    parts = [data[at : at + size] for at in range(0, len(data), size)]
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


PACK = {
    # Without the time of writing in it, so that damage is done to the same bytes every time.
    "gzip": functools.partial(gzip.compress, mtime=0),
    "deflate": zlib.compress,
    "br": lambda data: brotli.compress(data, quality=4),
    "zstd": zstandard.compress,
}


def page(number: int, size: int = 4_000) -> bytes:
    """Return a page of made-up text, another one for each number."""
    draw = random.Random(number)
    text = f"<!DOCTYPE html>\n<html><head><title>Story {number}</title></head><body>\n"
    while len(text) < size:
        text += f"<p>{draw.choice(SENTENCES)}.</p>\n"
    return (text + f"<p>Ünd zum Schluß: {number}.</p></body></html>\n").encode()


def address(number: int) -> str:
    return f"https://www.quayside-gazette.example/story/{number}"


@dataclass(kw_only=True)
class Written:
    """One record, to be changed before it is written."""

    url: str
    block: bytes
    kind: str = "response"
    content_type: str = "application/http; msgtype=response"
    length: object = None
    digest: bool = False
    fields: dict[str, str] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        lines = [
            "WARC/1.0",
            f"WARC-Type: {self.kind}",
            f"WARC-Record-ID: <urn:uuid:{hashlib.md5(self.url.encode()).hexdigest()}>",
            f"WARC-Target-URI: {self.url}",
            "WARC-Date: 2025-03-04T05:06:07Z",
            f"Content-Type: {self.content_type}",
            *(f"{name}: {value}" for name, value in self.fields.items()),
        ]
        if self.digest:
            digest = base64.b32encode(hashlib.sha1(self.block).digest()).decode()
            lines.append(f"WARC-Block-Digest: sha1:{digest}")
        if self.length != "":
            length = len(self.block) if self.length is None else self.length
            lines.append(f"Content-Length: {length}")
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + self.block + b"\r\n\r\n"


def answer(
    body: bytes,
    *,
    status: str = "200 OK",
    content_type: str = "text/html; charset=utf-8",
    coding: str = "",
    chunks: bool = False,
    headers: str = "",
) -> bytes:
    payload = PACK[coding](body) if coding else body
    head = f"HTTP/1.1 {status}\r\n{headers}"
    head += f"Content-Type: {content_type}\r\n" if content_type else ""
    head += f"Content-Encoding: {coding}\r\n" if coding else ""
    if chunks:
        return f"{head}Transfer-Encoding: chunked\r\n\r\n".encode() + chunked(payload)
    return f"{head}Content-Length: {len(payload)}\r\n\r\n".encode() + payload


def response(number: int, *, size: int = 4_000, digest: bool = False, **how: object) -> Written:
    return Written(url=address(number), block=answer(page(number, size), **how), digest=digest)


def as_crawled(count: int, *, size: int = 4_000, digest: bool = False) -> list[Written]:
    """Return what a crawl writes: for each page the request, the answer and metadata."""
    codings = ["", "", "gzip", "deflate", "br", "zstd"]
    records = [
        Written(
            url="",
            kind="warcinfo",
            block=b"software: test\r\n",
            content_type="application/warc-fields",
        )
    ]
    for number in range(count):
        url = address(number)
        request = f"GET /story/{number} HTTP/1.1\r\nHost: www.quayside-gazette.example\r\n\r\n"
        records += [
            Written(
                url=url,
                kind="request",
                block=request.encode(),
                content_type="application/http; msgtype=request",
            ),
            response(
                number,
                size=size,
                digest=digest,
                coding=codings[number % len(codings)],
                chunks=number % 4 == 3,
            ),
            Written(
                url=url,
                kind="metadata",
                block=b"fetchTimeMs: 12\r\n",
                content_type="application/warc-fields",
            ),
        ]
    return records


def packed(records: list[Written], packing: str) -> bytes:
    parts = [record.to_bytes() for record in records]
    return b"".join(joined_parts(parts, packing))


def joined_parts(parts: list[bytes], packing: str) -> list[bytes]:
    """Return the pieces that the file is made of: one a record, or one in all."""
    checked = zstandard.ZstdCompressor(level=1, write_checksum=True)
    match packing:
        case "plain":
            return parts
        case "gzip":
            return [gzip.compress(part, 1, mtime=0) for part in parts]
        case "one gzip":
            return [gzip.compress(b"".join(parts), 1, mtime=0)]
        case "blocks of gzip":
            data = b"".join(parts)
            return [
                gzip.compress(data[at : at + 9_000], 1, mtime=0)
                for at in range(0, len(data), 9_000)
            ]
        case "zstd":
            return [checked.compress(part) for part in parts]
        case "one zstd":
            return [checked.compress(b"".join(parts))]
        case _:
            raise ValueError(packing)


PACKINGS = ("plain", "gzip", "one gzip", "blocks of gzip", "zstd", "one zstd")
