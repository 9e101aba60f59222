"""Cleaning and measuring of text, in any script."""

import html
import re
import unicodedata

from newsextract.extraction.patterns import when_needed

__all__ = [
    "as_latin", "begins_dense", "clean_line", "clean_text", "count_words", "ends_sentence",
    "folded", "has_other_script", "letters_only", "lowered", "prose_length", "unescaped_line",
    "words",
]  # fmt: skip

# Characters that show nothing. ZWNJ and ZWJ (200C, 200D) are not among them: see below.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]+"
)
_OTHER_SPACE = re.compile("[\x0b-\x0d\x1c-\x1f\x85\u2028\u2029]")
# A joiner shapes letters in Persian and the Indic scripts and builds emoji; beside ASCII,
# white space or nothing it is a watermark.
_IDLE_JOINER = re.compile(
    "(?:(?<![^\x00-\x7f\\s])[\u200c\u200d]+)|(?:[\u200c\u200d]+(?![^\x00-\x7f\\s]))"
)
# Beyond Latin, Greek, Cyrillic and Armenian, and the marks that they share.
_OTHER_SCRIPT = re.compile("[^\x00-\u058f\u2000-\u206f]")
_FIRST_DENSE = "\u0e00"
# Of the scripts of South-East Asia that have no spaces between words.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+")
_LETTERS_OF_A_WORD = 5
# Marks that stand between spaces and are no words.
_LONE_MARK = re.compile(r' (?:[-–—―&+=*/|·•…:;!?»«„“”"،]|--|\.\.\.)(?= )')
_CLOSING = '.!?…:;。！？｡।॥؟۔។၊။»”"’)]」』）'
_SENTENCE_END = re.compile(rf"[{re.escape(_CLOSING)}]\s*(?:\[\d+\])?\s*$")
# What a pattern that ignores case takes for the same letter; which sigma is in lower case what it
# is depends on its neighbours.
_OF_TWO_FORMS = "İıſΣς"
_ALIKE = str.maketrans(_OF_TWO_FORMS, "iisσσ")
_LETTERS = re.compile(r"[^\W_]+")
_WORD = re.compile(r"\w+")


def _folding(codec: str) -> tuple[bytes, bytes]:
    """Return what the bytes of a codec fold to, byte by byte, and which of them are no letters."""
    folded, others = bytearray(range(256)), bytearray()
    for byte in range(256):
        character = bytes((byte,)).decode(codec, "ignore")
        if not character.isalnum():
            others.append(byte)
        elif character not in "ßµ":
            folded[byte] = character.casefold().encode(codec)[0]
    return bytes(folded), bytes(others)


# What keeps most text that is not in Latin-1 from being so.
_PRINTED_MARKS = "’‘“”–—…„"
_FOLDED, _NO_LETTERS = _folding("cp1252")
_FOLDED_LATIN, _NO_LETTERS_LATIN = _folding("latin-1")
# The bytes of letters that Latin-1 does not have.
_ONLY_WINDOWS = bytes(byte for byte in range(0x80, 0xA0) if byte not in _NO_LETTERS)
# Scripts written without spaces: kana, CJK ideographs, Thai, Lao, Khmer, Burmese, Hangul
# (which has spaces, but packs a syllable into a character).
_dense = when_needed(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)
# Ideographs and kana, of which word processors count each one.
_ideographs = when_needed("[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
# All bytes but those that characters of these scripts begin with in UTF-8.
_NEVER_DENSE = bytes({*range(256)} - {0xE0, 0xE1, *range(0xE3, 0xEE), 0xEF})


def begins_dense(word: str) -> bool:
    """Tell whether a word begins with a character of a script written without spaces."""
    return word >= _FIRST_DENSE and _dense().match(word) is not None


def has_other_script(text: str) -> bool:
    """Tell whether a text has a character of a script that is not of Europe."""
    return not text.isascii() and _OTHER_SCRIPT.search(text) is not None


def clean_line(text: str) -> str:
    """Return the text on one line: white space collapsed, invisible characters gone, NFC."""
    line = text.strip()
    # What is printable has none of the invisible characters and no white space but the space
    # itself. Nearly all text is, when its lines have been joined.
    if not line.isprintable() or "  " in line:
        line = " ".join(line.split())
        if not line.isprintable():
            return _without_invisible(text)
    if not line.isascii() and not unicodedata.is_normalized("NFC", line):
        return unicodedata.normalize("NFC", line)
    return line


def unescaped_line(text: str) -> str:
    """Return what metadata state as one clean line; many sites escape it once too often."""
    return clean_line(html.unescape(text) if "&" in text else text)


def clean_text(text: str) -> str:
    """Return the text with its lines and tabs, but without what shows nothing; NFC."""
    if text.isprintable() and (text.isascii() or unicodedata.is_normalized("NFC", text)):
        return text
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", _OTHER_SPACE.sub(" ", text)))


def _without_invisible(text: str) -> str:
    text = _INVISIBLE.sub("", text)
    if not text.isascii():
        if "\u200c" in text or "\u200d" in text:
            text = _IDLE_JOINER.sub("", text)
        if not unicodedata.is_normalized("NFC", text):
            text = unicodedata.normalize("NFC", text)
    return " ".join(text.split())


def prose_length(text: str) -> int:
    """Return the length in characters of alphabetic text that would say as much."""
    if _may_be_dense(text):
        return len(text) + 2 * len(_dense().findall(text))
    return len(text)


def ends_sentence(text: str) -> bool:
    """Tell whether the text ends as a sentence does, in any of the world's big scripts."""
    last = text[-1:]
    if not last.isspace():
        return last != "" and last in _CLOSING
    return _SENTENCE_END.search(text[-20:]) is not None


def letters_only(text: str) -> str:
    """Return letters and digits alone, case-folded, to compare texts by what they say."""
    # Translating bytes is several times faster than any pattern; Latin-1 is how Python keeps most
    # text, so to and fro costs nothing.
    if text.isascii():
        return text.encode("ascii").translate(_FOLDED, _NO_LETTERS).decode("ascii")
    latin = as_latin(text)
    if latin is not None:
        letters = latin.translate(_FOLDED_LATIN, _NO_LETTERS_LATIN).decode("latin-1")
    else:
        try:
            folded = text.encode("cp1252").translate(_FOLDED, _NO_LETTERS)
        except UnicodeEncodeError:
            return "".join(_LETTERS.findall(text)).casefold()
        if not folded.isascii() and len(folded.translate(None, _ONLY_WINDOWS)) < len(folded):
            letters = folded.decode("cp1252")
        else:
            letters = folded.decode("latin-1")
    if "ß" in letters or "µ" in letters:
        return letters.casefold()
    return letters


def as_latin(text: str) -> bytes | None:
    """Return a text in Latin-1 with spaces for quotes and dashes; None where it has more than that.

    It is for looking at words: an encoding that has these marks takes ten times as long.
    """
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError as failure:
        if text[failure.start] not in _PRINTED_MARKS:
            return None
    for mark in _PRINTED_MARKS:
        text = text.replace(mark, " ")
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return None


def folded(text: str) -> str:
    """Return the text in lower case, each character where it was.

    A dotless ı and the sigma at the end of a word stay what they are; see `lowered`.
    """
    lower = text.lower()
    # The dotted capital I of Turkish becomes two characters.
    return lower if len(lower) == len(text) else text.replace("İ", "I").lower()


def lowered(text: str) -> str:
    """Return the text in lower case, each character where it was, for patterns in lower case.

    They find what a pattern that ignores case does, in half the time or less.
    """
    # Translating takes ten times as long as looking for each of these.
    if text.isascii() or not any(map(text.__contains__, _OF_TWO_FORMS)):
        return text.lower()
    return text.translate(_ALIKE).lower()


def words(text: str) -> list[str]:
    """Return the words of the text, case-folded."""
    return _WORD.findall(text.casefold())


def count_words(text: str) -> int:
    """Return how many words a text has: what stands between spaces and is no mark.

    Each ideograph or kana counts as one word, and so do five letters of Thai, Lao, Khmer or
    Burmese, and a rest of fewer.
    """
    dense = 0
    if _may_be_dense(text):
        text, ideographs = _ideographs().subn(" ", text)
        runs = _UNSPACED.findall(text)
        if runs:
            text = _UNSPACED.sub(" ", text)
        dense = ideographs + sum(-(-len(run) // _LETTERS_OF_A_WORD) for run in runs)
    # Most text has one space between words and an empty line between paragraphs; to count what is
    # between the words takes half the time that it takes to cut them out.
    spaced = f" {text} ".replace("\n\n", " ")
    if not spaced.isprintable() or "  " in spaced:
        spaced = " ".join(["", *text.split(), ""])
    return dense + spaced.count(" ") - 1 - len(_LONE_MARK.findall(spaced))


def _may_be_dense(text: str) -> bool:
    # In a tenth of the time that looking for the characters takes.
    return (
        not text.isascii() and text.encode("utf-8", "replace").translate(None, _NEVER_DENSE) != b""
    )
