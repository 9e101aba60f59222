"""Tree to blocks of text with their place in the page, and all else that one walk can see.

A block is a run of text that a reader sees as one piece: a paragraph, a heading, a list
item, a data table. The walk visits each node once, keeps a stack of its own (depth of the
page is not depth of the Python stack), and notes on the way what later steps would otherwise
have to search the tree for: meta elements, scripts, times, bylines, microdata, pictures. It does
not enter menus and the site's footer, which are a third of a page and no part of any story.
"""

import itertools
import re
import sys

from newsextract.errors import TooComplex
from newsextract.extraction.dom import Node, Tree, is_apart, tag_numbers
from newsextract.extraction.hidden import can_be_opened, is_hidden
from newsextract.extraction.names import JUDGEMENTS, judge, says_writer
from newsextract.extraction.open_links import without_open_links
from newsextract.extraction.survey import (
    Container,
    Marked,
    Medium,
    PassedOver,
    Script,
    Survey,
    TextBlock,
    prose_in,
)
from newsextract.extraction.tables import table_text
from newsextract.extraction.text import (
    clean_line,
    clean_text,
    ends_sentence,
    letters_only,
    prose_length,
)
from newsextract.records import BlockKind

__all__ = [
    "Container", "Marked", "Medium", "PassedOver", "Script", "Survey", "TextBlock", "survey",
    "text_within",
]  # fmt: skip

# https://microformats.org/wiki/datetime-design-pattern has times in the title of an abbr.
_TIMES = frozenset("time abbr relative-time local-time time-ago time-until".split())
_INLINE = _TIMES | frozenset(
    "acronym bdi bdo big cite code data del dfn em i ins kbd label mark nobr q rb rp "
    "rt rtc ruby s samp small strike sub sup tt u var picture o:p g-emoji".split()
)
# Of these a name says nothing that matters: they hold no text, or are part of a word.
_BARE = frozenset("a b font i strong sub sup u".split())
_APART_REASONS = frozenset(("caption", "advertisement", "share", "comments", "subscribe"))
_SKIPPED = frozenset(
    "template svg canvas object embed audio datalist "
    "progress meter map area math noframes applet frameset source wbr "
    "amp-ad amp-embed amp-sidebar amp-social-share amp-consent amp-analytics".split()
)
# Pictures and players; `<noscript>` holds the picture that a script is to load. They hold no text,
# but an `<amp-img>` that its page forgets to close has the rest of the story in it.
_MEDIA_TAGS = frozenset(
    "img noscript video iframe amp-img amp-video amp-iframe amp-youtube amp-vimeo amp-dailymotion "
    "lite-youtube lite-vimeo".split()
)
_MEDIA_LIMIT = 500
_CONTROLS = frozenset("button input select textarea".split())
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
# What is so long and ends as a sentence does is a paragraph, whatever it stands in.
_NO_HEADING = 100
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
# https://microformats.org/wiki/rel-tag; WordPress marks a section as "category tag".
_MARKED_RELS = frozenset(("author", "tag", "category", "category tag"))
_MARKED_LIMIT = 600
# Not more digits than Markdown allows: https://spec.commonmark.org/0.31.2/#list-items
_ORDINAL = re.compile(r"\s*\+?([1-9][0-9]{0,8})(?![0-9])")
_MARKED_LENGTH = 300
# Marked elements in one another have the same text again and again: so much of it is read, in
# characters. Those of 1,953 real pages come to 700,000 at most.
_MOST_READ = 5_000_000
_MOST_BYLINE_LINKS = 6
_STORY_TAGS = frozenset(("article", "section", "main"))
_WHOLE_PAGE = frozenset(("html", "body"))
# A footer in one of these is that of a story, a quote or a picture.
_OWN_FOOTERS = frozenset(("article", "blockquote", "figure", "main"))
_A_TIME, _LONGEST_TIME = re.compile(r"\d{4}-\d\d-\d\d|\d\d:\d\d:\d\d"), 40
# Attributes that tell more of an element than its names do.
_TELLING = frozenset("hidden aria-hidden aria-controls style itemprop property rel role".split())

# What the walk does with an element. Those up to _STYLED are closed by counting down, those from
# _PLAIN on are containers.
(
    _IN_LINE, _LINK, _STRONG, _STYLED, _PASSED, _BREAK, _META, _LINKED, _SCRIPT, _CONTROL, _RULE,
    _MEDIUM, _STYLE, _BASE, _PLAIN, _SPECIAL, _TITLE, _LEFT_OUT,
) = range(18)  # fmt: skip
_ACTIONS = {
    **dict.fromkeys(_INLINE, _IN_LINE),
    **dict.fromkeys(("b", "strong"), _STRONG),
    **dict.fromkeys(("span", "font"), _STYLED),
    **dict.fromkeys(_SKIPPED, _PASSED),
    **dict.fromkeys(_MEDIA_TAGS, _MEDIUM),
    **dict.fromkeys(_CONTROLS, _CONTROL),
    **dict.fromkeys(_TAG_REASONS, _SPECIAL),
    **dict.fromkeys(_HEADINGS, _SPECIAL),
    **dict.fromkeys("html body li ul ol blockquote pre table".split(), _SPECIAL),
    **dict.fromkeys("div p section article main figure dl dt dd tr td th tbody".split(), _PLAIN),
    **dict.fromkeys(("nav", "footer"), _LEFT_OUT),
    "a": _LINK,
    "br": _BREAK,
    "meta": _META,
    "link": _LINKED,
    "base": _BASE,
    "script": _SCRIPT,
    "title": _TITLE,
    "hr": _RULE,
    "style": _STYLE,
    "-comment": _PASSED,
}
# To ask the parser for a number takes a third of the time that it takes for a name.
_KNOWN = {number: (name, _ACTIONS[name]) for name, number in tag_numbers(_ACTIONS).items()}


def survey(tree: Tree) -> Survey:
    """Walk the tree once and return what is in it."""
    found = Survey()
    root = tree.root
    if root is None:
        found.containers.append(Container("html", "", "", None, 0, 0, None))
    else:
        attributes = root.attributes
        found.language = attributes.get("lang") or attributes.get("xml:lang") or ""
        _walk(root, found, whole=False)
        without_open_links(found)
        if found.passed_over and not any(block.prose for block in found.blocks):
            # Whatever this page has to say, it says there.
            found = Survey(language=found.language)
            _walk(root, found, whole=True)
            without_open_links(found)
    return found


def text_within(node: Node) -> str:
    """Return the text of an element that the walk passed over, a line a block."""
    found = Survey(most_blocks=sys.maxsize)
    _walk(node, found, whole=True)
    return "\n".join(block.text for block in found.blocks)


# Every node of the page comes through here, so this is one loop over local variables: calls and
# attributes of an object took more time than what they did. The stack is its own, since the depth
# of a page must not be that of the Python stack.
def _walk(root: Node, found: Survey, *, whole: bool) -> None:  # noqa: C901
    containers, blocks = found.containers, found.blocks
    container = Container("html", "", "", None, 0, 0, None)
    containers.append(container)
    known_tags, telling, judgements = _KNOWN, _TELLING, JUDGEMENTS
    open_elements: list[tuple[Node, int]] = []
    # The text since the last block, how much of it is linked and bold; then the same of its last
    # line, with what stands in an element of its own.
    pieces: list[str] = []
    linked = strong = 0
    line_length = line_strong = line_styled = 0
    # How many elements are open of each of these, and of all three.
    link_depth = strong_depth = styled_depth = inside = 0
    after_break = False
    names: str | None
    node = root.first_child
    while True:
        if node is None:
            if not open_elements:
                break
            parent, action = open_elements.pop()
            if action >= _PLAIN:
                if pieces:
                    _add_run(found, pieces, container, linked, strong)
                linked = strong = line_length = line_strong = line_styled = 0
                after_break = False
                container.last = count = len(blocks)
                if container.first == count:
                    # Nothing stands in it, nor in those inside it, which are gone by now.
                    containers.pop()
                container = container.parent or container
            elif action != _IN_LINE:
                inside -= 1
                if action == _LINK:
                    link_depth -= 1
                elif action == _STYLED:
                    styled_depth -= 1
                else:
                    strong_depth -= 1
            node = parent.next
            continue

        text = node.text_content
        if text is not None:
            if pieces:
                pieces.append(text)
                if after_break and not text.isspace():
                    after_break = False
            elif (not text.isspace() or container.kind == "code") and text:
                pieces.append(text)
            size = len(text)
            line_length += size
            if inside:
                if link_depth:
                    linked += size
                if strong_depth:
                    strong += size
                    line_strong += size
                if styled_depth:
                    line_styled += size
            node = node.next
            continue

        known = known_tags.get(node.tag_id)
        if known:
            tag, action = known
        else:
            tag = node.tag or "-comment"
            # A name that nobody has foreseen is that of a container, if it is an element at all.
            action = _ACTIONS.get(tag, _PASSED if tag[0] in "-!#" else _PLAIN)

        if action <= _STYLED:
            attributes = node.attributes
            if attributes:
                names = attributes.get("class")
                reason, of_writer = None, False
                if names:
                    reason, of_writer = judgements.get(names) or judge(names)
                if attributes.get("itemprop") == "caption":
                    # https://schema.org/caption
                    reason = "caption"
                if reason is not None and reason in _APART_REASONS and tag not in _BARE:
                    # Called a caption, an advertisement and the like: it stands apart.
                    action = _PLAIN
                elif (
                    reason == "hidden"
                    or of_writer
                    or tag in _TIMES
                    or not telling.isdisjoint(attributes)
                ):
                    # A colon for those who listen parts a headline for all who copy it.
                    is_left_out = reason == "hidden" and letters_only(_read(found, node)) != ""
                    if is_left_out or is_hidden(attributes):
                        found.passed_over.append(PassedOver(node, "hidden", container, len(blocks)))
                        node = node.next
                        continue
                    _mark(found, container, node, tag, attributes)
                if action == _LINK and (href := attributes.get("href")):
                    found.anchors.append((node, href, len(blocks), container))
                    if "creativecommons.org/" in href:
                        found.licences.append((href, container))
            if action != _PLAIN:
                if pieces and container.kind != "code" and is_apart(node, pieces[-1]):
                    pieces.append(" ")
                if action == _LINK:
                    link_depth += 1
                    inside += 1
                    if container.reason == "tags" and len(found.tag_links) < _MARKED_LIMIT:
                        found.tag_links.append((node, container))
                elif action == _STYLED:
                    styled_depth += 1
                    inside += 1
                elif action == _STRONG:
                    strong_depth += 1
                    inside += 1
                open_elements.append((node, action))
                node = node.first_child
                continue
        elif action < _PLAIN:
            if action == _BREAK:
                # An empty line parts paragraphs; a line that is all bold, or all in an element of
                # its own, is a heading or a label without the name.
                apart = line_strong if styled_depth else max(line_strong, line_styled)
                if after_break or (apart and apart >= line_length - 2):
                    if pieces:
                        _add_run(found, pieces, container, linked, strong)
                    linked = strong = 0
                    after_break = False
                else:
                    pieces.append("\n")
                    after_break = True
                line_length = line_strong = line_styled = 0
            elif action == _META:
                _meta(found, container, node.attributes)
            elif action == _LINKED:
                _link(found, node.attributes)
            elif action == _SCRIPT:
                _script(found, node)
            elif action == _MEDIUM:
                if len(found.media) < _MEDIA_LIMIT:
                    found.media.append(Medium(node, tag, container, len(blocks)))
                if tag == "amp-img":
                    open_elements.append((node, _IN_LINE))
                    node = node.first_child
                    continue
            elif action == _CONTROL:
                container.has_controls = True
                found.note_panels(node.attributes)
                # A selector takes three times as long for so few nodes.
                if tag == "button" and any(below.tag == "figure" for below in node.traverse()):
                    # The picture that it shows larger.
                    open_elements.append((node, _IN_LINE))
                    node = node.first_child
                    continue
            elif action == _STYLE:
                found.styles.append(node)
            elif action == _BASE:
                found.base = found.base or (node.attributes.get("href") or "").strip()
            elif action == _RULE:
                if pieces:
                    _add_run(found, pieces, container, linked, strong)
                linked = strong = line_length = line_strong = line_styled = 0
                after_break = False
            node = node.next
            continue

        # What is left is a container.
        if pieces:
            _add_run(found, pieces, container, linked, strong)
        linked = strong = line_length = line_strong = line_styled = 0
        after_break = False
        attributes = node.attributes
        if action > _SPECIAL:
            if action == _TITLE:
                if not found.title:
                    found.title = clean_line(node.text(deep=True))
                    node = node.next
                    continue
            elif not whole and _holds_no_story(tag, attributes, container):
                passed = PassedOver(node, _TAG_REASONS[tag], container, len(blocks))
                found.passed_over.append(passed)
                node = node.next
                continue
            action = _SPECIAL
        parent_container = container
        if attributes:
            classes, ident = attributes.get("class"), attributes.get("id")
            name = classes = classes or ""
            reason, of_writer = None, False
            if classes:
                reason, of_writer = judgements.get(classes) or judge(classes)
            if ident:
                name = f"{classes} {ident}" if classes else ident
                if reason is None:
                    reason = (judgements.get(ident) or judge(ident))[0]
            if reason is not None or of_writer:
                found.named += 1
            container = Container(
                tag, classes, name, container, len(containers), len(blocks), reason
            )
            if reason == "hidden":
                container.hidden, container.reason = True, None
            if of_writer or tag in _TIMES or not telling.isdisjoint(attributes):
                if (role := attributes.get("role")) in _ROLE_REASONS:
                    container.reason = _ROLE_REASONS[role or ""]
                if is_hidden(attributes):
                    container.opens = can_be_opened(
                        attributes, parent_container.name, found.controlled
                    )
                    container.hidden = container.hidden or not container.opens
                if (stated := attributes.get("itemprop")) == "articleBody":
                    container.states_body = True
                elif stated == "caption":
                    container.reason = "caption"
                _mark(found, container, node, tag, attributes)
        else:
            container = Container(tag, "", "", container, len(containers), len(blocks), None)
        containers.append(container)
        if tag == "li":
            container.kind = "list_item"
            container.level = parent_container.level or 1
            if parent_container.tag == "ol":
                number = parent_container.ordinal + 1
                container.ordinal = _number_in(attributes, "value", number)
                parent_container.ordinal = container.ordinal
        elif action == _SPECIAL:
            _specialize(container)
            if tag == "ol":
                container.ordinal = _number_in(attributes, "start", 1) - 1
            if tag == "table" and (text := table_text(node)):
                blocks.append(TextBlock(len(blocks), text, "table", container, 0, 0, 0))
                container.last = len(blocks)
                container = parent_container
                node = node.next
                continue
        open_elements.append((node, action))
        node = node.first_child
    if pieces:
        _add_run(found, pieces, container, linked, strong)
    container.last = len(blocks)


def _holds_no_story(tag: str, attributes: dict[str, str | None], parent: Container | None) -> bool:
    """Tell whether this is a menu, but not the trail to this page, or the site's footer."""
    if tag == "nav":
        return "itemprop" not in attributes and not any(
            value is not None and "crumb" in value.lower() for value in attributes.values()
        )
    while parent is not None:
        if parent.tag in _OWN_FOOTERS:
            return False
        parent = parent.parent
    return True


def _number_in(attributes: dict[str, str | None], name: str, otherwise: int) -> int:
    """Return the number that an attribute gives, if it is one that items can have here.

    https://html.spec.whatwg.org/multipage/grouping-content.html#ordinal-value
    """
    given = _ORDINAL.match(attributes.get(name) or "")
    return int(given[1]) if given else otherwise


def _specialize(container: Container) -> None:
    """Note what the element's own name says of it and of the text in it."""
    tag = container.tag
    if tag == "ul" or tag == "ol":
        container.level = container.level + 1 if container.kind == "list_item" else 1
    elif tag in _HEADINGS:
        container.kind, container.level = "heading", _HEADINGS[tag]
    elif tag in _TAG_REASONS:
        if not (tag == "header" and _in_story(container)):
            container.reason = _TAG_REASONS[tag]
    elif tag == "blockquote":
        container.kind, container.level = "quote", 0
    elif tag == "pre":
        container.kind, container.level = "code", 0
    elif tag in _WHOLE_PAGE:
        container.reason = None


def _in_story(container: Container) -> bool:
    """Tell whether this is inside an element for a story, whose header is not the site's."""
    return any(above.tag in _STORY_TAGS for above in container.ancestors(6)[1:])


def _add_run(
    found: Survey, pieces: list[str], container: Container, linked: int, strong: int
) -> None:
    """Make a block of the text that has been gathered, if it says anything."""
    blocks = found.blocks
    raw = pieces[0] if len(pieces) == 1 else "".join(pieces)
    pieces.clear()
    kind = container.kind
    if kind == "code":
        # Between the cells of a table of results in `<pre>` there is white space by the thousand.
        text = "" if raw.isspace() else _code(raw)
        if text.isspace():
            return
    else:
        text = clean_line(raw)
    if not text:
        return
    if len(blocks) >= found.most_blocks:
        raise TooComplex(
            f"The page has more than {found.most_blocks:,} blocks of text.", detail="blocks"
        )
    if kind == "heading" and container.tag not in _HEADINGS and _is_paragraph(text):
        kind = _kind_below_heading(container, len(blocks))
    prose = prose_in(text, kind, linked)
    blocks.append(TextBlock(len(blocks), text, kind, container, linked, strong, prose))


def _is_paragraph(text: str) -> bool:
    return prose_length(text) >= _NO_HEADING and ends_sentence(text)


def _kind_below_heading(container: Container, count: int) -> BlockKind:
    """Say what a paragraph in a heading is: no part of it if it stands below the heading's text.

    Its page forgot to close the heading then, so what follows is no part of it either.
    """
    within = list(itertools.takewhile(lambda own: own.kind == "heading", container.ancestors()))
    if within[-1].first == count:
        return "heading"
    for own in within:
        own.kind, own.level = "paragraph", 0
    return "paragraph"


def _meta(found: Survey, container: Container, attributes: dict[str, str | None]) -> None:
    content = attributes.get("content")
    if not content:
        # Some templates write `value`. Networks do not read it, and what it says of the title is
        # seldom the headline; a time is a time.
        content = attributes.get("value")
        if not content or not _A_TIME.search(content[:_LONGEST_TIME]):
            return
    for key in ("property", "name", "itemprop", "http-equiv"):
        name = attributes.get(key)
        if name:
            found.metas.append((name.strip().lower(), content))
            if key == "itemprop":
                _add_mark(found, container, f"itemprop:{name.strip()}", "", content)
            return


def _link(found: Survey, attributes: dict[str, str | None]) -> None:
    href, rel = attributes.get("href"), attributes.get("rel")
    if href and rel:
        medium = attributes.get("media") or ""
        found.links.append((rel.lower(), href.strip(), attributes.get("type") or "", medium))


def _script(found: Survey, node: Node) -> None:
    if node.first_child is None:
        return
    attributes = node.attributes
    if not attributes.get("src"):
        kind, ident = (attributes.get("type") or "").lower(), attributes.get("id") or ""
        found.scripts.append(Script(kind, ident, node))


def _mark(
    found: Survey, container: Container, node: Node, tag: str, attributes: dict[str, str | None]
) -> None:
    """Note what an element says of itself: microdata, a relation, a time, a writer, a panel."""
    found.note_panels(attributes)
    if (prop := attributes.get("itemprop")) and prop != "articleBody":
        value = attributes.get("content") or attributes.get("datetime") or ""
        _add_mark(found, container, f"itemprop:{prop}", _short_text(found, node), value)
    if (names := attributes.get("property")) and (stated := attributes.get("content")):
        for name in names.split():
            _add_mark(found, container, f"property:{name}", "", stated)
    if tag == "a" and (rel := attributes.get("rel")):
        if (rel := rel.lower()) in _MARKED_RELS:
            _add_mark(found, container, f"rel:{rel}", _short_text(found, node), "")
        elif "license" in rel.split() and (href := attributes.get("href")):
            found.licences.append((href, container))
    elif tag in _TIMES:
        stated = attributes.get("datetime") or attributes.get("title") or ""
        _add_mark(found, container, "time", _short_text(found, node), stated)
    elif (names := attributes.get("class")) and says_writer(names):
        _mark_byline(found, container, node, names)


def _mark_byline(found: Survey, container: Container, node: Node, names: str) -> None:
    """Note an element called after writers: its text piece by piece, and that of its links."""
    pieces = _read(found, node, "\n")
    if len(pieces) > 4 * _MARKED_LENGTH:
        return
    lines = [line for line in map(clean_line, pieces.split("\n")) if line]
    _add_mark(found, container, f"byline:{names}", " ".join(lines), "\n".join(lines))
    if len(lines) > 1:
        # In "By Ann Lee, City editor" the link, if there is one, is the name.
        for link in node.css("a")[:_MOST_BYLINE_LINKS]:
            text = clean_line(link.text(deep=True, separator=" "))
            _add_mark(found, container, f"byline link:{names}", text, "")


def _add_mark(found: Survey, container: Container, mark: str, text: str, value: str) -> None:
    if len(found.marked) < _MARKED_LIMIT and (text or value):
        found.marked.append(Marked(mark, text, value, len(found.blocks), container))


def _short_text(found: Survey, node: Node) -> str:
    """Return the text of a small element; nothing for one that holds half the page."""
    text = _read(found, node, " ")
    return clean_line(text) if len(text) <= 4 * _MARKED_LENGTH else ""


def _read(found: Survey, node: Node, separator: str = "") -> str:
    """Return the text in an element; nothing where too much has been read."""
    if found.read > _MOST_READ:
        return ""
    text = node.text(deep=True, separator=separator)
    found.read += len(text)
    return text


def _code(raw: str) -> str:
    return "\n".join(line.rstrip() for line in clean_text(raw).strip("\n").split("\n"))
