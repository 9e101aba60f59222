"""Tables, per page scores and worst pages, as text to read and data to compare."""

import datetime as dt
import json
import platform
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import measures
from corpus import Sample, is_in_main_figure
from scores import PageScores, SetScores, summarize

_RARE = 5
_SAME_LINE = 0.5
_LINE_LENGTH = 160
_LINES_SHOWN = 40

_SET_NOTES = {
    "wcxb_dev": "Only pages of type `article`, unless a table says otherwise.",
    "htmldate_dev": "Only dates are known.",
    "trafilatura_eval": "Snippets, no whole bodies.",
    "postlight": "A day to either side counts as right: the gold is in UTC, so the clock is not "
    "judged. A whole hour is taken for a day alone. Where the page states no offset, the instant "
    "is the gold's guess. Most of its pages were saved with the attributes of `<meta>` renamed, so "
    "that no library can read them; what is measured is the visible page and script data.",
    "readability": "Gold made by another tool.",
    "newspaper4k": "Gold made by another tool.",
    "goose3": "Gold asserted in another tool's tests.",
    "defuddle": "Gold made by another tool.",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its head and its cell for the scores of a set."""

    head: str
    cell: Callable[[SetScores], str]


@dataclass(slots=True, kw_only=True)
class Report:
    """All that a run found out."""

    pages: list[PageScores] = field(default_factory=list)
    versions: dict[str, str] = field(default_factory=dict)
    excluded: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    every_page_type: bool = False
    date: str = field(default_factory=lambda: dt.datetime.now(dt.UTC).date().isoformat())

    def to_markdown(self) -> str:
        """Return the tables of every set, with date and versions."""
        versions = ", ".join(f"{name} {number}" for name, number in self.versions.items())
        parts = [
            f"# Quality, {self.date}",
            f"Python {platform.python_version()}; {versions or 'no library run'}.",
            "Raw bytes in, comments off. An error, a page over the time limit or an empty answer "
            "is an empty body and missing fields.",
            *self.notes,
        ]
        if self.excluded:
            parts.append("Left out for every library, since the gold is wrong:")
            parts.append("\n".join(f"- {page}: {why}" for page, why in self.excluded.items()))
        for name, pages in _grouped(self.pages, lambda page: page.set).items():
            parts += self._set(name, pages)
        if failures := _failures(self.pages):
            parts += ["## Failures", failures]
        return "\n\n".join(parts) + "\n"

    def to_json(self) -> str:
        """Return the scores of every set as JSON."""
        sets = {
            name: {
                extractor: asdict(summarize(own))
                for extractor, own in _grouped(pages, lambda page: page.extractor).items()
            }
            for name, pages in _grouped(self._main(self.pages), lambda page: page.set).items()
        }
        whole = {
            "date": self.date,
            "versions": self.versions,
            "excluded": self.excluded,
            "notes": self.notes,
            "sets": sets,
        }
        return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"

    def to_jsonl(self) -> str:
        """Return a line of scores for each page and extractor."""
        return "".join(
            json.dumps(_plain(page), ensure_ascii=False, separators=(",", ":")) + "\n"
            for page in self.pages
        )

    def write(self, folder: Path) -> None:
        """Save the report in a folder: `quality.md`, `quality.json` and `pages.jsonl`."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in {
            "quality.md": self.to_markdown(),
            "quality.json": self.to_json(),
            "pages.jsonl": self.to_jsonl(),
        }.items():
            (folder / name).write_text(text, encoding="utf-8")

    def _set(self, name: str, pages: Sequence[PageScores]) -> list[str]:
        parts = [f"## {name}"]
        if name in _SET_NOTES:
            parts.append(_SET_NOTES[name])
        main = self._main(pages)
        by_extractor = {
            extractor: summarize(own)
            for extractor, own in _grouped(main, lambda page: page.extractor).items()
        }
        parts += [table for columns in _TABLES if (table := _table(by_extractor, columns))]
        parts += _breakdown(main, "Language", lambda page: page.language)
        if self.every_page_type:
            parts += _breakdown(pages, "Page type", lambda page: page.page_type)
        return parts

    def _main(self, pages: Sequence[PageScores]) -> list[PageScores]:
        return [page for page in pages if is_in_main_figure(page.set, page.page_type)]


def worst(
    samples: Mapping[str, Sample],
    pages: Iterable[PageScores],
    bodies: Mapping[str, str],
    count: int,
) -> str:
    """Return the worst pages of each set, with the lines wrongly kept and wrongly dropped."""
    parts = []
    for name, own in _grouped(pages, lambda page: page.set).items():
        ranked = sorted((rank, page.id, page) for page in own if (rank := _rank(page)) is not None)
        parts.append(f"# {name}: the worst {min(count, len(ranked))} of {len(ranked)}\n")
        for rank, _, page in ranked[:count]:
            key = f"{page.set}/{page.id}"
            kept, dropped = wrong_lines(samples[key], bodies.get(key, ""))
            trouble = f", {page.error}" if page.error else ""
            parts.append(f"## {page.id} ({page.language}, {rank:.3f}{trouble})\n")
            parts += _listed("+", kept)
            parts += _listed("-", dropped)
            parts.append("")
    return "\n".join(parts)


def wrong_lines(sample: Sample, body: str) -> tuple[list[str], list[str]]:
    """Return the lines that a body holds and should not, and those it should hold and does not."""
    if not sample.gold.readings:
        text = measures.spaced(body)
        kept = [line for line in sample.gold.unwanted if measures.spaced(line) in text]
        dropped = [line for line in sample.gold.wanted if measures.spaced(line) not in text]
        return kept, dropped
    found = measures.words(body)
    gold = max(
        sample.gold.readings,
        key=lambda text: measures.shingle_overlap(measures.words(text), found).true_positive,
    )
    return _lines_not_in(body, gold), _lines_not_in(gold, body)


def _lines_not_in(text: str, other: str) -> list[str]:
    """Return the lines of a text of which less than half is in another text."""
    whole = measures.words(other)
    running = f" {' '.join(whole)} "
    pieces = measures.shingles(whole)
    missing = []
    for line in text.split("\n"):
        own = measures.words(line)
        if not own or f" {' '.join(own)} " in running:
            continue
        shingles = measures.shingles(own)
        if (shingles & pieces).total() < _SAME_LINE * shingles.total():
            missing.append(line.strip())
    return missing


def _rank(page: PageScores) -> float | None:
    """Return how good a page's body is; unknown where the gold says nothing of it."""
    if page.shingles:
        return page.shingles.f1
    if page.snippets:
        kept, lost, leaked, held_back = page.snippets
        return (kept + held_back) / ((kept + lost + leaked + held_back) or 1)
    return None


def _listed(mark: str, lines: Sequence[str]) -> list[str]:
    shown = [f"    {mark} {line[:_LINE_LENGTH]}" for line in lines[:_LINES_SHOWN]]
    more = len(lines) - len(shown)
    return [*shown, f"    {mark} … and {more} lines more"] if more else shown


def _breakdown(
    pages: Sequence[PageScores], head: str, group: Callable[[PageScores], str]
) -> list[str]:
    """Return the main measure of every extractor by group, the rare groups put together."""
    extractors = list(dict.fromkeys(page.extractor for page in pages))
    counts = Counter(group(page) for page in pages if page.extractor == extractors[0])
    if len(counts) < 2:
        return []
    by_group = _grouped(
        pages, lambda page: group(page) if counts[group(page)] >= _RARE else "others"
    )
    measure, main = _main_measure(summarize(pages))
    rows = []
    for name, own in sorted(
        by_group.items(), key=lambda item: (item[0] == "others", -len(item[1]))
    ):
        by_extractor = _grouped(own, lambda page: page.extractor)
        cells = [
            main(summarize(by_extractor[extractor])) if extractor in by_extractor else "–"
            for extractor in extractors
        ]
        rows.append([name, str(len(own) // len(extractors)), *cells])
    return [f"{measure} by {head.lower()}:", _grid([head, "pages", *extractors], rows)]


def _failures(pages: Sequence[PageScores]) -> str:
    """Return how often each extractor failed, by kind of failure."""
    counts = Counter(
        (page.extractor, page.error.split(":")[0]) for page in pages if page.error is not None
    )
    rows = [[name, kind, str(count)] for (name, kind), count in counts.most_common()]
    return _grid(["library", "failure", "pages"], rows) if rows else ""


def _main_measure(scores: SetScores) -> tuple[str, Callable[[SetScores], str]]:
    if scores.bodies:
        return "Shingle F1 / exact body", lambda own: f"{_f(own.shingle_f1)} / {_f(own.exact)}"
    if scores.snippet_f1 is not None:
        return "Snippet F1", lambda own: _f(own.snippet_f1)
    if scores.dates:
        return "Right day", lambda own: _f(own.day_right)
    return "Title exact", lambda own: _f(own.title_exact)


def _table(by_extractor: Mapping[str, SetScores], columns: Sequence[Column]) -> str:
    """Return a table with a row for each extractor that has any of its values."""
    rows = [
        [name, *(column.cell(scores) for column in columns)]
        for name, scores in by_extractor.items()
    ]
    rows = [row for row in rows if set(row[2:]) != {"–"}]
    return _grid(["library", *(column.head for column in columns)], rows) if rows else ""


def _grid(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    rule = ["---", *("--:" for _ in head[1:])]
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, rule, *rows))


def _grouped(
    pages: Iterable[PageScores], group: Callable[[PageScores], str]
) -> dict[str, list[PageScores]]:
    groups: dict[str, list[PageScores]] = {}
    for page in pages:
        groups.setdefault(group(page), []).append(page)
    return groups


def _plain(page: PageScores) -> dict[str, object]:
    return {
        name: [round(part, 5) for part in value]
        if isinstance(value, tuple)
        else round(value, 5)
        if isinstance(value, float)
        else value
        for name, value in ((name, getattr(page, name)) for name in PageScores.__slots__)
        if value is not None
    }


def _f(value: float | None) -> str:
    return "–" if value is None else f"{value:.4f}"


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f} %"


def _f3(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _count(value: int) -> str:
    return str(value) if value else "–"


def _part(count: int, whole: int) -> str:
    return f"{count} of {whole}" if whole else "–"


_TABLES = (
    (
        Column("bodies", lambda own: _count(own.bodies)),
        Column("shingle P", lambda own: _f3(own.precision)),
        Column("R", lambda own: _f3(own.recall)),
        Column("F1", lambda own: _f(own.shingle_f1)),
        Column("exact body", lambda own: _f3(own.exact)),
        Column("word F1", lambda own: _f3(own.word_f1)),
        Column(
            "ROUGE-LSum",
            lambda own: (
                "–" if own.rouge_mean is None else f"{_f3(own.rouge_mean)} ± {_f3(own.rouge_std)}"
            ),
        ),
        Column("failed", lambda own: "–" if own.shingle_f1 is None else str(own.failures)),
    ),
    (
        Column("pages", lambda own: _count(own.pages)),
        Column("snippet P", lambda own: _f3(own.snippet_precision)),
        Column("R", lambda own: _f3(own.snippet_recall)),
        Column("F1", lambda own: _f(own.snippet_f1)),
        Column("accuracy", lambda own: _f3(own.snippet_accuracy)),
        Column("failed", lambda own: "–" if own.snippet_f1 is None else str(own.failures)),
    ),
    (
        Column("titles", lambda own: _count(own.titles)),
        Column("exact", lambda own: _percent(own.title_exact)),
        Column("word F1", lambda own: _f3(own.title_f1)),
    ),
    (
        Column("bylines", lambda own: _count(own.bylines)),
        Column("authors F1", lambda own: _f3(own.authors_f1)),
        Column("with a spurious name", lambda own: _percent(own.authors_spurious)),
        Column("without any name", lambda own: _percent(own.authors_missing)),
        Column("names right", lambda own: _percent(own.names_right)),
        Column("given where absent", lambda own: _part(own.authors_invented, own.authorless)),
    ),
    (
        Column("dates", lambda own: _count(own.dates)),
        Column("right day", lambda own: _percent(own.day_right)),
        Column("wrong", lambda own: _percent(own.day_wrong)),
        Column("missing", lambda own: _percent(own.day_missing)),
        Column("times", lambda own: _count(own.times)),
        Column("right time", lambda own: _percent(own.time_right)),
        Column("wrong", lambda own: _percent(own.time_wrong)),
        Column("instants", lambda own: _count(own.instants)),
        Column("right instant", lambda own: _percent(own.instant_right)),
        Column("wrong", lambda own: _percent(own.instant_wrong)),
        Column("given where absent", lambda own: _part(own.dates_invented, own.dateless)),
    ),
    (
        Column("pictures", lambda own: _count(own.pictures)),
        Column("right picture", lambda own: _percent(own.picture_right)),
        Column("wrong", lambda own: _percent(own.picture_wrong)),
        Column("missing", lambda own: _percent(own.picture_missing)),
    ),
)
