"""Dates from text: ISO and RFC forms by themselves, all others in the page's language.

dateparser is slow and finds dates in junk unless it is given one short string and the language
(its issues 439 and 457), so the part of a line that is a date is cut out first, and the time
of day is read here.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from newsextract.extraction.text import clean_line
from newsextract.records import Candidate

__all__ = ["ChosenDate", "Locale", "choose_date", "read_date"]

_FIRST_YEAR = 1990
_LONGEST = 160

_ISO = re.compile(
    r"(?P<y>(?:19|20)\d\d)-(?P<m>\d{1,2})-(?P<d>\d{1,2})"
    r"(?:[T\s]+(?P<H>\d{1,2}):(?P<M>\d\d)(?::(?P<S>\d\d)(?:[.,]\d+)?)?"
    r"\s*(?P<z>Z|UTC|GMT|[+-]\d\d:?\d\d|[+-]\d\d)?)?",
    re.IGNORECASE,
)
_COMPACT = re.compile(
    r"(?P<y>(?:19|20)\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?:T?(?P<H>\d\d)(?P<M>\d\d)(?P<S>\d\d)?(?P<z>Z)?)?"
)
_EPOCH = re.compile(r"(1\d{9})(\d{3})?")
_RFC = re.compile(
    r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d(?::\d\d)? (?:GMT|UTC|[+-]\d{4})"
)
_YEAR_FIRST = re.compile(
    r"(?P<y>(?:19|20)\d\d)\s*[年년./-]\s*(?P<m>\d{1,2})\s*[月월./-]\s*(?P<d>\d{1,2})"
)
_NUMERIC = re.compile(
    r"(?<!\d)(?P<a>\d{1,2})\s?[./-]\s?(?P<b>\d{1,2})\s?[./-]\s?(?P<y>(?:19|20)?\d\d)(?!\d)"
)
_WORDY = re.compile(
    r"(?P<dmy>(?<!\d)\d{1,2}(?:st|nd|rd|th|er|º|ª|\.)?\s+(?:(?:de|d[’']|of|ta['’]|del)\s*)?[^\s\d,.;:|()]{2,20}\.?,?\s+(?:(?:de|del|of|г\.)\s+)?(?:19|20|25)\d\d(?!\d))"
    r"|(?P<mdy>[^\s\d,.;:|()]{3,15}\.?\s+\d{1,2}(?:st|nd|rd|th)?(?:,\s*|\s+)(?:19|20|25)\d\d(?!\d))"
)
_TIME = re.compile(
    r"(?<!\d)(?P<H>[01]?\d|2[0-3])\s*(?:[:.h]|時|时|點|点|시)\s*(?P<M>[0-5]\d)(?:[:分분]\s*(?P<S>[0-5]\d))?"
    r"\s*(?P<half>[ap]\.?\s?m\b\.?)?\s*(?P<z>Z\b|UTC\b|GMT\b|[+-]\d\d:?\d\d\b)?",
    re.IGNORECASE,
)
_LIKE_TIME = re.compile(r"\d\s*[:.h时時點点시]\s*\d\d", re.IGNORECASE)
_ENGLISH_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_ENGLISH = re.compile(
    r"(?:(?P<d>\d{1,2})(?:st|nd|rd|th)?\s+)?(?P<m>[a-z]{3,9})\.?,?\s+"
    r"(?:(?P<e>\d{1,2})(?:st|nd|rd|th)?(?:,\s*|\s+))?(?P<y>(?:19|20)\d\d)"
)
_HALF_BEFORE = re.compile(r"(오후|下午|午後|오전|上午|午前)\s*$")
_SCRIPT_LANGUAGES = (
    ("CYRILLIC", ("ru", "uk", "bg", "sr")), ("DEVANAGARI", ("hi", "mr")), ("THAI", ("th",)),
    ("HANGUL", ("ko",)), ("GREEK", ("el",)), ("ARABIC", ("ar", "fa", "ur")), ("HEBREW", ("he",)),
    ("BENGALI", ("bn",)), ("TAMIL", ("ta",)), ("CJK", ("zh", "ja")),
)  # fmt: skip
_LATIN_LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl", "pl", "tr", "sv")
# Of the countries that write English, these write the month first.
_MONTH_FIRST = frozenset(("US", "PH", "CA", "PR"))
_DAY_FIRST_DOMAINS = (".uk", ".au", ".nz", ".ie", ".in", ".za", ".ng", ".ke", ".sg", ".my", ".pk")


@dataclass(frozen=True, slots=True)
class Locale:
    """What is known of a page's language: primary subtag, region, and the site's host name."""

    language: str | None = None
    region: str | None = None
    host: str = ""

    @property
    def month_first(self) -> bool:
        """Whether 03/04/2024 is the fourth of March."""
        if self.language not in (None, "en"):
            return False
        if self.region:
            return self.region in _MONTH_FIRST
        return not self.host.endswith(_DAY_FIRST_DOMAINS)


@dataclass(frozen=True, slots=True)
class ChosenDate:
    """A date, the candidate it was read from, and how sure that is (0 to 1)."""

    value: dt.date | dt.datetime
    candidate: Candidate
    confidence: float


def choose_date(
    candidates: Iterable[Candidate], locale: Locale, now: dt.datetime | None
) -> ChosenDate | None:
    """Return the date of the most trusted candidate, with the time of day where one tells it."""
    ranked = sorted(candidates, key=lambda candidate: -candidate.score)
    chosen: ChosenDate | None = None
    for candidate in ranked:
        if chosen is not None and not _may_tell_time(candidate.value):
            continue  # a day alone adds nothing any more, and may be slow to read
        value = read_date(candidate.value, locale)
        if value is None or not _is_plausible(value, now):
            continue
        if chosen is None:
            chosen = ChosenDate(value, candidate, min(0.99, candidate.score))
            if isinstance(value, dt.datetime):
                break
        elif isinstance(value, dt.datetime) and value.date() == chosen.value:
            return ChosenDate(value, candidate, min(0.99, chosen.confidence + 0.05))
    return chosen


def _may_tell_time(text: str) -> bool:
    text = clean_line(text)
    return text.isdigit() or _LIKE_TIME.search(text) is not None


def read_date(text: str, locale: Locale) -> dt.date | dt.datetime | None:
    """Read the first date in a short text, with time and offset as far as they are told."""
    text = _with_ascii_digits(clean_line(text))[:_LONGEST]
    if not text:
        return None
    if text.isdigit():
        return _from_digits(text)
    if match := _ISO.search(text):
        return _built(match, match.groupdict())
    if _RFC.fullmatch(text):
        return _from_rfc(text)
    return _from_words(text, locale)


def _from_digits(text: str) -> dt.date | dt.datetime | None:
    if match := _EPOCH.fullmatch(text):
        return dt.datetime.fromtimestamp(int(match[1]), dt.UTC)
    if match := _COMPACT.fullmatch(text):
        return _built(match, match.groupdict())
    return None


def _from_rfc(text: str) -> dt.datetime | None:
    try:
        return parsedate_to_datetime(text)
    except ValueError:
        return None


def _from_words(text: str, locale: Locale) -> dt.date | dt.datetime | None:
    if match := _YEAR_FIRST.search(text):
        day = _day(int(match["y"]), int(match["m"]), int(match["d"]))
    elif match := _NUMERIC.search(text):
        day = _numeric_day(match, locale)
    elif match := _WORDY.search(text):
        day = _wordy_day(match[0], locale)
    else:
        return None
    if day is None:
        return None
    return _with_time(day, text[match.end() : match.end() + 40], text[: match.start()])


def _numeric_day(match: re.Match[str], locale: Locale) -> dt.date | None:
    first, second, year = int(match["a"]), int(match["b"]), int(match["y"])
    if year < 100:
        year += 2000
    if locale.month_first and "." not in match[0]:
        return _day(year, first, second) or _day(year, second, first)
    return _day(year, second, first) or _day(year, first, second)


def _english_day(text: str) -> dt.date | None:
    match = _ENGLISH.fullmatch(text.lower())
    if match is None or (match["d"] is None) == (match["e"] is None):
        return None
    for number, name in enumerate(_ENGLISH_MONTHS, 1):
        if match["m"] == name or match["m"] == name[:3]:
            return _day(int(match["y"]), number, int(match["d"] or match["e"]))
    return None


def _wordy_day(text: str, locale: Locale) -> dt.date | None:
    # dateparser takes a millisecond for what most pages in English say.
    if locale.language == "en" and (day := _english_day(text)):
        return day
    # Imported here: a page with dates in ISO form does not pay for it.
    from dateparser import DateDataParser

    languages = [locale.language] if locale.language else _languages_of(text)
    for choice in (languages, ["en"]):
        try:
            parser = DateDataParser(languages=choice, settings=_SETTINGS)
            found = parser.get_date_data(_buddhist_year_turned(text)).date_obj
        except ValueError:
            continue  # a language that dateparser does not know
        if isinstance(found, dt.datetime):
            return found.date()
    return None


_SETTINGS = {"REQUIRE_PARTS": ["day", "month", "year"], "RETURN_AS_TIMEZONE_AWARE": False}


def _buddhist_year_turned(text: str) -> str:
    return re.sub(r"25[5-9]\d", lambda match: str(int(match[0]) - 543), text)


def _languages_of(text: str) -> list[str]:
    for character in text:
        if character.isalpha() and character > "\u024f":
            name = unicodedata.name(character, "")
            for script, languages in _SCRIPT_LANGUAGES:
                if name.startswith(script):
                    return list(languages)
    return list(_LATIN_LANGUAGES)


def _with_time(day: dt.date, after: str, before: str) -> dt.date | dt.datetime:
    match = _TIME.search(after)
    if match is None and (matches := list(_TIME.finditer(before))):
        match = matches[-1] if len(before) - matches[-1].end() < 12 else None
    if match is None:
        return day
    hour = int(match["H"])
    half = (match["half"] or "").lower()
    if not half and (told := _HALF_BEFORE.search(after[: match.start()])):
        half = "p" if told[1] in ("오후", "下午", "午後") else "a"
    if half.startswith("p") and hour < 12:
        hour += 12
    elif half.startswith("a") and hour == 12:
        hour = 0
    return dt.datetime(
        day.year, day.month, day.day, hour, int(match["M"]), int(match["S"] or 0),
        tzinfo=_offset(match["z"]),
    )  # fmt: skip


def _built(match: re.Match[str], parts: dict[str, str | None]) -> dt.date | dt.datetime | None:
    day = _day(int(match["y"]), int(match["m"]), int(match["d"]))
    if day is None or parts.get("H") is None:
        return day
    hour, minute, second = int(match["H"]), int(match["M"]), int(match["S"] or 0)
    if hour > 23 or minute > 59 or second > 59:
        return day
    return dt.datetime(
        day.year, day.month, day.day, hour, minute, second, tzinfo=_offset(match["z"])
    )


def _offset(text: str | None) -> dt.timezone | None:
    if not text:
        return None
    if text.upper() in ("Z", "UTC", "GMT"):
        return dt.UTC
    digits = text[1:].replace(":", "")
    delta = dt.timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
    if delta >= dt.timedelta(hours=24):
        return None
    return dt.timezone(-delta if text[0] == "-" else delta)


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _is_plausible(value: dt.date | dt.datetime, now: dt.datetime | None) -> bool:
    if value.year < _FIRST_YEAR:
        return False
    if now is None:
        return True
    day = value.date() if isinstance(value, dt.datetime) else value
    return day <= now.date() + dt.timedelta(days=1)


def _with_ascii_digits(text: str) -> str:
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.decimal(character)) if character.isdecimal() else character
        for character in text
    )
