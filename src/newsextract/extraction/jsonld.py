"""JSON-LD as it is found: several scripts, arrays, graphs, and JSON with small faults."""

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from newsextract.extraction.blocks import Script

__all__ = ["ARTICLE_TYPES", "JsonObject", "json_objects", "read_json", "types_of"]

JsonObject: TypeAlias = dict[str, Any]

# https://schema.org/Article and its kin, with what news sites use in their place.
ARTICLE_TYPES = frozenset(
    "Article NewsArticle ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle "
    "BackgroundNewsArticle ReviewNewsArticle AskPublicNewsArticle AdvertiserContentArticle "
    "SatiricalArticle BlogPosting LiveBlogPosting SocialMediaPosting TechArticle ScholarlyArticle "
    "Report Review CriticReview Recipe PressRelease MediaGallery ImageGallery".split()
)

_MAX_DEPTH = 40
_MAX_OBJECTS = 2_000
_COMMENT_WRAPPER = re.compile(
    r"\A\s*(?:/\*.{0,40}?\*/|//\s*)?<!(?:--|\[CDATA\[)|(?:-->|\]\]>)\s*(?:/\*.{0,40}?\*/)?\s*\Z",
    re.DOTALL,
)
# A string is taken whole, so that a comma or comment inside one is left alone.
_FAULTS = re.compile(r'("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])|//[^\n]*|/\*.*?\*/', re.DOTALL)


def json_objects(scripts: Iterable[Script]) -> list[JsonObject]:
    """Return every object of the page's JSON-LD, outer before inner; bad scripts are left out."""
    found: list[JsonObject] = []
    for script in scripts:
        if "ld+json" in script.type:
            found.extend(_within(read_json(script.text), 0))
        if len(found) > _MAX_OBJECTS:
            break
    return found


def types_of(thing: JsonObject) -> list[str]:
    """Return the schema.org types of an object without their address."""
    stated = thing.get("@type")
    names = stated if isinstance(stated, list) else [stated]
    return [name.rsplit("/", 1)[-1] for name in names if isinstance(name, str)]


def read_json(text: str) -> Any:
    """Parse JSON from a script, mending what can be mended safely; `None` if it cannot be read."""
    text = _COMMENT_WRAPPER.sub("", text).strip().rstrip(";")
    for attempt in (text, _FAULTS.sub(lambda match: match[1] or "", text), html.unescape(text)):
        try:
            # strict=False admits raw line ends in strings; huge integers raise ValueError.
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _within(value: Any, depth: int) -> Iterator[JsonObject]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            if isinstance(inner, (dict, list)):
                yield from _within(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _within(inner, depth + 1)
