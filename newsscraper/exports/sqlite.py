"""SQLite: a database in a file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, ClassVar

from newsscraper.exports import ExportFailed
from newsscraper.exports.choosing import Choice
from newsscraper.exports.database import Database
from newsscraper.exports.tables import Kind, Table


class SqliteExport(Database):
    """Tables in an SQLite file. Days and moments are ISO 8601 text, moments in UTC; booleans are 0 and 1.

    Raises:
        ExportFailed: the file is no database, cannot be written, or has tables of another shape.
    """

    types: ClassVar[dict[Kind, str]] = {
        "text": "text",
        "integer": "integer",
        "real": "real",
        "boolean": "boolean",
        "day": "date",
        "moment": "datetime",
        "json": "json",
    }

    def __init__(self, place: str, choice: Choice) -> None:
        super().__init__(place, choice)
        try:
            Path(place).parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(place, isolation_level=None)
        except (OSError, sqlite3.Error) as error:
            raise ExportFailed(f"{place} cannot be opened: {error}") from error
        self.prepare()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Begin; commit where the block ends without an error."""
        self.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.rollback()
            raise
        self.execute("COMMIT")

    def columns_of(self, table: str) -> dict[str, str]:
        """Return the columns of a table and their types in lower case; empty where there is no such table."""
        return {row[1]: row[2].lower() for row in self.execute(f"PRAGMA table_info({table})")}

    def execute(self, sql: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """Run a statement and return its rows."""
        try:
            return self._connection.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise ExportFailed(f"{self._place}: {error}") from error

    def upsert(self, table: Table, found: list[tuple[Any, ...]]) -> None:
        """Insert rows; a row whose key is there takes its place."""
        places = ", ".join("?" * len(table.columns))
        values = [tuple(_plain(value) for value in row) for row in found]
        try:
            self._connection.executemany(f"INSERT OR REPLACE INTO {table.name} VALUES ({places})", values)  # noqa: S608
        except sqlite3.Error as error:
            raise ExportFailed(f"{self._place}: {error}") from error

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (date, datetime)) else value
