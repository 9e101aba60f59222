"""A second opinion from trafilatura, for pages on which our own reading is doubtful."""

from newsextract.extraction.text import clean_line
from newsextract.records import Block

__all__ = ["second_opinion"]

# lxml cuts what is deeper than 256 elements and trafilatura takes seconds for huge pages,
# so a page over this size is not asked about.
_LONGEST_PAGE = 2_000_000


def second_opinion(text: str) -> list[Block]:
    """Return the body as trafilatura reads the page; nothing where it finds none or fails."""
    if len(text) > _LONGEST_PAGE:
        return []
    # Imported here: it takes longer to import than a page takes to extract.
    from trafilatura import extract

    try:
        body = extract(text, include_comments=False, include_tables=True)
    except Exception:
        return []
    lines = map(clean_line, (body or "").splitlines())
    return [Block(kind="paragraph", text=line) for line in lines if line]
