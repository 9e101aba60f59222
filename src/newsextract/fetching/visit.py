"""One fetch without its I/O: what to ask for next, and what to make of each answer.

`Fetcher` and `AsyncFetcher` only carry bytes; every rule they share is here or in the
modules that this one brings together.
"""

import datetime as dt
import re
import time

import httpx

from newsextract.errors import FetchError, TimedOut, TooLarge, TooManyRedirects
from newsextract.fetching import contents
from newsextract.fetching.addresses import checked_address, redirect_target, shortened
from newsextract.fetching.decoding import BodyDecoder
from newsextract.fetching.retrying import is_worth_a_retry, seconds_until
from newsextract.fetching.statuses import check_status, is_redirect
from newsextract.options import Options
from newsextract.records import Page

__all__ = ["Body", "Visit"]

_EXPIRES = re.compile(r";\s*expires\s*=[^;]*", re.IGNORECASE)


class Visit:
    """The way to one page: attempts, each with its redirects, cookies and deadline."""

    def __init__(self, url: str, options: Options) -> None:
        self._asked = url
        self._start = checked_address(url)
        self._options = options
        self._attempts = 0

    def begin(self) -> None:
        """Begin an attempt at the first address, with no cookies and the whole time to spend."""
        self._attempts += 1
        self._address = self._start
        self._visited: list[httpx.URL] = []
        self._cookies = httpx.Cookies()
        self._status: int | None = None
        self._retry_after = ""
        self._deadline = time.monotonic() + self._options.timeout

    def next_request(
        self, client: httpx.Client | httpx.AsyncClient, timeout: httpx.Timeout
    ) -> httpx.Request:
        """Return the request to send now, with the cookies that this attempt was given."""
        request = client.build_request("GET", self._address, timeout=timeout)
        self._cookies.set_cookie_header(request)
        return request

    def seconds_left(self) -> float:
        """Return what is left of the attempt's time; `TimedOut` once that is nothing."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimedOut(
                f"no whole answer came within {self._options.timeout:g} seconds; try again "
                "later, or raise timeout"
            )
        return left

    def body_of(self, response: httpx.Response) -> "Body | None":
        """Return where the body of this answer goes; `None` after a redirect, which is followed.

        Raises a `FetchError` when the head of the answer already says that no page follows.
        """
        self._status = response.status_code
        if is_redirect(response.status_code):
            self._remember_cookies(response)
            self._follow(response.headers.get_list("location"))
            return None
        self._retry_after = response.headers.get("retry-after", "")
        check_status(response.status_code)
        return Body(response.headers, self._options.max_bytes)

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
        target = redirect_target(self._address, locations)
        self._visited.append(self._address)
        self._address = target
        if len(self._visited) > self._options.max_redirects:
            # Not refused at the first repetition: some sites set a cookie and send back.
            circle = "go in a circle" if target in self._visited else "do not end"
            raise TooManyRedirects(
                f"the site's redirects {circle}, and {self._options.max_redirects} were "
                "followed; open the address in a browser and give the one it ends at",
                detail=shortened(str(target)),
            )

    def page(self, response: httpx.Response, body: "Body") -> Page:
        """Return the page, once all of its body was taken."""
        return Page(
            url=self._asked,
            final_url=str(self._address),
            status=response.status_code,
            headers=dict(response.headers),
            body=body.whole(),
            fetched_at=dt.datetime.now(dt.UTC),
            redirects=tuple(str(url) for url in self._visited),
        )

    def back_off(self, error: Exception) -> bool | float:
        """Tell stamina whether to try again, or after how many seconds."""
        if not is_worth_a_retry(error, self._status):
            return False
        wait = seconds_until(self._retry_after, dt.datetime.now(dt.UTC))
        return True if wait is None else min(wait, self._options.max_retry_wait)

    def explained(self, error: FetchError) -> FetchError:
        """Return the error as the caller sees it: with the address, and the attempts made."""
        place = shortened(self._asked)
        if self._visited:
            place += f" (redirected to {shortened(str(self._address))})"
        after = ""
        if self._attempts > 1 or is_worth_a_retry(error, self._status):
            after = f" after {self._attempts} attempt{'s' if self._attempts > 1 else ''}"
        failure = error.failure
        return type(error)(
            f"{place} could not be fetched{after}: {failure.message}.",
            url=self._asked,
            detail=failure.detail,
        )


class Body:
    """The body of one answer: unpacked and judged as it comes, within the size limit."""

    def __init__(self, headers: httpx.Headers, max_bytes: int) -> None:
        # Of several, the last counts (WHATWG Fetch, "extract a MIME type").
        self._content_type = (headers.get_list("content-type") or [""])[-1]
        self._max_bytes = max_bytes
        self._received = 0
        self._unpacked = bytearray()
        self._judged = False
        contents.check_type(self._content_type)
        self._decoder = BodyDecoder(headers.get("content-encoding", ""), max_bytes=max_bytes)
        self._check_size(_announced_length(headers))

    def take(self, chunk: bytes) -> None:
        """Take the next part as it came from the network."""
        self._received += len(chunk)
        self._check_size(self._received)
        self._unpacked += self._decoder.decode(chunk)
        if not self._judged and len(self._unpacked) >= contents.SNIFFED_BYTES:
            self._judge()

    def whole(self) -> bytes:
        """Return the unpacked body, after making sure that all of it is there."""
        self._decoder.finish()
        self._judge()
        return bytes(self._unpacked)

    def _judge(self) -> None:
        contents.check_beginning(
            self._content_type, bytes(self._unpacked[: contents.SNIFFED_BYTES])
        )
        self._judged = True

    def _check_size(self, size: int) -> None:
        if size > self._max_bytes:
            raise TooLarge(
                f"the page is larger than the limit of {self._max_bytes:,} bytes; raise max_bytes "
                "if it is a page you trust",
                detail=f"{size} bytes",
            )


def _announced_length(headers: httpx.Headers) -> int:
    length = headers.get("content-length", "")
    # A length that is not a number is refused by h11 and h2, unless the body comes in chunks.
    return int(length) if length.isdecimal() and len(length) <= 18 else 0
