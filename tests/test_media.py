"""Pictures and videos: which belong to the story, in which version, with which words."""

import pytest

import newsextract
from newsextract import Image
from newsextract.extraction.captions import split_caption
from newsextract.extraction.survey import Container, TextBlock
from newsextract.normalization.pictures import choose_picture, picture_key
from newsextract.records import Candidate

URL = "https://www.harbour-gazette.example/coast/2024/ferry-returns"
PARAGRAPHS = [
    "The ferry between Quillmouth and the islands ran again on Monday, eleven weeks after a winter "
    "storm had torn its ramp from the quay and left four villages without a way to the market.",
    "About two hundred people stood on the pier when it came in, among them the brass band of the "
    "fire brigade, which had not rehearsed and played the only march that everybody knew by heart.",
    "Repairs cost the county a little under nine hundred thousand crowns, the harbour master said, "
    "and the new ramp can be lifted by two people within minutes when the next storm is announced.",
]


def page(*, top="", middle="", bottom="", head="", aside=""):
    first, second, third = (f"<p>{text}</p>" for text in PARAGRAPHS)
    return (
        f"<html lang=en><head><title>Ferry returns to the islands</title>{head}</head><body>"
        f"<main><article><h1>Ferry returns to the islands</h1>{top}<div class=story>{first}"
        f"{middle}{second}{third}</div>{bottom}</article>{aside}</main></body></html>"
    )


def extract(**parts):
    return newsextract.extract(page(**parts), URL)


def images(**parts):
    return extract(**parts).images


def test_a_figure_has_its_largest_version_its_caption_and_its_credit_apart():
    (image,) = images(
        top="""<figure><picture><source srcset="/p/ferry-1600.webp 1600w, /p/ferry-800.webp 800w">
        <img src="data:image/gif;base64,R0lGODlhAQAB" data-src="/p/ferry-400.jpg" alt="A ferry"
        width=800 height=450></picture><figcaption>The ferry on Monday morning.
        <span class="photo-credit">Photo: Ida Merrow</span></figcaption></figure>"""
    )

    assert image == Image(
        url="https://www.harbour-gazette.example/p/ferry-1600.webp",
        caption="The ferry on Monday morning.",
        credit="Ida Merrow",
        alt="A ferry",
        width=1600,
        height=900,
    )


@pytest.mark.parametrize(
    ("markup", "url"),
    [
        ('<img src="/i/spacer.gif" data-src="/p/pier.jpg">', "/p/pier.jpg"),
        ('<img src="/i/placeholder.png" data-original="/p/pier.jpg">', "/p/pier.jpg"),
        ('<img data-lazy-src="/p/pier.jpg" src="data:image/gif;base64,R0lGODlh">', "/p/pier.jpg"),
        ('<img srcset="/p/a,b.jpg 1x, /p/a,b@2.jpg 2x" src="/p/a,b.jpg">', "/p/a,b.jpg"),
        ('<img srcset="/p/s.jpg 300w,/p/l.jpg 900w" src="/p/s.jpg">', "/p/l.jpg"),
        (
            '<img class=lazy src="data:,"><noscript><img src="/p/pier.jpg"></noscript>',
            "/p/pier.jpg",
        ),
        ('<noscript><img src="/p/pier.jpg"></noscript>', "/p/pier.jpg"),
        ('<amp-img src="/p/pier.jpg" width=640 height=360></amp-img>', "/p/pier.jpg"),
        ('<a href="/p/pier-full.jpg"><img src="/p/pier.jpg"></a>', "/p/pier.jpg"),
    ],
)
def test_the_picture_that_readers_get_to_see(markup, url):
    (image,) = images(middle=f"<div>{markup}</div>")

    assert image.url == f"https://www.harbour-gazette.example{url}"


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="/t.gif?id=1" width=1 height=1>',
        '<img src="/i/share-icon.png">',
        '<img src="/i/sun.jpg" width=40 height=40>',
        '<a href="https://shop.example/boots"><img src="/banner/boots.jpg"></a>',
        '<div class="related"><img src="/p/other.jpg"></div>',
        '<div class="advert"><img src="/p/boots.jpg"></div>',
        '<div><a href="/coast/other"><img src="/p/o.jpg"><h3>Lighthouse keepers wanted for winter'
        "</h3></a></div>",
        '<div hidden><img src="/p/secret.jpg"></div>',
    ],
)
def test_what_is_no_picture_of_the_story(markup):
    assert images(middle=markup) == ()


def test_pictures_of_other_stories_beside_it_are_left_out():
    card = (
        '<div class=card><a href="/x{0}"><img src="/p/x{0}.jpg">'
        "<h3>Another story, number {0}</h3></a></div>"
    )
    cards = "".join(card.format(number) for number in range(6))

    assert images(aside=f"<section class=more>{cards}</section>") == ()


def test_the_portrait_of_the_author_is_not_of_the_story():
    article = extract(
        head='<meta name=author content="Ida Merrow">',
        top='<div><img src="/people/merrow.jpg" alt="Ida Merrow"></div>',
    )

    assert article.images == ()
    assert article.image is None


def test_one_picture_in_two_sizes_is_one_picture():
    article = extract(
        top='<figure><img src="/p/ferry-300x200.jpg" width=300 height=200></figure>',
        middle='<figure><img src="/p/ferry-900x600.jpg" width=900 height=600>'
        "<figcaption>The ferry</figcaption></figure>",
    )

    assert [(image.url[-15:], image.caption) for image in article.images] == [
        ("rry-900x600.jpg", "The ferry")
    ]


RELATIVE = '<figure><img src="files/ferry.jpg" width=900 height=600></figure>'
LINKED = '<p>They sailed past <a href="light/house.html">the old lighthouse</a> at noon.</p>'


def addresses(url, head):
    article = newsextract.extract(page(top=RELATIVE, middle=LINKED, head=head), url)
    links = [link.url for block in article.blocks for link in block.links]
    return article.image, [image.url for image in article.images], links


@pytest.mark.parametrize(
    ("base", "root"),
    [
        ("https://www.harbour-gazette.example/", "https://www.harbour-gazette.example/"),
        ("/", "https://www.harbour-gazette.example/"),
        ("../", "https://www.harbour-gazette.example/coast/"),
        ("//cdn.harbour.example/a/b", "https://cdn.harbour.example/a/"),
        ("", "https://www.harbour-gazette.example/coast/2024/"),
        ("javascript:alert(1)", "https://www.harbour-gazette.example/coast/2024/"),
    ],
)
def test_what_a_page_says_its_addresses_begin_with_is_heeded(base, root):
    head = f"""<base target="_top"><base href="{base}"><base href="https://second.example/">"""

    image, pictures, links = addresses(URL, head if base else "")

    assert image == f"{root}files/ferry.jpg"
    assert pictures == [f"{root}files/ferry.jpg"]
    assert links == [f"{root}light/house.html"]


def test_addresses_on_a_page_from_nowhere_are_completed_with_what_it_states_for_itself():
    own = f'<link rel=canonical href="{URL}">'
    other = '<meta property="og:url" content="https://other.example/coast/2024/ferry">'

    root = "https://www.harbour-gazette.example/coast/2024/"
    assert addresses(None, own) == (
        f"{root}files/ferry.jpg", [f"{root}files/ferry.jpg"], [f"{root}light/house.html"]
    )  # fmt: skip
    assert addresses(None, own + other) == (None, [], [])
    assert addresses(None, "") == (None, [], [])
    assert newsextract.extract(page(head=own)).url is None


def test_the_lead_figure_goes_before_what_is_stated_for_networks():
    article = extract(
        head='<meta property="og:image" content="/share/coast-generic.jpg">',
        top='<figure><img src="/p/ferry.jpg" width=1200 height=700></figure>',
    )

    assert article.image == "https://www.harbour-gazette.example/p/ferry.jpg"
    assert article.sources["image"].source == "dom:figure"


def test_a_lead_picture_in_the_button_that_enlarges_it_is_the_picture():
    article = extract(
        top='<button type="button" aria-label="Open image viewer" aria-haspopup="dialog"><div '
        'class="lead"><figure><img src="/p/ferry-band.jpg" alt="The band on the pier"></figure>'
        '</div></button><button type="button"><img src="/i/save.png">Save</button>',
        head='<meta property="og:image" content="https://www.harbour-gazette.example/p/net.jpg">',
    )

    assert article.image == "https://www.harbour-gazette.example/p/ferry-band.jpg"
    assert [image.alt for image in article.images] == ["The band on the pier"]
    assert "Save" not in article.body


def test_logos_and_stand_ins_do_not_stand_for_a_story():
    head = '<meta property="og:image" content="https://cdn.example/img/default-logo.png">'

    assert extract(head=head).image is None
    assert extract(head=head, middle='<p><img src="/p/ferry.jpg"></p>').image.endswith("ferry.jpg")


@pytest.mark.parametrize(
    "address",
    [
        "https://cdn.example/branding/logos/gazette-of-the-islands-2024-red.png",
        "https://cdn.example/fit-in/300x75/Logo/2016-01-04-2-46-43-936-guid-1451.PNG",
        "https://cdn.example/w_1200/v1712/harbour-gazette-logo",
        "https://cdn.example/resize/1200/https://img.example/avatars/m/1378/1378134.jpg",
        "https://secure.gravatar.example/blavatar/bf69214e83fd?s=200",
        "https://cdn.example/docs@2x.ICO",
    ],
)
def test_what_stands_among_logos_and_portraits_does_not_stand_for_a_story(address):
    head = f"""<meta property="og:image" content="{address}">"""
    stated = """<script type="application/ld+json">{"@type": "NewsArticle", "headline":
    "Ferry returns to the islands", "image": "https://cdn.example/p/pier.jpg"}</script>"""

    assert extract(head=head).image is None
    assert extract(head=head + stated).image == "https://cdn.example/p/pier.jpg"


@pytest.mark.parametrize(
    "address",
    ["https://logos.example/p/pier.jpg", "https://cdn.example/p/new-logo-of-the-ferry-line.jpg"],
)
def test_a_picture_of_a_logo_may_stand_for_a_story(address):
    head = f"""<meta property="og:image" content="{address}">"""

    assert extract(head=head).image == address


def test_the_largest_stated_version_of_jsonld_is_taken():
    head = """<script type="application/ld+json">{"@type": "NewsArticle", "headline":
    "Ferry returns to the islands", "image": [
    {"@type": "ImageObject", "url": "/p/square.jpg", "width": 600, "height": 600},
    {"@type": "ImageObject", "url": "/p/wide.jpg", "width": 1600, "height": 900}]}</script>"""

    assert extract(head=head).image == "https://www.harbour-gazette.example/p/wide.jpg"


def lines(*texts, name=""):
    frame = Container("figure", "", "", None, 0, 0, None)
    blocks = []
    for index, text in enumerate(texts):
        container = Container("span", name, name, frame, index + 1, index, None)
        blocks.append(TextBlock(index, text, "paragraph", container, 0, 0, 0))
    return blocks, frame


@pytest.mark.parametrize(
    ("text", "caption", "credit"),
    [
        ("Harbour at dawn. Photo: A. Lee", "Harbour at dawn.", "A. Lee"),
        ("Der Hafen am Morgen. Foto: Jan Petersen/dpa", "Der Hafen am Morgen.", "Jan Petersen/dpa"),
        ("Der Hafen (Bild: Jan Petersen)", "Der Hafen", "Jan Petersen"),
        ("Le port à l'aube. Crédit photo : M. Duval", "Le port à l'aube.", "M. Duval"),
        ("Гавань на рассвете. Фото: Иван Петров", "Гавань на рассвете.", "Иван Петров"),
        ("صباح الميناء. تصوير: سامي حداد", "صباح الميناء.", "سامي حداد"),
        ("朝の港（写真：田中一郎）", "朝の港", "田中一郎"),
        ("항구의 아침. 사진=김민수 기자", "항구의 아침.", "김민수 기자"),
        ("朝の港＝共同", "朝の港", "共同"),
        ("The harbour on Monday. (AP Photo/Ann Lee)", "The harbour on Monday.", "AP Photo/Ann Lee"),
        ("The harbour on Monday. Ann Lee/Getty Images", "The harbour on Monday.",
         "Ann Lee/Getty Images"),
        ("© Ann B. Lee", None, "Ann B. Lee"),
        ("FILE PHOTO: The harbour of Quillmouth in June", "FILE PHOTO: The harbour of Quillmouth "
         "in June", None),
        ("She showed a picture of the old harbour to the crowd that had come in from the villages "
         "and waited", "She showed a picture of the old harbour to the crowd that had come in from "
         "the villages and waited", None),
    ],
)  # fmt: skip
def test_captions_and_credits_are_told_apart(text, caption, credit):
    assert split_caption(*lines(text)) == (caption, credit)


def test_a_line_that_the_page_calls_a_credit_is_one():
    blocks, frame = lines("Ann Lee for the Gazette", name="image__credit")

    assert split_caption(blocks, frame) == (None, "Ann Lee for the Gazette")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/2024/ferry-at-pier-300x200.jpg", "https://a.example/2024/ferry-at-pier.jpg"),
        ("https://a.example/x/4c113d3e-b078-4dd9-8c4b-24b103c17e6a_w948.jpg",
         "https://b.example/y/4c113d3e-b078-4dd9-8c4b-24b103c17e6a_w520.webp"),
        ("https://r.example/?url=https%3A%2F%2Fa.example%2Fp%2Fferry-at-pier.jpg&w=300",
         "https://a.example/p/ferry-at-pier.jpg"),
    ],
)  # fmt: skip
def test_versions_of_one_picture_share_a_key(one, other):
    assert picture_key(one).partition("&")[0] == picture_key(other)


def test_short_names_in_different_folders_are_different_pictures():
    assert picture_key("https://a.example/1/1.jpg") != picture_key("https://a.example/2/1.jpg")


def test_a_stated_version_goes_before_a_small_one_of_the_story():
    shown = Candidate(
        field="image", value="/p/ferry-at-pier-300x200.jpg", source="dom:figure", score=0.9
    )
    stated = Candidate(
        field="image", value="/p/ferry-at-pier.jpg", source="meta:og:image", score=0.8
    )

    chosen = choose_picture([shown, stated], [Image(url=URL, width=300)], URL)

    assert chosen == ("https://www.harbour-gazette.example/p/ferry-at-pier.jpg", stated)


@pytest.mark.parametrize(
    ("markup", "url"),
    [
        ('<iframe src="https://player.tubes.example/v/1" allowfullscreen></iframe>',
         "https://player.tubes.example/v/1"),
        ('<iframe data-src="//tubes.example/embed/1" title="The ramp"></iframe>',
         "https://tubes.example/embed/1"),
        ('<video><source src="/v/ramp.mp4"></video>', "https://www.harbour-gazette.example/v/ramp.mp4"),
        ('<amp-youtube data-videoid="abc123"></amp-youtube>',
         "https://www.youtube.com/watch?v=abc123"),
    ],
)  # fmt: skip
def test_players_in_the_story(markup, url):
    article = extract(middle=f"<div>{markup}</div>")

    assert [video.url for video in article.videos] == [url]
    assert article.sources["videos"].source.startswith("dom:")


@pytest.mark.parametrize(
    "address",
    [
        "https://maps.example/maps/embed?pb=1",
        "https://pods.example/embed/podcast/1",
        "https://posts.example/@harbour/1/embed",
        "https://forms.example/d/e/1/viewform?embedded=true",
    ],
)
def test_other_frames_are_no_videos(address):
    assert extract(middle=f'<iframe src="{address}" allowfullscreen></iframe>').videos == ()


def test_a_frame_too_low_for_a_picture_plays_sound():
    frame = '<iframe src="https://sounds.example/embed/1" height=110></iframe>'

    assert extract(middle=frame).videos == ()


def test_videos_that_jsonld_states():
    head = """<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferry returns
    to the islands", "video": {"@type": "VideoObject", "name": "The ramp is lifted",
    "contentUrl": "https://v.example/ramp.mp4"}}</script>"""
    (video,) = extract(head=head).videos

    assert (video.url, video.title) == ("https://v.example/ramp.mp4", "The ramp is lifted")


def test_a_page_of_ten_thousand_pictures_stays_bounded():
    many = "".join(f'<p><img src="/p/picture-{number}.jpg"></p>' for number in range(10_000))

    assert len(images(middle=many)) == 100


def test_an_amp_picture_that_is_never_closed_keeps_the_story():
    article = extract(middle='<amp-img src="/p/pier.jpg" width=640 height=360>')

    assert article.body.split("\n\n") == PARAGRAPHS
