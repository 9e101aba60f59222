"""Measure how fast many pages are fetched, beside plain httpx, and that manners are kept.

python benchmarks/fetching.py
python benchmarks/fetching.py --pages 5000 --origins 50 --connections 16 --rounds 5

All origins are servers on this machine, in a process of their own, which answer at once; so what is
measured is the client. Each library fetches the same list in turn.
"""

import argparse
import asyncio
import contextlib
import itertools
import multiprocessing
import resource
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Coroutine
from multiprocessing.connection import Connection
from typing import Any

import httpx

from newsextract import Failure, Options, Page
from newsextract.fetching import AsyncFetcher

SIZE = 60_000
GAP = 0.05


def main() -> int:
    """Run the rounds and print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--pages", type=int, default=1_000)
    parser.add_argument("--origins", type=int, default=50)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with served(options.origins) as (ports, server):
        urls = [
            f"http://127.0.0.1:{ports[number % len(ports)]}/story-{number}"
            for number in range(options.pages)
        ]
        runners: dict[str, Callable[..., Coroutine[Any, Any, int]]] = {
            "httpx": with_httpx,
            "newsextract": with_newsextract,
            "newsextract, asking robots.txt": with_robots,
        }
        seconds: dict[str, list[float]] = defaultdict(list)
        for _ in range(options.rounds + 1):
            for name, run in runners.items():
                begin = time.perf_counter()
                fetched = asyncio.run(run(urls, options.connections))
                seconds[name].append(time.perf_counter() - begin)
                if fetched != len(urls):
                    sys.exit(f"{name} fetched {fetched} of {len(urls)} pages")
        print(f"{len(urls)} pages of {SIZE:,} bytes, {len(ports)} origins, ", end="")
        print(f"{options.connections} at once, {options.rounds} rounds\n")
        print("| client | pages/s | ratio to httpx |\n| --- | --: | --: |")
        for name, all_laps in seconds.items():
            # The first round warms up.
            laps = all_laps[1:]
            pairs = zip(seconds["httpx"][1:], laps, strict=True)
            ratio = statistics.median(plain / own for plain, own in pairs)
            print(f"| {name} | {len(urls) / statistics.median(laps):.0f} | {ratio:.2f} |")
        print(f"\nmemory over {len(urls)} and {4 * len(urls)} pages: {memory(urls, options)}")
        print(f"politeness on, gap {GAP} s: {manners(urls, options.connections, server)}")
    return 0


async def with_httpx(urls: list[str], connections: int) -> int:
    """Fetch with httpx as its documentation shows it."""
    busy = asyncio.Semaphore(connections)
    async with httpx.AsyncClient(limits=httpx.Limits(max_keepalive_connections=100)) as client:

        async def one(url: str) -> int:
            async with busy:
                return len((await client.get(url)).content) > 0

        return sum(await asyncio.gather(*map(one, urls)))


async def with_newsextract(urls: list[str], connections: int, **settings: Any) -> int:
    """Fetch with the fetcher of this package, without waiting for anybody."""
    usual = {"allow_private": True, "gap": 0, "ignore_robots": True}
    options = Options(**{**usual, "connections_per_origin": connections, **settings})
    async with AsyncFetcher(options) as fetcher:
        count = 0
        async for outcome in fetcher.fetch_many(urls, concurrency=connections):
            if isinstance(outcome, Failure):
                print(outcome.message, file=sys.stderr)
            count += isinstance(outcome, Page)
        return count


async def with_robots(urls: list[str], connections: int) -> int:
    """Fetch as a robot does."""
    return await with_newsextract(urls, connections, ignore_robots=False)


def memory(urls: list[str], options: argparse.Namespace) -> str:
    """Return how much memory a process of its own takes for these and for four times as many."""
    context = multiprocessing.get_context("spawn")
    sizes = []
    for times in (1, 4):
        ours, theirs = context.Pipe()
        process = context.Process(target=_weigh, args=(urls * times, options.connections, theirs))
        process.start()
        sizes.append(ours.recv())
        process.join()
    return " and ".join(f"{size:.0f} MB" for size in sizes)


def _weigh(urls: list[str], connections: int, answer: Connection) -> None:
    asyncio.run(with_newsextract(urls, connections))
    answer.send(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024)


def manners(urls: list[str], connections: int, server: Connection) -> str:
    """Return how many gaps were kept, as the servers saw them."""
    server.send("forget")
    asyncio.run(with_newsextract(urls, connections, gap=GAP, connections_per_origin=1))
    server.send("tell")
    gaps = [
        later - sooner
        for moments in server.recv().values()
        for sooner, later in itertools.pairwise(moments)
    ]
    # From the beginning of one page to that of the next, which is longer than from its end.
    kept = sum(gap >= GAP - 0.002 for gap in gaps)
    return f"{kept} of {len(gaps)} gaps kept, the shortest {min(gaps):.3f} s"


@contextlib.contextmanager
def served(origins: int) -> Any:
    """Run so many servers in another process; yield their ports and a line to it."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(origins, theirs), daemon=True)
    process.start()
    try:
        yield ours.recv(), ours
    finally:
        process.terminate()
        process.join()


def _serve(origins: int, line: Connection) -> None:
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_Servers(line).run(origins))


class _Servers:
    """Servers that answer every request with the same page, and note when each came."""

    def __init__(self, line: Connection) -> None:
        self._line = line
        self._moments: dict[int, list[float]] = defaultdict(list)
        text = b"<!doctype html><html><title>A page</title>" + b"<p>Some text.</p>" * 4_000
        self._page = self._answer(text[:SIZE])
        self._robots = self._answer(b"User-agent: *\nDisallow: /private/\n")

    @staticmethod
    def _answer(body: bytes) -> bytes:
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n"
        return head.encode() + body

    async def run(self, origins: int) -> None:
        ports = []
        for _ in range(origins):
            server = await asyncio.start_server(self._talk, "127.0.0.1", 0)
            ports.append(server.sockets[0].getsockname()[1])
        self._line.send(ports)
        asyncio.get_running_loop().add_reader(self._line.fileno(), self._command)
        await asyncio.Event().wait()

    def _command(self) -> None:
        if self._line.recv() == "forget":
            self._moments.clear()
        else:
            self._line.send(dict(self._moments))

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        port = writer.get_extra_info("sockname")[1]
        async for request in _requests(reader):
            is_robots = request.startswith(b"GET /robots.txt ")
            if not is_robots:
                self._moments[port].append(time.monotonic())
            writer.write(self._robots if is_robots else self._page)
            await writer.drain()
        writer.close()


async def _requests(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
        while True:
            yield await reader.readuntil(b"\r\n\r\n")


if __name__ == "__main__":
    sys.exit(main())
