"""Bytes to text: the row F6 of the table in the README, and the order in which labels count."""

import random
import time

import pytest
import webencodings

import newsextract
from hostile_server import in_time
from newsextract.extraction.encoding import decode

TEXTS = {
    "utf-8": "Die Brücke über den Fluß — «schön» 橋 мост",
    "windows-1252": "Die Brücke über den Fluß kostet 5 € — „schön“",
    "iso-8859-2": "Žluťoučký kůň skáče přes zavřený most řeky",
    "iso-8859-15": "Die Brücke kostet fünf €",
    "windows-1250": "Žluťoučký kůň skáče přes „zavřený“ most řeky",
    "windows-1251": "Мост через реку открыли во вторник утром",
    "koi8-r": "Мост через реку открыли во вторник утром",
    "koi8-u": "Міст через річку відкрили у вівторок, її чекали",
    "iso-8859-5": "Мост через реку открыли во вторник утром",
    "windows-1253": "Η γέφυρα άνοιξε την Τρίτη το πρωί",
    "iso-8859-7": "Η γέφυρα άνοιξε την Τρίτη το πρωί",
    "windows-1254": "Köprü salı sabahı açıldı, ığdır yolu kısaldı",
    "windows-1255": "הגשר נפתח ביום שלישי בבוקר",
    "iso-8859-8": "הגשר נפתח ביום שלישי בבוקר",
    "windows-1256": "افتتح الجسر صباح الثلاثاء",
    "windows-1257": "Tilts pār upi tika atvērts otrdien no rīta",
    "windows-1258": "Câ\u0300u mơ\u0309 cư\u0309a hôm thư\u0301 ba",
    "windows-874": "สะพานเปิดเมื่อเช้าวันอังคาร",
    "gbk": "大桥星期二早上开通，车辆可以通行",
    "gb18030": "大桥星期二早上开通，车辆可以通行𠀀",
    "big5": "大橋星期二早上開通，車輛可以通行",
    "shift_jis": "橋は火曜日の朝に開通した。車が渡る",
    "euc-jp": "橋は火曜日の朝に開通した。車が渡る",
    "iso-2022-jp": "橋は火曜日の朝に開通した。車が渡る",
    "euc-kr": "다리는 화요일 아침에 개통되었다",
    "macintosh": "Die Brücke über den Fluß — schön",
    "x-mac-cyrillic": "Мост через реку открыли во вторник утром",
    "ibm866": "Мост через реку открыли во вторник утром",
}  # fmt: skip


def page(text: str, label: str | None = None) -> str:
    meta = f'<meta charset="{label}">' if label else ""
    return f"<!doctype html><html><head>{meta}<title>x</title></head><body><p>{text}</p></body>"


def encoded(text: str, label: str) -> bytes:
    return bytes(webencodings.lookup(label).codec_info.encode(text, "strict")[0])


@pytest.mark.parametrize("label", TEXTS)
def test_f6_each_encoding_of_the_standard_is_read_by_its_label(label: str) -> None:
    text = TEXTS[label]
    in_header = encoded(page(text), label)
    in_meta = encoded(page(text, label), label)

    assert text in decode(in_header, f"text/html; charset={label}").text
    assert text in decode(in_header, f'text/html; charset="{label.upper()}" ; x=y').text
    assert text in decode(in_meta, "text/html").text


@pytest.mark.parametrize(
    ("body", "content_type", "expected"),
    [
        # A byte order mark counts more than any label (HTML, 13.2.3.1).
        (b"\xef\xbb\xbf" + page("Brücke").encode(), "text/html; charset=iso-8859-1", "Brücke"),
        (b"\xff\xfe" + page("Brücke").encode("utf-16-le"), "text/html; charset=utf-8", "Brücke"),
        (b"\xfe\xff" + page("Brücke").encode("utf-16-be"), None, "Brücke"),
        # The header counts more than the meta element.
        (page("Brücke", "utf-8").encode("latin-1"), "text/html; charset=latin1", "Brücke"),
        # Latin-1 is windows-1252.
        (page("„5 €“").encode("windows-1252"), "text/html; charset=iso-8859-1", "„5 €“"),
        # UTF-16 in a meta element is UTF-8, since the label could not be read if it were true.
        (page("Brücke", "utf-16").encode(), None, "Brücke"),
        # UTF-16 without a mark shows by its zeros.
        (page("Die Brücke ist offen").encode("utf-16-le"), None, "Brücke"),
        (page("Die Brücke ist offen").encode("utf-16-be"), None, "Brücke"),
        # http-equiv is a declaration, too.
        (
            b"<meta http-equiv=Content-Type content='text/html; charset=windows-1251'><p>"
            + "Мост".encode("windows-1251"),
            None,
            "Мост",
        ),
        # One in a comment or behind the first kilobytes of scripts is none, or a late one.
        (
            b"<!-- <meta charset=windows-1251> --><meta charset=utf-8><p>" + "Мост".encode(),
            None,
            "Мост",
        ),
    ],
)
def test_f6_labels_count_in_the_order_of_the_standard(
    body: bytes, content_type: str | None, expected: str
) -> None:
    assert expected in decode(body, content_type).text


@pytest.mark.parametrize(
    "label", ["utf-7", "idna", "zlib_codec", "punycode", "rot13", "hex", "\x00", "x" * 9_999]
)
def test_f6_only_labels_of_the_standard_count(label: str) -> None:
    body = page("Brücke +ADw-script+AD4-", label).encode()
    text = decode(body, f"text/html; charset={label}").text

    assert "Brücke" in text
    assert "+ADw-" in text


@pytest.mark.parametrize("label", ["iso-8859-1", "gb2312", "shift_jis", "koi8-r", "ascii"])
def test_f6_a_wrong_label_on_a_page_in_utf_8_is_told(label: str) -> None:
    paragraphs = "<p>Die Brücke über den Fluß öffnete früh am Morgen für alle Wagen.</p>" * 9
    article = newsextract.extract(
        f"<!doctype html><title>Brücke</title><article><h1>Brücke</h1>{paragraphs}".encode(),
        content_type=f"text/html; charset={label}",
    )

    assert "Die Brücke über den Fluß öffnete" in article.body
    assert any("read as utf-8" in warning for warning in article.warnings)


def test_f6_no_bytes_under_any_label_raise() -> None:
    chance = random.Random(6)
    labels = [*webencodings.labels.LABELS, "", "utf-7", "nonsense", "é", "\ud800"]
    for number in range(1_500):
        body = chance.randbytes(chance.randrange(300))
        if number % 3 == 0:
            body = (
                b"<meta charset=" + chance.choice(labels).encode("utf-8", "replace") + b">" + body
            )
        decoded = decode(body, f"text/html; charset={chance.choice(labels)}")
        assert isinstance(decoded.text, str)
        decoded.text.encode("utf-8", "strict")


@pytest.mark.parametrize("label", ["utf-8", "windows-1252", None])
def test_f6_five_megabytes_are_decoded_in_a_tenth_of_a_second(label: str | None) -> None:
    sentence = "<p>Die Brücke über den Fluß öffnete früh für alle Wagen und Räder.</p>\n"
    body = (page("x", label) + sentence * 80_000).encode(label or "utf-8")[:5_000_000]
    times = []
    for _ in range(3):
        begin = time.perf_counter()
        decoded = decode(body, None)
        times.append(time.perf_counter() - begin)

    assert "Die Brücke" in decoded.text
    assert in_time(min(times), 0.1)
