"""Whether a story is free to read and whole, and under which licence it stands."""

import re
from collections.abc import Iterable

from newsextract.extraction.addresses import whole_address
from newsextract.extraction.text import clean_line
from newsextract.records import Candidate

__all__ = ["choose_access", "choose_licence", "choose_truncation"]

# What JSON-LD's booleans and Facebook's content tiers look like in practice. A metered story is
# free for some: it is not said for whom.
_FREE = frozenset(("true", "yes", "1", "free"))
_NOT_FREE = frozenset(("false", "no", "0", "locked", "premium", "paid", "subscription"))
_LICENCE_NAME = re.compile(
    r"creative commons|\bcc[ -](?:by|0|zero|nc|nd|sa)|\bpublic domain\b|\bgfdl\b|"
    r"\bopen government licen[cs]e\b|\bdatenlizenz\b|\bgemeinfrei\b",
    re.IGNORECASE,
)
_LONGEST_NAME = 200
# Not the front page of Creative Commons, which is linked to for other reasons.
_ADDRESS_OF_LICENCE = re.compile(
    r"creativecommons\.org/(?:licenses|publicdomain)/[a-z]|"
    r"^(?!.*creativecommons\.org).*(?:licen[cs]e|rights|terms|legal|copyright)",
    re.IGNORECASE,
)


def choose_access(ranked: Iterable[Candidate]) -> tuple[bool, Candidate] | None:
    """Return whether the story is free to read, as the best source that says so has it."""
    for candidate in ranked:
        stated = candidate.value.strip().rpartition("/")[2].lower()
        if stated in _FREE or stated in _NOT_FREE:
            return stated in _FREE, candidate
    return None


def choose_truncation(ranked: Iterable[Candidate]) -> tuple[bool, Candidate] | None:
    """Return whether the text goes on elsewhere, as the surest sign has it."""
    for candidate in ranked:
        return candidate.value == "true", candidate
    return None


def choose_licence(ranked: Iterable[Candidate], base: str) -> tuple[str, Candidate] | None:
    """Return the address of the licence, or its name where the page has no more."""
    for candidate in ranked:
        stated = clean_line(candidate.value)
        is_text = " " in stated or "/" not in stated
        if is_text:
            if _LICENCE_NAME.search(stated) and len(stated) <= _LONGEST_NAME:
                return stated, candidate
            continue
        address = whole_address(stated, base)
        if address is not None and _ADDRESS_OF_LICENCE.search(address):
            return address, candidate
    return None
