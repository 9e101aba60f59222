"""What an HTTP status means for somebody who wants the page."""

from http import HTTPStatus

from newsextract.errors import (
    BotChallenge,
    Forbidden,
    HttpStatusError,
    LegallyWithheld,
    LoginRequired,
    NotFound,
    PaymentRequired,
)
from newsextract.fetching.walls import Wall

__all__ = ["RETRIED", "check_status", "is_error", "is_redirect"]

# Those for which the same request may succeed a little later.
RETRIED = frozenset({408, 425, 429, 500, 502, 503, 504})

# The others of 3xx are not redirects (WHATWG Fetch, "redirect status").
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
# 206: a part, although the whole was asked for.
_WITHOUT_PAGE = frozenset({204, 205, 206})

_MEANINGS = {
    204: "there is no page at this address; check it",
    205: "there is no page at this address; check it",
    206: "only a part of the page was sent; try again later",
    401: "the page is for signed-in readers only; save it from your browser and extract the file",
    402: "the page has to be paid for; save it from your browser if you may read it there",
    403: "the site refuses this request; if you may read the page in your browser, save it there "
    "and extract the file",
    404: "the page does not exist or has moved; check the address",
    410: "the page was removed for good; look for a copy in a web archive",
    429: "the site asks for fewer requests; try again later, with more time between pages",
    451: "the page is withheld for legal reasons where you are; look for it elsewhere",
    503: "the site is overloaded or under maintenance; try again later",
}
_ERRORS: dict[int, type[HttpStatusError]] = {
    401: LoginRequired,
    402: PaymentRequired,
    403: Forbidden,
    404: NotFound,
    410: NotFound,
    451: LegallyWithheld,
}
_MEANINGS_OF_CLASSES = {
    4: "the site does not accept this request; check the address",
    5: "the site has a fault; try again later",
}


def is_redirect(status: int) -> bool:
    """Tell whether the answer sends us to another address."""
    return status in _REDIRECTS


def is_error(status: int) -> bool:
    """Tell whether no whole page follows."""
    return not 200 <= status < 300 or status in _WITHOUT_PAGE


def check_status(status: int, wall: Wall | None = None) -> None:
    """Raise `HttpStatusError` unless the status says that a whole page follows.

    It is a `LoginRequired`, `PaymentRequired`, `Forbidden`, `NotFound` or `LegallyWithheld` where
    the status is one of theirs, and a `BotChallenge`, whatever the status, for an answer that
    `bot_check` found a wall in.
    """
    named = f"{status} {_phrase(status)}".rstrip()
    if wall is not None:
        raise BotChallenge(
            f"the server answered {named} with a bot check ({wall.vendor}), so the page is for "
            "browsers only; if you may read it in yours, save it there and extract the file",
            detail=f"{named}; {wall.vendor}: {wall.evidence}",
        )
    if not is_error(status):
        return
    meaning = _MEANINGS.get(status) or _MEANINGS_OF_CLASSES.get(
        status // 100, "that is no page; check the address"
    )
    error = _ERRORS.get(status, HttpStatusError)
    raise error(f"the server answered {named}, so {meaning}", detail=named)


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
