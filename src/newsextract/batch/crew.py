"""What all that read the pages of a batch have in common: who is given which, and for how long.

A page that hangs, eats memory or crashes the interpreter takes the worker that reads it with it
and nothing else. How a worker is started, given a task and ended, and how one sees what it has
answered or that it has died, is for each kind of crew to say.
"""

import sys
import time
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, Self, TypeVar

from newsextract.errors import OutOfMemory, OutOfTime, PageKilled, WorkerDied

__all__ = ["DONE", "NO_MEMORY", "PRELOADED", "RAISED", "READY", "Answer", "Crew", "Died", "Result",
           "Task", "Work", "Worker", "answer_of", "limit"]  # fmt: skip

Task = TypeVar("Task")
Result = TypeVar("Result")
Own = TypeVar("Own", bound="Worker[Any]")
Work = Callable[[Task], Result]
# What it is, and the result of the work or what it has raised.
Answer = tuple[str, Any]

READY, DONE, NO_MEMORY, RAISED = "ready", "done", "no memory", "raised"
# What each worker imports, after all else that its work needs, before it is ready.
PRELOADED = "newsextract.batch.preload"
# A worker has the next page at hand when it is done with one.
_AT_HAND = 2
# A crash may have come from outside, as when the kernel is out of memory: one more try.
_TRIES = 2
_MOST_FALSE_STARTS = 3
_LONGEST_LOOK = 0.25


@dataclass(slots=True)
class _Assigned(Generic[Task]):
    number: int
    task: Task
    tries: int = 0


@dataclass(slots=True)
class Worker(ABC, Generic[Task]):
    """One that works, and what it has been given: the first is what it is at, since `since`.

    Until it `is_ready`, it is given nothing, and `since` is when it was started.
    """

    since: float = field(init=False, default=0.0)
    is_ready: bool = field(init=False, default=False)
    given: deque[_Assigned[Task]] = field(init=False, default_factory=deque)

    @abstractmethod
    def send(self, task: Task) -> None:
        """Have it do this after all else that it was sent, without waiting for it."""

    @abstractmethod
    def end(self) -> None:
        """End it, whatever it is at."""


class Died(Exception):
    """A worker is no more: how, and the failure of the page that it was at if it died of that."""

    def __init__(self, how: str, failure: PageKilled | None) -> None:
        super().__init__(how)
        self.how, self.failure = how, failure


class Crew(ABC, Generic[Task, Result, Own]):
    """So many workers that do the work on tasks; each task has one outcome, whatever happens.

    A task may take `seconds`, and `megabytes` more than its worker had before. What a task raises
    is raised here: work is to return its failures.
    """

    _seconds_to_start: ClassVar[float]
    _needed_to_start: ClassVar[str]

    def __init__(self, count: int, *, seconds: float, megabytes: int) -> None:
        self._seconds, self._megabytes = seconds, megabytes
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
        self._look()
        self._wait(max(0.0, min(most_seconds, _LONGEST_LOOK, self._until_deadline())))
        self._look()
        done: list[tuple[int, Result | PageKilled]] = []
        for at, worker in enumerate(self._workers):
            if not self._take(worker, done):
                worker.end()
                self._waiting.extendleft(reversed(worker.given))
                self._workers[at] = self._start()
        self._hand_out()
        self._see_that_one_starts()
        return done

    def close(self) -> None:
        """End all workers at once."""
        for worker in self._workers:
            worker.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @abstractmethod
    def _new_worker(self) -> Own:
        """Return another worker, which says that it is ready when it is."""

    @abstractmethod
    def _wait(self, seconds: float) -> None:
        """Wait so long at most until one has answered or died."""

    @abstractmethod
    def _answers(self, worker: Own) -> Iterator[Answer]:
        """Yield what has come from a worker, in the order in which it was sent its tasks.

        Raises `Died` when nothing more will come.
        """

    def _look(self) -> None:
        """Let the clock of the pages go on, but not while nobody looked: asleep, or swapped out."""
        now = time.monotonic()
        self._watched += min(now - self._last_look, 2 * _LONGEST_LOOK)
        self._last_look = now

    def _start(self) -> Own:
        worker = self._new_worker()
        worker.since = self._watched
        return worker

    def _hand_out(self) -> None:
        while self._waiting:
            ready = [worker for worker in self._workers if worker.is_ready]
            worker = min(ready, key=lambda own: len(own.given), default=None)
            if worker is None or len(worker.given) >= _AT_HAND:
                return
            assigned = self._waiting.popleft()
            if not worker.given:
                worker.since = self._watched
            worker.given.append(assigned)
            worker.send(assigned.task)

    def _take(self, worker: Own, done: list[tuple[int, Result | PageKilled]]) -> bool:
        """Take what a worker has done; tell whether it can go on."""
        try:
            for what, value in self._answers(worker):
                worker.since = self._watched
                if what == READY:
                    worker.is_ready = True
                    self._false_starts = 0
                    continue
                number = worker.given.popleft().number
                if what == RAISED:
                    raise value
                if what == NO_MEMORY:
                    done.append((number, _out_of_memory(self._megabytes)))
                    # What is left of such a page may be anything.
                    return False
                done.append((number, value))
        except Died as death:
            self._bury(worker, death, done)
            return False
        if worker.given and self._watched - worker.since >= self._seconds:
            done.append((worker.given.popleft().number, _out_of_time(self._seconds)))
            return False
        return True

    def _bury(self, worker: Own, death: Died, done: list[tuple[int, Result | PageKilled]]) -> None:
        """Conclude what a worker has died of; it is the page that it was at, at the second time."""
        if not worker.is_ready:
            self._false_starts += 1
            if self._false_starts >= _MOST_FALSE_STARTS:
                raise WorkerDied(
                    f"The processes that are to read pages die when they start ({death.how}); "
                    f"{self._needed_to_start}.",
                    detail=death.how,
                )
        if not worker.given or death.failure is None:
            return
        worker.given[0].tries += 1
        if worker.given[0].tries == _TRIES:
            done.append((worker.given.popleft().number, death.failure))

    def _until_deadline(self) -> float:
        begun = [worker.since for worker in self._workers if worker.given]
        return min(begun) + self._seconds - self._watched if begun else float("inf")

    def _see_that_one_starts(self) -> None:
        waited = self._watched - min(worker.since for worker in self._workers)
        if waited > self._seconds_to_start and not any(own.is_ready for own in self._workers):
            raise WorkerDied(
                "No process that is to read pages has started in "
                f"{self._seconds_to_start:g} seconds; {self._needed_to_start}."
            )


def limit(resource_kind: int, most: int) -> None:
    """Let this process take so much of a resource, or what it may already if that is less."""
    import resource

    allowed = resource.getrlimit(resource_kind)[1]
    most = min(most, sys.maxsize if allowed == resource.RLIM_INFINITY else allowed)
    resource.setrlimit(resource_kind, (most, most))


def answer_of(work: Work[Task, Result], task: Task) -> Answer:
    """Do the work on a task, and return what comes of it."""
    try:
        return DONE, work(task)
    except MemoryError:
        return NO_MEMORY, None
    except Exception as error:  # a fault of ours, raised again where somebody sees it
        error.add_note(f"while reading {task!r:.500}")
        return RAISED, error


def _out_of_time(seconds: float) -> OutOfTime:
    return OutOfTime(
        f"Reading the page took longer than {seconds:g} seconds.", detail=f"{seconds:g} s"
    )


def _out_of_memory(megabytes: int) -> OutOfMemory:
    return OutOfMemory(
        f"Reading the page took more memory than {megabytes:,} MB.", detail=f"{megabytes} MB"
    )
