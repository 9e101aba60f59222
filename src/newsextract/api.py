"""The functions that most users need."""

import datetime as dt
import re
from dataclasses import replace

from newsextract.errors import UrlInsteadOfHtml
from newsextract.options import Options
from newsextract.records import Article, Page

__all__ = ["ascrape", "extract", "extract_article", "page_in_hand", "scrape"]

_URL = re.compile(r"\s*(?:https?|file)://\S+\s*", re.IGNORECASE)


def extract(
    html: str | bytes,
    url: str | None = None,
    *,
    content_type: str | None = None,
    fetched_at: dt.datetime | None = None,
    require_article: bool = False,
    options: Options | None = None,
) -> Article:
    """Return the article in a page that is already in hand.

    `html` is text, or bytes as they came (then `content_type`, the HTTP header, helps to
    decode them). `url` is where the page is from; it makes relative addresses whole, unless the
    page says with `<base>` what does. Dates after `fetched_at` are not believed. `require_article`
    refuses a page that is hardly one, as the option of that name does. Reads no file, opens no
    connection.

    Raises `UrlInsteadOfHtml` for an address, an `UnsupportedContent` for a PDF, a picture, a feed
    and the like, a `NotAnArticle` where it is known what the page
    is instead (a bot check, a consent wall, with `require_article` a front page …), `EmptyPage`
    for a page without text and `NoArticleText` for one that holds no article; each carries a
    `Failure`.
    """
    if require_article:
        options = replace(options or Options(), require_article=True)
    return extract_article(page_in_hand(html, url, content_type, fetched_at), options)


def page_in_hand(
    html: str | bytes, url: str | None, content_type: str | None, fetched_at: dt.datetime | None
) -> Page:
    """Return HTML in hand as a page; raises `UrlInsteadOfHtml` for an address."""
    if isinstance(html, str):
        if _URL.fullmatch(html[:4_096]):
            raise UrlInsteadOfHtml(
                "What is needed here is the HTML of a page, not its address; call scrape(url) "
                "to download it first.",
                url=html.strip(),
            )
        html, content_type = html.encode("utf-8", "replace"), "text/html; charset=utf-8"
    headers = {"content-type": content_type} if content_type else {}
    return Page(url=url, headers=headers, body=html, fetched_at=fetched_at)


def extract_article(page: Page, options: Options | None = None) -> Article:
    """Return the article in a fetched page; raises as `extract` does."""
    from newsextract.extraction import extract_page
    from newsextract.normalization import normalize

    return normalize(extract_page(page, options))


def scrape(url: str, *, options: Options | None = None) -> Article:
    """Download a page and return its article, joined if its site cuts it into several pages.

    Raises `InvalidUrl`, a `FetchError` where no page came back, or what `extract` raises;
    each carries a `Failure`. For many pages, keep one `Fetcher` and its connections.
    """
    from newsextract.fetching import Fetcher
    from newsextract.parts import read_story

    with Fetcher(options) as fetcher:
        return read_story(url, fetcher.fetch, options, render=fetcher.render)


async def ascrape(url: str, *, options: Options | None = None) -> Article:
    """Do as `scrape` does, without blocking the event loop on the network."""
    from newsextract.fetching import AsyncFetcher
    from newsextract.parts import aread_story

    async with AsyncFetcher(options) as fetcher:
        return await aread_story(url, fetcher.fetch, options, render=fetcher.render)
