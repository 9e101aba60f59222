"""The shipped model: plain data, made for these features, the same numbers everywhere."""

import json
from pathlib import Path

import numpy as np

import newsextract.extraction
from newsextract.extraction.features import FEATURE_NAMES, Lexicon
from newsextract.extraction.model import Model, shipped_model

PLACE = Path(newsextract.extraction.__file__).parent


def test_the_weights_are_plain_arrays_of_a_few_megabytes_for_these_features():
    assert (PLACE / "weights.npz").stat().st_size < 3_000_000
    with np.load(PLACE / "weights.npz", allow_pickle=False) as data:
        assert bytes(data["features"]).decode().split("\n") == list(FEATURE_NAMES)
        assert data["columns"].max() < len(FEATURE_NAMES)
        assert np.isfinite(data["leaves"]).all()


def test_the_model_card_names_data_and_measures():
    card = json.loads((PLACE / "weights.json").read_text(encoding="utf-8"))

    assert card["pages"]["annotated"] > 0
    assert card["trees"] == list(shipped_model().columns.shape)


def test_probabilities_are_the_sum_of_the_leaves_that_the_answers_lead_to():
    model = Model(
        columns=np.array([[0, 1], [1, 1]], np.int16),
        limits=np.array([[0.5, 2.0], [0.0, 3.0]], np.float32),
        leaves=np.array([[0, 1, 2, 3], [10, 20, 30, 40]], np.float32),
        bias=-23.0,
        lexicon=Lexicon(),
    )
    rows = np.array([[1.0, 5.0], [0.0, 1.0]], np.float32)

    # First row: both questions of both trees answered yes, 3 + 40 - 23 = 20; second row: the
    # first tree answers no twice, the second yes and no, 0 + 20 - 23 = -3.
    expected = 1 / (1 + np.exp([-20.0, 3.0]))
    assert np.allclose(model.probabilities(rows), expected)
    assert model.probabilities(np.zeros((0, 2), np.float32)).shape == (0,)


def test_a_row_has_the_same_probability_alone_and_among_others():
    rows = np.random.default_rng(7).normal(size=(50, len(FEATURE_NAMES))).astype(np.float32)

    together = shipped_model().probabilities(rows)
    alone = [float(shipped_model().probabilities(row[None])[0]) for row in rows]

    assert together.tolist() == alone
