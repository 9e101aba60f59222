"""Bylines cut into the names that they hold: "By Ann Lee and José Ruiz, Washington | 3 May 2024".

Nothing here decides whether something is a name; it is cut, cleaned, and told how it was cut.
"""

import html
import re
from collections.abc import Sequence
from typing import NamedTuple

from newsextract.extraction.date_words import CHANGED, RELEASED
from newsextract.extraction.patterns import when_needed
from newsextract.extraction.reporters import CHINESE_REPORTER
from newsextract.extraction.text import clean_line, has_other_script, letters_only, lowered
from newsextract.normalization.months import month_named

__all__ = [
    "CutName",
    "beginnings",
    "beginnings_in",
    "in_title_case",
    "is_cased",
    "is_plain",
    "names_in",
]

_LONGEST_VALUE, _LONGEST_NAME, _MOST_PARTS, _MOST_WORDS = 600, 60, 40, 8
# So many letters tell a word from nearly all others.
_BEGINNING = 5
_TAGS = re.compile(r"<[^<>]{0,200}>")
# Between a byline and what else stands in its line.
# A dot in the middle of a word is a letter of Catalan, and parts names that Chinese spells by
# sound; between a name and a date it may have a margin instead of spaces.
_BORDER = re.compile(
    r"\s\s*[-–—―|•·●~›»>/]+\s+|[|•;；｜／\n\t—…]|(?<=[a-zß-ÿ.])·(?=[A-ZÀ-Þ\d])|/(?<!:/)(?<!//)(?!/)|,\s*(?=\d)"
)
_AND = "and|und|et|y|e|en|och|og|ja|i|a|и|та|й|ve|și|és|dan|και|with|mit|avec|con|com|met|med|z|及|與|与|和|和び|と|और|এবং|และ|và|ו"
# Of these those that stand behind a comma, too, and begin no name as "Dan" and "Con" do.
_AND_BEHIND_COMMA = r"and|und|et(?!\s+al\b)|och|og|ve|și|és|και|и|та|và|&"
_BETWEEN = (
    rf"\s*(?:,(?!\s*(?:jr|sr|i{{2,3}}|iv)\b)(?:\s*(?:{_AND_BEHIND_COMMA})(?=\s))?|[，、،]|(?<=\S)\s*&\s*|[＆+])\s*"
    rf"|\s+(?:{_AND})\s+|\s+و\s*"
)
_BETWEEN_NAMES = re.compile(_BETWEEN)
_AND_WORDS = frozenset(_AND.split("|"))
# Without one of these there is one name.
_MAY_BE_BETWEEN = re.compile(rf"[,，、،&＆+و・·和與与及]|\s(?:{_AND})\s")
# What announces the writer, at the beginning of a piece: of Western languages a word of its own.
_ANNOUNCING = re.compile(
    r"(?:(?:(?:written|reported|reporting|posted|published|submitted|contributed|authored|compiled|created|prepared|"
    r"story|stories|text|words|report|analysis|opinion|review|reviewed|article|post|blog|column|commentary|guest post|"
    r"added|uploaded|shared|started|from|essay|news|interview|exclusive|an?|the|ein|eine|un|une|um|uma)\s+){0,3}by(?=[a-zà-öø-þ×\s:：.]|$)|"
    r"(?:(?:ein |eine |der |die |das )?(?:gast|blog)?[- ]?(?:beitrag|artikel|kommentar|text|bericht|interview|analyse|essay|"
    r"geschrieben|veröffentlicht|erstellt|verfasst|gepostet|gespeichert|eingestellt|protokoll|aufgezeichnet) )?von|vom|"
    r"text und (?:interview|fotos?|bilder?)|interview|"
    r"(?:publié |écrit |rédigé |posté |propos recueillis |article |texte |proposé )?par|"
    r"(?:escrito |publicado |redactado |texto |informa |creado |postado |enviado |redigido |entrevista )?(?:por|de)|"
    r"(?:articolo |scritto |pubblicato |postato |inviato )?(?:di|da)|a cura di|door|geschreven door|av|af|"
    r"przez|napisał[ay]?|"
    r"texto|tekst[iy]?|text|texte|testo|txt|words|story|auth?or(?:a|as|es|in|innen|i|en|zy|ka|ka textu|ů|ul)?|auteure?s?|author(?:s|\(s\)|ed by)?|"
    r"forfatter|skribent|szerző|írta|kirjoittaja|journalist(?:e|in|a|en)?|reporter|writer|"
    r"автор(?:ы|и)?|текст|журналист|кореспондент|корреспондент|yazan|yazar|haber|muhabir|penulis|oleh|pewarta|wartawan|"
    r"بقلم|كتب|كتبت|الكاتب|کاتب|نویسنده|گزارش از|گزارش|نوشته|מאת|कथाकार|द्वारा|लेखक|written by|โดย|เรื่อง|ผู้เขียน|bởi|tác giả|theo|"
    r"συντάκτησ|γράφ(?:ει|ουν)(?: [οη]| οι)?|του|τησ|από|published|publié|publicado)(?:\s*[:：/|＝=]\s*|\s+|$)"
)
# "ByAnn Lee", "Byby Ann Lee": two elements without a space between them.
_GLUED = re.compile(
    r"(?:By|Von|Par|Por|Di|Text|Autor|Author)(?=[A-ZÀ-Þ][a-zà-ÿ]|by\s)|By(?=[A-ZÀ-Þ]{2})"
)
_WRITING = (
    "文字|撰文|原文|作者|执笔|執筆|著者|投稿者|寫手|取材|ライター|文責|聞き手|構成|글|기자|취재"
)
_EASTERN = re.compile(
    rf"(?:{_WRITING}|{CHINESE_REPORTER}|编辑|編輯)\s*[・●:：/／=＝|]*\s*"
    r"|文\s*●\s*|(?:文|글|著)\s*(?:[・:：/／=＝|]+\s*|$)|文\s+"
)
# "文・写真＝", "圖／": roles before a name, and a mark between; in one line there may be several.
_EASTERN_WRITER = f"{_WRITING}|文|撰稿|著|記者|记者"
_EASTERN_OTHER = (
    "(?:責任?|责任?|核稿)?(?:編輯|编辑)|責編|责编|核稿|校對|校对|審核|审核|攝影?|摄影?|圖片?|图片?|影音|影片|視頻|视频|"
    "來源|来源|翻譯|翻译|訳|監製|监制|写真|撮影|編集|イラスト|사진|그림|영상|편집|출처"
)
_EASTERN_ROLE = f"(?:{_EASTERN_WRITER}|{_EASTERN_OTHER})"
_EASTERN_ROLES = rf"{_EASTERN_ROLE}(?:[・·ㆍ、／/]?{_EASTERN_ROLE}){{0,3}}"
_eastern_labels = when_needed(
    rf"(?:^|(?<=[\s|｜】）)]))(?:({_EASTERN_ROLES})\s*[:：/／=＝|｜]\s*"
    rf"|({_EASTERN_ROLE}(?:[・·ㆍ]{_EASTERN_ROLE})+)\s+)(?=\S)"
)
_eastern_label = when_needed(rf"{_EASTERN_ROLES}\s*：\s*")
_eastern_writer = when_needed(_EASTERN_WRITER)
# "（記者王小明攝）"
_OF_PICTURE = re.compile(r"(?:攝影?|摄影?|撮影)\W*$")
_EASTERN_END = re.compile(
    r"\s*(?:(?:선임|수습)?\s*(?:기자|특파원|에디터|객원기자)|記者|记者|編集部員|報導|报道|報道|撰文|著|さん|氏|／文|發自.*|寄稿)$"
)
# What credits somebody with something else: pictures, translation.
_CREDITED = re.compile(
    r"(?:photos?|photograph(?:s|y|er)?|foto(?:s|gra[fv]\w*)?|fotó|bild(?:er)?|images?|pictures?|pics?|illustrat\w*|ilustra\w*|"
    r"video|videos|kuvat?|art|graphics?|grafik|design|translat\w*|übersetz\w*|traduc\w*|traduz\w*|edited|editing|editing by|editors?|sources?|quelle|"
    r"fuente|fonte|via|credit|courtesy|撮影|写真|摄影|攝影|图|圖|사진|사진제공|zdjęci[ae]|fot\.?|ảnh|ภาพ|फोटो|تصوير|عکس|צילום|φωτο\w*|编辑|責任編輯|责任编辑|来源|來源|出典|фото|іст|джерело|источник|foto kredi|"
    r"reviewed|fact[- ]checked|medically)(?:\s+(?:by|von|par|por|de|di))?\s*[:：/|＝=]\s*"
    r"|©\s*|(?:イラスト|翻訳者|翻訳|訳者|撮影者?)(?:\s+|$)"
    r"|(?:photos?|photograph(?:s|y|ed)?|illustrat\w*|pictures?|video|translated|edited|reviewed|fact[- ]checked|medically reviewed|produced|designed)\s+by\s+"
)
_LABEL = re.compile(r"[^\d:：,;|@]{2,24}[:：]\s*")
# "Text: Ann Lee Fotos: José Ruiz": what begins the next role. Marks of the Indic scripts and Thai
# are no letters to a pattern.
_next_label = when_needed(
    r"(?<=[^\W\d_\u0900-\u0eff])[,.]?\s+(?=[^\W\d_]{2,14}\s?[:：]\s)"
    r"|(?<=[\u0900-\u0eff])[,.]?\s+(?=[\u0900-\u0eff]{2,14}\s?[:：]\s)"
)
# A name may begin with what is "and" in Hebrew; so it is one where whole names are on both sides.
_hebrew_and = when_needed(r"^(.*[א-ת]+ [א-ת]+) ו([א-ת]+ [א-ת]+)$")
# Where a name ends and something else begins: words of a byline, dates, times and counts.
_ENDING_WORDS = (
    r"\b(?:email|e-mail|(?:last )?updated|published|posted|created|modified|publicado|publié|actualizado|mis à jour|veröffentlicht|aktualisiert|"
    r"stand|erstellt|pubblicato|aggiornato|atualizado|criado|опубликовано|обновлено|yayinlan|güncelle|added|filed|written)\b|"
    r"\b(?:follow|read more|view (?:all )?(?:posts|profile|bio)|see (?:all|more)|more (?:from|by|articles)|all posts|more posts|bio\b|contact\b|"
    r"share\b|comments?\b|leave a|no comments|kommentare?\b|has been|is an?\b|is the\b|ist\b|was\b|writes|schreibt|est\b)"
)
# "Text von Ann Lee Illustration von José Ruiz": what others did for the same page.
_OTHER_WORK = (
    r"(?<=\w )(?:illustrations?|illustrated|illustriert|photos?|fotos|foto|symbolbild|symbolfoto)\b"
)
_AFTER = re.compile(
    rf"\s*(?:[(\[（【<]|\S*@\S*|https?:|www\.|{_ENDING_WORDS}|{_OTHER_WORK}|"
    r"(?:发布|發布|公開|更新|入力|입력|등록|승인)|\bon(?=\s+(?:\w+\s+)?\d)|"
    r"(?<![^\W\d_])\d{1,2}(?:st|nd|rd|th|\.|er|º)?\s*(?:de\s+)?(?:[^\W\d_]{3,10}\.?|[./-]|月)\s*(?:de\s+)?\d|(?<!\w)(?:19|20)\d\d(?:年|(?!\w))|"
    r"\b\d{1,2}[:.h]\d\d\b|\b(?:\d+\s*[-–]\s*)?\d+\s*(?:min(?:ut(?:es?|en))?|sec|hours?|days?|weeks?|months?|years?|stunden?|tag|tage|comments?|kommentare?|likes?|views?|shares?|"
    r"posts?|articles?|followers|lectura|aufrufe|reviews?|beiträge|horas?|días?|heures?|jours?|ago|время|分|시간)\b)"
)
# Most names have none of what it begins with, and one of these is found in a sixth of the time.
_MARKS_AFTER = re.compile(r"[(\[（【<@:\d发發公更入입등승]|www")
_WEEKDAY_OR_LINK = frozenset(
    "on am le el em il op den at um a à at the vom dne dnia mon tue wed thu fri sat sun monday tuesday wednesday "
    "thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi "
    "mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo segunda "
    "terça quarta quinta sexta in for to".split()
)
# A name that is one of these is a day of the week; behind a first name it is a family ("Sabato").
_WEEKDAYS = frozenset(
    "lunedì martedì mercoledì giovedì venerdì sabato domenica "
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag måndag tisdag onsdag torsdag fredag "
    "lördag söndag mandag tirsdag lørdag søndag maanantai tiistai keskiviikko torstai perjantai "
    "lauantai sunnuntai poniedziałek wtorek środa czwartek piątek sobota niedziela pondělí úterý středa "
    "čtvrtek pátek neděle pondelok utorok streda štvrtok piatok nedeľa hétfő kedd szerda csütörtök "
    "péntek szombat vasárnap luni marți miercuri joi vineri sâmbătă duminică ponedjeljak utorak srijeda "
    "četvrtak petak subota nedjelja понедельник вторник среда четверг пятница суббота воскресенье "
    "понеділок вівторок середа четвер п'ятниця п’ятниця субота неділя понеделник сряда четвъртък петък "
    "събота неделя δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή pazartesi salı çarşamba "
    "perşembe cuma cumartesi pazar الاثنين الإثنين الثلاثاء الأربعاء الاربعاء الخميس الجمعة السبت الأحد "
    "الاحد شنبه یکشنبه یک‌شنبه دوشنبه سه‌شنبه چهارشنبه پنجشنبه پنج‌شنبه جمعه سه پنج چهار سوموار پیر منگل بدھ "
    "جمعرات ہفتہ اتوار שני שלישי רביעי חמישי שישי שבת ראשון יום सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार "
    "रविवार সোমবার মঙ্গলবার বুধবার বৃহস্পতিবার শুক্রবার শনিবার রবিবার จันทร์ อังคาร พุธ พฤหัสบดี ศุกร์ เสาร์ "
    "อาทิตย์ วัน senin selasa rabu kamis jumat sabtu minggu".split()
)
_OF_DATES = _WEEKDAY_OR_LINK | _WEEKDAYS
# Alone, these are nobody: accounts that every site has, what a text is ("Analysis | Ann Lee"), and
# that a picture belongs to all.
_NOBODY = frozenset(
    "admin administrator administrador administrateur amministratore webadmin webmaster sysadmin superuser "
    "analysis opinion commentary perspective exclusive interview analyse kommentar meinung exklusiv "
    "éditorial entretien exclusif análisis opinión entrevista exclusiva análise opinião analisi commento "
    "intervista esclusiva opinie commentaar analiza opinia wywiad analiz görüş röportaj анализ мнение интервью "
    "админ администратор αναλυση αποψη al".split()
) | {
    "et al", "public domain", "in the public domain", "gemeinfrei", "domaine public",
    "dominio público", "domínio público", "pubblico dominio", "publiek domein", "domena publiczna",
    "offentlig egendom", "общественное достояние", "суспільне надбання", "kamu malı",
    "volné dílo", "közkincs",
}  # fmt: skip
# "Mis en ligne le 3 mai 2024 par Anne Roux"
_BEFORE_DATES = _WEEKDAY_OR_LINK | frozenset(
    "published posted updated created publié publiée posté paru mis mise en ligne jour modifié erstellt "
    "veröffentlicht aktualisiert pubblicato aggiornato publicado publicada postado atualizado actualizado "
    "geplaatst gepubliceerd bijgewerkt opublikowano dodano yayınlandı опубликовано".split()
)
# "3 May 2024 by Ann Lee": the date comes first.
_IN_THE_MIDDLE = re.compile(
    r"(?:^|\s)(?:by|von|par|por|di|da|av|af|door|przez|oleh|автор:?|autor:?|author:?)\s+(?=\S)"
)
# "Ann Lee for Mailonline", "Ann Lee in Berlin": a place or a house follows the name.
_BELONGING = re.compile(
    r"\s+(?:for|für|para|pour|voor|in|aus|à|from|at|of|de la|aus dem|special to|vor ort|bei|im|nach)\s+(?:the\s+|der\s+|den\s+)?\S.*$"
    r"|\s+(?:—|–|-)\s+.*$"
)
_WORDS_OF_BELONGING = frozenset(
    "for für para pour voor in aus à from at of de special vor bei im nach — – -".split()
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
_WORD = re.compile(r"\w+")
_EDGES_BEFORE = _EDGES.replace("(", "")
_BEHIND_LABEL = " :：.-–—"
_ENDS_SHORT = re.compile(r"\b(?:Jr|Sr|Dr|St|Prof|[A-Z])$")
_between_eastern_names = when_needed(
    _BETWEEN
    + r"|(?<=[぀-鿿])[・·](?=[぀-鿿]{2,})|(?<=[\u4e00-\u9fff])(?:和|與|与|及)(?=[\u4e00-\u9fff]{2})|(?<=[가-힣])[·ㆍ](?=[가-힣]{2})"
)
_caseless = when_needed("[\u0590-\u08ff\u0900-\u109f\u0e00-\u0eff\u3040-\u9fff\uac00-\ud7af]")


class CutName(NamedTuple):
    """A name as cut from a byline, and how: what stood around it, what was taken off."""

    text: str
    marks: tuple[str, ...] = ()


def is_plain(text: str) -> bool:
    """Tell whether a text is letters and spaces alone, as most names are: it has no marks."""
    return text.replace(" ", "").isalpha()


def is_cased(text: str) -> bool:
    """Tell whether no letter of a text is of a big script without capitals."""
    return not (has_other_script(text) and _caseless().search(text))


def beginnings(small: str) -> list[str]:
    """Return the first letters of the words of a text in small letters."""
    words = small.split() if is_plain(small) else _WORD.findall(small)
    return [word[:_BEGINNING] for word in words]


def beginnings_in(*patterns: str) -> frozenset[str]:
    """Return how the words of patterns begin, which have to be spelled out so far.

    The patterns find no words of theirs in a text whose words begin in other ways.
    """
    spelled = re.sub(r"\\.", " ", " ".join(patterns))
    return frozenset([word[:_BEGINNING] for word in re.findall(r"[^\W\d_]+", spelled)])


_BEGINNINGS_AFTER = beginnings_in(_ENDING_WORDS, _OTHER_WORK)
_BEGINNINGS_OF_ROLES = beginnings_in(ROLE.pattern)
_BEGINNINGS_OF_LABELS = frozenset(
    [word[:3] for word in beginnings_in(_CREDITED.pattern, _ANNOUNCING.pattern)]
)
# These may be glued to the name, as longer ones may, of which three letters tell all the same.
_SHORT_LABELS = ("by", "di")


def names_in(value: str) -> list[CutName]:
    """Return what may be names in a byline (its pieces a line each), in order, each once."""
    found: dict[str, CutName] = {}
    label = ""
    for raw in _pieces(value[:_LONGEST_VALUE]):
        piece = clean_line(raw).lstrip(_EDGES_BEFORE)
        if not piece:
            continue
        piece, small, own = _without_label(piece, lowered(piece))
        label = own or label
        if not piece:
            continue
        for name in _names_in_piece(piece, small, label):
            found.setdefault(name.text, name)
        label = ""
    return list(found.values())[:_MOST_PARTS]


def _pieces(text: str) -> list[str]:
    if " ו" in text and len(text) <= 2 * _LONGEST_NAME:
        text = _hebrew_and().sub(r"\1, \2", text)
    if is_plain(text):
        return [text]
    if "&" in text:
        text = html.unescape(text)
    if "<" in text:
        text = _TAGS.sub("\n", text)
    if text.count(":") > 1 and "\n" not in text and (first := _LABEL.match(text)):
        text = first[0] + _next_label().sub("\n", text[first.end() :])
    if has_other_script(text):
        text = _eastern_labels().sub(r"\n\1\2：", text)
    return _BORDER.split(text)[:_MOST_PARTS]


def _without_label(piece: str, small: str) -> tuple[str, str, str]:
    """Take off what announces a name; return the rest, and what kind of announcement it was.

    The rest as it is and in small letters.
    """
    label = ""
    if has_other_script(piece) and (match := _eastern_label().match(piece)):
        label = "announced" if _eastern_writer().search(match[0]) else "credited"
        return piece[match.end() :], small[match.end() :], label
    if not piece.isascii() and (match := _EASTERN.match(piece)):
        label = "credited" if _OF_PICTURE.search(piece, match.end()) else "announced"
        return piece[match.end() :], small[match.end() :], label
    for _ in range(2):
        if not _may_be_labelled(small):
            break
        if match := _CREDITED.match(small):
            return piece[match.end() :], small[match.end() :], "credited"
        if (match := _ANNOUNCING.match(small)) or (match := _GLUED.match(piece)):
            piece, label = piece[match.end() :].lstrip(_BEHIND_LABEL), "announced"
            small = small[match.end() :].lstrip(_BEHIND_LABEL)
        else:
            break
    if not label and (":" in piece or "：" in piece) and (match := _LABEL.match(piece)):
        return piece[match.end() :], small[match.end() :], "labelled"
    return piece, small, label


def _may_be_labelled(small: str) -> bool:
    if not is_plain(small):
        return True
    first, *_ = small.split(None, 1)
    return first[:3] in _BEGINNINGS_OF_LABELS or first.startswith(_SHORT_LABELS)


def _names_in_piece(piece: str, small: str, label: str) -> list[CutName]:
    marks: tuple[str, ...] = (label,) if label else ()
    if match := _end_of_names(small):
        if begin := _name_in_the_middle(small, match):
            return _names_in_piece(piece[begin:], small[begin:], "announced")
        if match.start() == 0:
            inner = piece.strip(_EDGES)
            is_in_brackets = match[0].strip() in ("(", "[", "（", "【", "<") and inner
            return _cleaned(inner, (*marks, "in brackets")) if is_in_brackets else []
        piece = _without_link_words(piece[: match.start()])
        small = lowered(piece)
        if " " not in small and (RELEASED.search(small) or CHANGED.search(small)):
            # "Published 3 May 2024"
            return []
        marks += ("cut",)
    if not _may_be_several(small):
        return _cleaned(piece, marks) if piece.strip(_EDGES) else []
    parts = [part for part in _parts_between(piece, small) if part.strip(_EDGES)]
    return _one_by_one(parts, label, marks) + _all_in_one(piece, parts, marks)


def _end_of_names(small: str) -> re.Match[str] | None:
    """Return what ends the names in a piece in small letters and begins something else."""
    may_end = not _BEGINNINGS_AFTER.isdisjoint(beginnings(small))
    if not may_end and not (small.isascii() and is_plain(small)):
        may_end = _MARKS_AFTER.search(small) is not None
    return _AFTER.search(small) if may_end else None


def _may_be_several(small: str) -> bool:
    if small.isascii() and is_plain(small):
        return not _AND_WORDS.isdisjoint(small.split())
    return _MAY_BE_BETWEEN.search(small) is not None


def _parts_between(piece: str, small: str) -> list[str]:
    """Return what stands before, between and behind commas and words such as "and"."""
    edges = [0]
    pattern = _between_eastern_names() if has_other_script(small) else _BETWEEN_NAMES
    for between in pattern.finditer(small):
        edges += between.span()
    edges.append(len(piece))
    return [piece[begin:end] for begin, end in zip(edges[::2], edges[1::2], strict=True)]


def _name_in_the_middle(small: str, date: re.Match[str]) -> int:
    """Return where in "3 May 2024 by Ann Lee" the name begins; 0 where it does not come last."""
    announced = _IN_THE_MIDDLE.search(small, date.start())
    if announced is None:
        return 0
    before = small[: date.start()]
    comes_first = _BEFORE_DATES.issuperset(before.strip(_EDGES).split()) or any(
        map(str.isdigit, before)
    )
    return announced.end() if comes_first else 0


def _one_by_one(parts: Sequence[str], label: str, marks: tuple[str, ...]) -> list[CutName]:
    names: list[CutName] = []
    for part in parts[:1]:
        names += _cleaned(part, marks)
    for part in parts[1:_MOST_PARTS]:
        if not _CREDENTIALS.fullmatch(f" {part.strip(_EDGES)}"):
            name, _, again = _without_label(part, lowered(part))
            told = again or label
            names += _cleaned(name, (told, "later part") if told else ("later part",))
    return names


def _all_in_one(piece: str, parts: Sequence[str], marks: tuple[str, ...]) -> list[CutName]:
    """Return the whole as one name: "Lee, Ann" may be inverted, a house may have "and" in it."""
    names: list[CutName] = []
    if len(parts) == 2 and piece.count(",") == 1:
        last, first = parts[0].strip(), parts[1].strip()
        if " " not in last and len(first.split()) <= 2:
            names += _cleaned(f"{first} {last}", (*marks, "inverted"))
            if not _CREDENTIALS.fullmatch(f" {first}"):
                return names
    if 2 <= len(parts) <= 3 and len(piece.split()) <= _MOST_WORDS and not _is_a_list(piece, parts):
        names += _cleaned(piece, (*marks, "joined"))
    return names


def _is_a_list(piece: str, parts: Sequence[str]) -> bool:
    """Tell whether commas stand between whole names, as they do not in "Ann Lee, PhD"."""
    whole = [part for part in parts if " " in part.strip(_EDGES)]
    return len(whole) > 1 and piece.count(",") == len(parts) - 1


def _cleaned(part: str, marks: tuple[str, ...]) -> list[CutName]:
    """Return a name without what stands around it, before it what is left without its role."""
    name = _tidy(part)
    if not name:
        return []
    words = name.split()
    small = lowered(name) if len(words) > 2 else ""
    if small and (match := _what_it_belongs_to(small)):
        rest, what = _tidy(name[: match.start()]), "place"
    elif len(words) > 1 and (match := _degrees_at_end(name)):
        rest, what = _tidy(name[: match.start()]), "degree"
    elif small and (match := _role_in(small)):
        rest, what = _without_role(name, words, match), "role"
    else:
        return [CutName(name, marks)]
    whole = CutName(name, (*marks, f"with {what}"))
    return [CutName(rest, (*marks, f"{what} taken off")), whole] if rest else [whole]


def _what_it_belongs_to(small: str) -> re.Match[str] | None:
    return None if _WORDS_OF_BELONGING.isdisjoint(small.split()) else _BELONGING.search(small)


def _degrees_at_end(name: str) -> re.Match[str] | None:
    # All end in capitals, but for MSc, BSc and Esq.
    return _CREDENTIALS.search(name) if not name[-1].islower() or name[-1] in "cq" else None


def _role_in(small: str) -> re.Match[str] | None:
    if is_cased(small) and _BEGINNINGS_OF_ROLES.isdisjoint(beginnings(small)):
        return None
    return ROLE.search(small)


def _without_role(name: str, words: Sequence[str], role: re.Match[str]) -> str:
    if role.start():
        rest = _tidy(" ".join(words[: 3 if len(words[1].rstrip(".")) == 1 else 2]))
    else:
        rest = _tidy(name[role.end() :])
    return _tidy(rest) if " " in rest and not ROLE.search(lowered(rest)) else ""


def _tidy(part: str) -> str:
    """Return a name without what stands around it; nothing for what cannot be one."""
    name = part.strip(_EDGES)
    if part.rstrip().endswith(".") and _ENDS_SHORT.search(name):
        name += "."
    if not is_cased(name):
        name = _EASTERN_END.sub("", name)
    name = _without_day(name.removeprefix("@"))
    if not 2 <= len(name) <= _LONGEST_NAME:
        return ""
    words = name.lower().split()
    if len(words) > _MOST_WORDS or " ".join(words) in _NOBODY:
        return ""
    if is_plain(name):
        return "" if not _OF_DATES.isdisjoint(words) and _is_date(name, words) else name
    return name if letters_only(name) and not _is_date(name, words) else ""


def _is_date(name: str, words: Sequence[str]) -> bool:
    """Tell whether all words are those of a date, such as "20 Dec" or "am Montag"; "May" is not."""
    rest = [word for word in words if not word.isdigit() and word not in _OF_DATES]
    if len(rest) == len(words):
        return False
    has_day = any(map(str.isdigit, name))
    if not rest or (has_day and month_named(" ".join(rest), None)):
        return True
    return has_day and all(month_named(word.strip(".,"), None) for word in rest)


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
