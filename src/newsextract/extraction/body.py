"""Which blocks are the body, and why the others are not.

The model says how likely each block is; what is certain without it (hidden text, labels of
advertisements, repetitions, the standfirst) is settled here, and each block that is left out can
be listed with the step and the reason.
"""

import itertools
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from newsextract.extraction.blocks import Survey, TextBlock
from newsextract.extraction.context import Context
from newsextract.extraction.datelines import is_line_of_date
from newsextract.extraction.hidden import hides_the_story
from newsextract.extraction.model import Model, Rows
from newsextract.extraction.repetitions import repeated
from newsextract.extraction.rules import KEPT, comments_opening
from newsextract.extraction.standfirst import alike
from newsextract.extraction.text import ends_sentence, prose_length

__all__ = ["REPLACED", "Body", "select_body"]

# The step and the reason of blocks that would be the body, were another source's text not it.
REPLACED = ("source", "another source has more of the story")

_KEEP = 0.5
# What is so likely is no standfirst, no bare heading and no label: on 31 pages that the model had not
# seen these rules left out text of the story above it, on 12 what is none.
_SURELY_STORY = 0.8
# What the rules leave out has to be likelier than what they keep.
_KEEP_RULED_OUT = 0.55
# So much likelier below a line that opens the readers' comments.
_KEEP_AMONG_COMMENTS = 0.9
# Between paragraphs of its own make a block is kept on less; and so is a table between blocks of
# the story where the rules keep it too.
_KEEP_BETWEEN, _KEEP_TABLE = 0.3, 0.2
# Where nothing reaches the limit, the best blocks of the page do if they come near each other.
_LEAST, _NEAR_BEST = 0.15, 0.6
_LONG_ENOUGH = 40
_MOSTLY_LINKS = 0.5
_MANY_TEASERS, _PARAGRAPH = 5, 150
_HEADING_REACH = 8
# A standfirst stands near the headline, at the latest just below the first paragraph.
_ABOVE_HEADLINE, _BELOW_START = 6, 2
_STANDFIRST, _RULED_STANDFIRST = 0.5, 0.2
_SHORTEST_STANDFIRST, _LONGEST_STANDFIRST = 20, 600
# What is less likely than this adds nothing to what may have been missed.
_NEVER_MISSED = 0.02
# What is less likely is no story for any reader of the page.
_POSSIBLE = 0.05
_VERDICT_REASONS = {
    "region": "outside the story's container",
    "teasers": "a teaser of another story",
    "boxes": "a small box with a link or a button",
    "repetitions": "said before",
    "support": "a short line apart from the story",
    "fields": "standfirst",
}


class Body(NamedTuple):
    """The kept blocks, the standfirst if any, and the F1 that the model expects of its choice.

    `likely` is how likely each block is body text; `settled` has the step and the reason of each
    block that the model did not drop. `teaser` would be the standfirst if the page showed more of
    the story.
    """

    blocks: Sequence[TextBlock]
    verdicts: Sequence[str]
    kept: list[TextBlock]
    standfirst: TextBlock | None
    teaser: TextBlock | None
    confidence: float
    settled: dict[int, tuple[str, str]]
    likely: list[float]

    def possible(self) -> list[TextBlock]:
        """Return the blocks that readers see and that may be the story for all the model knows."""
        return [
            block
            for block, likely in zip(self.blocks, self.likely, strict=True)
            if likely >= _POSSIBLE and not block.container.hidden
        ]

    def removed(self) -> Iterator[tuple[TextBlock, str, str]]:
        """Yield each block that was left out, with the step that dropped it and why."""
        kept = {block.index for block in self.kept}
        for block, verdict in zip(self.blocks, self.verdicts, strict=True):
            if block.index not in kept:
                step, reason = self.settled.get(block.index) or ("model", _reason(block, verdict))
                yield block, step, reason

    def without_hidden(self, hidden: Collection[int]) -> "Body":
        """Return the same body without blocks that rules of the page hide, unless they are it."""
        lengths = {block.index: len(block.text) for block in self.kept}
        if hides_the_story(sum([lengths[index] for index in hidden]), sum(lengths.values())):
            return self
        return self.without(hidden, "hidden", "a style rule of the page hides it")

    def without(self, indexes: Collection[int], step: str, reason: str) -> "Body":
        """Return the same body, but for blocks that belong to another field."""
        dropped = dict.fromkeys(
            [block.index for block in self.kept if block.index in indexes], (step, reason)
        )
        kept = [block for block in self.kept if block.index not in dropped]
        return self._replace(kept=kept, settled={**self.settled, **dropped})


def select_body(found: Survey, rows: Rows, context: Context, model: Model) -> Body:
    """Choose the blocks of the body from all blocks of the page."""
    return _Selection(found, rows, context, model).run()


class _Selection:
    def __init__(self, found: Survey, rows: Rows, context: Context, model: Model) -> None:
        self.blocks = found.blocks
        self.rows = rows
        self.model = model
        self.likely = model.probabilities(rows)
        self.verdicts = context.verdicts
        self.headline = context.headline
        self.kept: list[TextBlock] = []
        self.teaser: TextBlock | None = None
        self.settled: dict[int, tuple[str, str]] = {}

    def run(self) -> Body:
        self._drop_hidden()
        # What stands in an article of its own belongs to another story, however alike it is.
        if "articles" in self.verdicts:
            others = [
                block
                for block, verdict in zip(self.blocks, self.verdicts, strict=True)
                if verdict == "articles"
            ]
            self._settle(others, "articles", "another article")
        if self._is_listing():
            self._settle(self.blocks, "listing", "a list of other stories")
        else:
            self._keep_likely()
        self._drop_labels()
        self._settle_each(
            [(block, "repetitions", why) for block, why in repeated(self.kept, self.headline)]
        )
        standfirst = self._take_standfirst()
        self._drop_lines_above()
        self._drop_bare_headings()
        self._drop_headings_of_boxes()
        likely = self.likely.tolist()
        return Body(
            self.blocks,
            self.verdicts,
            self.kept,
            standfirst,
            self.teaser,
            self._confidence(likely),
            self.settled,
            likely,
        )

    def _settle(self, blocks: Sequence[TextBlock], step: str, reason: str) -> None:
        self._settle_each([(block, step, reason) for block in blocks])

    def _settle_each(self, reasons: Sequence[tuple[TextBlock, str, str]]) -> None:
        for block, step, reason in reasons:
            self.settled.setdefault(block.index, (step, reason))
        self.kept = [block for block in self.kept if block.index not in self.settled]

    def _is_sure(self, block: TextBlock) -> bool:
        """Tell whether the model is surer of a block than a rule of thumb."""
        return bool(self.likely[block.index] >= _SURELY_STORY)

    def _drop_hidden(self) -> None:
        hidden = [block for block in self.blocks if block.container.hidden]
        if not hidden:
            return
        amounts = self.likely * [len(block.text) for block in self.blocks]
        if not hides_the_story(amounts[[block.index for block in hidden]].sum(), amounts.sum()):
            self._settle(hidden, "hidden", "not shown to readers")

    def _is_listing(self) -> bool:
        """Tell whether the page leads to many stories and has no running text of its own."""
        if KEPT in self.verdicts:
            return False
        teasers = sum(
            block.kind == "heading" and verdict == "teasers"
            for block, verdict in zip(self.blocks, self.verdicts, strict=True)
        )
        return teasers >= _MANY_TEASERS and not any(
            self.blocks[index].prose >= _PARAGRAPH for index in np.flatnonzero(self.likely >= _KEEP)
        )

    def _keep_likely(self) -> None:
        limit = self._limit()
        ruled_out = limit * _KEEP_RULED_OUT / _KEEP
        kept = {
            index
            for index in np.flatnonzero(self.likely >= limit).tolist()
            if index not in self.settled
            and (self.likely[index] >= ruled_out or self.verdicts[index] == KEPT)
        }
        kept.difference_update(self._comments_among(kept))
        between = [
            index
            for index in np.flatnonzero(self.likely >= _KEEP_TABLE).tolist()
            if index not in self.settled and {index - 1, index + 1} <= kept
        ]
        kept.update(filter(self._belongs_between, between))
        has_prose = any(self.blocks[index].prose for index in kept)
        if has_prose or KEPT in self.verdicts:
            self.kept = [self.blocks[index] for index in sorted(kept)]

    def _comments_among(self, kept: set[int]) -> list[int]:
        """Return what the rules drop too and what stands below a line that opens the comments."""
        doubtful = [
            index
            for index in sorted(kept)
            if self.verdicts[index] != KEPT and self.likely[index] < _KEEP_AMONG_COMMENTS
        ]
        if not doubtful:
            return []
        between = self.blocks[min(kept) : doubtful[-1] + 1]
        opening = comments_opening([block for block in between if not block.container.hidden])
        return [index for index in doubtful if opening is not None and index > opening.index]

    def _belongs_between(self, index: int) -> bool:
        before, block, after = self.blocks[index - 1 : index + 2]
        if block.kind == "table":
            return self.verdicts[index] == KEPT
        is_alike = alike(before, block) and alike(block, after)
        return is_alike and bool(self.likely[index] >= _KEEP_BETWEEN)

    def _limit(self) -> float:
        """Return how likely a block has to be, which is less on a page where no paragraph is."""
        likely = [
            self.blocks[index]
            for index in np.flatnonzero(self.likely >= _KEEP).tolist()
            if index not in self.settled
        ]
        if not all(map(self._is_paragraph, likely)):
            return _KEEP
        paragraphs = likely or [block for block in self.blocks if self._is_paragraph(block)]
        best = max([float(self.likely[block.index]) for block in paragraphs], default=1.0)
        return min(_KEEP, max(_LEAST, _NEAR_BEST * best))

    def _is_paragraph(self, block: TextBlock) -> bool:
        return (
            block.index not in self.settled
            and prose_length(block.text) >= _LONG_ENOUGH
            and block.link_density < _MOSTLY_LINKS
        )

    def _drop_labels(self) -> None:
        labels = [block.label or ("" if block.letters else "no words") for block in self.kept]
        labelled = zip(self.kept, labels, strict=True)
        self._settle_each([(block, "lines", label) for block, label in labelled if label])

    def _take_standfirst(self) -> TextBlock | None:
        """Take the standfirst out of the body, or find it among what is not in the body."""
        candidates = self._near_the_start()
        likely = self.model.standfirst_probabilities(
            self.rows, [block.index for block in candidates]
        )
        if not candidates:
            return None
        found = candidates[int(likely.argmax())]
        is_ruled = self.verdicts[found.index] == "fields"
        if likely.max() < (_RULED_STANDFIRST if is_ruled else _STANDFIRST):
            return None
        others = [block for block in self.kept if block is not found]
        # A sentence that the story says again is no standfirst, and none that is all of the story.
        if any(block.letters.startswith(found.letters) for block in others):
            return None
        is_alone = not any(self.likely[block.index] >= _KEEP for block in others)
        if is_alone and ends_sentence(found.text):
            self.teaser = found
            return None
        self._settle([found], "fields", "standfirst")
        return found

    def _near_the_start(self) -> list[TextBlock]:
        if not self.kept:
            return []
        first_kept = self.kept[0].index
        start = self.headline.index if self.headline else first_kept
        first = max(0, min(start, first_kept) - _ABOVE_HEADLINE)
        last = next((block.index for block in self.kept if block.index > start), start)
        return [
            block
            for block in self.blocks[first : last + _BELOW_START]
            if block is not self.headline
            and _SHORTEST_STANDFIRST <= len(block.text) <= _LONGEST_STANDFIRST
            and block.link_density <= _MOSTLY_LINKS
            and not self._is_sure(block)
            and block.index not in self.settled
            and not is_line_of_date(block.text)
        ]

    def _drop_lines_above(self) -> None:
        """Drop short lines above the first paragraph that the rules drop too: crumbs, bylines."""
        above = itertools.takewhile(lambda block: not block.prose, self.kept)
        lines = [
            block
            for block in above
            if block.kind == "paragraph"
            and self.verdicts[block.index] != KEPT
            and not (ends_sentence(block.text) or self._is_sure(block))
        ]
        self._settle(lines, "support", "a short line before the story")

    def _drop_bare_headings(self) -> None:
        """Drop headings that no text of the story follows, or a teaser that was left out."""
        below = len(self.blocks) + _HEADING_REACH
        bare = []
        for block in reversed(self.kept):
            if block.kind != "heading":
                below = block.index
            elif below - block.index > _HEADING_REACH or any(
                other.prose and verdict == "teasers"
                for other, verdict in zip(
                    self.blocks[block.index + 1 : below],
                    self.verdicts[block.index + 1 : below],
                    strict=True,
                )
            ):
                bare.append(block)
        unsure = [block for block in bare if not self._is_sure(block)]
        self._settle(unsure, "support", "a heading with nothing below it")

    def _drop_headings_of_boxes(self) -> None:
        """Drop headings of boxes whose text is not the story's: "Our newsletter", "The author"."""
        headings = [block for block in self.kept if block.kind == "heading"]
        if not headings:
            return
        kept = {block.index for block in self.kept}
        of_story = [block.kind != "heading" and block.index in kept for block in self.blocks]
        left_out = [block.prose > 0 and block.index not in kept for block in self.blocks]
        story, rest = (list(itertools.accumulate(own, initial=0)) for own in (of_story, left_out))
        bare = []
        for block in headings:
            box = block.container.parent or block.container
            if story[box.first] == story[box.last] and rest[box.first] < rest[box.last]:
                bare.append(block)
        self._settle(bare, "support", "a heading of what is not the story")

    def _confidence(self, chances: list[float]) -> float:
        kept = {block.index for block in self.kept}
        right = missed = length = 0.0
        for index, likely in enumerate(chances):
            if likely < _NEVER_MISSED:
                continue
            amount = likely * len(self.blocks[index].text)
            if index in kept:
                length += len(self.blocks[index].text)
                right += amount
            elif self.settled.get(index, ("support",))[0] == "support":
                missed += amount
        return 2 * right / (length + right + missed) if length else 0.0


def _reason(block: TextBlock, verdict: str) -> str:
    """Say what a block most likely is that the model does not take for body text."""
    if verdict == "names":
        named = (above.reason for above in block.container.ancestors() if above.reason)
        return next(named, "names")
    return _VERDICT_REASONS.get(verdict) or block.label or "unlike the story"
