"""Article → text, Markdown, safe HTML and XML-TEI."""

from newsextract.render.html import to_html
from newsextract.render.markdown import to_markdown
from newsextract.render.tei import to_tei
from newsextract.render.text import to_text

__all__ = ["to_html", "to_markdown", "to_tei", "to_text"]
