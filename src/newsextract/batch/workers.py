"""Processes of this machine that read pages.

Each has a pipe of its own, so that one that dies in the middle of a word leaves the others' words
alone.
"""

import contextlib
import importlib
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from typing import Any

from newsextract.batch.crew import (
    NO_MEMORY,
    PRELOADED,
    READY,
    Answer,
    Crew,
    Died,
    Result,
    Task,
    Work,
    Worker,
    answer_of,
    limit,
)
from newsextract.errors import WorkerDied

__all__ = ["Workers"]


@dataclass(slots=True)
class _Process(Worker[Task]):
    """A process and its pipe.

    Tasks are sent by a thread, since a pipe that is full would hold up whoever has to see that the
    process keeps to its time.
    """

    process: BaseProcess
    pipe: "Connection[Any, Any]"
    _to_send: SimpleQueue[list[Task]] = field(init=False, default_factory=SimpleQueue)
    _sender: threading.Thread = field(init=False)

    def __post_init__(self) -> None:
        self._sender = threading.Thread(target=self._send_on, daemon=True)
        self._sender.start()

    def send(self, task: Task) -> None:
        self._to_send.put([task])

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self._to_send.put([])
        self._sender.join()
        self.pipe.close()

    def _send_on(self) -> None:
        # One that has died is found, with what it was given, when results are looked for.
        with contextlib.suppress(OSError):
            while task := self._to_send.get():
                self.pipe.send(task[0])


class Workers(Crew[Task, Result, _Process[Task]]):
    """So many processes that do the work on tasks.

    `work` is a function that a new process can import; `modules` are what it needs beside what
    reading pages does, so that no page pays for importing them. Memory is limited where the system
    can do that; Windows and macOS cannot.
    """

    _seconds_to_start = 120.0
    _needed_to_start = 'a script that runs a batch has to guard it with if __name__ == "__main__"'

    def __init__(
        self,
        work: Work[Task, Result],
        *,
        count: int,
        seconds: float,
        megabytes: int,
        modules: tuple[str, ...] = (),
    ) -> None:
        self._work, self._preloaded = work, (*modules, PRELOADED)
        self._context = _context(self._preloaded)
        super().__init__(count, seconds=seconds, megabytes=megabytes)

    def close(self) -> None:
        """End all processes at once."""
        for worker in self._workers:
            worker.process.kill()
        super().close()

    def _new_worker(self) -> _Process[Task]:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(
            target=_serve,
            args=(theirs, self._work, self._megabytes, self._preloaded),
            name="newsextract-worker",
            daemon=True,
        )
        process.start()
        theirs.close()
        return _Process(process, ours)

    def _wait(self, seconds: float) -> None:
        waits: list[Any] = []
        for worker in self._workers:
            waits += [worker.pipe, worker.process.sentinel]
        wait(waits, seconds)

    def _answers(self, worker: _Process[Task]) -> Iterator[Answer]:
        # Asked for first: what it sends before it dies is in the pipe then.
        is_alive = worker.process.is_alive()
        try:
            while worker.pipe.poll():
                yield worker.pipe.recv()
        except (EOFError, OSError):
            is_alive = False
        if not is_alive:
            raise _death_of(worker.process)


def _death_of(process: BaseProcess) -> Died:
    process.kill()
    process.join()
    how = _cause_of_death(process.exitcode)
    return Died(how, WorkerDied(f"The process that read the page died of it: {how}.", detail=how))


def _context(preloaded: Sequence[str]) -> Any:
    # The server that forks has no threads of ours and has imported what every process needs.
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(preloaded))
    return context


def _cause_of_death(exit_code: int | None) -> str:
    if exit_code is not None and exit_code < 0:
        with contextlib.suppress(ValueError):
            return signal.Signals(-exit_code).name
    return f"exit code {exit_code}"


def _serve(
    pipe: "Connection[Any, Any]",
    work: Work[Any, Any],
    megabytes: int,
    preloaded: Sequence[str],
) -> None:
    """Do in a process of its own what comes through the pipe, until it is closed."""
    # Ctrl-C goes to all processes of a terminal; the one that has started this one decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _end_with_parent()
    for name in preloaded:
        importlib.import_module(name)
    sys.modules[PRELOADED].warm_up()
    _limit_memory(megabytes)
    pipe.send((READY, None))
    while True:
        try:
            task = pipe.recv()
        except (EOFError, OSError):
            return
        answer = answer_of(work, task)
        task = None
        with contextlib.suppress(OSError):
            pipe.send(answer)
        if answer[0] == NO_MEMORY:
            # Whoever has sent the page ends this process.
            return


def _end_with_parent() -> None:
    """End this process when the one that started it ends, whatever it is at."""
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            wait([parent.sentinel])
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _limit_memory(megabytes: int) -> None:
    """Let this process take so much memory more than it has now."""
    if sys.platform != "linux":
        return
    import resource

    with open("/proc/self/statm") as file:  # noqa: PTH123 - nothing to import for one line
        pages = int(file.read().split()[0])
    limit(resource.RLIMIT_AS, pages * resource.getpagesize() + megabytes * 1_000_000)
