"""What the page shows its readers: headline, bylines, dates near them."""

import re
from collections.abc import Iterator

from newsextract.extraction.blocks import Container, Marked, Survey, TextBlock
from newsextract.records import Candidate, FieldName

__all__ = ["page_candidates"]

_LONGEST_DATE_LINE = 160
_LINES_AFTER_HEADLINE = 12
_LINES_BEFORE_HEADLINE = 8
_LONGEST_BYLINE = 160

_FOREIGN = frozenset(
    ("comments", "related", "sidebar", "navigation", "footer", "consent", "caption")
)
_ITEMPROPS: dict[str, tuple[FieldName, float]] = {
    "headline": ("title", 0.7),
    "datePublished": ("date", 0.85),
    "dateCreated": ("date", 0.6),
    "dateModified": ("date_modified", 0.85),
    "author": ("authors", 0.7),
    "articleSection": ("section", 0.7),
    "keywords": ("tags", 0.6),
    "dc:date": ("date", 0.7),
    "dc:created": ("date", 0.65),
    "schema:datePublished": ("date", 0.8),
    "schema:dateModified": ("date_modified", 0.8),
}
_VOCABULARIES = {"itemprop": "microdata", "property": "rdfa"}
_RELS: dict[str, tuple[FieldName, float]] = {
    "author": ("authors", 0.7),
    "tag": ("tags", 0.6),
    "category": ("section", 0.5),
    "category tag": ("section", 0.55),
}
_DIGITS_OF_A_DATE = re.compile(
    r"(?:19|20|25)\d\d|\d{1,2}[./-]\d{1,2}[./-]\d\d(?!\d)|[०-९۰-۹٠-٩]{4}", re.UNICODE
)
_ASCII_DIGIT = re.compile("[0-9]")
# Words that announce a change, stem by stem, in the languages most of the world's news is in. They
# are looked for in lower-case text: to ignore case takes ten times as long.
_UPDATED = re.compile(
    r"updat|modif|last edit|revised|actuali[sz]|atuali[sz]|aggiornat|aktualis|aktualiz|geändert|stand\b|"
    r"letzte änderung|mis à jour|bijgewerkt|gewijzigd|uppdater|oppdater|opdater|päivitetty|обновл|изменен|"
    r"güncel|تحديث|به‌روز|بروزرسانی|עודכן|अपडेट|更新|改定|수정|업데이트|อัปเดต|cập nhật|diperbarui"
)
_PUBLISHED = re.compile(
    r"publi|posted|created|issued|veröffentlicht|erstellt|erschienen|pubblicat|geplaatst|skapad|опублик|"
    r"yayın|نشر|منتشر|פורסם|प्रकाशित|发布|發布|公開|掲載|입력|등록|เผยแพร่|đăng|terbit|dodano|vydáno"
)
_BYLINE = re.compile(
    r"(?:(?:written |reported |posted |story )?by|von|par|por|di|da|door|av|af|przez|autor(?:a|in|es|s)?|auteur|"
    r"texto|text|escrito por|redazione|автор|текст|yazan|haber|muhabir|بقلم|كتب|نویسنده|מאת|द्वारा|लेखक|文|记者|記者|作者|โดย|oleh|bởi)"
    r"\s*[:：/]?\s+(?P<names>\S.{2,100})",
    re.IGNORECASE,
)
# A Chinese name after its label, in a line that says other things as well.
_CHINESE_BYLINE = re.compile(
    r"(?:作者|记者|記者|撰文|文)\s*[:：]?\s*(?P<names>[\u4e00-\u9fff·]{2,4}?)(?=[\s／/|】）)，,]|报道|報導|報道|$)"
)
_REPORTER_AT_END = re.compile(
    r"(?P<names>[가-힣]{2,4})\s*(?:선임|수습)?\s*(?:기자|특파원)(?:\s+\S+@\S+)?"
)


def page_candidates(
    found: Survey, headline: TextBlock | None, body: list[TextBlock]
) -> list[Candidate]:
    """Return candidates from the visible page, around its headline and body."""
    candidates: list[Candidate] = []
    if headline is not None:
        candidates.append(
            Candidate(
                field="title",
                value=headline.text,
                source=f"dom:{headline.container.tag}",
                score=0.9 if headline.level == 1 else 0.65,
            )
        )
    nearby = _Nearby(headline, body[0].index if body else None)
    for marked in found.marked:
        candidates.extend(_from_marked(marked, nearby))
    candidates.extend(_from_lines(found.blocks, nearby))
    if body and (signature := _signature(found.blocks, body[-1])):
        candidates.append(signature)
    return candidates


def _signature(blocks: list[TextBlock], last: TextBlock) -> Candidate | None:
    """Return the name in bold that stands alone below a story, as in print."""
    below = blocks[last.index + 1 : last.index + 2]
    if not below or below[0].strong_length < len(below[0].text) or below[0].link_length:
        return None
    names = below[0].text.split()
    if 2 <= len(names) <= 3 and all(name.isalpha() and name.istitle() for name in names):
        return Candidate(field="authors", value=below[0].text, source="dom:signature", score=0.3)
    return None


class _Nearby:
    """How near to the headline a place in the page is."""

    def __init__(self, headline: TextBlock | None, first_prose: int | None) -> None:
        self.top = headline.index if headline else 0
        self.start = first_prose if first_prose is not None else self.top

    def weight(self, index: int) -> float:
        """Return 1.0 between headline and story, less further away."""
        low, high = min(self.top, self.start), max(self.top, self.start)
        if low - 1 <= index <= high + 1:
            return 1.0
        if low - _LINES_BEFORE_HEADLINE <= index <= high + _LINES_AFTER_HEADLINE:
            return 0.85
        return 0.4

    def lines(self, blocks: list[TextBlock]) -> Iterator[TextBlock]:
        """Yield the blocks around the headline, up to the story's first paragraphs."""
        low, high = min(self.top, self.start), max(self.top, self.start)
        yield from blocks[max(0, low - _LINES_BEFORE_HEADLINE) : high + _LINES_AFTER_HEADLINE + 1]


def _is_caption(block: TextBlock) -> bool:
    return any(container.reason == "caption" for container in block.container.ancestors(3))


def _is_foreign(marked: Marked) -> bool:
    # The footer of a post may name its author by rel=author, and its tags.
    foreign = _FOREIGN - {"footer"} if marked.mark.startswith("rel:") else _FOREIGN
    container: Container | None = marked.container
    if marked.container.hidden:
        return True
    while container is not None:
        if container.reason in foreign:
            return True
        container = container.parent
    return False


def _from_marked(marked: Marked, nearby: _Nearby) -> Iterator[Candidate]:
    field: FieldName
    kind, _, name = marked.mark.partition(":")
    if (kind in _VOCABULARIES and name not in _ITEMPROPS) or _is_foreign(marked):
        return
    weight = nearby.weight(marked.index)
    value = marked.value or marked.text
    if kind in _VOCABULARIES:
        field, score = _ITEMPROPS[name]
        source = f"{_VOCABULARIES[kind]}:{name}"
        yield Candidate(field=field, value=value, source=source, score=score * weight)
    elif kind == "time":
        field = "date_modified" if _UPDATED.search(_folded(marked.text)) else "date"
        source = "dom:time[datetime]" if marked.value else "dom:time"
        yield Candidate(field=field, value=value, source=source, score=0.75 * weight)
    elif kind == "rel":
        field, score = _RELS[name]
        yield Candidate(
            field=field, value=marked.text, source=f"dom:a[rel={name}]", score=score * weight
        )
    elif 2 < len(marked.text) <= _LONGEST_BYLINE:
        yield Candidate(
            field="authors", value=marked.text, source="dom:byline", score=0.55 * weight
        )
        if marked.value:
            yield Candidate(
                field="authors", value=marked.value, source="dom:byline a", score=0.57 * weight
            )


def _from_lines(blocks: list[TextBlock], nearby: _Nearby) -> Iterator[Candidate]:
    for block in nearby.lines(blocks):
        if block.container.hidden or len(block.text) > _LONGEST_DATE_LINE:
            continue
        weight = nearby.weight(block.index)
        yield from _dates_in_line(block.text, weight)
        match = _BYLINE.match(block.text)
        if match is None and not block.text.isascii():
            match = _CHINESE_BYLINE.search(block.text)
        if match and block.kind != "heading" and not _is_caption(block):
            names = _before(_UPDATED, _before(_PUBLISHED, match["names"]))
            yield Candidate(field="authors", value=names, source="dom:line", score=0.5 * weight)
    for block in blocks[nearby.start :]:
        if block.text >= "가" and (match := _REPORTER_AT_END.fullmatch(block.text)):
            yield Candidate(field="authors", value=match["names"], source="dom:line", score=0.5)


def _dates_in_line(text: str, weight: float) -> Iterator[Candidate]:
    """Yield the dates of a line such as "Published: 3 May 2024 | Updated: 4 May 2024"."""
    if text.isascii() and not _ASCII_DIGIT.search(text):
        return  # as most lines are, and five times as soon
    if not _DIGITS_OF_A_DATE.search(text):
        return
    folded = _folded(text)
    changes = [(match.start(), "date_modified") for match in _UPDATED.finditer(folded)]
    releases = [(match.start(), "date") for match in _PUBLISHED.finditer(folded)]
    marks = sorted(changes + releases)
    if not marks:
        yield Candidate(field="date", value=text, source="dom:line", score=0.5 * weight)
        return
    ends = [start for start, _ in marks[1:]] + [len(text)]
    for (start, field), end in zip(marks, ends, strict=True):
        part = text[start:end]
        if _DIGITS_OF_A_DATE.search(part):
            yield Candidate(
                field="date" if field == "date" else "date_modified",
                value=part,
                source="dom:line",
                score=0.65 * weight,
            )


def _folded(text: str) -> str:
    """Return the text in lower case, every character where it was."""
    folded = text.lower()
    # The dotted capital I of Turkish becomes two characters.
    return folded if len(folded) == len(text) else text.replace("İ", "I").lower()


def _before(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(_folded(text))
    return text[: match.start()] if match else text
