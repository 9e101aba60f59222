"""No regular expression of extraction takes more than linear time (row H5 of the README)."""

import functools
import importlib
import pkgutil
import random
import re
import time
from collections.abc import Iterator
from pathlib import Path
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import newsextract
from hostile_server import in_time

SIZE = 10_000
# Below this a time says nothing about how it grows.
FLOOR = 0.004


def modules() -> Iterator[Any]:
    yield newsextract
    for found in pkgutil.walk_packages(newsextract.__path__, "newsextract."):
        if not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def patterns_in(value: Any, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict) and depth < 3:
        for inner in value.values():
            yield from patterns_in(inner, depth + 1)
    elif isinstance(value, (tuple, list)) and depth < 3:
        for inner in value:
            yield from patterns_in(inner, depth + 1)


def all_patterns() -> dict[str, re.Pattern[Any]]:
    """Return every compiled pattern by its place, those made on demand too."""
    found: dict[str, re.Pattern[Any]] = {}
    for module in modules():
        for name, value in list(vars(module).items()):
            if isinstance(value, functools._lru_cache_wrapper):
                try:
                    value = value()
                except TypeError:
                    continue  # it takes arguments
            for number, pattern in enumerate(patterns_in(value)):
                if pattern not in found.values():
                    found[f"{module.__name__.removeprefix('newsextract.')}.{name}[{number}]"] = (
                        pattern
                    )
    return found


PATTERNS = {
    place: pattern for place, pattern in all_patterns().items() if place.startswith("extraction.")
}


def characters_of(parsed: Any, generator: random.Random) -> str:
    """Return a text that a part of a pattern matches, or comes close to."""
    return "".join(_piece(kind, value, generator) for kind, value in parsed)


def _piece(kind: Any, value: Any, generator: random.Random) -> str:
    match str(kind):
        case "LITERAL":
            return chr(value)
        case "NOT_LITERAL":
            return "x" if value != ord("x") else "y"
        case "ANY":
            return "x"
        case "IN":
            return _member(value, generator)
        case "BRANCH":
            return characters_of(generator.choice(value[1]), generator)
        case "SUBPATTERN":
            return characters_of(value[3], generator)
        case "ATOMIC_GROUP":
            return characters_of(value, generator)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            least, most, inner = value
            count = min(int(most), max(int(least), generator.choice((0, 1, 1, 2, 3))))
            return "".join(characters_of(inner, generator) for _ in range(min(count, 50)))
    return ""


def _member(value: Any, generator: random.Random) -> str:
    sort, what = generator.choice(value)
    match str(sort):
        case "LITERAL":
            return chr(what)
        case "RANGE":
            return chr(generator.randint(*what))
        case "CATEGORY":
            return {"DIGIT": "1", "SPACE": " ", "WORD": "w"}.get(
                str(what).removeprefix("CATEGORY_"), "-"
            )
    return "x"


def units(pattern: re.Pattern[Any]) -> list[str]:
    """Return what a pattern is fed, again and again."""
    generator = random.Random(repr(pattern.pattern))
    text = pattern.pattern
    if isinstance(text, bytes):
        text = text.decode("latin-1")
    parsed = _parser.parse(text, pattern.flags)
    own = {characters_of(parsed, generator) for _ in range(4)}
    # Its beginnings, which match again and again without an end.
    items = list(parsed)
    own |= {characters_of(items[:end], generator) for end in range(1, min(len(items), 6))}
    own |= {_repeated(item, generator) for item in items[:6]}
    usual = {
        " ", "a", "1", "<", "-", ",", "may ", '"', "a ", "a, ", "1 ", "\n", ". ", "A", "Ab ", "/",
        "=", "<a ", "<!--", "\\", "á", "(", "&", ", a", "1:", "a.", "http://a", '"\\', "'\\", '"a',
        '" ', "/*", "//", "{", "[", "@a", "#", "a-", "a_", "'a", "</a", "a=",
    }  # fmt: skip
    return sorted(unit for unit in own | usual if unit)


def _repeated(item: Any, generator: random.Random) -> str:
    return _piece(*item, generator)


def all_uses() -> dict[str, set[str]]:
    """Return, by name, the methods of patterns that the package calls on what has it."""
    called = re.compile(
        r"\b(\w+)(?:\[\w+\]|\(\))?\."
        r"(match|fullmatch|search|sub|subn|split|findall|finditer)\b"
    )
    found: dict[str, set[str]] = {}
    for path in Path(newsextract.__file__).parent.rglob("*.py"):
        for name, use in called.findall(path.read_text("utf-8")):
            found.setdefault(name, set()).add(use)
    return found


USES = all_uses()


def seconds(pattern: re.Pattern[Any], unit: str, size: int, uses: set[str]) -> float:
    text: Any = (unit * (size // len(unit) + 1))[:size]
    if isinstance(pattern.pattern, bytes):
        text = text.encode("utf-8", "replace")
    begin = time.process_time()
    if "match" in uses:
        pattern.match(text)
    if "fullmatch" in uses:
        pattern.fullmatch(text)
    if uses - {"match", "fullmatch"}:
        for _ in pattern.finditer(text):
            pass
    return time.process_time() - begin


@pytest.mark.parametrize("place", PATTERNS)
def test_h5_patterns_take_linear_time(place: str) -> None:
    pattern = PATTERNS[place]
    # Where nothing is found it is in a list, of which each is matched.
    uses = USES.get(place.split(".")[-1].split("[")[0], {"match"})
    for unit in units(pattern):
        # Most take no time at all; only what takes some is looked at more closely.
        if seconds(pattern, unit, SIZE // 8, uses) < FLOOR / 10:
            continue
        shortest = min(seconds(pattern, unit, SIZE, uses) for _ in range(2))
        assert in_time(shortest, 0.1), (unit, shortest)
        longest = min(seconds(pattern, unit, 4 * SIZE, uses) for _ in range(2))
        assert longest < max(FLOOR, 9 * shortest), (unit, shortest, longest)
        assert in_time(longest, 0.1), (unit, longest)
