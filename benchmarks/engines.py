"""Compare what the engines of a batch make of the same pages, and how long they take.

python benchmarks/engines.py CORPUS
python benchmarks/engines.py CORPUS --pages 2000 --workers 2 --ray-address 10.0.0.5:6379

Exits with 1 where any row of one differs from that of the other.
"""

import argparse
import itertools
import os
import sys
import tempfile
import time
from pathlib import Path

from corpus import read_set, sets_in

from newsextract.batch import Batch, run_batch

ENGINES = ("local", "ray")


def main() -> int:
    """Run the same batch with each engine and print whether the rows are equal."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--pages", type=int, default=2_000)
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    parser.add_argument("--ray-address")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        count = write_pages(chosen.corpus, folder / "pages", chosen.pages)
        rows: dict[str, list[bytes]] = {}
        for engine in ENGINES:
            output = folder / f"{engine}.jsonl"
            begin = time.perf_counter()
            summary = run_batch(
                Batch(
                    inputs=(str(folder / "pages"),),
                    output=output,
                    workers=chosen.workers,
                    engine=engine,  # type: ignore[arg-type]
                    ray_address=chosen.ray_address if engine == "ray" else None,
                )
            )
            took = time.perf_counter() - begin
            rows[engine] = output.read_bytes().splitlines()
            failures = sum(summary.failures.values())
            print(
                f"{engine:6} {summary.articles:6,} articles {failures:5,} failures {took:7.1f} s "
                f"{count / took:6.1f} pages/s"
            )
    differing = [
        at for at, pair in enumerate(itertools.zip_longest(*rows.values())) if len({*pair}) > 1
    ]
    for at in differing[:10]:
        for own in rows.values():
            print(own[at][:300].decode("utf-8", "replace") if at < len(own) else "no row")
    print(f"{count:,} pages: {'equal' if not differing else f'{len(differing):,} rows unequal'}")
    return 1 if differing else 0


def write_pages(corpus: Path, folder: Path, count: int) -> int:
    """Write so many pages of a corpus into a folder, each once; return how many there were."""
    folder.mkdir()
    known: set[Path] = set()
    sets = (read_set(corpus, name, every_page_type=True) for name in sets_in(corpus))
    for sample in itertools.chain.from_iterable(sets):
        if len(known) == count:
            break
        if sample.path in known:
            continue
        known.add(sample.path)
        (folder / f"{len(known):06}.html").write_bytes(sample.html())
    return len(known)


if __name__ == "__main__":
    sys.exit(main())
