"""Which blocks of a page the gold text consists of: labels for training."""

import re
from collections.abc import Sequence

from rapidfuzz.distance import LCSseq

__all__ = ["align"]

# Scripts without spaces are compared character by character.
_TOKEN = re.compile(
    r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]|[^\W\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]+"
)
_EDGE = "\0"
_PIECES = re.compile(r"[\t\n]")


def align(blocks: Sequence[str], lines: Sequence[str]) -> list[tuple[float, int]]:
    """Return for each block which share of it is in the gold, and the gold line it matches best.

    Both are read as triples of neighbouring words, with the ends of blocks and lines as words
    of their own, and the longest common subsequence of triples is taken: that keeps the order,
    and a common word matches nothing by chance. The line is -1 where nothing matches.
    """
    page, owner = _triples(blocks)
    gold, line_of = _triples(lines)
    matched: list[list[int]] = [[] for _ in blocks]
    totals = [0] * len(blocks)
    for index in owner:
        totals[index] += 1
    numbers = {triple: number for number, triple in enumerate(dict.fromkeys([*page, *gold]))}
    page_numbers = [numbers[triple] for triple in page]
    gold_numbers = [numbers[triple] for triple in gold]
    deleted, inserted = set(), set()
    for operation in LCSseq.editops(page_numbers, gold_numbers):
        if operation.tag == "delete":
            deleted.add(operation.src_pos)
        else:
            inserted.add(operation.dest_pos)
    kept_page = [position for position in range(len(page)) if position not in deleted]
    kept_gold = [position for position in range(len(gold)) if position not in inserted]
    for here, there in zip(kept_page, kept_gold, strict=True):
        matched[owner[here]].append(line_of[there])
    return [
        (len(found) / total if total else 0.0, max(set(found), key=found.count) if found else -1)
        for found, total in zip(matched, totals, strict=True)
    ]


def _triples(texts: Sequence[str]) -> tuple[list[tuple[str, str, str]], list[int]]:
    triples, owner = [], []
    for index, text in enumerate(texts):
        # A table or a piece of code is one block, and as many lines of the gold as it has cells.
        for piece in _PIECES.split(text.lower()):
            words = [_EDGE, *_TOKEN.findall(piece), _EDGE]
            for position in range(1, len(words) - 1):
                triples.append((words[position - 1], words[position], words[position + 1]))
                owner.append(index)
    return triples, owner
