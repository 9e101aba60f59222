"""Records to JSON and back, and the JSON Schema of both, by msgspec from the types."""

import ast
import datetime as dt
import inspect
from itertools import pairwise
from typing import Any, TypeAlias, TypeVar, cast

import msgspec

from newsextract import records
from newsextract.errors import Failure
from newsextract.records import Article, FoundAddress, Moment

__all__ = [
    "article_from_json", "failure_from_json", "field_descriptions", "json_schema",
    "record_from_json", "to_dict", "to_json",
]  # fmt: skip

_Record: TypeAlias = Article | Failure | FoundAddress
_Wanted = TypeVar("_Wanted")


def to_dict(record: _Record) -> dict[str, object]:
    """Return a record as plain dicts, lists, strings, numbers and None."""
    # By way of JSON, since `msgspec.to_builtins` leaves tuples and mappings as they are.
    return cast("dict[str, object]", msgspec.json.decode(msgspec.json.encode(record)))


def to_json(record: _Record, *, indent: int | None = None) -> str:
    """Return a record as JSON; on one line unless `indent` (spaces) is given."""
    encoded = msgspec.json.encode(record)
    if indent is not None:
        encoded = msgspec.json.format(encoded, indent=indent)
    return encoded.decode()


def article_from_json(text: str | bytes) -> Article:
    """Read back an article; `ValueError` says what does not fit the schema."""
    return record_from_json(text, Article)


def record_from_json(text: str | bytes, wanted: type[_Wanted]) -> _Wanted:
    """Read back a record with dates in it; `ValueError` says what does not fit the schema."""
    return msgspec.json.decode(text, type=wanted, dec_hook=_read_moment)


def failure_from_json(text: str | bytes) -> Failure:
    """Read back a failure; `ValueError` says what does not fit the schema."""
    return msgspec.json.decode(text, type=Failure)


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a line of output: an article, an address, a failure."""
    refs, definitions = msgspec.json.schema_components(
        [Article, FoundAddress, Failure], schema_hook=_moment_schema, ref_template="#/$defs/{name}"
    )
    types = {**vars(records), "Failure": Failure}
    for name, definition in definitions.items():
        # Python strips the indentation of docstrings itself only from 3.13 on.
        if "description" in definition:
            definition["description"] = inspect.cleandoc(definition["description"])
        if "properties" in definition:
            for field, description in field_descriptions(types[name]).items():
                definition["properties"][field]["description"] = description
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "newsextract record",
        "anyOf": list(refs),
        "$defs": definitions,
    }
    return cast("dict[str, Any]", msgspec.json.decode(msgspec.json.encode(schema)))


def field_descriptions(record: type) -> dict[str, str]:
    """Return what the source of a dataclass says of each of its fields, in the string below it.

    Python itself forgets these strings (https://peps.python.org/pep-0257/#what-is-a-docstring).
    """
    definition = cast("ast.ClassDef", ast.parse(inspect.getsource(record)).body[0])
    found = {}
    for field, below in pairwise(definition.body):
        match field, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(
                value=ast.Constant(value=str(text))
            ):
                found[name] = " ".join(text.split())
    return found


def _read_moment(wanted: object, value: object) -> object:
    if wanted is not Moment or not isinstance(value, str):
        raise NotImplementedError(f"no way to read a {wanted}")
    return dt.date.fromisoformat(value) if len(value) == 10 else dt.datetime.fromisoformat(value)


def _moment_schema(wanted: object) -> dict[str, object]:
    if wanted is not Moment:
        raise NotImplementedError(f"no schema for {wanted}")
    return {
        "type": "string",
        "anyOf": [{"format": "date"}, {"format": "date-time"}],
        "description": "A day, or a point in time with the offset the page states, if any.",
    }
