"""What a page states elsewhere that its blocks can agree with, and what the rules say of them."""

import itertools
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from newsextract.extraction.addresses import host_of
from newsextract.extraction.blocks import Survey, TextBlock
from newsextract.extraction.headline import find_headline
from newsextract.extraction.jsonld import JsonObject
from newsextract.extraction.rules import judge
from newsextract.extraction.text import begins_dense, letters_only
from newsextract.records import Candidate

__all__ = ["Context", "context_of"]

_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
# So much of a word stays the same when it is inflected, in most languages.
_STEM = 6
_MOST_STEMS = 10
_SHORTEST_NAME, _LONGEST_NAME, _MOST_NAMES = 5, 40, 4


class Context(NamedTuple):
    """The page's headline, what it states of itself, and the verdict of the rules on each block.

    `descriptions` are letters alone, each once, to compare with those of blocks.
    `title_stems` are beginnings of the headline's words (pairs of characters in scripts without
    spaces), `description_stems` those of the description that the headline does not have;
    `authors` and `sites` the letters of the names of its writers and of the site.
    """

    headline: TextBlock | None
    descriptions: Sequence[str]
    stated_body: str
    title_stems: Sequence[str]
    description_stems: Sequence[str]
    authors: Sequence[str]
    sites: Sequence[str]
    verdicts: Sequence[str]

    def stated_writers(self) -> list[str]:
        """Return the letters of the writers' names that are not the site's own name."""
        return [
            name
            for name in self.authors
            if not any(site in name or name in site for site in self.sites)
        ]


def context_of(
    found: Survey, objects: Sequence[JsonObject], candidates: Sequence[Candidate]
) -> Context:
    """Return what the page states: its headline, descriptions and JSON-LD article body."""
    titles = [candidate.value for candidate in candidates if candidate.field == "title"]
    bodies = [
        thing["articleBody"] for thing in objects if isinstance(thing.get("articleBody"), str)
    ]
    descriptions = [c.value for c in candidates if c.field == "description"]
    letters = [own for own in map(letters_only, dict.fromkeys(descriptions)) if own]
    headline = find_headline(found.blocks, titles)
    title_stems = _stems([headline.text] if headline else titles[:1])
    return Context(
        headline=headline,
        descriptions=letters,
        stated_body=max(bodies, key=len, default=""),
        title_stems=title_stems,
        description_stems=[stem for stem in _stems(descriptions[:1]) if stem not in title_stems],
        authors=_names(candidates, "authors"),
        sites=_names(candidates, "site_name") + _domains(candidates),
        verdicts=judge(found, headline, letters),
    )


def _names(candidates: Sequence[Candidate], field: str) -> list[str]:
    letters = {
        letters_only(c.value): None
        for c in candidates
        if c.field == field and "organization" not in c.evidence
    }
    return [name for name in letters if _SHORTEST_NAME <= len(name) <= _LONGEST_NAME][:_MOST_NAMES]


def _domains(candidates: Sequence[Candidate]) -> list[str]:
    """Return the name in the page's own address: `valleypost` of www.valley-post.example."""
    for candidate in candidates:
        if candidate.field == "canonical_url":
            labels = host_of(candidate.value).split(".")
            name = letters_only(max(labels[-3:-1], key=len, default=""))
            return [name] if len(name) >= _SHORTEST_NAME else []
    return []


def _stems(texts: Iterable[str]) -> list[str]:
    stems: dict[str, None] = {}
    for text in texts:
        for word in _LONG_WORD.findall(text.lower()):
            if begins_dense(word):
                stems.update(dict.fromkeys(map("".join, itertools.pairwise(word))))
            else:
                stems[word[:_STEM]] = None
    return list(stems)[:_MOST_STEMS]
