"""Rows to files and back: JSON lines, plain or packed, Parquet, CSV, SQLite."""

import gzip
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any

import zstandard

from newsextract.batch.flat import COLUMNS, cells_of, csv_line
from newsextract.errors import MissingExtra

__all__ = ["FILE_FORMATS", "FORMATS", "JSON_FORMATS", "Row", "format_of", "join", "read_rows",
           "write_rows"]  # fmt: skip

# A record as JSON, on one line.
Row = bytes

JSON_FORMATS = ("jsonl", "jsonl.gz", "jsonl.zst")
FORMATS = (*JSON_FORMATS, "parquet")
FILE_FORMATS = (*FORMATS, "csv", "sqlite")
_SUFFIXES = {
    **{f".{name}": name for name in FILE_FORMATS},
    ".ndjson": "jsonl", ".db": "sqlite", ".sqlite3": "sqlite",
}  # fmt: skip
_ZSTD_LEVEL, _GZIP_LEVEL = 6, 6
_ROW_GROUP = 1_000


def format_of(path: Path) -> str | None:
    """Return the format that a file of this name has; none if it can only be a folder."""
    name = path.name.lower()
    return next((own for suffix, own in _SUFFIXES.items() if name.endswith(suffix)), None)


def write_rows(
    rows: Iterable[Row], file: IO[bytes], format_name: str, fields: Sequence[str] | None = None
) -> None:
    """Write rows to an open file, in the same bytes whenever the rows are the same.

    `fields` are those that rows have, all unless some were chosen; tables have no other columns.
    """
    if format_name == "parquet":
        _write_parquet(rows, file, fields)
    elif format_name == "csv":
        _write_csv(rows, file, fields or COLUMNS)
    else:
        _LINE_WRITERS[format_name](rows, file)


def read_rows(path: Path, format_name: str) -> Iterator[Row]:
    """Yield the rows of a file that `write_rows` has written."""
    if format_name == "parquet":
        yield from _parquet_rows(path)
    else:
        with path.open("rb") as raw, _unpacked(raw, format_name) as file:
            for line in file:
                yield line.rstrip(b"\n")


def join(
    parts: Sequence[Path],
    part_format: str,
    target: Path,
    format_name: str,
    fields: Sequence[str] | None = None,
) -> None:
    """Make one file of many; `fields` as for `write_rows`."""
    if format_name in JSON_FORMATS and part_format == format_name:
        # Packed files that follow each other are one packed file (RFC 1952, 2.2; RFC 8878, 3.1).
        with target.open("wb") as file:
            for part in parts:
                with part.open("rb") as own:
                    while piece := own.read(1 << 20):
                        file.write(piece)
        return
    rows = (row for part in parts for row in read_rows(part, part_format))
    if format_name == "sqlite":
        _write_sqlite(rows, target)
    else:
        with target.open("wb") as file:
            write_rows(rows, file, format_name, fields)


def _write_lines(rows: Iterable[Row], file: IO[bytes]) -> None:
    for row in rows:
        file.write(row)
        file.write(b"\n")


def _write_gzip(rows: Iterable[Row], file: IO[bytes]) -> None:
    # Neither name nor time, so that the same rows are the same file.
    with gzip.GzipFile("", "wb", _GZIP_LEVEL, file, mtime=0) as packed:
        _write_lines(rows, packed)  # type: ignore[arg-type]


def _write_zstd(rows: Iterable[Row], file: IO[bytes]) -> None:
    packer = zstandard.ZstdCompressor(level=_ZSTD_LEVEL)
    with packer.stream_writer(file, closefd=False) as packed:
        _write_lines(rows, packed)


def _write_parquet(rows: Iterable[Row], file: IO[bytes], fields: Sequence[str] | None) -> None:
    from newsextract.batch.arrow import batch_of, row_schema

    schema = row_schema(None if fields is None else tuple(fields))
    left = iter(rows)
    with _parquet().ParquetWriter(file, schema, compression="zstd") as writer:
        while group := list(islice(left, _ROW_GROUP)):
            writer.write_batch(batch_of(group, schema))


def _parquet_rows(path: Path) -> Iterator[Row]:
    from newsextract.batch.arrow import rows_of

    with path.open("rb") as raw, closing(_parquet().ParquetFile(raw)) as file:
        for group in file.iter_batches(_ROW_GROUP):
            yield from rows_of(group)


def _parquet() -> Any:
    try:
        import pyarrow.parquet
    except ImportError as error:
        raise MissingExtra(
            "Parquet needs pyarrow; install newsextract[batch] or choose JSON lines."
        ) from error
    return pyarrow.parquet


def _write_csv(rows: Iterable[Row], file: IO[bytes], columns: Sequence[str]) -> None:
    lines = (csv_line(cells_of(json.loads(row), columns)) for row in rows)
    for line in chain([csv_line(columns)], lines):
        file.write(f"{line}\r\n".encode())


def _write_sqlite(rows: Iterable[Row], target: Path) -> None:
    import sqlite3

    target.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(target)) as database:
            database.executescript(_TABLES)
            with database:
                database.executemany(_INSERTION, map(_sqlite_row, rows))
                # An external content table: https://sqlite.org/fts5.html#external_content_tables
                database.execute("INSERT INTO search(search) VALUES ('rebuild')")
    except sqlite3.OperationalError as error:
        # What it raises for a full disk is no OSError.
        raise OSError(str(error)) from error


_TABLES = f"""
CREATE TABLE records ({", ".join(f'"{name}"' for name in COLUMNS)}, record);
CREATE INDEX records_by_url ON records (url);
CREATE VIRTUAL TABLE search USING fts5(title, body, content='records', content_rowid='rowid');
"""

_INSERTION = f"INSERT INTO records VALUES ({','.join('?' * (len(COLUMNS) + 1))})"  # noqa: S608


def _sqlite_row(row: Row) -> list[object]:
    record = json.loads(row)
    return [*cells_of(record), row.decode()]


def _unpacked(raw: IO[bytes], format_name: str) -> Any:
    if format_name == "jsonl.gz":
        return gzip.open(raw)
    if format_name == "jsonl.zst":
        reader = zstandard.ZstdDecompressor().stream_reader(raw, read_across_frames=True)
        return io.BufferedReader(reader)
    return raw


_LINE_WRITERS: dict[str, Callable[[Iterable[Row], IO[bytes]], None]] = {
    "jsonl": _write_lines,
    "jsonl.gz": _write_gzip,
    "jsonl.zst": _write_zstd,
}
