"""The headline, chosen from what the page states and shows, without site name or section."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from newsextract.extraction.text import clean_line, letters_only
from newsextract.records import Candidate

__all__ = ["ChosenTitle", "choose_title"]

# Of titles on one clean line. Each way to begin is a single character, which is what lets the
# search skip over the others.
_SEPARATORS = re.compile(r" (?:[|·•»«–—:-]+ |[|｜_] ?|[/\\] )|\| ?|｜ ?|_ ?")
_LONGEST = 400
# A visible heading is what readers see; the rest can only outvote it together.
_LEAST_SCORE = 0.2


@dataclass(frozen=True, slots=True)
class ChosenTitle:
    """A title, the candidate it was taken from, and how sure that is (0 to 1)."""

    text: str
    candidate: Candidate
    confidence: float


def choose_title(
    candidates: Collection[Candidate], site_names: Iterable[str]
) -> ChosenTitle | None:
    """Return the title that most sources, weighed by their scores, agree on."""
    sites = {letters for letters in map(letters_only, site_names) if letters}
    # Most pages state one title many times over.
    clean = {value: clean_line(value) for value in {candidate.value for candidate in candidates}}
    offered = [
        (text, candidate)
        for candidate in candidates
        if 0 < len(text := clean[candidate.value]) <= _LONGEST
    ]
    whole = {letters_only(text) for text in {text for text, _ in offered}}
    groups: dict[str, list[tuple[str, Candidate]]] = {}
    cut: dict[str, tuple[str, str]] = {}
    for text, candidate in offered:
        if text not in cut:
            short = _without_site(text, sites, whole)
            cut[text] = short, letters_only(short)
        short, letters = cut[text]
        if letters and letters not in sites:
            groups.setdefault(letters, []).append((short, candidate))
    if not groups:
        return None
    weights = {letters: _weight(group) for letters, group in groups.items()}
    best = max(weights, key=weights.__getitem__)
    weight = weights[best]
    if weight < _LEAST_SCORE:
        return None
    text, candidate = max(groups[best], key=lambda pair: pair[1].score)
    total = sum(weights.values())
    return ChosenTitle(text, candidate, round(min(0.99, 0.4 + 0.6 * weight / total), 3))


def _weight(group: list[tuple[str, Candidate]]) -> float:
    by_source: dict[str, float] = {}
    for _, candidate in group:
        family = candidate.source.partition(":")[0]
        by_source[family] = max(by_source.get(family, 0.0), candidate.score)
    return sum(by_source.values())


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
