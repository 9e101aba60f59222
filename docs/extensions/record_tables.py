"""`record`, `values` and `failures`: tables of what the types say of themselves."""

import ast
import inspect
from collections.abc import Iterable, Iterator
from typing import get_args

from generated import Generated, exceptions
from sphinx.application import Sphinx

from newsextract import errors, options, records
from newsextract.errors import FailureKind
from newsextract.explanation import records as explanations
from newsextract.serialization import field_descriptions

_HOMES = (records, errors, options, explanations)


class Record(Generated):
    """The fields of a record as a table."""

    def lines(self, name: str) -> Iterator[str]:
        """Yield what a record is and a row for each field."""
        record = next(vars(home)[name] for home in _HOMES if name in home.__all__)
        (source,) = ast.parse(inspect.getsource(record)).body
        written = {node.target.id: node for node in source.body if isinstance(node, ast.AnnAssign)}
        yield from (inspect.getdoc(record), "")
        yield from _table(
            ("field", "type", "default", "what it is"),
            (
                (
                    f"`{field}`",
                    f"`{ast.unparse(written[field].annotation)}`",
                    _default(written[field].value),
                    told,
                )
                for field, told in field_descriptions(record).items()
            ),
        )


def _default(value: ast.expr | None) -> str:
    match value:
        case None:
            return ""
        case ast.Call(func=ast.Name(id="field"), keywords=settings):
            chosen = {setting.arg: ast.unparse(setting.value) for setting in settings}
            return f"`{chosen.get('default') or chosen['default_factory'] + '()'}`"
        case _:
            return f"`{ast.unparse(value)}`"


class Values(Generated):
    """The words that a field may have, for each of the types that are a choice of words."""

    def lines(self) -> Iterator[str]:
        """Yield a row for each type."""
        kinds = {name: get_args(vars(home)[name]) for home in _HOMES for name in home.__all__}
        yield from _table(
            ("type", "values"),
            (
                (f"`{name}`", ", ".join(f"`{word}`" for word in words))
                for name, words in sorted(kinds.items())
                if words and all(isinstance(word, str) for word in words)
            ),
        )


class Failures(Generated):
    """Every kind of failure, with the exception that carries it."""

    def lines(self) -> Iterator[str]:
        """Yield a row for each exception that is raised, in the order of the kinds."""
        raised = [error for error in exceptions() if "kind" in vars(error)]
        raised.sort(key=lambda error: list(FailureKind).index(error.kind))
        yield from _table(
            ("kind", "exception", "stage", "what happened"),
            (
                (f"`{error.kind}`", f"`{error.__name__}`", f"`{error.stage}`", error.__doc__)
                for error in raised
            ),
        )


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    for cells in (head, ("---",) * len(head), *rows):
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def setup(app: Sphinx) -> dict[str, bool]:
    """Make the directives known to Sphinx."""
    for directive in (Record, Values, Failures):
        app.add_directive(directive.__name__.lower(), directive)
    return {"parallel_read_safe": True}
