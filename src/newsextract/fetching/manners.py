"""Whose turn it is with an origin: few connections at once, and a pause between pages."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

__all__ = ["Manners", "Turn"]

# So many origins are remembered before those that nobody waits for are forgotten.
_REMEMBERED = 10_000


@dataclass(slots=True)
class Turn:
    """One page's time with an origin; `pause` is how long the next page has to wait after it."""

    pause: float


@dataclass(slots=True)
class _Origin:
    slots: asyncio.Semaphore
    # Only one at a time waits for the pause to end, so that two do not begin together.
    gate: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0
    users: int = 0


class Manners:
    """Hands out turns with each origin, first come, first served; origins do not wait for others.

    `gap` is in seconds, from the end of one page to the beginning of the next.
    """

    def __init__(self, *, connections: int, gap: float) -> None:
        self._connections = connections
        self._gap = gap
        self._origins: dict[str, _Origin] = {}

    @asynccontextmanager
    async def turn(self, origin: str) -> AsyncIterator[Turn]:
        """Wait until a page of this origin may be asked for; the turn lasts until the exit."""
        state = self._state_of(origin)
        state.users += 1
        try:
            async with state.slots:
                async with state.gate:
                    await asyncio.sleep(max(0.0, state.free_at - time.monotonic()))
                    state.free_at = time.monotonic() + self._gap
                turn = Turn(self._gap)
                try:
                    yield turn
                finally:
                    state.free_at = max(
                        time.monotonic() + turn.pause, state.free_at if turn.pause else 0.0
                    )
        finally:
            state.users -= 1

    def _state_of(self, origin: str) -> _Origin:
        if len(self._origins) >= _REMEMBERED:
            now = time.monotonic()
            self._origins = {
                name: state
                for name, state in self._origins.items()
                if state.users or state.free_at > now
            }
        if origin not in self._origins:
            self._origins[origin] = _Origin(asyncio.Semaphore(self._connections))
        return self._origins[origin]
