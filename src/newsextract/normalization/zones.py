"""Abbreviations of time zones: `EDT`, `MESZ`, `JST`, and `ET`, which summer and winter share.

Those that stand for one offset wherever news is published, as in the tz database and in CLDR.
`IST` is India's, Ireland's and Israel's, `CST` Chicago's and Beijing's, `AST` Halifax' and
Riyadh's: a time with one of these is left without an offset, since a wrong one is worse.
"""

import datetime as dt

__all__ = ["NAMED_ZONE", "offset_of_zone"]

_HOURS = {
    "WET": 0.0, "WEST": 1.0, "BST": 1.0, "CET": 1.0, "MEZ": 1.0,
    "CEST": 2.0, "MESZ": 2.0, "EET": 2.0, "EEST": 3.0, "MSK": 3.0, "МСК": 3.0, "мск": 3.0,
    "TRT": 3.0, "WAT": 1.0, "CAT": 2.0, "SAST": 2.0, "EAT": 3.0, "PKT": 5.0, "NPT": 5.75,
    "WIB": 7.0, "WITA": 8.0, "WIT": 9.0, "SGT": 8.0, "HKT": 8.0, "PHT": 8.0, "AWST": 8.0,
    "JST": 9.0, "KST": 9.0, "ACST": 9.5, "AEST": 10.0, "ACDT": 10.5, "AEDT": 11.0, "NZST": 12.0,
    "NZDT": 13.0, "NDT": -2.5, "ADT": -3.0, "BRT": -3.0, "EDT": -4.0, "EST": -5.0, "CDT": -5.0,
    "MDT": -6.0, "MST": -7.0, "PDT": -7.0, "PST": -8.0, "AKDT": -8.0, "AKST": -9.0, "HST": -10.0,
}  # fmt: skip
_PLACES = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
}
# In capitals: "est" is a word of several languages. The longest of two first.
NAMED_ZONE = "(?-i:{})".format("|".join(sorted({*_HOURS, *_PLACES}, key=len, reverse=True)))


def offset_of_zone(name: str, moment: dt.datetime, *, is_half_day: bool) -> dt.timedelta | None:
    """Return how far a zone's clock is ahead of UTC at a moment on it; nothing if that is unknown.

    `ET` and its like are zones only behind a time of twelve hours, as in "10:15 a.m. ET".
    """
    if name in _HOURS:
        return dt.timedelta(hours=_HOURS[name])
    if name not in _PLACES or not is_half_day:
        return None
    from zoneinfo import ZoneInfo

    return moment.replace(tzinfo=ZoneInfo(_PLACES[name])).utcoffset()
