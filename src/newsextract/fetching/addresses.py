"""Which addresses may be fetched, and where a redirect leads."""

import re
from urllib.parse import urljoin

from newsextract.errors import InvalidUrl, MalformedResponse
from newsextract.fetching.library import httpx

__all__ = ["checked_address", "misleading_redirect", "origin_of", "redirect_target", "shortened"]

MAX_LENGTH = 8_192
_SHOWN = 200

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_SPACE_OR_CONTROL = re.compile(r"[\x00-\x20\x7f]")
# Browsers read a backslash as a slash, RFC 3986 as part of the user name: the two would
# connect to different hosts.
_BACKSLASH_IN_AUTHORITY = re.compile(r"[^/?#]*//[^/?#]*\\")
# Checked here since the resolver answers a name it cannot encode with a UnicodeError.
_HOST_NAME = re.compile(r"(?=.{1,253}\.?\Z)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*\.?")


def checked_address(text: str) -> httpx.URL:
    """Return the address without its fragment, or raise `InvalidUrl` for what is not http(s)."""
    problem = _problem(text)
    if problem is not None:
        raise InvalidUrl(
            f"{shortened(text)!r} is not an address that can be fetched: {problem}; "
            "give a whole address such as https://example.org/news/article.html.",
            url=text,
        )
    return _parsed(text)


def redirect_target(current: httpx.URL, locations: list[str]) -> httpx.URL:
    """Return the address that the `Location` headers of a redirect name, without fragment."""
    if len(set(locations)) != 1:
        raise misleading_redirect(
            "names no address" if not locations else "names several addresses", ""
        )
    location = locations[0].strip()
    if not location:
        raise misleading_redirect("names an empty address", "")
    try:
        target = _joined(current, location)
    except ValueError as error:
        raise misleading_redirect("names a malformed address", location) from error
    problem = _problem(target)
    if problem is not None:
        raise misleading_redirect(
            f"leads to an address that cannot be fetched: {problem}", location
        )
    return _parsed(target)


def origin_of(url: httpx.URL) -> str:
    """Return scheme, host and port, the port only where it is not the usual one (RFC 6454, 6.2)."""
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


def shortened(text: str) -> str:
    """Return the text, or its beginning where it is too long to be shown."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _joined(current: httpx.URL, location: str) -> str:
    # Spaces are not allowed, but sent; every browser escapes them.
    location = location.replace(" ", "%20")
    # urljoin takes "http:" before a path for a relative address, against RFC 3986, 5.2.2.
    return location if _SCHEME.match(location) else urljoin(str(current), location)


def _problem(text: str) -> str | None:
    if len(text) > MAX_LENGTH:
        return f"it is longer than {MAX_LENGTH:,} characters"
    if _SPACE_OR_CONTROL.search(text):
        return "it holds a space or a control character"
    if _BACKSLASH_IN_AUTHORITY.match(text):
        return "it holds a backslash in the part that names the host"
    try:
        url = _parsed(text)
        # Decoding an "xn--" label that is not valid punycode fails only when asked for.
        _ = url.host
    except (httpx.InvalidURL, ValueError) as error:
        return f"it is malformed ({shortened(str(error))})"
    return _problem_of_parts(url)


def _problem_of_parts(url: httpx.URL) -> str | None:
    if not url.scheme:
        return "it does not begin with https:// or http://"
    if url.scheme not in {"http", "https"}:
        return f"it begins with {shortened(url.scheme)}:, and only http and https are fetched"
    host = url.raw_host.decode("ascii")
    if not host:
        return "it names no host"
    if ":" not in host and not _HOST_NAME.fullmatch(host):
        return "its host is not a valid name"
    if "%" in host:
        return "its host names a network interface"
    if url.port is not None and not 1 <= url.port <= 65_535:
        return "its port is not between 1 and 65,535"
    return None


def _parsed(text: str) -> httpx.URL:
    return httpx.URL(text).copy_with(fragment=None)


def misleading_redirect(problem: str, detail: str) -> MalformedResponse:
    """Return the error for a redirect that cannot be followed."""
    return MalformedResponse(
        f"the server sent a redirect that {problem}; the site is at fault, "
        "so look for another address of the article",
        detail=shortened(detail) or None,
    )
