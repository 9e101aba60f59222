"""The names that a page states and shows, each with what speaks for its being a writer's.

Every name is an option by itself, whatever forms it comes in: sources that give it add up, and so
does what the name looks like.
"""

import functools
import re
from collections.abc import Collection, Iterable, Iterator, KeysView, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple, TypeAlias

from newsextract.extraction.agencies import agency_in
from newsextract.extraction.text import letters_only, lowered
from newsextract.normalization.names import (
    ROLE,
    CutName,
    beginnings,
    beginnings_in,
    in_title_case,
    is_cased,
    is_plain,
    names_in,
)
from newsextract.records import Candidate

__all__ = ["AuthorOption", "author_options"]

_MOST_OPTIONS, _MOST_VALUES, _LONGEST_STORY = 60, 90, 20_000
# Of what speaks for names, so much recurs from page to page.
_REMEMBERED = 512
_PARTICLES = frozenset(
    "von van de der den del della di da dos das do du la le el al bin ibn ben af av zu zur vom ter ten y e i "
    "bint abu mc mac st san santa d l und".split()
)
# Words of desks, houses and accounts that are no people, in big languages.
_DESK = re.compile(
    r"\b(?:staff|admin(?:istrator)?|editors?|editorial|newsroom|news|desk|team|online|web|webmaster|service|agency|agencies|"
    r"press|presse|prensa|times|post|media|magazine|daily|guest|contributors?|reporters?|wire|tv|radio|blog|gmbh|inc|llc|ltd|"
    r"university|institute|institut|universität|universidad|foundation|stiftung|verein|verband|verlag|zeitung|nachrichten|"
    r"agentur|agenturen|redakce|redakcja|redakció|redactie|redaktionen|redacci[oó]n|redac[aã]o|redaç[aã]o|redazione|redaction|rédaction|"
    r"toimitus|redaksi|редакция|редакція|redacția|redacţia|szerkesztőség|ban biên tập|tòa soạn|merkezi|agencias|agências|agenzie|agences|ministerium|polizei|partner|sponsored|group|association|society|council|club|center|centre|"
    r"corporation|company|network|channel|studio|office|department|correspondents?|bureau|communications?|studios?)\b"
    r"|\bredaktion|redaktion\b|(?:編集部|编辑部|新聞|日報|日报|晚报|晚報|通讯社|通訊社|新闻网|電子報|株式会社|有限公司|일보|신문|뉴스|방송|"
    r"هيئة التحرير|تحرير|تحریریه|وكال(?:ة|ات)|خبرگزاری|מערכת|ब्यूरो|डेस्क|न्यूज|एजेंसी|প্রতিবেদক|ডেস্ক|綜合|综合|กองบรรณาธิการ)"
)
# Words of menus and of the lines around a byline.
_FURNITURE = re.compile(
    r"\b(?:read|more|share|home|login|log in|sign|menu|search|about|contact|comments?|reply|follow|facebook|twitter|instagram|"
    r"linkedin|youtube|pinterest|whatsapp|reddit|email|e-mail|print|newsletter|subscribe|updated|published|posted|date|"
    r"share|tags|tag|categor\w+|topics?|related|popular|latest|view|posts|post|articles?|profile|website|next|previous|back|"
    r"kommentare?|teilen|drucken|mehr|weiter|startseite|suche|kontakt|datum|artikel|beitrag|facebook|compartir|comentarios?|"
    r"imprimir|inicio|partager|imprimer|accueil|commentaires?|condividi|commenti|udostępnij|komentarze|by|von|por|par|and|und|"
    r"your|you|we|our|this|is|are|the|der|die|das|ein|eine|all|photo|foto|image|video|source|quelle|copyright|cookies?|"
    r"unknown|none|size|small|large|watch|live|listen|text|min|minutes?|today|yesterday|null|undefined|anonymous|free|new|top|how|what|why|getty|images|reuters|shutterstock|advertis\w+|anzeige|"
    r"skip to|skip navigation|copied|download|join|started|register|logout|spotlight|captcha|abmelden|anmelden|registrieren|"
    r"registrarse|inscription|connexion|sesión|войти|регистрация)\b|(?:ログイン|登録|会員|登录|注册|シェア|共有|検索|字号|로그인|회원가입|تسجيل)"
)
# What the words of a plain name begin with that is a desk, a role or part of a menu, unless it ends
# with "redaktion".
_TELLING = {"desk word": _DESK, "role word": ROLE, "furniture": _FURNITURE}
_TELLING_BEGINNINGS = beginnings_in(*[pattern.pattern for pattern in _TELLING.values()])
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
     "dom:reporter", "dom:reporter line")
)  # fmt: skip
# Shorter names are part of others by chance.
_LEAST_LETTERS = 4


_SCORE = attrgetter("score")
# The names in each value of a page, with their letters.
_Cut: TypeAlias = Mapping[str, Sequence[tuple[str, CutName]]]


class _Given(NamedTuple):
    """A name as one candidate gives it, what kind of source that is, and how badly it stands."""

    name: CutName
    candidate: Candidate
    kind: str
    group: str
    rank: int


@dataclass(eq=False, slots=True)
class AuthorOption:
    """A name that may be that of a writer: its spellings, who gives it, what speaks for it.

    `best` has for each kind of source, such as `jsonld.author`, where the name stands best: what
    else it stands in is noise. `groups` are `stated` for machines, `marked`, and a bare `line`.
    """

    letters: str
    given: list[_Given] = field(default_factory=list)
    best: dict[str, _Given] = field(default_factory=dict)
    evidence: set[str] = field(default_factory=set)
    groups: set[str] = field(default_factory=set)
    shapes: frozenset[str] = frozenset()
    looks: str = ""

    @property
    def kinds(self) -> KeysView[str]:
        """The kinds of sources that give it."""
        return self.best.keys()

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
    ranked = sorted(candidates, key=_SCORE, reverse=True)[:_MOST_VALUES]
    cut = {
        value: [(letters_only(name.text), name) for name in names_in(value)]
        for value in dict.fromkeys([candidate.value for candidate in ranked])
    }
    kinds = {source: _kind_of(source) for source in {candidate.source for candidate in ranked}}
    options = _options(ranked, cut, kinds)
    title_letters = letters_only(title or "")
    words = {letters: _words_of(option) for letters, option in options.items()}
    # Between spaces: what ends a sentence or a line is not counted on. To look for these few words
    # is less work than to cut up the story.
    spaced = f" {story[:_LONGEST_STORY]} "
    said = {word for word in set().union(*words.values()) if f" {word} " in spaced}
    for letters, option in options.items():
        option.shapes = frozenset().union(
            _shapes(option.given[0].name.text),
            _shapes_beside(letters, sites, title_letters),
            _shapes_in(words[letters], said),
        )
        option.looks = _looks_like(option.shapes)
    _tell(options, ranked, cut, kinds)
    found = list(options.values())
    for option in found:
        _describe(option)
    _compare(found)
    return found


def _options(
    ranked: Sequence[Candidate], cut: _Cut, kinds: Mapping[str, str]
) -> dict[str, AuthorOption]:
    """Return the names of all values by their letters, with the candidates that give them."""
    options: dict[str, AuthorOption] = {}
    groups = {kind: _group(kind) for kind in kinds.values()}
    for candidate in ranked:
        kind = kinds[candidate.source]
        group, rank = groups[kind], _rank(candidate)
        for letters, name in cut[candidate.value]:
            option = options.get(letters)
            if option is None:
                if len(options) == _MOST_OPTIONS:
                    continue
                option = options[letters] = AuthorOption(letters)
            given = _Given(name, candidate, kind, group, rank + len(name.marks))
            option.given.append(given)
            option.groups.add(group)
            if kind not in option.best or given.rank < option.best[kind].rank:
                option.best[kind] = given
    return options


def _words_of(option: AuthorOption) -> list[str]:
    words = option.given[0].name.text.casefold().split()
    return [word for word in words if word not in _PARTICLES]


def _tell(
    options: Mapping[str, AuthorOption],
    ranked: Iterable[Candidate],
    cut: _Cut,
    kinds: Mapping[str, str],
) -> None:
    """Note for each name what its sources say of it, by themselves and by what else they name."""
    people = {
        value: sum(
            [options[letters].looks == "person" for letters, _ in names if letters in options]
        )
        for value, names in cut.items()
    }
    values: dict[str, dict[str, int]] = {}
    for candidate in ranked:
        of_kind = values.setdefault(kinds[candidate.source], {})
        of_kind.setdefault(candidate.value, len(of_kind))
    for option in options.values():
        looks = option.looks
        for kind, (name, candidate, _, group, _) in option.best.items():
            value = candidate.value
            names, row = cut[value], people[value]
            told = [
                kind,
                f"{kind} {looks}",
                f"{kind}: {_amount(len(values[kind]))} values",
                f"{kind}: value {min(values[kind][value], 3)}",
                f"{kind}: {_amount(len(names) - row)} others",
            ]
            if row:
                told.append(f"{group} {looks}, {'row of people' if row > 1 else 'one person'}")
            if group != "stated":
                place = [each for _, each in names].index(name)
                told.append(f"{kind}: name {min(place, 3)}")
            option.evidence.update(told, _told(kind, group, name.marks, candidate.evidence, looks))


@functools.lru_cache(maxsize=_REMEMBERED)
def _told(
    kind: str, group: str, marks: tuple[str, ...], evidence: tuple[str, ...], looks: str
) -> frozenset[str]:
    """Return what speaks for a name by the way it was cut and by the place of its source."""
    told = [f"{source} {mark}" for mark in marks for source in (kind, group)]
    for name in evidence:
        told.append(f"{kind} {name}")
        if name.startswith("place:"):
            told += (f"{group} {name}", f"{group} {name} {looks}")
            told += [f"{group} {name} {mark}" for mark in marks]
        elif name in ("person", "organization"):
            told.append(f"is {name}")
    return frozenset(told)


def _rank(candidate: Candidate) -> int:
    told = candidate.evidence
    return sum([_RANKS[name] if name in _RANKS else 3 * name.startswith("in ") for name in told])


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
    stated = sorted([kind for kind, each in option.best.items() if each.group == "stated"])
    count = f"{min(len(option.best), 5)} kinds"
    told = [f"stated by {'+'.join(stated[:3])}", f"{count} {option.looks}", count]
    marks = [each.name.marks for each in option.given]
    if () in marks:
        told.append("whole somewhere")
    elif all("joined" in own or "inverted" in own for own in marks):
        told.append("only joined")
    option.evidence.update(told, _described(option.shapes, _mix(option.groups), option.looks))


@functools.lru_cache(maxsize=_REMEMBERED)
def _described(shapes: frozenset[str], mix: str, looks: str) -> frozenset[str]:
    named = [f"{mix} {shape}" for shape in shapes]
    return shapes.union(named, [f"groups {mix}", f"groups {mix} {looks}"])


def _mix(groups: Collection[str]) -> str:
    return "+".join(sorted(groups))


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


def _shapes(text: str) -> set[str]:
    """Return what a name looks like by itself."""
    shapes = _cased(text) if is_cased(text) else _uncased(text)
    if not is_plain(text):
        shapes.update(_marks_of(text))
    if agency_in(text):
        shapes.add("agency")
    small = lowered(text)
    if _may_be_telling(small):
        shapes.update(_telling_words(small))
    return shapes


def _may_be_telling(small: str) -> bool:
    is_told = not _TELLING_BEGINNINGS.isdisjoint(beginnings(small)) or "redaktion" in small
    return is_told or not is_cased(small)


def _telling_words(small: str) -> Iterator[str]:
    for shape, pattern in _TELLING.items():
        if pattern.search(small):
            yield shape


def _marks_of(text: str) -> Iterator[str]:
    if any(map(str.isdigit, text)):
        yield "digits"
    if _SYMBOLS.search(text):
        yield "symbols"
    if "." in text and " " not in text:
        yield "domain"


def _uncased(text: str) -> set[str]:
    size = len(letters_only(text))
    length = "2-4" if size <= 4 else "5-8" if size <= 8 else "9-16" if size <= 16 else "17+"
    return {f"uncased {length}"}


def _cased(text: str) -> set[str]:
    words = text.split()
    others = [word for word in words if word.casefold() not in _PARTICLES]
    shapes = {f"{min(len(words), 6)} words", _case_of(text, words, others)}
    if len(others) < len(words):
        shapes.add("particle")
    if 1 in [len(word.rstrip(".")) for word in words]:
        shapes.add("initial")
    return shapes


def _case_of(text: str, words: Sequence[str], others: Sequence[str]) -> str:
    if text.isupper():
        return "capitals" if len(text) > 4 else "short capitals"
    if text.islower():
        return "small letters"
    if not [word for word in others if word[0].isalpha() and not word[0].isupper()]:
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


def _shapes_in(words: Sequence[str], said: Collection[str]) -> Iterator[str]:
    """Yield whether the story has the words of a name in small letters, as it has "Read next"."""
    known = sum([word in said for word in words])
    if known:
        yield "words of the story" if known == len(words) else "a word of the story"


def _compare(options: Sequence[AuthorOption]) -> None:
    """Note how an option stands to the others."""
    present = set().union(*[option.groups for option in options])
    in_jsonld = any("jsonld.author" in option.best for option in options)
    announced = [
        option
        for option in options
        if option.looks == "person" and not option.evidence.isdisjoint(_ANNOUNCED_AT_HEAD)
    ]
    for option in options:
        own, told = option.groups, option.evidence
        if "stated" not in own and "stated" in present:
            told.add("others are stated")
            told.add(f"others are stated, {_mix(own)}")
        if in_jsonld and "jsonld.author" not in option.best:
            told.add("others in jsonld")
        if announced and option not in announced:
            told.add(f"another is announced, {_mix(own)}")
        if own == {"stated"}:
            marked = "others" if "marked" in present else "none"
            told.add(f"not shown, {marked} marked")
        if len(options) == 1:
            told.add("only name")
    _compare_letters([option for option in options if len(option.letters) >= _LEAST_LETTERS])


def _compare_letters(options: Sequence[AuthorOption]) -> None:
    """Note which name is part of which other."""
    all_letters = "\n".join([option.letters for option in options])
    for part in options:
        letters = part.letters
        if all_letters.count(letters) == 1:
            continue
        part.evidence.add("in another")
        for option in [each for each in options if letters in each.letters and each is not part]:
            option.evidence.add("holds another")
            if len(part.given) > len(option.given) and "2 kinds" not in option.evidence:
                option.evidence.add("holds one given more often")
            if len(option.given) > len(part.given):
                part.evidence.add("in one given more often")
