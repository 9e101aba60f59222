"""Tree to blocks of text with their place in the page, and all else that one walk can see.

A block is a run of text that a reader sees as one piece: a paragraph, a heading, a list
item, a data table. The walk visits each node once, keeps a stack of its own (depth of the
page is not depth of the Python stack), and notes on the way what later steps would otherwise
have to search the tree for: meta elements, scripts, times, bylines, microdata.
"""

from dataclasses import dataclass, field

from newsextract.extraction.dom import Node, Tree
from newsextract.extraction.lines import line_label
from newsextract.extraction.names import reason_in
from newsextract.extraction.tables import table_text
from newsextract.extraction.text import (
    clean_line,
    ends_sentence,
    letters_only,
    prose_length,
)
from newsextract.records import BlockKind

__all__ = ["Container", "Marked", "Script", "Survey", "TextBlock", "survey"]

_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rb rp "
    "rt rtc ruby s samp small span strike strong sub sup time tt u var img picture source wbr br "
    "amp-img o:p g-emoji meta link".split()
)
# Of these a name says nothing that matters: they hold no text, or are part of a word.
_BARE = frozenset("a b font i strong sub sup u".split())
_VOID = frozenset("br img link meta source wbr".split())
_APART = "(apart)"
_APART_REASONS = frozenset(("caption", "advertisement", "share", "comments", "subscribe"))
_SKIPPED = frozenset(
    "style noscript template svg canvas iframe object embed audio video select datalist "
    "button textarea input progress meter map area math noframes applet frameset "
    "amp-ad amp-iframe amp-embed amp-sidebar amp-social-share amp-consent amp-analytics "
    "amp-video amp-youtube".split()
)
# How the parser calls what is no element.
_TEXT, _COMMENT, _NO_ELEMENT = "-text", "-comment", "-!#"
_CONTROLS = frozenset("button input select textarea".split())
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_TAG_REASONS = {
    "nav": "navigation",
    "menu": "navigation",
    "footer": "footer",
    "header": "header",
    "aside": "sidebar",
    "figcaption": "caption",
    "caption": "caption",
    "form": "form",
    "dialog": "dialog",
    "address": "byline",
}
_ROLE_REASONS = {
    "navigation": "navigation",
    "menu": "navigation",
    "banner": "header",
    "contentinfo": "footer",
    "complementary": "sidebar",
    "search": "form",
    "dialog": "dialog",
    "alertdialog": "dialog",
}
_BYLINE_WORDS = (
    "author", "byline", "autor", "writer", "reporter", "contributor", "redact", "signature",
    "muhabir", "yazar", "penulis", "wartawan", "journalist", "kisha",
)  # fmt: skip
# https://microformats.org/wiki/rel-tag; WordPress marks a section as "category tag".
_MARKED_RELS = frozenset(("author", "tag", "category", "category tag"))
_MARKED_LIMIT = 200
_MARKED_LENGTH = 300
_MOST_LINKS = 0.4
_LEAST_PROSE, _SURE_PROSE = 40, 100
_WHOLE_PAGE = frozenset(("html", "body"))


class Container:
    """An element that holds blocks: where it stands, what it is called, what it sums up to."""

    __slots__ = (
        "classes", "depth", "first", "has_controls", "hidden", "index", "kind", "last", "level",
        "name", "ordinal", "parent", "path_cache", "prose", "reason", "states_body", "tag",
    )  # fmt: skip

    def __init__(self, tag: str, classes: str, ident: str, parent: "Container | None") -> None:
        self.tag = tag
        self.classes = classes
        self.name = f"{classes} {ident}" if classes and ident else classes or ident
        self.parent = parent
        # Its place among the containers, and which blocks stand in it: first ≤ index < last.
        self.index = self.first = self.last = 0
        self.reason: str | None = None
        self.prose = 0
        self.has_controls = False
        self.states_body = False
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
        """Return the elements down to this one, such as `html>body>div.story>p`."""
        missing: list[Container] = []
        container: Container | None = self
        while container is not None and not container.path_cache:
            missing.append(container)
            container = container.parent
        for below in reversed(missing):
            own = ".".join([below.tag, *below.name.split(None, 1)[:1]])
            below.path_cache = f"{below.parent.path_cache}>{own}" if below.parent else own
        return self.path_cache

    def ancestors(self) -> "list[Container]":
        """Return this container and those around it, innermost first."""
        chain = []
        container: Container | None = self
        while container is not None:
            chain.append(container)
            container = container.parent
        return chain


@dataclass(slots=True)
class TextBlock:
    """One run of text in page order.

    `link_length` is how many of its characters are links, `strong_length` how many are bold,
    `letters` its letters and digits alone, to compare by, `prose` how much running text it holds
    (characters of alphabetic text; none for labels and links), `label` what it is if it is a line
    that is known not to be part of a story (`lines.line_label`).
    """

    index: int
    text: str
    kind: BlockKind
    level: int
    ordinal: int
    container: Container
    link_length: int
    strong_length: int
    letters: str
    prose: int
    label: str | None

    @property
    def link_density(self) -> float:
        """The share of the text that is links, from 0 to 1."""
        return min(1.0, self.link_length / len(self.text))


@dataclass(slots=True)
class Marked:
    """An element that says what it is: microdata, a time, a byline. `value` is its machine form."""

    mark: str
    text: str
    value: str
    index: int
    container: Container


@dataclass(slots=True)
class Script:
    """A script element that holds data or may hold them."""

    type: str
    id: str
    text: str


@dataclass(slots=True)
class Survey:
    """All that one walk over the page found, in page order (a container before those in it)."""

    containers: list[Container] = field(default_factory=list)
    blocks: list[TextBlock] = field(default_factory=list)
    metas: list[tuple[str, str]] = field(default_factory=list)
    links: list[tuple[str, str, str]] = field(default_factory=list)
    scripts: list[Script] = field(default_factory=list)
    marked: list[Marked] = field(default_factory=list)
    title: str = ""
    language: str = ""


def survey(tree: Tree) -> Survey:
    """Walk the tree once and return what is in it."""
    walk = _Walk()
    if tree.root is not None:
        walk.run(tree.root)
    return walk.found


class _Walk:
    def __init__(self) -> None:
        self.found = Survey()
        self.container = Container("html", "", "", None)
        self.found.containers.append(self.container)
        self.pieces: list[str] = []
        self.link_pieces = 0
        self.strong_pieces = 0
        self.link_depth = 0
        self.strong_depth = 0
        self.after_break = False
        self.line_length = 0
        self.line_strong = 0
        self.line_styled = 0
        self.styled_depth = 0
        self.reasons: dict[str, str | None] = {}
        self.writers: dict[str, bool] = {}

    def run(self, root: Node) -> None:
        self._enter_page(root)
        node = root.first_child
        open_elements: list[tuple[Node, str]] = []
        while True:
            if node is None:
                if not open_elements:
                    break
                parent, closing = open_elements.pop()
                self._close(closing)
                node = parent.next
                continue
            tag = node.tag or _COMMENT
            if tag == _TEXT:
                self._text(node.text_content or "")
            elif tag[0] not in _NO_ELEMENT and (closing := self._open(node, tag)):
                open_elements.append((node, closing))
                node = node.first_child
                continue
            node = node.next
        self._flush()
        self.container.last = len(self.found.blocks)

    def _enter_page(self, root: Node) -> None:
        attributes = root.attributes
        self.found.language = attributes.get("lang") or attributes.get("xml:lang") or ""

    def _text(self, text: str) -> None:
        if not text:
            return
        if self.after_break and not text.isspace():
            self.after_break = False
        self.pieces.append(text)
        if self.link_depth:
            self.link_pieces += len(text)
        self.line_length += len(text)
        if self.strong_depth:
            self.strong_pieces += len(text)
            self.line_strong += len(text)
        if self.styled_depth:
            self.line_styled += len(text)

    def _open(self, node: Node, tag: str) -> str:
        """Note the element; return how to close it after its children, "" to pass over them."""
        if tag in _VOID:
            self._void(node, tag)
            return ""
        if tag in _INLINE:
            return self._open_inline(node, tag)
        if tag == "script":
            self._script(node)
            return ""
        if tag in _SKIPPED:
            if tag in _CONTROLS:
                self.container.has_controls = True
            return ""
        if tag == "title" and not self.found.title:
            self.found.title = clean_line(node.text(deep=True))
            return ""
        self._flush()
        if tag == "hr":
            return ""
        self._open_block(node, tag, node.attributes)
        if tag == "table" and (text := table_text(node)):
            self._data_table(text)
            self._close(tag)
            return ""
        return tag

    def _named(self, name: str) -> str | None:
        if name not in self.reasons:
            self.reasons[name] = reason_in(name)
        return self.reasons[name]

    def _open_inline(self, node: Node, tag: str) -> str:
        attributes = node.attributes
        if attributes:
            names = attributes.get("class")
            if names and tag not in _BARE and self._named(names) in _APART_REASONS:
                # Called a caption, an advertisement and the like: it stands apart.
                self._flush()
                self._open_block(node, tag, attributes)
                return _APART
            if _is_hidden(attributes):
                return ""
            self._mark(node, tag, attributes)
        if tag == "a":
            previous = node.prev
            if self.pieces and previous is not None and previous.tag == "a":
                # Two links side by side are two labels, though no space stands between them.
                self.pieces.append(" ")
            self.link_depth += 1
        elif tag == "b" or tag == "strong":
            self.strong_depth += 1
        elif tag == "span" or tag == "font":
            self.styled_depth += 1
        return tag

    def _void(self, node: Node, tag: str) -> None:
        if tag == "br":
            self._break()
        elif tag == "meta":
            self._meta(node.attributes)
        elif tag == "link":
            self._link(node.attributes)

    def _open_block(self, node: Node, tag: str, attributes: dict[str, str | None]) -> None:
        parent = self.container
        classes, ident = attributes.get("class") or "", attributes.get("id") or ""
        container = Container(tag, classes, ident, parent)
        self.container = container
        self._number(container)
        container.reason = self._reason(tag, container.name, attributes)
        if attributes:
            if _is_hidden(attributes):
                container.hidden = True
            if attributes.get("itemprop") == "articleBody":
                container.states_body = True
            self._mark(node, tag, attributes)
        if tag in _HEADINGS:
            container.kind, container.level = "heading", _HEADINGS[tag]
        elif tag == "li":
            self._open_item(container, parent)
        elif tag == "ul" or tag == "ol":
            container.level = container.level + 1 if container.kind == "list_item" else 1
        elif tag == "blockquote":
            container.kind, container.level = "quote", 0
        elif tag == "pre":
            container.kind, container.level = "code", 0

    def _number(self, container: Container) -> None:
        container.index = len(self.found.containers)
        container.first = len(self.found.blocks)
        self.found.containers.append(container)

    @staticmethod
    def _open_item(container: Container, parent: Container) -> None:
        container.kind = "list_item"
        container.level = max(1, parent.level)
        if parent.tag == "ol":
            parent.ordinal += 1
            container.ordinal = parent.ordinal

    def _reason(self, tag: str, name: str, attributes: dict[str, str | None]) -> str | None:
        if tag in _WHOLE_PAGE:
            return None
        if tag in _TAG_REASONS and not (tag == "header" and self._in_story()):
            return _TAG_REASONS[tag]
        if attributes and (role := attributes.get("role")) in _ROLE_REASONS:
            return _ROLE_REASONS[role or ""]
        if not name:
            return None
        return self._named(name)

    def _in_story(self) -> bool:
        """Tell whether this is inside an element for a story, whose header is not the site's."""
        return any(
            container.tag in ("article", "section", "main")
            for container in self.container.ancestors()[1:6]
        )

    def _close(self, tag: str) -> None:
        if tag == "a":
            self.link_depth -= 1
        elif tag == "b" or tag == "strong":
            self.strong_depth -= 1
        elif tag == "span" or tag == "font":
            self.styled_depth -= 1
        elif tag not in _INLINE:
            self._flush()
            self.container.last = len(self.found.blocks)
            if self.container.parent is not None:
                self.container = self.container.parent

    def _break(self) -> None:
        # An empty line parts paragraphs; a line that is all bold, or all in an element of its
        # own, is a heading or a label without the name.
        apart = max(self.line_strong, 0 if self.styled_depth else self.line_styled)
        if self.after_break or (apart and apart >= self.line_length - 2):
            self._flush()
        else:
            self.pieces.append("\n")
            self.after_break = True
        self.line_length = self.line_strong = self.line_styled = 0

    def _flush(self) -> None:
        self.after_break = False
        self.line_length = self.line_strong = self.line_styled = 0
        if not self.pieces:
            return
        raw = "".join(self.pieces)
        link_length, strong_length = self.link_pieces, self.strong_pieces
        self.pieces.clear()
        self.link_pieces = self.strong_pieces = 0
        if raw.isspace():
            return
        container = self.container
        text = _code(raw) if container.kind == "code" else clean_line(raw)
        if not text:
            return
        self._add(text, container.kind, link_length, strong_length)

    def _add(self, text: str, kind: BlockKind, link_length: int, strong_length: int) -> None:
        container = self.container
        blocks = self.found.blocks
        blocks.append(
            TextBlock(
                len(blocks), text, kind, container.level, container.ordinal, container,
                link_length, strong_length, letters_only(text), _prose(text, kind, link_length),
                line_label(text, linked=2 * link_length > len(text)),
            )
        )  # fmt: skip

    def _data_table(self, text: str) -> None:
        self._add(text, "table", 0, 0)

    def _meta(self, attributes: dict[str, str | None]) -> None:
        content = attributes.get("content")
        if not content:
            return
        for key in ("property", "name", "itemprop", "http-equiv"):
            name = attributes.get(key)
            if name:
                self.found.metas.append((name.strip().lower(), content))
                if key == "itemprop":
                    self._add_mark(f"itemprop:{name.strip()}", "", content)
                return

    def _link(self, attributes: dict[str, str | None]) -> None:
        href, rel = attributes.get("href"), attributes.get("rel")
        if href and rel:
            self.found.links.append((rel.lower(), href.strip(), attributes.get("type") or ""))

    def _script(self, node: Node) -> None:
        attributes = node.attributes
        if attributes.get("src"):
            return
        text = node.text(deep=True) or ""
        if len(text) > 2:
            self.found.scripts.append(
                Script((attributes.get("type") or "").lower(), attributes.get("id") or "", text)
            )

    def _mark(self, node: Node, tag: str, attributes: dict[str, str | None]) -> None:
        if len(attributes) > 1 or "class" not in attributes:
            if (prop := attributes.get("itemprop")) and prop != "articleBody":
                value = attributes.get("content") or attributes.get("datetime") or ""
                self._add_mark(f"itemprop:{prop}", _short_text(node), value)
            if (names := attributes.get("property")) and (stated := attributes.get("content")):
                for name in names.split():
                    self._add_mark(f"property:{name}", "", stated)
            if tag == "a" and (rel := attributes.get("rel")) and rel.lower() in _MARKED_RELS:
                self._add_mark(f"rel:{rel.lower()}", _short_text(node), "")
                return
        if tag == "time":
            self._add_mark("time", _short_text(node), attributes.get("datetime") or "")
        elif (names := attributes.get("class")) and self._names_a_writer(names):
            text = _short_text(node)
            # In "By Ann Lee, City editor" the link, if there is one, is the name.
            linked = [clean_line(link.text(deep=True)) for link in node.css("a")] if text else []
            self._add_mark("byline", text, "; ".join(linked) if len(linked) <= 4 else "")

    def _names_a_writer(self, names: str) -> bool:
        known = self.writers.get(names)
        if known is None:
            folded = names.lower()
            known = self.writers[names] = any(word in folded for word in _BYLINE_WORDS)
        return known

    def _add_mark(self, mark: str, text: str, value: str) -> None:
        marked = self.found.marked
        if len(marked) < _MARKED_LIMIT and (text or value):
            marked.append(Marked(mark, text, value, len(self.found.blocks), self.container))


def _prose(text: str, kind: BlockKind, link_length: int) -> int:
    if kind in ("heading", "table", "code") or link_length > _MOST_LINKS * len(text):
        return 0
    length = prose_length(text)
    if length < _LEAST_PROSE or (length < _SURE_PROSE and not ends_sentence(text)):
        return 0
    return length


def _is_hidden(attributes: dict[str, str | None]) -> bool:
    if "hidden" in attributes and attributes["hidden"] != "until-found":
        return True
    if attributes.get("aria-hidden") == "true":
        return True
    style = attributes.get("style")
    if style:
        style = style.replace(" ", "").lower()
        return "display:none" in style or "visibility:hidden" in style
    return False


def _short_text(node: Node) -> str:
    """Return the text of a small element; nothing for one that holds half the page."""
    text = node.text(deep=True, separator=" ")
    return clean_line(text) if len(text) <= 4 * _MARKED_LENGTH else ""


def _code(raw: str) -> str:
    return "\n".join(line.rstrip() for line in raw.strip("\n").splitlines())
