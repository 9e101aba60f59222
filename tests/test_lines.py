"""Lines between paragraphs: labels are found in many languages, news is left alone."""

import re._constants as kinds
import re._parser as patterns
import time

import pytest

from newsextract.extraction import lines
from newsextract.extraction.lines import line_label

ANYTHING = "\0"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Advertisement", "advertisement"),
        ("ADVERTISEMENT - CONTINUE READING BELOW", "advertisement"),
        ("Story continues below this advertisement", "advertisement"),
        ("— Werbung —", "advertisement"),
        ("広告", "advertisement"),
        ("Also read: Ferry fares go up", "related"),
        ("اقرأ أيضا: جسر جديد", "related"),
        ("Читайте также: Мост закрыли", "related"),
        ("あわせて読みたい", "related"),
        ("İlgili haber: Feribot adalara döndü", "related"),
        ("Olvassa el ezt is: Visszatért a komp", "related"),
        ("Kapcsolódó cikkek", "related"),
        ("Comments (12)", "comments"),
        ("Kommentare", "comments"),
        ("© 2024 Harbour Post", "note"),
        ("(c) 2024 Harbour Post", "note"),
        ("Correction: an earlier version gave a wrong date.", "note"),
        ("Foto: Benno Dorfner", "caption"),
        ("▲渡輪恢復往返島嶼。（圖／海港日報）", "caption"),
        ("渡輪恢復往返島嶼（記者王小明攝）", "caption"),
        ("The weir in March (Photo: Ann Lee)", "caption"),
        ("김도윤 기자 doyun@news.example", "byline"),
    ],
)
def test_labels_are_named(text, label):
    assert line_label(text, linked=False) == label


@pytest.mark.parametrize(
    "text",
    [
        "Advertisement spending fell by a third in the spring, the agency said.",
        "Advertisements are not news.",
        "Comments by the minister angered farmers.",
        "Related costs rose as well.",
        "Read the letter aloud, she told him.",
        "Correctional officers walked out on Monday.",
        "The photo shows two men on a bridge.",
    ],
)
def test_sentences_that_begin_like_labels_are_left_alone(text):
    assert line_label(text, linked=False) is None


def test_calls_count_only_where_they_are_links():
    assert line_label("Sign up for our newsletter", linked=True) == "subscribe"
    assert line_label("Sign up for our newsletter", linked=False) is None


@pytest.mark.parametrize(
    "piece", ["(", "- ", "©", "\u3000", "ad ", "a", "(foto ", "1 ", "read more ", "_"]
)
def test_no_line_takes_long_whatever_it_is_made_of(piece):
    line = (piece * 220)[:220]
    start = time.perf_counter()
    for _ in range(20):
        line_label(line, linked=True)

    assert (time.perf_counter() - start) / 20 < 0.002


def openings(items) -> set[str]:
    """Return the first three characters of all that a parsed pattern can match."""
    found = {""}
    for kind, given in items:
        if kind is kinds.AT:
            continue
        found = {
            (so_far + more)[:3] if ANYTHING not in so_far and len(so_far) < 3 else so_far
            for so_far in found
            for more in _alternatives(kind, given)
        }
    return found


def _alternatives(kind, given) -> set[str]:
    if kind is kinds.LITERAL:
        return {chr(given)}
    if kind is kinds.SUBPATTERN:
        return openings(given[3])
    if kind is kinds.BRANCH:
        return set().union(*map(openings, given[1]))
    if kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT):
        least, most, inner = given
        once = openings(inner)
        more = {one + other for one in once for other in once} if most > 1 else set()
        return once | more | (set() if least else {""})
    if kind is kinds.IN and all(part[0] is kinds.LITERAL for part in given):
        return {chr(code) for _, code in given}
    return {ANYTHING}


def test_every_opening_of_a_label_is_known():
    found = openings(patterns.parse(lines._WHOLE_LINE.pattern))
    found |= openings(patterns.parse(lines._if_linked().pattern))
    latin = {opening for opening in found if opening[:1] < "\u0300" and opening[:1] != ANYTHING}
    open_ended = {opening for opening in latin if ANYTHING in opening}
    assert all(opening.startswith(lines._SHORT_OPENINGS) for opening in open_ended)
    assert latin - open_ended <= lines._OPENINGS
