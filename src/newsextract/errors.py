"""Everything newsextract raises, as one tree.

    NewsextractError
    ├── InputError                 stage "input": what was handed in cannot be used
    │   ├── InvalidUrl                 not an http(s) address
    │   ├── UrlInsteadOfHtml           an address was given where HTML is expected
    │   ├── UnreadableFile             a local file could not be read
    │   ├── UnreadableRecord           a record of a file of many could not be read
    │   ├── InvalidOption              a setting that cannot be used
    │   └── MissingExtra               what was asked for needs an extra that is not installed
    ├── FetchError                 stage "fetch": no usable page came back
    │   ├── PrivateAddress             not on the public internet, and not allowed
    │   ├── RobotsDisallowed           the site's robots.txt says no
    │   ├── CacheFailed                the cache on disk cannot be used
    │   ├── ConnectionFailed           name not found, refused, reset
    │   ├── TlsFailed                  certificate or handshake refused
    │   ├── TimedOut                   no whole answer in time
    │   ├── HttpStatusError            the server answered with an error status
    │   │   ├── LoginRequired              401
    │   │   ├── PaymentRequired            402
    │   │   ├── Forbidden                  403
    │   │   ├── NotFound                   404, 410
    │   │   ├── LegallyWithheld            451
    │   │   └── BotChallenge               a bot check came with it
    │   ├── TooManyRedirects           a loop, or more hops than allowed
    │   ├── TooLarge                   the answer is over the size limit
    │   ├── TruncatedBody              the answer ended before it was whole
    │   ├── UndecodableBody            the content coding is broken or unknown
    │   ├── RenderingFailed            the browser could not show the page
    │   ├── UnsupportedContent         something other than HTML
    │   │   ├── PdfInstead                 a PDF document
    │   │   ├── MediaInstead               a picture, a video, a sound
    │   │   └── FeedInstead                a feed or a sitemap
    │   └── MalformedResponse          the answer is not HTTP
    ├── DiscoveryError             stage "discover": addresses that were looked for are missing
    │   ├── NothingFound               a site, feed or sitemap names no articles
    │   └── UnreadableList             a feed or sitemap is broken, or over a limit
    ├── OutputFailed               stage "output": what came out cannot be written
    └── ExtractionError            stage "extract": the page holds no article text
        ├── NotAnArticle               what came instead is known
        │   ├── BotCheckPage               a bot check
        │   ├── ConsentWall                a question about cookies or tracking
        │   ├── LoginWall                  a form to sign in
        │   ├── ErrorText                  "not found" or "something went wrong"
        │   ├── EmptyShell                 a shell that JavaScript has to fill
        │   ├── ListingPage                a front page, a section, search results
        │   ├── ForumPage                  a thread, questions and answers
        │   ├── ProductPage                an offer of a product
        │   └── OtherPage                  documentation, the page of a firm, an office, a school
        ├── EmptyPage                  nothing in it at all
        ├── TooComplex                 it goes over a limit that keeps time and memory bounded
        ├── NoArticleText              text, but none that reads like an article
        └── PageKilled                 a batch ended the process that read the page
            ├── OutOfTime                  it took longer than a page may
            ├── OutOfMemory                it took more memory than a page may
            └── WorkerDied                 the process died of it

`BotChallenge` and `BotCheckPage` are of one kind: the same page, which some
servers send with an error status and some with 200.

Each carries a `Failure`: the same facts as a value, which batches return
instead of raising. Exceptions of other libraries never escape; they are the
`__cause__` of one of these.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Literal, TypeVar

__all__ = [
    "BotChallenge",
    "BotCheckPage",
    "CacheFailed",
    "ConnectionFailed",
    "ConsentWall",
    "DiscoveryError",
    "EmptyPage",
    "EmptyShell",
    "ErrorText",
    "ExtractionError",
    "Failure",
    "FailureKind",
    "FeedInstead",
    "FetchError",
    "Forbidden",
    "ForumPage",
    "HttpStatusError",
    "InputError",
    "InvalidOption",
    "InvalidUrl",
    "LegallyWithheld",
    "ListingPage",
    "LoginRequired",
    "LoginWall",
    "MalformedResponse",
    "MediaInstead",
    "MissingExtra",
    "NewsextractError",
    "NoArticleText",
    "NotAnArticle",
    "NotFound",
    "NothingFound",
    "OtherPage",
    "OutOfMemory",
    "OutOfTime",
    "OutputFailed",
    "PageKilled",
    "PaymentRequired",
    "PdfInstead",
    "PrivateAddress",
    "ProductPage",
    "RenderingFailed",
    "RobotsDisallowed",
    "Stage",
    "TimedOut",
    "TlsFailed",
    "TooComplex",
    "TooLarge",
    "TooManyRedirects",
    "TruncatedBody",
    "UndecodableBody",
    "UnreadableFile",
    "UnreadableList",
    "UnreadableRecord",
    "UnsupportedContent",
    "UrlInsteadOfHtml",
    "WorkerDied",
    "error_of",
]

Stage = Literal["input", "fetch", "discover", "extract", "output"]
Text = TypeVar("Text", str, str | None)


class FailureKind(StrEnum):
    """Why an input gave no article; one for each exception that is raised, but for `BOT_CHECK`."""

    INVALID_URL = "invalid_url"
    URL_INSTEAD_OF_HTML = "url_instead_of_html"
    UNREADABLE_FILE = "unreadable_file"
    UNREADABLE_RECORD = "unreadable_record"
    INVALID_OPTION = "invalid_option"
    MISSING_EXTRA = "missing_extra"
    PRIVATE_ADDRESS = "private_address"
    ROBOTS_DISALLOWED = "robots_disallowed"
    CACHE_FAILED = "cache_failed"
    CONNECTION_FAILED = "connection_failed"
    TLS_FAILED = "tls_failed"
    TIMED_OUT = "timed_out"
    HTTP_STATUS = "http_status"
    LOGIN_REQUIRED = "login_required"
    PAYMENT_REQUIRED = "payment_required"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    LEGALLY_WITHHELD = "legally_withheld"
    BOT_CHECK = "bot_check"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    TOO_LARGE = "too_large"
    TRUNCATED_BODY = "truncated_body"
    UNDECODABLE_BODY = "undecodable_body"
    RENDERING_FAILED = "rendering_failed"
    UNSUPPORTED_CONTENT = "unsupported_content"
    PDF = "pdf"
    MEDIA = "media"
    FEED = "feed"
    MALFORMED_RESPONSE = "malformed_response"
    NOTHING_FOUND = "nothing_found"
    UNREADABLE_LIST = "unreadable_list"
    CONSENT_WALL = "consent_wall"
    LOGIN_WALL = "login_wall"
    ERROR_PAGE = "error_page"
    NEEDS_JAVASCRIPT = "needs_javascript"
    TOO_COMPLEX = "too_complex"
    LISTING = "listing"
    FORUM = "forum"
    PRODUCT = "product"
    OTHER_PAGE = "other_page"
    EMPTY_PAGE = "empty_page"
    NO_ARTICLE_TEXT = "no_article_text"
    OUT_OF_TIME = "out_of_time"
    OUT_OF_MEMORY = "out_of_memory"
    WORKER_DIED = "worker_died"
    OUTPUT_FAILED = "output_failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """What happened to an input that gave no article."""

    type: Literal["failure"] = "failure"
    """Always `failure`; tells records apart in a file of several types."""
    url: str | None = None
    """The address or file name as it was handed in, `None` for HTML in hand."""
    stage: Stage
    """The stage in which it happened."""
    kind: FailureKind
    """Why there is no article."""
    message: str
    """One sentence for a person, which says what to do."""
    detail: str | None = None
    """What a program or a bug report needs beside it (a status code, the other library's words)."""
    version: str = "1"
    """The version of this record's schema."""


class NewsextractError(Exception):
    """Base of everything this library raises on purpose."""

    stage: ClassVar[Stage]
    kind: ClassVar[FailureKind]

    def __init__(self, message: str, *, url: str | None = None, detail: str | None = None) -> None:
        super().__init__(message)
        self.failure = Failure(
            url=_encodable(url),
            stage=self.stage,
            kind=self.kind,
            message=_encodable(message),
            detail=_encodable(detail),
        )

    def __reduce__(self) -> tuple[object, ...]:
        # Exception pickles its positional arguments only, which would lose the address.
        return (_restored, (type(self), self.failure))


def _encodable(text: Text) -> Text:
    """Return a text without halves of characters, which no file and no pipe takes."""
    return text and text.encode("utf-8", "replace").decode("utf-8")


def error_of(failure: Failure) -> NewsextractError:
    """Return the exception that carries this failure."""
    kinds: list[type[NewsextractError]] = [NewsextractError]
    for error_type in kinds:
        if getattr(error_type, "kind", None) == failure.kind and (
            error_type.stage == failure.stage
        ):
            return _restored(error_type, failure)
        kinds += error_type.__subclasses__()
    raise LookupError(f"no exception is of kind {failure.kind} in stage {failure.stage}")


def _restored(error_type: type[NewsextractError], failure: Failure) -> NewsextractError:
    return error_type(failure.message, url=failure.url, detail=failure.detail)


class InputError(NewsextractError, ValueError):
    """What was handed in cannot be used."""

    stage = "input"


class InvalidUrl(InputError):
    """The text is not an absolute http or https address."""

    kind = FailureKind.INVALID_URL


class UrlInsteadOfHtml(InputError):
    """`extract` was given an address; `scrape` is the one that downloads."""

    kind = FailureKind.URL_INSTEAD_OF_HTML


class UnreadableFile(InputError):
    """A local file does not exist or cannot be read."""

    kind = FailureKind.UNREADABLE_FILE


class UnreadableRecord(InputError):
    """A record of a file of many could not be read; `failure.detail` says where and why."""

    kind = FailureKind.UNREADABLE_RECORD


class InvalidOption(InputError):
    """A setting has a value that cannot be used."""

    kind = FailureKind.INVALID_OPTION


class MissingExtra(InputError):
    """What was asked for needs a library that comes with an extra of this package."""

    kind = FailureKind.MISSING_EXTRA


class FetchError(NewsextractError):
    """No usable page came back."""

    stage = "fetch"


class PrivateAddress(FetchError):
    """The host is not on the public internet, and `Options.allow_private` is off."""

    kind = FailureKind.PRIVATE_ADDRESS


class RobotsDisallowed(FetchError):
    """The site's robots.txt does not allow robots here, or could not be read."""

    kind = FailureKind.ROBOTS_DISALLOWED


class CacheFailed(FetchError):
    """The cache on disk cannot be read or written."""

    kind = FailureKind.CACHE_FAILED


class ConnectionFailed(FetchError):
    """The name was not found, or the connection was refused or reset."""

    kind = FailureKind.CONNECTION_FAILED


class TlsFailed(FetchError):
    """The certificate or the handshake was refused."""

    kind = FailureKind.TLS_FAILED


class TimedOut(FetchError):
    """No whole answer came in time."""

    kind = FailureKind.TIMED_OUT


class HttpStatusError(FetchError):
    """The server answered with an error status, which stands first in `failure.detail`."""

    kind = FailureKind.HTTP_STATUS


class LoginRequired(HttpStatusError):
    """The page is for signed-in readers only (401)."""

    kind = FailureKind.LOGIN_REQUIRED


class PaymentRequired(HttpStatusError):
    """The page has to be paid for (402)."""

    kind = FailureKind.PAYMENT_REQUIRED


class Forbidden(HttpStatusError):
    """The site refuses the request and gives no reason that we know (403)."""

    kind = FailureKind.FORBIDDEN


class NotFound(HttpStatusError):
    """There is no such page, or no longer (404, 410)."""

    kind = FailureKind.NOT_FOUND


class LegallyWithheld(HttpStatusError):
    """The page is withheld for legal reasons (451)."""

    kind = FailureKind.LEGALLY_WITHHELD


class BotChallenge(HttpStatusError):
    """The server sent a bot check; `failure.detail` has its vendor and what gave it away."""

    kind = FailureKind.BOT_CHECK


class TooManyRedirects(FetchError):
    """The redirects go in a circle or are more than allowed."""

    kind = FailureKind.TOO_MANY_REDIRECTS


class TooLarge(FetchError):
    """The answer, packed or unpacked, is over the size limit."""

    kind = FailureKind.TOO_LARGE


class TruncatedBody(FetchError):
    """The answer ended before it was whole."""

    kind = FailureKind.TRUNCATED_BODY


class UndecodableBody(FetchError):
    """The content coding is broken or not one we asked for."""

    kind = FailureKind.UNDECODABLE_BODY


class RenderingFailed(FetchError):
    """The browser that was to build the page could not show it."""

    kind = FailureKind.RENDERING_FAILED


class UnsupportedContent(FetchError):
    """The answer is something other than an HTML page."""

    kind = FailureKind.UNSUPPORTED_CONTENT


class PdfInstead(UnsupportedContent):
    """The answer is a PDF document."""

    kind = FailureKind.PDF


class MediaInstead(UnsupportedContent):
    """The answer is a picture, a video or a sound."""

    kind = FailureKind.MEDIA


class FeedInstead(UnsupportedContent):
    """The answer is a feed (RSS, Atom, JSON Feed) or a sitemap."""

    kind = FailureKind.FEED


class MalformedResponse(FetchError):
    """The answer breaks the rules of HTTP."""

    kind = FailureKind.MALFORMED_RESPONSE


class DiscoveryError(NewsextractError):
    """Addresses of articles that were looked for are missing."""

    stage = "discover"


class NothingFound(DiscoveryError):
    """A site, feed or sitemap names no articles; `failure.detail` says where was looked."""

    kind = FailureKind.NOTHING_FOUND


class UnreadableList(DiscoveryError):
    """A feed or sitemap was not read, or not all of it: it is broken, or over a limit."""

    kind = FailureKind.UNREADABLE_LIST


class ExtractionError(NewsextractError):
    """The page holds no article text."""

    stage = "extract"


class NotAnArticle(ExtractionError):
    """The page is known to be something else; `failure.detail` says by what."""


class BotCheckPage(NotAnArticle):
    """The page checks whether its reader is a person."""

    kind = FailureKind.BOT_CHECK


class ConsentWall(NotAnArticle):
    """The page asks for consent to cookies or tracking before it shows anything."""

    kind = FailureKind.CONSENT_WALL


class LoginWall(NotAnArticle):
    """The page asks its reader to sign in before it shows anything."""

    kind = FailureKind.LOGIN_WALL


class ErrorText(NotAnArticle):
    """The page says that there is no such page or that something went wrong ("soft 404")."""

    kind = FailureKind.ERROR_PAGE


class EmptyShell(NotAnArticle):
    """The page is a shell that JavaScript has to fill."""

    kind = FailureKind.NEEDS_JAVASCRIPT


class ListingPage(NotAnArticle):
    """The page leads to others: a front page, a section, search results; see `require_article`."""

    kind = FailureKind.LISTING


class ForumPage(NotAnArticle):
    """The page is a thread of a forum or questions and answers; see `require_article`."""

    kind = FailureKind.FORUM


class ProductPage(NotAnArticle):
    """The page offers a product; see `require_article`."""

    kind = FailureKind.PRODUCT


class OtherPage(NotAnArticle):
    """The page tells no story; its kind stands first in `failure.detail`; see `require_article`."""

    kind = FailureKind.OTHER_PAGE


class EmptyPage(ExtractionError):
    """There is nothing in the page at all."""

    kind = FailureKind.EMPTY_PAGE


class TooComplex(ExtractionError):
    """The page goes over a limit for its time and memory; `failure.detail` says which."""

    kind = FailureKind.TOO_COMPLEX


class NoArticleText(ExtractionError):
    """The page has text, but none that reads like an article."""

    kind = FailureKind.NO_ARTICLE_TEXT


class PageKilled(ExtractionError):
    """The process of a batch that read the page was ended, or ended of it."""


class OutOfTime(PageKilled):
    """Reading the page took longer than a page of the batch may take."""

    kind = FailureKind.OUT_OF_TIME


class OutOfMemory(PageKilled):
    """Reading the page took more memory than a page of the batch may take."""

    kind = FailureKind.OUT_OF_MEMORY


class WorkerDied(PageKilled):
    """The process that read the page died of it; `failure.detail` says of what."""

    kind = FailureKind.WORKER_DIED


class OutputFailed(NewsextractError):
    """What came out cannot be written: no room, no right, or another run is at it."""

    stage = "output"
    kind = FailureKind.OUTPUT_FAILED
