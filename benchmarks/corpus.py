"""Reading a corpus folder: sets of saved pages with what is known of them.

A set is a folder with `manifest.jsonl`, one JSON object a line, and gzipped pages.
"""

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ALL_SETS = (
    "fundus_publishers_dev",
    "annotated",
    "wcxb_dev",
    "trafilatura_eval",
    "htmldate_dev",
    "postlight",
    "readability",
    "newspaper4k",
    "goose3",
    "defuddle",
)

NOTES = Path(__file__).with_name("gold_notes.json")

# Its other pages are forums, shops, lists of links …
_ARTICLES_ONLY = frozenset(("wcxb_dev",))
# The dates of this set were turned into UTC: neither day nor clock is what the page shows, and a
# page that shows a day alone became midnight somewhere, which in UTC is nearly always a whole hour.
_IN_UTC = frozenset(("postlight",))
_WHOLE_HOUR = re.compile(r"T\d\d:00:00(?:\.0+)?(?:Z|\+00:00)$")
# What manifests call the fields of a record.
_FIELDS = {"title": "title", "authors": "authors", "date_published": "date", "image": "picture"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """What is known of a page; what is not known is empty.

    `readings` are the texts that are all right as the body. `wanted` and `unwanted` are
    snippets of the story and of what surrounds it, `pictures` the addresses of one picture. Where
    a date is `in_utc`, the day that the page shows may be one off, and its clock is unknown.
    `absent` are the fields that people looked for on the page and found it not to have.
    """

    title: str | None = None
    authors: tuple[str, ...] = ()
    date: str | None = None
    readings: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    in_utc: bool = False
    absent: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One page of a set."""

    set: str
    id: str
    url: str | None
    path: Path
    language: str
    page_type: str
    gold: Gold

    @property
    def name(self) -> str:
        """The name of the page among all sets."""
        return f"{self.set}/{self.id}"

    def html(self) -> bytes:
        """Return the page's bytes as they came."""
        return gzip.decompress(self.path.read_bytes())


def read_set(corpus: Path, name: str, *, every_page_type: bool = False) -> Iterator[Sample]:
    """Read a set of a corpus folder, of some sets only the articles."""
    folder = corpus / name
    noted = bad_gold()
    with (folder / "manifest.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            entry = json.loads(line)
            for field in _FIELDS:
                if f"{name}/{entry['id']}#{field}" in noted:
                    del entry["gold"][field]
            if not (every_page_type or is_in_main_figure(name, entry["page_type"])):
                continue
            yield Sample(
                set=name,
                id=entry["id"],
                url=entry["url"],
                path=(folder / entry["html"]).resolve(),
                language=entry["lang"] or "?",
                page_type=entry["page_type"],
                gold=_gold(name, entry["gold"]),
            )


def is_in_main_figure(set_name: str, page_type: str) -> bool:
    """Tell whether the figures of a set are over pages of this type."""
    return page_type == "article" or set_name not in _ARTICLES_ONLY


def sets_in(corpus: Path) -> list[str]:
    """Return the sets that a corpus folder holds, the main ones first."""
    return [name for name in ALL_SETS if (corpus / name / "manifest.jsonl").is_file()]


def bad_gold() -> dict[str, str]:
    """Return the pages, as `set/id`, whose gold is wrong, each with the reason.

    `set/id#field` is a page of which only that field of the manifest is wrong.
    """
    notes: dict[str, str] = json.loads(NOTES.read_text(encoding="utf-8"))
    return notes


def _gold(set_name: str, gold: dict[str, Any]) -> Gold:
    return Gold(
        title=gold.get("title"),
        authors=tuple(gold.get("authors", ())),
        date=_date(set_name, gold.get("date_published")),
        readings=(gold["body"], *gold.get("readings", ())) if "body" in gold else (),
        wanted=tuple(gold.get("with", ())),
        unwanted=tuple(gold.get("without", ())),
        pictures=(gold["image"], *gold.get("image_versions", ())) if "image" in gold else (),
        in_utc=set_name in _IN_UTC,
        absent=frozenset(_FIELDS[name] for name in gold.get("known_absent", ()) if name in _FIELDS),
    )


def _date(set_name: str, date: str | None) -> str | None:
    """Return a date as the set tells it, only the day where the time cannot be one of the page."""
    if date and set_name in _IN_UTC:
        return _WHOLE_HOUR.sub("", date)
    return date
