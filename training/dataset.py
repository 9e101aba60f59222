"""A corpus folder → pages with blocks, tokens and labels, ready for training."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from alignment import align

from newsextract.extraction.blocks import Survey, survey
from newsextract.extraction.dom import parse
from newsextract.extraction.encoding import decode
from newsextract.extraction.features import Context, context_of, name_tokens, word_tokens
from newsextract.extraction.jsonld import json_objects
from newsextract.extraction.metadata import metadata_candidates
from newsextract.extraction.text import clean_line

__all__ = ["LABELS", "TrainingPage", "pages"]

LABELS = (
    "other", "text", "heading", "standfirst", "embed", "caption", "byline", "date", "note",
    "author_bio", "related", "tags", "title",
)  # fmt: skip
_BROKEN = "\ufffd"
_SECOND_LEVEL = frozenset("co com org net gov edu ac or ne go gob gouv nic".split())


@dataclass
class TrainingPage:
    """A page, its blocks' labels (an index into LABELS each) and the share that was matched."""

    set_name: str
    id: str
    site: str
    language: str
    found: Survey
    context: Context
    labels: list[int]
    matched: list[float]
    tokens: list[list[str]]
    words: list[list[str]]
    weight: float
    gold: dict[str, Any]


def pages(corpus: Path, sets: dict[str, float]) -> Iterator[TrainingPage]:
    """Yield the pages of the sets that have a full body; `sets` gives each its weight."""
    for set_name, weight in sets.items():
        folder = corpus / set_name
        for line in (folder / "manifest.jsonl").open(encoding="utf-8"):
            record = json.loads(line)
            gold = record["gold"]
            if not gold.get("body"):
                continue
            if set_name == "wcxb_dev" and record["page_type"] != "article":
                continue
            raw = gzip.decompress((folder / record["html"]).read_bytes())
            # Gold that was read in the wrong encoding cannot be aligned with the page: such a page
            # is judged, but nothing is learned from it.
            yield _page(set_name, record, raw, 0.0 if _BROKEN in gold["body"] else weight)


def _page(set_name: str, record: dict[str, Any], raw: bytes, weight: float) -> TrainingPage:
    found = survey(parse(decode(raw).text))
    objects = json_objects(found.scripts)
    context = context_of(found, objects, metadata_candidates(found, objects))
    lines, line_labels = _gold_lines(record["gold"])
    aligned = align([block.text for block in found.blocks], lines)
    labels = [line_labels[line] if line >= 0 and share >= 0.5 else 0 for share, line in aligned]
    return TrainingPage(
        set_name,
        record["id"],
        site_of(record.get("url"), f"{set_name}/{record['id']}"),
        record.get("lang") or "?",
        found,
        context,
        labels,
        [share for share, _ in aligned],
        [name_tokens(container) for container in found.containers],
        [word_tokens(block.text) for block in found.blocks],
        weight,
        record["gold"],
    )


def _gold_lines(gold: dict[str, Any]) -> tuple[list[str], list[int]]:
    if "blocks" in gold:
        pairs = [(block["text"], LABELS.index(block["label"])) for block in gold["blocks"]]
    elif "paragraphs" in gold:
        summary, headlines = set(gold.get("summary", [])), set(gold.get("headlines", []))
        pairs = [
            (text, 3 if text in summary else 2 if text in headlines else 1)
            for text in gold["paragraphs"]
        ]
    else:
        pairs = [(line, 1) for line in gold["body"].split("\n")]
    split = [
        (clean_line(line), label)
        for text, label in pairs
        for line in text.split("\n")
        if line.strip()
    ]
    return [line for line, _ in split], [label for _, label in split]


def site_of(url: str | None, otherwise: str) -> str:
    """Return the registrable domain of an address, near enough to keep a site in one fold."""
    host = urlsplit(url or "").hostname or ""
    parts = host.split(".")
    if len(parts) < 2:
        return otherwise
    size = 3 if len(parts) > 2 and parts[-2] in _SECOND_LEVEL and len(parts[-1]) == 2 else 2
    return ".".join(parts[-size:])
