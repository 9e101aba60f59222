"""The addresses that earlier runs have given, in a SQLite file."""

import datetime as dt
import sqlite3
from pathlib import Path
from types import TracebackType
from typing import Self

from newsextract.errors import UnreadableFile

__all__ = ["SeenAddresses"]

# "nxsn", to tell the file from any other database.
_APPLICATION = 0x6E78736E


class SeenAddresses:
    """Remembers addresses by their comparison keys; a context manager.

    What was added is on disk at once as far as other programs see, so that a run which is killed
    has lost nothing. Raises `UnreadableFile` where the file cannot be used.
    """

    def __init__(self, file: str | Path) -> None:
        self._file = Path(file)
        try:
            self._database = sqlite3.connect(self._file, isolation_level=None)
        except sqlite3.Error as error:
            raise self._unusable(error) from error
        try:
            self._set_up()
        except sqlite3.Error as error:
            self._database.close()
            raise self._unusable(error) from error
        except UnreadableFile:
            self._database.close()
            raise

    def _set_up(self) -> None:
        application = self._one("PRAGMA application_id")
        if application != _APPLICATION:
            if application or self._one("SELECT count(*) FROM sqlite_master"):
                raise UnreadableFile(
                    f"{self._file} is the database of another program; name another file.",
                    url=str(self._file),
                )
            self._database.execute(f"PRAGMA application_id = {_APPLICATION}")
        # One address is written at a time; without a log of its own each would wait for the disk.
        # https://www.sqlite.org/wal.html#performance_considerations
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = NORMAL")
        self._database.execute(
            "CREATE TABLE IF NOT EXISTS seen (key TEXT PRIMARY KEY, url TEXT NOT NULL, "
            "at TEXT NOT NULL) WITHOUT ROWID"
        )

    def _one(self, query: str) -> object:
        return self._database.execute(query).fetchone()[0]

    def __contains__(self, key: str) -> bool:
        try:
            found = self._database.execute("SELECT 1 FROM seen WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error as error:
            raise self._unusable(error) from error
        return found is not None

    def add(self, key: str, url: str) -> None:
        """Remember an address."""
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        try:
            self._database.execute("INSERT OR IGNORE INTO seen VALUES (?, ?, ?)", (key, url, now))
        except sqlite3.Error as error:
            raise self._unusable(error) from error

    def _unusable(self, error: sqlite3.Error) -> UnreadableFile:
        return UnreadableFile(
            f"{self._file} cannot be used to remember addresses ({error}); name another file.",
            url=str(self._file),
            detail=str(error),
        )

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()
