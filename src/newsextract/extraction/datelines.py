"""Datelines, and the agencies that a story is credited to: "LONDON (Reuters) - …", "(dpa)".

A dateline is taken only where its form leaves no doubt: capitals before a dash, an agency in
brackets behind a place, an equals sign in Japanese or Korean brackets. Agencies come from it, from
lines of credit around the story, and from what the page states of its authors.
"""

import itertools
import re
from collections.abc import Callable, Iterator, Sequence

from newsextract.extraction.agencies import IN_DATELINES, agencies_in, agency_in
from newsextract.extraction.blocks import TextBlock
from newsextract.extraction.jsonld import JsonObject, names_in
from newsextract.extraction.patterns import when_needed
from newsextract.extraction.survey import Survey
from newsextract.records import Candidate

__all__ = ["credit_candidates", "dateline_of", "is_line_of_date"]

_READ, _LONGEST = 160, 80
_FIRST_BLOCKS = 2

_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŤŪŮŰŲŹŻŽΑ-ΩА-ЯЁЄІЇҐ]"
_PLACE = rf"{_CAPITAL}[\w.'’]*(?:[ /-](?:{_CAPITAL}[\w.'’]*|de|del|la|le|sur|am|an|der|do|da|upon)){{0,4}}"
_CAPS_PLACE = rf"{_CAPITAL}{{2,}}[.'’]?(?:[ ’'-]{{1,2}}{_CAPITAL}+\.?){{0,3}}"
# ", 3. Mai", ", May 5", ", 5 мая", ", 05 MAG", ". 5 мая."
_DAY = r"[,.]?\s(?:\d{1,2}\.?(?:º|er)?\s(?:de\s)?[^\W\d_]{3,10}\.?|[^\W\d_]{3,10}\.?\s\d{1,2})(?:,?\s\d{4})?\.?"
_REGION = rf",\s{_CAPITAL}[\w.]*(?:\s{_CAPITAL}[\w.]*)?"
_BRACKET = r"\s?[(/\[](?P<credit>[^()/\[\]]{2,40}(?:/[^()/\[\]]{2,30}){0,3})[)/\]]"
_DASH = r"\s?(?:\.?\s?[-–—―]{1,3}|:|=|\.)(?=\s|[^\W\d_]|[“\"«„])"
# Each says by itself what a dateline is; `credit` is where an agency may stand. For all of them
# compiling takes as long as two pages.
_with_credit = when_needed(
    rf"(?P<line>{_CAPS_PLACE}(?:{_REGION})?(?:{_DAY})?{_BRACKET})(?:{_DASH})?\s*"
)
_caps_with_bracket = when_needed(
    rf"(?P<line>{_CAPS_PLACE}(?:{_REGION})?(?:{_DAY})?\s\((?P<credit>[^()\s]{{2,20}}(?:\s[^()\s]{{2,15}})?)\))\s?[-–—―]{{1,2}}\s"
)
_plain_with_credit = when_needed(
    rf"(?P<line>{_PLACE}(?:{_REGION})?(?:{_DAY})?{_BRACKET}){_DASH}\s*"
)
_credit_first = when_needed(
    rf"(?P<line>\((?P<credit>[^()]{{2,40}})\)\s?[-–—]\s?{_CAPS_PLACE}(?:{_DAY})?)\s?[-–—.]\s*"
)
_with_day = when_needed(
    rf"(?P<line>{_PLACE}(?:{_REGION})?{_DAY})(?:\s?[-–—/]\s?|\s)(?P<credit>[^-–—/.\n]{{2,30}}(?:\.RU)?)\s?[-–—./]+\s"
)
_day_alone = when_needed(
    rf"(?P<line>(?P<credit>){_CAPS_PLACE}(?:{_REGION})?{_DAY})\s?[-–—]{{1,2}}\s"
)
_capitals = when_needed(
    rf"(?P<line>(?P<credit>){_CAPS_PLACE}(?:{_REGION})?)(?:\s[-–—―]{{1,2}}\s|—\s?|:\s)"
)
# A place in any script, with its agency in brackets: "नई दिल्ली, 5 मई (भाषा)", "لندن (رويترز) -".
_any_script = when_needed(
    r"(?P<line>[^().:!?。！？।\[\]A-Za-z]{2,40}\s?[(（](?P<credit>[^()（）]{2,40})[)）])(?:\s?[-–—:=.]{1,2})?\s*"
)
_cjk_brackets = when_needed(r"[【［\[（(](?P<line>(?P<credit>[^】］\]）)]{2,40}))[】］\]）)]\s*")
_chinese = when_needed(
    r"[（(【]?据?(?P<line>(?P<credit>[\u4e00-\u9fff]{2,6}?(?:社|网|網|通讯社))(?:記者|记者)?[\u4e00-\u9fff·、]{2,16}?"
    r"(?:\d{1,2}月)?(?:\d{1,2}日)?(?:综合|綜合)?[电電讯訊])(?:[（(][^）)]{0,40}[）)])?[）)】]?"
)
# How a text begins that may have one of these forms.
_IN_CAPITALS = re.compile(rf"{_CAPITAL}{{2}}")
_CAPITAL_AND_BRACKET = re.compile(rf"{_CAPITAL}[^(/\[]{{,{_LONGEST}}}[(/\[]")
_CAPITAL_AND_DAY = re.compile(rf"{_CAPITAL}\D{{,{_LONGEST}}}\d")
_OPEN_BRACKET = re.compile(r"[【［\[（(]")
_NO_LATIN = re.compile(r"[^().:!?。！？।\[\]A-Za-z]{2}")
_REPORTED = re.compile("[^电電讯訊]*[电電讯訊]")
# In order, with the beginning of each and whether it is sure without an agency that is known.
_FORMS = (
    (_IN_CAPITALS, _with_credit, False),
    (_IN_CAPITALS, _caps_with_bracket, True),
    (_CAPITAL_AND_BRACKET, _plain_with_credit, False),
    (_OPEN_BRACKET, _credit_first, False),
    (_CAPITAL_AND_DAY, _with_day, False),
    (_IN_CAPITALS, _day_alone, True),
    (_IN_CAPITALS, _capitals, True),
    (_REPORTED, _chinese, False),
    (_OPEN_BRACKET, _cjk_brackets, True),
    (_NO_LATIN, _any_script, False),
)
_GLUED_AGENCY = re.compile(r"(?P<place>.{2,12})(?P<agency>時事|共同|ロイター|AFP|AP|EPA)$")
_SPEAKS = re.compile(rf"{_CAPITAL}{{2,}}[^:.!?]{{0,30}}:")
# Words in capitals before a dash that are no places: labels of news sites.
_NO_PLACES = frozenset(
    "UPDATE UPDATED EXCLUSIVE BREAKING WATCH VIDEO VIDEOS PHOTOS OPINION ANALYSIS REVIEW LIVE NEWS EXCLUSIVO "
    "EXCLUSIVA EXKLUSIV URGENTE URGENT DIRECT VÍDEO OPINIÓN ANÁLISIS EDITORIAL INTERVIEW ENTREVISTA KOMMENTAR "
    "EILMELDUNG ACTUALIZACIÓN ATUALIZAÇÃO NOTE CORRECTION WARNING SPOILER ADVERTISEMENT SPONSORED QUESTION ANSWER "
    "FRAGE ANTWORT GALLERY LISTEN PODCAST RELATED READ MORE SUMMARY TIPP HINWEIS INFO FAKTEN SERVICE".split()
)
# Of names of two words these come first.
_OPEN_NAMES = frozenset(
    "NEW SAN SANTA SAINT ST. PORT FORT EL LA LOS LAS HONG ABU ADDIS KUALA SRI TEL".split()
)
_SHORTEST_CAPS = 5
_PARTS = re.compile(r"[()\[\]（）\s/=＝]+")
_DIGIT, _YEAR = re.compile(r"\d"), re.compile(r"\d{4}")

_DATE = (
    r"\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}|"
    r"\d{1,2}(?:\.|st|nd|rd|th|er|º|ª)?,?\s+(?:(?:de|di|of)\s+|d[’'])?[^\W\d_]{3,12}\.?,?\s+(?:de\s+|del\s+)?\d{4}|"
    r"[^\W\d_]{3,12}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|"
    r"\d{4}\s?[年년]\s?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]|\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]"
)
_CLOCK = r"\d{1,2}\s?(?:[:.h]|時|时|點|点|시)\s?\d{2}(?:[:.]\d{2})?\s?(?:분|分|uhr|[ap]\.?m\.?)?"
_ANY_DATE, _ANY_CLOCK = re.compile(_DATE), re.compile(_CLOCK, re.IGNORECASE)
_LONGEST_DATE_LINE, _MOST_BESIDE, _MOST_BESIDE_CLOCK = 160, 30, 45
_SENTENCE = re.compile(r"[.!?。！？।؟]$")

_NEAR_START, _BELOW_STORY, _LONGEST_CREDIT, _MOST_OTHER_WORDS = 8, 8, 120, 6
_BRACKET_AT_END = re.compile(r"[(（\[]([^()（）\[\]]{2,60})[)）\]]\s*\.?$")
_WORDS = re.compile(r"\w+")
_OPENS_CREDIT = re.compile(
    r"[\W_]*(?:©|\(c\)|copyright|quellen?\b|sources?\b|fuentes?\b|fontes?\b|fonte\b|with (?:inputs?|agency)|mit material|"
    r"mit informationen|con información|com informações|avec\b|источник|kaynak|المصدر|منبع|स्रोत|来源|來源|出典|출처|sumber|nguồn)",
    re.IGNORECASE,
)
# "Ann Lee/AFP" and "AFP / Ann Lee" are credits of pictures; "al/dpa" is one of a text.
_photographer = when_needed(
    rf"{_CAPITAL}[^\W\d_.]+\s{_CAPITAL}[^/]{{1,30}}/|[^/]{{2,20}}/\s?{_CAPITAL}[^\W\d_.]+\s{_CAPITAL}[^\W\d_]+"
)
_ELSEWHERE = frozenset(
    "caption related comments navigation footer tags share subscribe advertisement sidebar".split()
)
_META_SOURCES = frozenset(
    "source news_source dc.source dcterms.source news_agency agency copyright dcterms.rightsholder "
    "syndication-source cxenseparse:source".split()
)
# Lines that only may be bylines: captions and tags are among them.
_LOOSE_SOURCES = ("dom:bare", "dom:last", "dom:end")
_ORGANIZATION_KEYS = (("author", 0.8), ("creator", 0.7), ("sourceOrganization", 0.9))
_MOST_NAMES = 20
# So far up the tree is looked for what an element is called.
_LEVELS_UP = 60


def dateline_of(text: str) -> tuple[str, tuple[str, ...]] | None:
    """Return the dateline that opens a paragraph, without its dash, and the agencies in it.

    The dateline is empty where an agency is all that it tells, as in "(AFP) – …".
    """
    opening = text[:_READ].lstrip("-–—•* ")
    for beginning, form, is_sure in _FORMS:
        match = form().match(opening) if beginning.match(opening) else None
        if match is None or len(match["line"]) > _LONGEST:
            continue
        line, credit = match["line"].strip(), match["credit"].strip()
        agencies = agencies_in(credit) or _other_agency(credit)
        if agencies or (is_sure and _is_sure(form, match, line)):
            is_place = form is _chinese or _names_place(line, agencies)
            return line if is_place else "", agencies
    return None


def _is_sure(form: Callable[[], re.Pattern[str]], match: re.Match[str], line: str) -> bool:
    if form is _cjk_brackets:
        return "=" in line or "＝" in line
    words = line.replace(",", " ").split()
    if not _NO_PLACES.isdisjoint(word.strip(".:") for word in words):
        return False
    if len(line.partition(" (")[0]) < _SHORTEST_CAPS:
        return False
    if form is not _capitals:
        return True
    # "NEW DELHI: …" is a place, "ANN LEE: …" a speaker.
    is_colon = match[0].rstrip().endswith(":")
    return not is_colon or len(words) == 1 or words[0] in _OPEN_NAMES


def _names_place(line: str, agencies: tuple[str, ...]) -> bool:
    """Tell whether a line has more than its agencies and the date."""
    rest = _ANY_DATE.sub("", line)
    return not agencies or any(
        part and agency_in(part) is None and any(map(str.isalpha, part))
        for part in map(str.strip, _PARTS.split(rest))
    )


def _other_agency(credit: str) -> tuple[str, ...]:
    """Return what is an agency in a dateline alone: (AA), or the end of 【ロンドン時事】."""
    if credit in IN_DATELINES:
        return (IN_DATELINES[credit],)
    match = _GLUED_AGENCY.fullmatch(credit)
    return agencies_in(match["agency"]) if match else ()


def credit_candidates(
    found: Survey,
    article: JsonObject,
    headline: TextBlock | None,
    body: Sequence[TextBlock],
    others: Sequence[Candidate],
) -> Iterator[Candidate]:
    """Yield the dateline and the agencies that the page credits.

    `article` is what its JSON-LD has of the article. `others` are the candidates found before:
    those for authors may name an agency.
    """
    yield from _stated_datelines(article)
    yield from _shown_datelines(body)
    named = [
        (c.value, c.source, c.score)
        for c in others
        if c.field == "authors" and not c.source.startswith(_LOOSE_SOURCES)
    ][:_MOST_NAMES]
    for key, score in _ORGANIZATION_KEYS:
        stated = itertools.islice(names_in(article.get(key)), _MOST_NAMES)
        named += [(name, f"jsonld:{key}", score) for name in stated]
    for name, content in found.metas:
        if name in _META_SOURCES:
            named.append((content, f"meta:{name}", 0.7))
    if body:
        named += _credits(found.blocks, headline, body)
    read: set[str] = set()
    for text, source, score in sorted(named, key=lambda each: -each[2]):
        # A page names its author many times over.
        if len(text) <= _LONGEST_CREDIT and text not in read:
            read.add(text)
            if source == "dom:byline" and _photographer().match(text):
                continue
            for agency in agencies_in(text):
                yield Candidate(field="agencies", value=agency, source=source, score=score)


def _stated_datelines(article: JsonObject) -> Iterator[Candidate]:
    for key, score in (("dateline", 0.6), ("locationCreated", 0.5)):
        value = article.get(key)
        if isinstance(value, dict):
            value = value.get("name")
        # Some sites take this for the name of a date.
        if isinstance(value, str) and value.strip() and not _YEAR.search(value):
            source = f"jsonld:{key}"
            yield Candidate(field="dateline", value=value[:_LONGEST], source=source, score=score)


def _shown_datelines(body: Sequence[TextBlock]) -> Iterator[Candidate]:
    for block in [each for each in body if each.prose][:_FIRST_BLOCKS]:
        told = dateline_of(block.text)
        # In an interview names in capitals open more than one paragraph.
        if told is None or sum(_SPEAKS.match(other.text) is not None for other in body) > 1:
            continue
        line, agencies = told
        source = f"dom:{block.container.tag}"
        if line:
            yield Candidate(field="dateline", value=line, source=source, score=0.7)
        for agency in agencies:
            yield Candidate(field="agencies", value=agency, source="dom:dateline", score=0.9)
        return


def _credits(
    blocks: Sequence[TextBlock], headline: TextBlock | None, body: Sequence[TextBlock]
) -> Iterator[tuple[str, str, float]]:
    """Yield the lines of credit between headline and story and below it, and brackets at its end."""
    first, last = body[0].index, body[-1].index
    top = headline.index + 1 if headline is not None and headline.index < first else first
    kept = {block.index for block in body}
    lines = [
        *blocks[top:first][:_NEAR_START],
        *blocks[max(first, last - 2) : last + 1 + _BELOW_STORY],
    ]
    for block in lines:
        text = block.text
        if block.index in kept and (bracket := _BRACKET_AT_END.search(text[-_READ:])):
            yield bracket[1], "dom:credit", 0.75
        if block.kind != "heading" and not block.container.hidden and _is_credit(text, block):
            yield text[:_LONGEST_CREDIT], "dom:credit", 0.7


def _is_credit(text: str, block: TextBlock) -> bool:
    if len(text) > _LONGEST_CREDIT and not _OPENS_CREDIT.match(text):
        return False
    if block.label == "caption" or (agency := agency_in(text[:_LONGEST_CREDIT])) is None:
        return False
    if any(above.reason in _ELSEWHERE for above in block.container.ancestors(_LEVELS_UP)):
        return False
    if _OPENS_CREDIT.match(text):
        return True
    if _photographer().match(text):
        return False
    words = len(_WORDS.findall(text))
    return words <= _MOST_OTHER_WORDS and not (
        block.link_length and words > len(agency.split()) + 2
    )


def is_line_of_date(text: str) -> bool:
    """Tell whether a line says when, where and by whom a story was published, and nothing else."""
    if len(text) > _LONGEST_DATE_LINE or not _DIGIT.search(text):
        return False
    match = _ANY_DATE.search(text)
    if match is None:
        return False
    without_dates = _ANY_DATE.sub(" ", text)
    rest = _ANY_CLOCK.sub(" ", without_dates)
    letters = sum(map(str.isalpha, rest))
    if letters <= (_MOST_BESIDE if rest == without_dates else _MOST_BESIDE_CLOCK):
        return True
    return match.start() == 0 and _SENTENCE.search(text) is None
