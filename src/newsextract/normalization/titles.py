"""The headline, chosen from what the page states and shows, without site name or section.

Texts with the same letters are one option, wherever they stand; what speaks for it is who gives it
and how it stands to the others, and how much that weighs is learned.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from newsextract.extraction.text import (
    begins_dense,
    clean_line,
    letters_only,
    unescaped_line,
    words,
)
from newsextract.normalization.choice import Weights, kind_of, shipped_weights
from newsextract.records import Candidate

__all__ = ["ChosenTitle", "TitleOption", "choose_title", "title_options"]

# Of titles on one clean line. Each way to begin is a single character, which is what lets the
# search skip over the others.
_SEPARATORS = re.compile(r" (?:[|·•»«–—:-]+ |[|｜_] ?|[/\\] )|\| ?|｜ ?|_ ?")
# What stands behind these at the end of a title is the site's name or a section, whoever it is of;
# a dash parts the two halves of many headlines, but hardly any in scripts without spaces.
_BARS = re.compile(r"\s*[|｜»•]\s*|\s::\s")
_DENSE_BARS = re.compile(r"\s*[|｜»•_]\s*|\s(?:::|[-–—<])\s|--")
_LONGEST_END, _LONGEST_DENSE_END, _MOST_END_WORDS, _MOST_ENDS = 30, 12, 4, 3
# What pages put between two lines of a headline, but not behind what ends a sentence.
_BETWEEN_LINES = re.compile(r"(?:(?<=\S): | [|–—-] )")
# "3 May 2024", "May 3, 2024", "03.05.2024 | 10:15 | News", "2024-05-03", 2024年5月3日.
_DATE_AT_END = re.compile(
    r"(?:\s[|·•–—-])?\s(?:(?:\d{1,2}(?:st|nd|rd|th|[.º])?[\s./-]{1,2}"
    r"(?:(?:de )?[^\W\d_]{3,12}\.?|\d{1,2})[\s./-]{1,2}(?:de )?|"
    r"[^\W\d_]{3,12}\.? \d{1,2}(?:st|nd|rd|th)?,? )(?:19|20)\d\d(?!\d)|"
    r"(?:19|20)\d\d[-/年]\d{1,2}[-/月]\d{1,2}日?)(?:\W.*)?$"
)
_ENDS = frozenset(".!?…。！？")
_LONGEST = 400
_MOST_OPTIONS = 24
# A title is better than none, unless nothing speaks for it.
_LEAST_SHARE = 0.05


@dataclass(slots=True)
class TitleOption:
    """A text that may be the title, and the candidates that give it.

    `evidence` is what speaks for it, `is_shown` tells whether readers see it, `stated` is how it is
    told to machines, if it is, `stated_by` by what kinds of sources. `families` are the kinds of
    markup that it stands in.
    """

    text: str
    letters: str
    candidates: list[Candidate] = field(default_factory=list)
    evidence: set[str] = field(default_factory=set)
    is_shown: bool = False
    stated: list[str] = field(default_factory=list)
    stated_by: set[str] = field(default_factory=set)
    families: set[str] = field(default_factory=set)


class ChosenTitle(NamedTuple):
    """A title, the candidate it was taken from, and how sure that is (0 to 1)."""

    text: str
    candidate: Candidate
    confidence: float


def choose_title(
    candidates: Collection[Candidate],
    site_names: Iterable[str],
    *,
    weights: Weights | None = None,
) -> ChosenTitle | None:
    """Return the likeliest title."""
    options = title_options(candidates, site_names)
    if not options:
        return None
    weights = weights or shipped_weights("title")
    shares = weights.shares([[option.evidence] for option in options])
    share, option = max(zip(shares, options, strict=True), key=lambda pair: pair[0])
    if share < _LEAST_SHARE:
        return None
    candidate = max(option.candidates, key=lambda candidate: candidate.score)
    text = option.text if option.is_shown else _without_ends(option.text)
    return ChosenTitle(text, candidate, round(min(0.99, share), 3))


def _without_ends(text: str) -> str:
    """Cut off what is short and stands behind a bar, of a title that the page shows nowhere."""
    for _ in range(_MOST_ENDS):
        is_dense = begins_dense(text.rstrip(")]」』”\"'!?")[-1:])
        *_, bar = [None, *(_DENSE_BARS if is_dense else _BARS).finditer(text)]
        if bar is None:
            break
        head, end = text[: bar.start()], text[bar.end() :]
        longest = _LONGEST_DENSE_END if is_dense else _LONGEST_END
        is_short = len(end) <= min(longest, len(head)) and len(end.split()) <= _MOST_END_WORDS
        if not is_short or not (is_dense or len(head.split()) > 2):
            break
        text = head
    return text


def title_options(
    candidates: Collection[Candidate], site_names: Iterable[str]
) -> list[TitleOption]:
    """Return the texts that a page offers for its title, with what speaks for each."""
    sites = {letters for letters in map(letters_only, site_names) if letters}
    lines = [_line_of(candidate) for candidate in candidates]
    # Most pages state one title many times over.
    whole = set(map(letters_only, set(lines)))
    cut: dict[str, tuple[str, str]] = {}
    options: dict[str, TitleOption] = {}
    for candidate, text in zip(candidates, lines, strict=True):
        if not 0 < len(text) <= _LONGEST:
            continue
        if text not in cut:
            short = _without_site(text, sites, whole)
            cut[text] = short, letters_only(short)
        short, letters = cut[text]
        if not letters or letters in sites:
            continue
        if letters not in options:
            if len(options) == _MOST_OPTIONS:
                continue
            options[letters] = TitleOption(short, letters)
        _give(options[letters], candidate, short, is_cut=short != text)
    told = zip(candidates, lines, strict=True)
    found = _without_dates(options, (text for own, text in told if not _is_shown(own)))
    for option in found:
        if option.is_shown:
            option.text = _with_marks(option.text, option.stated)
    _compare(found)
    return found


def _without_dates(options: dict[str, TitleOption], stated: Iterable[str]) -> list[TitleOption]:
    """Cut the date off a headline that has it in the same element, where the page states the rest.

    `stated` are the texts that readers do not see.
    """
    pieces: set[str] = set()
    for option in list(options.values()):
        if not option.is_shown or not ("20" in option.text or "19" in option.text):
            continue
        shown = _DATE_AT_END.sub("", option.text)
        letters = letters_only(shown)
        pieces = pieces or {letters_only(part) for text in stated for part in _parted(text)}
        if letters != option.letters and letters in pieces:
            del options[option.letters]
            headline = options.setdefault(letters, TitleOption(shown, letters))
            for candidate in option.candidates:
                _give(headline, candidate, shown, is_cut=False)
    return list(options.values())


def _parted(text: str) -> list[str]:
    return [text, *_SEPARATORS.split(text)]


def _give(option: TitleOption, candidate: Candidate, text: str, *, is_cut: bool) -> None:
    source = kind_of(candidate.source)
    if not _is_shown(candidate):
        option.stated.append(text)
        option.stated_by.add(source)
    elif not option.is_shown:
        option.is_shown = True
        option.text = text  # as readers see it
    option.candidates.append(candidate)
    option.families.add(candidate.source.partition(":")[0])
    option.evidence.add(source)
    if is_cut:
        option.evidence.add(f"{source} cut")
    option.evidence.update([f"{source} {name}" for name in candidate.evidence])


def _line_of(candidate: Candidate) -> str:
    return clean_line(candidate.value) if _is_shown(candidate) else unescaped_line(candidate.value)


def _with_marks(shown: str, stated: Iterable[str]) -> str:
    """Return the shown text with the mark that a page states between two lines of its headline.

    A page that shows "Floods" above "Dam holds" often states "Floods: Dam holds".
    """
    for text in stated:
        if len(text) > len(shown) and any(
            _are_lines_of(shown, text[: mark.start()], text[mark.end() :])
            for mark in _BETWEEN_LINES.finditer(text)
        ):
            return text
    return shown


def _are_lines_of(shown: str, first: str, second: str) -> bool:
    """Tell whether the shown text is the one line and the other with no mark between them."""
    return (
        bool(second)
        and first[-1:] not in _ENDS
        and shown.startswith(first)
        and shown.endswith(second)
        and len(shown) - len(first) - len(second) in (0, 1)
    )


def _is_shown(candidate: Candidate) -> bool:
    return candidate.source.startswith("dom:") and candidate.source != "dom:title"


def _compare(options: Sequence[TitleOption]) -> None:
    """Note how each text stands to the others: who agrees, which is part of which."""
    stated = [option for option in options if option.stated]
    shown = [option for option in options if option.is_shown]
    vocabularies: list[frozenset[str]] = []
    for option in options:
        role = "shown" if option.is_shown else "unseen"
        families, stated_by = min(len(option.families), 3), min(len(option.stated_by), 5)
        about = [f"families: {families}", f"stated by {stated_by}", _size(option.text)]
        about += _parts(option, stated, "a stated one")
        about += _parts(option, shown, "a shown one")
        option.evidence.update([f"{role}, {each}" for each in about])
        if stated and not option.stated:
            vocabularies = vocabularies or [frozenset(words(other.text)) for other in stated]
            own = frozenset(words(option.text))
            alike = max([_alike(own, other) for other in vocabularies])
            option.evidence.add(f"alike {int(alike * 4)}")
        if not shown:
            option.evidence.add("none is shown")


def _size(text: str) -> str:
    """Return a word for how many words a title has."""
    count = len(text.split())
    return "tiny" if count <= 2 else "short" if count <= 4 else "long" if count >= 18 else "fair"


def _parts(option: TitleOption, others: Sequence[TitleOption], what: str) -> Iterator[str]:
    for other in others:
        if other is option:
            continue
        if other.letters in option.letters:
            at = "ends" if option.letters.endswith(other.letters) else "begins"
            yield f"{at} with {what}"
        elif option.letters in other.letters:
            yield f"part of {what}"


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    """Return which share of the words of the shorter the other has."""
    return len(one & other) / max(1, min(len(one), len(other)))


def _without_site(text: str, sites: set[str], whole: set[str]) -> str:
    """Cut "Site / Section / Headline | Site" down to the headline."""
    cuts = list(_SEPARATORS.finditer(text))
    if not cuts:
        return text
    for start, end in _pieces(text, cuts):
        piece = text[start:end]
        if (
            letters_only(piece) in whole
            and end - start > len(text) / 4
            and (start or end < len(text))
        ):
            return piece
    for cut in reversed(cuts):
        if letters_only(text[cut.end() :]) in sites:
            return _without_site(text[: cut.start()], sites, whole)
    for cut in cuts:
        if letters_only(text[: cut.start()]) in sites:
            return text[cut.end() :]
    return text


def _pieces(text: str, cuts: list[re.Match[str]]) -> list[tuple[int, int]]:
    """Return where the runs between separators that begin or end the text stand, longest first."""
    heads = [(0, cut.start()) for cut in reversed(cuts)]
    tails = [(cut.end(), len(text)) for cut in cuts]
    return sorted(heads + tails, key=lambda piece: piece[0] - piece[1])
