"""What all forms of an article share: its pieces in order, its lines, its links."""

import datetime as dt
from collections.abc import Callable, Iterator

from newsextract.records import Article, Block, Image, Link, LiveEntry

__all__ = [
    "SAFE_SCHEMES", "byline_of", "entry_line", "is_item", "is_safe", "pieces_of", "shown",
    "with_links",
]  # fmt: skip

SAFE_SCHEMES = frozenset(("http", "https", "mailto"))


def pieces_of(article: Article) -> Iterator[Block | Image]:
    """Yield the blocks of the body with the pictures between them."""
    pictures = sorted(article.images, key=lambda image: image.before)
    for position, block in enumerate(article.blocks):
        while pictures and pictures[0].before <= position:
            yield pictures.pop(0)
        yield block
    yield from pictures


def is_item(piece: Block | Image | None) -> bool:
    """Whether a piece is an item of a list."""
    return isinstance(piece, Block) and piece.kind == "list_item"


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


def shown(moment: dt.date | dt.datetime) -> str:
    """Return a day or a point in time as readers see it."""
    if isinstance(moment, dt.datetime):
        return moment.isoformat(sep=" ", timespec="minutes")
    return moment.isoformat()


def with_links(block: Block, escape: Callable[[str], str], wrap: Callable[[str, Link], str]) -> str:
    """Return a block's text: what is a link goes through `wrap`, all text through `escape`."""
    parts: list[str] = []
    end = 0
    for link in block.links:
        if is_safe(link.url):
            parts.append(escape(block.text[end : link.start]))
            parts.append(wrap(escape(block.text[link.start : link.end]), link))
            end = link.end
    return "".join([*parts, escape(block.text[end:])])


def is_safe(url: str) -> bool:
    """Whether an address may be in a document: one of http, https or mailto."""
    return url.partition(":")[0].lower() in SAFE_SCHEMES
