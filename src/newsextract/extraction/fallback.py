"""A second opinion from trafilatura, for pages on which we find no text of our own."""

from newsextract.extraction.preflight import BoundedPage
from newsextract.extraction.text import clean_line
from newsextract.records import Block

__all__ = ["can_be_asked", "second_opinion"]

# lxml cuts what is deeper than 256 elements without a word, and trafilatura takes seconds for many
# elements, so it is not asked about pages over this size.
_LONGEST_PAGE = 2_000_000
_MOST_TAGS = 4_000


def can_be_asked(page: BoundedPage) -> bool:
    """Tell whether the page is small and sound enough for trafilatura."""
    return not page.is_changed and page.tags <= _MOST_TAGS and len(page.source) <= _LONGEST_PAGE


def second_opinion(text: str) -> list[Block]:
    """Return the body as trafilatura reads the page; nothing where it finds none or fails."""
    # Imported here: it takes longer to import than a page takes to extract.
    from trafilatura import extract

    try:
        body = extract(text, include_comments=False, include_tables=True)
    except Exception:
        return []
    lines = map(clean_line, (body or "").splitlines())
    return [Block(kind="paragraph", text=line) for line in lines if line]
