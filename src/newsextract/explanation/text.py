"""Explanations and comparisons as plain text."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from newsextract.explanation.records import BlockDecision, Explanation, FieldOption

if TYPE_CHECKING:
    from newsextract.explanation.comparison import Comparison, Piece, TextPair

__all__ = ["comparison_text", "explanation_text"]

_MARKS = {"kept": "+", "used": "o", "dropped": "-"}
_LONGEST, _MOST_OPTIONS = 100, 4


def explanation_text(explanation: Explanation) -> str:
    """Return an explanation as lines: the outcome, the blocks, the fields, the times."""
    return "\n".join(_explained(explanation))


def _explained(explanation: Explanation) -> Iterator[str]:
    article, failure = explanation.article, explanation.failure
    yield f"{explanation.url or 'a page'} ({explanation.program})"
    if article:
        yield f"article, body {article.confidence:.0%} sure, from {article.sources['body'].source}"
    if failure:
        yield f"{failure.kind}: {failure.message}"
    yield from (f"warning: {text}" for text in explanation.warnings)
    yield ""
    yield from map(_block, explanation.decisions)
    for name, options in groupby(explanation.options, key=lambda option: option.field):
        yield ""
        yield from _options(name, list(options))
    yield ""
    total = sum(stage.milliseconds for stage in explanation.stages)
    times = ", ".join(f"{stage.stage} {stage.milliseconds:.1f}" for stage in explanation.stages)
    yield f"{total:.1f} ms: {times}"


def _block(block: BlockDecision) -> str:
    likely = "     " if block.probability is None else f"{block.probability:5.0%}"
    return f"{_MARKS[block.fate]} {likely}  {block.reason:<26} {_cut(block.text)}"


def _options(name: str, options: list[FieldOption]) -> Iterator[str]:
    yield f"{name}:"
    for option in options[:_MOST_OPTIONS]:
        mark = "+" if option.is_chosen else "-"
        sources = ", ".join(dict.fromkeys(each.source for each in option.given))
        yield f"{mark} {option.probability:5.0%}  {_cut(option.value)}  [{_cut(sources)}]"
    if len(options) > _MOST_OPTIONS:
        yield f"  and {len(options) - _MOST_OPTIONS} more"


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def comparison_text(comparison: "Comparison") -> str:
    """Return what differs in two readings, as lines."""
    return "\n".join(_compared(comparison))


def _compared(comparison: "Comparison") -> Iterator[str]:
    yield f"- {comparison.left}"
    yield f"+ {comparison.right}"
    yield f"{comparison.shared:.1%} of the text in common"
    for field in comparison.fields:
        if field.differs:
            sides = (("-", field.left), ("+", field.right))
            yield f"\n{field.name}:"
            yield from (f"{mark} {text}" for mark, text in sides if text)
    differing = [pair for pair in comparison.text if pair.kind != "same"]
    if differing:
        yield "\ntext:"
    for pair in differing:
        yield from _pair(pair)
    if comparison.cut:
        yield f"{comparison.cut:,} more paragraphs were not compared."


def _pair(pair: "TextPair") -> Iterator[str]:
    for mark, brackets, side in (("-", ("[", "]"), pair.left), ("+", ("{", "}"), pair.right)):
        if side:
            yield f"{mark} {_marked(side, brackets) if pair.kind == 'changed' else _whole(side)}"


def _marked(side: Iterable["Piece"], brackets: tuple[str, str]) -> str:
    """Return a paragraph with what only this side has in brackets."""
    start, end = brackets
    return "".join(piece.text if piece.is_shared else f"{start}{piece.text}{end}" for piece in side)


def _whole(side: Iterable["Piece"]) -> str:
    return "".join(piece.text for piece in side)
