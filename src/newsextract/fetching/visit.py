"""One fetch as it goes on: where it stands, what it was told, what it has left.

It sends nothing itself. What the fetcher has to decide is here or in the modules that this one
brings together.
"""

import contextlib
import datetime as dt
import re
import time
from collections.abc import Iterator

from newsextract.contents import Accepted
from newsextract.errors import FetchError, TimedOut, TooManyRedirects
from newsextract.fetching.accesses import add_access
from newsextract.fetching.addresses import (
    checked_address,
    origin_of,
    redirect_target,
    shortened,
)
from newsextract.fetching.bodies import Body, ErrorBody
from newsextract.fetching.caching import is_from_cache, time_of_fetch, was_asked_for
from newsextract.fetching.library import httpx
from newsextract.fetching.retrying import RetryBudget, is_worth_a_retry, seconds_until
from newsextract.fetching.statuses import RETRIED, check_status, is_error, is_redirect
from newsextract.fetching.walls import bot_check
from newsextract.options import Options
from newsextract.records import Page, Waiver

__all__ = ["Visit"]

# HTML first, since some servers choose by the order and have feeds of their front pages.
_LISTS = (
    "text/html,application/rss+xml,application/atom+xml,application/feed+json,application/xml,"
    "text/xml,*/*;q=0.5"
)
_EXPIRES = re.compile(r";\s*expires\s*=[^;]*", re.IGNORECASE)


class Visit:
    """The way to one page: attempts, each with its redirects, cookies and time."""

    def __init__(
        self, url: str, options: Options, budget: RetryBudget, accept: Accepted = "page"
    ) -> None:
        self._asked = url
        self._start = checked_address(url)
        self._options = options
        self._budget = budget
        self._accept = accept
        self._attempts = 0
        self._gave_up_early = False
        self._visited: list[httpx.URL] = []
        self.address = self._start
        self._waived: set[Waiver] = set()

    @property
    def origin(self) -> str:
        """Whom to ask next: scheme, host and port."""
        return origin_of(self.address)

    def begin(self) -> None:
        """Begin an attempt at the first address, with no cookies and the whole time to spend."""
        self._attempts += 1
        self.address = self._start
        self._visited = []
        self._cookies = httpx.Cookies()
        self._status: int | None = None
        self._retry_after = ""
        self._left = self._options.timeout
        # False while the cache could answer everything.
        self.site_was_asked = False

    @contextlib.contextmanager
    def clock(self) -> Iterator[None]:
        """Count the time inside as that of the attempt; waiting for one's turn is outside."""
        self._deadline = time.monotonic() + self._left
        try:
            yield
        finally:
            self._left = self._deadline - time.monotonic()

    def seconds_left(self) -> float:
        """Return what is left of the attempt's time; `TimedOut` once that is nothing."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimedOut(
                f"no whole answer came within {self._options.timeout:g} seconds; try again "
                "later, or raise timeout"
            )
        return left

    def next_request(self, client: httpx.AsyncClient, timeout: httpx.Timeout) -> httpx.Request:
        """Return the request to send now, with what was given for its origin and no other."""
        headers = {"Accept": _LISTS} if self._accept == "list" else None
        request = client.build_request("GET", self.address, headers=headers, timeout=timeout)
        self._cookies.set_cookie_header(request)
        add_access(request, self._options.access)
        return request

    def waive(self, *safeguards: Waiver) -> None:
        """Note which safeguards were off on the way to this page."""
        self._waived.update(safeguards)

    def body_of(self, response: httpx.Response) -> Body | ErrorBody | None:
        """Return where the body of this answer goes; `None` after a redirect, which is followed.

        Raises a `FetchError` when the head of the answer already says that no page follows.
        """
        self._status = response.status_code
        self.site_was_asked = self.site_was_asked or was_asked_for(response)
        if is_redirect(response.status_code):
            self._remember_cookies(response)
            self._follow(response.headers.get_list("location"))
            return None
        self._retry_after = response.headers.get("retry-after", "")
        if is_error(response.status_code):
            return ErrorBody(response.headers)
        return Body(response.headers, self._options, self._accept)

    def _remember_cookies(self, response: httpx.Response) -> None:
        # No cookie ends within a visit, and http.cookiejar prints a warning for a date that it
        # cannot read. Cookies are ASCII (RFC 6265, 4.1.1); httpx fails on those that are not.
        cookies = [
            ("set-cookie", _EXPIRES.sub("", cookie))
            for cookie in response.headers.get_list("set-cookie")
            if cookie.isascii()
        ]
        self._cookies.extract_cookies(
            httpx.Response(response.status_code, headers=cookies, request=response.request)
        )

    def _follow(self, locations: list[str]) -> None:
        target = redirect_target(self.address, locations)
        self._visited.append(self.address)
        self.address = target
        if len(self._visited) > self._options.max_redirects:
            # Not refused at the first repetition: some sites set a cookie and send back.
            circle = "go in a circle" if target in self._visited else "do not end"
            raise TooManyRedirects(
                f"the site's redirects {circle}, and {self._options.max_redirects} were "
                "followed; open the address in a browser and give the one it ends at",
                detail=shortened(str(target)),
            )

    def page(self, response: httpx.Response, body: Body | ErrorBody) -> Page:
        """Return the page, once all of its body was taken; raise what came instead of one."""
        fetched_at = time_of_fetch(response) or dt.datetime.now(dt.UTC)
        status = response.status_code
        # AWS sends its challenges with 202, so heads count under any status.
        text = body.whole() if isinstance(body, ErrorBody) else b""
        check_status(status, bot_check(status, response.headers, text))
        whole = body.whole()
        if body.is_cut:
            self.waive("completeness")
        return Page(
            url=self._asked,
            final_url=str(self.address),
            status=status,
            headers=dict(response.headers),
            body=whole,
            fetched_at=fetched_at,
            redirects=tuple(str(url) for url in self._visited),
            from_cache=is_from_cache(response),
            waived=tuple(sorted(self._waived)),
        )

    def asked_wait(self) -> float | None:
        """Return the seconds that the site asked us to wait, within what we are willing to."""
        if self._status not in RETRIED:
            return None
        wait = seconds_until(self._retry_after, dt.datetime.now(dt.UTC))
        return None if wait is None else min(wait, self._options.max_retry_wait)

    def back_off(self, error: Exception) -> bool | float:
        """Tell stamina whether to try again, or after how many seconds."""
        if self._attempts >= self._options.attempts or not is_worth_a_retry(error, self._status):
            return False
        if not self._budget.take(self.origin):
            self._gave_up_early = True
            return False
        wait = self.asked_wait()
        return True if wait is None else wait

    def explained(self, error: FetchError) -> FetchError:
        """Return the error as the caller sees it: with the address, and the attempts made."""
        place = shortened(self._asked)
        if self._visited:
            place += f" (redirected to {shortened(str(self.address))})"
        after = ""
        if self._attempts > 1 or is_worth_a_retry(error, self._status):
            after = f" after {self._attempts} attempt{'s' if self._attempts > 1 else ''}"
        if self._gave_up_early:
            after += " (and no more, since too much of this site fails)"
        failure = error.failure
        return type(error)(
            f"{place} could not be fetched{after}: {failure.message}.",
            url=self._asked,
            detail=failure.detail,
        )
