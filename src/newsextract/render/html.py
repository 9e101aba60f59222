"""Article → HTML that is safe in any page."""

import datetime as dt
import html
from collections.abc import Iterator, Sequence

from newsextract.records import Article, Block, Image
from newsextract.render.pieces import (
    SAFE_SCHEMES,
    Item,
    Piece,
    caption_of,
    entry_line,
    heading_level,
    pieces_of,
    rows_of,
    runs_of,
    shown,
)

__all__ = ["to_html"]

_TAGS = frozenset(
    "a article blockquote figcaption figure h1 h2 h3 h4 h5 h6 img li ol p pre section strong table "
    "tbody td time tr ul".split()
)
_ATTRIBUTES = {
    "a": frozenset(("href",)),
    "img": frozenset(("src", "alt", "width", "height")),
    "li": frozenset(("value",)),
    "time": frozenset(("datetime",)),
}


def to_html(article: Article) -> str:
    """Return headline, byline, date, body, links, pictures and entries as an HTML fragment.

    It holds no scripts, styles, forms or frames, no attributes but addresses, sizes and alternative
    texts, and no addresses but those of http, https and mailto: nh3, which has the last word, sees
    to that.
    """
    import nh3

    return nh3.clean(
        "\n".join(["<article>", *_html_parts(article), "</article>"]) + "\n",
        tags=set(_TAGS),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        url_schemes=set(SAFE_SCHEMES),
        link_rel=None,
        strip_comments=True,
    )


def _html_parts(article: Article) -> Iterator[str]:
    if article.title:
        yield f"<h1>{html.escape(article.title)}</h1>"
    if article.subtitle:
        yield f"<p><strong>{html.escape(article.subtitle)}</strong></p>"
    if names := ", ".join(article.authors):
        yield f"<p>{html.escape(names)}</p>"
    if article.date:
        yield f"<p>{_html_time(article.date)}</p>"
    yield from map(_html_piece, pieces_of(article))
    for entry in article.entries_apart:
        yield f"<section><h2>{html.escape(entry_line(entry))}</h2>"
        yield from (f"<p>{html.escape(part)}</p>" for part in entry.body.split("\n\n") if part)
        yield "</section>"


def _html_time(moment: dt.date | dt.datetime) -> str:
    return f'<time datetime="{moment.isoformat()}">{shown(moment)}</time>'


def _html_piece(piece: Piece) -> str:
    if isinstance(piece, tuple):
        return _html_list(piece)
    return _html_picture(piece) if isinstance(piece, Image) else _html_block(piece)


def _html_block(block: Block) -> str:
    text = _html_linked(block)
    if block.kind == "heading":
        level = heading_level(block)
        return f"<h{level}>{text}</h{level}>"
    if block.kind == "quote":
        return f"<blockquote><p>{text}</p></blockquote>"
    if block.kind == "code":
        return f"<pre>{html.escape(block.text)}</pre>"
    if block.kind == "table":
        return _html_table(rows_of(block))
    return f"<p>{text}</p>"


def _html_linked(block: Block) -> str:
    return "".join(
        f'<a href="{html.escape(url)}">{html.escape(text)}</a>' if url else html.escape(text)
        for text, url in runs_of(block)
    )


def _html_list(items: Sequence[Item]) -> str:
    """Return nested lists; an item that is deeper than the one above is in a list inside it."""
    text = ""
    open_lists: list[str] = []
    for item in items:
        number = item.block.ordinal
        while len(open_lists) > item.depth - item.begins:
            text += f"</li>\n</{open_lists.pop()}>"
        if item.begins:
            open_lists.append("ol" if number else "ul")
            text += f"\n<{open_lists[-1]}>"
        else:
            text += "</li>"
        value = f' value="{number}"' if number else ""
        text += f"\n<li{value}>{_html_linked(item.block)}"
    while open_lists:
        text += f"</li>\n</{open_lists.pop()}>"
    return text.lstrip("\n")


def _html_table(rows: Sequence[Sequence[str]]) -> str:
    cells = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in rows)
    return "<table><tbody>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</tbody></table>"


def _html_picture(image: Image) -> str:
    sizes = "".join(
        f' {name}="{size}"'
        for name, size in (("width", image.width), ("height", image.height))
        if size
    )
    alt = html.escape(image.alt or "")
    picture = f'<img src="{html.escape(image.url)}" alt="{alt}"{sizes}>'
    caption = caption_of(image)
    below = f"<figcaption>{html.escape(caption)}</figcaption>" if caption else ""
    return f"<figure>{picture}{below}</figure>"
