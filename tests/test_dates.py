"""Dates: read in the world's languages, chosen among what a page states and shows."""

import datetime as dt
import json
import time

import pytest

import newsextract
from commands import printed_by
from newsextract.normalization.date_options import date_options
from newsextract.normalization.dates import Locale, read_date, read_relative
from newsextract.records import Candidate

NOW = dt.datetime(2026, 11, 5, 12, 0, tzinfo=dt.UTC)
STORY = "".join(
    f"<p>{text}</p>"
    for text in (
        "The harbour board voted on Tuesday evening to close the old ferry slip for the winter, "
        "after two of its wooden piles were found to be hollow from end to end.",
        "Divers who looked at the slip last month told the board that the piles might stand for "
        "another year, or might not see the next spring tide.",
        "The ferry will leave from the fish quay until April, which adds nine minutes to a "
        "crossing of forty, and the timetable on both shores will be changed on Monday.",
        "Nobody at the meeting spoke against the plan, but the landlord of the inn beside the "
        "slip asked who would pay for the guests that he expects to lose.",
    )
)


def page(*, head="", above="", below="", language="en", story=STORY):
    return (
        f"<!doctype html><html lang='{language}'><head><title>Ferry slip to close</title>{head}"
        f"</head><body><main><article><h1>Ferry slip to close for the winter</h1>{above}"
        f"{story}{below}</article></main></body></html>"
    )


def date_of(html, url="https://news.harbour.example/ferry-slip"):
    return newsextract.extract(html, url, fetched_at=NOW).date


def as_read(text, language):
    value = read_date(text, Locale(language))
    assert value is not None
    return value.isoformat()


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("May 3, 2024 10:15 AM EDT", "en", "2024-05-03T10:15:00-04:00"),
        ("10:15 PM PST, Dec. 3, 2023", "en", "2023-12-03T22:15:00-08:00"),
        ("Fri 3 May 2024 10.15 BST", "en", "2024-05-03T10:15:00+01:00"),
        ("3. Mai 2024, 10:15 Uhr (MESZ)", "de", "2024-05-03T10:15:00+02:00"),
        ("2023-12-03 10:15:00 CET", "de", "2023-12-03T10:15:00+01:00"),
        ("3 mai 2024 à 10h15 CEST", "fr", "2024-05-03T10:15:00+02:00"),
        ("3 Mei 2024 10:15 WIB", "id", "2024-05-03T10:15:00+07:00"),
        ("2024.05.03 10:15 KST", "ko", "2024-05-03T10:15:00+09:00"),
        ("2024/05/03 10:15 JST", "ja", "2024-05-03T10:15:00+09:00"),
        ("3 мая 2024, 10:15 MSK", "ru", "2024-05-03T10:15:00+03:00"),
        ("3 мая 2024, 10:15 (мск)", "ru", "2024-05-03T10:15:00+03:00"),
        # Summer and winter.
        ("May 3, 2024 at 10:15 a.m. ET", "en", "2024-05-03T10:15:00-04:00"),
        ("Dec. 3, 2023 at 10:15 a.m. ET", "en", "2023-12-03T10:15:00-05:00"),
        # Of several places, or no zone at all.
        ("May 3, 2024 10:15 IST", "en", "2024-05-03T10:15:00"),
        ("May 3, 2024 10:15 CST", "en", "2024-05-03T10:15:00"),
        ("3 de maio de 2024, 10:15 PT", "pt", "2024-05-03T10:15:00"),
        ("3 mai 2024 10:15 est mise à jour", "fr", "2024-05-03T10:15:00"),
    ],
)
def test_the_zone_that_a_page_names_is_the_offset(text, language, expected):
    assert as_read(text, language) == expected


def test_so_it_is_in_the_record():
    date = date_of(page(above="<p class='date'>May 3, 2024 10:15 AM EDT</p>"))

    assert date == dt.datetime(2024, 5, 3, 14, 15, tzinfo=dt.UTC)
    assert date.utcoffset() == dt.timedelta(hours=-4)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("November 5, 2024", "en", "2024-11-05"),
        ("Tues., 5th Nov 2024 at 6:09 p.m.", "en", "2024-11-05T18:09:00"),
        ("5. November 2024, 18:09 Uhr", "de", "2024-11-05T18:09:00"),
        ("5. Jänner 2024", "de", "2024-01-05"),
        ("le 1er févr. 2024 à 10h30", "fr", "2024-02-01T10:30:00"),
        ("3 de mayo de 202421:25", "es", "2024-05-03T21:25:00"),
        ("28 de nov. de 2023 às 09:12", "pt", "2023-11-28T09:12:00"),
        ("martedì 5 novembre 2024", "it", "2024-11-05"),
        ("31 stycznia 2024, 12:05", "pl", "2024-01-31T12:05:00"),
        ("5 Kasım 2024 - 10:35", "tr", "2024-11-05T10:35:00"),
        ("5 ноября 2024, 10:35", "ru", "2024-11-05T10:35:00"),
        ("5 листопада 2024", "uk", "2024-11-05"),
        ("2024. november 5. 10:20", "hu", "2024-11-05T10:20:00"),
        ("31 Ιανουαρίου 2024", "el", "2024-01-31"),
        ("Thứ Hai, ngày 6 tháng 5 năm 2024", "vi", "2024-05-06"),
        ("6 tháng 5, 2024 10:15", "vi", "2024-05-06T10:15:00"),
        ("令和6年5月6日 10時15分", "ja", "2024-05-06T10:15:00"),
        ("令和元年5月6日", "ja", "2019-05-06"),
        ("平成30年 12月 3日", "ja", "2018-12-03"),
        ("中華民國113年5月6日", "zh", "2024-05-06"),
        ("5 marraskuuta 2024", "fi", "2024-11-05"),
        ("5 تشرين الثاني/نوفمبر 2024 - 10:35", "ar", "2024-11-05T10:35:00"),
        ("الجمعة 8 فيفري 2019", "ar", "2019-02-08"),
        ("۲ تیر ۱۳۹۹", "fa", "2020-06-22"),
        ("2 تير 1399 - 12:09:08", "fa", "2020-06-22T12:09:08"),
        ("تاریخ انتشار: ۱۳۹۹/۰۴/۰۲ - ۱۲:۰۹", "fa", "2020-06-22T12:09:00"),
        ("شنبه ۱۲ خرداد ۱۴۰۳، بندر نمونه", "fa", "2024-06-01"),
        ("۱۲ جوزا ۱۴۰۳", "fa", "2024-06-01"),
        ("۲۴ ذی‌القعده ۱۴۴۴", "fa", "2023-06-13"),
        ("5 رمضان 1445 هـ", "ar", "2024-03-15"),
        ("الجمعة 3 جمادى الآخرة 1440 - 8 فبراير 2019", "ar", "2019-02-08"),
        ("5 בנובמבר 2024", "he", "2024-11-05"),
        ("5 नवंबर 2024", "hi", "2024-11-05"),
        ("5 พฤศจิกายน 2567 10:30 น.", "th", "2024-11-05T10:30:00"),
        ("5 พ.ย. 67 10:30 น.", "th", "2024-11-05T10:30:00"),
        ("5/11/2567", "th", "2024-11-05"),
        ("5 تشرين الثاني 2024", "ar", "2024-11-05"),
        ("5 كانون الأول 2024", "ar", "2024-12-05"),
        ("5 اكتوبر 2024", "ar", "2024-10-05"),
        ("5 tháng Mười Một, 2024", "vi", "2024-11-05"),
        ("5 फरवरी 2024", "hi", "2024-02-05"),
        ("5. novembar 2024.", "sr", "2024-11-05"),
        ("5. marca 2024", "sl", "2024-03-05"),
        ("5. novembra 2024", "sl", "2024-11-05"),
        ("5. novembril 2024", "et", "2024-11-05"),
        ("2024. gada 5. novembrī", "lv", "2024-11-05"),
        ("5 Νοεμ. 2024", "el", "2024-11-05"),
        ("5 sentyabr 2024", "uz", "2024-09-05"),
        ("２０２４年１１月５日 10時05分", "ja", "2024-11-05T10:05:00"),
        ("2024년 11월 5일 오후 3:07", "ko", "2024-11-05T15:07:00"),
        ("26 | 01 | 2022", "de", "2022-01-26"),
        ("10/12/2024", "de", "2024-12-10"),
        ("10/12/2024", "en", "2024-10-12"),
        ("2024-11-05T10:35:00+05:30", "hi", "2024-11-05T10:35:00+05:30"),
        ("Tue, 05 Nov 2024 10:35:00 GMT", "en", "2024-11-05T10:35:00+00:00"),
        ("Tue Nov 05 2024 10:35:33 GMT+0000 (Coordinated Universal Time)", "en",
         "2024-11-05T10:35:33+00:00"),
        ("1730803200", "en", "2024-11-05T10:40:00+00:00"),
        ("5 november 2024", None, "2024-11-05"),
    ],
)  # fmt: skip
def test_a_date_is_read_in_the_language_of_the_page(text, language, expected):
    assert as_read(text, language) == expected


@pytest.mark.parametrize(
    "text",
    ["", "Volume 172, Issue 7", "31 February 2024", "may 2024", "12 angry men of 1957 and 13 more",
     "99/99/2024", "2024-13-45", "5 Novemberists 2024", "5 Octobus 2024", "1" * 500],
)  # fmt: skip
def test_what_is_no_date_is_not_read_as_one(text):
    assert read_date(text, Locale("en")) is None


def test_a_year_of_another_calendar_in_a_sentence_is_no_date():
    assert read_date("در سال 1399 شهرداری بندر 12 اسکله ساخت", Locale("fa")) is None
    assert read_date("31 اسفند 1402", Locale("fa")) is None  # no leap year


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("2 hours ago", "en", "2026-11-05T10:00:00+00:00"),
        ("vor 3 Stunden", "de", "2026-11-05T09:00:00+00:00"),
        ("hace 2 días", "es", "2026-11-03"),
        ("2小时前", "zh", "2026-11-05T10:00:00+00:00"),
        ("2小時前", "zh", "2026-11-05T10:00:00+00:00"),
        ("2 ชั่วโมงที่แล้ว", "th", "2026-11-05T10:00:00+00:00"),
    ],
)
def test_a_relative_date_is_counted_from_the_time_of_fetching(text, language, expected):
    value = read_relative(text, Locale(language), NOW)

    assert value is not None
    assert value.isoformat() == expected


def test_a_page_that_only_says_two_hours_ago_gets_its_date_from_the_time_of_fetching():
    html = page(above="<p class='meta'><time>2 hours ago</time></p>")

    assert date_of(html) == dt.datetime(2026, 11, 5, 10, 0, tzinfo=dt.UTC)
    assert newsextract.extract(html, "https://news.harbour.example/x").date is None


def test_an_evening_that_is_the_next_day_in_utc_stays_on_its_day():
    stated = (
        '<script type="application/ld+json">{"@type": "NewsArticle", '
        '"headline": "Ferry slip to close for the winter", '
        '"datePublished": "2024-11-09T01:09:55Z"}</script>'
    )
    html = page(head=stated, above="<p class='date'>November 8, 2024 at 6:09 p.m.</p>")

    date = date_of(html)

    assert date.date() == dt.date(2024, 11, 8)
    assert date == dt.datetime(2024, 11, 9, 1, 9, 55, tzinfo=dt.UTC)
    assert date.utcoffset() == dt.timedelta(hours=-7)


def test_a_last_update_is_not_the_publication():
    html = page(
        above="<p class='stamp'>Published: 3 May 2024 | Updated: 4 June 2024</p>",
    )
    article = newsextract.extract(html, "https://news.harbour.example/ferry-slip")

    assert article.date == dt.date(2024, 5, 3)
    assert article.date_modified == dt.date(2024, 6, 4)


def test_the_shown_date_wins_over_digits_in_the_address():
    html = page(above="<p class='date'>3 May 2024</p>")

    assert date_of(html, "https://news.harbour.example/pier-20231210") == dt.date(2024, 5, 3)


def test_times_of_comments_and_other_stories_are_not_the_time_of_the_story():
    comments = "".join(
        f"<li class='comment'><b>reader{n}</b> <time datetime='2024-05-03T1{n}:17:00Z'>"
        f"May 3, 2024 at 1{n}:17</time><p>I shall miss the old slip.</p></li>"
        for n in range(6)
    )
    html = page(
        above="<p class='date'>May 3, 2024</p>",
        below=f"<section class='comments'><h2>Comments</h2><ul>{comments}</ul></section>",
    )

    assert date_of(html) == dt.date(2024, 5, 3)


def test_a_date_in_the_future_or_before_the_web_is_no_date_of_a_page():
    assert date_of(page(above="<p class='date'>3 May 2031</p>")) is None
    assert date_of(page(above="<p class='date'>3 May 1931</p>")) is None


@pytest.mark.parametrize(
    "shown",
    [
        "<time datetime='2024-06-11T16:41:22+02:00'>1 day ago</time>",
        "<time datetime='2024-06-11T16:41:22+02:00'>11 June 2024</time>",
        # On a clock that the template takes for UTC.
        "<time datetime='2024-06-11T12:41:22Z'>11 June 2024, 16.41</time>",
    ],
)
def test_the_time_of_the_last_change_in_the_place_of_a_date_is_not_the_publication(shown):
    stated = (
        '<meta property="article:published_time" content="2024-05-03T09:15:07+02:00">'
        '<meta property="article:modified_time" content="2024-06-11T16:41:22+02:00">'
    )
    article = newsextract.extract(page(head=stated, above=f"<div>{shown}</div>"))

    assert article.date.isoformat() == "2024-05-03T09:15:07+02:00"
    assert article.date_modified.isoformat() == "2024-06-11T16:41:22+02:00"


@pytest.mark.parametrize(
    "head",
    [
        "<meta name='article:published_time' value='2024-05-03T09:15:00+02:00'>",
        "<meta name='datePublished' content='2024-05-03T09:15:00+02:00'>",
        "<meta name='published-date' content='2024-05-03T09:15:00+02:00'>",
        "<meta name='pub_date' content='2024-05-03T09:15:00+02:00'>",
    ],
)
def test_a_stated_date_counts_whatever_the_template_calls_it(head):
    assert date_of(page(head=head)).isoformat() == "2024-05-03T09:15:00+02:00"


@pytest.mark.parametrize(
    ("language", "label"),
    [("en", "Date"), ("de", "Datum"), ("es", "Fecha"), ("tr", "Tarih"), ("ru", "Дата")],
)
def test_what_the_page_calls_its_date_is_not_that_of_a_picture(language, label):
    html = page(
        language=language,
        above="<div><img src='/slip.jpg' width=700 height=400><p>Zvonimir Ostrander, "
        "Harbour of Port Ellery with Both Ferries, 24.4.2024</p></div>",
        below=f"<ul><li><b>{label}</b> 28.4.2024</li><li><b>Tags</b> Port Ellery</li></ul>",
    ).replace(
        "Ferry slip to close</title>", "Ferry slip to close | Harbour News | 28.4.2024</title>"
    )

    assert date_of(html) == dt.date(2024, 4, 28)


@pytest.mark.parametrize(
    ("language", "joined"),
    [
        ("en", "<dl><dt>Joined</dt><dd>May 11, 2017</dd></dl>"),
        ("de", "<p><b>Registriert:</b> 18.09.2008, 05:56</p>"),
        ("fr", "<p>Inscrit le 18/09/2008</p>"),
        ("ru", "<p>Зарегистрирован: 18.09.2008</p>"),
    ],
)
def test_when_a_member_joined_a_forum_is_not_when_the_post_was_written(language, joined):
    html = page(language=language, above=f"{joined}<p>18.03.2020, 12:22</p>")

    assert date_of(html) == dt.datetime(2020, 3, 18, 12, 22)


@pytest.mark.parametrize(
    ("language", "sentence", "note"),
    [
        (
            "en",
            "The harbour board voted on Tuesday to close the old ferry slip for the winter.",
            "This entry was posted on Saturday, December 3rd, 2011 at 3:05 pm and is filed under "
            "Harbour, Ferries. You can follow any responses to this entry through the feed, and "
            "both comments and pings are closed.",
        ),
        (
            "de",
            "Der Hafenrat hat am Dienstagabend beschlossen, den alten Anleger über den Winter zu "
            "schließen, weil zwei seiner Pfähle hohl sind.",
            "Dieser Beitrag wurde am Samstag, 3. Dezember 2011 um 15:05 Uhr veröffentlicht und "
            "unter Hafen, Fähren abgelegt. Die Kommentare zu diesem Eintrag lassen sich über den "
            "Feed verfolgen, neue sind nicht möglich.",
        ),
        (
            "fr",
            "Le conseil du port a décidé mardi soir de fermer pour l'hiver la vieille cale du bac, "
            "parce que deux de ses pieux sont creux.",
            "Cet article a été publié le samedi 3 décembre 2011 à 15 h 05 et est classé dans Port, "
            "Bacs. Les commentaires peuvent en être suivis par le flux, mais il n'est plus "
            "possible d'en laisser de nouveaux.",
        ),
    ],
)
def test_a_note_below_a_story_tells_when_it_was_posted(language, sentence, note):
    story = "".join(f"<p>{sentence} {sentence} {number}.</p>" for number in range(4))
    below = f"<p class='postmetadata'><small>{note}</small></p>"

    date = date_of(page(language=language, story=story, below=below))

    assert date == dt.datetime(2011, 12, 3, 15, 5)


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", "Last updated: 12 February 2025, 09:41"),
        ("de", "Stand: 12.02.2025, 09:41 Uhr"),
        ("es", "Actualizado el 12/02/2025 a las 09:41"),
        ("ru", "Обновлено 12.02.2025, 09:41"),
    ],
)
def test_a_stated_publication_goes_before_the_day_that_is_only_called_that_of_a_change(
    language, shown
):
    stated = (
        '<script type="application/ld+json">{"@type": "NewsArticle", '
        '"headline": "Ferry slip to close for the winter", '
        '"datePublished": "2025-02-11T18:05:00+01:00", '
        '"dateModified": "2025-02-12T09:41:12+01:00"}</script>'
    )
    above = f"<p class='date'><time datetime='2025-02-12T09:41:12+01:00'>{shown}</time></p>"
    article = newsextract.extract(page(language=language, head=stated, above=above))

    assert article.date.isoformat() == "2025-02-11T18:05:00+01:00"
    assert article.date_modified.isoformat() == "2025-02-12T09:41:12+01:00"


def test_a_date_that_opens_the_standfirst_is_that_of_the_story():
    standfirst = (
        "Press release of 25 January 2022 | Port Ellery – The harbour board and the ferrymen met "
        "on the fish quay to settle who clears the ice, who pays for the lamps, and whether "
        "the horn may be sounded before six."
    )
    html = page(above=f"<p class='standfirst'><b>{standfirst}</b></p>")

    assert date_of(html) == dt.date(2022, 1, 25)


def test_titles_of_abbreviations_are_no_times():
    names = "".join(
        f"<p><abbr title='Harbour Board of Port Ellery, Section {n}'>HB</abbr> agreed.</p>"
        for n in "ABCDEFGHIJ" * 5
    )
    times = "<p><time datetime='2024-05-03'>Friday</time></p>"

    assert date_of(page(above=names + times)) == dt.date(2024, 5, 3)


def test_a_page_without_any_other_date_has_that_of_its_script_data():
    data = '<script>window.state = {"id": 7, "publishedAt": "2024-05-03T09:15:00+02:00"}</script>'

    date = date_of(page(head=data))

    assert date.isoformat() == "2024-05-03T09:15:00+02:00"


def test_a_number_in_a_line_does_not_keep_the_date_of_the_script_data_away():
    data = '<script>window.state = {"id": 7, "publishedAt": "2024-05-03T09:15:00+02:00"}</script>'
    html = page(head=data, above="<p>5 stars</p>", below="<h3>Guide 2025: ten quiet piers</h3>")

    assert date_of(html).isoformat() == "2024-05-03T09:15:00+02:00"


@pytest.mark.parametrize(
    "head",
    [
        '<link rel="canonical" href="https://news.harbour.example/2017/11/03/ferry-slip/">',
        '<meta property="og:url" content="https://news.harbour.example/2017/nov/03/ferry-slip">',
        '<meta property="article:modified_time" content="2017-11-03T18:20:00+00:00">',
    ],
)
@pytest.mark.parametrize("shown", ["03/11/2017", "3/11/17"])
def test_what_a_page_states_elsewhere_tells_which_is_day_and_which_is_month(head, shown):
    html = page(head=head, above=f"<p class='date'>{shown}</p>")

    assert newsextract.extract(html).date == dt.date(2017, 11, 3)
    assert newsextract.extract(page(above=f"<p>{shown}</p>")).date == dt.date(2017, 3, 11)


def test_a_saved_page_without_its_address_gives_the_day_on_the_command_line(tmp_path):
    saved = tmp_path / "saved.html"
    saved.write_text(
        page(
            head='<link rel="canonical" href="https://news.harbour.example/2017/11/03/slip/">',
            above="<p class='date'>03/11/17</p>",
        )
    )

    assert json.loads(printed_by("-f", "json", saved))["date"] == "2017-11-03"


def test_a_date_that_can_only_be_read_in_one_way_tells_the_order_of_the_others():
    related = "<aside class='related'><p>25/10/2017 Lamps on the pier</p></aside>"

    assert date_of(page(above="<p>03/11/2017</p>", below=related)) == dt.date(2017, 11, 3)
    # A version is no date, and one page of German does not write like an American one.
    german = page(language="de", above="<p>03.11.2017</p>", below="<p>App 1.24.10, 12/31/2017</p>")
    assert date_of(german) == dt.date(2017, 11, 3)


def test_the_order_that_gives_a_day_in_the_future_is_not_the_one():
    # NOW is the fifth of November 2026.
    assert date_of(page(above="<p class='date'>12/08/2026</p>")) == dt.date(2026, 8, 12)


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("https://news.harbour.example/2016/nov/29/ferry-slip", dt.date(2016, 11, 29)),
        ("https://news.harbour.example/reports/29-10-2021", dt.date(2021, 10, 29)),
    ],
)
def test_days_in_addresses_come_in_several_forms(address, day):
    assert date_of(page(), address) == day


def test_a_page_full_of_days_of_another_calendar_is_read_at_once():
    lines = "".join(f"<p>{n} تیر ۱۳۹۹ - 12:{n:02}</p>" for n in range(1, 31))
    story = (
        "<p>" + "هیئت بندر روز سه‌شنبه رأی داد که اسکلهٔ کهنه را برای زمستان ببندد. " * 20 + "</p>"
    )
    started = time.perf_counter()
    date_of(page(language="fa", above=lines, story=story))

    # One such day took 75 ms.
    assert time.perf_counter() - started < 1.0


def test_the_dateline_of_the_first_paragraph_is_a_date():
    story = STORY.replace("<p>The harbour", "<p>Port Ellery, 3 May 2024. The harbour", 1)

    assert date_of(page(story=story)) == dt.date(2024, 5, 3)


def test_the_confidence_of_a_date_rises_with_agreement():
    alone = newsextract.extract(page(below="<p>3 May 2024</p>"), "https://a.example/x")
    meta = '<meta property="article:published_time" content="2024-05-03T09:15:00+02:00">'
    agreed = newsextract.extract(page(head=meta, below="<p>3 May 2024</p>"), "https://a.example/x")

    assert 0.4 <= alone.sources["date"].confidence < agreed.sources["date"].confidence <= 0.99


def test_ten_thousand_dates_are_no_slower_than_a_hundred():
    candidates = [
        Candidate(
            field="date", value=f"2024-05-03 10:{n % 60:02}:00 {n}", source="dom:time", score=0.5
        )
        for n in range(10_000)
    ]

    options = date_options(candidates, Locale("en"), url="", now=None)

    assert sum(len(option.readings) for option in options.values()) <= 160


VIETNAMESE = (
    "Ban quản lý cảng cho biết hôm thứ Hai rằng chuyến phà nối các đảo với đất liền đã hoạt động "
    "trở lại sau mười một tuần, với khoảng hai trăm hành khách trong chuyến đầu tiên. Chi phí sửa "
    "chữa chưa đến chín trăm nghìn krone, giám đốc cảng nói với hội đồng."
)
BENGALI = (
    "বন্দর কর্তৃপক্ষ সোমবার জানিয়েছে, দ্বীপগুলোর সঙ্গে মূল ভূখণ্ডের ফেরি এগারো সপ্তাহ পর আবার চালু হয়েছে "
    "এবং প্রথম যাত্রায় প্রায় দুইশ যাত্রী ছিলেন। মেরামতে নয় লাখ ক্রোনের কিছু কম খরচ হয়েছে, বন্দরপ্রধান বলেছেন।"
)
JAPANESE = (
    "港の管理局は月曜日、島々と本土を結ぶフェリーが十一週間ぶりに運航を再開したと発表した。最初の便には約二百人が"
    "乗っていた。修理費はおよそ九十万クローネで、新しい傾斜路は二人で上げることができると港長は議会で述べた。"
)


@pytest.mark.parametrize(
    ("language", "text", "shown"),
    [
        ("vi", VIETNAMESE, "Ngày 6 tháng 5 năm 2024"),
        ("bn", BENGALI, "প্রকাশ: ০৬ মে ২০২৪"),
        ("ja", JAPANESE, "令和6年5月6日"),
    ],
)
def test_a_line_below_the_headline_dates_the_page_in_its_own_digits_and_years(
    language, text, shown
):
    html = page(language=language, above=f"<p>{shown}</p>", story=f"<p>{text}</p><p>{text}</p>")

    assert date_of(html) == dt.date(2024, 5, 6)
