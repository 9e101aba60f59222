"""Make the weights: python training/train.py CORPUS [--cross-validate BODIES.jsonl].

Reads the corpus folder, labels the blocks of its pages by alignment with the gold, trains, and
writes `weights.npz` beside `model.py` and the model card. With --cross-validate it trains five
models instead, each on the sites of four folds, and writes the bodies that each finds on the
sites of the fifth, for `benchmarks/quality.py --bodies`; the shipped weights stay as they are.
"""

import argparse
import hashlib
import json
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from catboost import CatBoostClassifier, Pool
from dataset import LABELS, TrainingPage, pages
from lexicon import LexiconCounts
from numpy.typing import NDArray
from weights import as_model, write_weights

from newsextract.extraction.body import select_body
from newsextract.extraction.features import Lexicon, describe
from newsextract.extraction.model import Model

PACKAGE = Path(__file__).parent.parent / "src" / "newsextract" / "extraction"
# How much a block of each set counts: the pages labelled by hand, or read by a parser made for
# the site, are news and exact; the others are broader.
SETS = {"fundus_publishers_dev": 4.0, "annotated": 4.0, "wcxb_dev": 1.0, "newspaper4k": 1.0}
FOLDS = 5
BODY = (LABELS.index("text"), LABELS.index("heading"))
TREES = {
    "iterations": 500,
    "depth": 6,
    "learning_rate": 0.1,
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


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--cross-validate", type=Path, metavar="BODIES.jsonl")
    chosen = parser.parse_args()
    started = time.monotonic()
    read = list(pages(chosen.corpus, SETS))
    print(f"{len(read)} pages, {sum(len(page.labels) for page in read)} blocks")
    if chosen.cross_validate:
        cross_validate(read, chosen.cross_validate)
    else:
        model = train(read)
        write_weights(model, PACKAGE / "weights.npz")
        write_card(read, model)
    print(f"{time.monotonic() - started:.0f} s")


def fold_of(page: TrainingPage) -> int:
    """Return the fold of the page's site: all pages of a site are in one fold."""
    return int(hashlib.sha256(page.site.encode()).hexdigest(), 16) % FOLDS


def cross_validate(read: Sequence[TrainingPage], target: Path) -> None:
    """Write for each page the body that a model finds which has not seen the page's site."""
    with target.open("w", encoding="utf-8") as file:
        for fold in range(FOLDS):
            model = train([page for page in read if fold_of(page) != fold])
            for page in read:
                if fold_of(page) == fold:
                    line = {"set": page.set_name, "id": page.id, **body_of(page, model)}
                    file.write(json.dumps(line, ensure_ascii=False) + "\n")
            file.flush()
            print(f"fold {fold + 1} of {FOLDS}")


def body_of(page: TrainingPage, model: Model) -> dict[str, object]:
    """Return the body of a page as the extractor puts it together, and the raw probabilities."""
    rows = describe(page.found, page.context, model.lexicon)
    probabilities = model.probabilities(rows).tolist()
    body = select_body(page.found, probabilities, page.context)
    return {
        "body": "\n\n".join(block.text for block in body.kept),
        "probabilities": [round(probability, 4) for probability in probabilities],
    }


def train(read: Sequence[TrainingPage]) -> Model:
    """Return a model of these pages, its lexicon included."""
    counts = LexiconCounts(read)
    without: dict[str, Lexicon] = {}
    rows = []
    for page in read:
        # The lexicon has seen the labels of its sites; a page must not be told its own.
        if page.site not in without:
            without = {page.site: counts.without(page.site)}
        rows.append(describe(page.found, page.context, without[page.site]))
    features = np.vstack(rows)
    labels = np.concatenate([np.isin(page.labels, BODY) for page in read]).astype(int)
    trees = CatBoostClassifier(**TREES)
    trees.fit(Pool(features, labels, weight=np.concatenate([weights_of(page) for page in read])))
    return as_model(trees, counts.lexicon())


def weights_of(page: TrainingPage) -> NDArray[np.float64]:
    """Return how much each block counts: long ones more, but by the logarithm."""
    words = np.array([len(block.text.split()) for block in page.found.blocks], float)
    return page.weight * (1.0 + np.log1p(words))


def write_card(read: Sequence[TrainingPage], model: Model) -> None:
    """Write down beside the weights what they were made from."""
    counts = {name: sum(page.set_name == name for page in read) for name in SETS}
    card = {
        "made_by": "training/train.py",
        "pages": counts,
        "sites": len({page.site for page in read}),
        "blocks": sum(len(page.labels) for page in read),
        "trees": list(model.columns.shape),
        "names_in_lexicon": len(model.lexicon.names),
        "words_in_lexicon": len(model.lexicon.words),
        "settings": TREES,
    }
    (PACKAGE / "weights.json").write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
