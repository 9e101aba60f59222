"""Measure the speed of newsextract and its peers on one core, or its memory over a long run.

python benchmarks/speed.py CORPUS SET
python benchmarks/speed.py CORPUS SET --soak 100000

Each library has a process of its own, kept warm, and all take turns, so that what else the
machine does meets them alike. A single time means little; the ratios of one run do.
"""

import argparse
import json
import multiprocessing
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from corpus import Sample, read_set, sets_in
from extractors import EXTRACTORS, installed

Pages = list[tuple[bytes, str | None]]

REFERENCE = "trafilatura"
SOAK_GROWTH = 1.05
SOAK_ALLOWANCE = 20.0


def _parse_only() -> Callable[[bytes, str | None], object]:
    from selectolax.lexbor import LexborHTMLParser

    return lambda html, _: LexborHTMLParser(html)


def _parse_and_walk() -> Callable[[bytes, str | None], object]:
    from selectolax.lexbor import LexborHTMLParser

    def walk(html: bytes, _: str | None) -> int:
        root = LexborHTMLParser(html).root
        return sum(1 for _ in root.traverse(include_text=True)) if root else 0

    return walk


def _limits_only() -> Callable[[bytes, str | None], object]:
    from newsextract.extraction.preflight import within_limits

    return lambda html, _: within_limits(html)


FLOORS = {
    "(newsextract: limits before parsing)": _limits_only,
    "(selectolax: parse)": _parse_only,
    "(selectolax: parse and one walk)": _parse_and_walk,
}


@dataclass(slots=True)
class Laps:
    """The times of one library: of each round, and of each page in each round, in seconds."""

    rounds: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    resident: float = 0.0


@dataclass(frozen=True, slots=True)
class Speed:
    """How fast a library is; the ratios are to trafilatura with its defaults.

    `ratio` is that of whole rounds, `page_ratio` the one in the middle of those of the pages.
    """

    name: str
    pages_per_second: float
    ratio: float | None
    page_ratio: float | None
    page_milliseconds: float
    resident_megabytes: float


class Runner:
    """A process that runs one library over the pages each time it is told to."""

    def __init__(self, name: str, pages: Pages, core: int | None) -> None:
        processes = multiprocessing.get_context("spawn")
        self._pipe, theirs = processes.Pipe()
        self._process = processes.Process(
            target=_run_when_told, args=(name, core, theirs), daemon=True
        )
        self._process.start()
        theirs.close()
        self._pipe.send(pages)
        self._pipe.recv()

    def lap(self) -> tuple[list[float], float]:
        """Return the seconds of each page, and the memory then in use beside the pages."""
        self._pipe.send("lap")
        times, resident = self._pipe.recv()
        return times, resident

    def close(self) -> None:
        """End the process."""
        self._pipe.close()
        self._process.kill()
        self._process.join()


def main() -> int:
    """Run the measurement that the command line asks for."""
    options = _options()
    pages = [
        (sample.html(), sample.url)
        for sample in _spread(list(read_set(options.corpus, options.set)), options.pages)
    ]
    if options.soak:
        return soak(pages, options.soak)
    names = [*options.names, *FLOORS]
    speeds = _ranked(measure(names, pages, options.rounds, options.core))
    size = statistics.median(len(html) for html, _ in pages) / 1e3
    print(
        f"# Speed on {options.set}, {time.strftime('%Y-%m-%d')}\n\n{len(pages)} pages, "
        f"{size:.0f} kB in the middle; one core, warm, {options.rounds} rounds in turn.\n"
    )
    print(_table(speeds))
    versions = {EXTRACTORS[name].distribution: EXTRACTORS[name].version() for name in options.names}
    print("\n" + ", ".join(f"{name} {version}" for name, version in versions.items()))
    if options.output:
        whole = {"versions": versions, "speeds": [asdict(speed) for speed in speeds]}
        options.output.write_text(json.dumps(whole, indent=1) + "\n", encoding="utf-8")
    return 0


def measure(names: Sequence[str], pages: Pages, rounds: int, core: int | None) -> dict[str, Laps]:
    """Run each library over the pages in turn, once unmeasured and then `rounds` times."""
    runners = {name: Runner(name, pages, core) for name in names}
    laps = {name: Laps() for name in names}
    try:
        for number in range(rounds + 1):
            for name, runner in runners.items():
                times, resident = runner.lap()
                if number:
                    laps[name].rounds.append(sum(times))
                    laps[name].pages += times
                    laps[name].resident = resident
            print(f"round {number} of {rounds}", file=sys.stderr, flush=True)
    finally:
        for runner in runners.values():
            runner.close()
    return laps


def soak(pages: Pages, count: int) -> int:
    """Extract `count` times, cycling the pages; fail where the memory in use grows."""
    import newsextract

    seen: list[float] = []
    for number in range(1, count + 1):
        html, url = pages[number % len(pages)]
        with suppress(newsextract.NewsextractError):
            newsextract.extract(html, url)
        if number * 10 // count > len(seen):
            seen.append(resident_megabytes())
            print(f"{number * 100 // count:4d} %  {number:9d}  {seen[-1]:8.1f} MB", flush=True)
    allowed = seen[0] * SOAK_GROWTH + SOAK_ALLOWANCE
    if seen[-1] > allowed:
        print(f"memory grew: {seen[-1]:.1f} MB are more than {allowed:.1f} MB")
        return 1
    return 0


def resident_megabytes() -> float:
    """Return the memory that this process holds; where only that is known, its peak."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        1e6 if sys.platform == "darwin" else 1e3
    )


def _run_when_told(name: str, core: int | None, pipe: Connection) -> None:
    import logging
    import warnings

    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    if core is not None and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {core})
    extract = FLOORS[name]() if name in FLOORS else EXTRACTORS[name].build()
    pages: Pages = pipe.recv()
    held = sum(len(html) for html, _ in pages) / 1e6
    pipe.send("ready")
    while True:
        try:
            pipe.recv()
        except EOFError:
            return
        times = [_timed(extract, html, url) for html, url in pages]
        pipe.send((times, resident_megabytes() - held))


def _timed(extract: Callable[[bytes, str | None], object], html: bytes, url: str | None) -> float:
    started = time.perf_counter()
    with suppress(Exception):  # a page that fails takes its time too
        extract(html, url)
    return time.perf_counter() - started


def _ranked(laps: dict[str, Laps]) -> list[Speed]:
    reference = laps.get(REFERENCE, Laps())
    speeds = []
    for name, own in laps.items():
        ratios = [theirs / ours for theirs, ours in zip(reference.rounds, own.rounds, strict=False)]
        page_ratios = [
            theirs / ours for theirs, ours in zip(reference.pages, own.pages, strict=False)
        ]
        per_round = len(own.pages) / len(own.rounds)
        speeds.append(
            Speed(
                name=name,
                pages_per_second=per_round / statistics.median(own.rounds),
                ratio=statistics.median(ratios) if ratios else None,
                page_ratio=statistics.median(page_ratios) if page_ratios else None,
                page_milliseconds=1e3 * statistics.median(own.pages),
                resident_megabytes=own.resident,
            )
        )
    return sorted(speeds, key=lambda speed: -speed.pages_per_second)


def _table(speeds: Sequence[Speed]) -> str:
    rows = [
        f"| library | pages/s | ratio to {REFERENCE} | ratio, median page | median page "
        "| memory without the pages |",
        "| --- | --: | --: | --: | --: | --: |",
    ]
    rows += [
        f"| {speed.name} | {speed.pages_per_second:.1f} "
        f"| {_shown(speed.ratio)} | {_shown(speed.page_ratio)} "
        f"| {speed.page_milliseconds:.1f} ms | {speed.resident_megabytes:.0f} MB |"
        for speed in speeds
    ]
    return "\n".join(rows)


def _shown(ratio: float | None) -> str:
    return "–" if ratio is None else f"{ratio:.2f}"


def _spread(samples: Sequence[Sample], count: int | None) -> list[Sample]:
    """Return that many samples, evenly from the whole set."""
    if not count or count >= len(samples):
        return list(samples)
    return [samples[number * len(samples) // count] for number in range(count)]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("corpus", type=Path, help="folder with a folder for each set")
    parser.add_argument("set", help="the set whose pages to run over")
    parser.add_argument("--rounds", type=int, default=5, help="measured rounds")
    parser.add_argument("--pages", type=int, help="pages, evenly from the set; all unless told")
    parser.add_argument("--extractors", help="names with commas between; all that are installed")
    parser.add_argument("--core", type=int, help="core to bind the processes to")
    parser.add_argument("--output", type=Path, help="file to save the figures in, as JSON")
    parser.add_argument("--soak", type=int, metavar="N", help="instead: N extractions, and memory")
    options = parser.parse_args()
    if options.set not in sets_in(options.corpus):
        parser.error(f"no such set in {options.corpus}: {options.set}")
    options.names = options.extractors.split(",") if options.extractors else installed()
    if unknown := [name for name in options.names if name not in EXTRACTORS]:
        parser.error(f"no such extractor: {', '.join(unknown)}")
    return options


if __name__ == "__main__":
    sys.exit(main())
