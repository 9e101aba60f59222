"""Bylines cut into the names that they hold: "By Ann Lee and José Ruiz, Washington | 3 May 2024".

Nothing here decides whether something is a name; it is cut, cleaned, and told how it was cut.
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsextract.extraction.text import clean_line, letters_only, lowered
from newsextract.normalization.months import month_named

__all__ = ["CutName", "in_title_case", "names_in"]

_LONGEST_VALUE, _LONGEST_NAME, _MOST_PARTS, _MOST_WORDS = 600, 60, 40, 8
_TAGS = re.compile(r"<[^<>]{0,200}>")
# Between a byline and what else stands in its line.
_BORDER = re.compile(r"\s+[-–—―|•·●~›»>/]+\s+|[|•;；｜／\n\t]|(?<!:)(?<!/)/(?!/)|,\s*(?=\d)|—|…")
_AND = "and|und|et|y|e|en|och|og|ja|i|a|и|та|й|ve|și|és|dan|και|with|mit|avec|con|com|met|med|z|及|與|与|和|和び|と|और|এবং|และ|và|ו"
_BETWEEN_NAMES = re.compile(
    r"\s*(?:,(?!\s*(?:Jr|Sr|I{2,3}|IV)\b)|[，、،]|(?<=\S)\s*&\s*|[＆+])\s*"
    rf"|\s+(?:{_AND})\s+"
    r"|\s+و\s*|(?<=[぀-鿿])[・·](?=[぀-鿿]{2,})|(?<=[\u4e00-\u9fff])(?:和|與|与|及)(?=[\u4e00-\u9fff]{2})",
    re.IGNORECASE,
)
# Without one of these there is one name.
_MAY_BE_BETWEEN = re.compile(rf"[,，、،&＆+و・·和與与及]|\s(?:{_AND})\s")
# What announces the writer, at the beginning of a piece: of Western languages a word of its own.
_ANNOUNCING = re.compile(
    r"(?:(?:(?:written|reported|reporting|posted|published|submitted|contributed|authored|compiled|created|prepared|"
    r"story|stories|text|words|report|analysis|opinion|review|reviewed|article|post|blog|column|commentary|guest post|"
    r"added|uploaded|shared|started|from|essay|news|interview|exclusive|an?|the|ein|eine|une?|um|uma)\s+){0,3}by(?=[a-zà-öø-þ×\s:：.]|$)|"
    r"(?:(?:ein |eine |der |die |das )?(?:gast|blog)?[- ]?(?:beitrag|artikel|kommentar|text|bericht|interview|analyse|essay|"
    r"geschrieben|veröffentlicht|erstellt|verfasst|gepostet|gespeichert|eingestellt|protokoll|aufgezeichnet) )?von|vom|"
    r"text und (?:interview|fotos?|bilder?)|interview|"
    r"(?:publié |écrit |rédigé |posté |propos recueillis |article |texte |proposé )?par|"
    r"(?:escrito |publicado |redactado |texto |informa |creado |postado |enviado |redigido |entrevista )?(?:por|de)|"
    r"(?:articolo |scritto |pubblicato |postato |inviato )?(?:di|da)|a cura di|door|geschreven door|av|af|"
    r"przez|napisał[ay]?|"
    r"texto|tekst|text|texte|testo|txt|words|story|auth?or(?:a|as|es|in|innen|i|en|zy|ka|ka textu|ů|ul)?|auteure?s?|author(?:s|\(s\)|ed by)?|"
    r"forfatter|skribent|szerző|írta|kirjoittaja|journalist(?:e|in|a|en)?|reporter|writer|"
    r"автор(?:ы|и)?|текст|журналист|кореспондент|корреспондент|yazan|yazar|haber|muhabir|penulis|oleh|pewarta|wartawan|"
    r"بقلم|كتب|كتبت|الكاتب|کاتب|نویسنده|گزارش|نوشته|מאת|कथाकार|द्वारा|लेखक|written by|โดย|เรื่อง|ผู้เขียน|bởi|tác giả|theo|"
    r"συντάκτησ|του|τησ|από|published|publié|publicado)(?:\s*[:：/|＝=]\s*|\s+|$)"
)
# "ByAnn Lee", "Byby Ann Lee": two elements without a space between them.
_GLUED = re.compile(
    r"(?:By|Von|Par|Por|Di|Text|Autor|Author)(?=[A-ZÀ-Þ][a-zà-ÿ]|by\s)|By(?=[A-ZÀ-Þ]{2})"
)
_EASTERN = re.compile(
    r"(?:文字|撰文|原文|作者|記者|记者|执笔|執筆|著者|投稿者|寫手|编辑|編輯|取材|ライター|文責|聞き手|構成|글|기자|취재)\s*[・●:：/／=＝|]*\s*"
    r"|(?:[・、／/]?(?:取材|撮影|写真|構成|聞き手|編集|文))+\s*[●:：=＝/／|]\s*|(?:文|글|著)\s*[・●:：/／=＝|]+\s*|文\s+"
)
_EASTERN_END = re.compile(
    r"\s*(?:(?:선임|수습)?\s*(?:기자|특파원|에디터|객원기자)|記者|记者|編集部員|報導|报道|報道|撰文|著|さん|氏|／文|發自.*|寄稿)$"
)
# What credits somebody with something else: pictures, translation.
_CREDITED = re.compile(
    r"(?:photos?|photograph(?:s|y|er)?|foto(?:s|gra[fv]\w*)?|fotó|bild(?:er)?|images?|pictures?|pics?|illustrat\w*|ilustra\w*|"
    r"video|videos|kuvat?|art|graphics?|grafik|design|translat\w*|übersetz\w*|traduc\w*|traduz\w*|edited|editing|editing by|editors?|sources?|quelle|"
    r"fuente|fonte|via|credit|courtesy|撮影|写真|摄影|攝影|图|圖|사진|사진제공|编辑|責任編輯|责任编辑|来源|來源|出典|фото|іст|джерело|источник|foto kredi|"
    r"reviewed|fact[- ]checked|medically)(?:\s+(?:by|von|par|por|de|di))?\s*[:：/|＝=]\s*"
    r"|©\s*|(?:イラスト|翻訳者?|訳者|撮影者?)(?:\s+|$)"
    r"|(?:photos?|photograph(?:s|y|ed)?|illustrat\w*|pictures?|video|translated|edited|reviewed|fact[- ]checked|medically reviewed|produced|designed)\s+by\s+"
)
_LABEL = re.compile(r"[^\d:：,;|@]{2,24}[:：]\s*")
# Where a name ends and something else begins: words of a byline, dates, times and counts.
_ENDING_WORDS = (
    r"\b(?:e-?mail|(?:last )?updated|published|posted|created|modified|publicado|publié|actualizado|mis à jour|veröffentlicht|aktualisiert|"
    r"stand|erstellt|pubblicato|aggiornato|atualizado|criado|опубликовано|обновлено|yayinlan|güncelle|added|filed|written)\b|"
    r"\b(?:follow|read more|view (?:all )?(?:posts|profile|bio)|see (?:all|more)|more (?:from|by|articles)|all posts|more posts|bio\b|contact\b|"
    r"share\b|comments?\b|leave a|no comments|kommentare?\b|has been|is an?\b|is the\b|ist\b|was\b|writes|schreibt|est\b)"
)
# "Text von Ann Lee Illustration von José Ruiz": what others did for the same page.
_OTHER_WORK = (
    r"(?<=\w )(?:illustrations?|illustrated|illustriert|photos?|fotos?|symbolbild|symbolfoto)\b"
)
_AFTER = re.compile(
    rf"\s*(?:[(\[（【<]|\S*@\S*|https?:|www\.|{_ENDING_WORDS}|{_OTHER_WORK}|"
    r"(?:发布|發布|公開|更新|入力|입력|등록|승인)|\bon(?=\s+(?:\w+\s+)?\d)|"
    r"(?<![^\W\d_])\d{1,2}(?:st|nd|rd|th|\.|er|º)?\s*(?:de\s+)?(?:[^\W\d_]{3,10}\.?|[./-]|月)\s*(?:de\s+)?\d|(?<!\w)(?:19|20)\d\d(?:年|(?!\w))|"
    r"\b\d{1,2}[:.h]\d\d\b|\b(?:\d+\s*[-–]\s*)?\d+\s*(?:min(?:ut(?:es?|en))?|sec|hours?|days?|weeks?|months?|years?|stunden?|tag|tage|comments?|kommentare?|likes?|views?|shares?|"
    r"posts?|articles?|followers|lectura|aufrufe|reviews?|beiträge|horas?|días?|heures?|jours?|ago|время|分|시간)\b)",
    re.IGNORECASE,
)
# Most names have none of what it begins with, and one of these is found in a sixth of the time.
_MARKS_AFTER = re.compile(r"[(\[（【<@:\d发發公更入입등승]|www")
_WORDS_AFTER = re.compile(f"{_ENDING_WORDS}|{_OTHER_WORK}")
_WEEKDAY_OR_LINK = frozenset(
    "on am le el em il op den at um a à at the vom dne dnia mon tue wed thu fri sat sun monday tuesday wednesday "
    "thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi "
    "mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo segunda "
    "terça quarta quinta sexta in for to".split()
)
# "3 May 2024 by Ann Lee": the date comes first.
_IN_THE_MIDDLE = re.compile(
    r"(?:^|\s)(?:by|von|par|por|di|av|af|door|przez|oleh|автор:?|autor:?|author:?)\s+(?=\S)",
    re.IGNORECASE,
)
# "Ann Lee for Mailonline", "Ann Lee in Berlin": a place or a house follows the name.
_BELONGING = re.compile(
    r"\s+(?:for|für|para|pour|voor|in|aus|à|from|at|of|de la|aus dem|special to|vor ort|bei|im|nach)\s+(?:the\s+|der\s+|den\s+)?\S.*$"
    r"|\s+(?:—|–|-)\s+.*$",
    re.IGNORECASE,
)
_CREDENTIALS = re.compile(
    r"(?:,?\s+(?:Ph\.?\s?D\.?|M\.?D\.?|MBA|MPH|MSc?|BSc?|RDN?|RN|DO|DDS|DVM|JD|CPA|LL\.?M|CFP|FACP|EdD|PsyD|LCSW|CPP|PSP|OBE|MBE|CBE|M\.?A\.?|Esq\.?))+$"
)
ROLE = re.compile(
    r"\b(?:editor|reporter|repórter|correspondent|writer|journalist|columnist|chief|contributor|producer|author|blogger|"
    r"fellow|professor|reviewer|expert|specialist|consultant|advisor|director|founder|ceo|president|manager|analyst|critic|photographer|intern|freelance\w*|senior|"
    r"redakteur(?:in)?|korrespondent(?:in)?|autor(?:in)?|reporter(?:in)?|volontär(?:in)?|chefredakteur(?:in)?|rechtsanw[aä]lt(?:in)?|redakt[oø]r|redactora?|redatora?|corresponsal|correspondente|"
    r"periodista|jornalista|journaliste|giornalista|correspondant(?:e)?|redacteur|verslaggever|dziennikarz|редактор|корреспондент|"
    r"muhabir|editör|wartawan|toimittaja)\b|(?:支局|総局|本社|編集委員|特派員|編集長)"
)
_DAY_AT_END = re.compile(r"(?:^|\s+)([^\W\d_]{3,12})\.?\s+\d{1,2}$")
_EDGES = " \u00a0.,:;-–—―|()[]{}（）【】「」《》〈〉<>/\\*~_#•·・●■▶▲►→›»«+=?!\"“”„'‘’`"
_EDGES_BEFORE = _EDGES.replace("(", "")
_ENDS_SHORT = re.compile(r"\b(?:Jr|Sr|Dr|St|Prof|[A-Z])$")


@dataclass(frozen=True, slots=True)
class CutName:
    """A name as cut from a byline, and how: what stood around it, what was taken off."""

    text: str
    marks: tuple[str, ...] = ()


def names_in(value: str) -> list[CutName]:
    """Return what may be names in a byline (its pieces a line each), in order, each once."""
    found: dict[str, CutName] = {}
    text = value[:_LONGEST_VALUE]
    if "<" in text:
        text = _TAGS.sub("\n", text)
    if "&" in text:
        text = html.unescape(text)
    label = ""
    for raw in _BORDER.split(text)[:_MOST_PARTS]:
        piece = clean_line(raw).lstrip(_EDGES_BEFORE)
        if not piece:
            continue
        piece, own = _without_label(piece)
        label = own or label
        if not piece:
            continue
        for name in _names_in_piece(piece, label):
            found.setdefault(name.text, name)
        label = ""
    return list(found.values())[:_MOST_PARTS]


def _without_label(piece: str) -> tuple[str, str]:
    """Take off what announces a name; return the rest, and what kind of announcement it was."""
    label = ""
    if not piece.isascii() and (match := _EASTERN.match(piece)):
        return piece[match.end() :], "announced"
    for _ in range(2):
        small = lowered(piece)
        if match := _CREDITED.match(small):
            return piece[match.end() :], "credited"
        if (match := _ANNOUNCING.match(small)) or (match := _GLUED.match(piece)):
            piece, label = piece[match.end() :].lstrip(" :：.-–—"), "announced"
        else:
            break
    if not label and (match := _LABEL.match(piece)):
        return piece[match.end() :], "labelled"
    return piece, label


def _names_in_piece(piece: str, label: str) -> Iterator[CutName]:
    marks: tuple[str, ...] = (label,) if label else ()
    small = lowered(piece)
    may_go_on = _MARKS_AFTER.search(small) or _WORDS_AFTER.search(small)
    if may_go_on and (match := _AFTER.search(piece)):
        if named := _named_in_the_middle(piece, match):
            yield from _names_in_piece(named, "announced")
            return
        if match.start() == 0:
            inner = piece.strip(_EDGES)
            if match[0].strip() in ("(", "[", "（", "【", "<") and inner:
                yield from _cleaned(inner, (*marks, "in brackets"))
            return
        piece = _without_link_words(piece[: match.start()])
        marks += ("cut",)
    between = _BETWEEN_NAMES.split(piece) if _MAY_BE_BETWEEN.search(small) else [piece]
    parts = [part for part in between if part and part.strip(_EDGES)]
    yield from _one_by_one(parts, label, marks)
    yield from _all_in_one(piece, parts, marks)


def _named_in_the_middle(piece: str, date: re.Match[str]) -> str:
    """Return what "3 May 2024 by Ann Lee" says behind the word that announces a name."""
    announced = _IN_THE_MIDDLE.search(piece, date.start())
    if announced is None:
        return ""
    before = piece[: date.start()]
    comes_first = not before.strip(_EDGES) or any(map(str.isdigit, before))
    return piece[announced.end() :] if comes_first else ""


def _one_by_one(parts: Sequence[str], label: str, marks: tuple[str, ...]) -> Iterator[CutName]:
    for part in parts[:1]:
        yield from _cleaned(part, marks)
    for part in parts[1:_MOST_PARTS]:
        if not _CREDENTIALS.fullmatch(f" {part.strip(_EDGES)}"):
            name, again = _without_label(part)
            told = again or label
            yield from _cleaned(name, (told, "later part") if told else ("later part",))


def _all_in_one(piece: str, parts: Sequence[str], marks: tuple[str, ...]) -> Iterator[CutName]:
    """Yield the whole as one name: "Lee, Ann" may be inverted, a house may have "and" in it."""
    if len(parts) == 2 and piece.count(",") == 1:
        last, first = parts[0].strip(), parts[1].strip()
        if " " not in last and len(first.split()) <= 2:
            yield from _cleaned(f"{first} {last}", (*marks, "inverted"))
    if 2 <= len(parts) <= 3 and len(piece.split()) <= _MOST_WORDS:
        yield from _cleaned(piece, (*marks, "joined"))


def _cleaned(part: str, marks: tuple[str, ...]) -> Iterator[CutName]:
    name = _tidy(part)
    if not name:
        return
    words = name.split()
    if len(words) > 2 and (match := _BELONGING.search(name)):
        yield from _cut_off(name[: match.start()], (*marks, "place taken off"))
        marks += ("with place",)
    elif len(words) > 1 and (match := _CREDENTIALS.search(name)):
        yield from _cut_off(name[: match.start()], (*marks, "degree taken off"))
        marks += ("with degree",)
    elif len(words) > 2 and (role := ROLE.search(lowered(name))):
        if role.start():
            rest = _tidy(" ".join(words[: 3 if len(words[1].rstrip(".")) == 1 else 2]))
        else:
            rest = _tidy(name[role.end() :])
        if " " in rest and not ROLE.search(lowered(rest)):
            yield from _cut_off(rest, (*marks, "role taken off"))
        marks += ("with role",)
    yield CutName(name, marks)


def _cut_off(text: str, marks: tuple[str, ...]) -> Iterator[CutName]:
    if name := _tidy(text):
        yield CutName(name, marks)


def _tidy(part: str) -> str:
    """Return a name without what stands around it; nothing for what cannot be one."""
    name = part.strip(_EDGES)
    if part.rstrip().endswith(".") and _ENDS_SHORT.search(name):
        name += "."
    if not name.isascii():
        name = _EASTERN_END.sub("", name)
    name = _without_day(name.removeprefix("@"))
    if not 2 <= len(name) <= _LONGEST_NAME or len(name.split()) > _MOST_WORDS:
        return ""
    return name if letters_only(name) and not _is_date(name) else ""


def _is_date(name: str) -> bool:
    """Tell whether all words are those of a date, such as "20 Dec" or "am Montag"; "May" is not."""
    words = name.lower().split()
    rest = [word for word in words if not word.isdigit() and word not in _WEEKDAY_OR_LINK]
    if len(rest) == len(words):
        return False
    has_day = any(map(str.isdigit, name))
    return not rest or (has_day and all(month_named(word.strip(".,"), None) for word in rest))


def _without_day(name: str) -> str:
    """Take off the day of a month: "Ann Lee December 2"; its year stood behind a comma."""
    match = _DAY_AT_END.search(name) if name[-1:].isdigit() else None
    return name[: match.start()] if match and month_named(match[1], None) is not None else name


def _without_link_words(text: str) -> str:
    """Take off what leads from a name to a date: "on", "am Montag", a month before its day."""
    words = text.rstrip(" ,|-–—").split()
    while len(words) > 1:
        last = words[-1].strip(".,:")
        if last.lower() not in _WEEKDAY_OR_LINK and month_named(last, None) is None:
            break
        words.pop()
    return " ".join(words)


def in_title_case(name: str) -> str:
    """Return a name that is written in capitals as names are; others as they are."""
    if name.isupper() and len(name) > 4 and " " in name:
        return " ".join(
            part if "." in part else re.sub(r"[^\W_]+", lambda m: m[0].capitalize(), part)
            for part in name.split()
        )
    return name
