"""The page that readers without scripts see, where the other one is still to be made by scripts.

Forums and shops send their text in a `<noscript>` and build the page anew in the browser:
https://html.spec.whatwg.org/multipage/scripting.html#the-noscript-element
"""

from typing import NamedTuple

from newsextract.extraction.blocks import Survey, survey
from newsextract.extraction.dom import Tree, parse
from newsextract.extraction.preflight import BoundedPage, within_limits
from newsextract.extraction.tokens import A_TAG, TAGS, raw_name, without_raw_text
from newsextract.extraction.wall_phrases import speaks_of_javascript

__all__ = ["SurveyedPage", "surveyed"]

# In characters: a line of a dialog or a footer is no story yet. The former without links.
_HARDLY_ANY, _A_STORY = 300, 400


class SurveyedPage(NamedTuple):
    """A page within limits, its tree, and what one walk over that found."""

    bounded: BoundedPage
    tree: Tree
    found: Survey


def surveyed(bounded: BoundedPage, tree: Tree) -> SurveyedPage:
    """Return what is on a page: as scripts find it, or as readers without scripts see it.

    The latter where it has a story, and not just how to switch scripts on, and the former has
    hardly a word. Raises `TooComplex`.
    """
    found = survey(tree)
    if not any(medium.tag == "noscript" for medium in found.media) or _says_something(found):
        return SurveyedPage(bounded, tree, found)
    if unfolded := _unfolded(bounded.source):
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


def _unfolded(source: bytes) -> bytes:
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
