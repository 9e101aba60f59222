"""The command line: a thin caller of the public names, a module for each command."""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from newsextract.cli.options import exit_status, use_utf8

__all__ = ["main", "parsers"]

# A command is the first argument; a file of that name is read as ./discover. Each module has
# `parser`, which knows the other arguments, and `run`, which takes them and returns the status.
_COMMANDS = ("batch", "compare", "discover", "explain", "failures")
_WITHOUT_A_NAME = "pages"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    use_utf8()
    words = list(sys.argv[1:] if arguments is None else arguments)
    name = words.pop(0) if words[:1] and words[0] in _COMMANDS else _WITHOUT_A_NAME
    command = import_module(f"newsextract.cli.{name}")
    return exit_status(lambda: command.run(words))


def parsers() -> dict[str, argparse.ArgumentParser]:
    """Return what reads the arguments of each command; that without a name comes first."""
    return {
        name: import_module(f"newsextract.cli.{name or _WITHOUT_A_NAME}").parser()
        for name in ("", *_COMMANDS)
    }
