"""Many pages in, an article or a failure out for each, in bounded time and memory.

`run_batch` does what `newsextract batch` does; `extract_table` is for engines that hand around
Arrow tables: Ray, Spark and the like.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsextract.batch.arrow import extract_table, row_schema
    from newsextract.batch.inputs import read_inputs
    from newsextract.batch.items import Item
    from newsextract.batch.job import Summary
    from newsextract.batch.run import Batch, Progress, run_batch

__all__ = [
    "Batch", "Item", "Progress", "Summary", "extract_table", "read_inputs", "row_schema",
    "run_batch",
]  # fmt: skip

_HOMES = {
    "Batch": "run", "Item": "items", "Progress": "run", "Summary": "job",
    "extract_table": "arrow", "read_inputs": "inputs", "row_schema": "arrow", "run_batch": "run",
}  # fmt: skip


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
