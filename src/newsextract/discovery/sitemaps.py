"""Sitemaps, their indexes and news sitemaps.

https://www.sitemaps.org/protocol.html
https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from newsextract.discovery.markup import Target, as_xml, fed, local_name

__all__ = ["Listed", "read_sitemap", "read_text_sitemap"]

# The protocol allows 50,000 addresses, which have some ten elements each at most.
_MOST_ELEMENTS = 2_000_000
_LONGEST_TEXT = 10_000
_WANTED = {
    ("url", "loc"), ("url", "lastmod"), ("sitemap", "loc"), ("sitemap", "lastmod"),
    ("news", "title"), ("news", "publication_date"),
}  # fmt: skip
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Listed:
    """One row of a sitemap, as it stands there: an article, or another sitemap."""

    loc: str
    lastmod: str = ""
    title: str = ""
    published: str = ""
    is_news: bool = False
    is_sitemap: bool = False


def read_sitemap(text: str) -> Iterator[Listed | str]:
    """Yield the rows of a sitemap or an index; a text says what kept some from being read."""
    rows = _Rows()
    for problem in fed(as_xml(text), rows):
        yield from rows.taken()
        if problem:
            yield problem
        if rows.elements > _MOST_ELEMENTS:
            yield f"it has more than {_MOST_ELEMENTS:,} elements"
            return


def read_text_sitemap(text: str) -> Iterator[Listed | str]:
    """Yield the addresses of a sitemap that has one in each line, likewise."""
    others = 0
    for line in text.splitlines():
        if _ADDRESS.fullmatch(line.strip()):
            yield Listed(line.strip())
        else:
            others += bool(line.strip())
    if others:
        yield f"{others:,} of its lines are no addresses"


class _Rows(Target):
    """Gathers rows from the elements of a sitemap."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self._row: dict[str, str] | None = None
        self._text: list[str] | None = None
        self._length = 0
        self._found: list[Listed] = []

    def taken(self) -> list[Listed]:
        """Return the rows that came since this was asked last."""
        found, self._found = self._found, []
        return found

    def start(self, tag: str, attributes: object) -> None:  # noqa: ARG002 - lxml hands it over
        self.elements += 1
        name = local_name(tag)
        if name in ("url", "sitemap"):
            self._end_row()
            self._row = {"": name}
        elif name == "news" and self._row is not None:
            self._row[name] = name
        # By the parent, since pictures and films in a sitemap have places and titles too.
        parent = self._open[-1] if self._open else ""
        self._text = [] if self._row is not None and (parent, name) in _WANTED else None
        self._length = 0
        self._open.append(name)

    def data(self, text: str) -> None:
        if self._text is not None and self._length < _LONGEST_TEXT:
            self._text.append(text[:_LONGEST_TEXT])
            self._length += len(text)

    def end(self, tag: str) -> None:
        name = local_name(tag)
        if self._text is not None and self._row is not None:
            self._row.setdefault(name, "".join(self._text).strip())
            self._text = None
        if self._open:
            self._open.pop()
        if name in ("url", "sitemap"):
            self._end_row()

    def close(self) -> None:
        self._end_row()

    def _end_row(self) -> None:
        row, self._row = self._row, None
        if row and row.get("loc"):
            self._found.append(
                Listed(
                    loc=row["loc"],
                    lastmod=row.get("lastmod", ""),
                    title=row.get("title", ""),
                    published=row.get("publication_date", ""),
                    is_news="news" in row,
                    is_sitemap=row[""] == "sitemap",
                )
            )
