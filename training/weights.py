"""Trained trees to the arrays that the package ships, and back to a model."""

import json
import tempfile
from pathlib import Path

import numpy as np
from catboost import CatBoostClassifier
from numpy.typing import NDArray

from newsextract.extraction.features import FEATURE_NAMES
from newsextract.extraction.model import Model, Trees

__all__ = ["as_trees", "write_weights"]


def as_trees(trained: CatBoostClassifier) -> Trees:
    """Return trained trees as the package's own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.json"
        trained.save_model(str(path), format="json")
        stored = json.loads(path.read_text(encoding="utf-8"))
    trees = stored["oblivious_trees"]
    depth = max(len(tree["splits"]) for tree in trees)
    columns = np.zeros((len(trees), depth), np.int16)
    limits = np.full((len(trees), depth), np.inf, np.float32)
    leaves = np.zeros((len(trees), 1 << depth), np.float32)
    for row, tree in enumerate(trees):
        for level, split in enumerate(tree["splits"]):
            columns[row, level] = split["float_feature_index"]
            limits[row, level] = split["border"]
        leaves[row, : len(tree["leaf_values"])] = tree["leaf_values"]
    scale, (bias,) = stored["scale_and_bias"]
    return Trees(columns, limits, leaves * np.float32(scale), float(bias))


def write_weights(model: Model, path: Path) -> None:
    """Write the model as plain arrays, the same bytes for the same model."""
    arrays: dict[str, NDArray[np.generic]] = {
        "features": _bytes("\n".join(FEATURE_NAMES)),
    }
    for name, trees in (("body", model.body), ("standfirst", model.standfirst)):
        arrays[f"{name}_columns"] = trees.columns
        arrays[f"{name}_limits"] = trees.limits
        arrays[f"{name}_leaves"] = trees.leaves
        arrays[f"{name}_bias"] = np.float64(trees.bias).reshape(())
    for name, table in (("name", model.lexicon.names), ("word", model.lexicon.words)):
        arrays[f"{name}s"] = _bytes("\n".join(table))
        arrays[f"{name}_scores"] = np.array(list(table.values()), np.float32)
    np.savez_compressed(path, **arrays)


def _bytes(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode(), np.uint8)
