"""Article → plain text."""

from newsextract.records import Article
from newsextract.render.pieces import byline_of, entry_line

__all__ = ["to_text"]


def to_text(article: Article) -> str:
    """Return headline, byline, date, body and entries as plain text."""
    parts = [article.title or "", article.subtitle or "", byline_of(article), article.body]
    for entry in article.entries_apart:
        parts += [entry_line(entry), entry.body]
    return "\n\n".join(part for part in parts if part)
