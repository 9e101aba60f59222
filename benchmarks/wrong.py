"""The pages on which a field is wrong or missing: what is told, what was given, and its source.

Like the worst pages they quote the pages: they are for reading, not for keeping.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from corpus import Gold, Sample
from extractors import Record
from scores import PageScores

_LENGTH = 300
_VERSIONS_SHOWN = 3


class _Field(NamedTuple):
    """How a field is told in a list: what is wrong with it on a page, if anything; gold; given."""

    trouble: Callable[[PageScores, Record], str]
    told: Callable[[Gold], str]
    given: Callable[[Record], str]


def wrong_pages(
    samples: Sequence[Sample], pages: Sequence[PageScores], records: Mapping[str, Record]
) -> dict[str, str]:
    """Return for each field a list of the pages, by set, on which it is wrong, as Markdown."""
    by_name = {sample.name: sample for sample in samples}
    return {
        field: "\n".join(_listed(field, how, by_name, pages, records))
        for field, how in _FIELDS.items()
    }


def _listed(
    field: str,
    how: _Field,
    samples: Mapping[str, Sample],
    pages: Sequence[PageScores],
    records: Mapping[str, Record],
) -> list[str]:
    lines: list[str] = []
    for name in dict.fromkeys(page.set for page in pages):
        own = [page for page in pages if page.set == name]
        entries = []
        for page in own:
            key = f"{page.set}/{page.id}"
            if trouble := how.trouble(page, records[key]):
                head = f"## {page.id} ({page.language}, {page.error or trouble})\n"
                entries.append(f"{head}\n{_quoted(field, how, samples[key].gold, records[key])}")
        if entries:
            lines += [f"# {name}: {field} wrong on {len(entries)} of {len(own)} pages\n", *entries]
    return lines


def _quoted(field: str, how: _Field, gold: Gold, record: Record) -> str:
    source = dict(record.sources).get(field)
    origin = f"   [{source}]" if source else ""
    return (
        f"    told:  {_short(how.told(gold)) or '(none)'}\n"
        f"    given: {_short(how.given(record)) or '(none)'}{origin}\n"
    )


def _title_trouble(page: PageScores, record: Record) -> str:
    if page.title_exact is not False:
        return ""
    return f"word F1 {page.title_f1:.2f}" if record.title else "missing"


def _authors_trouble(page: PageScores, record: Record) -> str:
    if page.authors_invented:
        return "invented"
    if page.authors_f1 is None or page.authors_f1 == 1:
        return ""
    return f"F1 {page.authors_f1:.2f}" if record.authors else "missing"


def _date_trouble(page: PageScores, _: Record) -> str:
    if page.date_invented:
        return "invented"
    verdicts = {"day": page.day, "time": page.time, "instant": page.instant}
    return next(
        (
            f"{name} {verdict}"
            for name, verdict in verdicts.items()
            if verdict not in ("right", None)
        ),
        "",
    )


def _picture_trouble(page: PageScores, _: Record) -> str:
    return page.picture if page.picture not in ("right", None) else ""


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LENGTH else f"{text[:_LENGTH]}…"


_FIELDS = {
    "title": _Field(_title_trouble, lambda gold: gold.title or "", lambda record: record.title),
    "authors": _Field(
        _authors_trouble,
        lambda gold: "; ".join(gold.authors),
        lambda record: "; ".join(record.authors),
    ),
    "date": _Field(_date_trouble, lambda gold: gold.date or "", lambda record: record.date),
    "picture": _Field(
        _picture_trouble,
        lambda gold: " ".join(gold.pictures[:_VERSIONS_SHOWN]),
        lambda record: record.picture,
    ),
}
