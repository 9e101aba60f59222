"""What a page has in its source but does not show: by attributes, by style, by its own style rules.

What pages uncover later is shown: a text at `opacity: 0` or in a box of no height mostly waits for
a script that fades it in or for "Read more", and names such as `hidden md:block` hide it on some
screens alone.
"""

import itertools
import re
from collections.abc import Iterator, Sequence

from newsextract.extraction.dom import Node
from newsextract.extraction.survey import Container, TextBlock

__all__ = ["can_be_opened", "hidden_by_rules", "hides", "is_hidden"]

_Attributes = dict[str, str | None]

_HIDING = re.compile(
    r";(?:display:none|visibility:hidden|font-size:0(?:[a-z]{2}|%)?(?=!|;|$)|"
    r"text-indent:-\d{3}|transform:scale\(0\)|clip:rect\((?:0|1px)|clip-path:inset\((?:50|100)%)"
)
_FAR_AWAY = re.compile(r";(?:left|top|right|bottom|margin-left|margin-top):-\d{3}")
_OUT_OF_FLOW = re.compile(r";position:(?:absolute|fixed)")
_TINY = re.compile(r";(?:width|height):[01]px(?=!|;|$)")
_OPENED = re.compile(r"accordion|collaps(?:e|ible)|disclosure|expand|faq(?<![a-z]faq)")
_OTHER_PANELS = re.compile(r"nav|menu|search|share|cookie|consent|comment|login|filter|popup|modal")
_SIMPLE = re.compile(r"(?:[a-z][a-z0-9]*)?[.#][A-Za-z_][\w-]*")
# Where a rule may be one that hides; six searches for words take half the time of one for any.
_HINTS = tuple(
    map(
        re.compile,
        (
            r"display\s*:\s*none", r"visibility\s*:\s*hidden", r"-9\d\d", r"clip(?:-path)?\s*:",
            r"font-size\s*:\s*0", r"scale\(0",
        ),
    )
)  # fmt: skip
_MOST_STYLE, _MOST_RULES, _MOST_MENTIONS = 300_000, 2_000, 50
_LEVELS = 12


def is_hidden(attributes: _Attributes) -> bool:
    """Tell whether an element's own attributes hide it."""
    if "hidden" in attributes and attributes["hidden"] != "until-found":
        return True
    if attributes.get("aria-hidden") == "true":
        return True
    style = attributes.get("style")
    return style is not None and hides(style)


def can_be_opened(attributes: _Attributes, around: str) -> bool:
    """Tell whether this is a part of the page that a click, or its own script, shows.

    `around` are the names of the element around it.
    """
    # React streams a page in such pieces, and then puts each in its place.
    if (attributes.get("id") or "").startswith("S:"):
        return True
    # https://www.w3.org/WAI/ARIA/apg/patterns/accordion/, and tabs likewise
    if attributes.get("role") in ("region", "tabpanel") and attributes.get("aria-labelledby"):
        return True
    named = " ".join([around, *[value for value in attributes.values() if value]]).lower()
    return _OPENED.search(named) is not None and _OTHER_PANELS.search(named) is None


def hides(style: str) -> bool:
    """Tell whether declarations of CSS hide what they are for, or put it where nobody looks."""
    # Where each declaration begins with a semicolon, a search looks at nothing else.
    style = ";" + "".join(style.split()).lower()
    if _HIDING.search(style):
        return True
    if _OUT_OF_FLOW.search(style) is None:
        return False
    return _FAR_AWAY.search(style) is not None or len(_TINY.findall(style)) > 1


def hidden_by_rules(styles: Sequence[Node], kept: Sequence[TextBlock]) -> set[int]:
    """Return the indexes of blocks that a rule of the page's own style sheets hides.

    Looked at are rules for a class, an id, or an element of that class, for all screens.
    """
    css = _without_comments("\n".join(_texts(styles)))
    hiding = _hiding_selectors(css)
    if not hiding:
        return set()
    verdicts: dict[int, bool] = {}
    hidden = set()
    for block in kept:
        for container in block.container.ancestors(_LEVELS):
            if container.opens:
                break
            if container.index not in verdicts:
                verdicts[container.index] = any(
                    not _is_shown_again(css, selector, hiding[selector])
                    for selector in _selectors_of(container)
                    if selector in hiding
                )
            if verdicts[container.index]:
                hidden.add(block.index)
                break
    return hidden


def _texts(styles: Sequence[Node]) -> Iterator[str]:
    left = _MOST_STYLE
    for node in styles:
        text = (node.text(deep=True) or "")[:left]
        left -= len(text)
        yield text


def _without_comments(css: str) -> str:
    beginning, *commented = css.split("/*")
    # Not a pattern, which would look for the end of each comment anew.
    return beginning + "".join([part.partition("*/")[2] for part in commented])


def _hiding_selectors(css: str) -> dict[str, int]:
    """Return the selectors of rules that hide their elements, with where the last of them ends."""
    hidden: dict[str, int] = {}
    depth = last = 0
    of_each = [itertools.islice(hint.finditer(css), _MOST_RULES) for hint in _HINTS]
    hits = sorted([hit.span() for found in of_each for hit in found])
    for hit, hit_end in hits[:_MOST_RULES]:
        start = css.rfind("{", 0, hit)
        begin = max(css.rfind("}", 0, start), css.rfind("{", 0, start)) + 1
        if begin < last or start < 0:
            continue
        # Inside "@media" and its like a rule is for some screens only.
        depth += css.count("{", last, begin) - css.count("}", last, begin)
        last = begin
        end = css.find("}", hit_end)
        if depth == 0 and end >= 0 and hides(css[start + 1 : end]):
            hidden.update(dict.fromkeys(_simple(css[begin:start]), end))
    return hidden


def _simple(selectors: str) -> list[str]:
    parts = map(str.strip, selectors.split(","))
    return [part for part in parts if _SIMPLE.fullmatch(part)]


def _is_shown_again(css: str, selector: str, after: int) -> bool:
    """Tell whether a later rule for this very selector takes back that it is hidden."""
    found = after
    for _ in range(_MOST_MENTIONS):
        found = css.find(selector, found + 1)
        if found < 0:
            break
        start, end = css.find("{", found), css.find("}", found)
        begin = css.rfind("}", 0, found) + 1
        style = css[start + 1 : end]
        says = "display" in style or "visibility" in style
        if says and selector in _simple(css[begin:start]) and not hides(style):
            return True
    return False


def _selectors_of(container: Container) -> Iterator[str]:
    for name in container.classes.split():
        yield f".{name}"
        yield f"{container.tag}.{name}"
    if ident := container.name[len(container.classes) :].strip():
        yield f"#{ident}"
