"""What came instead of an article: a bot check, a question for consent, a login, an error, a shell.

Asked only of pages without a body, with a short one or with one that nobody is sure of. Each answer
needs two things that agree, one of them of the page's structure: words alone are what stories about
cookies, passwords and error pages have too.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from newsextract.challenges import READ_BYTES, challenge_in
from newsextract.errors import (
    BotCheckPage,
    ConsentWall,
    EmptyShell,
    ErrorText,
    LoginWall,
    NotAnArticle,
)
from newsextract.extraction import wall_phrases as phrases
from newsextract.extraction.blocks import Survey, TextBlock, text_within
from newsextract.extraction.dom import Node, Tree
from newsextract.extraction.text import clean_line, prose_length
from newsextract.records import Block

__all__ = ["Sight", "check_article", "is_consent_address"]

# So much text (characters of alphabetic text) the page of a bot check has at most, with what it
# explains; so much a page may have beside its question, its form or its message.
_LONGEST_CHECK, _HARDLY_ANY, _LABELS = 2_000, 150, 400
_LONGEST_MESSAGE = 600
_SHORT_LINE = 200
_FIRST_BLOCKS = 6
# How many buttons, forms and elements above one are looked at on pages that have no end of them.
_MOST_BUTTONS, _MOST_ELEMENTS, _MOST_ABOVE = 100, 5, 50
_LEAST_DEMAND = 20
_LEAST_QUESTION = 60

_TITLE_PARTS = re.compile(r"(?<!\s)\s+[|\-–—·•»:]+\s+|(?:(?<!\s)\s++)?+[|»]\s*")
_SENTENCES = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])|\n")
_TAGS = re.compile(r"<[^<>]*>")
_HOST_AND_PATH = re.compile(r"(?:https?:)?//([^/?#]*)([^?#]*)", re.IGNORECASE)
_CONSENT_HOST = re.compile(r"(?:^|\.)(?:consent|guce|cmp)\.")
_CONSENT_PATH = re.compile(r"/(?:consent|cookie-?(?:wall|consent)|privacy-?(?:wall|gate))(?:/|$)")
_LOGIN_PATH = re.compile(
    r"(?:^|\.)(?:login|signin|sso|auth|accounts?|identity)\.|/(?:log-?in|sign-?in|sso|auth)(?:[/.?]|$)"
)
# What the platforms call the element that they put their question in.
_CONSENT_PLATFORMS = (
    ("OneTrust", "#onetrust-consent-sdk, #onetrust-banner-sdk, #onetrust-pc-sdk"),
    ("Didomi", "#didomi-host, #didomi-popup, #didomi-notice"),
    ("Sourcepoint", "[id^=sp_message_container], [id^=sp_privacy_manager_container]"),
    ("Usercentrics", "#usercentrics-root, #usercentrics-cmp-ui, #uc-banner-modal"),
    ("Quantcast", "#qc-cmp2-container, #qc-cmp2-ui, .qc-cmp2-container"),
    ("Cookiebot", "#CybotCookiebotDialog"),
    ("TrustArc", "#truste-consent-track, #truste-consent-content, .truste_overlay"),
    ("Google Funding Choices", ".fc-consent-root"),
)
_BUTTONS = (
    "button, input[type=submit], input[type=button], "
    "a[role=button], a[class*=button], a[class*=btn]"
)
_APART_TAGS = frozenset("header nav aside footer dialog template".split())
# But for what says that the page around has such a box.
_APART_NAMES = re.compile(
    r"(?<!overflow-)(?<!overflow-[xy]-)(?<!with-)(?<!has-)(?<!no-)(?:modal|pop-?up|overlay|"
    r"drop-?down|off-?canvas|drawer|flyout|hidden|sidebar|widget|header|nav|lightbox|dialog|"
    r"tooltip|menu)"
)
_LOGIN_FORM = re.compile(r"log-?_?in|sign-?_?in|\bsso\b|oauth|connexion|anmeld|passport|session")
_ROOTS = (
    "#root, #app, #__next, #__nuxt, #___gatsby, #react-root, #app-root, #main-app, #svelte, "
    "#q-app, app-root"
)
_BUNDLE = re.compile(
    r"(?:^|/)(?:main|app|index|bundle|runtime|vendors?|polyfills|webpack|framework|client|entry)\b"
    r"[\w.~-]*\.m?js|/(?:_next|_nuxt)/.*\.js"
)
_SCRIPT_FILE = re.compile(r"\.m?js(?:$|\?)")


@dataclass(frozen=True)
class Sight:
    """A page as far as it tells what it is.

    `body` is what was taken for the text of an article, `addresses` those that the page has and
    gives itself, `is_dated` whether it states a date of publication.
    """

    source: str | bytes
    tree: Tree
    found: Survey
    body: Sequence[Block]
    addresses: Sequence[str]
    is_dated: bool

    @cached_property
    def blocks(self) -> list[TextBlock]:
        """The blocks that readers see, in page order."""
        return [block for block in self.found.blocks if not block.container.hidden]

    @cached_property
    def shown(self) -> list[str]:
        """The texts that readers see, in page order."""
        return [block.text for block in self.blocks]

    @cached_property
    def title_parts(self) -> list[str]:
        """The title, and its parts: one of them is often the name of the site."""
        return [self.found.title, *_TITLE_PARTS.split(self.found.title)]

    @cached_property
    def heading(self) -> str:
        """The first heading that readers see."""
        return next((block.text for block in self.blocks if block.kind == "heading"), "")

    @cached_property
    def prose(self) -> list[str]:
        """The running text: of the body, or where there is none, of the page."""
        if self.body:
            return [block.text for block in self.body]
        return [block.text for block in self.blocks if block.prose]

    @property
    def has_story(self) -> bool:
        """Whether there is a text, and the page says when it was published."""
        return self.is_dated and bool(self.body)


def check_article(sight: Sight, url: str | None) -> None:
    """Raise the `NotAnArticle` that names what a page is, if it is known to be something else."""
    if sight.has_story:
        return
    for look, error, message in _LOOKS:
        evidence = look(sight)
        if evidence:
            raise error(message, url=url, detail=evidence)


def is_consent_address(address: str) -> bool:
    """Tell whether an address is that of a page which asks for consent."""
    host, path = _host_and_path(address)
    return bool(_CONSENT_HOST.search(host) or _CONSENT_PATH.search(path))


def _host_and_path(address: str) -> tuple[str, str]:
    # urlsplit fails on addresses that pages really have.
    match = _HOST_AND_PATH.match(address)
    return (match[1].lower(), match[2].lower()) if match else ("", "")


def _bot_check(sight: Sight) -> str | None:
    if _length(sight.shown) > _LONGEST_CHECK:
        return None
    beginning = sight.source[:READ_BYTES]
    if isinstance(beginning, str):
        beginning = beginning.encode("utf-8", "replace")
    wall = challenge_in(beginning)
    if wall is not None:
        return f"{wall.vendor}: {wall.evidence}"
    if _length(sight.shown) <= _LONGEST_MESSAGE and sight.tree.css_first("script") is not None:
        return _first(sight.title_parts, phrases.is_bot_title, "title")
    return None


def _consent_wall(sight: Sight) -> str | None:
    address = next(filter(is_consent_address, sight.addresses), None)
    if address and any(map(phrases.speaks_of_consent, sight.shown)):
        return f"address: {address[:_SHORT_LINE]}"
    return _platform(sight) or _own_question(sight)


def _platform(sight: Sight) -> str | None:
    """Return the consent platform whose question is all that the page shows."""
    for vendor, selector in _CONSENT_PLATFORMS:
        elements = sight.tree.css(selector)[:_MOST_ELEMENTS]
        question = {line for element in elements for line in text_within(element).split("\n")}
        if _length(question) >= _LEAST_QUESTION:
            beside = [block for block in sight.blocks if block.text not in question]
            labels, prose = _length(block.text for block in beside), sum(b.prose for b in beside)
            return vendor if labels <= _LABELS and prose <= _HARDLY_ANY else None
    return None


def _own_question(sight: Sight) -> str | None:
    """Return the button and the first line of a page that asks and says nothing else."""
    first_lines = [*sight.title_parts, *sight.shown[:_FIRST_BLOCKS]]
    subject = next(filter(phrases.speaks_of_cookies, first_lines), None)
    if subject is None:
        return None
    asking = [text for text in sight.prose if phrases.speaks_of_consent(text)]
    if 2 * _length(asking) <= _length(sight.prose):
        return None
    button = next(filter(phrases.is_accept, _buttons(sight.tree)), None)
    return f"button: {button}; {subject[:_SHORT_LINE]}" if button else None


def _buttons(tree: Tree) -> Iterator[str]:
    for node in tree.css(_BUTTONS)[:_MOST_BUTTONS]:
        label = node.attributes.get("value") if node.tag == "input" else node.text(deep=True)
        yield clean_line((label or "")[:_SHORT_LINE])


def _login_wall(sight: Sight) -> str | None:
    form = _login_form(sight.tree)
    beside = [text for text in sight.prose if not _asks_to_sign_in(text)]
    if form is None or _length(beside) > _HARDLY_ANY:
        return None
    for address in sight.addresses:
        if any(map(_LOGIN_PATH.search, _host_and_path(address))):
            return f"{form}; address: {address[:_SHORT_LINE]}"
    said = _first(sight.title_parts, phrases.is_login_line, "title")
    if said is None and _length(sight.shown) <= _LONGEST_MESSAGE:
        said = _first([sight.heading, *sight.shown[:_FIRST_BLOCKS]], _asks_to_sign_in, "text")
    return f"{form}; {said}" if said else None


def _asks_to_sign_in(text: str) -> bool:
    return any(phrases.is_login_line(sentence) for sentence in _SENTENCES.split(text))


def _login_form(tree: Tree) -> str | None:
    """Return the form to sign in that stands in the page itself, not in a box of its own."""
    for field in tree.css("input[type=password]")[:_MOST_ELEMENTS]:
        if not _stands_apart(field):
            return "password field"
    # Many ask for the address first and for the password on the next page.
    for field in tree.css("form input[type=email], form input[type=text]")[:_MOST_ELEMENTS]:
        form = next((above for above in _with_those_above(field) if above.tag == "form"), None)
        if form is not None and not _stands_apart(field):
            named = " ".join([form.attributes.get(key) or "" for key in ("action", "id", "class")])
            if _LOGIN_FORM.search(named.lower()):
                return "form to sign in"
    return None


def _stands_apart(node: Node) -> bool:
    """Tell whether an element is hidden, or in the header, a column or a box of the page."""
    for above in _with_those_above(node):
        attributes = above.attributes
        style = (attributes.get("style") or "").replace(" ", "")
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()
        if (
            above.tag in _APART_TAGS
            or "hidden" in attributes
            or attributes.get("aria-hidden") == "true"
            or "display:none" in style
            or _APART_NAMES.search(names)
        ):
            return True
    return False


def _with_those_above(node: Node) -> Iterator[Node]:
    above: Node | None = node
    for _ in range(_MOST_ABOVE):
        if above is None or above.tag == "body":
            return
        yield above
        above = above.parent


def _error_text(sight: Sight) -> str | None:
    if _length(sight.prose) > _LONGEST_MESSAGE:
        return None
    sentences = _sentences(sight.prose or sight.shown[:_FIRST_BLOCKS])
    said = [
        line
        for line in (
            _first(sight.title_parts, phrases.is_error_line, "title"),
            _first([sight.heading], phrases.is_error_line, "heading"),
            _first(sentences[:_FIRST_BLOCKS], phrases.is_error_line, "text"),
        )
        if line
    ]
    # With a text, two have to say so: headlines quote error messages, and boxes fail to load.
    needed = 2 if sight.body else 1
    heading_or_title = [line for line in said if not line.startswith("text")]
    return "; ".join(said) if heading_or_title and len(said) >= needed else None


def _empty_shell(sight: Sight) -> str | None:
    if any(not phrases.speaks_of_javascript(block.text) for block in sight.body):
        return None
    root = _empty_root(sight.tree)
    if root and _length(sight.prose) <= _HARDLY_ANY:
        return f"nothing in {root}"
    if _length(sight.shown) > _LABELS:
        return None
    # A name of the language among others is no demand for it.
    demands = [text for text in _sentences(sight.shown) if _length([text]) > _LEAST_DEMAND]
    demands += _without_scripts(sight.found)
    said = _first(demands, phrases.speaks_of_javascript, "text")
    return said or (_scripts(sight) if not sight.shown else None)


def _empty_root(tree: Tree) -> str | None:
    """Return the element that scripts are to fill with the page, if it is still empty."""
    for node in tree.css(_ROOTS)[:_MOST_ELEMENTS]:
        if not text_within(node) and tree.css_first("script[src]") is not None:
            ident = node.attributes.get("id")
            return f"#{ident}" if ident else f"<{node.tag}>"
    return None


def _without_scripts(found: Survey) -> Iterator[str]:
    """Yield the lines that the page has for readers whose browser runs no scripts."""
    for medium in found.media:
        if medium.tag == "noscript":
            yield from map(clean_line, _TAGS.split(medium.node.text(deep=True)))


def _scripts(sight: Sight) -> str | None:
    """Return the script of an application on a page that shows no text."""
    loaded = [node.attributes.get("src") or "" for node in sight.tree.css("script[src]")]
    # Nobody fetches the script of a tag or a counter ahead of time.
    ahead = [href for rel, href, *_ in sight.found.links if rel in ("modulepreload", "preload")]
    of_application = [*filter(_BUNDLE.search, loaded), *filter(_SCRIPT_FILE.search, ahead)]
    return f"no text, script {of_application[0][:_SHORT_LINE]}" if of_application else None


def _first(lines: Sequence[str], says: Callable[[str], bool], where: str) -> str | None:
    """Return the first line that says it, with where it stands."""
    return next((f"{where}: {line[:_SHORT_LINE]}" for line in lines if line and says(line)), None)


def _sentences(texts: Iterable[str]) -> list[str]:
    return [sentence for text in texts for sentence in _SENTENCES.split(text)]


def _length(texts: Iterable[str]) -> int:
    return sum([prose_length(text) for text in texts])


_LOOKS: tuple[tuple[Callable[[Sight], str | None], type[NotAnArticle], str], ...] = (
    (
        _bot_check,
        BotCheckPage,
        "The page is a bot check, not an article; open the address in a browser, save the page "
        "that follows and extract the file.",
    ),
    (
        _consent_wall,
        ConsentWall,
        "The page asks for consent to cookies or tracking before it shows an article; answer it "
        "in a browser, save the page that follows and extract the file.",
    ),
    (
        _login_wall,
        LoginWall,
        "The page asks its reader to sign in; sign in in a browser, save the page that follows "
        "and extract the file.",
    ),
    (
        _error_text,
        ErrorText,
        "The page says that there is no such page or that something went wrong; check the "
        "address, or try again later.",
    ),
    (
        _empty_shell,
        EmptyShell,
        "The page is a shell that JavaScript has to fill; open the address in a browser, wait "
        "until it is filled, save the page there and extract the file.",
    ),
)
