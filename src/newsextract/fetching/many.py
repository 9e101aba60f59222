"""Many addresses at once: each outcome as it is there, with little read ahead and little kept."""

import asyncio
import contextlib
import threading
from collections.abc import (
    AsyncGenerator,
    AsyncIterable,
    Awaitable,
    Callable,
    Collection,
    Iterable,
)
from types import TracebackType
from typing import TypeVar

__all__ = ["Addresses", "Workload", "outcomes"]

Outcome = TypeVar("Outcome")
Addresses = Iterable[str] | AsyncIterable[str]

# So many addresses wait for their turn with their origin. With fewer, the pages of one slow site
# that stand together in a list would keep the others waiting.
_READ_AHEAD = 1_000
_ALL_READ = object()


class Workload:
    """How many pages are asked for at once, and how many may lie ready until somebody takes them.

    An async context manager, which a page is inside of while it is asked for. Each is laid ready
    once, and taken once, when its outcome is.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._slots = asyncio.Semaphore(size)
        self._ready = 0
        self._has_room = asyncio.Event()
        self._has_room.set()

    def lay_ready(self) -> None:
        """Count a page, or a failure, whose outcome nobody has taken yet."""
        self._ready += 1
        if self._ready >= self._size:
            self._has_room.clear()

    def take(self) -> None:
        """Count an outcome as taken."""
        self._ready -= 1
        if self._ready < self._size:
            self._has_room.set()

    async def __aenter__(self) -> None:
        await self._slots.acquire()
        try:
            await self._has_room.wait()
        except BaseException:
            self._slots.release()
            raise

    async def __aexit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._slots.release()


async def outcomes(
    addresses: Addresses, outcome_of: Callable[[str], Awaitable[Outcome]], workload: Workload
) -> AsyncGenerator[Outcome, None]:
    """Yield what comes of each address, in the order in which they are done.

    Closing the iterator ends all that is under way. What goes wrong with reading the addresses is
    raised once; what goes wrong with one of them should be an outcome.
    """
    done: asyncio.Queue[Outcome | BaseException | object] = asyncio.Queue()
    ahead = asyncio.Semaphore(_READ_AHEAD)
    running: set[asyncio.Task[None]] = set()

    async def work_off(address: str) -> None:
        try:
            done.put_nowait(await outcome_of(address))
        except Exception as error:
            done.put_nowait(error)
        ahead.release()

    async def read() -> None:
        try:
            async with contextlib.aclosing(_each(addresses)) as each:
                async for address in each:
                    await ahead.acquire()
                    task = asyncio.create_task(work_off(address))
                    running.add(task)
                    task.add_done_callback(running.discard)
            while running:
                await asyncio.wait(running)
            done.put_nowait(_ALL_READ)
        except Exception as error:
            done.put_nowait(error)

    reader = asyncio.create_task(read())
    try:
        while (outcome := await done.get()) is not _ALL_READ:
            workload.take()
            if isinstance(outcome, Exception):
                raise outcome
            yield outcome  # type: ignore[misc]
    finally:
        for task in (reader, *running):
            task.cancel()
        await asyncio.gather(reader, *running, return_exceptions=True)


async def _each(addresses: Addresses) -> AsyncGenerator[str, None]:
    if isinstance(addresses, AsyncIterable):
        async for address in addresses:
            yield address
    elif isinstance(addresses, Collection):
        for address in addresses:
            yield address
    else:
        async with contextlib.aclosing(_in_a_thread(addresses)) as each:
            async for address in each:
                yield address


async def _in_a_thread(addresses: Iterable[str]) -> AsyncGenerator[str, None]:
    """Yield from an iterable that may wait, for lines of a pipe for instance, in its own thread."""
    loop = asyncio.get_running_loop()
    read: asyncio.Queue[str | BaseException | None] = asyncio.Queue()
    wanted = threading.Semaphore(1)
    is_over = threading.Event()

    def hand_over(item: str | BaseException | None) -> None:
        wanted.acquire()
        # The loop may be closed where nobody waits for more.
        if not is_over.is_set():
            loop.call_soon_threadsafe(read.put_nowait, item)

    def work() -> None:
        with contextlib.suppress(RuntimeError):
            try:
                for address in addresses:
                    hand_over(address)
                    if is_over.is_set():
                        return
            except Exception as error:  # raised again where the addresses are wanted
                hand_over(error)
            else:
                hand_over(None)

    # Not one of a pool, which at exit would wait for a pipe that never ends.
    threading.Thread(target=work, name="newsextract-addresses", daemon=True).start()
    try:
        while (item := await read.get()) is not None:
            wanted.release()
            if isinstance(item, BaseException):
                raise item
            yield item
    finally:
        is_over.set()
        wanted.release()
