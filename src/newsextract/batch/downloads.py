"""The network side of a batch: pages are fetched in one thread while processes read others."""

import asyncio
import contextlib
import queue
import threading
from collections import defaultdict, deque
from collections.abc import Iterator

from newsextract.errors import Failure, NewsextractError
from newsextract.fetching import AsyncFetcher
from newsextract.fetching.loops import LoopThread
from newsextract.options import Options
from newsextract.records import Page

__all__ = ["Downloads"]

_GLANCE = 0.02


class Downloads:
    """Fetches addresses as they are asked for, each with the manners of `scrape_many`.

    What comes is laid ready with the number that it was asked for with. How much is asked for, and
    so how much can lie ready, is up to who asks. A browser builds pages where that is asked for.
    """

    def __init__(self, options: Options, concurrency: int) -> None:
        self._options, self._concurrency = options, concurrency
        self._asked: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._numbers: defaultdict[str, deque[int]] = defaultdict(deque)
        # What is not taken holds up the next downloads, as memory is not without end.
        self._done: queue.Queue[Page | Failure] = queue.Queue(concurrency)
        self._built: queue.SimpleQueue[tuple[int, Page | Failure]] = queue.SimpleQueue()
        self._is_closed = threading.Event()
        self._loop = LoopThread("newsextract-downloads")
        self._thread = threading.Thread(target=self._fetch, daemon=True)
        self._task: asyncio.Task[None] | None = None
        self._error: BaseException | None = None
        self._thread.start()

    def ask(self, number: int, url: str) -> None:
        """Have the page at this address fetched."""
        # As it will stand in the outcome.
        address = url.encode("utf-8", "replace").decode("utf-8")
        self._numbers[address].append(number)
        self._asked.put(address)

    def build(self, number: int, page: Page) -> None:
        """Have a browser build a page that was fetched here."""
        self._loop.start(lambda: self._build(number, page))

    def take(self) -> Iterator[tuple[int, Page | Failure]]:
        """Yield what has been fetched so far."""
        self._raise_error()
        with contextlib.suppress(queue.Empty):
            while True:
                outcome = self._done.get_nowait()
                numbers = self._numbers[outcome.url or ""]
                number = numbers.popleft()
                if not numbers:
                    del self._numbers[outcome.url or ""]
                yield number, outcome

    def take_built(self) -> Iterator[tuple[int, Page | Failure]]:
        """Yield what the browser has built so far."""
        self._raise_error()
        with contextlib.suppress(queue.Empty):
            while True:
                yield self._built.get_nowait()

    def close(self) -> None:
        """End all that is under way."""
        self._is_closed.set()
        self._loop.close(self._cancel)
        # Only now: the end of the addresses would have it close its connections by itself, and
        # be stopped at that.
        self._asked.put(None)
        self._thread.join()

    def _raise_error(self) -> None:
        if self._error is not None:
            raise self._error

    def _fetch(self) -> None:
        try:
            self._loop.run(self._work)
        except BaseException as error:
            if not self._is_closed.is_set():
                self._error = error

    async def _build(self, number: int, page: Page) -> None:
        try:
            self._built.put((number, await self._fetcher.render(page)))
        except NewsextractError as error:
            self._built.put((number, error.failure))
        except Exception as error:  # a fault of ours, raised again where somebody sees it
            self._error = error

    async def _work(self) -> None:
        self._task = asyncio.current_task()
        async with AsyncFetcher(self._options) as self._fetcher:
            pages = self._fetcher.fetch_many(self._addresses(), concurrency=self._concurrency)
            async with contextlib.aclosing(pages) as each:
                async for outcome in each:
                    await self._lay_ready(outcome)

    async def _lay_ready(self, outcome: Page | Failure) -> None:
        while True:
            try:
                return self._done.put_nowait(outcome)
            except queue.Full:
                await asyncio.sleep(_GLANCE)

    def _addresses(self) -> Iterator[str]:
        while (address := self._asked.get()) is not None:
            yield address

    async def _cancel(self) -> None:
        # Waited for, so that connections are closed before the loop is.
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
