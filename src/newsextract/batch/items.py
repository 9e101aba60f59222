"""What a batch reads: one input after the other, each with where it stands."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from newsextract.errors import Failure
from newsextract.records import Page

__all__ = ["Item"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One input of a batch: a page in hand, an address to fetch, or what could not be read.

    `place` tells where it stands, for people and programs: `pages/a.html`, `list.txt:17` (a
    line), `crawl.warc.gz@4711` (the byte its record begins at), `pages.parquet#12` (a row, from
    0). It is the same in each run over the same inputs. One of `body` and `failure` is set for
    what is at hand; an address alone is to be fetched. Header names are lower-case.
    """

    place: str
    url: str | None = None
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int | None = None
    fetched_at: dt.datetime | None = None
    failure: Failure | None = None

    def __post_init__(self) -> None:
        """Make text of the place: the name of a file need not be."""
        text = self.place.encode("utf-8", "replace").decode("utf-8")
        object.__setattr__(self, "place", text)

    def page(self) -> Page:
        """Return the page at hand."""
        return Page(
            url=self.url,
            final_url=self.url,
            status=self.status,
            headers=self.headers,
            body=self.body or b"",
            fetched_at=self.fetched_at,
        )
