"""Everything a caller may tune, in one frozen object."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from newsextract.errors import InvalidOption

__all__ = ["Access", "Options", "check_number"]

_ORIGIN = re.compile(r"https?://[^\s/?#@\\]+", re.IGNORECASE)
# RFC 9110: 5.6.2 what a name is made of, 5.5 what a value is; RFC 6265, 4.1.1 for cookies.
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_FIELD_VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]*")
_COOKIE_VALUE = re.compile(r"[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*")
_AT_LEAST = {
    "timeout": 0.001,
    "connect_timeout": 0.001,
    "attempts": 1,
    "max_retry_wait": 0,
    "max_redirects": 0,
    "max_bytes": 1,
    "connections_per_origin": 1,
    "gap": 0,
    "max_crawl_delay": 0,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """What is sent to one origin and to no other, not even behind a redirect.

    Raises `InvalidOption` for what cannot be sent.
    """

    origin: str
    """A scheme and a host, with a port where it is not the usual one, such as
    `https://news.example`."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Names and values of headers."""
    cookies: Mapping[str, str] = field(default_factory=dict)
    """Names and values of cookies."""
    user: str | None = None
    """The name for HTTP Basic authentication."""
    password: str = field(default="", repr=False)
    """The password that belongs to `user`."""

    def __post_init__(self) -> None:
        """Refuse what would not reach the server, or would reach another one."""
        if not _ORIGIN.fullmatch(self.origin.rstrip("/")):
            raise InvalidOption(
                f"{self.origin!r} is not an origin; give scheme and host, such as "
                "https://news.example."
            )
        for name, value in self.headers.items():
            if not (_TOKEN.fullmatch(name) and _FIELD_VALUE.fullmatch(value)):
                raise InvalidOption(f"The header {name!r} cannot be sent as it is.")
        for name, value in self.cookies.items():
            if not (_TOKEN.fullmatch(name) and _COOKIE_VALUE.fullmatch(value)):
                raise InvalidOption(f"The cookie {name!r} cannot be sent as it is.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Settings of a fetch and an extraction; the defaults suit one page in a terminal.

    Times are seconds, sizes bytes. Raises `InvalidOption` for a number that is too small.
    """

    timeout: float = 30.0
    """How long each attempt may take as a whole, redirects included."""
    connect_timeout: float = 10.0
    """How long connecting may take."""
    attempts: int = 3
    """How often a request that may succeed later is tried in all."""
    max_retry_wait: float = 30.0
    """The longest pause between two attempts; a server's `Retry-After` counts up to it."""
    max_redirects: int = 10
    """How many redirects are followed."""
    max_bytes: int = 5_000_000
    """The most that a page may have, packed and unpacked."""
    connections_per_origin: int = 1
    """How many requests an origin (scheme, host, port) gets at once."""
    gap: float = 1.0
    """The pause between the end of one page of an origin and the beginning of the next."""
    max_crawl_delay: float = 30.0
    """How far the Crawl-delay of a robots.txt is obeyed in place of `gap`."""
    ignore_robots: bool = False
    """Do not ask robots.txt where it counts."""
    allow_private: bool = False
    """Connect to addresses that are not of the public internet; a page that needed it says so
    in `Page.waived`, as for the next two."""
    verify_tls: bool = True
    """Whether certificates are checked."""
    accept_truncated: bool = False
    """Take a page that ended too early for what it has."""
    user_agent: str | None = None
    """What to say who asks, in place of the name of this program."""
    proxy: str | None = None
    """An address such as `http://proxy.example:3128`, in place of those of the usual
    environment variables."""
    access: tuple[Access, ...] = ()
    """Headers, cookies and passwords for origins."""
    cache: str | Path | None = None
    """A folder for an HTTP cache that follows RFC 9111; needs the extra `cache`."""
    require_article: bool = False
    """Refuse pages that are hardly articles, such as a front page or a shop's."""
    second_opinion: bool = True
    """Ask trafilatura where our own reading of a page finds no text."""
    join_parts: bool = True
    """Read the other pages of a story that its site cuts into several."""
    render: Literal["never", "auto", "always"] = "never"
    """Whether a browser builds pages: `never`, `always`, or `auto`, where one is empty
    without; needs the extra `render`."""

    def __post_init__(self) -> None:
        """Refuse numbers with which nothing would ever be fetched."""
        for name, least in _AT_LEAST.items():
            check_number(name, getattr(self, name), least)
        if self.user_agent is not None and not _FIELD_VALUE.fullmatch(self.user_agent):
            raise InvalidOption(f"{self.user_agent!r} cannot be sent as a User-Agent.")


def check_number(name: str, value: float, least: float) -> None:
    """Refuse a number below the least with which there is an end; nan and infinity, too."""
    if not least <= value < float("inf"):
        raise InvalidOption(f"{name} is {value!r}; it has to be a number from {least:g} on.")
