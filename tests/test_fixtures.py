"""Each fixture page gives the record, or the failure, that was written down for it by hand."""

import datetime as dt
import functools

import pytest

import newsextract
from fixtures_on_disk import Fixture, all_fixtures, known_gaps

FIXTURES = all_fixtures()
GAPS = known_gaps()
ARTICLES = [fixture for fixture in FIXTURES if fixture.expected is not None]
FAILURES = [fixture for fixture in FIXTURES if fixture.expected_failure is not None]


def cases(fixtures: list[Fixture], check: str) -> list:
    """One case a fixture; a known gap has to fail, so that it leaves the list when it is closed."""
    return [
        pytest.param(
            fixture,
            id=fixture.name,
            marks=[pytest.mark.xfail(strict=True, reason="known gap")]
            if check in GAPS.get(fixture.name, [])
            else [],
        )
        for fixture in fixtures
    ]


@functools.cache
def extracted_once(name: str) -> newsextract.Article:
    return extracted(next(fixture for fixture in FIXTURES if fixture.name == name))


def extracted(fixture: Fixture) -> newsextract.Article:
    return newsextract.extract(
        fixture.page,
        fixture.meta["url"],
        content_type=fixture.content_type,
        fetched_at=fixture.fetched_at,
    )


def moment(text: str | None) -> dt.date | dt.datetime | None:
    if text is None:
        return None
    return dt.date.fromisoformat(text) if len(text) == 10 else dt.datetime.fromisoformat(text)


NO_IMAGE = {"caption": None, "credit": None, "alt": None, "width": 0, "height": 0, "before": 0}


def test_every_fixture_says_what_it_is_about_and_what_it_has_to_give():
    assert len(ARTICLES) >= 30
    assert len(FAILURES) >= 3
    assert len(ARTICLES) + len(FAILURES) == len(FIXTURES)
    assert set(GAPS) <= {fixture.name for fixture in FIXTURES}
    for fixture in FIXTURES:
        assert fixture.name.count("--") == 1
        assert fixture.meta["about"]
        assert ".example" in fixture.meta["url"]


@pytest.mark.parametrize("fixture", cases(ARTICLES, "body"))
def test_body(fixture):
    article = extracted_once(fixture.name)

    assert article.body.split("\n\n") == fixture.expected["body"]
    assert article.body == "\n\n".join(block.text for block in article.blocks)


@pytest.mark.parametrize("fixture", cases(ARTICLES, "title_date_authors"))
def test_title_date_and_authors(fixture):
    article, expected = extracted_once(fixture.name), fixture.expected

    assert article.title == expected["title"]
    assert article.date == moment(expected["date"])
    assert list(article.authors) == expected["authors"]
    if isinstance(article.date, dt.datetime):
        assert article.date.utcoffset() == moment(expected["date"]).utcoffset()


FURTHER = (
    "date_modified",
    "language",
    "site_name",
    "subtitle",
    "canonical_url",
    "image",
    "description",
    "section",
    "tags",
    "breadcrumbs",
    "kind",
    "images",
    "videos",
    "word_count",
    "free_access",
    "licence",
    "rights",
    "entries",
    "corrections",
    "dateline",
    "agencies",
    "sponsored",
)


@pytest.mark.parametrize(
    ("field", "fixture"),
    [
        pytest.param(field, *case.values, id=f"{case.id}-{field}", marks=case.marks)
        for field in FURTHER
        for case in cases([f for f in ARTICLES if field in f.expected], field)
    ],
)
def test_further_fields(field, fixture):
    article = extracted_once(fixture.name)
    expected = fixture.expected[field]

    if field == "date_modified":
        assert article.date_modified == moment(expected)
    elif field == "images":
        # Where they stand is told by test_safe_output.py.
        images = [{**image, "before": 0} for image in article.to_dict()[field]]
        assert images == [NO_IMAGE | image for image in expected]
    else:
        assert article.to_dict()[field] == expected
    assert field in article.sources or not expected


RARE = ("entries", "corrections", "dateline", "agencies", "sponsored")


@pytest.mark.parametrize("fixture", ARTICLES, ids=lambda fixture: fixture.name)
def test_what_few_pages_say_is_found_on_no_others(fixture):
    article = extracted_once(fixture.name)

    assert not [
        field for field in RARE if field not in fixture.expected and getattr(article, field)
    ]
    assert {field for field in RARE if getattr(article, field)} == set(RARE) & set(article.sources)


@pytest.mark.parametrize(
    "fixture", cases([f for f in ARTICLES if "blocks" in f.expected], "blocks")
)
def test_blocks(fixture):
    blocks = [
        [block.kind, block.level, block.text] for block in extracted_once(fixture.name).blocks
    ]

    assert blocks == fixture.expected["blocks"]


@pytest.mark.parametrize("fixture", cases(FAILURES, "failure"))
def test_failure(fixture):
    with pytest.raises(newsextract.ExtractionError) as caught:
        extracted(fixture)

    failure = caught.value.failure
    assert failure.kind == fixture.expected_failure["kind"]
    assert failure.stage == "extract"
    assert failure.url == fixture.meta["url"]
