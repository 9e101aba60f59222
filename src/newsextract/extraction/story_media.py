"""Which of the page's pictures and players belong to its story, and the lines that go with each."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from newsextract.extraction.blocks import Container, Medium, Survey, TextBlock
from newsextract.extraction.names import name_words

__all__ = ["Placed", "media_in_story"]

# What an element says by these names is not the story, whatever stands in it. Of the others
# "dialog" is what sites call the frame of a picture that can be made larger.
_FOREIGN = frozenset(
    ("navigation", "footer", "sidebar", "share", "related", "subscribe", "comments", "consent",
     "advertisement", "byline", "tags")
)  # fmt: skip
_PICTURE_NAMES = frozenset("photo photos picture pictures image images figure gallery".split())
_OTHER_STORIES = frozenset(("teasers", "articles"))
# A picture may stand so many lines above the headline: crumbs, the section, a label.
_ABOVE_HEADLINE = 3
# Deeper than any page made by people, and a bound on what a hostile one costs.
_DEEPEST_BOX = 40
# A box of links leads elsewhere; a shorter link below a picture is the name of its maker.
_MOSTLY_LINKS, _LEAST_LINKED = 0.5, 25
# A column holds so much of the story's text.
_COLUMN_SHARE = 0.8


class Placed(NamedTuple):
    """A picture or player of the story.

    `frame` is the element around it alone (a `<figure>`, if there is one), `lines` are the blocks
    in it that may be its caption; `leads` tells that it stands above the first paragraph.
    """

    medium: Medium
    frame: Container | None
    lines: Sequence[TextBlock]
    leads: bool

    @property
    def is_figure(self) -> bool:
        """Tell whether the page itself calls this a figure."""
        return self.frame is not None and self.frame.tag == "figure"


def media_in_story(
    found: Survey, kept: Sequence[TextBlock], headline: TextBlock | None, verdicts: Sequence[str]
) -> list[Placed]:
    """Return the pictures and players between headline and end of the story, in page order."""
    if not kept or not found.media:
        return []
    return list(_Placing(found, kept, headline, verdicts).run())


def _is_aside_for_pictures(container: Container) -> bool:
    return container.reason == "sidebar" and not _PICTURE_NAMES.isdisjoint(
        name_words(container.name)
    )


class _Placing:
    def __init__(
        self,
        found: Survey,
        kept: Sequence[TextBlock],
        headline: TextBlock | None,
        verdicts: Sequence[str],
    ) -> None:
        self.blocks = found.blocks
        self.media = found.media
        self.verdicts = verdicts
        self.story = [block.index for block in kept]
        self.first_prose = next((b.index for b in kept if b.prose), self.story[0])
        self.start, self.end = self.story[0], self.story[-1] + 1
        if headline is not None and headline.index < self.start:
            self.story.insert(0, headline.index)
            self.start = headline.index
        self.column = self._column(kept)
        # A box may have hundreds of pictures in it.
        self.cards: dict[Container, bool] = {}

    def run(self) -> Iterator[Placed]:
        for position, medium in enumerate(self.media):
            if not self._is_near(medium) or medium.container.hidden:
                continue
            boxes = self._boxes(medium)
            if boxes is None or (boxes and self._is_card(boxes[-1])):
                continue
            frame = self._frame(boxes)
            if medium.index >= self.end and not (frame and self._is_in_column(medium)):
                continue
            yield Placed(
                medium, frame, self._lines(position, frame), medium.index <= self.first_prose
            )

    def _column(self, kept: Sequence[TextBlock]) -> Container:
        """Return the innermost element around the first paragraph that holds most of the story."""
        indices = [block.index for block in kept]
        through = list(accumulate([len(block.text) for block in kept], initial=0))
        column = self.blocks[self.first_prose].container
        while column.parent is not None:
            first, last = bisect_left(indices, column.first), bisect_left(indices, column.last)
            if through[last] - through[first] >= _COLUMN_SHARE * through[-1]:
                break
            column = column.parent
        return column

    def _is_near(self, medium: Medium) -> bool:
        if medium.index >= self.end:
            return medium.index == self.end or self._is_in_column(medium)
        return medium.index >= self.start - _ABOVE_HEADLINE

    def _is_in_column(self, medium: Medium) -> bool:
        return self.column.first <= medium.index <= self.column.last and any(
            above is self.column for above in medium.container.ancestors(_DEEPEST_BOX)
        )

    def _holds_story(self, container: Container) -> bool:
        position = bisect_left(self.story, container.first)
        return position < len(self.story) and self.story[position] < container.last

    def _boxes(self, medium: Medium) -> list[Container] | None:
        """Return the elements around a medium that hold none of the story, innermost first.

        None where one of them says that it is something else, or they reach up to the page itself.
        """
        boxes: list[Container] = []
        for container in medium.container.ancestors(_DEEPEST_BOX):
            if self._holds_story(container):
                above = container.tag in ("html", "body") and medium.index < self.start
                return None if above else boxes
            if container.reason in _FOREIGN and not _is_aside_for_pictures(container):
                return None
            boxes.append(container)
        return None

    def _is_card(self, box: Container) -> bool:
        """Tell whether a box leads to other stories."""
        known = self.cards.get(box)
        if known is None:
            known = self.cards[box] = self._leads_elsewhere(box)
        return known

    def _leads_elsewhere(self, box: Container) -> bool:
        inside = self.blocks[box.first : box.last]
        length = sum([len(block.text) for block in inside])
        linked = sum([block.link_length for block in inside])
        if linked > _MOSTLY_LINKS * length and linked >= _LEAST_LINKED:
            return True
        others = [self.verdicts[block.index] in _OTHER_STORIES for block in inside]
        return 2 * sum(others) > len(others)

    def _frame(self, boxes: Sequence[Container]) -> Container | None:
        figure = next((box for box in boxes if box.tag == "figure"), None)
        return figure or next((box for box in boxes if box.last > box.first), None)

    def _lines(self, position: int, frame: Container | None) -> Sequence[TextBlock]:
        """Return the blocks of the frame from this medium to the next; below it, a caption."""
        medium = self.media[position]
        if frame is None or frame.last == frame.first:
            below = self.blocks[medium.index : medium.index + 1]
            return [b for b in below if b.container.reason == "caption" or b.label == "caption"]
        following = (
            other.index for other in self.media[position + 1 :] if other.index > medium.index
        )
        end = min(frame.last, next(following, frame.last))
        if end > medium.index:
            return self.blocks[medium.index : end]
        # The caption may stand above its picture, where that is the only one.
        return self.blocks[frame.first : frame.last] if medium.index == frame.last else ()
