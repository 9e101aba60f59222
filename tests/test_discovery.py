"""Discovery: what feeds, sitemaps and front pages name, and what broken and hostile ones cost."""

import csv
import datetime as dt
import gzip
import io
import json
import random
import signal
import sqlite3
import subprocess
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import newsextract
from commands import COMMAND, run_here
from hostile_server import free_options, in_time
from newsextract.cli import main
from newsextract.discovery import queue
from newsextract.discovery.addresses import comparison_key, looks_like_article, may_be_article
from newsextract.discovery.dates import beginning_of, is_before, moment_from
from newsextract.discovery.lists import NamedSitemap, PageOrList
from newsextract.discovery.pages import FrontPage
from newsextract.errors import Failure, FailureKind
from newsextract.fetching import Fetcher
from newsextract.options import Options
from newsextract.records import FoundAddress, Page
from newsextract.serialization import json_schema, to_json
from servers import Exchange, Site, running_site

SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
ONE_HOUR = dt.timezone(dt.timedelta(hours=1))


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as running:
        yield running


def quick_options(**settings: Any) -> Options:
    # To read all trusted certificates takes longer than most of these tests.
    return free_options(**{"verify_tls": False, **settings})


def found(url: str, **settings: Any) -> list[FoundAddress | Failure]:
    options = settings.pop("options", None) or quick_options(attempts=1)
    return list(newsextract.discover(url, options=options, **settings))


def addresses(outcomes: list[FoundAddress | Failure]) -> list[str]:
    """Return the paths of what was found, after making sure that nothing failed."""
    assert not [outcome for outcome in outcomes if isinstance(outcome, Failure)]
    return paths(outcomes)


def paths(outcomes: list[FoundAddress | Failure]) -> list[str]:
    return [
        "/" + outcome.url.split("/", 3)[3]
        for outcome in outcomes
        if isinstance(outcome, FoundAddress)
    ]


def failures(outcomes: list[FoundAddress | Failure]) -> list[Failure]:
    return [outcome for outcome in outcomes if isinstance(outcome, Failure)]


def put(site: Site, path: str, text: str | bytes, label: str = "application/xml") -> str:
    body = text if isinstance(text, bytes) else text.encode()
    return site.page(path, body, headers={"Content-Type": label})


def rss(*items: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> str:
    joined = "".join(f"<item>{item}</item>" for item in items)
    return f'{head}<rss version="2.0"><channel><title>Harbour Post</title>{joined}</channel></rss>'


def urlset(*rows: str) -> str:
    joined = "".join(f"<url>{row}</url>" for row in rows)
    return f'<?xml version="1.0"?><urlset xmlns="{SITEMAPS}" xmlns:news="{NEWS}">{joined}</urlset>'


def index(*rows: str) -> str:
    joined = "".join(f"<sitemap>{row}</sitemap>" for row in rows)
    return f'<?xml version="1.0"?><sitemapindex xmlns="{SITEMAPS}">{joined}</sitemapindex>'


def loc(address: str, lastmod: str = "") -> str:
    return f"<loc>{address}</loc>" + (f"<lastmod>{lastmod}</lastmod>" if lastmod else "")


def news(address: str, title: str, day: str) -> str:
    return (
        f"<loc>{address}</loc><news:news><news:publication><news:name>Harbour Post</news:name>"
        f"<news:language>en</news:language></news:publication><news:publication_date>{day}"
        f"</news:publication_date><news:title>{title}</news:title></news:news>"
    )


def harbour_post(site: Site) -> str:
    """Build a whole site: a feed, news of two days and an archive; return its address."""
    put(
        site,
        "/",
        '<!doctype html><title>Harbour Post</title><link rel="alternate" '
        'type="application/rss+xml" href="/feed.xml"><a href="/about">About us</a>',
        "text/html",
    )
    put(
        site,
        "/feed.xml",
        rss(
            "<title>Night ferry stays</title><link>/news/night-ferry?utm_source=rss</link>"
            "<pubDate>Tue, 07 May 2024 21:30:00 +0100</pubDate>",
        ),
    )
    put(site, "/robots.txt", f"User-agent: *\nSitemap: {site.url('/maps.xml')}\n", "text/plain")
    put(
        site,
        "/maps.xml",
        index(
            loc(site.url("/2019.xml"), "2019-12-31"),
            loc(site.url("/news.xml"), "2024-05-07T22:00:00+01:00"),
            loc(site.url("/2024.xml"), "2024-05-06"),
        ),
    )
    put(
        site,
        "/news.xml",
        urlset(
            news(site.url("/news/night-ferry"), "Night ferry stays", "2024-05-07"),
            news(site.url("/news/bridge"), "Bridge &amp; tunnel", "2024-05-06T08:00:00Z"),
        ),
    )
    put(site, "/2024.xml", urlset(loc(site.url("/news/lock-gates"), "2024-04-01")))
    put(site, "/2019.xml", urlset(loc(site.url("/news/old-quay"), "2019-03-01")))
    return site.url("/")


# What a user wants: the articles of a site, through the library and the command


def test_a_site_gives_its_articles_with_what_is_said_of_them(site: Site) -> None:
    url = harbour_post(site)

    outcomes = found(url)

    assert addresses(outcomes) == [
        "/news/night-ferry?utm_source=rss", "/news/bridge", "/news/lock-gates", "/news/old-quay",
    ]  # fmt: skip
    assert outcomes[0] == FoundAddress(
        url=site.url("/news/night-ferry?utm_source=rss"),
        title="Night ferry stays",
        date=dt.datetime(2024, 5, 7, 21, 30, tzinfo=ONE_HOUR),
        source="rss",
        found_in=site.url("/feed.xml"),
    )
    assert outcomes[1] == FoundAddress(
        url=site.url("/news/bridge"),
        title="Bridge & tunnel",
        date=dt.datetime(2024, 5, 6, 8, tzinfo=dt.UTC),
        source="news-sitemap",
        found_in=site.url("/news.xml"),
    )
    assert outcomes[2] == FoundAddress(
        url=site.url("/news/lock-gates"),
        date=dt.date(2024, 4, 1),
        source="sitemap",
        found_in=site.url("/2024.xml"),
    )
    # News first, then the newest.
    assert site.paths()[-4:] == ["/maps.xml", "/news.xml", "/2024.xml", "/2019.xml"]


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    done = run_here("discover", "--allow-private", "--insecure", "--gap", "0", *arguments)
    out, err = done.stdout.decode(), done.stderr.decode()
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)


def test_the_command_prints_addresses_records_and_tables(site: Site) -> None:
    url = harbour_post(site)
    plain, lines, table = (
        run("--limit", "2", "-f", form, url) for form in ("text", "jsonl", "csv")
    )

    assert [result.returncode for result in (plain, lines, table)] == [0, 0, 0]
    assert plain.stdout.splitlines() == [
        site.url("/news/night-ferry?utm_source=rss"), site.url("/news/bridge"),
    ]  # fmt: skip
    records = [json.loads(line) for line in lines.stdout.splitlines()]
    assert records[1] == {
        "type": "address", "url": site.url("/news/bridge"), "title": "Bridge & tunnel",
        "date": "2024-05-06T08:00:00Z", "source": "news-sitemap",
        "found_in": site.url("/news.xml"), "version": "1",
    }  # fmt: skip
    for record in records:
        jsonschema.validate(record, json_schema())
    rows = list(csv.DictReader(io.StringIO(table.stdout)))
    assert rows[0] == {
        "url": site.url("/news/night-ferry?utm_source=rss"), "title": "Night ferry stays",
        "date": "2024-05-07T21:30:00+01:00", "source": "rss", "found_in": site.url("/feed.xml"),
    }  # fmt: skip


def test_seen_addresses_come_once_over_several_runs(site: Site, tmp_path: Path) -> None:
    url, seen = harbour_post(site), tmp_path / "seen.db"

    first = run("--seen", seen, "--limit", "3", url)
    second = run("--seen", seen, url)
    third = run("--seen", seen, url)

    assert len(first.stdout.splitlines()) == 3
    assert second.stdout.splitlines() == [site.url("/news/old-quay")]
    assert (third.stdout, third.stderr, third.returncode) == ("", "", 0)


def test_since_leaves_out_what_is_older_and_does_not_fetch_it(site: Site) -> None:
    url = harbour_post(site)

    result = run("--since", "2024-05-06", url)

    assert result.stdout.splitlines() == [
        site.url("/news/night-ferry?utm_source=rss"), site.url("/news/bridge"),
    ]  # fmt: skip
    assert "/2024.xml" in site.paths()
    assert "/2019.xml" not in site.paths()
    # Everything is older than a day, which is no failure.
    assert run("--since", "24h", url).returncode == 0
    assert addresses(found(url, since=dt.timedelta(days=7))) == []


def test_failures_are_told_and_the_rest_is_given(site: Site) -> None:
    url = harbour_post(site)
    site.page("/news.xml", status="403 Forbidden")

    result = run("-f", "jsonl", url)

    assert result.returncode == 1
    assert result.stderr.count("\n") == 1
    assert "/news.xml" in result.stderr
    kinds = [json.loads(line).get("kind", "address") for line in result.stdout.splitlines()]
    assert kinds == ["address", "forbidden", "address", "address"]


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--since", "yesterday", "u"),
        ("--limit", "0", "u"),
        ("news.example",),
        ("-f", "xml", "u"),
    ],
)
def test_wrong_usage_ends_with_2(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)

    assert result.returncode == 2
    assert "See newsextract discover --help." in result.stderr
    assert "Traceback" not in result.stderr


def test_help_names_the_command_and_a_file_of_its_name_can_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    assert "newsextract discover SITE" in capsys.readouterr().out
    own = run("--help").stdout
    for option in ("--since", "--limit", "--seen", "--ignore-robots", "--timeout", "examples:"):
        assert option in own
    (tmp_path / "discover").write_text("")
    file = subprocess.run(
        [COMMAND, "./discover"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert "The page holds no text" in file.stderr


# Feeds


def only(site: Site, body: str | bytes, label: str = "application/xml") -> FoundAddress:
    (outcome,) = found(put(site, "/feed", body, label))
    assert isinstance(outcome, FoundAddress), outcome
    return outcome


def test_atom_with_markup_in_titles_and_two_dates(site: Site) -> None:
    entry = only(
        site,
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="/stories/"><title>Post</title><entry>'
        '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Quay <b>nine</b></div>'
        '</title><link rel="self" href="self"/><link rel="alternate" type="text/html" '
        'href="quay-nine"/><id>tag:x</id><updated>2024-05-08T10:00:00Z</updated>'
        "<published>2024-05-07T09:00:00-03:00</published></entry></feed>",
        "application/atom+xml",
    )

    assert entry.url == site.url("/stories/quay-nine")
    assert (entry.title, entry.source) == ("Quay nine", "atom")
    assert entry.date == dt.datetime(2024, 5, 7, 9, tzinfo=dt.timezone(dt.timedelta(hours=-3)))


def test_rss_1_0(site: Site) -> None:
    entry = only(
        site,
        '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<channel rdf:about="{site.url()}"><title>Post</title><items><rdf:Seq><rdf:li '
        'resource="x"/></rdf:Seq></items></channel><item rdf:about="x"><title>Tide tables</title>'
        "<link>/tide-tables</link><dc:date>2024-05-07T12:00+02:00</dc:date></item></rdf:RDF>",
    )

    assert (entry.url, entry.title) == (site.url("/tide-tables"), "Tide tables")
    assert entry.date == dt.datetime(2024, 5, 7, 12, tzinfo=dt.timezone(dt.timedelta(hours=2)))


def test_json_feed(site: Site) -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Post",
        "items": [
            {"id": "1", "url": "/one", "title": "One", "date_published": "2024-05-07T01:00:00Z"},
            {"id": site.url("/two"), "date_modified": "2024-05-06"},
            {"id": 3, "external_url": "/three", "title": None},
            {"id": "4", "content_text": "no address"},
            "junk",
        ],
    }
    outcomes = found(put(site, "/feed.json", json.dumps(feed), "application/feed+json"))

    assert paths(outcomes) == ["/one", "/two", "/three"]
    assert [outcome.date for outcome in outcomes[:3]] == [
        dt.datetime(2024, 5, 7, 1, tzinfo=dt.UTC), dt.date(2024, 5, 6), None,
    ]  # fmt: skip
    assert {outcome.source for outcome in outcomes[:3]} == {"jsonfeed"}
    assert "2 of its entries have no address" in failures(outcomes)[0].message


@pytest.mark.parametrize("body", ['{"items": 3}', "{" + '"a":[' * 100_000, '{"items": [', "{}"])
def test_json_that_is_no_feed_is_a_failure(site: Site, body: str) -> None:
    outcomes = found(put(site, "/feed.json", body, "application/json"))

    kinds = [failure.kind for failure in failures(outcomes)]
    assert kinds == [FailureKind.UNREADABLE_LIST, FailureKind.NOTHING_FOUND]


@pytest.mark.parametrize(
    "label", ["text/html", "text/plain", "application/octet-stream", "image/x-icon", "nonsense", ""]
)
def test_labels_tell_nothing(site: Site, label: str) -> None:
    assert only(site, rss("<link>/a</link>"), label).url == site.url("/a")
    assert addresses(found(put(site, "/s", urlset(loc(site.url("/b"))), label))) == ["/b"]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("<![CDATA[Tide &amp; time <i>again</i>]]>", "Tide & time again"),
        ("Tide &amp;amp; time", "Tide & time"),
        ("Tide & time", "Tide & time"),
        ("Tide&nbsp;table &eacute;t&eacute; &unknown; x", "Tide table été &unknown; x"),
        ("2 &lt; 3", "2 < 3"),
        ("  Tide\n  table\u200b  ", "Tide table"),
        ("Tide\x0b\x00 table", "Tide table"),
        ("", None),
        ("x" * 100_000, "x" * 500),
    ],
)
def test_titles_are_clean_text(site: Site, title: str, expected: str | None) -> None:
    assert only(site, rss(f"<title>{title}</title><link>/a</link>")).title == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Tue, 07 May 2024 21:30:00 +0100", dt.datetime(2024, 5, 7, 21, 30, tzinfo=ONE_HOUR)),
        ("Tue, 07 May 2024 21:30:00 GMT", dt.datetime(2024, 5, 7, 21, 30, tzinfo=dt.UTC)),
        ("7 May 2024 21:30", dt.datetime(2024, 5, 7, 21, 30)),
        ("Tue, 07 May 2024", dt.date(2024, 5, 7)),
        ("2024-05-07T21:30:00.123+01:00", dt.datetime(2024, 5, 7, 21, 30, tzinfo=ONE_HOUR)),
        ("2024-05-07T21:30:00", dt.datetime(2024, 5, 7, 21, 30)),
        ("2024-05-07", dt.date(2024, 5, 7)),
        ("May 7, 2024", dt.date(2024, 5, 7)),
        ("mar., 7 mai 2024 10:00 +0100", dt.datetime(2024, 5, 7, 10, tzinfo=ONE_HOUR)),
        ("Thu, 01 Jan 1970 00:00:00 +0000", None),
        ("soon", None),
        ("", None),
        ("Tue, 99 May 2024 21:30:00 +9999", None),
    ],
)
def test_dates_have_what_is_told_and_no_more(written: str, expected: object) -> None:
    assert moment_from(written) == expected


def test_relative_links_identifiers_and_redirectors(site: Site) -> None:
    feed = rss(
        "<link>../up</link>",
        f"<guid>{site.url('/by-guid')}</guid>",
        '<guid isPermaLink="false">1234</guid><link> \n /spaced\n </link>',
        "<feedburner:origLink xmlns:feedburner='http://rssnamespace.org/feedburner/ext/1.0'>"
        f"{site.url('/original')}</feedburner:origLink><link>https://feeds.example/~r/1</link>",
        "<link>javascript:alert(1)</link>",
        "<title>No link at all</title>",
    )
    outcomes = found(put(site, "/deep/feed", feed))

    assert paths(outcomes) == ["/up", "/by-guid", "/spaced", "/original"]
    assert "2 of its entries" in failures(outcomes)[0].message


def test_feeds_in_other_encodings_and_with_marks(site: Site) -> None:
    text = rss("<title>Été à Żary</title><link>/a</link>", head="")
    for body, label in (
        (b"\xef\xbb\xbf" + text.encode(), "text/xml; charset=iso-8859-1"),
        (("\ufeff" + text).encode("utf-16-le"), "application/xml"),
        (f'<?xml version="1.0" encoding="iso-8859-2"?>{text}'.replace("à", "á").encode(
            "iso-8859-2"), "text/xml"),
        (f'<?xml version="1.0" encoding="iso-8859-1"?>{text}'.encode(), "application/xml"),
        (f'\n\n <b>Warning</b>: x <?xml version="1.0"?>{text}'.encode(), "text/html"),
    ):  # fmt: skip
        assert only(site, body, label).title in ("Été à Żary", "Été á Żary"), (body[:60], label)


def test_a_broken_feed_gives_what_it_has_and_a_failure(site: Site) -> None:
    whole = rss("<title>A</title><link>/a</link>", "<title>B</title><link>/b-long-name</link>")
    mismatched = whole.replace("<title>A</title>", "<title>A <b>bold</title>")
    cut = whole[: whole.index("long-name")]

    outcomes = found(put(site, "/mismatched", mismatched))
    assert paths(outcomes) == ["/a", "/b-long-name"]
    assert [failure.kind for failure in failures(outcomes)] == [FailureKind.UNREADABLE_LIST]
    # An address that was cut off would be another's.
    outcomes = found(put(site, "/cut", cut))
    assert paths(outcomes) == ["/a"]
    assert {failure.kind for failure in failures(outcomes)} == {FailureKind.UNREADABLE_LIST}


def test_a_feed_without_entries_is_named(site: Site) -> None:
    (failure,) = failures(found(put(site, "/feed", rss())))

    assert failure.kind == FailureKind.NOTHING_FOUND
    assert failure.stage == "discover"
    assert failure.url == site.url("/feed")


# Sitemaps


def test_text_sitemaps_and_packed_ones(site: Site) -> None:
    text = f"\ufeff{site.url('/a')}\r\n\r\n{site.url('/b')}\r\nno address\r\n"
    outcomes = found(put(site, "/sitemap.txt", text, "text/plain"))
    assert paths(outcomes) == ["/a", "/b"]
    assert "1 of its lines" in failures(outcomes)[0].message

    packed = gzip.compress(urlset(loc(site.url("/c"))).encode())
    for label in ("application/gzip", "application/x-gzip", "application/octet-stream", "text/xml"):
        assert addresses(found(put(site, "/sitemap.xml.gz", packed, label))) == ["/c"]
    twice = {"Content-Type": "application/gzip", "Content-Encoding": "gzip"}
    site.page("/twice.gz", gzip.compress(packed), headers=twice)
    assert addresses(found(site.url("/twice.gz"))) == ["/c"]
    site.page("/once.gz", packed, headers=twice)
    assert addresses(found(site.url("/once.gz"))) == ["/c"]


def test_messy_sitemaps(site: Site) -> None:
    messy = (
        '\n<?xml version="1.0" encoding="UTF-8"?><!-- made by hand --><urlset '
        'xmlns="https://wrong.example/" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">'
        "<url><loc>\n  /a?x=1&y=2  \n</loc><image:image><image:loc>/picture</image:loc>"
        "<image:title>Picture</image:title></image:image></url>"
        "<url><loc><![CDATA[/b?x=1&y=2]]></loc><news:news><news:title>Undeclared &copy;"
        "</news:title></news:news></url>"
        "<url><LOC>/c</LOC><lastmod>yesterday</lastmod></url><url></url><url><loc></loc></url>"
        "</urlset>"
    )
    outcomes = found(put(site, "/messy.xml", messy))

    assert addresses(outcomes) == ["/a?x=1&y=2", "/b?x=1&y=2", "/c"]
    assert [outcome.title for outcome in outcomes] == [None, "Undeclared ©", None]
    assert [outcome.source for outcome in outcomes] == ["sitemap", "news-sitemap", "sitemap"]


def test_a_broken_sitemap_gives_what_it_has_and_a_failure(site: Site) -> None:
    whole = urlset(loc(site.url("/a")), loc(site.url("/b-long-name")))
    outcomes = found(put(site, "/cut.xml", whole[: whole.index("-name")]))

    assert paths(outcomes) == ["/a"]
    assert [failure.kind for failure in failures(outcomes)] == [FailureKind.UNREADABLE_LIST]
    unclosed = whole.replace("</url><url>", "<url>")
    outcomes = found(put(site, "/unclosed.xml", unclosed))
    assert paths(outcomes) == ["/a", "/b-long-name"]


def test_what_is_no_article_is_left_out_of_plain_sitemaps(site: Site) -> None:
    others = ["/", "/tag/sea", "/author/jo/", "/a/picture.jpg", "/report.pdf", "/contact", "/login"]
    rows = [loc(site.url(path)) for path in [*others, "/archives/123", "/category/sea/night-ferry"]]

    assert addresses(found(put(site, "/s.xml", urlset(*rows)))) == [
        "/archives/123", "/category/sea/night-ferry",
    ]  # fmt: skip


def test_cycles_end_and_depth_is_bounded(site: Site) -> None:
    put(site, "/1.xml", index(loc(site.url("/1.xml")), loc(site.url("/2.xml"))))
    put(site, "/2.xml", index(loc(site.url("/1.xml#x")), loc(site.url("/3.xml"))))
    put(site, "/3.xml", index(loc(site.url("/leaf.xml")), loc(site.url("/4.xml"))))
    put(site, "/leaf.xml", urlset(loc(site.url("/a"))))
    put(site, "/4.xml", index(loc(site.url("/5.xml"))))

    outcomes = found(site.url("/1.xml"))

    assert paths(outcomes) == ["/a"]
    assert "deeper than 3" in failures(outcomes)[0].message
    asked = [path for path in site.paths() if path != "/robots.txt"]
    assert sorted(asked) == ["/1.xml", "/2.xml", "/3.xml", "/4.xml", "/leaf.xml"]


def test_at_most_500_sitemaps_are_read(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    assert queue.MOST_SITEMAPS == 500
    monkeypatch.setattr(queue, "MOST_SITEMAPS", 20)

    def answer(exchange: Exchange) -> None:
        path = exchange.request.path
        exchange.answer(urlset(loc(site.url(f"/of{path}"))).encode())

    maps = [f"/{number}.xml" for number in range(30)]
    for path in maps:
        site.handle(path, answer)
    outcomes = found(put(site, "/all.xml", index(*(loc(site.url(path)) for path in maps))))

    assert len(paths(outcomes)) == 20
    assert "10 sitemaps are named beyond the 20" in failures(outcomes)[0].message
    assert failures(outcomes)[0].url == site.url("/all.xml")


# Sites


def test_feeds_are_found_in_the_page_but_for_those_of_comments(site: Site) -> None:
    put(
        site,
        "/section/",
        "<!doctype html><base href='/base/'><link rel='alternate' type='application/rss+xml' "
        "href='feed'><link rel='alternate feed' href='/atom'><link rel=alternate "
        "type='application/rss+xml' href='/comments/feed/'><link rel=alternate "
        "type='application/json' href='/wp-json/posts/1'><link rel=alternate hreflang=de "
        "href='/de'><link rel=alternate type='application/rss+xml' href='feed#again'>",
        "text/html",
    )
    put(site, "/base/feed", rss("<link>/a</link>"))
    put(site, "/atom", "<!doctype html><title>Not found</title>", "text/html")

    outcomes = found(site.url("/section/"))

    assert paths(outcomes) == ["/a"]
    assert [failure.url for failure in failures(outcomes)] == [site.url("/atom")]
    assert site.paths().count("/base/feed") == 1
    assert not {"/comments/feed/", "/wp-json/posts/1", "/de"} & set(site.paths())


def test_at_most_50_feeds_are_read(site: Site) -> None:
    links = "".join(f"<link rel=feed href=/feed/{number}>" for number in range(55))
    url = put(site, "/", f"<!doctype html><title>Post</title>{links * 2}", "text/html")
    for number in range(55):
        put(site, f"/feed/{number}", rss(f"<link>/story/{number}</link>"))

    outcomes = found(url)

    assert len(paths(outcomes)) == 50
    assert "names 55 feeds" in failures(outcomes)[0].message
    assert failures(outcomes)[0].url == url


def test_sitemaps_are_looked_for_where_they_usually_lie(site: Site) -> None:
    put(site, "/", "<!doctype html><title>Post</title>", "text/html")
    put(site, "/sitemap_index.xml", index(loc(site.url("/s.xml"))))
    put(site, "/s.xml", urlset(loc(site.url("/a"))))
    # An answer to everything is no sitemap.
    put(site, "/sitemap.xml", "<!doctype html><title>Nothing here</title>", "text/html")

    assert addresses(found(site.url("/"))) == ["/a"]
    assert "/wp-sitemap.xml" not in site.paths()


FRONT = """<!doctype html><title>Harbour Post</title>
<nav><a href="/news/a-menu-of-many-words">Menu with quite a few words</a></nav>
<a href="/2024/05/07/ferry"><img alt=""></a>
<a href="/2024/05/07/ferry?utm_campaign=top#top">Night ferry stays for another year</a>
<a href="/2024/05/07/ferry">Read more about it right here on this page and share it</a>
<a href="/news/the-bridge-opens-again">Bridge</a> <a href="/story/1234567">Locks</a>
<a href="/sport/final">Harbour eleven win the final after extra time</a>
<a href="/about">About our company and the people</a> <a href="/sport">Sport</a>
<a href="/tag/night-ferry-and-the-sea">More on the ferry and sea</a> <a href="#top">Up we go</a>
<a href="https://elsewhere.example/2024/05/07/some-other-story-here">Other story elsewhere</a>
<a href="/privacy-policy-and-your-rights">Privacy policy and your rights</a>
<a href="mailto:news@harbour.example">Write to us about this story</a>
<footer><a href="/imprint-and-all-that-law">Imprint and all that law says</a></footer>"""


def test_last_come_the_links_of_the_front_page(site: Site) -> None:
    outcomes = found(put(site, "/", FRONT, "text/html"))

    assert addresses(outcomes) == [
        "/2024/05/07/ferry", "/news/the-bridge-opens-again", "/story/1234567", "/sport/final",
    ]  # fmt: skip
    assert {outcome.source for outcome in outcomes} == {"front-page"}
    assert {outcome.found_in for outcome in outcomes} == {site.url("/")}
    assert outcomes[1].title is None
    assert outcomes[3].title == "Harbour eleven win the final after extra time"


def test_a_site_where_nothing_is_found_says_where_was_looked(site: Site) -> None:
    url = put(site, "/", "<!doctype html><title>Post</title><p>Hello.", "text/html")
    (failure,) = failures(found(url))

    assert failure.kind == FailureKind.NOTHING_FOUND
    for place in ("names no feed", "robots.txt", "/sitemap.xml: 404", "/feed: 404", "no link"):
        assert place in (failure.detail or ""), place
    assert run(url).returncode == 1


def test_a_site_that_cannot_be_reached_is_one_failure(site: Site) -> None:
    # Its robots.txt is what cannot be had first.
    for outcomes, why in (
        (found("http://127.0.0.1:9/"), "refused"),
        (list(newsextract.discover(harbour_post(site))), "--allow-private"),
    ):
        (failure,) = failures(outcomes)
        assert failure.kind == FailureKind.ROBOTS_DISALLOWED
        assert why in failure.message
    assert site.requests == []
    (failure,) = failures(found("http://127.0.0.1:9/", options=quick_options(ignore_robots=True)))
    assert failure.kind == FailureKind.CONNECTION_FAILED
    (failure,) = failures(found(site.url("/no-such-feed")))
    assert failure.kind == FailureKind.NOT_FOUND


def test_a_front_page_that_is_refused_does_not_hide_the_sitemaps(site: Site) -> None:
    url = harbour_post(site)
    site.page("/", status="403 Forbidden")

    outcomes = found(url)

    assert [failure.kind for failure in failures(outcomes)] == [FailureKind.FORBIDDEN]
    assert len(paths(outcomes)) == 4


def test_robots_txt_is_obeyed_unless_overruled(site: Site) -> None:
    url = harbour_post(site)
    put(
        site,
        "/robots.txt",
        f"User-agent: *\nDisallow: /news.xml\nSitemap: {site.url('/maps.xml')}\n",
        "text/plain",
    )
    outcomes = found(url)

    assert [failure.kind for failure in failures(outcomes)] == [FailureKind.ROBOTS_DISALLOWED]
    assert "/news.xml" not in site.paths()
    assert len(addresses(found(url, options=quick_options(ignore_robots=True)))) == 4
    put(site, "/robots.txt", "User-agent: *\nDisallow: /\n", "text/plain")
    assert paths(found(url)) == []


# Addresses, dates, what was seen


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://a.example/x#top", "https://a.example/x", True),
        ("https://a.example/x?utm_source=rss&fbclid=1", "https://a.example/x", True),
        ("http://A.example:80", "https://a.example/", True),
        ("https://a.example/x?id=1", "https://a.example/x?id=2", False),
        ("https://a.example/x?cid=1", "https://a.example/x?cid=2", False),
        ("https://a.example/x", "https://a.example/x/", False),
        ("https://a.example/X", "https://a.example/x", False),
        ("https://www.a.example/x", "https://a.example/x", False),
        ("https://a.example:8443/x", "https://a.example/x", False),
    ],
)
def test_addresses_are_compared_with_care(one: str, other: str, same: bool) -> None:
    assert (comparison_key(one) == comparison_key(other)) == same


def test_links_are_told_apart_by_address_and_words() -> None:
    site = "https://harbour.example"
    assert looks_like_article(f"{site}/2024/05/07/ferry.html", "")
    assert looks_like_article(f"{site}/nachrichten/fähre-bleibt-noch-ein-jahr", "")
    assert looks_like_article(f"{site}/show.php?id=123456", "")
    assert looks_like_article(f"{site}/news/x7", "夜間フェリーは新しい橋の開通まで存続")
    assert not looks_like_article(f"{site}/news/x7", "Sport")
    assert not looks_like_article(f"{site}/2024/05/07/picture.png", "")
    assert not looks_like_article(f"{site}/", "Harbour Post, the paper of the harbour")
    assert not may_be_article(f"{site}/kategorie/hafen/")


def test_since_keeps_what_may_be_meant() -> None:
    noon = dt.datetime(2024, 5, 7, 12, tzinfo=dt.UTC)

    assert is_before(dt.datetime(2024, 5, 7, 12, 59, tzinfo=ONE_HOUR), noon)
    assert not is_before(dt.datetime(2024, 5, 7, 13, tzinfo=ONE_HOUR), noon)
    assert not is_before(dt.date(2024, 5, 7), noon)
    assert not is_before(dt.datetime(2024, 5, 7, 1), noon)
    assert is_before(dt.date(2024, 5, 6), noon)
    assert is_before(dt.datetime(2024, 5, 6, 23), noon)
    assert not is_before(None, noon)
    assert not is_before(dt.date(2024, 5, 7), None)
    assert not is_before(dt.date.max, noon)
    assert beginning_of(dt.date(2024, 5, 7), noon) == dt.datetime(2024, 5, 7, tzinfo=dt.UTC)
    assert beginning_of(dt.timedelta(hours=12), noon) == dt.datetime(2024, 5, 7, tzinfo=dt.UTC)
    with pytest.raises(newsextract.InvalidOption):
        beginning_of(dt.timedelta(days=999_999), noon)


def test_wrong_arguments_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(newsextract.InvalidUrl):
        newsextract.discover("news.example")
    with pytest.raises(newsextract.InvalidOption):
        newsextract.discover("https://news.example/", limit=0)


@pytest.mark.parametrize("content", [b"no database" * 100, None])
def test_a_file_that_is_no_list_of_seen_addresses_is_left_alone(
    tmp_path: Path, content: bytes | None
) -> None:
    file = tmp_path / "file"
    if content is None:
        with sqlite3.connect(file) as database:
            database.execute("CREATE TABLE others (x)")
        database.close()
    else:
        file.write_bytes(content)
    before = file.read_bytes()

    with pytest.raises(newsextract.UnreadableFile, match="name another file"):
        next(newsextract.discover("https://news.example/", seen=file))
    assert file.read_bytes() == before
    result = run("--seen", file, "https://news.example/")
    assert (result.returncode, result.stdout) == (1, "")
    assert "Traceback" not in result.stderr


def test_an_address_is_remembered_once_the_next_is_asked_for(site: Site, tmp_path: Path) -> None:
    url, seen = harbour_post(site), tmp_path / "seen.db"
    outcomes = newsextract.discover(url, options=quick_options(), seen=seen)
    first, second = next(outcomes), next(outcomes)
    outcomes.close()  # type: ignore[attr-defined]

    assert first.url.endswith("utm_source=rss")
    # The second was given, but whether it was used nobody knows.
    assert paths(found(url, seen=seen))[0] == "/" + second.url.split("/", 3)[3]
    assert found(url, seen=seen) == []


def test_a_run_that_is_killed_has_remembered_what_it_printed(site: Site, tmp_path: Path) -> None:
    rows = [loc(site.url(f"/story-{number}")) for number in range(400)]
    url, seen = put(site, "/s.xml", urlset(*rows)), tmp_path / "seen.db"
    command = [COMMAND, "discover", "--allow-private", "--gap", "0", "--seen", seen, url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        printed = [next(running.stdout).strip() for _ in range(200)]
        running.send_signal(signal.SIGKILL)
        printed += [line.strip() for line in running.stdout if line.endswith("\n")]

    again = run("--seen", seen, url).stdout.splitlines()

    # All of them come, and at most the last one twice.
    assert {*printed, *again} == {site.url(f"/story-{number}") for number in range(400)}
    assert len(set(printed) & set(again)) <= 1


# What is hostile costs little


def bounded(url: str, seconds: float) -> list[FoundAddress | Failure]:
    """Return what is found within so much time."""
    begin = time.perf_counter()
    outcomes = found(url)
    took = time.perf_counter() - begin
    assert in_time(took, seconds), took
    return outcomes


ENTITIES = "<!DOCTYPE x [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{level} '{f'&a{level - 1};' * 10}'>" for level in range(1, 12)
) + "<!ENTITY file SYSTEM 'file:///etc/passwd'>]>"  # fmt: skip


def test_entities_are_not_expanded(site: Site) -> None:
    feed = rss("<title>T &a11; &file;</title><link>/a</link>", head=ENTITIES)
    (entry,) = bounded(put(site, "/feed", feed), 2)
    assert entry.title == "T &a11; &file;"  # type: ignore[union-attr]

    rows = ENTITIES + urlset(loc("/a?&a11;"), loc("/b"))[21:]
    outcomes = bounded(put(site, "/s.xml", rows), 2)
    assert paths(outcomes) == ["/a?&a11;", "/b"]


@pytest.mark.parametrize(
    "body",
    [
        "<rss version='2.0'><channel><item>" + "<a>" * 300_000,
        "<rss version='2.0'><channel>" + "<item/>" * 30_000 + "</channel></rss>",
        "<rss><channel><item><author>" + "a" * 4_000_000 + "</author></item></channel></rss>",
        "<rss><channel><item><title>" + "&lt;" * 800_000 + "</title></item></channel></rss>",
        "<rss><channel><item " + " ".join(f"a{n}=''" for n in range(90_000)) + "/></channel></rss>",
        "<rss " + " ".join(f"xmlns:a{n}='u{n}'" for n in range(10_000)) + "><channel>"
        + "<item><link>/a</link></item>" * 2_000 + "</channel></rss>",
        "<rss><channel>" + "<channel><items>" * 20_000,
        "<rss>" + "<![CDATA[" * 400_000,
        "<rss>" + "<!--" * 800_000,
        "<rss>" + "&" * 2_000_000,
        "<rss>" + "</a>" * 300_000,
        "<" * 1_000_000,
        "<!DOCTYPE" * 400_000,
    ],
    ids=["deep", "empty items", "author", "title", "attributes", "namespaces", "channels", "cdata",
         "comments", "ampersands", "ends", "brackets", "doctypes"],
)  # fmt: skip
def test_hostile_feeds_are_bounded(site: Site, body: str) -> None:
    outcomes = bounded(put(site, "/feed", body), 4)

    assert failures(outcomes) or paths(outcomes)


@pytest.mark.parametrize(
    "body",
    [
        "<urlset>" + "<url>" * 200_000,
        "<urlset>" + "<url><loc>" * 100_000,
        "<urlset><url><loc>" + "x" * 9_000_000 + "</loc></url></urlset>",
        "<urlset " + " ".join(f"a{n}='1'" for n in range(200_000)) + "><url/></urlset>",
        "<sitemapindex>" + "</a>" * 300_000,
    ],
    ids=["deep", "places", "long", "attributes", "ends"],
)
def test_hostile_sitemaps_are_bounded(site: Site, body: str) -> None:
    assert failures(bounded(put(site, "/s.xml", body), 4))


SEEDS = (
    rss("<title>Night &amp; day</title><link>/a?b=1&amp;c</link><pubDate>7 May 2024</pubDate>",
        "<guid>http://x.example/1</guid><dc:date>2024-05-07</dc:date>"),
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="/s/"><entry><title type="xhtml"><div>Quay'
    '</div></title><link href="q"/><updated>2024-05-08T10:00:00Z</updated></entry></feed>',
    urlset(news("http://x.example/a", "T &amp; x", "2024-05-07"), loc("/b", "2024-01-01")),
    index(loc("/x.xml", "2024-05-07")),
    '{"items": [{"id": "1", "url": "/one", "date_published": "2024-05-07T01:00:00Z"}]}',
    "http://x.example/a\nhttp://x.example/b\n",
    FRONT,
)  # fmt: skip
PIECES = (
    "< > & ]]> <![CDATA[ <!-- --> <item> </item> <link> </title> \0 <?x ?> <rss <entry> xmlns:a='u "
    "' \" http://[::1 &#55296; &#0; &#x110000; <!DOCTYPE 9999999999 <a:b> xml:base='http://[ \u00e9"
).split(" ")  # fmt: skip


def mutated(text: str, chance: random.Random) -> bytes:
    body = bytearray(text.encode())
    for _ in range(chance.randint(1, 5)):
        place = chance.randrange(len(body))
        match chance.randrange(4):
            case 0:
                body[place:place] = chance.choice(PIECES).encode()
            case 1:
                del body[place : place + chance.randint(1, 20)]
            case 2:
                body[place] = chance.randrange(256)
            case 3:
                body[place:place] = body[place : place + 40]
        body = body or bytearray(b"<")
    return bytes(body)


def test_no_mutation_gets_past_our_errors() -> None:
    chance = random.Random(7)
    for _ in range(800):
        body = mutated(chance.choice(SEEDS), chance)
        page = Page(url="http://x.example/f", body=body, headers={"content-type": "text/xml"})
        answer = PageOrList(page)
        if answer.is_feed:
            outcomes = list(answer.entries())
        elif answer.is_sitemap:
            outcomes = [row for row in answer.rows() if not isinstance(row, NamedSitemap)]
        else:
            outcomes = list(FrontPage(page).articles())
        for outcome in outcomes:
            to_json(outcome)


def test_a_sitemap_of_50_000_addresses_is_read_in_seconds(site: Site) -> None:
    rows = (
        loc(f"https://harbour.example/news/2024/05/07/a-story-of-the-harbour-{n}", "2024-05-07")
        for n in range(50_000)
    )
    url = put(site, "/s.xml", urlset(*rows))

    begin = time.perf_counter()
    assert sum(1 for _ in newsextract.discover(url, options=quick_options())) == 50_000
    assert in_time(time.perf_counter() - begin, 6)

    # Addresses come while the sitemap is read, and are not gathered.
    tracemalloc.start()
    for _ in zip(range(500), newsextract.discover(url, options=quick_options()), strict=False):
        pass
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 30e6, most


def test_bombs_are_refused(site: Site) -> None:
    bomb = gzip.compress(b"<urlset>" + bytes(60_000_000), 1)
    outcomes = bounded(put(site, "/s.xml.gz", bomb, "application/gzip"), 2)
    assert [failure.kind for failure in failures(outcomes)] == [FailureKind.TOO_LARGE]

    cut = gzip.compress(urlset(loc("/a")).encode())[:-9]
    outcomes = found(put(site, "/cut.xml.gz", cut, "application/gzip"))
    assert [failure.kind for failure in failures(outcomes)] == [FailureKind.TRUNCATED_BODY]


def test_pages_and_feeds_keep_the_limit_of_pages(site: Site) -> None:
    options = quick_options(max_bytes=10_000)
    feed = put(site, "/feed", rss("<link>/a</link>" + "<x>x</x>" * 2_000))
    rows = put(site, "/s.xml", urlset(loc("/a")) + " " * 20_000)

    assert [failure.kind for failure in failures(found(feed, options=options))] == [
        FailureKind.TOO_LARGE
    ]
    assert addresses(found(rows, options=options)) == ["/a"]


# The fetcher


def test_the_fetcher_takes_lists_only_where_it_is_told(site: Site) -> None:
    feed = put(site, "/feed", rss("<link>/a</link>"), "application/rss+xml")
    packed = put(site, "/s.gz", gzip.compress(b"<urlset/>"), "application/gzip")
    picture = put(site, "/picture", b"\x89PNG\r\n\x1a\n" + bytes(50), "application/xml")
    put(site, "/robots.txt", "Sitemap: /s.gz\nsitemap: https://a.example/b.xml", "text/plain")
    with Fetcher(quick_options()) as fetcher:
        with pytest.raises(newsextract.FeedInstead):
            fetcher.fetch(feed)
        with pytest.raises(newsextract.UnsupportedContent):
            fetcher.fetch(packed)
        assert fetcher.fetch(feed, accept="list").body.startswith(b"<?xml")
        assert fetcher.fetch(packed, accept="list").body == b"<urlset/>"
        assert "application/rss+xml" in site.requests[-1].headers["accept"]
        with pytest.raises(newsextract.MediaInstead, match="no feed, sitemap or page"):
            fetcher.fetch(picture, accept="list")
        assert fetcher.sitemaps(site.url("/x")) == ("/s.gz", "https://a.example/b.xml")
        assert fetcher.sitemaps("http://127.0.0.1:9/") == ()


@pytest.mark.parametrize("body", [b"", b"x", b"\xef\xbb"])
def test_short_bodies_are_handed_on(site: Site, body: bytes) -> None:
    url = put(site, "/s", body)
    with Fetcher(quick_options()) as fetcher:
        assert fetcher.fetch(url, accept="list").body == body
