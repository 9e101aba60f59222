"""What every command reads its arguments with: wrong ones are told with what is nearest."""

import argparse
import sys
from collections.abc import Container, Iterable, Sequence
from typing import Any, NoReturn

__all__ = ["Parser", "nearest"]


class Parser(argparse.ArgumentParser):
    """A parser that tells wrong usage on one line, with the option or choice that is nearest.

    Options are written out: an abbreviation would mean another option as soon as there is one more.
    """

    def __init__(self, *, prog: str, description: str, epilog: str) -> None:
        super().__init__(
            prog=prog,
            description=description,
            epilog=epilog,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )

    def parse_args(self, args: Iterable[str] | None = None, namespace: Any = None) -> Any:
        """Return what the arguments say; ends the program with status 2 where they are wrong."""
        words = list(sys.argv[1:] if args is None else args)
        # Before argparse, which first misses what an option that it does not know was to give.
        known = self._option_string_actions
        if unknown := [word for word in _options_in(words) if _is_unknown(word, known)]:
            message = f"unrecognized arguments: {' '.join(unknown)}"
            near = filter(None, (nearest(_name_of(word), known) for word in unknown))
            if meant := " and ".join(dict.fromkeys(near)):
                message += f"; did you mean {meant}?"
            self.error(message)
        return super().parse_args(words, namespace)

    def error(self, message: str) -> NoReturn:
        """Print the message and where to read on, and end the program with status 2."""
        self.exit(2, f"{self.prog}: {message}\nSee {self.prog} --help.\n")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is None or value in action.choices:
            return
        names = [str(choice) for choice in action.choices]
        near = nearest(str(value), names)
        way_out = f"did you mean {near}?" if near else f"choose from {', '.join(names)}"
        raise argparse.ArgumentError(action, f"there is no {value!r}; {way_out}")


def nearest(word: str, names: Iterable[str]) -> str | None:
    """Return the name that was meant by a word with slips of the pen, if it is near to one."""
    import difflib

    return next(iter(difflib.get_close_matches(word, list(names), 1)), None)


def _options_in(words: Sequence[str]) -> list[str]:
    end = words.index("--") if "--" in words else len(words)
    # As argparse does, what has a space in it is taken for a value, such as that of --header.
    return [word for word in words[:end] if word.startswith("-") and " " not in word]


def _is_unknown(option: str, known: Container[str]) -> bool:
    if option.startswith("--"):
        return _name_of(option) not in known
    # "-format" would be read as "-f ormat".
    return f"-{_name_of(option)}" in known


def _name_of(option: str) -> str:
    return option.partition("=")[0]
