"""Article → HTML that is safe in any page."""

import datetime as dt
import html
from collections.abc import Iterator
from itertools import groupby

from newsextract.records import Article, Block, Image
from newsextract.render.pieces import (
    SAFE_SCHEMES,
    entry_line,
    is_item,
    pieces_of,
    shown,
    with_links,
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
    for is_list, pieces in groupby(pieces_of(article), is_item):
        if is_list:
            yield from _html_list([piece for piece in pieces if isinstance(piece, Block)])
        else:
            for piece in pieces:
                yield _html_block(piece) if isinstance(piece, Block) else _html_picture(piece)
    for entry in article.entries_apart:
        yield f"<section><h2>{html.escape(entry_line(entry))}</h2>"
        yield from (f"<p>{html.escape(part)}</p>" for part in entry.body.split("\n\n") if part)
        yield "</section>"


def _html_time(moment: dt.date | dt.datetime) -> str:
    return f'<time datetime="{moment.isoformat()}">{shown(moment)}</time>'


def _html_block(block: Block) -> str:
    text = _html_linked(block)
    if block.kind == "heading":
        level = max(2, min(block.level, 6))
        return f"<h{level}>{text}</h{level}>"
    if block.kind == "quote":
        return f"<blockquote><p>{text}</p></blockquote>"
    if block.kind == "code":
        return f"<pre>{html.escape(block.text)}</pre>"
    if block.kind == "table":
        return _html_table(block.text)
    return f"<p>{text}</p>"


def _html_linked(block: Block) -> str:
    return with_links(
        block, html.escape, lambda label, link: f'<a href="{html.escape(link.url)}">{label}</a>'
    )


def _html_list(items: list[Block]) -> Iterator[str]:
    """Yield nested lists; an item that is deeper than the one above is in a list inside it."""
    open_lists: list[str] = []
    for item in items:
        level = max(1, min(item.level, len(open_lists) + 1))
        while len(open_lists) > level:
            yield f"</li></{open_lists.pop()}>"
        kind = "ol" if item.ordinal else "ul"
        if len(open_lists) == level:
            if open_lists[-1] == kind:
                yield "</li>"
            else:
                yield f"</li></{open_lists.pop()}>"
        if len(open_lists) < level:
            open_lists.append(kind)
            yield f"<{kind}>"
        number = f' value="{item.ordinal}"' if item.ordinal else ""
        yield f"<li{number}>{_html_linked(item)}"
    while open_lists:
        yield f"</li></{open_lists.pop()}>"


def _html_table(text: str) -> str:
    rows = [
        "".join(f"<td>{html.escape(cell)}</td>" for cell in line.split("\t"))
        for line in text.splitlines()
    ]
    return "<table><tbody>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</tbody></table>"


def _html_picture(image: Image) -> str:
    sizes = "".join(
        f' {name}="{size}"'
        for name, size in (("width", image.width), ("height", image.height))
        if size
    )
    alt = html.escape(image.alt or "")
    shown = f'<img src="{html.escape(image.url)}" alt="{alt}"{sizes}>'
    caption = " ".join(part for part in (image.caption, image.credit) if part)
    below = f"<figcaption>{html.escape(caption)}</figcaption>" if caption else ""
    return f"<figure>{shown}{below}</figure>"
