"""An article as a person reads it on a terminal: what is known of it, then its text."""

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from newsextract.records import Article, Block, FieldName
from newsextract.render.pieces import entry_line, shown

__all__ = ["to_card"]

# In longer lines the eye loses its way back to the beginning of the next.
_WIDEST = 88
_LABEL_WIDTH = 12
# What the README's figures call sure; what is hardly more than a guess.
_SURE, _DOUBTFUL = 0.9, 0.7
_STORIES = ("article", "live", "gallery", "video")
_EXPLAINED: tuple[FieldName, ...] = ("title", "date", "authors")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lines:
    """A text that is wrapped, with `mark` before its first line and `others` before the others.

    A `whole` text is one line, however long.
    """

    text: Text
    mark: Text = field(default_factory=Text)
    others: str | None = None
    whole: bool = False


def to_card(article: Article) -> str:
    """Return headline, facts, warnings, text, entries and corrections for standard output.

    Lines are as wide as the terminal and at most 88 columns, but for addresses, which are never
    broken. Colours are those that the terminal has, and none where NO_COLOR is set.
    """
    console = Console(width=min(shutil.get_terminal_size().columns, _WIDEST))
    parts = (_head(article), _facts(article), _notices(article), *_body(article), *_below(article))
    is_first = True
    with console.capture() as written:
        for pieces in filter(None, map(list, parts)):
            if not is_first:
                console.print()
            is_first = False
            for piece in pieces:
                _print(piece, console)
    return written.get()


def _print(piece: _Lines | Table, console: Console) -> None:
    if isinstance(piece, Table):
        console.print(piece)
        return
    room = max(1, console.width - cell_len(piece.mark.plain))
    lines = [piece.text] if piece.whole else piece.text.wrap(console, room)
    others = " " * cell_len(piece.mark.plain) if piece.others is None else piece.others
    for number, line in enumerate(lines):
        line.rstrip()
        console.print(Text.assemble(others if number else piece.mark, line), soft_wrap=True)


def _head(article: Article) -> Iterator[_Lines]:
    if article.title:
        yield _Lines(text=Text(article.title, "bold"))
    if article.subtitle:
        yield _Lines(text=Text(article.subtitle, "italic"))


def _facts(article: Article) -> Iterator[_Lines]:
    for label, value in _labelled(article):
        mark = Text(label.ljust(_LABEL_WIDTH), "dim")
        yield _Lines(mark=mark, text=value, whole=label == "picture")


def _labelled(article: Article) -> Iterator[tuple[str, Text]]:
    if names := (*article.authors, *article.agencies):
        yield "by", Text(" · ".join(names))
    changed = article.date_modified if article.date_modified != article.date else None
    if article.date or changed:
        dates = [shown(article.date)] if article.date else []
        yield (
            "date",
            Text(" · ".join([*dates, f"changed {shown(changed)}"] if changed else dates)),
        )
    if places := [place for place in (article.site_name, article.section) if place]:
        yield "site", Text(" › ".join(places))
    if article.kind != "article":
        yield "kind", Text(article.kind.replace("_", " "))
    words = f"{article.word_count:,} words"
    yield "text", Text(f"{article.language} · {words}" if article.language else words)
    yield "confidence", _confidence(article.confidence)
    if origins := list(_origins(article)):
        yield "found in", Text("\n").join(origins)
    if article.image:
        yield "picture", Text(article.image)


def _confidence(confidence: float) -> Text:
    if confidence >= _SURE:
        return Text(f"high, {confidence:.2f}", "green")
    if confidence >= _DOUBTFUL:
        return Text(f"fair, {confidence:.2f}", "yellow")
    return Text(f"low, {confidence:.2f}: the text may lack parts or have others", "bold red")


def _origins(article: Article) -> Iterator[Text]:
    for name in _EXPLAINED:
        if source := article.sources.get(name):
            if source.confidence < _DOUBTFUL:
                yield Text(f"{name}: {source.source} ({source.confidence:.2f})", "yellow")
            else:
                yield Text(f"{name}: {source.source}")


def _notices(article: Article) -> Iterator[_Lines]:
    kind = article.sources.get("page_kind")
    if article.page_kind not in _STORIES and kind and kind.confidence >= _DOUBTFUL:
        yield _notice(f"The page looks like one of the kind {article.page_kind}, not like a story.")
    if article.sponsored:
        yield _notice(f"Paid for: {article.sponsored}")
    if article.is_truncated:
        yield _notice("Only a part of the text is here.")
    for warning in article.warnings:
        yield _notice(f"Warning: {warning}")


def _notice(text: str) -> _Lines:
    return _Lines(text=Text(text, "yellow"))


def _body(article: Article) -> Iterator[list[_Lines | Table]]:
    """Yield what has an empty line above it: a block, or the items of a list."""
    items: list[_Lines | Table] = []
    for block in article.blocks:
        if block.kind == "list_item":
            items.append(_item(block))
        else:
            yield items
            items = []
            yield [_block(block)]
    yield items


def _item(block: Block) -> _Lines:
    mark = f"{block.ordinal}." if block.ordinal else "•"
    return _Lines(mark=Text("  " * max(block.level, 1) + mark + " "), text=Text(block.text))


def _block(block: Block) -> _Lines | Table:
    if block.kind == "heading":
        return _Lines(text=Text(block.text, "bold cyan"))
    if block.kind == "quote":
        return _Lines(mark=Text("│ "), others="│ ", text=Text(block.text, "italic"))
    if block.kind == "code":
        return _Lines(mark=Text("    "), text=Text(block.text))
    if block.kind == "table":
        return _table(block.text)
    return _Lines(text=Text(block.text))


def _table(text: str) -> Table:
    rows = [[Text(cell) for cell in line.split("\t")] for line in text.splitlines()]
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for cell in rows[0]:
        table.add_column(cell)
    for row in rows[1:]:
        table.add_row(*row)
    return table


def _below(article: Article) -> Iterator[Iterable[_Lines]]:
    if article.is_truncated:
        why = "by a paywall" if article.free_access is False else "as by a paywall"
        yield [_notice(f"The text is cut off here, {why}.")]
    for entry in article.entries_apart:
        yield [_Lines(text=Text(entry_line(entry), "bold cyan"))]
        yield [_Lines(text=Text(entry.body))] if entry.body else []
    for correction in article.corrections:
        day = f" {shown(correction.date)}" if correction.date else ""
        yield [_Lines(text=Text(f"Corrected{day}", "bold cyan"))]
        yield [_Lines(text=Text(correction.text))]
