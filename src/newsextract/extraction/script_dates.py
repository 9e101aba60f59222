"""Dates of publication in the data that scripts of a page hold."""

import itertools
import re
from collections.abc import Iterable, Iterator

from newsextract.extraction.survey import Script
from newsextract.records import Candidate

__all__ = ["dates_in_scripts"]

_MOST_SCRIPT = 1_000_000
# Looked for by the dash behind the year, which scripts have less of than of quotes and digits.
_SCRIPT_DATE = re.compile(r"""-(?<=["'][12][09]\d\d-)\d\d-\d\d[^"']{0,20}(?=["'])""")
_SCRIPT_KEY = re.compile(
    r"""["']((?:date_?)?publish(?:ed)?(?:_?(?:date|at|on|time))?|publication_?date|pub_?date|"""
    r"""first_?published(?:_?at)?|created_?at|date_?created)["']\s{0,8}:\s{0,8}["']\d{4}\Z""",
    re.IGNORECASE,
)
_LONGEST_KEY, _MOST_DATES, _MOST_GIVEN = 48, 2_000, 40


def dates_in_scripts(scripts: Iterable[Script]) -> Iterator[Candidate]:
    """Yield the dates of publication in the data of scripts: for pages that state no other."""
    left = _MOST_SCRIPT
    for script in scripts:
        text = script.text[:left]
        left -= len(text)
        matches = itertools.islice(_SCRIPT_DATE.finditer(text), _MOST_DATES)
        yield from itertools.islice(_published_in(text, matches), _MOST_GIVEN)


def _published_in(text: str, dates: Iterable[re.Match[str]]) -> Iterator[Candidate]:
    for match in dates:
        start = match.start()
        if key := _SCRIPT_KEY.search(text, max(0, start - _LONGEST_KEY), start):
            value = text[start - 4 : match.end()]
            yield Candidate(field="date", value=value, source=f"script:{key[1].lower()}", score=0.4)
