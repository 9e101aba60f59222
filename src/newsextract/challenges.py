"""What only the page of a bot check has in it, by its vendor.

Both stages need it: fetching for answers with an error status, extraction for pages in hand. Many
ordinary pages load scripts of these vendors, and stories quote their words; so each row is what the
challenge has beside them, and whoever asks has to know from elsewhere that no story is there (an
error status, or a page with hardly any text).
"""

import re
from typing import NamedTuple

__all__ = ["READ_BYTES", "Wall", "challenge_in"]

# The longest of these pages (Cloudflare's, with its style and its script inline) have some 30 KB.
READ_BYTES = 65_536


class Wall(NamedTuple):
    """A bot check: whose it is, and what gave it away."""

    vendor: str
    evidence: str


# Vendor, and what is all in its page, in lower case.
_MARKS = (
    # The options of the challenge's script; what ordinary pages have is `__CF$cv$params`.
    ("Cloudflare", "_cf_chl_opt"),
    ("Cloudflare", "/cdn-cgi/challenge-platform/", "<title>just a moment"),
    ("Cloudflare", "cf-browser-verification"),
    ("Cloudflare", "<title>attention required! | cloudflare"),
    ("DataDome", "captcha-delivery.com", "var dd={"),
    # The tag on ordinary pages sets _pxAppId, and shops hold a place for the captcha ready.
    ("HUMAN", 'id="px-captcha"', "_pxappid", "_pxuuid"),
    ("HUMAN", "<title>access to this page has been denied", "_pxappid"),
    ("Akamai", "sec-if-cpt-container"),
    ("Akamai", "/_sec/cp_challenge/", "bm-verify"),
    ("Akamai", "<title>access denied", "reference&#32;&#35;"),
    ("Akamai", "<title>access denied", "reference #", "you don't have permission"),
    ("Imperva", "incapsula incident id"),
    ("Imperva", "_incapsula_resource", 'id="main-iframe"'),
    ("Imperva", "_incapsula_resource", "<body></body>"),
    ("Imperva", "<title>pardon our interruption"),
    ("AWS WAF", "window.gokuprops", "awswaf.com"),
    ("Sucuri", "sucuri_cloudproxy_js"),
    ("Sucuri", "<title>sucuri website firewall"),
    # Ordinary pages load p.js of it.
    ("Kasada", "kpsdk", "/ips.js?"),
    ("DDoS-Guard", "<title>ddos-guard"),
    ("SiteGround", "/.well-known/sgcaptcha/", 'http-equiv="refresh"'),
    ("Anubis", 'id="anubis_challenge"'),
    ("Vercel", "<title>vercel security checkpoint"),
)
_ROWS = tuple([(vendor, [mark.encode() for mark in marks]) for vendor, *marks in _MARKS])
_WIDGETS = {
    b"g-recaptcha": "reCAPTCHA",
    b"h-captcha": "hCaptcha",
    b"cf-turnstile": "Cloudflare Turnstile",
}
# Bounded, since pages are as hostile as they like.
_WIDGET = re.compile(
    rb"<(?:div|form|button)\s[^<>]{0,200}?\bclass\s?=\s?[\"']?[^\"'<>]{0,200}?\b"
    rb"(" + b"|".join(_WIDGETS) + rb")(?![\w-])"
)
# Forms to sign in, to write to the editors or to get a newsletter have such a widget too.
_ASKS_MORE = re.compile(rb"<textarea|type\s*=\s*[\"']?(?:password|email|search|tel)\b")


def challenge_in(beginning: bytes) -> Wall | None:
    """Return the bot check that a page without a story is, judged by how it begins."""
    page = beginning[:READ_BYTES].lower()
    for vendor, marks in _ROWS:
        if all(mark in page for mark in marks):
            return Wall(vendor, ", ".join([mark.decode() for mark in marks]))
    widget = _WIDGET.search(page)
    if widget and not _ASKS_MORE.search(page):
        name = widget[1].decode()
        return Wall(_WIDGETS[widget[1]], f"nothing but {name}")
    return None
