"""An event loop in a thread of its own, for code that waits."""

import asyncio
import sys
import threading
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

__all__ = ["LoopThread"]

Result = TypeVar("Result")


class LoopThread:
    """Runs coroutines for other threads until it is closed.

    One that nobody closes does not keep the program from ending, as anyio's portal does: whatever
    holds that joins its thread, which at exit stands still.
    """

    def __init__(self, name: str) -> None:
        self._ready = threading.Event()
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self._main()), name=name, daemon=True
        )
        self._thread.start()
        self._ready.wait()

    async def _main(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._is_over = asyncio.Event()
        self._ready.set()
        await self._is_over.wait()

    def run(self, work: Callable[[], Coroutine[Any, Any, Result]]) -> Result:
        """Return what the coroutine returns, or raise what it raises; an interrupt cancels it."""
        future = asyncio.run_coroutine_threadsafe(work(), self._loop)
        try:
            return future.result()
        except BaseException:
            future.cancel()
            raise

    def start(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Run the coroutine, which has nothing to raise, without waiting for it."""
        asyncio.run_coroutine_threadsafe(work(), self._loop)

    def close(self, last: Callable[[], Coroutine[Any, Any, object]]) -> None:
        """Run a last coroutine, end what else is still running, and the thread."""
        if sys.is_finalizing():
            # The thread stands still by now, and would be waited for in vain.
            return
        self.run(last)
        self._loop.call_soon_threadsafe(self._is_over.set)
        self._thread.join()
