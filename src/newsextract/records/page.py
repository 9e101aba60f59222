"""A page as it came from a site."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

__all__ = ["Page", "Waiver"]

Waiver = Literal[
    "robots", "certificate", "public_address", "address_check", "completeness", "sandbox"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page as it came: bytes, and what is known of where they are from.

    All but `body` may be unknown for HTML in hand.
    """

    url: str | None = None
    """The address asked for."""
    final_url: str | None = None
    """The address that answered."""
    status: int | None = None
    """The status of the answer, such as 200."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """The headers of the answer; their names are in lower case."""
    body: bytes
    """The bytes of the page, unpacked."""
    fetched_at: dt.datetime | None = None
    """When it came from the site, also if it is `from_cache`. Dates after it are not believed."""
    redirects: tuple[str, ...] = ()
    """The addresses visited before `final_url`, in order."""
    from_cache: bool = False
    """Whether it was taken from the cache on disk."""
    rendered: bool = False
    """Whether a browser has built it: `body` is then what it shows, in UTF-8."""
    waived: tuple[Waiver, ...] = ()
    """What this page did not have to fulfil, since its fetcher was told so: `robots` (its
    robots.txt was not asked), `certificate` (any was accepted), `public_address` (any may be
    connected to), `address_check` (a proxy connects, nobody here knows where to),
    `completeness` (it was cut off), `sandbox` (the browser ran as the administrator, and
    cannot shut its pages in then)."""
