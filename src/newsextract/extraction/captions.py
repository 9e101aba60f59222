"""A caption and the credit in it, in the world's big languages."""

import re
from collections.abc import Sequence

from newsextract.extraction.blocks import Container, TextBlock
from newsextract.extraction.names import name_words
from newsextract.extraction.patterns import when_needed

__all__ = ["split_caption"]

_LONGEST_CREDIT = 160
_CLOSING = '.!?…。)]）」”»"'
_LONGEST_CAPTION = 1_500
# What is called a credit has so many words at most, what only reads like one so many.
_MOST_WORDS, _MOST_WORDS_UNCALLED = 16, 8
_CREDIT_NAMES = frozenset(
    "credit credits creditline copyright photocredit photographer photographe fotograf source "
    "attribution contributor contributors rights rightsholder bildquelle fotografo author owner "
    "agency".split()
)
# What a picture, its maker and its owner are called.
_PHOTO = (
    r"photographs?|photograph(?:er|y)|photos?|pictures?|images?|credits?|source|courtesy|copyright|"
    r"fotos?|fotografie|fotograf|bild(?:er)?|bildquelle|bildnachweis|symbolbild|quelle|"
    r"crédits?(?: photo)?|photographie|crédito|imagen|imagem|reprodução|divulgação|fotografía|"
    r"immagine|beeld|kuva|valokuva|zdjęcie|fot|snímek|fotó|φωτογραφία|"
    r"фото|фотография|источник|fotoğraf|görsel|kaynak|صورة|تصوير|عکس|צילום|फोटो|तस्वीर|ছবি|"
    r"ภาพ|ảnh|写真|撮影|提供|사진(?: ?(?:출처|제공))?|图片|圖片|图源|摄影|攝影|图"
)
# The world's big picture agencies, which are named without any label.
_AGENCIES = (
    r"getty(?: images)?|reuters|afp|ap(?: photo)?|epa|dpa|upi|efe|ansa|tass|xinhua|kyodo|pti|ntb|apa|"
    r"keystone|belga|anp|lehtikuva|shutterstock|istock|alamy|imago|picture alliance|adobe stock|"
    r"zuma(?: press)?|unsplash|pexels|wikimedia commons|wikipedia"
)
# A word for a picture and a mark that says who made it; Japanese papers put it behind "＝". They
# are looked for in lower-case text.
_label = when_needed(
    rf"(?:^|(?<=[\s.(\[（【|/–—-]))"
    rf"(?:(?:{_PHOTO})\s*(?:[:：/=|©]|(?P<joined>(?:by|von|par|via|of|di|de)\b))|©|\(c\)\s)|＝(?=[^＝。]{{1,30}}$)"
)
_names_agency = when_needed(rf"(?<![^\W_])(?:{_AGENCIES})(?![^\W_])")
_picture_word = when_needed(rf"(?<![^\W_])(?:{_PHOTO}|{_AGENCIES})(?![^\W_])|©")
_in_parentheses = when_needed(r"[(（\[【]([^()（）\[\]【】]{2,160})[)）\]】]\s*\.?\s*$")
# Not the dot of an initial.
_sentence_end = when_needed(
    r"[.!?。！？](?:(?<=[。！？])|(?:(?<=[^\W\d_]{3}.)|(?<=[^\W\d_]{3}[\"'”’»)].))\s+(?=\w))"
)
_ENDS = " \t.,;|/–—-:：＝"
_BRACKETS = (("(", ")"), ("（", "）"), ("[", "]"), ("【", "】"))
# What some pages read out before a caption.
_CAPTION_LABEL = re.compile(r"(?i)^(?:image caption|caption|legende|bildunterschrift)\s*[:,]\s*")


def split_caption(
    lines: Sequence[TextBlock], frame: Container | None
) -> tuple[str | None, str | None]:
    """Return caption and credit, apart where the page's names or the words say so."""
    captions: list[str] = []
    makers: list[str] = []
    for line in lines:
        text = line.text
        if line.label in ("advertisement", "comments", "subscribe", "call", "related"):
            continue
        text = _CAPTION_LABEL.sub("", text)[:_LONGEST_CAPTION]
        if _is_called_credit(line, frame) or _says_credit(text):
            above, below = _cut(text)
            if above and below:
                captions.append(above)
            makers.append(_without_label(below or text))
        elif text not in captions:
            captions.append(text)
    caption = " ".join(captions)[:_LONGEST_CAPTION].strip()
    credit = ", ".join(dict.fromkeys(filter(None, makers)))
    if caption and not credit:
        caption, credit = _cut(caption)
    return caption or None, credit or None


def _is_called_credit(line: TextBlock, frame: Container | None) -> bool:
    if len(line.text) > _LONGEST_CREDIT or len(line.text.split()) > _MOST_WORDS:
        return False
    for container in line.container.ancestors(3):
        if container is frame:
            return False
        if not _CREDIT_NAMES.isdisjoint(name_words(container.name)):
            # `caption-and-credit` is what sites call the frame of both.
            return "caption" not in container.name.lower()
    return False


def _says_credit(text: str) -> bool:
    """Tell whether a line is nothing but a credit: it begins with the label, or names an agency."""
    folded = text.lower()
    if len(text.split()) > _MOST_WORDS_UNCALLED or _sentence_end().search(text):
        return False
    return _label().match(folded) is not None or (
        not text.endswith(".") and _names_agency().search(folded) is not None
    )


def _cut(text: str) -> tuple[str, str]:
    """Cut "Harbour at dawn. Photo: A. Lee" in two; whatever precedes a label is the caption."""
    folded = text.lower()
    if len(folded) != len(text):
        return text, ""
    last = _in_parentheses().search(text)
    if last is not None and _picture_word().search(last[1].lower()):
        return text[: last.start()].rstrip(), _without_label(last[1])
    for label in _label().finditer(folded):
        above, rest = text[: label.start()].rstrip(" \t(（[【|/–—-"), text[label.end() :]
        credit = _trimmed(rest)
        # "FILE PHOTO: the harbour …" opens a caption, "a picture of the harbour" is in the midst of one.
        opens = len(above.split()) == 1 and above.isupper()
        opens = opens or bool(label["joined"] and above and above[-1] not in _CLOSING)
        is_short = 0 < len(credit) <= _LONGEST_CREDIT and len(credit.split()) <= _MOST_WORDS
        if is_short and not opens and not _sentence_end().search(rest):
            return above, credit
    ends = [end.end() for end in _sentence_end().finditer(text)]
    tail = text[ends[-1] :].strip() if ends else ""
    if tail and _says_credit(tail):
        return text[: ends[-1]].rstrip(), tail
    return text, ""


def _without_label(text: str) -> str:
    folded = text.lower()
    label = _label().match(folded.lstrip(" (（[【"))
    if label is not None and len(folded) == len(text):
        rest = text.lstrip(" (（[【")[label.end() :]
        return _trimmed(rest) or _trimmed(text)
    return _trimmed(text)


def _trimmed(text: str) -> str:
    """Strip separators, and a bracket whose partner was cut off."""
    text = text.strip(_ENDS)
    for opening, closing in _BRACKETS:
        if text.endswith(closing) and text.count(opening) < text.count(closing):
            text = text[:-1].strip(_ENDS)
        if text.startswith(opening) and text.count(closing) <= text.count(opening):
            text = text[1:].removesuffix(closing).strip(_ENDS)
    return text
