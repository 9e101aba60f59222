"""The scores of one page, and those of a set."""

import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import measures
import pictures
from corpus import Gold, Sample
from extractors import Record
from measures import NameCounts, Overlap, SnippetCounts, Verdict

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageScores:
    """What one extractor scored on one page; `None` where the gold or the extractor is silent.

    What is `invented` was given though the page is known not to have it.
    """

    extractor: str
    set: str
    id: str
    language: str
    page_type: str
    error: str | None = None
    seconds: float = 0.0
    shingles: Overlap | None = None
    exact: bool | None = None
    word_f1: float | None = None
    rouge_lsum: float | None = None
    snippets: SnippetCounts | None = None
    title_exact: bool | None = None
    title_f1: float | None = None
    authors_f1: float | None = None
    authors_spurious: bool | None = None
    names: NameCounts | None = None
    authors_invented: bool | None = None
    day: Verdict | None = None
    time: Verdict | None = None
    instant: Verdict | None = None
    date_invented: bool | None = None
    picture: Verdict | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetScores:
    """What one extractor scored on a set; shares are from 0 to 1."""

    pages: int
    failures: int
    seconds: float
    bodies: int = 0
    precision: float | None = None
    recall: float | None = None
    shingle_f1: float | None = None
    exact: float | None = None
    word_f1: float | None = None
    rouge_mean: float | None = None
    rouge_std: float | None = None
    snippet_precision: float | None = None
    snippet_recall: float | None = None
    snippet_accuracy: float | None = None
    snippet_f1: float | None = None
    titles: int = 0
    title_exact: float | None = None
    title_f1: float | None = None
    bylines: int = 0
    authors_f1: float | None = None
    authors_spurious: float | None = None
    authors_missing: float | None = None
    names_right: float | None = None
    authorless: int = 0
    authors_invented: int = 0
    dates: int = 0
    day_right: float | None = None
    day_wrong: float | None = None
    day_missing: float | None = None
    times: int = 0
    time_right: float | None = None
    time_wrong: float | None = None
    time_missing: float | None = None
    instants: int = 0
    instant_right: float | None = None
    instant_wrong: float | None = None
    instant_missing: float | None = None
    dateless: int = 0
    dates_invented: int = 0
    pictures: int = 0
    picture_right: float | None = None
    picture_wrong: float | None = None
    picture_missing: float | None = None


def score_page(
    extractor: str,
    fields: frozenset[str],
    sample: Sample,
    record: Record,
    *,
    error: str | None = None,
    seconds: float = 0.0,
) -> PageScores:
    """Score what an extractor that gives these fields made of a page."""
    found: dict[str, Any] = {}
    gold = sample.gold
    if "body" in fields and gold.readings:
        found |= _body_scores(gold.readings, record.body)
    if "body" in fields and (gold.wanted or gold.unwanted):
        # The snippets are of the whole text, standfirsts among them.
        found["snippets"] = measures.count_snippets(record.text, gold.wanted, gold.unwanted)
    if "title" in fields and gold.title:
        title, told = measures.unified(record.title), measures.unified(gold.title)
        found["title_exact"] = title == told
        found["title_f1"] = measures.word_f1(measures.words(told), measures.words(title))
    if "authors" in fields:
        found |= _author_scores(gold, record.authors)
    if "date" in fields:
        found |= _date_scores(gold, record.date)
    if "picture" in fields and gold.pictures:
        found["picture"] = pictures.judge_picture(gold.pictures, record.picture, sample.url)
    return PageScores(
        extractor=extractor,
        set=sample.set,
        id=sample.id,
        language=sample.language,
        page_type=sample.page_type,
        error=error,
        seconds=seconds,
        **found,
    )


def _author_scores(gold: Gold, authors: Sequence[str]) -> dict[str, Any]:
    if gold.authors:
        return {
            "authors_f1": measures.author_f1(gold.authors, authors),
            "authors_spurious": measures.has_spurious_author(gold.authors, authors),
            "names": measures.count_names(gold.authors, authors),
        }
    return {"authors_invented": bool(authors)} if "authors" in gold.absent else {}


def _date_scores(gold: Gold, date: str) -> dict[str, Any]:
    if gold.date:
        return {
            "day": measures.judge_day(gold.date, date, tolerance=1 if gold.in_utc else 0),
            "time": None if gold.in_utc else measures.judge_time(gold.date, date),
            "instant": measures.judge_instant(gold.date, date),
        }
    return {"date_invented": bool(date)} if "date" in gold.absent else {}


def _body_scores(readings: Sequence[str], body: str) -> dict[str, Any]:
    """Score a body against each reading of it; the best counts, measure by measure."""
    found = measures.words(body)
    golds = [measures.words(reading) for reading in readings]
    if found and found in golds:
        return {"shingles": Overlap(1, 0, 0), "exact": True, "word_f1": 1.0} | {
            "rouge_lsum": _best_rouge(readings, body)
        }
    return {
        "shingles": max(measures.shingle_overlap(gold, found) for gold in golds),
        "exact": False,
        "word_f1": max(measures.word_f1(gold, found) for gold in golds),
        "rouge_lsum": _best_rouge(readings, body),
    }


def _best_rouge(readings: Sequence[str], body: str) -> float:
    lines = measures.lines_of_words(body)
    return max(measures.rouge_lsum(measures.lines_of_words(text), lines) for text in readings)


def summarize(pages: Sequence[PageScores]) -> SetScores:
    """Sum up the scores of pages; each measure is over the pages that have it."""
    return SetScores(
        pages=len(pages),
        failures=sum(page.error is not None for page in pages),
        seconds=sum(page.seconds for page in pages),
        **_bodies(pages),
        **_snippets(pages),
        **_fields(pages),
    )


def _bodies(pages: Sequence[PageScores]) -> dict[str, Any]:
    overlaps = _known(pages, lambda page: page.shingles)
    if not overlaps:
        return {}
    precision = _mean(value for each in overlaps if (value := each.precision) is not None) or 0.0
    recall = _mean(value for each in overlaps if (value := each.recall) is not None) or 0.0
    rouge = _known(pages, lambda page: page.rouge_lsum)
    return {
        "bodies": len(overlaps),
        "precision": precision,
        "recall": recall,
        "shingle_f1": measures.f1(precision, recall),
        "exact": _mean(_known(pages, lambda page: page.exact)),
        "word_f1": _mean(_known(pages, lambda page: page.word_f1)),
        "rouge_mean": _mean(rouge),
        "rouge_std": statistics.pstdev(rouge),
    }


def _snippets(pages: Sequence[PageScores]) -> dict[str, Any]:
    counts = _known(pages, lambda page: page.snippets)
    if not counts:
        return {}
    kept, lost, leaked, held_back = (sum(column) for column in zip(*counts, strict=True))
    precision = kept / (kept + leaked) if kept + leaked else 0.0
    recall = kept / (kept + lost) if kept + lost else 0.0
    return {
        "snippet_precision": precision,
        "snippet_recall": recall,
        "snippet_accuracy": (kept + held_back) / (kept + lost + leaked + held_back),
        "snippet_f1": measures.f1(precision, recall),
    }


def _fields(pages: Sequence[PageScores]) -> dict[str, Any]:
    titles = _known(pages, lambda page: page.title_exact)
    return {
        "titles": len(titles),
        "title_exact": _mean(titles),
        "title_f1": _mean(_known(pages, lambda page: page.title_f1)),
        **_authors(pages),
        **_dates(pages),
        **_verdicts("pictures", "picture", _known(pages, lambda page: page.picture)),
    }


def _authors(pages: Sequence[PageScores]) -> dict[str, Any]:
    f1s = _known(pages, lambda page: page.authors_f1)
    counts = _known(pages, lambda page: page.names)
    given = sum(each.given for each in counts)
    invented = _known(pages, lambda page: page.authors_invented)
    return {
        "bylines": len(f1s),
        "authors_f1": _mean(f1s),
        "authors_spurious": _mean(_known(pages, lambda page: page.authors_spurious)),
        "authors_missing": _mean(each.given == 0 for each in counts),
        "names_right": sum(each.right for each in counts) / given if given else None,
        "authorless": len(invented),
        "authors_invented": sum(invented),
    }


def _dates(pages: Sequence[PageScores]) -> dict[str, Any]:
    invented = _known(pages, lambda page: page.date_invented)
    return {
        **_verdicts("dates", "day", _known(pages, lambda page: page.day)),
        **_verdicts("times", "time", _known(pages, lambda page: page.time)),
        **_verdicts("instants", "instant", _known(pages, lambda page: page.instant)),
        "dateless": len(invented),
        "dates_invented": sum(invented),
    }


def _verdicts(count: str, field: str, verdicts: Sequence[Verdict]) -> dict[str, Any]:
    """Return how many verdicts there are, and the share of each kind."""
    shares = {
        f"{field}_{kind}": _mean(verdict == kind for verdict in verdicts)
        for kind in ("right", "wrong", "missing")
    }
    return {count: len(verdicts), **shares}


def _known(pages: Sequence[PageScores], value: Callable[[PageScores], Value | None]) -> list[Value]:
    return [found for page in pages if (found := value(page)) is not None]


def _mean(values: Iterable[float]) -> float | None:
    known = list(values)
    return sum(known) / len(known) if known else None
