"""Robots and politeness: the rows R1 and R2 of the table in the README, and many pages at once."""

import asyncio
import contextlib
import gc
import itertools
import threading
import time
import tracemalloc
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest

import newsextract
from hostile_server import free_options, in_time, slowness, tcp_server
from newsextract.errors import Failure, FailureKind, RobotsDisallowed
from newsextract.fetching import AsyncFetcher, Fetcher, robots
from newsextract.fetching.robots import RobotsFiles
from newsextract.records import Article, Page
from servers import Exchange, Site, running_site

HTML = b"<!doctype html><html><title>A page</title><p>Some text.</p></html>"
STORY = b"""<!doctype html><html lang=en><title>Harbour bridge reopens</title><article>
<h1>Harbour bridge reopens</h1>
<p>The old harbour bridge opened again on Tuesday after eleven months of work, the city said.</p>
<p>Engineers replaced forty cables and the whole deck, and the first trams crossed at dawn.</p>
</article></html>"""


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as running:
        yield running


def allowed(site: Site, *paths: str, agent: str | None = None, **settings: Any) -> list[bool]:
    """Return for each path whether a robot may fetch it."""
    found = []
    options = free_options(attempts=1, user_agent=agent, **settings)
    with Fetcher(options) as fetcher:
        for path in paths:
            site.page(path, HTML)
            try:
                fetcher.fetch(site.url(path), as_robot=True)
                found.append(True)
            except RobotsDisallowed:
                found.append(False)
    return found


def with_robots(site: Site, text: str | bytes, status: str = "200 OK") -> None:
    body = text if isinstance(text, bytes) else text.encode()
    site.page("/robots.txt", body, status=status, headers={"Content-Type": "text/plain"})


# R1: RFC 9309 by section


@pytest.mark.parametrize(
    ("status", "may"),
    [
        ("200 OK", False),
        ("404 Not Found", True), ("401 No", True), ("403 No", True), ("410 Gone", True),
        ("429 Too Many", True),
        ("500 Oops", False), ("502 Bad", False), ("503 Busy", False), ("504 Late", False),
    ],
)  # fmt: skip
def test_r1_the_status_of_the_file_decides(site: Site, status: str, may: bool) -> None:
    with_robots(site, "User-agent: *\nDisallow: /\n", status)

    assert allowed(site, "/story") == [may]


@pytest.mark.parametrize(("hops", "may"), [(1, False), (5, False), (6, True)])
def test_r1_five_redirects_are_followed(site: Site, hops: int, may: bool) -> None:
    with running_site() as other:
        other.page("/last", b"User-agent: *\nDisallow: /\n", headers={"Content-Type": "text/plain"})
        site.redirect("/robots.txt", site.url("/1") if hops > 1 else other.url("/last"))
        for hop in range(1, hops):
            last = hop == hops - 1
            site.redirect(f"/{hop}", other.url("/last") if last else f"/{hop + 1}")

        assert allowed(site, "/story") == [may]


def test_r1_what_cannot_be_reached_is_disallowed(site: Site) -> None:
    site.handle("/robots.txt", lambda _: None)
    assert allowed(site, "/story") == [False]
    stop = threading.Event()
    site.handle("/robots.txt", lambda _: stop.wait(5) and None)
    assert allowed(site, "/story", timeout=0.3) == [False]
    stop.set()
    site.page("/robots.txt", status="500 Oops")
    with (
        Fetcher(free_options()) as fetcher,
        pytest.raises(RobotsDisallowed, match=r"could not be read.*--ignore-robots"),
    ):
        fetcher.fetch(site.url("/story"), as_robot=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # 2.2.1: our own token in any case wins over "*"; groups of one name are one; a name that
        # ours begins with is another's.
        ("User-agent: *\nDisallow: /\n\nUser-agent: NewsExtract\nDisallow: /b\n", "a"),
        ("User-agent: newsextract\nDisallow: /a\n\nUser-agent: newsextract\nDisallow: /b\n", ""),
        ("User-agent: news\nDisallow: /\n", "ab"),
        ("User-agent: other\nUser-agent: newsextract\nDisallow: /a\n", "b"),
        ("User-agent: newsextract/2.0\nDisallow: /a\n", "b"),
        # 2.2.2: the longest match counts, allow among equals, case counts in paths.
        ("User-agent: *\nDisallow: /\nAllow: /a\n", "a"),
        ("User-agent: *\nAllow: /\nDisallow: /a\n", "b"),
        ("User-agent: *\nAllow: /a\nDisallow: /a\n", "ab"),
        ("User-agent: *\nDisallow: /A\n", "ab"),
        ("User-agent: *\nDisallow:\n", "ab"),
        # 2.2.3: "*", "$", comments.
        ("User-agent: *\nDisallow: /*a\n", "b"),
        ("User-agent: *\nDisallow: /a$ # not this\n", "b"),
        ("user-agent: *\ndisallow: /a\n", "b"),
        # 2.2.4 and 2.3: other lines, a BOM, line ends of all kinds, what is no such file at all.
        ("Sitemap: https://x.example/s.xml\nUser-agent: *\nDisallow: /a\nHost: x\n", "b"),
        ("\ufeffUser-agent: *\nDisallow: /a\n", "b"),
        ("User-agent: *\rDisallow: /a\r", "b"),
        ("<!doctype html><html><p>No such page</p></html>", "ab"),
        ("", "ab"),
        ("Disallow: /a\n", "ab"),
        ("\x00\x01\xff garbage\nUser-agent: *\nDisallow: /a\n", "b"),
    ],
)
def test_r1_rules_are_read_as_the_rfc_says(site: Site, text: str, expected: str) -> None:
    with_robots(site, text)

    may = allowed(site, "/a", "/b")
    assert (
        "".join(name for name, is_allowed in zip("ab", may, strict=True) if is_allowed) == expected
    )


def test_r1_percent_encoding_is_compared_as_the_rfc_says(site: Site) -> None:
    rules = "User-agent: *\nDisallow: /ü\nDisallow: /foo/bar%7Ebaz\nDisallow: /q?x=%C3%B6\n"
    with_robots(site, rules)

    assert allowed(site, "/%C3%BC", "/foo/bar~baz", "/q?x=%C3%B6", "/other") == [
        False, False, False, True,
    ]  # fmt: skip


def test_r1_five_hundred_kibibytes_are_read(site: Site) -> None:
    filler = "# " + "x" * 98 + "\n"
    below = filler * 5_000 + "User-agent: *\nDisallow: /a\n"
    with_robots(site, below + "\n" * (512_000 - len(below)) + "Disallow: /b\n" * 100_000)

    assert allowed(site, "/a", "/b") == [False, True]


def test_r1_the_file_itself_and_every_redirect_is_asked_about(site: Site) -> None:
    with_robots(site, "User-agent: *\nDisallow: /secret\n")
    site.redirect("/door", "/secret")
    assert allowed(site, "/story") == [True]
    with pytest.raises(RobotsDisallowed, match="/secret"), Fetcher(free_options()) as fetcher:
        fetcher.fetch(site.url("/door"), as_robot=True)
    assert "/secret" not in site.paths()


def test_r1_one_fetch_of_the_file_for_ten_thousand_pages(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_robots(site, "User-agent: *\nDisallow: /a\n")
    now = time.monotonic()
    monkeypatch.setattr(robots.time, "monotonic", lambda: now)

    async def ask(files: RobotsFiles, times: int) -> None:
        pages = [httpx.URL(site.url(f"/{number}")) for number in range(times)]
        await asyncio.gather(*map(files.rules, pages))

    async def main() -> None:
        nonlocal now
        async with httpx.AsyncClient() as client:
            files = RobotsFiles(client, "newsextract", 5)
            await ask(files, 10_000)
            assert site.paths() == ["/robots.txt"]
            now += 23 * 3_600
            await ask(files, 1)
            assert site.paths() == ["/robots.txt"]
            now += 2 * 3_600
            await ask(files, 10)
            assert site.paths() == ["/robots.txt"] * 2

    asyncio.run(main())


def test_r1_overruling_is_remembered_and_one_page_is_no_robot(site: Site) -> None:
    with_robots(site, "User-agent: *\nDisallow: /\n")
    site.page("/story", HTML)
    with Fetcher(free_options(ignore_robots=True)) as fetcher:
        page = fetcher.fetch(site.url("/story"), as_robot=True)
    assert "robots" in page.waived
    with Fetcher(free_options()) as fetcher:
        assert "robots" not in fetcher.fetch(site.url("/story")).waived
    assert "/robots.txt" not in site.paths()


# R2, politeness


class Visits:
    """Answers with a page after a while, and notes from when to when it was busy."""

    def __init__(self, seconds: float = 0.02) -> None:
        self.seconds = seconds
        self.times: list[tuple[float, float]] = []
        self.busy = self.most_busy = 0

    def __call__(self, exchange: Exchange) -> None:
        begin = time.monotonic()
        self.busy += 1
        self.most_busy = max(self.most_busy, self.busy)
        time.sleep(self.seconds)
        exchange.answer(STORY)
        self.busy -= 1
        self.times.append((begin, time.monotonic()))

    def gaps(self) -> list[float]:
        times = sorted(self.times)
        return [later[0] - sooner[1] for sooner, later in itertools.pairwise(times)]


def scraped(urls: list[str], **settings: Any) -> list[Article | Failure]:
    options = newsextract.Options(allow_private=True, **settings)
    return list(newsextract.scrape_many(urls, options=options))


def test_r2_every_gap_is_kept_and_other_origins_are_not_slowed() -> None:
    with contextlib.ExitStack() as running:
        sites = [running.enter_context(running_site()) for _ in range(4)]
        visits = [Visits() for _ in sites]
        urls = [
            site.handle(f"/{number}", visit)
            for site, visit in zip(sites, visits, strict=True)
            for number in range(6)
        ]
        begin = time.monotonic()
        outcomes = scraped(urls, gap=0.25)
        seconds = time.monotonic() - begin

    assert {type(outcome) for outcome in outcomes} == {Article}
    assert len(outcomes) == len(urls)
    for visit in visits:
        assert visit.most_busy == 1
        # The server is done a moment before the client knows.
        assert min(visit.gaps()) >= 0.245
    # One after the other they would take 4 × 5 × 0.25 seconds.
    assert seconds < 5 * 0.25 + 2.5 * slowness()


def test_r2_a_slow_site_does_not_hold_up_the_others() -> None:
    with running_site() as slow, running_site() as fast:
        crawl, visits = Visits(1.0), Visits(0.0)
        urls = [slow.handle(f"/{number}", crawl) for number in range(4)]
        urls += [fast.handle(f"/{number}", visits) for number in range(20)]
        begin = time.monotonic()
        done: list[float] = []
        options = newsextract.Options(allow_private=True, gap=0)
        for outcome in newsextract.scrape_many(urls, concurrency=4, options=options):
            assert isinstance(outcome, Article)
            if str(fast.port) in outcome.url:
                done.append(time.monotonic() - begin)

    assert max(done) < 0.8 + 1.2 * slowness()


@pytest.mark.parametrize(
    ("line", "cap", "least", "most"),
    [
        ("Crawl-delay: 0.4", 30, 0.395, 2),
        ("Crawl-delay: 3600", 0.4, 0.395, 2),
        ("Request-rate: 2/1s", 30, 0.495, 2),
        ("Crawl-delay: soon", 30, 0.0, 0.39),
    ],
)
def test_r2_the_crawl_delay_is_respected_and_capped(
    site: Site, line: str, cap: float, least: float, most: float
) -> None:
    with_robots(site, f"User-agent: *\n{line}\nDisallow: /x\n")
    visits = Visits(0)
    scraped([site.handle(f"/{n}", visits) for n in range(3)], gap=0.05, max_crawl_delay=cap)

    assert all(least <= gap and in_time(gap, most) for gap in visits.gaps())


def test_r2_what_a_site_asks_for_holds_for_its_other_pages_too(site: Site) -> None:
    visits = Visits(0)

    def busy_once(exchange: Exchange) -> None:
        if len(visits.times) == 1:
            visits.times.append((time.monotonic(), time.monotonic()))
            exchange.answer(b"", status="429 Slow down", headers={"Retry-After": "1"})
        else:
            visits(exchange)

    urls = [site.handle(f"/{number}", busy_once) for number in range(4)]
    outcomes = scraped(urls, gap=0)

    assert {type(outcome) for outcome in outcomes} == {Article}
    assert visits.gaps()[1] >= 0.98


def test_r2_several_connections_where_they_are_allowed(site: Site) -> None:
    visits = Visits(0.2)
    urls = [site.handle(f"/{number}", visits) for number in range(6)]
    scraped(urls, gap=0, connections_per_origin=3)

    assert visits.most_busy == 3


def test_r2_a_redirect_to_another_site_waits_for_its_turn_there() -> None:
    with running_site() as short, running_site() as target:
        visits = Visits(0.02)
        urls = [
            short.redirect(f"/{number}", target.handle(f"/{number}", visits)) for number in range(4)
        ]
        urls += [target.redirect("/back", short.page("/there", STORY))]
        outcomes = scraped(urls, gap=0.1)

    articles = [outcome for outcome in outcomes if isinstance(outcome, Article)]
    assert sorted(str(article.requested_url) for article in articles) == sorted(urls)
    assert all(article.url != article.requested_url for article in articles)
    assert visits.most_busy == 1
    assert min(visits.gaps()) >= 0.095


# Many at once


def test_every_address_gives_one_outcome(site: Site) -> None:
    urls = [site.page("/good", STORY), site.url("/missing"), "no address", site.page("/", b"x")]
    outcomes = scraped(urls, gap=0)

    articles = [outcome for outcome in outcomes if isinstance(outcome, Article)]
    failures = {outcome.kind: outcome.url for outcome in outcomes if isinstance(outcome, Failure)}
    assert [article.title for article in articles] == ["Harbour bridge reopens"]
    assert failures[FailureKind.INVALID_URL] == "no address"
    assert len(failures) == 3
    assert len(outcomes) == 4


def test_outcomes_come_as_they_are_done(site: Site) -> None:
    with running_site() as other:
        slow = site.handle("/slow", Visits(1.0))
        fast = other.page("/fast", STORY)
        outcomes = scraped([slow, fast], gap=0)

    assert [outcome.url for outcome in outcomes] == [fast, slow]


def test_addresses_are_read_as_they_are_needed_and_little_lies_ready(site: Site) -> None:
    read = 0

    def addresses() -> Iterator[str]:
        nonlocal read
        for number in range(100_000):
            read += 1
            yield site.page(f"/{number}", STORY)

    options = newsextract.Options(allow_private=True, gap=0, connections_per_origin=8)
    outcomes = newsextract.scrape_many(addresses(), concurrency=8, options=options)
    for _ in range(3):
        next(outcomes)
    time.sleep(0.5)
    asked = len(site.requests)
    time.sleep(0.5)
    assert len(site.requests) == asked <= 3 + 3 * 8
    assert read <= 1_200
    outcomes.close()
    assert len(site.requests) <= asked + 8


def test_an_asynchronous_source_and_an_early_end(site: Site) -> None:
    async def addresses() -> AsyncIterator[str]:
        for number in range(50):
            yield site.page(f"/{number}", STORY)
            await asyncio.sleep(0)

    async def main() -> int:
        options = newsextract.Options(allow_private=True, gap=0)
        count = 0
        async with contextlib.aclosing(
            newsextract.ascrape_many(addresses(), options=options)
        ) as outcomes:
            async for outcome in outcomes:
                assert isinstance(outcome, Article)
                count += 1
                if count == 5:
                    break
        assert len(asyncio.all_tasks()) == 1
        return count

    assert asyncio.run(main()) == 5


@pytest.mark.parametrize("concurrency", [0, -1, float("nan"), float("inf")])
def test_a_concurrency_with_which_there_is_no_end_is_refused(concurrency: float) -> None:
    outcomes = newsextract.scrape_many(["http://127.0.0.1:1/"], concurrency=concurrency)
    with pytest.raises(newsextract.InvalidOption, match=r"concurrency is .* from 1 on"):
        next(outcomes)


def test_what_goes_wrong_with_reading_the_addresses_is_raised(site: Site) -> None:
    def addresses() -> Iterator[str]:
        yield site.page("/a", STORY)
        raise OSError("the disk is gone")

    outcomes = newsextract.scrape_many(addresses(), options=free_options())
    with pytest.raises(OSError, match="the disk is gone"):
        list(outcomes)


def test_a_source_that_waits_holds_nothing_up(site: Site) -> None:
    go_on = threading.Event()

    def addresses() -> Iterator[str]:
        yield site.page("/a", STORY)
        go_on.wait(10)
        yield site.page("/b", STORY)

    outcomes = newsextract.scrape_many(addresses(), options=free_options())
    assert next(outcomes).url == site.url("/a")
    go_on.set()
    assert next(outcomes).url == site.url("/b")


def test_a_source_that_never_ends_can_be_left(site: Site) -> None:
    def addresses() -> Iterator[str]:
        yield site.page("/a", STORY)
        threading.Event().wait(30)

    begin = time.monotonic()
    outcomes = newsextract.scrape_many(addresses(), options=free_options())
    next(outcomes)
    outcomes.close()
    assert in_time(time.monotonic() - begin, 3)


def test_memory_does_not_grow_with_the_list(site: Site) -> None:
    big = STORY.replace(b"</article>", b"<!--" + b"x" * 200_000 + b"--></article>")
    site.page("/big", big)
    options = newsextract.Options(allow_private=True, gap=0, connections_per_origin=8)

    urls = [site.url("/big")] * 250
    gc.collect()
    tracemalloc.start()
    for _ in newsextract.scrape_many(urls, concurrency=8, options=options):
        pass
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    # How many of the pages under way are in memory at one moment is a matter of luck (6 to 16 MB
    # were seen); what must not be there are those that are done, 50 MB of bytes alone.
    assert peak < len(urls) * len(big) / 2


def test_a_fetcher_gives_pages_of_many(site: Site) -> None:
    async def main() -> list[Page | Failure]:
        async with AsyncFetcher(free_options()) as fetcher:
            urls = [site.page(f"/{number}", HTML) for number in range(20)] + [site.url("/none")]
            return [outcome async for outcome in fetcher.fetch_many(urls, concurrency=4)]

    outcomes = asyncio.run(main())
    assert sum(isinstance(outcome, Page) for outcome in outcomes) == 20
    assert sum(isinstance(outcome, Failure) for outcome in outcomes) == 1


def test_a_site_whose_robots_file_dribbles_is_given_up() -> None:
    def talk(connection: Any) -> None:
        connection.recv(65_536)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n")
        for _ in range(100):
            connection.sendall(b"#")
            time.sleep(0.05)

    with tcp_server(talk) as port, Fetcher(free_options(timeout=0.5)) as fetcher:
        begin = time.monotonic()
        with pytest.raises(RobotsDisallowed, match="no answer within"):
            fetcher.fetch(f"http://127.0.0.1:{port}/story", as_robot=True)
        assert in_time(time.monotonic() - begin, 1.5)


def test_connections_are_kept_for_a_hundred_sites_and_no_more() -> None:
    async def main(urls: list[str]) -> tuple[int, int]:
        async with AsyncFetcher(free_options()) as fetcher:
            for url in [*urls, *urls[-50:]]:
                await fetcher.fetch(url)
            kept = sum(len(site.connections) for site in sites[-50:])
            still_open = sum(is_open(site) for site in sites)
        return kept, still_open

    def is_open(site: Site) -> bool:
        return any(connection.fileno() != -1 for connection in site.connections)

    with contextlib.ExitStack() as running:
        sites = [running.enter_context(running_site()) for _ in range(120)]
        kept, still_open = asyncio.run(main([site.page("/", HTML) for site in sites]))

    # Of the last fifty each was asked twice over one connection.
    assert kept == 50
    assert still_open <= 101
