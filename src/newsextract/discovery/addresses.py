"""Which addresses are the same, which are of one site, and which can be those of articles."""

import re
from hashlib import blake2b
from urllib.parse import parse_qsl, urlsplit

from courlan import check_url, is_not_crawlable

from newsextract.extraction.addresses import host_of, is_front_page, whole_address
from newsextract.extraction.text import clean_line, prose_length

__all__ = [
    "address_from", "comparison_key", "is_of_site", "looks_like_article", "may_be_article",
    "reads_as_headline", "short_key",
]  # fmt: skip

_LONGEST = 8_192
# Most addresses, in which there is nothing to take apart.
_PLAIN = re.compile(r"https?://(?P<host>[a-z0-9.-]+)(?P<path>/[^?#]*)")
# Each of these only says by which way a reader came. courlan drops many more (`cid`, `uid`,
# `source`, `ref`), and some sites number their articles by those.
_TRACKING = re.compile(
    r"utm_\w+|(?:fbc|gc|dc|twc|yc|ysc|ttc)lid|(?:msclk|gbra|wbra|igsh|mc_[ce])id|igsh|mkt_tok|_ga|_gl"
    r"|at_(?:medium|campaign|custom\d|link_\w+|ptr_name|bbc_team|format)|xtor|wt_mc|ns_\w+|cmpid",
    re.IGNORECASE,
)
_TAXONOMY = re.compile(
    r"/(?:tags?|categor(?:y|ies|ia)|kategorien?|schlagw[oö]rt(?:er)?|auth?ors?|autoren|topics?"
    r"|users?)/[^/]+/?$",
    re.IGNORECASE,
)
_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|avif|ico|mp[34]|m4[av]|mov|avi|webm|ogg|wav|pdf|zip|gz|css|js|json"
    r"|rss|atom|docx?|xlsx?|pptx?)$",
    re.IGNORECASE,
)
_OF_THE_SITE = re.compile(
    r"/(?:about|abo|agb|accessibility|advertis\w*|careers?|conditions|contact|cookies?|datenschutz"
    r"|help|impressum|imprint|jobs|kontakt|legal|login|newsletters?|privacy|register|search|shop"
    r"|signin|signup|subscri\w+|terms)(?:[/._-]|$)",
    re.IGNORECASE,
)
_DAY_IN_PATH = re.compile(r"/(?:19|20)\d\d[/-]?(?:0?[1-9]|1[0-2])(?:[/-]?[0-3]?\d)?(?:/|-)")
_NUMBER = re.compile(r"(?<!\d)\d{5,}(?!\d)")
_WORDS_OF_HEADLINE, _LENGTH_OF_HEADLINE = 4, 20


def address_from(text: str, base: str) -> str | None:
    """Return an http address made whole and without its fragment, None for what cannot be one."""
    text = text.strip()
    if not text or len(text) > _LONGEST:
        return None
    address = whole_address("%20".join(text.split()), base)
    return address and address.partition("#")[0]


def comparison_key(url: str) -> str:
    """Return what addresses of the same article have in common, as far as that is certain.

    Left out are the scheme, a usual port, the fragment, and parameters for tracking.
    """
    if plain := _PLAIN.fullmatch(url):
        return f"{plain['host']}{plain['path']}"
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2].lower()
    host = host.removesuffix(":443" if parts.scheme == "https" else ":80")
    query = "&".join(
        parameter
        for parameter in parts.query.split("&")
        if parameter and not _TRACKING.fullmatch(parameter.partition("=")[0])
    )
    return f"{host}{parts.path or '/'}{'?' if query else ''}{query}"


def short_key(key: str) -> bytes:
    """Return 16 bytes in place of a key, of which millions may be kept."""
    return blake2b(key.encode("utf-8", "replace"), digest_size=16).digest()


def is_of_site(url: str, site: str) -> bool:
    """Tell whether an address is of the host of a site's address, or below it."""
    host, own = host_of(url), host_of(site).removeprefix("www.")
    return host == own or host.endswith(f".{own}")


def may_be_article(url: str) -> bool:
    """Tell whether an address of a sitemap is not plainly one of something else.

    Front pages, files, and pages of tags, categories and authors are.
    """
    plain = _PLAIN.fullmatch(url)
    path = plain["path"] if plain else urlsplit(url).path
    return not (
        (path == "/" if plain else is_front_page(url))
        or _FILE.search(path)
        or _TAXONOMY.search(path)
        or is_not_crawlable(path)
    )


def looks_like_article(url: str, words: str) -> bool:
    """Tell whether a link looks like one to an article, by its address and its words."""
    parts = urlsplit(url)
    # courlan judges the host too, and takes no numbers for one.
    judged = f"https://news.example{parts.path}{'?' if parts.query else ''}{parts.query}"
    if not may_be_article(url) or _OF_THE_SITE.match(parts.path) or not check_url(judged):
        return False
    last = parts.path.rstrip("/").rpartition("/")[2]
    if _DAY_IN_PATH.search(parts.path) or _NUMBER.search(last) or _has_slug(last):
        return True
    if any(_NUMBER.fullmatch(value) for _, value in parse_qsl(parts.query)):
        return True
    return parts.path.count("/") > 1 and reads_as_headline(words)


def reads_as_headline(words: str) -> bool:
    """Tell whether the words of a link may be the title of an article."""
    line = clean_line(words)
    return prose_length(line) >= _LENGTH_OF_HEADLINE and (
        len(line.split()) >= _WORDS_OF_HEADLINE or not line.isascii()
    )


def _has_slug(segment: str) -> bool:
    return len([word for word in re.split(r"[-_]", segment) if word]) >= _WORDS_OF_HEADLINE
