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
_MOST_LINES = 3
_MOST_LINKS, _MOST_FOOTERS = 20, 5
_COMMA = re.compile(r"(?:(?<!\s)\s++)?+,\s*")
_OF_SOMETHING_ELSE = frozenset(("caption", "related", "comments", "advertisement"))


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
    for rel, href, _, _ in found.links:
        if "license" in rel.split():
            yield Candidate(field="licence", value=href, source="link:license", score=0.85)
    for href, container in found.licences[:_MOST_LINKS]:
        if not _is_about_a_picture(found, container):
            yield Candidate(field="licence", value=href, source="dom:a[license]", score=0.75)
    footers = [passed for passed in found.passed_over if passed.reason == "footer"]
    for passed in footers[-_MOST_FOOTERS:]:
        for link in passed.node.css("a[rel~=license], a[href*='creativecommons.org/']")[:3]:
            href = link.attributes.get("href") or ""
            yield Candidate(field="licence", value=href, source="dom:footer a", score=0.6)


def _is_about_a_picture(found: Survey, container: Container) -> bool:
    """Tell whether a link stands in the credit of a picture, or in one of another story."""
    if any(above.reason in _OF_SOMETHING_ELSE for above in container.ancestors()):
        return True
    lines = found.blocks[container.first : container.last][:_MOST_LINES]
    return any(line.label == "caption" for line in lines)
