"""What gave no article in a batch, from what it has written; and another batch of these inputs."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from newsextract.batch.job import Summary, identity_of, parts_of
from newsextract.batch.run import batch_of, run_batch
from newsextract.batch.shards import read_rows
from newsextract.errors import InvalidOption

__all__ = ["Failed", "failures_in", "retried"]


@dataclass(frozen=True, slots=True)
class Failed:
    """An input that gave no article: where it stands, of what kind the failure is, its row."""

    place: str
    kind: str
    row: bytes


def failures_in(output: Path, kind: str | None = None) -> Iterator[Failed]:
    """Yield the failures that a batch has written, all or those of a kind, in order.

    Raises `OutputFailed` for what no batch has written, `InvalidOption` for CSV, which does not
    hold whole records.
    """
    for part, format_name in parts_of(output):
        if format_name == "csv":
            raise InvalidOption(f"{output} is CSV, which does not hold whole records.")
        for row in read_rows(part, format_name):
            record = msgspec.json.decode(row)
            if record["type"] == "failure" and kind in (None, record["kind"]):
                yield Failed(record["input"], record["kind"], row)


def retried(output: Path, target: Path, kind: str | None = None) -> Summary:
    """Read the inputs that failed once more, as their batch did, and write them to `target`.

    What was written before stays as it is.
    """
    places = frozenset(failure.place for failure in failures_in(output, kind))
    return run_batch(batch_of(identity_of(output), output).again(target, places))
