"""Extraction → Article. Pure: chooses among candidates, cleans text, parses dates."""

import datetime as dt
import re
from operator import attrgetter
from urllib.parse import urljoin, urlsplit

from newsextract.errors import NoArticleText
from newsextract.extraction.text import clean_line
from newsextract.normalization.authors import choose_authors
from newsextract.normalization.dates import Locale, choose_date
from newsextract.normalization.live import read_corrections, read_entries
from newsextract.normalization.titles import choose_title
from newsextract.records import (
    Article,
    Block,
    Candidate,
    Correction,
    Extraction,
    FieldName,
    FieldSource,
    LiveEntry,
    Moment,
)

__all__ = ["normalize"]

_LANGUAGE_TAG = re.compile(
    r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}))?(?![A-Za-z])"
)
# An address that is whole and in which nothing would be changed by taking it apart.
_PLAIN_ADDRESS = re.compile(
    r"https?://(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)+)(?:/[^\s?#;]*)?(?:\?[^\s#]+)?"
)
_BETWEEN_TAGS = re.compile("[,;，、]")
_MOST_TAGS = 40
_SCORE = attrgetter("score")
_NEWS_KINDS = {"article": "article", "website": "article"}


def normalize(extraction: Extraction) -> Article:
    """Return the clean record of a page.

    Raises `NoArticleText` where nothing on the page reads like the text of an article.
    """
    return _Normalizer(extraction).article()


def _host(url: str) -> str:
    plain = _PLAIN_ADDRESS.fullmatch(url)
    return plain["host"] if plain else urlsplit(url).hostname or ""


class _Normalizer:
    def __init__(self, extraction: Extraction) -> None:
        self.extraction = extraction
        self.by_field: dict[FieldName, list[Candidate]] = {}
        for candidate in extraction.candidates:
            self.by_field.setdefault(candidate.field, []).append(candidate)
        self.sources: dict[FieldName, FieldSource] = {}

    def article(self) -> Article:
        extraction = self.extraction
        blocks = self._blocks()
        if not blocks:
            raise NoArticleText(
                "The page has no text that reads like an article; it may be a front page, a "
                "picture page, or a shell that needs JavaScript.",
                url=extraction.url,
            )
        self.sources["body"] = FieldSource(
            source=extraction.body_source, raw="", confidence=extraction.confidence
        )
        language, region = self._language()
        locale = Locale(language, region, _host(extraction.url or ""))
        site_name = self._text("site_name")
        site_names = self._site_names(site_name, locale.host)
        date, date_modified = self._date("date", locale), self._date("date_modified", locale)
        return Article(
            url=extraction.url,
            canonical_url=self._address("canonical_url"),
            title=self._title(site_names),
            subtitle=self._text("subtitle"),
            authors=self._authors(site_names),
            date=date,
            date_modified=date_modified,
            body="\n\n".join([block.text for block in blocks]),
            blocks=blocks,
            language=language,
            site_name=site_name,
            section=self._text("section"),
            tags=self._tags(),
            image=self._address("image"),
            description=self._text("description"),
            kind=self._kind(),
            entries=self._entries(locale, site_names, date, date_modified),
            corrections=self._corrections(locale),
            dateline=self._text("dateline"),
            agencies=self._agencies(),
            sponsored=self._text("sponsored"),
            confidence=extraction.confidence,
            sources=self.sources,
            warnings=extraction.warnings,
        )

    def _blocks(self) -> tuple[Block, ...]:
        return tuple([block for block in self.extraction.blocks if block.text])

    def _note(self, field: FieldName, candidate: Candidate, confidence: float) -> None:
        self.sources[field] = FieldSource(
            source=candidate.source, raw=candidate.value[:500], confidence=round(confidence, 3)
        )

    def _ranked(self, field: FieldName) -> list[Candidate]:
        return sorted(self.by_field.get(field, ()), key=_SCORE, reverse=True)

    def _text(self, field: FieldName) -> str | None:
        for candidate in self._ranked(field):
            text = clean_line(candidate.value)
            if text:
                self._note(field, candidate, candidate.score)
                return text
        return None

    def _address(self, field: FieldName) -> str | None:
        base = self.extraction.url or ""
        for candidate in self._ranked(field):
            address = candidate.value.strip()
            if _PLAIN_ADDRESS.fullmatch(address) is None:
                try:
                    address = urljoin(base, address)
                    parts = urlsplit(address)
                except ValueError:
                    continue
                if parts.scheme not in ("http", "https") or not parts.hostname:
                    continue
            self._note(field, candidate, candidate.score)
            return address
        return None

    def _site_names(self, site_name: str | None, host: str) -> list[str]:
        names = [candidate.value for candidate in self.by_field.get("site_name", [])]
        return [*names, *([site_name] if site_name else []), host, host.removeprefix("www.")]

    def _title(self, site_names: list[str]) -> str | None:
        chosen = choose_title(self.by_field.get("title", []), site_names)
        if chosen is None:
            return None
        self._note("title", chosen.candidate, chosen.confidence)
        return chosen.text

    def _authors(self, site_names: list[str]) -> tuple[str, ...]:
        chosen = choose_authors(self._ranked("authors"), site_names)
        if chosen is None:
            return ()
        names, candidate = chosen
        self._note("authors", candidate, candidate.score)
        return names

    def _date(self, field: FieldName, locale: Locale) -> dt.date | dt.datetime | None:
        chosen = choose_date(self.by_field.get(field, []), locale, self.extraction.fetched_at)
        if chosen is None:
            return None
        self._note(field, chosen.candidate, chosen.confidence)
        return chosen.value

    def _language(self) -> tuple[str | None, str | None]:
        region = None
        language = None
        for candidate in self._ranked("language"):
            match = _LANGUAGE_TAG.match(candidate.value.strip())
            if match is None:
                continue
            if language is None:
                language = match[1].lower()
                self._note("language", candidate, candidate.score)
            if region is None and match[1].lower() == language and match[3]:
                region = match[3].upper()
        return language, region

    def _tags(self) -> tuple[str, ...]:
        ranked = self._ranked("tags")
        if not ranked:
            return ()
        best = [candidate for candidate in ranked if candidate.source == ranked[0].source]
        names = [
            clean_line(name) for candidate in best for name in _BETWEEN_TAGS.split(candidate.value)
        ]
        self._note("tags", ranked[0], ranked[0].score)
        return tuple(dict.fromkeys(name for name in names if name))[:_MOST_TAGS]

    def _entries(
        self,
        locale: Locale,
        site_names: list[str],
        date: Moment | None,
        date_modified: Moment | None,
    ) -> tuple[LiveEntry, ...]:
        found = self.extraction.entries
        if found:
            source = FieldSource(source=found[0].source, raw=found[0].time, confidence=0.8)
            self.sources["entries"] = source
        return read_entries(found, locale, site_names, date, date_modified)

    def _corrections(self, locale: Locale) -> tuple[Correction, ...]:
        found = self.extraction.corrections
        if found:
            raw = found[0].text[:500]
            self.sources["corrections"] = FieldSource(
                source=found[0].source, raw=raw, confidence=found[0].score
            )
        return read_corrections(found, locale)

    def _agencies(self) -> tuple[str, ...]:
        ranked = self._ranked("agencies")
        if ranked:
            self._note("agencies", ranked[0], ranked[0].score)
        return tuple(dict.fromkeys(candidate.value for candidate in ranked))

    def _kind(self) -> str:
        for candidate in self._ranked("kind"):
            kind = clean_line(candidate.value)
            if kind:
                self._note("kind", candidate, candidate.score)
                return _NEWS_KINDS.get(kind, kind)
        return "article"
