"""Lines about the writer below a story, on pages whose elements have no telling names."""

import json

import pytest

import newsextract
from newsextract import Page

URL = "https://www.harbour-gazette.example/coast/2024/ferry-returns"
STORY = (
    "The harbour board said on Monday that the ferry between the islands and the mainland sails "
    "again after eleven weeks, with some two hundred people on the first crossing.",
    "Repairs cost a little under nine hundred thousand crowns, and the new ramp can be raised by "
    "two people within minutes before the next storm, the harbour master told the council.",
    "Islanders stood on the quay to meet the first boat, some of them with lists of what they had "
    "not been able to buy since the middle of January, and a band played until it was dark.",
    "A second ship is to be chartered for the summer, and whether it can be paid for is to be "
    "decided in April, when the accounts of the winter are known to the board and the council.",
)
JAPANESE = (
    "港の管理局は月曜日、島々と本土を結ぶフェリーが十一週間ぶりに運航を再開したと発表した。最初の便には約二百人が乗っていた。",
    "修理費はおよそ九十万クローネで、新しい傾斜路は次の嵐の前に二人で数分のうちに上げることができると港長は議会で述べた。",
    "島の住民は埠頭に立って最初の船を迎え、一月半ばから買えなかった物の一覧を手にした人もいた。夜まで音楽が鳴り響いていた。",
    "夏には二隻目の船を借りる計画があり、その費用を払えるかどうかは、冬の決算がまとまる四月に管理局と議会が決めることになる。",
)


def page(*, byline="By Ann Lee", end=(), story=STORY, author=None, headline="The ferry is back"):
    stated = {"@type": "NewsArticle", "headline": headline, "author": author}
    script = f'<script type="application/ld+json">{json.dumps(stated)}</script>' if author else ""
    lines = "".join(f"<p>{each}</p>" for each in (*story, *end))
    return (
        f"<html><head><title>{headline}</title>{script}</head><body><div><h1>{headline}</h1>"
        f"<p>{byline}</p>{lines}</div></body></html>"
    )


def read(**parts):
    return newsextract.extract(page(**parts), URL)


def reason(line, **parts):
    removed = newsextract.extract_page(Page(body=page(**parts).encode(), url=URL)).removed
    return next((each.step, each.reason) for each in removed if each.text == line)


@pytest.mark.parametrize(
    ("byline", "line"),
    [
        ("By Ann Lee", "Ann Lee has covered the coast for this paper since 2011."),
        ("By Ann Lee", "(Ann Lee writes about ships and the people who sail in them.)"),
        ("Von Änne Groß", "Änne Groß ist freie Journalistin und lebt auf den Inseln."),
        ("Par Chloé Ruiz", "Chloé Ruiz est journaliste et vit entre deux ports du nord."),
        ("Por José da Silva", "José da Silva é repórter e escreve sobre o mar há dez anos."),
        ("Autor: Jan Kowalski", "Jan Kowalski, dziennikarz, mieszka na wyspie od wielu lat."),
        ("Автор: Иван Петров", "Иван Петров пишет о море и о тех, кто по нему ходит."),
        ("بقلم: سارة الخطيب", "سارة الخطيب صحفية تكتب عن البحر وعن الناس الذين يعيشون منه."),
    ],
)
def test_a_line_about_the_writer_is_no_part_of_the_story(byline, line):
    assert read(byline=byline, end=[line]).body == "\n\n".join(STORY)
    assert reason(line, byline=byline, end=[line]) == ("lines", "about the writer")


def test_so_it_is_in_scripts_without_spaces():
    line = "山田太郎は海と船について十年以上にわたり書き続けている記者である。"
    article = read(byline="文・山田太郎", end=[line], story=JAPANESE, headline="フェリーが戻る")

    assert line not in article.body
    assert JAPANESE[-1] in article.body


def test_two_writers_and_the_heading_above_them_go_together():
    lines = (
        "Ann Lee teaches the history of the sea at the university of the islands.",
        "Bo Strand is a retired pilot and sits on the board of the lighthouse museum.",
    )
    article = read(byline="By Ann Lee and Bo Strand", end=["</p><h3>Who they are</h3><p>", *lines])

    assert article.body == "\n\n".join(STORY)


def test_the_name_may_be_stated_in_structured_data_alone():
    line = "Ann Lee has sailed to every island of which she writes here."
    author = {"@type": "Person", "name": "Ann Lee"}

    assert read(byline="12 March 2024", end=[line], author=author).body == "\n\n".join(STORY)


@pytest.mark.parametrize(
    "line",
    [
        # Somebody else.
        "Mia Torp is the first captain of the new ferry and was born on the smallest island.",
        # Who speaks.
        "Ann Lee: And what will the second ship cost the people who live on the islands?",
        # The beginning of the name alone.
        "Ann will sail on the first boat in April, whatever the weather is like by then.",
        # The newspaper, which is its own author on many pages.
        "The council meets again in April, and the harbour board will be heard once more.",
    ],
)
def test_other_last_lines_stay(line):
    assert read(end=[line]).body == "\n\n".join([*STORY, line])


def test_whoever_the_story_is_about_stays_in_it():
    story = (*STORY[:2], "For Ann Lee it was the first crossing since the storm. " + STORY[2])
    line = "Ann Lee will write about the second ship as well, and about the people on board."

    assert read(story=[*story, STORY[3]], end=[line]).body.endswith(line)


def test_a_short_text_that_begins_with_its_author_is_whole():
    line = "Ann Lee has covered the coast for this paper since 2011, and now she retires."

    assert line in read(story=STORY[:1], end=[line]).body


def test_a_last_section_that_begins_with_its_heading_is_about_the_writer():
    """The box at the end is the only place where this page names anybody."""
    box = (
        "</p><div><img src=/ann.jpg><h4>Ann Lee</h4><p>Ann Lee sails every summer and writes here."
    )

    assert read(byline="", end=[box]).body == "\n\n".join(STORY)


def test_the_name_above_the_line_goes_with_it():
    article = read(end=["Ann Lee", "Ann Lee has covered the coast for this paper since 2011."])

    assert article.body == "\n\n".join(STORY)


def test_sections_of_a_list_of_people_stay():
    sections = [
        f"</p><h3>{name}</h3><p>{name} will sail on the new ferry as its {role} from April on."
        for name, role in (("Mia Torp", "captain"), ("Bo Strand", "engineer"), ("Eva Lund", "cook"))
    ]

    assert "as its cook" in read(end=sections).body


@pytest.mark.parametrize(
    "line",
    [
        "The author is a retired pilot and sits on the board of the lighthouse museum.",
        "Die Autorin ist Lehrerin und leitet das Museum im alten Leuchtturm.",
        "Unser Autor lebt seit zehn Jahren auf der größten der Inseln.",
        "L’autrice est journaliste et vit entre deux ports.",
        "La autora es periodista y vive entre dos puertos.",
        "Автор — преподаватель морского училища.",
    ],
)
def test_so_is_what_calls_its_writer_the_author(line):
    assert read(byline="12 March 2024", end=[line]).body == "\n\n".join(STORY)


def test_the_author_of_a_book_stays_in_its_review():
    story = (*STORY[:3], "The author knows the sea, and tells of it in 400 pages. " + STORY[3])
    line = "The author is at her best where nothing happens, and that is nearly everywhere."

    assert read(story=story, end=[line]).body.endswith(line)
