"""`newsextract discover`: the addresses of articles, a line for each."""

import argparse
import datetime as dt
import re
from collections.abc import Sequence

import newsextract
from newsextract.batch.flat import csv_line
from newsextract.cli.options import (
    add_fetching,
    fetching_options,
    print_out,
    quiet_retries,
    tell,
)
from newsextract.cli.usage import Parser
from newsextract.errors import Failure, InputError
from newsextract.records import FoundAddress

__all__ = ["parser", "run"]

_EXAMPLES = """\
examples:
  newsextract discover https://news.example/       all that the site names
  newsextract discover --since 24h https://news.example/
                                                   what is not older than a day
  newsextract discover -f jsonl https://news.example/rss.xml
                                                   with title, date and source
  newsextract discover --seen seen.db https://news.example/
                                                   what no earlier run has given

exit status: 0 all that was looked at could be read, 1 some could not, 2 wrong
usage.
"""
_AGO = re.compile(r"(\d{1,6})([hd])")
_COLUMNS = ("url", "title", "date", "source", "found_in")


def run(arguments: Sequence[str]) -> int:
    """Run the command and return its exit status."""
    usage = parser()
    chosen = usage.parse_args(arguments)
    quiet_retries()
    try:
        outcomes = newsextract.discover(
            chosen.url,
            since=chosen.since,
            limit=chosen.limit,
            options=fetching_options(chosen),
            seen=chosen.seen,
        )
    except InputError as error:
        usage.error(str(error))
    failed = False
    if chosen.format == "csv":
        print_out(csv_line(_COLUMNS))
    try:
        for outcome in outcomes:
            if isinstance(outcome, Failure):
                failed = True
                tell(outcome)
            if text := _written(outcome, chosen.format):
                print_out(text)
    except InputError as error:
        # The file of addresses that were seen.
        tell(error.failure)
        return 1
    return 1 if failed else 0


def _written(outcome: FoundAddress | Failure, form: str) -> str:
    if form == "jsonl":
        from newsextract.serialization import to_json

        return to_json(outcome)
    if isinstance(outcome, Failure):
        return ""
    if form == "text":
        return outcome.url
    date = outcome.date.isoformat() if outcome.date else ""
    return csv_line((outcome.url, outcome.title or "", date, outcome.source, outcome.found_in))


def parser() -> argparse.ArgumentParser:
    """Return the reader of the command's arguments."""
    usage = Parser(
        prog="newsextract discover",
        description="List the addresses of a site's articles, from its feeds and sitemaps, else\n"
        "from the links of its front page.",
        epilog=_EXAMPLES,
    )
    usage.add_argument(
        "url", metavar="ADDRESS", help="of a site, a feed (RSS, Atom, JSON Feed) or a sitemap"
    )
    usage.add_argument(
        "-f",
        "--format",
        choices=("text", "jsonl", "csv"),
        default="text",
        metavar="FORMAT",
        help="text (default): an address a line; jsonl: with title, date and source, failures too; "
        "csv: the same with a head line, without failures",
    )
    usage.add_argument(
        "--since",
        type=_since,
        metavar="DATE|24h|7d",
        help="leave out what is certainly older than a day (2024-05-07, UTC), hours or days; what "
        "has no date is given",
    )
    usage.add_argument("--limit", type=_limit, metavar="N", help="end after so many addresses")
    usage.add_argument(
        "--seen",
        metavar="FILE",
        help="leave out the addresses in this SQLite file, and add each to it once it is printed",
    )
    add_fetching(usage.add_argument_group("downloading"))
    return usage


def _since(text: str) -> dt.date | dt.timedelta:
    if match := _AGO.fullmatch(text):
        hours = int(match[1]) * (24 if match[2] == "d" else 1)
        return dt.timedelta(hours=hours)
    try:
        return dt.date.fromisoformat(text) if len(text) == 10 else dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            "has to be a date such as 2024-05-07, or a number of hours or days such as 24h or 7d"
        ) from error


def _limit(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("has to be 1 or more")
    return number
