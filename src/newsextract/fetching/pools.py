"""Connections kept open between requests, a pool for each origin."""

from collections.abc import Callable
from dataclasses import dataclass

from newsextract.fetching.library import httpcore

__all__ = ["Lease", "Pools"]


@dataclass(slots=True)
class _Kept:
    pool: httpcore.AsyncConnectionPool
    users: int = 0


class Pools:
    """A pool for each origin, of which so many are kept when nobody uses them.

    One pool for all, as httpx has it, looks at each connection for each other one at each request
    (httpcore 1.0), which with a hundred of them takes longer than the request.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[str, _Kept] = {}

    async def lease(self, origin: str, make: Callable[[], httpcore.AsyncConnectionPool]) -> "Lease":
        """Return the origin's pool, made if there is none, until the lease is released."""
        kept = self._kept.pop(origin, None) or _Kept(make())
        # The one used last is the last to go.
        self._kept[origin] = kept
        kept.users += 1
        lease = Lease(kept)
        too_many = len(self._kept) - self._most
        if too_many > 0:
            idle = [name for name, each in self._kept.items() if not each.users]
            for name in idle[:too_many]:
                await self._kept.pop(name).pool.aclose()
        return lease

    async def aclose(self) -> None:
        """Close all connections."""
        while self._kept:
            await self._kept.popitem()[1].pool.aclose()


class Lease:
    """The use of a pool by one request."""

    def __init__(self, kept: _Kept) -> None:
        self.pool = kept.pool
        self._kept: _Kept | None = kept

    def release(self) -> None:
        """Give it back; once is enough."""
        if self._kept is not None:
            self._kept.users -= 1
            self._kept = None
