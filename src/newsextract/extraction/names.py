"""What the names that a page gives its elements say about them.

Class names and ids are cut into words: `relatedArticles`, `related-articles` and
`c-related__articles` all say "related" and "articles". Names are English words on most of
the world's sites, whatever the language of their text.
"""

import re

__all__ = ["AUTHOR_PAGE", "JUDGEMENTS", "judge", "name_words", "says_writer"]

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")

_REASONS: dict[str, str] = {
    word: reason
    for reason, group in {
        "navigation": "nav navigation navbar navi menu submenu megamenu breadcrumb breadcrumbs crumb crumbs "
        "pagination pager paginator toolbar tabbar skiplink masthead topbar",
        "footer": "footer colophon",
        "sidebar": "sidebar aside rail secondary complementary",
        "share": "share sharing shares sharebar sharedaddy addtoany addthis social socials sociallinks "
        "followus bookmarks whatsapp facebook",
        "related": "related relateds recirc recirculation recommended recommendation recommendations "
        "recommend mostread mostpopular popular trending teaser teasers promo promos promobox "
        "readmore morenews morestories outbrain taboola zergnet crosslinks seealso alsoread "
        "upnext onward nextup readnext suggested suggestions",
        "subscribe": "newsletter newsletters nlbox abo subscribe subscription signup optin paywall piano "
        "registration regwall donate donation",
        "comments": "comment comments commentlist disqus respond replies livefyre viafoura coral "
        "kommentare kommentar comentarios commentaires forum",
        "consent": "cookie cookies consent gdpr cmp onetrust didomi cookiebot cybot usercentrics iubenda "
        "termly cookieyes trustarc truste quantcast osano klaro complianz cmplz borlabs tarteaucitron "
        "cookiefirst axeptio evidon",
        "advertisement": "ad ads adv advert adverts advertisement advertising advertorial adslot adunit "
        "adbox adsense dfp gpt sponsor sponsored sponsors anzeige werbung publicidad publicite",
        "dialog": "modal popup overlay lightbox tooltip login signin dropdown",
        "caption": "caption captions figcaption imagecaption photocaption credit credits photocredit "
        "copyright imgdesc imgdescr imagedesc photodesc bildunterschrift bildquelle legende",
        "byline": "byline authorbox authorbio author authors bio dateline timestamp pubdate postmeta "
        "publishdate datetime",
        "tags": "tags taglist tagcloud topics keywords hashtags",
        "tools": "print printonly screenreader fontsize textsize audioplayer player rating ratings "
        "vote voting poll quiz survey feedback",
    }.items()
    for word in group.split()
}  # fmt: skip

_REASON_WORDS = frozenset(_REASONS)
# For those who listen to a page, or for nobody; written without their dashes. `d-none` and its like
# hide on all screens where no second name shows it again on some.
_HIDDEN = "hidden"
_HIDDEN_NAMES = frozenset(
    "sronly screenreadertext screenreaderonly screenreadersonly visuallyhidden isvisuallyhidden "
    "uvisuallyhidden elementinvisible a11yhidden assistivetext invisible ishidden uhidden".split()
)
_HIDDEN_UNLESS_SHOWN = frozenset(("d-none",))
# What style tools append or make up, such as `1ad9f2` and `ad3f8`: its letters say nothing. A size
# (`ad300x250`) is none of these.
_MADE_UP = re.compile(r"(?<![a-zA-Z0-9])(?:[a-zA-Z]{1,3})?[0-9]+(?!x[0-9])[a-zA-Z][a-zA-Z0-9]*")
_SHOWN_AGAIN = re.compile(r"(?:^|\s)d-[a-z]+-|(?:^|\s)d-(?!none)")

# Words that turn their neighbour's meaning round: `with-sidebar`, `no-comments`, `has-ads`
# describe the page, not the element.
_DESCRIPTIVE = frozenset(
    "has with without no is not hide show open enabled disabled layout layouts".split()
)

# So begin the names of all components of a system for large firms, `cmp-text` as `cmp-footer`:
# https://github.com/adobe/aem-core-wcm-components; behind another word it is a consent manager.
_COMPONENT = "cmp"
# Modules of CSS append five letters of their own: `table_root__adKqa`.
_OF_MODULE = re.compile(
    r"(?<=[a-zA-Z0-9])__(?=[\w-]{5}$)(?=[a-z0-9_-]{0,4}[A-Z])(?=[A-Z0-9_-]{0,4}[a-z])[\w-]+"
)

_WRITER = re.compile(
    "author|byline|autor|auteur|writer|reporter|contributor|redact|redakt|signature|muhabir|yazar|"
    "penulis|wartawan|journalist|kisha|verfasser|columnist|creator|posted-?by|written-?by|editor-?name|"
    "by-?name|person-?name|h-card|vcard|firma(?![a-z])|user-?name|submitted"
)
# An address, in lower case, below a folder of authors, or of people who may be.
AUTHOR_PAGE = re.compile(
    r"[/?&](?:(?<=/)(?:(?P<author>authors?|autor(?:e[sn]?|i|in|ka|zy)?|auteurs?|by|bio|bios|byline|journalists?|reporters?|"
    r"columnists?|columnistas?|columnas?|contributors?|writers?|redacteurs?|redakteure?|firmas?|penulis|yazar(?:lar)?|"
    r"correspondents?|staff-?writers?|giornalisti|journalistes?|periodistas?|autorzy)|"
    r"(?P<profile>profiles?|people|persons?|staff|users?|members?|(?:[a-z]+-?)?team|menschen|personen?|experts?|redaktion|profil|experten|blogger))"
    r"[/?][^/?#]{2}|(?<=[?&])(?:author|autor)(?:_name|id)?=)"
)
_REMEMBERED = 32_768
_LONGEST_NAME, _LONGEST_NAMES = 60, 400
# Names that have been judged, of all pages: sites use the same ones page after page. It only
# saves time (what `judge` says depends on the names alone), and is emptied when it is full.
JUDGEMENTS: dict[str, tuple[str | None, bool]] = {}
# The reason in a single name, or "" where it gives none.
_reasons: dict[str, str] = {}


def name_words(names: str) -> list[str]:
    """Cut the class names and the id of an element into lower-case words.

    Letters of what is made up are none: that of `css-1ad9f2` is "css".
    """
    return [word.lower() for word in _WORD.findall(_MADE_UP.sub("", names))]


def judge(names: str) -> tuple[str | None, bool]:
    """Return what element names say: why it is not part of a body, if so; whether of a writer."""
    found = ""
    known = _reasons
    each = names.split()
    for name in each:
        # Looked up once: another thread may empty the memory at any time.
        reason = known.get(name)
        if reason is None:
            reason = _reason(name) or ""
            if len(name) <= _LONGEST_NAME:
                if len(known) >= _REMEMBERED:
                    known.clear()
                known[name] = reason
        if reason == _HIDDEN:
            found = reason
            break
        found = found or reason
    if not _HIDDEN_UNLESS_SHOWN.isdisjoint(each) and _SHOWN_AGAIN.search(names) is None:
        found = _HIDDEN
    judgement = (found or None, _WRITER.search(names.lower()) is not None)
    if len(names) <= _LONGEST_NAMES:
        if len(JUDGEMENTS) >= _REMEMBERED:
            JUDGEMENTS.clear()
        JUDGEMENTS[names] = judgement
    return judgement


def says_writer(names: str) -> bool:
    """Tell whether names speak of a writer."""
    return (JUDGEMENTS.get(names) or judge(names))[1]


def _reason(name: str) -> str | None:
    if ":" in name:
        # `print:hidden` and `lg-nav:px-12` of style tools say when something holds, not what it is.
        return None
    name = _OF_MODULE.sub("", name)
    # A third of the time that `translate` takes, for each name that is new.
    if name.replace("-", "").replace("_", "").lower() in _HIDDEN_NAMES:
        return _HIDDEN
    if name.islower():
        if name.isalpha() and name.isascii():
            return _reason_in([name])
        if _reason_in(_WORD.findall(name)) is None:
            return None
    return _reason_in(name_words(name))


def _reason_in(words: list[str]) -> str | None:
    if words[:1] == [_COMPONENT]:
        words = words[1:]
    if len(words) < 2:
        return _REASONS.get(words[0]) if words else None
    reason = _REASONS.get("".join(words))
    if reason is None and not _REASON_WORDS.isdisjoint(words) and _DESCRIPTIVE.isdisjoint(words):
        reason = next(_REASONS[word] for word in words if word in _REASONS)
        # What an accordion drops down is part of the text.
        return None if reason == "dialog" and "accordion" in words else reason
    return reason
