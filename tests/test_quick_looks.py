"""Quick looks find what the patterns do that they stand before."""

import random
import re

import pytest

from newsextract.extraction import agencies, bylines, names, tokens
from newsextract.extraction.digits import has_digit, may_have_digits
from newsextract.extraction.survey import Container, TextBlock
from newsextract.extraction.text import has_other_script, lowered
from newsextract.normalization import author_options
from newsextract.normalization import names as names_of_writers

IN_LOWER_CASE = [
    author_options._DESK,
    author_options._FURNITURE,
    bylines._ANNOUNCED,
    bylines._CLASS_WORD,
    names.AUTHOR_PAGE,
    names_of_writers._AFTER,
    names_of_writers._ANNOUNCING,
    names_of_writers._BELONGING,
    names_of_writers._between_eastern_names(),
    names_of_writers._CREDITED,
    names_of_writers._IN_THE_MIDDLE,
    names_of_writers.ROLE,
]
HTML = [
    *"\" ' = < > / ! ? - a b ab=\"c\" d='e' f=g =\" =' x=\"a>b\" é \x0b \x0c".split(" "),
    *"<p <b> </p> <!-- --> <script <script> </script> <style> </style>".split(),
    *"<svg> <title> </title> <section> <img <![CDATA[ ]]> <mi> <li> <a> <a".split(),
    *"<i <i\x0b <A x/=\"".split(),
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


def test_the_usual_end_of_a_tag_is_its_end_and_plain_tags_are_plain() -> None:
    usual, plain = (f"{pattern}|".encode() for pattern in (tokens._USUAL_END, tokens._PLAIN))
    assert usual in tokens.TAGS.pattern
    assert plain in tokens.TAGS.pattern
    by_the_book = re.compile(tokens.TAGS.pattern.replace(plain, b"").replace(usual, b""))
    count = 0
    for page in mixed(HTML, ["", "", " "], seed=1, count=8_000):
        found, book = (tags.findall(page.encode()) for tags in (tokens.TAGS, by_the_book))
        assert len(found) == len(book), page
        for tag, whole in zip(found, book, strict=True):
            is_plain = tokens.name_of(b"<" + whole).decode() not in (*tokens._TELLING, "")
            assert tag == whole or (tag == b"" and is_plain), page
            count += tag == b""
    assert count > 500


def words_of(*patterns: re.Pattern[str]) -> list[str]:
    """Return the words that patterns spell out, each also in its forms with fewer letters."""
    spelled = re.findall(r"[^\W\d_]+", re.sub(r"\\.", " ", " ".join(p.pattern for p in patterns)))
    return [*spelled, *(word[:-1] for word in spelled), *(f"{word}n" for word in spelled)]


def test_what_ends_a_name_and_what_stands_between_two_is_seen_at_once() -> None:
    between_names = names_of_writers._between_eastern_names()
    words = words_of(names_of_writers._AFTER, between_names)
    parts = [*words, *"Ann Lee 3 12 2024 12:30 ( @ http www. , & · 、 /".split()]
    for text in mixed(parts, ["", " ", " ", ", "], seed=2, count=5_000):
        small = lowered(text.strip())
        ends = names_of_writers._end_of_names(small)
        assert ends or not names_of_writers._AFTER.search(small), text
        between = names_of_writers._may_be_several(small)
        assert between or not between_names.search(small), text


def test_what_announces_a_name_or_belongs_to_it_is_seen_at_once() -> None:
    labels = (names_of_writers._CREDITED, names_of_writers._ANNOUNCING, names_of_writers._GLUED)
    parts = [*words_of(*labels), *words_of(names_of_writers._BELONGING), "Ann", "Lee", "gast", "-"]
    for text in mixed(parts, ["", " ", " ", ": "], seed=3, count=20_000):
        small = lowered(text.strip())
        may_be_labelled = names_of_writers._may_be_labelled(small)
        assert may_be_labelled or not any(
            pattern.match(each) for pattern in labels for each in (small, text.strip())
        ), text
        belonging = names_of_writers._what_it_belongs_to(small)
        assert belonging or not names_of_writers._BELONGING.search(small), text


def test_words_that_tell_what_a_name_is_are_seen_at_once() -> None:
    telling = (author_options._DESK, author_options._FURNITURE, names_of_writers.ROLE)
    endings = ["istrator", "master", "ões", "in", "s", "en", "redaktion", "redação", "rédaction"]
    parts = [*words_of(*telling), *endings, "Ann", "Lee", "2"]
    for text in mixed(parts, ["", " ", " ", "-", ", "], seed=4, count=20_000):
        small = lowered(text)
        is_telling = author_options._may_be_telling(small)
        assert is_telling or not any(pattern.search(small) for pattern in telling), text
        has_role = names_of_writers._role_in(small)
        assert has_role or not names_of_writers.ROLE.search(small), text


@pytest.mark.parametrize("name", "Ph.D. PhD M.D. MBA MSc BS RDN Esq. Esq M.A LL.M DVM".split())
def test_degrees_are_seen_at_once(name: str) -> None:
    assert names_of_writers._degrees_at_end(f"Ann Lee, {name}")


@pytest.mark.parametrize("name", [*agencies._BY_WORDS, *agencies._DENSE_NAMES, *agencies._BARE])
def test_each_spelling_of_an_agency_has_a_first_word_or_dense_letters(name: str) -> None:
    words = re.findall(r"\w+", f"By Ann Lee, {name}".casefold())
    is_seen = not agencies._ANY_FIRST_WORD.isdisjoint(words) or has_other_script(name)
    assert is_seen


@pytest.mark.parametrize(
    "folder",
    "author authors autor autores autoren autori autorin autorka autorzy auteur auteurs by bio "
    "bios byline journalist journalists reporter reporters columnist columnists columnista "
    "columnistas columna columnas contributor contributors writer writers redacteur redacteurs "
    "redakteur redakteure firma firmas penulis yazar yazarlar correspondent correspondents "
    "staff-writers staffwriter giornalisti journaliste journalistes periodista periodistas "
    "profile profiles people person persons staff user users member members team my-team menschen "
    "personen expert experts redaktion profil experten blogger".split(),
)
def test_every_address_of_a_writer_has_a_word_that_is_looked_for(folder: str) -> None:
    address = f"/{folder}/ann-lee"
    if names.AUTHOR_PAGE.search(address):
        assert any(word in address for word in bylines._OF_WRITERS)


def test_digits_of_all_scripts_are_found() -> None:
    paragraph = Container("p", "", "", None, 0, 0, None)
    for letter in map(chr, range(0x110000)):
        if letter.isdigit() or letter.isdecimal():
            assert has_digit(letter)
            assert may_have_digits([TextBlock(0, letter, "paragraph", paragraph, 0, 0, 0)])
    assert not any(map(has_digit, ("", "\0", "No", "é – “”", "½")))
