"""Where a story in several pages goes on: its next page, and a single page that has all of it.

A link leads to the next part if its address is that of this page with the next page number, and
if it looks the part: it stands in or below the story, not among comments or other stories, and is
one of a numbered row, says that it leads on, or is stated by `rel=next`. None of that is enough by
itself: `rel=next` is the next article on many sites, and `?page=2` the next page of comments.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import quote, unquote, urljoin

from newsextract.extraction.addresses import joined
from newsextract.extraction.blocks import Container, Survey, TextBlock
from newsextract.extraction.dom import Node
from newsextract.extraction.part_addresses import (
    Key,
    Numbered,
    key_of,
    may_be_numbered,
    numbered,
    stem_of,
    whole_of,
)
from newsextract.extraction.part_words import NEXT, PAGE_WORDS, PREVIOUS, WHOLE
from newsextract.extraction.text import clean_line
from newsextract.records import Candidate, Paging

__all__ = ["find_paging"]

# So many blocks above the first and below the last paragraph a row of pages may stand.
_ABOVE, _BELOW = 12, 12
_MOST_MENUS, _MOST_LINKS, _LONGEST_LABEL = 4, 1_000, 60
# So far up the tree is looked for what an element is called.
_LEVELS = 60
_ELSEWHERE = frozenset("comments related consent dialog".split())
# How an address that is given from the page's own folder begins: `?page=2`, `2/`, `./2`.
_RELATIVE = "?.123456789"
# `https://www.` is so long.
_SCHEME = 12
_MARKS = " \t\n.,:;|·•*()[]{}<>«»‹›→←▶►❯➔➜⟩〉》-–—_/"
# Compiled when first needed, which on most pages is never: that takes as long as a whole page.
_FIRST = rf"(?:(?:{PAGE_WORDS})\s*)?1"
_LEADS_BACK = rf"{PREVIOUS}|{_FIRST}"
_SAYS_NUMBER = rf"(?:(?:{PAGE_WORDS}|第)\s*)?(?P<number>\d{{1,2}})(?:\s*(?:{PAGE_WORDS}))?"

# Threads of forums have pages too. https://schema.org/DiscussionForumPosting
_THREADS = re.compile(
    r"[/.](?:forums?|threads?|viewtopic|showthread|viewthread|bbs|boards?|discuss(?:ions?)?)[/.]",
    re.IGNORECASE,
)
_STATED_THREAD = "jsonld:DiscussionForumPosting"
_STATED_DATE = ("meta:", "microdata:", "rdfa:")
# The name of a story is a sentence or has a number; that of a list of stories is a word or three.
_NAMES_STORY = re.compile(r"\d{3}|(?<![^\W\d_])(?:[^\W\d_]++[-_+]++){4}")
_STORY_TYPES = frozenset(("article", "news", "newsarticle", "og:article", "blog", "story"))
_FEW_ARTICLES = 2


class _Named(NamedTuple):
    """A link as the page has it and where it stands; a link element has no node."""

    node: Node | None
    href: str
    place: int
    container: Container | None


class _Link(NamedTuple):
    """A link to what may be a page of this story; no `node` for a link element."""

    address: str
    target: Numbered
    node: Node | None = None

    def label(self) -> str:
        """Return what it says, in lower case and without marks around it."""
        return "" if self.node is None else _label(self.node)

    def is_stated(self) -> bool:
        """Tell whether the page states that it leads to what comes next."""
        return (
            self.node is None or "next" in (self.node.attributes.get("rel") or "").lower().split()
        )


def find_paging(
    found: Survey,
    body: Sequence[TextBlock],
    addresses: Sequence[str],
    candidates: Sequence[Candidate],
) -> Paging:
    """Return where this page stands among the parts of its story.

    `addresses` are those that the page may have: the one that answered first, then those it states.
    `candidates` tell whether it is a story at all: lists of stories and forums have pages, too.
    """
    base = next((address for address in addresses if "://" in address), "")
    stem = stem_of(base)
    if not body or not stem:
        return Paging()
    search = _Search(found, body, base, stem)
    links = search.numbered_links()
    # Nearly every page ends here: no link has its name and a number.
    if not links or not _is_story(base, body, candidates):
        return Paging()
    return search.paging(links, addresses)


def _is_story(base: str, body: Sequence[TextBlock], candidates: Sequence[Candidate]) -> bool:
    dates = [candidate.source for candidate in candidates if candidate.field == "date"]
    kinds = [candidate for candidate in candidates if candidate.field == "kind"]
    if _THREADS.search(base) or any(date.startswith(_STATED_THREAD) for date in dates):
        return False
    if any(kind.source.startswith("jsonld:") for kind in kinds) or any(
        date.startswith(_STATED_DATE) for date in dates
    ):
        return True
    if any(kind.value.lower() not in _STORY_TYPES for kind in kinds):
        return False
    articles = {
        above.index
        for block in body
        for above in block.container.ancestors(_LEVELS)
        if above.tag == "article"
    }
    return len(articles) <= _FEW_ARTICLES and _NAMES_STORY.search(stem_of(base)) is not None


class _Search:
    """One look for the other parts of a story, the page at `own` being one.

    `base` is what the links of that page begin with.
    """

    def __init__(self, found: Survey, body: Sequence[TextBlock], own: str, stem: str) -> None:
        self.found = found
        self.own = own
        self.base = joined(own, found.base)
        self.stem = stem
        self.host = own.split("/", 3)[2].removeprefix("www.")
        self.first, self.last = body[0].index, body[-1].index
        self.named = self._links_that_name_the_story()

    def numbered_links(self) -> list[_Link]:
        """Return the links that may lead to pages of this story, as far as cheap checks tell."""
        return [
            _Link(urljoin(self.base, link.href.strip()), target, link.node)
            for link in self.named
            if (link.href[:4] != "http" or self.host in link.href[: len(self.host) + _SCHEME])
            and may_be_numbered(link.href)
            and self._is_in_place(link)
            and (target := numbered(link.href, self.base)) is not None
        ]

    def paging(self, links: Sequence[_Link], addresses: Sequence[str]) -> Paging:
        """Return which of the links lead to the next parts, and where this page stands."""
        own = key_of(self.own)
        keys = [key_of(address, self.base) for address in addresses]
        stated = {key for key in keys if own and key and key[0] == own[0] and key[1]}
        if own is None or whole_of(self.own) in stated:
            return Paging()
        number, stories = self._place(links, own, stated)
        row = [link for link in links if link.target.story in stories]
        following = tuple(_following(number, row))
        if not following and number == 1:
            return Paging()
        return Paging(number=number, following=following, single_page=self._whole(stories))

    def _links_that_name_the_story(self) -> list[_Named]:
        """Return the links with the name of this page's address, link elements last."""
        stem, found = self.stem, self.found
        named = [
            _Named(*anchor)
            for anchor in found.anchors
            if stem in anchor[1] or anchor[1][0] in _RELATIVE
        ]
        for other in _other_ways_to_write(stem):
            named += [_Named(*anchor) for anchor in found.anchors if other in anchor[1]]
        named += [
            link
            for link in self._links_in_menus()
            if stem in link.href or link.href[0] in _RELATIVE
        ]
        named += [
            _Named(None, href, self.first, None)
            for rel, href, *_ in found.links
            if href and "next" in rel.split()
        ]
        return named[-_MOST_LINKS:]

    def _links_in_menus(self) -> Iterator[_Named]:
        """Yield the links of menus beside the story, which the walk has passed over."""
        menus = [
            menu
            for menu in self.found.passed_over
            if self.first <= menu.index <= self.last + _BELOW and menu.reason == "navigation"
        ]
        for menu in menus[:_MOST_MENUS]:
            for node in menu.node.css("a"):
                if href := node.attributes.get("href"):
                    yield _Named(node, href, menu.index, menu.parent)

    def _is_in_place(self, link: _Named) -> bool:
        if not self.first - _ABOVE <= link.place <= self.last + _BELOW:
            return False
        around = link.container.ancestors(_LEVELS) if link.container is not None else ()
        reasons = {above.reason for above in around}
        if not reasons.isdisjoint(_ELSEWHERE):
            return False
        if "footer" in reasons and not any(above.tag == "article" for above in around):
            return False
        between = self.found.blocks[self.last + 1 : link.place]
        return not any(block.label == "comments" for block in between)

    def _place(self, links: Sequence[_Link], own: Key, stated: set[Key]) -> tuple[int, set[Key]]:
        """Return the number of this page, and what the addresses of its story have in common."""
        reading = numbered(self.own)
        if reading is not None:
            beside = [
                link.target
                for link in links
                if (link.target.story, link.target.way) == (reading.story, reading.way)
            ]
            if reading.story in stated - {own} or (
                beside and (reading.says_page or self._is_part(reading, beside))
            ):
                return reading.number, {reading.story}
        return 1, {own, *stated}

    def _is_part(self, reading: Numbered, beside: Sequence[Numbered]) -> bool:
        """Tell whether the number at the end of this address is that of a page.

        It is if a link says that it leads to the first page. Between two neighbours it is unless
        the number may be part of the name: stories of a section are numbered in a row, too.
        """
        numbers = {target.number for target in beside}
        neighbours = {reading.number - 1, reading.number + 1}
        if not reading.bare and (
            1 in numbers or (neighbours <= numbers and _NAMES_STORY.search(self.stem))
        ):
            return True
        says_first = _FIRST if reading.bare else _LEADS_BACK
        return any(
            link.node is not None
            and self._is_first_of(reading, link.href)
            and re.fullmatch(says_first, _label(link.node))
            for link in self.named
        )

    def _is_first_of(self, reading: Numbered, href: str) -> bool:
        if key_of(href, self.base) == reading.story:
            return True
        target = numbered(href, self.base)
        return target is not None and (target.story, target.number) == (reading.story, 1)

    def _whole(self, stories: set[Key]) -> str | None:
        """Return the address of a page that seems to have the whole story."""
        whole = [link.href for link in self.named if self._leads_to_whole(link, stories)]
        whole += [
            href
            for rel, href, _, medium in self.found.links
            if rel == "alternate"
            and medium == "print"
            and (key := key_of(href, self.base))
            and key[0] in {story[0] for story in stories}
        ]
        return urljoin(self.base, whole[0].strip()) if whole else None

    def _leads_to_whole(self, link: _Named, stories: set[Key]) -> bool:
        if whole_of(link.href, self.base) in stories:
            return True
        # `?op=1` says nothing, but what the link says may.
        key = key_of(link.href, self.base)
        return (
            link.node is not None
            and key is not None
            and key not in stories
            and key[:2] in {story[:2] for story in stories}
            and re.fullmatch(WHOLE, _label(link.node)) is not None
        )


def _other_ways_to_write(name: str) -> set[str]:
    """Return a name as it may stand in links, its letters escaped or not."""
    if name.isascii() and "%" not in name:
        return set()
    plain = unquote(name)
    return {plain, quote(plain), quote(plain).lower()} - {name}


def _following(number: int, row: Sequence[_Link]) -> Iterator[str]:
    """Yield the addresses of the pages after that number, up to a gap in the row."""
    while address := next(
        (link.address for link in row if link.target.number == number + 1 and _leads_on(link, row)),
        None,
    ):
        yield address
        number += 1


def _leads_on(link: _Link, row: Sequence[_Link]) -> bool:
    """Tell whether a link with the address of the next page is one to the next page."""
    others = {
        other.target.number
        for other in row
        if other.target.way == link.target.way and other.node is not None
    }
    label = link.label()
    said = re.fullmatch(_SAYS_NUMBER, label)
    if said and int(said["number"]) == link.target.number:
        return True
    return not link.target.bare and (
        len(others) > 1 or link.is_stated() or not label or re.fullmatch(NEXT, label) is not None
    )


def _label(node: Node) -> str:
    text = clean_line(node.text(deep=True, separator=" ")[:_LONGEST_LABEL])
    if not text.strip(_MARKS):
        attributes = node.attributes
        text = attributes.get("aria-label") or attributes.get("title") or ""
    return text.strip(_MARKS).lower()
