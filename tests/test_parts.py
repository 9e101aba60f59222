"""Stories in several pages: which links lead on, what is joined, what is said when one fails."""

import asyncio
import dataclasses
import json
import time
from collections.abc import Iterable

import pytest

import newsextract
from commands import printed_by
from hostile_server import free_options
from newsextract import Extraction, Options, Page, Paging
from newsextract.parts import MOST_PARTS, join_parts
from servers import Site, running_site

TITLE = "The ferry that would not leave the sandbank"
STANDFIRST = (
    "For nine days the islanders fed, entertained and finally pulled free four hundred guests"
)
CLOSING = "The photographs hang in the waiting room of the ferry until the end of the summer."
PATH = "/2024/05/the-ferry-that-would-not-leave"

# Sentences of one story; each part has three paragraphs with its own number in them.
SENTENCES = (
    "On the morning of day {0} the harbour master of Little Narrows walked down to the pier with "
    "a lantern and {0} loaves of bread, because nobody had told him what the passengers had eaten.",
    "The captain, who had crossed the channel {0} hundred times before, said that the sand had "
    "moved again in the night and that he would wait for the tide rather than for the tugboat.",
    "By evening {0} fishing boats lay around the ferry, their crews handing up soup and blankets, "
    "while the brass band on the upper deck played the only march that all of its members knew.",
)  # fmt: skip


def paragraphs(number: int) -> list[str]:
    return [sentence.format(number + 2) for sentence in SENTENCES]


def page(
    number: int = 1,
    *,
    pager: str = "",
    head: str = "",
    text: Iterable[str] | None = None,
    below: str = "",
    standfirst: str = STANDFIRST,
) -> bytes:
    """One page of the story with what stands around it on most sites."""
    body = "".join(f"<p>{each}</p>" for each in (paragraphs(number) if text is None else text))
    deck = f'<p class="standfirst">{standfirst}</p>' if standfirst else ""
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>{TITLE} | Narrows Post</title>
<meta property="og:type" content="article">
<meta property="article:published_time" content="2024-05-07T21:30:00+01:00">
<meta name="author" content="Mira Tolland">{head}</head><body>
<nav><a href="/">Home</a> <a href="/news">News</a> <a href="/news/2">More news</a></nav>
<div class="skin"><a href="/archive?page=2">Archive</a></div>
<article><h1>{TITLE}</h1>{deck}
<p class="byline">By Mira Tolland</p>
<div class="share"><a href="https://share.example/?u=http%3A%2F%2Fnarrows.example{PATH}%2F2">Share</a></div>
<div class="story">{body}</div>{pager}</article>
<aside class="related"><h3>More stories</h3><a href="/2024/05/the-last-lighthouse-2">A lighthouse
goes dark</a> <a href="/2024/05/a-bridge-for-the-narrows">A bridge</a></aside>{below}
<footer>© Narrows Post</footer></body></html>""".encode()


def row(current: int, last: int, form: str = "{path}/{number}", words: str = "{number}") -> str:
    """A row of numbers with the present page as text."""
    cells = [
        f"<b>{number}</b>"
        if number == current
        else f'<a href="{address(number, form)}">{words.format(number=number)}</a>'
        for number in range(1, last + 1)
    ]
    return f'<div class="pages">{" ".join(cells)}</div>'


def address(number: int, form: str = "{path}/{number}") -> str:
    return PATH if number == 1 else form.format(path=PATH, number=number)


def serve(site: Site, last: int, form: str = "{path}/{number}", **more: object) -> str:
    """Serve a story of so many parts with rows of numbers, and return its first address."""
    for number in range(1, last + 1):
        site.page(address(number, form), page(number, pager=row(number, last, form), **more))
    return site.url(PATH)


def options(**changes: object) -> Options:
    return free_options(attempts=1, **changes)


def scrape(url: str, **changes: object) -> newsextract.Article:
    return newsextract.scrape(url, options=options(**changes))


def ascrape(url: str, **changes: object) -> newsextract.Article:
    return asyncio.run(newsextract.ascrape(url, options=options(**changes)))


def whole(last: int) -> list[str]:
    return [text for number in range(1, last + 1) for text in paragraphs(number)]


def paging(html: bytes, url: str = f"https://narrows.example{PATH}") -> Paging:
    return newsextract.extract_page(Page(url=url, body=html)).paging


def test_links_to_other_parts_begin_with_what_the_page_says():
    relative = f'1 <a href="{PATH[1:]}/2">2</a>'
    base = '<base href="https://narrows.example/">'

    assert paging(page(pager=relative)).following == ()
    assert paging(page(pager=relative, head=base)).following == (
        f"https://narrows.example{PATH}/2",
    )


def test_the_number_and_the_print_version_of_a_part_are_told_with_a_base_too():
    head = (
        '<base href="https://narrows.example/">'
        f'<link rel="alternate" media="print" href="print{PATH}/">'
    )
    pager = f'<a href="{PATH[1:]}">1</a> 2 <a href="{PATH[1:]}/3">3</a>'

    found = paging(page(2, pager=pager, head=head), f"https://narrows.example{PATH}/2")

    assert found.number == 2
    assert found.following == (f"https://narrows.example{PATH}/3",)
    assert found.single_page == f"https://narrows.example/print{PATH}/"


FORMS = (
    "{path}/{number}", "{path}/page/{number}/", "{path}/seite-{number}", "{path}?page={number}",
    "{path}?pagina={number}", "{path}-{number}", "{path}_{number}.html",
    "{path},{number}.html", "{path}.{number}.html", "{path},nPack,{number}",
)  # fmt: skip


@pytest.mark.parametrize("form", ["{path}/{number}", "{path}?page={number}", "{path}-{number}"])
def test_five_parts_of_a_numbered_row_are_one_record_in_order(form):
    with running_site() as site:
        article = scrape(serve(site, 5, form))
        requested = site.paths()

    assert article.body.split("\n\n") == whole(5)
    assert article.parts == tuple(site.url(address(number, form)) for number in range(1, 6))
    assert requested == [address(number, form) for number in range(1, 6)]
    assert (article.title, article.subtitle) == (TITLE, STANDFIRST)
    assert article.authors == ("Mira Tolland",)
    assert article.url == site.url(PATH)
    assert article.word_count == sum(len(text.split()) for text in whole(5))
    assert article.sources["parts"].source == "pages"
    assert article.warnings == ()


def test_sync_and_async_give_the_same():
    with running_site() as site:
        url = serve(site, 3)
        site.page(address(3), status="404 Not Found")

        assert scrape(url) == ascrape(url)
        assert len(scrape(url).warnings) == 1


def test_the_option_leaves_the_parts_alone():
    with running_site() as site:
        article = scrape(serve(site, 5), join_parts=False)
        requested = site.paths()

    assert requested == [PATH]
    assert article.body.split("\n\n") == whole(1)
    assert article.parts == ()
    assert "part 1 of a story in several" in article.warnings[0]
    assert site.url(address(2)) in article.warnings[0]


def test_html_in_hand_is_not_fetched_but_warned_of():
    first = newsextract.extract(page(pager=row(1, 3)), "https://narrows.example" + PATH)
    last = newsextract.extract(page(3, pager=row(3, 3)), "https://narrows.example" + address(3))
    alone = newsextract.extract(page(), "https://narrows.example" + PATH)

    assert "part 1 of a story in several" in first.warnings[0]
    assert "part 3 of a story in several; it is the last" in last.warnings[0]
    assert alone.warnings == ()


def test_a_page_from_the_middle_is_read_to_the_end_and_what_is_before_it_named():
    with running_site() as site:
        serve(site, 4)
        article = scrape(site.url(address(3)))

    assert article.body.split("\n\n") == paragraphs(3) + paragraphs(4)
    assert article.warnings == ("the parts of the story before part 3 are missing",)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("number", [1, 2])
def test_ways_to_number_addresses(form, number):
    here = f"https://narrows.example{address(number, form)}"

    found = paging(page(pager=row(number, 3, form)), here)

    assert found.number == number
    assert found.following == tuple(
        f"https://narrows.example{address(other, form)}" for other in range(number + 1, 4)
    )


def test_relative_addresses_and_an_address_with_tracking():
    pager = '<p>1 <a href="?page=2">2</a></p>'
    here = f"https://narrows.example{PATH}"

    assert paging(page(pager=pager), f"{here}?utm_source=x").following == (f"{here}?page=2",)
    found = paging(page(pager='<p>1 <a href="./2">2</a></p>'), f"{here}/")
    assert found.following == (f"{here}/2",)


@pytest.mark.parametrize("here", ["/новости/паром", "/%D0%BD/%D0%BF%D0%B0%D1%80%D0%BE%D0%BC"])
@pytest.mark.parametrize(
    "name", ["паром", "%D0%BF%D0%B0%D1%80%D0%BE%D0%BC", "%d0%bf%d0%b0%d1%80%d0%be%d0%bc"]
)
def test_letters_of_addresses_are_the_same_escaped_or_not(here, name):
    url = f"https://narrows.example{here}"
    link = f"{here.rpartition('/')[0]}/{name}?page=2"

    assert len(paging(page(pager=f'1 <a href="{link}">2</a>'), url).following) == 1


@pytest.mark.parametrize(
    "href",
    [
        "http://[::1{}",
        "http://narrows.example:99999{}/2",
        "{}?page=" + "2" * 5_000,
        "//[{}/2",
        " ",
        "?",
        "#",
    ],
)
def test_broken_addresses_lead_nowhere(href):
    pager = f'<a href="{href.format(PATH)}">2</a>'

    assert paging(page(pager=pager)) == Paging()
    assert paging(page(pager=pager), href.format(PATH)) == Paging()


def test_a_page_of_nothing_but_numbers_ends_soon():
    pager = "".join(
        f'<a href="{PATH}/{number % 97 + 3}?a={number}">2</a>' for number in range(20_000)
    )

    start = time.perf_counter()
    paging(page(pager="<i>" * 3_000 + pager))
    assert time.perf_counter() - start < 5


LINKS = {
    "English": ("Page {}", "Next page »"),
    "German": ("Seite {}", "Nächste Seite"),
    "French": ("Page {}", "Page suivante ›"),
    "Spanish": ("Página {}", "Siguiente"),
    "Portuguese": ("Página {}", "Próxima página"),
    "Polish": ("Strona {}", "Następna strona"),
    "Russian": ("Страница {}", "Следующая страница →"),
    "Turkish": ("Sayfa {}", "Sonraki sayfa"),
    "Indonesian": ("Halaman {}", "Halaman selanjutnya"),
    "Vietnamese": ("Trang {}", "Trang sau"),
    "Arabic": ("صفحة {}", "الصفحة التالية"),
    "Persian": ("صفحه {}", "صفحه بعد"),
    "Hindi": ("पृष्ठ {}", "अगला पेज"),
    "Thai": ("หน้า {}", "หน้าถัดไป"),
    "Chinese": ("第{}页", "下一页"),
    "Japanese": ("{}ページ", "次のページへ"),
    "Korean": ("{}페이지", "다음 페이지"),
}


@pytest.mark.parametrize("language", LINKS)
def test_rows_and_links_in_many_languages(language):
    numbered, following = LINKS[language]
    here = f"https://narrows.example{PATH}"
    # With a hyphen the number may belong to the name, so that a word has to say that it does not.
    by_number = f'<p><a href="{PATH}-2">{numbered.format(2)}</a></p>'
    by_word = f'<p><a href="{PATH}/2">{following}</a></p>'

    assert paging(page(pager=by_number)).following == (f"{here}-2",)
    assert paging(page(pager=by_word)).following == (f"{here}/2",)


def test_digits_of_other_scripts():
    pager = f'<p>١ <a href="{PATH}-2">٢</a> <a href="{PATH}-3">٣</a></p>'

    assert len(paging(page(pager=pager)).following) == 2


def test_rel_next_is_followed_where_it_is_the_next_page_of_this_story():
    with running_site() as site:
        for number in (1, 2, 3):
            links = f'<link rel="prev" href="{address(number - 1)}">' if number > 1 else ""
            links += f'<link rel="next" href="{address(number + 1)}">' if number < 3 else ""
            links += f'<link rel="canonical" href="{PATH}">'
            site.page(address(number), page(number, head=links))
        article = scrape(site.url(PATH))

    assert article.body.split("\n\n") == whole(3)


@pytest.mark.parametrize(
    ("head", "pager", "below"),
    [
        # The next article, in the head, as a link, and one with the name of this and a number.
        ('<link rel="next" href="/2024/05/a-bridge-for-the-narrows">', "", ""),
        (f'<link rel="next" href="{PATH}-2">', "", ""),
        ("", f'<a rel="next" href="{PATH}-2">The ferry, once more</a>', ""),
        ("", f'<a href="{PATH}-2">Next</a>', ""),
        ("", '<a rel="next" href="/2024/05/the-last-lighthouse">Next story</a>', ""),
        # Pages of comments.
        (f'<link rel="next" href="{PATH}/comment-page-2/#comments">', "", ""),
        ("", "", f'<div id="comments"><p>So true!</p>1 <a href="{PATH}?page=2">2</a></div>'),
        ("", "", f'<div><h3>23 comments</h3><p>So true!</p>1 <a href="{PATH}?page=2">2</a></div>'),
        ("", f'<a href="{PATH}/2#comments">2</a>', ""),
        # Other sites, other queries, calendars, other stories.
        ("", f'<a href="https://other.example{PATH}/2">2</a> <a href="/2024/05/2">2</a>', ""),
        ("", f'<a href="{PATH}?id=7&amp;page=2">2</a> <a href="/news?page=2">2</a>', ""),
        ("", f'<a href="{PATH}/3">3</a> <a href="{PATH}/10">10</a>', ""),
    ],
)  # fmt: skip
def test_what_is_no_part_is_not_followed(head, pager, below):
    assert paging(page(head=head, pager=pager, below=below)) == Paging()

    with running_site() as site:
        site.page(PATH, page(head=head, pager=pager, below=below))
        article = scrape(site.url(PATH))
        assert site.paths() == [PATH]
    assert article.parts == article.warnings == ()


def test_chapters_and_letters_with_a_number_in_their_names_are_stories_of_their_own():
    neighbours = (
        '<a href="/letters/weekly-letter-{}">{}</a> <a href="/letters/weekly-letter-{}">{}</a>'
    )
    html = page(pager=neighbours.format(6, "Previous", 8, "Next"))

    assert paging(html, "https://narrows.example/letters/weekly-letter-7") == Paging()
    html = page(pager='<a href="/news/12">Next</a> <a href="/news/10">Previous</a>')
    assert paging(html, "https://narrows.example/news/11") == Paging()


@pytest.mark.parametrize(
    ("url", "kind"),
    [("https://narrows.example/news", "website"), ("https://narrows.example/shop/oars", "product"),
     ("https://boards.example/forum/threads/the-ferry-again.2509", "article")],
)  # fmt: skip
def test_pages_of_lists_shops_and_forums_are_not_parts(url, kind):
    html = page(pager=f'1 <a href="{url}?page=2">2</a> <a href="{url}?page=3">3</a>').decode()
    html = html.replace('content="article"', f'content="{kind}"')
    html = html.replace("article:published_time", "x")

    assert paging(html.encode(), url) == Paging()


@pytest.mark.parametrize(
    ("link", "path"),
    [
        ('<a href="{}">View as single page</a>', PATH + "?page=all"),
        ('<a href="{}">Auf einer Seite lesen</a>', PATH + "/komplettansicht"),
        ('<a href="{}">全文を表示</a>', PATH + "?op=1"),
        ('<a href="{}">Print</a>', "/print" + PATH),
        ('<a href="{}"><img src="/p.png" alt=""></a>', PATH + "?print=true"),
    ],
)
def test_a_single_page_or_a_print_version_is_preferred(link, path):
    with running_site() as site:
        site.page(PATH, page(pager=row(1, 3) + link.format(path)))
        site.page(path, page(text=whole(3)))
        article = scrape(site.url(PATH))
        requested = site.paths()

    assert requested == [PATH, path]
    assert article.body.split("\n\n") == whole(3)
    assert article.url == site.url(PATH)
    assert article.parts == (site.url(path),)
    assert article.sources["parts"].source == "single page"
    assert article.warnings == ()


def test_a_single_page_makes_up_for_parts_before_the_one_asked_for():
    with running_site() as site:
        site.page(address(2), page(2, pager=row(2, 3) + f'<a href="{PATH}?page=all">All</a>'))
        site.page(f"{PATH}?page=all", page(text=whole(3)))
        article = scrape(site.url(address(2)))

    assert article.body.split("\n\n") == whole(3)
    assert article.warnings == ()


def test_a_print_version_stated_in_the_head():
    with running_site() as site:
        link = '<link rel="alternate" media="print" href="/printer/4711">'
        site.page(PATH, page(pager=row(1, 3), head=link))
        site.page("/printer/4711", page(text=whole(3)))

        assert scrape(site.url(PATH)).parts == (site.url("/printer/4711"),)


@pytest.mark.parametrize(
    "single",
    [
        pytest.param(page(), id="only the first part"),
        pytest.param(page(text=paragraphs(7) + paragraphs(8)), id="another story"),
        pytest.param(
            page(text=whole(2), pager=row(1, 3, PATH + "?print=1&amp;page={number}")), id="in parts"
        ),
        pytest.param(b"<html></html>", id="empty"),
        pytest.param(None, id="missing"),
    ],
)
def test_a_single_page_that_is_not_the_whole_story_is_not_believed(single):
    with running_site() as site:
        url = serve(site, 3, below=f'<a href="{PATH}?print=1">Print</a>')
        site.page(PATH, page(pager=row(1, 3) + f'<a href="{PATH}?print=1">Print</a>'))
        if single is not None:
            site.page(f"{PATH}?print=1", single)
        article = scrape(url)

    assert article.body.split("\n\n") == whole(3)
    assert len(article.parts) == 3
    assert article.warnings == ()


def test_an_ordinary_story_with_a_print_version_is_one_request():
    with running_site() as site:
        site.page(PATH, page(pager=f'<a href="{PATH}?print=1">Print</a>'))
        assert scrape(site.url(PATH)).parts == ()
        assert site.paths() == [PATH]


def test_at_most_twenty_parts_and_the_next_is_named():
    with running_site() as site:
        article = scrape(serve(site, 25))

    assert len(article.parts) == MOST_PARTS == 20
    assert article.body.split("\n\n") == whole(20)
    assert len(article.warnings) == 1
    assert f"part 21 of the story, {site.url(address(21))}, is missing" in article.warnings[0]


def test_a_missing_part_is_named_and_the_rest_kept():
    with running_site() as site:
        url = serve(site, 5)
        site.page(address(4), status="404 Not Found")
        article = scrape(url)

    assert article.body.split("\n\n") == whole(3)
    assert len(article.parts) == 3
    assert len(article.warnings) == 1
    assert f"part 4 of the story, {site.url(address(4))}, is missing" in article.warnings[0]
    assert "404" in article.warnings[0]


def test_a_story_of_which_only_the_first_part_is_there():
    with running_site() as site:
        site.page(PATH, page(pager=row(1, 2)))
        article = scrape(site.url(PATH))

    assert article.body.split("\n\n") == whole(1)
    assert article.parts == (site.url(PATH),)
    assert len(article.warnings) == 1


@pytest.mark.parametrize(
    ("second", "why"),
    [
        (page(text=paragraphs(1), pager=row(2, 3)), "the text of earlier parts"),
        (b"<html><body><p>Log in</p></body></html>", "no article text"),
        (b"<html></html>", "no text"),
    ],
)
def test_a_part_that_says_nothing_new_ends_the_story(second, why):
    with running_site() as site:
        url = serve(site, 3)
        site.page(address(2), second)
        article = scrape(url)

    assert article.body.split("\n\n") == whole(1)
    assert "part 2 of the story" in article.warnings[0]
    assert why in article.warnings[0]


def test_links_that_go_in_a_circle_end():
    with running_site() as site:
        url = serve(site, 3)
        site.redirect(address(3), address(2))
        article = scrape(url)

    assert article.body.split("\n\n") == whole(2)
    assert "leads back to an earlier part" in article.warnings[0]


def test_a_part_on_another_site_is_not_joined():
    with running_site() as site:
        url = serve(site, 2)
        elsewhere = f"http://localhost:{site.port}/elsewhere"
        site.page("/elsewhere", page(2))
        site.redirect(address(2), elsewhere)
        article = scrape(url)

    assert article.body.split("\n\n") == whole(1)
    assert f"on another site, {elsewhere}" in article.warnings[0]


def test_a_part_that_leads_to_another_page_is_not_joined():
    with running_site() as site:
        url = serve(site, 2)
        site.page("/subscribe", page(2))
        site.redirect(address(2), "/subscribe")
        article = scrape(url)

    assert article.body.split("\n\n") == whole(1)
    assert f"leads elsewhere, to {site.url('/subscribe')}" in article.warnings[0]


def test_a_later_part_that_does_not_link_on_does_not_end_a_row_that_goes_on():
    with running_site() as site:
        url = serve(site, 4)
        site.page(address(2), page(2))

        assert scrape(url).body.split("\n\n") == whole(4)


def test_links_to_the_neighbours_alone_are_enough():
    with running_site() as site:
        for number in range(1, 5):
            back = f'<a href="{address(number - 1)}">Previous</a>' if number > 1 else ""
            on = f'<a href="{address(number + 1)}">Next</a>' if number < 4 else ""
            menu = f'<nav class="pager">{back} {on}</nav>'
            site.page(address(number), page(number, pager=menu))

        assert scrape(site.url(PATH)).body.split("\n\n") == whole(4)


def test_what_the_parts_repeat_is_there_once():
    with running_site() as site:
        for number in (1, 2, 3):
            text = [*paragraphs(number), CLOSING]
            if number > 1:
                text = [STANDFIRST + ".", paragraphs(number - 1)[-1], *text]
            html = page(number, text=text, pager=row(number, 3), standfirst=STANDFIRST + ".")
            site.page(address(number), html)
        article = scrape(site.url(PATH))

    text = article.text
    assert text.count(STANDFIRST) == 1
    assert text.count(CLOSING) == 1
    assert text.count(TITLE) == 0
    assert [each for each in article.body.split("\n\n") if each != CLOSING] == whole(3)
    assert article.body.endswith(CLOSING)


def test_the_command_joins_and_can_be_told_not_to():
    def run(*arguments: str) -> dict[str, object]:
        return json.loads(printed_by("--allow-private", "--gap", "0", "-f", "jsonl", *arguments))

    with running_site() as site:
        url = serve(site, 3)
        joined, alone = run(url), run("--no-parts", url)

    assert joined["parts"] == [site.url(address(number)) for number in (1, 2, 3)]
    assert joined["body"].split("\n\n") == whole(3)
    assert alone["parts"] == []
    assert alone["body"].split("\n\n") == whole(1)


def extraction(number: int, **changes: object) -> Extraction:
    url = f"https://narrows.example{address(number)}"
    found = newsextract.extract_page(Page(url=url, body=page(number)))
    return dataclasses.replace(found, **changes)


def test_joining_takes_the_fields_of_the_first_and_the_lowest_confidence():
    first, second = extraction(1, confidence=0.9), extraction(2, confidence=0.4)

    joined = join_parts([first, second])

    assert joined.confidence == 0.4
    assert joined.url == first.url
    assert joined.parts == (first.url, second.url)
    assert [block.text for block in joined.blocks] == whole(2)
    assert {candidate.value for candidate in joined.candidates if candidate.field == "date"} == {
        candidate.value for candidate in first.candidates if candidate.field == "date"
    }
    assert len(joined.removed) >= len(first.removed)


def test_pictures_of_all_parts_have_whole_addresses_and_no_doubles():
    pictures = [
        newsextract.Image(url="tug.jpg"),
        newsextract.Image(url="/pictures/sandbank-map.jpg"),
    ]
    parts = [extraction(number, images=tuple(pictures)) for number in (1, 2)]

    images = newsextract.normalize(join_parts(parts)).images

    assert [image.url for image in images] == [
        "https://narrows.example/2024/05/tug.jpg",
        "https://narrows.example/pictures/sandbank-map.jpg",
        f"https://narrows.example{PATH}/tug.jpg",
    ]


def test_a_paragraph_taken_for_the_standfirst_of_a_later_part_is_not_lost():
    lost = "Then the tide came in."
    candidate = newsextract.Candidate(field="subtitle", value=lost, source="dom:p", score=0.7)
    second = extraction(2)
    second = dataclasses.replace(second, candidates=(*second.candidates, candidate))

    texts = [block.text for block in join_parts([extraction(1), second]).blocks]

    assert texts == [*paragraphs(1), lost, *paragraphs(2)]


def test_lines_that_number_the_pages_are_left_out():
    def lines(*texts: str) -> tuple[newsextract.Block, ...]:
        return tuple(newsextract.Block(kind="paragraph", text=text) for text in texts)

    first = extraction(1, blocks=lines("Page 1 of 2", "The first half.", "Seite 1/2"))
    second = extraction(2, blocks=lines("第2页", "24", "The second half.", "Page 2"))

    joined = join_parts([first, second])

    assert [block.text for block in joined.blocks] == ["The first half.", "24", "The second half."]
    assert "Seite 1/2" in [removed.text for removed in joined.removed if removed.step == "parts"]
