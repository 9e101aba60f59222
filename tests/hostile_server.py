"""What misbehaves: servers that stall, lie and pack bombs, certificates nobody should accept,
and resolvers that change their minds."""

import asyncio
import contextlib
import datetime as dt
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import brotli
import trustme
import zstandard

from newsextract.options import Options

# What the machine that the limits in seconds were set on takes for `_ordinary_work`.
_REFERENCE = 0.018


def slowness() -> float:
    """Return how many times slower than that machine this one is now, at least 1."""
    best = min(_ordinary_work() for _ in range(3))
    return max(1.0, best / _REFERENCE)


def in_time(seconds: float, limit: float) -> bool:
    """Tell whether something took less than a limit that was set on that machine."""
    # To tell how slow this one is takes longer than most of what is measured.
    return seconds < limit or seconds < limit * slowness()


def _ordinary_work() -> float:
    begin = time.perf_counter()
    words: dict[str, int] = {}
    for number in range(60_000):
        word = str(number % 997)
        words[word] = words.get(word, 0) + 1
    zlib.decompress(zlib.compress(repr(words).encode() * 40))
    return time.perf_counter() - begin


def free_options(**settings: object) -> Options:
    """Return options under which a test need not wait and may reach loopback."""
    usual = {"allow_private": True, "gap": 0, "connections_per_origin": 200, "max_retry_wait": 0.01}
    return Options(**{**usual, **settings})  # type: ignore[arg-type]


def bomb(size: int, coding: str) -> bytes:
    """Return a page of this size of nothing, packed; deflate without the frame of zlib."""
    content = b"<html><p>" + bytes(size)
    if coding == "deflate":
        packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
        return packer.compress(content) + packer.flush()
    return packed(content, coding)


def packed(content: bytes, coding: str) -> bytes:
    """Return the content in a coding, or as it is for none."""
    match coding:
        case "gzip":
            packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
            return packer.compress(content) + packer.flush()
        case "deflate":
            return zlib.compress(content)
        case "br":
            return bytes(brotli.compress(content, quality=5))
        case "zstd":
            return zstandard.ZstdCompressor(level=3).compress(content)
    return content


@contextlib.contextmanager
def tcp_server(talk: Callable[[socket.socket], None]) -> Iterator[int]:
    """Run a server that does with each connection whatever `talk` does; yield its port."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=256)
    connections: list[socket.socket] = []

    def serve(connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            talk(connection)

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listener.accept()
                connections.append(connection)
                threading.Thread(target=serve, args=(connection,), daemon=True).start()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        # Closing alone does not wake up a thread in accept().
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        for connection in connections:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()


def dribbling(beginning: bytes, drop: bytes = b"x") -> Callable[[socket.socket], None]:
    """Return a talk that sends the beginning, then a byte every now and then."""

    def talk(connection: socket.socket) -> None:
        connection.recv(65_536)
        connection.sendall(beginning)
        for _ in range(200):
            connection.sendall(drop)
            time.sleep(0.05)

    return talk


def certificate_files(folder: Path, kind: str) -> tuple[Path, Path, Path]:
    """Return files of an authority, a certificate for localhost and its key, wrong in one way."""
    authority = trustme.CA()
    yesterday = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)
    issued = authority.issue_cert(
        "other.example" if kind == "wrong-host" else "localhost",
        not_before=yesterday - dt.timedelta(days=30) if kind == "expired" else None,
        not_after=yesterday if kind == "expired" else None,
    )
    shown = trustme.CA() if kind == "unknown-root" else authority
    files = [folder / f"{kind}-{name}.pem" for name in ("authority", "certificate", "key")]
    shown.cert_pem.write_to_path(str(files[0]))
    issued.cert_chain_pems[0].write_to_path(str(files[1]))
    issued.private_key_pem.write_to_path(str(files[2]))
    return files[0], files[1], files[2]


@contextlib.contextmanager
def tls_server(certificate: Path, key: Path, answer: bytes) -> Iterator[tuple[int, list[bytes]]]:
    """Run a server with one answer for all over TLS; yield its port, and the requests."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    requests: list[bytes] = []

    def talk(connection: socket.socket) -> None:
        with (
            contextlib.suppress(ssl.SSLError),
            context.wrap_socket(connection, server_side=True) as secure,
        ):
            requests.append(secure.recv(65_536))
            secure.sendall(answer)

    with tcp_server(talk) as port:
        yield port, requests


class Resolver:
    """Answers each look-up with the next of these lists of addresses, then with the last."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self._answers = list(answers)
        self.asked: list[str] = []

    async def __call__(self, host: str, _: int) -> Sequence[str]:
        self.asked.append(host)
        await asyncio.sleep(0)
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]


class Flipping:
    """Answers with one address and another in turn, as a rebinding name server does."""

    def __init__(self, *addresses: Sequence[str]) -> None:
        self._addresses = addresses
        self._number = 0

    async def __call__(self, _: str, __: int) -> Sequence[str]:
        self._number += 1
        return self._addresses[self._number % len(self._addresses)]
