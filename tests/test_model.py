"""The shipped model: plain data, made for these features, the same numbers everywhere."""

import json
from pathlib import Path

import numpy as np

import newsextract.extraction
from newsextract.extraction.features import FEATURE_NAMES
from newsextract.extraction.lexicon import Lexicon
from newsextract.extraction.model import Model, Trees, shipped_model

PLACE = Path(newsextract.extraction.__file__).parent


def test_the_weights_are_plain_arrays_of_a_few_megabytes_for_these_features():
    assert (PLACE / "weights.npz").stat().st_size < 3_000_000
    with np.load(PLACE / "weights.npz", allow_pickle=False) as data:
        assert bytes(data["features"]).decode().split("\n") == list(FEATURE_NAMES)
        for name in ("body", "standfirst"):
            assert data[f"{name}_columns"].max() < len(FEATURE_NAMES)
            assert np.isfinite(data[f"{name}_leaves"]).all()


def test_the_model_card_names_data_and_measures():
    card = json.loads((PLACE / "weights.json").read_text(encoding="utf-8"))

    assert card["pages"]["annotated"] > 0
    assert card["trees"]["body"] == list(shipped_model().body.columns.shape)
    assert card["trees"]["standfirst"] == list(shipped_model().standfirst.columns.shape)


TREES = Trees(
    columns=np.array([[0, 1], [1, 1]], np.int16),
    limits=np.array([[0.5, 2.0], [0.0, 3.0]], np.float32),
    leaves=np.array([[0, 1, 2, 3], [10, 20, 30, 40]], np.float32),
    bias=-23.0,
)


def test_probabilities_are_the_sum_of_the_leaves_that_the_answers_lead_to():
    model = Model(TREES, TREES, Lexicon())
    # A row for each feature, a column for each block.
    rows = np.array([[1.0, 0.0], [5.0, 1.0]], np.float32)

    # First block: both questions of both trees answered yes, 3 + 40 - 23 = 20; second block: the
    # first tree answers no twice, the second yes and no, 0 + 20 - 23 = -3.
    expected = 1 / (1 + np.exp([-20.0, 3.0]))
    assert np.allclose(model.probabilities(rows), expected)
    assert np.allclose(model.standfirst_probabilities(rows, [1]), expected[1:])
    assert model.probabilities(np.zeros((2, 0), np.float32)).shape == (0,)
    assert model.standfirst_probabilities(rows, []).shape == (0,)


def test_a_block_has_the_same_probability_alone_and_among_others():
    rows = np.random.default_rng(7).normal(size=(len(FEATURE_NAMES), 4_100)).astype(np.float32)

    together = shipped_model().probabilities(rows)
    some = (*range(50), 1_999, 2_000, 4_099)
    alone = [float(shipped_model().probabilities(rows[:, [block]])[0]) for block in some]

    assert np.allclose(together[list(some)], alone, rtol=1e-12)
