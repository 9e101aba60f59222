"""The cache on disk: what RFC 9111 asks of it as far as pages are concerned."""

import asyncio
import datetime as dt
import gzip
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import newsextract
from hostile_server import free_options
from newsextract.errors import CacheFailed, TruncatedBody
from newsextract.fetching import AsyncFetcher, Fetcher
from newsextract.records import Page
from servers import Exchange, Site, running_site

pytest.importorskip("hishel", reason="needs newsextract[cache]")

STORY = b"""<!doctype html><html lang=en><title>Ferry timetable changes</title><article>
<h1>Ferry timetable changes</h1><p class=date>2 hours ago</p>
<p>The island ferry sails an hour earlier from Monday on, its owners said at the pier today.</p>
<p>Fewer boats will run in the evening, and none after midnight, until the end of the winter.</p>
</article></html>"""


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as running:
        yield running


def fetch(url: str, folder: Path, **settings: Any) -> Page:
    """Fetch with a fetcher of its own, as another run of the program would."""
    with Fetcher(free_options(cache=folder, **settings)) as fetcher:
        return fetcher.fetch(url)


def test_a_fresh_page_is_not_asked_for_again_and_gives_the_same_record(
    site: Site, tmp_path: Path
) -> None:
    url = site.page("/a", STORY, headers={"Cache-Control": "max-age=600", "X-Own": "kept"})
    first, second = fetch(url, tmp_path / "new" / "cache"), fetch(url, tmp_path / "new" / "cache")

    assert site.paths() == ["/a"]
    assert (first.from_cache, second.from_cache) == (False, True)
    assert second.body == first.body == STORY
    assert second.fetched_at == first.fetched_at
    assert second.headers["x-own"] == "kept"
    assert (
        newsextract.extract_article(first).to_json()
        == newsextract.extract_article(second).to_json()
    )


@pytest.mark.parametrize(
    ("validator", "asked"),
    [
        ({"ETag": '"v1"'}, ("if-none-match", '"v1"')),
        (
            {"Last-Modified": "Sat, 07 Mar 2026 10:00:00 GMT"},
            ("if-modified-since", "Sat, 07 Mar 2026 10:00:00 GMT"),
        ),
    ],
    ids=["ETag", "Last-Modified"],
)
def test_a_stale_page_is_asked_for_conditionally(
    site: Site, tmp_path: Path, validator: dict[str, str], asked: tuple[str, str]
) -> None:
    headers = {"Cache-Control": "max-age=0", **validator}

    def talk(exchange: Exchange) -> None:
        if asked[0] in exchange.request.headers:
            head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
            exchange.send(f"HTTP/1.1 304 Not Modified\r\n{head}\r\n".encode())
            exchange.keep_open = True
        else:
            exchange.answer(STORY, headers=headers)

    url = site.handle("/a", talk)
    first, second = fetch(url, tmp_path), fetch(url, tmp_path)

    assert site.requests[1].headers[asked[0]] == asked[1]
    assert second.from_cache
    assert second.body == STORY
    assert second.status == 200
    assert second.fetched_at == first.fetched_at


def test_a_changed_page_comes_anew(site: Site, tmp_path: Path) -> None:
    texts = [STORY, STORY.replace(b"Monday", b"Friday")]
    url = site.handle(
        "/a",
        lambda exchange: exchange.answer(
            texts[min(len(site.requests), 2) - 1],
            headers={"Cache-Control": "max-age=0", "ETag": f'"{len(site.requests)}"'},
        ),
    )
    fetch(url, tmp_path)
    second = fetch(url, tmp_path)

    assert b"Friday" in second.body
    assert not second.from_cache
    assert second.fetched_at is not None
    assert dt.datetime.now(dt.UTC) - second.fetched_at < dt.timedelta(seconds=20)


@pytest.mark.parametrize("directive", ["no-store", "no-cache, no-store"])
def test_what_must_not_be_stored_is_not(site: Site, tmp_path: Path, directive: str) -> None:
    url = site.page("/a", STORY, headers={"Cache-Control": directive})
    fetch(url, tmp_path)
    fetch(url, tmp_path)

    assert site.paths() == ["/a", "/a"]


def test_errors_and_cut_pages_are_not_kept(site: Site, tmp_path: Path) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nCache-Control: max-age=600\r\n"
    cut = head + b"Content-Length: %d\r\n\r\n" % len(STORY) + STORY[:100]
    url = site.raw("/a", cut)
    with pytest.raises(TruncatedBody):
        fetch(url, tmp_path, attempts=1)
    site.page("/a", STORY)
    assert fetch(url, tmp_path).body == STORY


def test_packed_pages_and_redirects_come_from_the_cache_too(site: Site, tmp_path: Path) -> None:
    packed = {"Content-Encoding": "gzip", "Cache-Control": "max-age=600"}
    site.page("/new", gzip.compress(STORY), headers=packed)
    url = site.page(
        "/old",
        status="301 Moved",
        headers={"Location": "/new", "Cache-Control": "max-age=600"},
    )
    first, second = fetch(url, tmp_path), fetch(url, tmp_path)

    assert site.paths() == ["/old", "/new"]
    assert second.body == first.body == STORY
    assert second.redirects == first.redirects


def test_a_page_from_the_cache_waits_for_nobody(site: Site, tmp_path: Path) -> None:
    url = site.page("/a", STORY, headers={"Cache-Control": "max-age=600"})
    fetch(url, tmp_path)

    async def main() -> float:
        async with AsyncFetcher(free_options(cache=tmp_path, gap=5)) as fetcher:
            loop = asyncio.get_running_loop()
            begin = loop.time()
            for _ in range(3):
                await fetcher.fetch(url)
            return loop.time() - begin

    assert asyncio.run(main()) < 4


def test_nobody_but_the_cache_says_when_a_page_came(site: Site) -> None:
    forged = {"Newsextract-Fetched-At": "2001-01-01T00:00:00+00:00"}
    with Fetcher(free_options()) as fetcher:
        page = fetcher.fetch(site.page("/a", STORY, headers=forged))

    assert page.fetched_at is not None
    assert page.fetched_at.year > 2001


def test_a_cache_that_cannot_be_used_is_told(site: Site, tmp_path: Path) -> None:
    url = site.page("/a", STORY)
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(CacheFailed, match="name another"):
        fetch(url, tmp_path / "file")
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "pages.sqlite").write_bytes(b"this is no database " * 100)
    with pytest.raises(CacheFailed, match="delete it") as caught:
        fetch(url, broken)
    assert isinstance(caught.value.__cause__, sqlite3.Error)
