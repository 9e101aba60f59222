"""Article → CommonMark, with tables as GitHub has them, and YAML front matter."""

import re
from collections.abc import Iterator, Sequence

from newsextract.records import Article, Block, Image
from newsextract.render.front_matter import front_matter_of
from newsextract.render.pieces import (
    Item,
    Piece,
    byline_of,
    caption_of,
    entry_line,
    heading_level,
    is_safe,
    pieces_of,
    rows_of,
    runs_of,
)

__all__ = ["to_markdown"]

_ENTITY = re.compile(r"&(?=#?\w+;)")
# Characters that CommonMark would read as markup wherever they stand in prose, and the tilde, which
# strikes out on GitHub. https://spec.commonmark.org/0.31.2/#backslash-escapes
_SPECIAL = re.compile(rf"[\\`*_\[\]<>~]|{_ENTITY.pattern}")
# What would begin a list, a heading or a line across.
_START = re.compile(r"^([0-9]{1,9}(?=[.)](?:\s|$))|(?=[-+#](?!\w)))")
# https://spec.commonmark.org/0.31.2/#atx-headings: a closing sequence.
_CLOSING = re.compile(r"(?<!\S)(#+)$")
_LINE_ENDS = re.compile(r"[\r\n]+")
# What would end the address of a link before its end, or begin something else.
_NO_ADDRESS = re.compile(r"[\s\x00-\x20\x7f<>()\\\"`]")
_FENCE = re.compile(r"`{3,}")


def to_markdown(article: Article, *, front_matter: bool = False) -> str:
    """Return headline, byline, date, body and entries as CommonMark.

    With `front_matter`, the fields of the record stand above it as YAML between lines of `---`.
    """
    parts = [*_head(article), *map(_piece, pieces_of(article)), *_entries(article)]
    text = "\n\n".join(part for part in parts if part) + "\n"
    return f"{front_matter_of(article)}\n{text}" if front_matter else text


def _head(article: Article) -> Iterator[str]:
    if article.title:
        yield _heading(1, _line(article.title))
    yield _stressed("**", article.subtitle or "")
    yield _stressed("*", byline_of(article))


def _entries(article: Article) -> Iterator[str]:
    for entry in article.entries_apart:
        yield _heading(2, _line(entry_line(entry)))
        yield from map(_line, entry.body.split("\n\n"))


def _piece(piece: Piece) -> str:
    if isinstance(piece, tuple):
        return _list(piece)
    if isinstance(piece, Image):
        return _picture(piece)
    if piece.kind == "heading":
        return _heading(heading_level(piece), _linked(piece))
    if piece.kind == "quote":
        return f"> {_linked(piece)}"
    if piece.kind == "code":
        return _code(piece.text)
    if piece.kind == "table":
        return _table(rows_of(piece))
    return _linked(piece)


def _heading(level: int, line: str) -> str:
    return "#" * level + " " + _CLOSING.sub(r"\\\1", line)


def _list(items: Sequence[Item]) -> str:
    text = ""
    # For each depth, where the text of its items begins, and the last character of their marks.
    indents, ends = [0], [""]
    for item in items:
        number, depth = item.block.ordinal, item.depth
        last = ends[depth] if depth < len(ends) else ""
        end = _end_of_mark(item, last)
        mark = f"{number}{end} " if number else f"{end} "
        if text:
            # Only a list that begins at 1 may follow a line of text without an empty one.
            # https://spec.commonmark.org/0.31.2/#list-items
            text += "\n\n" if item.begins and (last or number > 1) else "\n"
        text += " " * indents[depth - 1] + mark + _linked(item.block)
        ends[depth:] = [end]
        indents[depth:] = [indents[depth - 1] + len(mark)]
    return text


def _end_of_mark(item: Item, last: str) -> str:
    """Return another one than the list above has, or both would be one list.

    https://spec.commonmark.org/0.31.2/#lists
    """
    if not item.block.ordinal:
        return "-"
    if not item.begins:
        return last
    return ")" if last == "." else "."


def _picture(image: Image) -> str:
    if not is_safe(image.url):
        return _line(image.caption or image.alt or "")
    picture = f"![{_inline(image.alt or '')}]({_address(image.url)})"
    caption = _stressed("*", caption_of(image))
    return f"{picture}\n\n{caption}" if caption else picture


def _code(text: str) -> str:
    fence = max(["```", *(run + "`" for run in _FENCE.findall(text))], key=len)
    return f"{fence}\n{text}\n{fence}"


def _table(rows: Sequence[Sequence[str]]) -> str:
    width = max(map(len, rows))
    lines = [
        "| " + " | ".join([*map(_cell, row), *[""] * (width - len(row))]) + " |" for row in rows
    ]
    lines.insert(1, "|" + " --- |" * width)
    return "\n".join(lines)


def _cell(text: str) -> str:
    return _inline(text).replace("|", "\\|")


def _linked(block: Block) -> str:
    """Return a block's text on one line, with its links."""
    text = "".join(
        f"[{_inline(run)}]({_address(url)})" if url else _inline(run) for run, url in runs_of(block)
    )
    # What looks like a picture now is an exclamation mark before a link.
    return _started(text.replace("![", "\\!["))


def _line(text: str) -> str:
    """Return text that stands at the start of a line."""
    return _started(_inline(text))


def _started(text: str) -> str:
    return _START.sub(r"\1\\", text.strip())


def _stressed(mark: str, text: str) -> str:
    text = _inline(text).strip()
    return f"{mark}{text}{mark}" if text else ""


def _inline(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", _LINE_ENDS.sub(" ", text))


def _address(url: str) -> str:
    url = _NO_ADDRESS.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), url)
    return _ENTITY.sub(r"\\&", url)
