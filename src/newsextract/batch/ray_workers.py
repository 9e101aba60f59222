"""Workers of a Ray cluster in place of the processes of one machine; all else of a batch stays.

Inputs are read, pages fetched and records written where the batch was started, in the same order
and files. Each worker is an actor, so a process of its own somewhere in the cluster: one that
dies or hangs is replaced, and what it had been given is done by another.
"""

import contextlib
import importlib
import logging
import os
import signal
import socket
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any, Generic

from newsextract.batch.workers import (
    PRELOADED,
    TRIES,
    Result,
    Task,
    Work,
    out_of_memory,
    out_of_time,
)
from newsextract.errors import InvalidOption, MissingExtra, OutOfMemory, PageKilled, WorkerDied

__all__ = ["RayWorkers"]

# An actor has the next page at hand when it is done with one.
_AT_HAND = 2
_MOST_FALSE_STARTS = 3
# A cluster may have to start machines first.
_SECONDS_TO_START = 600.0
_SECONDS_TO_CONNECT = 10.0
_DONE, _NO_MEMORY, _RAISED = "done", "no memory", "raised"
_LOCAL = "local"


@dataclass(slots=True)
class _Assigned(Generic[Task]):
    number: int
    task: Task
    tries: int = 0
    answer: Any = None


@dataclass(slots=True)
class _Actor(Generic[Task]):
    """An actor and what it has been given: the first is what it is at, since `since`.

    Until it is there, `starting` is what it answers then, and `since` when it was asked for.
    """

    handle: Any
    starting: Any
    since: float = field(default_factory=time.monotonic)
    given: deque[_Assigned[Task]] = field(default_factory=deque)

    @property
    def answers(self) -> Iterator[Any]:
        """What is still to come from it."""
        if self.starting is not None:
            yield self.starting
        for assigned in self.given:
            yield assigned.answer

    def give(self, assigned: _Assigned[Task]) -> None:
        """Have it do this after all else it has been given."""
        if not self.given:
            self.since = time.monotonic()
        assigned.answer = self.handle.do.remote(assigned.task)
        self.given.append(assigned)


class RayWorkers(Generic[Task, Result]):
    """So many actors that do the work on tasks: what `Workers` is, in a Ray cluster.

    `count` is as many as the cluster has processors, unless told. `address` is that of a cluster,
    as Ray has it; without one, that of the environment (`RAY_ADDRESS`), else Ray is started on
    this machine, and ended with the batch. A connection that there is already is used and kept.
    """

    def __init__(
        self,
        work: Work[Task, Result],
        *,
        count: int | None,
        seconds: float,
        megabytes: int,
        address: str | None = None,
    ) -> None:
        self._work, self._seconds, self._megabytes = work, seconds, megabytes
        self._ray = _ray()
        self._is_ours = not self._ray.is_initialized()
        if self._is_ours:
            _connect(self._ray, address, count)
        self._class = self._ray.remote(num_cpus=1, max_restarts=0, max_task_retries=0)(_Reading)
        self._false_starts = 0
        self._waiting: deque[_Assigned[Task]] = deque()
        count = count or int(self._ray.cluster_resources().get("CPU", 1)) or 1
        self._actors = [self._start() for _ in range(count)]

    @property
    def room(self) -> int:
        """How many more tasks there is something to do for soon."""
        given = sum(len(actor.given) for actor in self._actors) + len(self._waiting)
        return max(0, _AT_HAND * len(self._actors) - given)

    def submit(self, number: int, task: Task) -> None:
        """Have a task done; its outcome comes with this number."""
        self._waiting.append(_Assigned(number, task))
        self._hand_out()

    def results(self, most_seconds: float) -> list[tuple[int, Result | PageKilled]]:
        """Return what is done, with its numbers; wait for it so long at most."""
        come = self._wait(max(0.0, min(most_seconds, self._until_deadline())))
        done: list[tuple[int, Result | PageKilled]] = []
        for at, actor in enumerate(self._actors):
            try:
                is_usable = self._receive(actor, come, done)
            except self._ray.exceptions.RayError as error:
                self._bury(actor, error, done)
                is_usable = False
            if is_usable and actor.given and time.monotonic() - actor.since >= self._seconds:
                done.append((actor.given.popleft().number, out_of_time(self._seconds)))
                is_usable = False
            if not is_usable:
                self._end(actor)
                self._actors[at] = self._start()
        self._hand_out()
        self._see_that_one_starts()
        return done

    def close(self) -> None:
        """End all actors at once, and Ray if it was started for them."""
        for actor in self._actors:
            self._end(actor)
        if self._is_ours:
            self._ray.shutdown()

    def __enter__(self) -> "RayWorkers[Task, Result]":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _start(self) -> _Actor[Task]:
        handle = self._class.remote(self._work, self._megabytes)
        return _Actor(handle, handle.version.remote())

    def _end(self, actor: _Actor[Task]) -> None:
        self._ray.kill(actor.handle, no_restart=True)
        self._waiting.extendleft(reversed(actor.given))
        actor.given.clear()

    def _hand_out(self) -> None:
        while self._waiting:
            ready = [actor for actor in self._actors if actor.starting is None]
            actor = min(ready, key=lambda own: len(own.given), default=None)
            if actor is None or len(actor.given) >= _AT_HAND:
                return
            actor.give(self._waiting.popleft())

    def _wait(self, seconds: float) -> set[Any]:
        """Wait for the first answer, and return all that have come."""
        asked = [answer for actor in self._actors for answer in actor.answers]
        if not asked:
            time.sleep(seconds)
            return set()
        self._ray.wait(asked, num_returns=1, timeout=seconds)
        return set(self._ray.wait(asked, num_returns=len(asked), timeout=0)[0])

    def _receive(
        self, actor: _Actor[Task], come: set[Any], done: list[tuple[int, Result | PageKilled]]
    ) -> bool:
        """Take what an actor has answered; tell whether it can be given more."""
        if actor.starting is not None and actor.starting in come:
            _check_version(self._ray.get(actor.starting))
            actor.starting = None
            self._false_starts = 0
        while actor.given and actor.given[0].answer in come:
            what, value = self._answer(actor.given[0].answer)
            actor.since = time.monotonic()
            number = actor.given.popleft().number
            if what == _RAISED:
                raise value
            done.append((number, out_of_memory(self._megabytes) if what == _NO_MEMORY else value))
            if what == _NO_MEMORY:
                # What is left of such a page may be anything.
                return False
        return True

    def _answer(self, answer: Any) -> tuple[str, Any]:
        try:
            what, value = self._ray.get(answer)
        except self._ray.exceptions.RayTaskError as error:
            # Raised where tasks and results are packed and unpacked, as work answers in any case.
            if isinstance(error.cause, MemoryError):
                return _NO_MEMORY, None
            return _RAISED, error.cause
        return what, value

    def _bury(
        self, actor: _Actor[Task], error: Any, done: list[tuple[int, Result | PageKilled]]
    ) -> None:
        """Conclude what an actor has died of; it is the page that it was at, at the second time."""
        if actor.starting is not None:
            self._false_starts += 1
            if self._false_starts >= _MOST_FALSE_STARTS:
                how = _last_line(error)
                raise WorkerDied(
                    f"The workers in the Ray cluster die when they start ({how}); newsextract "
                    f"{version('newsextract')} has to be installed on all of its machines.",
                    detail=how,
                )
        # A machine that is taken away says nothing about the page.
        if not actor.given or getattr(error, "preempted", False):
            return
        first = actor.given[0]
        first.tries += 1
        if first.tries < TRIES:
            return
        actor.given.popleft()
        done.append((first.number, self._killed(error)))

    def _killed(self, error: Any) -> PageKilled:
        if isinstance(error, self._ray.exceptions.OutOfMemoryError):
            return OutOfMemory(
                "The machine that read the page had no memory left.", detail="Ray worker"
            )
        # Which signal or exit code it was Ray does not tell.
        return WorkerDied("The Ray worker that read the page died of it.", detail="Ray worker")

    def _until_deadline(self) -> float:
        begun = [actor.since for actor in self._actors if actor.given]
        return min(begun) + self._seconds - time.monotonic() if begun else float("inf")

    def _see_that_one_starts(self) -> None:
        since = min(actor.since for actor in self._actors)
        if all(actor.starting is not None for actor in self._actors) and (
            time.monotonic() - since > _SECONDS_TO_START
        ):
            raise WorkerDied(
                f"No worker has started in the Ray cluster in {_SECONDS_TO_START:g} seconds; does "
                "it have a processor that is free?"
            )


class _Reading:
    """Does the work in a process that Ray has started."""

    def __init__(self, work: Work[Any, Any], megabytes: int) -> None:
        importlib.import_module(PRELOADED)
        self._work = work
        self._is_spent = False
        _limit_memory(megabytes)

    def version(self) -> str:
        """Tell which release reads pages here."""
        return version("newsextract")

    def do(self, task: Any) -> tuple[str, Any]:
        """Do the work on a task."""
        if self._is_spent:
            # This answer is not looked at: the task is given to another.
            return _NO_MEMORY, None
        try:
            return _DONE, self._work(task)
        except MemoryError:
            self._is_spent = True
            return _NO_MEMORY, None
        except Exception as error:  # a fault of ours, raised again where somebody sees it
            error.add_note(f"while reading {task!r:.500}")
            return _RAISED, error


def _limit_memory(megabytes: int) -> None:
    """Let this process take so much memory more than it has now."""
    if sys.platform != "linux":
        return
    import resource

    with open("/proc/self/status") as file:  # noqa: PTH123 - nothing to import for one line
        kilobytes = next(int(line.split()[1]) for line in file if line.startswith("VmData:"))
    # Not all of the address space, as Ray maps its shared store there, which may be larger than
    # the memory; this counts what is private and writable: getrlimit(2), since Linux 4.7.
    most = kilobytes * 1024 + megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def _connect(ray: Any, address: str | None, count: int | None) -> None:
    chosen = address or os.environ.get("RAY_ADDRESS") or _LOCAL
    settings: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.ERROR}
    if chosen == _LOCAL:
        # Ray reports on its use from clusters that it starts, unless told not to.
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        settings |= {"num_cpus": count or os.cpu_count() or 1, "include_dashboard": False}
    _check_reachable(chosen)
    with _handler_kept():
        try:
            ray.init(address=chosen, **settings)
        # A ValueError is raised for what is no address, a RuntimeError for other versions.
        except (ConnectionError, RuntimeError, ValueError, ray.exceptions.RayError) as error:
            raise InvalidOption(
                f"There is no Ray cluster to be had at {chosen!r}: {_words_of(error)}"
            ) from error


def _check_reachable(address: str) -> None:
    # Ray itself tries for minutes.
    host, _, port = address.rpartition(":")
    if "/" in address or not host or not port.isdecimal():
        return
    try:
        socket.create_connection((host, int(port)), _SECONDS_TO_CONNECT).close()
    except (OSError, OverflowError) as error:
        raise InvalidOption(f"No Ray cluster answers at {address!r}: {error}.") from error


@contextlib.contextmanager
def _handler_kept() -> Iterator[None]:
    """Keep what happens at SIGTERM, which Ray takes over when it connects."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    handler = signal.getsignal(signal.SIGTERM)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, handler)


def _check_version(theirs: str) -> None:
    ours = version("newsextract")
    if theirs != ours:
        raise InvalidOption(
            f"A machine of the Ray cluster has newsextract {theirs}, this one {ours}; records are "
            "the same only if the release is."
        )


def _words_of(error: BaseException) -> str:
    """Return the first line of what is said of an error and of its cause."""
    lines = [str(own).strip().partition("\n")[0] for own in (error, error.__cause__) if own]
    return ": ".join(line for line in lines if line)


def _last_line(error: object) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[-1].strip()


def _ray() -> Any:
    try:
        return importlib.import_module("ray")
    except ImportError as error:
        raise MissingExtra(
            "The engine ray needs Ray; install newsextract[ray] or choose the engine local."
        ) from error
