"""`newsextract INPUT...`: pages to records on standard output."""

import argparse
import functools
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING

import newsextract
from newsextract.cli.inputs import fetched, is_url, local_page, quiet_fetcher
from newsextract.cli.options import (
    INPUT_HELP,
    add_fetching,
    add_origin,
    add_reading,
    print_out,
    reading_options,
    tell,
)
from newsextract.cli.usage import Parser
from newsextract.errors import Failure, InvalidOption, NewsextractError
from newsextract.options import Options
from newsextract.records import Article, Page

if TYPE_CHECKING:
    from newsextract.fetching import Fetcher

__all__ = ["parser", "run"]

_EXAMPLES = """\
examples:
  newsextract https://news.example/story         read one page
  newsextract saved.html                         a saved page
  curl -s https://news.example/ | newsextract -  a page from standard input
  newsextract -f markdown saved.html > story.md  as Markdown
  newsextract -f csv *.html > records.csv        a table with a row for each
  newsextract -f jsonl URL URL > records.jsonl   a line for each: an article or
                                                 a failure

other commands (newsextract COMMAND --help tells more):
  newsextract batch INPUT... -o OUTPUT           many addresses, saved pages or
                                                 WARC files to a file or folder
                                                 of records
  newsextract failures OUTPUT                    what gave no article in a
                                                 batch, and once more
  newsextract discover SITE                      the addresses of a site's
                                                 articles, from its feeds and
                                                 sitemaps
  newsextract explain INPUT -o report.html       what was kept of a page, what
                                                 not, and why
  newsextract compare A B [PAGE]                 two readings of a page, side by
                                                 side

On a terminal, text is a card with what is known of the story above it; NO_COLOR
takes its colours away, FORCE_COLOR shows it in a pipe, too.

exit status: 0 every input gave an article, 1 some did not, 2 wrong usage.
"""


def run(arguments: Sequence[str]) -> int:
    """Run the command and return its exit status."""
    usage = parser()
    chosen = usage.parse_args(arguments)
    if chosen.version:
        print_out(f"newsextract {_version()}")
        return 0
    if chosen.schema:
        from newsextract.serialization import json_schema

        print_out(json.dumps(json_schema(), indent=2))
        return 0
    if chosen.print_completion:
        from newsextract.cli.completion import shell_code

        print_out(shell_code(chosen.print_completion))
        return 0
    if not chosen.inputs:
        usage.error("nothing to read: give an address, a file, or - for standard input")
    if chosen.front_matter and chosen.format != "markdown":
        usage.error("--front-matter goes with -f markdown")
    if len(chosen.inputs) > 1 and (chosen.front_matter or chosen.format == "tei"):
        usage.error("front matter and TEI make a file of their own: give one input at a time")
    if chosen.inputs.count("-") > 1:
        usage.error("standard input (-) can be read only once")
    try:
        options = reading_options(chosen)
    except InvalidOption as error:
        usage.error(str(error))
    return _print_all(chosen, options)


def parser() -> argparse.ArgumentParser:
    """Return the reader of the command's arguments."""
    usage = Parser(
        prog="newsextract",
        description="Turn news pages into clean records: title, date, authors and body.",
        epilog=_EXAMPLES,
    )
    usage.add_argument(
        "inputs",
        nargs="*",
        metavar="INPUT",
        help=INPUT_HELP,
    )
    usage.add_argument(
        "-f",
        "--format",
        choices=("text", "json", "jsonl", "csv", "markdown", "html", "tei"),
        default="text",
        metavar="FORMAT",
        help="text (default); json: indented, a list where there are several inputs; jsonl: a "
        "line for each input, failures too; csv: the same as a table; markdown; html: safe to show "
        "anywhere; tei: XML of the Text Encoding Initiative",
    )
    usage.add_argument(
        "--front-matter",
        action="store_true",
        help="with -f markdown: the fields of the record above the text, as YAML",
    )
    add_origin(usage)
    downloading = usage.add_argument_group("downloading")
    add_fetching(downloading)
    add_reading(usage, downloading)
    usage.add_argument(
        "--schema", action="store_true", help="print the JSON Schema of the records and exit"
    )
    usage.add_argument(
        "--print-completion",
        choices=("bash", "zsh", "fish"),
        metavar="SHELL",
        help="print what makes Tab complete commands, options and files in bash, zsh or fish, and "
        "exit",
    )
    usage.add_argument("--version", action="store_true", help="print the version and exit")
    return usage


def _version() -> str:
    from importlib.metadata import version

    return version("newsextract")


def _print_all(chosen: argparse.Namespace, options: Options) -> int:
    failed = False
    outcomes = _outcomes(chosen.inputs, chosen.url, options)
    if chosen.format == "csv":
        printed = _as_table(chosen.inputs, outcomes)
    else:
        printed = _rendered(
            outcomes,
            chosen.format,
            several=len(chosen.inputs) > 1,
            front_matter=chosen.front_matter,
        )
    for text, failure in printed:
        if failure is not None:
            failed = True
            tell(failure)
        if text:
            print_out(text)
    return 1 if failed else 0


def _outcomes(
    inputs: Sequence[str], url: str | None, options: Options
) -> Iterator[Article | Failure]:
    fetcher: Fetcher | None = None
    # Whoever names one page asks for it as with a browser; more of them make a robot.
    as_robot = sum(map(is_url, inputs)) > 1
    with ExitStack() as open_until_done:
        for name in inputs:
            try:
                if name == "-" or not is_url(name):
                    yield newsextract.extract_article(local_page(name, url), options)
                else:
                    if fetcher is None:
                        fetcher = open_until_done.enter_context(quiet_fetcher(options))
                    fetch = functools.partial(fetched, fetcher, as_robot=as_robot)
                    yield _read_story(name, fetch, fetcher.render, options)
            except NewsextractError as error:
                yield error.failure


def _read_story(
    url: str, fetch: Callable[[str], Page], render: Callable[[Page], Page], options: Options
) -> Article:
    from newsextract.parts import read_story

    return read_story(url, fetch, options, render=render)


def _rendered(
    outcomes: Iterable[Article | Failure], form: str, *, several: bool, front_matter: bool
) -> Iterator[tuple[str, Failure | None]]:
    """Yield what to print for each outcome, and the failure if it is one."""
    from newsextract.serialization import to_dict, to_json

    records: list[dict[str, object]] = []
    first = True
    for outcome in outcomes:
        failure = outcome if isinstance(outcome, Failure) else None
        if form == "jsonl":
            yield to_json(outcome), failure
        elif isinstance(outcome, Failure):
            yield "", failure
        elif form == "json" and several:
            records.append(to_dict(outcome))
        elif form == "json":
            yield to_json(outcome, indent=2), None
        else:
            text = _as_document(outcome, form, front_matter=front_matter)
            yield ("" if first or form == "html" else _rule()) + text.rstrip("\n"), None
            first = False
    if form == "json" and several:
        yield json.dumps(records, indent=2, ensure_ascii=False), None


def _as_table(
    inputs: Sequence[str], outcomes: Iterable[Article | Failure]
) -> Iterator[tuple[str, Failure | None]]:
    from newsextract.batch.flat import COLUMNS, cells_of, csv_line
    from newsextract.serialization import to_dict

    yield csv_line(COLUMNS), None
    for name, outcome in zip(inputs, outcomes, strict=True):
        line = csv_line(cells_of({"input": name, **to_dict(outcome)}))
        yield line, outcome if isinstance(outcome, Failure) else None


def _as_document(article: Article, form: str, *, front_matter: bool) -> str:
    if form == "markdown":
        return article.to_markdown(front_matter=front_matter)
    if form == "tei":
        return article.to_tei()
    return article.to_html() if form == "html" else _text(article)


def _rule() -> str:
    return "\n" + "─" * 20 + "\n\n"


def _text(article: Article) -> str:
    # https://force-color.org: who sets it has a terminal behind the pipe, such as that of less -R.
    if sys.stdout.isatty() or os.environ.get("FORCE_COLOR"):
        from newsextract.cli.card import to_card

        return to_card(article)
    from newsextract.render.text import to_text

    return to_text(article)
