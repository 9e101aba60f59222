"""Addresses made whole, and which of them a page's own address can be."""

import re
import unicodedata
from urllib.parse import SplitResult, quote, urljoin, urlsplit

__all__ = ["host_of", "is_front_page", "joined", "sound_address", "whole_address"]

# An address that is whole and in which nothing would be changed by taking it apart.
_PLAIN_ADDRESS = re.compile(
    r"(?P<site>https?://(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)+))(?:/[^\s?#;]*)?(?:\?[^\s#]+)?"
)
# A path from the root of a site, to which nothing is done either unless it has dots for folders.
_PLAIN_PATH = re.compile(r"/(?!/)[^\s?#;]*(?:\?[^\s#]+)?")


def host_of(url: str) -> str:
    """Return the host of an address, lower-case, or nothing."""
    plain = _PLAIN_ADDRESS.fullmatch(url)
    parts = None if plain else _parts(url)
    return plain["host"] if plain else (parts.hostname if parts else None) or ""


def sound_address(address: str) -> str:
    """Return the same address with what no text should hold percent-encoded (RFC 3986, 2.1)."""
    if address.isascii() and address.isprintable():
        return address
    keeps_letters = unicodedata.is_normalized("NFC", address)
    return "".join([
        letter
        if (letter.isascii() and letter.isprintable()) or (keeps_letters and letter.isprintable())
        else quote(letter, safe="", errors="replace")
        for letter in address
    ])  # fmt: skip


def whole_address(address: str, base: str) -> str | None:
    """Return an http address made whole by that of its page; None for what cannot be one."""
    address = address.strip()
    if _PLAIN_ADDRESS.fullmatch(address):
        return address
    if _PLAIN_PATH.fullmatch(address) and "/." not in address:
        page = _PLAIN_ADDRESS.fullmatch(base)
        if page is not None:
            return sound_address(page["site"] + address)
    try:
        address = urljoin(base, address)
    except ValueError:
        return None
    parts = _parts(address)
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    return sound_address(address)


def joined(base: str, address: str) -> str:
    """Return an address completed with another, or as it is where that cannot be."""
    try:
        return urljoin(base, address.strip())
    except ValueError:
        return address


def is_front_page(url: str) -> bool:
    """Tell whether an address is that of a site's front page."""
    parts = _parts(url)
    return parts is not None and parts.path.strip("/") == "" and not parts.query


def _parts(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.hostname  # may refuse what urlsplit took
    except ValueError:
        return None
    return parts
