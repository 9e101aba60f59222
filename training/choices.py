"""Learn how much each piece of evidence says for a date, a name or a title.

python training/choices.py CORPUS                    the weights that ship
python training/choices.py CORPUS --cross-validate   what they are worth, by site

A value is described by the functions that describe it in use (`newsextract.normalization`), so
there is nothing here that the package does not have.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

import measures
from corpus import Sample, bad_gold, read_set
from dataset import site_of, without_telling_names
from train import FOLDS, fold_of

import newsextract
from newsextract import Candidate, Extraction, Page
from newsextract.normalization import Normalizer
from newsextract.normalization.author_choice import (
    FIELDS,
    FIELDS_NAMELESS,
    AuthorWeights,
    beside_the_likeliest,
    choose_bylines,
    fields_for,
)
from newsextract.normalization.author_options import AuthorOption, author_options
from newsextract.normalization.choice import BIAS, Weights
from newsextract.normalization.date_choice import best_reading, choose_date
from newsextract.normalization.date_options import date_options
from newsextract.normalization.dates import Locale
from newsextract.normalization.titles import choose_title, title_options

WEIGHTS = Path(newsextract.__file__).parent / "normalization" / "choices.json"
# Gold by hand first: of pages that are in several sets, the first is learned from.
SETS = (
    "annotated", "fundus_publishers_dev", "htmldate_dev", "trafilatura_eval", "postlight",
    "wcxb_dev", "newspaper4k",
)  # fmt: skip
# Evidence on fewer pages than this is noise.
LEAST_PAGES = 4
# Given, not learned: the sets have hardly a page with a name in one of the forms that East Asian
# newsrooms have for their reporters, and a form says it as surely as structured data do. Nor have
# they many whose writer stands in script data alone.
GIVEN = {"dom:reporter": 5.5, "script.author": 2.5, "script.authors": 2.5}


@dataclass(frozen=True)
class Case:
    """A page: what speaks for each option, way by way, and which are right."""

    site: str
    options: Sequence[Collection[frozenset[str]]]
    right: Sequence[bool]


@dataclass(frozen=True)
class Known:
    """A page of a set, and what the extractor found on it, or on it without telling names."""

    sample: Sample
    site: str
    extraction: Extraction
    is_nameless: bool

    @property
    def name(self) -> str:
        """What it is called, apart from the same page with its names."""
        return f"{self.sample.name}, nameless" if self.is_nameless else self.sample.name

    @property
    def judged_with(self) -> str:
        """The set that it is judged with."""
        return f"{self.sample.set}, nameless" if self.is_nameless else self.sample.set


def main() -> int:
    """Train, or cross-validate, as the command line asks."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--cross-validate", action="store_true")
    parser.add_argument("--fields", nargs="+", default=list(LEARNERS), choices=LEARNERS)
    options = parser.parse_args()
    pages = list(_pages(options.corpus))
    print(f"{len(pages)} pages", file=sys.stderr)
    fields = options.fields
    if options.cross_validate:
        for field in fields:
            print(LEARNERS[field].judge(pages))
        return 0
    weights = json.loads(WEIGHTS.read_text("utf-8")) if WEIGHTS.exists() else {}
    for field in fields:
        weights |= {name: learned.of for name, learned in LEARNERS[field].learn(pages).items()}
    text = json.dumps(weights, ensure_ascii=False, indent=1, sort_keys=True)
    WEIGHTS.write_text(text + "\n", encoding="utf-8")
    return 0


def _pages(corpus: Path) -> Iterator[Known]:
    bad = bad_gold()
    for name in SETS:
        for sample in read_set(corpus, name):
            if sample.name in bad:
                continue
            site = site_of(sample.url) or sample.id
            html = sample.html()
            bare = without_telling_names(html, sample.name)
            for body, is_nameless in ((html, False), (bare, True)):
                try:
                    extraction = newsextract.extract_page(Page(body=body, url=sample.url))
                except newsextract.NewsextractError:
                    continue
                yield Known(sample, site, extraction, is_nameless)


def fit(
    cases: Sequence[Case], *, exclusive: bool, penalty: float, around: Weights | None = None
) -> Weights:
    """Return the weights under which what is right is likeliest, with a ridge penalty.

    The penalty is for what is far from the weights that are known already (`around`), or from none.

    `exclusive`: of a page's options one at most is right, or none (a conditional logit with an
    outside option of weight zero); else each is right or wrong by itself (logistic regression). The
    odds of the ways that give an option add up.
    """
    pages_with = Counter(
        name for case in cases for name in set().union(*(way for o in case.options for way in o))
    )
    start = {} if around is None else around.of
    seen = {name for name, count in pages_with.items() if count >= LEAST_PAGES}
    names = [BIAS, *sorted((seen | start.keys()) - {BIAS})]
    place = {name: index for index, name in enumerate(names)}
    rows: list[int] = []
    columns: list[int] = []
    # The ways of one group compete: all of a page where one option at most is right, else those of
    # one option alone.
    group_of: list[int] = []
    right: list[bool] = []
    groups = 0
    for case in cases:
        for ways, is_right in zip(case.options, case.right, strict=True):
            for way in sorted(ways, key=sorted):
                told = [0, *(place[name] for name in sorted(way) if name in place)]
                rows += [len(right)] * len(told)
                columns += told
                group_of.append(groups)
                right.append(is_right)
            groups += not exclusive
        groups += exclusive
    matrix = csr_matrix((np.ones(len(rows)), (rows, columns)), (len(right), len(names)))
    is_right, group = np.array(right, bool), np.array(group_of)
    known = np.array([start.get(name, 0.0) for name in names])

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        likely, gradient = _loss(weights, matrix, is_right, group, groups)
        far = weights - known
        # What all values have is free.
        far[0] = 0.0
        return likely + 0.5 * penalty * float(far @ far), gradient + penalty * far

    found = minimize(
        loss,
        known,
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": 500},
    )
    return Weights(
        {name: round(float(w), 3) for name, w in zip(names, found.x, strict=True) if abs(w) >= 0.01}
    )


def _loss(
    weights: NDArray[np.float64],
    matrix: csr_matrix,
    right: NDArray[np.bool_],
    group: NDArray[np.int64],
    count: int,
) -> tuple[float, NDArray[np.float64]]:
    odds = np.exp(np.clip(matrix @ weights, -30, 30))
    total = 1.0 + np.bincount(group, odds, count)
    good = np.bincount(group, odds * right, count)
    # Where no option is right, none should be taken.
    has_right = np.bincount(group, right, count) > 0
    numerator = np.where(has_right, good, 1.0)
    loss = float(np.sum(np.log(total) - np.log(numerator)))
    wanted = odds * right / numerator[group] * has_right[group]
    return loss, matrix.T @ (odds / total[group] - wanted)


class Learner:
    """How a field is learned and judged.

    Its weights have names: `field` for those by which it is chosen.
    """

    field: str
    exclusive = True
    penalty = 1.0

    def __init__(self) -> None:
        self._cases: dict[str, Case | None] = {}

    def case(self, page: Known) -> Case | None:
        """Return the options of a page with those that are right; nothing if it is not known."""
        raise NotImplementedError

    def score(self, page: Known, weights: Mapping[str, Weights]) -> str:
        """Return how the choice comes out on a page: `right`, `wrong` or `missing`."""
        raise NotImplementedError

    def learn(self, pages: Sequence[Known]) -> dict[str, Weights]:
        """Return the weights that these pages teach, each page once, with its names."""
        known = self._each_once([page for page in pages if not page.is_nameless])
        cases = [case for _, case in known]
        return {self.field: fit(cases, exclusive=self.exclusive, penalty=self.penalty)}

    def _each_once(self, pages: Sequence[Known]) -> list[tuple[Known, Case]]:
        known: dict[Path, tuple[Known, Case]] = {}
        for page in pages:
            if page.sample.path not in known and (case := self._case(page)) is not None:
                known[page.sample.path] = page, case
        return list(known.values())

    def _case(self, page: Known) -> Case | None:
        if page.name not in self._cases:
            self._cases[page.name] = self.case(page)
        return self._cases[page.name]

    def judge(self, pages: Sequence[Known]) -> str:
        """Return a table of what the choice is worth on sites that it has not seen."""
        counts: dict[str, Counter[str]] = {}
        for fold in range(FOLDS):
            weights = self.learn([page for page in pages if fold_of(page.site) != fold])
            for page in pages:
                if fold_of(page.site) == fold and self._case(page) is not None:
                    outcome = self.score(page, weights)
                    counts.setdefault(page.judged_with, Counter())[outcome] += 1
        lines = [f"{type(self).__name__}, {FOLDS} folds by site"]
        for name, count in counts.items():
            total = count.total()
            shares = ", ".join(f"{what} {n / total:.1%}" for what, n in sorted(count.items()))
            lines.append(f"  {name}: {total} pages, {shares}")
        return "\n".join(lines)


class Dates(Learner):
    """The day of publication."""

    field = "date"

    def case(self, page: Known) -> Case | None:
        """Return the ways in which a page gives days."""
        gold = page.sample.gold
        if not gold.date and "date" not in gold.absent:
            return None
        candidates, locale, rest = _date_arguments(page)
        options = date_options(candidates, locale, **rest)
        values = [best_reading(option, options).value.isoformat() for option in options.values()]
        return Case(
            page.site,
            [option.ways for option in options.values()],
            [gold.date is not None and self._judge(page, value) == "right" for value in values],
        )

    def score(self, page: Known, weights: Mapping[str, Weights]) -> str:
        """Return `invented` for a date where the page is known to have none."""
        candidates, locale, rest = _date_arguments(page)
        chosen = choose_date(candidates, locale, **rest, weights=weights[self.field])
        value = chosen.value.isoformat() if chosen else None
        return (
            self._judge(page, value) if page.sample.gold.date else "invented" if value else "none"
        )

    def _judge(self, page: Known, value: str | None) -> str:
        gold = page.sample.gold
        return measures.judge_day(gold.date or "", value, tolerance=1 if gold.in_utc else 0)


class Titles(Learner):
    """The headline that readers see."""

    field = "title"

    def case(self, page: Known) -> Case | None:
        """Return the texts that a page offers."""
        gold = page.sample.gold
        if not gold.title:
            return None
        told = measures.unified(gold.title)
        options = title_options(*_title_arguments(page))
        return Case(
            page.site,
            [[frozenset(option.evidence)] for option in options],
            [measures.unified(option.text) == told for option in options],
        )

    def score(self, page: Known, weights: Mapping[str, Weights]) -> str:
        """Return `right` for the very title."""
        chosen = choose_title(*_title_arguments(page), weights=weights[self.field])
        if chosen is None:
            return "missing"
        gold = page.sample.gold.title or ""
        return "right" if measures.unified(chosen.text) == measures.unified(gold) else "wrong"


class Authors(Learner):
    """The names that a page credits with its text: people and organisations, as the gold is.

    What is learned for the second look is learned from pages of sites that the first has not seen,
    as in use.
    """

    field = "authors"
    exclusive = False
    penalty, penalty_around = 3.0, 6.0

    def __init__(self) -> None:
        super().__init__()
        self._options: dict[str, list[AuthorOption]] = {}

    def case(self, page: Known) -> Case | None:
        """Return the names that a page offers."""
        gold = page.sample.gold
        if not gold.authors and "authors" not in gold.absent:
            return None
        told = set(map(measures.unified, gold.authors))
        options = author_options(*_author_arguments(page))
        if not told:
            # Of people who looked at the page: what it states out of sight they cannot know.
            options = [option for option in options if "stated" not in option.groups]
        self._options[page.name] = options
        return Case(
            page.site,
            [[frozenset(option.evidence)] for option in options],
            [measures.unified(option.text) in told for option in options],
        )

    def learn(self, pages: Sequence[Known]) -> dict[str, Weights]:
        """Return the weights for a name by itself, and beside the likeliest of its page.

        Those for pages without telling names of elements are learned around those for the others,
        from the same pages made nameless.
        """
        named = self._learn([page for page in pages if not page.is_nameless], None)
        nameless = self._learn([page for page in pages if page.is_nameless], named)
        return dict(zip((*FIELDS, *FIELDS_NAMELESS), (*named, *nameless), strict=True))

    def _learn(self, pages: Sequence[Known], around: AuthorWeights | None) -> AuthorWeights:
        known = self._each_once(pages)
        first_known, second_known = around or (None, None)
        beside: list[Case] = []
        for fold in range(FOLDS):
            others = [case for page, case in known if fold_of(page.site) != fold]
            first = self._fit(others, first_known)
            beside += [
                self._beside(page, case, first)
                for page, case in known
                if fold_of(page.site) == fold
            ]
        return AuthorWeights(
            first=self._fit([case for _, case in known], first_known),
            second=self._fit(beside, second_known),
        )

    def _fit(self, cases: Sequence[Case], around: Weights | None) -> Weights:
        penalty = self.penalty if around is None else self.penalty_around
        weights = fit(cases, exclusive=self.exclusive, penalty=penalty, around=around)
        return Weights({**weights.of, **GIVEN})

    def _beside(self, page: Known, case: Case, first: Weights) -> Case:
        options = self._options[page.name]
        odds = [first.weigh(option.evidence) for option in options]
        beside = beside_the_likeliest(options, odds)
        ways = [
            [frozenset(option.evidence.union(told))]
            for option, told in zip(options, beside, strict=True)
        ]
        return Case(case.site, ways, case.right)

    def judge(self, pages: Sequence[Known]) -> str:
        """Return F1 (all names; people alone) and the share of pages with a name too many."""
        results: dict[str, list[tuple[float, float, bool]]] = {}
        invented: dict[str, list[bool]] = {}
        for fold in range(FOLDS):
            learned = self.learn([page for page in pages if fold_of(page.site) != fold])
            for page in pages:
                if fold_of(page.site) != fold or self._case(page) is None:
                    continue
                named = _author_arguments(page)
                weights = AuthorWeights(*[learned[field] for field in fields_for(named[0])])
                people, houses = choose_bylines(*named, weights=weights)
                names = [chosen.text for chosen in (*people, *houses)]
                gold = page.sample.gold.authors
                if not gold:
                    invented.setdefault(page.judged_with, []).append(bool(names))
                    continue
                results.setdefault(page.judged_with, []).append(
                    (
                        measures.author_f1(gold, names),
                        measures.author_f1(gold, [chosen.text for chosen in people]),
                        measures.has_spurious_author(gold, names),
                    )
                )
        lines = [f"{type(self).__name__}, {FOLDS} folds by site"]
        for name, found in results.items():
            f1, of_people, spurious = np.mean(np.array(found, float), axis=0)
            lines.append(
                f"  {name}: {len(found)} pages, F1 {f1:.3f} (people alone {of_people:.3f}), "
                f"a name too many on {spurious:.1%}"
            )
        for name, too_many in invented.items():
            lines.append(f"  {name}: {np.mean(too_many):.1%} of {len(too_many)} pages without any")
        return "\n".join(lines)


def _author_arguments(page: Known) -> tuple[list[Candidate], list[str], str | None, str]:
    normalizer = Normalizer(page.extraction)
    title = choose_title(*normalizer.title_arguments())
    named = normalizer.by_field.get("authors", [])
    return named, normalizer.site_names(), title.text if title else None, normalizer.body


def _title_arguments(page: Known) -> tuple[list[Candidate], list[str]]:
    return Normalizer(page.extraction).title_arguments()


def _date_arguments(page: Known) -> tuple[Sequence[Candidate], Locale, dict[str, Any]]:
    extraction = page.extraction
    rest = {"url": extraction.url or "", "now": extraction.fetched_at}
    return extraction.candidates, Normalizer(extraction).locale(), rest


LEARNERS: dict[str, Learner] = {
    learner.field: learner for learner in (Dates(), Titles(), Authors())
}

if __name__ == "__main__":
    sys.exit(main())
