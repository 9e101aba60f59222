"""Lists of addresses and tables with pages: text, CSV, JSON lines and Parquet."""

import contextlib
import csv
import functools
import io
import itertools
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from newsextract.batch.columns import (
    Columns,
    address_item,
    choose,
    failed_file,
    failed_record,
    is_address,
)
from newsextract.batch.items import Item
from newsextract.batch.members import Damage
from newsextract.batch.unpacking import LARGEST_LINE, lines_of, open_unpacked, what_is_wrong
from newsextract.errors import MissingExtra

if TYPE_CHECKING:
    import pyarrow.parquet

__all__ = ["Load", "json_items", "list_items", "read_csv", "read_json_lines", "read_list",
           "read_parquet"]  # fmt: skip

# What gives an item when it is wanted, and costs little when it is passed over.
Load = Callable[[], Item]

_BOM = "\ufeff"
_DELIMITERS = ",;\t|"
# So many lines may come before the first object of a file.
_LINES_BEFORE_THE_FIRST = 100
_ROWS_AT_ONCE = 16
_READ_AT_ONCE = 1 << 20


def read_list(path: Path) -> Iterator[Load]:
    """Yield the addresses of a text file, one a line."""
    return _from_file(path, functools.partial(list_items, str(path)))


def list_items(name: str, lines: Iterator[bytes | None]) -> Iterator[Load]:
    """Yield the address of each line; empty ones and comments are none."""
    for number, line in enumerate(lines, 1):
        place = f"{name}:{number}"
        if line is None:
            yield functools.partial(failed_record, place, _too_long())
            continue
        text = line.decode("utf-8", "replace").removeprefix(_BOM).strip()
        if text and not text.startswith("#"):
            yield functools.partial(address_item, place, text)


def read_json_lines(path: Path, column: str | None, url_column: str | None) -> Iterator[Load]:
    """Yield what each object of a file of JSON lines is; the first one tells the columns."""
    columns = None
    # What is wrong comes up once more in its turn, and is a failure then.
    with contextlib.suppress(Damage, OSError), open_unpacked(path) as file:
        for line in itertools.islice(lines_of(file), _LINES_BEFORE_THE_FIRST):
            row = _decoded(line)
            if isinstance(row, dict):
                columns = choose(list(row), column, url_column, str(path))
                break
    rows = functools.partial(
        json_items, str(path), column=column, url_column=url_column, columns=columns
    )
    return _from_file(path, rows)


def json_items(
    name: str,
    lines: Iterator[bytes | None],
    *,
    column: str | None,
    url_column: str | None,
    columns: Columns | None = None,
) -> Iterator[Load]:
    """Yield what each object of these lines is, as soon as its line is there."""
    for number, line in enumerate(lines, 1):
        if columns is None and isinstance(row := _decoded(line), dict):
            columns = choose(list(row), column, url_column, name)
        if line is None or line.strip():
            yield functools.partial(_json_item, f"{name}:{number}", line, columns)


def _json_item(place: str, line: bytes | None, columns: Columns | None) -> Item:
    if line is None:
        return failed_record(place, _too_long())
    row = _decoded(line)
    if not isinstance(row, dict) or columns is None:
        return failed_record(place, "the line is not a JSON object")
    return columns.item(place, row)


def _decoded(line: bytes | None) -> object:
    """Return what a line says, `None` for what is no JSON."""
    import msgspec

    text = (line or b"").removeprefix(_BOM.encode())
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass
    try:
        # Python writes NaN and halves of characters, and reads them.
        return json.loads(text.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return None


def _from_file(
    path: Path, rows: Callable[[Iterator[bytes | None]], Iterator[Load]]
) -> Iterator[Load]:
    def opened() -> Iterator[Load]:
        with open_unpacked(path) as file:
            yield from rows(lines_of(file))

    return _guarded(path, opened)


def read_csv(path: Path, column: str | None, url_column: str | None) -> Iterator[Load]:
    """Yield what each row of a table is; its first line has the names of its columns.

    A table without names whose first line has an address is read for the addresses in that column.
    """
    # A limit of the whole process, and too low for pages.
    csv.field_size_limit(max(csv.field_size_limit(), LARGEST_LINE))
    head = ""
    # What is wrong comes up once more in its turn, and is a failure then.
    with contextlib.suppress(Damage, OSError), open_unpacked(path) as file:
        head = next(_text_lines(file), "")
    delimiter = max(_DELIMITERS, key=head.count)
    names = [name.strip() for name in next(csv.reader([head], delimiter=delimiter), [])]
    addresses = [number for number, name in enumerate(names) if is_address(name)]
    if not names:
        columns = Columns(page=None, address="")
    elif addresses and column is None and url_column is None:
        names = [str(number) for number in range(len(names))]
        columns = Columns(page=None, address=str(addresses[0]))
    else:
        columns = choose(names, column, url_column, str(path))
        addresses = []
    rows = functools.partial(_csv_rows, path, delimiter, names, columns, bool(addresses))
    return _guarded(path, rows)


def _csv_rows(
    path: Path, delimiter: str, names: Sequence[str], columns: Columns, first_counts: bool
) -> Iterator[Load]:
    with open_unpacked(path) as file:
        reader = csv.reader(_text_lines(file), delimiter=delimiter)
        if not first_counts:
            next(reader, None)
        while True:
            place = f"{path}:{reader.line_num + 1}"
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield functools.partial(failed_record, place, str(error))
                continue
            if cells:
                yield functools.partial(_csv_item, place, cells, names, columns)


def _csv_item(place: str, cells: list[str], names: Sequence[str], columns: Columns) -> Item:
    row = dict(zip(names, cells, strict=False))
    missing = [name for name in columns.names if name not in row]
    if missing:
        return failed_record(place, f"the row ends before the column {missing[0]!r}")
    return columns.item(place, row)


def _text_lines(file: BinaryIO) -> Iterator[str]:
    text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="replace", newline="")
    # A line without end would be read into memory as a whole.
    while line := text.readline(LARGEST_LINE):
        yield line


def read_parquet(path: Path, column: str | None, url_column: str | None) -> Iterator[Load]:
    """Yield what each row of a Parquet file is, read a few rows at a time."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise MissingExtra(
            "Parquet files need the extra batch; install it with pip install 'newsextract[batch]'.",
            detail=str(error),
        ) from error
    try:
        with pyarrow.parquet.ParquetFile(path) as file:
            names = file.schema_arrow.names
    except (pyarrow.ArrowException, OSError) as error:
        return iter([functools.partial(failed_file, str(path), str(error))])
    columns = choose(names, column, url_column, str(path))
    return _guarded(path, functools.partial(_parquet_rows, path, columns))


def _parquet_rows(path: Path, columns: Columns) -> Iterator[Load]:
    import pyarrow.parquet

    number = 0
    # As they are needed, not the columns of a whole row group at once.
    with pyarrow.parquet.ParquetFile(path, buffer_size=_READ_AT_ONCE, pre_buffer=False) as file:
        for group in range(file.num_row_groups):
            rows = _Group(file, group, columns)
            for row in range(file.metadata.row_group(group).num_rows):
                yield functools.partial(rows.item, row, f"{path}#{number}")
                number += 1


class _Group:
    """The rows of a row group, which is not read before one of them is wanted."""

    def __init__(self, file: "pyarrow.parquet.ParquetFile", group: int, columns: Columns) -> None:
        self._columns = columns
        self._rows = _rows_of(file, group, columns.names)
        self._next = 0
        self._cause = ""

    def item(self, row: int, place: str) -> Item:
        """Return what a row is; rows are asked for in order, but not all of them."""
        import pyarrow

        values: dict[str, object] = {}
        try:
            while self._next <= row:
                values = next(self._rows)
                self._next += 1
        except (pyarrow.ArrowException, OSError) as error:
            self._cause = str(error)
        except StopIteration:
            return failed_record(place, self._cause or "the row is missing")
        if self._cause:
            return failed_record(place, self._cause)
        return self._columns.item(place, values)


def _rows_of(
    file: "pyarrow.parquet.ParquetFile", group: int, names: list[str]
) -> Iterator[dict[str, object]]:
    for batch in file.iter_batches(_ROWS_AT_ONCE, row_groups=[group], columns=names):
        for row in range(batch.num_rows):
            yield {name: batch.column(name)[row].as_py() for name in names}


def _guarded(path: Path, rows: Callable[[], Iterator[Load]]) -> Iterator[Load]:
    try:
        yield from rows()
    except (Damage, OSError) as error:
        yield functools.partial(failed_file, str(path), what_is_wrong(error))


def _too_long() -> str:
    return f"the line is longer than {LARGEST_LINE:,} bytes"
