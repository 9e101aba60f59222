"""Loads all that reading pages takes, once, before the processes that read them are forked.

Else the first page of each would take a second, and count as slow.
"""

from newsextract.batch.items import Item
from newsextract.batch.reading import Reader
from newsextract.options import Options

__all__: list[str] = []

# With a date in words and a text so short that it is doubted, so that dateparser and trafilatura
# are loaded too.
_PAGE = (
    b"<!doctype html><html lang=en><title>A page</title><article><h1>A page</h1>"
    b"<p class=date>Tuesday, 5 March 2024</p><p>Some words stand here, and they are few.</p>"
)

Reader(Options()).page(Item(place="", body=_PAGE))
