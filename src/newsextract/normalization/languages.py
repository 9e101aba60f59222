"""The language of a story: what the page declares, checked against its text.

Declarations are wrong on one page in thirty, mostly `en` from a theme that nobody translated. The
identifier is sure about whole stories, but mistakes close kin for each other (Spanish and Galician,
Hindi and Marathi) and text in two scripts for anything; so it is believed against a declaration
only where it is clear.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from newsextract.records import Candidate

__all__ = ["ChosenLanguage", "choose_language"]

_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}))?(?![A-Za-z])")
# ISO 639-1, and the languages of news sites that have a code of three letters only.
_CODES = frozenset(
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da "
    "de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz "
    "ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln "
    "lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi "
    "pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti "
    "tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu "
    "ast ceb ckb fil hsb dsb haw kab kmr mai bho nds scn szl tet yue zgh".split()
)
_OTHER_CODES = {
    "iw": "he", "in": "id", "ji": "yi", "jw": "jv", "eng": "en", "deu": "de", "ger": "de",
    "fra": "fr", "fre": "fr", "spa": "es", "por": "pt", "ita": "it", "nld": "nl", "dut": "nl",
    "rus": "ru", "zho": "zh", "chi": "zh", "jpn": "ja", "kor": "ko", "ara": "ar", "tur": "tr",
    "pol": "pl", "ukr": "uk", "hin": "hi", "swe": "sv", "nor": "no", "dan": "da", "fin": "fi",
    "cmn": "zh", "tgl": "tl",
}  # fmt: skip
_SAME = {"nb": "no", "nn": "no", "fil": "tl"}
_READ = 2_000
_LEAST_TEXT = 200
# Distances are from 0 (alike) up; a language this much farther than the nearest is no kin of it.
_KIN, _CLEAR = 1.12, 1.05
# Beyond this a text is like no language that is known: lists of names, tables, another language.
_FARTHEST = 600
_KNOWN_WELL = 5
_KANA = re.compile("[\u3040-\u30ff]")
_KANA_SHARE = 0.05
_DETECTED = 0.9


class ChosenLanguage(NamedTuple):
    """An ISO 639 code, the region that the page adds to it, and where they are from."""

    language: str
    region: str | None
    source: Candidate
    warning: str | None = None


def choose_language(ranked: Iterable[Candidate], text: str) -> ChosenLanguage | None:
    """Return the declared language, or that of the text where it is another for sure.

    The candidates come best first.
    """
    declared: tuple[str, Candidate] | None = None
    region = None
    for candidate in ranked:
        match = _TAG.match(candidate.value.strip())
        code = _OTHER_CODES.get(match[1].lower(), match[1].lower()) if match else ""
        if match is None or code not in _CODES:
            continue
        declared = declared or (code, candidate)
        if region is None and code == declared[0] and match[3]:
            region = match[3].upper()
    found = _detected(text, declared[0] if declared else None)
    if declared is None:
        return ChosenLanguage(found, None, _as_candidate(found)) if found else None
    if found is None:
        return ChosenLanguage(declared[0], region, declared[1])
    warning = f"The page declares the language {declared[0]}, but its text is in {found}."
    return ChosenLanguage(found, None, _as_candidate(found), warning)


def _as_candidate(language: str) -> Candidate:
    return Candidate(field="language", value=language, source="text", score=_DETECTED)


def _detected(text: str, declared: str | None) -> str | None:
    """Return the language of a text, if it is clear and not the declared one."""
    text = text[:_READ]
    if len(text) < _LEAST_TEXT and len(text.encode("utf-8", "ignore")) < _LEAST_TEXT:
        return None
    from resiliparse.parse.lang import detect_fast

    nearest = detect_fast(text, n_results=_KNOWN_WELL, cutoff=2 * _FARTHEST)
    stated = _SAME.get(declared or "", declared)
    if not isinstance(nearest, list) or not nearest or nearest[0][0] in ("unknown", stated):
        return None
    if len(_KANA.findall(text)) > _KANA_SHARE * len(text):
        return "ja" if stated != "ja" else None
    best, distance = nearest[0]
    if stated in {code for code, far in nearest if far <= _KIN * distance} or distance > _FARTHEST:
        return None
    middle = len(text) // 2
    parts = (text[:middle], text[middle:])
    halves = [detect_fast(part, cutoff=2 * _FARTHEST)[0] for part in parts]
    is_clear = len(nearest) < 2 or nearest[1][1] >= _CLEAR * distance
    # Against a declaration both halves have to say so, without one either is enough.
    if declared and not (is_clear and halves == [best, best]):
        return None
    if not declared and not (is_clear or best in halves):
        return None
    return best
