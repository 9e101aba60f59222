"""What is sent to one origin and to no other: headers, cookies, a password."""

import base64

from newsextract.fetching.addresses import checked_address, origin_of
from newsextract.fetching.library import httpx
from newsextract.options import Access

__all__ = ["add_access"]


def add_access(request: httpx.Request, accesses: tuple[Access, ...]) -> None:
    """Add to a request what was given for its origin."""
    origin = origin_of(request.url)
    for access in accesses:
        if origin_of(checked_address(access.origin)) != origin:
            continue
        request.headers.update(access.headers)
        if access.cookies:
            pairs = [f"{name}={value}" for name, value in access.cookies.items()]
            known = request.headers.get("cookie")
            request.headers["cookie"] = "; ".join([known, *pairs] if known else pairs)
        if access.user is not None:
            # RFC 7617, 2.1: UTF-8, as a server that says nothing of it is best served.
            secret = f"{access.user}:{access.password}".encode()
            request.headers["authorization"] = "Basic " + base64.b64encode(secret).decode()
