"""A corpus folder → pages with blocks, tokens and labels, ready for training."""

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from alignment import align

from newsextract.extraction.blocks import Survey, survey
from newsextract.extraction.context import Context, context_of
from newsextract.extraction.dom import parse
from newsextract.extraction.encoding import decode
from newsextract.extraction.jsonld import json_objects
from newsextract.extraction.lexicon import name_tokens, word_tokens
from newsextract.extraction.metadata import metadata_candidates
from newsextract.extraction.text import clean_line

__all__ = [
    "LABELS",
    "Source",
    "TrainingPage",
    "labelled",
    "nameless",
    "site_of",
    "sources",
    "without_telling_names",
]

LABELS = (
    "other", "text", "heading", "standfirst", "embed", "caption", "byline", "date", "note",
    "author_bio", "related", "tags", "title",
)  # fmt: skip
_TEXT, _HEADING, _STANDFIRST = 1, 2, 3
_BROKEN = "\ufffd"
_NAMES = re.compile(rb"""(\s(?:class|id)\s*=\s*)("[^"]*"|'[^']*')""", re.IGNORECASE)
_SECOND_LEVEL = frozenset("co com org net gov edu ac or ne go gob gouv nic".split())


@dataclass(frozen=True)
class Source:
    """A page of a set: its bytes, its address, its site and what is known of it."""

    set_name: str
    id: str
    url: str | None
    site: str
    html: bytes
    gold: dict[str, Any]
    page_type: str
    is_nameless: bool = False

    @property
    def is_story(self) -> bool:
        """Whether it is a page with one story; all pages of the news sets are taken for that."""
        return self.set_name != "wcxb_dev" or self.page_type == "article"

    @property
    def is_readable(self) -> bool:
        """Whether the gold has a body that was read in the encoding of the page.

        The rest is judged, but nothing is learned from it: it cannot be aligned with the page.
        """
        body = self.gold.get("body", "")
        return bool(body) and body.count(_BROKEN) <= self.html.count(_BROKEN.encode())


@dataclass
class TrainingPage:
    """A page, its blocks' labels (an index into LABELS each) and the tokens of its lexicon.

    `knows_standfirst` tells whether the gold says which block is the standfirst.
    """

    set_name: str
    site: str
    found: Survey
    context: Context
    labels: list[int]
    knows_standfirst: bool
    tokens: list[list[str]]
    words: list[list[str]]
    is_story: bool
    is_nameless: bool


def sources(corpus: Path, set_name: str) -> Iterator[Source]:
    """Yield the pages of a set whose text is known."""
    folder = corpus / set_name
    for line in (folder / "manifest.jsonl").open(encoding="utf-8"):
        record = json.loads(line)
        gold = record["gold"]
        if not (gold.get("body") or gold.get("with")):
            continue
        html = gzip.decompress((folder / record["html"]).read_bytes())
        url = record.get("url")
        site = site_of(url) or f"{set_name}/{record['id']}"
        yield Source(set_name, record["id"], url, site, html, gold, record["page_type"])


def labelled(source: Source) -> TrainingPage:
    """Cut a page into blocks and label them by the gold."""
    found = survey(parse(decode(source.html).source))
    objects = json_objects(found.scripts)
    context = context_of(found, objects, metadata_candidates(found, objects))
    lines, line_labels = _gold_lines(source.gold)
    aligned = align([block.text for block in found.blocks], lines)
    return TrainingPage(
        source.set_name,
        source.site,
        found,
        context,
        [line_labels[line] if line >= 0 and share >= 0.5 else 0 for share, line in aligned],
        "blocks" in source.gold or "paragraphs" in source.gold,
        [name_tokens(container) for container in found.containers],
        [word_tokens(block.text) for block in found.blocks],
        source.is_story,
        source.is_nameless,
    )


def nameless(source: Source) -> Source:
    """Return the page with names of elements that say nothing."""
    html = without_telling_names(source.html, f"{source.set_name} {source.id}")
    return replace(source, html=html, is_nameless=True)


def without_telling_names(html: bytes, page: str) -> bytes:
    """Return HTML with names of elements that say nothing; of every other page without any.

    Style tools write names such as `css-1x2y3z`. The same name stays the same on a page.
    """
    salt = page.encode()

    def digest(given: bytes) -> str:
        return hashlib.blake2b(given, digest_size=4).hexdigest()

    def hashed(names: re.Match[bytes]) -> bytes:
        each = [digest(salt + name) for name in names[2][1:-1].split()]
        return names[1] + b'"' + " ".join([f"x{name}" for name in each]).encode() + b'"'

    bare = int(digest(salt), 16) % 2
    return _NAMES.sub(b"" if bare else hashed, html)


def _gold_lines(gold: dict[str, Any]) -> tuple[list[str], list[int]]:
    if "blocks" in gold:
        pairs = [(block["text"], LABELS.index(block["label"])) for block in gold["blocks"]]
    elif "paragraphs" in gold:
        summary, headlines = set(gold.get("summary", [])), set(gold.get("headlines", []))
        pairs = [
            (text, _STANDFIRST if text in summary else _HEADING if text in headlines else _TEXT)
            for text in gold["paragraphs"]
        ]
    else:
        pairs = [(line, _TEXT) for line in gold["body"].split("\n")]
    split = [
        (clean_line(line), label)
        for text, label in pairs
        for line in text.split("\n")
        if line.strip()
    ]
    return [line for line, _ in split], [label for _, label in split]


def site_of(url: str | None) -> str:
    """Return the registrable domain of an address, near enough to keep a site in one fold."""
    host = urlsplit(url or "").hostname or ""
    parts = host.split(".")
    if len(parts) < 2:
        return ""
    size = 3 if len(parts) > 2 and parts[-2] in _SECOND_LEVEL and len(parts[-1]) == 2 else 2
    return ".".join(parts[-size:])
