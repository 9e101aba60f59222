"""`newsextract batch` and `newsextract failures`: many inputs to a file or folder of records."""

import argparse
import contextlib
import json
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from newsextract.cli.options import (
    add_fetching,
    add_reading,
    print_out,
    quiet_retries,
    reading_options,
    tell,
)
from newsextract.cli.usage import Parser
from newsextract.errors import InvalidOption, NewsextractError

if TYPE_CHECKING:
    from newsextract.batch.job import Summary
    from newsextract.batch.run import Progress

__all__ = ["conclude", "parser", "run"]

_EXAMPLES = """\
examples:
  newsextract batch addresses.txt -o records.jsonl.gz  addresses, one a line
  newsextract batch pages/ -o records/                 a folder of saved pages,
                                                       to a folder
  newsextract batch CC-NEWS-*.warc.gz -o news.parquet  WARC files, as Common
                                                       Crawl has them
  newsextract batch pages.parquet --column html -o out.sqlite
  newsextract batch pages/ -o records/ --engine ray    pages are read in a
                                                       Ray cluster

Stopped for whatever reason, the same command goes on where it was. Each input
gives an article or a failure, never nothing.

exit status: 0 done, 1 the output cannot be written or an input is not there,
2 wrong usage, 130 or 143 stopped by Ctrl-C or SIGTERM.
"""
_SECONDS_BETWEEN_LINES = 10.0
_SECONDS_BETWEEN_UPDATES = 0.2


def run(arguments: Sequence[str]) -> int:
    """Run a batch as the command line says, and return its exit status."""
    usage = parser()
    chosen = usage.parse_args(arguments)
    signal.signal(signal.SIGTERM, _stop)
    quiet_retries()
    shown = _Shown(chosen.limit)
    try:
        from newsextract.batch import Batch, run_batch

        batch = Batch(
            inputs=tuple(chosen.inputs),
            output=chosen.output,
            format_name=chosen.format,
            fields=tuple(name for name in (chosen.fields or "").split(",") if name),
            column=chosen.column,
            url_column=chosen.url_column,
            limit=chosen.limit,
            workers=chosen.workers,
            seconds=chosen.page_timeout,
            megabytes=chosen.memory,
            concurrency=chosen.concurrency,
            duplicates=chosen.duplicates,
            engine=chosen.engine,
            ray_address=chosen.ray_address,
            options=reading_options(chosen),
        )
        # Ray prints what it has to say; standard output is for the summary.
        with contextlib.redirect_stdout(sys.stderr):
            summary = run_batch(batch, tell=shown.update)
    except InvalidOption as error:
        usage.error(str(error))
    except NewsextractError as error:
        shown.end()
        tell(error.failure)
        return 1
    except (KeyboardInterrupt, SystemExit) as error:
        shown.end()
        print(
            "newsextract: stopped; the same command goes on from what is written.", file=sys.stderr
        )
        return 143 if isinstance(error, SystemExit) else 130
    shown.end()
    conclude(summary, as_json=chosen.json)
    return 0


def _stop(number: int, _: FrameType | None) -> None:
    raise SystemExit(128 + number)


def parser() -> argparse.ArgumentParser:
    """Return the reader of the command's arguments."""
    from newsextract.batch.shards import FORMATS

    usage = Parser(
        prog="newsextract batch",
        description="Turn many pages into a file or a folder of records.",
        epilog=_EXAMPLES,
    )
    usage.add_argument(
        "inputs",
        nargs="+",
        metavar="INPUT",
        help="a list of addresses (text, CSV, JSON lines), a folder or pattern of HTML files, WARC "
        "files, Parquet, CSV or JSON lines with a column of HTML, an address, or - for standard "
        "input",
    )
    usage.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar="FILE|DIR",
        help="a file ending in .jsonl, .jsonl.gz, .jsonl.zst, .parquet, .csv or .sqlite (with "
        "full-text search), or a folder",
    )
    usage.add_argument(
        "-f",
        "--format",
        choices=FORMATS,
        metavar="FORMAT",
        help="the format of a folder: %(choices)s (default: jsonl)",
    )
    usage.add_argument(
        "--fields",
        metavar="A,B,…",
        help="write these fields of an article alone, such as title,body",
    )
    usage.add_argument("--column", metavar="NAME", help="the column that holds addresses or HTML")
    usage.add_argument(
        "--url-column", metavar="NAME", help="the column that tells where the HTML is from"
    )
    usage.add_argument("--limit", type=int, metavar="N", help="stop after so many inputs")
    usage.add_argument(
        "--duplicates",
        choices=("keep", "mark", "drop"),
        default="keep",
        help="of pages that tell the same story, mark all but the first with duplicate_of, or do "
        "not write them (default: do not look)",
    )
    usage.add_argument("--json", action="store_true", help="print the summary as JSON")
    processes = usage.add_argument_group("processes")
    processes.add_argument(
        "--workers", type=int, metavar="N", help="processes that read pages (default: processors)"
    )
    processes.add_argument(
        "--page-timeout",
        type=float,
        default=30.0,
        metavar="SECONDS",
        help="how long a process may read one page (default: %(default)g)",
    )
    processes.add_argument(
        "--memory",
        type=int,
        default=1_000,
        metavar="MB",
        help="how much memory one page may take (default: %(default)s; Linux)",
    )
    processes.add_argument(
        "--engine",
        choices=("local", "ray"),
        default="local",
        help="read pages in processes of this machine or in a Ray cluster (default: %(default)s)",
    )
    processes.add_argument(
        "--ray-address",
        metavar="ADDRESS",
        help="the Ray cluster (default: that of RAY_ADDRESS, else one started here)",
    )
    group = usage.add_argument_group("downloading")
    group.add_argument(
        "--concurrency",
        type=int,
        default=16,
        metavar="N",
        help="pages that are asked for at once, of different sites (default: %(default)s)",
    )
    add_fetching(group)
    add_reading(usage, group)
    return usage


class _Shown:
    """How far it is, on standard error: one line that changes, or a line now and then."""

    def __init__(self, limit: int | None) -> None:
        self._limit = limit
        self._is_terminal = sys.stderr.isatty()
        self._next = 0.0 if self._is_terminal else time.monotonic() + _SECONDS_BETWEEN_LINES
        self._has_line = False

    def update(self, progress: "Progress") -> None:
        """Show it if it is time."""
        now = time.monotonic()
        if now < self._next:
            return
        line = " · ".join(self._parts(progress))
        if self._is_terminal:
            self._next = now + _SECONDS_BETWEEN_UPDATES
            self._has_line = True
            print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)
        else:
            self._next = now + _SECONDS_BETWEEN_LINES
            print(f"newsextract: {line}", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Leave what was shown last."""
        if self._has_line:
            print(file=sys.stderr)

    def _parts(self, progress: "Progress") -> Iterator[str]:
        yield f"{progress.done:,} inputs"
        yield f"{progress.rate:,.1f}/s"
        yield f"{progress.articles:,} articles"
        if progress.failures:
            most = ", ".join(f"{kind} {n:,}" for kind, n in progress.failures.most_common(3))
            yield f"{progress.failures.total():,} failures ({most})"
        if self._limit is not None and progress.rate:
            left = (self._limit - progress.done) / progress.rate
            yield f"{_clock(left)} left at most"


def _clock(seconds: float) -> str:
    minutes, seconds = divmod(int(max(0.0, seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def conclude(summary: "Summary", *, as_json: bool) -> None:
    """Print how a batch went."""
    if as_json:
        print_out(json.dumps(asdict(summary), indent=2))
        return
    failed = sum(summary.failures.values())
    failures = f", {failed:,} failures" if failed else ""
    if summary.duplicates:
        failures = f" ({summary.duplicates:,} repeat others){failures}"
    print_out(
        f"{summary.inputs:,} inputs: {summary.articles:,} articles{failures} → {summary.output}"
    )
    for kind, count in summary.failures.items():
        print_out(f"  {count:8,} {kind}")
    if summary.resumed:
        print_out(f"  {summary.resumed:8,} of the inputs were done by earlier runs")
