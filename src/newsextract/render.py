"""Article → text, Markdown and safe HTML."""

import datetime as dt
import html
import re
from collections.abc import Callable, Iterator
from itertools import groupby

from newsextract.records import Article, Block, Image, Link, LiveEntry

__all__ = ["as_shown", "entry_line", "to_html", "to_markdown", "to_text"]

# Characters that CommonMark would read as markup where they stand in prose.
# https://spec.commonmark.org/0.31.2/#backslash-escapes
_SPECIAL = re.compile(r"([\\`*_\[\]<>])")
# What would end the address of a link before its end, or begin something else.
_NO_ADDRESS = re.compile(r"[\s<>()\\\"`]")
_SAFE_SCHEMES = frozenset(("http", "https", "mailto"))
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
_LINE_START = re.compile(r"^(\s*)([#+=~|-]|\d+[.)])(?=\s|$|[-=~|])")


def to_text(article: Article) -> str:
    """Return headline, byline, date, body and entries as plain text."""
    parts = [article.title or "", article.subtitle or "", _byline(article), article.body]
    for entry in article.entries_apart:
        parts += [entry_line(entry), entry.body]
    return "\n\n".join(part for part in parts if part)


def to_markdown(article: Article) -> str:
    """Return headline, byline, date, body and entries as CommonMark."""
    parts = []
    if article.title:
        parts.append(f"# {_escaped(article.title)}")
    if article.subtitle:
        parts.append(f"**{_escaped(article.subtitle)}**")
    if byline := _byline(article):
        parts.append(f"*{_escaped(byline)}*")
    text = "\n\n".join(parts)
    previous: Block | Image | None = None
    for piece in _pieces(article):
        is_block = isinstance(piece, Block)
        tight = is_block and _is_item(previous) and _is_item(piece)
        own = _block(piece) if isinstance(piece, Block) else _picture(piece)
        text += ("\n" if tight else "\n\n" if text else "") + own
        previous = piece
    for entry in article.entries_apart:
        text += f"\n\n## {_escaped(entry_line(entry))}"
        text += "".join(f"\n\n{_escaped(part)}" for part in entry.body.split("\n\n") if part)
    return text + "\n"


def _pieces(article: Article) -> Iterator[Block | Image]:
    """Yield the blocks of the body with the pictures between them."""
    pictures = sorted(article.images, key=lambda image: image.before)
    for position, block in enumerate(article.blocks):
        while pictures and pictures[0].before <= position:
            yield pictures.pop(0)
        yield block
    yield from pictures


def _is_item(piece: Block | Image | None) -> bool:
    return isinstance(piece, Block) and piece.kind == "list_item"


def entry_line(entry: LiveEntry) -> str:
    """Return time, title and authors of an entry on one line, as far as it has them."""
    time = as_shown(entry.time) if entry.time else ""
    parts = (time, entry.title, ", ".join(entry.authors))
    return " · ".join(part for part in parts if part)


def _byline(article: Article) -> str:
    names = ", ".join(article.authors)
    day = as_shown(article.date) if article.date else ""
    return " · ".join(part for part in (names, day) if part)


def as_shown(moment: dt.date | dt.datetime) -> str:
    """Return a day as 2024-05-07, a point in time as 2024-05-07 09:30+02:00."""
    if isinstance(moment, dt.datetime):
        return moment.isoformat(sep=" ", timespec="minutes")
    return moment.isoformat()


def _block(block: Block) -> str:
    if block.kind == "heading":
        # The page's headline is the only first-level heading of the document.
        return "#" * max(2, min(block.level, 6)) + " " + _linked(block)
    if block.kind == "list_item":
        mark = f"{block.ordinal}." if block.ordinal else "-"
        return "   " * (max(block.level, 1) - 1) + f"{mark} {_linked(block)}"
    if block.kind == "quote":
        return f"> {_linked(block)}"
    if block.kind == "code":
        return "\n".join(f"    {line}" for line in block.text.splitlines())
    if block.kind == "table":
        return _table(block.text)
    return _linked(block)


def _linked(block: Block) -> str:
    """Return a block's text with its links, escaped where a line begins as well."""
    text = _with_links(block, _inline, lambda label, link: f"[{label}]({_address(link.url)})")
    return _LINE_START.sub(lambda match: f"{match[1]}{match[2][:-1]}\\{match[2][-1]}", text)


def _with_links(
    block: Block, escape: Callable[[str], str], wrap: Callable[[str, Link], str]
) -> str:
    parts: list[str] = []
    end = 0
    for link in block.links:
        if _is_safe(link.url):
            parts.append(escape(block.text[end : link.start]))
            parts.append(wrap(escape(block.text[link.start : link.end]), link))
            end = link.end
    return "".join([*parts, escape(block.text[end:])])


def _is_safe(url: str) -> bool:
    return url.partition(":")[0].lower() in _SAFE_SCHEMES


def _address(url: str) -> str:
    return _NO_ADDRESS.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), url)


def _picture(image: Image) -> str:
    if not _is_safe(image.url):
        return _escaped(image.caption or image.alt or "")
    shown = f"![{_inline(image.alt or '')}]({_address(image.url)})"
    caption = " ".join(part for part in (image.caption, image.credit) if part)
    return f"{shown}\n\n*{_inline(caption)}*" if caption else shown


def _table(text: str) -> str:
    rows = [
        [_escaped(cell).replace("|", "\\|") for cell in line.split("\t")]
        for line in text.splitlines()
    ]
    width = max(map(len, rows))
    lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in rows]
    lines.insert(1, "|" + " --- |" * width)
    return "\n".join(lines)


def _inline(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _escaped(text: str) -> str:
    text = _inline(text)
    return _LINE_START.sub(lambda match: f"{match[1]}{match[2][:-1]}\\{match[2][-1]}", text)


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
        url_schemes=set(_SAFE_SCHEMES),
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
    for is_list, pieces in groupby(_pieces(article), _is_item):
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
    return f'<time datetime="{moment.isoformat()}">{as_shown(moment)}</time>'


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
    return _with_links(
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
