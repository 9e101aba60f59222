"""The standfirst: a summary between headline and story, which is not part of the body."""

from collections.abc import Collection, Mapping, Sequence

from newsextract.extraction.blocks import Container, TextBlock
from newsextract.extraction.names import name_words
from newsextract.extraction.repetitions import TEASER_END

__all__ = ["alike", "find_standfirst", "make_of"]

_SHORTEST, _LONGEST = 20, 600
_MOSTLY_LINKS = 0.5
_WORDS = frozenset(
    "standfirst subtitle subtitulo subheadline subheading subhead subline dek deck lede summary "
    "excerpt chapo chapeau vorspann bajada sottotitolo occhiello ingress tagline abstract intro "
    "introduction lead teaser description sinopsis sapo lid strapline".split()
)
_OTHER_REASONS = frozenset(
    "navigation footer sidebar share related subscribe comments consent advertisement dialog "
    "caption byline tags tools form".split()
)
_OTHER_STEPS = frozenset(("hidden", "lines", "repetitions"))


def find_standfirst(
    blocks: Sequence[TextBlock],
    story: Sequence[TextBlock],
    headline: TextBlock | None,
    descriptions: Collection[str],
    dropped: Mapping[int, tuple[str, str]],
) -> TextBlock | None:
    """Return the standfirst: it stands below the headline, at the latest where the story begins.

    `story` is what is taken for the body so far, `descriptions` the letters of what the page
    states as its description, `dropped` the step and reason of each block left out.
    """
    if headline is None:
        return None
    first = next((block.index for block in story if block.index > headline.index), headline.index)
    for block in blocks[headline.index + 1 : first + 1]:
        step, reason = dropped.get(block.index, ("", ""))
        if step in _OTHER_STEPS or reason in _OTHER_REASONS:
            continue
        if _reads_as_standfirst(block, descriptions, story):
            return block
    return None


def _reads_as_standfirst(
    block: TextBlock, descriptions: Collection[str], story: Sequence[TextBlock]
) -> bool:
    if not _SHORTEST <= len(block.text) <= _LONGEST:
        return False
    if block.link_density > _MOSTLY_LINKS or block.text.endswith(TEASER_END):
        return False
    container = block.container
    # The element itself and the boxes that hold nothing else.
    alone = [above for above in container.ancestors(4) if above.last - above.first == 1]
    if _WORDS.intersection(name_words(" ".join(above.name for above in alone))):
        return True
    if block.kind == "heading":
        return True
    if block.letters in descriptions:
        # The description may be the first paragraph; then it has the story for company.
        return not any(other is not block and alike(other, block) for other in story)
    return container.parent is not None and container.parent.tag == "header"


def alike(one: TextBlock, other: TextBlock) -> bool:
    """Tell whether two blocks stand in elements of the same make in boxes of the same make."""
    return make_of(one.container) == make_of(other.container)


def make_of(container: Container) -> tuple[str, str, str]:
    """Return what tells the make of an element: its tag, its classes and those of its box."""
    return (container.tag, container.classes, container.parent.classes if container.parent else "")
