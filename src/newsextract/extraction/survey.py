"""What one walk over a page finds: containers, blocks of text, marked elements, scripts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from newsextract.extraction.dom import Node
from newsextract.extraction.lines import line_label
from newsextract.extraction.text import clean_line, ends_sentence, letters_only, prose_length
from newsextract.records import BlockKind

__all__ = [
    "MOST_BLOCKS",
    "VOCABULARIES",
    "Container",
    "Marked",
    "Medium",
    "PassedOver",
    "Script",
    "Survey",
    "TextBlock",
    "prose_in",
]


# A page with more blocks would take seconds, and is no article.
MOST_BLOCKS = 20_000
_NO_PROSE = frozenset(("heading", "table", "code"))
# Less is no running text; so much is, whatever its end.
_LEAST_PROSE, _SURE_PROSE = 40, 100
_MOST_LINKS = 0.4
_NOT_LOOKED_AT = ""
# In characters. Those of real pages have some hundreds.
_LONGEST_PATH = 2_000


def _step(tag: str, names: str) -> str:
    """Return an element as it stands in a path: its name, and the first that it is called by."""
    called = names.split(None, 1)[:1]
    return clean_line(".".join([tag, *called]))


def _end_of(path: str) -> str:
    """Return the last elements of a path; of thousands in one another each has its own."""
    end = path[-_LONGEST_PATH:]
    return f"…{end[max(0, end.find('>')) :]}"


class Container:
    """An element that holds blocks: where it stands, what it is called, what it sums up to."""

    __slots__ = (
        "classes", "depth", "first", "has_controls", "hidden", "index", "kind", "last", "level",
        "name", "opens", "ordinal", "parent", "path_cache", "reason", "states_body", "tag",
    )  # fmt: skip

    def __init__(
        self,
        tag: str,
        classes: str,
        name: str,
        parent: "Container | None",
        index: int,
        first: int,
        reason: str | None,
    ) -> None:
        self.tag = tag
        self.classes = classes
        self.name = name
        self.parent = parent
        # Its place among the containers, and which blocks stand in it: first ≤ index < last.
        self.index = index
        self.first = self.last = first
        self.reason = reason
        self.has_controls = False
        self.states_body = False
        # Not shown at first, but readers can have it shown.
        self.opens = False
        self.path_cache = ""
        self.ordinal = 0
        if parent is None:
            self.depth = 0
            self.hidden = False
            self.kind: BlockKind = "paragraph"
            self.level = 0
        else:
            self.depth = parent.depth + 1
            self.hidden = parent.hidden
            self.kind = parent.kind
            self.level = parent.level

    def path(self) -> str:
        """Return the elements down to this one, such as `html>body>div.story>p`.

        One of more than 2,000 characters is its end, behind "…".
        """
        missing: list[Container] = []
        container: Container | None = self
        while container is not None and not container.path_cache:
            missing.append(container)
            container = container.parent
        for below in reversed(missing):
            own = _step(below.tag, below.name)
            path = f"{below.parent.path_cache}>{own}" if below.parent else own
            below.path_cache = path if len(path) <= _LONGEST_PATH else _end_of(path)
        return self.path_cache

    def not_yet_in(self, known: Collection["Container | None"]) -> "list[Container]":
        """Return this container and those around it up to one that is known, outermost first.

        To look at each of a page's containers once; `None`, beyond the page, has to be known.
        """
        chain: list[Container] = []
        container: Container | None = self
        while container not in known and container is not None:
            chain.append(container)
            container = container.parent
        return chain[::-1]

    def ancestors(self, most: int | None = None) -> "list[Container]":
        """Return this container and those around it, innermost first, so many at most."""
        chain: list[Container] = []
        container: Container | None = self
        while container is not None and len(chain) != most:
            chain.append(container)
            container = container.parent
        return chain


class TextBlock:
    """One run of text in page order.

    `link_length` is how many of its characters are links, `strong_length` how many are bold,
    `prose` how much running text it holds (characters of alphabetic text; none for labels and
    links). `letters` and `label` are made when first asked for, since most blocks are links of
    menus that nobody asks.
    """

    __slots__ = (
        "_label", "_letters", "container", "index", "kind", "level", "link_length", "ordinal",
        "prose", "strong_length", "text",
    )  # fmt: skip

    def __init__(
        self,
        index: int,
        text: str,
        kind: BlockKind,
        container: Container,
        link_length: int,
        strong_length: int,
        prose: int,
    ) -> None:
        self.index = index
        self.text = text
        self.kind = kind
        self.level = container.level
        self.ordinal = container.ordinal
        self.container = container
        self.link_length = link_length
        self.strong_length = strong_length
        self.prose = prose
        self._letters: str | None = None
        self._label: str | None = _NOT_LOOKED_AT

    @property
    def letters(self) -> str:
        """Its letters and digits alone, to compare by."""
        letters = self._letters
        if letters is None:
            letters = self._letters = letters_only(self.text)
        return letters

    @property
    def label(self) -> str | None:
        """What it is if it is a line that is known not to be part of a story (`line_label`)."""
        label = self._label
        if label == _NOT_LOOKED_AT:
            linked = 2 * self.link_length > len(self.text)
            is_code = self.kind == "code"
            label = self._label = None if is_code else line_label(self.text, linked=linked)
        return label

    @property
    def link_density(self) -> float:
        """The share of the text that is links, from 0 to 1."""
        return min(1.0, self.link_length / len(self.text))


def prose_in(text: str, kind: BlockKind, linked: int) -> int:
    """Return how much running text a block is, of which so much is linked.

    In characters of alphabetic text; 0 for labels and links. A short one is running text where it
    ends as a sentence does.
    """
    length = len(text)
    # No character counts for more than three.
    if 3 * length < _LEAST_PROSE or linked > _MOST_LINKS * length or kind in _NO_PROSE:
        return 0
    length = prose_length(text)
    if length < _LEAST_PROSE or (length < _SURE_PROSE and not ends_sentence(text)):
        return 0
    return length


# What marks are called by the attribute that they come from.
VOCABULARIES = {"itemprop": "microdata", "property": "rdfa"}


@dataclass(slots=True)
class Marked:
    """An element that says what it is: microdata, a time, a byline. `value` is its machine form."""

    mark: str
    text: str
    value: str
    index: int
    container: Container


@dataclass(slots=True)
class Medium:
    """A picture or a player, in a container and before the block of that index.

    Its attributes are read only where it turns out to stand in the story.
    """

    node: Node
    tag: str
    container: Container
    index: int


class Script:
    """A script element that holds data or may hold them; its text is fetched when asked for."""

    __slots__ = ("_node", "_text", "id", "type")

    def __init__(self, kind: str, ident: str, node: Node) -> None:
        self.type = kind
        self.id = ident
        self._node = node
        self._text: str | None = None

    @property
    def text(self) -> str:
        """The script itself."""
        if self._text is None:
            self._text = self._node.text(deep=True) or ""
        return self._text


@dataclass(slots=True)
class PassedOver:
    """An element that the walk did not enter, since no story stands in it, and why.

    It stands in `parent`, before the block of that `index`. It keeps the tree for as long as nobody
    has asked for its text, since few ever do.
    """

    node: Node
    reason: str
    parent: Container
    index: int

    @property
    def why(self) -> tuple[str, str]:
        """The step that left it out, and the reason, as for blocks."""
        if self.reason == "hidden":
            return "hidden", "not shown to readers"
        return "names", self.reason

    def path(self) -> str:
        """Return the elements down to this one, such as `html>body>nav.menu`."""
        attributes = self.node.attributes
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        own = _step(self.node.tag or "", names)
        return f"{self.parent.path()}>{own}"


@dataclass(slots=True)
class Survey:
    """All that one walk over the page found, in page order (a container before those in it).

    `containers` are those that hold blocks; what is marked may stand in another. `links` are the
    link elements: relation, address, type and medium. `licences` are the
    addresses of links to one, `tag_links` the links of rows of tags, `anchors` all links with their
    addresses, all with where they stand. `styles` are the page's own style sheets.
    """

    containers: list[Container] = field(default_factory=list)
    blocks: list[TextBlock] = field(default_factory=list)
    metas: list[tuple[str, str]] = field(default_factory=list)
    links: list[tuple[str, str, str, str]] = field(default_factory=list)
    scripts: list[Script] = field(default_factory=list)
    marked: list[Marked] = field(default_factory=list)
    media: list[Medium] = field(default_factory=list)
    licences: list[tuple[str, Container]] = field(default_factory=list)
    tag_links: list[tuple[Node, Container]] = field(default_factory=list)
    anchors: list[tuple[Node, str, int, Container]] = field(default_factory=list)
    passed_over: list[PassedOver] = field(default_factory=list)
    styles: list[Node] = field(default_factory=list)
    most_blocks: int = MOST_BLOCKS
    # How many characters the walk has read in elements that it then enters, too.
    read: int = 0
    # How many elements have a name that says what they hold, such as `sidebar` and `byline`.
    named: int = 0
    title: str = ""
    language: str = ""
    # The ids of the elements that the controls seen so far open and close.
    controlled: set[str] = field(default_factory=set)
    # What the page itself completes its addresses with, as written; empty where it says nothing.
    base: str = ""

    def note_panels(self, attributes: Mapping[str, str | None]) -> None:
        """Note the panels that a control opens.

        https://www.w3.org/TR/wai-aria-1.2/#aria-controls
        """
        if controlled := attributes.get("aria-controls"):
            self.controlled.update(controlled.split())
