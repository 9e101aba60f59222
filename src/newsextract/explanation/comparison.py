"""Two readings of a page side by side: which fields differ, and which words of the text."""

import difflib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import msgspec

from newsextract.api import extract_article
from newsextract.errors import NewsextractError, UnreadableFile
from newsextract.explanation.programs import named_with_version
from newsextract.explanation.reports import data_in_report, report
from newsextract.records import Article, Page

__all__ = [
    "READERS", "Comparison", "FieldPair", "Piece", "Side", "TextPair", "compare", "read_page",
    "saved",
]  # fmt: skip

READERS = ("newsextract", "trafilatura")
# What every reading is asked for, in the order in which readers look for it.
_FIELDS = (
    "title", "subtitle", "authors", "agencies", "date", "date_modified", "section", "tags",
    "language", "site_name", "url", "canonical_url", "image", "description", "kind", "page_kind",
    "dateline", "is_truncated", "word_count", "confidence", "warnings", "failure",
)  # fmt: skip
# What only this program says of a page is no difference.
_OWN = frozenset(("kind", "page_kind", "word_count", "confidence"))
# As other programs call them.
_TEXTS = ("body", "text", "maintext", "cleaned_text", "raw_text", "content")
_OTHER_NAMES = {
    "author": "authors", "byline": "authors", "publish_date": "date", "date_publish": "date",
    "date_modify": "date_modified", "top_image": "image", "image_url": "image",
    "sitename": "site_name", "categories": "section",
}  # fmt: skip
# Comparing takes the square of these at the worst.
_MOST_PARAGRAPHS, _MOST_WORDS = 1_000, 1_000
_LOOK_AHEAD = 20
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One reading: who made it, its fields as text, its paragraphs."""

    name: str
    fields: Mapping[str, str]
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldPair:
    """A field as both have it."""

    name: str
    left: str
    right: str
    differs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Words of a paragraph, and whether the other side has them in this place."""

    text: str
    is_shared: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPair:
    """Paragraphs that stand side by side; empty where only one side has them."""

    kind: Literal["same", "changed", "left", "right"]
    left: tuple[Piece, ...] = ()
    right: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two readings of one page and how they differ."""

    left: str
    right: str
    fields: tuple[FieldPair, ...]
    text: tuple[TextPair, ...]
    shared: float
    """The share of the text of both that both have in the same order, from 0 to 1."""
    cut: int = 0
    """How many paragraphs were not compared, since there are too many."""

    @property
    def differs(self) -> bool:
        """Whether anything differs."""
        return any(field.differs for field in self.fields) or any(
            pair.kind != "same" for pair in self.text
        )

    def to_text(self) -> str:
        """Return what differs as plain text, `-` for what only the left has, `+` for the right."""
        from newsextract.explanation.text import comparison_text

        return comparison_text(self)

    def to_html(self) -> str:
        """Return a page of its own that shows both side by side; it loads nothing."""
        return report(f"{self.left} and {self.right}", self.to_json(), "comparison.js")

    def to_json(self) -> str:
        """Return the comparison as a JSON object on one line."""
        return msgspec.json.encode(self).decode()


def compare(left: Side, right: Side) -> Comparison:
    """Return how two readings differ."""
    most = _MOST_PARAGRAPHS
    text = tuple(_text_pairs(left.paragraphs[:most], right.paragraphs[:most]))
    either, both = {*left.fields, *right.fields}, left.fields.keys() & right.fields.keys()
    names = [name for name in _FIELDS if name in (both if name in _OWN else either)]
    return Comparison(
        left=left.name,
        right=right.name,
        fields=tuple([_field_pair(name, left.fields, right.fields) for name in names]),
        text=text,
        shared=round(_shared(text), 4),
        cut=max(0, max(len(left.paragraphs), len(right.paragraphs)) - most),
    )


def read_page(name: str, page: Page) -> Side:
    """Return what `newsextract` or `trafilatura`, whichever is named, makes of a page."""
    if name == "trafilatura":
        return _by_trafilatura(page)
    try:
        return _of_article(named_with_version("newsextract"), extract_article(page))
    except NewsextractError as error:
        return _of_failure(
            named_with_version("newsextract"), error.failure.kind, error.failure.message
        )


def saved(path: Path) -> Side:
    """Return what a saved report, or a record of any program as JSON, holds.

    Raises `UnreadableFile` where there is neither.
    """
    try:
        text = path.read_text("utf-8")
        record = json.loads(data_in_report(text) or text)
    except OSError as error:
        raise UnreadableFile(
            f"{path}: cannot be read as a file ({error.strerror}), and the programs that are known "
            f"here are only {' and '.join(READERS)}.",
            url=str(path),
            detail=str(error),
        ) from error
    except ValueError as error:
        raise _unreadable(path, str(error)) from error
    if not isinstance(record, dict):
        raise _unreadable(path, "the JSON is no object")
    name = path.name
    if record.get("type") == "explanation":
        name = f"{name} ({record.get('program')})"
        outcome = record.get("article") or record.get("failure")
        record = outcome if isinstance(outcome, dict) else {}
    if record.get("type") == "failure":
        return _of_failure(name, str(record.get("kind")), str(record.get("message")))
    return _of_record(name, record)


def _unreadable(path: Path, reason: str) -> UnreadableFile:
    return UnreadableFile(
        f"{path}: neither a report of `newsextract explain`, nor a record as JSON ({reason}).",
        url=str(path),
        detail=reason,
    )


def _of_article(name: str, article: Article) -> Side:
    return _of_record(name, article.to_dict())


def _of_failure(name: str, kind: str, message: str) -> Side:
    return Side(name=name, fields={"failure": f"{kind}: {message}"}, paragraphs=())


def _by_trafilatura(page: Page) -> Side:
    import trafilatura
    from trafilatura.settings import Document

    name = named_with_version("trafilatura")
    url = page.final_url or page.url
    found = trafilatura.bare_extraction(page.body, url=url, with_metadata=True)
    if not isinstance(found, Document):
        return _of_failure(name, "nothing", "trafilatura returns no text for this page.")
    return _of_record(name, found.as_dict())


def _of_record(name: str, record: Mapping[str, Any]) -> Side:
    fields: dict[str, str] = {}
    for key, value in record.items():
        own = _OTHER_NAMES.get(key, key)
        if own in _FIELDS and (text := _as_text(value)):
            fields.setdefault(own, text)
    body = next((record[key] for key in _TEXTS if isinstance(record.get(key), str)), "")
    # Some programs part paragraphs by one line break.
    parts = body.split("\n\n" if "\n\n" in body else "\n")
    paragraphs = tuple([part.strip() for part in parts if part.strip()])
    return Side(name=name, fields=fields, paragraphs=paragraphs)


def _as_text(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(_as_text(each) for each in value)
    return "" if value is None or isinstance(value, dict) else str(value)


def _field_pair(name: str, left: Mapping[str, str], right: Mapping[str, str]) -> FieldPair:
    one, other = left.get(name, ""), right.get(name, "")
    return FieldPair(name=name, left=one, right=other, differs=one != other)


def _text_pairs(left: Sequence[str], right: Sequence[str]) -> Iterator[TextPair]:
    matcher = difflib.SequenceMatcher(None, left, right)
    for tag, start, end, other_start, other_end in matcher.get_opcodes():
        if tag == "equal":
            for text in left[start:end]:
                pieces = (Piece(text=text, is_shared=True),)
                yield TextPair(kind="same", left=pieces, right=pieces)
        else:
            yield from _changed(left[start:end], right[other_start:other_end])


def _changed(left: Sequence[str], right: Sequence[str]) -> Iterator[TextPair]:
    """Pair what stands in the same place, each with the one that is most like it."""
    at = 0
    words = [set(text.split()) for text in right]
    for text in left:
        own = set(text.split())
        for other in range(at, min(len(right), at + _LOOK_AHEAD)):
            if 2 * len(own & words[other]) > min(len(own), len(words[other])):
                yield from (_only("right", each) for each in right[at:other])
                yield _by_words(text, right[other])
                at = other + 1
                break
        else:
            yield _only("left", text)
    yield from (_only("right", each) for each in right[at:])


def _only(side: Literal["left", "right"], text: str) -> TextPair:
    pieces = (Piece(text=text, is_shared=False),)
    if side == "left":
        return TextPair(kind="left", left=pieces)
    return TextPair(kind="right", right=pieces)


def _by_words(left: str, right: str) -> TextPair:
    own, its = _WORDS.findall(left), _WORDS.findall(right)
    if max(len(own), len(its)) > _MOST_WORDS:
        return TextPair(
            kind="changed",
            left=(Piece(text=left, is_shared=False),),
            right=(Piece(text=right, is_shared=False),),
        )
    pieces: tuple[list[Piece], list[Piece]] = [], []
    matcher = difflib.SequenceMatcher(None, own, its)
    for tag, start, end, other_start, other_end in matcher.get_opcodes():
        for side, words in zip(pieces, (own[start:end], its[other_start:other_end]), strict=True):
            if words:
                side.append(Piece(text="".join(words), is_shared=tag == "equal"))
    return TextPair(kind="changed", left=tuple(pieces[0]), right=tuple(pieces[1]))


def _shared(text: Sequence[TextPair]) -> float:
    """Return the F1 of the characters, without spaces, that both sides have in order."""
    pieces = [piece for pair in text for side in (pair.left, pair.right) for piece in side]
    lengths = [(len("".join(piece.text.split())), piece.is_shared) for piece in pieces]
    total = sum(length for length, _ in lengths)
    return sum(length for length, is_shared in lengths if is_shared) / total if total else 1.0
