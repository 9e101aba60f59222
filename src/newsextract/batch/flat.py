"""A record in the cells of a row, for tables whose cells hold no lists: CSV and SQLite."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence

__all__ = ["COLUMNS", "cells_of", "csv_line"]

# What a spreadsheet is for: a cell a field; lists with "; " between.
COLUMNS = (
    "input", "type", "url", "canonical_url", "title", "subtitle", "authors", "date",
    "date_modified", "site_name", "language", "section", "tags", "image", "description", "body",
    "word_count", "kind", "page_kind", "confidence", "duplicate_of", "stage", "message", "detail",
)  # fmt: skip


def cells_of(record: Mapping[str, object], columns: Sequence[str] = COLUMNS) -> list[object]:
    """Return what a record, as it is in JSON, has in each column; None where it has nothing."""
    return [_cell(record.get(name)) for name in columns]


def csv_line(cells: Iterable[object]) -> str:
    """Return cells as a line of CSV (RFC 4180), without its end.

    Text stays as it is, also where a spreadsheet would take it for a formula.
    """
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, list):
        return "; ".join(map(str, value))
    if isinstance(value, dict):
        return value.get("url") or json.dumps(value, ensure_ascii=False)
    return value
