"""Blocks to numbers: what a block says, where it stands, what stands around it.

Every row describes one block of the page. The numbers are made for a model that sees nothing
else, so they are comparable between pages: shares, logarithms and flags, no raw counts.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from newsextract.extraction.blocks import Container, Survey, TextBlock
from newsextract.extraction.headline import find_headline
from newsextract.extraction.jsonld import JsonObject
from newsextract.extraction.names import name_words
from newsextract.extraction.rules import KEPT, VERDICTS, judge
from newsextract.extraction.text import ends_sentence, letters_only, prose_length
from newsextract.records import Candidate

__all__ = [
    "FEATURE_NAMES",
    "Context",
    "Lexicon",
    "context_of",
    "describe",
    "name_tokens",
    "word_tokens",
]

_LEVELS = 5
_REASONS = (
    "navigation", "footer", "header", "sidebar", "share", "related", "subscribe", "comments",
    "consent", "advertisement", "dialog", "caption", "byline", "tags", "tools", "form",
)  # fmt: skip
_REASON_COLUMNS = {reason: 12 + number for number, reason in enumerate(_REASONS)}
_STORY_NAMES = ("article", "story", "post", "entry", "content", "body", "text")
_WORD = re.compile(r"\w+")
_SHORT = 25
_QUOTES = "\"'“„«‘‚「『‹”»"
_MARKS = re.compile(r"[|»›>·•→©®@#]|https?:|www\.")
_COMMAS = re.compile("[,،、，;]")
_DIGITS = re.compile(r"\d")
_CAPITALS = re.compile("[A-ZÀ-ÞΑ-ΩА-Я]")
_STOPS = re.compile("[.!?。！？।؟۔…]")
_TIME = re.compile(r"\d{1,2}[:.h]\d\d|(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What names of elements and words of short lines say, learned: log-odds of being body."""

    names: Mapping[str, float] = field(default_factory=dict)
    words: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Context:
    """What the page states elsewhere that its blocks can agree with, and what the rules say."""

    headline: TextBlock | None
    titles: Sequence[str]
    descriptions: Sequence[str]
    stated_body: str
    verdicts: Sequence[str]


def context_of(
    found: Survey, objects: Sequence[JsonObject], candidates: Sequence[Candidate]
) -> Context:
    """Return what the page states: its headline, titles, descriptions and JSON-LD article body."""
    titles = [candidate.value for candidate in candidates if candidate.field == "title"]
    bodies = [
        thing["articleBody"] for thing in objects if isinstance(thing.get("articleBody"), str)
    ]
    descriptions = [c.value for c in candidates if c.field == "description"]
    headline = find_headline(found.blocks, titles)
    return Context(
        headline=headline,
        titles=titles,
        descriptions=descriptions,
        stated_body=max(bodies, key=len, default=""),
        verdicts=judge(found, headline, descriptions),
    )


def name_tokens(container: Container) -> list[str]:
    """Return the words of an element's names, and the names whole, as the lexicon has them."""
    names = container.name
    if not names:
        return [f"<{container.tag}>"]
    whole = [f".{name.lower()}" for name in names.split()[:6]]
    return [f"<{container.tag}>", *name_words(names)[:12], *whole]


def word_tokens(text: str) -> list[str]:
    """Return the words of a line, its first and its last word marked, as the lexicon has them."""
    return _marked(_first_words(text))


def _first_words(text: str) -> list[str]:
    return _WORD.findall(text[:400].lower())


def _marked(words: list[str]) -> list[str]:
    if not words:
        return []
    edges = [f"^{words[0]}", f"^{' '.join(words[:2])}"]
    if len(words) > _SHORT:
        return edges
    return [*edges, f"{words[-1]}$", *words]


def describe(found: Survey, context: Context, lexicon: Lexicon) -> NDArray[np.float32]:
    """Return a row of numbers for each block of the page; the columns are `FEATURE_NAMES`."""
    if not found.blocks:
        return np.zeros((0, len(FEATURE_NAMES)), np.float32)
    base = _PageNumbers(found, context, lexicon).rows(found.containers)
    base[:, _LOGARITHMS] = np.log1p(base[:, _LOGARITHMS])
    return np.hstack([base, *_neighbours(base)])


def _neighbours(base: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    shifted = []
    for distance, columns in _SHIFTS:
        for step in (-distance, distance):
            part = np.full((len(base), len(columns)), -1.0, np.float32)
            chosen = base[:, columns]
            if step < 0:
                part[distance:] = chosen[:-distance]
            else:
                part[:-distance] = chosen[distance:]
            shifted.append(part)
    return shifted


class _PageNumbers:
    """The numbers of one page: each container and each block is looked at once."""

    def __init__(self, found: Survey, context: Context, lexicon: Lexicon) -> None:
        self.blocks = found.blocks
        self.lexicon = lexicon
        self.headline = context.headline
        self.titles = {letters_only(title) for title in context.titles} - {""}
        self.descriptions = [
            letters for letters in map(letters_only, context.descriptions) if len(letters) > 20
        ]
        self.stated_body = letters_only(context.stated_body)
        self.copies = Counter(block.letters for block in self.blocks)
        self.prose = [block.prose for block in self.blocks]
        self.total = max(1, sum(self.prose))
        self.verdicts = context.verdicts
        self.kept = np.array([verdict == KEPT for verdict in context.verdicts], float)
        self.common = self._common_words()
        self.known_names: dict[tuple[str, str], tuple[float, float, bool]] = {}

    def rows(self, containers: Sequence[Container]) -> NDArray[np.float32]:
        said = np.array([self._said(block) for block in self.blocks], np.float32)
        homes = np.array([block.container.index for block in self.blocks])
        return np.hstack(
            [
                said,
                self._places(),
                *self._around(containers, homes),
                self._makes(),
                self._judged(),
            ],
            dtype=np.float32,
        )

    def _common_words(self) -> frozenset[str]:
        """Return the page's most frequent words in running text: its function words, mostly."""
        counts: Counter[str] = Counter()
        for block, amount in zip(self.blocks, self.prose, strict=True):
            if amount > 100:
                counts.update(set(_WORD.findall(block.text[:1_000].lower())))
        return frozenset(word for word, _ in counts.most_common(40))

    def _said(self, block: TextBlock) -> list[float]:
        text, length = block.text, len(block.text)
        head = text[:80]
        linked = block.link_length / length
        label = block.label
        tag = block.container.tag
        kind = block.kind
        letters = block.letters
        stated = -1.0
        if self.stated_body:
            stated = float(len(letters) > 8 and letters in self.stated_body)
        return [
            length,
            self.prose[block.index],
            prose_length(text),
            min(1.0, linked),
            min(1.0, block.strong_length / length),
            ends_sentence(text),
            len(_COMMAS.findall(text)) / length * 30,
            len(_STOPS.findall(text)),
            len(_DIGITS.findall(head)) / len(head),
            len(_CAPITALS.findall(head)) / len(head),
            head[0].islower(),
            head[0] in _QUOTES,
            text[-1] in ":：",
            text.endswith(("…", "...", "]")),
            text[-1] in "?？؟",
            len(_MARKS.findall(text)) / math.sqrt(length),
            _TIME.search(head) is not None,
            kind == "heading",
            kind == "list_item",
            kind == "quote",
            kind == "table",
            block.level,
            block.ordinal > 0,
            tag == "p",
            tag == "div",
            tag == "li",
            tag == "td",
            tag == "span",
            tag == "section",
            label == "advertisement",
            label == "related",
            label == "note",
            label == "subscribe",
            label == "comments",
            label == "caption",
            label == "byline",
            letters in self.titles,
            letters in self.descriptions,
            self._is_in_description(letters),
            stated,
            min(4, self.copies[letters]),
            *self._words(block.text),
        ]

    def _is_in_description(self, letters: str) -> bool:
        for description in self.descriptions:
            if letters.startswith(description[:60]):
                return True
            if len(letters) > 20 and letters in description:
                return True
        return False

    def _words(self, text: str) -> tuple[float, ...]:
        words = _first_words(text)
        tokens = _marked(words)
        common = len(self.common.intersection(words)) / max(1, len(words))
        known = self.lexicon.words
        scores = [known[token] for token in tokens if token in known]
        if not scores:
            return (common, 0.0, 0.0, 0.0, 0.0, 0.0)
        edge = [known[token] for token in tokens[:2] if token in known]
        mean = sum(scores) / len(scores)
        last = edge[-1] if edge else 0.0
        return (common, min(scores), max(scores), mean, last, len(scores) / len(tokens))

    def _places(self) -> NDArray[np.float64]:
        count = len(self.blocks)
        index = np.arange(count)
        prose = np.array(self.prose)
        through = np.cumsum(prose)
        before = through - prose
        from_headline = index - self.headline.index if self.headline else index * 0
        return np.column_stack(
            [
                index / count,
                np.sign(from_headline) * np.log1p(np.abs(from_headline)),
                from_headline == 0 if self.headline else index < 0,
                np.full(count, self.headline is None),
                before / self.total,
                np.log1p(before),
                np.log1p(through[-1] - through),
                np.full(count, math.log1p(self.total)),
                np.full(count, math.log1p(count)),
            ]
        )

    def _around(
        self, containers: Sequence[Container], homes: NDArray[np.int64]
    ) -> list[NDArray[np.float64]]:
        chains = self._chains(containers)
        sums = self._sums(containers)
        parents = np.array([c.parent.index if c.parent else 0 for c in containers])
        columns = [chains[homes]]
        for _ in range(_LEVELS):
            columns.append(sums[homes])
            homes = parents[homes]
        return columns

    def _chains(self, containers: Sequence[Container]) -> NDArray[np.float64]:
        """Describe what stands around each container, from what stands around its parent."""
        around_headline = (
            {above.index for above in self.headline.container.ancestors()}
            if self.headline
            else set()
        )
        rows: list[list[float]] = []
        for container in containers:
            low, mean, _ = self._names(container)
            parent = container.parent
            if parent is None:
                above = [0.0, 12.0, 12.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]
                above += [0.0] * len(_REASONS)
                low = mean = 0.0
                controls = False
            else:
                above = rows[parent.index]
                controls = parent.has_controls
            row = above.copy()
            row[0] = container.depth
            row[1] = 0.0 if container.reason else min(12.0, above[1] + 1)
            row[2] = 0.0 if container.index in around_headline else min(12.0, above[2] + 1)
            row[3] = above[3] + (container.tag == "article")
            row[4] = above[4] or container.tag == "main"
            row[5] = above[5] or container.states_body
            row[6] = container.has_controls or controls
            row[7] = container.hidden
            row[8] = mean
            row[9] = above[8]
            row[10] = min(low, above[10])
            row[11] = above[11] + mean
            if container.reason in _REASON_COLUMNS:
                row[_REASON_COLUMNS[container.reason]] = 1.0
            rows.append(row)
        return np.array(rows)

    def _names(self, container: Container) -> tuple[float, float, bool]:
        key = (container.tag, container.name)
        found = self.known_names.get(key)
        if found is None:
            known = self.lexicon.names
            scores = [known[token] for token in name_tokens(container) if token in known]
            folded = container.name.lower()
            found = self.known_names[key] = (
                min(scores, default=0.0),
                sum(scores) / len(scores) if scores else 0.0,
                any(name in folded for name in _STORY_NAMES),
            )
        return found

    def _sums(self, containers: Sequence[Container]) -> NDArray[np.float64]:
        """Sum up the blocks in each container: they stand side by side in page order."""
        first = np.array([container.first for container in containers])
        last = np.array([container.last for container in containers])
        headings = np.array([block.kind == "heading" for block in self.blocks])
        links = np.array([block.link_length for block in self.blocks])
        lengths = np.array([len(block.text) for block in self.blocks])
        prose = np.array(self.prose)
        values = np.column_stack(
            [
                prose,
                lengths,
                links,
                prose > 0,
                headings & (links > 0.8 * lengths),
                self.kept * lengths,
            ]
        )
        running = np.vstack([np.zeros((1, values.shape[1])), np.cumsum(values, axis=0)])
        inside = running[last] - running[first]
        blocks = last - first
        some = np.maximum(1, blocks)
        rows = Counter(map(_row_key, containers))
        return np.column_stack(
            [
                inside[:, 0] / self.total,
                inside[:, 2] / np.maximum(1, inside[:, 1]),
                np.log1p(blocks),
                inside[:, 3] / some,
                inside[:, 4] / some,
                [math.log1p(rows[_row_key(container)]) for container in containers],
                [self._names(container)[2] for container in containers],
                np.log1p(inside[:, 1]),
                inside[:, 5] / np.maximum(1, inside[:, 1]),
            ]
        )

    def _makes(self) -> NDArray[np.float64]:
        """Say how much prose stands in elements of the same make: paragraphs look alike."""
        keys = [_make(block) for block in self.blocks]
        amounts: Counter[tuple[str, ...]] = Counter()
        for key, amount in zip(keys, self.prose, strict=True):
            amounts[key] += amount
        counts = Counter(keys)
        lengths: Counter[tuple[str, ...]] = Counter()
        kept: Counter[tuple[str, ...]] = Counter()
        for key, block, is_kept in zip(keys, self.blocks, self.kept.tolist(), strict=True):
            lengths[key] += len(block.text)
            kept[key] += len(block.text) if is_kept else 0
        top = max(amounts.values()) or 1
        return np.array(
            [
                (
                    amounts[key] / self.total,
                    math.log1p(counts[key]),
                    amounts[key] / top,
                    kept[key] / lengths[key],
                )
                for key in keys
            ]
        )

    def _judged(self) -> NDArray[np.float64]:
        """Say what the rules make of each block, and of the page as a whole."""
        lengths = self.kept * [len(block.text) for block in self.blocks]
        through = np.cumsum(lengths)
        total = through[-1] + 1.0
        return np.column_stack(
            [
                *([verdict == known for verdict in self.verdicts] for known in VERDICTS),
                (through - lengths) / total,
                np.full(len(lengths), math.log(total)),
                np.full(len(lengths), self.kept.mean()),
            ]
        )


def _row_key(container: Container) -> tuple[int, str, str]:
    return (id(container.parent), container.tag, container.classes)


def _make(block: TextBlock) -> tuple[str, ...]:
    container = block.container
    parent = container.parent
    return (
        block.kind, container.tag, container.classes, parent.tag if parent else "",
        parent.classes if parent else "",
    )  # fmt: skip


_BASE_NAMES = (
    "length", "running_text", "prose_length", "link_density", "strong", "ends_sentence", "commas",
    "stops", "digits", "capitals", "starts_lower", "starts_quote", "ends_colon", "ends_ellipsis",
    "ends_question", "marks", "time", "heading", "list_item", "quote", "table", "level", "ordinal",
    "tag:p", "tag:div", "tag:li", "tag:td", "tag:span", "tag:section",
    "line:advertisement", "line:related", "line:note", "line:subscribe", "line:comments",
    "line:caption", "line:byline",
    "is_title", "is_description", "in_description", "in_stated_body", "copies",
    "common_words", "word_low", "word_high", "word_mean", "word_edge", "word_known",
    "place", "from_headline", "is_headline", "no_headline", "prose_before_share", "prose_before",
    "prose_after", "page_prose", "page_blocks",
    "depth", "to_reason", "to_headline", "articles", "in_main", "states_body", "has_controls",
    "hidden", "name_own", "name_parent", "name_low", "name_sum",
    *(f"in:{reason}" for reason in _REASONS),
    *(f"{what}:{level}" for level in range(_LEVELS) for what in (
        "share", "links", "blocks", "paragraphs", "linked_headings", "row", "story_name", "size",
        "kept")),
    "make_share", "make_count", "make_rank", "make_kept",
    *(f"rule:{verdict}" for verdict in VERDICTS), "kept_before", "kept_length", "kept_share",
)  # fmt: skip
_LOGARITHMS = [
    _BASE_NAMES.index(name) for name in ("length", "running_text", "prose_length", "stops")
]
_SHIFTED = (
    (1, ("length", "running_text", "link_density", "strong", "ends_sentence", "heading",
         "list_item", "line:related", "line:comments", "to_headline", "name_own", "name_low",
         "name_sum", "make_share", "make_rank", "word_mean", "word_low", "word_edge", "depth",
         "share:1", "in_stated_body", "is_headline", "rule:kept")),
    (2, ("length", "running_text", "link_density", "heading", "name_sum", "make_rank",
         "word_mean", "ends_sentence", "rule:kept")),
    (3, ("running_text", "link_density", "make_rank", "name_sum")),
)  # fmt: skip
_SHIFTS = tuple(
    (distance, [_BASE_NAMES.index(name) for name in names]) for distance, names in _SHIFTED
)
FEATURE_NAMES: tuple[str, ...] = _BASE_NAMES + tuple(
    f"{name}@{sign}{distance}"
    for distance, names in _SHIFTED
    for sign in ("-", "+")
    for name in names
)
