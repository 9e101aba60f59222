"""Corrections and paid content: what says so, and what merely speaks of it."""

import datetime as dt
import json
import re._parser as patterns
import time

import pytest

import newsextract
from newsextract.extraction import notes
from test_lines import ANYTHING, openings

STORY = [
    "The lighthouse of Sandby will be painted again, and this time the town may choose. The "
    "council has put three shades of red on the door of the library and asks for opinions.",
    "The last painting took two summers, because the painters had to come down whenever a ship "
    "was near. The keeper says that he does not mind the noise, but that he minds the smell.",
    "Votes are counted at the end of the month. Should two shades have the same number, the older "
    "one is taken, since there is still a tin of it in the cellar of the lighthouse.",
]


def page(*, above: str = "", below: str = "", head: str = "") -> str:
    story = "".join(f"<p>{paragraph}</p>" for paragraph in STORY)
    return (
        f"<html lang=en><head><title>Lighthouse to be painted</title>{head}</head><body>"
        f"<div class=page><article>{above}<h1>Lighthouse to be painted</h1>"
        f"<div class=text>{story}{below}</div></article></div></body></html>"
    )


@pytest.mark.parametrize(
    "note",
    [
        "Correction: The painter is called Ida Moss, not Ada Moss.",
        "CORRECTION (3 May 2025): The tower is 31 metres high.",
        "This article was amended on 3 May 2025 to correct the height of the tower.",
        "• This article was amended on 3 May 2025. An earlier version said the tower was square.",
        "An earlier version of this story misstated the height of the tower.",
        "Editor’s note: This story has been updated to include a reply of the keeper.",
        "This headline was changed on Monday to reflect that the colour is not decided yet.",
        "Korrektur: Der Turm ist 31 Meter hoch, nicht 13.",
        "In einer früheren Version dieses Artikels hieß es, der Turm sei 13 Meter hoch.",
        "Anmerkung der Redaktion: In einer ersten Fassung stand ein falscher Name.",
        "Rectificatif : la tour mesure 31 mètres et non 13.",
        "Une première version de cet article indiquait que la tour mesurait 13 mètres.",
        "Fe de errores: la torre mide 31 metros y no 13, como se decía.",
        "Una versión anterior de este artículo decía que la torre mide 13 metros.",
        "Errata: a torre mede 31 metros, e não 13.",
        "Este texto foi corrigido: a torre mede 31 metros.",
        "Errata corrige: la torre è alta 31 metri e non 13.",
        "In een eerdere versie van dit artikel stond dat de toren 13 meter hoog is.",
        "Rättelse: Tornet är 31 meter högt, inte 13.",
        "Sprostowanie: wieża ma 31 metrów wysokości, a nie 13.",
        "Исправление: высота башни 31 метр, а не 13.",
        "В предыдущей версии этой статьи была указана неверная высота башни.",
        "Düzeltme: Kulenin yüksekliği 13 değil 31 metredir.",
        "تصحيح: يبلغ ارتفاع البرج 31 مترا وليس 13 كما ورد.",
        "اصلاحیه: ارتفاع برج سی و یک متر است نه سیزده متر.",
        "תיקון: גובה המגדל הוא 31 מטרים ולא 13 כפי שנכתב.",
        "भूल सुधार: मीनार की ऊंचाई 31 मीटर है, 13 नहीं।",
        "सुधार: मीनार की ऊंचाई 31 मीटर है, 13 नहीं।",
        "Helyreigazítás: a torony 31 méter magas, nem 13.",
        "Erată: turnul are 31 de metri, nu 13.",
        "แก้ไข: หอคอยสูง 31 เมตร ไม่ใช่ 13 เมตร",
        "Đính chính: Ngọn tháp cao 31 mét chứ không phải 13 mét.",
        "Ralat: Tinggi menara ialah 31 meter dan bukan 13 meter.",
        "訂正：灯台の高さは十三メートルではなく三十一メートルでした。",
        "【訂正】当初の記事で灯台の高さを誤っていました。おわびします。",
        "（追記 2025/5/3：灯台の高さに誤りがあったため、記事の一部を修正しました）",
        "更正：灯塔高度应为三十一米，此前误写为十三米，特此更正说明。",
        "[정정] 등대의 높이는 13미터가 아니라 31미터로 확인됐습니다.",
    ],
)
def test_a_correction_is_a_field_and_not_in_the_body(note):
    for at_the_end in (f"<p>{note}</p>", f"<p class=note><em>{note}</em></p>"):
        article = newsextract.extract(page(below=at_the_end))

        assert [each.text for each in article.corrections] == [note]
        assert article.body.split("\n\n") == STORY
        assert article.sources["corrections"].raw == note


@pytest.mark.parametrize(
    "paragraph",
    [
        "A correction of the plans was needed after the mason had found a second cellar.",
        "The report was corrected by the ministry on Monday, after the keeper had complained.",
        "Corrections officers from the county will help to carry the tins up the stairs.",
        "This article of the constitution was amended in 1951 and has never been read since.",
        "This article originally appeared in The Sandby Quarterly and is printed with leave.",
        "The article was updated on Monday at noon, said the librarian who had written it.",
        "Eine Korrektur der Pläne ist nach Ansicht des Wärters nicht mehr zu bezahlen.",
        "La correction du plan a coûté plus cher que la peinture, selon le gardien du phare.",
        "Исправление ошибок заняло у строителей целое лето, сказал смотритель маяка.",
        "訂正の必要はないと灯台守は話し、はしごを上って鐘を鳴らした。",
    ],
)
def test_a_paragraph_that_speaks_of_a_correction_is_none(paragraph):
    assert newsextract.extract(page(below=f"<p>{paragraph}</p>")).corrections == ()


def test_a_date_is_that_of_the_correction():
    note = "This article was amended on 3 May 2025 to correct the year of the fire of 1 May 1910."

    article = newsextract.extract(page(below=f"<p>{note}</p>"))

    assert article.corrections[0].date == dt.date(2025, 5, 3)


def test_a_heading_may_say_that_a_correction_follows():
    note = "The tower is 31 metres high, and its first keeper was called Moss, not Ross."
    below = f"<h4>Corrections and clarifications</h4><p>{note}</p>"

    article = newsextract.extract(page(below=below))

    assert [each.text for each in article.corrections] == [note]
    assert article.body.split("\n\n") == STORY


@pytest.mark.parametrize(
    "stated",
    [
        "The tower is 31 metres high.",
        {"@type": "CorrectionComment", "text": "The tower is 31 metres high.",
         "datePublished": "2025-05-03"},
        [{"@type": "CorrectionComment", "text": "The tower is 31 metres high."}],
    ],
)  # fmt: skip
def test_a_correction_in_json_ld(stated):
    thing = {"@type": "NewsArticle", "headline": "Lighthouse", "correction": stated}
    head = f"<script type='application/ld+json'>{json.dumps(thing)}</script>"

    for below in ("", "<p>Correction: The tower is 31 metres high.</p>"):
        corrections = newsextract.extract(page(head=head, below=below)).corrections

        assert len(corrections) == 1
        assert corrections[0].text.endswith("The tower is 31 metres high.")
        assert (corrections[0].date == dt.date(2025, 5, 3)) == isinstance(stated, dict)


@pytest.mark.parametrize(
    "label",
    [
        "Sponsored", "Sponsored content", "Paid post", "Presented by Moss & Sons", "Advertorial",
        "Anzeige", "Bezahlter Inhalt", "Contenu sponsorisé", "Publi-rédactionnel",
        "Contenido patrocinado", "Conteúdo patrocinado", "Contenuto sponsorizzato",
        "Annonsørinnhold", "Materiał sponsorowany", "На правах рекламы", "Sponsorlu içerik",
        "محتوى ممول", "प्रायोजित", "广告", "記事広告", "PR", "유료광고",
    ],
)  # fmt: skip
def test_a_label_above_the_headline_says_that_a_story_is_paid_for(label):
    article = newsextract.extract(page(above=f"<span class=kicker>{label}</span>"))

    assert article.sponsored == label


@pytest.mark.parametrize(
    "above",
    [
        "<div class=kicker>Sponsored by nobody: the first play in the new theatre</div>",
        "<div class='ad-slot banner'><span>Advertisement</span></div>",
        "<p>Advertisement</p><p>Town</p>",
        "<span>Town</span>",
    ],
)
def test_other_lines_above_the_headline_do_not(above):
    assert newsextract.extract(page(above=above)).sponsored is None


def test_an_advertisement_elsewhere_is_not_the_label_of_the_story():
    html = page(below="<p>Sponsored</p><p>Paid content</p>")
    html = html.replace("<div class=page>", "<p>Sponsored content</p><div class=page>")

    assert newsextract.extract(html).sponsored is None


def test_paid_content_as_stated_for_machines():
    thing = {"@type": ["NewsArticle", "AdvertiserContentArticle"], "headline": "Lighthouse"}
    head = f"<script type='application/ld+json'>{json.dumps(thing)}</script>"

    assert newsextract.extract(page(head=head)).sponsored == "AdvertiserContentArticle"
    assert newsextract.extract(page(head="<meta name=sponsored content=true>")).sponsored
    assert newsextract.extract(page(head="<meta name=sponsored content=false>")).sponsored is None


def test_every_opening_of_a_correction_is_known():
    found = set()
    for pattern in (notes._named(), notes._CHANGED, notes._noted(), notes._heading()):
        found |= openings(patterns.parse(pattern.pattern))
    latin = {each for each in found if each[:1] < notes._LATIN and each[:1] != ANYTHING}

    assert latin == notes._OPENINGS


@pytest.mark.parametrize(
    "piece",
    ["correction ", "update 1 ", "this article was updated to ", "1:11 ", "(", "記事", "，"],
)
def test_no_text_takes_long_whatever_it_is_made_of(piece):
    html = page(below=f"<p>correction {(piece * 4_000)[:4_000]}</p>" * 20)
    start = time.perf_counter()
    newsextract.extract_page(newsextract.Page(body=html.encode()))

    assert time.perf_counter() - start < 2
