"""What a page has in its source but does not show: by attributes, by style, by its own style rules.

What pages uncover later is shown: a text at `opacity: 0` or in a box of no height mostly waits for
a script that fades it in or for "Read more", and names such as `hidden md:block` hide it on some
screens alone.
"""

import itertools
import re
from collections.abc import Collection, Iterator, Sequence

from newsextract.extraction.dom import Node
from newsextract.extraction.survey import Container, TextBlock

__all__ = ["can_be_opened", "hidden_by_rules", "hides", "hides_the_story", "is_hidden"]

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
# Where a rule may be one that hides. A search for a single letter skips most of a style sheet, so
# these begin with a rare one of their words and then look back; one search for any of the words
# takes twice the time of all.
_HINTS = (
    re.compile(r"y(?:(?<=display)\s*:\s*none|(?<=visibility)\s*:\s*hidden)"),
    re.compile(r"z(?<=font-siz)e\s*:\s*0"),
    re.compile(r"9(?<=-9)\d\d"),
    re.compile(r"p(?<=clip)(?:-path)?\s*:"),
    re.compile(r"\((?<=scale\()0"),
)
# What is taken is taken for good, so that one without an end is read to the end once.
_COMMENT = re.compile(r"/\*(?:[^*]++|\*(?!/))*+(?:\*/)?")
_MOST_STYLE, _MOST_RULES, _MOST_MENTIONS = 300_000, 2_000, 50
_LEVELS = 12
_HIDDEN_STORY = 4


def is_hidden(attributes: _Attributes) -> bool:
    """Tell whether an element's own attributes hide it."""
    if "hidden" in attributes and attributes["hidden"] != "until-found":
        return True
    if attributes.get("aria-hidden") == "true":
        return True
    style = attributes.get("style")
    return style is not None and hides(style)


def can_be_opened(attributes: _Attributes, around: str, controlled: Collection[str]) -> bool:
    """Tell whether this is a part of the page that a click, or its own script, shows.

    `around` are the names of the element around it, `controlled` the ids of what buttons open.
    """
    # React streams a page in such pieces, and then puts each in its place.
    if (attributes.get("id") or "").startswith("S:"):
        return True
    # https://www.w3.org/WAI/ARIA/apg/patterns/accordion/, and tabs likewise
    if attributes.get("role") in ("region", "tabpanel") and attributes.get("aria-labelledby"):
        return True
    named = " ".join([around, *[value for value in attributes.values() if value]])
    # https://www.w3.org/TR/wai-aria-1.2/#aria-controls
    return _is_panel(named, is_controlled=attributes.get("id") in controlled)


def _is_panel(names: str, *, is_controlled: bool = False) -> bool:
    """Tell whether names say that this is a part of an accordion, and of no menu or dialog."""
    names = names.lower()
    opens = is_controlled or _OPENED.search(names) is not None
    return opens and _OTHER_PANELS.search(names) is None


def hides(style: str) -> bool:
    """Tell whether declarations of CSS hide what they are for, or put it where nobody looks."""
    # Where each declaration begins with a semicolon, a search looks at nothing else.
    style = ";" + "".join(style.split()).lower()
    if _HIDING.search(style):
        return True
    if _OUT_OF_FLOW.search(style) is None:
        return False
    return _FAR_AWAY.search(style) is not None or len(_TINY.findall(style)) > 1


def hides_the_story(hidden: float, total: float) -> bool:
    """Tell whether so much of a text is hidden that a script must be meant to show it.

    Some pages hide the story, or all of its slides but one, until a script has run.
    """
    return hidden > _HIDDEN_STORY * (total - hidden)


def hidden_by_rules(
    styles: Sequence[Node], kept: Sequence[TextBlock], controlled: Collection[str]
) -> set[int]:
    """Return the indexes of blocks that a rule of the page's own style sheets hides.

    Looked at are rules for a class, an id, or an element of that class, for all screens, but not
    what a click opens: `controlled` are the ids of what buttons do.
    """
    css = _without_comments("\n".join(_texts(styles)))
    hiding = _hiding_selectors(css, _selectors_around(kept))
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
                ) and not _opens(container, controlled)
            if verdicts[container.index]:
                hidden.add(block.index)
                break
    return hidden


def _opens(container: Container, controlled: Collection[str]) -> bool:
    around = container.parent.name if container.parent else ""
    return _is_panel(f"{around} {container.name}", is_controlled=_ident_of(container) in controlled)


def _texts(styles: Sequence[Node]) -> Iterator[str]:
    left = _MOST_STYLE
    for node in styles:
        text = (node.text(deep=True) or "")[:left]
        left -= len(text)
        yield text


def _selectors_around(kept: Sequence[TextBlock]) -> set[str]:
    """Return the selectors of all elements that these blocks stand in."""
    seen: set[Container] = set()
    selectors: set[str] = set()
    for block in kept:
        container: Container | None = block.container
        while container is not None and container not in seen:
            seen.add(container)
            if container.name:
                selectors.update(_selectors_of(container))
            container = container.parent
    return selectors


def _without_comments(css: str) -> str:
    return _COMMENT.sub("", css) if "/*" in css else css


def _hiding_selectors(css: str, known: set[str]) -> dict[str, int]:
    """Return which of these selectors have a rule that hides, and where the last one ends."""
    hidden: dict[str, int] = {}
    depth = counted = 0
    of_each = [itertools.islice(hint.finditer(css), _MOST_RULES) for hint in _HINTS]
    hits = sorted([hit.span() for found in of_each for hit in found])
    for hit, hit_end in hits[:_MOST_RULES]:
        start = css.rfind("{", 0, hit)
        if start < 0:
            continue
        begin = max(css.rfind("}", 0, start), css.rfind("{", 0, start)) + 1
        selectors = known.intersection(map(str.strip, css[begin:start].split(",")))
        end = css.find("}", hit_end) if selectors else -1
        if end < 0 or not hides(css[start + 1 : end]):
            continue
        # Inside "@media" and its like a rule is for some screens only.
        depth += css.count("{", counted, begin) - css.count("}", counted, begin)
        counted = begin
        if depth == 0:
            hidden.update(dict.fromkeys(filter(_SIMPLE.fullmatch, selectors), end))
    return hidden


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
        if says and selector in map(str.strip, css[begin:start].split(",")) and not hides(style):
            return True
    return False


def _selectors_of(container: Container) -> Iterator[str]:
    for name in container.classes.split():
        yield f".{name}"
        yield f"{container.tag}.{name}"
    if ident := _ident_of(container):
        yield f"#{ident}"


def _ident_of(container: Container) -> str:
    return container.name[len(container.classes) :].strip()
