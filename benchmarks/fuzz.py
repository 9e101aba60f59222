"""Mutate saved pages and extract them in processes of their own, which may die of it.

python benchmarks/fuzz.py CORPUS
python benchmarks/fuzz.py CORPUS --pages 500 --mutants 10000 --seconds 600 --seed 7

Reports crashes, exceptions outside `NewsextractError`, hangs, milliseconds per 100 kB and memory.
Each find is saved with the page as it was, so that it can be repeated and made smaller.
"""

import argparse
import contextlib
import json
import multiprocessing
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from corpus import read_set, sets_in
from speed import resident_megabytes

REPORTS = Path(__file__).with_name("reports")
LONGEST_PAGE = 2_000_000
MEMORY_LIMIT = 2_000_000_000
HANG_SECONDS = 20.0
# A process is looked at for growth after so many mutants, when all that is loaded late is loaded.
WARM_UP = 300
FRAGMENTS = (
    b"<div>" * 700, b"<b><i><p>" * 200, b"<table><tr><td>" * 100, b"<!--", b"<script>", b"</body>",
    b"<select><option>" * 50, b"<svg><style>", b"<template>", b"<textarea>",
    b"\x00\xff\xfe", b"<a href='",
    b"</div>" * 300, b"<p " + b" ".join(b"a%d" % number for number in range(1500)) + b">",
    b"<time datetime='" + b"9" * 5000 + b"'>", b"<h1>" + b"may " * 500, "\u202e\U000e0041".encode(),
    b'<script type="application/ld+json">{"@type":"NewsArticle","author":[[', b"&#x110000;&#xd800;",
    b"<meta property='article:published_time' content='99999999999-99'>", b"<![CDATA[", b"<nav>",
)  # fmt: skip


@dataclass(slots=True)
class Tally:
    """What became of the mutants."""

    mutants: int = 0
    articles: int = 0
    failures: dict[str, int] = field(default_factory=dict)
    crashes: int = 0
    hangs: int = 0
    foreign: dict[str, int] = field(default_factory=dict)
    # Milliseconds per 100 kB, of pages of 20 kB and more.
    pace: list[float] = field(default_factory=list)
    slowest: float = 0.0
    growth: list[float] = field(default_factory=list)


def _flip(page: bytearray, dice: random.Random, _: bytes) -> None:
    for _number in range(dice.randint(1, 40)):
        page[dice.randrange(len(page))] = dice.randrange(256)


def _cut(page: bytearray, dice: random.Random, _: bytes) -> None:
    start = dice.randrange(len(page))
    del page[start : start + dice.randint(1, len(page) // 3 + 1)]


def _end_early(page: bytearray, dice: random.Random, _: bytes) -> None:
    del page[dice.randrange(len(page)) :]


def _splice(page: bytearray, dice: random.Random, other: bytes) -> None:
    start, size = dice.randrange(max(1, len(other))), dice.randint(1, 60_000)
    place = dice.randrange(len(page))
    page[place:place] = other[start : start + size]


def _repeat(page: bytearray, dice: random.Random, _: bytes) -> None:
    start = page.find(b"<", dice.randrange(len(page)))
    if start >= 0:
        piece = bytes(page[start : start + dice.randint(5, 2_000)])
        page[start:start] = piece * dice.randint(2, 30)


def _lose_ends(page: bytearray, dice: random.Random, _: bytes) -> None:
    for _number in range(dice.randint(1, 200)):
        start = page.find(b"</", dice.randrange(len(page)))
        if start >= 0:
            del page[start : page.find(b">", start) + 1 or start + 2]
        if not page:
            return


def _bomb(page: bytearray, dice: random.Random, _: bytes) -> None:
    place = dice.randrange(len(page))
    page[place:place] = dice.choice(FRAGMENTS)


MUTATIONS: tuple[Callable[[bytearray, random.Random, bytes], None], ...] = (
    _flip, _cut, _end_early, _splice, _repeat, _lose_ends, _bomb, _bomb,
)  # fmt: skip


def mutant(page: bytes, other: bytes, seed: int) -> bytes:
    """Return the page after one to four mutations, always the same for a seed."""
    dice = random.Random(seed)  # noqa: S311 - nothing secret
    changed = bytearray(page)
    for mutation in dice.choices(MUTATIONS, k=dice.randint(1, 4)):
        if changed:
            mutation(changed, dice, other)
    return bytes(changed[:LONGEST_PAGE])


class Victim:
    """A process that extracts what it is sent."""

    def __init__(self) -> None:
        processes = multiprocessing.get_context("spawn")
        self.pipe, theirs = processes.Pipe()
        self.process = processes.Process(target=_extract_what_comes, args=(theirs,), daemon=True)
        self.process.start()
        theirs.close()
        self.pipe.recv()

    def outcome(self, page: bytes) -> tuple[str, str, float, float]:
        """Return kind, detail, seconds and megabytes; `crash` or `hang` where nothing came back."""
        begin = time.perf_counter()
        try:
            self.pipe.send_bytes(page)
            if not self.pipe.poll(HANG_SECONDS):
                return "hang", "", time.perf_counter() - begin, 0.0
            answer: tuple[str, str, float, float] = self.pipe.recv()
        except (EOFError, OSError):
            self.process.join(5)
            return "crash", str(self.process.exitcode), time.perf_counter() - begin, 0.0
        return answer

    def close(self) -> None:
        """End the process."""
        self.pipe.close()
        self.process.kill()
        self.process.join()


def _extract_what_comes(pipe: Connection) -> None:
    import logging
    import resource

    import newsextract

    logging.disable(logging.CRITICAL)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    pipe.send("ready")
    while True:
        with contextlib.suppress(EOFError):
            page = pipe.recv_bytes()
            begin = time.perf_counter()
            kind, detail = "article", ""
            try:
                newsextract.extract(page, "https://news.example/story").to_json()
            except newsextract.NewsextractError as error:
                kind, detail = "failure", error.failure.kind
            except BaseException as error:  # this is what is looked for
                kind, detail = "foreign", f"{type(error).__name__}: {str(error)[:200]}"
            pipe.send((kind, detail, time.perf_counter() - begin, resident_megabytes()))
            continue
        return


def fuzz(pages: Sequence[bytes], options: argparse.Namespace, folder: Path) -> Tally:
    """Extract mutants until there were enough, or the time is over."""
    tally, deadline = Tally(), time.monotonic() + options.seconds
    dice = random.Random(options.seed)  # noqa: S311 - nothing secret
    victim, served, resident = Victim(), 0, 0.0
    try:
        while tally.mutants < options.mutants and time.monotonic() < deadline:
            seed = dice.randrange(2**48)
            page = mutant(dice.choice(pages), dice.choice(pages), seed)
            kind, detail, seconds, megabytes = victim.outcome(page)
            tally.mutants += 1
            served += 1
            _count(tally, kind, detail, seconds, len(page))
            if kind in ("crash", "hang", "foreign"):
                name = f"{kind}-{seed:x}.html"
                (folder / name).write_bytes(page)
                print(f"{name}: {detail}", file=sys.stderr, flush=True)
            if kind in ("crash", "hang"):
                victim.close()
                victim, served = Victim(), 0
            elif served == WARM_UP:
                resident = megabytes
            elif served > WARM_UP and served % 500 == 0:
                tally.growth.append(round(megabytes - resident, 1))
    finally:
        victim.close()
    return tally


def _count(tally: Tally, kind: str, detail: str, seconds: float, size: int) -> None:
    if kind == "article":
        tally.articles += 1
    elif kind == "crash":
        tally.crashes += 1
    elif kind == "hang":
        tally.hangs += 1
    else:
        counts = tally.failures if kind == "failure" else tally.foreign
        counts[detail] = counts.get(detail, 0) + 1
    tally.slowest = max(tally.slowest, seconds)
    if size >= 20_000:
        tally.pace.append(seconds * 1e3 / (size / 1e5))


def new_folder(what: str, seed: int) -> Path:
    """Return a new folder for what this run finds."""
    folder = REPORTS / f"{what}-{time.strftime('%Y%m%d-%H%M%S')}-{seed}"
    folder.mkdir(parents=True)
    return folder


def summary(tally: Tally) -> Iterator[str]:
    """Yield the lines of the report."""
    yield f"{tally.mutants:,} mutants: {tally.articles:,} articles, failures {tally.failures}"
    yield f"crashes {tally.crashes}, hangs {tally.hangs}, foreign exceptions {tally.foreign}"
    if len(tally.pace) > 1:
        cuts = statistics.quantiles(tally.pace, n=100, method="inclusive")
        yield f"ms per 100 kB: p50 {cuts[49]:.1f}, p99 {cuts[98]:.1f}"
    yield f"slowest {tally.slowest:.2f} s; growth of memory after {WARM_UP}: {tally.growth} MB"


def main() -> int:
    """Run the mutants that the command line asks for; 1 where one was not survived."""
    options = _options()
    samples = [
        sample for name in sets_in(options.corpus) for sample in read_set(options.corpus, name)
    ]
    dice = random.Random(options.seed)  # noqa: S311 - nothing secret
    chosen = dice.sample(samples, min(options.pages, len(samples)))
    pages = [page for page in (sample.html() for sample in chosen) if page]
    folder = new_folder("fuzz", options.seed)
    tally = fuzz(pages, options, folder)
    lines = "\n".join(summary(tally))
    print(lines)
    whole = {"seed": options.seed, "pages": len(pages), **asdict(tally)}
    (folder / "fuzz.json").write_text(json.dumps(whole, indent=1) + "\n", encoding="utf-8")
    (folder / "fuzz.txt").write_text(lines + "\n", encoding="utf-8")
    return 1 if tally.crashes or tally.hangs or tally.foreign else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("corpus", type=Path, help="folder with a folder for each set")
    parser.add_argument("--pages", type=int, default=500, help="pages to mutate")
    parser.add_argument("--mutants", type=int, default=10_000, help="how many mutants")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop after these")
    parser.add_argument("--seed", type=int, default=1, help="the same seed, the same mutants")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
