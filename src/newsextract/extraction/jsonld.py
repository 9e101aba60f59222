"""JSON-LD as it is found: several scripts, arrays, graphs, and JSON with small faults."""

import html
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias

import msgspec

from newsextract.extraction.blocks import Script

__all__ = [
    "ARTICLE_TYPES",
    "JsonObject",
    "json_objects",
    "names_in",
    "read_json",
    "types_in",
    "types_of",
]

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
    r"\A\s*(?:/\*.{0,40}?\*/|//\s*)?<!(?:--|\[CDATA\[)|(?:-->|\]\]>)\s*+(?:/\*.{0,40}?\*/)?+\s*+\Z",
    re.DOTALL,
)
# A string is taken whole, so that a comma or comment inside one is left alone; one that never ends
# reaches to the end, so that each character is looked at once.
_FAULTS = re.compile(
    r'("(?:[^"\\]|\\.?)*+(?:"|\Z))|,(?=\s*[}\]])|//[^\n]*|/\*.*?(?:\*/|\Z)', re.DOTALL
)
# A string whose quotes inside are not escaped: it ends where something follows that may follow one.
_QUOTING = re.compile(r'"((?:[^"\\]|\\.?|"(?!\s*+(?:[,:}\]]|\Z)))*+)(?:"|\Z)', re.DOTALL)
# What is left around a text, and between two objects.
_AROUND = " \t\r\n;\ufeff"
_BETWEEN = re.compile(r"[\s;,\ufeff]*")
_DECODER = json.JSONDecoder(strict=False)
# Half of a character that UTF-16 writes in two, which cannot be encoded.
_LONE_HALF = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])"
    r"|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)
_LONGEST_FAULTY = 1_000_000


def json_objects(scripts: Iterable[Script]) -> list[JsonObject]:
    """Return every object of the page's JSON-LD, outer before inner; bad scripts are left out."""
    found: list[JsonObject] = []
    for script in scripts:
        if "ld+json" in script.type:
            value = read_json(script.text)
            if isinstance(value, (dict, list)):
                _collect(value, 0, found)
        if len(found) > _MAX_OBJECTS:
            break
    return found


def types_of(thing: JsonObject) -> list[str]:
    """Return the schema.org types of an object without their address."""
    stated = thing.get("@type")
    if isinstance(stated, str):
        return [stated.rpartition("/")[2]]
    names = stated if isinstance(stated, list) else [stated]
    return [name.rsplit("/", 1)[-1] for name in names if isinstance(name, str)]


def types_in(objects: Iterable[JsonObject]) -> Counter[str]:
    """Return the types of these objects, with how many are of each."""
    return Counter([name for thing in objects for name in types_of(thing)])


def names_in(value: Any, depth: int = 0) -> Iterator[str]:
    """Yield the names that a value has: a text, an object with a `name`, or a list of these."""
    if isinstance(value, str):
        yield value
    elif depth > _MAX_DEPTH:
        return
    elif isinstance(value, dict):
        yield from names_in(value.get("name"), depth + 1)
    elif isinstance(value, list):
        for item in value:
            yield from names_in(item, depth + 1)


def read_json(text: str) -> Any:
    """Parse JSON from a script, mending what can be mended safely; `None` if it cannot be read."""
    try:
        return msgspec.json.decode(text)
    except RecursionError:
        return None  # whatever is mended, it is as deep
    except ValueError:
        return _read_faulty(text) if len(text) <= _LONGEST_FAULTY else None


def _read_faulty(text: str) -> Any:
    text = _COMMENT_WRAPPER.sub("", text).strip(_AROUND)
    text = _LONE_HALF.sub(r"\\ufffd", text)
    for mend in _MENDS:
        try:
            return _in_a_row(mend(text))
        except (ValueError, RecursionError):
            continue
    return None


def _in_a_row(text: str) -> Any:
    """Return the value of a text, or a list of those that stand one behind the other."""
    values: list[Any] = []
    start = 0
    while start < len(text) or not values:
        # It admits raw line ends in strings; huge integers raise ValueError.
        value, end = _DECODER.raw_decode(text, start)
        values.append(value)
        between = _BETWEEN.match(text, end)
        start = between.end() if between else end
    return values[0] if len(values) == 1 else values


def _without_faults(text: str) -> str:
    return _FAULTS.sub(lambda match: match[1] or "", text)


def _with_quotes_escaped(text: str) -> str:
    return _QUOTING.sub(_quoted, text)


def _quoted(string: re.Match[str]) -> str:
    inside = string[1].replace('\\"', '"').replace('"', '\\"')
    return f'"{inside}"'


_MENDS: tuple[Callable[[str], str], ...] = (
    str, _without_faults, html.unescape, _with_quotes_escaped,
)  # fmt: skip


def _collect(value: Any, depth: int, found: list[JsonObject]) -> None:
    if depth > _MAX_DEPTH or len(found) > _MAX_OBJECTS:
        return
    if isinstance(value, dict):
        found.append(value)
        value = value.values()
    for inner in value:
        if isinstance(inner, (dict, list)):
            _collect(inner, depth + 1, found)
