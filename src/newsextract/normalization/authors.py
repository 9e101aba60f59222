"""Names of people, out of the bylines and metadata in which they come."""

import re
from collections.abc import Iterable

from newsextract.extraction.text import clean_line, letters_only
from newsextract.records import Candidate

__all__ = ["choose_authors"]

_MOST_WORDS = 5
_PREFIX = re.compile(
    r"^(?:(?:written|reported|posted|story|text|words|reporting|analysis|opinion)\s+by|by|von|vom|par|por|"
    r"escrito por|publicado por|redactado por|texto de|texto|di|a cura di|da|door|av|af|przez|autor(?:a|in|es|s|en)?|auteur|author|authors|"
    r"автор|текст|yazan|haber|بقلم|كتب|نویسنده|מאת|द्वारा|लेखक|记者|記者|作者|文|作成|โดย|oleh|bởi)(?:\s*[:：/|]\s*|\s+)",
    re.IGNORECASE,
)
# "Muhabir: …", "Reporter: …": what stands before the first colon is not a name.
_LABEL = re.compile(r"^[^\d:：,;|]{2,20}[:：]\s*")
_ROLE = re.compile(
    r"\b(?:editor|reporter|repórter|correspondent|writer|journalist|columnist|chief|contributor|producer|"
    r"redakteur|korrespondent|redakt[oø]r|redactor|redator|corresponsal|correspondente|periodista|jornalista|"
    r"journaliste|giornalista|correspondant|redacteur|dziennikarz|редактор|корреспондент|muhabir|editör)"
    r"|(?:支局|総局|本社|編集部|編集委員|新聞|日報|日报|晚报|晚報|通讯社|通訊社|新闻网|電子報|일보|신문|뉴스|포털|방송)|(?:報導|报道|報道|撮影|攝影|摄影|편집)$",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(
    r"\s*(?:[;|•·・/／、，،]|,(?!\s*(?:Jr|Sr|II|III|MD|PhD)\b)|\s&\s|\s+(?:and|und|et|y|e|en|og|och|i|и|ve|și|a|&amp;)\s+|\s+و\s+|\n)\s*"
)
_REPORTER_BESIDE = re.compile(r"^(?:記者|记者|作者)|\s*(?:기자|특파원|記者|记者)$")
_NOT_A_NAME = re.compile(
    r"https?://|www\.|@|\d|[<>{}=]|\b(?:staff|admin|administrator|editors?|editorial|redaktion|redacción|redação|"
    r"redazione|rédaction|redactie|redakcja|redakce|newsroom|news desk|desk|team|web|online|service|agency|agencies|agentur|"
    r"press|times|news|newspaper|media|guest|user|unknown|none|null|undefined|anonymous|reuters|afp|dpa|"
    r"associated|bloomberg|pti|ians|ani|efe|ansa|tass|xinhua|published|updated|read|more|email|contact|"
    r"follow|share|comments?|view|posts?|profile|bio|about|by)\b",
    re.IGNORECASE,
)
_DATE_TAIL = re.compile(
    r"\s*(?:[|,•·–—-]\s*)?(?:on\s+|am\s+|le\s+|el\s+)?(?:\w+\.?\s+\d{1,2},?\s+(?:19|20)\d\d|\d{1,2}[\s./,-]).*$"
)


def choose_authors(
    candidates: Iterable[Candidate], site_names: Iterable[str]
) -> tuple[tuple[str, ...], Candidate] | None:
    """Return the people who wrote the page, in order, and the candidate that names the first.

    The most trusted candidates come first; the first source that names people is believed.
    """
    sites = {letters_only(name) for name in site_names}
    first: Candidate | None = None
    unique: dict[str, str] = {}
    read: set[str] = set()
    for candidate in candidates:
        value = candidate.value
        if (first is not None and candidate.source != first.source) or value in read:
            continue
        # A page names its author many times over.
        read.add(value)
        for name in _names_in(value):
            letters = letters_only(name)
            if letters not in sites:
                unique.setdefault(letters, name)
                first = first or candidate
    return (tuple(_shortest(unique)), first) if first else None


def _shortest(unique: dict[str, str]) -> list[str]:
    """Leave out a text that holds another name whole: "Ann Lee Political editor"."""
    return [
        name
        for letters, name in unique.items()
        if not any(
            other != letters and other in letters and " " in unique[other] for other in unique
        )
    ]


def _names_in(value: str) -> list[str]:
    text = clean_line(value)
    text = _LABEL.sub("", text)
    for _ in range(2):
        text = _PREFIX.sub("", text)
    text = _DATE_TAIL.sub("", text)
    names = []
    for part in _SEPARATOR.split(text):
        name = _PREFIX.sub("", part.strip(" .,:;-–—|()[]（）【】"))
        name = _REPORTER_BESIDE.sub("", name)
        if _ROLE.search(name) or not _is_name(name):
            continue
        names.append(_in_title_case(name))
    return names


def _is_name(name: str) -> bool:
    if not 2 <= len(name) <= 60 or _NOT_A_NAME.search(name):
        return False
    parts = name.split()
    if len(parts) > _MOST_WORDS:
        return False
    first = parts[0][0]
    # Scripts with cases write names with a capital; the others have neither case.
    return first.isalpha() and not (first.islower() and parts[-1][0].islower())


def _in_title_case(name: str) -> str:
    if name.isupper() and len(name) > 4 and " " in name:
        return " ".join(part.capitalize() for part in name.split())
    return name
