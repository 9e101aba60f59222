"""Page → Extraction. Pure: no network, no clock, no files; what is remembered only saves time."""

import functools
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import NamedTuple

from newsextract.contents import SNIFFED_BYTES, check_beginning
from newsextract.errors import EmptyPage, TooComplex, UnsupportedContent
from newsextract.extraction.addresses import host_of, sound_address, whole_address
from newsextract.extraction.biographies import about_writers
from newsextract.extraction.blocks import PassedOver, TextBlock, text_within
from newsextract.extraction.body import REPLACED, Body, select_body
from newsextract.extraction.context import context_of
from newsextract.extraction.crumbs import kicker_candidates
from newsextract.extraction.datelines import credit_candidates
from newsextract.extraction.digits import may_have_digits
from newsextract.extraction.dom import parse
from newsextract.extraction.encoding import DecodedText, decode
from newsextract.extraction.fallback import can_be_asked, second_opinion
from newsextract.extraction.features import describe
from newsextract.extraction.fields import page_candidates
from newsextract.extraction.folded import surveyed
from newsextract.extraction.hidden import hidden_by_rules
from newsextract.extraction.jsonld import json_objects, types_in
from newsextract.extraction.links import links_in
from newsextract.extraction.live import Live, live_entries
from newsextract.extraction.metadata import article_object, metadata_candidates
from newsextract.extraction.model import Model, shipped_model
from newsextract.extraction.notes import find_corrections, sponsored_candidates
from newsextract.extraction.page_kind import (
    check_kind,
    kind_told_by_media,
    page_facts,
    shipped_kinds,
)
from newsextract.extraction.parts import find_paging
from newsextract.extraction.pictures import lead_candidates, pictures_of
from newsextract.extraction.preflight import BoundedPage, within_limits
from newsextract.extraction.rights import rights_of
from newsextract.extraction.script_data import script_text
from newsextract.extraction.script_dates import dates_in_scripts
from newsextract.extraction.story_media import Placed, media_in_story
from newsextract.extraction.survey import Survey
from newsextract.extraction.tag_rows import tag_row_candidates
from newsextract.extraction.text import ends_sentence, prose_length
from newsextract.extraction.truncation import truncation_candidates
from newsextract.extraction.videos import videos_of
from newsextract.extraction.walls import Sight, check_article, is_consent_address
from newsextract.extraction.watching import Reading, Watcher
from newsextract.options import Options
from newsextract.records import Block, Candidate, Extraction, Image, Link, Page, RemovedBlock

__all__ = ["extract_page", "extract_with"]

_SHORT_BODY = 350
# A body that is no longer or no surer than this may be what a wall or an error page says.
_LITTLE, _UNSURE = 800, 0.5
# A body of this length needs no look into script data.
_ENOUGH = 1_400
# Script data has to say this much more than the page shows before it is believed.
_MUCH_MORE = 1.6
_PARAGRAPH, _LEAST_PROSE = 110, 200
_SCRIPT_CONFIDENCE = 0.8
_SECOND_CONFIDENCE = 0.4


def extract_page(page: Page, options: Options | None = None) -> Extraction:
    """Return what a page holds: body blocks, removed blocks with reasons, field candidates.

    Raises `EmptyPage` where there is no text, neither shown nor in script data, and a
    `NotAnArticle` where it is known what came instead of one: `BotCheckPage`, `ConsentWall`,
    `LoginWall`, `ErrorText` or `EmptyShell`; with `Options.require_article` also `ListingPage`,
    `ForumPage`, `ProductPage` or `OtherPage`. `TooComplex` is raised for a page over a limit that
    keeps time and memory bounded; what else was cut for that is in `warnings`. An
    `UnsupportedContent` is raised for bytes that are no HTML, such as those of a PDF.
    """
    return extract_with(shipped_model(), page, options or Options())


def extract_with(
    model: Model, page: Page, options: Options, watcher: Watcher | None = None
) -> Extraction:
    """Return what a page holds, as this model reads it; training judges its models by it.

    Who watches sees it happen, also where that ends in an exception.
    """
    passed = watcher.passed if watcher else _unseen
    own_address = _sound(page.final_url or page.url)
    content_type = page.headers.get("content-type")
    _check_content(page, content_type or "")
    decoded = decode(page.body, content_type)
    bounded = within_limits(decoded.source)
    passed("decode")
    tree = parse(bounded.source)
    passed("parse")
    bounded, tree, found = surveyed(bounded, tree)
    passed("walk")
    warnings = list(_warnings(page, decoded, bounded))
    objects = json_objects(found.scripts)
    types, article = types_in(objects), article_object(objects) or {}
    candidates = metadata_candidates(found, objects)
    is_dated = any(own.field == "date" for own in candidates)
    context = context_of(found, objects, candidates)
    passed("statements and rules")
    rows = describe(found, context, model.lexicon)
    passed("features")
    body = select_body(found, rows, context, model)
    if hidden := hidden_by_rules(found.styles, body.kept, found.controlled):
        body = body.without_hidden(hidden)
    passed("body")
    addresses = [own_address or ""]
    addresses += [own.value for own in candidates if own.field == "canonical_url"]
    told = page_facts(found, rows, context, types, candidates, _first_whole(addresses))
    with_digits = may_have_digits(found.blocks)
    live = live_entries(found, objects, types, context.headline, body.kept, with_digits)
    corrections, notes = find_corrections(found, objects, types, context.headline, body.kept)
    candidates += page_candidates(found, context, body.kept, with_digits)
    candidates += credit_candidates(found, article, context.headline, body.kept, candidates)
    candidates += sponsored_candidates(found, types, context.headline)
    body = body.without({block.index for block in notes}, "notes", "a correction")
    about = about_writers(body.kept, candidates, context.sites)
    body = body.without({block.index for block in about}, "lines", "about the writer")
    body = body.without(live.beside(body.kept), "live", "an entry of a live page")
    candidates += _subtitle(body.standfirst)
    if not is_dated:
        candidates += dates_in_scripts(found.scripts)
    candidates += kicker_candidates(found, context.headline, addresses)
    candidates += tag_row_candidates(found, body.kept)
    placed = media_in_story(found, body.kept, context.headline, context.verdicts)
    pictures = pictures_of(placed, context.authors)
    candidates += lead_candidates(pictures)
    videos = videos_of(found, objects, article, placed)
    candidates += videos.values()
    passed("fields")
    text = _own_reading(body, links_in(body.kept, found.anchors), live)
    # The script data of a live page hold its entries once more.
    scripted = None if text.is_enough or live.entries else script_text(found.scripts, objects)
    if scripted is not None and scripted.length > max(_MUCH_MORE * text.length, _SHORT_BODY):
        text = _Text(scripted.blocks, scripted.source, _SCRIPT_CONFIDENCE)
        candidates += [*scripted.candidates, *_subtitle(body.teaser)]
    elif options.second_opinion and not text.blocks and _has_prose(body.possible()):
        text, doubt = _second_look(text, decoded, bounded)
        warnings += doubt
    passed("other sources")
    if watcher:
        watcher.read(
            Reading(
                found=found,
                rows=rows,
                model=model,
                body=body,
                headline=context.headline,
                candidates=candidates,
                is_replaced=text.source != "blocks",
            )
        )
    if text.is_doubtful or any(map(is_consent_address, addresses)):
        sight = Sight(bounded.source, tree, found, text.blocks, addresses, is_dated)
        check_article(sight, page.url)
    if not (found.blocks or text.blocks):
        raise _nothing_left(page, bounded)
    judged = kind_told_by_media(
        shipped_kinds().judge(*told),
        text.length,
        [image for image, _ in pictures],
        list(videos),
        is_live=bool(live.entries),
    )
    if options.require_article:
        check_kind(judged, page.url)
    candidates.append(
        Candidate(field="page_kind", value=judged.kind, source="model", score=judged.probability)
    )
    paging = find_paging(found, body.kept, addresses, candidates)
    if not (live.entries or paging.following):
        taken = body.kept if text.source == "blocks" else text.blocks
        candidates += truncation_candidates(found, tree, article, body.kept, taken)
    passed("page kind")
    return Extraction(
        url=own_address,
        requested_url=_sound(page.url),
        base_url=_base_url(found, addresses),
        fetched_at=page.fetched_at,
        blocks=tuple(text.blocks),
        list_removed=functools.partial(
            _removed, body, found.passed_over, replaced=text.source != "blocks"
        ),
        candidates=tuple(candidates),
        images=tuple(_placed_images(pictures, body.kept if text.source == "blocks" else [])),
        videos=tuple(videos),
        rights=rights_of(found, page.headers),
        entries=live.entries,
        corrections=tuple(corrections),
        paging=paging,
        body_source=text.source,
        confidence=round(text.confidence, 3),
        warnings=tuple(warnings),
    )


def _unseen(_: str) -> None:
    """Pass a stage that nobody watches."""


def _check_content(page: Page, content_type: str) -> None:
    try:
        check_beginning(content_type, page.body[:SNIFFED_BYTES])
    except UnsupportedContent as error:
        message, detail = f"The page cannot be read: {error}.", error.failure.detail
        raise type(error)(message, url=page.url, detail=detail) from None


def _nothing_left(page: Page, bounded: BoundedPage) -> EmptyPage | TooComplex:
    if not bounded.cuts:
        return EmptyPage("The page holds no text.", url=page.url)
    cuts = "; ".join(bounded.cuts)
    return TooComplex(
        f"Nothing is left of the page within its limits: {cuts}.", url=page.url, detail=cuts
    )


def _sound(address: str | None) -> str | None:
    return None if address is None else sound_address(address)


def _placed_images(
    pictures: Sequence[tuple[Image, Placed]], kept: Sequence[TextBlock]
) -> Iterator[Image]:
    indices = [block.index for block in kept]
    for image, place in pictures:
        yield replace(image, before=bisect_left(indices, place.medium.index))


def _base_url(found: Survey, addresses: Sequence[str]) -> str | None:
    """Return what the addresses on a page are completed with.

    https://html.spec.whatwg.org/multipage/urls-and-fetching.html#document-base-url – addresses that
    the page states for itself are believed where they name one host.
    """
    own, *stated = addresses
    if not own:
        whole = [address for other in stated if (address := whole_address(other, ""))]
        own = whole[0] if len(set(map(host_of, whole))) == 1 else ""
    return (whole_address(found.base, own) if found.base else None) or own or None


def _first_whole(addresses: list[str]) -> str:
    """Return the first address that names a host: a saved page may have a file's name alone."""
    return next((address for address in addresses if "//" in address), "")


def _warnings(page: Page, decoded: DecodedText, bounded: BoundedPage) -> Iterator[str]:
    if decoded.warning:
        yield decoded.warning
    yield from bounded.cuts
    if "completeness" in page.waived:
        yield "the page was cut off on its way, so the text may end too early"


class _Text(NamedTuple):
    """A reading of the body: its blocks, where they are from, how sure it is."""

    blocks: list[Block]
    source: str
    confidence: float

    @property
    def is_enough(self) -> bool:
        # No text is shorter in characters of alphabetic text than in its own.
        return sum([len(block.text) for block in self.blocks]) >= _ENOUGH or self.length >= _ENOUGH

    @property
    def is_doubtful(self) -> bool:
        # No text is longer in characters of alphabetic text than three times its own.
        return self.confidence < _UNSURE or (
            sum([len(block.text) for block in self.blocks]) <= _LITTLE and self.length <= _LITTLE
        )

    @property
    def length(self) -> int:
        return sum(prose_length(block.text) for block in self.blocks)


def _own_reading(body: Body, links: Mapping[int, tuple[Link, ...]], live: Live) -> _Text:
    blocks = [_as_record(block, links.get(block.index, ())) for block in body.kept]
    if live.entries and not blocks:
        return _Text(live.blocks(), live.entries[0].source, body.confidence)
    return _Text(blocks, "blocks", body.confidence)


def _second_look(own: _Text, decoded: DecodedText, bounded: BoundedPage) -> tuple[_Text, list[str]]:
    """Return what trafilatura finds where we found nothing, and a warning where it is not asked.

    Of a page with a text of our own, however doubtful, its reading is worse more often than better.
    """
    if not can_be_asked(bounded):
        return own, ["no text was found, and the page is too big for a second opinion"]
    other = second_opinion(decoded.text)
    return (_Text(other, "trafilatura", _SECOND_CONFIDENCE) if _reads_as_prose(other) else own), []


def _subtitle(block: TextBlock | None) -> list[Candidate]:
    if block is None:
        return []
    source = f"dom:{block.container.tag}"
    return [Candidate(field="subtitle", value=block.text, source=source, score=0.7)]


def _as_record(block: TextBlock, links: tuple[Link, ...]) -> Block:
    return Block(
        kind=block.kind,
        text=block.text,
        level=block.level if block.kind in ("heading", "list_item") else 0,
        ordinal=block.ordinal if block.kind == "list_item" else 0,
        path=block.container.path(),
        links=links,
    )


def _removed(
    body: Body, passed_over: list[PassedOver], *, replaced: bool
) -> tuple[RemovedBlock, ...]:
    dropped = [(float(block.index), _as_removed(block, *why)) for block, *why in body.removed()]
    for element in passed_over:
        step, reason = element.why
        removed = RemovedBlock(
            text=text_within(element.node), step=step, reason=reason, path=element.path()
        )
        # Before the block of that index.
        dropped.append((element.index - 0.5, removed))
    dropped.sort(key=itemgetter(0))
    in_order = [removed for _, removed in dropped if removed.text]
    if replaced:
        in_order += [_as_removed(block, *REPLACED) for block in body.kept]
    return tuple(in_order)


def _as_removed(block: TextBlock, step: str, reason: str) -> RemovedBlock:
    return RemovedBlock(text=block.text, step=step, reason=reason, path=block.container.path())


def _reads_as_prose(blocks: list[Block]) -> bool:
    # A front page has teasers, an article has paragraphs.
    half = 0.5 * sum(prose_length(block.text) for block in blocks)
    return _in_paragraphs(blocks) >= max(_LEAST_PROSE, half)


def _has_prose(blocks: Sequence[TextBlock]) -> bool:
    """Tell whether a page has the paragraphs that a reading of it needs to be believed."""
    return _in_paragraphs(blocks) >= _LEAST_PROSE


def _in_paragraphs(blocks: Sequence[Block] | Sequence[TextBlock]) -> int:
    """Return how much of a text stands in paragraphs, in characters of alphabetic text."""
    return sum(
        length
        for block in blocks
        if (length := prose_length(block.text)) >= _PARAGRAPH and ends_sentence(block.text)
    )
