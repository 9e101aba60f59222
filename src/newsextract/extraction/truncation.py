"""Whether the text that is on the page goes on elsewhere: the teaser of a story that is paid for.

Told by what the page states of its own text, and by where a paywall stands in it; never by words,
since every page of a newspaper asks its readers to subscribe somewhere.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from newsextract.extraction.blocks import Survey, TextBlock, text_within
from newsextract.extraction.dom import Tree
from newsextract.extraction.jsonld import JsonObject
from newsextract.extraction.text import count_words, letters_only
from newsextract.records import Block, Candidate

__all__ = ["truncation_candidates"]

# So much of the words that a page states has to be missing from all that it shows before the text
# is cut off; so much of them is all, since sites count captions and the headline too.
_MISSING, _ALL = 0.7, 0.85
_LEAST_MISSING = 40
_LONGER = 1.3
_NOTHING = 80
# A paywall stands below the text with nothing but a heading or a line between.
_BELOW = 3
_MOST_SELECTORS, _LONGEST_SELECTOR, _MOST_PARTS = 4, 200, 20
_PLAIN_SELECTOR = re.compile(r"(?:[a-z][\w-]*)?(?:[.#][A-Za-z_][\w-]*)+")
_PAYWALL = re.compile(
    r"(?<![a-z])(?<!\bno[-_])(?<!\bnon-)(?<!\bhas[-_])(?<!\bwith-)"
    r"(?:pay-?_?wall|reg-?wall|subscription-?wall|premium-?wall)(?![-_]+(?:free|disabled|off))",
    re.IGNORECASE,
)
_WHOLE_PAGE = frozenset(("html", "body", "main", "article"))
_NO = frozenset(("false", "no", "0"))

Said: TypeAlias = tuple[bool, str, float]
_Blocks: TypeAlias = Sequence[Block] | Sequence[TextBlock]


def truncation_candidates(
    found: Survey,
    tree: Tree,
    article: JsonObject,
    kept: Sequence[TextBlock],
    blocks: _Blocks,
) -> list[Candidate]:
    """Return what says that the text goes on, or that it is all, the surest first.

    `kept` are the blocks of the page's own body, `blocks` those of the body that was taken.
    """
    said = [
        *_by_count(article, found, blocks),
        *_by_body(article, blocks),
        *_by_section(article, tree, blocks),
        *_by_markup(found, kept),
    ]
    return [
        Candidate(field="is_truncated", value=str(goes_on).lower(), source=source, score=score)
        for goes_on, source, score in said
    ]


def _letters(block: Block | TextBlock) -> str:
    # Those of the page's own blocks have been asked for before.
    return block.letters if isinstance(block, TextBlock) else letters_only(block.text)


def _by_count(article: JsonObject, found: Survey, blocks: _Blocks) -> Iterator[Said]:
    """Compare the count of words that the page states with what it shows."""
    stated = article.get("wordCount")
    if isinstance(stated, str) and stated.isascii() and stated.isdigit() and len(stated) < 7:
        stated = int(stated)
    if not isinstance(stated, int) or isinstance(stated, bool) or stated <= 0 or not blocks:
        return
    own = sum([count_words(block.text) for block in blocks])
    if own >= _ALL * stated:
        yield False, "jsonld:wordCount", 0.9
    elif own < _MISSING * stated:
        # What we may have missed is not cut off: it stands somewhere on the page.
        shown = max(own, sum([count_words(block.text) for block in found.blocks if block.prose]))
        if shown < _MISSING * stated and stated - shown >= _LEAST_MISSING:
            yield True, "jsonld:wordCount", 0.9


def _by_body(article: JsonObject, blocks: _Blocks) -> Iterator[Said]:
    """Compare the text that the page states with the one that was found."""
    stated = article.get("articleBody")
    if not isinstance(stated, str) or not blocks:
        return
    whole, own = letters_only(stated), "".join(map(_letters, blocks))
    if whole.startswith(own[:_NOTHING]) and len(whole) > _LONGER * len(own):
        yield True, "jsonld:articleBody", 0.85


def _by_section(article: JsonObject, tree: Tree, blocks: _Blocks) -> Iterator[Said]:
    """Look whether the section that is said to be paid for is there.

    https://developers.google.com/search/docs/appearance/structured-data/paywalled-content
    """
    selectors = list(_paid_selectors(article))[:_MOST_SELECTORS]
    if not selectors:
        return
    elements = [element for selector in selectors for element in tree.css(selector)[:_MOST_PARTS]]
    inside = letters_only("".join(map(text_within, elements)))
    own = map(_letters, blocks)
    if not any(len(letters) >= _NOTHING and letters in inside for letters in own):
        yield True, "jsonld:hasPart.cssSelector", 0.8
    elif _letters(blocks[-1]) in inside:
        yield False, "jsonld:hasPart.cssSelector", 0.7


def _paid_selectors(article: JsonObject) -> Iterator[str]:
    parts = article.get("hasPart")
    if str(article.get("isAccessibleForFree")).lower() not in _NO:
        return
    for part in parts if isinstance(parts, list) else [parts]:
        if isinstance(part, dict) and str(part.get("isAccessibleForFree")).lower() in _NO:
            stated = part.get("cssSelector")
            for selector in stated if isinstance(stated, list) else [stated]:
                # Whatever else stands there is no name of an element, or more than one asks for.
                if isinstance(selector, str) and len(selector) <= _LONGEST_SELECTOR:
                    yield from filter(_PLAIN_SELECTOR.fullmatch, re.split(r"[,\s]+", selector))


def _by_markup(found: Survey, kept: Sequence[TextBlock]) -> Iterator[Said]:
    """Look for an element called a paywall that stands right below the text."""
    if not kept:
        return
    end = kept[-1].index
    for block in found.blocks[end + 1 : end + 1 + _BELOW]:
        for above in block.container.ancestors():
            begins_below = end < above.first
            if not begins_below or above.tag in _WHOLE_PAGE or above.hidden:
                break
            if "wall" in above.name.lower() and _PAYWALL.search(above.name):
                yield True, f"dom:{above.tag}", 0.75
                return
