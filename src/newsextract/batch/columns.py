"""Which column of a table has the pages, which the addresses, and what a row is as an input."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from newsextract.batch.answers import LARGEST_BODY
from newsextract.batch.items import Item
from newsextract.errors import InvalidOption, InvalidUrl, UnreadableFile, UnreadableRecord

__all__ = ["Columns", "address_item", "choose", "failed_file", "failed_record", "is_address"]

_PAGE_NAMES = ("html", "content", "raw_html", "body")
_ADDRESS_NAMES = ("url", "link", "address")
# The text of a table is in UTF-8 here, whatever its meta elements say; what the server says
# counts more (WHATWG HTML, "determining the character encoding").
_TEXT_HEADERS: Mapping[str, str] = {"content-type": "text/html; charset=utf-8"}
_SHOWN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The names of the columns; without pages, addresses are to be fetched.

    A column that was asked for and whose name does not tell what it holds `may_be_either`: a
    value without a tag is an address then.
    """

    page: str | None
    address: str | None
    may_be_either: bool = False

    @property
    def names(self) -> list[str]:
        """The columns that are needed."""
        named = (name for name in (self.page, self.address) if name is not None)
        return list(dict.fromkeys(named))

    def item(self, place: str, row: Mapping[str, object]) -> Item:
        """Return what a row is."""
        address = row.get(self.address) if self.address is not None else None
        url = address.strip() if isinstance(address, str) else None
        if self.page is None or (self.page not in row and url):
            return address_item(place, url or "")
        page = row.get(self.page)
        if isinstance(page, str):
            if self.may_be_either and "<" not in page:
                return address_item(place, page.strip())
            return _page_item(place, url, page.encode("utf-8", "replace"), _TEXT_HEADERS)
        if isinstance(page, bytes):
            return _page_item(place, url, page, {})
        return failed_record(place, f"it has no page in the column {self.page!r}", url)


def choose(
    names: Sequence[str], column: str | None, url_column: str | None, source: str
) -> Columns:
    """Return which of the columns to read; raise `InvalidOption` where that is not to be told."""
    for asked in (column, url_column):
        if asked is not None and asked not in names:
            raise InvalidOption(
                f"{source} has no column {asked!r}; it has {_listed(names)}.", url=source
            )
    address = url_column or _first(names, _ADDRESS_NAMES)
    if column is not None:
        if column == address:
            return Columns(page=None, address=column)
        may_be_either = column.lower() not in _PAGE_NAMES
        return Columns(page=column, address=address, may_be_either=may_be_either)
    page = _first([name for name in names if name != url_column], _PAGE_NAMES)
    if page is None and address is None and len(names) == 1:
        return Columns(page=names[0], address=None, may_be_either=True)
    if page is None and address is None:
        raise InvalidOption(
            f"{source} has no column whose name says that it has pages ({', '.join(_PAGE_NAMES)}) "
            f"or addresses ({', '.join(_ADDRESS_NAMES)}); give the name of one: {_listed(names)}.",
            url=source,
        )
    return Columns(page=page, address=address)


def is_address(text: str) -> bool:
    """Whether a text looks like an http(s) address; whether it can be fetched is seen then."""
    scheme, separator, rest = text.partition("://")
    return bool(separator) and scheme.lower() in {"http", "https"} and len(rest.split()) == 1


def address_item(place: str, text: str) -> Item:
    """Return an address to fetch, or the failure of what is none."""
    if is_address(text):
        return Item(place=place, url=text)
    shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    error = InvalidUrl(
        f"{place}: {shown!r} is not an address that can be fetched; give a whole address such as "
        "https://example.org/news/article.html.",
        url=text[:_SHOWN] or place,
    )
    return Item(place=place, failure=error.failure)


def failed_record(place: str, cause: str, url: str | None = None) -> Item:
    """Return the failure of one row or line."""
    error = UnreadableRecord(
        f"{place}: this input cannot be read: {cause}.", url=url or place, detail=cause
    )
    return Item(place=place, url=url, failure=error.failure)


def failed_file(place: str, cause: str) -> Item:
    """Return the failure of a file."""
    error = UnreadableFile(f"{place}: cannot be read ({cause}).", url=place, detail=cause)
    return Item(place=place, failure=error.failure)


def _page_item(place: str, url: str | None, body: bytes, headers: Mapping[str, str]) -> Item:
    if not body:
        return failed_record(place, "its page is empty", url)
    if len(body) > LARGEST_BODY:
        return failed_record(place, f"its page is larger than {LARGEST_BODY:,} bytes", url)
    return Item(
        place=place, url=url if url and is_address(url) else None, body=body, headers=headers
    )


def _first(names: Sequence[str], wanted: Sequence[str]) -> str | None:
    by_name = {name.strip().lower(): name for name in reversed(names)}
    return next((by_name[name] for name in wanted if name in by_name), None)


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(repr(name[:40]) for name in names[:20])
    return f"{shown} and {len(names) - 20} more" if len(names) > 20 else shown or "none"
