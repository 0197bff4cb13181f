"""What the exports to SQLite and PostgreSQL share: batches, and in each transaction the rows and the marks."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections import defaultdict
from contextlib import AbstractContextManager
from typing import Any, ClassVar

from newsscraper.exports import ExportFailed, marks
from newsscraper.exports.choosing import Choice, batches, new_lines
from newsscraper.exports.lines import Line, Mark, Site
from newsscraper.exports.tables import MARK, TABLES, Kind, Table, rows

_BATCH = 500


class Database(ABC):
    """A database that takes records, each article by its id and revision.

    Args:
        place: how the database is named to a person.
        choice: which lines.
    """

    types: ClassVar[dict[Kind, str]]
    """The database's own types."""

    def __init__(self, place: str, choice: Choice) -> None:
        self._place = place
        self._choice = choice

    @abstractmethod
    def transaction(self) -> AbstractContextManager[Any]:
        """Begin; commit where the block ends without an error."""

    @abstractmethod
    def columns_of(self, table: str) -> dict[str, str]:
        """Return the columns of a table and their types in lower case; empty where there is no such table."""

    @abstractmethod
    def execute(self, sql: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """Run a statement and return its rows. Values stand for ``?``."""

    @abstractmethod
    def upsert(self, table: Table, found: list[tuple[Any, ...]]) -> None:
        """Insert rows; a row whose key is there takes its place."""

    @abstractmethod
    def close(self) -> None:
        """Close the connection."""

    def prepare(self) -> None:
        """Make the tables that are not there.

        Raises:
            ExportFailed: a table is there with other columns.
        """
        with self.transaction():
            for table in (*TABLES, MARK):
                expected = {name: self.types[kind] for name, kind in table.columns.items()}
                there = self.columns_of(table.name)
                if not there:
                    columns = ", ".join(f"{name} {type_}" for name, type_ in expected.items())
                    key = ", ".join(list(expected)[: table.key])
                    self.execute(f"CREATE TABLE {table.name} ({columns}, PRIMARY KEY ({key}))")
                elif there != expected:
                    differs = sorted(there.items() ^ expected.items())[0][0]
                    raise ExportFailed(
                        f"{self._place} has a table {table.name} that differs in its column {differs}; "
                        "export to another database, or rename that table"
                    )

    def marks(self) -> dict[str, Mark]:
        """Return how far each site was read.

        Raises:
            ExportFailed: the tables were filled with other options.
        """
        found = {}
        for site, file, end, options in self.execute("SELECT site, file, position, options FROM export_mark"):
            marks.check_options(_decoded(options), self._choice.options(), self._place)
            found[str(site)] = Mark(str(file), int(end))
        return found

    def add(self, sites: list[Site]) -> int:
        """Write what is new; return how many records were written."""
        count = 0
        known = self.marks()
        for batch in batches(new_lines(sites, known), _BATCH):
            with self.transaction():
                count += self._write(batch)
        return count

    def _write(self, batch: list[Line]) -> int:
        taken: dict[tuple[Any, ...], dict[str, Any]] = {}
        for line in batch:
            if self._choice.takes(line):
                record = self._choice.record(line)
                taken[(record["id"],) if self._choice.latest else (record["id"], record["revision"])] = record
        gathered: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)
        which = "id = ?" if self._choice.latest else "id = ? AND revision = ?"
        for key, record in taken.items():
            # With --latest the older revisions make room; without, what the same revision had before.
            for table in TABLES:
                self.execute(f"DELETE FROM {table.name} WHERE {which}", key)  # noqa: S608 - names of our own
            for table, row in rows(record):
                gathered[table.name].append(row)
        for table in TABLES:
            self.upsert(table, gathered[table.name])
        options = json.dumps(self._choice.options())
        ends = {line.site: (line.site, line.file, line.end, options) for line in batch}
        self.upsert(MARK, list(ends.values()))
        return len(taken)


def _decoded(options: Any) -> dict[str, Any]:
    return dict(json.loads(options)) if isinstance(options, str) else dict(options)
