"""What names of elements and words of short lines say about being body text, site by site."""

import math
from collections import defaultdict
from collections.abc import Iterable

from dataset import TrainingPage

from newsextract.extraction.lexicon import Lexicon

__all__ = ["LexiconCounts"]

# A token has to be seen on so many sites before it says anything that is true of a kind of page.
_LEAST_SITES = 4
_PRIOR_SITES = 3.0
_BODY = frozenset((1, 2))
# What a line says has to tell it from the story it stands in, not from the menus of the page.
_ELSEWHERE = frozenset(("names", "region", "hidden", "articles"))


class LexiconCounts:
    """For each token the share of body blocks it stands with on each site: a site is one voice."""

    def __init__(self, pages: Iterable[TrainingPage]) -> None:
        self.names: dict[str, dict[str, list[float]]] = defaultdict(dict)
        self.words: dict[str, dict[str, list[float]]] = defaultdict(dict)
        for page in pages:
            self._count(page)
        self.names = {t: sites for t, sites in self.names.items() if len(sites) >= _LEAST_SITES}
        self.words = {t: sites for t, sites in self.words.items() if len(sites) >= _LEAST_SITES}
        self._by_site: dict[int, dict[str, list[str]]] = {}
        self._lexicon = Lexicon(_scores(self.names), _scores(self.words))

    def lexicon(self) -> Lexicon:
        """Return the lexicon of all sites."""
        return self._lexicon

    def without(self, site: str) -> Lexicon:
        """Return the lexicon of all other sites, for the features of this site's own pages."""
        return Lexicon(
            _without(self._lexicon.names, self.names, self._own_tokens(self.names)[site], site),
            _without(self._lexicon.words, self.words, self._own_tokens(self.words)[site], site),
        )

    def _own_tokens(self, tokens: dict[str, dict[str, list[float]]]) -> dict[str, list[str]]:
        key = id(tokens)
        if key not in self._by_site:
            by_site: dict[str, list[str]] = defaultdict(list)
            for token, sites in tokens.items():
                for site in sites:
                    by_site[site].append(token)
            self._by_site[key] = by_site
        return self._by_site[key]

    def _count(self, page: TrainingPage) -> None:
        own: dict[int, list[float]] = {}
        for block, label, verdict in zip(
            page.found.blocks, page.labels, page.context.verdicts, strict=True
        ):
            is_body = float(label in _BODY)
            for above in block.container.ancestors():
                tally = own.setdefault(id(above), [0.0, 0.0])
                tally[0] += is_body
                tally[1] += 1
            if verdict in _ELSEWHERE:
                continue
            for token in page.words[block.index]:
                _add(self.words[token], page.site, is_body, 1.0)
        for container, tokens in zip(page.found.containers, page.tokens, strict=True):
            tally = own.get(id(container), [0.0, 0.0])
            if tally[1]:
                for token in set(tokens):
                    _add(self.names[token], page.site, *tally)


def _add(sites: dict[str, list[float]], site: str, body: float, all_: float) -> None:
    tally = sites.setdefault(site, [0.0, 0.0])
    tally[0] += body
    tally[1] += all_


def _score(shares: Iterable[float], count: int) -> float:
    share = (sum(shares) + 0.35 * _PRIOR_SITES) / (count + _PRIOR_SITES)
    return round(math.log(share / (1 - share)), 3)


def _scores(tokens: dict[str, dict[str, list[float]]]) -> dict[str, float]:
    return {
        token: _score((body / all_ for body, all_ in sites.values()), len(sites))
        for token, sites in tokens.items()
    }


def _without(
    scores: dict[str, float],
    tokens: dict[str, dict[str, list[float]]],
    own: Iterable[str],
    site: str,
) -> dict[str, float]:
    changed = scores.copy()
    for token in own:
        rest = [body / all_ for other, (body, all_) in tokens[token].items() if other != site]
        if len(rest) >= _LEAST_SITES:
            changed[token] = _score(rest, len(rest))
        else:
            del changed[token]
    return changed
