"""What a page says of its writers below their story: "Ann Lee covers the coast for the Herald".

Such a line begins with the whole name of somebody whom the page credits with the story, and whom
the story itself does not speak of. So it is told in any language, and without names of elements.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import pairwise

from newsextract.extraction.blocks import TextBlock
from newsextract.extraction.bylines import BARE_LINE
from newsextract.extraction.patterns import when_needed
from newsextract.extraction.text import begins_dense, letters_only, lowered
from newsextract.records import Candidate

__all__ = ["about_writers"]

# The last blocks of a story of at least so much running text.
_LAST_BLOCKS, _LEAST_STORY = 3, 400
# In characters: what is said of a writer at least, in scripts with and without spaces; at most.
_LEAST_SAID, _LEAST_SAID_DENSE, _LONGEST = 15, 6, 800
# A name has two words at least; more than five are more than one name.
_FEWEST_WORDS, _MOST_WORDS = 2, 5
_LEAST_LETTERS, _LEAST_DENSE, _MOST_DENSE = 6, 3, 8
_LONGEST_BYLINE, _MOST_BYLINES = 120, 20
_ABOVE_STORY = frozenset(("place:head", "place:over"))
# Who speaks in an interview is named so, and who tells the news.
_SPEAKS = (":", "：", "「", "『", "“", "„", '"')
_AROUND = "(（*•|· "
# "The author is …": the group that is there is who.
_calls_itself = when_needed(
    r"((?:the|our) (?:author|writer|columnist|reviewer)s?) (?:is|are|was|lives?|works?|teach(?:es)?|writes?|has been)\b|"
    r"((?:der|die|unsere?) (?:gast)?(?:autor|verfasser|kolumnist)(?:[:*]?in(?:nen)?|en)?) (?:ist|sind|war|lebt|leben|arbeitet|lehrt|leitet|schreibt|studiert)\b|"
    r"(l['’]aut(?:eure?|rice)|les auteurs) (?:est|sont|vit|vivent|travaille|enseigne|dirige)\b|"
    r"(el autor|la autora|los autores) (?:es|son|vive|trabaja|dirige|enseña)\b|(o autor|a autora) (?:é|vive|trabalha|dirige|leciona)\b|"
    r"(l['’]aut(?:ore|rice)) (?:è|vive|lavora|insegna|dirige)\b|(de (?:auteur|schrijver|schrijfster)) (?:is|werkt|woont|doceert)\b|"
    r"(autor(?:ka)?) (?:jest|pracuje|mieszka|kieruje|wykłada)\b|(автор) (?:является|работает|живёт|живет|преподаёт|преподает|[—–-])|"
    r"(författaren|forfatteren|skribenten) (?:är|er|arbetar|arbejder|arbeider|bor)\b|(yazar) .{4,80}(?:yaşıyor|çalışıyor|öğretim üyesi)|"
    r"(筆者|著者)は|(本文作者|作者)(?:为|為|是|系|係)"
)


def about_writers(
    story: Sequence[TextBlock], candidates: Iterable[Candidate], sites: Sequence[str]
) -> list[TextBlock]:
    """Return the blocks at the end of a story that are about its writers, with their heading.

    `sites` are the letters of the site's names, which are no writer's.
    """
    if not story:
        return []
    bylines = [
        (own, is_bare)
        for own, is_bare in _bylines(candidates)
        if not any(own in site or site in own for site in sites)
    ]
    names = [(block, _named_first(block.text, bylines)) for block in story[-_LAST_BLOCKS:]]
    if not any(name for _, name in names):
        names = [*_below_their_names(story), *_calling_themselves(story)][:1]
    named = {block.index: name for block, name in names if name}
    # The name alone stands above what is said of the writer.
    told = [
        block for block in story if block.index not in named and block.letters not in named.values()
    ]
    if not named or sum(block.prose for block in told) < _LEAST_STORY:
        return []
    about = [
        block for block, name in names if name and not any(name in other.letters for other in told)
    ]
    return about + _above(about, story, {named[block.index] for block in about})


def _below_their_names(story: Sequence[TextBlock]) -> Iterator[tuple[TextBlock, str]]:
    """Yield the last block with the name that it begins with, if that is the heading above it.

    Where more sections begin with their heading it is a list of people, places or wares.
    """
    found = [
        (below, block.letters)
        for block, below in pairwise(story)
        if block.kind == "heading" and below.kind != "heading" and _goes_on_about(block, below)
    ]
    if len(found) == 1 and found[0][0] is story[-1]:
        yield found[0]


def _calling_themselves(story: Sequence[TextBlock]) -> Iterator[tuple[TextBlock, str]]:
    """Yield the last block where it begins as "The author is …" does, with who that is.

    A review speaks of its author all along.
    """
    last = story[-1]
    if len(last.text) <= _LONGEST and (
        found := _calls_itself().match(lowered(last.text.lstrip(_AROUND)))
    ):
        yield last, letters_only(found[found.lastindex or 0])


def _goes_on_about(heading: TextBlock, below: TextBlock) -> bool:
    words = heading.text.split()
    return (
        _FEWEST_WORDS <= len(words) <= _MOST_WORDS
        and below.text.startswith(heading.text)
        and _named_first(below.text, [(heading.letters, True)]) != ""
    )


def _bylines(candidates: Iterable[Candidate]) -> Iterator[tuple[str, bool]]:
    """Yield the letters of what is stated of the writers, or stands above the story.

    With whether only its place says that a line is a byline: it has to be the name alone then.
    """
    known: set[str] = set()
    for candidate in candidates:
        if candidate.field != "authors" or candidate.value in known:
            continue
        is_shown = candidate.source.startswith("dom:")
        if (
            len(candidate.value) <= _LONGEST_BYLINE
            and "organization" not in candidate.evidence
            and not (is_shown and _ABOVE_STORY.isdisjoint(candidate.evidence))
        ):
            known.add(candidate.value)
            yield letters_only(candidate.value), candidate.source == BARE_LINE
            if len(known) == _MOST_BYLINES:
                return


def _named_first(text: str, bylines: Sequence[tuple[str, bool]]) -> str:
    """Return the letters of the name that a line begins with, if it goes on about who has it."""
    line = text.lstrip(_AROUND)
    if len(line) > _LONGEST or not line[:1].isalpha():
        return ""
    if begins_dense(line):
        for size in range(_MOST_DENSE, _LEAST_DENSE - 1, -1):
            if _is_of_byline(line[:size], bylines):
                return line[:size] if _goes_on(line[size:], _LEAST_SAID_DENSE) else ""
        return ""
    words = line.split(None, _MOST_WORDS)
    for count in range(min(_MOST_WORDS, len(words) - 1), _FEWEST_WORDS - 1, -1):
        name = letters_only("".join(words[:count]))
        if len(name) >= _LEAST_LETTERS and _is_of_byline(name, bylines):
            speaks = words[count - 1].endswith(_SPEAKS)
            return "" if speaks or not _goes_on(" ".join(words[count:]), _LEAST_SAID) else name
    return ""


def _is_of_byline(name: str, bylines: Sequence[tuple[str, bool]]) -> bool:
    return any(name == own or (name in own and not is_bare) for own, is_bare in bylines)


def _goes_on(rest: str, least: int) -> bool:
    return len(rest) >= least and not rest.lstrip().startswith(_SPEAKS)


def _above(
    about: Sequence[TextBlock], story: Sequence[TextBlock], names: Container[str]
) -> list[TextBlock]:
    """Return the headings above, and the names alone, that nothing else of the story is below."""
    left_out = {block.index for block in about}
    found = []
    below = None
    for block in reversed(story):
        if block.index in left_out:
            below = block
        elif below is not None and (block.kind == "heading" or block.letters in names):
            found.append(block)
        else:
            return found
    return found
