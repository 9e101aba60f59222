"""What a page says of itself for machines: JSON-LD, OpenGraph and other meta elements, links."""

import math
from collections.abc import Iterator
from typing import Any

from newsextract.extraction.blocks import Survey
from newsextract.extraction.crumbs import crumb_candidates
from newsextract.extraction.jsonld import ARTICLE_TYPES, JsonObject, read_json, types_of
from newsextract.extraction.rights import access_candidates
from newsextract.records import Candidate, FieldName

__all__ = ["article_object", "metadata_candidates"]

# Scores say how often a source is right, in the order in which the choice trusts them.
_META: dict[str, tuple[FieldName, float]] = {
    "og:title": ("title", 0.7),
    "twitter:title": ("title", 0.6),
    "parsely-title": ("title", 0.75),
    "sailthru.title": ("title", 0.7),
    "dc.title": ("title", 0.55),
    "dcterms.title": ("title", 0.55),
    "citation_title": ("title", 0.7),
    "title": ("title", 0.4),
    "author": ("authors", 0.6),
    "article:author": ("authors", 0.65),
    "article:author_name": ("authors", 0.6),
    "og:article:author": ("authors", 0.6),
    "parsely-author": ("authors", 0.75),
    "sailthru.author": ("authors", 0.7),
    "byl": ("authors", 0.7),
    "citation_author": ("authors", 0.7),
    "dcterms.creator": ("authors", 0.5),
    "dc.creator": ("authors", 0.5),
    "dc.contributor": ("authors", 0.3),
    "article:published_time": ("date", 0.85),
    "og:article:published_time": ("date", 0.85),
    "og:published_time": ("date", 0.8),
    "article:published": ("date", 0.8),
    "parsely-pub-date": ("date", 0.8),
    "sailthru.date": ("date", 0.75),
    "publish-date": ("date", 0.7),
    "publish_date": ("date", 0.7),
    "publishdate": ("date", 0.7),
    "published": ("date", 0.7),
    "published-date": ("date", 0.7),
    "published_date": ("date", 0.7),
    "publication-date": ("date", 0.7),
    "publication_date": ("date", 0.7),
    "datepublished": ("date", 0.7),
    "date_published": ("date", 0.7),
    "pubdate": ("date", 0.7),
    "pub_date": ("date", 0.7),
    "date": ("date", 0.6),
    "dc.date": ("date", 0.6),
    "dc.date.issued": ("date", 0.7),
    "dc.date.created": ("date", 0.6),
    "dcterms.created": ("date", 0.6),
    "dcterms.date": ("date", 0.6),
    "dcterms.issued": ("date", 0.65),
    "citation_publication_date": ("date", 0.6),
    "citation_date": ("date", 0.6),
    "cxenseparse:recs:publishtime": ("date", 0.75),
    "cxenseparse:publishtime": ("date", 0.75),
    "last-modified": ("date_modified", 0.4),
    "article:modified_time": ("date_modified", 0.85),
    "og:article:modified_time": ("date_modified", 0.85),
    "og:updated_time": ("date_modified", 0.7),
    "dcterms.modified": ("date_modified", 0.6),
    "datemodified": ("date_modified", 0.6),
    "date_modified": ("date_modified", 0.6),
    "modified-date": ("date_modified", 0.6),
    "modified_date": ("date_modified", 0.6),
    "og:site_name": ("site_name", 0.85),
    "application-name": ("site_name", 0.5),
    "article:section": ("section", 0.8),
    "parsely-section": ("section", 0.75),
    "article:tag": ("tags", 0.8),
    "news_keywords": ("tags", 0.75),
    "parsely-tags": ("tags", 0.7),
    "keywords": ("tags", 0.5),
    "og:image": ("image", 0.8),
    "og:image:url": ("image", 0.75),
    "og:image:secure_url": ("image", 0.75),
    "twitter:image": ("image", 0.7),
    "twitter:image:src": ("image", 0.7),
    "thumbnail": ("image", 0.4),
    "og:description": ("description", 0.8),
    "description": ("description", 0.75),
    "twitter:description": ("description", 0.7),
    "og:url": ("canonical_url", 0.7),
    "og:locale": ("language", 0.5),
    "content-language": ("language", 0.6),
    "language": ("language", 0.5),
    "dc.language": ("language", 0.5),
    "og:type": ("kind", 0.5),
    "article:content_tier": ("free_access", 0.8),
    "og:article:content_tier": ("free_access", 0.8),
    "dcterms.license": ("licence", 0.8),
    "dc.license": ("licence", 0.7),
    "dcterms.rights": ("licence", 0.6),
    "dc.rights": ("licence", 0.6),
}

_JSONLD_TEXTS: tuple[tuple[str, FieldName, float], ...] = (
    ("headline", "title", 0.8),
    ("name", "title", 0.55),
    ("alternativeHeadline", "subtitle", 0.3),
    ("datePublished", "date", 0.9),
    ("dateCreated", "date", 0.6),
    ("uploadDate", "date", 0.5),
    ("dateModified", "date_modified", 0.9),
    ("description", "description", 0.7),
    ("articleSection", "section", 0.75),
    ("keywords", "tags", 0.7),
    ("inLanguage", "language", 0.8),
    ("url", "canonical_url", 0.4),
)
_PARSELY_PAGE = {
    "title": "parsely-title",
    "author": "parsely-author",
    "authors": "parsely-author",
    "pub_date": "parsely-pub-date",
    "section": "parsely-section",
    "tags": "parsely-tags",
}
_MOST_OBJECTS = 50
_IMAGE_KEYS = ("url", "contentUrl", "@id")
_NAME_PARTS, _EAST_ASIAN = ("givenName", "familyName"), "\u3040"


def article_object(objects: list[JsonObject]) -> JsonObject | None:
    """Return the JSON-LD object of the article itself: the first that has a headline."""
    articles = [thing for thing in objects if not ARTICLE_TYPES.isdisjoint(types_of(thing))]
    for key in ("headline", "datePublished"):
        for thing in articles:
            if thing.get(key):
                return thing
    return articles[0] if articles else None


def metadata_candidates(found: Survey, objects: list[JsonObject]) -> list[Candidate]:
    """Return a candidate for each value that the page states for machines."""
    article = article_object(objects)
    candidates = [] if article is None else list(_stated(article, objects))
    if not any(own.field == "date" for own in candidates):
        candidates += _dates_of_page(objects)
    candidates += _from_metas(found)
    candidates += _from_twitter_labels(found)
    candidates += _from_links(found)
    candidates += crumb_candidates(found, objects)
    candidates += access_candidates(found, article)
    if found.title:
        candidates.append(
            Candidate(field="title", value=found.title, source="dom:title", score=0.5)
        )
    if found.language:
        candidates.append(
            Candidate(field="language", value=found.language, source="dom:html[lang]", score=0.7)
        )
    return candidates


def _from_metas(found: Survey) -> Iterator[Candidate]:
    for name, content in _metas(found):
        target = _META.get(name)
        if target is not None:
            yield Candidate(field=target[0], value=content, source=f"meta:{name}", score=target[1])


def _metas(found: Survey) -> Iterator[tuple[str, str]]:
    """Yield names and contents, the fields of Parse.ly's older element by the newer names.

    https://docs.parse.ly/metatags/
    """
    for name, content in found.metas:
        yield name, content
        if name == "parsely-page" and isinstance(fields := read_json(content), dict):
            for key, own in _PARSELY_PAGE.items():
                for text in _texts(fields.get(key)):
                    yield own, text


def _from_twitter_labels(found: Survey) -> Iterator[Candidate]:
    """Yield who wrote the page where a card says so: `label1` "Written by", `data1` the name.

    Yoast SEO writes these on WordPress sites: the writer first, if there is one, in the language
    of the site; the reading time is the other, and has digits.
    """
    data = [content for name, content in found.metas if name == "twitter:data1"]
    if data and not any(map(str.isdigit, data[0])):
        yield Candidate(field="authors", value=data[0], source="meta:twitter:data1", score=0.62)


def _from_links(found: Survey) -> Iterator[Candidate]:
    for rel, href, _, _ in found.links:
        if rel == "canonical":
            yield Candidate(field="canonical_url", value=href, source="link:canonical", score=0.9)
        elif rel == "image_src":
            yield Candidate(field="image", value=href, source="link:image_src", score=0.6)


def _stated(article: JsonObject, objects: list[JsonObject]) -> Iterator[Candidate]:
    by_id = {
        thing["@id"]: thing
        for thing in objects
        if isinstance(thing.get("@id"), str) and len(thing) > 1
    }
    label = f"jsonld:{next(iter(types_of(article)), 'Thing')}"
    for key, field, score in _JSONLD_TEXTS:
        for value in _texts(article.get(key)):
            yield Candidate(field=field, value=value, source=f"{label}.{key}", score=score)
    for key, score in (("author", 0.9), ("creator", 0.6), ("contributor", 0.5)):
        for name, evidence in _names(article.get(key), by_id):
            source = f"{label}.{key}"
            yield Candidate(
                field="authors", value=name, source=source, score=score, evidence=evidence
            )
    for name, _ in _names(article.get("publisher"), by_id):
        yield Candidate(field="site_name", value=name, source=f"{label}.publisher", score=0.8)
    for key in ("image", "thumbnailUrl"):
        for address in _addresses(article.get(key), by_id):
            yield Candidate(field="image", value=address, source=f"{label}.{key}", score=0.75)
    for kind in types_of(article):
        yield Candidate(field="kind", value=kind, source=f"{label}.@type", score=0.8)


def _dates_of_page(objects: list[JsonObject]) -> Iterator[Candidate]:
    """Yield the dates of a page that calls itself no article but a WebPage or a HowTo."""
    for thing in objects[:_MOST_OBJECTS]:
        for key, field in (("datePublished", "date"), ("dateModified", "date_modified")):
            value = thing.get(key)
            if isinstance(value, str):
                kind = next(iter(types_of(thing)), "Thing")
                yield Candidate(
                    field="date" if field == "date" else "date_modified",
                    value=value,
                    source=f"jsonld:{kind}.{key}",
                    score=0.5,
                    evidence=("of no article", "of the page" if kind == "WebPage" else "of a part"),
                )


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if value.strip():
            yield value
    elif isinstance(value, int) and not isinstance(value, bool):
        # Dates are seconds on some sites.
        yield str(value)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        yield from _texts(value.get("name") or value.get("@value"))


def _names(value: Any, by_id: dict[str, JsonObject]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield names, each with what the page says it is the name of."""
    if isinstance(value, str):
        if value.strip():
            yield value, ()
    elif isinstance(value, list):
        for item in value:
            yield from _names(item, by_id)
    elif isinstance(value, dict):
        known = _resolved(value, by_id, "name")
        types = "".join(types_of(known))
        # Plugins call the person behind a blog ["Person", "Organization"].
        kind = "person" if "Person" in types else "organization" if "Organization" in types else ""
        for name in _texts(known.get("name") or _whole_name(known)):
            yield name, (kind,) if kind else ()


def _whole_name(person: JsonObject) -> str:
    """Return a name that is stated in two parts; in East Asia that of the family comes first."""
    parts = [part for key in _NAME_PARTS if isinstance(part := person.get(key), str)]
    name = " ".join(parts).strip()
    return name if name < _EAST_ASIAN else "".join(reversed(parts))


def _addresses(value: Any, by_id: dict[str, JsonObject]) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in sorted(value, key=_area, reverse=True):
            yield from _addresses(item, by_id)
    elif isinstance(value, dict):
        known = _resolved(value, by_id, "url")
        for key in _IMAGE_KEYS:
            if isinstance(known.get(key), str):
                yield known[key]
                return


def _area(picture: Any) -> int:
    """Return how large a picture is said to be, in pixels; 0 where nothing is."""
    sides = (picture.get("width"), picture.get("height")) if isinstance(picture, dict) else ()
    return math.prod(side for side in sides if isinstance(side, int)) if all(sides) and sides else 0


def _resolved(thing: JsonObject, by_id: dict[str, JsonObject], key: str) -> JsonObject:
    """Follow a reference (`{"@id": …}` alone) to the object of the page that it names."""
    reference = thing.get("@id")
    if key in thing or not isinstance(reference, str):
        return thing
    return by_id.get(reference, thing)
