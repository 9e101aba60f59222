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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any

from newsextract.batch.crew import (
    NO_MEMORY,
    PRELOADED,
    RAISED,
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
from newsextract.errors import InvalidOption, MissingExtra, OutOfMemory, PageKilled, WorkerDied

__all__ = ["RayWorkers"]

_SECONDS_TO_CONNECT = 10.0
_LOCAL = "local"


@dataclass(slots=True)
class _Actor(Worker[Task]):
    """An actor, and what it was asked and has not answered yet: its version first."""

    ray: Any
    handle: Any
    asked: deque[Any] = field(init=False)

    def __post_init__(self) -> None:
        self.asked = deque([self.handle.version.remote()])

    def send(self, task: Task) -> None:
        self.asked.append(self.handle.do.remote(task))

    def end(self) -> None:
        self.ray.kill(self.handle, no_restart=True)


class RayWorkers(Crew[Task, Result, _Actor[Task]]):
    """So many actors that do the work on tasks: what `Workers` is, in a Ray cluster.

    `count` is as many as the cluster has processors, unless told. `address` is that of a cluster,
    as Ray has it; without one, that of the environment (`RAY_ADDRESS`), else Ray is started on
    this machine, and ended with the batch. A connection that there is already is used and kept.
    """

    # A cluster may have to start machines first.
    _seconds_to_start = 600.0
    _needed_to_start = (
        f"all machines of the Ray cluster need newsextract {version('newsextract')}, and one of "
        "them a processor that is free"
    )

    def __init__(
        self,
        work: Work[Task, Result],
        *,
        count: int | None,
        seconds: float,
        megabytes: int,
        modules: tuple[str, ...] = (),
        address: str | None = None,
    ) -> None:
        self._work, self._preloaded = work, (*modules, PRELOADED)
        self._ray = _ray()
        self._is_ours = not self._ray.is_initialized()
        if self._is_ours:
            _connect(self._ray, address, count)
        self._class = self._ray.remote(num_cpus=1, max_restarts=0, max_task_retries=0)(_Reading)
        self._come: set[Any] = set()
        count = count or int(self._ray.cluster_resources().get("CPU", 1)) or 1
        super().__init__(count, seconds=seconds, megabytes=megabytes)

    def close(self) -> None:
        """End all actors at once, and Ray if it was started for them."""
        super().close()
        if self._is_ours:
            self._ray.shutdown()

    def _new_worker(self) -> _Actor[Task]:
        handle = self._class.remote(self._work, self._megabytes, self._preloaded)
        return _Actor(self._ray, handle)

    def _wait(self, seconds: float) -> None:
        asked = [answer for actor in self._workers for answer in actor.asked]
        if not asked:
            time.sleep(seconds)
            return
        self._ray.wait(asked, num_returns=1, timeout=seconds)
        self._come = set(self._ray.wait(asked, num_returns=len(asked), timeout=0)[0])

    def _answers(self, worker: _Actor[Task]) -> Iterator[Answer]:
        try:
            while worker.asked and worker.asked[0] in self._come:
                answer = worker.asked.popleft()
                if worker.is_ready:
                    yield self._answer(answer)
                else:
                    _check_version(self._ray.get(answer))
                    yield READY, None
        except self._ray.exceptions.RayError as error:
            raise Died(_last_line(error), self._failure_of(error)) from error

    def _answer(self, answer: Any) -> Answer:
        try:
            what, value = self._ray.get(answer)
        except self._ray.exceptions.RayTaskError as error:
            # Raised where tasks and results are packed and unpacked, as work answers in any case.
            if isinstance(error.cause, MemoryError):
                return NO_MEMORY, None
            return RAISED, error.cause
        return what, value

    def _failure_of(self, error: Any) -> PageKilled | None:
        # A machine that is taken away says nothing about the page.
        if getattr(error, "preempted", False):
            return None
        if isinstance(error, self._ray.exceptions.OutOfMemoryError):
            return OutOfMemory(
                "The machine that read the page had no memory left.", detail="Ray worker"
            )
        # Which signal or exit code it was Ray does not tell.
        return WorkerDied("The Ray worker that read the page died of it.", detail="Ray worker")


class _Reading:
    """Does the work in a process that Ray has started."""

    def __init__(self, work: Work[Any, Any], megabytes: int, preloaded: Sequence[str]) -> None:
        for name in preloaded:
            importlib.import_module(name)
        self._work = work
        self._is_spent = False
        _limit_memory(megabytes)

    def version(self) -> str:
        """Tell which release reads pages here."""
        return version("newsextract")

    def do(self, task: Any) -> Answer:
        """Do the work on a task."""
        if self._is_spent:
            # This answer is not looked at: the task is given to another.
            return NO_MEMORY, None
        answer = answer_of(self._work, task)
        self._is_spent = answer[0] == NO_MEMORY
        return answer


def _limit_memory(megabytes: int) -> None:
    """Let this process take so much memory more than it has now."""
    if sys.platform != "linux":
        return
    import resource

    with open("/proc/self/status") as file:  # noqa: PTH123 - nothing to import for one line
        kilobytes = next(int(line.split()[1]) for line in file if line.startswith("VmData:"))
    # Not all of the address space, as Ray maps its shared store there, which may be larger than
    # the memory; this counts what is private and writable: getrlimit(2), since Linux 4.7.
    limit(resource.RLIMIT_DATA, kilobytes * 1024 + megabytes * 1_000_000)


def _connect(ray: Any, address: str | None, count: int | None) -> None:
    chosen = address or os.environ.get("RAY_ADDRESS") or _LOCAL
    settings: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.ERROR}
    if chosen == _LOCAL:
        # Ray reports on its use from clusters that it starts, unless told not to.
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        # Nor does anybody look at what its tasks have done: Ray would wait for six seconds in the
        # end to hand that to processes which a SIGTERM to all has already ended.
        os.environ.setdefault("RAY_task_events_report_interval_ms", "0")
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
