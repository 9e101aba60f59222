"""Turns a news page into one clean record: title, date, authors and body, each with its source."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsextract.api import ascrape, extract, extract_article, scrape
    from newsextract.discovery import discover
    from newsextract.errors import (
        BotChallenge,
        BotCheckPage,
        CacheFailed,
        ConnectionFailed,
        ConsentWall,
        DiscoveryError,
        EmptyPage,
        EmptyShell,
        ErrorText,
        ExtractionError,
        Failure,
        FailureKind,
        FeedInstead,
        FetchError,
        Forbidden,
        ForumPage,
        HttpStatusError,
        InputError,
        InvalidOption,
        InvalidUrl,
        LegallyWithheld,
        ListingPage,
        LoginRequired,
        LoginWall,
        MalformedResponse,
        MediaInstead,
        MissingExtra,
        NewsextractError,
        NoArticleText,
        NotAnArticle,
        NotFound,
        NothingFound,
        OtherPage,
        PaymentRequired,
        PdfInstead,
        PrivateAddress,
        ProductPage,
        RenderingFailed,
        RobotsDisallowed,
        TimedOut,
        TlsFailed,
        TooComplex,
        TooLarge,
        TooManyRedirects,
        TruncatedBody,
        UndecodableBody,
        UnreadableFile,
        UnreadableList,
        UnsupportedContent,
        UrlInsteadOfHtml,
    )
    from newsextract.extraction import extract_page
    from newsextract.fetching import AsyncFetcher, Fetcher
    from newsextract.many import ascrape_many, scrape_many
    from newsextract.normalization import normalize
    from newsextract.options import Access, Options
    from newsextract.records import (
        Article,
        Block,
        Candidate,
        Correction,
        Extraction,
        FieldSource,
        FoundAddress,
        FoundCorrection,
        FoundEntry,
        Image,
        Link,
        LiveEntry,
        Page,
        Paging,
        RemovedBlock,
        Rights,
        Video,
    )

__all__ = [
    "Access",
    "Article",
    "AsyncFetcher",
    "Block",
    "BotChallenge",
    "BotCheckPage",
    "CacheFailed",
    "Candidate",
    "ConnectionFailed",
    "ConsentWall",
    "Correction",
    "DiscoveryError",
    "EmptyPage",
    "EmptyShell",
    "ErrorText",
    "Extraction",
    "ExtractionError",
    "Failure",
    "FailureKind",
    "FeedInstead",
    "FetchError",
    "Fetcher",
    "FieldSource",
    "Forbidden",
    "ForumPage",
    "FoundAddress",
    "FoundCorrection",
    "FoundEntry",
    "HttpStatusError",
    "Image",
    "InputError",
    "InvalidOption",
    "InvalidUrl",
    "LegallyWithheld",
    "Link",
    "ListingPage",
    "LiveEntry",
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
    "Options",
    "OtherPage",
    "Page",
    "Paging",
    "PaymentRequired",
    "PdfInstead",
    "PrivateAddress",
    "ProductPage",
    "RemovedBlock",
    "RenderingFailed",
    "Rights",
    "RobotsDisallowed",
    "TimedOut",
    "TlsFailed",
    "TooComplex",
    "TooLarge",
    "TooManyRedirects",
    "TruncatedBody",
    "UndecodableBody",
    "UnreadableFile",
    "UnreadableList",
    "UnsupportedContent",
    "UrlInsteadOfHtml",
    "Video",
    "ascrape",
    "ascrape_many",
    "discover",
    "extract",
    "extract_article",
    "extract_page",
    "normalize",
    "scrape",
    "scrape_many",
]

# Where the names live that are imported when first used, so that `import newsextract` stays
# cheap and a saved page is read without importing an HTTP client.
_HOMES = {
    "api": ("ascrape", "extract", "extract_article", "scrape"),
    "discovery": ("discover",),
    "extraction": ("extract_page",),
    "fetching": ("AsyncFetcher", "Fetcher"),
    "many": ("ascrape_many", "scrape_many"),
    "normalization": ("normalize",),
    "options": ("Access", "Options"),
    "records": (
        "Article", "Block", "Candidate", "Correction", "Extraction", "FieldSource",
        "FoundAddress", "FoundCorrection", "FoundEntry", "Image", "Link", "LiveEntry", "Page",
        "Paging", "RemovedBlock", "Rights", "Video",
    ),
}  # fmt: skip


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = next((home for home, names in _HOMES.items() if name in names), "errors")
    value = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
