"""What a page offers for each field, and how likely each value is the right one."""

from collections.abc import Iterator

from newsextract.explanation.records import FieldOption
from newsextract.extraction.text import clean_text
from newsextract.normalization import Normalizer
from newsextract.normalization.author_choice import likely_authors
from newsextract.normalization.choice import shipped_weights
from newsextract.normalization.date_choice import best_reading
from newsextract.normalization.date_options import date_options
from newsextract.normalization.titles import title_options
from newsextract.records import Article, Candidate, FieldName

__all__ = ["field_options"]

# What readers look for first; the other fields follow as they come.
_FIRST: tuple[FieldName, ...] = ("title", "subtitle", "authors", "date", "date_modified", "image")
_LONGEST_VALUE = 500


def field_options(normalizer: Normalizer, article: Article | None) -> Iterator[FieldOption]:
    """Yield for each field the values that a page offers, the likeliest first."""
    title = article.title if article else None
    learned = {
        "title": _titles(normalizer, title),
        "authors": _authors(normalizer, title, _credited(article)),
        "date": _dates(normalizer, article),
    }
    for name in dict.fromkeys((*_FIRST, *normalizer.by_field)):
        options = learned.get(name) or _others(normalizer, name, article)
        yield from sorted(options, key=lambda option: -option.probability)


def _titles(normalizer: Normalizer, title: str | None) -> Iterator[FieldOption]:
    options = title_options(*normalizer.title_arguments())
    shares = shipped_weights("title").shares([[option.evidence] for option in options])
    for option, share in zip(options, shares, strict=True):
        is_chosen = option.text == title
        yield _option("title", option.text, share, option.candidates, is_chosen=is_chosen)


def _credited(article: Article | None) -> tuple[str, ...]:
    return (*article.authors, *article.agencies) if article else ()


def _authors(
    normalizer: Normalizer, title: str | None, credited: tuple[str, ...]
) -> Iterator[FieldOption]:
    candidates = normalizer.by_field.get("authors", [])
    for chance, option in likely_authors(
        candidates, normalizer.site_names(), title, normalizer.body
    ):
        given = [each.candidate for each in option.given]
        yield _option("authors", option.text, chance, given, is_chosen=option.text in credited)


def _dates(normalizer: Normalizer, article: Article | None) -> Iterator[FieldOption]:
    extraction = normalizer.extraction
    options = date_options(
        extraction.candidates,
        normalizer.locale(),
        url=normalizer.base,
        now=extraction.fetched_at,
    )
    shares = shipped_weights("date").shares([option.ways for option in options.values()])
    for option, share in zip(options.values(), shares, strict=True):
        value = best_reading(option, options).value
        given = [reading.candidate for reading in option.readings]
        is_chosen = article is not None and article.date == value
        yield _option("date", value.isoformat(), share, given, is_chosen=is_chosen)


def _others(
    normalizer: Normalizer, name: FieldName, article: Article | None
) -> Iterator[FieldOption]:
    """Yield the values of a field that is chosen by who is believed most."""
    given: dict[str, list[Candidate]] = {}
    for candidate in normalizer.by_field.get(name, []):
        given.setdefault(clean_text(candidate.value[:_LONGEST_VALUE]), []).append(candidate)
    for value, candidates in given.items():
        is_chosen = article is not None and _is_taken(value, candidates, name, article)
        score = max(candidate.score for candidate in candidates)
        yield _option(name, value, score, candidates, is_chosen=is_chosen)


def _is_taken(value: str, given: list[Candidate], name: FieldName, article: Article) -> bool:
    taken = getattr(article, name)
    if isinstance(taken, tuple):
        return value in [getattr(each, "url", each) for each in taken]
    source = article.sources.get(name)
    return source is not None and any(
        candidate.source == source.source and value == source.raw for candidate in given
    )


def _option(
    name: FieldName, value: str, probability: float, given: list[Candidate], *, is_chosen: bool
) -> FieldOption:
    return FieldOption(
        field=name,
        value=value,
        is_chosen=is_chosen,
        probability=round(min(1.0, probability), 3),
        given=tuple(dict.fromkeys(given)),
    )
