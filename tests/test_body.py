"""How the body is put together: standfirst, other stories, pages without a story."""

import random
import time

import pytest

import newsextract
from newsextract import Article, Options, Page
from newsextract.extraction.names import judge

STORY = "".join(
    f"<p class='para'>{sentence} The ferrymen of Osten have asked for a second boat since 2011, "
    f"and the council of Marle Island has refused it as often, for want of a pier.</p>"
    for sentence in (
        "The ferry between Osten and Marle Island took up its service on Monday.",
        "Nearly three hundred passengers waited at the pier, some since midnight.",
        "“We never lost hope,” said the harbour master, Ida Krantz, who sold the first ticket.",
        "The crossing takes forty minutes and costs four crowns for grown-ups.",
    )
)


def page(story=STORY, above="", below=""):
    return (
        "<html lang='en'><head><title>Ferry to Marle Island runs again</title></head><body>"
        f"<main><article class='story'><h1>Ferry to Marle Island runs again</h1>{above}"
        f"<div class='story-body'>{story}</div></article>{below}</main></body></html>"
    )


def test_the_standfirst_stands_in_the_subtitle_and_opens_the_text():
    standfirst = "After two years of repairs the white boat crosses the sound four times a day."
    article = newsextract.extract(page(above=f"<p class='standfirst'>{standfirst}</p>"))

    assert article.subtitle == standfirst
    assert standfirst not in article.body
    assert article.text == f"{standfirst}\n\n{article.body}"


def test_without_a_standfirst_the_text_is_the_body():
    article = newsextract.extract(page())

    assert article.subtitle is None
    assert article.text == article.body
    assert Article.from_json(article.to_json()).text == article.text


def test_a_standfirst_alone_is_the_story():
    notice = (
        "The council of Marle Island said on Tuesday that it has found a list of passengers, "
        "with names and addresses, in a bin behind the ticket office."
    )
    article = newsextract.extract(page(story="", above=f"<p class='article-summary'>{notice}</p>"))

    assert (article.body, article.subtitle) == (notice, None)


def test_where_we_find_nothing_trafilatura_is_asked():
    linked = "".join(
        f"<p><a href='/part/{number}'>{text}</a></p>"
        for number, text in enumerate(STORY.removesuffix("</p>").split("</p>"))
    )

    article = newsextract.extract(page(story=linked))

    assert article.sources["body"].source == "trafilatura"
    assert "Nearly three hundred passengers waited at the pier" in article.body
    assert article.confidence < 0.5
    with pytest.raises(newsextract.NoArticleText):
        newsextract.extract(page(story=linked), options=Options(second_opinion=False))
    assert newsextract.extract(page()).sources["body"].source == "blocks"


@pytest.mark.parametrize("element", ["p", "div"])
def test_a_story_in_a_link_that_was_never_closed_is_found(element: str):
    story = STORY.replace("<p ", f"<{element} ").replace("</p>", f"</{element}>")
    unclosed = "<div class='share'><a href='/share?ferry'>Send it to a friend</div>"
    more = (
        "<p class='para'>The council put <a href='/times'>the times of the summer</a> on its board "
        "on Tuesday, and the ferrymen say that nobody has asked them whether they are free.</p>"
    )

    address = "https://island.example/ferry"
    article = newsextract.extract(page(story=story + more, above=unclosed), address)

    expected = newsextract.extract(page(story=STORY + more))
    assert article.body == expected.body
    assert article.sources["body"].source == "blocks"
    assert article.confidence > 0.8
    assert [link.url for block in article.blocks for link in block.links] == [
        "https://island.example/times"
    ]


def test_a_box_of_another_story_is_one_link_and_no_text():
    box = (
        "<a class='card' href='/upper-brack'><h3>Trams stand still in Upper Brack</h3>"
        "<p>The drivers went home at noon on Tuesday, and nobody has seen them since then.</p>"
        "<p>The town pays the taxis of all who can show a ticket of that day, it says.</p></a>"
    )

    article = newsextract.extract(page(story=STORY + box))

    assert article.body == newsextract.extract(page()).body


@pytest.mark.parametrize("level", [1, 2])
def test_a_story_in_a_heading_that_was_never_closed_is_found(level: int):
    headline = "Ferry to Marle Island runs again"
    heading = "" if level == 1 else "<h2>What the crossing costs"
    short = "<p class='para'>The council meets again on the ninth of May.</p>"
    whole = page(story=heading + STORY + short)
    broken = whole.replace("</h1>", "") if level == 1 else whole

    article = newsextract.extract(broken)

    assert article.title == headline
    assert article.body.endswith("of a pier.\n\nThe council meets again on the ninth of May.")
    assert article.sources["body"].source == "blocks"
    assert [block.kind for block in article.blocks if block.text.endswith("pier.")] == [
        "paragraph"
    ] * 4


def test_an_article_of_its_own_is_another_story_however_alike():
    other = STORY.replace("ferry", "tram").replace("Marle Island", "Upper Brack")
    html = page(
        below=f"<article class='story'><h1>Tram to Upper Brack stands still</h1>"
        f"<div class='story-body'>{other}</div></article>"
    )

    assert newsextract.extract(html).body == newsextract.extract(page()).body
    removed = newsextract.extract_page(Page(body=html.encode())).removed
    assert [(block.step, block.reason) for block in removed if "tram" in block.text] == [
        ("articles", "another article")
    ] * sum("tram" in block.text for block in removed)


def test_a_line_alone_is_no_article():
    html = "<html><body><div id='app'><p>Please wait, we load the page.</p></div></body></html>"

    with pytest.raises(newsextract.NoArticleText):
        newsextract.extract(html)


WORDS = (
    "ferry island council harbour boat winter market school river bridge street station morning "
    "evening people children mayor village report money plan work water summer house door garden"
).split()


def long_story(paragraphs, ending="."):
    draw = random.Random(1)
    return "".join(
        "<p>"
        + " ".join(
            " ".join(draw.choices(WORDS, k=draw.randint(8, 16))).capitalize() + ending
            for _ in range(draw.randint(1, 5))
        )
        + "</p>"
        for _ in range(paragraphs)
    )


@pytest.mark.parametrize("paragraphs", [100, 600, 2_000])
def test_a_story_is_kept_whole_however_long(paragraphs):
    article = newsextract.extract(page(long_story(paragraphs)))

    assert len(article.body.split("\n\n")) >= 0.99 * paragraphs
    assert article.sources["body"].source == "blocks"


def test_many_teasers_and_headings_take_no_more_than_their_time():
    headings = "".join(f"<h2>Heading number {number}</h2>" for number in range(5_000))
    started = time.perf_counter()
    newsextract.extract(page(long_story(5_000, ending="…") + headings))

    # Two seconds would be slow; each teaser against each paragraph took a minute.
    assert time.perf_counter() - started < 10


@pytest.mark.parametrize(
    "line",
    [
        "<p class='links'><a href='#comments'>12 comments</a></p>",
        "<ul><li><a href='#x'>Facebook</a></li><li><a href='#comments'>Comments</a></li></ul>",
        "<div class='meta'><span>3 Comments</span></div>",
        "<p><a href='#respond'>Leave a comment</a></p>",
        "<p>Comments</p>",
    ],
)
def test_the_number_of_comments_below_the_first_paragraph_does_not_end_the_story(line: str):
    first, rest = STORY.split("</p>", 1)
    bare = newsextract.extract(page()).text

    assert newsextract.extract(page(story=f"{first}</p>{line}{rest}")).text == bare


def test_comments_below_their_heading_are_not_the_story():
    said = "".join(
        f"<div class='c'><b>{who}</b><p>{what} I have waited for that boat since I was a boy, and "
        "so has my father, who is eighty-one.</p></div>"
        for who, what in (("Olaf", "At last!"), ("Mette", "Forty minutes is too long."))
    )
    bare = newsextract.extract(page()).text
    for opening in ("<h3>Comments (2)</h3>", "<p>2 comments</p>"):
        assert newsextract.extract(page(below=f"<div>{opening}{said}</div>")).text == bare


@pytest.mark.parametrize(
    ("language", "call"),
    [
        ("en", "Follow us on <a href='https://t.example/q'>Telegram</a> and Facebook"),
        ("en", "Sign up for our newsletter to get the best stories every morning."),
        ("de", "Laden Sie unsere App für <a href='/app'>Android</a> herunter."),
        ("fr", "Partager cet article"),
        ("ru", "Нашли ошибку? Выделите текст и нажмите Ctrl+Enter"),
        ("hi", "ताज़ा खबरों के लिए हमें <a href='/f'>फेसबुक</a> पर फॉलो करें"),
        ("ja", "ニュースレターに登録して、毎朝の記事を受け取りましょう。"),
        ("hu", "Támogassa a független újságírást!"),
    ],
)
def test_what_asks_readers_for_something_is_no_paragraph(language: str, call: str):
    first, rest = STORY.split("</p>", 1)
    html = page(story=f"{first}</p><p>{call}</p>{rest}<p>{call}</p>")
    article = newsextract.extract(html.replace("lang='en'", f"lang='{language}'"))

    assert article.text == newsextract.extract(page()).text


def test_the_heading_of_a_box_goes_with_its_text():
    first, rest = STORY.split("</p>", 1)
    box = (
        "<div><h3>Harbour Morning</h3><p>Sign up for our newsletter and hear of the coast first."
        "</p><form><input type='email'><button>Go</button></form></div>"
    )
    article = newsextract.extract(page(story=f"{first}</p>{box}{rest}"))

    assert article.text == newsextract.extract(page()).text


def test_a_heading_in_a_box_of_its_own_stays():
    first, rest = STORY.split("</p>", 1)
    heading = "<div class='head'><h2>The first passengers</h2></div>"
    article = newsextract.extract(page(story=f"{first}</p>{heading}{rest}"))

    assert "The first passengers" in article.body.split("\n\n")


CARDS = "".join(
    f"<div{{0}}><a href='/news/{number}'><h3>{title}</h3></a><p>{text}</p></div>"
    for number, (title, text) in enumerate(
        (
            ("Market square to be paved anew", "The council has found money for its stones."),
            ("Pupils build boats of bottles", "They sailed all three of them across the bay."),
            ("Storm takes the roof off a barn", "Nobody was hurt, and the cows were outside."),
        )
    )
)
REMARKS = "".join(
    f"<div{{0}}><b>{who}</b> <span>2 hours ago</span><p>{text}</p><a href='#'>Reply</a></div>"
    for who, text in (
        ("Olaf", "They should have done this ten years ago, and nobody has said sorry to us yet."),
        ("mette77", "What about the buses? My mother lives out there and cannot walk to the pier."),
        ("Jens H.", "Four crowns is a fair price, if it does run in winter as they have promised."),
    )
)


@pytest.mark.parametrize("names", ["", " class='x1f2e3d'", " class='css-9ab01c'"])
def test_what_is_below_a_story_is_not_part_of_it_where_no_names_tell(names: str):
    story = STORY.replace(" class='para'", "")
    below = (
        f"<div{names}><h2>More</h2>{CARDS.format(names)}</div><div>{REMARKS.format(names)}</div>"
    )
    html = (
        "<html lang='en'><head><title>Ferry to Marle Island runs again</title></head><body><div>"
        f"<div{names}><h1>Ferry to Marle Island runs again</h1>{story}{below}</div></div></body>"
    )

    assert newsextract.extract(html).text == newsextract.extract(page()).text


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("css-1ad9f2", None),
        ("sc-ad3f8-0", None),
        ("paragraph-4a8a288d-3718-e9b0-e0f3-ad3bdc1f69ad", None),
        ("sidebar-1ad9f2", "sidebar"),
        ("ad-300x250", "advertisement"),
        ("ad300x250", "advertisement"),
        ("div-gpt-ad-1234-0", "advertisement"),
        ("AdSlot_3xk", "advertisement"),
        ("print:hidden", None),
        ("lg-nav:px-12 print:ml-0", None),
        ("table_root__adKqa", None),
        ("Story_navBar__x1Y2z", "navigation"),
        ("block__adslot", "advertisement"),
        ("cmp cmp-text", None),
        ("CybotCookiebotDialog", "consent"),
        ("iubenda-cs-banner", "consent"),
        ("cmplz-cookiebanner", "consent"),
        ("cmp-container", None),
        ("cmp-footer__links", "footer"),
        ("qc-cmp2-ui", "consent"),
        ("site-cmp", "consent"),
        ("accordion-item__dropdown", None),
        ("lang-dropdown", "dialog"),
    ],
)
def test_names_that_style_tools_make_say_nothing(name: str, reason: str | None):
    assert judge(name)[0] == reason


LAMP = [
    "The keeper of the lamp at Oster Point has lit it by hand for thirty-one years, and on Friday "
    "he did so for the last time while half the village stood on the pier.",
    "From Monday a machine does what he did: it looks at the sky, counts the hours and sends a "
    "note to an office in the next town when a bulb has to be changed, which is twice a year.",
    "“I will miss the stairs,” he said, and laughed at how few people believed him, since there "
    "are two hundred and eleven of them and the rope on the wall is new.",
    "The district says that it saves 40,000 crowns a year by this, and that nobody has to climb in "
    "winter any more; fishermen say that nobody asked them, and that they will watch the light.",
]


def lamp_page(*pieces: str) -> str:
    return f"""<!doctype html><html lang="en"><head><title>The last night | Oster Herald</title>
    <style>.later{{display:none}}</style></head><body><header><a href="/">Oster Herald</a>
    <nav><a href="/news">News</a><a href="/sport">Sport</a></nav></header><main><article>
    <h1>The last night</h1><p class="byline">By Nora Lindqvist</p><time datetime="2025-03-04">4
    March 2025</time><div class="text">{"".join(pieces)}</div></article></main>
    <footer><p>© Oster Herald</p></footer></body></html>"""


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


@pytest.mark.parametrize(
    "lines", [["It is dark now."], ["Who lights the lamp?", "Nobody does."]], ids=len
)
def test_a_short_sentence_above_the_first_paragraph_opens_the_story(lines: list[str]):
    article = newsextract.extract(lamp_page(paragraphs(*lines, *LAMP)))
    assert article.body.split("\n\n") == [*lines, *LAMP]


def test_a_first_paragraph_that_is_all_link_opens_the_story():
    linked = f'<p><a href="/lamp">{LAMP[0]}</a></p>'
    article = newsextract.extract(lamp_page(linked, paragraphs(*LAMP[1:])))
    assert article.body.split("\n\n") == LAMP


def test_a_heading_that_says_the_headline_below_the_first_paragraph_is_that_of_a_part():
    pieces = paragraphs(*LAMP[:2]), "<h2>The last night</h2>", paragraphs(*LAMP[2:])
    article = newsextract.extract(lamp_page(*pieces))
    assert article.body.split("\n\n") == [*LAMP[:2], "The last night", *LAMP[2:]]


def test_slides_that_a_rule_hides_until_a_script_runs_are_the_story():
    slides = [f'<section class="slide later"><p>{text}</p></section>' for text in LAMP[1:]]
    pieces = f'<section class="slide"><p>{LAMP[0]}</p></section>', *slides * 2
    assert LAMP[1] not in newsextract.extract(lamp_page(*pieces[:2], paragraphs(*LAMP[2:]))).body
    # In more than four parts of five.
    more = [
        piece.replace("</p>", f" {number} times.</p>") for number, piece in enumerate(slides * 2)
    ]
    body = newsextract.extract(lamp_page(pieces[0], *more)).body
    assert all(text in body for text in LAMP)


@pytest.mark.parametrize(("tag", "heading"), [("article", "h2"), ("div", "h1")])
def test_what_follows_in_the_same_page_with_a_headline_of_its_own_is_another_story(
    tag: str, heading: str
):
    def put_below(place: str) -> str:
        text = [text.replace("Oster Point", place) for text in LAMP]
        return (
            f'<{tag} class="entry"><div class="head"><{heading} class="name">The lamp of {place}'
            f"</{heading}><p>4 March 2025</p></div><div>{paragraphs(*text)}</div></{tag}>"
        )

    places = "Oster Point", "Brack", "Tarn", "Velm", "Korr", "Lund", "Sarn"
    html = f"""<!doctype html><html lang="en"><head><title>The lamp of Oster Point | Herald</title>
    </head><body><header><a href="/">Herald</a></header><main>{"".join(map(put_below, places))}
    </main><footer><p>© Herald</p></footer></body></html>"""

    article = newsextract.extract(html)
    assert (article.title, article.body.split("\n\n")) == ("The lamp of Oster Point", LAMP)
    removed = newsextract.extract_page(Page(body=html.encode())).removed
    assert {block.step for block in removed if "Brack" in block.text} == {"articles"}


def test_a_short_text_that_nothing_speaks_for_is_read_to_its_end():
    lines = [
        "Lena Osei, die Sprecherin des Hafens, war am Abend zu Gast bei Radio Marle und sprach "
        "über das Eis vor der Insel.",
        "Wer das Gespräch noch einmal hören will, klickt auf das Bild unten.",
    ]
    names = "Start", "Verein", "Termine", "Presse", "Kontakt"
    links = "".join(f'<li><a href="/{name.lower()}">{name}</a></li>' for name in names)
    html = f"""<!doctype html><html lang="de"><head>
    <title>Das Eis vor der Insel - Hafen Marle</title></head><body><ul>{links}</ul>
    <h1>Das Eis vor der Insel</h1><div class="teaser">
    {paragraphs(*lines)}</div><div><a href="/r">Weitere Beiträge aus dem Radio</a></div>
    <form action="/a"><input name="m"><div class="fine"><p>Mit dem Ausfüllen dieses Formulars nehmen
    wir Sie in unsere Liste auf. Sie können sich jederzeit wieder austragen. Fragen beantworten wir
    unter post@hafen.example.</p></div></form><p>© Hafen Marle</p></body></html>"""
    assert newsextract.extract(html).body.split("\n\n") == lines


@pytest.mark.parametrize("texts", [[*LAMP, *LAMP], [LAMP[0], *LAMP]], ids=len)
def test_what_a_page_says_twice_is_read_once(texts: list[str]):
    assert newsextract.extract(lamp_page(paragraphs(*texts))).body.split("\n\n") == LAMP


def test_sections_that_begin_with_a_first_heading_are_parts_of_the_story():
    parts = [
        f"<section><h1>{heading}</h1>{paragraphs(*texts)}</section>"
        for heading, texts in (
            ("The last night", LAMP),
            ("The lamp", LAMP[2:]),
            ("Light", LAMP[:1]),
        )
    ]
    parts = [part.replace("Oster Point", f"Oster Point {n}") for n, part in enumerate(parts)]
    html = f"<html lang='en'><title>The last night</title><main>{''.join(parts)}</main></html>"
    assert "Oster Point 2" in newsextract.extract(html).body
