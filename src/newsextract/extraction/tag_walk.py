"""A walk over the tags of a page as its parser will take them, and what to leave out of it.

https://html.spec.whatwg.org/multipage/parsing.html#tree-construction, as much of it as it takes to
tell how deep the parser will be. Where it does not follow, it takes the page for deeper.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from newsextract.extraction.nesting import (
    ANNOTATION_OF_HTML,
    BARRIERS,
    CELLS,
    CLOSES_PARAGRAPH,
    ENDS_BEFORE,
    ENDS_FOREIGN,
    ENDS_FORMATTING,
    ENDS_INNERMOST,
    ENDS_SELECT,
    FONT_OF_HTML,
    HEADINGS,
    HIDES,
    OF_TABLES,
    SPECIAL,
    VOID,
)
from newsextract.extraction.tokens import (
    A_TAG,
    FOREIGN,
    FORMATTING,
    HOLDS_HTML,
    INTEGRATION_POINTS,
    RAW,
    attributes_in,
    attributes_of,
    closes_itself,
    every_tag,
    is_ambiguous,
    name_of,
    without_raw_text,
)

__all__ = [
    "DEEPEST",
    "LONG_TAG",
    "MOST_ELEMENTS",
    "TagWalk",
]

DEEPEST = 512
# So much deeper may stand what holds text itself, so that paragraphs are told apart below a bomb.
_DEEPEST_TEXT = DEEPEST + 32
_MOST_FORMATTING = 256
_MOST_ATTRIBUTES = 1_000
_MOST_OPTIONS = 2_000
MOST_ELEMENTS = 200_000
# The squares of the numbers of attributes of all tags: what it costs to compare them. Where it is
# spent, a tag has so few.
_MOST_COMPARISONS = 30_000_000
_FEW_ATTRIBUTES = 40
# At each tag all formatting without its end may be opened again: the sum of what there is of it at
# all tags. Of 3,240 real pages none has 3,000.
_MOST_REOPENED = 30_000
# A tag that is shorter has too few attributes to matter.
LONG_TAG = 400
# One that is shorter comes again, and is read once.
_SHORT_TAG = 32
# How far an end tag looks for its element; where it is farther up, it stays open for us.
_REACH = 64

_PARAGRAPH = frozenset((b"p",))
# Their start tags are most of what is followed, and ask for few of the steps: a short way.
_BOXES = SPECIAL - BARRIERS - OF_TABLES - {b"body", b"form"}
_HOLDS_TEXT = frozenset(b"p h1 h2 h3 h4 h5 h6 li br hr".split())
_SLASH = ord("/")
_TEXT = re.compile(rb"\s*+[^<\s]")
# It shows nothing, and stands where the text does: in front of a table that both have to leave.
_APART = b"<wbr/>"
# The place of what is no longer open, and that of what has not been.
_GONE, _NONE = -1, -2
_ONCE = frozenset(b"html body head".split())
_MOST_OF_ONCE = 4
# Of these a start tag ends others, is ended by none, counts for a limit of its own, or leaves
# nothing where it stands.
_MORE_THAN_A_PAIR = (
    SPECIAL | VOID | _ONCE | OF_TABLES | frozenset(RAW)
    | frozenset(b"frameset optgroup option".split())
)  # fmt: skip


@dataclass(slots=True)
class _Scope:
    """What is open inside one table cell, template or the like, which end tags do not leave.

    `unended` is the formatting without its end tag, by name; of that, `lost` is what was closed
    with its parent, so that the parser opens it again in what follows.
    """

    place: int
    open: defaultdict[bytes, int] = field(default_factory=lambda: defaultdict(int))
    special: list[int] = field(default_factory=list)
    unended: dict[bytes, int] = field(default_factory=dict)
    lost: list[bytes] = field(default_factory=list)


class TagWalk:
    """Follows the tags of a page, and notes what goes over a limit.

    With `parts_text` texts get an element between them where the parser might join them.
    """

    def __init__(self, source: bytes, *, parts_text: bool = False) -> None:
        self.source = source
        self.parts_text = parts_text
        self.elements = 0
        self.depth = 0
        # The names of the open elements; of which of them the start tag was left out; and where
        # those stand that have ended early.
        self.stack: list[bytes] = []
        self.left_out: list[bool] = []
        self.gone: set[int] = set()
        self.scopes = [_Scope(-1)]
        self.tables = self.templates = self.foreign = 0
        # Where the form stands that an end tag would end.
        self.form = _NONE
        self.unended = self.reopened = self.comparisons = self.options = 0
        self.takes_formatting = True
        self.names: dict[bytes, bytes] = {}
        self.once: dict[bytes, int] = {}
        self.edits: list[tuple[int, int, bytes]] = []
        # The end tags of what stands in an element that was left out, where that ends.
        self.ends: list[bytes] = []
        self.counts: dict[str, int] = {}

    def run(self) -> bytes:
        """Return the page without what goes over a limit."""
        # A start tag that may be the half of a pair: where its end tag is the next tag, all is as
        # it was before the two, and most tags of a page with many are such links and spans.
        half: tuple[bytes, int, bytes] | None = None
        for match in every_tag().finditer(self.source):
            tag = match[0]
            name = self.names.get(tag) or self._name_of(tag)
            is_end = tag[1] == _SLASH
            if half is not None:
                if is_end and name == half[0] and len(tag) <= LONG_TAG:
                    self.elements += 1
                    half = None
                    continue
                self._start(*half)
                half = None
            if not name:
                if tag.startswith(b"<!["):
                    # Only in pictures and formulas is this no comment.
                    self._edit(match.start(), match.start() + 3, b"<!x")
            elif is_end:
                self._end_tag(name, match.start(), tag)
            elif name in _MORE_THAN_A_PAIR or not self._is_plain(name, tag):
                self._start(name, match.start(), tag)
            else:
                half = name, match.start(), tag
                continue
            if self.parts_text and not self.source.startswith(b"<", match.end()):
                self._part_from_text(match.end(), begins_cell=name in CELLS and not is_end)
        if half is not None:
            self._start(*half)
        return b"".join(self._edited()) if self.edits else self.source

    def _name_of(self, tag: bytes) -> bytes:
        name = name_of(tag)
        if len(tag) < _SHORT_TAG:
            self.names[tag] = name
        return name

    def _part_from_text(self, end: int, *, begins_cell: bool) -> None:
        if _TEXT.match(self.source, end) and not (begins_cell and self._in_cell()):
            self._edit(end, end, _APART)

    def _in_cell(self) -> bool:
        """Tell whether the innermost element is a cell of a table."""
        if len(self.scopes) < 3:
            return False
        table, cell = self.scopes[-2].place, self.scopes[-1].place
        is_innermost = cell == len(self.stack) - 1
        return is_innermost and self.stack[cell] in CELLS and self.stack[table] == b"table"

    def _is_plain(self, name: bytes, tag: bytes) -> bool:
        """Tell whether this start tag opens its element and does nothing else."""
        scope = self.scopes[-1]
        return not (
            scope.lost
            or self.foreign
            or self.depth >= DEEPEST
            or self.unended >= _MOST_FORMATTING
            or not self.takes_formatting
            or len(tag) > LONG_TAG
            or ((name == b"a" or name == b"nobr") and scope.unended.get(name))
        )

    def cuts(self) -> Iterator[str]:
        """Yield what was left out, for readers."""
        for what, count in self.counts.items():
            yield f"the page goes over a limit: {count:,} {what} left out"

    def _edited(self) -> Iterator[bytes]:
        done = 0
        for start, end, text in self.edits:
            yield self.source[done:start]
            yield text
            done = end
        yield self.source[done:]

    def _edit(self, start: int, end: int, text: bytes = b"") -> None:
        self.edits.append((start, end, text))

    def _note(self, what: str) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1

    def _start(self, name: bytes, start: int, tag: bytes) -> None:
        self.elements += 1
        if self.unended:
            self._bound_formatting(start)
        ended, is_foreign = b"", self.foreign > 0 and self._is_in_foreign()
        if not is_foreign and name in _BOXES:
            self._open_box(name, start, tag)
            return
        if is_foreign and _ends_foreign(name, tag):
            # Where this tag is left out, the picture that it ends needs an end all the same.
            self._close_down_to(self.scopes[-1].place, is_told=True)
            ended, is_foreign = self._ends(), self._is_in_foreign()
        is_form = name == b"form" and not is_foreign and not self.templates
        is_in_form = is_form and self.form != _NONE
        is_second = is_in_form or (name == b"select" and self._is_in_select())
        if not (is_foreign or is_in_form):
            self._prepare(name)
        if self.ends:
            self._edit(start, start, self._ends())
        why = self._over_limit(name)
        if why:
            self._note(why)
            self._edit(start, start + len(tag), ended)
        elif len(tag) > LONG_TAG or name in RAW:
            self._bound(name, start, tag)
        if is_second or self._has_no_content(name, tag, is_foreign=is_foreign):
            return
        is_left_out = why != ""
        if not is_form or self._is_new_form(is_left_out=is_left_out):
            is_barrier = self._holds_html(name, tag) if is_foreign else name in BARRIERS
            self._push(name, is_left_out=is_left_out, is_barrier=is_barrier)

    def _open_box(self, name: bytes, start: int, tag: bytes) -> None:
        """Take the start tag of an element that may hold all others and ends at its own end tag."""
        self._prepare(name)
        if self.ends:
            self._edit(start, start, self._ends())
        is_left_out = self.depth >= DEEPEST and self.depth >= _deepest(name)
        if is_left_out:
            self._note("elements nested too deep")
            self._edit(start, start + len(tag))
        elif len(tag) > LONG_TAG:
            self._bound(name, start, tag)
        self._push(name, is_left_out=is_left_out)

    def _is_new_form(self, *, is_left_out: bool) -> bool:
        """Tell whether a form holds what follows, and note where it stands.

        One in another form is none, one in a table is empty:
        https://html.spec.whatwg.org/multipage/parsing.html#form-element-pointer
        """
        if is_left_out:
            return False
        is_in_table = self.tables > 0 and self.stack[self.scopes[-1].place] == b"table"
        self.form = _GONE if is_in_table else len(self.stack)
        return not is_in_table

    def _has_no_content(self, name: bytes, tag: bytes, *, is_foreign: bool) -> bool:
        """Tell whether no element can stand in this one; the end of raw text is part of its tag."""
        if name in RAW:
            return True
        if is_foreign or name in FOREIGN:
            return closes_itself(tag)
        return name in VOID or name in _ONCE or (name in OF_TABLES and not self.tables)

    def _holds_html(self, name: bytes, tag: bytes) -> bool:
        """Tell whether HTML may stand in this element of a picture or formula."""
        if name not in HOLDS_HTML[self.stack[self.scopes[-1].place]]:
            return False
        return name != b"annotation-xml" or any(
            attribute == b"encoding" and value.lower() in ANNOTATION_OF_HTML
            for attribute, value in attributes_of(tag)
        )

    def _over_limit(self, name: bytes) -> str:
        """Return what there is too much of if this element is taken, nothing if it can be."""
        if name in _ONCE:
            self.once[name] = self.once.get(name, 0) + 1
            return "repeated elements" if self.once[name] > _MOST_OF_ONCE else ""
        if name == b"option" or name == b"optgroup":
            self.options += 1
            return "options" if self.options > _MOST_OPTIONS else ""
        if name in FORMATTING and (
            self.unended >= _MOST_FORMATTING or not (self.takes_formatting or name == b"a")
        ):
            return "open formatting elements"
        if self.depth >= _deepest(name):
            return "elements nested too deep"
        return ""

    def _bound(self, name: bytes, start: int, tag: bytes) -> None:
        """Cut what is too much in a start tag or in the raw text that is part of it."""
        end = self._attributes_end(tag)
        if name not in RAW:
            if end:
                self._edit(start + end, start + len(tag), b">")
        elif end or (self.foreign and A_TAG.search(tag, 1)):
            # What stands in it is never the story; in a picture it is an element like others.
            self._edit(start, start + len(tag))
        elif not self.foreign and is_ambiguous(tag):
            self._edit(start, start + len(tag), b"<" + tag[1:].replace(b"<!--", b""))

    def _attributes_end(self, tag: bytes) -> int:
        """Return where the attributes of a start tag have to end, 0 where all can be taken."""
        if len(tag) > LONG_TAG:
            tag = without_raw_text(tag)
        if len(tag) <= LONG_TAG:
            return 0
        most = _MOST_ATTRIBUTES if self.comparisons < _MOST_COMPARISONS else _FEW_ATTRIBUTES
        end = count = 0
        for count, attribute in enumerate(attributes_in(tag), 1):
            if count == most:
                self._note("long rows of attributes")
                end = attribute.end()
                break
        self.comparisons += count * count
        return end

    def _prepare(self, name: bytes) -> None:
        """End what this start tag ends, and open again the formatting that it finds lost."""
        if name in ENDS_SELECT and self._is_in_select():
            self._close_down_to(self.scopes[-1].place)
        scope = self.scopes[-1]
        if name in CLOSES_PARAGRAPH and scope.open.get(b"p"):
            self._end_innermost(_PARAGRAPH)
        if name in HEADINGS and self.stack and self.stack[-1] in HEADINGS:
            self._close_down_to(len(self.stack) - 1)
        ended = ENDS_BEFORE.get(name)
        while ended and self._end_innermost(ended):
            pass
        if (name == b"a" or name == b"nobr") and scope.unended.get(name):
            self._end(name)
        if scope.lost and name not in SPECIAL:
            lost, scope.lost = scope.lost, []
            for own in lost:
                self._push(own, is_new=False)

    def _end_innermost(self, names: frozenset[bytes]) -> bool:
        """Close the innermost element that is no mere part of a line if it is one of these."""
        scope = self.scopes[-1]
        place = scope.special[-1] if scope.special else scope.place
        if place < 0 or self.stack[place] not in names:
            return False
        self._close_down_to(place)
        return True

    def _bound_formatting(self, start: int) -> None:
        """End all formatting that has no end where too much of it may be opened again."""
        self.reopened += self.unended
        if self.reopened <= _MOST_REOPENED:
            return
        if self.takes_formatting:
            self.takes_formatting = False
            self._note("rows of formatting opened again and again")
        unended = self.scopes[-1].unended
        # A link ends the one before it.
        names = [name for name in unended if name != b"a" for _ in range(unended[name])]
        if names:
            self._edit(start, start, b"".join(b"</%b>" % name for name in names))
            for name in names:
                self._end(name)
            self.ends.clear()

    def _push(
        self,
        name: bytes,
        *,
        is_left_out: bool = False,
        is_barrier: bool = False,
        is_new: bool = True,
    ) -> None:
        scope, place = self.scopes[-1], len(self.stack)
        self.stack.append(name)
        self.left_out.append(is_left_out)
        scope.open[name] += 1
        if not is_left_out:
            self.depth += 1
            if is_new and name in FORMATTING and not self._is_in_foreign():
                scope.unended[name] = scope.unended.get(name, 0) + 1
                self.unended += 1
        if is_barrier:
            self.scopes.append(_Scope(place))
            self.tables += name == b"table" or name == b"template"
            self.templates += name == b"template"
            self.foreign += name in FOREIGN
        elif name in SPECIAL and not (self.foreign and self._is_in_foreign()):
            scope.special.append(place)

    def _end_tag(self, name: bytes, start: int, tag: bytes) -> None:
        if self.unended:
            self._bound_formatting(start)
        if self._end(name):
            self._edit(start, start + len(tag), self._ends())
        elif len(tag) > LONG_TAG:
            # Nobody reads its attributes, but the parser compares them.
            self._edit(start, start + len(tag), b"</%b>" % name)
        # The parser sees the end of those in what was not left out.
        self.ends.clear()

    def _ends(self) -> bytes:
        ends = b"".join(self.ends)
        self.ends.clear()
        return ends

    def _end(self, name: bytes) -> bool:
        """Close what an end tag closes; tell whether that was left out, so that the tag must be."""
        is_foreign = self.foreign > 0 and self._is_in_foreign()
        if is_foreign and (name == b"p" or name == b"br" or self._ends_around(name)):
            self._close_down_to(self.scopes[-1].place, is_told=True)
            is_foreign = self._is_in_foreign()
        scope = self.scopes[-1]
        if not (is_foreign and scope.open.get(name)) and (
            name in BARRIERS or (self.foreign and name in INTEGRATION_POINTS)
        ):
            return self._end_barrier(name)
        if name in FORMATTING and scope.unended.get(name):
            scope.unended[name] -= 1
            self.unended -= 1
            if name in scope.lost:
                scope.lost.remove(name)
                return False
        if name == b"form" and not (is_foreign and scope.open.get(name)):
            return self._end_form(scope)
        is_special = name in SPECIAL and not is_foreign
        if not (scope.open.get(name) or (is_special and _ends_any_open(name, scope))):
            return False
        if is_special:
            return self._end_special(name, scope)
        return self._end_in_line(name, scope)

    def _end_special(self, name: bytes, scope: _Scope) -> bool:
        hiding, ended = HIDES.get(name), HEADINGS if name in HEADINGS else (name,)
        for place in reversed(scope.special[-_REACH:] if hiding else scope.special):
            if self.stack[place] in ended:
                is_left_out = self.left_out[place]
                self._close_down_to(place)
                return is_left_out
            if hiding and self.stack[place] in hiding:
                break
        return False

    def _end_form(self, scope: _Scope) -> bool:
        """End a form alone; what stands open in it stays open."""
        if self.templates:
            place, is_seen = len(self.stack) - 1, self.stack[-1] == b"form"
        else:
            place, self.form = self.form, _NONE
            is_seen = place > scope.place
        if is_seen and place == len(self.stack) - 1:
            is_left_out = self.left_out[place]
            self._close_down_to(place)
            return is_left_out
        if is_seen:
            self._end_early(place, scope)
        return False

    def _end_early(self, place: int, scope: _Scope) -> None:
        """Take an element for ended that others stand open in."""
        self.gone.add(place)
        scope.open[self.stack[place]] -= 1
        self.depth -= not self.left_out[place]

    def _is_in_select(self) -> bool:
        place = self.scopes[-1].place
        return place >= 0 and self.stack[place] == b"select"

    def _is_in_foreign(self) -> bool:
        """Tell whether the innermost element is part of a picture or formula, not HTML in it."""
        place = self.scopes[-1].place
        return place >= 0 and self.stack[place] in FOREIGN

    def _ends_around(self, name: bytes) -> bool:
        """Tell whether an end tag is that of what holds the picture that it stands in."""
        picture, scope = self.scopes[-1], self.scopes[-2]
        if picture.open.get(name) or self._hides_around(picture):
            return False
        # A form ends alone, what is open in it stays open.
        if name == b"form" or not (scope.open.get(name) or _ends_any_open(name, scope)):
            return False
        if name in SPECIAL:
            return True
        apart = scope.special[-1] if scope.special else scope.place
        return name in self.stack[max(apart + 1, picture.place - _REACH) : picture.place]

    def _hides_around(self, picture: _Scope) -> bool:
        """Tell whether something in a picture that might hold HTML hides what is around it."""
        return any(picture.open.get(own) for own in HOLDS_HTML[self.stack[picture.place]])

    def _end_in_line(self, name: bytes, scope: _Scope) -> bool:
        apart = scope.special[-1] if scope.special else scope.place
        for place in range(len(self.stack) - 1, max(scope.place, len(self.stack) - _REACH), -1):
            if self.stack[place] == name and place not in self.gone:
                is_left_out = self.left_out[place]
                if place > apart:
                    self._close_down_to(place, ended=True)
                elif name in FORMATTING:
                    # Its parent has been closed in it: it ends, and what it holds does not.
                    self._end_early(place, scope)
                else:
                    return False
                return is_left_out
        return False

    def _end_barrier(self, name: bytes) -> bool:
        for scope in self.scopes[: -2 if name in ENDS_INNERMOST else -_REACH : -1]:
            if scope.place < 0:
                return False
            innermost, is_left_out = self.stack[scope.place], self.left_out[scope.place]
            if innermost in INTEGRATION_POINTS and scope.place < len(self.stack) - 1:
                # For HTML in a picture the picture does not end.
                return False
            if innermost == name:
                self._close_down_to(scope.place)
                return is_left_out
            if innermost == b"table" or innermost == b"template":
                return False
        return False

    def _close_down_to(self, place: int, *, ended: bool = False, is_told: bool = False) -> None:
        """Close all elements from the innermost one to the one at this place.

        `ends` is told theirs where the parser does not see that this one ends.
        """
        stack, scope = self.stack, self.scopes[-1]
        is_told = is_told or self.left_out[place]
        for here in range(len(stack) - 1, place - 1, -1):
            name, is_left_out = stack.pop(), self.left_out.pop()
            if scope.place == here:
                self._leave_scope(name)
                scope = self.scopes[-1]
            if scope.special and scope.special[-1] == here:
                scope.special.pop()
            if here == self.form:
                self.form = _GONE
            if here in self.gone:
                self.gone.remove(here)
                continue
            scope.open[name] -= 1
            if not is_left_out:
                self.depth -= 1
                if is_told:
                    self.ends.append(b"</%b>" % name)
                is_lost = name in FORMATTING and not (ended and here == place)
                if is_lost and not self._is_in_foreign():
                    scope.lost.append(name)

    def _leave_scope(self, name: bytes) -> None:
        inner, outer = self.scopes.pop(), self.scopes[-1]
        self.tables -= name == b"table" or name == b"template"
        self.templates -= name == b"template"
        self.foreign -= name in FOREIGN
        if name in ENDS_FORMATTING:
            self.unended -= sum(inner.unended.values())
            return
        outer.lost += inner.lost
        for own, count in inner.unended.items():
            outer.unended[own] = outer.unended.get(own, 0) + count


def _deepest(name: bytes) -> int:
    return _DEEPEST_TEXT if name in _HOLDS_TEXT else DEEPEST


def _ends_any_open(name: bytes, scope: _Scope) -> bool:
    """Tell whether this is the end tag of a heading, which ends any heading."""
    return name in HEADINGS and any(map(scope.open.get, HEADINGS))


def _ends_foreign(name: bytes, tag: bytes) -> bool:
    if name != b"font":
        return name in ENDS_FOREIGN
    return any(attribute in FONT_OF_HTML for attribute, _ in attributes_of(tag))
