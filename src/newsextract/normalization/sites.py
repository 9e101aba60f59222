"""What a page says of its site and of its own address, where that can be believed."""

import re
from collections.abc import Iterable

from newsextract.extraction.addresses import is_front_page, whole_address
from newsextract.extraction.text import clean_line, letters_only
from newsextract.records import Candidate

__all__ = ["choose_canonical", "site_in_title"]

_SEPARATORS = re.compile(r" [|·•»«–—:-]+ |[|｜_]")
_SHORTEST_NAME = 4


def choose_canonical(
    ranked: Iterable[Candidate], url: str, base: str
) -> tuple[str, Candidate] | None:
    """Return the address that the page gives itself, `url` being where it was found, if known.

    Templates and copied pages name a front page, their own or another's; no story stands there.
    """
    for candidate in ranked:
        address = whole_address(candidate.value, base)
        if address is None or (is_front_page(address) and not (url and is_front_page(url))):
            continue
        return address, candidate
    return None


def site_in_title(title: str, host: str) -> str | None:
    """Return the part of "Headline – The Valley Post" that the host's name agrees with."""
    labels = host.removeprefix("www.").split(".")
    own = letters_only(max(labels[:-1], key=len, default=""))
    if len(own) < _SHORTEST_NAME:
        return None
    parts = _SEPARATORS.split(clean_line(title)[:500])
    for part in (parts[-1], parts[0]) if len(parts) > 1 else ():
        letters = letters_only(part)
        if letters and (letters == own or letters.removeprefix("the") == own.removeprefix("the")):
            return part.strip()
    return None
