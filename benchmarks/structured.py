"""What a page's structured data says of title, authors, date and picture, as extruct reads it.

extruct gives the data and no record, so this is the plainest mapping: for each field the first
value of

1. JSON-LD, nodes of a type that ends in `Article` or in `Posting`: `headline`, `author`,
   `datePublished`, `image`
2. microdata, items of the same types: the same properties
3. Open Graph: `og:title`, `article:author` (unless it is an address), `article:published_time`,
   `og:image`

Of objects `name` (authors) or `url` (pictures) counts. Nothing is cleaned.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_ARTICLES = ("Article", "Posting")
_DEPTH = 4


def fields_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return title, authors, date and picture of what `extruct.extract` gave."""
    graph = dict(_pairs(data.get("opengraph", ())))
    sources = [*_articles(data.get("json-ld", ())), *_articles(data.get("microdata", ()))]
    sources.append(
        {
            "headline": graph.get("og:title"),
            "author": _no_addresses(graph.get("article:author")),
            "datePublished": graph.get("article:published_time"),
            "image": graph.get("og:image"),
        }
    )
    return {
        "title": next(_texts(sources, "headline", "name"), ""),
        "authors": next((found for each in sources if (found := _authors(each))), ()),
        "date": next(_texts(sources, "datePublished", "name"), ""),
        "picture": next(_texts(sources, "image", "url"), ""),
    }


def _articles(nodes: Any, depth: int = _DEPTH) -> Iterator[Mapping[str, Any]]:
    """Yield the properties of the articles among JSON-LD nodes or microdata items."""
    for node in nodes if isinstance(nodes, list) else ():
        if not isinstance(node, dict):
            continue
        types = node.get("@type", node.get("type"))
        types = types if isinstance(types, list) else [types]
        if any(str(each).endswith(_ARTICLES) for each in types):
            properties = node.get("properties")
            yield properties if isinstance(properties, dict) else node
        if depth:
            yield from _articles(node.get("@graph"), depth - 1)


def _texts(sources: Iterable[Mapping[str, Any]], name: str, part: str) -> Iterator[str]:
    for source in sources:
        yield from _strings(source.get(name), part)


def _authors(source: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(_strings(source.get("author"), "name"))


def _strings(value: Any, part: str, depth: int = _DEPTH) -> Iterator[str]:
    """Yield the strings of a value: its own, those of its parts, or of its members."""
    if isinstance(value, str) and value.strip():
        yield value.strip()
    elif isinstance(value, list) and depth:
        for each in value:
            yield from _strings(each, part, depth - 1)
    elif isinstance(value, dict) and depth:
        inner = value.get("properties", value)
        yield from _strings(inner.get(part) if isinstance(inner, dict) else inner, part, depth - 1)


def _no_addresses(value: Any) -> list[str]:
    return [text for text in _strings(value, "name") if "://" not in text]


def _pairs(graphs: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, Any]]:
    """Yield the properties of Open Graph data, the first of several values last."""
    for graph in graphs:
        yield from reversed(graph.get("properties", ()))
