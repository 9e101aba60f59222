"""Datelines and credits of agencies: what opens a story, and what only looks like it."""

import time

import pytest

import newsextract
from newsextract.extraction.datelines import dateline_of, is_line_of_date

STORY = [
    "The harbour will be closed to sailing boats on Sunday, because the seals have come back and "
    "are asleep on the slipway. The harbour master counted forty of them before breakfast.",
    "Nobody is allowed to wake them. Boats may be carried past on foot, if those who carry them "
    "take off their shoes, and the regatta has been moved to the lake until further notice.",
]


def page(opening: str = "", *, below: str = "", byline: str = "", head: str = "") -> str:
    return (
        f"<html lang=en><head><title>Harbour closed</title>{head}</head><body><article>"
        f"<h1>Harbour closed for seals</h1>{byline}<p>{opening}{STORY[0]}</p>"
        f"<p>{STORY[1]}</p>{below}</article></body></html>"
    )


@pytest.mark.parametrize(
    ("text", "dateline", "agencies"),
    [
        ("LONDON (Reuters) - The harbour", "LONDON (Reuters)", ["Reuters"]),
        ("MARLOW, Ga. (AP) — The harbour", "MARLOW, Ga. (AP)", ["AP"]),
        ("SEOUL, May 5 (Yonhap) -- The harbour", "SEOUL, May 5 (Yonhap)", ["Yonhap"]),
        ("BERLIN, 3. Mai (dpa) – Der Hafen", "BERLIN, 3. Mai (dpa)", ["dpa"]),
        ("Frankfurt/Main (dpa) - Der Hafen", "Frankfurt/Main (dpa)", ["dpa"]),
        ("Kiel/Bern (dpa/sda) – Der Hafen", "Kiel/Bern (dpa/sda)", ["dpa", "sda"]),
        ("Madrid, 5 may (EFE).- El puerto", "Madrid, 5 may (EFE)", ["EFE"]),
        ("(ANSA) - ROMA, 05 MAG - Il porto", "(ANSA) - ROMA, 05 MAG", ["ANSA"]),
        ("MARLOW, March 3 (Newsdesk) — The harbour", "MARLOW, March 3 (Newsdesk)", []),
        ("NEW DELHI: The harbour", "NEW DELHI", []),
        ("PUTRAJAYA, Nov 22 — The harbour", "PUTRAJAYA, Nov 22", []),
        ("İSTANBUL (AA) - Liman", "İSTANBUL (AA)", ["Anadolu"]),
        ("МОСКВА, 5 мая. /ТАСС/. Порт", "МОСКВА, 5 мая. /ТАСС/", ["TASS"]),
        ("Москва. 5 мая. INTERFAX.RU - Порт", "Москва. 5 мая.", ["Interfax"]),
        ("नई दिल्ली, 5 मई (भाषा) बंदरगाह", "नई दिल्ली, 5 मई (भाषा)", ["PTI"]),
        ("القاهرة (رويترز) - قالت", "القاهرة (رويترز)", ["Reuters"]),
        ("【東京=共同】港は", "東京=共同", ["Kyodo"]),
        ("【ロンドン時事】港は", "ロンドン時事", ["Jiji"]),
        ("［ワシントン 5日 ロイター］ - 港は", "ワシントン 5日 ロイター", ["Reuters"]),
        ("(서울=연합뉴스) 홍길동 기자 = 항구는", "서울=연합뉴스", ["Yonhap"]),
        ("新华社北京5月5日电（记者）港口", "新华社北京5月5日电", ["Xinhua"]),
        ("（中央社記者王大明台北5日電）港口", "中央社記者王大明台北5日電", ["CNA"]),
        ("(AFP) – Le port", "", ["AFP"]),
    ],
)
def test_datelines(text, dateline, agencies):
    assert dateline_of(text) == (dateline, tuple(agencies))


@pytest.mark.parametrize(
    "text",
    [
        "UPDATE - The harbour is closed", "EXCLUSIVE: The harbour", "VIDEO — Seals asleep",
        "ANN LEE: I think that seals are", "NASA — The agency", "Ann Lee (AP) said that",
        "Berlin – Die Stadt schläft", "Meta (formerly Facebook) said", "Question: Why seals?",
        "The AP (founded 1846) - an agency", "I (Ann) — yes", "5. Mai 2025 – Der Hafen",
        "(Symbolbild) – Der Hafen", "【写真】港のアザラシ", "[단독] 항구는", "（写真＝",
    ],
)  # fmt: skip
def test_what_is_no_dateline(text):
    assert dateline_of(text) is None


def test_the_dateline_stays_in_the_body():
    article = newsextract.extract(page("MARLOW, Ga. (AP) — "))

    assert article.dateline == "MARLOW, Ga. (AP)"
    assert article.agencies == ("AP",)
    assert article.body.startswith("MARLOW, Ga. (AP) — The harbour")


def test_names_in_capitals_of_an_interview_are_no_dateline():
    below = "".join(f"<p>{name}: {STORY[1]}</p>" for name in ("MIRROR", "MOSSWOOD", "MIRROR"))

    assert newsextract.extract(page("MIRROR: ", below=below)).dateline is None


@pytest.mark.parametrize(
    ("below", "agencies"),
    [
        ("<p>(dpa)</p>", ("dpa",)),
        ("<p>Quelle: dpa/AFP</p>", ("dpa", "AFP")),
        ("<p>© 2025 AFP</p>", ("AFP",)),
        ("<p>Con información de EFE y Reuters</p>", ("EFE", "Reuters")),
        ("<p>(With inputs from PTI)</p>", ("PTI",)),
        ("<p>来源：新华社</p>", ("Xinhua",)),
        ("<p>All of them were photographed from the pier. (Reuters)</p>", ("Reuters",)),
        ("<figure><figcaption>A seal. Photo: Reuters</figcaption></figure>", ()),
        ("<h2>Reuters moves its office to the harbour</h2><p>More on this tomorrow.</p>", ()),
        ("<p>Reuters has reported that the seals will be asked to leave the harbour.</p>", ()),
        ("<p>Ann Lee/AFP</p>", ()),
        ("<p>AFP / Ann Lee</p>", ()),
        ("<p>al/dpa</p>", ("dpa",)),
        ("<div class=tags><a href=/t>Reuters</a></div>", ()),
    ],
)
def test_credits_below_a_story(below, agencies):
    assert newsextract.extract(page(below=below)).agencies == agencies


def test_agencies_in_bylines_and_metadata():
    stated = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Harbour closed", '
        '"author": {"@type": "Organization", "name": "Agence France-Presse"}}</script>'
    )
    assert newsextract.extract(page(head=stated)).agencies == ("AFP",)
    assert newsextract.extract(page(byline="<p class=byline>By Ann Lee, AP</p>")).agencies == (
        "AP",
    )
    assert newsextract.extract(page(byline="<p class=byline>By Jonas Reuter</p>")).agencies == ()
    assert newsextract.extract(page(head="<meta name=source content=新华社>")).agencies == (
        "Xinhua",
    )


@pytest.mark.parametrize(
    "line",
    [
        "Hamburg, 2. November 2025", "28.04.2025 - 07:18 | Quelle: dpa | Lesedauer 4 min.",
        "Gespeichert von Ada am 7. Juli 2025 - 18:44", "2025年6月18日 10:01 発信地：白波/北の県",
        "27 octobre 2025 à 18:27 (Mis à jour: 19:56)", "Latest updated October 3rd, 2025.",
        "Madrid, 5 de mayo de 2025", "2025. 5. 3. 오후 2:10 2025년 5월 3일", "Marlow | 05/03/2025",
    ],
)  # fmt: skip
def test_lines_of_date_and_place(line):
    assert is_line_of_date(line)


@pytest.mark.parametrize(
    "line",
    [
        "Forty seals have been asleep on the slipway since 3 May 2025, and nobody may wake them.",
        "The 12 best harbours of 2025", "A harbour for 2.5 million seals", "Costs rise by 12.5.",
        "On 3 May 2025 the harbour master counted forty seals before breakfast, and one walrus.",
    ],
)  # fmt: skip
def test_other_lines_with_numbers(line):
    assert not is_line_of_date(line)


@pytest.mark.parametrize("piece", ["A", "A ", "AB-", "A, ", "(A", "1 May ", "新华社", "1.", "a(b)"])
def test_no_text_takes_long_whatever_it_is_made_of(piece):
    text = (piece * 4_000)[:4_000]
    start = time.perf_counter()
    for _ in range(20):
        dateline_of(text)
        is_line_of_date(text[:160])

    assert (time.perf_counter() - start) / 20 < 0.01
