"""Text to tree. The only module that imports selectolax, so that the parser can be exchanged."""

from typing import TypeAlias

from selectolax.lexbor import LexborHTMLParser, LexborNode

__all__ = ["Node", "Tree", "parse"]

Node: TypeAlias = LexborNode
Tree: TypeAlias = LexborHTMLParser


def parse(text: str) -> Tree:
    """Parse a page as a browser with scripting would: `<noscript>` is text, not elements.

    Without that, a tracking picture in a `<noscript>` ends the head, and every meta
    element after it lands in the body (selectolax documents this under `scripting`).
    """
    # Lone surrogates cannot be handed to the parser, which takes UTF-8; NUL ends a C string.
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode("utf-8")
    return LexborHTMLParser(text.replace("\x00", "\ufffd"), scripting=True)
