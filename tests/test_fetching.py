"""The fetchers against servers on loopback that keep the rules of HTTP, bend or break them."""

import asyncio
import contextlib
import datetime as dt
import email.utils
import gzip
import logging
import os
import pickle
import random
import re
import socket
import ssl
import subprocess
import sys
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import brotli
import httpcore
import pytest
import trustme
import zstandard

from newsextract.errors import (
    BotChallenge,
    ConnectionFailed,
    FetchError,
    HttpStatusError,
    InvalidUrl,
    MalformedResponse,
    NewsextractError,
    NotFound,
    TimedOut,
    TlsFailed,
    TooLarge,
    TooManyRedirects,
    TruncatedBody,
    UndecodableBody,
    UnsupportedContent,
)
from newsextract.fetching import AsyncFetcher, Fetcher
from newsextract.fetching.retrying import seconds_until
from newsextract.options import Options
from newsextract.records import Page
from servers import (
    App,
    Exchange,
    SecureSite,
    Site,
    chunked,
    pages_app,
    running_secure_site,
    running_site,
)

HTML = b"<!doctype html><html><title>A page</title><p>Some text.</p></html>"

Fetch = Callable[..., Page]


def polite_to_nobody(**options: Any) -> Options:
    """Return options under which a test need not wait, and may reach servers on loopback."""
    usual = {"allow_private": True, "gap": 0, "connections_per_origin": 64, "max_retry_wait": 0.01}
    return Options(**{**usual, **options})


def fetch_blocking(url: str, **options: Any) -> Page:
    with Fetcher(polite_to_nobody(**options)) as fetcher:
        return fetcher.fetch(url)


def fetch_in_loop(url: str, **options: Any) -> Page:
    async def main() -> Page:
        async with AsyncFetcher(polite_to_nobody(**options)) as fetcher:
            return await fetcher.fetch(url)

    return asyncio.run(main())


@pytest.fixture(params=[fetch_blocking, fetch_in_loop], ids=["blocking", "async"])
def fetch(request: pytest.FixtureRequest) -> Fetch:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as running:
        yield running


@pytest.fixture(scope="module")
def unknown_authority(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("authority") / "authority.pem"
    trustme.CA().cert_pem.write_to_path(str(file))
    return str(file)


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch, unknown_authority: str) -> None:
    """Use no proxy, and one trusted certificate instead of the slow hundreds of a system."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.setenv("SSL_CERT_FILE", unknown_authority)


def answers(*handlers: Callable[[Exchange], None]) -> Callable[[Exchange], None]:
    """Return a handler that goes through these, a request each, and stays with the last."""
    left = list(handlers)

    def handler(exchange: Exchange) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(exchange)

    return handler


def with_status(status: str, **headers: str) -> Callable[[Exchange], None]:
    fields = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda exchange: exchange.answer(b"oh no", status=status, headers=fields)


def with_page(exchange: Exchange) -> None:
    exchange.answer(HTML)


# The page


def test_a_page_comes_back_whole(site: Site, fetch: Fetch) -> None:
    url = site.page("/news", HTML, headers={"X-Some-Header": "yes"})
    page = fetch(url)
    assert page.url == url
    assert page.final_url == url
    assert page.status == 200
    assert page.body == HTML
    assert page.headers["x-some-header"] == "yes"
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.redirects == ()
    assert page.fetched_at is not None
    assert abs(dt.datetime.now(dt.UTC) - page.fetched_at) < dt.timedelta(seconds=10)


def test_the_request_says_who_asks_and_for_what(site: Site, fetch: Fetch) -> None:
    fetch(site.page("/", HTML))
    [request] = site.requests
    assert re.fullmatch(
        r"newsextract(/\S+)? \(Python news article extractor\)", request.headers["user-agent"]
    )
    assert request.headers["accept"] == "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5"
    assert request.headers["accept-encoding"] == "gzip, deflate, br, zstd"


def test_the_user_agent_may_be_chosen(site: Site, fetch: Fetch) -> None:
    fetch(site.page("/", HTML), user_agent="reader/1")
    assert site.requests[0].headers["user-agent"] == "reader/1"


def test_the_fragment_stays_here(site: Site, fetch: Fetch) -> None:
    page = fetch(site.page("/a", HTML) + "#part-2")
    assert site.paths() == ["/a"]
    assert page.url == site.url("/a#part-2")
    assert page.final_url == site.url("/a")


def test_a_body_in_chunks(site: Site, fetch: Fetch) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    url = site.raw("/", head + chunked(HTML[:10], HTML[10:]))
    assert fetch(url).body == HTML


def test_a_body_that_ends_with_the_connection(site: Site, fetch: Fetch) -> None:
    url = site.raw("/", b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + HTML)
    assert fetch(url).body == HTML


@pytest.mark.parametrize(
    ("coding", "pack"),
    [("gzip", gzip.compress), ("br", brotli.compress), ("zstd", zstandard.compress)],
)
def test_a_packed_body_comes_unpacked(
    site: Site, fetch: Fetch, coding: str, pack: Callable[[bytes], bytes]
) -> None:
    page = fetch(site.page("/", pack(HTML * 1000), headers={"Content-Encoding": coding}))
    assert page.body == HTML * 1000


def test_an_empty_page_is_a_page(site: Site, fetch: Fetch) -> None:
    assert fetch(site.page("/", b"")).body == b""


def test_connections_are_kept_open_between_pages(site: Site) -> None:
    url = site.page("/", HTML)
    with Fetcher(polite_to_nobody()) as fetcher:
        for _ in range(3):
            fetcher.fetch(url)
    assert len(site.connections) == 1


def test_a_fetcher_may_be_shared_between_threads(site: Site) -> None:
    urls = [site.page(f"/{n}", HTML + b"%d" % n) for n in range(40)]
    with Fetcher(polite_to_nobody()) as fetcher, ThreadPoolExecutor(8) as pool:
        bodies = [page.body for page in pool.map(fetcher.fetch, urls)]
    assert bodies == [HTML + b"%d" % n for n in range(40)]


def test_many_async_fetches_at_once(site: Site) -> None:
    def slow(exchange: Exchange) -> None:
        time.sleep(0.2)
        exchange.answer(HTML + exchange.request.path.encode())

    urls = [site.handle(f"/{n}", slow) for n in range(30)]

    async def main() -> list[Page]:
        async with AsyncFetcher(polite_to_nobody()) as fetcher:
            return await asyncio.gather(*(fetcher.fetch(url) for url in urls))

    begin = time.monotonic()
    pages = asyncio.run(main())
    assert [page.body for page in pages] == [HTML + b"/%d" % n for n in range(30)]
    assert time.monotonic() - begin < 2


def test_an_async_fetch_can_be_cancelled(site: Site) -> None:
    stop = threading.Event()
    url = site.handle("/", lambda _: stop.wait(5) and None)

    async def main() -> None:
        async with AsyncFetcher(polite_to_nobody()) as fetcher:
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.1):
                    await fetcher.fetch(url)

    begin = time.monotonic()
    asyncio.run(main())
    stop.set()
    assert time.monotonic() - begin < 1
    assert site.paths() == ["/"]


# Redirects


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(site: Site, fetch: Fetch, status: int) -> None:
    site.page("/news/new?id=1", HTML)
    site.redirect("/middle", site.url("/news/new?id=1#top"))
    start = site.redirect("/news/old", "../middle", f"{status} Moved")
    page = fetch(start)
    assert page.body == HTML
    assert page.url == start
    assert page.redirects == (start, site.url("/middle"))
    assert page.final_url == site.url("/news/new?id=1")


def test_a_redirect_to_another_host_is_followed(site: Site, fetch: Fetch) -> None:
    with running_site() as other:
        target = other.page("/", HTML)
        assert fetch(site.redirect("/", target)).final_url == target


def test_a_redirect_with_spaces_and_letters_of_any_language(site: Site, fetch: Fetch) -> None:
    site.page("/a%20b/%C3%A9t%C3%A9", HTML)
    assert fetch(site.redirect("/", " /a b/été ")).body == HTML


def test_as_many_redirects_as_allowed(site: Site, fetch: Fetch) -> None:
    for hop in range(3):
        site.redirect(f"/{hop}", f"/{hop + 1}")
    site.page("/3", HTML)
    assert len(fetch(site.url("/0"), max_redirects=3).redirects) == 3
    with pytest.raises(TooManyRedirects, match="do not end"):
        fetch(site.url("/0"), max_redirects=2)


def test_a_redirect_loop_ends(site: Site, fetch: Fetch) -> None:
    site.redirect("/a", "/b")
    url = site.redirect("/b", "/a")
    with pytest.raises(TooManyRedirects, match="circle"):
        fetch(url)
    assert len(site.requests) == 11


@pytest.mark.parametrize(
    "location",
    ["file:///etc/passwd", "ftp://127.0.0.1/", "javascript:alert(1)", "data:text/html,x"],
)
def test_a_redirect_to_another_scheme_is_refused(site: Site, fetch: Fetch, location: str) -> None:
    with pytest.raises(MalformedResponse, match="redirect that"):
        fetch(site.redirect("/", location))
    assert site.paths() == ["/"]


@pytest.mark.parametrize(
    "location",
    ["", "  ", "http://", "http://[::1", "http://127.0.0.1:99999/", "http://a\\@127.0.0.1/"],
)
def test_a_redirect_to_nowhere_is_refused(site: Site, fetch: Fetch, location: str) -> None:
    with pytest.raises(MalformedResponse, match="redirect that"):
        fetch(site.redirect("/", location))


def test_a_redirect_without_or_with_two_locations_is_refused(site: Site, fetch: Fetch) -> None:
    head = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n"
    with pytest.raises(MalformedResponse, match="names no address"):
        fetch(site.raw("/", head + b"\r\n"))
    with pytest.raises(MalformedResponse, match="several"):
        fetch(site.raw("/", head + b"Location: /a\r\nLocation: /b\r\n\r\n"))


def test_the_error_behind_a_redirect_names_both_addresses(site: Site, fetch: Fetch) -> None:
    url = site.redirect("/old", "/gone")
    with pytest.raises(HttpStatusError) as caught:
        fetch(url)
    assert f"{url} (redirected to {site.url('/gone')}) could not" in str(caught.value)


def test_a_cookie_that_is_set_by_a_redirect_is_sent_on(site: Site, fetch: Fetch) -> None:
    def wants_cookie(exchange: Exchange) -> None:
        if exchange.request.headers.get("cookie") == "seen=1":
            exchange.answer(HTML)
        else:
            cookie = "seen=1; path=/; expires=Wed, 33-Jux-2021 25:00:00 GMT"
            headers = {"Location": "/", "Set-Cookie": cookie}
            exchange.answer(status="302 Found", headers=headers)

    assert fetch(site.handle("/", wants_cookie)).body == HTML


def test_no_cookie_outlives_its_fetch_or_leaves_its_site(site: Site) -> None:
    with running_site() as other, Fetcher(polite_to_nobody()) as fetcher:
        cookie = "page=1; expires=Wed, 33-Jux-2021 25:00:00 GMT"
        page = site.page("/page", HTML, headers={"Set-Cookie": cookie})
        away = other.page("/", HTML).replace("127.0.0.1", "localhost")
        leave = site.handle(
            "/leave",
            with_status("302 Found", Location=away, Set_Cookie="redirect=1"),
        )
        for url in (page, leave, page):
            fetcher.fetch(url)
        assert all("cookie" not in request.headers for request in site.requests + other.requests)


# Statuses and retries


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451, 418, 501, 599])
def test_an_error_status_is_final(site: Site, fetch: Fetch, status: int) -> None:
    url = site.page("/", HTML, status=f"{status} Whatever")
    with pytest.raises(HttpStatusError) as caught:
        fetch(url)
    failure = caught.value.failure
    assert failure.url == url
    assert failure.detail is not None
    assert failure.detail.startswith(str(status))
    assert failure.message.startswith(f"{url} could not be fetched: the server answered {status}")
    assert len(site.requests) == 1


@pytest.mark.parametrize("status", ["204 No Content", "205 Reset", "206 Partial", "304 Same"])
def test_a_status_without_a_page_is_an_error(site: Site, fetch: Fetch, status: str) -> None:
    url = site.raw("/", f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode())
    with pytest.raises(HttpStatusError, match=status[:3]):
        fetch(url)


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
def test_a_passing_status_is_tried_again(site: Site, fetch: Fetch, status: int) -> None:
    url = site.handle("/", answers(with_status(f"{status} Busy"), with_page))
    assert fetch(url).body == HTML
    assert len(site.requests) == 2


def test_attempts_are_limited_and_told(site: Site, fetch: Fetch) -> None:
    url = site.page("/", status="503 Busy")
    with pytest.raises(HttpStatusError, match="fetched after 3 attempts: the server answered 503"):
        fetch(url)
    assert len(site.requests) == 3
    with pytest.raises(HttpStatusError, match="after 1 attempt:"):
        fetch(url, attempts=1)
    assert len(site.requests) == 4


@pytest.mark.parametrize(
    "retry_after",
    ["1", email.utils.format_datetime(dt.datetime.now(dt.UTC) + dt.timedelta(hours=1))],
    ids=["seconds", "date"],
)
def test_retry_after_is_waited_for(site: Site, fetch: Fetch, retry_after: str) -> None:
    wait = with_status("429 Too Many", Retry_After=retry_after)
    url = site.handle("/", answers(wait, with_page))
    begin = time.monotonic()
    assert fetch(url, max_retry_wait=0.4).body == HTML
    assert 0.4 <= time.monotonic() - begin < 1.0


def test_a_wait_longer_than_allowed_is_cut_short(site: Site, fetch: Fetch) -> None:
    wait = with_status("503 Busy", Retry_After="1000000000")
    begin = time.monotonic()
    assert fetch(site.handle("/", answers(wait, with_page)), max_retry_wait=0.1).body == HTML
    assert time.monotonic() - begin < 1


def test_retry_after_is_read_as_seconds_or_date() -> None:
    now = dt.datetime(2024, 5, 1, 12, 0, 0, tzinfo=dt.UTC)
    assert seconds_until("120", now) == 120
    assert seconds_until(" 0 ", now) == 0
    assert seconds_until("Wed, 01 May 2024 12:00:30 GMT", now) == 30
    assert seconds_until("Wednesday, 01-May-24 12:00:30 GMT", now) == 30
    assert seconds_until("Wed, 01 May 2024 12:00:30 -0000", now) == 30


@pytest.mark.parametrize(
    "garbage",
    ["", "-5", "1.5", "soon", "９", "9" * 5_000, "Wed, 01 May 2024 11:59:59 GMT", "1 May", "0x10"],
)
def test_garbage_in_retry_after_is_ignored(garbage: str) -> None:
    now = dt.datetime(2024, 5, 1, 12, 0, 0, tzinfo=dt.UTC)
    assert seconds_until(garbage, now) is None


def test_retries_are_silent(
    site: Site, fetch: Fetch, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # pytest's own handlers would hide what Python prints when no logging is set up.
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    with pytest.raises(HttpStatusError):
        fetch(site.page("/", status="503 Busy"))
    assert capfd.readouterr() == ("", "")


DATADOME = b"""<script>var dd={'rt':'c','cid':'x'}</script>
<script src="https://ct.captcha-delivery.com/c.js"></script>"""
CLOUDFLARE = b"<title>Just a moment...</title><script src=/cdn-cgi/challenge-platform/x></script>"


@pytest.mark.parametrize(
    ("status", "headers", "body", "vendor"),
    [
        ("403 Forbidden", {"cf-mitigated": "challenge"}, b"<p>Wait</p>", "Cloudflare"),
        ("503 Busy", {}, CLOUDFLARE, "Cloudflare"),
        ("403 Forbidden", {}, DATADOME, "DataDome"),
        ("202 Accepted", {"x-amzn-waf-action": "challenge"}, b"", "AWS WAF"),
    ],
)  # fmt: skip
def test_a_bot_check_is_named_with_its_vendor_and_not_tried_again(
    site: Site, fetch: Fetch, status: str, headers: dict[str, str], body: bytes, vendor: str
) -> None:
    with pytest.raises(BotChallenge) as caught:
        fetch(site.page("/", body, status=status, headers=headers))
    assert caught.value.failure.kind == "bot_check"
    assert vendor in (caught.value.failure.detail or "")
    assert len(site.requests) == 1


@pytest.mark.parametrize("coding", ["", "gzip", "br"])
def test_the_text_of_an_error_is_unpacked_and_only_its_beginning_read(
    site: Site, fetch: Fetch, coding: str
) -> None:
    text = DATADOME + b"<!-- -->" * 1_000_000
    packed = {"gzip": gzip.compress, "br": brotli.compress}.get(coding, bytes)(text)
    head = {"Content-Encoding": coding}
    with pytest.raises(BotChallenge, match="DataDome"):
        fetch(site.page("/", packed, status="403 Forbidden", headers=head))


def test_an_error_that_dribbles_or_is_cut_off_is_still_the_error(site: Site, fetch: Fetch) -> None:
    def dribbled_error(exchange: Exchange) -> None:
        exchange.send(b"HTTP/1.1 404 Not Found\r\nContent-Length: 9999\r\n\r\n")
        for _ in range(60):
            exchange.send(b"x")
            time.sleep(0.05)

    with pytest.raises(NotFound):
        fetch(site.handle("/", dribbled_error), timeout=0.4)
    with pytest.raises(NotFound):
        fetch(site.raw("/cut", b"HTTP/1.1 404 Not Found\r\nContent-Length: 99\r\n\r\nx"))


# Time


def test_a_silent_server_is_given_up(site: Site, fetch: Fetch) -> None:
    stop = threading.Event()
    url = site.handle("/", lambda _: stop.wait(5) and None)
    begin = time.monotonic()
    with pytest.raises(TimedOut, match="after 2 attempts: no whole answer"):
        fetch(url, timeout=0.2, attempts=2)
    stop.set()
    assert 0.4 <= time.monotonic() - begin < 1.2


def dribbled(exchange: Exchange) -> None:
    exchange.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9999\r\n\r\n")
    for _ in range(60):
        exchange.send(b"x")
        time.sleep(0.05)


def test_a_dribbled_body_is_given_up(site: Site, fetch: Fetch) -> None:
    begin = time.monotonic()
    with pytest.raises(TimedOut):
        fetch(site.handle("/", dribbled), timeout=0.4, attempts=1)
    assert 0.4 <= time.monotonic() - begin < 1


def test_a_dribbled_head_is_given_up_in_the_event_loop(site: Site) -> None:
    def dribbled_head(exchange: Exchange) -> None:
        exchange.send(b"HTTP/1.1 200 OK\r\nX-Long: ")
        for _ in range(60):
            exchange.send(b"x")
            time.sleep(0.05)

    begin = time.monotonic()
    with pytest.raises(TimedOut):
        fetch_in_loop(site.handle("/", dribbled_head), timeout=0.4, attempts=1)
    assert 0.4 <= time.monotonic() - begin < 1


def test_time_spent_on_redirects_counts(site: Site, fetch: Fetch) -> None:
    def slow_redirect(exchange: Exchange) -> None:
        time.sleep(0.15)
        exchange.answer(status="302 Found", headers={"Location": "/"})

    begin = time.monotonic()
    with pytest.raises(TimedOut):
        fetch(site.handle("/", slow_redirect), timeout=0.4, attempts=1)
    assert time.monotonic() - begin < 1


def test_a_handshake_that_never_comes_is_given_up(fetch: Fetch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"https://127.0.0.1:{listener.getsockname()[1]}/"
        begin = time.monotonic()
        with pytest.raises(TimedOut, match="no connection was made"):
            fetch(url, connect_timeout=0.2, attempts=1)
        assert time.monotonic() - begin < 1


# Size


def test_an_announced_size_over_the_limit_is_not_read(site: Site, fetch: Fetch) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000001\r\n\r\n"
    begin = time.monotonic()
    stop = threading.Event()

    def handler(exchange: Exchange) -> None:
        exchange.send(head)
        stop.wait(5)

    with pytest.raises(TooLarge, match="5,000,000 bytes"):
        fetch(site.handle("/", handler))
    stop.set()
    assert time.monotonic() - begin < 1
    assert len(site.requests) == 1


def test_an_endless_body_is_cut_off(site: Site, fetch: Fetch) -> None:
    sent = 0

    def endless(exchange: Exchange) -> None:
        nonlocal sent
        exchange.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>")
        while True:
            exchange.send(b"x" * 65_536)
            sent += 65_536

    with pytest.raises(TooLarge):
        fetch(site.handle("/", endless), max_bytes=1_000_000)
    # What the buffers of two sockets hold is sent in vain.
    assert sent < 20_000_000


def test_the_limit_itself_is_allowed(site: Site, fetch: Fetch) -> None:
    url = site.page("/", HTML)
    assert fetch(url, max_bytes=len(HTML)).body == HTML
    with pytest.raises(TooLarge):
        fetch(url, max_bytes=len(HTML) - 1)


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ("gzip", gzip.compress),
        ("br", lambda data: brotli.compress(data, quality=5)),
        ("zstd", zstandard.compress),
    ],
    ids=["gzip", "br", "zstd"],
)
def test_a_bomb_is_refused_in_little_memory(
    site: Site, fetch: Fetch, coding: str, pack: Callable[[bytes], bytes]
) -> None:
    bomb = pack(b"<html>" + bytes(40_000_000))
    url = site.page("/", bomb, headers={"Content-Encoding": coding})
    tracemalloc.start()
    try:
        with pytest.raises(TooLarge, match="unpacks to more than the limit"):
            fetch(url)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 20_000_000
    assert len(site.requests) == 1


# Broken bodies


@pytest.mark.parametrize("coding", ["", "gzip", "br", "zstd"])
def test_a_body_shorter_than_announced_is_reported(site: Site, fetch: Fetch, coding: str) -> None:
    packed = {"": HTML, "gzip": gzip.compress(HTML, mtime=0), "br": brotli.compress(HTML)}
    body = packed.get(coding) or zstandard.compress(HTML)
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: {coding}\r\n"
    length = f"Content-Length: {len(body)}\r\n\r\n"
    url = site.raw("/", (head + length).encode() + body[:-5])
    with pytest.raises(TruncatedBody, match="after 2 attempts: the answer ended before"):
        fetch(url, attempts=2)


@pytest.mark.parametrize(
    ("coding", "pack"),
    [("gzip", gzip.compress), ("br", brotli.compress), ("zstd", zstandard.compress)],
)
def test_packed_data_cut_within_its_announced_length_is_reported(
    site: Site, fetch: Fetch, coding: str, pack: Callable[[bytes], bytes]
) -> None:
    url = site.page("/", pack(HTML)[:-5], headers={"Content-Encoding": coding})
    with pytest.raises(TruncatedBody, match=coding):
        fetch(url)


def test_chunks_without_their_end_are_reported(site: Site, fetch: Fetch) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    with pytest.raises(TruncatedBody):
        fetch(site.raw("/", head + chunked(HTML)[:-5]))


def test_a_cut_body_is_tried_again(site: Site, fetch: Fetch) -> None:
    def cut(exchange: Exchange) -> None:
        exchange.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99\r\n\r\nx")

    assert fetch(site.handle("/", answers(cut, with_page))).body == HTML


def test_broken_and_unknown_codings_are_reported(site: Site, fetch: Fetch) -> None:
    for coding in ("gzip", "compress", "gzip, gzip, gzip"):
        url = site.page(f"/{len(coding)}", HTML, headers={"Content-Encoding": coding})
        with pytest.raises(UndecodableBody):
            fetch(url)
    assert len(site.requests) == 3


# Content


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("", HTML),
        ("text/html", HTML),
        ("TEXT/HTML;charset=x", HTML),
        ("html", HTML),
        ("application/xhtml+xml", HTML),
        ("application/xml", b'<?xml version="1.0"?>\n<!-- a --><!DOCTYPE html><html></html>'),
        ("text/xml", b'\xef\xbb\xbf<html xmlns="http://www.w3.org/1999/xhtml"></html>'),
        ("text/plain", b" \n<!doctype html><p>x"),
        ("text/html", b"\xff\xfe" + "<p>привет".encode("utf-16-le")),
        ("text/html", "<html>привет".encode("utf-16-be")),
        ("text/html", b"Just words \x00 and \x0c a stray character " * 20),
        ("text/html", b"\x1b$B" + "ニュース".encode("iso2022_jp") * 100),
    ],
)
def test_html_is_accepted_under_its_many_labels(
    site: Site, fetch: Fetch, content_type: str, body: bytes
) -> None:
    assert fetch(site.page("/", body, headers={"Content-Type": content_type})).body == body


@pytest.mark.parametrize(
    ("content_type", "named"),
    [
        ("image/jpeg", r"a picture.*image/jpeg"),
        ("application/pdf", r"a PDF document.*application/pdf"),
        ("application/rss+xml; charset=utf-8", r"a feed.*application/rss\+xml"),
        ("application/json", r"JSON data.*application/json"),
        ("video/mp4", "a video"),
        ("application/octet-stream", "octet-stream"),
    ],
)
def test_other_content_is_refused_unread(
    site: Site, fetch: Fetch, content_type: str, named: str
) -> None:
    stop = threading.Event()

    def handler(exchange: Exchange) -> None:
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nContent-Length: 999\r\n\r\n"
        exchange.send(head.encode())
        stop.wait(5)

    with pytest.raises(UnsupportedContent, match=named):
        fetch(site.handle("/", handler))
    stop.set()


@pytest.mark.parametrize(
    ("content_type", "body", "named"),
    [
        ("text/html", b"%PDF-1.7\n%...", "a PDF document"),
        ("", b"%PDF-1.7\n%...", "a PDF document.*without a label"),
        ("text/html", b"\x89PNG\r\n\x1a\n" + bytes(100), "a picture"),
        ("text/html", b"\xff\xd8\xff\xe0" + bytes(100), "a picture"),
        ("text/html", b"GIF89a" + bytes(100), "a picture"),
        ("text/html", gzip.compress(HTML, mtime=0), "a gzip archive"),
        ("text/html", bytes(range(256)) * 10, "binary data"),
        ("text/plain", b"Only words.", "plain text"),
        ("text/xml", b"<?xml version='1.0'?><rss></rss>", "XML that is not XHTML"),
        ("application/xml", b"<!---->" * 200 + b"<", "XML that is not XHTML"),
    ],
)
def test_what_does_not_begin_like_html_is_refused(
    site: Site, fetch: Fetch, content_type: str, body: bytes, named: str
) -> None:
    url = site.page("/", body, headers={"Content-Type": content_type})
    begin = time.monotonic()
    with pytest.raises(UnsupportedContent, match=named):
        fetch(url)
    assert time.monotonic() - begin < 1


def test_a_long_pdf_labelled_html_is_not_read_to_its_end(site: Site, fetch: Fetch) -> None:
    stop = threading.Event()

    def handler(exchange: Exchange) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99999\r\n\r\n"
        exchange.send(head + b"%PDF-1.7\n" + b"x" * 2_000)
        stop.wait(5)

    with pytest.raises(UnsupportedContent):
        fetch(site.handle("/", handler))
    stop.set()


# Connections and TLS


def test_a_refused_connection(fetch: Fetch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    with pytest.raises(ConnectionFailed, match="after 2 attempts: the connection was refused"):
        fetch(url, attempts=2)


def test_what_the_caller_is_handling_is_not_mistaken_for_the_cause(fetch: Fetch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    try:
        raise ssl.SSLError("the first try")
    except ssl.SSLError:
        with pytest.raises(ConnectionFailed):
            fetch(url)


def test_an_unknown_host(fetch: Fetch) -> None:
    with pytest.raises(ConnectionFailed, match="host name was not found") as caught:
        fetch("http://no-such-host.invalid/", attempts=1)
    assert isinstance(caught.value.__cause__, httpcore.ConnectError)


def test_a_connection_that_is_closed_without_an_answer(site: Site, fetch: Fetch) -> None:
    url = site.handle("/", answers(lambda _: None, with_page))
    assert fetch(url).body == HTML
    with pytest.raises(ConnectionFailed, match="closed before an answer"):
        fetch(site.handle("/never", lambda _: None))


@pytest.fixture(scope="module")
def secure_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecureSite]:
    with running_secure_site(secure_app(), tmp_path_factory.mktemp("tls")) as running:
        yield running


def secure_app() -> App:
    pages = pages_app({"/": HTML, "/big": HTML * 10_000})

    async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] == "http" and scope["path"] == "/cut":
            headers = [(b"content-type", b"text/html"), (b"content-length", b"1000")]
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            await send({"type": "http.response.body", "body": b"<html>"})
        elif scope["type"] == "http" and scope["path"] == "/silent":
            await asyncio.sleep(9)
        else:
            await pages(scope, receive, send)

    return app


@pytest.fixture
def trusted(secure_site: SecureSite, monkeypatch: pytest.MonkeyPatch) -> SecureSite:
    monkeypatch.setenv("SSL_CERT_FILE", secure_site.authority)
    return secure_site


def test_a_page_over_http2(trusted: SecureSite, fetch: Fetch) -> None:
    page = fetch(trusted.url("/big"))
    assert page.body == HTML * 10_000
    assert page.headers["x-http-version"] == "2"


def test_an_error_status_over_http2(trusted: SecureSite, fetch: Fetch) -> None:
    with pytest.raises(HttpStatusError, match="404"):
        fetch(trusted.url("/none"))


def test_a_cut_body_over_http2(trusted: SecureSite, fetch: Fetch) -> None:
    with pytest.raises(TruncatedBody, match="after 2 attempts"):
        fetch(trusted.url("/cut"), attempts=2)


def test_many_fetches_over_one_http2_connection(trusted: SecureSite) -> None:
    async def main() -> list[Page | BaseException]:
        async with AsyncFetcher(polite_to_nobody(attempts=1, timeout=3)) as fetcher:
            await fetcher.fetch(trusted.url("/"))
            paths = ["/", "/silent", "/big"] * 7
            urls = [trusted.url(path) for path in paths]
            return await asyncio.gather(*map(fetcher.fetch, urls), return_exceptions=True)

    kinds = [type(outcome) for outcome in asyncio.run(main())]
    assert kinds == [Page, TimedOut, Page] * 7


def test_an_unknown_authority_is_refused(secure_site: SecureSite, fetch: Fetch) -> None:
    with pytest.raises(TlsFailed, match=r"certificate is not accepted.*SSL_CERT_FILE") as caught:
        fetch(secure_site.url())
    assert "attempt" not in str(caught.value)


def test_a_certificate_for_another_host_is_refused(
    tmp_path: Path, fetch: Fetch, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running_secure_site(pages_app({}), tmp_path, name="example.org") as other:
        monkeypatch.setenv("SSL_CERT_FILE", other.authority)
        with pytest.raises(TlsFailed, match="certificate is not accepted"):
            fetch(other.url())


def test_https_to_a_server_without_tls(site: Site, fetch: Fetch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer_plainly() -> None:
            for _ in range(1):
                connection, _ = listener.accept()
                with connection:
                    connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                    connection.recv(4096)

        thread = threading.Thread(target=answer_plainly)
        thread.start()
        with pytest.raises(TlsFailed, match="meant for https"):
            fetch(f"https://127.0.0.1:{listener.getsockname()[1]}/")
        thread.join()


def test_unreadable_trusted_certificates_are_reported(
    tmp_path: Path, fetch: Fetch, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, content in (("missing.pem", None), ("broken.pem", "no certificate")):
        if content is not None:
            (tmp_path / name).write_text(content)
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / name))
        with pytest.raises(TlsFailed, match="SSL_CERT_FILE") as caught:
            fetch("https://localhost/")
        assert isinstance(caught.value.__cause__, OSError | ssl.SSLError)


def test_an_unusable_proxy_is_reported(fetch: Fetch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "gopher://127.0.0.1/")
    with pytest.raises(ConnectionFailed, match="proxy"):
        fetch("http://example.org/")


# Malformed HTTP


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/1.1 099 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n" + HTML,
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n" + HTML,
        b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n" + HTML,
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: magic\r\n\r\n" + HTML,
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n" + HTML,
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 500_000,
        b"HTTP/1.1 200 OK\r\nX: \x00\r\n\r\n" + HTML,
        b"\x00\x01\x02\x03" * 100,
        HTML + b"\r\n\r\n",
    ],
)
def test_malformed_http_is_reported(site: Site, fetch: Fetch, answer: bytes) -> None:
    with pytest.raises(MalformedResponse, match="breaks the rules of HTTP") as caught:
        fetch(site.raw("/", answer))
    assert caught.value.__cause__ is not None
    assert len(site.requests) == 1


def test_answers_that_end_within_their_head_are_reported(site: Site, fetch: Fetch) -> None:
    for answer in (b"SSH-2.0-x\r\n", b"HTTP", b"HTTP/1.1 200 OK\r\nContent-", HTML):
        with pytest.raises(ConnectionFailed):
            fetch(site.raw("/", answer))


def mutated(answer: bytes, chance: random.Random) -> bytes:
    changed = bytearray(answer)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(changed))
        junk = bytes(chance.choices(b"\x00\r\n :;,=/\\@[]%\xff\xc3x09-", k=chance.randint(1, 5)))
        end = chance.choice((place, place + 1, place + len(junk)))
        changed[place:end] = junk
    return bytes(changed)


@pytest.mark.parametrize("status", ["200 OK", "302 Found"])
def test_no_mutation_of_an_answer_gets_past_our_errors(site: Site, status: str) -> None:
    answer = (
        f"HTTP/1.1 {status}\r\nLocation: {site.url('/page?a=b#c')}\r\n"
        "Content-Type: text/html; charset=utf-8\r\nContent-Length: 66\r\n"
        "Set-Cookie: a=b; path=/; expires=Wed, 01 Jan 2031 00:00:00 GMT\r\n"
        "Retry-After: 5\r\nContent-Encoding: identity\r\n\r\n"
    ).encode() + HTML
    chance = random.Random(7)
    for number in range(200):
        url = site.raw(f"/{number}", mutated(answer, chance))
        # Not followed, since a mutated address may be anywhere.
        with contextlib.suppress(FetchError):
            fetch_blocking(url, attempts=1, timeout=1, max_redirects=0)
    assert len(site.requests) == 200


def test_cookies_that_are_not_ascii_are_left_out(site: Site, fetch: Fetch) -> None:
    site.page("/page", HTML)
    head = "HTTP/1.1 302 Found\r\nLocation: /page\r\nContent-Length: 0\r\n"
    cookies = "Set-Cookie: a=ü\r\nSet-Cookie: b=1\r\n\r\n"
    fetch(site.raw("/", (head + cookies).encode()))
    assert site.requests[1].headers["cookie"] == "b=1"


# Addresses


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org/news",
        "//example.org/news",
        "/etc/passwd",
        "file:///etc/passwd",
        "ftp://example.org/",
        "javascript:alert(1)",
        "http:",
        "http://",
        "http:///path",
        "http:example.org",
        "http://:80/",
        "http://exa mple.org/",
        " http://example.org/",
        "http://example.org/\n",
        "http://example.org/a\r\nX-Injected: 1",
        "http://example.org/\x00",
        "http://example.org/\x7f",
        "http://example.org:0/",
        "http://example.org:65536/",
        "http://example.org:-1/",
        "http://example.org:port/",
        "http://[::1/",
        "http://[::1%25eth0]/",
        "http://300.1.1.1/",
        "http://example.org\\@127.0.0.1/",
        "http://exam%00ple.org/",
        "http://a..b/",
        f"http://{'a' * 64}.org/",
        "http://xn--a/",
        "http://\ud800.org/",
        "http://example.org/\ud800",
        "http://example.org/" + "a" * 8_192,
        "http://example.org/" + "a" * 1_000_000,
    ],
)
def test_what_is_no_web_address_is_refused(fetch: Fetch, url: str) -> None:
    with pytest.raises(InvalidUrl, match="not an address that can be fetched") as caught:
        fetch(url)
    # Halves of characters cannot be written anywhere.
    assert caught.value.failure.url == url.encode("utf-8", "replace").decode()
    assert caught.value.failure.stage == "input"
    assert len(str(caught.value)) < 700


def test_names_in_any_script_are_looked_up_by_their_ascii_form(fetch: Fetch) -> None:
    with pytest.raises(ConnectionFailed):
        fetch("http://bücher.invalid/straße?q=ü", attempts=1)


def test_the_longest_address_allowed(site: Site, fetch: Fetch) -> None:
    path = "/" + "a" * (8_192 - len(site.url("/")))
    assert fetch(site.page(path, HTML)).body == HTML


# Errors as values


def test_errors_survive_pickling(site: Site, fetch: Fetch) -> None:
    errors: list[NewsextractError] = []
    for url in (site.url("/none"), "file:///etc/passwd"):
        with pytest.raises(NewsextractError) as caught:
            fetch(url)
        errors.append(caught.value)
    for error in errors:
        copy = pickle.loads(pickle.dumps(error))
        assert type(copy) is type(error)
        assert str(copy) == str(error)
        assert copy.failure == error.failure


def test_every_failure_has_an_address_and_ends_like_a_sentence(site: Site, fetch: Fetch) -> None:
    urls = [
        site.url("/none"),
        site.page("/pdf", b"%PDF-1"),
        site.redirect("/nowhere", ""),
        site.raw("/bad", b"?"),
        site.page("/big", HTML * 100),
    ]
    for url in urls:
        with pytest.raises(FetchError) as caught:
            fetch(url, max_bytes=1_000)
        message = str(caught.value)
        assert message.startswith(f"{url} ")
        assert message.endswith(".")
        assert ";" in message


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_fetcher_works_on_in_a_forked_process(site: Site) -> None:
    program = """
import os, sys, newsextract
with newsextract.Fetcher(newsextract.Options(allow_private=True, gap=0)) as fetcher:
    fetcher.fetch(sys.argv[1])
    child = os.fork()
    if child == 0:
        fetcher.fetch(sys.argv[1])
        os._exit(7)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    fetcher.fetch(sys.argv[1])
    sys.exit(code)
"""
    url = site.page("/", HTML)
    result = subprocess.run([sys.executable, "-c", program, url], timeout=60, check=False)

    assert result.returncode == 7
    assert site.paths() == ["/"] * 3


@pytest.mark.parametrize(
    "program",
    [
        "fetcher = newsextract.Fetcher(options); fetcher.fetch(url)",
        "outcomes = newsextract.scrape_many([url] * 9, options=options); next(outcomes)",
    ],
)
def test_what_is_never_closed_does_not_keep_the_program_from_ending(
    site: Site, program: str
) -> None:
    program = f"""
import sys, newsextract
url, options = sys.argv[1], newsextract.Options(allow_private=True)
{program}
"""
    url = site.page("/", HTML)
    begin = time.monotonic()
    result = subprocess.run([sys.executable, "-c", program, url], timeout=60, check=False)

    assert result.returncode == 0
    assert time.monotonic() - begin < 20
