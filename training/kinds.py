"""Learn what kind of page a page is: python training/kinds.py CORPUS [--cross-validate].

Writes `page_kinds.json` beside `page_kind.py`. With --cross-validate it learns five times, each
time from the sites of four folds, prints what the weights are worth on those of the fifth, and
leaves what ships as it is.
"""

import argparse
import itertools
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_array, hstack

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

from corpus import read_set
from dataset import site_of
from made import made_pages
from train import FOLDS, PACKAGE, fold_of

from newsextract.extraction.blocks import survey
from newsextract.extraction.context import context_of
from newsextract.extraction.dom import parse
from newsextract.extraction.encoding import decode
from newsextract.extraction.features import describe
from newsextract.extraction.jsonld import json_objects, types_in
from newsextract.extraction.metadata import metadata_candidates
from newsextract.extraction.model import shipped_model
from newsextract.extraction.page_kind import (
    NUMBER_NAMES,
    WORD_GROUPS,
    JudgedKind,
    KindWeights,
    PageWords,
    may_be_article,
    page_facts,
)
from newsextract.records import PageKind

WEIGHTS = PACKAGE / "page_kinds.json"
# The one set with other kinds of pages; those of the others are learned from as articles. Some
# of trafilatura_eval are none (threads, products, pages of firms), so each counts for less.
KINDS_SET = "wcxb_dev"
SETS = {
    KINDS_SET: 1.0,
    "fundus_publishers_dev": 0.5,
    "annotated": 0.5,
    "postlight": 0.5,
    "newspaper4k": 0.5,
    "trafilatura_eval": 0.25,
}
JUDGED = ("fundus_publishers_dev", "annotated", "trafilatura_eval", "postlight")
KINDS: tuple[PageKind, ...] = (
    "article", "listing", "forum", "product", "documentation", "other",
)  # fmt: skip
# What the corpus calls them: a collection is a list of products, a service the page of a firm,
# a school or an office.
KIND_OF: dict[str, PageKind] = {
    "article": "article",
    "listing": "listing",
    "collection": "listing",
    "forum": "forum",
    "product": "product",
    "documentation": "documentation",
    "service": "other",
}
NO_FOLD = -1
OTHERS_COUNT = 5.0
# Each page is learned from as a file as well, of which nobody has said where it came from: an
# address tells so much that without one too little was left.
FILES_COUNT = 0.35
# So many made-up pages of each maker are learned from as well; none of them is judged.
MADE = 60
LIMITS, PENALTY = 4, 30.0
# Learned to the end, so that the weights do not depend on how a machine rounds: 500 rounds were
# too few for two folds of five, and F1 differed by two pages from one machine to another.
TO_THE_END = {"maxiter": 5_000, "maxfun": 10_000, "ftol": 1e-12, "gtol": 1e-6}
# A word that fewer pages have says more of them than of a kind.
FEWEST_PAGES, WORD_PENALTY = 10, 20.0


@dataclass(frozen=True)
class Known:
    """A page: its set and name, its fold, its numbers and words, its kind, how much it counts.

    A page that is in several sets has one name. One that is made up is in no fold. A file is a
    page without its address.
    """

    set: str
    name: str
    fold: int
    numbers: NDArray[np.float64]
    words: PageWords
    kind: int
    weight: float
    is_file: bool = False


def main() -> None:
    """Train, or cross-validate, as the command line asks."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--cross-validate", action="store_true")
    chosen = parser.parse_args()
    pages = list(_pages(chosen.corpus))
    print(f"{len(pages)} pages", file=sys.stderr)
    if chosen.cross_validate:
        print(cross_validate(pages))
    else:
        WEIGHTS.write_text(_as_json(learn(pages)), encoding="utf-8")


def _pages(corpus: Path) -> Iterator[Known]:
    for name in SETS:
        for sample in read_set(corpus, name, every_page_type=True):
            kind = KIND_OF.get(sample.page_type)
            if kind is None or (name != KINDS_SET and kind != "article"):
                continue
            # A page without an address is a site of its own.
            site = site_of(sample.url) or sample.name
            weight = SETS[name] * (1.0 if kind == "article" else OTHERS_COUNT)
            own = _seen(sample.html(), sample.url or "")
            name_of_page = str(sample.path)
            page = Known(name, name_of_page, fold_of(site), *own, KINDS.index(kind), weight)
            yield page
            numbers, words = _seen(sample.html(), "")
            yield replace(
                page, name=f"{name_of_page} (file)", numbers=numbers, words=words,
                weight=FILES_COUNT * weight, is_file=True,
            )  # fmt: skip
    for number, (kind, address, html) in enumerate(made_pages(MADE)):
        own = _seen(html, address)
        yield Known("made", f"made/{number}", NO_FOLD, *own, KINDS.index(kind), 1.0)


def _seen(html: bytes, address: str) -> tuple[NDArray[np.float64], PageWords]:
    found = survey(parse(decode(html).source))
    objects = json_objects(found.scripts)
    candidates = metadata_candidates(found, objects)
    context = context_of(found, objects, candidates)
    rows = describe(found, context, shipped_model().lexicon)
    return page_facts(found, rows, context, types_in(objects), candidates, address)


def learn(pages: Sequence[Known]) -> KindWeights:
    """Return the weights under which what these pages are is likeliest, each page once."""
    # Of pages that are in several sets, the first is learned from.
    known = list({page.name: page for page in reversed(pages)}.values())
    numbers = np.array([page.numbers for page in known])
    shares = np.linspace(0, 1, LIMITS + 2)[1:-1]
    questions = [
        (column, limit)
        for column in range(numbers.shape[1])
        for limit in sorted({0.0, *np.quantile(numbers[:, column], shares).round(4).tolist()})
        if 8 <= np.count_nonzero(numbers[:, column] > limit) <= len(known) - 8
    ]
    columns = np.array([column for column, _ in questions], np.intp)
    limits = np.array([limit for _, limit in questions])
    known_words = _words_of_many(known)
    answers = hstack(
        [
            csr_array(np.ones((len(known), 1))),
            csr_array((numbers[:, columns] > limits).astype(float)),
            _has_words(known, known_words),
        ],
        format="csr",
    )
    of_pages = answers.T.tocsr()
    penalties = np.repeat(
        [0.0, PENALTY, WORD_PENALTY], [1, len(columns), sum(map(len, known_words))]
    )[:, np.newaxis]
    kinds = np.eye(len(KINDS))[[page.kind for page in known]]
    counts = np.array([[page.weight] for page in known])

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = flat.reshape(answers.shape[1], -1)
        sums = answers @ weights
        sums -= sums.max(axis=1, keepdims=True)
        odds = np.exp(sums)
        total = odds.sum(axis=1, keepdims=True)
        missed = float((counts * (np.log(total) - (sums * kinds).sum(axis=1, keepdims=True))).sum())
        gradient = of_pages @ (counts * (odds / total - kinds)) + penalties * weights
        return missed + 0.5 * float((penalties * weights * weights).sum()), gradient.ravel()

    start = np.zeros(answers.shape[1] * len(KINDS))
    best = minimize(loss, start, jac=True, method="L-BFGS-B", options=TO_THE_END)
    weights = best.x.reshape(answers.shape[1], -1).round(2)
    first_word = 1 + len(columns)
    return KindWeights(
        KINDS, columns, limits, weights[1:first_word], weights[0], known_words, weights[first_word:]
    )


def _words_of_many(pages: Sequence[Known]) -> tuple[dict[str, int], ...]:
    """Return the words that enough pages have, by group, with a row for each of all groups."""
    counts = [
        Counter(word for page in pages for word in page.words[at]) for at in range(len(WORD_GROUPS))
    ]
    rows = itertools.count()
    return tuple(
        {word: next(rows) for word in sorted(own) if own[word] >= FEWEST_PAGES} for own in counts
    )


def _has_words(pages: Sequence[Known], known: tuple[dict[str, int], ...]) -> csr_array:
    places = [
        (at, rows[word])
        for at, page in enumerate(pages)
        for rows, own in zip(known, page.words, strict=True)
        for word in sorted(rows.keys() & own)
    ]
    columns = ([at for at, _ in places], [row for _, row in places])
    return csr_array((np.ones(len(places)), columns), shape=(len(pages), sum(map(len, known))))


def cross_validate(pages: Sequence[Known]) -> str:
    """Return what the kinds are worth on sites that the weights have not seen."""
    judged: list[tuple[Known, JudgedKind]] = []
    for fold in range(FOLDS):
        weights = learn([page for page in pages if page.fold != fold])
        judged += [
            (page, weights.judge(page.numbers, page.words)) for page in pages if page.fold == fold
        ]
    lines: list[str] = []
    for what, is_file in (("with their addresses", False), ("as files", True)):
        lines += [
            f"Pages {what}:",
            *_worth([pair for pair in judged if pair[0].is_file == is_file]),
        ]
    return "\n".join(lines)


def _worth(judged: Sequence[tuple[Known, JudgedKind]]) -> Iterator[str]:
    """Yield F1, the table of kinds, and how many articles of the other sets are taken for none."""
    table: Counter[tuple[int, int]] = Counter()
    lost: dict[str, Counter[str]] = {name: Counter() for name in JUDGED}
    refused = 0
    for page, told in judged:
        if page.set == KINDS_SET:
            table[page.kind, KINDS.index(told.kind)] += 1
            refused += page.kind != 0 and not may_be_article(told)
        elif page.set in lost:
            count = lost[page.set]
            count["pages"] += 1
            count["taken for another"] += told.kind != "article"
            count["refused"] += not may_be_article(told)
    right = table[0, 0]
    named, are = (sum(n for pair, n in table.items() if pair[at] == 0) for at in (1, 0))
    rest = table.total() - are
    yield (
        f"{KINDS_SET}: article against the rest F1 {2 * right / (named + are):.4f}, all kinds "
        f"{sum(table[at, at] for at in range(len(KINDS))) / table.total():.1%} right, "
        f"{refused} of {rest} others refused"
    )
    yield f"{'is / taken for':15}" + "".join([f"{kind[:8]:>9}" for kind in KINDS])
    for at, kind in enumerate(KINDS):
        yield f"{kind:15}" + "".join([f"{table[at, to]:9}" for to in range(len(KINDS))])
    for name, count in lost.items():
        yield f"{name}: {dict(count)}"


def _as_json(weights: KindWeights) -> str:
    # What adds next to nothing to any kind is left out.
    questions = [
        [NUMBER_NAMES[column], limit, own]
        for column, limit, own in zip(
            weights.columns.tolist(), weights.limits.tolist(), weights.weights.tolist(), strict=True
        )
        if max(map(abs, own)) >= 0.02
    ]
    words = [
        [group, word, weights.word_weights[row].tolist()]
        for group, rows in zip(WORD_GROUPS, weights.words, strict=True)
        for word, row in rows.items()
        if np.abs(weights.word_weights[row]).max() >= 0.03
    ]
    head = {"made_by": "training/kinds.py", "kinds": list(KINDS), "bias": weights.bias.tolist()}
    lists = [
        f'"{name}": [\n{_as_lines(rows)}\n]'
        for name, rows in (("questions", questions), ("words", words))
    ]
    return json.dumps(head)[:-1] + ", " + ", ".join(lists) + "}\n"


def _as_lines(rows: list[list[object]]) -> str:
    return ",\n".join([json.dumps(row, ensure_ascii=False) for row in rows])


if __name__ == "__main__":
    main()
