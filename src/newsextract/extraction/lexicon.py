"""What names of elements and words of short lines say, learned: log-odds of being body text."""

import re
from collections.abc import Mapping

from newsextract.extraction.blocks import Container
from newsextract.extraction.names import name_words
from newsextract.extraction.text import as_latin

__all__ = ["Lexicon", "name_tokens", "word_tokens"]

_WORD = re.compile(r"\w+")
# Of a line the first and the last word and all between count, of a paragraph how it begins.
_SHORT, _LONGEST_LINE, _BEGINNING = 25, 240, 60
_MOST_NAMES, _MOST_WORDS, _LONGEST_NAME, _LONGEST_NAMES = 8, 6, 60, 400
_REMEMBERED = 32_768

_STORY = re.compile("article|story|post|entry|content|body|text")

# What the bytes of Latin-1 are in lower case, and a space for what is no part of a word.
_LOWER_WORDS = bytes(
    ord(character.lower()) if _WORD.match(character) else ord(" ")
    for character in map(chr, range(256))
)

# Of one name: sum, count and least of its tokens' scores, and whether it speaks of a story.
Score = tuple[float, int, float, bool]


class Lexicon:
    """Scores of tokens: `names` of names of elements, `words` of words of lines."""

    def __init__(
        self, names: Mapping[str, float] | None = None, words: Mapping[str, float] | None = None
    ) -> None:
        self.names = names or {}
        self.words = words or {}
        # What single names add up to, of all pages: it depends on the name alone, and is emptied
        # when it is full.
        self._known: dict[str, Score] = {}
        # The same of whole elements: sites use the same ones page after page.
        self._elements: dict[tuple[str, str], tuple[float, float, bool]] = {}

    def name_score(self, tag: str, names: str) -> tuple[float, float, bool]:
        """Return the mean and least score of an element's tag and names (0 where unknown).

        The third value tells whether the names speak of a story, as `post-content` does.
        """
        return self._elements.get((tag, names)) or self._look_up_element(tag, names)

    def _look_up_element(self, tag: str, names: str) -> tuple[float, float, bool]:
        known = self._known
        total, count, least, of_story = known.get(tag) or self._look_up(tag, [f"<{tag}>"])
        for name in names.split()[:_MOST_NAMES]:
            score = known.get("." + name) or self._look_up("." + name, _tokens_of(name))
            total += score[0]
            count += score[1]
            if score[2] < least:
                least = score[2]
            of_story = of_story or score[3]
        element = (total / count if count else 0.0, least, of_story)
        if len(names) <= _LONGEST_NAMES:
            if len(self._elements) >= _REMEMBERED:
                self._elements.clear()
            self._elements[tag, names] = element
        return element

    def word_scores(self, text: str) -> tuple[float, float, float, float]:
        """Return the lowest, highest and mean score of a line's words, and the share known."""
        tokens = word_tokens(text)
        scores = [score for score in map(self.words.get, tokens) if score is not None]
        if not scores:
            return 0.0, 0.0, 0.0, 0.0
        count = len(scores)
        # Of a few numbers sorting finds the lowest and the highest sooner than min and max do.
        scores.sort()
        return scores[0], scores[-1], sum(scores) / count, count / len(tokens)

    def _look_up(self, key: str, tokens: list[str]) -> Score:
        known = self.names
        scores = [known[token] for token in tokens if token in known]
        least = min(scores) if scores else 0.0
        of_story = key[0] == "." and _STORY.search(key.lower()) is not None
        score = (sum(scores), len(scores), least, of_story)
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[key] = score
        return score


def name_tokens(container: Container) -> list[str]:
    """Return the words of an element's names, and the names whole, as the lexicon has them."""
    tokens = [f"<{container.tag}>"]
    for name in container.name.split()[:_MOST_NAMES]:
        tokens += _tokens_of(name)
    return tokens


def word_tokens(text: str) -> list[str]:
    """Return the words of a line, its first and its last word marked, as the lexicon has them."""
    is_paragraph = len(text) > _LONGEST_LINE
    words = _words_of(text[:_BEGINNING] if is_paragraph else text)
    if not words:
        return []
    first = "^" + words[0]
    two = f"{first} {words[1]}" if len(words) > 1 else first
    if is_paragraph or len(words) > _SHORT:
        return [first, two]
    return [*words, first, two, words[-1] + "$"]


def _words_of(line: str) -> list[str]:
    """Return the words of a line in lower case."""
    # Translating bytes takes a third of the time of the pattern.
    latin = as_latin(line)
    if latin is None:
        return _WORD.findall(line.lower())
    return latin.translate(_LOWER_WORDS).decode("latin-1").split()


def _tokens_of(name: str) -> list[str]:
    name = name[:_LONGEST_NAME]
    if name.islower() and name.isalpha() and name.isascii():
        return ["." + name, name]
    return ["." + name.lower(), *name_words(name)[:_MOST_WORDS]]
