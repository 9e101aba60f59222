"""What comes out is text, always the same: rows H3, H10 and H11 of the table in the README."""

import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import newsextract
from fixtures_on_disk import all_fixtures
from newsextract.serialization import to_dict

# NUL, controls of both ranges, a lone surrogate, marks of direction, isolates, zero-width
# characters, the byte order mark, tag characters, decomposed letters.
EVIL = (
    "\x00\x01\x08\x0b\x0c\x1b\x7f\x80\x85\x9f\ud800\udfff\u200b\u200e\u202a\u202e\u2066\u2069"
    "\ufeff\u00ad\u2060\U000e0041\U000e007fe\u0301"
)
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\ufeff\u00ad\U000e0000-\U000e007f]"
)


def evil(text: str) -> str:
    """Return the text with all of this between its letters, as bytes that a page may have."""
    return EVIL.join(text.split("~"))


PAGE = f"""<!doctype html><html lang="e{EVIL}n"><head><meta charset=utf-8>
<title>{evil("The ~bridge")} - Post</title>
<meta property=og:title content="{evil("The ~bridge")}">
<meta property=og:site_name content="{evil("Bridge ~Post")}">
<meta property=og:description content="{evil("A ~story")}">
<meta property=og:image content="https://post.example/{evil("a~b")}.jpg">
<meta property=article:section content="{evil("Tow~n")}">
<meta property=article:tag content="{evil("brid~ge")}">
<meta name=author content="{evil("Ann ~Lee")}">
<link rel=canonical href="https://post.example/{evil("the~bridge")}">
<script type=application/ld+json>{{"@type":"NewsArticle","headline":"{evil("The ~bridge")}",
"author":{{"@type":"Person","name":"{evil("Ann ~Lee")} \\u0000\\ud800\\u202e"}},"keywords":["{evil("ri~ver")}"],
"datePublished":"2024-05-01T10:00:00{EVIL}+02:00","articleSection":"{evil("To~wn")}",
"license":"https://post.example/{evil("lic~ence")}"}}</script></head><body>
<nav aria-label=breadcrumb class=breadcrumb><a href=/>Home</a> › <a href=/t>{evil("To~wn")}</a></nav>
<article class="{evil("sto~ry")}"><h1>{evil("The ~bridge")}</h1><p class=standfirst>{evil("It is ~open again after eleven months.")}</p>
<p class=byline>By {evil("Ann ~Lee")}</p>
<figure><img src="/p{EVIL}.jpg" width=800 height=600 alt="{evil("A ~bridge")}"><figcaption>{evil("The ~bridge on Monday. Photo: ~Bo Ek")}</figcaption></figure>
<p>{evil("The old ~harbour bridge opened again on Tuesday after ~eleven months of work, the ~city said.")}</p>
<h2>{evil("What ~comes next")}</h2>
<p>{evil("Engineers ~replaced forty cables and the whole deck, and the ~first trams crossed at dawn.")}</p>
<ul><li>{evil("One ~thing is the lamps that will follow in June.")}</li></ul>
<table><tr><th>{evil("Ye~ar")}<td>{evil("Ca~bles")}<tr><td>2024<td>{evil("40~")}</table>
<pre>{evil("x = ~1")}
  y</pre>
<blockquote>{evil("We are ~glad, said the mayor of the town on Tuesday evening.")}</blockquote>
<p>Correction: {evil("An ~earlier version of this story gave the wrong month.")}</p>
</article><aside>{evil("Read ~more")}</aside></body></html>"""


def strings(value: object, place: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield place, key
            yield from strings(inner, f"{place}.{key}")
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from strings(inner, place)


@pytest.mark.parametrize("form", ["text", "utf-8", "utf-16"])
def test_h3_no_field_holds_what_is_no_text(form: str) -> None:
    page: str | bytes = PAGE
    if form != "text":
        page = PAGE.encode(form, "surrogatepass")
    article = newsextract.extract(page, f"https://post.example/{EVIL}")
    record = to_dict(article)

    assert article.body
    assert article.title
    bad = {
        (place, ascii(text[:80]))
        for place, text in strings(record)
        if FORBIDDEN.search(text) or not unicodedata.is_normalized("NFC", text)
    }
    assert bad == set()
    json.loads(article.to_json().encode("utf-8", "strict"))
    article.to_markdown().encode("utf-8", "strict")
    article.text.encode("utf-8", "strict")


def test_h3_blocks_that_are_left_out_are_clean_too() -> None:
    page = newsextract.Page(
        body=PAGE.encode("utf-8", "surrogatepass"), url="https://post.example/a"
    )
    for removed in newsextract.extract_page(page).removed:
        assert not FORBIDDEN.search(removed.text), ascii(removed)


@pytest.mark.parametrize("url", [f"https://post.example/{EVIL}", f"nonsense{EVIL}", EVIL])
def test_h3_failures_are_clean_too(url: str) -> None:
    for call in (lambda: newsextract.extract("<p></p>", url), lambda: newsextract.scrape(url)):
        with pytest.raises(newsextract.NewsextractError) as caught:
            call()
        failure = to_dict(caught.value.failure)
        json.dumps(failure, ensure_ascii=False).encode("utf-8", "strict")
        for place, text in strings(failure):
            assert place == ".url" or not FORBIDDEN.search(text), (place, ascii(text))


PROGRAM = """
import socket, sys, builtins, pathlib
sys.path.insert(0, {tests!r})
from fixtures_on_disk import all_fixtures
import newsextract
def read(fixture):
    try:
        return newsextract.extract(
            fixture.page, fixture.meta["url"], content_type=fixture.content_type,
            fetched_at=fixture.fetched_at,
        ).to_json()
    except newsextract.NewsextractError as error:
        return error.failure.message
fixtures = all_fixtures()
read(fixtures[0])
def refused(*arguments, **settings):
    raise AssertionError("extraction reached outside")
for fixture in fixtures:
    fixture.page, fixture.meta, fixture.content_type, fixture.fetched_at
warm = [read(fixture) for fixture in fixtures]
socket.socket.connect = refused
builtins.open = refused
again = [read(fixture) for fixture in fixtures]
assert warm == again
sys.stdout.write("\\n".join(again))
"""


def test_h10_the_same_bytes_give_the_same_record_everywhere() -> None:
    program = PROGRAM.format(tests=str(Path(__file__).parent))
    source = str(Path(newsextract.__file__).parent.parent)
    processes = []
    for seed, zone, locale in (
        ("0", "UTC", "C"),
        ("1", "Asia/Tokyo", "de_DE.UTF-8"),
        ("77", "America/New_York", "tr_TR"),
    ):
        environment = {
            "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "PYTHONPATH": source,
            "PYTHONIOENCODING": "utf-8", "PATH": "/usr/bin:/bin", "HOME": "/nonexistent",
        }  # fmt: skip
        processes.append(
            subprocess.Popen(
                [sys.executable, "-c", program],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=environment,
            )
        )
    outputs = set()
    for process in processes:
        output, errors = process.communicate()
        assert process.returncode == 0, errors.decode()[-2_000:]
        outputs.add(output)

    assert len(outputs) == 1
    assert len(outputs.pop().splitlines()) == len(all_fixtures())


def read(fixture: object) -> str:
    try:
        return newsextract.extract(fixture.page, fixture.meta["url"]).to_json()  # type: ignore[attr-defined]
    except newsextract.NewsextractError as error:
        return str(error)


def test_h11_eight_threads_give_what_one_gives() -> None:
    fixtures = all_fixtures()
    alone = [read(fixture) for fixture in fixtures]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(read, fixtures * 2))

    assert together == alone * 2
