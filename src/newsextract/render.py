"""Article → text and Markdown."""

import datetime as dt
import re

from newsextract.records import Article, Block, LiveEntry

__all__ = ["to_markdown", "to_text"]

# Characters that CommonMark would read as markup where they stand in prose.
# https://spec.commonmark.org/0.31.2/#backslash-escapes
_SPECIAL = re.compile(r"([\\`*_\[\]<>])")
_LINE_START = re.compile(r"^(\s*)([#+=~|-]|\d+[.)])(?=\s|$|[-=~|])")


def to_text(article: Article) -> str:
    """Return headline, byline, date, body and entries as plain text."""
    parts = [article.title or "", article.subtitle or "", _byline(article), article.body]
    for entry in article.entries_apart:
        parts += [_entry_line(entry), entry.body]
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
    previous: Block | None = None
    for block in article.blocks:
        tight = previous is not None and previous.kind == block.kind == "list_item"
        text += ("\n" if tight else "\n\n" if text else "") + _block(block)
        previous = block
    for entry in article.entries_apart:
        text += f"\n\n## {_escaped(_entry_line(entry))}"
        text += "".join(f"\n\n{_escaped(part)}" for part in entry.body.split("\n\n") if part)
    return text + "\n"


def _entry_line(entry: LiveEntry) -> str:
    time = _shown(entry.time) if entry.time else ""
    parts = (time, entry.title, ", ".join(entry.authors))
    return " · ".join(part for part in parts if part)


def _byline(article: Article) -> str:
    names = ", ".join(article.authors)
    day = _shown(article.date) if article.date else ""
    return " · ".join(part for part in (names, day) if part)


def _shown(moment: dt.date | dt.datetime) -> str:
    if isinstance(moment, dt.datetime):
        return moment.isoformat(sep=" ", timespec="minutes")
    return moment.isoformat()


def _block(block: Block) -> str:
    if block.kind == "heading":
        # The page's headline is the only first-level heading of the document.
        return "#" * max(2, min(block.level, 6)) + " " + _escaped(block.text)
    if block.kind == "list_item":
        mark = f"{block.ordinal}." if block.ordinal else "-"
        return "   " * (max(block.level, 1) - 1) + f"{mark} {_escaped(block.text)}"
    if block.kind == "quote":
        return f"> {_escaped(block.text)}"
    if block.kind == "code":
        return "\n".join(f"    {line}" for line in block.text.splitlines())
    if block.kind == "table":
        return _table(block.text)
    return _escaped(block.text)


def _table(text: str) -> str:
    rows = [
        [_escaped(cell).replace("|", "\\|") for cell in line.split("\t")]
        for line in text.splitlines()
    ]
    width = max(map(len, rows))
    lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in rows]
    lines.insert(1, "|" + " --- |" * width)
    return "\n".join(lines)


def _escaped(text: str) -> str:
    text = _SPECIAL.sub(r"\\\1", text)
    return _LINE_START.sub(lambda match: f"{match[1]}{match[2][:-1]}\\{match[2][-1]}", text)
