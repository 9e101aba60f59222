"""Article → Markdown."""

import re

from newsextract.records import Article, Block, Image
from newsextract.render.pieces import byline_of, entry_line, is_item, is_safe, pieces_of, with_links

__all__ = ["to_markdown"]

# Characters that CommonMark would read as markup where they stand in prose.
# https://spec.commonmark.org/0.31.2/#backslash-escapes
_SPECIAL = re.compile(r"([\\`*_\[\]<>])")
# What would end the address of a link before its end, or begin something else.
_NO_ADDRESS = re.compile(r"[\s<>()\\\"`]")
_ATTRIBUTES = {
    "a": frozenset(("href",)),
    "img": frozenset(("src", "alt", "width", "height")),
    "li": frozenset(("value",)),
    "time": frozenset(("datetime",)),
}
_LINE_START = re.compile(r"^(\s*)([#+=~|-]|\d+[.)])(?=\s|$|[-=~|])")


def to_markdown(article: Article) -> str:
    """Return headline, byline, date, body and entries as CommonMark."""
    parts = []
    if article.title:
        parts.append(f"# {_escaped(article.title)}")
    if article.subtitle:
        parts.append(f"**{_escaped(article.subtitle)}**")
    if byline := byline_of(article):
        parts.append(f"*{_escaped(byline)}*")
    text = "\n\n".join(parts)
    previous: Block | Image | None = None
    for piece in pieces_of(article):
        is_block = isinstance(piece, Block)
        tight = is_block and is_item(previous) and is_item(piece)
        own = _block(piece) if isinstance(piece, Block) else _picture(piece)
        text += ("\n" if tight else "\n\n" if text else "") + own
        previous = piece
    for entry in article.entries_apart:
        text += f"\n\n## {_escaped(entry_line(entry))}"
        text += "".join(f"\n\n{_escaped(part)}" for part in entry.body.split("\n\n") if part)
    return text + "\n"


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
    text = with_links(block, _inline, lambda label, link: f"[{label}]({_address(link.url)})")
    return _LINE_START.sub(lambda match: f"{match[1]}{match[2][:-1]}\\{match[2][-1]}", text)


def _address(url: str) -> str:
    return _NO_ADDRESS.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), url)


def _picture(image: Image) -> str:
    if not is_safe(image.url):
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
