"""What is left out as hidden although the gold has it: python benchmarks/hidden.py CORPUS.

The gold was read off the source of pages, so it also has lines that no reader sees. Each line that
is listed is to be looked up in its page: one that readers do see must not be left out.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from corpus import Sample, read_set

from newsextract import NewsextractError, Page, extract_page
from newsextract.extraction.text import letters_only

SETS = ("fundus_publishers_dev", "annotated", "wcxb_dev")
# A line of fewer letters may stand in any text.
FEWEST_LETTERS = 30


def lost_lines(sample: Sample) -> Iterator[tuple[bool, str, str]]:
    """Yield for each hidden line whether the gold has it and the body has not, path and line."""
    try:
        found = extract_page(Page(url=sample.url, body=sample.html()))
    except NewsextractError:
        return
    gold = letters_only(" ".join(sample.gold.readings))
    kept = letters_only(" ".join(block.text for block in found.blocks))
    for removed in found.removed:
        if removed.step == "hidden":
            for line in removed.text.split("\n"):
                letters = letters_only(line)
                is_lost = len(letters) >= FEWEST_LETTERS and letters in gold and letters not in kept
                yield is_lost, removed.path, line


def main() -> int:
    """Print what the corpus folder of the command line has of it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("corpus", type=Path, help="folder with a folder for each set")
    corpus = parser.parse_args().corpus
    pages = hidden = lost = 0
    for sample in (sample for name in SETS for sample in read_set(corpus, name)):
        if not sample.gold.readings:
            continue
        pages += 1
        for is_lost, path, line in lost_lines(sample):
            hidden += 1
            lost += is_lost
            if is_lost:
                print(f"{sample.name}\n    {path[-70:]}\n    {line[:90]}")
    print(
        f"{pages:,} pages, {hidden:,} hidden lines, {lost} of them in the gold and not in the body"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
