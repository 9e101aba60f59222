"""Who wrote a page: the names that its sources give, judged one by one.

Every name that any source gives is an option, described by who gives it, where, how it was cut from
its byline and what it looks like; how much that weighs is learned. People are apart from the
agencies, desks and houses that a byline credits as well.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from newsextract.extraction.agencies import agency_in
from newsextract.extraction.text import letters_only
from newsextract.normalization.choice import Weights, shipped_weights
from newsextract.normalization.names import ROLE, CutName, in_title_case, names_in
from newsextract.records import Candidate

__all__ = ["Byline", "NameOption", "choose_authors", "name_options", "people_in"]

_MOST_OPTIONS, _MOST_VALUES = 60, 80
# A name is given where it is likelier right than wrong.
_LEAST_CHANCE = 0.5
# The likeliest of all may be a little less.
_LEAST_ALONE = 0.2
# Shorter names are part of others by chance.
_LEAST_LETTERS = 5
_PLACES = ("place:head", "place:over", "place:opening")
# Words of names that are not those of people, in the world's big languages.
_NOT_OF_PEOPLE = re.compile(
    r"\b(?:staff|admin|administrator|webmaster|editors?|editorial|redaktion(?:steam)?|redacci[oó]n|redação|"
    r"redazione|rédaction|redactie|redakcja|redakce|toimitus|newsroom|newsdesk|desk|team|web|online|service|"
    r"agency|agencies|agencias?|agenturen?|agence|agenzia|press|presse|times|news|newspaper|media|guest|user|"
    r"contributors?|correspondents?|bureau|magazine|magazin|journal|tv|radio|blog|company|inc|ltd|gmbh|group|"
    r"university|institute|association|foundation|network|digital|tribune|herald|gazette|zeitung|"
    r"редакция|агентство|haber merkezi|ajansı)\b|"
    r"(?:編集部|编辑部|新聞|新闻|日報|日报|通讯社|通訊社|通信|電子報|小編|記者團|뉴스|일보|신문|편집국|온라인|"
    r"تحرير|وكالة|خبرگزاری|מערכת|डेस्क|ब्यूरो|न्यूज)",
    re.IGNORECASE,
)
_NOT_A_NAME = re.compile(
    r"https?:|www\.|@|[<>{}=\[\]?!]|\d{3}|\b(?:unknown|none|null|undefined|anonymous|read|more|email|contact|follow|"
    r"share|comments?|view|posts?|profile|about|home|login|subscribe|newsletter|cookies?|twitter|facebook|"
    r"instagram|linkedin|youtube|whatsapp|telegram|mastodon|bluesky|rss|print|save|menu|search|watch|live|"
    r"updated|published|getty|shutterstock|reuters|imago)\b",
    re.IGNORECASE,
)
_PARTICLES = frozenset(
    "von van der den de del della di da dos das do du la le el al bin ibn ben bint ter ten zu zur af av"
    " mac mc st san y e".split()
)


@dataclass(slots=True)
class NameOption:
    """A name that may be that of a writer, the candidates that give it, and what speaks for it."""

    text: str
    letters: str
    candidates: list[Candidate] = field(default_factory=list)
    own: list[set[str]] = field(default_factory=list)
    shared: set[str] = field(default_factory=set)

    @property
    def ways(self) -> set[frozenset[str]]:
        """What speaks for the name, way by way: those that look alike count once."""
        return {frozenset(own | self.shared) for own in self.own}

    @property
    def is_organization(self) -> bool:
        """Whether this is an agency, a desk or a house."""
        return not _ORGANIZATION.isdisjoint(self.shared)


_ORGANIZATION = frozenset(("an agency", "the site's", "said to be an organization", "of a desk"))


@dataclass(frozen=True, slots=True)
class Byline:
    """The people and the organizations that a page credits, each with its source and chance."""

    people: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    candidate: Candidate | None = None
    confidence: float = 0.0
    organization_candidate: Candidate | None = None
    organization_confidence: float = 0.0


def choose_authors(
    candidates: Sequence[Candidate],
    site_names: Iterable[str],
    *,
    title: str = "",
    weights: Weights | None = None,
) -> Byline:
    """Return who is credited with the page, in the order of the page."""
    options = name_options(candidates, site_names, title=title)
    weights = weights or shipped_weights("authors")
    chances = [(weights.chance(option.ways), option) for option in options]
    highest = max([chance for chance, _ in chances], default=0.0)
    least = _LEAST_CHANCE if highest >= _LEAST_CHANCE else max(highest, _LEAST_ALONE)
    kept = _each_once([pair for pair in chances if pair[0] >= least])
    people = [pair for pair in kept if not pair[1].is_organization]
    others = [
        (chance, option)
        for chance, option in kept
        if "an agency" in option.shared
        and chance >= _LEAST_CHANCE
        and any(map(_is_marked, option.candidates))
    ]
    return Byline(
        people=tuple([in_title_case(option.text) for _, option in people]),
        organizations=tuple([option.text for _, option in others]),
        candidate=_best(people),
        confidence=_least(people),
        organization_candidate=_best(others),
        organization_confidence=_least(others),
    )


def people_in(names: Iterable[str], site_names: Iterable[str]) -> tuple[str, ...]:
    """Return the people in names that are stated as those of writers."""
    stated = [
        Candidate(field="authors", value=name, source="jsonld:NewsArticle.author", score=0.9)
        for name in names
    ]
    return choose_authors(stated, site_names).people


def _each_once(chances: list[tuple[float, NameOption]]) -> list[tuple[float, NameOption]]:
    """Leave out what says another name once more: "Ann Lee, Berlin" beside "Ann Lee"."""
    kept: list[tuple[float, NameOption]] = []
    for chance, option in sorted(chances, key=lambda pair: -pair[0]):
        if not any(_is_same_name(option.letters, other.letters) for _, other in kept):
            kept.append((chance, option))
    return [pair for pair in chances if pair in kept]


def _is_same_name(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= _LEAST_LETTERS and shorter in longer


def _best(kept: list[tuple[float, NameOption]]) -> Candidate | None:
    if not kept:
        return None
    return max(kept[0][1].candidates, key=lambda candidate: candidate.score)


def _least(kept: list[tuple[float, NameOption]]) -> float:
    return round(min(0.99, *(chance for chance, _ in kept)), 3) if kept else 0.0


def name_options(
    candidates: Sequence[Candidate], site_names: Iterable[str], *, title: str = ""
) -> list[NameOption]:
    """Return the names that a page offers as those of its writers, in its order, with evidence."""
    sites = {letters for letters in map(letters_only, site_names) if letters}
    options: dict[str, NameOption] = {}
    cut: dict[str, list[CutName]] = {}
    first_shown = ""
    for candidate in candidates:
        value = candidate.value
        if value not in cut:
            if len(cut) == _MOST_VALUES:
                continue
            cut[value] = names_in(value)
        names = cut[value]
        is_bare = candidate.source == "dom:bare line"
        if not first_shown and not is_bare and "place:head" in candidate.evidence:
            first_shown = value
        for position, name in enumerate(names):
            letters = letters_only(name.text)
            if letters not in options:
                if len(options) == _MOST_OPTIONS or not letters:
                    continue
                options[letters] = NameOption(name.text, letters)
            option = options[letters]
            option.candidates.append(candidate)
            own = set(_told(candidate, name, position, len(names)))
            if value == first_shown:
                own.add("first shown")
            option.own.append(own)
            option.shared.update(_kinds_told(candidate))
    found = list(options.values())
    for option in found:
        option.shared.update(_looks(option, sites))
    _compare(found, letters_only(title))
    return found


def _kind_of(source: str) -> str:
    family, _, name = source.partition(":")
    if family == "script":
        return "jsonld.author"  # it has the same makers, and says as much
    return f"{family}.{name.rpartition('.')[2]}" if family == "jsonld" else source


def _told(candidate: Candidate, name: CutName, position: int, count: int) -> Iterator[str]:
    """Yield what speaks for a name by the candidate that gives it and the way it was cut."""
    source = _kind_of(candidate.source)
    yield source
    for mark in name.marks:
        yield mark
        yield f"{source} {mark}"
    for each in candidate.evidence:
        yield f"{source} {each}"
    yield f"{source} {'first' if not position else 'later'}"
    size = "one" if count == 1 else "few" if count <= 4 else "many"
    yield f"{source} of {size}"


def _kinds_told(candidate: Candidate) -> Iterator[str]:
    if "organization" in candidate.evidence:
        yield "said to be an organization"
    elif "person" in candidate.evidence:
        yield "said to be a person"


def _looks(option: NameOption, sites: Collection[str]) -> Iterator[str]:
    """Yield what a name looks like."""
    text, letters = option.text, option.letters
    parts = text.split()
    yield f"words: {min(len(parts), 6)}"
    if letters in sites:
        yield "the site's"
    elif any(len(site) >= 5 and (site in letters or letters in site) for site in sites):
        yield "like the site's"
    if agency_in(text) is not None:
        yield "an agency"
    if _NOT_OF_PEOPLE.search(text):
        yield "of a desk"
    if _NOT_A_NAME.search(text):
        yield "of a page"
    if ROLE.search(text):
        yield "a role"
    if any(map(str.isdigit, text)):
        yield "has digits"
    yield _script_and_case(text, parts)
    if len(parts) == 1:
        yield f"single, {'short' if len(text) <= 4 else 'long' if len(text) > 12 else 'fair'}"


def _script_and_case(text: str, parts: list[str]) -> str:
    if text[0] > "\u2e7f":
        return f"dense script, {'name' if 2 <= len(text.replace(' ', '')) <= 5 else 'long'}"
    if text.lower() == text.upper():
        return "no case"
    named = [part for part in parts if part.lower() not in _PARTICLES]
    if all(part[:1].isupper() for part in named):
        return "capitals alone" if text.isupper() and len(text) > 3 else "capitals"
    if not any(part[:1].isupper() for part in named):
        return "no capitals"
    return "some capitals"


def _compare(options: Sequence[NameOption], title: str) -> None:
    """Note how many sources agree on each name, and how it stands to the others."""
    strongest = max((_families(option) for option in options), default=0)
    for option in options:
        families = _families(option)
        option.shared.add(f"families: {min(families, 3)}")
        if families < strongest:
            option.shared.add("another has more sources")
        if any(_is_stated(c) for c in option.candidates):
            option.shared.add("stated")
        elif any(_is_stated(c) for other in options for c in other.candidates):
            option.shared.add("another is stated")
        if _is_near(option):
            option.shared.add("shown near the headline")
        elif any(map(_is_near, options)):
            option.shared.add("another is near the headline")
        if title and option.letters in title:
            option.shared.add("in the title")
        option.shared.update(_parts(option, options))


def _parts(option: NameOption, options: Sequence[NameOption]) -> Iterator[str]:
    for other in options:
        if other is option or min(len(other.letters), len(option.letters)) < _LEAST_LETTERS:
            continue
        what = "another" if _families(other) <= _families(option) else "one of more sources"
        if other.letters in option.letters:
            yield "holds another"
            yield f"holds {what}"
        elif option.letters in other.letters:
            yield "part of another"
            yield f"part of {what}"


def _families(option: NameOption) -> int:
    return len({candidate.source.partition(":")[0] for candidate in option.candidates})


def _is_near(option: NameOption) -> bool:
    return any(c.evidence and c.evidence[0] in _PLACES for c in option.candidates)


def _is_marked(candidate: Candidate) -> bool:
    """Tell whether the page calls this a writer, in its metadata or by the name of an element."""
    return not candidate.source.startswith(("dom:bare", "dom:line", "dom:last", "dom:end"))


def _is_stated(candidate: Candidate) -> bool:
    return candidate.source.startswith(("jsonld:", "meta:", "script:"))
