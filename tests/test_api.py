"""`extract` on HTML in hand: what it accepts, what it refuses, what it returns."""

import datetime as dt

import pytest

import newsextract

PARAGRAPHS = [
    "The harbour council voted on Tuesday evening to keep the night ferry running until the "
    "new bridge opens, ending a dispute that had divided the town since the spring.",
    "Fares stay as they are, the chair said, although the last boat will leave twenty minutes "
    "earlier so that the crew can finish before the tide turns at the narrows.",
    "A petition with two thousand names had asked for a later boat, and its author said that "
    "she would wait for the winter timetable before deciding whether to start another one.",
]
PAGE = (
    "<!doctype html><html lang=en><title>Night ferry stays | Harbour Post</title>"
    "<nav><a href=/>Home</a> <a href=/news>News</a></nav><h1>Night ferry stays</h1>"
    '<time datetime="2024-05-07T21:30:00+01:00">7 May 2024</time>'
    + "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    + "<footer>© Harbour Post</footer>"
)


def test_text_and_bytes_give_the_same_record():
    from_text = newsextract.extract(PAGE, "https://harbour.example/ferry")
    from_bytes = newsextract.extract(PAGE.encode(), "https://harbour.example/ferry")

    assert from_text == from_bytes
    assert from_text.title == "Night ferry stays"
    assert from_text.body == "\n\n".join(PARAGRAPHS)
    assert from_text.date == dt.datetime(
        2024, 5, 7, 21, 30, tzinfo=dt.timezone(dt.timedelta(hours=1))
    )


def test_text_is_believed_over_the_encoding_that_its_meta_element_names():
    page = PAGE.replace("<title>", "<meta charset=iso-8859-1><title>").replace(
        "Fares", "Prêts — fares"
    )

    assert "Prêts — fares" in newsextract.extract(page).body


def test_each_value_says_where_it_came_from():
    article = newsextract.extract(PAGE)

    assert article.sources["date"].source == "dom:time[datetime]"
    assert article.sources["date"].raw == "2024-05-07T21:30:00+01:00"
    assert article.sources["title"].source == "dom:h1"
    assert set(article.sources) >= {"title", "date", "body", "language"}
    assert all(0 < source.confidence <= 1 for source in article.sources.values())


def test_every_block_of_the_page_is_kept_or_removed_with_a_reason():
    page = newsextract.Page(body=PAGE.encode())
    extraction = newsextract.extract_page(page)

    assert [block.text for block in extraction.blocks] == PARAGRAPHS
    reasons = {removed.text: removed.reason for removed in extraction.removed}
    assert reasons["Home News"] == "navigation"
    assert reasons["© Harbour Post"] == "footer"
    assert newsextract.normalize(extraction) == newsextract.extract(PAGE)


def test_a_date_after_the_fetch_is_not_believed():
    fetched = dt.datetime(2024, 5, 1, tzinfo=dt.UTC)

    assert newsextract.extract(PAGE, fetched_at=fetched).date is None


@pytest.mark.parametrize(
    "text", ["https://harbour.example/ferry", " HTTP://a.example \n", "file:///x"]
)
def test_an_address_is_refused_with_the_way_out(text):
    with pytest.raises(newsextract.UrlInsteadOfHtml, match="scrape") as caught:
        newsextract.extract(text)

    assert caught.value.failure.kind == newsextract.FailureKind.URL_INSTEAD_OF_HTML
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize("html", ["", b"", "   \n", "<html></html>", "<script>var a = 1</script>"])
def test_a_page_without_text_is_an_empty_page(html):
    with pytest.raises(newsextract.EmptyPage):
        newsextract.extract(html)


def test_a_page_of_links_holds_no_article():
    links = "".join(f"<li><a href=/{n}>Story number {n} of the day</a></li>" for n in range(40))

    with pytest.raises(newsextract.NoArticleText):
        newsextract.extract(f"<html><h1>Front page</h1><ul>{links}</ul></html>")


def test_markdown_escapes_what_would_be_markup():
    page = PAGE.replace("Fares stay", "1. *Fares* [stay] <here> stay")

    markdown = newsextract.extract(page.replace("<here>", "&lt;here&gt;")).to_markdown()

    assert markdown.startswith("# Night ferry stays\n\n")
    assert "1\\. \\*Fares\\* \\[stay\\] \\<here\\> stay" in markdown
