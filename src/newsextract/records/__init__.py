"""The values that pass between the stages: frozen, typed, and one JSON object each.

    Page ──extract──▶ Extraction ──normalize──▶ Article

`Failure`, the other outcome, lives in `errors` beside the exceptions that carry it.
"""

from newsextract.records.address import FoundAddress, FoundIn
from newsextract.records.article import Article, Correction, FieldSource, LiveEntry
from newsextract.records.extraction import (
    Candidate,
    Extraction,
    FoundCorrection,
    FoundEntry,
    Paging,
    RemovedBlock,
)
from newsextract.records.page import Page, Waiver
from newsextract.records.pieces import (
    ArticleKind,
    Block,
    BlockKind,
    FieldName,
    Image,
    Link,
    Moment,
    PageKind,
    Rights,
    Video,
)

__all__ = [
    "Article",
    "ArticleKind",
    "Block",
    "BlockKind",
    "Candidate",
    "Correction",
    "Extraction",
    "FieldName",
    "FieldSource",
    "FoundAddress",
    "FoundCorrection",
    "FoundEntry",
    "FoundIn",
    "Image",
    "Link",
    "LiveEntry",
    "Moment",
    "Page",
    "PageKind",
    "Paging",
    "RemovedBlock",
    "Rights",
    "Video",
    "Waiver",
]
