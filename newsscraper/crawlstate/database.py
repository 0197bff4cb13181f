"""The SQLite file of one site: its tables, its transactions, and whether it is whole."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from newsscraper.address import Address
from newsscraper.crawlstate.filesystem import shared_file_system

logger = logging.getLogger(__name__)

VERSION = 4
"""Number of the layout below; a file of a layout that `_LATER` does not lead on is rebuilt from the delivered lines."""

COMMIT_INTERVAL = 0.25
"""Seconds after which writes that nobody committed are committed with the next one."""

_TABLES = """
CREATE TABLE run (number INTEGER PRIMARY KEY, started_at REAL NOT NULL, finished_at REAL, summary TEXT);
CREATE TABLE frontier (seq INTEGER PRIMARY KEY, key INTEGER NOT NULL UNIQUE, kind TEXT NOT NULL,
    place REAL NOT NULL, candidate BLOB NOT NULL, outcome TEXT);
CREATE INDEX frontier_pending ON frontier (place, seq) WHERE outcome IS NULL;
CREATE TABLE page (key INTEGER PRIMARY KEY, url TEXT NOT NULL, etag TEXT, last_modified TEXT, body_hash TEXT, kind TEXT,
    article_id TEXT, fetched_at REAL, status INTEGER, looks INTEGER NOT NULL, next_look_at REAL, named BLOB,
    outcome TEXT);
CREATE INDEX page_due ON page (next_look_at) WHERE next_look_at IS NOT NULL;
CREATE TABLE article (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, url TEXT, revision INTEGER NOT NULL,
    content_hash TEXT, first_seen_at TEXT, duplicate_of TEXT, published REAL, judged_in INTEGER, fields BLOB NOT NULL,
    signature BLOB, day_file TEXT, line_end INTEGER);
CREATE INDEX article_content ON article (content_hash);
CREATE INDEX article_published ON article (published) WHERE published IS NOT NULL;
CREATE TABLE moved (own_id TEXT PRIMARY KEY, id TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE band (value INTEGER NOT NULL, article INTEGER NOT NULL, PRIMARY KEY (value, article)) WITHOUT ROWID;
CREATE TABLE block (hash INTEGER PRIMARY KEY, pages INTEGER NOT NULL);
CREATE TABLE habit (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE entrance (key INTEGER PRIMARY KEY, told BLOB NOT NULL, body BLOB NOT NULL);
CREATE TABLE day_file (name TEXT PRIMARY KEY, bytes INTEGER NOT NULL, lines INTEGER NOT NULL) WITHOUT ROWID;
"""
_LATER = {
    2: (
        "ALTER TABLE page ADD COLUMN named BLOB;"
        "ALTER TABLE page ADD COLUMN outcome TEXT;"
        "ALTER TABLE article ADD COLUMN day_file TEXT;"
        "ALTER TABLE article ADD COLUMN line_end INTEGER;"
    ),
    3: (
        "CREATE INDEX IF NOT EXISTS article_published ON article (published) WHERE published IS NOT NULL;"
        "CREATE TABLE IF NOT EXISTS moved (own_id TEXT PRIMARY KEY, id TEXT NOT NULL) WITHOUT ROWID;"
    ),
}
"""What makes the next layout of an older one."""


class StateDamaged(RuntimeError):
    """The state file is not a whole database of this layout; the message says what SQLite found."""


class StateFailed(RuntimeError):
    """The state file cannot be read or written any more: disk full, file damaged or gone."""


class Database:
    """A connection whose writes gather in one transaction until `commit`.

    WAL with ``synchronous=NORMAL``: a commit survives the death of the process and costs no fsync; a power cut may take
    the last commits, which the delivered lines then give back. On a network file system, where WAL is damaged sooner or
    later, a plain journal, and a warning.

    Raises:
        StateDamaged: the file is no whole database.
        StateFailed: it cannot be opened or written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        fresh = not path.exists() or path.stat().st_size == 0
        try:
            self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=5)
        except sqlite3.OperationalError as error:
            raise StateFailed(f"the state file {path} cannot be used: {error}") from error
        self._began: float | None = None
        self._whole = False
        self.broken = False
        """Nothing is written any more."""
        self.on_failure: Callable[[StateFailed], None] | None = None
        """Told of the first failure, once. With it, writes that fail are silent: the crawl is being stopped, and all
        that they would have kept is found again, from the lines or by fetching."""
        try:
            self._prepare(fresh)
        except sqlite3.OperationalError as error:
            self._connection.close()
            raise StateFailed(f"the state file {path} cannot be used: {error}") from error
        except sqlite3.DatabaseError as error:
            self._connection.close()
            raise StateDamaged(str(error)) from error
        except StateDamaged:
            self._connection.close()
            raise

    def _prepare(self, fresh: bool) -> None:
        connection = self._connection
        if kind := shared_file_system(self.path.parent):
            logger.warning(
                "%s is on %s, where SQLite can be damaged: no other machine may crawl this site; better set OUTPUT_DIR"
                " to a folder on a disk of this machine",
                self.path,
                kind,
            )
            connection.execute("PRAGMA journal_mode=DELETE")
        else:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA cache_size=-16000")
        connection.execute("PRAGMA temp_store=MEMORY")
        if fresh:
            connection.executescript(f"BEGIN;{_TABLES}PRAGMA user_version={VERSION};COMMIT;")
            return
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version != VERSION and version not in _LATER:
            raise StateDamaged(f"layout {version}, not {VERSION}")
        if (verdict := connection.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
            raise StateDamaged(verdict)
        while version in _LATER:
            connection.executescript(f"BEGIN;{_LATER[version]}PRAGMA user_version={version + 1};COMMIT;")
            version += 1

    def read(self, sql: str, *values: Any) -> Any:
        """Return the first row or None.

        Raises:
            StateFailed: the file cannot be read.
        """
        try:
            return self._connection.execute(sql, values).fetchone()
        except sqlite3.Error as error:
            raise self._fail(error) from error

    def rows(self, sql: str, *values: Any) -> list[Any]:
        """Return all rows.

        Raises:
            StateFailed: the file cannot be read.
        """
        try:
            return self._connection.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise self._fail(error) from error

    def write(self, sql: str, *values: Any) -> int:
        """Run one statement inside the open transaction; return how many rows it changed.

        Raises:
            StateFailed: the file cannot be written and nobody has asked to be told by `on_failure`.
        """
        with self._writing() as usable:
            return self._connection.execute(sql, values).rowcount if usable else 0
        return 0

    def insert(self, sql: str, *values: Any) -> int:
        """Run one ``INSERT`` inside the open transaction; return the new row's number, 0 where nothing is written.

        Raises:
            StateFailed: as `write`.
        """
        with self._writing() as usable:
            return self._connection.execute(sql, values).lastrowid or 0 if usable else 0
        return 0

    def write_many(self, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Run one statement for each row inside the open transaction; fails as `write`."""
        with self._writing() as usable:
            if usable:
                self._connection.executemany(sql, rows)

    @contextmanager
    def _writing(self) -> Iterator[bool]:
        with self._failing():
            self._begin()
        with self._failing():
            yield not self.broken

    def _begin(self) -> None:
        now = time.monotonic()
        if self._began is not None and not self._whole and now - self._began > COMMIT_INTERVAL:
            self.commit()
        if self._began is None and not self.broken:
            self._connection.execute("BEGIN IMMEDIATE")
            self._began = now

    @contextmanager
    def _failing(self) -> Iterator[None]:
        """Give the file up where SQLite fails; raise only where nobody has asked to be told."""
        try:
            yield
        except sqlite3.Error as error:
            failure = self._fail(error)
            if self.on_failure is None:
                raise failure from error

    def _fail(self, error: sqlite3.Error) -> StateFailed:
        """Give the file up: what was committed stays, nothing more is written, whoever wants to know is told."""
        failure = StateFailed(f"the state file {self.path} cannot be used: {error}")
        if not self.broken:
            self.broken = True
            self._roll_back()
            if self.on_failure is not None:
                self.on_failure(failure)
        return failure

    def _roll_back(self) -> None:
        self._began = None
        with contextlib.suppress(sqlite3.Error):
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

    def commit(self) -> None:
        """Make all writes so far survive the death of the process; fails as `write`."""
        if self._began is None or self.broken:
            return
        with self._failing():
            self._connection.execute("COMMIT")
            self._began = None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make the writes inside survive together or not at all; they are committed on leaving."""
        self.commit()
        self._whole = True
        try:
            yield
        except BaseException:
            self._roll_back()
            raise
        finally:
            self._whole = False
        self.commit()

    def close(self) -> None:
        """Commit and close."""
        try:
            self.commit()
        finally:
            self._connection.close()


@lru_cache(maxsize=4096)
def key_of(address: Address) -> int:
    """Return the number under which a page is kept: a 64-bit hash of its address's key."""
    digest = hashlib.blake2b(address.key.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
