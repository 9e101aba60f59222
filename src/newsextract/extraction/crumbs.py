"""The trail from the site's front page to the story: JSON-LD, microdata or a visible row.

And the section where it is only shown, above the headline.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from newsextract.extraction.addresses import host_of, is_front_page
from newsextract.extraction.blocks import Container, Survey, TextBlock
from newsextract.extraction.jsonld import JsonObject
from newsextract.extraction.text import clean_line, letters_only
from newsextract.records import Candidate

__all__ = ["crumb_candidates", "kicker_candidates"]

_MOST_CRUMBS = 12
_LONGEST_CRUMB = 200
_LINES_ABOVE, _LONGEST_KICKER = 5, 40
_BETWEEN = re.compile(r"(?:(?<!\s)\s++)?+[»›>→❯▸►|｜]+\s*|(?<!\s)\s+[/\\·•–]\s+")


def crumb_candidates(found: Survey, objects: Sequence[JsonObject]) -> list[Candidate]:
    """Return a candidate for each step of the best trail, front page first."""
    for crumbs, source, score in (
        (_from_jsonld(objects), "jsonld:BreadcrumbList", 0.9),
        (_from_microdata(found), "microdata:itemListElement", 0.85),
        (_from_row(found), "dom:breadcrumbs", 0.7),
    ):
        named = [crumb for crumb in map(clean_line, crumbs) if crumb][:_MOST_CRUMBS]
        if named:
            return [
                Candidate(
                    field="breadcrumbs", value=crumb[:_LONGEST_CRUMB], source=source, score=score
                )
                for crumb in named
            ]
    return []


def kicker_candidates(
    found: Survey, headline: TextBlock | None, addresses: Iterable[str]
) -> list[Candidate]:
    """Return the section: the line above the headline that is also a folder in the address."""
    if headline is None:
        return []
    folders = {letters_only(part) for address in addresses for part in _folders(address)}
    above = found.blocks[max(0, headline.index - _LINES_ABOVE) : headline.index]
    return [
        Candidate(field="section", value=line.text, source="dom:kicker", score=0.6)
        for line in above
        if len(line.text) <= _LONGEST_KICKER and line.letters in folders
    ][-1:]


def _folders(address: str) -> list[str]:
    try:
        path = urlsplit(address).path
    except ValueError:
        return []
    parts = path.strip("/").split("/")[:-1]
    # `/@name/` is a person.
    return [part for part in parts[:_MOST_CRUMBS] if part and part[0] != "@"]


def _from_jsonld(objects: Sequence[JsonObject]) -> Iterator[str]:
    trails = (thing for thing in objects if thing.get("@type") == "BreadcrumbList")
    trail = next(trails, None)
    if trail is None:
        return
    stated = trail.get("itemListElement")
    listed: list[Any] = stated if isinstance(stated, list) else [stated]
    steps: list[JsonObject] = [step for step in listed if isinstance(step, dict)]
    for number, step in enumerate(sorted(steps[: 2 * _MOST_CRUMBS], key=_position)):
        item = step.get("item")
        inner = item if isinstance(item, dict) else {}
        address = item if isinstance(item, str) else inner.get("@id") or inner.get("url")
        if number == 0 and isinstance(address, str) and _leads_home(address):
            continue
        name = step.get("name") or inner.get("name")
        if isinstance(name, str):
            yield name


def _position(step: JsonObject) -> float:
    stated: Any = step.get("position")
    try:
        return float(stated)
    except (TypeError, ValueError, OverflowError):
        return 0.0


def _leads_home(address: str) -> bool:
    # "/" alone may be anything that a script makes of it.
    return host_of(address) != "" and is_front_page(address)


def _from_microdata(found: Survey) -> Iterator[str]:
    for marked in found.marked:
        if marked.mark in ("itemprop:itemListElement", "property:itemListElement"):
            if not _is_crumbs(marked.container):
                return
            yield _BETWEEN.sub(" ", marked.text).strip()


def _from_row(found: Survey) -> Iterator[str]:
    for container in found.containers:
        if container.reason == "navigation" and not container.hidden and _is_crumbs(container):
            texts = [block.text for block in found.blocks[container.first : container.last]]
            for text in texts[: 2 * _MOST_CRUMBS]:
                yield from _BETWEEN.split(text)
            if texts:
                return


def _is_crumbs(container: Container) -> bool:
    # Of menus the walk enters only those that are called a trail.
    return any(
        above.tag == "nav" or "crumb" in above.name.lower() for above in container.ancestors(4)
    )
