"""The same story on several pages, such as an agency's on ten sites: which repeats which.

Exact: the same letters. Nearly: MinHash over words in fives, found by locality-sensitive hashing
(datasketch). The same canonical address counts where the texts have half in common: many sites
state one address, that of their front page, for all pages.
"""

import hashlib
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from newsextract.errors import MissingExtra
from newsextract.extraction.text import letters_only, words
from newsextract.records import Article

__all__ = ["Duplicates", "Mark", "mark_of"]

# Of 32 bits, like what `crc32` returns.
_PERMUTATIONS, _SCHEME, _SEED = 128, "affine32", 1
_ALIKE, _SAME_ADDRESS = 0.8, 0.5
_WORDS_TOGETHER = 5
# Scripts without spaces have no words; there it is letters.
_LETTERS_TOGETHER, _LONG_WORD = 9, 12
# A shorter text says nothing that is its own.
_FEWEST_LETTERS = 80
_DIGEST = 16


@dataclass(frozen=True, slots=True)
class Mark:
    """What a story is known by: digests of its address and its letters, and its MinHash."""

    address: bytes
    letters: bytes
    values: bytes

    def packed(self) -> bytes:
        """Return it as bytes of fixed length."""
        return self.address + self.letters + self.values


def mark_of(article: Article) -> bytes | None:
    """Return what a story is known by, packed; none for one that is too short to tell."""
    letters = letters_only(article.text)
    if len(letters) < _FEWEST_LETTERS:
        return None
    hasher = _datasketch().MinHash(_PERMUTATIONS, hashfunc=zlib.crc32, scheme=_SCHEME)
    hasher.update_batch(_shingles(article.text, letters))
    address = (article.canonical_url or article.url or "").partition("#")[0].rstrip("/")
    return Mark(
        _digest(address) if address else bytes(_DIGEST),
        _digest(letters),
        hasher.hashvalues.astype("<u4").tobytes(),
    ).packed()


def _shingles(text: str, letters: str) -> list[bytes]:
    each = words(text)
    if len(letters) > _LONG_WORD * len(each):
        size, parts = _LETTERS_TOGETHER, letters
        return [parts[at : at + size].encode() for at in range(max(1, len(parts) - size + 1))]
    size = _WORDS_TOGETHER
    return [" ".join(each[at : at + size]).encode() for at in range(max(1, len(each) - size + 1))]


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=_DIGEST).digest()


def _unpacked(mark: bytes) -> Mark:
    return Mark(mark[:_DIGEST], mark[_DIGEST : 2 * _DIGEST], mark[2 * _DIGEST :])


class Duplicates:
    """The stories so far, by the place of their input; about 2 kB of memory for each.

    They have to come in the order of their inputs, so that it is the same in every run which of
    two is the first.
    """

    def __init__(self, earlier: Iterable[tuple[str, bytes]] = ()) -> None:
        self._index = _datasketch().MinHashLSH(threshold=_ALIKE, num_perm=_PERMUTATIONS)
        self._places: list[str] = []
        self._values: list[bytes] = []
        self._by_letters: dict[bytes, int] = {}
        self._by_address: dict[bytes, int] = {}
        for place, mark in earlier:
            self.original_of(place, mark)

    def original_of(self, place: str, packed: bytes) -> str | None:
        """Return where the first page with this story stands; none if it is this one."""
        mark = _unpacked(packed)
        number = self._by_letters.get(mark.letters)
        if number is None:
            number = self._same_address(mark)
        if number is None:
            number = self._nearly_same(mark)
        if number is not None:
            return self._places[number]
        self._learn(place, mark)
        return None

    def _same_address(self, mark: Mark) -> int | None:
        number = self._by_address.get(mark.address)
        if number is not None and _likeness(mark.values, self._values[number]) >= _SAME_ADDRESS:
            return number
        return None

    def _nearly_same(self, mark: Mark) -> int | None:
        alike = [
            number
            for number in self._index.query(_min_hash(mark.values))
            if _likeness(mark.values, self._values[number]) >= _ALIKE
        ]
        return min(alike, default=None)

    def _learn(self, place: str, mark: Mark) -> None:
        number = len(self._places)
        self._places.append(place)
        self._values.append(mark.values)
        self._by_letters[mark.letters] = number
        if any(mark.address):
            self._by_address.setdefault(mark.address, number)
        self._index.insert(number, _min_hash(mark.values), check_duplication=False)


def _likeness(some: bytes, others: bytes) -> float:
    """Estimate which share of what two stories say they have in common."""
    return float((np.frombuffer(some, "<u4") == np.frombuffer(others, "<u4")).mean())


def _min_hash(values: bytes) -> Any:
    hashes = np.frombuffer(values, "<u4")
    return _datasketch().LeanMinHash(seed=_SEED, hashvalues=hashes, scheme=_SCHEME)


def _datasketch() -> Any:
    try:
        import datasketch
    except ImportError as error:
        raise MissingExtra(
            "Finding duplicates needs datasketch; install newsextract[batch]."
        ) from error
    return datasketch
