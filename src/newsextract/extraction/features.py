"""Blocks to numbers: what a block says, where it stands, what stands around it.

Every column describes one block of the page, every row is one question about all of them. The
numbers are made for a model that sees nothing else, so they are comparable between pages: shares,
logarithms and flags, no raw counts. Each container and each block is looked at once; what can be
said of all at once is said by array operations.
"""

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsextract.extraction.blocks import Survey
from newsextract.extraction.context import Context
from newsextract.extraction.lexicon import Lexicon
from newsextract.extraction.rules import KEPT
from newsextract.extraction.surroundings import FLAGS, TAG_CODES, Surroundings, counts, numbered
from newsextract.extraction.text import ends_sentence, letters_only

__all__ = ["FEATURE_NAMES", "describe"]

Rows = NDArray[np.float32]
Numbers = NDArray[np.float64]
Indices = NDArray[np.int64]
Part = NDArray[Any] | float

_LEVELS = 5
_KINDS = ("paragraph", "heading", "list_item", "quote", "table", "code")
_KIND_CODES = {kind: code for code, kind in enumerate(_KINDS)}
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
_VERDICTS_ASKED = np.arange(len(_VERDICTS))[:, None]
_KINDS_ASKED = np.arange(1, len(_KINDS))[:, None]
# A block that is all link leads elsewhere: what it says tells nothing more.
_ALL_LINK = 0.9
_SAYS_SOMETHING = 80
_NEVER = 25
# Beyond these a page is just long: what is more must not look like nothing that was learned from.
_MANY_BLOCKS, _MANY_ALIKE, _MUCH_TEXT = 300, 60, 15_000


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
            rows[at:end, -distance:] = rows.take(columns, axis=0)[:, :distance]
        elif 0 < distance < count:
            rows[at:end, :-distance] = rows.take(columns, axis=0)[:, distance:]
        at = end


class _PageNumbers:
    """The numbers of one page."""

    def __init__(self, found: Survey, context: Context, lexicon: Lexicon) -> None:
        self.blocks = found.blocks
        self.containers = found.containers
        self.context = context
        self.lexicon = lexicon
        blocks = found.blocks
        self.homes = counts([block.container.index for block in blocks])
        self.kinds = counts([_KIND_CODES[block.kind] for block in blocks])
        self.prose = counts([block.prose for block in blocks]).astype(float)
        self.lengths = counts([len(block.text) for block in blocks]).astype(float)
        self.links = counts([block.link_length for block in blocks]).astype(float)
        self.total = max(1.0, self.prose.sum())
        self.verdicts = counts([_VERDICT_CODES.get(verdict, -1) for verdict in context.verdicts])
        self.kept = (self.verdicts == _VERDICT_CODES[KEPT]).astype(float)
        self.linked = np.minimum(1.0, self.links / self.lengths)
        self.open_at = np.flatnonzero(self.linked <= _ALL_LINK)
        self.open = [blocks[index] for index in self.open_at.tolist()]

    def fill(self, rows: Rows) -> None:
        """Fill the rows that tell of the blocks themselves, in the order of `_BASE_NAMES`."""
        above = Surroundings(self.containers, self.context, self.lexicon)
        at = 0
        for part in (
            *self._shapes(above),
            self._said(),
            *self._places(),
            *self._around(above),
            self._of_same_make(above),
            self._of_same_path(above),
            *self._judged(),
        ):
            # Some rows, one row, or one number for a whole row.
            end = at + (len(part) if isinstance(part, np.ndarray) and part.ndim > 1 else 1)
            rows[at:end] = part
            at = end

    def _shapes(self, above: Surroundings) -> Iterator[Part]:
        strong = counts([block.strong_length for block in self.blocks])
        tags = above.tags[self.homes]
        headings = self.kinds == 1
        index = np.arange(len(self.blocks))
        last_heading = np.maximum.accumulate(np.where(headings, index, -_NEVER))
        yield np.log1p(self.lengths)
        yield np.log1p(self.prose)
        yield self.linked
        yield np.minimum(1.0, strong / self.lengths)
        yield self.kinds == _KINDS_ASKED
        yield counts([block.level for block in self.blocks])
        yield tags == TAG_CODES["div"]
        yield tags == TAG_CODES["li"]
        yield np.minimum(_NEVER, index - last_heading)

    def _said(self) -> Numbers:
        """Say what the words of a block tell, of all that are not links."""
        said = np.zeros((_SAID, len(self.blocks)))
        stated = letters_only(self.context.stated_body)
        said[0] = 0.0 if stated else -1.0
        if not self.open:
            return said
        letters = [block.letters for block in self.open]
        texts = [block.text for block in self.open]
        labels = [block.label for block in self.open]
        copies = Counter(letters)
        descriptions = [known for known in self.context.descriptions if len(known) > 20]
        told = np.zeros((_SAID, len(letters)))
        told[0] = [len(own) > 8 and own in stated for own in letters] if stated else -1.0
        if descriptions:
            told[1] = _are_in(descriptions, letters)
        told[2] = 1 if len(copies) == len(letters) else [min(4, copies[own]) for own in letters]
        told[3] = list(map(ends_sentence, texts))
        if "comments" in labels:
            told[4] = [label == "comments" for label in labels]
        if "related" in labels:
            told[5] = [label == "related" for label in labels]
        told[6] = _name_any(self.context.authors, letters)
        told[7] = _name_any(self.context.sites, letters)
        told[8] = ["@" in text or "www." in text or "http" in text for text in texts]
        scores = itertools.chain.from_iterable(map(self.lexicon.word_scores, texts))
        told[9:] = np.fromiter(scores, float, 4 * len(texts)).reshape(-1, 4).T
        said[:, self.open_at] = told
        # What matters of these two is where they stand: a line that opens the comments …
        said[4] = np.minimum(3, np.cumsum(said[4]) - said[4])
        said[5] = np.minimum(5, np.cumsum(said[5]) - said[5])
        return said

    def _places(self) -> Iterator[Part]:
        count = len(self.blocks)
        index = np.arange(count)
        through = np.cumsum(self.prose)
        before = through - self.prose
        headline = self.context.headline
        from_headline = index - headline.index if headline else index * 0
        yield index / count
        yield np.sign(from_headline) * np.log1p(np.minimum(_MANY_BLOCKS, np.abs(from_headline)))
        yield from_headline == 0 if headline else 0.0
        yield before / self.total
        yield np.log1p(np.minimum(_MUCH_TEXT, before))
        yield np.log1p(np.minimum(_MUCH_TEXT, through[-1] - through))
        yield np.log1p(min(_MUCH_TEXT, self.total))
        yield np.log1p(min(_MANY_BLOCKS, count))

    def _around(self, above: Surroundings) -> Iterator[Part]:
        """Say what stands around each block, up to the fifth container above it."""
        homes = self.homes
        yield above.rows.take(homes, axis=1)
        yield above.flags.take(homes, axis=1)
        inside = self._inside(above)
        for level in range(_LEVELS):
            # The last row, the description's words, is asked for of some levels.
            yield (inside if level in _DESCRIBED else inside[:-1]).take(homes, axis=1)
            homes = above.parents[homes]
        yield inside[-2, 0]
        yield len(self.context.title_stems)
        yield above.names_tell

    def _inside(self, above: Surroundings) -> Rows:
        """Sum up the blocks in each container: they stand side by side in page order."""
        title, description = len(self.context.title_stems), len(self.context.description_stems)
        values = np.zeros((7 + title + description, len(self.blocks)))
        values[0] = self.prose
        values[1] = self.lengths
        values[2] = self.links
        values[3] = self.prose > 0
        values[4] = (self.kinds == 1) & (self.linked > 0.8)
        values[5] = self.kept * self.lengths
        values[6] = 1
        self._find_stems(values[7:])
        sums = above.sums(values)
        has = sums[7:] > 0
        prose, lengths, links, paragraphs, linked_headings, kept, blocks = sums[:7]
        some = np.maximum(1, blocks)
        length = np.maximum(1, lengths)
        inside = np.empty((11, len(blocks)), np.float32)
        inside[0] = prose / self.total
        inside[1] = links / length
        inside[2] = above.log_blocks
        inside[3] = paragraphs / some
        inside[4] = linked_headings / some
        inside[5] = above.log_row
        inside[6] = above.story_name
        inside[7] = np.log1p(np.minimum(_MUCH_TEXT, lengths))
        inside[8] = kept / length
        # Which share of the title's and the description's words each container has.
        inside[9] = has[:title].sum(axis=0) / max(1, title)
        inside[10] = has[title:].sum(axis=0) / max(1, description)
        return inside

    def _find_stems(self, has: Numbers) -> None:
        """Mark for each stem of the title and the description the blocks that have it."""
        stems = (*self.context.title_stems, *self.context.description_stems)
        headline = self.context.headline
        telling = [
            block
            for block in self.open
            if len(block.text) >= _SAYS_SOMETHING
            and block.kind != "heading"
            and block is not headline
        ]
        if stems and telling:
            texts = [block.text.lower() for block in telling]
            # Truth values by way of bytes: an array is made of them in no time.
            found = bytes([stem in text for stem in stems for text in texts])
            rows = np.frombuffer(found, np.uint8).reshape(len(stems), len(texts))
            has[:, [block.index for block in telling]] = rows

    def _of_same_make(self, above: Surroundings) -> Numbers:
        """Say how many blocks are made alike, and how much of the page's prose they hold."""
        group = self._groups(above.make)
        prose = np.bincount(group, self.prose)
        kept = np.bincount(group, self.kept * self.lengths)
        return np.array(
            [
                prose / self.total,
                np.log1p(np.minimum(_MANY_ALIKE, np.bincount(group))),
                prose / max(1.0, prose.max()),
                kept / np.bincount(group, self.lengths),
            ]
        ).take(group, axis=1)

    def _of_same_path(self, above: Surroundings) -> Numbers:
        """Say the same of blocks that stand in the same elements all the way up.

        Paragraphs of a story have one parent; those of teasers and comments have many.
        """
        group = self._groups(above.path)
        counts = np.bincount(group)
        parents = above.parents[self.homes]
        some = _distinct(group, parents, len(self.containers))
        farther = _distinct(group, above.parents[parents], len(self.containers))
        return np.array(
            [
                np.log(np.minimum(_MANY_ALIKE, counts)),
                np.log(np.minimum(_MANY_ALIKE, some)),
                some / counts,
                np.log(np.minimum(_MANY_ALIKE, farther)),
                np.bincount(group, self.prose) / self.total,
                np.log1p(np.bincount(group, self.lengths) / counts),
            ]
        ).take(group, axis=1)

    def _groups(self, ids: Indices) -> Indices:
        return numbered(ids[self.homes] * len(_KINDS) + self.kinds)

    def _judged(self) -> Iterator[Part]:
        """Say what the rules make of each block, and of the page as a whole."""
        lengths = self.kept * self.lengths
        through = np.cumsum(lengths)
        total = through[-1] + 1.0
        yield self.verdicts == _VERDICTS_ASKED
        yield (through - lengths) / total
        yield np.log(min(_MUCH_TEXT, total))
        yield self.kept.mean()


def _distinct(group: Indices, above: Indices, size: int) -> Indices:
    """Return for each group how many different containers its blocks have above them."""
    pairs = np.sort(group * size + above)
    is_new = np.ones(len(pairs), bool)
    np.not_equal(pairs[1:], pairs[:-1], out=is_new[1:])
    return np.bincount(pairs[is_new] // size)


def _name_any(names: Sequence[str], letters: Sequence[str]) -> list[bool] | float:
    """Tell for each line whether it has any of the names."""
    if not names:
        return 0.0
    named = zip(*([name in own for own in letters] for name in names), strict=True)
    return list(map(any, named))


def _are_in(descriptions: Sequence[str], letters: Sequence[str]) -> list[bool]:
    """Tell for each line whether it begins as a description does, or stands in one."""
    beginnings = tuple([description[:60] for description in descriptions])
    # Letters have no spaces, so that nothing stands in two of them.
    together = " ".join(descriptions)
    return [own.startswith(beginnings) or (len(own) > 20 and own in together) for own in letters]


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
    "page_title_words", "title_stems", "names_tell",
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
    (distance, np.array([_BASE_NAMES.index(name) for name in names], np.intp))
    for distance, names in _NEIGHBOURS.items()
)
FEATURE_NAMES: tuple[str, ...] = _BASE_NAMES + tuple(
    f"{name}@{distance:+}" for distance, names in _NEIGHBOURS.items() for name in names
)
