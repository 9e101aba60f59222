"""A page as it came from a site."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

__all__ = ["Page", "Waiver"]

# What a page did not have to fulfil, since its fetcher was told so: `robots` (its robots.txt was
# not asked), `certificate` (any was accepted), `public_address` (any may be connected to),
# `address_check` (a proxy connects, nobody here knows where to), `completeness` (it was cut off),
# `sandbox` (the browser ran as the administrator, and cannot shut its pages in then).
Waiver = Literal[
    "robots", "certificate", "public_address", "address_check", "completeness", "sandbox"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page as it came: bytes, and what is known of where they are from.

    `url` is the address asked for, `final_url` the one that answered, `redirects` the
    addresses visited before it, in order. Header names are lower-case. `fetched_at` is when it
    came from the site, also if it is `from_cache`. `rendered` is a page that a browser has built:
    `body` is then what it shows, in UTF-8. `waived` names the safeguards that were off.
    All but `body` may be unknown for HTML in hand.
    """

    url: str | None = None
    final_url: str | None = None
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes
    fetched_at: dt.datetime | None = None
    redirects: tuple[str, ...] = ()
    from_cache: bool = False
    rendered: bool = False
    waived: tuple[Waiver, ...] = ()
