"""The measures: pure functions of what a page should give and what an extractor gave.

Body text is compared as lower-case words. Each measure follows the evaluation that made it known:

- shingles: https://github.com/scrapinghub/article-extraction-benchmark
- words: https://github.com/Murrough-Foley/web-content-extraction-benchmark
- ROUGE-LSum: C.-Y. Lin, "ROUGE: A Package for Automatic Evaluation of Summaries", 2004, section
  3.2, with the counting of https://github.com/google-research/google-research/tree/master/rouge
- snippets: https://github.com/adbar/trafilatura/tree/master/tests
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, NamedTuple

Verdict = Literal["right", "wrong", "missing"]
Line = tuple[str, ...]

SHINGLE = 4

_WORD = re.compile(r"\w+")
_SINGLE_QUOTES = "‘’‚‛‹›`´ʼʻ′＇"
_DOUBLE_QUOTES = "“”„‟«»″＂「」『』〝〞"
_DASHES = "‐‑‒–—―−﹘﹣－"
_UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_UNIFIED = str.maketrans(
    dict.fromkeys(_SINGLE_QUOTES, "'")
    | dict.fromkeys(_DOUBLE_QUOTES, '"')
    | dict.fromkeys(_DASHES, "-")
    | dict.fromkeys(_UNSEEN, "")
)


class Overlap(NamedTuple):
    """How two multisets overlap: shares that add up to one, or all zero where both are empty."""

    true_positive: float
    false_positive: float
    false_negative: float

    @property
    def precision(self) -> float | None:
        """The share of what was found that is right; unknown where nothing was found."""
        found = self.true_positive + self.false_positive
        return self.true_positive / found if found else None

    @property
    def recall(self) -> float | None:
        """The share of what is right that was found; unknown where nothing was to be found."""
        wanted = self.true_positive + self.false_negative
        return self.true_positive / wanted if wanted else None

    @property
    def f1(self) -> float:
        """The harmonic mean of both, 0 where one is unknown."""
        return f1(self.precision or 0.0, self.recall or 0.0)


class SnippetCounts(NamedTuple):
    """How many snippets of the story and of its surroundings the text holds and lacks."""

    true_positive: int
    false_negative: int
    false_positive: int
    true_negative: int


def f1(precision: float, recall: float) -> float:
    """Return the harmonic mean of precision and recall, 0 where both are 0."""
    both = precision + recall
    return 2 * precision * recall / both if both else 0.0


def words(text: str) -> list[str]:
    """Return the words of a text in lower case."""
    return _WORD.findall(text.lower())


def shingles(sequence: Sequence[str]) -> Counter[tuple[str, ...]]:
    """Count the runs of four words; fewer words than that are one run."""
    if len(sequence) <= SHINGLE:
        return Counter([tuple(sequence)] if sequence else [])
    return Counter(zip(*(sequence[start:] for start in range(SHINGLE)), strict=False))


def shingle_overlap(gold: Sequence[str], found: Sequence[str]) -> Overlap:
    """Compare the shingles of two word sequences, so that a long page counts as one."""
    return _shares(shingles(gold), shingles(found))


def word_f1(gold: Sequence[str], found: Sequence[str]) -> float:
    """Return the F1 of the words of two sequences, whatever their order."""
    return _shares(Counter(gold), Counter(found)).f1


def _shares(gold: Counter[Any], found: Counter[Any]) -> Overlap:
    """Return how two multisets overlap."""
    common = (gold & found).total()
    extra, lost = found.total() - common, gold.total() - common
    whole = common + extra + lost
    return Overlap(common / whole, extra / whole, lost / whole) if whole else Overlap(0, 0, 0)


def rouge_lsum(gold: Sequence[Sequence[str]], found: Sequence[Sequence[str]]) -> float:
    """Return the F1 of summary-level ROUGE-L over lines, each a sequence of words.

    For each line of the gold, the words that stand in a longest common subsequence with any
    line found are hits, but a word is no more often a hit than both texts have it.
    """
    wanted = sum(map(len, gold))
    given = sum(map(len, found))
    if not wanted or not given:
        return 0.0
    left_in_gold = Counter(word for line in gold for word in line)
    left_in_found = Counter(word for line in found for word in line)
    others = {line: frozenset(line) for line in map(tuple, found)}
    hits = 0
    for line in map(tuple, gold):
        for word in line if line in others else _union_of_common(line, others):
            if left_in_found[word] > 0 and left_in_gold[word] > 0:
                hits += 1
                left_in_found[word] -= 1
                left_in_gold[word] -= 1
    return f1(hits / given, hits / wanted)


def _union_of_common(line: Line, others: Mapping[Line, frozenset[str]]) -> list[str]:
    """Return the words of a line that are in its longest common subsequence with any other.

    The most alike come first, since a line can be passed over once it has no word to add.
    """
    places: dict[str, int] = {}
    for index, word in enumerate(line):
        places[word] = places.get(word, 0) | 1 << index
    vocabulary = places.keys()
    alike = sorted(others, key=lambda other: -len(vocabulary & others[other]))
    union = 0
    missing = set(vocabulary)
    for other in alike:
        if not missing.isdisjoint(others[other]):
            union |= _common_subsequence(line, other, places)
            missing = {word for word in missing if places[word] & ~union}
    return [word for index, word in enumerate(line) if union >> index & 1]


def _common_subsequence(line: Line, other: Line, places: Mapping[str, int]) -> int:
    """Return the places in `line`, as bits, of a longest common subsequence with `other`.

    A row of the usual table is one integer, in which bit i is clear where `line[i]` makes the
    subsequence longer: H. Hyyrö, "Bit-parallel LCS-length computation revisited", 2004. Of
    several subsequences the way back through the table takes the one that ROUGE's does.
    """
    row = whole = (1 << len(line)) - 1
    matches = [places.get(word, 0) for word in other]
    rows = [row]
    for match in matches:
        if match:
            common = row & match
            row = (row + common | row - common) & whole
        rows.append(row)
    found = 0
    end, other_end = len(line), len(other)
    while end and other_end:
        row, before, match = rows[other_end], rows[other_end - 1], matches[other_end - 1]
        # Down to the next place that matches or makes it longer.
        end = ((~row | match) & (1 << end) - 1).bit_length()
        if not end:
            break
        last = 1 << end - 1
        if match & last:
            found |= last
            end, other_end = end - 1, other_end - 1
        elif before is row or _clear_below(before, end) == _clear_below(row, end):
            other_end -= 1
        else:
            end -= 1
    return found


def _clear_below(row: int, end: int) -> int:
    return end - (row & (1 << end) - 1).bit_count()


def lines_of_words(text: str) -> list[list[str]]:
    """Return the words of each line that has any."""
    return [found for line in text.split("\n") if (found := words(line))]


def spaced(text: str) -> str:
    """Return the text with every run of white space as one space."""
    return " ".join(text.split())


def count_snippets(text: str, wanted: Iterable[str], unwanted: Iterable[str]) -> SnippetCounts:
    """Count which snippets are in the text, all white space being alike."""
    text = spaced(text)
    kept = [spaced(snippet) in text for snippet in wanted]
    leaked = [spaced(snippet) in text for snippet in unwanted]
    return SnippetCounts(
        true_positive=sum(kept),
        false_negative=len(kept) - sum(kept),
        false_positive=sum(leaked),
        true_negative=len(leaked) - sum(leaked),
    )


def unified(text: str) -> str:
    """Return a title or name without differences of case, white space, quotes and dashes."""
    return spaced(text.translate(_UNIFIED)).lower()


def author_f1(gold: Iterable[str], found: Iterable[str]) -> float:
    """Return the F1 of two sets of names."""
    return _shares(_names(gold), _names(found)).f1


def has_spurious_author(gold: Iterable[str], found: Iterable[str]) -> bool:
    """Tell whether a name was found that is not in the gold."""
    return bool(_names(found) - _names(gold))


class NameCounts(NamedTuple):
    """How many names were given, and how many of them are in the gold."""

    given: int
    right: int


def count_names(gold: Iterable[str], found: Iterable[str]) -> NameCounts:
    """Count the different names found, and those of them that are in the gold."""
    names = _names(found)
    return NameCounts(given=len(names), right=len(names & _names(gold)))


def judge_day(gold: str, found: str, tolerance: int = 0) -> Verdict:
    """Tell whether the day found is the day told, or the same instant told in another zone."""
    if not found:
        return "missing"
    told, given = read_moment(gold), read_moment(found)
    if given is None or told is None:
        return "wrong"
    apart = abs((told.date() - given.date()).days)
    return "right" if apart <= tolerance or _same_instant(told, given) else "wrong"


def judge_time(gold: str, found: str) -> Verdict | None:
    """Tell whether the time of day is right, to the minute; unknown where the gold has none.

    It is right in another zone too, if it is the same instant. Where one of both has no offset
    the clocks are compared as they stand. A day alone is a missing time.
    """
    told = read_moment(gold)
    if told is None or not states_time(gold):
        return None
    given = read_moment(found)
    if not found or (given and not _has_time(found)):
        return "missing"
    if given is None:
        return "wrong"
    told, given = (each.replace(second=0, microsecond=0) for each in (told, given))
    if told.tzinfo is None or given.tzinfo is None:
        told, given = told.replace(tzinfo=None), given.replace(tzinfo=None)
    return "right" if told == given else "wrong"


def judge_instant(gold: str, found: str) -> Verdict | None:
    """Tell whether the instant is right, to the second; unknown where the gold has no offset.

    A time without offset is no instant, and counts as missing.
    """
    told = read_moment(gold)
    if told is None or told.tzinfo is None or not states_time(gold):
        return None
    given = read_moment(found)
    if not found or (given and (given.tzinfo is None or not _has_time(found))):
        return "missing"
    return "right" if given and _same_instant(told, given) else "wrong"


def states_time(text: str) -> bool:
    """Tell whether a moment has a time of day; midnight is how a day without one is written."""
    moment = read_moment(text)
    return moment is not None and _has_time(text) and moment.time() != dt.time()


def _same_instant(told: dt.datetime, given: dt.datetime) -> bool:
    if told.tzinfo is None or given.tzinfo is None:
        return False
    return abs(told - given) < dt.timedelta(seconds=1)


def read_moment(text: str) -> dt.datetime | None:
    """Read an ISO 8601 date or date with time."""
    try:
        return dt.datetime.fromisoformat(text.strip())
    except ValueError:
        return None


def _has_time(text: str) -> bool:
    return len(text.strip()) > len("2024-01-31")


def _names(names: Iterable[str]) -> Counter[str]:
    return Counter({name: 1 for each in names if (name := unified(each))})
