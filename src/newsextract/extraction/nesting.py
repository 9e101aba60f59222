"""What the standard says of elements by their names: which end, hide or hold which others.

https://html.spec.whatwg.org/multipage/parsing.html#tree-construction
"""

__all__ = [
    "ANNOTATION_OF_HTML", "BARRIERS", "CELLS", "CLOSES_PARAGRAPH", "ENDS_BEFORE", "ENDS_FOREIGN",
    "ENDS_FORMATTING", "ENDS_INNERMOST", "ENDS_SELECT", "FONT_OF_HTML", "HEADINGS", "HIDES",
    "OF_TABLES", "SPECIAL", "VOID",
]  # fmt: skip

VOID = frozenset(
    b"area base basefont bgsound br col embed frame hr image img input keygen link meta param "
    b"source track wbr".split()
)
# Tags of HTML that end the picture or formula that they stand in, without an end tag of its own:
# https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inforeign
ENDS_FOREIGN = frozenset(
    b"b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img "
    b"li listing menu meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul "
    b"var".split()
)
FONT_OF_HTML = frozenset((b"color", b"face", b"size"))
ANNOTATION_OF_HTML = frozenset((b"text/html", b"application/xhtml+xml"))
# Of what holds these an end tag in them ends nothing, but for those of tables and of templates:
# https://html.spec.whatwg.org/multipage/parsing.html#has-an-element-in-scope
BARRIERS = frozenset(
    b"applet caption html marquee math object select svg table td template th".split()
)
ENDS_INNERMOST = frozenset(b"applet marquee object select".split())
# Formatting that has no end in these is not opened again behind them.
ENDS_FORMATTING = frozenset(b"applet caption marquee object td template th".split())
# What hides an element from its own end tag besides.
HIDES = {b"li": frozenset((b"ol", b"ul")), b"p": frozenset((b"button",))}
SPECIAL = BARRIERS | frozenset(
    b"address article aside blockquote body button center dd details dialog dir div dl dt fieldset "
    b"figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup li listing main menu "
    b"nav ol p plaintext pre search section summary tbody tfoot thead tr ul".split()
)
CLOSES_PARAGRAPH = SPECIAL - BARRIERS - frozenset(
    b"body button tbody tfoot thead tr".split()
) | {b"table"}  # fmt: skip
# What a start tag ends, if it is the innermost element of these.
ENDS_BEFORE = {
    **dict.fromkeys((b"dd", b"dt"), frozenset((b"dd", b"dt"))),
    b"li": frozenset((b"li",)),
    b"td": frozenset((b"td", b"th")),
    b"th": frozenset((b"td", b"th")),
    b"tr": frozenset((b"td", b"th", b"tr")),
    b"tbody": frozenset((b"td", b"th", b"tr", b"tbody", b"thead", b"tfoot")),
    b"tfoot": frozenset((b"td", b"th", b"tr", b"tbody", b"thead", b"tfoot")),
}
# A heading ends another that nothing stands in yet.
HEADINGS = frozenset(b"h1 h2 h3 h4 h5 h6".split())
# Controls in a list to choose from end it; a second one does nothing else.
ENDS_SELECT = frozenset(b"input keygen select textarea".split())
OF_TABLES = frozenset(b"caption col colgroup tbody td tfoot th thead tr".split())
CELLS = frozenset((b"td", b"th"))
