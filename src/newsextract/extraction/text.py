"""Cleaning and measuring of text, in any script."""

import re
import unicodedata

__all__ = ["clean_line", "ends_sentence", "letters_only", "prose_length", "words"]

# Characters that show nothing. ZWNJ and ZWJ (200C, 200D) are not among them: see below.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]+"
)
# A joiner shapes letters in Persian and the Indic scripts and builds emoji; beside ASCII,
# white space or nothing it is a watermark.
_IDLE_JOINER = re.compile(
    "(?:(?<![^\x00-\x7f\\s])[\u200c\u200d]+)|(?:[\u200c\u200d]+(?![^\x00-\x7f\\s]))"
)
# Scripts written without spaces: kana, CJK ideographs, Thai, Lao, Khmer, Burmese, Hangul
# (which has spaces, but packs a syllable into a character).
_DENSE = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)
_SENTENCE_END = re.compile('[.!?…:;。！？｡।॥؟۔។၊။»”"’)\\]」』）]\\s*(?:\\[\\d+\\])?\\s*$')
_NOT_LETTERS = re.compile(r"[\W_]+")
_WORD = re.compile(r"\w+")


def clean_line(text: str) -> str:
    """Return the text on one line: white space collapsed, invisible characters gone, NFC."""
    if not text.isascii():
        text = _INVISIBLE.sub("", text)
        if "\u200c" in text or "\u200d" in text:
            text = _IDLE_JOINER.sub("", text)
        if not unicodedata.is_normalized("NFC", text):
            text = unicodedata.normalize("NFC", text)
    elif not text.isprintable():
        text = _INVISIBLE.sub("", text)
    return " ".join(text.split())


def prose_length(text: str) -> int:
    """Return the length in characters of alphabetic text that would say as much."""
    if text.isascii():
        return len(text)
    return len(text) + 2 * len(_DENSE.findall(text))


def ends_sentence(text: str) -> bool:
    """Tell whether the text ends as a sentence does, in any of the world's big scripts."""
    return _SENTENCE_END.search(text[-20:]) is not None


def letters_only(text: str) -> str:
    """Return letters and digits alone, case-folded, to compare texts by what they say."""
    return _NOT_LETTERS.sub("", text).casefold()


def words(text: str) -> list[str]:
    """Return the words of the text, case-folded."""
    return _WORD.findall(text.casefold())
