"""`names` and `exceptions`: the public names, with signatures and docstrings, by autodoc."""

import dataclasses
import enum
from collections.abc import Iterator
from importlib import import_module

from docutils import nodes
from generated import Generated, exceptions
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from newsextract.serialization import field_descriptions


class Names(Generated):
    """The public names of a module that are no exceptions, with signature and docstring."""

    def lines(self, module: str) -> Iterator[str]:
        """Yield what autodoc reads, which is reStructuredText."""
        yield "```{eval-rst}"
        for name in import_module(module).__all__:
            value = getattr(import_module(module), name)
            if not isinstance(value, type):
                yield f".. autofunction:: {module}.{name}"
            elif value not in exceptions():
                yield f".. autoclass:: {module}.{name}"
                if members := _members(value):
                    yield f"   :members: {members}"
        yield "```"


def _members(of: type) -> str:
    """Name the methods and properties; fields have tables of their own."""
    fields = of.__members__ if issubclass(of, enum.Enum) else vars(of).get("__slots__", ())
    return ", ".join(name for name in vars(of) if name[0] != "_" and name not in fields)


class Exceptions(Generated):
    """Every exception, with what it is a kind of."""

    def lines(self) -> Iterator[str]:
        """Yield what autodoc reads, which is reStructuredText."""
        yield "```{eval-rst}"
        for error in exceptions():
            yield from (f".. autoexception:: newsextract.{error.__name__}", "   :show-inheritance:")
        yield "```"


def _signature(
    _app: Sphinx,
    _what: str,
    _name: str,
    value: object,
    _options: object,
    signature: str | None,
    returned: str | None,
) -> tuple[str | None, str | None]:
    """Leave out signatures that nobody calls, or that only repeat the table of fields."""
    if isinstance(value, type):
        is_called = not issubclass(value, (Exception, enum.Enum))
        has_table = dataclasses.is_dataclass(value) and field_descriptions(value)
        if has_table or not is_called:
            return "", None
    # What dataclasses write for a default that is made anew each time, which is no Python.
    return signature and signature.replace("<factory>", "..."), returned


def _public(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, text: nodes.Element
) -> nodes.Element | None:
    """Lead from the module in which a type lives to its public name."""
    name = node["reftarget"].rpartition(".")[2]
    for module in ("newsextract", "newsextract.batch"):
        if node["reftarget"].startswith("newsextract.") and name in import_module(module).__all__:
            target = f"{module}.{name}"
            return env.get_domain("py").resolve_xref(
                env, node["refdoc"], app.builder, "obj", target, node, text
            )
    return None


def setup(app: Sphinx) -> dict[str, bool]:
    """Make the directives known to Sphinx."""
    for directive in (Names, Exceptions):
        app.add_directive(directive.__name__.lower(), directive)
    app.connect("autodoc-process-signature", _signature)
    app.connect("missing-reference", _public)
    return {"parallel_read_safe": True}
