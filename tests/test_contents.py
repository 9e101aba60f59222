"""What is no HTML at all is named, whoever hands it over."""

import json

import pytest

import newsextract
from newsextract import FeedInstead, MediaInstead, PdfInstead, UnsupportedContent
from newsextract.cli import main

OTHERS = {
    "pdf": (b"%PDF-1.7\n1 0 obj << /Title (The bridge) >> endobj " * 20, PdfInstead),
    "png": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, MediaInstead),
    "jpeg": (b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8, MediaInstead),
    "zip": (b"PK\x03\x04" + bytes(range(256)) * 8, UnsupportedContent),
    "feed": (
        b'<?xml version="1.0"?><rss version="2.0"><channel><title>Larkholm Echo</title>'
        b"<item><title>The bridge is open</title></item></channel></rss>",
        FeedInstead,
    ),
}


@pytest.mark.parametrize("name", OTHERS)
def test_h12_bytes_in_hand_that_are_no_html_are_named(name):
    content, error = OTHERS[name]
    with pytest.raises(error) as caught:
        newsextract.extract(content, "https://www.larkholm-echo.example/a")

    assert caught.value.failure.url == "https://www.larkholm-echo.example/a"
    assert "not an HTML page" in caught.value.failure.message


@pytest.mark.parametrize("name", OTHERS)
def test_so_are_those_of_a_file(name, tmp_path, capsys):
    content, error = OTHERS[name]
    path = tmp_path / "saved.html"
    path.write_bytes(content)

    assert main(["-f", "jsonl", str(path)]) == 1
    assert json.loads(capsys.readouterr().out)["kind"] == error.kind


def test_a_piece_of_html_and_plain_words_are_read():
    assert newsextract.extract("<p>The bridge is open again, the town says.</p>" * 9).body
    with pytest.raises(newsextract.NoArticleText):
        newsextract.extract(b"Two words")
