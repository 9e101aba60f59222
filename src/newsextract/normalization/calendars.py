"""Days of other calendars, in the languages of the countries that use them.

The Persian and the Islamic one, and ours with years counted from the first of an emperor or of a
republic. dateparser knows the first two, but takes 75 ms for a Persian day, since it asks astronomy
for the equinox, and finds days in sentences that have none.
"""

import datetime as dt
import functools
import re

from newsextract.extraction.patterns import when_needed

__all__ = ["PLAIN_ARABIC", "day_of_other_calendar"]

# The calendar of state is the Persian one where these are spoken, and the Islamic one is written
# beside ours where the others are.
_PERSIAN = frozenset(("fa", "ps", "ckb"))
_LANGUAGES = _PERSIAN | {"ar", "ur"}
# One letter for those that differ by language and keyboard, and none for what need not be written:
# tatweel, vowels, the joiner of Persian.
PLAIN_ARABIC = str.maketrans(
    "أإآىیةہکڪ", "اااييههكك", "\u0640\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670\u200c"
)
# The months of Iran, then those of Afghanistan.
_PERSIAN_MONTHS = (
    "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند "
    "حمل ثور جوزا سرطان اسد سنبله میزان عقرب قوس جدی دلو حوت"
).translate(PLAIN_ARABIC).split()  # fmt: skip
_ISLAMIC_MONTHS = (
    "محرم", "صفر", "ربيع (?:ال)?اول[يه]?", "ربيع (?:ال)?(?:ثاني|اخر)[يه]?",
    "جمادي (?:ال)?اول[يه]?", "جمادي (?:ال)?(?:ثاني|اخر)[يه]?", "رجب", "شعبان", "رمضان", "شوال",
    "ذ[وي] ?القعده", "ذ[وي] ?الحجه",
)  # fmt: skip
# For each group of the pattern: its text, whether the month is a Persian one, and its number.
_GROUPS = {
    **{f"p{at}": (name, True, at % 12 + 1) for at, name in enumerate(_PERSIAN_MONTHS)},
    **{f"i{at}": (name, False, at + 1) for at, name in enumerate(_ISLAMIC_MONTHS)},
}
_NAMES = "|".join([f"(?P<{group}>{name})" for group, (name, _, _) in _GROUPS.items()])
# The year before the first of each era.
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
_DAY, _MONTH, _YEAR = r"(?<!\d)(?P<day>\d{1,2})", r"(?P<month>\d{1,2})", r"(?P<year>1[34]\d\d)"
_A_YEAR = re.compile(rf"(?<!\d){_YEAR}(?!\d)")
_of_era = when_needed(
    rf"(?P<era>{'|'.join(_ERAS)})\s*(?P<year>\d{{1,3}}|元)\s*年\s*{_MONTH}\s*月\s*(?P<day>\d{{1,2}})\s*日"
)


@functools.cache
def _forms() -> tuple[re.Pattern[str], ...]:
    return (
        re.compile(rf"{_DAY}\W{{1,3}}(?:ال)?(?:{_NAMES})\W{{1,3}}(?:(?:ماه|سال|عام)\W{{1,3}})?{_YEAR}(?!\d)"),
        re.compile(rf"(?<!\d){_YEAR} ?([/.-]) ?{_MONTH} ?\2 ?(?P<day>\d{{1,2}})(?!\d)"),
        re.compile(rf"{_DAY} ?([/.-]) ?{_MONTH} ?\2 ?{_YEAR}(?!\d)"),
    )  # fmt: skip


def day_of_other_calendar(text: str, language: str | None) -> tuple[dt.date, re.Match[str]] | None:
    """Return the day that a text with European digits names in another calendar, and where."""
    if "年" in text and (match := _of_era().search(text)):
        day = _from_era(match)
        return None if day is None else (day, match)
    if language not in _LANGUAGES or not _A_YEAR.search(text):
        return None
    plain = text.translate(PLAIN_ARABIC)
    for form in _forms():
        match = form.search(plain)
        if match is not None and (day := _day(match, language)) is not None:
            return day, match
    return None


def _day(match: re.Match[str], language: str) -> dt.date | None:
    parts = match.groupdict()
    if "month" in parts:
        is_persian, month = language in _PERSIAN, int(parts["month"])
    else:
        _, is_persian, month = next(told for group, told in _GROUPS.items() if parts[group])
    year, day = int(parts["year"]), int(parts["day"])
    return _from_persian(year, month, day) if is_persian else _from_islamic(year, month, day)


def _from_era(match: re.Match[str]) -> dt.date | None:
    year = 1 if match["year"] == "元" else int(match["year"])
    try:
        return dt.date(_ERAS[match["era"]] + year, int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def _from_persian(year: int, month: int, day: int) -> dt.date | None:
    # Imported here, as below: few pages pay for it.
    from jdatetime import date

    try:
        found: dt.date = date(year, month, day).togregorian()
    except ValueError:
        return None
    return found


def _from_islamic(year: int, month: int, day: int) -> dt.date | None:
    from hijridate import Hijri

    try:
        return dt.date(*Hijri(year, month, day).to_gregorian().datetuple())
    except (ValueError, OverflowError):
        return None  # its tables begin in 1343
