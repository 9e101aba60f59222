"""Text to tree. The only module that imports selectolax, so that the parser can be exchanged."""

from collections.abc import Iterable
from typing import TypeAlias

from selectolax.lexbor import LexborHTMLParser, LexborNode

__all__ = ["Node", "Tree", "as_parsed", "parse", "tag_numbers"]

Node: TypeAlias = LexborNode
Tree: TypeAlias = LexborHTMLParser

# No system gives out the first page of memory; HTML and SVG have less than 250 elements.
_LEAST_ADDRESS = 4_096


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


def tag_numbers(names: Iterable[str]) -> dict[str, int]:
    """Return the numbers (`tag_id`) of those elements that the parser knows.

    They are the same in all pages; those of other elements are addresses in memory.
    """
    tree = LexborHTMLParser("")
    numbers = {name: tree.create_node(name).tag_id for name in names}
    return {name: number for name, number in numbers.items() if number < _LEAST_ADDRESS}
