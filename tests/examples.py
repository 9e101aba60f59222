"""Examples in Markdown, run as they stand there."""

import doctest
import re
import shlex
import subprocess
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path

from newsextract.cli import parsers

ROOT = Path(__file__).parent.parent


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


def sessions(text: str) -> list[str]:
    """What is shown as typed into Python."""
    return [block for block in blocks(text, "python") if ">>>" in block]


def run_session(parts: Sequence[str], name: str) -> int:
    """Run blocks as one session, and return how many lines were typed."""
    test = doctest.DocTestParser().get_doctest("\n".join(parts), {}, name, name, 0)
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    with warnings.catch_warnings():
        # doctest leaves files that an example opens to the garbage collector.
        warnings.simplefilter("ignore", ResourceWarning)
        runner.run(test)
    assert runner.failures == 0
    return runner.tries


def run_command(block: str) -> None:
    """Run what is typed into a terminal; an ellipsis at the end of what it prints is the rest."""
    command, _, expected = block.removeprefix("$ ").partition("\n")
    program, *arguments = shlex.split(command)
    result = subprocess.run(
        [Path(sys.executable).with_name(program), *arguments],
        cwd=ROOT, capture_output=True, timeout=60, check=True,
    )  # fmt: skip
    assert result.stdout.decode().startswith(expected.rstrip("\n").rstrip("…").rstrip())


def parse_commands(block: str) -> int:
    """Read the command lines of ours as the program would, and return how many there are."""
    known = parsers()
    count = 0
    for line in block.splitlines():
        words: list[str] = []
        for word in [*shlex.split(line, comments=True), "|"]:
            if word not in ("|", ">", "<", "&&"):
                words.append(word)
            elif "newsextract" in words:
                arguments = words[words.index("newsextract") + 1 :]
                is_named = arguments[:1] and arguments[0] in known
                known[arguments.pop(0) if is_named else ""].parse_args(arguments)
                count += 1
            if word in ("|", ">", "<", "&&"):
                words = []
    return count
