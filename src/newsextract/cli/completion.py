"""What Tab gives in a shell: argcomplete asks the parser of the command that stands first."""

import argparse
import os
from collections.abc import Callable, Sequence

import argcomplete
from argcomplete.completers import FilesCompleter
from argcomplete.lexers import split_line
from argcomplete.shell_integration import shellcode

__all__ = ["complete", "shell_code"]


def shell_code(shell: str) -> str:
    """Return what bash, zsh or fish has to read to ask this program for completions."""
    return shellcode(["newsextract"], shell=shell)


def complete(commands: Sequence[str], parser_of: Callable[[str], argparse.ArgumentParser]) -> None:
    """Answer the shell with what may stand where its cursor is, and end the program."""
    *_, words, _ = split_line(os.environ["COMP_LINE"], int(os.environ["COMP_POINT"]))
    is_first = len(words) == 1
    name = words[1] if not is_first and words[1] in commands else ""
    if name:
        # Which word is the program, for argcomplete: the command, whose arguments follow it.
        os.environ["_ARGCOMPLETE"] = "2"
    argcomplete.autocomplete(
        parser_of(name),
        # Only where an option has been begun: among all of them no file is seen.
        always_complete_options=False,
        default_completer=_FilesAndCommands(commands if is_first else ()),
    )


class _FilesAndCommands(FilesCompleter):
    def __init__(self, commands: Sequence[str]) -> None:
        super().__init__()
        self._commands = commands

    def __call__(self, prefix: str, **kwargs: object) -> list[str]:
        return [*self._commands, *super().__call__(prefix, **kwargs)]
