"""Which of the names that a page states and shows are those of its writers.

How much each piece of evidence weighs is learned. Names are looked at twice: at first each by
itself, then beside those that were the likeliest at first, since a weak byline is the right one
where there is none better, and wrong where there is. On pages whose elements have no names that say
anything, evidence weighs otherwise: no line is called a byline there. Whether a name is that of a
person or of an organisation (an agency, a desk, the site itself) is told afterwards.
"""

import itertools
from collections.abc import Iterable, Iterator, KeysView, Sequence
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from newsextract.extraction.bylines import NAMELESS
from newsextract.normalization.author_options import AuthorOption, author_options
from newsextract.normalization.choice import Weights, shipped_weights
from newsextract.records import Candidate

__all__ = [
    "FIELDS",
    "FIELDS_NAMELESS",
    "AuthorWeights",
    "ChosenName",
    "beside_the_likeliest",
    "choose_bylines",
    "fields_for",
    "likely_authors",
]

# The names of the weights: those at first, those beside the likeliest.
FIELDS = ("authors at first", "authors")
FIELDS_NAMELESS = ("nameless authors at first", "nameless authors")
# By cross-validation: a page that names anybody for a writer nearly always has one, so that the
# likeliest name is taken at odds that are too low for a second one; a list of writers is taken
# with its weaker names.
_LEAST_CHANCE, _LEAST_CHANCE_ALONE, _LEAST_BESIDE = 0.5, 0.38, 0.25
# Levels and steps on the scale of logarithms of odds.
_LITTLE = 0.5
_LEVELS = ((1.5, "sure"), (0.0, "likely"), (-1.5, "doubtful"))
_STEPS = ((3.0, "much"), (1.5, "more"), (_LITTLE, "little"))
_MOST_RANK = 4
# What the only name of a page is compared with.
_NOBODY = -3.0
_LOWEST, _HIGHEST = -5, 4
# Below this no comparison makes a writer of a name; most names are words of menus.
_HOPELESS = -5.0

# A name with its chance to be a writer's.
_Likely: TypeAlias = tuple[float, AuthorOption]
# The odds of a name by itself, and the kinds of sources that give it.
_Odds: TypeAlias = tuple[float, KeysView[str]]


class AuthorWeights(NamedTuple):
    """What evidence weighs when a name is looked at by itself, and then beside the others."""

    first: Weights
    second: Weights


class ChosenName(NamedTuple):
    """A name of a byline, the candidate that gives it, and how sure it is (0 to 1)."""

    text: str
    candidate: Candidate
    confidence: float


def choose_bylines(
    candidates: Sequence[Candidate],
    site_names: Iterable[str],
    title: str | None = None,
    story: str = "",
    weights: AuthorWeights | None = None,
) -> tuple[list[ChosenName], list[ChosenName]]:
    """Return the people and the organisations that a page credits with its text, in order."""
    likely = likely_authors(candidates, site_names, title, story, weights)
    if not likely:
        return [], []
    kept = _without_overlaps(_likely_enough(likely))
    people: list[ChosenName] = []
    organisations: list[ChosenName] = []
    for chance, option in kept:
        chosen = ChosenName(option.text, _teller(option), round(min(0.99, chance), 3))
        (organisations if option.is_organisation else people).append(chosen)
    return people, organisations


def _likely_enough(likely: Sequence[_Likely]) -> list[_Likely]:
    """Keep the names that are likely by themselves, and what is nearly so and stands beside them.

    People who share a line or a list are its writers or none is; an agency in it has helped.
    """
    sure = [option for chance, option in likely if chance >= _LEAST_CHANCE]
    if not sure:
        best = max(likely, key=lambda pair: pair[0])
        sure = [best[1]] if best[0] >= _LEAST_CHANCE_ALONE else []
    return [
        (chance, option)
        for chance, option in likely
        if option in sure or (chance >= _LEAST_BESIDE and _stands_beside(option, sure))
    ]


def _stands_beside(option: AuthorOption, sure: Iterable[AuthorOption]) -> bool:
    is_agency = "agency" in option.evidence
    if not is_agency and option.looks != "person":
        return False
    return any(
        option.kinds == other.kinds or not option.values.isdisjoint(other.values)
        for other in sure
        if is_agency or other.looks == "person"
    )


def likely_authors(
    candidates: Sequence[Candidate],
    site_names: Iterable[str],
    title: str | None,
    story: str,
    weights: AuthorWeights | None = None,
) -> list[_Likely]:
    """Return the names that a page offers, in order, each with its chance to be a writer's."""
    options = author_options(candidates, site_names, title, story)
    weights = weights or AuthorWeights(*map(shipped_weights, fields_for(candidates)))
    odds = [weights.first.weigh(option.evidence) for option in options]
    beside = beside_the_likeliest(options, odds)
    return [
        (weights.second.chance([itertools.chain(option.evidence, told)]), option)
        if own > _HOPELESS
        else (0.0, option)
        for option, own, told in zip(options, odds, beside, strict=True)
    ]


def fields_for(candidates: Iterable[Candidate]) -> tuple[str, str]:
    """Return the names of the weights for a page: those at first, those beside the likeliest."""
    is_nameless = any(NAMELESS in candidate.evidence for candidate in candidates)
    return FIELDS_NAMELESS if is_nameless else FIELDS


def beside_the_likeliest(
    options: Sequence[AuthorOption], odds: Sequence[float]
) -> list[Iterator[str]]:
    """Return for each name how it compares to the likeliest, by the odds of each by itself."""
    known = [(own, option.kinds) for own, option in zip(odds, options, strict=True)]
    ranked = sorted(known, key=itemgetter(0), reverse=True)
    return [_standing(own, kinds, ranked) for own, kinds in known]


def _rank(odds: float, kinds: KeysView[str], ranked: Iterable[_Odds]) -> int:
    """Return how many names are likelier, as far as it matters.

    Those who are listed together do not contend with each other.
    """
    likelier = itertools.takewhile(lambda other: other[0] - odds > _LITTLE, ranked)
    contending = (other for other in likelier if other[1] != kinds)
    return sum(1 for _ in itertools.islice(contending, _MOST_RANK))


def _standing(own: float, kinds: KeysView[str], ranked: Sequence[_Odds]) -> Iterator[str]:
    """Yield how the odds of a name stand to the highest of its page, of which the first is best."""
    best = ranked[0][0]
    level = f"best {_above(_LEVELS, best) or 'unlikely'}"
    rank = _rank(own, kinds, ranked)
    yield level
    yield f"rank {rank}"
    yield f"rank {rank}, {level}"
    yield f"at first {max(_LOWEST, min(_HIGHEST, round(own)))}"
    if own == best:
        following = ranked[1][0] if len(ranked) > 1 else _NOBODY
        yield f"better by {_above(_STEPS, best - following) or 'nothing'}"
    else:
        yield f"worse by {_above(_STEPS, best - own) or 'nothing'}"


def _above(levels: Iterable[tuple[float, str]], value: float) -> str | None:
    return next((name for least, name in levels if value > least), None)


def _without_overlaps(kept: list[_Likely]) -> list[_Likely]:
    """Keep of two names that share their words, such as with and without a role, the likelier."""
    parts = {option.letters for _, option in kept if "only joined" not in option.evidence}
    kept = [
        (chance, option)
        for chance, option in kept
        if "only joined" not in option.evidence or not any(part in option.letters for part in parts)
    ]
    words = [set(option.text.casefold().replace(",", " ").split()) for _, option in kept]
    letters = [option.letters for _, option in kept]
    return [
        kept[i]
        for i in range(len(kept))
        if not any(
            i != j
            and (
                words[i] <= words[j]
                or words[j] <= words[i]
                or letters[i] in letters[j]
                or letters[j] in letters[i]
            )
            and (kept[j][0], -j) > (kept[i][0], -i)
            for j in range(len(kept))
        )
    ]


def _teller(option: AuthorOption) -> Candidate:
    return max((each.candidate for each in option.given), key=lambda candidate: candidate.score)
