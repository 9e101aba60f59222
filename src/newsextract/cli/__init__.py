"""The command line: a thin caller of the public names, a module for each command."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from newsextract.cli.options import exit_status, use_utf8
from newsextract.cli.usage import nearest

__all__ = ["main", "parsers"]

# A command is the first argument; a file of that name is read as ./discover. Each module has
# `parser`, which knows the other arguments, and `run`, which takes them and returns the status.
_COMMANDS = ("batch", "compare", "discover", "explain", "failures")
_WITHOUT_A_NAME = "pages"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    if "_ARGCOMPLETE" in os.environ:
        from newsextract.cli.completion import complete

        complete(_COMMANDS, _parser_of)
    use_utf8()
    # Numpy's threads, as many as there are processors, wait for work in a loop, which takes a tenth
    # of the time of reading a page; nothing here is done in parallel by them.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    words = list(sys.argv[1:] if arguments is None else arguments)
    name = words.pop(0) if words[:1] and words[0] in _COMMANDS else _WITHOUT_A_NAME
    if name == _WITHOUT_A_NAME and words and (meant := _command_meant_by(words[0])):
        print(
            f"newsextract: {words[0]}: no such file; did you mean the command {meant}?\n"
            "See newsextract --help.",
            file=sys.stderr,
        )
        return 2
    command = import_module(f"newsextract.cli.{name}")
    return exit_status(lambda: command.run(words))


def _command_meant_by(word: str) -> str | None:
    return nearest(word, _COMMANDS) if word.isalpha() and not Path(word).exists() else None


def parsers() -> dict[str, argparse.ArgumentParser]:
    """Return what reads the arguments of each command; that without a name comes first."""
    return {name: _parser_of(name) for name in ("", *_COMMANDS)}


def _parser_of(name: str) -> argparse.ArgumentParser:
    module = import_module(f"newsextract.cli.{name or _WITHOUT_A_NAME}")
    parser: argparse.ArgumentParser = module.parser()
    return parser
