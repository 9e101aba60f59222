"""Text that stands only in script data: JSON-LD `articleBody`, Next.js, Arc Fusion, AMP state.

Pages built in the browser ship their story as JSON. The story is looked for by shape, not by
site: the longest text under a key that names a body, or a list of content elements.
"""

import html
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from newsextract.errors import TooComplex
from newsextract.extraction.blocks import Script, survey
from newsextract.extraction.dom import parse
from newsextract.extraction.jsonld import JsonObject, read_json
from newsextract.extraction.preflight import within_limits
from newsextract.extraction.text import clean_line, prose_length
from newsextract.records import Block, Candidate, FieldName

__all__ = ["ScriptText", "blocks_of", "script_text"]

_LEAST_LENGTH = 250
_MAX_DEPTH = 30
_MAX_NODES = 60_000
_MAX_SCRIPT = 4_000_000
_BODY_KEYS = frozenset(
    "articlebody body bodyhtml body_html bodytext content contenthtml content_html html text "
    "article_body articlecontent articletext story storybody maincontent richtext rendered "
    "paragraphs content_elements elements blocks children components".split()
)
# `window.__STATE__ = {…}`, `Fusion.globalContent={…};`, `self.data = {…}`
_ASSIGNED = re.compile(r"(?:^|[;\s])[\w.$\[\]'\"]{1,80}\s*=\s*(?=[{\[])")
_MOST_FAILURES = 20
_LEVELS_AROUND = 2
_MAX_NAME_DEPTH = 4
_KEYS: dict[str, FieldName] = {
    "headline": "title",
    "headlines": "title",
    "title": "title",
    "subheadline": "subtitle",
    "subheadlines": "subtitle",
    "subtitle": "subtitle",
    "standfirst": "subtitle",
    "dek": "subtitle",
    "deck": "subtitle",
    "author": "authors",
    "authors": "authors",
    "byline": "authors",
    "credits": "authors",
    "datepublished": "date",
    "displaydate": "date",
    "firstpublishdate": "date",
    "firstpublishedat": "date",
    "publishdate": "date",
    "published": "date",
    "publishedat": "date",
    "publisheddate": "date",
    "publicationdate": "date",
    "pubdate": "date",
    "datemodified": "date_modified",
    "lastmodified": "date_modified",
    "lastupdateddate": "date_modified",
    "modified": "date_modified",
    "updated": "date_modified",
    "updatedat": "date_modified",
    "section": "section",
    "primarysection": "section",
    "category": "section",
    "tags": "tags",
    "keywords": "tags",
}
_TEXT_ELEMENT_TYPES = frozenset(
    ("text", "paragraph", "p", "header", "heading", "raw_html", "blockquote", "quote", "list", "")
)


class ScriptText(NamedTuple):
    """The blocks of a story found in script data, where, and what is said beside them."""

    blocks: list[Block]
    source: str
    candidates: list[Candidate]

    @property
    def length(self) -> int:
        """How much running text there is, in characters of alphabetic text."""
        return _length(self.blocks)


def script_text(scripts: list[Script], objects: list[JsonObject]) -> ScriptText | None:
    """Return the longest story in the page's script data, or None where there is none."""
    best: ScriptText | None = None
    for found in (*_from_jsonld(objects), *_from_state(scripts)):
        if found.length >= _LEAST_LENGTH and (best is None or found.length > best.length):
            best = found
    return best


def _from_jsonld(objects: list[JsonObject]) -> Iterator[ScriptText]:
    for thing in objects:
        body = thing.get("articleBody")
        if isinstance(body, str) and len(body) >= _LEAST_LENGTH:
            yield ScriptText(blocks_of(body), "script:jsonld.articleBody", [])


def _from_state(scripts: list[Script]) -> Iterator[ScriptText]:
    for script in scripts:
        if "ld+json" in script.type or not _LEAST_LENGTH <= len(script.text) <= _MAX_SCRIPT:
            continue
        name = script.id or "state"
        for data in _objects_in(script):
            walk = _StateWalk()
            walk.visit(data, "", 0)
            if walk.best:
                source = f"script:{name}"
                yield ScriptText(walk.best, source, list(_stated_beside(walk.around, source)))


def _objects_in(script: Script) -> Iterator[Any]:
    if "json" in script.type:
        yield read_json(script.text)
        return
    if "text" not in script.text and "body" not in script.text and "content" not in script.text:
        return
    import json

    decoder = json.JSONDecoder(strict=False)
    position = failed = 0
    for match in _ASSIGNED.finditer(script.text):
        if match.end() < position:
            continue
        try:
            data, position = decoder.raw_decode(script.text, match.end())
        except RecursionError:
            return
        except ValueError:
            # Each may have read all that is left before it failed.
            failed += 1
            if failed > _MOST_FAILURES:
                return
            continue
        yield data


class _StateWalk:
    """Looks through nested data for the longest body, each value once."""

    def __init__(self) -> None:
        self.best: list[Block] = []
        self.best_length = _LEAST_LENGTH
        self.around: list[JsonObject] = []
        self.trail: list[JsonObject] = []
        self.visited = 0

    def visit(self, value: Any, key: str, depth: int) -> None:
        self.visited += 1
        if depth > _MAX_DEPTH or self.visited > _MAX_NODES:
            return
        if isinstance(value, str):
            if key.lower() in _BODY_KEYS and len(value) >= self.best_length:
                self._offer(blocks_of(value))
        elif isinstance(value, dict):
            self.trail.append(value)
            for inner_key, inner in value.items():
                self.visit(inner, inner_key, depth + 1)
            self.trail.pop()
        elif isinstance(value, list):
            if key.lower() in _BODY_KEYS:
                self._offer([block for item in value for block in _element(item)])
            for inner in value:
                self.visit(inner, key, depth + 1)

    def _offer(self, blocks: list[Block]) -> None:
        length = _length(blocks)
        if length > self.best_length:
            self.best, self.best_length = blocks, length
            self.around = self.trail[: -_LEVELS_AROUND - 1 : -1]


def _length(blocks: list[Block]) -> int:
    return sum(prose_length(block.text) for block in blocks)


def _stated_beside(around: list[JsonObject], source: str) -> Iterator[Candidate]:
    """Yield what the objects that hold the story, innermost first, say of it."""
    for distance, thing in enumerate(around):
        for key, value in thing.items():
            target = _KEYS.get(key.lower().replace("_", ""))
            if target is None:
                continue
            for text in _texts(value, 0):
                yield Candidate(
                    field=target, value=text, source=f"{source}.{key}", score=0.6 - 0.15 * distance
                )


def _texts(value: Any, depth: int) -> Iterator[str]:
    """Yield the strings that a value stands for, an object by its name or basic form."""
    if isinstance(value, str):
        if value.strip():
            yield value
    elif depth > _MAX_NAME_DEPTH:
        return
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item, depth + 1)
    elif isinstance(value, dict):
        for key in ("name", "basic", "by", "title", "value", "text", "url"):
            if value.get(key):
                yield from _texts(value[key], depth + 1)
                return


def _element(item: Any) -> list[Block]:
    if isinstance(item, str):
        return blocks_of(item) if len(item) > 20 else []
    if not isinstance(item, dict):
        return []
    kind = item.get("type") or item.get("__typename") or ""
    if not isinstance(kind, str) or kind.lower() not in _TEXT_ELEMENT_TYPES:
        return []
    for key in ("content", "text", "html", "value"):
        text = item.get(key)
        if isinstance(text, str) and text.strip():
            is_heading = kind.lower() in ("header", "heading")
            blocks = blocks_of(text)
            if is_heading:
                return [Block(kind="heading", text=block.text, level=2) for block in blocks]
            return blocks
    return []


def blocks_of(text: str) -> list[Block]:
    """Cut text from script data, HTML or plain, into blocks."""
    if "<" not in text and "&" in text:
        text = html.unescape(text)
    if "<" in text and re.search(r"</?(?:p|br|div|h\d|li|a|em|strong|b|i|span)\b", text):
        try:
            found = survey(parse(within_limits(text).source))
        except TooComplex:
            return []  # such a text is no reason to give up the page
        return [
            Block(kind=block.kind, text=block.text, level=block.level, ordinal=block.ordinal)
            for block in found.blocks
            if block.container.reason is None
        ]
    lines = re.split(r"\n\s*\n|\r?\n", text.strip())
    return [Block(kind="paragraph", text=line) for line in map(clean_line, lines) if line]
