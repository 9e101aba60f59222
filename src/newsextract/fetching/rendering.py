"""Pages that a browser has to build: an installed Chromium does, and the fetcher fetches for it.

The browser itself reaches nothing: it has no name server and a proxy that is not there, and each of
its requests is answered here, over the same guarded connections, within the same limits.
"""

import asyncio
import contextlib
import os
import shutil
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from newsextract.errors import MissingExtra, NewsextractError, RenderingFailed, TooLarge
from newsextract.options import Options
from newsextract.records import Page

if TYPE_CHECKING:
    from playwright.async_api import Browser, Frame, Playwright, Request, Route, WebSocketRoute

__all__ = ["Answer", "Asked", "Renderer"]

_BROWSERS = (
    "chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)  # fmt: skip
_ARGUMENTS = (
    "--host-resolver-rules=MAP * ~NOTFOUND",
    # Port 9 is "discard"; nothing listens there, and it would be told nothing that is not public.
    "--proxy-server=http://127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
    "--dns-prefetch-disable",
    "--no-first-run",
)
# What a text does not need.
_NOT_FETCHED = frozenset(("image", "media", "font", "texttrack", "eventsource", "manifest", "ping"))
_MOST_REQUESTS = 200
_MOST_BYTES_AS_PAGES = 4
_QUIET_SECONDS = 5.0
# Browsers that run for long keep what pages leave behind.
_PAGES_PER_BROWSER = 50
# Of the browser's own headers, those that a request of ours must not take over.
_OWN_HEADERS = frozenset(("host", "connection", "accept-encoding", "content-length", "user-agent"))
_NOT_PASSED_ON = frozenset(("content-encoding", "content-length", "transfer-encoding", "link"))


@dataclass(frozen=True, slots=True)
class Asked:
    """One request of the browser."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the browser is told: the last answer after all redirects, unpacked."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Renderer:
    """A browser, started when it is first needed, that turns pages into what scripts make of them.

    `answer` fetches for it: it raises a `NewsextractError` for what cannot be had.
    """

    def __init__(self, options: Options, agent: str, answer: Callable[[Asked], Awaitable[Answer]]):
        self._options = options
        self._agent = agent
        self._answer = answer
        self._starting = asyncio.Lock()
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None
        self._rendered = 0
        self._in_use = 0

    async def rendered(self, page: Page) -> Page:
        """Return a page as the browser shows it after its scripts have run.

        Raises `MissingExtra` where Playwright or Chromium is not installed, `RenderingFailed` for
        what goes wrong in the browser, `TooLarge` for what it makes of the page.
        """
        browser = await self._started()
        self._in_use += 1
        try:
            async with asyncio.timeout(self._options.timeout):
                return await _Tab(self._options, self._agent, self._answer, page).load(browser)
        except TimeoutError as error:
            raise RenderingFailed(
                f"the browser did not show the page within {self._options.timeout:g} seconds; "
                "raise timeout",
            ) from error
        except NewsextractError:
            raise
        except Exception as error:  # what Playwright raises has no base of its own
            raise RenderingFailed(
                "the browser could not show the page; try again, or do without rendering",
                detail=str(error).partition("\n")[0],
            ) from error
        finally:
            self._in_use -= 1
            self._rendered += 1

    async def _started(self) -> "Browser":
        async with self._starting:
            browser = self._browser
            if browser is not None and not self._in_use:
                is_worn_out = self._rendered >= _PAGES_PER_BROWSER
                if is_worn_out or not browser.is_connected():
                    await self._stop()
                    browser = None
            if browser is None:
                browser = self._browser = await self._start()
            return browser

    async def _start(self) -> "Browser":
        try:
            from playwright.async_api import Error, async_playwright
        except ImportError as error:
            raise MissingExtra(
                "Rendering needs the extra of that name; install it with pip install "
                "'newsextract[render]'.",
                detail=str(error),
            ) from error
        self._playwright = await async_playwright().start()
        try:
            self._rendered = 0
            return await self._playwright.chromium.launch(
                executable_path=installed_browser(),
                args=list(_ARGUMENTS),
                chromium_sandbox=is_sandboxed(),
                timeout=1_000 * self._options.timeout,
            )
        except Error as error:
            await self._stop()
            raise MissingExtra(
                "Rendering needs Chromium, which cannot be started here; install it (on Debian: "
                "apt-get install chromium) or let Playwright install its own.",
                detail=error.message.partition("\n")[0],
            ) from error

    async def _stop(self) -> None:
        if self._browser is not None:
            with contextlib.suppress(Exception):
                await self._browser.close()
        if self._playwright is not None:
            await self._playwright.stop()
        self._browser = self._playwright = None

    async def aclose(self) -> None:
        """End the browser."""
        await self._stop()


def installed_browser() -> str | None:
    """Return the program of a Chromium that is installed; none if only Playwright may have one."""
    return next((found for name in _BROWSERS if (found := shutil.which(name))), None)


def is_sandboxed() -> bool:
    """Tell whether Chromium can shut its pages in: it refuses to for the administrator."""
    return not hasattr(os, "geteuid") or os.geteuid() != 0


class _Tab:
    """One page in the browser, and all that it asks for."""

    def __init__(
        self,
        options: Options,
        agent: str,
        answer: Callable[[Asked], Awaitable[Answer]],
        page: Page,
    ) -> None:
        self._options = options
        self._agent = agent
        self._answer = answer
        self._page = page
        self._address = page.final_url or page.url or ""
        self._is_first = True
        self._requests = 0
        self._bytes = 0

    async def load(self, browser: "Browser") -> Page:
        """Return the page as it is once no more is asked for."""
        begin = time.monotonic()
        context = await browser.new_context(
            user_agent=self._agent,
            service_workers="block",
            accept_downloads=False,
            ignore_https_errors=False,
        )
        try:
            await context.route("**/*", self._serve)
            await context.route_web_socket("**/*", _close)
            tab = await context.new_page()
            await tab.goto(
                self._address,
                wait_until="domcontentloaded",
                timeout=1_000 * self._options.timeout,
            )
            left = self._options.timeout - (time.monotonic() - begin)
            with contextlib.suppress(_timed_out()):
                await tab.wait_for_load_state(
                    "networkidle", timeout=1_000 * max(0.05, min(_QUIET_SECONDS, left / 2))
                )
            return self._shown(await tab.content(), tab.main_frame)
        finally:
            await context.close()

    def _shown(self, html: str, frame: "Frame") -> Page:
        body = html.encode("utf-8", "replace")
        if len(body) > self._options.max_bytes:
            raise TooLarge(
                "what scripts make of the page is larger than the limit of "
                f"{self._options.max_bytes:,} bytes; raise max_bytes if it is a page you trust",
                detail=f"{len(body)} bytes",
            )
        waived = self._page.waived if is_sandboxed() else (*self._page.waived, "sandbox")
        return replace(
            self._page,
            body=body,
            headers={**self._page.headers, "content-type": "text/html; charset=utf-8"},
            final_url=frame.url if frame.url.startswith("http") else self._page.final_url,
            rendered=True,
            waived=tuple(sorted(waived)),
        )

    async def _serve(self, route: "Route") -> None:
        """Answer one request of the browser, or break it off."""
        request = route.request
        if self._is_first and request.is_navigation_request():
            self._is_first = False
            await route.fulfill(
                status=200,
                headers=_for_browser(self._page.headers),
                body=self._page.body,
            )
            return
        self._requests += 1
        most_bytes = _MOST_BYTES_AS_PAGES * self._options.max_bytes
        if (
            request.resource_type in _NOT_FETCHED
            or self._requests > _MOST_REQUESTS
            or self._bytes > most_bytes
        ):
            await route.abort()
            return
        try:
            answer = await self._answer(await _asked(request))
        except NewsextractError:
            # A page may well ask for what it does not need.
            await route.abort()
            return
        self._bytes += len(answer.body)
        await route.fulfill(
            status=answer.status, headers=_for_browser(answer.headers), body=answer.body
        )


async def _asked(request: "Request") -> Asked:
    headers = await request.all_headers()
    return Asked(
        method=request.method,
        url=request.url,
        headers={
            name: value
            for name, value in headers.items()
            if name not in _OWN_HEADERS and not name.startswith(":")
        },
        body=request.post_data_buffer,
    )


def _for_browser(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.lower() not in _NOT_PASSED_ON}


async def _close(socket: "WebSocketRoute") -> None:
    await socket.close()


def _timed_out() -> type[Exception]:
    from playwright.async_api import TimeoutError as PlaywrightTimeout

    return PlaywrightTimeout
