"""Text to tree. The only module that imports selectolax, so that the parser can be exchanged."""

from typing import TypeAlias

from selectolax.lexbor import LexborHTMLParser, LexborNode

__all__ = ["Node", "Tree", "as_parsed", "parse"]

Node: TypeAlias = LexborNode
Tree: TypeAlias = LexborHTMLParser


def parse(source: str | bytes) -> Tree:
    """Parse a page, text or valid UTF-8, as a browser with scripting would.

    `<noscript>` is text then, not elements. Without that, a tracking picture in a `<noscript>`
    ends the head, and every meta element after it lands in the body (selectolax documents this
    under `scripting`).
    """
    return LexborHTMLParser(as_parsed(source), scripting=True)


def as_parsed(source: str | bytes) -> bytes:
    """Return the bytes that the parser is given for a page."""
    if isinstance(source, str):
        # Lone surrogates cannot be handed to the parser, which takes UTF-8.
        source = source.encode("utf-8", "replace")
    # NUL ends a C string.
    return source.replace(b"\x00", b"\xef\xbf\xbd")
