"""WARC files, such as those of CC-NEWS: the pages that their records carry.

ISO 28500:2017 (WARC 1.1, https://iipc.github.io/warc-specifications/specifications/warc-format/).
"""

import datetime as dt
import functools
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from newsextract.batch.answers import Answer, Unusable, body_of, is_page, parsed
from newsextract.batch.columns import failed_file
from newsextract.batch.framing import LARGEST_BLOCK, Broken, Record, walk
from newsextract.batch.items import Item
from newsextract.batch.unpacking import what_is_wrong
from newsextract.errors import UnreadableRecord

__all__ = ["read_warc"]

_HTTP = re.compile(r"https?://", re.IGNORECASE)
# An address with some (RFC 3986, 2) has lost the end of its line to damage that no sum tells of.
_WHITE_SPACE = re.compile(r"\s")
_HTML_TYPES = ("text/html", "application/xhtml+xml")


def read_warc(path: Path) -> Iterator[Callable[[], Item]]:
    """Yield what gives the item of each page, in order, and of each damage.

    Pages are HTTP answers with a status from 200 to 299, and `resource` records, that HTML or
    nothing else is said of and that begin like HTML. Other records are passed over: what was
    asked, redirects and errors, pictures, feeds, `revisit` records.
    """
    try:
        for found in walk(path, _is_wanted):
            place = f"{path}@{found.place}"
            if isinstance(found, Broken):
                yield functools.partial(_failed, place, found.url, found.cause)
                continue
            load = _loader(found, place)
            if load is not None:
                yield load
    except OSError as error:
        yield functools.partial(failed_file, str(path), what_is_wrong(error))


def _is_wanted(headers: Mapping[str, str]) -> bool:
    kind = headers.get("warc-type", "").lower()
    if kind == "resource":
        return _is_html(headers)
    # A response may be one of FTP or DNS, whose records have other types (WARC 1.1, 6.3).
    http = headers.get("content-type", "application/http").lower().startswith("application/http")
    return kind == "response" and (http or _is_html(headers))


def _is_html(headers: Mapping[str, str]) -> bool:
    return headers.get("content-type", "").lower().startswith(_HTML_TYPES)


def _loader(record: Record, place: str) -> Callable[[], Item] | None:
    url = _address(record)
    failed = functools.partial(_failed, place, url)
    if url and _WHITE_SPACE.search(url):
        return functools.partial(failed, "its address has white space in it, as none has")
    if record.block is None:
        return functools.partial(failed, f"it is larger than {LARGEST_BLOCK:,} bytes")
    try:
        answer = _answer(record.headers, record.block)
    except Unusable as error:
        return functools.partial(failed, str(error))
    if answer.status is not None and not 200 <= answer.status <= 299:
        return None
    if not is_page(answer):
        return None
    cut = _cut(record.headers, answer.status)
    if cut:
        return functools.partial(failed, cut)
    return functools.partial(_item, place, url, answer, record.headers.get("warc-date", ""))


def _answer(headers: Mapping[str, str], block: bytes) -> Answer:
    if _is_html(headers):
        return Answer(headers={"content-type": headers["content-type"]}, payload=block)
    return parsed(block)


def _cut(headers: Mapping[str, str], status: int | None) -> str:
    """Return what says that this is only a part of the page (WARC 1.1, 5.13 and 7)."""
    if "warc-truncated" in headers:
        return f"the page was cut off (WARC-Truncated: {headers['warc-truncated'][:40]})"
    if "warc-segment-number" in headers:
        return "the page was cut into several records"
    if status == 206:
        return "it is only a part of the page (status 206)"
    return ""


def _item(place: str, url: str | None, answer: Answer, date: str) -> Item:
    try:
        body = body_of(answer)
    except Unusable as error:
        return _failed(place, url, str(error))
    return Item(
        place=place,
        url=url,
        body=body,
        headers=answer.headers,
        status=answer.status,
        fetched_at=_point_in_time(date),
    )


def _failed(place: str, url: str | None, cause: str) -> Item:
    error = UnreadableRecord(
        f"{place}: this record cannot be read: {cause}; those behind it are read all the same.",
        url=url or place,
        detail=f"{place.rpartition('@')[2]}: {cause}",
    )
    return Item(place=place, url=url, failure=error.failure)


def _address(record: Record) -> str | None:
    # WARC 1.0 has its grammar put the address in angle brackets, and some programs do.
    address = record.headers.get("warc-target-uri", "").strip("<>")
    return address if _HTTP.match(address) else None


def _point_in_time(text: str) -> dt.datetime | None:
    # WARC 1.1, 5.4: UTC, with as many digits as are known.
    try:
        point = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return point.replace(tzinfo=dt.UTC) if point.tzinfo is None else point.astimezone(dt.UTC)
