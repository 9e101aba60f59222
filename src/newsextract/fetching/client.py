"""The two fetchers, which do the I/O of a `Visit`, one blocking and one in an event loop."""

import asyncio
import contextlib
import http.cookiejar
import importlib.metadata
from types import TracebackType
from typing import Self

import httpx
import stamina

from newsextract.errors import FetchError
from newsextract.fetching.foreign import translated_body, translated_head, translated_setup
from newsextract.fetching.visit import Visit
from newsextract.options import Options
from newsextract.records import Page

__all__ = ["AsyncFetcher", "Fetcher"]

_FIRST_WAIT = 0.5


class Fetcher:
    """Fetches pages over HTTP/1.1 and HTTP/2, keeping connections open between them.

    A context manager; without `with`, call `close`. May be shared between threads. Proxies
    and trusted certificates come from the usual environment variables; certificates are
    always verified. No cookie outlives the fetch that it was set in.

    `Options.timeout` is checked before each request and between the parts of a body, and no
    single read waits longer than what was left when its request began; so a silent server
    is given up after at most twice the timeout. A server that sends the head of its answer
    byte by byte can take longer. `AsyncFetcher` keeps the timeout exactly.
    """

    def __init__(self, options: Options | None = None) -> None:
        self._options = options or Options()
        self._retrying = stamina.RetryingCaller(
            attempts=self._options.attempts,
            timeout=None,
            wait_initial=_FIRST_WAIT,
            wait_max=self._options.max_retry_wait,
        )
        with translated_setup():
            self._client = httpx.Client(
                headers=_headers(self._options), cookies=_NoCookies(), http2=True
            )

    def fetch(self, url: str) -> Page:
        """Return the page at an http or https address.

        Raises `InvalidUrl` for anything else, and a `FetchError` where no HTML page came
        back; failures that may pass are tried `Options.attempts` times first.
        """
        visit = Visit(url, self._options)
        try:
            return self._retrying(visit.back_off, self._attempt, visit)
        except FetchError as error:
            raise visit.explained(error) from error.__cause__

    def _attempt(self, visit: Visit) -> Page:
        visit.begin()
        while True:
            page = self._exchange(visit)
            if page is not None:
                return page

    def _exchange(self, visit: Visit) -> Page | None:
        left = visit.seconds_left()
        timeout = httpx.Timeout(left, connect=min(left, self._options.connect_timeout))
        request = visit.next_request(self._client, timeout)
        with translated_head():
            response = self._client.send(request, stream=True)
        with translated_body(), contextlib.closing(response):
            body = visit.body_of(response)
            if body is None:
                return None
            for chunk in response.iter_raw():
                visit.seconds_left()
                body.take(chunk)
            return visit.page(response, body)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


class AsyncFetcher:
    """Fetches pages as `Fetcher` does, many at once in one asyncio event loop.

    An async context manager; without `async with`, await `aclose`. `Options.timeout` is the
    limit of each attempt as a whole.
    """

    def __init__(self, options: Options | None = None) -> None:
        self._options = options or Options()
        self._retrying = stamina.AsyncRetryingCaller(
            attempts=self._options.attempts,
            timeout=None,
            wait_initial=_FIRST_WAIT,
            wait_max=self._options.max_retry_wait,
        )
        with translated_setup():
            self._client = httpx.AsyncClient(
                headers=_headers(self._options), cookies=_NoCookies(), http2=True
            )

    async def fetch(self, url: str) -> Page:
        """Return the page at an http or https address; raises as `Fetcher.fetch` does."""
        visit = Visit(url, self._options)
        try:
            return await self._retrying(visit.back_off, self._attempt, visit)
        except FetchError as error:
            raise visit.explained(error) from error.__cause__

    async def _attempt(self, visit: Visit) -> Page:
        visit.begin()
        while True:
            page = await self._exchange(visit)
            if page is not None:
                return page

    async def _exchange(self, visit: Visit) -> Page | None:
        # A read that times out takes the other streams of its HTTP/2 connection with it, so
        # only connecting has a limit of its own beside the attempt's.
        timeout = httpx.Timeout(None, connect=self._options.connect_timeout)
        request = visit.next_request(self._client, timeout)
        with translated_head():
            async with asyncio.timeout(visit.seconds_left()):
                response = await self._client.send(request, stream=True)
        with translated_body():
            async with (
                contextlib.aclosing(response),
                asyncio.timeout(visit.seconds_left()),
            ):
                body = visit.body_of(response)
                if body is None:
                    return None
                async for chunk in response.aiter_raw():
                    body.take(chunk)
                return visit.page(response, body)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()


def _headers(options: Options) -> dict[str, str]:
    return {
        "User-Agent": options.user_agent or _user_agent(),
        "Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5",
        "Accept-Encoding": "gzip, deflate, br, zstd",
    }


def _user_agent() -> str:
    try:
        product = f"newsextract/{importlib.metadata.version('newsextract')}"
    except importlib.metadata.PackageNotFoundError:
        product = "newsextract"
    return f"{product} (Python news article extractor)"


class _NoCookies(http.cookiejar.CookieJar):
    """A jar that stays empty, so that no fetch sees the cookies of another."""

    def extract_cookies(self, response: object, request: object) -> None:
        """Leave the cookies of an answer to its `Visit`."""
