"""What a page states of itself, believed where story and address do not speak against it."""

import pytest

import newsextract
from newsextract import Page, Rights
from newsextract.extraction.text import count_words
from newsextract.normalization.languages import choose_language
from newsextract.normalization.sites import choose_canonical, site_in_title
from newsextract.records import Candidate

URL = "https://www.harbour-gazette.example/coast/2024/ferry-returns"
TITLE = "Ferry returns to the islands"
BODY = [
    "The ferry between Quillmouth and the islands ran again on Monday, eleven weeks after a winter "
    "storm had torn its ramp from the quay and left four villages without a way to the market.",
    "Repairs cost the county a little under nine hundred thousand crowns, the harbour master said, "
    "and the new ramp can be lifted by two people within minutes when the next storm is announced.",
]
GERMAN = (
    "Die Fähre zwischen Quillmünde und den Inseln fuhr am Montag zum ersten Mal seit elf Wochen "
    "wieder. Ein Sturm hatte im Winter die Rampe vom Kai gerissen, und vier Dörfer waren seitdem "
    "ohne Weg zum Markt. Am Anleger standen rund zweihundert Menschen, als das Schiff einlief."
)


def page(head="", top="", bottom="", body=BODY, lang="lang=en"):
    text = "".join(f"<p>{paragraph}</p>" for paragraph in body)
    return (
        f"<html {lang}><head><title>{TITLE}</title>{head}</head><body><main><article>{top}"
        f"<h1>{TITLE}</h1><div class=story>{text}</div>{bottom}</article></main></body></html>"
    )


def extract(**parts):
    return newsextract.extract(page(**parts), URL)


def jsonld(text):
    return f'<script type="application/ld+json">{text}</script>'


def article_that(states):
    return jsonld(f'{{"@type": "NewsArticle", "headline": "{TITLE}", {states}}}')


def language(text, declared=None):
    candidates = [Candidate(field="language", value=declared, source="x", score=1)]
    return choose_language(candidates if declared else [], text)


def test_a_wrong_declaration_of_the_language_gives_a_warning():
    article = extract(body=[GERMAN])

    assert article.language == "de"
    assert article.sources["language"].source == "text"
    assert article.warnings == ("The page declares the language en, but its text is in de.",)


def test_a_right_one_is_kept_with_its_source_and_no_warning():
    article = extract(lang="lang=de-AT", body=[GERMAN])

    assert (article.language, article.warnings) == ("de", ())
    assert article.sources["language"].source == "dom:html[lang]"


@pytest.mark.parametrize(
    ("headline", "stated", "title"),
    [
        ("<span>Sturm in Quillmünde</span> <span>Rampe vom Kai gerissen</span>",
         "Sturm in Quillmünde: Rampe vom Kai gerissen",
         "Sturm in Quillmünde: Rampe vom Kai gerissen"),
        ("<em>Tempête à Quillmouth</em><strong>La rampe arrachée du quai</strong>",
         "Tempête à Quillmouth - La rampe arrachée du quai",
         "Tempête à Quillmouth - La rampe arrachée du quai"),
        ("<span>Шторм в порту</span> <b>Рампа сорвана с причала</b>",
         "Шторм в порту | Рампа сорвана с причала",
         "Шторм в порту | Рампа сорвана с причала"),
        ("<i>港の嵐</i> <b>桟橋の傾斜路が流される</b>",
         "港の嵐: 桟橋の傾斜路が流される",
         "港の嵐: 桟橋の傾斜路が流される"),
        # What ends a sentence needs no mark after it.
        ("The storm has gone. What it left behind on the quay",
         "The storm has gone. - What it left behind on the quay",
         "The storm has gone. What it left behind on the quay"),
    ],
)  # fmt: skip
def test_two_lines_of_a_headline_are_joined_as_the_page_joins_them(headline, stated, title):
    html = page(head=f'<meta property="og:title" content="{stated}">').replace(
        f"<h1>{TITLE}</h1>", f"<h1>{headline}</h1>"
    )

    article = newsextract.extract(html.replace(f"<title>{TITLE}</title>", ""), URL)

    assert article.title == title


@pytest.mark.parametrize(
    "behind",
    [" <span class=date>May 3, 2024</span>", " 02.02.2022 • Coast, Ferries", " | 2024-05-03 10:15",
     " <small>3 de mayo de 2024</small>", " 3 May 2024"],
)  # fmt: skip
def test_a_date_in_the_headline_is_no_part_of_it(behind):
    html = page().replace(f"<h1>{TITLE}</h1>", f"<h1>{TITLE}{behind}</h1>")
    html = html.replace("</title>", " | Coast | Harbour Gazette</title>")

    assert newsextract.extract(html, URL).title == TITLE


def test_but_it_is_where_the_page_states_it_so():
    headline = "What the harbour looked like on 3 May 1924"
    html = page().replace(TITLE, headline)

    assert newsextract.extract(html, URL).title == headline


def test_a_logo_in_a_heading_is_not_the_headline():
    logo = "<h1><a href=/>Harbour Gazette</a></h1>"
    html = page(top=logo).replace(f"<h1>{TITLE}</h1>", f"<h2>{TITLE}</h2>")
    html = html.replace(f"<title>{TITLE}", f"<title>Harbour Gazette: {TITLE}")

    article = newsextract.extract(html, URL)

    assert (article.title, article.subtitle) == (TITLE, None)


def test_what_is_escaped_once_too_often_is_read_as_it_was_meant():
    escaped = "Gr&amp;uuml;ne F&amp;#228;hre &amp;amp; Kai"
    description = "Der Hafenmeister sagte: &amp;quot;Elf Wochen&amp;quot;, und ging."
    article = extract(
        head=f'<meta property="og:title" content="{escaped}">'
        f'<meta property="og:site_name" content="Bote &amp;amp; Kurier">'
        f'<meta name="description" content="{description}">'
    )
    unseen = newsextract.extract(
        page(head=f'<meta property="og:title" content="{escaped}">')
        .replace(f"<h1>{TITLE}</h1>", "")
        .replace(f"<title>{TITLE}</title>", ""),
        URL,
    )

    assert unseen.title == "Grüne Fähre & Kai"
    assert article.site_name == "Bote & Kurier"
    assert article.description == 'Der Hafenmeister sagte: "Elf Wochen", und ging.'
    # What readers see is as it is: a story about HTML may have such a headline.
    shown = page().replace(f"<h1>{TITLE}</h1>", "<h1>How to write &amp;amp; in HTML</h1>")
    assert newsextract.extract(shown, URL).title == "How to write &amp; in HTML"


@pytest.mark.parametrize(
    ("text", "language_of_it"),
    [
        (GERMAN, "de"),
        ("El ferri entre el puerto y las islas volvió a navegar el lunes, once semanas después de que "
         "una tormenta arrancara la rampa del muelle y dejara cuatro pueblos sin camino al mercado, según "
         "contó el capitán del puerto.",
         "es"),
        ("Паром между портом и островами снова пошёл в понедельник, через одиннадцать недель после "
         "того, как зимняя буря сорвала его пандус с причала и оставила деревни без рынка.", "ru"),
        ("عادت العبارة بين الميناء والجزر إلى العمل يوم الاثنين بعد أحد عشر أسبوعا من العاصفة التي "
         "اقتلعت الرصيف وتركت أربع قرى بلا طريق إلى السوق، كما قال مدير الميناء للصحفيين.", "ar"),
        ("港と島々を結ぶフェリーが月曜日、十一週間ぶりに運航を再開した。冬の嵐で桟橋の乗降板が流され、"
         "四つの村は市場への道を失っていた。修理には郡が約九十万クローネを支払ったという。", "ja"),
    ],
)  # fmt: skip
def test_the_language_of_a_text_without_a_declaration(text, language_of_it):
    assert language(text).language == language_of_it


def test_close_kin_is_not_taken_for_an_error():
    galician_looking = (
        "El consejero de pesca de la comarca recordó el martes que la flota no puede salir mientras "
        "dure el temporal, e insistió en que las ayudas no se cobran antes de marzo."
    )

    assert language(galician_looking, "gl").language == "gl"


@pytest.mark.parametrize("declared", ["utf-8", "xx", "", "html"])
def test_what_is_no_language_is_not_believed(declared):
    assert language(GERMAN, declared).language == "de"


def test_short_texts_are_left_to_the_declaration():
    assert language("Foto: Jan Petersen", "en").language == "en"


WHOLE = '{"@type": "NewsArticle", "author": "Ann Corwen", "datePublished": "2024-03-12"}'


@pytest.mark.parametrize(
    "script",
    [
        "\ufeff" + WHOLE,
        WHOLE + "\n" + '{"@type": "WebSite", "name": "Harbour Gazette"}',
        WHOLE + ";" + '{"@type": "BreadcrumbList", "itemListElement": []},',
        WHOLE.replace("{", '{"headline": "The "new" ferry", "about": "A ramp, "torn" off", ', 1),
        WHOLE.replace("{", '{"headline": "The \\"new\\" "old" ferry", ', 1),
    ],
)
def test_json_ld_with_faults_that_browsers_pass_over_is_read(script):
    article = extract(head=jsonld(script))

    assert (article.authors, str(article.date)) == (("Ann Corwen",), "2024-03-12")


def test_what_cannot_be_mended_hides_no_second_script():
    broken = '{"@type": "NewsArticle", "author": "Mei "Tan, "datePublished": 2024-03-13}'
    article = extract(head=jsonld(broken) + jsonld(WHOLE))

    assert (article.authors, str(article.date)) == (("Ann Corwen",), "2024-03-12")
    assert extract(head=jsonld(broken)).authors == ()


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ('{"@type": "Person", "givenName": "Ann", "familyName": "Corwen"}', "Ann Corwen"),
        ('{"@type": "Person", "givenName": "真子", "familyName": "中村"}', "中村真子"),
        ('{"@type": "Person", "name": "&lt;a href=/lee&gt;Ann Corwen&lt;/a&gt;"}', "Ann Corwen"),
    ],
)
def test_names_are_stated_in_parts_or_with_what_stood_around_them(author, name):
    assert extract(head=article_that(f'"author": {author}')).authors == (name,)


def test_days_are_stated_in_seconds_too():
    article = extract(head=article_that('"datePublished": 1710237600'))

    assert article.date.isoformat() == "2024-03-12T10:00:00+00:00"


def test_names_with_the_family_first_are_turned_round():
    head = "<meta name=citation_author content='Corwen, Ann'>"

    assert extract(head=head).authors == ("Ann Corwen",)


def test_the_older_element_of_parsely_is_read():
    fields = '{"title": "x", "authors": ["Ann Corwen"], "pub_date": "2024-03-12T10:00:00Z"}'
    article = extract(head=f"<meta name=parsely-page content='{fields}'>")

    assert (article.authors, str(article.date)[:10]) == (("Ann Corwen",), "2024-03-12")
    assert extract(head="<meta name=parsely-page content='[1, {]'>").date is None


@pytest.mark.parametrize("name", ["relative-time", "local-time", "time-ago"])
def test_elements_of_components_tell_times_as_time_does(name):
    stated = f'<{name} datetime="2024-03-12T10:00:00Z">'
    article = extract(top=f"<p>By Ann Corwen, {stated}two years ago</{name}, Quillmouth</p>")

    assert article.date.isoformat() == "2024-03-12T10:00:00+00:00"
    assert article.authors == ("Ann Corwen",)


def test_tags_that_have_nothing_to_do_with_the_story_are_those_of_the_site():
    site_wide = "news, breaking news, sport, weather, football, celebrities, horoscope, lottery"

    assert extract(head=f'<meta name=keywords content="{site_wide}">').tags == ()
    assert extract(
        head='<meta name=keywords content="ferry; Quillmouth, harbour master">'
    ).tags == (
        "ferry",
        "Quillmouth",
        "harbour master",
    )


def test_a_comma_in_one_of_many_tags_is_part_of_it():
    metas = "".join(
        f'<meta property="article:tag" content="{tag}">'
        for tag in ("Ferries", "Quillmouth, North", "Storms", "Storms", "section:coast", "20394")
    )

    assert extract(head=metas).tags == ("Ferries", "Quillmouth, North", "Storms")


def test_a_row_of_tags_below_the_story():
    row = (
        '<div class="article-tags"><h4>Topics</h4><a href="/t/1">Ferries</a><a href="/t/2">Storms,'
        '</a><a href="/t/3">· Tides</a></div>'
    )
    article = extract(bottom=row)

    assert article.tags == ("Ferries", "Storms", "Tides")
    assert article.sources["tags"].source == "dom:tags"


def test_crumbs_lead_from_below_the_front_page_to_above_the_story():
    trail = jsonld(
        '{"@type": "BreadcrumbList", "itemListElement": ['
        '{"position": 3, "name": "Ferry returns to the islands"},'
        '{"position": 1, "item": {"@id": "https://www.harbour-gazette.example/", "name": "Gazette"}},'
        '{"position": 2, "item": {"@id": "/coast", "name": "Coast &amp; Islands"}}]}'
    )
    article = extract(head=trail)

    assert article.breadcrumbs == ("Coast & Islands",)
    assert article.section == "Coast & Islands"
    assert article.sources["section"].source == "breadcrumbs"


@pytest.mark.parametrize(
    "row",
    [
        '<nav class=breadcrumb><a href="/">Home</a> » <a href="/c">Coast</a> » Ferry returns to</nav>',
        '<ol class="bread-crumbs"><li><a href="/">Startseite</a></li><li><a href="/c">Coast</a></li>'
        "<li>Ferry returns to the islands</li></ol>",
        '<div id=crumbs>You are here: <b>Home</b> &gt; Coast</div>',
    ],
)  # fmt: skip
def test_crumbs_that_are_only_shown(row):
    assert extract(top=row).breadcrumbs[-1] == "Coast"
    assert "Home" not in extract(top=row).breadcrumbs


def test_a_section_is_spelt_as_in_the_crumbs():
    trail = '<ol class="breadcrumb"><li><a href="/c">Küste und Inseln</a></li></ol>'
    head = '<meta property="article:section" content="kuste-und-inseln">'.replace("kuste", "küste")

    assert extract(head=head, top=trail).section == "Küste und Inseln"


def test_a_line_above_the_headline_that_is_a_folder_of_the_address_is_the_section():
    assert extract(top="<div>Coast</div>").section == "Coast"
    assert extract(top="<div>Weather</div>").section is None


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("", "article"),
        (jsonld('{"@type": ["Article", "OpinionNewsArticle"], "headline": "x"}'), "opinion"),
        (jsonld('{"@type": "LiveBlogPosting", "headline": "x"}'), "live"),
        (jsonld('{"@type": "https://schema.org/ReviewNewsArticle", "headline": "x"}'), "review"),
        (article_that('"articleSection": "Meinung"'), "opinion"),
        (article_that('"articleSection": "社説"'), "opinion"),
        (article_that('"articleSection": "Coast"'), "news"),
        ('<meta property="og:type" content="website">', "article"),
    ],
)
def test_kinds(head, kind):
    assert extract(head=head).kind == kind


def canonical(*addresses):
    candidates = [
        Candidate(field="canonical_url", value=address, source="x", score=1)
        for address in addresses
    ]
    chosen = choose_canonical(candidates, URL, URL)
    return chosen and chosen[0]


def test_a_canonical_address_that_is_a_front_page_is_not_believed():
    assert canonical("https://www.harbour-gazette.example/") is None
    assert canonical("https://template.example", "/coast/2024/ferry-returns") == URL
    assert canonical("http://[broken", "/a") == "https://www.harbour-gazette.example/a"


@pytest.mark.parametrize(
    ("title", "host", "name"),
    [
        ("Ferry returns | Harbour Gazette", "www.harbour-gazette.example", "Harbour Gazette"),
        ("Ferry returns – The Harbour Gazette", "harbourgazette.example", "The Harbour Gazette"),
        ("Ferry returns | Coast", "www.harbour-gazette.example", None),
        ("Harbour Gazette", "www.harbour-gazette.example", None),
    ],
)
def test_the_site_in_a_title(title, host, name):
    assert site_in_title(title, host) == name


@pytest.mark.parametrize(
    ("head", "is_free"),
    [
        ("", None),
        (article_that('"isAccessibleForFree": true'), True),
        (article_that('"isAccessibleForFree": "False"'), False),
        (article_that('"isAccessibleForFree": "http://schema.org/False"'), False),
        (article_that('"hasPart": [{"isAccessibleForFree": false, "cssSelector": ".p"}]'), False),
        ('<meta property="article:content_tier" content="locked">', False),
        ('<meta property="article:content_tier" content="free">', True),
        ('<meta property="article:content_tier" content="metered">', None),
    ],
)
def test_access(head, is_free):
    article = extract(head=head)

    assert article.free_access is is_free
    assert ("free_access" in article.sources) == (is_free is not None)


BY = "https://creativecommons.org/licenses/by/4.0/"


@pytest.mark.parametrize(
    ("parts", "licence"),
    [
        ({"head": f'<link rel=license href="{BY}">'}, BY),
        ({"bottom": f'<p>Text: <a rel="license noopener" href="{BY}">CC BY</a></p>'}, BY),
        ({"bottom": f'<p>Published under <a href="{BY}">CC BY 4.0</a></p>'}, BY),
        ({"head": article_that(f'"license": "{BY}"')}, BY),
        ({"head": '<meta name="dcterms.rights" content="CC BY-SA 4.0">'}, "CC BY-SA 4.0"),
        ({"head": '<meta name="dcterms.rights" content="All rights reserved, see imprint">'}, None),
        ({"top": f'<figure><img src=/p.jpg><figcaption><a href="{BY}">CC</a></figcaption></figure>'},
         None),
        ({"bottom": '<p>We like <a href="https://creativecommons.org/">Creative Commons</a></p>'},
         None),
    ],
)  # fmt: skip
def test_licences(parts, licence):
    assert extract(**parts).licence == licence


def test_a_licence_in_the_footer_of_the_site():
    footer = f'<footer><a href="{BY}">Some rights reserved</a></footer>'
    html = page().replace("</body>", footer + "</body>")

    assert newsextract.extract(html, URL).licence == BY


def test_rights_of_page_and_server():
    head = (
        '<meta name="tdm-reservation" content="1"><meta name="tdm-policy" content="/tdm.json">'
        '<meta name="ROBOTS" content="index, NoAI, max-snippet: 50, noarchive">'
    )
    headers = {"x-robots-tag": "noimageai, noarchive", "tdm-reservation": "0"}
    article = newsextract.extract_article(
        Page(url=URL, headers=headers, body=page(head=head).encode())
    )

    assert article.rights == Rights(
        tdm_reservation=True,
        tdm_policy="/tdm.json",
        robots=("noai", "max-snippet:50", "noarchive", "noimageai"),
    )
    assert extract().rights == Rights()
    assert "rights" not in extract().sources


def test_the_header_counts_where_the_page_says_nothing():
    answer = Page(url=URL, headers={"tdm-reservation": "1"}, body=page().encode())

    assert newsextract.extract_article(answer).rights.tdm_reservation is True


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("Two words", 2),
        ("It – that is – isn't “so” & so", 6),
        ("港と島", 3),
        ("NHKの港", 3),
        ("항구와 섬", 2),
        ("ท่าเรือ", 2),
    ],
)
def test_words_are_counted_in_any_script(text, words):
    assert count_words(text) == words


def test_the_record_counts_the_words_of_its_body():
    article = extract()

    assert article.word_count == sum(len(text.split()) for text in BODY)


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("Ferry returns to the islands | The Quill", "Ferry returns to the islands"),
        ("Ferry returns to the islands | Coast | The Quill", "Ferry returns to the islands"),
        ("Паром вернулся на острова | Портовый вестник", "Паром вернулся на острова"),
        ("العبارة تعود إلى الجزر | صحيفة الميناء", "العبارة تعود إلى الجزر"),
        ("渡轮恢复往返岛屿_海港日报网", "渡轮恢复往返岛屿"),
        ("渡轮恢复往返岛屿--时政--海港网", "渡轮恢复往返岛屿"),
        ("フェリーが島へ戻る - 港新聞", "フェリーが島へ戻る"),
        ("여객선이 섬으로 돌아오다 < 사회 < 기사본문 - 해안신문", "여객선이 섬으로 돌아오다"),
        # Dashes part the halves of headlines, and what is long behind a bar is one, too.
        ("Ferry returns to the islands - at last", "Ferry returns to the islands - at last"),
        (
            "Ferry returns | Four villages have a way to the market",
            "Ferry returns | Four villages have a way to the market",
        ),
    ],
)
def test_a_title_that_is_shown_nowhere_ends_before_the_bar(stated, title):
    html = page().replace(f"<title>{TITLE}</title>", f"<title>{stated}</title>")

    assert newsextract.extract(html.replace(f"<h1>{TITLE}</h1>", "")).title == title
