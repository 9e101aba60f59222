"""Lines between paragraphs: labels are found in many languages, news is left alone."""

import re._constants as kinds
import re._parser as patterns
import time

import pytest

from newsextract.extraction import calls, lines, origins
from newsextract.extraction.lines import line_label

ANYTHING = "\0"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Advertisement", "advertisement"),
        ("ADVERTISEMENT - CONTINUE READING BELOW", "advertisement"),
        ("Story continues below this advertisement", "advertisement"),
        ("— Werbung —", "advertisement"),
        ("広告", "advertisement"),
        ("Also read: Ferry fares go up", "related"),
        ("اقرأ أيضا: جسر جديد", "related"),
        ("Читайте также: Мост закрыли", "related"),
        ("あわせて読みたい", "related"),
        ("İlgili haber: Feribot adalara döndü", "related"),
        ("Olvassa el ezt is: Visszatért a komp", "related"),
        ("Kapcsolódó cikkek", "related"),
        ("(También puede leer: El transbordador vuelve a las islas)", "related"),
        ("Mehr lesen: Die Fähre ist zurück", "related"),
        ("Baca: Feri kembali ke pulau", "related"),
        ("Bildrechte: Hafenblatt/Benno Dorfner", "caption"),
        ("Comments (12)", "comments"),
        ("Kommentare", "comments"),
        ("© 2024 Harbour Post", "note"),
        ("(c) 2024 Harbour Post", "note"),
        ("Correction: an earlier version gave a wrong date.", "note"),
        ("Foto: Benno Dorfner", "caption"),
        ("▲渡輪恢復往返島嶼。（圖／海港日報）", "caption"),
        ("渡輪恢復往返島嶼（記者王小明攝）", "caption"),
        ("The weir in March (Photo: Ann Lee)", "caption"),
        ("김도윤 기자 doyun@news.example", "byline"),
        ("Publicitate", "advertisement"),
        ("Artikel unten weiterlesen", "advertisement"),
        ("Článek pokračuje pod reklamou", "advertisement"),
        ("記事は広告の後に続きます", "advertisement"),
        ("Φωτογραφία: Άννα Λεκού", "caption"),
        ("Fot. Anna Lis", "caption"),
        ("图片来源：海港日报", "caption"),
        ("Wszelkie prawa zastrzeżone", "note"),
        ("สงวนลิขสิทธิ์ © 2024", "note"),
        ("Залишити коментар", "comments"),
        ("أضف تعليقا", "comments"),
        ("コメントを書く", "comments"),
        ("(Credit: Benno Dorfner / Harbour Gazette)", "caption"),
        ("Beitragsbild via Harbour Gazette.", "caption"),
        ("Video courtesy of the harbour museum", "caption"),
        ("题图来自 海港日报", "caption"),
        ("(Reporting by Ann Lee and Bo Strand; editing by Mia Torp)", "note"),
        ("Additional reporting by Ann Lee.", "note"),
        ("Harbour Press writer Ann Lee contributed to this report.", "note"),
        ("(Reportage Chloé Ruiz, version française Anne Roy, édité par Luc Petit)", "note"),
        ("(Reporte de Ana Ruiz; Editado por Luis Vega)", "note"),
        ("Mitarbeit: Änne Groß", "note"),
        ("Редактор: Иван Петров", "note"),
        ("편집 김민수", "note"),
        ("（完）", "note"),
        ("Cet article est paru initialement dans La Revue des îles.", "note"),
        ("Contact the reporter at ann@harbour.example", "call"),
        ("Mit Material von dpa und AFP", "note"),
        ("Con información de la agencia Harbour", "note"),
        ("По материалам агентства «Гавань»", "note"),
        ("Quelle: hgz/dpa", "note"),
        ("Source : Institut de la mer", "note"),
        ("Źródło: Głos Portu", "note"),
        ("المصدر: وكالات", "note"),
        ("出典：港の新聞", "note"),
        ("来源：海港日报", "note"),
        ("출처: 해안신문", "note"),
        ("This article first appeared in the Island Review.", "note"),
        ("A shorter version of this essay originally appeared on harbour.example", "note"),
        ("Dieser Text erschien zuerst in der Inselzeitung.", "note"),
        ("Este artículo se publicó originalmente en La Revista del Puerto.", "note"),
        ("Cet article est initialement paru dans La Revue des îles.", "note"),
        ("This is a developing story and will be updated.", "note"),
        ("Dieser Artikel wird laufend aktualisiert.", "note"),
        ("Новость дополняется…", "note"),
        ("Haber güncelleniyor...", "note"),
        ("持续更新中……", "note"),
        ("Stay informed: our newsletter comes every Friday.", "call"),
        ("Bleiben Sie auf dem Laufenden mit unserem Newsletter!", "call"),
        ("Got a tip? Write to the newsroom at tips@harbour.example.", "call"),
        ("¿Tienes una historia que contar? Escríbenos", "call"),
        ("To reach the reporter behind this story, write to ann@harbour.example.", "call"),
        ("Subscribe now to read the full story.", "call"),
        ("For the latest news from the coast, download the Harbour Gazette apps.", "call"),
        ("Make Harbour Gazette your preferred source on Google", "call"),
        ("Follow us on Telegram and Facebook!", "call"),
        ("Folgen Sie uns auf Facebook", "call"),
        ("Síguenos en nuestras redes", "call"),
        ("Bizi Telegram ve X'te takip edin", "call"),
        ("Подписывайтесь на наш Telegram-канал", "call"),
        ("تابعونا على تلغرام", "call"),
        ("欢迎关注我们的微信公众号", "call"),
        ("公式Xをフォローする", "call"),
        ("카카오톡 채널을 구독하세요", "call"),
        ("हमें फेसबुक पर फॉलो करें", "call"),
        ("আমাদের ফেসবুক পেজে ফলো করুন", "call"),
        ("Sign up for our newsletter", "call"),
        ("Inscrivez-vous à notre newsletter pour tout savoir du port.", "call"),
        ("Iratkozzon fel hírlevelünkre!", "call"),
        ("สมัครรับจดหมายข่าวของเราทุกเช้า", "call"),
        ("ニュースレターに登録しましょう", "call"),
        ("Unduh aplikasi kami di Android", "call"),
        ("Share this article", "call"),
        ("Share on Facebook", "call"),
        ("Haberi paylaş", "call"),
        ("分享本文", "call"),
        ("Spotted a mistake? Write to us.", "call"),
        ("Нашли ошибку? Выделите её и нажмите Ctrl+Enter", "call"),
        ("Support independent journalism. Donate today.", "call"),
        ("Поддержите независимую журналистику!", "call"),
        ("This post is for paid subscribers", "call"),
        ("The rest of this story is only available to our subscribers. Log in to read on.", "call"),
        ("Subscriber-only content", "call"),
        ("Dieser Artikel ist nur für Abonnenten.", "call"),
        ("Cet article est réservé aux abonnés. Il vous en reste 70 % à lire.", "call"),
        ("Contenido exclusivo para suscriptores", "call"),
        ("Este artículo es exclusivo para nuestros suscriptores.", "call"),
        ("Conteúdo exclusivo para assinantes", "call"),
        ("Questo articolo è riservato agli abbonati.", "call"),
        ("Dit artikel is exclusief voor abonnees", "call"),
        ("Artikeln är låst för prenumeranter", "call"),
        ("Denne saken er kun for abonnenter", "call"),
        ("Artykuł dostępny tylko dla subskrybentów", "call"),
        ("Tento článek je jen pro předplatitele", "call"),
        ("A cikk csak az előfizetőink számára olvasható", "call"),
        ("Acest articol este disponibil doar pentru abonați", "call"),
        ("Bu içerik yalnızca dijital abonelere açıktır", "call"),
        ("Artikel ini khusus untuk pelanggan", "call"),
        ("Bài viết dành riêng cho thành viên", "call"),
        ("Το άρθρο είναι διαθέσιμο μόνο για συνδρομητές", "call"),
        ("Этот материал доступен только подписчикам.", "call"),
        ("Цей матеріал доступний лише передплатникам", "call"),
        ("هذا المقال متاح فقط للمشتركين", "call"),
        ("הכתבה זמינה רק למנויים", "call"),
        ("यह लेख केवल सदस्यों के लिए है", "call"),
        ("เนื้อหานี้เฉพาะสมาชิก", "call"),
        ("この記事は会員限定です。紙面の購読者は無料で登録できます。", "call"),
        ("有料会員限定記事", "call"),
        ("이 기사는 유료회원만 볼 수 있습니다.", "call"),
        ("本文为会员专享内容", "call"),
        ("Oglas", "advertisement"),
        ("De tekst gaat verder onder de advertentie", "advertisement"),
        ("Saken fortsetter under bildet", "advertisement"),
        ("Juttu jatkuu kuvan alla", "advertisement"),
        ("Článok pokračuje pod videom", "advertisement"),
        ("Članak se nastavlja ispod oglasa", "advertisement"),
        ("Čítajte aj: Trajekt je späť", "related"),
        ("Прочетете още: Фериботът се завърна", "related"),
        ("Pročitajte još: Trajekt se vratio", "related"),
        ("Taip pat skaitykite: Keltas grįžo", "related"),
        ("یہ بھی پڑھیں: کشتی واپس آ گئی", "related"),
        ("Δείτε επίσης: Το πλοίο γύρισε", "related"),
        ("Tous droits de reproduction et de diffusion réservés", "note"),
        ("Všechna práva vyhrazena.", "note"),
        ("Всички права запазени", "note"),
        ("Tüm hakları saklıdır.", "note"),
        ("כל הזכויות שמורות", "note"),
        ("ⓒ 해안신문, 무단전재 및 재배포 금지", "note"),
        ("انتهای پیام/۱۲۳", "note"),
        ("Kuva: Aino Laine / Satamalehti", "caption"),
        ("Снимка: Пристанищен вестник", "caption"),
        ("圖／海港日報", "caption"),
        ("Последвайте ни във Viber", "call"),
        ("Абонирайте се за нашия бюлетин", "call"),
        ("Pratite nas na Viberu", "call"),
        ("Prihláste sa na odber nášho newslettera", "call"),
        ("Son haberler için bizi Telegram'da takip edin", "call"),
        ("हमारे न्यूज़लेटर के लिए साइन अप करें", "call"),
        ("আমাদের নিউজলেটারে নাম লেখান", "call"),
        ("最新ニュースはLINEでチェック", "call"),
        ("With inputs from Harbour Press and Coast Agency", "note"),
        ("(With agency inputs)", "note"),
        ("With files from The Island Press", "note"),
        ("Με πληροφορίες από τη Φωνή του Λιμανιού", "note"),
        ("Izvor: Lučki list", "note"),
        ("(This story has not been edited by our staff and comes from a syndicated feed.)", "note"),
    ],
)
def test_labels_are_named(text, label):
    assert line_label(text, linked=False) == label


@pytest.mark.parametrize(
    "text",
    [
        "Advertisement spending fell by a third in the spring, the agency said.",
        "Advertisements are not news.",
        "Comments by the minister angered farmers.",
        "Related costs rose as well.",
        "Read the letter aloud, she told him.",
        "Correctional officers walked out on Monday.",
        "The photo shows two men on a bridge.",
        "Follow the river to the mill.",
        "Get the boat ready, the harbour master told them.",
        "Subscribers to the newsletter had known it for a week.",
        "Sign up by Friday to row for the town.",
        "Share prices fell by a third.",
        "Share with the class what you have found.",
        "Support for the bridge grew in the spring.",
        "Found a mistake in the books, the treasurer wrote.",
        "Del sjöfarten återstår att granska.",
        "اشترك في السباق ثلاثون زورقا من المدينة.",
        "关注海港的人越来越多，议会表示。",
        "公式アカウントが停止された。",
        "네이버가 새 배를 샀다고 밝혔다.",
        "Подписались под письмом триста жителей.",
        "Sources said that the ferry would sail on Monday.",
        "Sources:",
        "Reporting by the council showed that the ramp had rusted.",
        "Con información del puerto, la capitana decidió esperar.",
        "Mit Informationen der Polizei ließ sich der Fall klären.",
        "Developing story ideas takes time.",
        "Editors: who they are and what they do all day long in the newsroom of the island paper",
        "End of the line for the ferry",
        "Contact the harbour office before noon.",
        "This article of the law first appeared in 1911.",
        "This post is for the harbour master to fill, and for nobody else.",
        "This story is only for those who have lived through a winter on the island.",
        "The full report is available to members of parliament.",
        "Dieser Artikel ist nur für den Export bestimmt.",
        "Cet article est réservé aux marins.",
        "La nota es para los suscriptores un alivio.",
        "この記事は会員の声をもとにまとめた。",
        "이 글은 회원들이 함께 썼다.",
        "本文作者是一名会员。",
        "This story is about a ferry that came back.",
        "The article was originally published in April 2020 and has grown since.",
        "Dieser Artikel ist ausverkauft, sagt der Händler.",
        "Have a story ready for the editor by noon.",
        "Stay informed of the tides before you sail.",
        "Make the harbour your second home.",
        "También puede leer las cartas de su abuela.",
        "Créditos baratos para los pescadores de la isla.",
        "For the latest crossing the crew had to wait an hour.",
        "With files from the archive and a lamp she went down into the hold.",
        "With reports of a storm, the harbour closed.",
        "The report has not been edited since the vote.",
        "Only the headline was wrong, said the mayor.",
        "Pratite li more, vidjet ćete galebove.",
        "Bizi kim takip edecek, diye sordu kaptan.",
    ],
)
def test_sentences_that_begin_like_labels_are_left_alone(text):
    assert line_label(text, linked=False) is None


def test_what_may_be_a_step_of_the_story_counts_only_where_it_is_a_link():
    assert line_label("Click here for the list of boats", linked=True) == "subscribe"
    assert line_label("Click here for the list of boats", linked=False) is None


@pytest.mark.parametrize(
    "piece",
    [
        "(",
        "- ",
        "©",
        "\u3000",
        "ad ",
        "a",
        "(foto ",
        "1 ",
        "read more ",
        "_",
        "bizi ",
        "公式x",
        "हमें ",
        "sign up ",
        "加入",
    ],
)
def test_no_line_takes_long_whatever_it_is_made_of(piece):
    line = (piece * 220)[:220]
    start = time.perf_counter()
    for _ in range(20):
        line_label(line, linked=True)

    assert (time.perf_counter() - start) / 20 < 0.002


def openings(items) -> set[str]:
    """Return the first three characters of all that a parsed pattern can match."""
    found = {""}
    for kind, given in items:
        if kind is kinds.AT:
            continue
        found = {
            (so_far + more)[:3] if ANYTHING not in so_far and len(so_far) < 3 else so_far
            for so_far in found
            for more in _alternatives(kind, given)
        }
    return found


def _alternatives(kind, given) -> set[str]:
    if kind is kinds.LITERAL:
        return {chr(given)}
    if kind is kinds.SUBPATTERN:
        return openings(given[3])
    if kind is kinds.BRANCH:
        return set().union(*map(openings, given[1]))
    if kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT):
        least, most, inner = given
        once = openings(inner)
        more = {one + other for one in once for other in once} if most > 1 else set()
        return once | more | (set() if least else {""})
    if kind is kinds.IN and all(part[0] is kinds.LITERAL for part in given):
        return {chr(code) for _, code in given}
    return {ANYTHING}


def latin_openings(*expressions) -> set[str]:
    found = set().union(*(openings(patterns.parse(one.pattern)) for one in expressions))
    return {opening for opening in found if opening[:1] < "\u0300" and opening[:1] != ANYTHING}


def test_every_opening_of_a_label_is_known():
    latin = latin_openings(lines._WHOLE_LINE, lines._if_linked())
    open_ended = {opening for opening in latin if ANYTHING in opening}
    assert all(opening.startswith(lines._SHORT_OPENINGS) for opening in open_ended)
    assert latin - open_ended <= lines._OPENINGS


def test_every_opening_of_a_call_is_known():
    assert latin_openings(calls._call()) == calls._OPENINGS


def test_every_opening_of_an_origin_is_known():
    assert latin_openings(origins._origin()) == origins._OPENINGS
