"""Stories that their site cuts into several pages: which to fetch, and how to join them.

`Parts` holds every rule and does no I/O; `read_story` and `aread_story` only carry pages to it.
"""

import asyncio
import functools
import itertools
import re
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from urllib.parse import unquote

from newsextract.errors import EmptyPage, EmptyShell, NewsextractError
from newsextract.extraction import extract_page
from newsextract.extraction.addresses import host_of, whole_address
from newsextract.extraction.part_addresses import Key, key_of, stem_of
from newsextract.extraction.part_words import PAGE_WORDS
from newsextract.extraction.text import letters_only
from newsextract.normalization import normalize
from newsextract.options import Options
from newsextract.records import (
    Article,
    Block,
    Extraction,
    FieldName,
    Image,
    Page,
    Paging,
    RemovedBlock,
)

__all__ = ["MOST_PARTS", "Parts", "aread_story", "join_parts", "needs_browser", "read_story"]

MOST_PARTS = 20
_NEEDS_BROWSER = (EmptyPage, EmptyShell)
# What opens a story is known again by so many of its letters.
_OPENING = 120
# A single page has at least so much more than the first part; a print version that has only that
# part may have a line more.
_MORE_THAN_A_PART = 1.1
# Fields that a later part adds to; of the others the first part tells all.
_ADDED: frozenset[FieldName] = frozenset(("agencies", "images", "videos"))
_STATED: frozenset[FieldName] = frozenset(("title", "subtitle", "description"))
# "Page 2 of 5", "Seite 2/5" and the like, at the beginning or end of a part.
_PAGE_LINE = re.compile(
    rf"[\W_]*(?:(?:{PAGE_WORDS})\s*\d{{1,2}}(?:\s*(?:/|[^\W\d_]{{1,4}})\s*\d{{1,2}})?|"
    rf"第?\s*\d{{1,2}}\s*(?:{PAGE_WORDS}))[\W_]*",
    re.IGNORECASE,
)


def needs_browser(page: Page, options: Options) -> bool:
    """Tell whether a page is empty until a browser has built it."""
    try:
        extract_page(page, options)
    except _NEEDS_BROWSER:
        return True
    except NewsextractError:
        return False
    return False


def read_story(
    url: str,
    fetch: Callable[[str], Page],
    options: Options | None = None,
    *,
    render: Callable[[Page], Page] | None = None,
) -> Article:
    """Return the article at an address, its parts joined unless `options` say otherwise.

    `render` lets a browser build a page, for `Options.render="auto"`. Raises what fetching and
    extracting the first page raise; what is wrong with a later part stands in the article's
    warnings.
    """
    options = options or Options()
    page = fetch(url)
    try:
        first = extract_page(page, options)
    except _NEEDS_BROWSER:
        if render is None or options.render != "auto":
            raise
        first = extract_page(render(page), options)
    parts = Parts(first)
    # The first page was an article; its parts may be no more than a few lines.
    options = replace(options, require_article=False)
    while options.join_parts and (address := parts.next_address):
        try:
            parts.take(extract_page(fetch(address), options))
        except NewsextractError as error:
            parts.miss(error)
    return normalize(parts.joined() if options.join_parts else parts.first)


async def aread_story(
    url: str,
    fetch: Callable[[str], Awaitable[Page]],
    options: Options | None = None,
    *,
    render: Callable[[Page], Awaitable[Page]] | None = None,
) -> Article:
    """Do as `read_story` does, without blocking the event loop."""
    options = options or Options()
    page = await fetch(url)
    # In a thread, so that what else the loop carries goes on.
    try:
        first = await asyncio.to_thread(extract_page, page, options)
    except _NEEDS_BROWSER:
        if render is None or options.render != "auto":
            raise
        first = await asyncio.to_thread(extract_page, await render(page), options)
    parts = Parts(first)
    options = replace(options, require_article=False)
    while options.join_parts and (address := parts.next_address):
        try:
            parts.take(await asyncio.to_thread(extract_page, await fetch(address), options))
        except NewsextractError as error:
            parts.miss(error)
    joined = parts.joined() if options.join_parts else parts.first
    return await asyncio.to_thread(normalize, joined)


class Parts:
    """The parts of one story as they come: which address is next, and whether what came fits.

    A page with the whole story is asked for first. `next_address` is what to fetch now; it is none
    once all is there or no more is to be had.
    """

    def __init__(self, first: Extraction) -> None:
        self.first = first
        self.next_address: str | None = None
        self._parts = [first]
        self._seen = {_key(first)}
        self._ahead: tuple[str, ...] = ()
        self._single: Extraction | None = None
        self._warnings: list[str] = []
        if first.blocks:
            self._ahead = first.paging.following
            self.next_address = first.paging.single_page
        self._tries_single = self.next_address is not None
        if not self._tries_single:
            self._go_on()

    def take(self, page: Extraction) -> None:
        """Take what is at the address that was asked for."""
        if self._tries_single:
            self._tries_single = False
            if self._is_whole(page):
                self._single, self._ahead = page, ()
            self._go_on()
        elif trouble := self._trouble_with(page):
            self._stop(trouble)
        else:
            self._parts.append(page)
            self._seen.add(_key(page))
            # A last part that links to none is believed only where no earlier one did.
            self._ahead = page.paging.following or self._ahead[1:]
            self._go_on()

    def miss(self, error: NewsextractError) -> None:
        """Take note that there is no page at the address that was asked for."""
        if self._tries_single:
            self._tries_single = False
            self._go_on()
        else:
            self._stop(error.failure.message)

    def joined(self) -> Extraction:
        """Return all that was taken as one; the first page itself where it is no part."""
        if self._single is not None:
            # All that the first part says stands there, too; its pictures may not.
            untold = replace(self.first, blocks=(), paging=Paging())
            return replace(
                join_parts([untold, self._single]),
                body_source=self._single.body_source,
                confidence=self._single.confidence,
                parts=(self._single.url or "",),
            )
        if len(self._parts) == 1 and not self._warnings:
            return self.first
        joined = join_parts(self._parts)
        return replace(joined, warnings=(*joined.warnings, *self._warnings))

    def _go_on(self) -> None:
        self.next_address = next(iter(self._ahead), None)
        if self.next_address is None:
            return
        if len(self._parts) == MOST_PARTS:
            self._stop(f"more than {MOST_PARTS} parts are not read")
        elif key_of(self.next_address) in self._seen:
            self._stop("its address is that of an earlier part")

    def _stop(self, why: str) -> None:
        number = self.first.paging.number + len(self._parts)
        self._warnings.append(f"part {number} of the story, {self.next_address}, is missing: {why}")
        self.next_address = None

    def _trouble_with(self, page: Extraction) -> str | None:
        """Say why a page cannot be the next part, if it cannot."""
        if not self._is_near(page):
            return f"it is on another site, {page.url}"
        if _key(page) in self._seen:
            return "it leads back to an earlier part"
        if unquote(stem_of(self.first.url or "")) not in unquote(page.url or ""):
            return f"it leads elsewhere, to {page.url}"
        if not page.blocks:
            return "it has no article text"
        known = {line for part in self._parts for line in _lines(part.blocks)}
        return "it has the text of earlier parts" if known.issuperset(_lines(page.blocks)) else None

    def _is_near(self, page: Extraction) -> bool:
        here, there = (host_of(each.url or "").removeprefix("www.") for each in (self.first, page))
        return here == there

    def _is_whole(self, page: Extraction) -> bool:
        """Tell whether a page has the story from its beginning, and more than the first part."""
        own, text = ("".join(_lines(each.blocks)) for each in (self.first, page))
        has_more = len(text) >= _MORE_THAN_A_PART * len(own)
        begins = own[:_OPENING] in text
        return self._is_near(page) and has_more and begins and not page.paging.following


def join_parts(parts: Sequence[Extraction]) -> Extraction:
    """Return the parts of one story as one: the fields of the first, the text of all.

    What parts repeat at their beginning or end (the headline, a standfirst, a line about the
    magazine) is there once.
    """
    first = parts[0]
    blocks, repeated = _joined_blocks(parts)
    later = [candidate for part in parts[1:] for candidate in part.candidates]
    warnings = [warning for part in parts for warning in part.warnings]
    if first.paging.number > 1:
        warnings.append(f"the parts of the story before part {first.paging.number} are missing")
    return replace(
        first,
        blocks=tuple(blocks),
        candidates=(*first.candidates, *[own for own in later if own.field in _ADDED]),
        images=tuple(_images(parts, blocks)),
        videos=tuple([
            replace(video, url=whole_address(video.url, _base_of(part)) or video.url)
            for part in parts
            for video in part.videos
        ]),
        entries=tuple(dict.fromkeys([entry for part in parts for entry in part.entries])),
        corrections=tuple(dict.fromkeys([found for part in parts for found in part.corrections])),
        paging=Paging(),
        parts=tuple([part.url or "" for part in parts]),
        body_source=", ".join(dict.fromkeys([part.body_source for part in parts])),
        confidence=min([part.confidence for part in parts]),
        warnings=tuple(dict.fromkeys(warnings)),
        list_removed=functools.partial(_removed, parts, blocks, repeated),
    )  # fmt: skip


def _images(parts: Sequence[Extraction], blocks: Sequence[Block]) -> Iterator[Image]:
    """Yield the pictures of all parts, with whole addresses, where they stand in the whole text."""
    places = {id(block): place for place, block in enumerate(blocks)}
    end = 0
    for part in parts:
        own = [places[id(block)] for block in part.blocks if id(block) in places]
        for image in part.images:
            above = sum(id(block) in places for block in part.blocks[: image.before])
            before = own[above] if above < len(own) else own[-1] + 1 if own else end
            address = whole_address(image.url, _base_of(part)) or image.url
            yield replace(image, url=address, before=before)
        end = own[-1] + 1 if own else end


def _base_of(part: Extraction) -> str:
    return part.base_url or part.url or ""


def _joined_blocks(parts: Sequence[Extraction]) -> tuple[list[Block], list[Block]]:
    """Return the blocks of all parts in order, and those left out because they are repeated."""
    stated = {
        letters_only(candidate.value)
        for candidate in parts[0].candidates
        if candidate.field in _STATED
    }
    texts = [list(parts[0].blocks), *[_text_of(part, stated) for part in parts[1:]]]
    kept: list[Block] = []
    repeated: list[Block] = []
    said: set[str] = set()
    for blocks, following in zip(texts, [*texts[1:], []], strict=True):
        text = _without_page_lines(blocks)
        lines = _lines(text)
        begin = next((at for at, line in enumerate(lines) if line not in said), len(lines))
        end = len(lines) - _alike_at_end(lines[begin:], _lines(_without_page_lines(following)))
        kept += text[begin:end]
        repeated += [block for block in blocks if block not in text[begin:end]]
        said.update(lines, stated)
    return kept, repeated


def _without_page_lines(blocks: Sequence[Block]) -> list[Block]:
    """Leave out lines such as "Page 2 of 5" at the beginning and the end."""
    ends = {0, 1, len(blocks) - 2, len(blocks) - 1}
    return [
        block
        for at, block in enumerate(blocks)
        if at not in ends or not _PAGE_LINE.fullmatch(block.text)
    ]


def _alike_at_end(lines: Sequence[str], others: Sequence[str]) -> int:
    """Return how many lines two parts have in common at their end; the later one keeps them."""
    pairs = zip(reversed(lines), reversed(others), strict=False)
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))


def _text_of(part: Extraction, stated: set[str]) -> list[Block]:
    """Return the blocks of a later part; what was taken for its standfirst opens its text."""
    lines = stated.union(_lines(part.blocks))
    opening = [
        Block(kind="paragraph", text=own.value)
        for own in part.candidates
        if own.field == "subtitle"
        and own.source.startswith("dom:")
        and letters_only(own.value) not in lines
    ]
    return [*opening, *part.blocks]


def _removed(
    parts: Sequence[Extraction], blocks: Sequence[Block], repeated: Sequence[Block]
) -> tuple[RemovedBlock, ...]:
    kept = {block.text for block in blocks}
    removed = [each for part in parts for each in part.removed if each.text not in kept]
    removed += [
        RemovedBlock(text=block.text, step="parts", reason="said in another part", path=block.path)
        for block in repeated
    ]
    return tuple(removed)


def _lines(blocks: Iterable[Block]) -> list[str]:
    return [letters_only(block.text) for block in blocks]


def _key(page: Extraction) -> Key | None:
    return key_of(page.url or "")
