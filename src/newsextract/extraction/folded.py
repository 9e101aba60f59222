"""What a page folds away from its parser, where that is all it has: two ways to hold a story.

Forums and shops send their text in a `<noscript>` and build the page anew in the browser:
https://html.spec.whatwg.org/multipage/scripting.html#the-noscript-element. Pages made of components
declare shadow roots, which a browser shows in place of the templates that hold them:
https://html.spec.whatwg.org/multipage/scripting.html#attr-template-shadowrootmode
"""

from collections.abc import Iterator
from typing import NamedTuple

from newsextract.extraction.blocks import Survey, survey
from newsextract.extraction.dom import Tree, parse
from newsextract.extraction.preflight import BoundedPage, within_limits
from newsextract.extraction.tokens import (
    A_TAG,
    TAGS,
    attributes_of,
    every_tag,
    name_of,
    raw_name,
    without_raw_text,
)
from newsextract.extraction.wall_phrases import speaks_of_javascript

__all__ = ["SurveyedPage", "surveyed"]

# In characters: a line of a dialog or a footer is no story yet. The former without links.
_HARDLY_ANY, _A_STORY = 300, 400
_SHADOW, _SHADOWS = b"shadowrootmode", frozenset((b"open", b"closed"))


class SurveyedPage(NamedTuple):
    """A page within limits, its tree, and what one walk over that found."""

    bounded: BoundedPage
    tree: Tree
    found: Survey


def surveyed(bounded: BoundedPage, tree: Tree) -> SurveyedPage:
    """Return what is on a page: as it is parsed, or with what it folds away.

    The latter where that is a story, and not just how to switch scripts on, and the former has
    hardly a word. Raises `TooComplex`.
    """
    found = survey(tree)
    if _says_something(found):
        return SurveyedPage(bounded, tree, found)
    for unfolded in _unfolded(bounded.source, found):
        for_all = within_limits(unfolded)
        tree_of_all = parse(for_all.source)
        found_by_all = survey(tree_of_all)
        if _is_story(found_by_all):
            cuts = (*bounded.cuts, *for_all.cuts)
            return SurveyedPage(for_all._replace(cuts=cuts), tree_of_all, found_by_all)
    return SurveyedPage(bounded, tree, found)


def _says_something(found: Survey) -> bool:
    said = sum([len(block.text) - block.link_length for block in found.blocks])
    return said > _HARDLY_ANY


def _is_story(found: Survey) -> bool:
    paragraphs = [block for block in found.blocks if block.prose]
    length = sum([block.prose for block in paragraphs])
    return length >= _A_STORY and not speaks_of_javascript(paragraphs[0].text)


def _unfolded(source: bytes, found: Survey) -> Iterator[bytes]:
    if _SHADOW in source and (page := _with_shadow_roots(source)):
        yield page
    if any(medium.tag == "noscript" for medium in found.media) and (page := _for_all(source)):
        yield page


def _for_all(source: bytes) -> bytes:
    """Return the page with what stands in long `<noscript>` as elements; nothing if none is."""
    pieces: list[bytes] = []
    done = 0
    for match in TAGS.finditer(source):
        if match[1] is None or len(match[0]) < _A_STORY or raw_name(match[0]) != b"noscript":
            continue
        held = match[0][len(without_raw_text(match[0])) :]
        if not A_TAG.search(held):
            # Without any element it is a message.
            continue
        # Its own end tag, which follows, ends nothing then.
        pieces += (source[done : match.start()], b'<div class="noscript">', held, b"</div>")
        done = match.end()
    return b"".join([*pieces, source[done:]]) if pieces else b""


def _with_shadow_roots(source: bytes) -> bytes:
    """Return the page with its shadow roots as elements; nothing if it has none.

    What is put in their slots stands behind them.
    """
    pieces: list[bytes] = []
    done = open_roots = 0
    # Of each open template, whether it is a shadow root; how many are is counted beside it.
    are_roots: list[bool] = []
    for match in every_tag().finditer(source):
        tag = match[0]
        name = name_of(tag)
        if name == b"style" and open_roots:
            # Its rules hold in there alone.
            own = b"<style>"
        elif name != b"template":
            continue
        elif tag.startswith(b"</"):
            if not (are_roots and are_roots.pop()):
                continue
            open_roots -= 1
            own = b"</shadow-root>"
        else:
            are_roots.append(_is_shadow(tag))
            if not are_roots[-1]:
                continue
            open_roots += 1
            own = b"<shadow-root>"
        pieces += (source[done : match.start()], own)
        done = match.end()
    return b"".join([*pieces, source[done:]]) if pieces else b""


def _is_shadow(tag: bytes) -> bool:
    return any(name == _SHADOW and value.lower() in _SHADOWS for name, value in attributes_of(tag))
