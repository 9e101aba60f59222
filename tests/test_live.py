"""Live pages: what is one, what is none, and the days of entries that show a time of day alone."""

import datetime as dt
import json
import time

import pytest

import newsextract
from newsextract.normalization.dates import Locale
from newsextract.normalization.live import read_entries
from newsextract.records import FoundEntry

INTRODUCTION = (
    "<p>The ferry to the outer islands has been stuck on a sandbank since the morning, with two "
    "hundred passengers, a brass band and eleven sheep on board. We follow the attempts to get it "
    "off again, and will stay until the last sheep is on land.</p>"
)
TEXT = (
    "The tug {} has thrown a line to the ferry, and the crew has made it fast to the bollard at "
    "the stern, from where it is to be pulled at high water."
)
CLOCKS = ["18:40", "17:15", "16:02", "15:30", "14:10", "13:05"]


def entry(clock: str, text: str) -> str:
    return f"<section class=e><div class=t>{clock}</div><h3>Tug {clock}</h3><p>{text}</p></section>"


def page(entries: str, *, title: str = "Ferry on a sandbank – live", head: str = "") -> str:
    return (
        f"<html lang=en><head><title>{title}</title><meta property='article:published_time' "
        f"content='2025-05-04T12:30:00+02:00'>{head}</head><body><h1>{title}</h1>"
        f"<div class=story>{INTRODUCTION}{entries}</div></body></html>"
    )


def test_entries_have_times_and_the_introduction_is_the_body():
    entries = "".join(entry(clock, TEXT.format(clock)) for clock in CLOCKS)

    article = newsextract.extract(page(entries))

    assert [f"{each.time:%H:%M}" for each in article.entries] == CLOCKS
    assert {each.time.date() for each in article.entries} == {dt.date(2025, 5, 4)}
    assert [each.body for each in article.entries] == [TEXT.format(clock) for clock in CLOCKS]
    assert article.body.startswith("The ferry to the outer islands")
    assert "bollard" not in article.body
    assert "bollard" in article.text
    assert "## 2025-05-04 18:40" in article.to_markdown()
    assert article.sources["entries"].source == "dom:live"
    removed = newsextract.extract_page(newsextract.Page(body=page(entries).encode())).removed
    assert sum(block.step == "live" for block in removed) >= len(CLOCKS)


@pytest.mark.parametrize(
    "clocks",
    [
        ["18.40 Uhr", "17.15 Uhr", "16.02 Uhr"],
        ["6:40pm", "5:15 p.m.", "4.02pm"],
        ["18h40", "17h15", "16h02"],
        ["18時40分", "17時15分", "16時02分"],
        ["18시 40분", "17시 15분", "16시 02분"],
        ["١٨:٤٠", "١٧:١٥", "١٦:٠٢"],
        ["kl. 18.40", "kl. 17.15", "kl. 16.02"],
    ],
)
def test_times_of_day_in_many_forms(clocks):
    entries = "".join(entry(clock, TEXT.format("Ada")) for clock in clocks)

    article = newsextract.extract(page(entries))

    assert [f"{each.time:%H:%M}" for each in article.entries] == ["18:40", "17:15", "16:02"]


@pytest.mark.parametrize(
    "row", ["{} – {}<br><br>", "<b>{} Uhr</b><br><br>{}<br><br>", "<div>{}</div>{}<hr>"]
)
def test_entries_that_have_no_box_of_their_own_are_parted_by_their_times(row):
    entries = "".join(row.format(clock, TEXT.format(clock)) for clock in CLOCKS)

    article = newsextract.extract(page(f"<div>{entries}</div>"))

    assert [f"{each.time:%H:%M}" for each in article.entries] == CLOCKS
    assert [each.body for each in article.entries] == [TEXT.format(clock) for clock in CLOCKS]


@pytest.mark.parametrize(
    "title",
    [
        "Ferry on a sandbank", "Fähre auf Sandbank im Liveticker", "Le ferry échoué, en direct",
        "El ferri encallado, minuto a minuto", "Balsa encalhada: ao vivo", "Traghetto, la diretta",
        "Паром на мели: онлайн", "مباشر: العبارة عالقة", "渡轮搁浅：实时更新",
        "フェリー座礁【速報】",
    ],
)  # fmt: skip
def test_few_entries_need_a_word_that_says_live(title):
    entries = "".join(entry(clock, TEXT.format("Ada")) for clock in CLOCKS[:3])

    found = newsextract.extract(page(entries, title=title)).entries

    assert len(found) == (0 if title == "Ferry on a sandbank" else 3)


def test_an_introduction_that_is_missing_leaves_the_body_as_it_was():
    entries = "".join(entry(clock, TEXT.format(clock)) for clock in CLOCKS)

    article = newsextract.extract(page(entries).replace(INTRODUCTION, ""))

    assert len(article.entries) == 6
    assert article.entries_apart == ()
    assert article.body.count("bollard") == 6 == article.text.count("bollard")


@pytest.mark.parametrize(
    "mark",
    [
        "<p><b>Ann Lee 18:{}</b></p><p>{}</p>",
        "<p>{}, page 12</p><p>{}</p>",
        "<p><b>Question {}: How is it?</b></p><p>{}</p>",
        "<article><h3><a href=/s{0}>Tug number {0} is on its way to the sandbank</a></h3>"
        "<span>18:{0}</span><p>{1}</p></article>",
        "<div class=comment><b>Reader</b><span>18:{}</span><p>{}</p></div>",
    ],
    ids=["names out of order", "pages", "interview", "list of stories", "comments"],
)
def test_what_is_no_live_page(mark):
    numbers = [10, 50, 20, 40, 15, 45, 30, 12] if "Ann Lee" in mark else range(10, 18)
    pieces = "".join(mark.format(number, TEXT.format(number)) for number in numbers)

    assert newsextract.extract(page(pieces, title="Ferry on a sandbank")).entries == ()


def test_json_ld_and_page_make_one_list():
    updates = [
        {"@type": "BlogPosting", "headline": f"Tug {clock}", "articleBody": "The tug …",
         "datePublished": f"2025-05-04T{clock}:27+02:00", "author": {"name": "Ann Lee"}}
        for clock in CLOCKS
    ]  # fmt: skip
    stated = {"@type": "LiveBlogPosting", "headline": "Ferry", "liveBlogUpdate": updates}
    head = f"<script type='application/ld+json'>{json.dumps(stated)}</script>"
    entries = "".join(entry(clock, TEXT.format(clock)) for clock in CLOCKS)

    article = newsextract.extract(page(entries, head=head))

    assert [each.time.second for each in article.entries] == [27] * 6
    assert {each.authors for each in article.entries} == {("Ann Lee",)}
    assert [each.body for each in article.entries] == [TEXT.format(clock) for clock in CLOCKS]


def found(*times: str) -> list[FoundEntry]:
    return [
        FoundEntry(time=time, title=None, authors=(), body="Text.", source="dom:live")
        for time in times
    ]


def times(entries: list[FoundEntry], published: str, modified: str) -> list[str]:
    moments = [dt.datetime.fromisoformat(each) for each in (published, modified)]
    return [
        str(each.time) for each in read_entries(entries, Locale("de"), [], moments[0], moments[1])
    ]


def test_newest_first_is_counted_back_from_the_last_change():
    entries = found("00:20 Uhr", "23.50 Uhr", "08:00 Uhr", "21.15 Uhr")

    assert times(entries, "2025-02-01T10:00:00+01:00", "2025-02-09T00:30:00+01:00") == [
        "2025-02-09 00:20:00+01:00",
        "2025-02-08 23:50:00+01:00",
        "2025-02-08 08:00:00+01:00",
        "2025-02-07 21:15:00+01:00",
    ]


def test_oldest_first_is_counted_on_from_the_publication():
    entries = found("21:15", "23:50", "00:20")

    assert times(entries, "2025-02-01T21:00:00+00:00", "2025-02-09T00:30:00+00:00") == [
        "2025-02-01 21:15:00",
        "2025-02-01 23:50:00",
        "2025-02-02 00:20:00",
    ]


def test_an_entry_with_a_day_tells_that_of_those_beside_it():
    entries = found("2025-02-03T07:00:00+01:00", "06:30", "")

    assert times(entries, "2025-02-01T21:00:00+01:00", "2025-02-09T00:30:00+01:00") == [
        "2025-02-03 07:00:00+01:00",
        "2025-02-03 06:30:00+01:00",
        "None",
    ]


@pytest.mark.parametrize(
    "pieces",
    [
        entry("10:42", TEXT) * 6_000,
        "".join(f"<p>10:{n % 60:02}</p>" for n in range(15_000)),
        "<div>10:42 " * 3_000,
        "".join(f"<div class=c{n % 900}><b>{n % 24}:30</b> x</div>" for n in range(9_000)),
        "<ul>" + "<h2>Tug</h2><p>On its way</p>11:30<p>Here</p>" * 3_000,
    ],
)
def test_a_hostile_page_takes_no_longer_than_its_length(pieces):
    source = newsextract.Page(body=page(INTRODUCTION + pieces).encode())
    start = time.perf_counter()
    newsextract.extract_page(source)

    assert time.perf_counter() - start < 4
