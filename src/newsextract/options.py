"""Everything a caller may tune, in one frozen object."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from newsextract.errors import InvalidOption

__all__ = ["Access", "Options"]

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

    `origin` is a scheme and a host, with a port where it is not the usual one, such as
    `https://news.example`. `user` and `password` are those of HTTP Basic authentication.
    Raises `InvalidOption` for what cannot be sent.
    """

    origin: str
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: Mapping[str, str] = field(default_factory=dict)
    user: str | None = None
    password: str = field(default="", repr=False)

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

    Times are seconds, sizes bytes.

    How long: `timeout` bounds each attempt as a whole, redirects included; `attempts` is how
    often a request that may succeed later is tried in all. `max_bytes` bounds the body, packed
    and unpacked.

    Manners: an origin gets `connections_per_origin` requests at once, with `gap` between the end
    of one page and the beginning of the next, or the Crawl-delay of its robots.txt up to
    `max_crawl_delay`. Where robots.txt counts, `ignore_robots` overrules it.

    What may be reached: `allow_private` lets addresses that are not of the public internet be
    connected to, `verify_tls=False` accepts any certificate, `accept_truncated` a page that ended
    too early; whatever of this a page needed is named in `Page.waived`.

    `proxy` is an address such as `http://proxy.example:3128`; without it those of the usual
    environment variables are used. `access` has headers, cookies and passwords for origins.
    `cache` is a folder for an HTTP cache that follows RFC 9111.

    `require_article` refuses pages that are hardly articles, such as a front page or a shop's.
    `second_opinion` lets trafilatura answer where our own reading of a page is doubtful.
    `join_parts` lets the other pages of a story be read that its site cuts into several. `render`
    is whether a browser builds pages: `never`, `always`, or `auto`, where one is empty without.

    Raises `InvalidOption` for a number that is too small.
    """

    timeout: float = 30.0
    connect_timeout: float = 10.0
    attempts: int = 3
    max_retry_wait: float = 30.0
    max_redirects: int = 10
    max_bytes: int = 5_000_000
    connections_per_origin: int = 1
    gap: float = 1.0
    max_crawl_delay: float = 30.0
    ignore_robots: bool = False
    allow_private: bool = False
    verify_tls: bool = True
    accept_truncated: bool = False
    user_agent: str | None = None
    proxy: str | None = None
    access: tuple[Access, ...] = ()
    cache: str | Path | None = None
    require_article: bool = False
    second_opinion: bool = True
    join_parts: bool = True
    render: Literal["never", "auto", "always"] = "never"

    def __post_init__(self) -> None:
        """Refuse numbers with which nothing would ever be fetched."""
        for name, least in _AT_LEAST.items():
            if not least <= getattr(self, name) < float("inf"):
                raise InvalidOption(
                    f"{name} is {getattr(self, name)!r}; it has to be a number from {least:g} on."
                )
        if self.user_agent is not None and not _FIELD_VALUE.fullmatch(self.user_agent):
            raise InvalidOption(f"{self.user_agent!r} cannot be sent as a User-Agent.")
