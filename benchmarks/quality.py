"""Measure newsextract and its peers on the sets of a corpus folder.

python benchmarks/quality.py CORPUS [SET ...]

The report (`quality.md`, `quality.json`, `pages.jsonl`, the worst pages and those with a wrong
field) goes to a folder of its own. The lists of pages quote them: they are for reading, not for
keeping.
"""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from corpus import Sample, bad_gold, read_set, sets_in
from extractors import EXTRACTORS, Record, installed
from report import Report, worst
from scores import PageScores, score_page
from workers import Outcome, Task, run_all
from wrong import wrong_pages

_BODY_ONLY = frozenset(("body",))
_IN_SAMPLE = (
    "The row `newsextract` runs the weights as shipped. On pages that these were trained on, its "
    "scores for bodies, titles, authors and dates flatter; there only out-of-fold bodies "
    "(`--bodies`) and what `training/choices.py --cross-validate` says compare with the peers."
)


def main() -> int:
    """Run the benchmark that the command line asks for."""
    options = _options()
    samples = _samples(options)
    if not samples:
        print("no pages", file=sys.stderr)
        return 2
    report = Report(
        versions={
            EXTRACTORS[name].distribution: EXTRACTORS[name].version() for name in options.names
        },
        excluded={
            name: why for name, why in bad_gold().items() if name.split("/")[0] in options.set
        },
        every_page_type=options.every_page_type,
        notes=[_IN_SAMPLE] if "newsextract" in options.names else [],
    )
    lists: dict[str, str] = {}
    for name in options.names:
        outcomes = _extracted(name, samples, options.jobs)
        pages = _scored(name, EXTRACTORS[name].fields, samples, outcomes)
        report.pages += pages
        if name == "newsextract":
            lists[f"worst-{name}"] = _worst(samples, pages, outcomes, options.worst)
            lists |= _wrong(samples, pages, outcomes)
        report.write(options.output)  # what is there if the run is cut short
    for file in options.bodies:
        own, outcomes, note = _precomputed(file, samples)
        pages = _scored(file.stem, _BODY_ONLY, own, outcomes)
        report.pages += pages
        report.notes.append(note)
        lists[f"worst-{file.stem}"] = _worst(own, pages, outcomes, options.worst)
    report.write(options.output)
    for name, text in lists.items():
        (options.output / f"{name}.md").write_text(text, encoding="utf-8")
    print(report.to_markdown())
    print(f"Saved in {options.output}", file=sys.stderr)
    return 0


def _extracted(name: str, samples: Sequence[Sample], jobs: int) -> dict[str, Outcome]:
    """Run an extractor once over each page, also where two sets share it."""
    started = time.perf_counter()
    keys = {sample.name: f"{sample.path} {sample.url}" for sample in samples}
    tasks = {keys[each.name]: Task(keys[each.name], each.html, each.url) for each in samples}
    outcomes = dict(run_all(name, list(tasks.values()), jobs))
    took = time.perf_counter() - started
    print(f"{name}: {len(tasks)} pages in {took:.0f} s", file=sys.stderr, flush=True)
    return {sample: outcomes[key] for sample, key in keys.items()}


def _precomputed(
    file: Path, samples: Sequence[Sample]
) -> tuple[list[Sample], dict[str, Outcome], str]:
    """Read bodies from JSON lines; of the sets that it names, a page without a line is empty."""
    bodies: dict[str, Record] = {}
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            entry = json.loads(line)
            bodies[f"{entry['set']}/{entry['id']}"] = Record(
                body=entry["body"] or "", standfirst=entry.get("standfirst", "")
            )
    sets = {name.split("/")[0] for name in bodies}
    own = [sample for sample in samples if sample.set in sets]
    outcomes = {}
    for sample in own:
        record = bodies.get(sample.name, Record())
        is_empty = not record.body.strip()
        error = None if not is_empty else "empty" if sample.name in bodies else "no line"
        outcomes[sample.name] = Outcome(record, error, 0.0)
    absent = sum(sample.name not in bodies for sample in own)
    return own, outcomes, f"`{file.name}` has no line for {absent} of {len(own)} pages."


def _scored(
    name: str, fields: frozenset[str], samples: Sequence[Sample], outcomes: dict[str, Outcome]
) -> list[PageScores]:
    return [
        score_page(
            name,
            fields,
            sample,
            outcomes[sample.name].record,
            error=outcomes[sample.name].error,
            seconds=outcomes[sample.name].seconds,
        )
        for sample in samples
    ]


def _worst(
    samples: Sequence[Sample],
    pages: Sequence[PageScores],
    outcomes: dict[str, Outcome],
    count: int,
) -> str:
    bodies = {name: outcome.record.body for name, outcome in outcomes.items()}
    return worst({sample.name: sample for sample in samples}, pages, bodies, count)


def _wrong(
    samples: Sequence[Sample], pages: Sequence[PageScores], outcomes: dict[str, Outcome]
) -> dict[str, str]:
    records = {name: outcome.record for name, outcome in outcomes.items()}
    found = wrong_pages(samples, pages, records)
    return {f"wrong-{field}": text for field, text in found.items()}


def _samples(options: argparse.Namespace) -> list[Sample]:
    excluded = bad_gold()
    samples = []
    for name in options.set:
        own = read_set(options.corpus, name, every_page_type=options.every_page_type)
        good = [sample for sample in own if sample.name not in excluded]
        samples += good[: options.limit]
    return samples


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("corpus", type=Path, help="folder with a folder for each set")
    parser.add_argument("set", nargs="*", help="sets to run over; all of them unless told")
    parser.add_argument(
        "--extractors",
        help=f"names with commas between, `all` or `none`; all that are installed, or none "
        f"where --bodies is given. Known: {', '.join(EXTRACTORS)}",
    )
    parser.add_argument(
        "--bodies",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help='bodies from elsewhere: JSON lines {"set": …, "id": …, "body": …}, and "standfirst" '
        "where that is not in the body; may be repeated",
    )
    parser.add_argument("--output", type=Path, help="folder for the report")
    parser.add_argument("--jobs", type=int, default=1, help="processes at a time")
    parser.add_argument("--limit", type=int, help="pages of each set, from its start")
    parser.add_argument("--worst", type=int, default=20, help="worst pages to show of each set")
    parser.add_argument(
        "--every-page-type",
        action="store_true",
        help="also the pages of wcxb_dev that are no articles, in a table by page type",
    )
    options = parser.parse_args()
    known = sets_in(options.corpus)
    options.set = list(dict.fromkeys(options.set)) or known
    if unknown := [name for name in options.set if name not in known]:
        parser.error(f"no such set in {options.corpus}: {', '.join(unknown)}")
    chosen = options.extractors or ("none" if options.bodies else "all")
    options.names = {"all": installed(), "none": []}.get(
        chosen, [name for name in chosen.split(",") if name]
    )
    if unknown := [name for name in options.names if name not in EXTRACTORS]:
        parser.error(f"no such extractor: {', '.join(unknown)}")
    options.output = options.output or (
        Path(__file__).with_name("reports") / time.strftime("%Y-%m-%d-%H%M%S")
    )
    return options


if __name__ == "__main__":
    sys.exit(main())
