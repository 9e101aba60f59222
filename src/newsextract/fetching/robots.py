"""robots.txt of each origin, fetched and obeyed as RFC 9309 says; protego reads its rules."""

import asyncio
import contextlib
import re
import time
from dataclasses import dataclass

from protego import Protego

from newsextract.errors import FetchError, RobotsDisallowed, TruncatedBody
from newsextract.fetching.addresses import redirect_target, shortened
from newsextract.fetching.decoding import BodyDecoder
from newsextract.fetching.foreign import translated_body, translated_head
from newsextract.fetching.library import httpx
from newsextract.fetching.statuses import is_redirect

__all__ = ["RobotsFiles", "Rules"]

# RFC 9309: 2.3.1.2 five redirects, 2.5 at least 500 KiB are read, 2.4 a day in the cache.
_MOST_REDIRECTS = 5
_READ_BYTES = 500 * 1024
_KEPT_SECONDS = 24 * 3_600.0
# A site that is down now may be up soon, and until then nothing of it may be fetched.
_KEPT_UNREACHABLE = 600.0
_REMEMBERED = 10_000
_AGENT_LINE = re.compile(r"(?im)^([ \t]*user[- ]?agent[ \t]*:[ \t]*)([^\r\n#]*)")
_TOKEN = re.compile(r"[A-Za-z_-]*")


@dataclass(frozen=True, slots=True)
class Rules:
    """What the robots.txt of one origin says to one robot.

    `unreachable` is why it could not be read, in which case nothing is allowed (2.3.1.4).
    """

    file: Protego
    agent: str
    unreachable: str = ""

    def check(self, url: httpx.URL) -> None:
        """Raise `RobotsDisallowed` unless this address may be fetched."""
        if self.unreachable:
            raise RobotsDisallowed(
                f"the site's robots.txt could not be read ({self.unreachable}), so nothing of it "
                "may be fetched by a robot now; try again later, or overrule it with "
                "--ignore-robots or Options(ignore_robots=True) if you have the site's permission",
                detail=self.unreachable,
            )
        if not self.file.can_fetch(str(url), self.agent):
            raise RobotsDisallowed(
                f"the site's robots.txt does not allow robots to fetch {shortened(str(url))}; "
                "overrule it with --ignore-robots or Options(ignore_robots=True) if you have the "
                "site's permission",
                detail=self.agent,
            )

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The sitemaps that the file names, for whichever robot, as they stand there."""
        return tuple(self.file.sitemaps)

    @property
    def delay(self) -> float:
        """The Crawl-delay, or what a Request-rate comes to, in seconds; 0 for none."""
        delay = self.file.crawl_delay(self.agent) or 0.0
        rate = self.file.request_rate(self.agent)
        if rate is not None and rate.requests > 0:
            delay = max(delay, rate.seconds / rate.requests)
        return max(0.0, delay)


class RobotsFiles:
    """The robots.txt files of all origins, each fetched once a day at most."""

    def __init__(self, client: httpx.AsyncClient, agent: str, timeout: float) -> None:
        self._client = client
        # RFC 9309, 2.2.1: rules are for the product token, which is letters, "_" and "-".
        self._agent = _token(agent)
        self._timeout = timeout
        self._known: dict[str, tuple[float, Rules]] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def rules(self, url: httpx.URL) -> Rules:
        """Return the rules for this address's origin, fetched now if they are not known."""
        address = url.copy_with(raw_path=b"/robots.txt", fragment=None, username="", password="")
        name = str(address)
        known = self._remembered(name)
        if known is not None:
            return known
        lock = self._locks.setdefault(name, asyncio.Lock())
        try:
            async with lock:
                rules = self._remembered(name)
                if rules is None:
                    rules = await self._fetched(address)
                    kept = _KEPT_UNREACHABLE if rules.unreachable else _KEPT_SECONDS
                    self._remember(name, time.monotonic() + kept, rules)
                return rules
        finally:
            self._locks.pop(name, None)

    def _remembered(self, name: str) -> Rules | None:
        until, rules = self._known.get(name, (0.0, None))
        return rules if time.monotonic() < until else None

    def _remember(self, name: str, until: float, rules: Rules) -> None:
        if len(self._known) >= _REMEMBERED:
            del self._known[next(iter(self._known))]
        self._known[name] = (until, rules)

    async def _fetched(self, address: httpx.URL) -> Rules:
        try:
            async with asyncio.timeout(self._timeout):
                return await self._followed(address)
        except TimeoutError:
            return self._unreachable(f"no answer within {self._timeout:g} seconds")
        except FetchError as error:
            return self._unreachable(error.failure.message)

    async def _followed(self, address: httpx.URL) -> Rules:
        for _ in range(_MOST_REDIRECTS + 1):
            request = self._client.build_request("GET", address)
            with translated_head():
                response = await self._client.send(request, stream=True)
            async with contextlib.aclosing(response):
                status = response.status_code
                if is_redirect(status):
                    try:
                        address = redirect_target(address, response.headers.get_list("location"))
                    except FetchError:
                        # It leads nowhere, so there is no such file.
                        break
                    continue
                if 200 <= status < 300:
                    return self._read(await _beginning(response))
                if status >= 500 or status < 400:
                    return self._unreachable(f"the server answered {status}")
            break
        # 2.3.1.3: unavailable, so everything is allowed.
        return self._read(b"")

    def _read(self, content: bytes) -> Rules:
        text = content.decode("utf-8-sig", "replace").replace("\x00", "")
        return Rules(Protego.parse(_AGENT_LINE.sub(self._own_or_other, text)), self._agent)

    def _own_or_other(self, line: re.Match[str]) -> str:
        """Return a line that names an agent so that only the very token counts as ours."""
        # protego 0.7 lets a group for "news" count for "newsextract".
        named = line[2].strip()
        if named == "*":
            return line[0]
        is_ours = _token(named).lower() == self._agent.lower()
        return f"{line[1]}{self._agent if is_ours else '-'}"

    def _unreachable(self, why: str) -> Rules:
        return Rules(Protego.parse(""), self._agent, why)


def _token(agent: str) -> str:
    found = _TOKEN.match(agent)
    return found[0] if found else ""


async def _beginning(response: httpx.Response) -> bytes:
    """Return as much of a robots.txt as is read; of one that was cut short, what there is."""
    decoder = BodyDecoder(response.headers.get("content-encoding", ""), max_bytes=4 * _READ_BYTES)
    content = bytearray()
    with contextlib.suppress(TruncatedBody), translated_body():
        async for chunk in response.aiter_raw():
            content += decoder.decode(chunk)
            if len(content) >= _READ_BYTES:
                break
    return bytes(content[:_READ_BYTES])
