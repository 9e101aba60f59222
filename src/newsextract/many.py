"""Many addresses in, an article or a failure out for each, as they are done."""

import contextlib
from collections.abc import AsyncGenerator, AsyncIterable, Iterable, Iterator

from newsextract.errors import Failure
from newsextract.fetching import AsyncFetcher
from newsextract.fetching.loops import LoopThread
from newsextract.options import Options
from newsextract.parts import aread_story
from newsextract.records import Article, Page

__all__ = ["ascrape_many", "scrape_many"]


def scrape_many(
    urls: Iterable[str], *, concurrency: int = 16, options: Options | None = None
) -> Iterator[Article | Failure]:
    """Yield an article, or why there is none, for each address, in the order in which they come.

    As `ascrape_many`, for code that waits for each; the others go on meanwhile.
    """
    outcomes = ascrape_many(urls, concurrency=concurrency, options=options)

    async def next_outcome() -> Article | Failure | None:
        return await anext(outcomes, None)

    loop = LoopThread("newsextract-scrape-many")
    try:
        while (outcome := loop.run(next_outcome)) is not None:
            yield outcome
    finally:
        loop.close(outcomes.aclose)


async def ascrape_many(
    urls: Iterable[str] | AsyncIterable[str],
    *,
    concurrency: int = 16,
    options: Options | None = None,
) -> AsyncGenerator[Article | Failure, None]:
    """Yield an article, or why there is none, for each address, in the order in which they come.

    `concurrency` pages are asked for at once; each origin gets what `Options` say, and its
    robots.txt is obeyed. Addresses are read as they are needed, and only a few pages lie ready:
    memory does not grow with the list. Closing the iterator ends all that is under way.
    """
    async with AsyncFetcher(options) as fetcher:

        async def story_of(page: Page) -> Article:
            async def fetch(url: str) -> Page:
                return page if url == page.url else await fetcher.fetch(url, as_robot=True)

            return await aread_story(page.url or "", fetch, options, render=fetcher.render)

        outcomes = fetcher.fetch_each(urls, story_of, concurrency=concurrency)
        async with contextlib.aclosing(outcomes) as each:
            async for outcome in each:
                yield outcome
