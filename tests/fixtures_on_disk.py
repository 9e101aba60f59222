"""The fixture folders: a page, what is known about it, and the record or failure it has to give."""

import datetime as dt
import functools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import newsextract

FOLDER = Path(__file__).parent / "fixtures"


@dataclass(frozen=True)
class Fixture:
    name: str
    page: bytes
    meta: dict[str, Any]
    expected: dict[str, Any] | None
    expected_failure: dict[str, Any] | None

    @property
    def fetched_at(self) -> dt.datetime:
        return dt.datetime.fromisoformat(self.meta["fetched_at"])

    @property
    def content_type(self) -> str | None:
        return self.meta.get("headers", {}).get("content-type")


def known_gaps() -> dict[str, list[str]]:
    """What is still wrong: fixture → checks that fail; one that passes has to leave the list."""
    return json.loads((FOLDER / "known_gaps.json").read_text(encoding="utf-8"))


def load(folder: Path) -> Fixture:
    def read(name: str) -> dict[str, Any] | None:
        path = folder / name
        return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None

    return Fixture(
        folder.name,
        (folder / "page.html").read_bytes(),
        read("meta.json") or {},
        read("expected.json"),
        read("expected_failure.json"),
    )


def all_fixtures() -> list[Fixture]:
    return [load(folder) for folder in sorted(FOLDER.iterdir()) if (folder / "page.html").exists()]


@functools.cache
def articles() -> tuple[tuple[str, newsextract.Article], ...]:
    """The name and the record of each page that is an article: read once for all its forms."""
    return tuple(
        (fixture.name, newsextract.extract(fixture.page, fixture.meta["url"]))
        for fixture in all_fixtures()
        if fixture.expected is not None
    )
