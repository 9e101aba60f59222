"""What a page has in its source but does not show: by attributes, by style, by its own style rules.

What pages uncover later is shown: a text at `opacity: 0` or in a box of no height mostly waits for
a script that fades it in or for "Read more", and names such as `hidden md:block` hide it on some
screens alone.
"""

import re
from collections.abc import Iterator, Sequence

from newsextract.extraction.dom import Node
from newsextract.extraction.survey import Container, TextBlock

__all__ = ["can_be_opened", "hidden_by_rules", "hides", "is_hidden"]

_Attributes = dict[str, str | None]

_HIDING = re.compile(
    r"(?:^|;)(?:display:none|visibility:hidden|font-size:0(?:[a-z]{2}|%)?(?=!|;|$)|"
    r"text-indent:-\d{3}|transform:scale\(0\)|clip:rect\((?:0|1px)|clip-path:inset\((?:50|100)%)"
)
_FAR_AWAY = re.compile(r"(?:^|;)(?:left|top|right|bottom|margin-left|margin-top):-\d{3}")
_OUT_OF_FLOW = re.compile(r"(?:^|;)position:(?:absolute|fixed)")
_TINY = re.compile(r"(?:^|;)(?:width|height):[01]px(?=!|;|$)")
_OPENED = re.compile(r"accordion|collaps(?:e|ible)|disclosure|expand|(?<![a-z])faq")
_OTHER_PANELS = re.compile(r"nav|menu|search|share|cookie|consent|comment|login|filter|popup|modal")
_SPACE = re.compile(r"\s+")
_SIMPLE = re.compile(r"(?:[a-z][a-z0-9]*)?[.#][A-Za-z_][\w-]*")
# Without one of these a rule neither hides anything nor shows it again.
_TELLING = ("display", "visibility", "indent", "position", "clip", "font-size", "scale")
_MOST_STYLE = 300_000
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
    style = _SPACE.sub("", style).lower()
    if _HIDING.search(style):
        return True
    if _OUT_OF_FLOW.search(style) is None:
        return False
    return _FAR_AWAY.search(style) is not None or len(_TINY.findall(style)) > 1


def hidden_by_rules(styles: Sequence[Node], kept: Sequence[TextBlock]) -> set[int]:
    """Return the indexes of blocks that a rule of the page's own style sheets hides.

    Looked at are rules for a class, an id, or an element of that class, for all screens.
    """
    selectors = _hiding_selectors(_without_comments("\n".join(_texts(styles))))
    if not selectors:
        return set()
    return {
        block.index for block in kept if _is_under(selectors, block.container.ancestors(_LEVELS))
    }


def _is_under(selectors: set[str], containers: Sequence[Container]) -> bool:
    for container in containers:
        if container.opens:
            return False
        if not selectors.isdisjoint(_selectors_of(container)):
            return True
    return False


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


def _hiding_selectors(css: str) -> set[str]:
    """Return the selectors of which the last rule that says anything of it hides its elements."""
    hidden: set[str] = set()
    depth = 0
    for rule in css.split("}"):
        # Inside "@media" and its like a rule is for some screens only.
        is_nested = depth > 0 or rule.count("{") != 1
        depth = max(0, depth + rule.count("{") - 1)
        if is_nested or not any(word in rule for word in _TELLING):
            continue
        selector, _, style = rule.partition("{")
        named = {part for part in map(str.strip, selector.split(",")) if _SIMPLE.fullmatch(part)}
        if hides(style):
            hidden |= named
        elif "display" in style or "visibility" in style:
            hidden -= named
    return hidden


def _selectors_of(container: Container) -> Iterator[str]:
    for name in container.classes.split():
        yield f".{name}"
        yield f"{container.tag}.{name}"
    if ident := container.name[len(container.classes) :].strip():
        yield f"#{ident}"
