"""What page and server say of access and reuse: paywall, licence, reservations, robots."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsextract.extraction.blocks import Container, Survey
from newsextract.extraction.jsonld import JsonObject
from newsextract.records import Candidate, Rights

__all__ = ["access_candidates", "rights_of"]

# https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag, and the two that
# art platforms brought up against training: noai, noimageai.
_ABOUT_REUSE = frozenset(
    "none noai noimageai noarchive nocache nosnippet noimageindex notranslate max-snippet "
    "max-image-preview max-video-preview".split()
)
_MOST_DIRECTIVES = 20
_COMMA = re.compile(r"\s*,\s*")
_NOT_THE_STORY = frozenset(("caption", "related", "sidebar", "comments", "advertisement"))


def rights_of(found: Survey, headers: Mapping[str, str]) -> Rights:
    """Return reservations and robots' directives; the page's own go before the server's.

    https://www.w3.org/community/reports/tdmrep/CG-FINAL-tdmrep-20240510/
    """
    metas: dict[str, str] = {}
    for name, content in found.metas:
        metas.setdefault(name, content)
    reservation = metas.get("tdm-reservation") or headers.get("tdm-reservation") or ""
    policy = metas.get("tdm-policy") or headers.get("tdm-policy") or ""
    stated = ",".join((metas.get("robots", ""), headers.get("x-robots-tag", "")))[:2_000].lower()
    directives = [
        directive.replace(" ", "")
        for directive in _COMMA.split(stated)
        if directive.partition(":")[0].strip() in _ABOUT_REUSE
    ]
    return Rights(
        tdm_reservation={"1": True, "0": False}.get(reservation.strip()),
        tdm_policy=policy.strip() or None,
        robots=tuple(dict.fromkeys(directives))[:_MOST_DIRECTIVES],
    )


def access_candidates(found: Survey, article: JsonObject | None) -> list[Candidate]:
    """Return what is stated of free access and of a licence."""
    candidates = list(_licences(found))
    if article is not None:
        candidates += _from_article(article)
    for marked in found.marked:
        if marked.mark == "itemprop:isAccessibleForFree":
            value = marked.value or marked.text
            candidates.append(
                Candidate(
                    field="free_access",
                    value=value,
                    source="microdata:isAccessibleForFree",
                    score=0.85,
                )
            )
    return candidates


def _from_article(article: JsonObject) -> Iterator[Candidate]:
    for value in _free_access(article):
        yield Candidate(
            field="free_access", value=value, source="jsonld:isAccessibleForFree", score=0.9
        )
    for key in ("license", "copyrightNotice"):
        stated: Any = article.get(key)
        if isinstance(stated, dict):
            stated = stated.get("url") or stated.get("@id") or stated.get("name")
        if isinstance(stated, str):
            yield Candidate(
                field="licence",
                value=stated,
                source=f"jsonld:{key}",
                score=0.9 if key == "license" else 0.5,
            )


def _free_access(article: JsonObject) -> Iterator[str]:
    """Yield what an article, or else the parts of it, say of free access.

    https://developers.google.com/search/docs/appearance/structured-data/paywalled-content
    """
    parts: Any = article.get("hasPart")
    for thing in (article, *(parts if isinstance(parts, list) else [parts])):
        stated: Any = thing.get("isAccessibleForFree") if isinstance(thing, dict) else None
        if isinstance(stated, (str, bool)):
            yield str(stated)
            return


def _licences(found: Survey) -> Iterator[Candidate]:
    for rel, href, _ in found.links:
        if "license" in rel.split():
            yield Candidate(field="licence", value=href, source="link:license", score=0.85)
    for href, container in found.licences:
        yield Candidate(
            field="licence", value=href, source="dom:a[license]", score=_nearness(container)
        )
    for passed in found.passed_over:
        if passed.reason == "footer":
            for link in passed.node.css("a[rel~=license], a[href*='creativecommons.org/']")[:3]:
                href = link.attributes.get("href") or ""
                yield Candidate(field="licence", value=href, source="dom:footer a", score=0.6)


def _nearness(container: Container) -> float:
    """Return how sure a link means the text: next to a picture it is that of the picture."""
    reasons = {above.reason for above in container.ancestors()}
    return 0.3 if reasons & _NOT_THE_STORY else 0.75
