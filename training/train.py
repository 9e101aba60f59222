"""Make the weights: python training/train.py CORPUS [--cross-validate TEXTS.jsonl].

Reads the corpus folder, labels the blocks of its pages by alignment with the gold, trains, and
writes `weights.npz` beside `model.py` and the model card. With --cross-validate it trains five
models instead, each on the sites of four folds, and writes the texts that the extractor finds
with each on the sites of the fifth, for `benchmarks/quality.py --bodies`, and beside them those
of the same pages without telling names of elements; the shipped weights stay as they are.
"""

import argparse
import hashlib
import json
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from catboost import CatBoostClassifier, Pool
from counting import LexiconCounts
from dataset import LABELS, Source, TrainingPage, labelled, nameless, sources
from numpy.typing import NDArray
from weights import as_trees, write_weights

from newsextract.errors import NewsextractError
from newsextract.extraction import extract_with
from newsextract.extraction.features import FEATURE_NAMES, describe
from newsextract.extraction.model import Model, Trees
from newsextract.normalization import normalize
from newsextract.options import Options
from newsextract.records import Page

PACKAGE = Path(__file__).parent.parent / "src" / "newsextract" / "extraction"
# How much a block of each set counts: the pages labelled by hand, or read by a parser made for
# the site, are news and exact; the others are broader.
SETS = {"fundus_publishers_dev": 4.0, "annotated": 4.0, "wcxb_dev": 1.0, "newspaper4k": 1.0}
# Sets that are judged as well, though nothing is learned from them.
JUDGED = ("trafilatura_eval",)
# Each page is learned from once more with names of elements that say nothing: from the names alone
# too much was learned, and comments and teasers of sites without telling ones were taken for text.
NAMELESS = 0.5
# What pages of firms, shops, manuals and lists count of that: from stories alone the model was sure
# of nothing on them, and of the wrong things. Of threads nothing is learned, since what they are
# made of stands below articles as comments.
OTHER_PAGES = 0.2
NOT_LEARNED = ("forum",)
FOLDS = 5
BODY = (LABELS.index("text"), LABELS.index("heading"))
STANDFIRST = (LABELS.index("standfirst"),)
# Right in the body and right without: such blocks count less.
EITHER_WAY = (LABELS.index("embed"), LABELS.index("note"))
# Short blocks that are all link are most of every page; of those that are not body text this
# share is learned from, each counting for the others.
MENU_SHARE, MENU_LENGTH = 0.3, 40
TREES = {
    "iterations": 600,
    "depth": 6,
    "learning_rate": 0.07,
    "l2_leaf_reg": 8,
    "border_count": 48,
    "bootstrap_type": "Bernoulli",
    "subsample": 0.7,
    "rsm": 0.25,
    "boosting_type": "Plain",
    "random_seed": 1,
    "thread_count": 2,
    "allow_writing_files": False,
    "verbose": False,
}
STANDFIRST_TREES = TREES | {"iterations": 120, "depth": 5, "learning_rate": 0.1}

MEASURES = (
    "The README has the figures on sites that the model had not seen: texts by `python "
    "training/train.py CORPUS --cross-validate B.jsonl`, measured by `python benchmarks/quality.py "
    "CORPUS --bodies B.jsonl`. On the pages that the weights were made from they score higher."
)
LIMITS = (
    "Made from news pages, blogs and magazines, most of them in English and German; other "
    "languages have few pages, and many have none.",
    "Pages that are no stories (firms, shops, manuals, lists) count for a fifth, threads for "
    "nothing; on these, live tickers, recipes and walls it is wrong most often.",
    "The standfirst was learned from the two sets whose gold knows it.",
    "Counts and amounts are told up to a bound, so that a very long story looks like a long one.",
)


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--cross-validate", type=Path, metavar="TEXTS.jsonl")
    chosen = parser.parse_args()
    started = time.monotonic()
    read = [source for name in SETS for source in sources(chosen.corpus, name)]
    learned = [
        source
        for source in read
        if source.is_readable and (source.is_story or source.page_type not in NOT_LEARNED)
    ]
    pages = [labelled(source) for source in learned]
    print(f"{len(pages)} pages, {sum(len(page.labels) for page in pages)} blocks")
    pages += [labelled(nameless(source)) for source in learned if source.is_story]
    if chosen.cross_validate:
        read += [source for name in JUDGED for source in sources(chosen.corpus, name)]
        cross_validate(pages, read, chosen.cross_validate)
    else:
        model = train(pages)
        write_weights(model, PACKAGE / "weights.npz")
        write_card(pages, model)
    print(f"{time.monotonic() - started:.0f} s")


def fold_of(site: str) -> int:
    """Return the fold of a site: all its pages, of all sets, are in one fold."""
    return int(hashlib.sha256(site.encode()).hexdigest(), 16) % FOLDS


def cross_validate(pages: Sequence[TrainingPage], read: Sequence[Source], target: Path) -> None:
    """Write for each page the text that a model finds which has not seen the page's site.

    And beside it, in `….nameless.jsonl`, the texts of the same pages without telling names.
    """
    beside = target.with_suffix(".nameless.jsonl")
    with target.open("w", encoding="utf-8") as named, beside.open("w", encoding="utf-8") as bare:
        for fold in range(FOLDS):
            model = train([page for page in pages if fold_of(page.site) != fold])
            for source in read:
                if fold_of(source.site) == fold:
                    for file, page in ((named, source), (bare, nameless(source))):
                        line = {"set": source.set_name, "id": source.id, **text_of(page, model)}
                        file.write(json.dumps(line, ensure_ascii=False) + "\n")
            named.flush()
            print(f"fold {fold + 1} of {FOLDS}", flush=True)


def text_of(source: Source, model: Model) -> dict[str, object]:
    """Return the text of a page, standfirst and body, as the whole extractor finds it."""
    page = Page(body=source.html, url=source.url or "")
    try:
        article = normalize(extract_with(model, page, Options()))
    except NewsextractError as error:
        return {"body": "", "confidence": 0.0, "failure": error.failure.kind}
    return {
        # With the entries of a live page, which the gold has in its body.
        "body": article.text.removeprefix(f"{article.subtitle}\n\n"),
        "standfirst": article.subtitle or "",
        "confidence": article.confidence,
    }


def train(pages: Sequence[TrainingPage]) -> Model:
    """Return a model of these pages, its lexicon included."""
    counts = LexiconCounts([page for page in pages if page.is_story and not page.is_nameless])
    without = {}
    parts = []
    for page in sorted(pages, key=lambda page: page.site):
        # The lexicon has seen the labels of its sites; a page must not be told its own.
        if page.site not in without:
            without = {page.site: counts.without(page.site)}
        parts.append(_examples(page, describe(page.found, page.context, without[page.site])))
    features, labels, weights, standfirst_weights = (
        np.concatenate(columns) for columns in zip(*parts, strict=True)
    )
    body = np.isin(labels, BODY)
    is_menu = (
        (features[:, FEATURE_NAMES.index("link_density")] > 0.9)
        & (features[:, FEATURE_NAMES.index("length")] < np.log1p(MENU_LENGTH))
        & ~body
    )
    drawn = np.random.default_rng(1).random(len(labels)) < MENU_SHARE
    weights = np.where(is_menu, drawn / MENU_SHARE, 1.0) * weights
    return Model(
        _trees(TREES, features, body, weights),
        _trees(STANDFIRST_TREES, features, np.isin(labels, STANDFIRST), standfirst_weights),
        counts.lexicon(),
    )


def _examples(
    page: TrainingPage, rows: NDArray[np.float32]
) -> tuple[NDArray[np.float32], NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Return the features of a page's blocks, their labels, and how much each counts."""
    labels = np.array(page.labels, np.int64)
    words = np.array([len(block.text.split()) for block in page.found.blocks], float)
    # Long blocks count more, but by the logarithm.
    share = SETS[page.set_name] * (NAMELESS if page.is_nameless else 1.0)
    share *= 1.0 if page.is_story else OTHER_PAGES
    weights = share * (1.0 + np.log1p(words))
    standfirst_weights = weights * page.knows_standfirst
    return (
        rows.T,
        labels,
        np.where(np.isin(labels, EITHER_WAY), 0.5, 1.0) * weights,
        standfirst_weights,
    )


def _trees(
    settings: dict[str, object],
    features: NDArray[np.float32],
    labels: NDArray[np.bool_],
    weights: NDArray[np.float64],
) -> Trees:
    some = weights > 0
    trained = CatBoostClassifier(**settings)
    trained.fit(Pool(features[some], labels[some].astype(int), weight=weights[some]))
    return as_trees(trained)


def write_card(pages: Sequence[TrainingPage], model: Model) -> None:
    """Write down beside the weights what they were made from."""
    named = [page for page in pages if not page.is_nameless]
    card = {
        "made_by": "training/train.py",
        "pages": {name: sum(page.set_name == name for page in named) for name in SETS},
        "sites": len({page.site for page in named}),
        "blocks": sum(len(page.labels) for page in named),
        "pages_that_are_no_stories": sum(not page.is_story for page in named),
        "again_without_names": NAMELESS,
        "trees": {
            "body": list(model.body.columns.shape),
            "standfirst": list(model.standfirst.columns.shape),
        },
        "names_in_lexicon": len(model.lexicon.names),
        "words_in_lexicon": len(model.lexicon.words),
        "settings": {"body": TREES, "standfirst": STANDFIRST_TREES},
        "measures": MEASURES,
        "limits": LIMITS,
    }
    (PACKAGE / "weights.json").write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
