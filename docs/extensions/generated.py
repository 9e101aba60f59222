"""What the directives of this folder have in common."""

from collections.abc import Iterator

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from newsextract import errors
from newsextract.errors import NewsextractError


class Generated(SphinxDirective):
    """A directive that writes Markdown, which is read as the page around it is."""

    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return what Sphinx makes of the lines."""
        text = "\n".join(self.lines(*self.arguments))
        made = self.parse_text_to_nodes(text, allow_section_headings=True)
        for table in (table for node in made for table in node.findall(nodes.table)):
            table["classes"].append("stacked")
        return made

    def lines(self, *arguments: str) -> Iterator[str]:
        """Yield the lines of Markdown."""
        raise NotImplementedError


def exceptions() -> list[type[NewsextractError]]:
    """Return all that the library raises."""
    named = [vars(errors)[name] for name in errors.__all__]
    return [it for it in named if isinstance(it, type) and issubclass(it, NewsextractError)]
