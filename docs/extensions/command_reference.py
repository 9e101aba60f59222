"""`commands`: every command of the program, from what reads its arguments."""

import argparse
import functools
from collections.abc import Iterator

from generated import Generated
from sphinx.application import Sphinx

from newsextract.cli import parsers


class Commands(Generated):
    """Each command with its description, usage, examples and options."""

    def lines(self) -> Iterator[str]:
        """Yield a section for each command."""
        for parser in parsers().values():
            yield from _command(parser)


def _command(parser: argparse.ArgumentParser) -> Iterator[str]:
    # Else usage is as wide as the terminal of whoever builds the site.
    parser.formatter_class = functools.partial(argparse.RawDescriptionHelpFormatter, width=80)
    yield from (f"## {parser.prog}", parser.description or "")
    yield from ("```text", f"{parser.format_usage()}\n{parser.epilog or ''}", "```")
    yield from (f"```{{program}} {parser.prog}", "```")
    for group in parser._action_groups:
        actions = [action for action in group._group_actions if action.dest != "help"]
        if actions:
            yield from (f"```{{rubric}} {(group.title or '').capitalize()}", "```")
        for action in actions:
            yield from (f"```{{option}} {_signature(action)}", _told(parser, action), "```")


def _signature(action: argparse.Action) -> str:
    if not action.option_strings:
        return str(action.metavar or action.dest)
    value = _value(action)
    return ", ".join(f"{name} {value}".strip() for name in action.option_strings)


def _value(action: argparse.Action) -> str:
    if action.nargs == 0:
        return ""
    if isinstance(action.metavar, tuple):
        return " ".join(f'"{part}"' if " " in part else part for part in action.metavar)
    value = action.metavar or action.dest.upper()
    return f"[{value}]" if action.nargs == "?" else value


def _told(parser: argparse.ArgumentParser, action: argparse.Action) -> str:
    text = (action.help or "") % {**vars(action), "prog": parser.prog}
    told = [f"{text}."]
    if action.choices is not None:
        told.append(f"One of {', '.join(f'`{choice}`' for choice in action.choices)}.")
    if action.default not in (None, False, []) and "default" not in text:
        told.append(f"The default is `{action.default}`.")
    if action.required and action.option_strings:
        told.append("It has to be given.")
    return " ".join(told)


def setup(app: Sphinx) -> dict[str, bool]:
    """Make the directive known to Sphinx."""
    app.add_directive("commands", Commands)
    return {"parallel_read_safe": True}
