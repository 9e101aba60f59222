"""Records as Arrow tables, and pages in Arrow tables to records: what engines hand around.

The schema is made from the types of the records, so that it has whatever they have.
"""

import dataclasses
import datetime as dt
import functools
import types
import typing
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from newsextract.batch.items import Item
from newsextract.errors import Failure, InvalidOption, MissingExtra
from newsextract.options import Options
from newsextract.records import Article, Moment

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["ROW_FIELDS", "batch_of", "extract_table", "row_schema", "rows_of"]

# Beside what a record has: where its input stood, and of which other it is a duplicate.
_OWN = ("input", "duplicate_of")
_HTML_COLUMNS = ("html", "content", "raw_html", "body")


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
    url_column: str = "url",
    options: Options | None = None,
) -> "pa.Table":
    """Return a table with a record for each row of a table with HTML, in their order.

    `column` holds the HTML, text or bytes; without it, the first there is of `html`, `content`,
    `raw_html` and `body`. `url_column` may be missing. What gives no article is a row of type
    `failure`; nothing is raised for a page. The schema is `row_schema()`, whatever the pages are;
    `input` is the number of the row. A pure function that pickles by its name: for Ray, Spark and
    the like, which run it in processes of their own.

    Raises `InvalidOption` where the table has no such column.
    """
    from newsextract.batch.reading import Reader, row_of

    pa = _pyarrow()
    chosen = _html_column(table.column_names, column)
    urls = table[url_column] if url_column in table.column_names else None
    read = Reader(options or Options())
    rows = []
    for number, html in enumerate(table[chosen]):
        body = html.as_py()
        url = urls[number].as_py() if urls is not None else None
        as_text = isinstance(body, str)
        item = Item(
            place=str(number),
            url=url,
            body=body.encode("utf-8", "replace") if as_text else body,
            headers={"content-type": "text/html; charset=utf-8"} if as_text else {},
        )
        rows.append(row_of(item.place, read.page(item)).row)
    return pa.Table.from_batches([batch_of(rows)], row_schema())


def _html_column(names: Sequence[str], chosen: str | None) -> str:
    for name in (chosen,) if chosen else _HTML_COLUMNS:
        if name in names:
            return name
    wanted = chosen or " or ".join(_HTML_COLUMNS)
    raise InvalidOption(f"The table has no column {wanted}; it has {', '.join(names)}.")


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
