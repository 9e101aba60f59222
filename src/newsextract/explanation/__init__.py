"""Page → Explanation: what was kept and dropped, where each value is from, and why."""

import datetime as dt
import time
from collections.abc import Callable
from contextlib import suppress

from newsextract.api import extract_article, page_in_hand
from newsextract.errors import Failure, NewsextractError
from newsextract.explanation.decisions import block_decisions
from newsextract.explanation.options import field_options
from newsextract.explanation.programs import named_with_version
from newsextract.explanation.records import (
    BlockDecision,
    Explanation,
    FieldOption,
    StageTime,
    Weight,
)
from newsextract.extraction import extract_with
from newsextract.extraction.model import shipped_model
from newsextract.extraction.watching import Reading
from newsextract.normalization import Normalizer
from newsextract.options import Options
from newsextract.records import Article, Extraction, Page

__all__ = [
    "BlockDecision", "Explanation", "FieldOption", "StageTime", "Weight", "explain", "explain_page",
]  # fmt: skip


def explain(
    html: str | bytes,
    url: str | None = None,
    *,
    content_type: str | None = None,
    fetched_at: dt.datetime | None = None,
    options: Options | None = None,
) -> Explanation:
    """Return why the record of a page is what it is; the arguments are those of `extract`.

    A page that gives no article is explained as well: what `extract` would raise is the
    explanation's `failure`. Raises `UrlInsteadOfHtml` for an address.
    """
    return explain_page(page_in_hand(html, url, content_type, fetched_at), options)


def explain_page(page: Page, options: Options | None = None) -> Explanation:
    """Return why the record of a fetched page is what it is."""
    options = options or Options()
    # What is loaded for the first page of all is no part of a page's time.
    with suppress(NewsextractError):
        extract_article(page, options)
    watcher = _Recorder(time.perf_counter)
    extraction: Extraction | None = None
    article: Article | None = None
    failure: Failure | None = None
    try:
        extraction = extract_with(shipped_model(), page, options, watcher)
        article = Normalizer(extraction).article()
        watcher.passed("normalization")
    except NewsextractError as error:
        failure = error.failure
    reading = watcher.reading
    if extraction is None:
        found = tuple(reading.candidates) if reading else ()
        extraction = Extraction(url=page.final_url or page.url, candidates=found)
    return Explanation(
        program=named_with_version("newsextract"),
        url=extraction.url,
        article=article,
        failure=failure,
        decisions=tuple(block_decisions(reading)) if reading else (),
        options=tuple(field_options(Normalizer(extraction), article)),
        stages=tuple(watcher.stages),
        warnings=article.warnings if article else extraction.warnings,
    )


class _Recorder:
    """Somebody who watches with a clock in the hand."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._since = clock()
        self.stages: list[StageTime] = []
        self.reading: Reading | None = None

    def passed(self, stage: str) -> None:
        now = self._clock()
        took = round(1_000 * (now - self._since), 3)
        self.stages.append(StageTime(stage=stage, milliseconds=took))
        self._since = now

    def read(self, reading: Reading) -> None:
        self.reading = reading
