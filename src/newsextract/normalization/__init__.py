"""Extraction → Article. Pure: chooses among candidates, cleans text, parses dates."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import TypeVar, cast

from newsextract.errors import NoArticleText
from newsextract.extraction.addresses import host_of, whole_address
from newsextract.extraction.agencies import agency_in
from newsextract.extraction.text import (
    clean_line,
    clean_text,
    count_words,
    letters_only,
    unescaped_line,
)
from newsextract.normalization.access import choose_access, choose_licence, choose_truncation
from newsextract.normalization.address_dates import addresses_of
from newsextract.normalization.author_choice import ChosenName, choose_bylines
from newsextract.normalization.date_choice import ChosenDate, choose_date, latest_change
from newsextract.normalization.date_order import month_leads
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
    Block,
    Candidate,
    Correction,
    Extraction,
    FieldName,
    FieldSource,
    Image,
    Link,
    LiveEntry,
    Moment,
    PageKind,
    Rights,
    Video,
)

__all__ = ["Normalizer", "normalize"]

Value = TypeVar("Value")

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
        self.own = extraction.url or ""
        self.base = extraction.base_url or self.own
        self.host = host_of(self.own)
        self.blocks = tuple([
            self._with_whole_links(block) if block.links else block
            for block in extraction.blocks
            if block.text
        ])  # fmt: skip
        self.body = "\n\n".join([block.text for block in self.blocks])
        self._locale: Locale | None = None

    def article(self) -> Article:
        """Return the record; `NoArticleText` where there is no body."""
        extraction = self.extraction
        if not self.blocks:
            raise NoArticleText(
                "The page has no text that reads like an article; it may be a front page or a page "
                "of pictures. Give the address of the article itself, or save it from a browser.",
                url=extraction.url,
            )
        self._state("body", extraction.body_source, "", extraction.confidence)
        self._warn_of_other_parts()
        locale = self.locale()
        site_name = self._site_name()
        site_names = self.site_names()
        title = self._title()
        named = self.by_field.get("authors", [])
        people, organisations = choose_bylines(named, site_names, title, self.body)
        breadcrumbs = self._breadcrumbs(title, site_names)
        section = self._taken("section", choose_section(self._ranked("section"), breadcrumbs))
        tags = choose_tags(self._ranked("tags"), f"{title}\n{self.body}", site_names)
        images = whole_pictures(extraction.images, self.base)
        date, date_modified = self._date(locale), self._date_modified(locale)
        return Article(
            url=extraction.url,
            requested_url=extraction.requested_url,
            canonical_url=self._taken(
                "canonical_url",
                choose_canonical(self._ranked("canonical_url"), self.own, self.base),
            ),
            title=title,
            subtitle=self._text("subtitle", unlike=title),
            authors=self._authors(people),
            date=date,
            date_modified=date_modified,
            body=self.body,
            blocks=self.blocks,
            language=locale.language,
            site_name=site_name,
            section=section,
            tags=self._taken("tags", tags) or (),
            image=self._taken("image", choose_picture(self._ranked("image"), images, self.base)),
            images=self._images(images),
            videos=self._videos(),
            description=self._text("description"),
            kind=self._kind(section),
            breadcrumbs=breadcrumbs,
            word_count=self._word_count(),
            free_access=self._taken("free_access", choose_access(self._ranked("free_access"))),
            licence=self._taken("licence", choose_licence(self._ranked("licence"), self.base)),
            rights=self._rights(),
            entries=self._entries(locale, site_names, date, date_modified),
            corrections=self._corrections(locale),
            dateline=self._text("dateline"),
            agencies=self._agencies(organisations, site_names),
            sponsored=self._text("sponsored"),
            parts=self._parts(),
            page_kind=self._page_kind(),
            is_truncated=self._taken(
                "is_truncated", choose_truncation(self._ranked("is_truncated"))
            ),
            confidence=extraction.confidence,
            sources=self.sources,
            warnings=tuple(self.warnings),
        )

    def _with_whole_links(self, block: Block) -> Block:
        links = self._whole_links(block)
        return block if links == block.links else replace(block, links=links)

    def _whole_links(self, block: Block) -> tuple[Link, ...]:
        whole = [(link, whole_address(link.url, self.base)) for link in block.links]
        return tuple([
            link if address == link.url else replace(link, url=address)
            for link, address in whole
            if address
        ])  # fmt: skip

    def locale(self) -> Locale:
        """Return what is known of the language and the site."""
        if self._locale is None:
            language, region = self._language()
            candidates, now = self.extraction.candidates, self.extraction.fetched_at
            addresses = addresses_of(candidates, self.own)
            told = Locale(language, region, host_of(addresses[0]) if addresses else "")
            leads = month_leads(candidates, told, addresses=addresses, now=now)
            self._locale = told._replace(month_leads=leads)
        return self._locale

    def _note(self, field: FieldName, candidate: Candidate, confidence: float) -> None:
        self._state(field, candidate.source, candidate.value, round(confidence, 3))

    def _state(self, field: FieldName, source: str, raw: str, confidence: float) -> None:
        self.sources[field] = FieldSource(
            source=source, raw=clean_text(raw[:500]), confidence=confidence
        )

    def _ranked(self, field: FieldName) -> list[Candidate]:
        return sorted(self.by_field.get(field, ()), key=_SCORE, reverse=True)

    def _text(self, field: FieldName, *, unlike: str | None = None) -> str | None:
        """Return the text that is believed most of a field, but for one that is another's."""
        for candidate in self._ranked(field):
            is_shown = candidate.source.startswith("dom:")
            text = (clean_line if is_shown else unescaped_line)(candidate.value)
            if text and text != unlike:
                self._note(field, candidate, candidate.score)
                return text
        return None

    def _taken(self, field: FieldName, chosen: tuple[Value, Candidate] | None) -> Value | None:
        """Return what was chosen for a field, and note where it is from."""
        if chosen is None:
            return None
        value, candidate = chosen
        self._note(field, candidate, candidate.score)
        return value

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

    def _site_name(self) -> str | None:
        if name := self._text("site_name"):
            return name
        for name, candidate in self._names_in_title():
            self._note("site_name", candidate, 0.6)
            return name
        return None

    def _names_in_title(self) -> Iterator[tuple[str, Candidate]]:
        for candidate in self.by_field.get("title", ()):
            if candidate.source == "dom:title" and (
                name := site_in_title(candidate.value, self.host)
            ):
                yield name, candidate

    def site_names(self) -> list[str]:
        """Return what the site calls itself, its host's name among it."""
        names = [candidate.value for candidate in self.by_field.get("site_name", [])]
        names += [name for name, _ in self._names_in_title()]
        return [*names, self.host, self.host.removeprefix("www.")]

    def title_arguments(self) -> tuple[list[Candidate], list[str]]:
        """Return what may be the title, and the names of the site, which are not.

        The logo of `osten-herald.example` is no headline, though it may stand in an `<h1>`. For
        writers that does not hold: a writer's own site is called so.
        """
        return self.by_field.get("title", []), [*self.site_names(), *self.host.split(".")]

    def _title(self) -> str | None:
        chosen = choose_title(*self.title_arguments())
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
        chosen = choose_date(extraction.candidates, locale, url=self.own, now=extraction.fetched_at)
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

    def _breadcrumbs(self, title: str | None, site_names: list[str]) -> tuple[str, ...]:
        candidates = self.by_field.get("breadcrumbs", [])
        crumbs = choose_crumbs(candidates, title, site_names)
        if crumbs:
            raw = " > ".join([candidate.value for candidate in candidates])
            self._state("breadcrumbs", candidates[0].source, raw, candidates[0].score)
        return crumbs

    def _kind(self, section: str | None) -> ArticleKind:
        kind, candidate = choose_kind(self._ranked("kind"), section)
        if candidate is not None:
            self._note("kind", candidate, candidate.score)
        return kind

    def _page_kind(self) -> PageKind:
        for candidate in self.by_field.get("page_kind", ()):
            self._note("page_kind", candidate, candidate.score)
            return cast("PageKind", candidate.value)
        return "article"

    def _word_count(self) -> int:
        self._state("word_count", "body", "", self.extraction.confidence)
        return count_words(self.body)

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
            self._state("entries", found[0].source, found[0].time, 0.8)
        return read_entries(found, locale, site_names, date, date_modified)

    def _corrections(self, locale: Locale) -> tuple[Correction, ...]:
        found = self.extraction.corrections
        if found:
            self._state("corrections", found[0].source, found[0].text, found[0].score)
        return read_corrections(found, locale)

    def _parts(self) -> tuple[str, ...]:
        parts = self.extraction.parts
        if parts:
            is_whole = parts[0] != self.extraction.url
            self._state("parts", "single page" if is_whole else "pages", parts[-1], 0.9)
        return parts

    def _warn_of_other_parts(self) -> None:
        """Say what is missing where a page is one of several and its story was not joined."""
        paging = self.extraction.paging
        if paging.following or paging.number > 1:
            where = f"the next is {paging.following[0]}" if paging.following else "it is the last"
            self.warnings.append(
                f"this page is part {paging.number} of a story in several; {where}, and the "
                "others are not in this record"
            )

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
