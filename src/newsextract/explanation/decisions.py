"""What became of each block of a page, in the page's order."""

from collections.abc import Iterator

from newsextract.explanation.feature_words import words_for
from newsextract.explanation.records import BlockDecision, Fate, Weight
from newsextract.explanation.weights import block_weights
from newsextract.extraction.blocks import PassedOver, TextBlock, text_within
from newsextract.extraction.body import REPLACED
from newsextract.extraction.features import FEATURE_NAMES
from newsextract.extraction.watching import Reading

__all__ = ["block_decisions"]

_MOST_WEIGHTS = 6
# A table of a whole season says no more of why it was kept.
_LONGEST = 4_000
# Blocks that another field has, and not the body.
_USED = frozenset(("fields", "notes", "live"))


def block_decisions(reading: Reading) -> Iterator[BlockDecision]:
    """Yield what became of each block and of each element that was passed over."""
    passed_over = sorted(reading.found.passed_over, key=lambda element: element.index)
    passed_over.reverse()
    for decision, block in zip(_of_blocks(reading), reading.found.blocks, strict=True):
        while passed_over and passed_over[-1].index <= block.index:
            yield from _of_element(passed_over.pop())
        yield decision
    while passed_over:
        yield from _of_element(passed_over.pop())


def _of_blocks(reading: Reading) -> Iterator[BlockDecision]:
    found, rows = reading.found, reading.rows
    likely = reading.body.likely
    removed = {block.index: (step, reason) for block, step, reason in reading.body.removed()}
    if reading.headline:
        removed[reading.headline.index] = ("fields", "the headline")
    weights = block_weights(reading.model.body, rows, _MOST_WEIGHTS)
    for block, weighed in zip(found.blocks, weights, strict=True):
        fate: Fate = "kept"
        step, reason = "model", "like the story"
        if block.index in removed:
            step, reason = removed[block.index]
            fate = "used" if step in _USED else "dropped"
        elif reading.is_replaced:
            fate, (step, reason) = "dropped", REPLACED
        yield _decision(
            block,
            fate=fate,
            step=step,
            reason=reason,
            probability=round(likely[block.index], 4),
            weights=tuple([
                Weight(
                    feature=FEATURE_NAMES[row],
                    words=words_for(FEATURE_NAMES[row]),
                    value=round(float(rows[row, block.index]), 3),
                    weight=round(weight, 3),
                )
                for row, weight in weighed
            ]),
        )  # fmt: skip


def _of_element(element: PassedOver) -> Iterator[BlockDecision]:
    text = text_within(element.node)
    if text:
        step, reason = element.why
        yield BlockDecision(
            text=_cut(text),
            length=len(text),
            kind="paragraph",
            path=element.path(),
            fate="dropped",
            step=step,
            reason=reason,
        )


def _decision(
    block: TextBlock,
    *,
    fate: Fate,
    step: str,
    reason: str,
    probability: float,
    weights: tuple[Weight, ...],
) -> BlockDecision:
    return BlockDecision(
        text=_cut(block.text),
        length=len(block.text),
        kind=block.kind,
        level=block.level if block.kind in ("heading", "list_item") else 0,
        path=block.container.path(),
        fate=fate,
        step=step,
        reason=reason,
        probability=probability,
        link_density=round(block.link_density, 3),
        weights=weights,
    )


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
