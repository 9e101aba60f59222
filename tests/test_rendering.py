"""Pages that a browser builds, in a real Chromium, against servers on loopback."""

import contextlib
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpcore
import pytest

import newsextract
from hostile_server import Flipping, free_options, slowness
from newsextract.errors import MissingExtra, RenderingFailed, TooLarge
from newsextract.fetching import Fetcher
from newsextract.fetching.rendering import installed_browser
from newsextract.options import Access, Options
from servers import Exchange, Site, running_site

pytest.importorskip("playwright", reason="needs newsextract[render]")
pytestmark = pytest.mark.skipif(installed_browser() is None, reason="no Chromium is installed")

SHELL = b"""<!doctype html><html lang=en><head><title>Lighthouse to be moved</title></head>
<body><div id=root></div><script src=/app.js></script></body></html>"""
TEXT = [
    "The old lighthouse at Cape Marrow will be moved two hundred metres inland before winter.",
    "Its foundation stands nine metres from the edge of the cliff, an engineer told the council.",
    "The move will cost three million and take two months, if the weather lets the cranes work.",
]
STORY = json.dumps({"title": "Lighthouse to be moved", "text": TEXT}).encode()
APP = b"""
fetch('/api/story').then(answer => answer.json()).then(story => {
  document.getElementById('root').innerHTML = '<article><h1>' + story.title + '</h1>' +
    story.text.map(text => '<p>' + text + '</p>').join('') + '</article>';
});
"""


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as running:
        running.page("/story", SHELL)
        running.page("/app.js", APP, headers={"Content-Type": "text/javascript"})
        running.page("/api/story", STORY, headers={"Content-Type": "application/json"})
        yield running


def test_a_shell_is_an_article_once_a_browser_has_built_it(site: Site) -> None:
    url = site.url("/story")
    with pytest.raises(newsextract.ExtractionError):
        newsextract.scrape(url, options=free_options())
    for render in ("auto", "always"):
        article = newsextract.scrape(url, options=free_options(render=render))
        assert article.title == "Lighthouse to be moved"
        assert article.body.split("\n\n") == TEXT


def test_auto_starts_no_browser_for_a_page_that_has_its_text(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    paragraphs = "".join(f"<p>{text}</p>" for text in TEXT)
    html = f"<!doctype html><title>A</title><article><h1>A</h1>{paragraphs}</article>"
    url = site.page("/plain", html.encode() + b"<script src=/app.js></script>")
    monkeypatch.setenv("PATH", "")
    article = newsextract.scrape(url, options=free_options(render="auto"))

    assert article.body.split("\n\n") == TEXT
    assert site.paths() == ["/plain"]


def test_the_page_says_that_it_was_rendered_and_keeps_where_it_is_from(site: Site) -> None:
    url = site.redirect("/old", "/story")
    with Fetcher(free_options(render="always")) as fetcher:
        page = fetcher.fetch(url)

    assert page.rendered
    assert page.url == url
    assert page.final_url == site.url("/story")
    assert page.redirects == (url,)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    # The page itself is not asked for again.
    assert site.paths()[:2] == ["/old", "/story"]
    assert site.paths().count("/story") == 1


def test_the_browser_reaches_nothing_but_through_the_guarded_connections(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = httpcore.AnyIOBackend.connect_tcp

    async def connect_here(self: Any, host: str, port: int, *arguments: Any) -> Any:
        assert host == "93.184.216.34"
        return await connect(self, "127.0.0.1", site.port, *arguments)

    monkeypatch.setattr(httpcore.AnyIOBackend, "connect_tcp", connect_here)
    with running_site() as inside:
        secret = f"http://127.0.0.1:{inside.port}"
        attack = f"""
        const u = '{secret}';
        fetch(u + '/fetch', {{mode: 'no-cors'}}).catch(() => 0);
        new Image().src = u + '/image';
        navigator.sendBeacon(u + '/beacon', 'x');
        try {{ new WebSocket('ws://127.0.0.1:{inside.port}/socket') }} catch (e) {{}}
        try {{ new EventSource(u + '/events') }} catch (e) {{}}
        for (const [tag, key] of [['iframe', 'src'], ['script', 'src'], ['link', 'href'],
                                  ['object', 'data'], ['embed', 'src'], ['video', 'src']]) {{
          const element = document.createElement(tag);
          element[key] = u + '/' + tag;
          if (tag === 'link') element.rel = 'prefetch';
          document.body.append(element);
        }}
        const near = document.createElement('link');
        near.rel = 'preconnect'; near.href = u; document.head.append(near);
        document.body.append('The script has come to its end.');
        """
        html = f"<!doctype html><body><script>{attack}</script></body>"
        site.page("/story", html.encode())
        options = Options(gap=0, render="always")
        with Fetcher(options, resolve=Flipping(["93.184.216.34"])) as fetcher:
            page = fetcher.fetch("http://public.example/story")

        assert b"come to its end" in page.body
        assert inside.requests == []
        assert inside.connections == []


def test_what_is_for_one_origin_stays_there_in_the_browser_too(site: Site) -> None:
    with running_site() as other:
        allow = {"Access-Control-Allow-Origin": "*", "Content-Type": "text/javascript"}
        other.page("/far.js", b"window.far = 1", headers=allow)
        site.page("/near.js", b"window.near = 1", headers={"Content-Type": "text/javascript"})
        scripts = f"<script src=/near.js></script><script src={other.url('/far.js')}></script>"
        url = site.page("/", f"<!doctype html><p>x</p>{scripts}".encode())
        access = Access(origin=site.url("").rstrip("/"), headers={"X-Api-Key": "secret"})
        with Fetcher(free_options(render="always", access=(access,))) as fetcher:
            fetcher.fetch(url)

        assert {request.headers.get("x-api-key") for request in site.requests} == {"secret"}
        assert other.paths() == ["/far.js"]
        assert "x-api-key" not in other.requests[0].headers


@pytest.mark.parametrize(
    ("script", "error", "match"),
    [
        ("while (true) {}", RenderingFailed, "did not show the page within 2 seconds"),
        ("document.body.append('x'.repeat(6e6))", TooLarge, "5,000,000"),
    ],
)
def test_what_scripts_may_take_is_limited(
    site: Site, script: str, error: type[Exception], match: str
) -> None:
    url = site.page("/", f"<!doctype html><body><script>{script}</script></body>".encode())
    timeout = 2 if error is RenderingFailed else 20 * slowness()
    with (
        Fetcher(free_options(render="always", timeout=timeout)) as fetcher,
        pytest.raises(error, match=match),
    ):
        fetcher.fetch(url)


def test_a_page_that_asks_without_end_is_cut_off(site: Site) -> None:
    script = (
        "let n = 0; const ask = () => fetch('/n' + n++).finally(ask); for (let i=0;i<9;i++) ask()"
    )
    url = site.page("/", f"<!doctype html><p>Here.</p><script>{script}</script>".encode())
    with Fetcher(free_options(render="always", timeout=8)) as fetcher:
        assert b"Here." in fetcher.fetch(url).body
    assert len(site.requests) <= 202


def test_a_script_that_never_answers_does_not_hold_the_page_up_for_ever(site: Site) -> None:
    stop = threading.Event()
    site.handle("/slow.js", lambda _: stop.wait(20) and None)
    html = b"<!doctype html><p>Before.</p><script async src=/slow.js></script><p>After.</p>"
    with Fetcher(free_options(render="always", timeout=6)) as fetcher:
        page = fetcher.fetch(site.page("/", html))
    stop.set()
    assert b"After." in page.body


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="no /proc to count in")
def test_one_browser_serves_many_pages_and_ends_with_the_fetcher(site: Site) -> None:
    def browsers() -> int:
        count = 0
        for process in Path("/proc").glob("[0-9]*/cmdline"):
            with contextlib.suppress(OSError):
                command = process.read_bytes()
                count += b"MAP * ~NOTFOUND" in command and b"--type=" not in command
        return count

    before = browsers()
    with Fetcher(free_options(render="always")) as fetcher:
        for _ in range(3):
            assert TEXT[0].encode() in fetcher.fetch(site.url("/story")).body
        assert browsers() == before + 1
    assert browsers() == before


def test_a_missing_browser_is_told(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", "/nonexistent")
    with (
        Fetcher(free_options(render="always")) as fetcher,
        pytest.raises(MissingExtra, match="needs Chromium"),
    ):
        fetcher.fetch(site.url("/story"))


def test_the_command_line_renders(site: Site) -> None:
    command = Path(sys.executable).with_name("newsextract")
    result = subprocess.run(
        [command, "--allow-private", "--render", "auto", "-f", "json", site.url("/story")],
        capture_output=True, timeout=120, check=False,
    )  # fmt: skip

    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)["body"].split("\n\n") == TEXT


def test_a_shell_is_explained_as_a_browser_has_built_it(site: Site, tmp_path: Path) -> None:
    command = Path(sys.executable).with_name("newsextract")
    report = tmp_path / "report.json"
    result = subprocess.run(
        [command, "explain", "--allow-private", "--render", "auto", "-o", report,
         site.url("/story")],
        capture_output=True, timeout=120, check=False,
    )  # fmt: skip

    assert result.returncode == 0, result.stderr
    explanation = newsextract.Explanation.from_json(report.read_bytes())
    assert [each.text for each in explanation.decisions if each.fate == "kept"] == TEXT


NEVER_BUILT = b"""<!doctype html><html lang=en><head><title>Tide tables</title></head>
<body><div id=root></div><script src=/broken.js></script></body></html>"""


def test_a_batch_renders_the_shells_among_its_addresses(site: Site, tmp_path: Path) -> None:
    paragraphs = "".join(f"<p>{text}</p>" for text in TEXT)
    plain = f"<!doctype html><title>A pier</title><article><h1>A pier</h1>{paragraphs}</article>"
    urls = [
        site.url("/story"),
        site.page("/plain", plain.encode()),
        site.page("/never", NEVER_BUILT),
        site.page(
            "/huge", SHELL.replace(b"src=/app.js>", b">document.body.append('x'.repeat(6e6))")
        ),
        site.redirect("/old", "/story"),
        site.url("/story"),
        site.url("/gone"),
    ]
    addresses, output = tmp_path / "addresses.txt", tmp_path / "out.jsonl"
    addresses.write_text("\n".join(urls))
    command = Path(sys.executable).with_name("newsextract")
    done = subprocess.run(
        [command, "batch", addresses, "-o", output, "--workers", "1", "--allow-private",
         "--gap", "0", "--render", "auto"],
        capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr

    rows = [json.loads(line) for line in output.read_bytes().splitlines()]
    assert [row.get("kind") for row in rows[2:4]] == ["needs_javascript", "too_large"]
    assert [row["url"] for row in rows[2:4]] == urls[2:4]
    assert rows[6]["kind"] == "not_found"
    for at in (0, 1, 4, 5):
        assert rows[at]["requested_url"] == urls[at]
        assert rows[at]["body"].split("\n\n") == TEXT
    # Each page was asked for once for each of its lines: what is built is what has come.
    pages = [path for path in site.paths() if path in ("/story", "/plain", "/never", "/old")]
    assert sorted(pages) == ["/never", "/old", "/plain", "/story", "/story", "/story"]


def test_many_pages_at_once_are_rendered_where_they_need_it(site: Site) -> None:
    def answer(exchange: Exchange) -> None:
        exchange.answer(SHELL)

    urls = [site.handle(f"/{number}", answer) for number in range(3)]
    for _ in range(3):
        outcomes = list(newsextract.scrape_many(urls, options=free_options(render="auto")))
        if all(outcome.type == "article" for outcome in outcomes):
            break
        # Again: on a busy machine a page may not be built in the seconds that it has.
    assert [type(outcome) for outcome in outcomes] == [newsextract.Article] * 3
