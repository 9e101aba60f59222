"""`newsextract compare`: two readings of a page side by side."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from newsextract.cli.inputs import one_page
from newsextract.cli.options import (
    INPUT_HELP,
    add_report,
    fetching_options,
    tell,
    write_report,
)
from newsextract.cli.usage import Parser
from newsextract.errors import InvalidOption, NewsextractError
from newsextract.explanation.comparison import READERS, compare, read_page, saved

__all__ = ["parser", "run"]

_EXAMPLES = """\
examples:
  newsextract compare newsextract trafilatura saved.html       on the terminal
  newsextract compare newsextract trafilatura URL -o r.html    in a browser
  newsextract compare before.json after.json -o report.html    two saved reports
  newsextract compare before.json newsextract saved.html       before and now

A and B are names of programs that read PAGE (newsextract, trafilatura), or
files: reports of newsextract explain, records of newsextract -f json, or JSON
objects with title, authors, date and body or text that any other program wrote.

exit status: 0 no difference, 1 differences or a page that cannot be had,
2 wrong usage.
"""


def run(arguments: Sequence[str]) -> int:
    """Run the command and return its exit status."""
    usage = parser()
    chosen = usage.parse_args(arguments)
    names = (chosen.left, chosen.right)
    readers = [name for name in names if name in READERS]
    if readers and chosen.page is None:
        usage.error(f"{readers[0]} needs a page to read: give it as the third argument")
    if chosen.page is not None and not readers:
        usage.error("both are files, so that nobody reads the page: leave it out")
    try:
        options = fetching_options(chosen)
        page = one_page(chosen.page, chosen.url, options) if chosen.page else None
        sides = [
            read_page(name, page) if page and name in READERS else saved(Path(name))
            for name in names
        ]
        comparison = compare(*sides)
        write_report(comparison, chosen.output)
    except InvalidOption as error:
        usage.error(str(error))
    except NewsextractError as error:
        tell(error.failure)
        return 1
    return 1 if comparison.differs else 0


def parser() -> argparse.ArgumentParser:
    """Return the reader of the command's arguments."""
    usage = Parser(
        prog="newsextract compare",
        description="Show two readings of a page side by side: fields, and words of the text.",
        epilog=_EXAMPLES,
    )
    usage.add_argument("left", metavar="A", help="the name of a program, or a saved file")
    usage.add_argument("right", metavar="B", help="the other")
    usage.add_argument("page", nargs="?", metavar="PAGE", help=INPUT_HELP)
    add_report(usage)
    return usage
