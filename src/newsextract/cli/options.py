"""What the commands have in common: options for downloading, and how text gets out."""

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from newsextract.errors import Failure, InvalidOption, OutputFailed
from newsextract.options import Access, Options

__all__ = [
    "INPUT_HELP", "Report", "add_fetching", "add_origin", "add_reading", "add_rendering",
    "add_report", "exit_status", "fetching_options", "print_out", "quiet_retries",
    "reading_options", "tell", "use_utf8", "write_report",
]  # fmt: skip

INPUT_HELP = "an http(s) address, a file, or - for standard input"


def add_origin(usage: argparse.ArgumentParser) -> None:
    """Add the option that tells where a page in hand is from."""
    usage.add_argument(
        "--url", help="the address that a page from a file or standard input is from"
    )


def add_fetching(group: argparse._ArgumentGroup) -> None:
    """Add the options that say how to download."""
    usual = Options()
    group.add_argument(
        "--timeout",
        type=seconds,
        default=usual.timeout,
        metavar="SECONDS",
        help="how long each attempt to download a page may take (default: %(default)g)",
    )
    group.add_argument(
        "--gap",
        type=pause,
        default=usual.gap,
        metavar="SECONDS",
        help="pause between two pages of one site (default: %(default)g)",
    )
    group.add_argument(
        "--ignore-robots",
        action="store_true",
        help="do not ask the sites' robots.txt, as is done for more than one page; have their "
        "permission",
    )
    group.add_argument(
        "--allow-private",
        action="store_true",
        help="connect to addresses that are not of the public internet too",
    )
    group.add_argument("--insecure", action="store_true", help="accept any certificate of a server")
    group.add_argument(
        "--accept-truncated",
        action="store_true",
        help="take a page that was cut off on its way for what it has",
    )
    group.add_argument("--cache", metavar="DIR", help="keep downloaded pages in this folder")
    group.add_argument(
        "--proxy", metavar="URL", help="instead of the proxies that the environment names"
    )
    group.add_argument("--user-agent", metavar="TEXT", help="what to say who asks")
    for name, parts, what in (
        ("--header", ("ORIGIN", "NAME: VALUE"), "send a header"),
        ("--cookie", ("ORIGIN", "NAME=VALUE"), "send a cookie"),
        ("--auth", ("ORIGIN", "USER:PASSWORD"), "sign in (HTTP Basic)"),
    ):
        group.add_argument(
            name,
            nargs=2,
            action="append",
            default=[],
            metavar=parts,
            help=f"{what} to this origin alone, such as https://news.example; may be repeated",
        )


def add_rendering(group: argparse._ArgumentGroup) -> None:
    """Add the option that lets a browser build pages."""
    group.add_argument(
        "--render",
        nargs="?",
        const="always",
        choices=("auto", "always", "never"),
        default="never",
        help="let an installed Chromium build the pages; auto: only those that are empty without "
        "it; needs the extra of that name",
    )


def add_reading(parser: argparse.ArgumentParser, downloading: argparse._ArgumentGroup) -> None:
    """Add the options that say how to read pages."""
    add_rendering(downloading)
    reading = parser.add_argument_group("reading")
    reading.add_argument(
        "--no-parts",
        action="store_true",
        help="read one page alone where a site cuts a story into several; without it they are "
        "joined",
    )
    reading.add_argument(
        "--require-article",
        action="store_true",
        help="fail on pages that are hardly articles, such as front pages, threads and products",
    )


def add_report(usage: argparse.ArgumentParser) -> None:
    """Add the options of a report on one page: its file, and where and how the page is had."""
    usage.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="FILE",
        help="a file for the report: a page if it ends in .html, else JSON if in .json; without it "
        "the report is printed as text",
    )
    add_origin(usage)
    downloading = usage.add_argument_group("downloading")
    add_fetching(downloading)
    add_rendering(downloading)


def fetching_options(chosen: argparse.Namespace) -> Options:
    """Return what was chosen of them; raises `InvalidOption`."""
    return Options(
        timeout=chosen.timeout,
        gap=chosen.gap,
        ignore_robots=chosen.ignore_robots,
        allow_private=chosen.allow_private,
        verify_tls=not chosen.insecure,
        accept_truncated=chosen.accept_truncated,
        cache=chosen.cache,
        proxy=chosen.proxy,
        user_agent=chosen.user_agent,
        access=tuple(_accesses(chosen)),
        render=getattr(chosen, "render", "never"),
    )


def reading_options(chosen: argparse.Namespace) -> Options:
    """Return what the options of `add_fetching` and `add_reading` say."""
    return replace(
        fetching_options(chosen),
        require_article=chosen.require_article,
        join_parts=not chosen.no_parts,
    )


def _accesses(chosen: argparse.Namespace) -> Iterator[Access]:
    for origin, text in chosen.header:
        name, _, value = text.partition(":")
        yield Access(origin=origin, headers={name.strip(): value.strip()})
    for origin, text in chosen.cookie:
        name, _, value = text.partition("=")
        yield Access(origin=origin, cookies={name.strip(): value.strip()})
    for origin, text in chosen.auth:
        user, _, password = text.partition(":")
        yield Access(origin=origin, user=user, password=password)


def seconds(text: str) -> float:
    """Read a number of seconds that is more than 0."""
    number = float(text)
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError("has to be more than 0")
    return number


def pause(text: str) -> float:
    """Read a number of seconds that may be 0."""
    number = float(text)
    if not 0 <= number < float("inf"):
        raise argparse.ArgumentTypeError("has to be 0 or more")
    return number


def use_utf8() -> None:
    """Write UTF-8 whatever the terminal has, which must not end the run."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def exit_status(run: Callable[[], int]) -> int:
    """Run a command and return its exit status, also where its reader has left or it is stopped."""
    try:
        return run()
    except BrokenPipeError:
        # The reader (head, less) has seen enough; nothing is wrong. Python would complain
        # at exit when it flushes: https://docs.python.org/3/library/signal.html#note-on-sigpipe
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130


def quiet_retries() -> None:
    """Keep reports of retries off standard output, which belongs to the records.

    stamina reports them through structlog where that is installed, which prints there.
    """
    import stamina.instrumentation

    stamina.instrumentation.set_on_retry_hooks(())


def print_out(text: str) -> None:
    """Print a record, so that it is out before the next one begins."""
    print(text, flush=True)


class Report(Protocol):
    """What can be read on a terminal, in a browser and by programs."""

    def to_text(self) -> str:
        """Return it as plain text."""

    def to_html(self) -> str:
        """Return it as a page of its own."""

    def to_json(self) -> str:
        """Return it as a JSON object."""


def write_report(report: Report, path: Path | None) -> None:
    """Print a report, or write it to a file; `InvalidOption` and `OutputFailed` say why not."""
    if path is None:
        print_out(report.to_text())
        return
    writers = {".html": report.to_html, ".htm": report.to_html, ".json": report.to_json}
    if path.suffix.lower() not in writers:
        raise InvalidOption(f"{path}: a report's file has to end in .html or .json.")
    try:
        path.write_text(writers[path.suffix.lower()](), encoding="utf-8")
    except OSError as error:
        raise OutputFailed(
            f"{path}: the report cannot be written ({error.strerror}).", detail=str(error)
        ) from error


def tell(failure: Failure) -> None:
    """Say on standard error what went wrong, on one line with its address."""
    named = failure.url is None or failure.url in failure.message
    text = failure.message if named else f"{failure.url}: {failure.message}"
    print(f"newsextract: {text}", file=sys.stderr)
