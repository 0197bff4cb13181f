"""Where a fleet keeps what it remembers of its sites, for its next start and for ``scrapy fleet status``."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from newsscraper.fleet.past import Past

FILE = "fleet.sqlite"


class Ledger:
    """One SQLite file under ``OUTPUT_DIR/.state``; several processes may use it at once.

    Raises:
        OSError: the folder or the file cannot be used.
    """

    def __init__(self, states: Path) -> None:
        states.mkdir(parents=True, exist_ok=True)
        self._path = states / FILE
        try:
            self._connection = self._open()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise OSError(f"{self._path}: {error}") from error
            # It holds nothing that is not learnt again: every site is due, and its own state is untouched.
            self._path.replace(self._path.with_name(f"{FILE}.damaged"))
            self._connection = self._open()

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, isolation_level=None, timeout=10)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("CREATE TABLE IF NOT EXISTS site (name TEXT PRIMARY KEY, past TEXT NOT NULL) WITHOUT ROWID")
        connection.execute("CREATE TABLE IF NOT EXISTS running (name TEXT PRIMARY KEY, since REAL) WITHOUT ROWID")
        return connection

    def pasts(self, sites: Iterable[str]) -> dict[str, Past]:
        """Return the records of these sites; those that are not known have an empty one."""
        found = {past.site: past for past in self.all_pasts()}
        return {site: found.get(site) or Past(site) for site in sites}

    def all_pasts(self) -> list[Past]:
        """Return the records of all sites that ever ran."""
        return [Past.from_json(text) for (text,) in self._connection.execute("SELECT past FROM site")]

    def keep(self, past: Past) -> None:
        """Keep a record; the site runs no longer."""
        with contextlib.suppress(sqlite3.OperationalError):  # a full disk: the runs themselves say so
            self._connection.execute("INSERT OR REPLACE INTO site VALUES (?, ?)", (past.site, past.to_json()))
            self._connection.execute("DELETE FROM running WHERE name = ?", (past.site,))

    def runs(self, site: str, since: float) -> None:
        """Note that a run has begun."""
        with contextlib.suppress(sqlite3.OperationalError):
            self._connection.execute("INSERT OR REPLACE INTO running VALUES (?, ?)", (site, since))

    def running(self) -> dict[str, float]:
        """Return which sites run, and since when, as the fleet left it: one that was killed did not clear this."""
        return dict(self._connection.execute("SELECT name, since FROM running"))

    def none_runs(self, sites: Iterable[str]) -> None:
        """Note that none of these sites runs: this fleet has just started."""
        with contextlib.suppress(sqlite3.OperationalError):
            self._connection.executemany("DELETE FROM running WHERE name = ?", [(site,) for site in sites])

    def close(self) -> None:
        """Close the file."""
        self._connection.close()
