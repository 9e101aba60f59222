"""What all forms of an article share: its pieces in order, its lines, its links."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias

from newsextract.records import Article, Block, Image, LiveEntry

__all__ = [
    "SAFE_SCHEMES", "Item", "Piece", "byline_of", "caption_of", "entry_line", "heading_level",
    "is_safe", "pieces_of", "rows_of", "runs_of", "shown",
]  # fmt: skip

SAFE_SCHEMES = frozenset(("http", "https", "mailto"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An item of a list: how deep it stands, from 1, and whether it begins a list there."""

    block: Block
    depth: int
    begins: bool


# The items of a list and of those inside it are one piece.
Piece: TypeAlias = Block | Image | tuple[Item, ...]


def pieces_of(article: Article) -> Iterator[Piece]:
    """Yield the blocks of the body with the pictures between them, and lists whole."""
    for is_list, pieces in groupby(_blocks_and_pictures(article), _is_item):
        if is_list:
            yield tuple(_items(piece for piece in pieces if isinstance(piece, Block)))
        else:
            yield from pieces


def _blocks_and_pictures(article: Article) -> Iterator[Block | Image]:
    pictures = sorted(article.images, key=lambda image: image.before)
    for position, block in enumerate(article.blocks):
        while pictures and pictures[0].before <= position:
            yield pictures.pop(0)
        yield block
    yield from pictures


def _is_item(piece: Block | Image) -> bool:
    return isinstance(piece, Block) and piece.kind == "list_item"


def _items(blocks: Iterable[Block]) -> Iterator[Item]:
    """Yield items one deeper than the one above at most; a list goes on where its numbers do."""
    above: list[Block] = []
    for block in blocks:
        depth = min(max(block.level, 1), len(above) + 1)
        last = above[depth - 1] if depth <= len(above) else None
        goes_on = last is not None and block.ordinal == (last.ordinal and last.ordinal + 1)
        yield Item(block=block, depth=depth, begins=not goes_on)
        above[depth - 1 :] = [block]


def entry_line(entry: LiveEntry) -> str:
    """Return the line above an entry: its time, title and authors."""
    time = shown(entry.time) if entry.time else ""
    parts = (time, entry.title, ", ".join(entry.authors))
    return " · ".join(part for part in parts if part)


def byline_of(article: Article) -> str:
    """Return the line below the headline: authors and date."""
    names = ", ".join(article.authors)
    day = shown(article.date) if article.date else ""
    return " · ".join(part for part in (names, day) if part)


def caption_of(image: Image) -> str:
    """Return the line below a picture: its caption and credit."""
    return " ".join(part for part in (image.caption, image.credit) if part)


def shown(moment: dt.date | dt.datetime) -> str:
    """Return a day or a point in time as readers see it."""
    if isinstance(moment, dt.datetime):
        return moment.isoformat(sep=" ", timespec="minutes")
    return moment.isoformat()


def heading_level(block: Block) -> int:
    """Return the rank of a heading; the first is that of the page's headline alone."""
    return max(2, min(block.level, 6))


def rows_of(table: Block) -> list[list[str]]:
    """Return the cells of a table."""
    return [line.split("\t") for line in table.text.split("\n")]


def runs_of(block: Block) -> Iterator[tuple[str, str | None]]:
    """Yield the text of a block in runs, each with the address that it links to, if it does."""
    end = 0
    for link in block.links:
        if is_safe(link.url):
            yield block.text[end : link.start], None
            yield block.text[link.start : link.end], link.url
            end = link.end
    yield block.text[end:], None


def is_safe(url: str) -> bool:
    """Whether an address may be in a document: one of http, https or mailto."""
    return url.partition(":")[0].lower() in SAFE_SCHEMES
