"""Records as Arrow tables, and pages in Arrow tables to records: what engines hand around.

The schema is made from the types of the records, so that it has whatever they have.
"""

import dataclasses
import datetime as dt
import functools
import itertools
import types
import typing
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from newsextract.batch.items import Item
from newsextract.errors import (
    Failure,
    InvalidOption,
    MissingExtra,
    NewsextractError,
    OutOfMemory,
    TooComplex,
    WorkerDied,
)
from newsextract.options import Options
from newsextract.records import Article, Moment

if TYPE_CHECKING:
    import pyarrow as pa

    from newsextract.batch.reading import Reader

__all__ = ["ROW_FIELDS", "batch_of", "extract_table", "row_schema", "rows_of"]

# Beside what a record has: where its input stood, and of which other it is a duplicate.
_OWN = ("input", "duplicate_of")
_HTML_COLUMNS = ("html", "content", "raw_html", "body")
_MOST_BYTES = 256_000_000


def _record_fields() -> dict[str, Any]:
    hints: dict[str, Any] = dict.fromkeys(_OWN, str)
    for record in (Article, Failure):
        # What both have is of one type in Arrow.
        for name, hint in _hints(record).items():
            hints.setdefault(name, hint)
    return hints


def _hints(record: type) -> dict[str, Any]:
    hints = typing.get_type_hints(record)
    return {field.name: hints[field.name] for field in dataclasses.fields(record)}


ROW_FIELDS: tuple[str, ...] = tuple(_record_fields())


@functools.cache
def row_schema(fields: tuple[str, ...] | None = None) -> "pa.Schema":
    """Return the schema of rows: a column for each field of an article or a failure.

    Or for those alone that are named.
    """
    pa = _pyarrow()
    hints = _record_fields()
    return pa.schema([(name, _arrow_type(hints[name])) for name in fields or hints])


def batch_of(rows: Sequence[bytes], schema: "pa.Schema | None" = None) -> "pa.RecordBatch":
    """Return rows, each a record as JSON, as a record batch."""
    pa = _pyarrow()
    records = [msgspec.json.decode(row) for row in rows]
    for record in records:
        # A map is a list of pairs in Arrow.
        record["sources"] = list((record.get("sources") or {}).items())
    return pa.RecordBatch.from_pylist(records, schema=schema or row_schema())


def rows_of(batch: "pa.RecordBatch") -> Iterator[bytes]:
    """Yield the rows that a record batch was made of."""
    fields = {"article": list(_hints(Article)), "failure": list(_hints(Failure))}
    for record in batch.to_pylist():
        row = {name: record[name] for name in _OWN if record.get(name) is not None}
        row |= {name: record[name] for name in fields[record["type"]] if name in record}
        if "sources" in row:
            row["sources"] = dict(row["sources"])
        yield msgspec.json.encode(row)


def extract_table(
    table: "pa.Table",
    *,
    column: str | None = None,
    url_column: str | None = None,
    input_column: str | None = None,
    options: Options | None = None,
) -> "pa.Table":
    """Return a table with a record for each row of a table with HTML, in their order.

    `column` holds the HTML, text or bytes; without it, the first there is of `html`, `content`,
    `raw_html` and `body`. `url_column` tells where a page is from; without it, `url`, if there is
    one. `input` is what `input_column` has there, or the number of the row in this table. What
    gives no article is a row of type `failure`; nothing is raised for a page. The schema is
    `row_schema()`, whatever the pages are. A pure function that pickles by its name: for Ray,
    Spark and the like, which run it in processes of their own.

    Raises `InvalidOption` where the table has no such column, or no text or bytes in it.
    """
    from newsextract.batch.reading import Reader

    pa = _pyarrow()
    bodies = _cells(table, _html_column(table.column_names, column))
    urls = _texts(table, url_column or ("url" if "url" in table.column_names else None))
    places = _texts(table, input_column)
    read = Reader(options or Options())
    rows = (
        _row(read, Item(place=str(number) if place is None else place, url=url, **body))
        for number, (body, url, place) in enumerate(zip(bodies, urls, places, strict=True))
    )
    schema = row_schema()
    return pa.Table.from_batches([batch_of(some, schema) for some in _pieces(rows)], schema)


def _row(read: "Reader", item: Item) -> bytes:
    from newsextract.batch.reading import row_of

    error: NewsextractError
    try:
        return row_of(item.place, read.page(item)).row
    except MemoryError:
        error = OutOfMemory("The process had no memory left to read the page.", url=item.url)
    except RecursionError:
        error = TooComplex(
            "The page is nested deeper than can be read.", url=item.url, detail="recursion"
        )
    except Exception as fault:  # of ours: whoever runs an engine cannot do anything about it
        name = type(fault).__name__
        error = WorkerDied(f"Reading the page failed: {name}: {fault}", url=item.url, detail=name)
    return row_of(item.place, error.failure).row


def _pieces(rows: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Yield rows in lists of which each fits into one batch: text there has up to 2 GiB."""
    piece: list[bytes] = []
    size = 0
    for row in rows:
        if piece and size + len(row) > _MOST_BYTES:
            yield piece
            piece, size = [], 0
        piece.append(row)
        size += len(row)
    if piece:
        yield piece


def _html_column(names: Sequence[str], chosen: str | None) -> str:
    for name in (chosen,) if chosen else _HTML_COLUMNS:
        if name in names:
            return name
    wanted = chosen or " or ".join(_HTML_COLUMNS)
    raise InvalidOption(f"The table has no column {wanted}; it has {', '.join(names)}.")


def _cells(table: "pa.Table", name: str) -> Iterator[dict[str, Any]]:
    """Yield what an item has of a page, for each of a column of text or bytes."""
    headers = {"content-type": "text/html; charset=utf-8"} if _is_text(table, name) else {}
    for body in _values(table[name]):
        yield {"body": body, "headers": headers}


def _texts(table: "pa.Table", name: str | None) -> Iterator[str | None]:
    """Yield the texts of a column; nothing for each row where none is named."""
    if name is None:
        yield from itertools.repeat(None, table.num_rows)
        return
    if name not in table.column_names:
        raise InvalidOption(
            f"The table has no column {name}; it has {', '.join(table.column_names)}."
        )
    _is_text(table, name)
    for value in _values(table[name]):
        yield None if value is None else value.decode("utf-8", "replace")


def _is_text(table: "pa.Table", name: str) -> bool:
    """Tell whether a column holds text, not bytes; it has to be one of both, or nothing at all."""
    types = _pyarrow().types
    kind = table.schema.field(name).type
    while hasattr(kind, "storage_type"):
        kind = kind.storage_type
    if types.is_dictionary(kind):
        kind = kind.value_type
    if types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind):
        return True
    if not (
        types.is_binary(kind) or types.is_large_binary(kind) or types.is_binary_view(kind)
        or types.is_fixed_size_binary(kind) or types.is_null(kind)
    ):  # fmt: skip
        raise InvalidOption(f"The column {name} holds {kind}, not text or bytes.")
    return False


def _values(column: "pa.ChunkedArray") -> Iterator[bytes | None]:
    for scalar in column:
        while scalar is not None and hasattr(scalar, "value"):
            # Of a dictionary, or of a type that somebody has made of this one.
            scalar = scalar.value
        # As bytes also where it is text, which need not be UTF-8 where nobody has checked.
        yield scalar.as_buffer().to_pybytes() if scalar is not None and scalar.is_valid else None


def _arrow_type(hint: Any) -> "pa.DataType":
    pa = _pyarrow()
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if hint is Moment or inner == typing.get_args(dt.date | dt.datetime):
        # As in JSON: a day, or a point in time with the offset that the page states, if any.
        return pa.string()
    if origin in (typing.Union, types.UnionType):
        return _arrow_type(next(own for own in inner if own is not type(None)))
    if origin is tuple:
        return pa.list_(_arrow_type(inner[0]))
    if origin is not None and issubclass(_as_type(origin), Mapping):
        return pa.map_(_arrow_type(inner[0]), _arrow_type(inner[1]))
    if dataclasses.is_dataclass(hint):
        return pa.struct([(name, _arrow_type(own)) for name, own in _hints(_as_type(hint)).items()])
    plain = {bool: pa.bool_(), int: pa.int64(), float: pa.float64()}
    return plain.get(hint, pa.string())


def _as_type(hint: Any) -> type:
    return hint if isinstance(hint, type) else object


def _pyarrow() -> Any:
    try:
        import pyarrow
    except ImportError as error:
        raise MissingExtra("Arrow tables need pyarrow; install newsextract[batch].") from error
    return pyarrow
