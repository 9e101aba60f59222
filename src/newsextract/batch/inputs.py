"""What a batch reads: which of the readers an input gets, and their items in one row."""

import functools
import glob
import itertools
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from newsextract.batch import tables, warc
from newsextract.batch.answers import LARGEST_BODY
from newsextract.batch.columns import address_item, failed_file, is_address
from newsextract.batch.items import Item
from newsextract.batch.members import RECORD_START, Damage
from newsextract.batch.tables import Load
from newsextract.batch.unpacking import lines_of, name_without_packing, open_unpacked, what_is_wrong
from newsextract.errors import UnreadableFile

__all__ = ["read_inputs"]

_PAGES = (".html", ".htm", ".xhtml")
_JSON_LINES = (".jsonl", ".ndjson", ".jsonlines")
_CSV = (".csv", ".tsv")
_LISTS = (".txt", ".list", ".lst", ".urls")
_PARQUET = (".parquet", ".pq")
_TABLES = (*_JSON_LINES, *_CSV, *_PARQUET)
_PARQUET_MAGIC = b"PAR1"
# Packed files and WARC, which standard input is not read for.
_BINARY = (b"\x1f\x8b", b"\x28\xb5\x2f\xfd", RECORD_START, _PARQUET_MAGIC)
_BOM = b"\xef\xbb\xbf"
_SNIFFED = 4_096


def read_inputs(
    inputs: Sequence[str | Path],
    *,
    column: str | None = None,
    url_column: str | None = None,
    stdin: BinaryIO | None = None,
    skip: int = 0,
) -> Iterator[Item]:
    """Yield an `Item` for each page and address in the inputs, in an order that stays the same.

    What an input is, its name and its first bytes tell:

    - an http(s) address: itself, to be fetched;
    - a folder: its pages (`*.html`, `*.htm`, `*.xhtml`, and these with `.gz` or `.zst` behind),
      and those of the folders below, sorted by name; links to folders are not followed;
    - a pattern such as `"pages/**/*.html"` or `"crawl/*.warc.gz"`: the files that fit, sorted,
      each as if it were named itself;
    - a page: the address is for the page to tell;
    - `.warc`, `.warc.gz`, `.warc.zst`: the HTTP answers with a status from 200 to 299, and the
      `resource` records, that are HTML by what is said of them and by their first bytes. Other
      statuses, other types and other records are passed over in silence. Damage, and a page that
      is not whole, is a failure, and the records behind it are read. Where one gzip stream or
      zstd frame with many records is damaged, pages come out only if their digest fits, or if
      they stand before the first sign of the damage;
    - a list: an address a line; empty lines and those that begin with `#` are passed over;
    - a table in CSV (the first line has the names), JSON lines or Parquet: `column` names the
      column with pages or addresses, `url_column` the one with the addresses of pages. Without,
      pages are looked for in `html`, `content`, `raw_html`, `body`, addresses in `url`, `link`,
      `address`, or in the only column that there is;
    - `-`: standard input: a list, JSON lines, or one page.

    Lists, CSV and JSON lines may be packed with gzip or zstd. A page has at most 25 MB. Nothing
    is held in memory but the page at hand, and for a pattern the names.

    What cannot be read is an item with a `failure`, in its place. Raises, before anything is
    read, `UnreadableFile` for an input that does not exist and `InvalidOption` for a column that
    is not there (of standard input when its first line came), and `MissingExtra` for Parquet
    without pyarrow.

    `skip` passes over so many items, for a run that goes on: no page is read or unpacked for it
    unless the next one stands behind it in the same stream.
    """
    loads = [_loads(str(name), column, url_column, stdin) for name in inputs]
    return _items(iter(loads), skip)


def _items(inputs: Iterator[Iterator[Load]], skip: int) -> Iterator[Item]:
    for load in itertools.islice(itertools.chain.from_iterable(inputs), skip, None):
        yield load()


def _loads(
    name: str, column: str | None, url_column: str | None, stdin: BinaryIO | None
) -> Iterator[Load]:
    """Return what one input holds; raise what is to be raised before anything is read."""
    if not name:
        raise UnreadableFile('"" names no input; leave it out, or write . for this folder.')
    if name == "-":
        return _from_stream(stdin or _standard_input(), "-", column, url_column)
    path = Path(name)
    if not _exists(path):
        if "://" in name[:12]:
            return iter([functools.partial(address_item, name, name)])
        return _from_pattern(name, column, url_column)
    return _from_folder(path) if path.is_dir() else _from_file(path, column, url_column)


def _standard_input() -> BinaryIO:
    # Python has none where it is closed: https://docs.python.org/3/library/sys.html#sys.__stdin__
    if sys.stdin is None:
        raise UnreadableFile("-: standard input is closed; name a file in its place.", url="-")
    return sys.stdin.buffer


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _from_pattern(name: str, column: str | None, url_column: str | None) -> Iterator[Load]:
    names = glob.glob(name, recursive=True) if glob.has_magic(name) else []  # noqa: PTH207 - Path takes no absolute patterns
    paths = [path for path in map(Path, sorted(names)) if not path.is_dir()]
    if not paths:
        is_like_address = "." in name.partition("/")[0] and not glob.has_magic(name)
        hint = f" If it is an address, write https://{name}" if is_like_address else ""
        raise UnreadableFile(f"{name}: there is no such file or folder.{hint}", url=name)
    for path in paths:
        if _suffix(path) in _TABLES:
            # Only to see whether the columns are there.
            _from_file(path, column, url_column)
    return itertools.chain.from_iterable(
        _from_file(path, column, url_column) if path.is_file() else [functools.partial(_page, path)]
        for path in paths
    )


def _from_folder(folder: Path) -> Iterator[Load]:
    """Yield the pages of a folder, then those of the folders in it."""
    errors: list[OSError] = []
    for place, folders, names in os.walk(folder, onerror=errors.append):
        folders.sort()
        for name in sorted(names):
            path = Path(place, name)
            if _suffix(path) in _PAGES:
                yield functools.partial(_page, path)
        yield from map(_failed_folder, errors)
        errors.clear()


def _failed_folder(error: OSError) -> Load:
    return functools.partial(failed_file, str(error.filename), what_is_wrong(error))


def _from_file(path: Path, column: str | None, url_column: str | None) -> Iterator[Load]:
    if not path.is_file():
        return _from_pipe(path, column, url_column)
    try:
        suffix = _suffix(path)
        if suffix not in {*_PAGES, *_TABLES, *_LISTS, ".warc"}:
            suffix = _sniffed(path)
    except (Damage, OSError) as error:
        return iter([functools.partial(failed_file, str(path), what_is_wrong(error))])
    if suffix in _PAGES:
        return iter([functools.partial(_page, path)])
    if suffix in _LISTS:
        return tables.read_list(path)
    if suffix in _CSV:
        return tables.read_csv(path, column, url_column)
    if suffix in _JSON_LINES:
        return tables.read_json_lines(path, column, url_column)
    if suffix in _PARQUET:
        return tables.read_parquet(path, column, url_column)
    if suffix == ".warc":
        return warc.read_warc(path)
    cause = "neither its name nor its first bytes tell what it is"
    return iter([functools.partial(failed_file, str(path), cause)])


def _suffix(path: Path) -> str:
    return Path(name_without_packing(path)).suffix


def _sniffed(path: Path) -> str:
    """Return the suffix that a file with another one would have by its first bytes."""
    with path.open("rb") as raw:
        if raw.read(len(_PARQUET_MAGIC)) == _PARQUET_MAGIC:
            return ".parquet"
    with open_unpacked(path) as file:
        beginning = file.read(_SNIFFED)
    if beginning.startswith(RECORD_START):
        return ".warc"
    return _sniffed_text(beginning)


def _sniffed_text(beginning: bytes) -> str:
    text = beginning.removeprefix(_BOM).lstrip()
    if text.startswith(b"<"):
        return ".html"
    if text.startswith(b"{"):
        return ".jsonl"
    lines = (line.strip() for line in text.decode("utf-8", "replace").splitlines())
    first = next((line for line in lines if line and not line.startswith("#")), "")
    return ".txt" if is_address(first) else ""


def _page(path: Path) -> Item:
    place = str(path)
    try:
        if path.exists() and not path.is_file():
            # Nobody may ever write to a pipe that lies in a folder.
            return failed_file(place, "it is no file but a pipe, a socket or a device")
        with open_unpacked(path) as file:
            body = file.read(LARGEST_BODY + 1)
    except (Damage, OSError) as error:
        return failed_file(place, what_is_wrong(error))
    if len(body) > LARGEST_BODY:
        return failed_file(place, f"the page is larger than {LARGEST_BODY:,} bytes")
    return Item(place=place, body=body)


def _from_pipe(path: Path, column: str | None, url_column: str | None) -> Iterator[Load]:
    try:
        with path.open("rb") as file:
            yield from _from_stream(file, str(path), column, url_column)
    except OSError as error:
        yield functools.partial(failed_file, str(path), what_is_wrong(error))


def _from_stream(
    file: BinaryIO, name: str, column: str | None, url_column: str | None
) -> Iterator[Load]:
    """Yield what comes line by line, or one page."""
    lines = lines_of(file)
    seen: list[bytes | None] = []
    first = b""
    while not first and (line := next(lines, b"")) != b"":
        seen.append(line)
        first = (line or b"").removeprefix(_BOM).strip()
    lines = itertools.chain(seen, lines)
    if first.startswith(b"<"):
        yield functools.partial(_page_of_lines, name, lines)
    elif first.startswith(_BINARY):
        cause = "packed files, WARC and Parquet are read from files only"
        yield functools.partial(failed_file, name, cause)
    elif first.startswith(b"{"):
        yield from tables.json_items(name, lines, column=column, url_column=url_column)
    else:
        yield from tables.list_items(name, lines)


def _page_of_lines(name: str, lines: Iterator[bytes | None]) -> Item:
    body = bytearray()
    for line in lines:
        body += line or bytes(LARGEST_BODY + 1)
        if len(body) > LARGEST_BODY:
            return failed_file(name, f"the page is larger than {LARGEST_BODY:,} bytes")
    return Item(place=name, body=bytes(body))
