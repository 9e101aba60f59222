"""Extraction → Article. Pure: chooses among candidates, cleans text, parses dates."""

import datetime as dt
from collections.abc import Iterable, Sequence
from operator import attrgetter

from newsextract.errors import NoArticleText
from newsextract.extraction.agencies import agency_in
from newsextract.extraction.text import clean_line, count_words, letters_only
from newsextract.normalization.access import choose_access, choose_licence
from newsextract.normalization.addresses import host_of
from newsextract.normalization.author_choice import ChosenName, choose_bylines
from newsextract.normalization.date_choice import ChosenDate, choose_date, latest_change
from newsextract.normalization.dates import Locale
from newsextract.normalization.keywords import (
    choose_crumbs,
    choose_kind,
    choose_section,
    choose_tags,
)
from newsextract.normalization.languages import choose_language
from newsextract.normalization.live import read_corrections, read_entries
from newsextract.normalization.pictures import choose_picture, whole_pictures, whole_videos
from newsextract.normalization.sites import choose_canonical, site_in_title
from newsextract.normalization.titles import choose_title
from newsextract.records import (
    Article,
    ArticleKind,
    Candidate,
    Correction,
    Extraction,
    FieldName,
    FieldSource,
    Image,
    LiveEntry,
    Moment,
    Rights,
    Video,
)

__all__ = ["Normalizer", "normalize"]

_SCORE = attrgetter("score")
# A byline has to be surer of an agency than of a person: many pages say their own name there.
_SURE = 0.5


def normalize(extraction: Extraction) -> Article:
    """Return the clean record of a page.

    Raises `NoArticleText` where nothing on the page reads like the text of an article.
    """
    return Normalizer(extraction).article()


class Normalizer:
    """One page on its way to a record; training asks it for what a choice is made from."""

    def __init__(self, extraction: Extraction) -> None:
        self.extraction = extraction
        self.by_field: dict[FieldName, list[Candidate]] = {}
        for candidate in extraction.candidates:
            self.by_field.setdefault(candidate.field, []).append(candidate)
        self.sources: dict[FieldName, FieldSource] = {}
        self.warnings = list(extraction.warnings)
        self.base = extraction.url or ""
        self.blocks = tuple([block for block in extraction.blocks if block.text])
        self.body = "\n\n".join([block.text for block in self.blocks])
        self._locale: Locale | None = None

    def article(self) -> Article:
        """Return the record; `NoArticleText` where there is no body."""
        extraction = self.extraction
        if not self.blocks:
            raise NoArticleText(
                "The page has no text that reads like an article; it may be a front page, a "
                "picture page, or a shell that needs JavaScript.",
                url=extraction.url,
            )
        self.sources["body"] = FieldSource(
            source=extraction.body_source, raw="", confidence=extraction.confidence
        )
        locale = self.locale()
        site_name = self._text("site_name") or self._site_in_title(locale.host)
        site_names = self.site_names()
        title = self._title(site_names)
        people, organisations = choose_bylines(self.by_field.get("authors", []), site_names, title)
        breadcrumbs = self._breadcrumbs(title, site_names)
        section = self._section(breadcrumbs)
        images = whole_pictures(extraction.images, self.base)
        date, date_modified = self._date(locale), self._date_modified(locale)
        return Article(
            url=extraction.url,
            canonical_url=self._canonical_url(),
            title=title,
            subtitle=self._text("subtitle"),
            authors=self._authors(people),
            date=date,
            date_modified=date_modified,
            body=self.body,
            blocks=self.blocks,
            language=locale.language,
            site_name=site_name,
            section=section,
            tags=self._tags(f"{title}\n{self.body}", site_names),
            image=self._image(images),
            images=self._images(images),
            videos=self._videos(),
            description=self._text("description"),
            kind=self._kind(section),
            breadcrumbs=breadcrumbs,
            word_count=self._word_count(),
            free_access=self._free_access(),
            licence=self._licence(),
            rights=self._rights(),
            entries=self._entries(locale, site_names, date, date_modified),
            corrections=self._corrections(locale),
            dateline=self._text("dateline"),
            agencies=self._agencies(organisations, site_names),
            sponsored=self._text("sponsored"),
            confidence=extraction.confidence,
            sources=self.sources,
            warnings=tuple(self.warnings),
        )

    def locale(self) -> Locale:
        """Return what is known of the language and the site."""
        if self._locale is None:
            language, region = self._language()
            self._locale = Locale(language, region, host_of(self.base))
        return self._locale

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

    def _state(self, field: FieldName, source: str, raw: str, confidence: float) -> None:
        self.sources[field] = FieldSource(source=source, raw=raw[:500], confidence=confidence)

    def _canonical_url(self) -> str | None:
        chosen = choose_canonical(self._ranked("canonical_url"), self.base)
        if chosen is None:
            return None
        address, candidate = chosen
        self._note("canonical_url", candidate, candidate.score)
        return address

    def _image(self, images: tuple[Image, ...]) -> str | None:
        chosen = choose_picture(self._ranked("image"), images, self.base)
        if chosen is None:
            return None
        address, candidate = chosen
        self._note("image", candidate, candidate.score)
        return address

    def _images(self, images: tuple[Image, ...]) -> tuple[Image, ...]:
        if images:
            self._note_first("images")
        return images

    def _videos(self) -> tuple[Video, ...]:
        videos = whole_videos(self.extraction.videos, self.base)
        if videos:
            self._note_first("videos")
        return videos

    def _note_first(self, field: FieldName) -> None:
        for candidate in self.by_field.get(field, [])[:1]:
            self._note(field, candidate, candidate.score)

    def _site_in_title(self, host: str) -> str | None:
        for candidate in self.by_field.get("title", ()):
            if candidate.source == "dom:title" and (name := site_in_title(candidate.value, host)):
                self._note("site_name", candidate, 0.6)
                return name
        return None

    def site_names(self) -> list[str]:
        """Return what the site calls itself, its host's name among it."""
        host = host_of(self.base)
        names = [candidate.value for candidate in self.by_field.get("site_name", [])]
        names += [
            name
            for title in {
                c.value for c in self.by_field.get("title", ()) if c.source == "dom:title"
            }
            if (name := site_in_title(title, host))
        ]
        return [*names, host, host.removeprefix("www.")]

    def _title(self, site_names: list[str]) -> str | None:
        chosen = choose_title(self.by_field.get("title", []), site_names)
        if chosen is None:
            return None
        self._note("title", chosen.candidate, chosen.confidence)
        return chosen.text

    def _authors(self, people: Sequence[ChosenName]) -> tuple[str, ...]:
        if people:
            self._note(
                "authors", people[0].candidate, min([chosen.confidence for chosen in people])
            )
        return tuple([chosen.text for chosen in people])

    def _date(self, locale: Locale) -> dt.date | dt.datetime | None:
        extraction = self.extraction
        chosen = choose_date(
            extraction.candidates, locale, url=extraction.url or "", now=extraction.fetched_at
        )
        return self._noted("date", chosen)

    def _date_modified(self, locale: Locale) -> dt.date | dt.datetime | None:
        chosen = latest_change(
            self.by_field.get("date_modified", ()), locale, self.extraction.fetched_at
        )
        return self._noted("date_modified", chosen)

    def _noted(self, field: FieldName, chosen: ChosenDate | None) -> dt.date | dt.datetime | None:
        if chosen is None:
            return None
        self._note(field, chosen.candidate, chosen.confidence)
        return chosen.value

    def _language(self) -> tuple[str | None, str | None]:
        chosen = choose_language(self._ranked("language"), self.body)
        if chosen is None:
            return None, None
        self._note("language", chosen.source, chosen.source.score)
        if chosen.warning:
            self.warnings.append(chosen.warning)
        return chosen.language, chosen.region

    def _tags(self, story: str, site_names: list[str]) -> tuple[str, ...]:
        chosen = choose_tags(self._ranked("tags"), story, site_names)
        if chosen is None:
            return ()
        tags, candidate = chosen
        self._note("tags", candidate, candidate.score)
        return tags

    def _breadcrumbs(self, title: str | None, site_names: list[str]) -> tuple[str, ...]:
        candidates = self.by_field.get("breadcrumbs", [])
        crumbs = choose_crumbs(candidates, title, site_names)
        if crumbs:
            raw = " > ".join([candidate.value for candidate in candidates])
            self._state("breadcrumbs", candidates[0].source, raw, candidates[0].score)
        return crumbs

    def _section(self, breadcrumbs: tuple[str, ...]) -> str | None:
        chosen = choose_section(self._ranked("section"), breadcrumbs)
        if chosen is None:
            return None
        section, candidate = chosen
        self._note("section", candidate, candidate.score)
        return section

    def _kind(self, section: str | None) -> ArticleKind:
        kind, candidate = choose_kind(self._ranked("kind"), section)
        if candidate is not None:
            self._note("kind", candidate, candidate.score)
        return kind

    def _word_count(self) -> int:
        self._state("word_count", "body", "", self.extraction.confidence)
        return count_words(self.body)

    def _free_access(self) -> bool | None:
        chosen = choose_access(self._ranked("free_access"))
        if chosen is None:
            return None
        is_free, candidate = chosen
        self._note("free_access", candidate, candidate.score)
        return is_free

    def _licence(self) -> str | None:
        chosen = choose_licence(self._ranked("licence"), self.base)
        if chosen is None:
            return None
        licence, candidate = chosen
        self._note("licence", candidate, candidate.score)
        return licence

    def _rights(self) -> Rights:
        rights = self.extraction.rights
        if rights != Rights():
            self._state("rights", "meta and headers", ", ".join(rights.robots), 0.9)
        return rights

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

    def _agencies(
        self, organisations: Sequence[ChosenName], site_names: Iterable[str]
    ) -> tuple[str, ...]:
        """Return the agencies that the text credits, then agencies and desks of the byline."""
        sites = set(map(letters_only, site_names))
        credited = [
            chosen
            for chosen in organisations
            if chosen.confidence >= _SURE
            and letters_only(chosen.text) not in sites
            and not chosen.candidate.source.startswith("dom:bare")
        ]
        ranked = self._ranked("agencies")
        if ranked:
            self._note("agencies", ranked[0], ranked[0].score)
        elif credited:
            self._note("agencies", credited[0].candidate, credited[0].confidence)
        names = [candidate.value for candidate in ranked]
        names += [agency_in(chosen.text) or chosen.text for chosen in credited]
        return tuple(dict.fromkeys(names))
