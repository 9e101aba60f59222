"""The names that a page states and shows, each with what speaks for its being a writer's.

Every name is an option by itself, whatever forms it comes in: sources that give it add up, and so
does what the name looks like.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from newsextract.extraction.agencies import agency_in
from newsextract.extraction.text import letters_only, lowered
from newsextract.normalization.names import ROLE, CutName, in_title_case, names_in
from newsextract.records import Candidate

__all__ = ["AuthorOption", "author_options"]

_MOST_OPTIONS, _MOST_VALUES, _LONGEST_STORY = 60, 90, 20_000
_PARTICLES = frozenset(
    "von van de der den del della di da dos das do du la le el al bin ibn ben af av zu zur vom ter ten y e i "
    "bint abu mc mac st san santa d l und".split()
)
# Words of desks, houses and accounts that are no people, in big languages.
_DESK = re.compile(
    r"\b(?:staff|admin(?:istrator)?|editors?|editorial|newsroom|news|desk|team|online|web(?:master)?|service|agency|agencies|"
    r"press|presse|prensa|times|post|media|magazine|daily|guest|contributors?|reporters?|wire|tv|radio|blog|gmbh|inc|llc|ltd|"
    r"university|institute|institut|universität|universidad|foundation|stiftung|verein|verband|verlag|zeitung|nachrichten|"
    r"agentur|agenturen|redakce|redakcja|redakció|redactie|redaktionen|redacci[oó]n|reda[cç][aã]o|redazione|r[eé]daction|"
    r"toimitus|redaksi|редакция|ministerium|polizei|partner|sponsored|group|association|society|council|club|center|centre|"
    r"corporation|company|network|channel|studio|office|department|correspondents?|bureau|communications?|studios?)\b"
    r"|\bredaktion|redaktion\b|(?:編集部|编辑部|新聞|日報|日报|晚报|晚報|通讯社|通訊社|新闻网|電子報|株式会社|有限公司|일보|신문|뉴스|방송|"
    r"هيئة التحرير|تحرير|وكالة|خبرگزاری|מערכת|ब्यूरो|डेस्क|न्यूज|กองบรรณาธิการ)"
)
# Words of menus and of the lines around a byline.
_FURNITURE = re.compile(
    r"\b(?:read|more|share|home|login|log in|sign|menu|search|about|contact|comments?|reply|follow|facebook|twitter|instagram|"
    r"linkedin|youtube|pinterest|whatsapp|reddit|email|e-mail|print|newsletter|subscribe|updated|published|posted|date|"
    r"share|tags?|categor\w+|topics?|related|popular|latest|view|posts?|articles?|profile|website|next|previous|back|"
    r"kommentare?|teilen|drucken|mehr|weiter|startseite|suche|kontakt|datum|artikel|beitrag|facebook|compartir|comentarios?|"
    r"imprimir|inicio|partager|imprimer|accueil|commentaires?|condividi|commenti|udostępnij|komentarze|by|von|por|par|and|und|"
    r"your|you|we|our|this|is|are|the|der|die|das|ein|eine|all|photo|foto|image|video|source|quelle|copyright|cookies?|"
    r"unknown|none|size|small|large|watch|live|listen|text|min|minutes?|today|yesterday|null|undefined|anonymous|free|new|top|how|what|why|getty|images|reuters|shutterstock|advertis\w+|anzeige|"
    r"skip to|skip navigation|copied|download|join|started|register|logout|spotlight|captcha|abmelden|anmelden|registrieren|"
    r"registrarse|inscription|connexion|sesión|войти|регистрация)\b|(?:ログイン|登録|会員|登录|注册|シェア|共有|検索|字号|로그인|회원가입|تسجيل)"
)
_SYMBOLS = re.compile(r"[©:;!?#%&$€+=*\\/|<>{}\[\]\"“”„«»…]")
_STATED = frozenset(("jsonld", "meta", "microdata", "rdfa", "script"))
_OF_HOUSES = frozenset(("site name", "part of site name", "agency", "desk word"))
_OF_NO_PEOPLE = frozenset(("furniture", "role word", "symbols", "digits", "domain"))
_ANNOUNCED_AT_HEAD = frozenset(("line place:head announced", "marked place:head announced"))
# How badly a name stands there.
_RANKS = {
    "place:head": 0, "place:over": 3, "place:opening": 4, "place:end": 4, "place:story": 6,
    "place:above": 7, "place:below": 8, "hidden": 4, "apart": 3,
}  # fmt: skip
_LINES = frozenset(
    ("dom:opening", "dom:line", "dom:bare line", "dom:last line", "dom:end of story",
     "dom:reporter line")
)  # fmt: skip
# Shorter names are part of others by chance.
_LEAST_LETTERS = 4
_CASELESS = re.compile("[\u0590-\u08ff\u0900-\u109f\u0e00-\u0eff\u3040-\u9fff\uac00-\ud7af]")


# The names in each value of a page, with their letters.
_Cut: TypeAlias = Mapping[str, Sequence[tuple[str, CutName]]]


@dataclass(frozen=True, slots=True)
class _Given:
    """A name as one candidate gives it, and what kind of source that is."""

    letters: str
    name: CutName
    candidate: Candidate
    kind: str
    group: str


@dataclass(slots=True)
class AuthorOption:
    """A name that may be that of a writer: its spellings, who gives it, what speaks for it."""

    letters: str
    given: list[_Given] = field(default_factory=list)
    evidence: set[str] = field(default_factory=set)
    shapes: frozenset[str] = frozenset()
    looks: str = ""

    @property
    def groups(self) -> set[str]:
        """The kinds of sources that give it: `stated` for machines, `marked`, a bare `line`."""
        return {each.group for each in self.given}

    @property
    def kinds(self) -> set[str]:
        """The kinds of sources that give it, such as `jsonld.author`."""
        return {each.kind for each in self.given}

    @property
    def values(self) -> set[str]:
        """The values that hold it."""
        return {each.candidate.value for each in self.given}

    @property
    def text(self) -> str:
        """The name as a reader would write it: not all in capitals if any source does better."""
        spellings = [each.name.text for each in self.given]
        best = next((text for text in spellings if not (text.isupper() or text.islower())), None)
        return best or in_title_case(spellings[0])

    @property
    def is_organisation(self) -> bool:
        """Whether this is no person: an agency, a desk, the site, or said to be one."""
        said = self.evidence
        if "site name" in said or "agency" in said or "desk word" in said:
            return True
        return "is organization" in said and "is person" not in said


def author_options(
    candidates: Sequence[Candidate], site_names: Iterable[str], title: str | None, story: str
) -> list[AuthorOption]:
    """Return the names that a page offers, with what speaks for each, likelier sources first.

    `story` is the text below the title: words that it has in small letters make up few names.
    """
    sites = {letters for name in site_names if len(letters := letters_only(name)) > 2}
    ranked = sorted(candidates, key=lambda candidate: -candidate.score)[:_MOST_VALUES]
    cut = {
        value: [(letters_only(name.text), name) for name in names_in(value)]
        for value in dict.fromkeys(candidate.value for candidate in ranked)
    }
    options = _options(ranked, cut)
    title_letters = letters_only(title or "")
    # Between spaces: what ends a sentence or a line is not counted on.
    story_words = frozenset(story[:_LONGEST_STORY].split(" ")) if options else frozenset()
    for option in options.values():
        text = option.given[0].name.text
        context = _shapes_beside(option.letters, sites, title_letters)
        option.shapes = _shapes(text).union(context, _shapes_in(text, story_words))
        option.looks = _looks_like(option.shapes)
    _tell(options, ranked, cut)
    found = list(options.values())
    for option in found:
        _describe(option)
    _compare(found)
    return found


def _options(ranked: Sequence[Candidate], cut: _Cut) -> dict[str, AuthorOption]:
    """Return the names of all values by their letters, with the candidates that give them."""
    options: dict[str, AuthorOption] = {}
    for candidate in ranked:
        kind = _kind_of(candidate.source)
        group = _group(kind)
        for letters, name in cut[candidate.value]:
            option = options.get(letters)
            if option is None:
                if len(options) == _MOST_OPTIONS:
                    continue
                option = options[letters] = AuthorOption(letters)
            option.given.append(_Given(letters, name, candidate, kind, group))
    return options


def _tell(options: Mapping[str, AuthorOption], ranked: Sequence[Candidate], cut: _Cut) -> None:
    """Note for each name what its sources say of it, by themselves and by what else they name."""
    people = {
        value: sum(options[letters].looks == "person" for letters, _ in names if letters in options)
        for value, names in cut.items()
    }
    values: dict[str, dict[str, int]] = {}
    for candidate in ranked:
        of_kind = values.setdefault(_kind_of(candidate.source), {})
        of_kind.setdefault(candidate.value, len(of_kind))
    for option in options.values():
        for each in _best_of_each_kind(option):
            value = each.candidate.value
            names = [name for _, name in cut[value]]
            rest = len(names) - people[value]
            kind, looks = each.kind, option.looks
            option.evidence |= {
                kind,
                f"{kind} {looks}",
                f"{kind}: {_amount(len(values[kind]))} values",
                f"{kind}: value {min(values[kind][value], 3)}",
                f"{kind}: {_amount(rest)} others",
            }
            if people[value]:
                row = "row of people" if people[value] > 1 else "one person"
                option.evidence.add(f"{each.group} {looks}, {row}")
            if each.group != "stated":
                option.evidence.add(f"{kind}: name {min(names.index(each.name), 3)}")
            option.evidence.update(_told(each, looks))


def _told(each: _Given, looks: str) -> Iterator[str]:
    """Yield what speaks for a name by the way it was cut and by the place of its source."""
    kind, group, marks = each.kind, each.group, each.name.marks
    for mark in marks:
        yield f"{kind} {mark}"
        yield f"{group} {mark}"
    for told in each.candidate.evidence:
        yield f"{kind} {told}"
        if told.startswith("place:"):
            yield f"{group} {told}"
            yield f"{group} {told} {looks}"
            yield from (f"{group} {told} {mark}" for mark in marks)
        elif told in ("person", "organization"):
            yield f"is {told}"


def _best_of_each_kind(option: AuthorOption) -> Iterator[_Given]:
    """Yield for each kind of source where the name stands best: what else it stands in is noise."""
    of_kinds: dict[str, list[_Given]] = {}
    for each in option.given:
        of_kinds.setdefault(each.kind, []).append(each)
    for given in of_kinds.values():
        yield min(given, key=_rank) if len(given) > 1 else given[0]


def _rank(given: _Given) -> int:
    rank = len(given.name.marks)
    for told in given.candidate.evidence:
        rank += _RANKS.get(told, 3 if told.startswith("in ") else 0)
    return rank


def _kind_of(source: str) -> str:
    """Return a source without the type or the name of its object: `jsonld.author`."""
    family, _, name = source.partition(":")
    if family in ("jsonld", "script"):
        return f"{family}.{name.rpartition('.')[2].lower()}"
    return source


def _group(kind: str) -> str:
    if kind.replace(".", ":").partition(":")[0] in _STATED:
        return "stated"
    return "line" if kind in _LINES else "marked"


def _amount(count: int) -> str:
    return str(count) if count < 4 else "4-6" if count < 7 else "7+"


def _describe(option: AuthorOption) -> None:
    """Note what the name looks like, by itself and for the kinds of sources that give it."""
    shapes = option.shapes
    mix = "+".join(sorted(option.groups))
    kinds = {each.kind: each.group for each in option.given}
    stated = sorted(kind for kind, group in kinds.items() if group == "stated")
    option.evidence.update(shapes)
    option.evidence.update(f"{mix} {shape}" for shape in shapes)
    option.evidence |= {
        f"groups {mix}",
        f"groups {mix} {option.looks}",
        f"stated by {'+'.join(stated[:3])}",
        f"{min(len(kinds), 5)} kinds {option.looks}",
        f"{min(len(kinds), 5)} kinds",
    }
    marks = [each.name.marks for each in option.given]
    if all("joined" in own or "inverted" in own for own in marks):
        option.evidence.add("only joined")
    if () in marks:
        option.evidence.add("whole somewhere")


def _looks_like(shapes: frozenset[str]) -> str:
    """Return what a name looks most like: `house`, `person`, `login` or `other`."""
    if not shapes.isdisjoint(_OF_HOUSES):
        return "house"
    if shapes.isdisjoint(_OF_NO_PEOPLE):
        if not shapes.isdisjoint(("uncased 2-4", "uncased 5-8", "uncased 9-16")):
            return "person"
        if not shapes.isdisjoint(("title case", "capitals")) and not shapes.isdisjoint(
            ("2 words", "3 words", "4 words")
        ):
            return "person"
    return "login" if "1 words" in shapes and "furniture" not in shapes else "other"


def _shapes(text: str) -> frozenset[str]:
    """Return what a name looks like by itself."""
    shapes = set(_uncased(text) if _CASELESS.search(text) else _cased(text))
    small = lowered(text)
    if any(map(str.isdigit, text)):
        shapes.add("digits")
    if _SYMBOLS.search(text):
        shapes.add("symbols")
    if "." in text and " " not in text:
        shapes.add("domain")
    if agency_in(text):
        shapes.add("agency")
    if _DESK.search(small):
        shapes.add("desk word")
    if ROLE.search(small):
        shapes.add("role word")
    if _FURNITURE.search(small):
        shapes.add("furniture")
    return frozenset(shapes)


def _uncased(text: str) -> Iterator[str]:
    size = len(letters_only(text))
    length = "2-4" if size <= 4 else "5-8" if size <= 8 else "9-16" if size <= 16 else "17+"
    yield f"uncased {length}"


def _cased(text: str) -> Iterator[str]:
    words = text.split()
    others = [word for word in words if word.casefold() not in _PARTICLES]
    yield f"{min(len(words), 6)} words"
    yield _case_of(text, words, others)
    if len(others) < len(words):
        yield "particle"
    if any(len(word.rstrip(".")) == 1 for word in words):
        yield "initial"


def _case_of(text: str, words: Sequence[str], others: Sequence[str]) -> str:
    if text.isupper():
        return "capitals" if len(text) > 4 else "short capitals"
    if text.islower():
        return "small letters"
    if all(word[0].isupper() or not word[0].isalpha() for word in others):
        return "title case"
    return "begins small" if len(words) > 1 and not words[0][0].isupper() else "mixed case"


def _shapes_beside(letters: str, sites: Collection[str], title: str) -> Iterator[str]:
    """Yield what a name looks like beside the names of the site and the title."""
    if letters in sites:
        yield "site name"
    elif any(letters in site or site in letters for site in sites):
        yield "part of site name"
    if title and letters in title:
        yield "in the title"


def _shapes_in(text: str, story_words: Collection[str]) -> Iterator[str]:
    """Yield whether the story has the words of a name in small letters, as it has "Read next"."""
    words = [word.casefold() for word in text.split() if word.casefold() not in _PARTICLES]
    known = sum(map(story_words.__contains__, words))
    if known:
        yield "words of the story" if known == len(words) else "a word of the story"


def _compare(options: Sequence[AuthorOption]) -> None:
    """Note how an option stands to the others."""
    groups = [option.groups for option in options]
    present = set().union(*groups)
    in_jsonld = any("jsonld.author" in option.evidence for option in options)
    announced = [
        option
        for option in options
        if option.looks == "person" and not option.evidence.isdisjoint(_ANNOUNCED_AT_HEAD)
    ]
    for option, own in zip(options, groups, strict=True):
        if "stated" not in own and "stated" in present:
            option.evidence.add("others are stated")
            option.evidence.add(f"others are stated, {'+'.join(sorted(own))}")
        if in_jsonld and "jsonld.author" not in option.evidence:
            option.evidence.add("others in jsonld")
        if announced and option not in announced:
            option.evidence.add(f"another is announced, {'+'.join(sorted(own))}")
        if own == {"stated"}:
            marked = "others" if "marked" in present else "none"
            option.evidence.add(f"not shown, {marked} marked")
        if len(options) == 1:
            option.evidence.add("only name")
    _compare_letters([option for option in options if len(option.letters) >= _LEAST_LETTERS])


def _compare_letters(options: Sequence[AuthorOption]) -> None:
    """Note which name is part of which other."""
    for option in options:
        for other in options:
            if other.letters in option.letters and other is not option:
                is_given_more = len(other.given) > len(option.given)
                option.evidence.add("holds another")
                other.evidence.add("in another")
                if is_given_more and "2 kinds" not in option.evidence:
                    option.evidence.add("holds one given more often")
                if len(option.given) > len(other.given):
                    other.evidence.add("in one given more often")
