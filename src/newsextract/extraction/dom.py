"""Text to tree. The only module that imports selectolax, so that the parser can be exchanged."""

from collections.abc import Iterable
from typing import TypeAlias

from selectolax.lexbor import LexborHTMLParser, LexborNode

__all__ = ["Node", "Tree", "as_parsed", "is_apart", "parse", "tag_numbers"]

Node: TypeAlias = LexborNode
Tree: TypeAlias = LexborHTMLParser

# No system gives out the first page of memory; HTML and SVG have less than 250 elements.
_LEAST_ADDRESS = 4_096
# Shorter texts may be letters of one word.
_LEAST_APART, _LEVELS_DOWN = 3, 3
# What these hold belongs to the word in front of them.
_RAISED = frozenset(("sub", "sup"))


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


def is_apart(node: Node, before: str) -> bool:
    """Tell whether a style alone parts an element from its neighbour, which ends with this text.

    "Ann Lee" and "12 March" stand side by side, or each on a line. No word is made so: of a word
    that is cut in two the second half begins small, and letters one by one are no halves. Two
    links are two labels.
    """
    previous = node.prev
    if previous is None or not previous.is_element_node:
        return False
    if node.tag == "a" and previous.tag == "a":
        return True
    end = before[-1:]
    if len(before) < _LEAST_APART or not end.isalnum():
        return False
    text = _first_text(node)
    if len(text) < _LEAST_APART:
        return False
    is_parted = not end.isdigit() if text[0].isdigit() else text[0].isupper() > end.isupper()
    return is_parted and node.tag not in _RAISED


def _first_text(node: Node) -> str:
    """Return the text that an element begins with, if it is not deep in it."""
    inner = node.first_child
    for _ in range(_LEVELS_DOWN):
        if inner is None:
            return ""
        if (text := inner.text_content) is not None:
            return text
        inner = inner.first_child
    return ""
