"""Blocks to numbers: what a block says, where it stands, what stands around it.

Every column describes one block of the page, every row is one question about all of them. The
numbers are made for a model that sees nothing else, so they are comparable between pages: shares,
logarithms and flags, no raw counts. Each container and each block is looked at once; what can be
said of all at once is said by array operations.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from newsextract.extraction.blocks import Survey
from newsextract.extraction.context import Context
from newsextract.extraction.lexicon import Lexicon
from newsextract.extraction.rules import KEPT
from newsextract.extraction.surroundings import FLAGS, Surroundings
from newsextract.extraction.text import ends_sentence, letters_only

__all__ = ["FEATURE_NAMES", "describe"]

Rows = NDArray[np.float32]
Numbers = NDArray[np.float64]
Indices = NDArray[np.int64]

_LEVELS = 5
_KINDS = ("paragraph", "heading", "list_item", "quote", "table", "code")
_KIND_CODES = {kind: code for code, kind in enumerate(_KINDS)}
_TAG_CODES = {"div": 1, "li": 2}
_VERDICTS = (
    "kept",
    "names",
    "articles",
    "boxes",
    "region",
    "teasers",
    "lines",
    "repetitions",
    "support",
    "fields",
)
_VERDICT_CODES = {verdict: code for code, verdict in enumerate(_VERDICTS)}
# A block that is all link leads elsewhere: what it says tells nothing more.
_ALL_LINK = 0.9
_SAYS_SOMETHING = 80
_NEVER = 25


def describe(found: Survey, context: Context, lexicon: Lexicon) -> Rows:
    """Return a column of numbers for each block of the page; the rows are `FEATURE_NAMES`."""
    count = len(found.blocks)
    rows = np.full((len(FEATURE_NAMES), count), -1.0, np.float32)
    if count:
        _PageNumbers(found, context, lexicon).fill(rows)
        _add_neighbours(rows, count)
    return rows


def _add_neighbours(rows: Rows, count: int) -> None:
    at = len(_BASE_NAMES)
    for distance, columns in _SHIFTS:
        end = at + len(columns)
        if distance < 0 and count > -distance:
            rows[at:end, -distance:] = rows[columns, :distance]
        elif 0 < distance < count:
            rows[at:end, :-distance] = rows[columns, distance:]
        at = end


class _PageNumbers:
    """The numbers of one page."""

    def __init__(self, found: Survey, context: Context, lexicon: Lexicon) -> None:
        self.blocks = found.blocks
        self.containers = found.containers
        self.context = context
        self.lexicon = lexicon
        blocks = found.blocks
        self.homes = np.array([block.container.index for block in blocks])
        self.kinds = np.array([_KIND_CODES[block.kind] for block in blocks])
        self.prose = np.array([block.prose for block in blocks], float)
        self.lengths = np.array([len(block.text) for block in blocks], float)
        self.links = np.array([block.link_length for block in blocks], float)
        self.total = max(1.0, self.prose.sum())
        verdicts = [_VERDICT_CODES.get(verdict, -1) for verdict in context.verdicts]
        self.verdicts = np.array(verdicts)
        self.kept = (self.verdicts == _VERDICT_CODES[KEPT]).astype(float)
        self.linked = np.minimum(1.0, self.links / self.lengths)
        self.open_at = np.flatnonzero(self.linked <= _ALL_LINK)
        self.open = [blocks[index] for index in self.open_at.tolist()]

    def fill(self, rows: Rows) -> None:
        """Fill the rows that tell of the blocks themselves, in the order of `_BASE_NAMES`."""
        at = 0
        parts: list[Numbers | list[Numbers]] = [self._shapes(), self._said(), self._places()]
        for part in (*parts, *self._around(), self._judged()):
            rows[at : at + len(part)] = part
            at += len(part)

    def _shapes(self) -> list[Numbers]:
        strong = np.array([block.strong_length for block in self.blocks], float)
        tags = np.array([_TAG_CODES.get(block.container.tag, 0) for block in self.blocks])
        levels = np.array([block.level for block in self.blocks], float)
        headings = self.kinds == 1
        index = np.arange(len(self.blocks))
        last_heading = np.maximum.accumulate(np.where(headings, index, -_NEVER))
        return [
            np.log1p(self.lengths),
            np.log1p(self.prose),
            self.linked,
            np.minimum(1.0, strong / self.lengths),
            headings,
            self.kinds == 2,
            self.kinds == 3,
            self.kinds == 4,
            self.kinds == 5,
            levels,
            tags == 1,
            tags == 2,
            np.minimum(_NEVER, index - last_heading),
        ]

    def _said(self) -> Numbers:
        """Say what the words of a block tell, of all that are not links."""
        said = np.zeros((_SAID, len(self.blocks)))
        stated = letters_only(self.context.stated_body)
        said[0] = 0.0 if stated else -1.0
        copies = Counter(block.letters for block in self.open)
        descriptions = [
            letters for letters in map(letters_only, self.context.descriptions) if len(letters) > 20
        ]
        scores = self.lexicon.word_scores
        said[:, self.open_at] = np.array(
            [
                (
                    float(len(block.letters) > 8 and block.letters in stated) if stated else -1.0,
                    _is_in(descriptions, block.letters),
                    min(4, copies[block.letters]),
                    ends_sentence(block.text),
                    block.label == "comments",
                    block.label == "related",
                    any(name in block.letters for name in self.context.authors),
                    any(name in block.letters for name in self.context.sites),
                    "@" in block.text or "www." in block.text or "http" in block.text,
                    *scores(block.text),
                )
                for block in self.open
            ]
        ).T.reshape(_SAID, len(self.open))
        # What matters of these two is where they stand: a line that opens the comments …
        said[4] = np.minimum(3, np.cumsum(said[4]) - said[4])
        said[5] = np.minimum(5, np.cumsum(said[5]) - said[5])
        return said

    def _places(self) -> list[Numbers]:
        count = len(self.blocks)
        index = np.arange(count)
        through = np.cumsum(self.prose)
        before = through - self.prose
        headline = self.context.headline
        from_headline = index - headline.index if headline else index * 0
        return [
            index / count,
            np.sign(from_headline) * np.log1p(np.abs(from_headline)),
            from_headline == 0 if headline else index < 0,
            before / self.total,
            np.log1p(before),
            np.log1p(through[-1] - through),
            np.full(count, np.log1p(self.total)),
            np.full(count, np.log1p(count)),
        ]

    def _around(self) -> list[Numbers]:
        """Say what stands around each block, up to the fifth container above it."""
        above = Surroundings(self.containers, self.context, self.lexicon)
        sums = self._sums(above)
        topics = self._topics(above)
        homes = self.homes
        parts = [above.rows[:, homes], above.flags[:, homes]]
        for level in range(_LEVELS):
            parts.append(sums[:, homes])
            parts.append(topics[: 1 + (level in _DESCRIBED), homes])
            homes = above.parents[homes]
        whole = np.empty((2, len(self.blocks)))
        whole[0], whole[1] = topics[0, 0], len(self.context.title_stems)
        parts += [whole, self._of_same_make(above), self._of_same_path(above)]
        return parts

    def _sums(self, above: Surroundings) -> Numbers:
        """Sum up the blocks in each container: they stand side by side in page order."""
        values = np.array(
            [
                self.prose,
                self.lengths,
                self.links,
                self.prose > 0,
                (self.kinds == 1) & (self.linked > 0.8),
                self.kept * self.lengths,
            ]
        )
        inside = above.sums(values)
        some = np.maximum(1, above.blocks)
        length = np.maximum(1, inside[1])
        return np.array(
            [
                inside[0] / self.total,
                inside[2] / length,
                np.log1p(above.blocks),
                inside[3] / some,
                inside[4] / some,
                np.log(above.row),
                above.story_name,
                np.log1p(inside[1]),
                inside[5] / length,
            ]
        )

    def _topics(self, above: Surroundings) -> Numbers:
        """Return which share of the title's and the description's words each container has."""
        title, description = self.context.title_stems, self.context.description_stems
        stems = (*title, *description)
        has = np.zeros((len(stems), len(self.blocks)))
        headline = self.context.headline
        for block in self.open:
            if len(block.text) < _SAYS_SOMETHING or block.kind == "heading" or block is headline:
                continue
            text = block.text.lower()
            has[:, block.index] = [stem in text for stem in stems]
        found = above.sums(has) > 0
        return np.array(
            [
                found[: len(title)].sum(axis=0) / max(1, len(title)),
                found[len(title) :].sum(axis=0) / max(1, len(description)),
            ]
        )

    def _of_same_make(self, above: Surroundings) -> Numbers:
        """Say how many blocks are made alike, and how much of the page's prose they hold."""
        group = self._groups(above.make)
        prose = np.bincount(group, self.prose)
        kept = np.bincount(group, self.kept * self.lengths)
        return np.array(
            [
                prose / self.total,
                np.log1p(np.bincount(group)),
                prose / max(1.0, prose.max()),
                kept / np.bincount(group, self.lengths),
            ]
        )[:, group]

    def _of_same_path(self, above: Surroundings) -> Numbers:
        """Say the same of blocks that stand in the same elements all the way up.

        Paragraphs of a story have one parent; those of teasers and comments have many.
        """
        group = self._groups(above.path)
        counts = np.bincount(group)
        parents = above.parents[self.homes]
        some = _distinct(group, parents, len(self.containers))
        return np.array(
            [
                np.log(counts),
                np.log(some),
                some / counts,
                np.log(_distinct(group, above.parents[parents], len(self.containers))),
                np.bincount(group, self.prose) / self.total,
                np.log1p(np.bincount(group, self.lengths) / counts),
            ]
        )[:, group]

    def _groups(self, ids: Indices) -> Indices:
        groups: Indices = np.unique(
            ids[self.homes] * len(_KINDS) + self.kinds, return_inverse=True
        )[1]
        return groups

    def _judged(self) -> Numbers:
        """Say what the rules make of each block, and of the page as a whole."""
        lengths = self.kept * self.lengths
        through = np.cumsum(lengths)
        total = through[-1] + 1.0
        judged = np.empty((len(_VERDICTS) + 3, len(lengths)))
        for code in range(len(_VERDICTS)):
            judged[code] = self.verdicts == code
        judged[-3] = (through - lengths) / total
        judged[-2] = np.log(total)
        judged[-1] = self.kept.mean()
        return judged


def _distinct(group: Indices, above: Indices, size: int) -> Numbers:
    """Return for each group how many different containers its blocks have above them."""
    pairs = np.unique(group * size + above)
    return np.bincount(pairs // size).astype(float)


def _is_in(descriptions: Sequence[str], letters: str) -> bool:
    for description in descriptions:
        if letters.startswith(description[:60]):
            return True
        if len(letters) > 20 and letters in description:
            return True
    return False


_SAID_NAMES = (
    "in_stated_body", "in_description", "copies", "ends_sentence", "after_comments_line",
    "after_related_line", "names_author", "names_site", "has_address", "word_low", "word_high",
    "word_mean", "word_known",
)  # fmt: skip
_SAID = len(_SAID_NAMES)
_DESCRIBED = (1, 3)
_BASE_NAMES: tuple[str, ...] = (
    "length", "running_text", "link_density", "strong", "heading", "list_item", "quote", "table",
    "code", "level", "tag:div", "tag:li", "since_heading",
    *_SAID_NAMES,
    "place", "from_headline", "is_headline", "prose_before_share", "prose_before", "prose_after",
    "page_prose", "page_blocks",
    "depth", "to_headline", "articles", "article_kind", "name_own", "name_parent", "name_low",
    "name_sum", "cards", "card_blocks", "card_above", "item_row",
    *(f"in:{flag}" for flag in FLAGS),
    *(name for level in range(_LEVELS) for name in (
        *(f"{what}:{level}" for what in (
            "share", "links", "blocks", "paragraphs", "linked_headings", "row", "story_name",
            "size", "kept", "title_words")),
        *((f"description_words:{level}",) if level in _DESCRIBED else ()))),
    "page_title_words", "title_stems",
    "make_share", "make_count", "make_rank", "make_kept",
    "path_count", "path_parents", "path_parents_share", "path_grandparents", "path_share",
    "path_length",
    *(f"rule:{verdict}" for verdict in _VERDICTS), "kept_before", "kept_length", "kept_share",
)  # fmt: skip
_NEIGHBOURS = {
    -1: ("length", "link_density", "list_item", "heading", "ends_sentence", "in_stated_body",
         "word_low", "word_mean", "is_headline", "depth", "to_headline", "name_own", "name_low",
         "name_sum", "make_share", "make_rank", "rule:kept"),
    1: ("length", "link_density", "list_item", "heading", "in_stated_body", "word_low",
        "word_mean", "depth", "to_headline", "name_own", "name_low", "name_sum", "make_share",
        "make_rank", "rule:kept"),
    -2: ("link_density", "rule:kept"),
    2: ("length", "ends_sentence", "word_mean", "make_rank", "rule:kept"),
    -3: ("name_sum",),
    3: ("name_sum",),
}  # fmt: skip
_SHIFTS = tuple(
    (distance, [_BASE_NAMES.index(name) for name in names])
    for distance, names in _NEIGHBOURS.items()
)
FEATURE_NAMES: tuple[str, ...] = _BASE_NAMES + tuple(
    f"{name}@{distance:+}" for distance, names in _NEIGHBOURS.items() for name in names
)
