"""Names that a page shows as those of its writers, or marks where it shows them."""

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import itemgetter

from newsextract.extraction.digits import has_digit
from newsextract.extraction.dom import Node
from newsextract.extraction.names import AUTHOR_PAGE
from newsextract.extraction.patterns import when_needed
from newsextract.extraction.places import Places
from newsextract.extraction.reporters import reporter_lines, reporters
from newsextract.extraction.survey import Container, Marked, Survey, TextBlock
from newsextract.extraction.text import clean_line, ends_sentence, has_other_script, lowered
from newsextract.records import Candidate

__all__ = ["BARE_LINE", "NAMELESS", "bylines"]

_LONGEST_LINE, _LONGEST_BARE, _LONGEST_LAST, _LONGEST_BYLINE = 160, 90, 60, 200
_MOST_MARKED, _MOST_LINES, _MOST_BOX_LINES = 60, 30, 3
_MOST_WORDS = 9
_LONGEST_LABEL = 12
# What announces a name stands behind two words at most.
_LONGEST_OPENING = 60
_LEADING_MARKS = "-–—•*([ "
_MOST_LINKED = 20
_BYLINE_PLACES = frozenset(("place:over", "place:head", "place:opening", "place:end", "place:page"))
_LINES_BELOW = 12
# What a line is called that names somebody else, or nobody.
_NO_NAMES = frozenset(("caption", "note"))
# Names alone on a line in these are entries of menus, labels of buttons, readers who comment,
# columnists of the site.
_NO_BYLINES = frozenset(
    f"in {reason}"
    for reason in (
        "advertisement", "comments", "consent", "dialog", "form", "navigation", "share", "sidebar",
        "subscribe", "tags", "tools",
    )
)  # fmt: skip
# Fewer letters are part of a name by chance.
_LEAST_LETTERS = 5
_ANNOUNCED_LINE, BARE_LINE = "dom:line", "dom:bare line"
# Evidence that the page has no names of elements that say anything. Of 1,438 real pages one in
# twenty has so few.
NAMELESS, _FEW_NAMED = "nameless page", 2
_SOURCES = {
    "itemprop:author": ("microdata:author", 0.7),
    "itemprop:creator": ("microdata:creator", 0.6),
    "property:author": ("rdfa:author", 0.7),
    "property:dc:creator": ("rdfa:dc:creator", 0.6),
    "property:schema:author": ("rdfa:author", 0.7),
    "rel:author": ("dom:a[rel=author]", 0.7),
    "author page": ("dom:author page", 0.6),
    "profile page": ("dom:profile page", 0.4),
}
_CLASS_WORD = re.compile(
    r"name|byline|bio|box|link|avatar|image|img|photo|title|role|job|position|info|meta|date|time|"
    r"desc|text|card|list|social|twitter|mail|follow|comment|url|wrap|container|header|footer|vcard|prefix|label|"
    r"source|signature|icon|more|posts|related"
)
# Words that announce who wrote, in the languages most of the world's news is in.
_ANNOUNCED = re.compile(
    r"(?:(?:[a-z]+ ){0,2}by(?=[a-z\s:])|von\b|vom\b|par\b|por\b|di\b|da\b|de\b|door\b|av\b|af\b|przez\b|a cura di|"
    r"autor|auteur|author|authors|writer|reporter|editor|text[oe]?\b|teksti?|words\b|story\b|escrit|redac|redak|"
    r"автор|текст|yazan|haber|muhabir|yazar|بقلم|كتب|نویسنده|מאת|द्वारा|लेखक|文|作者|记者|記者|撰文|執筆|著者|取材|โดย|ผู้เขียน|"
    r"oleh|penulis|reporter|bởi|tác giả|szerző|írta|kirjoittaja|forfatter|skribent|journalist|συντάκτησ|γράφ|του |τησ )"
)
_ANNOUNCED_LATER = re.compile(
    r"(?:^|\s)(?:by|von|par|por|di|av|af|door|przez|oleh|автор:?|autor:?)\s+(?=[^\W\d_])",
    re.IGNORECASE,
)
_ANNOUNCING = frozenset("by von par por di av af door przez oleh автор автор: autor autor:".split())
# One of these is in every address that may be a writer's; to look for all of them takes a fourth of
# the time that the pattern does.
_OF_WRITERS = (
    "/by", "/bio", "author", "autor", "auteur", "rnalist", "report", "column", "contributor",
    "writer", "redact", "redakt", "firma", "penulis", "yazar", "correspondent", "periodista",
    "profil", "people", "person", "staff", "user", "member", "team", "menschen", "expert", "blogger",
)  # fmt: skip
# Lines of tags, which are names of people often enough.
_topics = when_needed(
    r"(?:tags?|keywords?|topics?|schlagw(?:ö|oe)rter|stichw(?:ö|oe)rter|themen|etiquetas|temas|palabras clave|"
    r"palavras[- ]chave|mots[- ]cl[ée]s?|étiquettes|parole chiave|argomenti|trefwoorden|onderwerpen|nyckelord|ämnen|"
    r"emneord|stikord|avainsanat|asiasanat|tagi|słowa kluczowe|štítky|klíčová slova|címkék|kulcsszavak|etichete|cuvinte cheie|"
    r"теги|ключевые слова|темы|ключові слова|etiketler|anahtar kelimeler|ετικέτες|λέξεις[- ]κλειδιά|وسوم|الوسوم|"
    r"(?:ال)?كلمات (?:ال)?مفتاحية|کلمات کلیدی|کلیدواژه\S*|برچسب\S*|תגיות|תגים|टैग्?स?|ট্যাগ|แท็ก|คำค้น|từ khóa|kata kunci|"
    r"關鍵字|關鍵詞|关键词|关键字|標籤|标签|キーワード|タグ|태그|키워드)\s*[:：]"
)
_BORDER = re.compile(r"\s[-–—|•·/]\s|\|")
_OPENING = re.compile(
    r"[-–—(\s]*(?:By|BY|Von|Por|POR|Par|PAR|Di|Da)\s+(?P<names>(?:[^\W\d_a-z][\w.'’-]{1,20}\s?){2,4}?)\s*(?:[:—–(|]|\s-\s|$)"
)
_CHINESE_AT_END = re.compile(r"[（(\[【](?P<names>[^（(\[【）)\]】]{2,30})[）)\]】]$")
_chinese_byline = when_needed(
    r"(?:作者|记者|記者|撰文|責任編輯|责任编辑|来源|文)\s*[:：／/●・]?\s*[\u4e00-\u9fff·\u30a0-\u30ff]{2,4}"
)
_uncased = when_needed("[\u0590-\u08ff\u0900-\u1fff\u3040-\u9fff\uac00-\ud7af]")


def bylines(
    found: Survey,
    places: Places,
    body: list[TextBlock],
    stated: Sequence[str],
) -> Iterator[Candidate]:
    """Yield a candidate for each element and each line that may name a writer.

    A value has the pieces of an element, a line each. `stated` are the letters of the writers'
    names that the page states.
    """
    yield from _marked(found, places)
    by_place = _by_place(found, places, body, stated)
    if body and _is_nameless(found):
        by_place = (replace(own, evidence=(*own.evidence, NAMELESS)) for own in by_place)
    yield from by_place


def _is_nameless(found: Survey) -> bool:
    return found.named <= _FEW_NAMED and not any(
        marked.mark.startswith("byline") for marked in found.marked
    )


def _by_place(
    found: Survey, places: Places, body: list[TextBlock], stated: Sequence[str]
) -> Iterator[Candidate]:
    """Yield what nothing but its place, its look or its address says to be a writer."""
    yield from _linked(found, places)
    lines = _Lines(found, places, stated)
    yield from lines.around_headline()
    if body:
        yield from _in_story(body)
        yield from reporters(found.blocks, body)
        yield from lines.last_of_story(body[-1])
        yield from lines.below_story(body[-1])
        yield from reporter_lines(found.blocks[places.head.start :])


def _marked(found: Survey, places: Places) -> Iterator[Candidate]:
    left = _MOST_MARKED
    for marked in found.marked:
        kind, _, classes = marked.mark.partition(":")
        of_class = kind.startswith("byline")
        if of_class:
            source, score = f"dom:{kind}", 0.55
        elif marked.mark in _SOURCES:
            source, score = _SOURCES[marked.mark]
        else:
            continue
        if not left:
            return
        left -= 1
        evidence = places.standing(marked.index, marked.container)
        if of_class:
            words = sorted(set(_CLASS_WORD.findall(classes[:200].lower())))
            evidence += tuple(f"called {word}" for word in words)
        if len(marked.text) > _LONGEST_BYLINE:
            yield from _box(found.blocks, marked, source, evidence)
            continue
        value = marked.value or marked.text
        yield Candidate(field="authors", value=value, source=source, score=score, evidence=evidence)


def _linked(found: Survey, places: Places) -> Iterator[Candidate]:
    """Yield the texts of links to what looks like an author's page, where bylines stand."""
    near = _near_anchors(found, places)
    # Most pages have few of these in all their addresses.
    addresses = lowered("\n".join([href for _, href, _, _ in near]))
    of_writers = [part for part in _OF_WRITERS if part in addresses]
    left = _MOST_LINKED
    for node, href, index, container in near:
        address = lowered(href)
        if not any(map(address.__contains__, of_writers)):
            continue
        if (page := AUTHOR_PAGE.search(address)) is None:
            continue
        text = clean_line(node.text(deep=True, separator=" ")[: 2 * _LONGEST_BYLINE])
        if not text or len(text) > _LONGEST_BARE:
            continue
        source, score = _SOURCES[f"{page.lastgroup or 'author'} page"]
        evidence = places.standing(index, container)
        yield Candidate(field="authors", value=text, source=source, score=score, evidence=evidence)
        left -= 1
        if not left:
            return


def _near_anchors(found: Survey, places: Places) -> list[tuple[Node, str, int, Container]]:
    near = []
    at, is_near = -1, False
    for anchor in found.anchors:
        # Of the links of a block each stands where the others do.
        if anchor[2] != at:
            at = anchor[2]
            is_near = places.of(at) in _BYLINE_PLACES
        if is_near:
            near.append(anchor)
    return near


def _box(
    blocks: list[TextBlock], marked: Marked, source: str, evidence: tuple[str, ...]
) -> Iterator[Candidate]:
    """Yield the first short lines of an element that says more of a writer than the name."""
    container = marked.container
    for block in blocks[container.first : min(container.last, container.first + _MOST_BOX_LINES)]:
        if len(block.text) <= _LONGEST_BARE and not ends_sentence(block.text):
            yield Candidate(
                field="authors",
                value=block.text,
                source=f"{source} box",
                score=0.4,
                evidence=(*evidence, block.kind),
            )


def _source_of(block: TextBlock) -> str | None:
    """Return what kind of byline a line may be, if any."""
    text = block.text.lstrip(_LEADING_MARKS)
    is_prose = block.prose > 0
    if _is_announced(text, is_prose=is_prose):
        return _ANNOUNCED_LINE
    # Who took the picture is not who wrote, nor does "With inputs from …" name anybody.
    is_bare = _looks_like_names(text, is_prose=is_prose) and block.label not in _NO_NAMES
    return BARE_LINE if is_bare else None


def _is_announced(text: str, *, is_prose: bool) -> bool:
    if _ANNOUNCED.match(lowered(text[:_LONGEST_OPENING])):
        return True
    if has_other_script(text) and _chinese_byline().search(text):
        return True
    return (
        not is_prose
        and len(text) <= _LONGEST_BARE
        and has_digit(text)
        and not _ANNOUNCING.isdisjoint(text.lower().split())
        and _ANNOUNCED_LATER.search(text) is not None
    )


def _looks_like_names(text: str, *, is_prose: bool) -> bool:
    if not text or len(text) > _LONGEST_BARE or is_prose or text[-1] in "?!:…":
        return False
    if (":" in text or "：" in text) and _topics().match(lowered(text)):
        return False
    if has_other_script(text) and _uncased().search(text):
        return len(text) <= 40
    words = text.split()
    if len(words) > _MOST_WORDS:
        return False
    if not words[0][0].isalpha():
        # "3.5.2024 | Ann Lee"
        return words[0][0].isdigit() and _BORDER.search(text) is not None
    return 2 * sum([word[0].isupper() for word in words]) >= len(words)


def _form(block: TextBlock) -> list[str]:
    """Return what a line looks like."""
    length = len(block.text)
    form: list[str] = [block.kind]
    if 2 * block.link_length > length:
        form.append("linked")
    if 2 * block.strong_length > length:
        form.append("strong")
    if block.prose:
        form.append("prose")
    if _is_called_byline(block):
        form.append("called byline")
    return form


def _is_called_byline(block: TextBlock) -> bool:
    return "byline" in [around.reason for around in block.container.ancestors(2)]


class _Lines:
    """The lines of a page as bylines; what is around each is looked at once."""

    def __init__(self, found: Survey, places: Places, stated: Sequence[str]) -> None:
        self._blocks = found.blocks
        self._anchors = found.anchors
        self._places = places
        self._stated = stated
        self._neighbours: dict[int, list[str]] = {}

    def around_headline(self) -> Iterator[Candidate]:
        """Yield the lines around the headline that announce a name or look like one."""
        head = self._places.head
        found = (
            candidate
            for block in self._blocks[head.start : head.stop]
            if len(block.text) <= _LONGEST_LINE and not block.container.hidden
            for candidate in self._bylines(block, announced=0.5, bare=0.2)
        )
        return itertools.islice(found, _MOST_LINES)

    def last_of_story(self, last: TextBlock) -> Iterator[Candidate]:
        """Yield the last line of a story where it looks like the names below a text."""
        names = last.text.lstrip(_LEADING_MARKS)
        if (
            len(last.text) <= _LONGEST_LAST
            and _looks_like_names(names, is_prose=last.prose > 0)
            and not ends_sentence(last.text)
        ):
            evidence = (*_form(last), *self._beside(last))
            yield Candidate(
                field="authors",
                value=last.text,
                source="dom:last line",
                score=0.3,
                evidence=evidence,
            )

    def below_story(self, last: TextBlock) -> Iterator[Candidate]:
        """Yield the lines below a story that may name its writer."""
        blocks, head = self._blocks, self._places.head
        for block in blocks[last.index + 1 : last.index + 1 + _LINES_BELOW]:
            is_apart = block.container.hidden or block.index in head
            if len(block.text) <= _LONGEST_BARE and not is_apart:
                right_below = ("right below",) if block.index == last.index + 1 else ()
                yield from self._bylines(block, *right_below, announced=0.3, bare=0.3)

    def _bylines(
        self, block: TextBlock, *also: str, announced: float, bare: float
    ) -> Iterator[Candidate]:
        """Yield a line if it may be a byline, with these scores."""
        source = _source_of(block)
        if source is None:
            return
        standing = self._places.standing(block.index, block.container)
        if source == BARE_LINE and self._is_of_others(block, standing):
            return
        row = self._row_of_links(block) if source == BARE_LINE else []
        if row and not all(" " in text for text in row):
            # Labels of a menu, or of what else is on the site.
            return
        evidence = (*standing, *also, *_form(block), *self._beside(block))
        score = announced if source == _ANNOUNCED_LINE else bare
        value = "\n".join(row or [block.text])
        yield Candidate(field="authors", value=value, source=source, score=score, evidence=evidence)

    def _row_of_links(self, block: TextBlock) -> list[str]:
        """Return the texts of the links of a line that nothing but spaces parts, if any."""
        if block.link_length < len(block.text) - _MOST_LINKED:
            return []
        first = bisect_left(self._anchors, block.index, key=itemgetter(2))
        row = itertools.takewhile(
            lambda anchor: anchor[2] == block.index, self._anchors[first : first + _MOST_LINKED]
        )
        texts = [clean_line(node.text(deep=True)) for node, *_ in row]
        return texts if len(texts) > 1 and " ".join(texts) == block.text else []

    def _is_of_others(self, block: TextBlock, standing: Sequence[str]) -> bool:
        """Tell whether a line that nothing announces has the names of others, or no names.

        Where the page states its writers, one that shows none of them does.
        """
        if not _NO_BYLINES.isdisjoint(standing):
            return True
        if not self._stated or self._is_said_to_be_byline(block):
            return False
        letters = block.letters
        is_part = len(letters) >= _LEAST_LETTERS
        return not any(name in letters or (is_part and letters in name) for name in self._stated)

    def _is_said_to_be_byline(self, block: TextBlock) -> bool:
        beside = (*self._look(block.index - 1), *self._look(block.index + 1))
        return "announced" in beside or _is_called_byline(block)

    def _beside(self, block: TextBlock) -> list[str]:
        """Return what stands right above and right below a line."""
        above = [f"{what} above" for what in self._look(block.index - 1)]
        return above + [f"{what} below" for what in self._look(block.index + 1)]

    def _look(self, index: int) -> list[str]:
        seen = self._neighbours.get(index)
        if seen is None:
            is_there = 0 <= index < len(self._blocks)
            seen = _as_neighbour(self._blocks[index]) if is_there else []
            self._neighbours[index] = seen
        return seen


def _as_neighbour(block: TextBlock) -> list[str]:
    length = len(block.text)
    looks = ["digits"] if length < _LONGEST_BARE and has_digit(block.text) else []
    if block.kind == "heading":
        looks.append("heading")
    elif block.prose:
        looks.append("prose")
    if length < _LONGEST_LABEL and _ANNOUNCED.match(lowered(block.text)):
        looks.append("announced")
    return looks


def _in_story(body: list[TextBlock]) -> Iterator[Candidate]:
    """Yield the names that open a story, and in Chinese those in brackets at its end."""
    last = body[-1]
    for block in body[:2]:
        if match := _OPENING.match(block.text[:160]):
            yield Candidate(field="authors", value=match["names"], source="dom:opening", score=0.4)
    if match := _CHINESE_AT_END.search(last.text[-60:]):
        yield Candidate(field="authors", value=match["names"], source="dom:end of story", score=0.3)
