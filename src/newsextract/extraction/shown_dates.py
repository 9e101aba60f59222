"""Dates that a page shows, or marks for machines where it shows them."""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

from newsextract.extraction.places import Places
from newsextract.extraction.survey import VOCABULARIES, Container, Marked, Script, Survey, TextBlock
from newsextract.records import Candidate, FieldName

__all__ = ["CHANGED", "RELEASED", "dates_in_scripts", "folded", "shown_dates"]

_LONGEST_LINE = 160
_LONGEST_RELATIVE = 48
# In so many characters of a paragraph stand place and date, if it opens with them.
_DATELINE, _OPENINGS = 64, 2
_MOST_SCRIPT = 1_000_000
# Looked for by the dash behind the year, which scripts have less of than of quotes and digits.
_SCRIPT_DATE = re.compile(r"""-(?<=["'][12][09]\d\d-)\d\d-\d\d[^"']{0,20}(?=["'])""")
_SCRIPT_KEY = re.compile(
    r"""["']((?:date_?)?publish(?:ed)?(?:_?(?:date|at|on|time))?|publication_?date|pub_?date|"""
    r"""first_?published(?:_?at)?|created_?at|date_?created)["']\s{0,8}:\s{0,8}["']\d{4}\Z""",
    re.IGNORECASE,
)
_LONGEST_KEY, _MOST_SCRIPT_DATES = 48, 2_000
_MOST_LINES, _MOST_MARKED, _MOST_RELATIVE, _MOST_NOTES = 40, 40, 4, 4
_PROPERTIES: dict[str, tuple[FieldName, float]] = {
    "datePublished": ("date", 0.85),
    "dateCreated": ("date", 0.6),
    "dateModified": ("date_modified", 0.85),
    "dc:date": ("date", 0.7),
    "dc:created": ("date", 0.65),
    "schema:datePublished": ("date", 0.8),
    "schema:dateModified": ("date_modified", 0.8),
}
# All of it begins with a digit, so that a search looks at nothing else.
_DIGITS_OF_A_DATE = re.compile(
    r"\d(?:(?<!\d\d)(?:(?<=1)[349]\d\d|(?<=2)(?:0\d\d|5[5-9]\d))(?!\d{3})|"
    r"\d? ?[./|-] ?\d{1,2} ?[./|-] ?\d\d(?!\d)|(?<=[०-९۰-۹٠-٩])[०-९۰-۹٠-٩]{3})"
)
_ASCII_DIGIT = re.compile("[0-9]")
# Words that announce a change, stem by stem, in the languages most of the world's news is in. They
# are looked for in lower-case text: to ignore case takes ten times as long.
CHANGED = re.compile(
    r"updat|modif|last edit|revised|actuali[sz]|atuali[sz]|aggiornat|aktualis|aktualiz|geändert|"
    r"stand\b|letzte änderung|mis à jour|bijgewerkt|gewijzigd|uppdater|oppdater|opdater|päivitetty|"
    r"обновл|изменен|güncel|تحديث|به‌روز|بروزرسانی|עודכן|अपडेट|更新|改定|수정|업데이트|อัปเดต|"
    r"cập nhật|diperbarui"
)
RELEASED = re.compile(
    r"(?<!re)publi(?!c(?:id|it|s?\b))|posted|created|issued|veröffentlicht|erstellt|erschienen|pubblicat|geplaatst|skapad|"
    r"опублик|yayın|نشر|منتشر|פורסם|प्रकाशित|发布|發布|公開|掲載|입력|등록|เผยแพร่|đăng|terbit|dodano|vydáno"
)
# How a page speaks of the story on it, as templates of WordPress do in the language of the site.
_THIS_STORY = re.compile(
    r"this (?:entry|post|article|story|page)|dieser (?:beitrag|artikel|eintrag)|cet article|"
    r"cette entrée|ce billet|esta entrada|este artículo|esta nota|este artigo|esta publicação|"
    r"este post|questo articolo|questa voce|questo post|dit (?:bericht|artikel)|det här inlägget|"
    r"denna artikel|dette indlæg|denne artikel|dette innlegg|ten (?:wpis|artykuł)|"
    r"tento (?:příspěvek|článek)|(?:эта )?(?:запись|статья)|bu (?:yazı|haber|makale)|"
    r"ez a (?:bejegyzés|cikk)|tämä (?:artikkeli|kirjoitus)|acest articol|هذه? (?:المقال|التدوين)|"
    r"この(?:記事|投稿|エントリー)|本文|이 (?:글|기사)"
)
# What a date is called where it is called nothing else.
_CALLED_DATE = re.compile(
    r"(?:date|datum|fecha|data|dato|dátum|päivämäärä|tarih|дата|ημερομηνία|التاريخ|تاريخ|تاریخ|"
    r"תאריך|दिनांक|तारीख|日期|日付|날짜|tanggal)\s*[:：]?\s*(?=\d|$)"
)
# When the writer of a post became a member of the forum.
_JOINED = re.compile(
    r"joined|member since|registered|mitglied seit|dabei seit|registriert|miembro desde|registrado|"
    r"membro desde|inscrit|membre depuis|iscritt|membro dal|lid sinds|geregistreerd|"
    r"medlem (?:sedan|siden)|registrerad|liittynyt|dołączył|zarejestrowany|"
    r"registrován|зарегистрирован|регистрация|"
    r"katılım|kayıt tarihi|تاريخ التسجيل|注册|註冊|加入|登録日|가입"
)
_LABELS = (CHANGED, RELEASED, _CALLED_DATE, _JOINED)
_LETTERS_OF_A_LINE, _LONGEST_LABEL = 40, 24
# So few elements up stands the picture that a caption is of.
_LEVELS_TO_PICTURE = 3


def shown_dates(found: Survey, places: Places, body: Sequence[TextBlock]) -> Iterator[Candidate]:
    """Yield a candidate for each marked time and each line that may hold a date."""
    times = [marked for marked in found.marked if marked.mark == "time" and _may_be_time(marked)]
    for marked in times[:_MOST_MARKED]:
        yield from _from_time(marked, places)
    for marked in found.marked:
        kind, _, name = marked.mark.partition(":")
        if kind in VOCABULARIES and name in _PROPERTIES:
            field, score = _PROPERTIES[name]
            yield Candidate(
                field=field,
                value=marked.value or marked.text,
                source=f"{VOCABULARIES[kind]}:{name}",
                score=score,
                evidence=places.evidence(marked.index, marked.container),
            )
    yield from _from_title(found.title)
    yield from _from_lines(found, places)
    yield from _from_paragraphs(found.blocks, places, body)


def dates_in_scripts(scripts: Iterable[Script]) -> Iterator[Candidate]:
    """Yield the dates of publication in the data of scripts: for pages that state no other."""
    left = _MOST_SCRIPT
    for script in scripts:
        text = script.text[:left]
        left -= len(text)
        matches = itertools.islice(_SCRIPT_DATE.finditer(text), _MOST_SCRIPT_DATES)
        yield from itertools.islice(_published_in(text, matches), _MOST_MARKED)


def _published_in(text: str, dates: Iterable[re.Match[str]]) -> Iterator[Candidate]:
    for match in dates:
        start = match.start()
        if key := _SCRIPT_KEY.search(text, max(0, start - _LONGEST_KEY), start):
            value = text[start - 4 : match.end()]
            yield Candidate(field="date", value=value, source=f"script:{key[1].lower()}", score=0.4)


def _may_be_time(marked: Marked) -> bool:
    # Most abbreviations with a title are that of a name.
    return not marked.value or any(map(str.isdigit, marked.value))


def _from_time(marked: Marked, places: Places) -> Iterator[Candidate]:
    field: FieldName = "date_modified" if CHANGED.search(folded(marked.text)) else "date"
    evidence = places.evidence(marked.index, marked.container)
    if evidence[0] == "place:head" and not any(name.startswith("in ") for name in evidence):
        evidence += ("near",)
    if marked.value:
        yield Candidate(
            field=field,
            value=marked.value,
            source="dom:time[datetime]",
            score=0.75,
            evidence=evidence,
        )
    if marked.text and marked.text != marked.value:
        kind = () if _DIGITS_OF_A_DATE.search(marked.text) else ("relative",)
        yield Candidate(
            field=field,
            value=marked.text,
            source="dom:time",
            score=0.6,
            evidence=(*evidence, *kind),
        )


def _from_title(title: str) -> Iterator[Candidate]:
    """Yield the date in the last part of a title: "Ferry slip to close | The Post | 3.5.2024"."""
    last = title.rpartition(" | " if " | " in title else " - ")[2]
    if last != title and len(last) <= _LONGEST_RELATIVE and _DIGITS_OF_A_DATE.search(last):
        yield Candidate(field="date", value=last, source="head:title", score=0.5)


def _from_paragraphs(
    blocks: list[TextBlock], places: Places, body: Sequence[TextBlock]
) -> Iterator[Candidate]:
    """Yield the dates that open the story, and those of notes on its publication."""
    opening = {block.index for block in body[:_OPENINGS]}
    story = {block.index for block in body}
    head = places.head
    notes = _MOST_NOTES
    for block in blocks:
        text = block.text
        if len(text) <= _LONGEST_LINE:
            continue
        if block.index in opening or (
            block.index in head and block.prose and block.index not in story
        ):
            # "Karlsruhe, 12 November 2021. The church …"
            if _DIGITS_OF_A_DATE.search(text, 0, _DATELINE):
                yield Candidate(
                    field="date", value=text[:_DATELINE], source="dom:dateline", score=0.5
                )
        elif notes and _is_note(start := text[:_LONGEST_LINE], in_story=block.index in story):
            notes -= 1
            evidence = places.evidence(block.index, block.container)
            yield from _dates_in_line(start, (*evidence, "note"))


def _is_note(start: str, *, in_story: bool) -> bool:
    """Tell whether a paragraph begins like "This entry was posted on 3 May 2024 and is filed …"."""
    if not _DIGITS_OF_A_DATE.search(start):
        return False
    lower = folded(start)
    if _THIS_STORY.match(lower):
        return RELEASED.search(lower) is not None
    return not in_story and RELEASED.match(lower) is not None


def _from_lines(found: Survey, places: Places) -> Iterator[Candidate]:
    """Yield the lines with dates, those around the headline first, since there is a bound."""
    blocks, head = found.blocks, places.head
    below_pictures = {medium.index: medium.container for medium in found.media}
    near = blocks[head.start : head.stop]
    left = _MOST_LINES
    relative = _MOST_RELATIVE
    for block in (*near, *blocks[head.stop :], *blocks[: head.start][::-1]):
        text = block.text
        if len(text) > _LONGEST_LINE or (text.isascii() and not _ASCII_DIGIT.search(text)):
            continue  # as most are
        if not _DIGITS_OF_A_DATE.search(text):
            if relative and block.index in head and _may_be_relative(text):
                relative -= 1
                yield Candidate(
                    field="date", value=text, source="dom:line", score=0.3, evidence=("relative",)
                )
            continue
        if "://" in text:
            continue
        if not left:
            return
        left -= 1
        evidence = places.evidence(block.index, block.container)
        is_caption = _is_caption(block, below_pictures.get(block.index))
        evidence += tuple(_form(block, evidence, is_caption=is_caption))
        if any(name.startswith("bare ") for name in evidence):
            text = f"{_label_before(block, blocks)}{text}"
        yield from _dates_in_line(text, evidence)


def _label_before(block: TextBlock, blocks: Sequence[TextBlock]) -> str:
    """Return what the line before one says of its date: "Joined" in `<dt>Joined</dt><dd>…`."""
    before = blocks[block.index - 1].text if block.index else ""
    if len(before) > _LONGEST_LABEL or any(map(str.isdigit, before)):
        return ""
    lower = folded(before)
    return f"{before} " if any(label.match(lower) for label in _LABELS) else ""


def _may_be_relative(text: str) -> bool:
    return len(text) <= _LONGEST_RELATIVE and any(map(str.isdigit, text))


def _is_caption(block: TextBlock, picture: Container | None) -> bool:
    """Tell whether words stand below a picture, and more of them than a name and a date."""
    return (
        picture is not None
        and sum(map(str.isalpha, block.text)) > _LETTERS_OF_A_LINE
        and picture in block.container.ancestors(_LEVELS_TO_PICTURE)
    )


def _form(block: TextBlock, evidence: tuple[str, ...], *, is_caption: bool) -> Iterator[str]:
    """Yield what a line looks like, by itself and for its place."""
    length = len(block.text)
    letters = sum(map(str.isalpha, block.text))
    size = "bare" if letters <= 14 else "line" if letters <= _LETTERS_OF_A_LINE else "long"
    place = evidence[0].removeprefix("place:")
    yield f"{size} {place}"
    if block.kind != "paragraph":
        yield f"{block.kind} {place}"
    if 2 * block.link_length > length:
        yield f"linked {place}"
    if block.prose:
        yield f"prose {place}"
    if is_caption:
        yield f"caption {place}"
    if block.text.startswith(("©", "(c)", "Copyright")):
        yield "copyright"
    foreign = any(name.startswith("in ") or name == "apart" for name in evidence)
    if foreign:
        yield f"foreign {place}"
    elif place == "head" and block.kind != "heading" and not (block.prose or is_caption):
        yield "near"


def _dates_in_line(text: str, evidence: tuple[str, ...]) -> Iterator[Candidate]:
    """Yield the dates of a line such as "Published: 3 May 2024 | Updated: 4 May 2024"."""
    lower = folded(text)
    if _JOINED.match(lower):
        return
    if _CALLED_DATE.match(lower):
        evidence += ("labelled date",)
    changes = [(match.start(), False) for match in CHANGED.finditer(lower)]
    releases = [(match.start(), True) for match in RELEASED.finditer(lower)]
    marks = sorted(changes + releases)
    if not marks:
        yield Candidate(field="date", value=text, source="dom:line", score=0.5, evidence=evidence)
        return
    if marks[0][0] and _DIGITS_OF_A_DATE.search(text[: marks[0][0]]):
        yield Candidate(
            field="date", value=text[: marks[0][0]], source="dom:line", score=0.5, evidence=evidence
        )
    ends = [start for start, _ in marks[1:]] + [len(text)]
    for (start, is_release), end in zip(marks, ends, strict=True):
        if _DIGITS_OF_A_DATE.search(part := text[start:end]):
            yield Candidate(
                field="date" if is_release else "date_modified",
                value=part,
                source="dom:line",
                score=0.65,
                evidence=(*evidence, "said to be published") if is_release else evidence,
            )


def folded(text: str) -> str:
    """Return the text in lower case, every character where it was."""
    lower = text.lower()
    # The dotted capital I of Turkish becomes two characters.
    return lower if len(lower) == len(text) else text.replace("İ", "I").lower()
