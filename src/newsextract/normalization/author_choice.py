"""Which of the names that a page states and shows are those of its writers.

Every name is an option by itself, whatever forms it comes in: sources that give it add up, and so
does what the name looks like. How much all that weighs is learned. Whether a name is that of a
person or of an organisation (an agency, a desk, the site itself) is told afterwards.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from newsextract.extraction.agencies import agency_in
from newsextract.extraction.text import letters_only
from newsextract.normalization.choice import Weights, shipped_weights
from newsextract.normalization.names import ROLE, CutName, in_title_case, names_in
from newsextract.records import Candidate

__all__ = ["AuthorOption", "ChosenName", "author_options", "choose_bylines"]

_MOST_OPTIONS, _MOST_VALUES = 60, 90
# By cross-validation: a page that names anybody for a writer nearly always has one, so that the
# likeliest name is taken at odds that are too low for a second one.
_LEAST_CHANCE, _LEAST_CHANCE_ALONE = 0.45, 0.3
_PARTICLES = frozenset(
    "von van de der den del della di da dos das do du la le el al bin ibn ben af av zu zur vom ter ten y e i "
    "bint abu mc mac st san santa d l und".split()
)
# Words of desks, houses and accounts that are no people, in big languages.
_DESK = re.compile(
    r"\b(?:staff|admin(?:istrator)?|editors?|editorial|newsroom|news|desk|team|online|web(?:master)?|service|agency|agencies|"
    r"press|presse|prensa|times|post|media|magazine|daily|guest|contributors?|reporters?|wire|tv|radio|blog|gmbh|inc|llc|ltd|"
    r"university|institute|institut|universität|universidad|foundation|stiftung|verein|verband|verlag|zeitung|nachrichten|"
    r"agentur|agenturen|redaktion\w*|redakce|redakcja|redakció|redactie|redaktionen|redacci[oó]n|reda[cç][aã]o|redazione|r[eé]daction|"
    r"toimitus|redaksi|редакция|ministerium|polizei|partner|sponsored|group|association|society|council|club|center|centre|"
    r"corporation|company|network|channel|studio|office|department|correspondents?|bureau|communications?|studios?)\b"
    r"|\w+redaktion\b|(?:編集部|编辑部|新聞|日報|日报|晚报|晚報|通讯社|通訊社|新闻网|電子報|株式会社|有限公司|일보|신문|뉴스|방송|"
    r"هيئة التحرير|تحرير|وكالة|خبرگزاری|מערכת|ब्यूरो|डेस्क|न्यूज|กองบรรณาธิการ)",
    re.IGNORECASE,
)
# Words of menus and of the lines around a byline.
_FURNITURE = re.compile(
    r"\b(?:read|more|share|home|login|log in|sign|menu|search|about|contact|comments?|reply|follow|facebook|twitter|instagram|"
    r"linkedin|youtube|pinterest|whatsapp|reddit|email|e-mail|print|newsletter|subscribe|updated|published|posted|date|"
    r"share|tags?|categor\w+|topics?|related|popular|latest|view|posts?|articles?|profile|website|next|previous|back|"
    r"kommentare?|teilen|drucken|mehr|weiter|startseite|suche|kontakt|datum|artikel|beitrag|facebook|compartir|comentarios?|"
    r"imprimir|inicio|partager|imprimer|accueil|commentaires?|condividi|commenti|udostępnij|komentarze|by|von|por|par|and|und|"
    r"your|you|we|our|this|is|are|the|der|die|das|ein|eine|all|photo|foto|image|video|source|quelle|copyright|cookies?|"
    r"unknown|none|size|small|large|watch|live|listen|text|min|minutes?|today|yesterday|null|undefined|anonymous|free|new|top|how|what|why|getty|images|reuters|shutterstock|advertis\w+|anzeige)\b",
    re.IGNORECASE,
)
_SYMBOLS = re.compile(r"[:;!?#%&$€+=*\\/|<>{}\[\]\"“”„«»…]")
_GROUPS = {
    "jsonld": "stated",
    "meta": "stated",
    "microdata": "stated",
    "rdfa": "stated",
    "script": "stated",
}
_OF_HOUSES = frozenset(("site name", "part of site name", "agency", "desk word"))
_OF_NO_PEOPLE = frozenset(("furniture", "role word", "symbols", "digits", "domain"))
# How badly a name stands there.
_RANKS = {
    "place:head": 0, "place:over": 3, "place:opening": 4, "place:end": 4, "place:story": 6,
    "place:above": 7, "place:below": 8, "hidden": 4, "apart": 3,
}  # fmt: skip
_LINES = frozenset(
    (
        "dom:opening",
        "dom:line",
        "dom:bare line",
        "dom:last line",
        "dom:end of story",
        "dom:reporter line",
    )
)
_CASELESS = re.compile("[\u0590-\u08ff\u0900-\u109f\u0e00-\u0eff\u3040-\u9fff\uac00-\ud7af]")


@dataclass(slots=True)
class AuthorOption:
    """A name that may be that of a writer: its spellings, who gives it, what speaks for it."""

    letters: str
    names: list[tuple[Candidate, CutName]] = field(default_factory=list)
    evidence: set[str] = field(default_factory=set)
    shapes: frozenset[str] = frozenset()
    looks: str = ""

    @property
    def groups(self) -> set[str]:
        """The kinds of sources that give it: `stated` for machines, `marked`, a bare `line`."""
        return {_group(_kind_of(candidate.source)) for candidate, _ in self.names}

    @property
    def text(self) -> str:
        """The name as a reader would write it: not all in capitals if any source does better."""
        spellings = [name.text for _, name in self.names]
        best = next((text for text in spellings if not (text.isupper() or text.islower())), None)
        return best or in_title_case(spellings[0])

    @property
    def is_organisation(self) -> bool:
        """Whether this is no person: an agency, a desk, the site, or said to be one."""
        said = self.evidence
        if "site name" in said or "agency" in said or "desk word" in said:
            return True
        return "is organization" in said and "is person" not in said


@dataclass(frozen=True, slots=True)
class ChosenName:
    """A name of a byline, the candidate that gives it, and how sure it is (0 to 1)."""

    text: str
    candidate: Candidate
    confidence: float


def choose_bylines(
    candidates: Sequence[Candidate],
    site_names: Iterable[str],
    title: str | None = None,
    weights: Weights | None = None,
) -> tuple[list[ChosenName], list[ChosenName]]:
    """Return the people and the organisations that a page credits with its text, in order."""
    options = author_options(candidates, site_names, title)
    if not options:
        return [], []
    weights = weights or shipped_weights("authors")
    chances = [weights.chance([option.evidence]) for option in options]
    likely = list(zip(chances, options, strict=True))
    kept = _without_overlaps([pair for pair in likely if pair[0] >= _LEAST_CHANCE])
    if not kept:
        best = max(likely, key=lambda pair: pair[0])
        kept = [best] if best[0] >= _LEAST_CHANCE_ALONE else []
    people: list[ChosenName] = []
    organisations: list[ChosenName] = []
    for chance, option in kept:
        chosen = ChosenName(option.text, _teller(option), round(min(0.99, chance), 3))
        (organisations if option.is_organisation else people).append(chosen)
    return people, organisations


def _without_overlaps(kept: list[tuple[float, AuthorOption]]) -> list[tuple[float, AuthorOption]]:
    """Keep of two names that share their words, such as with and without a role, the likelier."""
    parts = {option.letters for _, option in kept if "only joined" not in option.evidence}
    kept = [
        (chance, option)
        for chance, option in kept
        if "only joined" not in option.evidence or not any(part in option.letters for part in parts)
    ]
    words = [set(option.text.casefold().replace(",", " ").split()) for _, option in kept]
    letters = [option.letters for _, option in kept]
    return [
        kept[i]
        for i in range(len(kept))
        if not any(
            i != j
            and (
                words[i] <= words[j]
                or words[j] <= words[i]
                or letters[i] in letters[j]
                or letters[j] in letters[i]
            )
            and (kept[j][0], -j) > (kept[i][0], -i)
            for j in range(len(kept))
        )
    ]


def _teller(option: AuthorOption) -> Candidate:
    return max((candidate for candidate, _ in option.names), key=lambda candidate: candidate.score)


def author_options(  # noqa: C901
    candidates: Sequence[Candidate], site_names: Iterable[str], title: str | None
) -> list[AuthorOption]:
    """Return the names that a page offers, with what speaks for each, likelier sources first."""
    sites = {letters for name in site_names if len(letters := letters_only(name)) > 2}
    ranked = sorted(candidates[:_MOST_VALUES], key=lambda candidate: -candidate.score)
    cut: dict[str, list[CutName]] = {}
    values: dict[str, dict[str, None]] = {}
    for candidate in ranked:
        if candidate.value not in cut:
            cut[candidate.value] = names_in(candidate.value)
        values.setdefault(_kind_of(candidate.source), {})[candidate.value] = None
    options: dict[str, AuthorOption] = {}
    for candidate in ranked:
        for name in cut[candidate.value]:
            key = letters_only(name.text)
            option = options.get(key)
            if option is None:
                if len(options) == _MOST_OPTIONS:
                    continue
                option = options[key] = AuthorOption(key)
            option.names.append((candidate, name))
    title_letters = letters_only(title or "")
    for option in options.values():
        option.shapes = frozenset(
            _shapes(option.names[0][1].text, option.letters, sites, title_letters)
        )
        option.looks = _looks_like(option.shapes)
    people = {
        value: sum(
            options[key].looks == "person"
            for name in names
            if (key := letters_only(name.text)) in options
        )
        for value, names in cut.items()
    }
    about = {kind: {value: n for n, value in enumerate(each)} for kind, each in values.items()}
    for option in options.values():
        for kind, (candidate, name) in _best_of_each_kind(option):
            names = cut[candidate.value]
            evidence = option.evidence
            evidence.add(kind)
            evidence.add(f"{kind} {option.looks}")
            evidence.add(f"{kind}: {_amount(len(about[kind]))} values")
            in_row = people[candidate.value]
            rest = len(names) - in_row
            evidence.add(f"{kind}: {_amount(rest)} others")
            if in_row > 1:
                evidence.add(f"{_group(kind)} {option.looks}, row of people")
            elif in_row:
                evidence.add(f"{_group(kind)} {option.looks}, one person")
            evidence.add(f"{kind}: value {min(about[kind][candidate.value], 3)}")
            evidence.update(f"{kind} {each}" for each in candidate.evidence)
            group = _group(kind)
            for mark in name.marks:
                evidence.add(f"{kind} {mark}")
                evidence.add(f"{group} {mark}")
            for each in candidate.evidence:
                if each.startswith("place:"):
                    evidence.add(f"{group} {each}")
                    evidence.add(f"{group} {each} {option.looks}")
                    evidence.update(f"{group} {each} {mark}" for mark in name.marks)
                elif each in ("person", "organization"):
                    evidence.add(f"is {each}")
            if group != "stated":
                evidence.add(f"{kind}: name {min(names.index(name), 3)}")
    found = list(options.values())
    for option in found:
        _describe(option)
    _compare(found)
    return found


def _best_of_each_kind(
    option: AuthorOption,
) -> Iterator[tuple[str, tuple[Candidate, CutName]]]:
    """Yield for each kind of source where the name stands best: what else it stands in is noise."""
    best: dict[str, tuple[int, tuple[Candidate, CutName]]] = {}
    for candidate, name in option.names:
        kind = _kind_of(candidate.source)
        rank = len(name.marks)
        for each in candidate.evidence:
            rank += _RANKS.get(each, 3 if each.startswith("in ") else 0)
        if kind not in best or rank < best[kind][0]:
            best[kind] = (rank, (candidate, name))
    for kind, (_, reading) in best.items():
        yield kind, reading


def _kind_of(source: str) -> str:
    """Return a source without the type or the name of its object: `jsonld.author`."""
    family, _, name = source.partition(":")
    if family in ("jsonld", "script"):
        return f"{family}.{name.rpartition('.')[2].lower()}"
    return source


def _group(kind: str) -> str:
    family = re.split("[:.]", kind, maxsplit=1)[0]
    return _GROUPS.get(family) or ("line" if kind in _LINES else "marked")


def _amount(count: int) -> str:
    return str(count) if count < 4 else "4-6" if count < 7 else "7+"


def _describe(option: AuthorOption) -> None:
    """Note what the name looks like, by itself and for the kinds of sources that give it."""
    shapes = option.shapes
    mix = "+".join(sorted(option.groups))
    option.evidence.update(shapes)
    option.evidence.update(f"{mix} {shape}" for shape in shapes)
    option.evidence.add(f"groups {mix}")
    option.evidence.add(f"groups {mix} {option.looks}")
    kinds = {_kind_of(candidate.source) for candidate, _ in option.names}
    stated = sorted(kind for kind in kinds if _group(kind) == "stated")
    option.evidence.add(f"stated by {'+'.join(stated[:3])}")
    option.evidence.add(f"{min(len(kinds), 5)} kinds {option.looks}")
    option.evidence.add(f"{min(len(kinds), 5)} kinds")
    if all("joined" in name.marks or "inverted" in name.marks for _, name in option.names):
        option.evidence.add("only joined")
    if any(not name.marks for _, name in option.names):
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


def _shapes(text: str, letters: str, sites: set[str], title: str) -> Iterator[str]:  # noqa: C901
    words = text.split()
    if _CASELESS.search(text):
        size = len(letters)
        yield f"uncased {'2-4' if size <= 4 else '5-8' if size <= 8 else '9-16' if size <= 16 else '17+'}"
    else:
        yield f"{min(len(words), 6)} words"
        others = [word for word in words if word.casefold() not in _PARTICLES]
        if text.isupper():
            yield "capitals" if len(text) > 4 else "short capitals"
        elif text.islower():
            yield "small letters"
        elif all(word[0].isupper() or not word[0].isalpha() for word in others):
            yield "title case"
        elif len(words) > 1 and not words[0][0].isupper():
            yield "begins small"
        else:
            yield "mixed case"
        if len(others) < len(words):
            yield "particle"
        if any(len(word.rstrip(".")) == 1 for word in words):
            yield "initial"
    if any(map(str.isdigit, text)):
        yield "digits"
    if _SYMBOLS.search(text):
        yield "symbols"
    if "." in text and " " not in text:
        yield "domain"
    if letters in sites:
        yield "site name"
    elif any(letters in site or site in letters for site in sites):
        yield "part of site name"
    if agency_in(text) is not None:
        yield "agency"
    if _DESK.search(text):
        yield "desk word"
    if ROLE.search(text):
        yield "role word"
    if _FURNITURE.search(text):
        yield "furniture"
    if title and letters in title:
        yield "in the title"


def _compare(options: list[AuthorOption]) -> None:  # noqa: C901
    """Note how an option stands to the others."""
    by_group: dict[str, int] = {}
    for option in options:
        for group in option.groups:
            by_group[group] = by_group.get(group, 0) + 1
    said = [option for option in options if "jsonld.author" in option.evidence]
    for option in options:
        own = option.groups
        if "stated" not in own and by_group.get("stated"):
            option.evidence.add("others are stated")
            option.evidence.add(f"others are stated, {'+'.join(sorted(own))}")
        if "jsonld.author" not in option.evidence and said:
            option.evidence.add("others in jsonld")
        if "stated" in own and len(own) == 1:
            option.evidence.add(
                "not shown, others marked" if by_group.get("marked") else "not shown, none marked"
            )
        if len(options) == 1:
            option.evidence.add("only name")
        shorter = longer = False
        for other in options:
            if other is option or len(other.letters) < 4 or len(option.letters) < 4:
                continue
            if other.letters in option.letters:
                shorter = True
                if "2 kinds" not in option.evidence and len(other.names) > len(option.names):
                    option.evidence.add("holds one given more often")
            elif option.letters in other.letters:
                longer = True
                if len(other.names) > len(option.names):
                    option.evidence.add("in one given more often")
        if shorter:
            option.evidence.add("holds another")
        if longer:
            option.evidence.add("in another")
