"""The two fetchers: one in an event loop, and one that blocks and has the first work for it."""

import asyncio
import contextlib
import http.cookiejar
import importlib.metadata
import os
import threading
from collections.abc import AsyncGenerator, Awaitable, Callable
from types import TracebackType
from typing import Self, TypeVar

import stamina

from newsextract.contents import Accepted
from newsextract.errors import Failure, FetchError, NewsextractError
from newsextract.fetching.addresses import checked_address, origin_of
from newsextract.fetching.caching import cached
from newsextract.fetching.foreign import translated_body, translated_head, translated_setup
from newsextract.fetching.library import httpx
from newsextract.fetching.loops import LoopThread
from newsextract.fetching.manners import Manners, Turn
from newsextract.fetching.many import Addresses, Workload, outcomes
from newsextract.fetching.network import Network, Resolver, look_up
from newsextract.fetching.rendering import Renderer
from newsextract.fetching.retrying import RetryBudget
from newsextract.fetching.robots import RobotsFiles
from newsextract.fetching.subresources import Subresources
from newsextract.fetching.visit import Visit
from newsextract.options import Options, check_number
from newsextract.records import Page

__all__ = ["AsyncFetcher", "Fetcher"]

Outcome = TypeVar("Outcome")

# What a forked process must not end, since it is another's.
_LEFT_BEHIND: list[object] = []

_NOTHING = contextlib.nullcontext()

_FIRST_WAIT = 0.5
_ROBOTS_TIMEOUT = 15.0
_REDIRECT_SECONDS, _REDIRECT_TEXT = 1.0, 65_536


class AsyncFetcher:
    """Fetches pages over HTTP/1.1 and HTTP/2, many at once in one asyncio event loop.

    An async context manager; without `async with`, await `aclose`. Connections are kept open
    between pages, and go only to addresses of the public internet unless
    `Options.allow_private`. An origin gets one request at a time and a pause between pages,
    unless `Options` say otherwise; a page waits for its turn, and the others do not wait for it.
    `Options.timeout` is the limit of each attempt as a whole. No cookie outlives the fetch that it
    was set in.

    Proxies and trusted certificates come from the usual environment variables. `resolve` looks up
    the addresses of host names; by default the system does.
    """

    def __init__(self, options: Options | None = None, *, resolve: Resolver = look_up) -> None:
        self._options = options or Options()
        self._retrying = stamina.AsyncRetryingCaller(
            attempts=self._options.attempts,
            timeout=None,
            wait_initial=_FIRST_WAIT,
            wait_max=self._options.max_retry_wait,
        )
        with translated_setup():
            self._network = Network(self._options, resolve)
        transport: httpx.AsyncBaseTransport = self._network
        if self._options.cache is not None:
            transport = cached(self._network, self._options.cache, self._options.max_bytes)
        agent = self._options.user_agent or _user_agent()
        self._client = httpx.AsyncClient(
            headers={
                "User-Agent": agent,
                "Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5",
                "Accept-Encoding": "gzip, deflate, br, zstd",
            },
            cookies=_NoCookies(),
            transport=transport,
        )
        self._manners = Manners(
            connections=self._options.connections_per_origin, gap=self._options.gap
        )
        self._budget = RetryBudget()
        self._renderer = Renderer(
            self._options, agent, Subresources(self._client, self._options).answer
        )
        self._robots = RobotsFiles(self._client, agent, min(_ROBOTS_TIMEOUT, self._options.timeout))

    async def fetch(self, url: str, *, as_robot: bool = False, accept: Accepted = "page") -> Page:
        """Return the page at an http or https address; a robot asks the site's robots.txt first.

        With `accept="list"` feeds and sitemaps are taken too, whatever they are labelled, unpacked
        where they are gzip files, and up to 50 MB large; no browser builds them.

        Raises `InvalidUrl` for anything else, and a `FetchError` where no HTML page came
        back; failures that may pass are tried `Options.attempts` times first.
        """
        return await self._fetched(url, as_robot=as_robot, accept=accept)

    async def sitemaps(self, url: str) -> tuple[str, ...]:
        """Return the sitemaps that the robots.txt for this address names, as they stand there.

        None where it cannot be read. Raises `InvalidUrl` for what is no http(s) address.
        """
        address = checked_address(url)
        async with self._manners.turn(origin_of(address)) as turn:
            # The file was asked for with a page, or is one request more.
            turn.pause = 0.0
            return (await self._robots.rules(address)).sitemaps

    def fetch_many(
        self, urls: Addresses, *, concurrency: int = 16
    ) -> AsyncGenerator[Page | Failure, None]:
        """Yield a page, or why there is none, for each address, in the order in which they come.

        So many are asked for at once, of different origins as far as `Options` say so, and
        robots.txt is asked first. Addresses are read as they are needed; closing the iterator ends
        all that is under way.
        """
        return self.fetch_each(urls, _itself, concurrency=concurrency)

    async def fetch_each(
        self,
        urls: Addresses,
        then: Callable[[Page], Awaitable[Outcome]],
        *,
        concurrency: int = 16,
    ) -> AsyncGenerator[Outcome | Failure, None]:
        """Yield what `then` makes of each page, as `fetch_many` yields the pages.

        It may raise a `NewsextractError`, whose failure is the outcome. Few pages lie ready for it,
        so that memory does not grow where it is slower than the network.
        """
        check_number("concurrency", concurrency, 1)
        workload = Workload(concurrency)

        async def outcome_of(url: str) -> Outcome | Failure:
            try:
                page = await self._fetched(url, as_robot=True, busy=workload)
            except NewsextractError as error:
                workload.lay_ready()
                return error.failure
            workload.lay_ready()
            try:
                return await then(page)
            except NewsextractError as error:
                return error.failure

        async with contextlib.aclosing(outcomes(urls, outcome_of, workload)) as each:
            async for outcome in each:
                yield outcome

    async def _fetched(
        self,
        url: str,
        *,
        as_robot: bool,
        accept: Accepted = "page",
        busy: contextlib.AbstractAsyncContextManager[object] = _NOTHING,
    ) -> Page:
        """Return a page, holding `busy` only while it is asked for: not while it waits its turn."""
        visit = Visit(url, self._options, self._budget, accept)
        self._budget.earn(visit.origin)
        try:
            page = await self._retrying(visit.back_off, self._attempt, visit, as_robot, busy)
            is_built = accept == "page" and self._options.render == "always"
            return await self.render(page) if is_built else page
        except FetchError as error:
            raise visit.explained(error) from error.__cause__

    async def render(self, page: Page) -> Page:
        """Return a page as a browser shows it, which fetches under the same rules.

        Raises `MissingExtra` where Playwright or Chromium is not installed, `RenderingFailed` for
        what goes wrong in the browser.
        """
        return await self._renderer.rendered(page)

    async def _attempt(
        self, visit: Visit, as_robot: bool, busy: contextlib.AbstractAsyncContextManager[object]
    ) -> Page:
        visit.begin()
        while True:
            async with self._manners.turn(visit.origin) as turn, busy:
                page = await self._stay(visit, turn, as_robot=as_robot)
            if page is not None:
                return page

    async def _stay(self, visit: Visit, turn: Turn, *, as_robot: bool) -> Page | None:
        """Return the page, or nothing once a redirect leads to another origin."""
        origin = visit.origin
        pause = turn.pause
        visit.site_was_asked = False
        try:
            while visit.origin == origin:
                if as_robot:
                    pause = max(pause, await self._pause_of_robots(visit))
                self._note_waivers(visit)
                with visit.clock():
                    page = await self._exchange(visit)
                if page is not None:
                    return page
            return None
        finally:
            turn.pause = max(pause, visit.asked_wait() or 0.0) if visit.site_was_asked else 0.0

    async def _pause_of_robots(self, visit: Visit) -> float:
        """Return the pause that robots.txt asks for; raise if it does not allow this address."""
        if self._options.ignore_robots:
            visit.waive("robots")
            return 0.0
        rules = await self._robots.rules(visit.address)
        rules.check(visit.address)
        return min(rules.delay, self._options.max_crawl_delay)

    def _note_waivers(self, visit: Visit) -> None:
        if self._network.uses_proxy(visit.address):
            visit.waive("address_check")
        elif self._options.allow_private:
            visit.waive("public_address")
        if not self._options.verify_tls and visit.address.scheme == "https":
            visit.waive("certificate")

    async def _exchange(self, visit: Visit) -> Page | None:
        # A read that times out takes the other streams of its HTTP/2 connection with it, so
        # only connecting has a limit of its own beside the attempt's.
        timeout = httpx.Timeout(None, connect=self._options.connect_timeout)
        request = visit.next_request(self._client, timeout)
        with translated_head():
            async with asyncio.timeout(visit.seconds_left()):
                response = await self._client.send(request, stream=True)
        async with contextlib.aclosing(response):
            body = visit.body_of(response)
            if body is None:
                await _pass_over(response, visit.seconds_left())
                return None
            try:
                with translated_body():
                    async with asyncio.timeout(visit.seconds_left()):
                        async for chunk in response.aiter_raw():
                            body.take(chunk)
                            if body.is_enough:
                                break
            except FetchError as error:
                body.cut(error)
            return visit.page(response, body)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._renderer.aclose()
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


async def _pass_over(response: httpx.Response, seconds: float) -> None:
    """Read the short text that comes with a redirect.

    A connection is only kept, and an answer only stored in the cache, once all of it was read.
    """
    size = 0
    with contextlib.suppress(FetchError), translated_body():
        async with asyncio.timeout(min(seconds, _REDIRECT_SECONDS)):
            async for chunk in response.aiter_raw():
                size += len(chunk)
                if size > _REDIRECT_TEXT:
                    break


async def _itself(page: Page) -> Page:
    return page


class Fetcher:
    """Fetches pages as `AsyncFetcher` does, for code that waits for each.

    A context manager; without `with`, call `close`. May be shared between threads, which then
    fetch at once, and used in a forked process, which gets connections of its own.
    """

    # One fetcher does both: with sockets that block, neither a look-up nor a server that sends the
    # head of its answer byte by byte could be bounded in time.

    def __init__(self, options: Options | None = None, *, resolve: Resolver = look_up) -> None:
        self._options = options
        self._resolve = resolve
        self._starting = threading.Lock()
        self._process = os.getpid()
        self._fetcher = AsyncFetcher(options, resolve=resolve)
        self._loop: LoopThread | None = None

    def fetch(self, url: str, *, as_robot: bool = False, accept: Accepted = "page") -> Page:
        """Return what is at an http or https address, as `AsyncFetcher.fetch` does."""
        return self._started().run(
            lambda: self._fetcher.fetch(url, as_robot=as_robot, accept=accept)
        )

    def sitemaps(self, url: str) -> tuple[str, ...]:
        """Return the sitemaps that robots.txt names, as `AsyncFetcher.sitemaps` does."""
        return self._started().run(lambda: self._fetcher.sitemaps(url))

    def render(self, page: Page) -> Page:
        """Return a page as a browser shows it; raises as `AsyncFetcher.render` does."""
        return self._started().run(lambda: self._fetcher.render(page))

    def _started(self) -> LoopThread:
        if self._process != os.getpid():
            # What belongs to the thread of the other process, its lock too, stays as it is there.
            _LEFT_BEHIND.append((self._fetcher, self._loop))
            self._starting = threading.Lock()
            self._process = os.getpid()
            self._fetcher = AsyncFetcher(self._options, resolve=self._resolve)
            self._loop = None
        with self._starting:
            if self._loop is None:
                self._loop = LoopThread("newsextract-fetcher")
            return self._loop

    def close(self) -> None:
        """Close the connections."""
        if self._loop is not None and self._process == os.getpid():
            with self._starting:
                self._loop.close(self._fetcher.aclose)
        self._loop = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


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
