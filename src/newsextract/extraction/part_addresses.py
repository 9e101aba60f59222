"""How addresses number the parts of a story, and how they name a page with all of it.

`/dam?page=2`, `/dam/2`, `/dam/page/2`, `/dam-2.html`, `/dam,seite-2`: the address of the story and
the number of a page. What is compared is a key in which two addresses of one page are the same.
"""

import re
from typing import NamedTuple, TypeAlias
from urllib.parse import SplitResult, parse_qsl, unquote, urljoin, urlsplit

from newsextract.extraction.part_words import PAGE_WORDS

__all__ = ["Key", "Numbered", "key_of", "may_be_numbered", "numbered", "stem_of", "whole_of"]

Key: TypeAlias = tuple[str, str, frozenset[tuple[str, str]]]

_ADDRESS_WORDS = rf"{PAGE_WORDS}|pg|pag|p"
_QUERY_NAMES = frozenset(
    "page p pg pag pagina página pagenum page_num pagenumber page_number pageno page_no paged "
    "currentpage current_page curpage pagewanted pageindex artpage article_page seite side sida "
    "sivu strona str strana oldal sayfa halaman trang".split()
)
_PAGE_NUMBER = re.compile(r"[1-9]\d?")
_NUMBER_AT_END = re.compile(r"(?<!\d)[1-9]\d?(?:\.[a-z]{3,5})?/?(?:[?&#]|$)")
# Those with many words are compiled when first needed, which on most pages is never.
_IN_PATH = (
    r"(?i)(?P<stem>.*?)(?P<between>[/,._-])"
    rf"(?:(?P<word>{_ADDRESS_WORDS}|(?<=,)[a-z]{{1,8}}(?=,))[-_/,=]?)?"
    r"(?P<number>[1-9]\d?)(?:\.[a-z]{3,5})?"
)
_EXTENSION = re.compile(r"(?:/(?:index|default))?\.(?:[sx]?html?|php\d?|aspx?|jsp|cms|ece|do)$")
# A folder of digits alone is a year, a month or a day, unless it has so many.
_DIGITS_OF_IDENT = 5
_TRACKING = ("utm_", "fbclid", "gclid", "mc_")

_WHOLE = (
    "all|full|single|complete|one-?page|single-?page|view-?all|show-?all|all-?pages|komplettansicht"
)
_PRINT = (
    "print|printable|printer|print-?view|print-?version|printer-?friendly|"
    "druck|drucken|druckversion|imprimir|imprimer|stampa"
)
_WHOLE_VALUE = rf"(?i){_WHOLE}|{_PRINT}"
_WHOLE_PATH = rf"(?i)(?P<stem>.*?)[/,._-](?:{_WHOLE}|{_PRINT})(?:\.[a-z]{{3,5}})?"
_PRINT_FOLDER = rf"(?i)/(?:{_PRINT})(?=/.)"
_SAYS_YES = frozenset(("", "1", "true", "yes", "y", "on"))


class Numbered(NamedTuple):
    """An address read as that of a story and the number of a page.

    `way` is how the two are put together. A `bare` number is parted from the story by a mark that
    names of stories have, too: `/weekly-letter-2` is more often another letter.
    """

    story: Key
    number: int
    way: str
    bare: bool = False
    says_page: bool = False


def may_be_numbered(href: str) -> bool:
    """Tell at little cost whether an address has a small number where pages have theirs."""
    return _NUMBER_AT_END.search(href) is not None


def key_of(address: str, base: str = "") -> Key | None:
    """Return what addresses of one page have in common: host, path, and what is asked for."""
    parts = _parts(address, base)
    return None if parts is None else _key(parts, parts.path, _query(parts))


def stem_of(address: str) -> str:
    """Return what the address of each part of a story has in it: the last name in its path."""
    path, _, query = address.partition("#")[0].partition("?")
    path = path.rstrip("/")
    if may_be_numbered(path) and (found := re.fullmatch(_IN_PATH, path)) is not None:
        path = found["stem"]
    folder, _, name = path.rpartition("/")
    name = _EXTENSION.sub("", name)
    if name and name not in ("index", "default") and not folder.endswith("/"):
        return name
    # The longest value is the likeliest to tell the story from others.
    return max([value for _, value in parse_qsl(query)], key=len, default="")


def numbered(address: str, base: str = "") -> Numbered | None:
    """Read an address as that of a story and a page number, if it can be."""
    parts = _parts(address, base)
    if parts is None or "comment" in parts.fragment:
        return None
    query = _query(parts)
    for name, value in query:
        if name.lower() in _QUERY_NAMES and _PAGE_NUMBER.fullmatch(value):
            rest = [pair for pair in query if pair != (name, value)]
            story = _key(parts, parts.path, rest)
            # A page of `/` is one of the front page.
            is_story = bool(story[1]) or bool(rest)
            return Numbered(story, int(value), name.lower(), says_page=True) if is_story else None
    found = re.fullmatch(_IN_PATH, parts.path.rstrip("/"))
    if found is None or not _is_name(found["stem"]):
        return None
    return Numbered(
        _key(parts, found["stem"], query),
        int(found["number"]),
        f"{found['between']}{found['word'] or ''}",
        bare=found["word"] is None and found["between"] == "-",
        says_page=found["word"] is not None,
    )


def whole_of(address: str, base: str = "") -> Key | None:
    """Return the story that an address names a single page or a print version of, if it does."""
    parts = _parts(address, base)
    if parts is None:
        return None
    query = _query(parts)
    for name, value in query:
        if re.fullmatch(_WHOLE_VALUE, value) or (
            re.fullmatch(_WHOLE_VALUE, name) and value.lower() in _SAYS_YES
        ):
            return _key(parts, parts.path, [pair for pair in query if pair != (name, value)])
    found = re.fullmatch(_WHOLE_PATH, parts.path.rstrip("/"))
    if found is not None:
        return _key(parts, found["stem"], query)
    path, folders = re.subn(_PRINT_FOLDER, "", parts.path, count=1)
    return _key(parts, path, query) if folders else None


def _parts(address: str, base: str) -> SplitResult | None:
    try:
        parts = urlsplit(urljoin(base, address.strip()))
        _ = parts.hostname, parts.port  # may refuse what urlsplit took
    except ValueError:
        return None
    return parts if parts.scheme in ("http", "https") and parts.hostname else None


def _query(parts: SplitResult) -> list[tuple[str, str]]:
    pairs = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=None)
    return [pair for pair in pairs if not pair[0].startswith(_TRACKING)]


def _key(parts: SplitResult, path: str, query: list[tuple[str, str]]) -> Key:
    host = (parts.hostname or "").removeprefix("www.")
    path = _EXTENSION.sub("", unquote(path).casefold()).rstrip("/")
    return f"{host}:{parts.port or ''}", path, frozenset(query)


def _is_name(path: str) -> bool:
    """Tell whether a path ends in the name of a story, not in a year or a month."""
    name = path.rpartition("/")[2]
    return len(name) >= _DIGITS_OF_IDENT or (name != "" and not name.isdecimal())
