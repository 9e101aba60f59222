"""Page → Extraction. Pure: no network, no clock, no files, no state between pages."""

import math

from newsextract.errors import EmptyPage
from newsextract.extraction.blocks import TextBlock, survey
from newsextract.extraction.body import Body, select_body
from newsextract.extraction.dom import parse
from newsextract.extraction.encoding import decode
from newsextract.extraction.fallback import second_opinion
from newsextract.extraction.fields import page_candidates
from newsextract.extraction.headline import find_headline
from newsextract.extraction.jsonld import json_objects
from newsextract.extraction.metadata import metadata_candidates
from newsextract.extraction.script_data import script_text
from newsextract.extraction.text import ends_sentence, prose_length
from newsextract.options import Options
from newsextract.records import Block, Candidate, Extraction, Page, RemovedBlock

__all__ = ["extract_page"]

_SHORT_BODY = 350
# Script data has to say this much more than the page shows before it is believed.
_MUCH_MORE = 1.6
_PARAGRAPH = 110
_DOUBTFUL = 0.35


def extract_page(page: Page, options: Options | None = None) -> Extraction:
    """Return what a page holds: body blocks, removed blocks with reasons, field candidates.

    Raises `EmptyPage` where there is no text, neither shown nor in script data.
    """
    options = options or Options()
    decoded = decode(page.body, page.headers.get("content-type"))
    found = survey(parse(decoded.text))
    objects = json_objects(found.scripts)
    candidates = metadata_candidates(found, objects)
    headline = find_headline(found.blocks, _stated(candidates, "title"))
    body = select_body(found, headline, _stated(candidates, "description"))
    candidates += page_candidates(found, headline, body.kept)
    if body.standfirst is not None:
        candidates.append(
            Candidate(
                field="subtitle",
                value=body.standfirst.text,
                source=f"dom:{body.standfirst.container.tag}",
                score=0.7,
            )
        )
    blocks, source, confidence = (
        [_as_record(block) for block in body.kept],
        "blocks",
        _confidence(body),
    )
    length = _length(blocks)
    scripted = script_text(found.scripts, objects) if length < 4 * _SHORT_BODY else None
    if scripted is not None and scripted.length > max(_MUCH_MORE * length, _SHORT_BODY):
        blocks, source, confidence = scripted.blocks, scripted.source, 0.8
        candidates += scripted.candidates
    elif not found.blocks:
        raise EmptyPage("The page holds no text.", url=page.url)
    elif options.second_opinion and confidence < _DOUBTFUL and length < 2 * _SHORT_BODY:
        other = second_opinion(decoded.text)
        if _length(other) > 1.5 * length and _reads_as_prose(other):
            blocks, source, confidence = other, "trafilatura", 0.4
    return Extraction(
        url=page.final_url or page.url,
        fetched_at=page.fetched_at,
        blocks=tuple(blocks),
        removed=_removed(body, blocks if source != "blocks" else []),
        candidates=tuple(candidates),
        body_source=source,
        confidence=round(confidence, 3),
        warnings=(decoded.warning,) if decoded.warning else (),
    )


def _stated(candidates: list[Candidate], field: str) -> list[str]:
    return [candidate.value for candidate in candidates if candidate.field == field]


def _as_record(block: TextBlock) -> Block:
    return Block(
        kind=block.kind,
        text=block.text,
        level=block.level if block.kind in ("heading", "list_item") else 0,
        ordinal=block.ordinal if block.kind == "list_item" else 0,
        path=block.container.path(),
    )


def _removed(body: Body, replaced_by: list[Block]) -> tuple[RemovedBlock, ...]:
    removed = [
        RemovedBlock(text=block.text, step=step, reason=reason, path=block.container.path())
        for block, step, reason in body.dropped
    ]
    if replaced_by:
        removed += [
            RemovedBlock(
                text=block.text, step="source", reason="another source has more of the story",
                path=block.container.path(),
            )
            for block in body.kept
        ]  # fmt: skip
    return tuple(removed)


def _length(blocks: list[Block]) -> int:
    return sum(prose_length(block.text) for block in blocks)


def _reads_as_prose(blocks: list[Block]) -> bool:
    # A front page has teasers, an article has paragraphs.
    paragraphs = [
        block
        for block in blocks
        if ends_sentence(block.text) and prose_length(block.text) >= _PARAGRAPH
    ]
    return _length(paragraphs) >= max(200, 0.5 * _length(blocks))


def _confidence(body: Body) -> float:
    """Say how far our own reading can be trusted: much prose, most of it in one place."""
    paragraphs = [block for block in body.kept if ends_sentence(block.text)]
    length = sum(prose_length(block.text) for block in paragraphs)
    if not paragraphs:
        return 0.0
    amount = math.sqrt(min(1.0, length / 1_200))
    unnamed = [block for block, step, _ in body.dropped if step in ("region", "support")]
    lost = sum(prose_length(block.text) for block in unnamed if ends_sentence(block.text))
    share = length / (length + lost)
    return amount * share
