"""RSS and Atom in all their versions, read by feedparser, and JSON Feed."""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import feedparser
import msgspec
from lxml import etree

from newsextract.discovery.markup import as_xml, local_name, tree_of
from newsextract.extraction.dom import parse
from newsextract.extraction.text import clean_line

__all__ = ["Entry", "read_feed", "read_json_feed"]

_MOST_TAGS, _MOST_ENTRIES = 400_000, 10_000
_LONGEST_TEXT, _LONGEST_ADDRESS, _LONGEST_HEAD = 2_000, 8_192, 4_000
_LONGEST_TITLE = 500
# A channel in RSS, items in a channel.
_DEEPEST = 3
_ENTRY_TAG = re.compile(rb"<(/?)(?:[\w.-]+:)?(?:item|entry)(?=[\s>])", re.IGNORECASE)
_ENTRIES = frozenset(("item", "entry"))
_CONTAINERS = frozenset(("channel", "items"))
# Of an entry. Texts are left out, since feedparser looks through authors and contents for much that
# is of no use here, and takes hours for what nobody ever wrote.
_KEPT = frozenset(
    ("title", "link", "guid", "id", "origlink", "pubdate", "published", "issued", "updated",
     "modified", "created", "date")
)  # fmt: skip
_KEPT_ATTRIBUTES = frozenset(
    ("version", "type", "mode", "rel", "href", "isPermaLink", "ispermalink",
     "{http://www.w3.org/XML/1998/namespace}base")
)  # fmt: skip
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed says of an article; texts are empty where it says nothing."""

    address: str
    title: str = ""
    date: str = ""


def read_feed(text: str, url: str) -> tuple[str, Iterator[Entry | str]]:
    """Return what a feed is, "rss" or "atom", and its entries; `url` makes their links whole.

    A text among them says what kept some from being read.
    """
    xml = as_xml(text)
    tags = xml.count(b"<")
    if tags > _MOST_TAGS:
        return "rss", iter((f"it has {tags:,} tags; at most {_MOST_TAGS:,} are read",))
    root, problem = tree_of(xml)
    if root is None:
        return "rss", iter((problem or "it is empty",))
    if problem:
        root = _entry_by_entry(xml)
    left = _without_others(root, _MOST_ENTRIES, is_broken=problem is not None)
    try:
        source, entries = _parsed(etree.tostring(root, encoding="utf-8"), url)
    except Exception as error:
        # feedparser lets out whatever comes of namespaces with spaces in them, for instance.
        return "rss", iter((f"feedparser cannot read it ({error!r})",))
    problems = [problem] if problem else []
    if left < 0:
        problems.append(f"it has more than {_MOST_ENTRIES:,} entries")
    return source, _entries_and(entries, problems)


def _entries_and(entries: list[Any], problems: list[str]) -> Iterator[Entry | str]:
    for entry in entries:
        yield _entry(entry)
    yield from problems


def _entry_by_entry(xml: bytes) -> Any:
    """Return a broken feed as its entries alone, each parsed by itself.

    A tag that nobody closes shifts all that follows it into the element before.
    """
    head = xml[: xml.find(b">") + 1]
    if not 0 < len(head) <= _LONGEST_HEAD or head.endswith(b"/>"):
        head = b"<rss>"
    root, _ = tree_of(head)
    tags = list(_ENTRY_TAG.finditer(xml))
    for number, tag in enumerate(tags[: 2 * _MOST_ENTRIES]):
        if tag[1]:
            continue
        # What comes after the last tag of a file that was cut off is half an address.
        end = tags[number + 1].start() if number + 1 < len(tags) else xml.rfind(b">") + 1
        parsed, _ = tree_of(head + xml[tag.start() : end])
        if parsed is not None and len(parsed):
            root.append(parsed[0])
    return root


def _without_others(parent: Any, left: int, *, is_broken: bool, depth: int = 0) -> int:
    """Remove what is not looked at; return how many entries more there might have been."""
    _reduce_attributes(parent)
    for child in list(parent):
        name = _name_of(child)
        if name in _CONTAINERS and depth < _DEEPEST:
            left = _without_others(child, left, is_broken=is_broken, depth=depth + 1)
        elif name in _ENTRIES:
            left -= 1
            if left >= 0:
                _reduce(child, is_broken=is_broken)
            else:
                parent.remove(child)
        else:
            parent.remove(child)
    return left


def _reduce(entry: Any, *, is_broken: bool) -> None:
    """Keep the parts of an entry that are looked at, each with its text alone."""
    _reduce_attributes(entry)
    kept = []
    for part in list(entry.iterdescendants() if is_broken else entry):
        if _name_of(part) in _KEPT:
            text = _text_before_others(part) if is_broken else "".join(part.itertext())
            _reduce_attributes(part)
            if len(part):
                # An XHTML title is its words (RFC 4287, 3.1.1.3).
                part.attrib.pop("type", None)
            kept.append((part, text[:_LONGEST_TEXT]))
    del entry[:]
    for part, text in kept:
        del part[:]
        part.text, part.tail = text, None
        entry.append(part)


def _text_before_others(part: Any) -> str:
    """Return the text of a part that may have swallowed the next one."""
    texts = [part.text or ""]
    for inner in part.iterdescendants():
        if _name_of(inner) in _KEPT:
            break
        texts += (inner.text or "", inner.tail or "")
    return "".join(texts)


def _name_of(element: Any) -> str:
    return local_name(element.tag) if isinstance(element.tag, str) else ""


def _reduce_attributes(element: Any) -> None:
    """Take off the attributes that are not looked at, and a prefix that nobody declared.

    The parser of the standard library looks through all attributes of an element for each of them,
    and so does lxml where it lists them.
    """
    if ":" in element.tag.rpartition("}")[2]:
        name = local_name(element.tag)
        element.tag = f"{_DUBLIN_CORE}date" if name == "date" else name
    found = {name: element.attrib.get(name) for name in _KEPT_ATTRIBUTES}
    element.attrib.clear()
    for name, value in found.items():
        if value is not None and len(value) <= _LONGEST_ADDRESS:
            element.set(name, value)


def _parsed(xml: bytes, url: str) -> tuple[str, list[Any]]:
    result = feedparser.parse(
        io.BytesIO(xml),
        response_headers={
            "content-type": "application/xml; charset=utf-8", "content-location": url,
        },
        sanitize_html=False,
        resolve_relative_uris=False,
    )  # fmt: skip
    return "atom" if result["version"].startswith("atom") else "rss", result["entries"]


def _entry(entry: dict[str, Any]) -> Entry:
    def said(name: str) -> str:
        # Its own way to look up gives one date for another, and warns.
        value = dict.get(entry, name)
        return value if isinstance(value, str) else ""

    address = said("feedburner_origlink") or said("link") or _if_address(said("id"))
    detail = dict.get(entry, "title_detail") or {}
    is_markup = dict.get(detail, "type") in ("text/html", "application/xhtml+xml")
    title = said("title")
    return Entry(
        address=address,
        title=_plain(title) if is_markup else clean_line(title)[:_LONGEST_TITLE],
        date=said("published") or said("updated") or said("created"),
    )


def _if_address(identifier: str) -> str:
    return identifier if identifier.lower().startswith(("http://", "https://")) else ""


def _plain(markup: str) -> str:
    root = parse(markup).root
    return clean_line(root.text(deep=True) if root else "")[:_LONGEST_TITLE]


def read_json_feed(text: str) -> Iterator[Entry | str]:
    """Yield the entries of a JSON Feed; a text says what kept some from being read.

    https://www.jsonfeed.org/version/1.1/#items-a-name-items-a
    """
    try:
        feed = msgspec.json.decode(text.encode("utf-8", "replace"))
    except (msgspec.DecodeError, RecursionError) as error:
        yield str(error)
        return
    items = feed.get("items") if isinstance(feed, Mapping) else None
    if not isinstance(items, list):
        yield "it is JSON, but has no items"
        return
    yield from map(_json_entry, items[:_MOST_ENTRIES])
    if len(items) > _MOST_ENTRIES:
        yield f"it has more than {_MOST_ENTRIES:,} entries"


def _json_entry(item: object) -> Entry:
    if not isinstance(item, Mapping):
        return Entry("")
    said = {name: value for name, value in item.items() if isinstance(value, str)}
    # An identifier may be the address, and a link list gives another's beside its own.
    address = said.get("url") or said.get("external_url") or _if_address(said.get("id", ""))
    return Entry(
        address=address,
        title=clean_line(said.get("title", "")[:_LONGEST_TEXT])[:_LONGEST_TITLE],
        date=said.get("date_published") or said.get("date_modified", ""),
    )
