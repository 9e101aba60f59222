"""Which blocks are the body, and why the others are not.

The model says how likely each block is; what is certain without it (hidden text, labels of
advertisements, repetitions, the readers' comments) is settled here, and each block that is left
out is listed with the step and the reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from newsextract.extraction.blocks import Survey, TextBlock
from newsextract.extraction.features import Context
from newsextract.extraction.repetitions import repeated
from newsextract.extraction.rules import KEPT
from newsextract.extraction.standfirst import alike, find_standfirst
from newsextract.extraction.text import letters_only, prose_length

__all__ = ["Body", "select_body"]

# What the rules leave out has to be likelier than what they keep.
_KEEP, _KEEP_AGAINST_RULES = 0.45, 0.6
# Between paragraphs of its own make a block is kept on less.
_KEEP_BETWEEN = 0.3
# Where nothing reaches the limit, the best blocks of the page do if they come near each other.
_LEAST, _NEAR_BEST = 0.15, 0.6
_LONG_ENOUGH = 40
_MOSTLY_LINKS = 0.5
_HIDDEN_STORY = 4
_MANY_TEASERS, _PARAGRAPH = 5, 150
_HEADING_REACH = 8
_VERDICT_REASONS = {
    "articles": "another article",
    "region": "outside the story's container",
    "teasers": "a teaser of another story",
    "boxes": "a small box with a link or a button",
    "repetitions": "said before",
    "support": "a short line apart from the story",
    "fields": "standfirst",
}


@dataclass(frozen=True, slots=True)
class Body:
    """The kept blocks, the dropped ones each with step and reason, and the standfirst if any."""

    kept: list[TextBlock]
    dropped: list[tuple[TextBlock, str, str]]
    standfirst: TextBlock | None


def select_body(found: Survey, probabilities: Sequence[float], context: Context) -> Body:
    """Choose the blocks of the body from all blocks of the page."""
    return _Selection(found, probabilities, context).run()


class _Selection:
    def __init__(self, found: Survey, probabilities: Sequence[float], context: Context) -> None:
        self.blocks = found.blocks
        self.probabilities = probabilities
        self.verdicts = context.verdicts
        self.headline = context.headline
        self.descriptions = {letters_only(text) for text in context.descriptions} - {""}
        self.dropped: dict[int, tuple[str, str]] = {}

    def run(self) -> Body:
        self._drop_hidden()
        if self._is_listing():
            self._drop_all("listing", "a list of other stories")
        self._drop_unlikely()
        self._drop_comments()
        self._drop_labels()
        self._drop_repetitions()
        standfirst = self._take_standfirst()
        self._drop_lines_before_story()
        self._drop_bare_headings()
        return Body(
            self._remaining(),
            [(self.blocks[index], *why) for index, why in sorted(self.dropped.items())],
            standfirst,
        )

    def _remaining(self) -> list[TextBlock]:
        return [block for block in self.blocks if block.index not in self.dropped]

    def _drop(self, block: TextBlock, step: str, reason: str) -> None:
        self.dropped.setdefault(block.index, (step, reason))

    def _drop_hidden(self) -> None:
        shown = hidden = 0.0
        for block, probability in zip(self.blocks, self.probabilities, strict=True):
            if block.container.hidden:
                hidden += probability * len(block.text)
            else:
                shown += probability * len(block.text)
        # Some pages hide the story until a script has run; then there is nothing else to see.
        if hidden > _HIDDEN_STORY * shown:
            return
        for block in self.blocks:
            if block.container.hidden:
                self._drop(block, "hidden", "not shown to readers")

    def _is_listing(self) -> bool:
        """Tell whether the page leads to many stories and has no running text of its own."""
        teasers = sum(
            block.kind == "heading" and verdict == "teasers"
            for block, verdict in zip(self.blocks, self.verdicts, strict=True)
        )
        if teasers < _MANY_TEASERS or KEPT in self.verdicts:
            return False
        return not any(
            block.prose >= _PARAGRAPH and probability >= _KEEP
            for block, probability in zip(self.blocks, self.probabilities, strict=True)
        )

    def _drop_all(self, step: str, reason: str) -> None:
        for block in self.blocks:
            self._drop(block, step, reason)

    def _drop_unlikely(self) -> None:
        remaining = self._remaining()
        limit = self._limit(remaining)
        against_rules = limit * _KEEP_AGAINST_RULES / _KEEP
        kept = {
            block.index
            for block in remaining
            if self.probabilities[block.index]
            >= (limit if self.verdicts[block.index] == KEPT else against_rules)
        }
        for position, block in enumerate(remaining):
            if block.index in kept or self._stands_among(remaining, position, kept):
                continue
            self._drop(block, "model", _reason(block, self.verdicts[block.index]))

    def _limit(self, remaining: list[TextBlock]) -> float:
        best = max((self.probabilities[block.index] for block in remaining), default=0.0)
        if best >= _KEEP:
            return _KEEP
        long_enough = [
            self.probabilities[block.index]
            for block in remaining
            if prose_length(block.text) >= _LONG_ENOUGH and block.link_density < _MOSTLY_LINKS
        ]
        return max(_LEAST, _NEAR_BEST * max(long_enough, default=1.0))

    def _stands_among(self, remaining: list[TextBlock], position: int, kept: set[int]) -> bool:
        """Tell whether the block's neighbours are kept, look like it, and it is no label."""
        block = remaining[position]
        if self.probabilities[block.index] < _KEEP_BETWEEN or not 0 < position < len(remaining) - 1:
            return False
        before, after = remaining[position - 1], remaining[position + 1]
        if block.kind == "heading" and self.verdicts[block.index] == KEPT:
            return after.index in kept
        beside = (before, after)
        return all(other.index in kept and alike(other, block) for other in beside)

    def _drop_comments(self) -> None:
        """Drop all that follows a line that opens the readers' comments."""
        remaining = self._remaining()
        first = remaining[0].index if remaining else len(self.blocks)
        for block in self.blocks[first + 1 :]:
            if block.label == "comments" and not block.container.hidden:
                for below in remaining:
                    if below.index >= block.index:
                        self._drop(below, "lines", "comments")
                return

    def _drop_labels(self) -> None:
        for block in self._remaining():
            reason = block.label
            if reason is not None:
                self._drop(block, "lines", reason)
            elif not block.letters:
                self._drop(block, "lines", "no words")

    def _drop_repetitions(self) -> None:
        remaining = self._remaining()
        for block, reason in repeated(remaining, self.headline):
            self._drop(block, "repetitions", reason)

    def _drop_lines_before_story(self) -> None:
        """Drop short lines above the first paragraph that the rules drop too: bylines, labels."""
        for block in self._remaining():
            if block.prose:
                return
            if block.kind == "paragraph" and self.verdicts[block.index] != KEPT:
                self._drop(block, "support", "a short line before the story")

    def _drop_bare_headings(self) -> None:
        """Drop headings that no text of the story follows, or a teaser that was left out."""
        kept_below = len(self.blocks) + _HEADING_REACH
        teaser_below = kept_below
        for block in reversed(self.blocks):
            is_kept = block.index not in self.dropped
            if block.kind == "heading" and is_kept:
                too_far = kept_below - block.index > _HEADING_REACH
                if too_far or teaser_below < kept_below:
                    self._drop(block, "support", "a heading with nothing below it")
            elif is_kept:
                kept_below = teaser_below = block.index
            elif block.prose and self.verdicts[block.index] == "teasers":
                teaser_below = block.index

    def _take_standfirst(self) -> TextBlock | None:
        """Take the standfirst out of the body."""
        found = find_standfirst(
            self.blocks, self._remaining(), self.headline, self.descriptions, self.dropped
        )
        if found is not None:
            self.dropped[found.index] = ("fields", "standfirst")
        return found


def _reason(block: TextBlock, verdict: str) -> str:
    """Say what a block most likely is that the model does not take for body text."""
    if verdict == "names":
        named = (above.reason for above in block.container.ancestors() if above.reason)
        return next(named, "names")
    if block.label is not None:
        return block.label
    return _VERDICT_REASONS.get(verdict, "unlike the story")
