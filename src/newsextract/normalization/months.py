"""The names of months, in the languages that dateparser knows.

dateparser itself takes a millisecond for "5. November 2024" where its tables, looked up once a
language, take microseconds.
"""

import functools
import importlib.util
import itertools
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from newsextract.normalization.calendars import PLAIN_ARABIC

__all__ = ["month_named"]

_ENGLISH_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
# Asked in turn where the page does not say what language it is in.
_COMMON = (
    "en", "de", "fr", "es", "pt", "it", "nl", "pl", "tr", "ru", "uk", "sv", "nb", "da", "fi", "cs",
    "ro", "hu", "el", "id", "vi", "ar", "fa", "he", "hi", "th",
)  # fmt: skip
# Codes of pages that dateparser's tables have under another.
_ALIASES = {"no": "nb", "iw": "he", "in": "id", "tl": "fil", "sh": "sr", "mo": "ro"}
# What is written in the other script of a country is in a table of its own.
_OTHER_SCRIPTS = {"sr": "sr-Latn", "bs": "bs-Cyrl", "uz": "uz-Cyrl", "az": "az-Cyrl"}
# Genitives that do not begin as the name does, and a second spelling.
_IRREGULAR = {"sl": {"marca": 3, "maja": 5}, "uz": {"sentyabr": 9, "oktyabr": 10}}
# Their months have cases, of which dateparser knows one or two: "novembra", "jaanuaril".
_INFLECTING = frozenset("sl sr hr bs mk et lv lt fi hu eu ka hy kk uz az tr".split())
_SHORTEST_NAME, _LONGEST_NAME = 2, 20
# So many letters tell one month from another, in a short form or with another ending.
_LEAST_TELLING, _STEM, _LONGEST_ENDING = 4, 5, 4
# Marks of Hindi and Bengali that are written or not.
_NUKTAS = str.maketrans("", "", "\u093c\u09bc")


def month_named(word: str, language: str | None) -> int | None:
    """Return the month (1 to 12) that a word names in a language, or in English."""
    if len(word) > _LONGEST_NAME:
        return None
    name = _plain(word)
    if language is None:
        return _in_any_language(name)
    names = _names_in(language)
    return names.get(name) or _names_in("en").get(name) or _by_beginning(name, language, names)


@functools.lru_cache(maxsize=4_096)
def _in_any_language(name: str) -> int | None:
    for language in _COMMON:
        if month := _names_in(language).get(name):
            return month
    return None


@functools.cache
def _names_in(language: str) -> dict[str, int]:
    code = _ALIASES.get(language, language)
    if not (code.isascii() and code.isalpha()):
        return {}
    names = dict(_IRREGULAR.get(code, {}))
    for table in map(_table_of, filter(None, (code, _OTHER_SCRIPTS.get(code)))):
        for part in itertools.chain([table], table.get("locale_specific", {}).values()):
            for name, month in _months_of(part):
                names.setdefault(name, month)
    return names


def _by_beginning(word: str, language: str, names: dict[str, int]) -> int | None:
    """Return the one month that a word is a short form of, or another case."""
    if len(word) < _LEAST_TELLING:
        return None
    found = {month for name, month in names.items() if name.startswith(word)}
    if not found and language in _INFLECTING:
        found = {
            month
            for name, month in names.items()
            if len(name) >= _STEM
            and word.startswith(name[:_STEM])
            and len(word) <= len(name) + _LONGEST_ENDING
        }
    return found.pop() if len(found) == 1 else None


def _table_of(code: str) -> dict[str, Any]:
    """Return what dateparser knows of a language; nothing if it does not know it.

    The file is read by itself: to import it would import all of dateparser, which takes a tenth of
    a second.
    """
    package = importlib.util.find_spec("dateparser")
    folders = package.submodule_search_locations if package else None
    path = Path(folders[0] if folders else "", "data", "date_translation_data", f"{code}.py")
    spec = importlib.util.spec_from_file_location(f"newsextract.months_of_{code}", path)
    if spec is None or spec.loader is None or not path.exists():
        return {}
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    table: dict[str, Any] = module.info
    return table


def _months_of(table: dict[str, Any]) -> Iterator[tuple[str, int]]:
    for number, english in enumerate(_ENGLISH_NAMES, 1):
        for name in table.get(english, ()):
            plain = _plain(name)
            if len(plain) >= _SHORTEST_NAME and not plain[0].isdigit():
                yield plain, number


def _plain(word: str) -> str:
    # Turkish writes a dotted capital I, whose lower case is two characters.
    folded = unicodedata.normalize("NFC", word).replace("İ", "i").lower()
    if not folded.isascii():
        folded = folded.translate(PLAIN_ARABIC).translate(_NUKTAS)
    return folded.replace(".", "").removeprefix("d’").removeprefix("d'")
