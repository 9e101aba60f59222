"""A first reading of the page by rules, as evidence for the model.

The rules: leave out what the page itself calls navigation, sidebar or comments
(unless the story stands in it), find the smallest container that holds the prose, and
inside it tell the story's blocks from labels, teasers and repetitions.
"""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from itertools import accumulate, islice
from operator import attrgetter

from newsextract.extraction.blocks import Container, Survey, TextBlock
from newsextract.extraction.digits import has_digit
from newsextract.extraction.hidden import hides_the_story
from newsextract.extraction.repetitions import repeated
from newsextract.extraction.standfirst import find_standfirst, make_of

__all__ = ["KEPT", "comments_opening", "judge"]

KEPT = "kept"

_LEAST_PROSE = 40
_MOSTLY_LINKS = 0.5
_ALL_LINK = 0.9
_BOX_DEPTH, _BOX_BLOCKS, _BOX_PROSE = 4, 4, 250
# A container so named that holds the story all the same: `aside`, `widget`, `form` …
_STORY_SHARE = 0.6
_NEVER_THE_STORY = frozenset(("comments", "related", "consent", "caption"))
# Descend into the child that holds this share of the prose.
_DESCEND_SHARE = 0.78
_DESCEND_IF_NAMED = 0.5
# So much prose below the headline is the story, whatever else the page holds.
_LEAST_STORY, _LEAST_STORY_SHARE = 600, 0.12
# An `<article>` with the headline and so much of the prose holds the story.
_OWN_SHARE = 0.2
_ROW_OF_BOXES = 5
_STORY_NAMES = ("article", "story", "post", "entry", "content", "main", "body")


def judge(found: Survey, headline: TextBlock | None, descriptions: Collection[str]) -> list[str]:
    """Return for each block what the rules make of it: kept, or the step that drops it.

    `descriptions` are the letters of what the page states as its description.
    """
    return _Selection(found, headline, descriptions).run()


class _Selection:
    def __init__(
        self, found: Survey, headline: TextBlock | None, descriptions: Collection[str]
    ) -> None:
        self.blocks = found.blocks
        self.containers = found.containers
        self.headline = headline
        self.descriptions = descriptions
        self.dropped: dict[int, tuple[str, str]] = {}
        self.remaining = found.blocks
        self.prose = [block.prose for block in found.blocks]
        # For each block how much prose of the remaining blocks stands above it.
        self.through = list(accumulate(self.prose, initial=0))
        self.total = self.through[-1]
        self.above_headline = headline.container.ancestors() if headline else []
        self.around_headline = {id(container) for container in self.above_headline}
        self.hidden: list[TextBlock] = []

    def run(self) -> list[str]:
        self._decide_on_hidden()
        self._drop_named()
        self._drop_other_articles()
        self._add_up_prose()
        region = self._region()
        self._drop_outside(region)
        self._drop_teasers()
        self._drop_boxes()
        self._drop_comments()
        self._drop_lines()
        self._drop_repetitions()
        self._take_standfirst()
        self._drop_unsupported()
        verdicts = [KEPT] * len(self.blocks)
        for index, (step, _) in self.dropped.items():
            verdicts[index] = step
        return verdicts

    def _remaining(self) -> list[TextBlock]:
        if len(self.remaining) + len(self.dropped) > len(self.blocks):
            dropped = self.dropped
            self.remaining = [block for block in self.remaining if block.index not in dropped]
        return self.remaining

    def _drop(self, block: TextBlock, step: str, reason: str) -> None:
        self.dropped.setdefault(block.index, (step, reason))

    def _add_up_prose(self) -> None:
        for index in self.dropped:
            self.prose[index] = 0
        self.through = list(accumulate(self.prose, initial=0))

    def _prose(self, container: Container) -> int:
        # The blocks in a container stand side by side.
        return self.through[container.last] - self.through[container.first]

    def _decide_on_hidden(self) -> None:
        self.hidden = [block for block in self.blocks if block.container.hidden]
        hidden = sum([block.prose for block in self.hidden])
        if hides_the_story(hidden, self.total):
            self.hidden = []

    def _drop_named(self) -> None:
        reasons: list[str | None] = [None] * len(self.blocks)
        # What stands in another container comes after it, so that the innermost has its say.
        for container in [above for above in self.containers if above.reason is not None]:
            if not self._is_story_all_the_same(container):
                size = container.last - container.first
                reasons[container.first : container.last] = [container.reason] * size
        self.dropped = {
            index: ("names", reason) for index, reason in enumerate(reasons) if reason is not None
        }
        for block in self.hidden:
            self.dropped[block.index] = ("hidden", "not shown to readers")

    def _is_story_all_the_same(self, container: Container) -> bool:
        if id(container) in self.around_headline and container.reason != "header":
            return True
        if container.reason in _NEVER_THE_STORY:
            return False
        return self._prose(container) > _STORY_SHARE * self.total

    def _drop_other_articles(self) -> None:
        """Leave out the stories beside the one that holds the headline."""
        own = [above for above in self.above_headline if above.tag == "article"]
        others = self._stories_beside()
        if own and self._prose(own[0]) >= _OWN_SHARE * self.total:
            others += [
                container
                for container in self.containers
                if container.tag == "article" and container not in own
            ]
        if not others:
            return
        nearest: list[Container | None] = [None] * len(self.blocks)
        for story in sorted([*own, *others], key=attrgetter("index")):
            nearest[story.first : story.last] = [story] * (story.last - story.first)
        for block in self.blocks:
            other = nearest[block.index]
            if other is not None and other not in own and not (own and _holds(own[0], block)):
                self.dropped[block.index] = ("articles", "another article")

    def _stories_beside(self) -> list[Container]:
        """Return the elements made like one around the story, with a headline made like its own.

        Some pages have page after page below each other, and the own may be a small part of them.
        Sections, elements without a name, and those with headings that are no first ones are parts
        of a story.
        """
        headline = self.headline.container if self.headline else None
        if headline is None or headline.kind != "heading":
            return []
        around = {id(above.parent): above for above in self.above_headline}
        stories: list[Container] = []
        seen: set[Container] = set()
        for block in self.blocks:
            other = block.container
            if block.kind != "heading" or other is headline or not _are_alike(other, headline):
                continue
            while other not in seen and other.parent and id(other.parent) not in around:
                seen.add(other)
                other = other.parent
            own = around.get(id(other.parent))
            if own and other not in seen and own is not other and _are_alike(own, other):
                seen.add(other)
                is_story = other.tag == "article" or (
                    headline.tag == "h1" and other.classes and other.tag != "section"
                )
                if is_story and self._prose(own) >= _LEAST_STORY:
                    stories.append(other)
        return stories

    def _region(self) -> Container:
        children: dict[int, list[Container]] = {}
        through = self.through
        for container in [c for c in self.containers if through[c.last] > through[c.first]]:
            children.setdefault(id(container.parent), []).append(container)
        node = self.containers[0]
        while siblings := children.get(id(node)):
            best = max(siblings, key=self._prose)
            led = self._with_headline(siblings) if len(siblings) > 1 else None
            if led is not None and led is not best and self._is_row_of_boxes(children, best):
                node = led
                continue
            share = self._prose(best) / (self._prose(node) or 1)
            if best.kind != "paragraph" or best.tag == "p" or share < _DESCEND_IF_NAMED:
                break
            if share < _DESCEND_SHARE and not _is_called_story(best):
                break
            node = best
        return node

    def _with_headline(self, siblings: list[Container]) -> Container | None:
        """Return the child that holds headline and story, if one does."""
        for child in siblings:
            if id(child) in self.around_headline and self._prose(child) >= max(
                _LEAST_STORY, _LEAST_STORY_SHARE * sum(map(self._prose, siblings))
            ):
                return child
        return None

    def _is_row_of_boxes(self, children: dict[int, list[Container]], container: Container) -> bool:
        """Tell whether the container's prose stands in many boxes of one make, as comments do."""
        makes: dict[tuple[str, str], list[int]] = {}
        for child in children.get(id(container), []):
            if child.tag != "p":
                makes.setdefault((child.tag, child.classes), []).append(self._prose(child))
        most = max(makes.values(), key=sum, default=[])
        return len(most) >= _ROW_OF_BOXES and sum(most) >= _STORY_SHARE * self._prose(container)

    def _drop_outside(self, region: Container) -> None:
        start = self.headline.index if self.headline else -1
        if self.headline and not any(
            block.index > start and block.prose for block in self._remaining()
        ):
            start = -1
        for block in self._remaining():
            if not _holds(region, block):
                self._drop(block, "region", "outside the story's container")
            elif block.index <= start:
                self._drop(block, "region", "before the story")

    def _drop_teasers(self) -> None:
        """Drop headings that are links, so lead to other stories, and the teasers below them."""
        remaining = self._remaining()
        for position, block in enumerate(remaining):
            if block.kind != "heading" or block.link_density < 0.8:
                continue
            self._drop(block, "teasers", "a linked heading")
            box = block.container.parent
            for other in remaining[position + 1 : position + 4]:
                if other.kind == "heading" or box is None:
                    break
                if self._prose(box) > 0.4 * self.total:
                    break
                if _holds(box, other):
                    self._drop(other, "teasers", "below a linked heading")

    def _drop_boxes(self) -> None:
        """Drop small boxes of a line or two and a link or a button: teasers, calls to join."""
        remaining = self._remaining()
        places = [block.index for block in remaining]
        has_controls = any(map(attrgetter("has_controls"), self.containers))
        few: dict[Container, list[TextBlock]] = {}
        for block in remaining:
            is_call = block.link_density >= _ALL_LINK and block.kind != "list_item"
            if not is_call and not has_controls:
                continue
            around = block.container.ancestors(_BOX_DEPTH)
            if not is_call and True not in [container.has_controls for container in around]:
                continue
            if is_call and has_digit(block.text):
                continue  # a time or a number that links to the entry it stands in
            box: list[TextBlock] = []
            for container in around:
                inside = few.get(container)
                if inside is None:
                    inside = few[container] = _few_in(container, remaining, places)
                if len(inside) > _BOX_BLOCKS or sum(other.prose for other in inside) > _BOX_PROSE:
                    break
                is_call = is_call or container.has_controls
                box = inside
            if is_call and len(box) > 1:
                for inside_box in box:
                    self._drop(inside_box, "boxes", "a small box with a link or a button")

    def _drop_comments(self) -> None:
        """Drop all that follows a line that opens the readers' comments."""
        remaining = self._remaining()
        opening = comments_opening(remaining)
        for block in remaining:
            if opening is not None and block.index >= opening.index:
                self._drop(block, "lines", "comments")

    def _drop_lines(self) -> None:
        for block in self._remaining():
            reason = block.label
            if reason is not None:
                self._drop(block, "lines", reason)

    def _drop_repetitions(self) -> None:
        remaining = self._remaining()
        for block in remaining:
            if not block.letters:
                self._drop(block, "lines", "no words")
        for block, reason in repeated(remaining, self.headline):
            self._drop(block, "repetitions", reason)

    def _take_standfirst(self) -> None:
        story = [block for block in self._remaining() if block.prose]
        found = find_standfirst(self.blocks, story, self.headline, self.descriptions, self.dropped)
        if found is not None:
            self.dropped[found.index] = ("fields", "standfirst")

    def _drop_unsupported(self) -> None:
        """Drop short blocks that no prose of the story stands with."""
        remaining = self._remaining()
        homes = {id(block.container.parent) for block in remaining if block.prose}
        prose_at = [block.index for block in remaining if block.prose]
        first_prose, last_prose = (prose_at[0], prose_at[-1]) if prose_at else (-1, -1)
        lists = _list_link_densities(remaining)
        following = False
        for block in reversed(remaining):
            if not prose_at:
                self._drop(block, "support", "no running text with it")
            elif self._is_story(block, homes, lists, first_prose, last_prose):
                if block.kind != "heading":
                    following = True
                elif not following:
                    self._drop(block, "support", "a heading with nothing below it")
            else:
                self._drop(block, "support", "a short line apart from the story")

    def _is_story(
        self,
        block: TextBlock,
        homes: set[int],
        lists: dict[int, float],
        first_prose: int,
        last_prose: int,
    ) -> bool:
        if block.prose:
            return True
        if block.kind == "table":
            return True
        if block.link_density > _MOSTLY_LINKS:
            return False
        if block.index < first_prose and len(block.text) < _LEAST_PROSE:
            return block.kind == "heading"
        if block.kind == "list_item":
            return lists.get(id(block.container.parent), 0.0) < _MOSTLY_LINKS
        if block.kind == "heading":
            return block.index < last_prose
        if block.kind in ("quote", "code"):
            return True
        return first_prose < block.index < last_prose and id(block.container.parent) in homes


def comments_opening(blocks: Sequence[TextBlock]) -> TextBlock | None:
    """Return the line below the story's first paragraphs that opens the readers' comments.

    That is a heading, or a line that parts prose from other prose. The number of the comments, or
    the link to them, also stands in the story: above and below it is prose of one make.
    """
    lines = [block for block in blocks if block.label == "comments"]
    if not lines:
        return None
    prose = [block for block in blocks if block.prose]
    last = {_place(block): block.index for block in prose}
    so_far, reach, position = 0, -1, 0
    for line in lines:
        while position < len(prose) and prose[position].index < line.index:
            so_far += prose[position].prose
            reach = max(reach, last[_place(prose[position])])
            position += 1
        if so_far >= _LEAST_PROSE and (line.kind == "heading" or reach < line.index):
            return line
    return None


def _place(block: TextBlock) -> tuple[tuple[str, str, str], int]:
    """Return of what make the element is that a paragraph stands in, and how deep that is."""
    box = block.container.parent or block.container
    return make_of(box), box.depth


def _few_in(
    container: Container, remaining: Sequence[TextBlock], places: Sequence[int]
) -> list[TextBlock]:
    """Return what stands little deeper than a container, no more than tells that it is no box."""
    start, end = bisect_left(places, container.first), bisect_left(places, container.last)
    deepest = container.depth + _BOX_DEPTH
    inside = (
        remaining[place]
        for place in range(start, end)
        if remaining[place].container.depth < deepest
    )
    return list(islice(inside, _BOX_BLOCKS + 1))


def _is_called_story(container: Container) -> bool:
    names = container.name.lower()
    return any(word in names or word == container.tag for word in _STORY_NAMES)


def _are_alike(one: Container, other: Container) -> bool:
    return one.tag == other.tag and one.classes == other.classes


def _holds(container: Container, block: TextBlock) -> bool:
    return container.first <= block.index < container.last


def _list_link_densities(blocks: list[TextBlock]) -> dict[int, float]:
    totals: dict[int, tuple[int, int]] = {}
    for block in blocks:
        if block.kind == "list_item":
            key = id(block.container.parent)
            links, length = totals.get(key, (0, 0))
            totals[key] = (links + block.link_length, length + len(block.text))
    return {key: links / length for key, (links, length) in totals.items()}
