"""Records survive JSON, fit their schema, and cannot be changed."""

import datetime as dt
import json
import pickle
from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import get_args

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import newsextract
from newsextract import (
    Article,
    Block,
    Correction,
    Failure,
    FailureKind,
    FieldSource,
    Image,
    LiveEntry,
    Rights,
    Video,
)
from newsextract.records import ArticleKind, PageKind
from newsextract.serialization import failure_from_json, json_schema, to_dict, to_json

SHIPPED_SCHEMA = Path(newsextract.__file__).parent / "record.schema.json"

texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)
maybe_text = st.none() | texts
offsets = st.none() | st.integers(-14 * 60, 14 * 60).map(
    lambda minutes: dt.timezone(dt.timedelta(minutes=minutes))
)
moments = st.none() | st.dates() | st.datetimes(timezones=offsets)
shares = st.floats(0, 1)
blocks = st.builds(
    Block,
    kind=st.sampled_from(["paragraph", "heading", "list_item", "quote", "table", "code"]),
    text=texts,
    level=st.integers(0, 6),
    ordinal=st.integers(0, 99),
    path=texts,
)
images = st.builds(
    Image,
    url=texts,
    caption=maybe_text,
    credit=maybe_text,
    alt=maybe_text,
    width=st.integers(0, 9_999),
    height=st.integers(0, 9_999),
)
articles = st.builds(
    Article,
    url=maybe_text,
    requested_url=maybe_text,
    canonical_url=maybe_text,
    title=maybe_text,
    subtitle=maybe_text,
    authors=st.lists(texts, max_size=3).map(tuple),
    date=moments,
    date_modified=moments,
    body=texts,
    blocks=st.lists(blocks, max_size=3).map(tuple),
    language=maybe_text,
    site_name=maybe_text,
    section=maybe_text,
    tags=st.lists(texts, max_size=3).map(tuple),
    image=maybe_text,
    description=maybe_text,
    kind=st.sampled_from(get_args(ArticleKind)),
    images=st.lists(images, max_size=2).map(tuple),
    videos=st.lists(st.builds(Video, url=texts, title=maybe_text), max_size=2).map(tuple),
    breadcrumbs=st.lists(texts, max_size=3).map(tuple),
    word_count=st.integers(0, 9_999),
    free_access=st.none() | st.booleans(),
    licence=maybe_text,
    rights=st.builds(
        Rights,
        tdm_reservation=st.none() | st.booleans(),
        tdm_policy=maybe_text,
        robots=st.lists(texts, max_size=2).map(tuple),
    ),
    entries=st.lists(
        st.builds(
            LiveEntry,
            time=moments,
            title=maybe_text,
            authors=st.lists(texts, max_size=2).map(tuple),
            body=texts,
        ),
        max_size=2,
    ).map(tuple),
    corrections=st.lists(st.builds(Correction, text=texts, date=moments), max_size=2).map(tuple),
    dateline=maybe_text,
    agencies=st.lists(texts, max_size=2).map(tuple),
    sponsored=maybe_text,
    parts=st.lists(texts, max_size=2).map(tuple),
    page_kind=st.sampled_from(get_args(PageKind)),
    is_truncated=st.none() | st.booleans(),
    confidence=shares,
    sources=st.dictionaries(
        st.sampled_from(["title", "date", "body"]),
        st.builds(FieldSource, source=texts, raw=texts, confidence=shares),
    ),
    warnings=st.lists(texts, max_size=2).map(tuple),
)
failures = st.builds(
    Failure,
    url=maybe_text,
    stage=st.sampled_from(["input", "fetch", "extract"]),
    kind=st.sampled_from(FailureKind),
    message=texts,
    detail=maybe_text,
)


@given(articles)
@settings(max_examples=200, deadline=None)
def test_an_article_survives_json(article):
    assert Article.from_json(article.to_json()) == article
    assert Article.from_json(article.to_json(indent=2)) == article
    assert json.loads(article.to_json()) == article.to_dict()


@given(failures)
def test_a_failure_survives_json_and_pickle(failure):
    assert failure_from_json(to_json(failure)) == failure
    assert pickle.loads(pickle.dumps(failure)) == failure


SCHEMA = jsonschema.Draft202012Validator(json_schema())


@given(articles)
@settings(max_examples=50, deadline=None)
def test_an_article_fits_the_schema_and_pickles(article):
    SCHEMA.validate(article.to_dict())
    assert pickle.loads(pickle.dumps(article)) == article


@given(failures)
@settings(max_examples=50, deadline=None)
def test_a_failure_fits_the_schema(failure):
    SCHEMA.validate(to_dict(failure))


def test_the_schema_tells_what_each_field_is():
    for name, definition in json_schema()["$defs"].items():
        for field, schema in definition.get("properties", {}).items():
            assert schema["description"].endswith((".", "…")), (name, field)


def test_the_schema_refuses_what_is_not_a_record():
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"type": "article", "title": "No body"}, json_schema())


def test_the_shipped_schema_is_that_of_the_types():
    assert json.loads(SHIPPED_SCHEMA.read_text(encoding="utf-8")) == json_schema()


def test_a_day_and_a_point_in_time_stay_what_they_are():
    offset = dt.timezone(dt.timedelta(hours=5, minutes=30))
    article = Article(
        body="Text.",
        confidence=1.0,
        date=dt.datetime(2024, 11, 3, 18, 45, tzinfo=offset),
        date_modified=dt.date(2024, 11, 4),
    )

    record = article.to_dict()
    back = Article.from_json(article.to_json())

    assert record["date"] == "2024-11-03T18:45:00+05:30"
    assert record["date_modified"] == "2024-11-04"
    assert back.date.utcoffset() == dt.timedelta(hours=5, minutes=30)
    assert type(back.date_modified) is dt.date


@pytest.mark.parametrize(
    "text",
    ["", "{}", '{"type": "article", "body": 3, "confidence": 1}', '{"type": "failure"}',
     '{"type": "article", "body": "x", "confidence": 1, "date": "yesterday"}'],
)  # fmt: skip
def test_json_that_is_no_article_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        Article.from_json(text)


def test_records_are_frozen():
    article = Article(body="Text.", confidence=1.0)

    with pytest.raises(FrozenInstanceError):
        article.title = "Other"


def test_every_kind_of_failure_has_one_exception_and_each_survives_pickling():
    def tree(top):
        return [top, *(error for child in top.__subclasses__() for error in tree(child))]

    found = [error for error in tree(newsextract.NewsextractError) if "kind" in vars(error)]

    # A bot check comes with an error status or without.
    assert sorted(error.kind for error in found) == sorted([*FailureKind, FailureKind.BOT_CHECK])
    for raised in found:
        error = raised("What happened.", url="https://a.example/", detail="more")
        assert raised.__name__ in newsextract.errors.__doc__
        assert raised.__name__ in newsextract.__all__
        assert str(error) == error.failure.message == "What happened."
        assert pickle.loads(pickle.dumps(error)).failure == error.failure
