"""Work for the processes of a batch that goes wrong where a page says so."""

import ctypes
import json
import os
import signal
import sys
import threading
import time
from pathlib import Path

from newsextract.batch.items import Item
from newsextract.batch.reading import Outcome, Reader, Reply, RowMaker, Story

KINDS = {
    b"endless loop": "out_of_time",
    b"deadlock": "out_of_time",
    b"3 GB": "out_of_memory",
    b"segfault": "worker_died",
    b"exit": "worker_died",
}
HEAD = b"<!-- poison: "
make_row = RowMaker(Reader())
make_marked_row = RowMaker(Reader(), marks=True)


def poisoned(item: Item | Story) -> Reply:
    """Read a page, or do what its first comment says."""
    body = item.body if isinstance(item, Item) else item.page.body
    if body and body.startswith(HEAD):
        poison, _, folder = body[len(HEAD) :].partition(b" -->")[0].partition(b" in ")
        stem = Path(item.place).stem
        was_here = any(Path(folder.decode()).glob(f"{stem}-*"))
        note = Path(folder.decode()) / f"{stem}-{os.getpid()}"
        note.write_text(f"{os.getpid()} {time.monotonic()}")
        if poison == b"killed once" and not was_here:
            os.kill(os.getpid(), signal.SIGKILL)
        _swallow(poison)
    return make_row(item)


def refusing_copies(item: Item | Story) -> Reply:
    """Read a page, unless its file is called a copy: a fault of ours."""
    if Path(item.place).name.startswith("x-"):
        raise ValueError(f"{item.place} is a copy")
    return make_marked_row(item)


def telling_what_is_loaded(item: Item | Story) -> Reply:
    """Tell whether the library that finds duplicates is there, instead of reading the page."""
    row = {"input": item.place, "is_loaded": "datasketch" in sys.modules}
    return Outcome(json.dumps(row, separators=(",", ":")).encode())


def logged(item: Item | Story) -> Reply:
    """Read a page and note that it was read."""
    with open(os.environ["READ_LOG"], "a") as log:  # noqa: PTH123
        log.write(f"{item.place}\n")
    return make_row(item)


def _swallow(poison: bytes) -> None:
    if poison == b"endless loop":
        while True:
            pass
    if poison == b"deadlock":
        lock = threading.Lock()
        lock.acquire()
        lock.acquire()
    if poison == b"3 GB":
        bytearray(3_000_000_000)
    if poison == b"segfault":
        ctypes.string_at(0)
    if poison == b"exit":
        os._exit(3)
