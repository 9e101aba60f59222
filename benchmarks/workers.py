"""Running an extractor over many pages in child processes that are replaced when they overrun."""

import multiprocessing
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from queue import Empty, SimpleQueue
from typing import NamedTuple

from extractors import EXTRACTORS, Record

TIME_LIMIT = 20.0
_START_LIMIT = 120.0

_processes = multiprocessing.get_context("spawn")


class Task(NamedTuple):
    """One page to extract, read only when its turn comes."""

    key: str
    html: Callable[[], bytes]
    url: str | None


class Outcome(NamedTuple):
    """What became of a page: the record, or an empty one and the reason."""

    record: Record
    error: str | None
    seconds: float


class Worker:
    """A child process that holds one extractor."""

    def __init__(self, extractor: str) -> None:
        self._extractor = extractor
        self._start()

    def run(self, html: bytes, url: str | None, limit: float = TIME_LIMIT) -> Outcome:
        """Extract a page; one that takes too long, or ends the process, gives an empty record."""
        started = time.perf_counter()
        try:
            self._pipe.send((html, url))
            if self._pipe.poll(limit):
                outcome: Outcome = self._pipe.recv()
                return outcome
            error = "over the time limit"
        except (EOFError, OSError):
            error = "the process ended"
        self._replace()
        return Outcome(Record(), error, time.perf_counter() - started)

    def close(self) -> None:
        """End the process."""
        self._pipe.close()
        self._process.kill()
        self._process.join()

    def _start(self) -> None:
        self._pipe, theirs = _processes.Pipe()
        self._process = _processes.Process(
            target=_serve, args=(self._extractor, theirs), daemon=True
        )
        self._process.start()
        theirs.close()
        if not self._pipe.poll(_START_LIMIT):
            raise TimeoutError(f"{self._extractor} did not start")
        self._pipe.recv()

    def _replace(self) -> None:
        self.close()
        self._start()


def run_all(extractor: str, tasks: Sequence[Task], jobs: int) -> Iterator[tuple[str, Outcome]]:
    """Yield the outcome of each task under its key, as they come."""
    waiting: SimpleQueue[Task] = SimpleQueue()
    for task in tasks:
        waiting.put(task)
    done: SimpleQueue[tuple[str, Outcome] | None] = SimpleQueue()

    def work() -> None:
        try:
            worker = Worker(extractor)
            try:
                while task := _next(waiting):
                    done.put((task.key, worker.run(task.html(), task.url)))
            finally:
                worker.close()
        finally:
            done.put(None)

    jobs = min(jobs, len(tasks)) or 1
    with ThreadPoolExecutor(jobs) as pool:
        working = [pool.submit(work) for _ in range(jobs)]
        running = jobs
        while running:
            if (finished := done.get()) is None:
                running -= 1
            else:
                yield finished
        for each in working:
            each.result()


def _next(waiting: "SimpleQueue[Task]") -> Task | None:
    try:
        return waiting.get_nowait()
    except Empty:
        return None


def _serve(extractor: str, pipe: Connection) -> None:
    """Answer pages with outcomes for as long as someone asks."""
    import logging
    import warnings

    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    gives_bodies = "body" in EXTRACTORS[extractor].fields
    extract = EXTRACTORS[extractor].build()
    pipe.send("ready")
    while True:
        try:
            html, url = pipe.recv()
        except EOFError:
            return
        started = time.perf_counter()
        try:
            record, error = extract(html, url), None
            if gives_bodies and not record.body.strip():
                error = "empty"
        except Exception as failure:
            record, error = Record(), f"{type(failure).__name__}: {failure}"[:200]
        pipe.send(Outcome(record, error, time.perf_counter() - started))
