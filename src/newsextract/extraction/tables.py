"""Telling tables of data from tables that only lay out a page."""

from newsextract.extraction.dom import Node
from newsextract.extraction.text import clean_line

__all__ = ["table_text"]

_MAX_CELLS = 100_000
_LONGEST_MEAN_CELL = 120
_PARAGRAPH_CELL = 400
_STRUCTURE = frozenset(
    "table div ul ol article section form iframe h1 h2 h3 h4 blockquote figure script".split()
)


def table_text(table: Node) -> str:
    """Return the rows of a data table, a line a row and cells separated by tabs, else "".

    A table of data has at least two rows and two columns of short cells, and no
    structure of a page (another table, sections, lists, scripts) in its cells. The scan stops
    at the first sign of structure, so nested tables cost no more than one walk.
    """
    texts = [
        [clean_line(cell.text(deep=True, separator=" ")) for cell in row] for row in _rows(table)
    ]
    if any(len(text) > _PARAGRAPH_CELL for row in texts for text in row):
        return ""
    filled = [row for row in texts if any(row)]
    if len(filled) < 2 or max(map(len, filled)) < 2:
        return ""
    said = [cell for row in filled for cell in row if cell]
    if sum(map(len, said)) > _LONGEST_MEAN_CELL * len(said):
        return ""
    return "\n".join("\t".join(row) for row in filled)


def _rows(table: Node) -> list[list[Node]]:
    """Return the cells of each row; none if there is structure in the table, or too many."""
    rows: list[list[Node]] = []
    cells = 0
    for node in table.traverse(include_text=False):
        tag = node.tag
        if tag == "tr":
            rows.append([])
        elif tag == "td" or tag == "th":
            cells += 1
            if cells > _MAX_CELLS or not rows:
                return []
            rows[-1].append(node)
        elif tag in _STRUCTURE and node.mem_id != table.mem_id:
            return []
    return rows
