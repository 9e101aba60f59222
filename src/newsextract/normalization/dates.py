"""Dates from text: ISO and RFC forms by themselves, all others in the page's language.

dateparser is slow and finds dates in junk unless it is given one short string and the language
(its issues 439 and 457), so dates with numbers or the names of months are read here, and it is asked
for what is left: "2 hours ago".
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from newsextract.extraction.patterns import when_needed
from newsextract.extraction.text import clean_line
from newsextract.normalization.calendars import day_of_other_calendar
from newsextract.normalization.months import month_named
from newsextract.normalization.zones import NAMED_ZONE, offset_of_zone

__all__ = ["Locale", "days_by_order", "read_date", "read_relative"]

_LONGEST, _LONGEST_FOR_DATEPARSER = 160, 64
# So far after a date its time of day may stand.
_NEAR = 40

_ISO = re.compile(
    r"(?P<y>(?:19|20)\d\d)-(?P<m>\d{1,2})-(?P<d>\d{1,2})"
    r"(?:[T\s]+(?P<H>\d{1,2}):(?P<M>\d\d)(?::(?P<S>\d\d)(?:[.,]\d+)?)?"
    rf"\s*(?P<z>Z|UTC|GMT|[+-]\d\d:?\d\d|[+-]\d\d|{NAMED_ZONE}\b)?)?",
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
# Months have numbers for names in Vietnamese: "Ngày 6 tháng 5 năm 2024".
_vietnamese = when_needed(
    r"(?P<d>\d{1,2})\s+(?:tháng|thg)\.?\s+(?P<m>\d{1,2}),?\s+(?:năm\s+)?(?P<y>(?:19|20)\d\d)"
)
# It begins with a digit, so that a search looks at nothing else.
_NUMERIC = re.compile(
    r"(?P<a>\d(?<!\d\d)\d?)\s?[./|-]\s?(?P<b>\d{1,2})\s?[./|-]\s?(?P<y>(?:19|20|25)?\d\d)(?!\d)"
)
# "24 พ.ย. 69", of the year 2569 in the Buddhist era; what our count has there is no year yet.
_thai_short_year = when_needed(r"(?<=[\u0e01-\u0e4e.]\s)([4-9]\d)(?![\d:.])")
_TOKEN = re.compile(
    r"(?P<year>(?<!\d)(?:19|20|25)\d\d(?=\d?\d:\d\d|\D|$))|(?P<number>(?<!\d)\d{1,2}(?!\d))(?:st|nd|rd|th|er|º|ª)?|"
    r"(?P<word>[^\s\d,;:|()/\[\]·•–—-]+)"
)
# So many words the name of a month has.
_MOST_WORDS = 3
# Between the parts of a date stand a comma, "de", "of", a day of the week, a second name for the month.
_WIDEST_GAP = 16
_TIME = re.compile(
    r"(?<!\d)(?P<H>[01]?\d|2[0-3])\s*(?:[:.h]|時|时|點|点|시)\s*(?P<M>[0-5]\d)(?:[:分분]\s*(?P<S>[0-5]\d))?"
    rf"\s*(?P<half>[ap]\.?\s?m\b\.?)?(?:\s*(?:Uhr|hrs|h)\b)?\s*\(?"
    rf"(?P<z>Z\b|UTC\b|GMT\b|[+-]\d\d:?\d\d\b|{NAMED_ZONE}\b)?",
    re.IGNORECASE,
)
# "Hours ago", which dateparser knows in one form of two.
_SAME_TO_DATEPARSER = (("ชั่วโมงที่แล้ว", "ชั่วโมงที่ผ่านมา"), ("ชั่วโมงก่อน", "ชั่วโมงที่ผ่านมา"))
_FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")
_HALF_BEFORE = re.compile(r"(오후|下午|午後|오전|上午|午前)\s*$")
# Of the countries that write English, these write the month first.
_MONTH_FIRST = frozenset(("US", "PH", "CA", "PR"))
_DAY_FIRST_DOMAINS = (".uk", ".au", ".nz", ".ie", ".in", ".za", ".ng", ".ke", ".sg", ".my", ".pk")


class Locale(NamedTuple):
    """What is known of how a page writes: primary subtag, region, and the site's host name.

    `month_leads` is what its dates themselves tell of their order, if they do.
    """

    language: str | None = None
    region: str | None = None
    host: str = ""
    month_leads: bool | None = None

    def puts_month_first(self, written: str) -> bool:
        """Tell whether 03/04/2024 is the fourth of March."""
        if self.month_leads is not None:
            return self.month_leads
        if "." in written or self.language not in (None, "en"):
            return False
        if self.region:
            return self.region in _MONTH_FIRST
        return not self.host.endswith(_DAY_FIRST_DOMAINS)


def read_date(text: str, locale: Locale) -> dt.date | dt.datetime | None:
    """Read the first date in a short text, with time and offset as far as they are told."""
    text = _with_ascii_digits(clean_line(text))[:_LONGEST]
    if not text:
        return None
    if text.isdigit():
        return _from_digits(text)
    if "-" in text and (match := _ISO.search(text)):
        return _built(match)
    if _RFC.fullmatch(text):
        return _from_rfc(text)
    return _from_words(text, locale)


def _from_digits(text: str) -> dt.date | dt.datetime | None:
    if match := _EPOCH.fullmatch(text):
        return dt.datetime.fromtimestamp(int(match[1]), dt.UTC)
    if match := _COMPACT.fullmatch(text):
        return _built(match)
    return None


def _from_rfc(text: str) -> dt.datetime | None:
    # It imports all that sends and receives mail.
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(text)
    except ValueError:
        return None


def _from_words(text: str, locale: Locale) -> dt.date | dt.datetime | None:
    if (match := _YEAR_FIRST.search(text)) or (
        locale.language == "vi" and (match := _vietnamese().search(text.lower()))
    ):
        day = _day(int(match["y"]), int(match["m"]), int(match["d"]))
    elif other := day_of_other_calendar(text, locale.language):
        # Before those in digits: in 1399/04/02 - 12:09 there is a second of April.
        day, match = other
        return _from_named_month(text, locale) or _with_time(
            day, match.string, match.start(), match.end()
        )
    elif match := _in_digits(text):
        day = _numeric_day(match, locale)
    else:
        return _from_named_month(text, locale)
    return None if day is None else _with_time(day, text, match.start(), match.end())


def _in_digits(text: str) -> re.Match[str] | None:
    """Return where a date such as 3.5.2024 or 3/5/24 stands."""
    has_marks = "." in text or "/" in text or "-" in text or "|" in text
    return _NUMERIC.search(text) if has_marks else None


def _from_named_month(text: str, locale: Locale) -> dt.date | dt.datetime | None:
    """Read "5 November 2024", "Nov. 5, 2024" or "2024. november 5." in the page's language."""
    if locale.language == "th":
        text = _thai_short_year().sub(r"25\1", text)
    tokens = list(_TOKEN.finditer(text))
    numbers = [token for token in tokens if token.lastgroup != "word"]
    if not {"year", "number"}.issubset([number.lastgroup for number in numbers]):
        return None
    spans = [number.span() for number in numbers]
    for index, token in enumerate(tokens):
        # Most words of a sentence are too far from any number to be looked up.
        if token.lastgroup != "word" or not _is_near(token, spans):
            continue
        month = _month_at(tokens[index : index + _MOST_WORDS], locale.language)
        if month is None:
            continue
        for number, year in _parts_around(tokens, index):
            day = _day(_gregorian(int(year["year"])), month, int(number["number"]))
            if day is not None:
                parts = (number, year, token)
                start, end = min(part.start() for part in parts), max(part.end() for part in parts)
                return _with_time(day, text, start, end)
    return None


def _month_at(tokens: Sequence[re.Match[str]], language: str | None) -> int | None:
    """Return the month that the first words name: "tháng mười" is one, "tháng mười một" another."""
    name, months = "", list[int | None]()
    for token in tokens:
        if token["word"] is None or (name and token.string[token.start() - 1] != " "):
            break
        name = f"{name} {token[0]}".lstrip()
        months.append(month_named(name, language))
    return next(filter(None, reversed(months)), None)


def _is_near(word: re.Match[str], spans: Iterable[tuple[int, int]]) -> bool:
    first, last = word.start() - _WIDEST_GAP, word.end() + _WIDEST_GAP
    return any(begin <= last and first <= end for begin, end in spans)


def _parts_around(
    tokens: list[re.Match[str]], index: int
) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """Yield the pairs of day and year that stand around the name of a month, nearest first."""
    before = _nearest(tokens, index, -1)
    after = _nearest(tokens, index, 1)
    for day, year in ((before[:1], after[:1]), (after[:1], after[1:2]), (before[:1], before[1:2])):
        if day and year and day[0]["number"] and year[0]["year"]:
            yield day[0], year[0]
    if before and after and before[0]["year"] and after[0]["number"]:
        yield after[0], before[0]


def _nearest(tokens: list[re.Match[str]], index: int, step: int) -> list[re.Match[str]]:
    """Return the two next numbers to one side of a token, if no gap is too wide."""
    found: list[re.Match[str]] = []
    edge = tokens[index]
    for token in tokens[index + step :: step] if step > 0 else tokens[:index][::-1]:
        gap = token.start() - edge.end() if step > 0 else edge.start() - token.end()
        if gap > _WIDEST_GAP or len(found) == 2:
            break
        if token["word"] is None:
            found.append(token)
            edge = token
    return found


def _gregorian(year: int) -> int:
    """Return the year of our count for one of the Buddhist era, as Thai pages have it."""
    return year - 543 if year >= 2500 else year


def days_by_order(text: str) -> tuple[dt.date | None, dt.date | None] | None:
    """Return the day that the digits of a date are with the day first, and with the month first.

    Nothing for text without such digits, and for two digits of a year that may be of a version:
    in 1.24.10 no day comes first.
    """
    if "-" in text and _ISO.search(text):
        return None
    match = _in_digits(text)
    if match is None or _YEAR_FIRST.search(text):
        return None
    orders = _in_both_orders(match)
    return orders if len(match["y"]) == 4 or None not in orders else None


def _in_both_orders(match: re.Match[str]) -> tuple[dt.date | None, dt.date | None]:
    first, second, year = int(match["a"]), int(match["b"]), _gregorian(int(match["y"]))
    if year < 100:
        year += 2000
    return _day(year, second, first), _day(year, first, second)


def _numeric_day(match: re.Match[str], locale: Locale) -> dt.date | None:
    day_first, month_first = _in_both_orders(match)
    if locale.puts_month_first(match[0]):
        return month_first or day_first
    return day_first or month_first


def read_relative(text: str, locale: Locale, now: dt.datetime) -> dt.date | dt.datetime | None:
    """Read "2 hours ago" or "gestern" as told at that moment."""
    text = _with_ascii_digits(clean_line(text))[:_LONGEST_FOR_DATEPARSER]
    for unknown, known in _SAME_TO_DATEPARSER:
        text = text.replace(unknown, known)
    language = locale.language or "en"
    from dateparser import DateDataParser

    try:
        parser = DateDataParser(
            # Traditional characters are another language to it.
            languages=["zh", "zh-Hant"] if language == "zh" else [language],
            settings={
                "PARSERS": ["relative-time"],
                "RETURN_TIME_AS_PERIOD": True,
                "RELATIVE_BASE": now.replace(tzinfo=None),
            },
        )
        found = parser.get_date_data(text)
    except ValueError:
        return None  # a language that dateparser does not know
    if not isinstance(found.date_obj, dt.datetime):
        return None
    if found.period == "time":
        return found.date_obj.replace(microsecond=0, tzinfo=now.tzinfo)
    return found.date_obj.date()


def _with_time(day: dt.date, text: str, start: int, end: int) -> dt.date | dt.datetime:
    """Return the day with the time of day that stands beside it in the text, if one does."""
    before, after = text[:start], text[end : end + _NEAR]
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
    moment = dt.datetime(day.year, day.month, day.day, hour, int(match["M"]), int(match["S"] or 0))
    return moment.replace(tzinfo=_offset(match["z"], moment, is_half_day=bool(half)))


def _built(match: re.Match[str]) -> dt.date | dt.datetime | None:
    day = _day(int(match["y"]), int(match["m"]), int(match["d"]))
    if day is None or match["H"] is None:
        return day
    hour, minute, second = int(match["H"]), int(match["M"]), int(match["S"] or 0)
    if hour > 23 or minute > 59 or second > 59:
        return day
    moment = dt.datetime(day.year, day.month, day.day, hour, minute, second)
    return moment.replace(tzinfo=_offset(match["z"], moment))


def _offset(
    text: str | None, moment: dt.datetime, *, is_half_day: bool = False
) -> dt.timezone | None:
    if not text:
        return None
    if text.upper() in ("Z", "UTC", "GMT"):
        return dt.UTC
    if text[0].isalpha():
        offset = offset_of_zone(text, moment, is_half_day=is_half_day)
        return None if offset is None else dt.timezone(offset)
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


def _with_ascii_digits(text: str) -> str:
    if text.isascii() or not _FOREIGN_DIGIT.search(text):
        return text
    return "".join(
        str(unicodedata.decimal(character)) if character.isdecimal() else character
        for character in text
    )
