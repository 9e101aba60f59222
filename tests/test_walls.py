"""What came instead of an article is named: by the answer's head, and by the page itself."""

import time

import httpx
import pytest

import newsextract
from fixtures_on_disk import FOLDER, load
from newsextract import extraction
from newsextract.contents import check_beginning, check_type
from newsextract.errors import (
    BotChallenge,
    BotCheckPage,
    ConsentWall,
    EmptyShell,
    ErrorText,
    FeedInstead,
    Forbidden,
    HttpStatusError,
    LegallyWithheld,
    LoginRequired,
    LoginWall,
    MediaInstead,
    NotAnArticle,
    NotFound,
    PaymentRequired,
    PdfInstead,
    UnsupportedContent,
)
from newsextract.extraction import wall_phrases as phrases
from newsextract.extraction.body import select_body
from newsextract.extraction.walls import is_consent_address
from newsextract.fetching.retrying import is_worth_a_retry
from newsextract.fetching.statuses import check_status
from newsextract.fetching.walls import READ_BYTES, Wall, bot_check

# The head of an answer


@pytest.mark.parametrize(
    ("status", "header", "value", "vendor"),
    [
        (403, "CF-Mitigated", "challenge", "Cloudflare"),
        (200, "cf-mitigated", "challenge", "Cloudflare"),
        (202, "x-amzn-waf-action", "challenge", "AWS WAF"),
        (405, "X-Amzn-Waf-Action", "captcha", "AWS WAF"),
        (403, "X-DD-B", "1", "DataDome"),
        (403, "x-dd-b", "2", "DataDome"),
        (429, "x-vercel-mitigated", " Challenge", "Vercel"),
    ],
)
def test_a_header_that_only_a_challenge_has_is_enough(status, header, value, vendor):
    wall = bot_check(status, {header: value}, b"")

    assert wall is not None
    assert wall.vendor == vendor
    assert wall.evidence == f"{header.lower()}: {value.strip().lower()}"
    assert bot_check(status, httpx.Headers({header: value}), b"") == wall


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("server", "cloudflare"),
        ("cf-ray", "9ab3c1f0de55f1a2-FRA"),
        ("cf-mitigated", "block"),
        ("x-datadome", "protected"),
        ("x-dd-b", "0"),
        ("x-iinfo", "9-1000001-0 NNNN RT(1762336800 23)"),
        ("x-amzn-waf-action", "count"),
        ("server", "AkamaiGHost"),
        ("set-cookie", "datadome=made-up; Path=/"),
    ],
)
def test_what_every_answer_of_a_guarded_site_has_says_nothing(header, value):
    for status in (200, 403):
        assert bot_check(status, {header: value}, b"<h1>Members only</h1>") is None


def test_the_sensor_of_akamai_says_who_refused_and_nothing_else():
    headers = httpx.Headers([("set-cookie", "a=b"), ("set-cookie", "_abck=0~-1~made-up; path=/")])

    assert bot_check(403, headers, b"") == Wall("Akamai", "cookie _abck")
    assert bot_check(200, headers, b"") is None
    assert bot_check(404, headers, b"") is None


CHALLENGES = [
    ("Cloudflare", "<script>window._cf_chl_opt = {cType: 'managed'}</script>"),
    ("Cloudflare", "<title>Just a moment...</title><script src='/cdn-cgi/challenge-platform/h/b'>"),
    ("Cloudflare", '<span class="cf-browser-verification">'),
    ("Cloudflare", "<TITLE>Attention Required! | Cloudflare</TITLE>"),
    ("DataDome", "<script>var dd={'rt':'c'}</script><script src=//ct.captcha-delivery.com/c.js>"),
    ("HUMAN", '<div id="px-captcha"></div><script>window._pxAppId="1";window._pxUuid="2"</script>'),
    ("HUMAN", "<title>Access to this page has been denied.</title><script>_pxAppId=1</script>"),
    ("Akamai", '<div id="sec-if-cpt-container">'),
    ("Akamai", '<script src="/_sec/cp_challenge/c.js"></script><form action="?bm-verify=AAQ">'),
    ("Akamai", "<TITLE>Access Denied</TITLE>Reference&#32;&#35;18&#46;2d"),
    ("Akamai", "<title>Access Denied</title>You don't have permission … Reference #18.2d"),
    ("Imperva", "Request unsuccessful. Incapsula incident ID: 444-1"),
    ("Imperva", '<iframe id="main-iframe" src="/_Incapsula_Resource?SWUDNSAI=31">'),
    ("Imperva", '<script src="/_Incapsula_Resource?SWJIYLWA=5"></script></head><body></body>'),
    ("Imperva", "<title>Pardon Our Interruption</title>"),
    ("AWS WAF", "<script>window.gokuProps = {}</script><script src=//a.token.awswaf.com/c.js>"),
    ("Sucuri", "<script>var sucuri_cloudproxy_js='';</script>"),
    ("Sucuri", "<title>Sucuri WebSite Firewall - Access Denied</title>"),
    ("Kasada", "<script>window.KPSDK={}</script><script src='/1/2/ips.js?x=1'>"),
    ("DDoS-Guard", "<title>DDoS-Guard</title>"),
    ("SiteGround", '<meta http-equiv="refresh" content="0;/.well-known/sgcaptcha/?r=%2F">'),
    ("Anubis", '<script id="anubis_challenge" type="application/json">{}</script>'),
    ("Vercel", "<title>Vercel Security Checkpoint</title>"),
    ("reCAPTCHA", '<form><div class="box g-recaptcha" data-sitekey="1"></div></form>'),
    ("hCaptcha", "<div data-sitekey=1 class='h-captcha'></div>"),
    ("Cloudflare Turnstile", '<div class="cf-turnstile" data-sitekey="1"></div>'),
]


@pytest.mark.parametrize(("vendor", "page"), CHALLENGES)
def test_the_page_of_a_challenge_is_known_where_the_site_refuses(vendor, page):
    body = b"<html><head>" + page.encode()

    for status in (401, 403, 405, 429, 503):
        wall = bot_check(status, {}, body)
        assert wall is not None
        assert wall.vendor == vendor
    assert bot_check(403, {}, b" " * READ_BYTES + body) is None


@pytest.mark.parametrize(("vendor", "page"), CHALLENGES)
def test_the_same_words_under_another_status_are_a_page_or_its_absence(vendor, page):
    for status in (200, 404, 410, 451, 500):
        assert bot_check(status, {}, page.encode()) is None


@pytest.mark.parametrize(
    "page",
    [
        '<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>',
        "<script>window._pxAppId='1'</script><script src='/1/init.js'></script>",
        "<div id='px-captcha-box'></div>",
        '<script src="/_Incapsula_Resource?SWJIYLWA=1"></script><body><h1>Refused</h1></body>',
        '<script src="https://js.datadome.co/tags.js"></script>',
        '<script src="https://1.token.awswaf.com/1/challenge.js"></script>',
        '<script src="/149e/2d20/p.js">KPSDK</script>',
        "<title>Access Denied</title><p>Your subscription has ended.</p>",
        '<script src="https://www.google.com/recaptcha/api.js"></script>',
        '<style>.grecaptcha-badge,.g-recaptcha-note{display:none}</style><p class="g-recaptcha">',
        '<form><input type="email"><div class="g-recaptcha"></div></form>',
        '<form><input type=password><div class="h-captcha"></div></form>',
        '<form><textarea></textarea><div class="cf-turnstile"></div></form>',
    ],
)
def test_what_refusals_of_a_site_itself_may_have_in_them_is_no_challenge(page):
    assert bot_check(403, {}, page.encode()) is None


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (401, LoginRequired),
        (402, PaymentRequired),
        (403, Forbidden),
        (404, NotFound),
        (410, NotFound),
        (451, LegallyWithheld),
        (429, HttpStatusError),
        (500, HttpStatusError),
        (204, HttpStatusError),
    ],
)
def test_a_status_has_its_own_error(status, error):
    with pytest.raises(HttpStatusError, match=f"the server answered {status}") as caught:
        check_status(status)

    assert type(caught.value) is error
    assert caught.value.failure.detail.startswith(str(status))


@pytest.mark.parametrize("status", [200, 202, 403, 429, 503])
def test_a_bot_check_is_named_with_its_vendor_and_its_evidence(status):
    with pytest.raises(BotChallenge, match="extract the file") as caught:
        check_status(status, Wall("Cloudflare", "cf-mitigated: challenge"))

    failure = caught.value.failure
    assert failure.kind == newsextract.FailureKind.BOT_CHECK
    assert failure.detail.startswith(str(status))
    assert failure.detail.endswith("; Cloudflare: cf-mitigated: challenge")
    assert not is_worth_a_retry(caught.value, status)


def test_a_page_without_a_wall_follows_as_before():
    check_status(200)
    check_status(203, None)


# Other content than HTML


@pytest.mark.parametrize(
    ("content_type", "error"),
    [
        ("application/pdf", PdfInstead),
        ("image/webp", MediaInstead),
        ("video/mp4", MediaInstead),
        ("audio/mpeg", MediaInstead),
        ("application/rss+xml", FeedInstead),
        ("application/atom+xml", FeedInstead),
        ("application/rdf+xml", FeedInstead),
        ("application/feed+json", FeedInstead),
        ("application/json", UnsupportedContent),
        ("font/woff2", UnsupportedContent),
        ("application/zip", UnsupportedContent),
    ],
)
def test_a_type_that_is_no_page_has_its_own_error(content_type, error):
    with pytest.raises(UnsupportedContent) as caught:
        check_type(content_type)

    assert type(caught.value) is error


@pytest.mark.parametrize(
    ("beginning", "error"),
    [
        (b"%PDF-1.7", PdfInstead),
        (b"\x89PNG\r\n\x1a\n", MediaInstead),
        (b"OggS\x00", MediaInstead),
        (b"PK\x03\x04", UnsupportedContent),
        (b'<?xml version="1.0"?>\n<!-- feed -->\n<rss version="2.0">', FeedInstead),
        (b'<?xml version="1.0"?><?xml-stylesheet href="a.xsl"?><feed xmlns="a">', FeedInstead),
        (b'\xef\xbb\xbf<rdf:RDF xmlns:rdf="a">', FeedInstead),
        (b'<!DOCTYPE rss SYSTEM "rss-0.91.dtd">\n<RSS>', FeedInstead),
        (b'<urlset xmlns="a">', FeedInstead),
        (b"<sitemapindex>", FeedInstead),
    ],
)
@pytest.mark.parametrize("content_type", ["text/html", "text/plain; charset=utf-8", ""])
def test_a_body_that_is_no_page_has_its_own_error_under_any_label(content_type, beginning, error):
    with pytest.raises(UnsupportedContent, match="give the address of") as caught:
        check_beginning(content_type, beginning)

    assert type(caught.value) is error or content_type.startswith("text/plain")


def test_a_feed_is_known_in_any_xml():
    with pytest.raises(FeedInstead, match="one of the pages that it lists"):
        check_beginning("text/xml", b"<rss>")
    check_beginning("text/html", b"<feedback-box>The page</feedback-box>")


# Pages in hand

EVIDENCE = {
    "akamai-access-denied": "Akamai",
    "aws-waf-challenge": "AWS WAF",
    "cloudflare-blocked": "Cloudflare",
    "cloudflare-just-a-moment": "Cloudflare",
    "consent-didomi-french": "Didomi",
    "consent-host-portuguese": "address: https://consent.",
    "consent-onetrust-german": "OneTrust",
    "consent-own-page-dutch": "button: Akkoord",
    "consent-quantcast-english": "Quantcast",
    "datadome-captcha": "DataDome",
    "hcaptcha-spanish": "hCaptcha",
    "human-press-and-hold": "HUMAN",
    "imperva-incident": "Imperva",
    "kasada-script": "Kasada",
    "login-address-first-japanese": "form to sign in; address: https://id.",
    "login-english": "password field; title: Log in",
    "login-heading-polish": "password field; text: Zaloguj",
    "not-found-arabic": "title: الصفحة غير موجودة; heading: عذرا",
    "not-found-english": "title: Page not found; heading: Oops!",
    "not-found-german": "title: 404; heading: Die angeforderte",
    "not-found-japanese": "title: ページが見つかりません",
    "not-found-spanish": "heading: Página no encontrada; text: La página",
    "shell-bundles-alone": "no text, script https://static.",
    "shell-header-and-empty-root": "nothing in #__next",
    "shell-noscript-polish": "text: Aby korzystać",
    "shell-react": "nothing in #root",
    "sucuri-redirect": "Sucuri",
    "title-russian": "title: Проверка браузера",
    "went-wrong-french": "title: Une erreur",
}


@pytest.mark.parametrize("case", EVIDENCE)
def test_a_wall_tells_what_gave_it_away(case):
    fixture = load(FOLDER / f"wall--{case}")

    with pytest.raises(NotAnArticle) as caught:
        newsextract.extract(fixture.page, fixture.meta["url"])

    failure = caught.value.failure
    assert failure.detail.startswith(EVIDENCE[case])
    assert failure.url == fixture.meta["url"]
    assert failure.message.startswith("The page ")


STORY = (
    "The council of Aldermere has bought eleven goats to keep the banks of the canal short. "
    "They arrived on Monday and had eaten the mayor's geraniums by noon."
)


def page(body, title="Aldermere Echo", head=""):
    return f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"


def outcome(html, url=None):
    try:
        newsextract.extract(html, url)
    except newsextract.ExtractionError as error:
        return type(error)
    return newsextract.Article


LOGIN = "<form action='/in'><input name=u><input type=password name=p><button>Go</button></form>"


@pytest.mark.parametrize(
    ("body", "title", "expected"),
    [
        (f"<main>{LOGIN}</main>", "Log in", LoginWall),
        (f"<main><h1>Sign in</h1>{LOGIN}</main>", "Aldermere Echo", LoginWall),
        (f"<main><p>Please log in to read on.</p>{LOGIN}</main>", "Aldermere Echo", LoginWall),
        (f"<main><h1>Goats</h1>{LOGIN}</main>", "Aldermere Echo", newsextract.NoArticleText),
        (f"<h1>Goats</h1><p>{STORY}</p>{LOGIN}", "Log in", newsextract.Article),
        (f"<div hidden>{LOGIN}</div><p>Goats</p>", "Log in", newsextract.NoArticleText),
        (f"<aside>{LOGIN}</aside><p>Goats</p>", "Log in", newsextract.NoArticleText),
        (f"<div aria-hidden=true>{LOGIN}</div><p>Goats</p>", "Log in", newsextract.NoArticleText),
        (f"<div style='display: none'>{LOGIN}</div><p>Goats</p>", "Log in", newsextract.NoArticleText),
        (f"<div class='has-sidebar overflow-hidden'>{LOGIN}</div>", "Log in", LoginWall),
        (f"<div class=auth-modal>{LOGIN}</div><p>Goats</p>", "Log in", newsextract.NoArticleText),
        ("<form action=/signin><input type=email></form><p>a</p>", "Sign in", LoginWall),
        ("<header><form action=/signin><input type=email></form></header><p>a</p>", "Sign in", newsextract.NoArticleText),
        ("<form action=/news><input type=email></form><p>a</p>", "Sign in", newsextract.NoArticleText),
    ],
)  # fmt: skip
def test_a_login_wall_is_a_form_of_the_page_and_words_for_it(body, title, expected):
    assert outcome(page(body, title)) is expected


@pytest.mark.parametrize(
    "address", ["https://login.aldermere.example/a", "https://aldermere.example/signin?next=/a"]
)
def test_the_address_may_say_that_a_page_is_to_sign_in(address):
    html = page(f"<main><p>Aldermere</p>{LOGIN}</main>")

    assert outcome(html, address) is LoginWall
    assert outcome(html, "https://aldermere.example/designing") is newsextract.NoArticleText


def test_a_list_with_a_box_to_sign_in_is_no_login_wall():
    items = "".join(f"<li><a href=/{n}>Story of the day, number {n}</a></li>" for n in range(40))

    html = page(f"<h3>Log in</h3>{LOGIN}<ul>{items}</ul>")

    assert outcome(html) is newsextract.NoArticleText


@pytest.mark.parametrize(
    ("body", "title", "expected"),
    [
        ("<h1>Page not found</h1><p>It may have been eaten by a goat that came on Monday, or by "
         "somebody else whom we do not know.</p>", "Page not found | Echo", ErrorText),
        (f"<h1>Goats</h1><p>{STORY}</p>", "Page not found | Echo", newsextract.Article),
        (f"<h1>Goats</h1><p>{STORY} Page not found.</p>", "Aldermere Echo", newsextract.Article),
        (f"<h1>404 Not Found: the goats of Aldermere</h1><p>{STORY}</p>",
         "404 Not Found: the goats of Aldermere | Echo", newsextract.Article),
        ("<p>Echo</p>", "404", ErrorText),
        ("<h2>Something went wrong</h2>", "Echo", ErrorText),
        ("<div>An error occurred.</div>", "Echo", newsextract.NoArticleText),
        ("<h1>Sorry</h1><p>a</p>", "Sorry", newsextract.NoArticleText),
        (f"<h1>Page not found</h1><p>{STORY}</p><p>{STORY.replace('goats', 'sheep')}</p>"
         f"<p>{STORY.replace('goats', 'geese')}</p><p>{STORY.replace('goats', 'cows')}</p>",
         "Page not found", newsextract.Article),
    ],
)  # fmt: skip
def test_an_error_text_says_so_in_two_places_or_has_nothing_else(body, title, expected):
    assert outcome(page(body, title)) is expected


def test_a_text_with_a_date_is_a_story_whatever_it_is_called():
    html = page(f"<h1>Page not found</h1><p>{STORY}</p>", "Page not found")
    dated = html.replace(
        "<head>", '<head><meta property="article:published_time" content="2026-11-03">'
    )

    assert outcome(html) is ErrorText
    assert outcome(dated) is newsextract.Article


ASKS = (
    "We and our 12 partners use cookies and similar means on your device. By clicking on the "
    "button you let us do so; you can withdraw your consent at any time."
)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<h1>Cookies</h1><p>{ASKS}</p><button>Accept all</button>", ConsentWall),
        (f"<h1>Cookies</h1><p>{ASKS}</p><input type=submit value='I agree'>", ConsentWall),
        (f"<h1>Cookies</h1><p>{ASKS}</p><a class=btn-big href=/ok>Agree and continue</a>", ConsentWall),
        (f"<h1>Cookies</h1><p>{ASKS}</p><button>Share</button>", newsextract.Article),
        (f"<h1>Cookies</h1><p>{STORY}</p><p>{STORY.replace('goats', 'sheep')}</p><p>{ASKS}</p>"
         "<button>Accept all</button>", newsextract.Article),
        (f"<h1>Cookies</h1><p>{STORY}</p><button>Accept all</button>", newsextract.Article),
        ("<h1>Adopt a goat</h1><p>Our 12 partners have brought a goat each. By clicking on the button you "
         "adopt one of them and pay for its hay.</p><button>I agree</button>", newsextract.Article),
    ],
)  # fmt: skip
def test_a_question_for_consent_is_most_of_the_text_and_a_button(body, expected):
    assert outcome(page(body)) is expected


@pytest.mark.parametrize(
    "container",
    ["id=onetrust-banner-sdk", "id=didomi-notice", "id=sp_message_container_1184", "id=usercentrics-root",
     "id=qc-cmp2-ui", "id=CybotCookiebotDialog", "id=truste-consent-content", "class=fc-consent-root"],
)  # fmt: skip
def test_a_consent_platform_is_known_by_its_element_where_nothing_stands_beside_it(container):
    banner = f"<div {container}><p>{ASKS}</p><button>OK</button></div>"
    links = "".join(f"<li><a href=/{n}>Story of the day, number {n}</a></li>" for n in range(40))

    assert outcome(page(banner)) is ConsentWall
    assert outcome(page(f"<p>{STORY}</p>{banner}")) is not ConsentWall
    assert outcome(page(f"<ul>{links}</ul>{banner}")) is not ConsentWall
    assert outcome(page(f"<div {container}></div><p>Echo</p>")) is newsextract.NoArticleText


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://consent.aldermere.example/v2", ConsentWall),
        ("https://guce.aldermere.example/c", ConsentWall),
        ("https://www.aldermere.example/consent/tcf?to=/a", ConsentWall),
        ("https://www.aldermere.example/politics/consent-bill", newsextract.Article),
    ],
)
def test_an_address_for_consent_is_enough_however_long_the_question(address, expected):
    question = "".join(f"<p>{ASKS.replace('12', str(n))}</p>" for n in range(20, 32))

    assert outcome(page(f"<h1>Before you read on</h1>{question}"), address) is expected
    assert outcome(page(f"<h1>Goats</h1><p>{STORY}</p>"), address) is newsextract.Article


@pytest.mark.parametrize(
    ("body", "head", "expected"),
    [
        ("<div id=root></div><script src=/a.js></script>", "", EmptyShell),
        ("<app-root></app-root><script src=/a.js></script>", "", EmptyShell),
        ("<div id=root></div>", "", newsextract.EmptyPage),
        ("<div id=menu></div><script src=/a.js></script>", "", newsextract.EmptyPage),
        ("<div id=root><p>Goats</p></div><script src=/a.js></script>", "", newsextract.NoArticleText),
        (f"<div id=app></div><p>{STORY}</p><script src=/a.js></script>", "", newsextract.Article),
        ("<noscript>Bitte aktivieren Sie <b>JavaScript</b>.</noscript>", "", EmptyShell),
        ("<noscript><img src=/count.gif></noscript>", "", newsextract.EmptyPage),
        ("<p>يرجى تفعيل جافا سكريبت</p>", "", EmptyShell),
        ("<div></div><script src=/assets/index-4fa1.js></script>", "", EmptyShell),
        ("<div></div><script src=/_next/static/chunks/1.js></script>", "", EmptyShell),
        ("<div></div>", "<link rel=preload as=script href=/start.js>", EmptyShell),
        ("<div></div>", "<link rel=preload as=font href=/_next/a.woff2>", newsextract.EmptyPage),
        ("<p>Echo</p><script src=/assets/index-4fa1.js></script>", "", newsextract.NoArticleText),
        ("<h1>JavaScript turns 31</h1><p>The language JavaScript was made in ten days in May of "
         "1995, and goats have nothing to do with it.</p><p>" + STORY + "</p>", "", newsextract.Article),
    ],
)  # fmt: skip
def test_a_shell_is_empty_and_says_or_loads_what_is_to_fill_it(body, head, expected):
    assert outcome(page(body, head=head)) is expected


HOW_TO = "".join(
    f"<p class='hint hint-{name}' data-shown-to='{name}'>In {name} open the settings, look for the "
    "part on privacy and security, choose what pages are allowed to do, and move the first switch "
    "to the right; then load this page once more.</p>"
    for name in ("Corvid", "Lantern", "Sea Lion", "Compass", "Old Lantern")
)


def test_how_to_switch_scripts_on_is_no_story_however_long():
    asks = "<p>This page needs JavaScript, which is switched off in your browser at the moment.</p>"

    shell = page(
        f"<noscript>{asks}{HOW_TO}</noscript><div id=root></div><script src=/a.js></script>"
    )

    assert outcome(shell) is EmptyShell


def test_a_story_for_readers_without_scripts_is_read_where_the_page_has_no_other():
    story = f"<noscript><h1>Goats</h1><p>{STORY}</p><p>{STORY}</p><p>{STORY}</p></noscript>"

    lines = "<p>Bees have come back.</p>" * 40

    assert (
        outcome(page(f"{story}<div id=root></div><script src=/a.js></script>"))
        is newsextract.Article
    )
    assert outcome(page(f"{story}<h2>Bees</h2>{lines}")) is newsextract.NoArticleText


def test_a_story_in_shadow_roots_is_read_where_the_page_has_no_other():
    root, inert = "<template shadowrootmode={}>{}</template>", "<template><p>{}</p></template>"
    part = root.format('"open"', f"<style>p {{display: none}}</style><p>One: {STORY}</p>")
    story = root.format("Closed", f"<h1>Goats</h1><x-part>{part}</x-part><p>Two: {STORY}</p>")
    lines = "<p>Bees have come back.</p>" * 40
    read = newsextract.extract(page(f"<x-story>{story}<p slot=end>Three: {STORY}</p></x-story>"))

    assert read.title == "Goats"
    assert read.body == f"One: {STORY}\n\nTwo: {STORY}\n\nThree: {STORY}"
    assert outcome(page(f"{story}<h2>Bees</h2>{lines}")) is newsextract.NoArticleText
    assert outcome(page(inert.format(part + STORY))) is newsextract.EmptyPage
    # None of them is the root of anything in an attribute or a comment.
    quoted = story.replace("'", "&#39;")
    for other in (f"<!-- {story} -->", root.format('""', STORY), f"<x-story title='{quoted}'>"):
        assert outcome(page(other)) is newsextract.EmptyPage


def test_the_name_of_the_language_alone_asks_for_nothing():
    assert outcome(page("<ul><li>JavaScript</li><li>Python</li></ul>")) is newsextract.NoArticleText


def test_addresses_that_are_broken_are_looked_at_as_well():
    assert is_consent_address("HTTP://CONSENT.[x/")
    assert not is_consent_address("consent.x")


def test_elements_without_end_do_no_harm():
    deep = page("<div id=root>" * 3_000 + LOGIN + "<div class=" * 9_000, "Page not found")

    begin = time.monotonic()
    assert outcome(deep) is not newsextract.Article
    assert outcome(page("<noscript>" + "<" * 200_000 + "</noscript>")) is newsextract.EmptyPage
    assert bot_check(403, {}, b"<div class=class=" * 4_000) is None
    assert time.monotonic() - begin < 5


def test_a_list_of_links_that_asks_for_javascript_is_no_shell():
    links = "".join(f"<li><a href=/{n}>Story of the day, number {n}</a></li>" for n in range(40))

    html = page(f"<noscript>Turn on JavaScript.</noscript><ul>{links}</ul>")

    assert outcome(html) is newsextract.NoArticleText


def test_a_front_page_with_an_empty_root_for_a_widget_is_no_shell():
    fixture = load(FOLDER / "failure--front-page")
    html = fixture.page.replace(b"</body>", b"<div id=app></div><script src=/w.js></script></body>")

    assert outcome(html) is newsextract.NoArticleText


def test_the_marks_of_a_bot_check_count_only_where_hardly_any_text_is():
    links = "".join(f"<li><a href=/{n}>Story of the day, number {n}</a></li>" for n in range(90))
    mark = "<script>window._cf_chl_opt={}</script>"

    assert outcome(page("<p>Wait</p>", head=mark)) is BotCheckPage
    assert outcome(page(f"<ul>{links}</ul>", head=mark)) is newsextract.NoArticleText


def test_a_bot_check_without_a_name_has_a_title_for_it_and_a_script():
    waiting = page(
        "<p>It takes a few seconds.</p><script>setTimeout(go, 9)</script>", "Security check"
    )

    assert outcome(waiting) is BotCheckPage
    assert outcome(waiting.replace("<script>", "<!--")) is newsextract.NoArticleText
    assert outcome(waiting.replace("Security", "Reality")) is newsextract.NoArticleText


def test_a_page_that_is_no_utf_8_is_looked_at_as_well():
    html = page("<p>Подождите</p><script>window._cf_chl_opt={}</script>")

    with pytest.raises(BotCheckPage):
        newsextract.extract(html.encode("windows-1251"), content_type="text/html; charset=cp1251")


def test_a_text_of_some_length_is_looked_at_only_where_it_is_not_sure(monkeypatch):
    paragraphs = "".join(f"<p>{STORY.replace('eleven', str(n))}</p>" for n in range(40, 47))
    html = page(f"<h1>Goats</h1>{paragraphs}", head="<script>window._cf_chl_opt={}</script>")

    assert outcome(html) is newsextract.Article

    def unsure(*given):
        return select_body(*given)._replace(confidence=0.3)

    monkeypatch.setattr(extraction, "select_body", unsure)
    assert outcome(html) is BotCheckPage


# What is said

ERROR_LINES = """
404 | Error 404 | 404 Not Found | 404: This page could not be found. | Oops! That page can’t be found.
The page you requested was not found | We couldn't find the page you were looking for
Sorry, this page isn't available | This page may have been moved or deleted | 503 Service Unavailable
500 Internal Server Error | Oops, something went wrong! | An unexpected error has occurred
Page not found or no longer there | Página no encontrada | La noticia que buscas no existe
Se ha producido un error | Page introuvable | Désolé, cette page n’existe plus | Fehler 404 – Seite nicht gefunden
Die gesuchte Seite ist leider nicht verfügbar | Es ist ein Fehler aufgetreten | Página não encontrada
Algo deu errado | Pagina non trovata | Si è verificato un errore | Pagina niet gevonden | Er is iets misgegaan
Sidan kunde inte hittas | Siden blev ikke fundet | Siden finnes ikke | Sivua ei löytynyt | Strona nie istnieje
Coś poszło nie tak | Stránka nebyla nalezena | Stránka neexistuje | Pagina nu a fost găsită
Az oldal nem található | Η σελίδα δεν βρέθηκε | Ошибка 404. Страница не найдена | Что-то пошло не так
Сторінку не знайдено | Aradığınız sayfa bulunamadı | Bir hata oluştu | Halaman tidak ditemukan
Không tìm thấy trang | 您访问的页面不存在 | 找不到网页 | お探しのページは見つかりませんでした | ページが存在しません
요청하신 페이지를 찾을 수 없습니다 | الصفحة المطلوبة غير موجودة | صفحه مورد نظر یافت نشد | הדף לא נמצא
पेज नहीं मिला | পৃষ্ঠাটি পাওয়া যায়নি | ไม่พบหน้าที่คุณต้องการ
"""
LOGIN_LINES = """
Log in | Sign in to continue reading | You must be logged in to read this | Inicia sesión para continuar
Connectez-vous pour lire la suite | Connexion | Anmelden | Bitte melden Sie sich an, um weiterzulesen
Faça login para continuar | Accedi al tuo account | Inloggen | Logga in | Log ind for at læse videre
Kirjaudu sisään | Zaloguj się | Přihlaste se | Autentificare | Bejelentkezés | Σύνδεση | Вход на сайт
Войдите, чтобы продолжить | Увійдіть, щоб читати далі | Giriş yap | Silakan masuk untuk membaca
Vui lòng đăng nhập | 请登录后继续阅读 | 登录 | ログインしてください | 로그인이 필요합니다 | يرجى تسجيل الدخول
ورود به حساب کاربری | יש להתחבר כדי לקרוא | कृपया लॉगिन करें | กรุณาเข้าสู่ระบบ
"""
ACCEPTING = """
Accept all | I agree | Agree and continue | Aceptar y continuar | Tout accepter | J’accepte | Alle akzeptieren
Einverstanden | Aceitar tudo | Accetta e continua | Alles accepteren | Acceptera alla | Tillad alle
Hyväksy kaikki | Przejdź do serwisu | Přijmout vše | Accept toate | Elfogadom | Αποδοχή όλων | Принять все
Прийняти всі | Tümünü kabul et | Saya setuju | Đồng ý | 全部接受 | 同意する | 모두 동의 | أوافق | می‌پذیرم
אני מסכים | सभी स्वीकार करें | ยอมรับทั้งหมด
"""
WAITING = """
Just a moment... | Verificación de seguridad | Verify you are human | Checking your browser before you go on | Un momento… | Un instant…
Einen Moment… | Um momento… | Verifica di sicurezza | Een ogenblik geduld… | Ett ögonblick… | Cierpliwości…
Один момент… | Зачекайте… | Bir dakika lütfen… | Tunggu sebentar… | Chờ một chút… | 请稍候…
しばらくお待ちください… | 잠시만 기다리십시오… | لحظة… | لطفاً صبر کنید | רק רגע… | एक क्षण…
"""
ASKING = """
We and our 12 partners | nuestros 45 socios | Nous utilisons des cookies | mit Ihrer Einwilligung
Nós e os nossos 96 parceiros | i nostri 12 partner | onze 41 partners | våra 30 partner | vi bruger cookies
käytämme evästeitä | nasi zaufani partnerzy | váš souhlas | partenerii noștri | partnereink
οι συνεργάτες μας | мы используем файлы cookie и наши партнёры | ваша згода | iş ortaklarımız | mitra kami
đối tác của chúng tôi | 我们和合作伙伴 | 当社および提携先は | 쿠키를 사용합니다 | نحن وشركاؤنا | با رضایت شما
השותפים שלנו | हम और हमारे पार्टनर | เราใช้คุกกี้
"""


def lines(text):
    return [line.strip() for row in text.strip().split("\n") for line in row.split("|")]


@pytest.mark.parametrize(
    ("says", "text"),
    [
        (phrases.is_error_line, ERROR_LINES),
        (phrases.is_login_line, LOGIN_LINES),
        (phrases.is_accept, ACCEPTING),
        (phrases.is_bot_title, WAITING),
        (phrases.speaks_of_consent, ASKING),
    ],
)
def test_it_is_understood_in_the_big_languages(says, text):
    assert [line for line in lines(text) if not says(line)] == []


HEADLINES = """
404 Not Found: town loses its website | The 404 that nobody wanted | Storm leaves 404 homeless | Peugeot 404
Page not found, says minister, and blames the weather | Errors in the budget cost millions | Sorry
What went wrong in Aldermere | Something is wrong with our bees | Missing persons | Not found guilty
Login woes at the savings bank | Anmeldung zur Kita beginnt im März | Sign language in schools
Accept no gifts, mayor tells staff | Just a moment of joy at the shelter | I agree with the goats
Security checks at the border take hours | Verified human remains found in quarry | Acceso cerrado por obras
Вход воспрещён | 登录火星的第一人 | ログインボーナスの終わり | Accès interdit aux chèvres
"""


@pytest.mark.parametrize(
    "says",
    [phrases.is_error_line, phrases.is_login_line, phrases.is_accept, phrases.is_bot_title],
)
def test_headlines_with_the_same_words_are_no_such_lines(says):
    assert [line for line in lines(HEADLINES) if says(line)] == []


def test_a_line_that_is_a_text_is_no_line():
    for says, line in (
        (phrases.is_error_line, "Page not found or "),
        (phrases.is_login_line, "Log in to "),
    ):
        assert says(line + "x")
        assert not says(line + "x" * 200)
