"""PostgreSQL, through psycopg: rows are copied into the tables, in the transaction of their marks."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any, ClassVar

from newsscraper.exports import ExportFailed
from newsscraper.exports.choosing import Choice
from newsscraper.exports.database import Database
from newsscraper.exports.tables import Kind, Table


class PostgresqlExport(Database):
    """Tables in a PostgreSQL database.

    Args:
        place: a connection string: ``postgresql://user@host/database``. It is never shown with its password.
        choice: which lines.

    Raises:
        ExportFailed: psycopg is not installed, the server cannot be reached, or has tables of another shape.
    """

    types: ClassVar[dict[Kind, str]] = {
        "text": "text",
        "integer": "bigint",
        "real": "double precision",
        "boolean": "boolean",
        "day": "date",
        "moment": "timestamp with time zone",
        "json": "jsonb",
    }

    def __init__(self, place: str, choice: Choice) -> None:
        try:
            import psycopg
        except ImportError as error:
            raise ExportFailed("PostgreSQL needs psycopg: pip install 'newsscraper[export]'") from error
        self._error = psycopg.Error
        try:
            self._connection = psycopg.connect(place, autocommit=True)
        except psycopg.Error as error:
            raise ExportFailed(f"the PostgreSQL database cannot be reached: {_words(error)}") from error
        info = self._connection.info
        super().__init__(f"postgresql://{info.host}/{info.dbname}", choice)
        self.prepare()

    def transaction(self) -> AbstractContextManager[Any]:
        """Begin; commit where the block ends without an error."""
        return self._connection.transaction()

    def columns_of(self, table: str) -> dict[str, str]:
        """Return the columns of a table and their types; empty where there is no such table."""
        found = self.execute(
            "SELECT column_name, data_type FROM information_schema.columns"
            " WHERE table_schema = current_schema() AND table_name = ? ORDER BY ordinal_position",
            (table,),
        )
        return {str(name): str(type_) for name, type_ in found}

    def execute(self, sql: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """Run a statement and return its rows."""
        try:
            # Statements are made of names of our own; what comes from outside goes as values.
            cursor = self._connection.execute(sql.replace("?", "%s").encode(), values)
            return cursor.fetchall() if cursor.description else []
        except self._error as error:
            raise ExportFailed(f"{self._place}: {_words(error)}") from error

    def upsert(self, table: Table, found: list[tuple[Any, ...]]) -> None:
        """Insert rows; a row whose key is there takes its place."""
        if not found:
            return
        columns = list(table.columns)
        key, rest = columns[: table.key], columns[table.key :]
        aside = f"new_{table.name}"
        self.execute(f"CREATE TEMPORARY TABLE IF NOT EXISTS {aside} (LIKE {table.name}) ON COMMIT DELETE ROWS")
        try:
            into = f"COPY {aside} ({', '.join(columns)}) FROM STDIN".encode()
            with self._connection.cursor() as cursor, cursor.copy(into) as copy:
                for row in found:
                    copy.write_row(tuple(_storable(value) for value in row))
        except self._error as error:
            raise ExportFailed(f"{self._place}: {_words(error)}") from error
        update = ", ".join(f"{name} = excluded.{name}" for name in rest)
        self.execute(
            f"INSERT INTO {table.name} SELECT * FROM {aside}"  # noqa: S608 - names of our own
            f" ON CONFLICT ({', '.join(key)}) DO UPDATE SET {update}"
        )
        self.execute(f"DELETE FROM {aside}")  # noqa: S608

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def _storable(value: Any) -> Any:
    """Return a value that PostgreSQL can hold: its text has no NUL."""
    return value.replace("\x00", "") if isinstance(value, str) else value


def _words(error: Exception) -> str:
    return " ".join(str(error).split())[:300]
