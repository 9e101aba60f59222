"""`newsextract explain`: what was kept of a page, what not, and why."""

import argparse
from collections.abc import Sequence

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
from newsextract.explanation import explain_page

__all__ = ["parser", "run"]

_EXAMPLES = """\
examples:
  newsextract explain saved.html                    on the terminal
  newsextract explain URL -o report.html            to open in a browser
  newsextract explain saved.html -o before.json     for newsextract compare

report.html is one file that loads nothing; scripts of the page do not run in
it.

exit status: 0 the page gave an article, 1 it did not (the report says why),
2 wrong usage.
"""


def run(arguments: Sequence[str]) -> int:
    """Run the command and return its exit status."""
    usage = parser()
    chosen = usage.parse_args(arguments)
    try:
        options = fetching_options(chosen)
        explanation = explain_page(one_page(chosen.input, chosen.url, options), options)
        write_report(explanation, chosen.output)
    except InvalidOption as error:
        usage.error(str(error))
    except NewsextractError as error:
        tell(error.failure)
        return 1
    if explanation.failure is not None:
        tell(explanation.failure)
        return 1
    return 0


def parser() -> argparse.ArgumentParser:
    """Return the reader of the command's arguments."""
    usage = Parser(
        prog="newsextract explain",
        description="Show what was kept of a page and what was dropped, why, and where the title,\n"
        "the date and the other fields are from.",
        epilog=_EXAMPLES,
    )
    usage.add_argument("input", metavar="INPUT", help=INPUT_HELP)
    add_report(usage)
    return usage
