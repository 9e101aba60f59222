"""`newsextract failures`: what gave no article in a batch, and once more with these inputs."""

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from newsextract.cli.options import print_out, tell
from newsextract.cli.usage import Parser
from newsextract.errors import FailureKind, InvalidOption, NewsextractError

__all__ = ["parser", "run"]

_EXAMPLES = """\
examples:
  newsextract failures records/                 how many of each kind
  newsextract failures records/ --kind timed_out -f text
                                                their inputs, one a line
  newsextract failures records/ -f jsonl        each whole
  newsextract failures records/ --retry again/  once more, into another folder
                                                or file

exit status: 0 done, 1 the output cannot be read or written, 2 wrong usage.
"""


def run(arguments: Sequence[str]) -> int:
    """Run the command and return its exit status."""
    usage = parser()
    chosen = usage.parse_args(arguments)
    try:
        return _retry(chosen) if chosen.retry else _list(chosen)
    except InvalidOption as error:
        usage.error(str(error))
    except NewsextractError as error:
        tell(error.failure)
        return 1


def _list(chosen: argparse.Namespace) -> int:
    from newsextract.batch.failures import failures_in

    found = failures_in(chosen.output, chosen.kind)
    if chosen.format == "counts":
        counts = Counter(failure.kind for failure in found)
        for kind, count in counts.most_common():
            print_out(f"{count:8,} {kind}")
        if not counts:
            print_out("No failures.")
        return 0
    for failure in found:
        print_out(failure.place if chosen.format == "text" else failure.row.decode())
    return 0


def _retry(chosen: argparse.Namespace) -> int:
    from newsextract.batch.failures import retried
    from newsextract.cli.batch import conclude

    conclude(retried(chosen.output, chosen.retry, chosen.kind), as_json=False)
    return 0


def parser() -> argparse.ArgumentParser:
    """Return the reader of the command's arguments."""
    usage = Parser(
        prog="newsextract failures",
        description="List the inputs of a batch that gave no article, or try them once more.",
        epilog=_EXAMPLES,
    )
    usage.add_argument(
        "output", type=Path, metavar="FILE|DIR", help="what a batch has written; no CSV"
    )
    usage.add_argument(
        "--kind",
        choices=[str(kind) for kind in FailureKind],
        metavar="KIND",
        help="failures of this kind alone",
    )
    usage.add_argument(
        "-f",
        "--format",
        choices=("counts", "text", "jsonl"),
        default="counts",
        metavar="FORMAT",
        help="counts (default): how many of each kind; text: where each input stands; jsonl: each "
        "failure whole",
    )
    usage.add_argument(
        "--retry",
        type=Path,
        metavar="FILE|DIR",
        help="read these inputs once more, as the batch did, into this file or folder",
    )
    return usage
