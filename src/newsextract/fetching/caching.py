"""An HTTP cache on disk, as RFC 9111 describes one; hishel keeps its rules and its files."""

import contextlib
import datetime as dt
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from newsextract.errors import CacheFailed, MissingExtra
from newsextract.fetching.library import httpx

if TYPE_CHECKING:
    from hishel.httpx import AsyncCacheTransport

__all__ = ["cached", "is_from_cache", "time_of_fetch", "was_asked_for"]

# A page from the cache is read as it was when it came: "two hours ago" counts from then.
_FETCHED_AT = "newsextract-fetched-at"
_FILE = "pages.sqlite"
_MAX_SIZE = 4 * 1024**3


def cached(
    network: httpx.AsyncBaseTransport, folder: str | Path, max_bytes: int
) -> "AsyncCacheTransport":
    """Return the network behind a cache in this folder, which is made if there is none.

    Raises `MissingExtra` where hishel is not installed, `CacheFailed` for a folder that cannot be
    used.
    """
    try:
        from hishel import AsyncSqliteStorage, CacheOptions
        from hishel.httpx import AsyncCacheTransport
    except ImportError as error:
        raise MissingExtra(
            "The cache needs the extra of that name; install it with pip install "
            "'newsextract[cache]'.",
            detail=str(error),
        ) from error
    folder = Path(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CacheFailed(
            f"The folder {folder} cannot be used for a cache ({error.strerror}); name another.",
            detail=str(error),
        ) from error
    _check(folder / _FILE)
    storage = AsyncSqliteStorage(
        database_path=folder / _FILE, max_stream_size=max_bytes, max_size=_MAX_SIZE
    )
    # The cache of one user agent, such as a browser has (RFC 9111, 1).
    rules = CacheOptions(shared=False, allow_stale=False)
    return AsyncCacheTransport(_Stamped(network), storage=storage, rfc=rules)


def _check(file: Path) -> None:
    # hishel would go on without a cache, and only its log would tell.
    try:
        with contextlib.closing(sqlite3.connect(file)) as database:
            database.execute("PRAGMA schema_version")
    except sqlite3.Error as error:
        raise CacheFailed(
            f"The cache in {file} cannot be used ({error}); delete it or name another folder.",
            detail=str(error),
        ) from error


def is_from_cache(response: httpx.Response) -> bool:
    """Tell whether the body is one that was stored earlier, fresh or found unchanged."""
    status = response.extensions.get("caching")
    return status is not None and bool(status["from_cache"])


def was_asked_for(response: httpx.Response) -> bool:
    """Tell whether the site heard of this request, be it to find its page unchanged."""
    status = response.extensions.get("caching")
    return status is None or not status["from_cache"] or bool(status["revalidated"])


def time_of_fetch(response: httpx.Response) -> dt.datetime | None:
    """Return when a body came from its site, if the cache knows."""
    stamp = response.headers.pop(_FETCHED_AT, None)
    # Without a cache nobody but the site can have set it.
    if stamp is None or "caching" not in response.extensions:
        return None
    return dt.datetime.fromisoformat(stamp)


class _Stamped(httpx.AsyncBaseTransport):
    """The network, with the time of each answer noted among its headers."""

    def __init__(self, network: httpx.AsyncBaseTransport) -> None:
        self._network = network

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        response = await self._network.handle_async_request(request)
        # "Not modified" says that the old one still holds, and that keeps its own time.
        if response.status_code != httpx.codes.NOT_MODIFIED:
            response.headers[_FETCHED_AT] = dt.datetime.now(dt.UTC).isoformat()
        return response

    async def aclose(self) -> None:
        await self._network.aclose()
