"""The command: as a process, and in this one where it is not the process that is looked at."""

import contextlib
import io
import signal
import subprocess
import sys
from pathlib import Path
from unittest import mock

from newsextract.cli import main

COMMAND = Path(sys.executable).with_name("newsextract")


def run(*arguments: object, stdin: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [COMMAND, *map(str, arguments)], input=stdin, capture_output=True, timeout=60, check=False
    )


def printed_by(*arguments: object) -> bytes:
    """Return what the command prints in this process, where it has to succeed."""
    done = run_here(*arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def run_here(*arguments: object, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run the command in this process, which has imported all that it needs."""
    command = list(map(str, arguments))
    written, told = io.BytesIO(), io.BytesIO()
    # A batch has its own way to end when it is told to; so has whoever runs the tests.
    on_sigterm = signal.getsignal(signal.SIGTERM)
    with (
        mock.patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin))),
        contextlib.redirect_stdout(io.TextIOWrapper(written, write_through=True)),
        contextlib.redirect_stderr(io.TextIOWrapper(told, write_through=True)),
    ):
        try:
            status = main(command)
        except SystemExit as left:
            status = left.code
        finally:
            signal.signal(signal.SIGTERM, on_sigterm)
        return subprocess.CompletedProcess(command, status, written.getvalue(), told.getvalue())
