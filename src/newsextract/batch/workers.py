"""Processes that read pages, each watched: ended over its time, replaced when it dies.

A page that hangs, eats memory or crashes the interpreter takes its process with it and nothing
else. Each process has a pipe of its own, so that one that dies in the middle of a word leaves the
others' words alone.
"""

import contextlib
import importlib
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from typing import Any, Generic, TypeVar

from newsextract.errors import OutOfMemory, OutOfTime, PageKilled, WorkerDied

__all__ = ["PRELOADED", "TRIES", "Result", "Task", "Work", "Workers", "out_of_memory",
           "out_of_time"]  # fmt: skip

Task = TypeVar("Task")
Result = TypeVar("Result")
Work = Callable[[Task], Result]

# A process has the next page at hand when it is done with one.
_AT_HAND = 2
# What a process imports before it has anything to do.
PRELOADED = "newsextract.batch.preload"
# A crash may have come from outside, as when the kernel is out of memory: one more try.
TRIES = 2
_MOST_FALSE_STARTS = 3
_SECONDS_TO_START = 120.0
_LONGEST_LOOK = 0.25
_READY, _DONE, _NO_MEMORY, _RAISED = "ready", "done", "no memory", "raised"


@dataclass(slots=True)
class _Assigned(Generic[Task]):
    number: int
    task: Task
    tries: int = 0


@dataclass(slots=True)
class _Worker(Generic[Task]):
    """A process, its pipe, and what it has been given: the first is what it is at, since `since`.

    Until it `is_ready`, `since` is when it was started. Tasks are sent by a thread, since a pipe
    that is full would hold up whoever has to see that the process keeps to its time.
    """

    process: BaseProcess
    pipe: "Connection[Any, Any]"
    since: float
    is_ready: bool = False
    given: deque[_Assigned[Task]] = field(default_factory=deque)
    _to_send: SimpleQueue[list[Task]] = field(default_factory=SimpleQueue)
    _sender: threading.Thread = field(init=False)

    def __post_init__(self) -> None:
        self._sender = threading.Thread(target=self._send_on, daemon=True)
        self._sender.start()

    def give(self, assigned: _Assigned[Task], now: float) -> None:
        """Have the process do this after all else it has been given."""
        if not self.given:
            self.since = now
        self.given.append(assigned)
        self._to_send.put([assigned.task])

    def end(self) -> None:
        """End the process, whatever it is at."""
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


class Workers(Generic[Task, Result]):
    """So many processes that do the work on tasks; each task has one outcome, whatever happens.

    `work` is a function that a new process can import. A task may take `seconds`, and `megabytes`
    more than its process had before (where the system can limit that; Windows and macOS cannot).
    What a task raises is raised here: work is to return its failures.
    """

    def __init__(
        self, work: Work[Task, Result], *, count: int, seconds: float, megabytes: int
    ) -> None:
        self._work, self._seconds, self._megabytes = work, seconds, megabytes
        self._context = _context()
        self._watched, self._last_look = 0.0, time.monotonic()
        self._false_starts = 0
        self._waiting: deque[_Assigned[Task]] = deque()
        self._workers = [self._start() for _ in range(count)]

    @property
    def room(self) -> int:
        """How many more tasks there is something to do for soon."""
        given = sum(len(worker.given) for worker in self._workers) + len(self._waiting)
        return max(0, _AT_HAND * len(self._workers) - given)

    def submit(self, number: int, task: Task) -> None:
        """Have a task done; its outcome comes with this number."""
        self._waiting.append(_Assigned(number, task))
        self._hand_out()

    def results(self, most_seconds: float) -> list[tuple[int, Result | PageKilled]]:
        """Return what is done, with its numbers; wait for it so long at most."""
        waits: list[Any] = []
        for worker in self._workers:
            waits += [worker.pipe, worker.process.sentinel]
        self._look()
        wait(waits, max(0.0, min(most_seconds, _LONGEST_LOOK, self._until_deadline())))
        self._look()
        done: list[tuple[int, Result | PageKilled]] = []
        for at, worker in enumerate(self._workers):
            is_alive = self._receive(worker, done)
            if not is_alive:
                done += self._bury(worker)
                self._workers[at] = self._start()
            elif self._is_overdue(worker):
                done.append((worker.given.popleft().number, out_of_time(self._seconds)))
                self._put_back(worker)
                worker.end()
                self._workers[at] = self._start()
        self._hand_out()
        return done

    def close(self) -> None:
        """End all processes at once."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.end()

    def __enter__(self) -> "Workers[Task, Result]":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _look(self) -> None:
        """Let the clock of the pages go on, but not while nobody looked: asleep, or swapped out."""
        now = time.monotonic()
        self._watched += min(now - self._last_look, 2 * _LONGEST_LOOK)
        self._last_look = now

    def _start(self) -> _Worker[Task]:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(
            target=_serve,
            args=(theirs, self._work, self._megabytes),
            name="newsextract-worker",
            daemon=True,
        )
        process.start()
        theirs.close()
        return _Worker(process, ours, self._watched)

    def _hand_out(self) -> None:
        while self._waiting:
            ready = [worker for worker in self._workers if worker.is_ready]
            worker = min(ready, key=lambda own: len(own.given), default=None)
            if worker is None or len(worker.given) >= _AT_HAND:
                return
            worker.give(self._waiting.popleft(), self._watched)

    def _receive(self, worker: _Worker[Task], done: list[tuple[int, Result | PageKilled]]) -> bool:
        """Take what a process has sent; tell whether it is still there."""
        while True:
            try:
                if not worker.pipe.poll():
                    return worker.process.is_alive()
                what, value = worker.pipe.recv()
            except (EOFError, OSError):
                return False
            worker.since = self._watched
            if what == _READY:
                worker.is_ready = True
                self._false_starts = 0
                continue
            number = worker.given.popleft().number
            if what == _RAISED:
                raise value
            done.append((number, out_of_memory(self._megabytes) if what == _NO_MEMORY else value))

    def _bury(self, worker: _Worker[Task]) -> list[tuple[int, PageKilled]]:
        """Return the failure of the page that a process has died of, if it was at one."""
        worker.end()
        how = _cause_of_death(worker.process.exitcode)
        if not worker.is_ready:
            self._false_starts += 1
            if self._false_starts >= _MOST_FALSE_STARTS:
                raise WorkerDied(
                    f"The processes that are to read pages die when they start ({how}); a script "
                    'that runs a batch has to guard it with if __name__ == "__main__".',
                    detail=how,
                )
        if not worker.given or worker.process.exitcode == _EXIT_FOR_MEMORY:
            self._put_back(worker)
            return []
        first = worker.given.popleft()
        self._put_back(worker)
        if first.tries + 1 < TRIES:
            self._waiting.appendleft(_Assigned(first.number, first.task, first.tries + 1))
            return []
        died = WorkerDied(f"The process that read the page died of it: {how}.", detail=how)
        return [(first.number, died)]

    def _put_back(self, worker: _Worker[Task]) -> None:
        self._waiting.extendleft(reversed(worker.given))
        worker.given.clear()

    def _is_overdue(self, worker: _Worker[Task]) -> bool:
        waited = self._watched - worker.since
        if not worker.is_ready and waited > _SECONDS_TO_START:
            raise WorkerDied(
                f"A process that is to read pages has not started in {_SECONDS_TO_START:g} seconds."
            )
        return bool(worker.given) and waited >= self._seconds

    def _until_deadline(self) -> float:
        begun = [worker.since for worker in self._workers if worker.given]
        if not begun:
            return float("inf")
        return min(begun) + self._seconds - self._watched


def out_of_time(seconds: float) -> OutOfTime:
    """Return the failure of a page that took longer than it may."""
    return OutOfTime(
        f"Reading the page took longer than {seconds:g} seconds.", detail=f"{seconds:g} s"
    )


def out_of_memory(megabytes: int) -> OutOfMemory:
    """Return the failure of a page that took more memory than it may."""
    return OutOfMemory(
        f"Reading the page took more memory than {megabytes:,} MB.", detail=f"{megabytes} MB"
    )


def _context() -> Any:
    # The server that forks has no threads of ours and has imported what every process needs.
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([PRELOADED])
    return context


def _cause_of_death(exit_code: int | None) -> str:
    if exit_code is not None and exit_code < 0:
        with contextlib.suppress(ValueError):
            return signal.Signals(-exit_code).name
    return f"exit code {exit_code}"


_EXIT_FOR_MEMORY = 86


def _serve(pipe: "Connection[Any, Any]", work: Work[Any, Any], megabytes: int) -> None:
    """Do in a process of its own what comes through the pipe, until it is closed."""
    # Ctrl-C goes to all processes of a terminal; the one that has started this one decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _end_with_parent()
    importlib.import_module(PRELOADED).warm_up()
    _limit_memory(megabytes)
    pipe.send((_READY, None))
    while True:
        try:
            task = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            answer = (_DONE, work(task))
        except MemoryError:
            answer = (_NO_MEMORY, None)
        except Exception as error:  # a fault of ours, raised again where somebody sees it
            error.add_note(f"while reading {task!r:.500}")
            answer = (_RAISED, error)
        task = None
        with contextlib.suppress(OSError):
            pipe.send(answer)
        if answer[0] == _NO_MEMORY:
            # What is left of such a page may be anything.
            os._exit(_EXIT_FOR_MEMORY)


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
    most = pages * resource.getpagesize() + megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
