"""Loads all that reading pages takes, once, before the processes that read them are forked.

Else the first page of each would take a second, and count as slow; and one that may take little
memory would have a library fail to load.
"""

import gc
import importlib

from newsextract.batch.items import Item
from newsextract.batch.reading import Reader
from newsextract.extraction.fallback import second_opinion
from newsextract.options import Options

__all__ = ["warm_up"]

# What is imported only for pages that need it: unlabelled bytes, dates of other calendars, texts
# long enough to tell their language, pages in which we find no text.
_AT_TIMES = (
    "charset_normalizer",
    "hijridate",
    "jdatetime",
    "resiliparse.parse.lang",
    "trafilatura",
)
_PAGE = (
    b"<!doctype html><html lang=en><title>A page</title><article><h1>A page</h1>"
    b"<p class=date>Tuesday, 5 March 2024</p><p>Some words stand here, and they are few.</p>"
)


def warm_up() -> None:
    """Read a page, so that what is loaded when it is first needed is there."""
    for name in _AT_TIMES:
        importlib.import_module(name)
    Reader(Options()).page(Item(place="", body=_PAGE))
    second_opinion(_PAGE.decode())


warm_up()
# What is loaded stays. Garbage collection, which writes to each object that it looks at, would
# have each process copy all of it (https://docs.python.org/3/library/gc.html#gc.freeze).
gc.collect()
gc.freeze()
