"""Quick looks find what the patterns do that they stand before."""

import random
import re

import pytest

from newsextract.extraction import agencies, bylines, names, tokens
from newsextract.extraction.text import lowered
from newsextract.normalization import author_options
from newsextract.normalization import names as names_of_writers

IN_LOWER_CASE = [
    author_options._DESK,
    author_options._FURNITURE,
    bylines._ANNOUNCED,
    bylines._CLASS_WORD,
    names.AUTHOR_PAGE,
    names_of_writers._ANNOUNCING,
    names_of_writers._CREDITED,
    names_of_writers._WORDS_AFTER,
    names_of_writers.ROLE,
]
HTML = [
    *"\" ' = < > / ! ? - a b ab=\"c\" d='e' f=g =\" =' x=\"a>b\" é \x0b \x0c".split(" "),
    *"<p <b> </p> <!-- --> <script <script> </script> <style> </style>".split(),
    *"<svg> <title> </title> <section> <img <![CDATA[ ]]>".split(),
    " ", " ", "\n",
]  # fmt: skip


def mixed(parts: list[str], between: list[str], seed: int, count: int) -> list[str]:
    generator = random.Random(seed)
    return [
        "".join(
            generator.choice((str, str.upper, str.title))(generator.choice(parts))
            + generator.choice(between)
            for _ in range(generator.randint(1, 12))
        )
        for _ in range(count)
    ]


@pytest.mark.parametrize("pattern", IN_LOWER_CASE, ids=lambda pattern: pattern.pattern[:20])
def test_patterns_for_lower_case_are_in_lower_case(pattern: re.Pattern[str]) -> None:
    letters = re.sub(r"\\[a-zA-Z]|\?P<\w+>", "", pattern.pattern)
    assert letters == lowered(letters)


def test_lower_case_is_what_a_pattern_that_ignores_case_sees() -> None:
    for letter in map(chr, range(0x110000)):
        small = lowered(letter)
        assert len(small) == 1
        assert small == letter or re.fullmatch(re.escape(small), letter, re.IGNORECASE)
    assert lowered("MUHABİR ΣΥΝΤΆΚΤΗΣ:") == "muhabir συντάκτησ:"


def test_the_usual_end_of_a_tag_is_its_end() -> None:
    usual = f"{tokens._USUAL_END}|".encode()
    assert usual in tokens.TAGS.pattern
    by_the_book = re.compile(tokens.TAGS.pattern.replace(usual, b""))
    for page in mixed(HTML, ["", "", " "], seed=1, count=5_000):
        source = page.encode()
        assert tokens.TAGS.findall(source) == by_the_book.findall(source), page


def test_what_ends_a_name_and_what_stands_between_two_is_seen_at_once() -> None:
    words = [
        word
        for pattern in (names_of_writers._AFTER, names_of_writers._BETWEEN_NAMES)
        for word in re.findall(r"[^\W\d_]+", pattern.pattern)
    ]
    parts = [*words, *"Ann Lee 3 12 2024 12:30 ( @ http www. , & · 、 /".split()]
    for text in mixed(parts, ["", " ", " ", ", "], seed=2, count=5_000):
        small = lowered(text)
        ends = names_of_writers._MARKS_AFTER.search(small) or names_of_writers._WORDS_AFTER.search(
            small
        )
        assert ends or not names_of_writers._AFTER.search(text), text
        between = names_of_writers._MAY_BE_BETWEEN.search(small)
        assert between or len(names_of_writers._BETWEEN_NAMES.split(text)) == 1, text


@pytest.mark.parametrize("name", [*agencies._BY_WORDS, *agencies._DENSE_NAMES, *agencies._BARE])
def test_each_spelling_of_an_agency_has_a_first_word_or_dense_letters(name: str) -> None:
    words = re.findall(r"\w+", f"By Ann Lee, {name}".casefold())
    is_seen = not agencies._ANY_FIRST_WORD.isdisjoint(words) or agencies._DENSE.search(name)
    assert is_seen
