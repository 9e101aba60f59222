"""Hold newsextract to the quality that it has reached, on a fixed handful of pages.

python benchmarks/floor.py CORPUS          # fail where the scores have fallen
python benchmarks/floor.py CORPUS --write  # choose the pages anew and note their scores

`floor.json` names the pages by the hash of their bytes and holds two mean scores, nothing else.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from statistics import fmean

from corpus import Sample, bad_gold, read_set
from extractors import EXTRACTORS, Record
from scores import score_page

FLOOR = Path(__file__).with_name("floor.json")
SETS = ("fundus_publishers_dev", "annotated", "wcxb_dev")
PAGES_PER_SET = 20
FALL = 0.003
# One page more or less is a step of 1/60; two pages may change sides, three are a fall.
EXACT_FALL = 2.5 / (PAGES_PER_SET * len(SETS))


def main() -> int:
    """Compare with the floor, or write it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("corpus", type=Path, help="folder with a folder for each set")
    parser.add_argument("--write", action="store_true", help="renew floor.json")
    options = parser.parse_args()
    if not all((options.corpus / name).is_dir() for name in SETS):
        print(f"no corpus in {options.corpus}: the quality floor is not checked")
        return 0
    return write(options.corpus) if options.write else check(options.corpus)


def check(corpus: Path) -> int:
    """Fail where pages are gone or scores have fallen."""
    floor = json.loads(FLOOR.read_text(encoding="utf-8"))
    chosen = [
        sample
        for name, hashes in floor["pages"].items()
        for hashed, sample in _by_hash(corpus, name)
        if hashed in hashes
    ]
    expected = sum(map(len, floor["pages"].values()))
    if len(chosen) != expected:
        print(f"pages changed: {len(chosen)} of {expected} are in {corpus}; renew with --write")
        return 1
    shingle_f1, exact = _scores(chosen)
    print(
        f"{expected} pages: shingle F1 {shingle_f1:.4f} (floor {floor['shingle_f1']:.4f}), "
        f"exact body {exact:.4f} (floor {floor['exact']:.4f})"
    )
    if shingle_f1 < floor["shingle_f1"] - FALL or exact < floor["exact"] - EXACT_FALL:
        print("the quality has fallen")
        return 1
    return 0


def write(corpus: Path) -> int:
    """Choose the pages with the lowest hashes of each set and note what newsextract scores."""
    chosen = {name: sorted(_by_hash(corpus, name), key=_hash)[:PAGES_PER_SET] for name in SETS}
    shingle_f1, exact = _scores(sample for own in chosen.values() for _, sample in own)
    floor = {
        "shingle_f1": round(shingle_f1, 4),
        "exact": round(exact, 4),
        "pages": {name: [hashed for hashed, _ in own] for name, own in chosen.items()},
    }
    FLOOR.write_text(json.dumps(floor, indent=1) + "\n", encoding="utf-8")
    print(f"shingle F1 {shingle_f1:.4f}, exact body {exact:.4f} noted in {FLOOR.name}")
    return 0


def _by_hash(corpus: Path, name: str) -> list[tuple[str, Sample]]:
    """Return the pages of a set that have a body, each once, with the hash of their bytes."""
    excluded = bad_gold()
    known = {
        hashlib.sha256(sample.html()).hexdigest(): sample
        for sample in read_set(corpus, name)
        if sample.gold.readings and sample.name not in excluded
    }
    return list(known.items())


def _hash(hashed: tuple[str, Sample]) -> str:
    return hashed[0]


def _scores(samples: Iterable[Sample]) -> tuple[float, float]:
    """Return the means over pages of shingle F1 and of exact bodies; a failure is an empty body."""
    extractor = EXTRACTORS["newsextract"]
    extract = extractor.build()
    f1s, exacts = [], []
    for sample in samples:
        try:
            record = extract(sample.html(), sample.url)
        except Exception:
            record = Record()
        scores = score_page(extractor.name, extractor.fields, sample, record)
        f1s.append(scores.shingles.f1 if scores.shingles else 0.0)
        exacts.append(bool(scores.exact))
    return fmean(f1s), fmean(exacts)


if __name__ == "__main__":
    sys.exit(main())
