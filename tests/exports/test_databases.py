"""SQLite and PostgreSQL: rows and marks in one transaction."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.exports.delivering import article, deliver, environment, export
from tests.exports.servers import postgresql, s3

psycopg = pytest.importorskip("psycopg")

# Exports, and dies at the n-th statement that the database is given.
_DYING = """
import os, sys
left = int(sys.argv.pop(1))
from newsscraper.exports import postgresql, sqlite
for export in (postgresql.PostgresqlExport, sqlite.SqliteExport):
    def execute(self, sql, values=(), do=export.execute):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), 9)
        return do(self, sql, values)
    export.execute = execute
from scrapy.cmdline import execute
execute(["scrapy", "export", *sys.argv[1:]])
"""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgresql() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """A format, and a destination that is empty."""
    if request.param == "sqlite":
        yield "sqlite", str(tmp_path / "news.db")
        return
    address: str = request.getfixturevalue("server")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    yield "postgresql", address


def rows(database: tuple[str, str], sql: str) -> list[tuple[Any, ...]]:
    format_, place = database
    if format_ == "sqlite":
        connection = sqlite3.connect(place)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()
    with psycopg.connect(place) as connection:
        return list(connection.execute(sql).fetchall())


def test_tables_hold_the_records(tmp_path: Path, database: tuple[str, str]) -> None:
    output = tmp_path / "output"
    deliver(output, "one.example", "2026-11-21", [article(n) for n in range(4)])
    done = export(output, "--to", *database)
    assert done.returncode == 0, done.stderr
    assert rows(database, "SELECT count(*) FROM article") == [(4,)]
    assert rows(database, f"SELECT name FROM author WHERE id = '{1:016x}' ORDER BY position") == [
        ("Ann Lee",),
        ("Bo Oz",),
    ]
    assert rows(database, f"SELECT caption FROM image WHERE id = '{1:016x}'") == [("A view",)]
    assert rows(database, f"SELECT raw FROM recent_post WHERE id = '{1:016x}'") == [("1 day ago",)]
    day, moment = rows(database, f"SELECT published_on, published_at FROM article WHERE id = '{1:016x}'")[0]
    assert (str(day), moment) == ("2026-11-20", None)


def test_new_lines_are_added_and_latest_keeps_one(tmp_path: Path, database: tuple[str, str]) -> None:
    output = tmp_path / "output"
    deliver(output, "one.example", "2026-11-21", [article(n) for n in range(3)])
    export(output, "--to", *database, "--latest")
    deliver(output, "one.example", "2026-11-22", [article(1, revision=2, authors=["Cy"])])
    done = export(output, "--to", *database, "--latest")
    assert done.stdout.startswith("1 record ")
    assert rows(database, f"SELECT revision FROM article WHERE id = '{1:016x}'") == [(2,)]
    assert rows(database, f"SELECT name FROM author WHERE id = '{1:016x}'") == [("Cy",)]


def test_killed_at_any_statement_and_run_again(tmp_path: Path, database: tuple[str, str]) -> None:
    output = tmp_path / "output"
    deliver(output, "one.example", "2026-11-21", [article(n) for n in range(1, 3)])
    for step in range(2, 22, 4):
        command = [sys.executable, "-c", _DYING, str(step), "--to", *database, "-s", f"OUTPUT_DIR={output}"]
        done = subprocess.run(command, capture_output=True, timeout=300, check=False, env=environment())
        assert done.returncode == -9, done.stderr
    assert export(output, "--to", *database).returncode == 0
    assert rows(database, "SELECT count(*) FROM article") == [(2,)]
    assert rows(database, "SELECT count(*) FROM author") == [(4,)]


def test_a_table_that_differs_is_left_alone(tmp_path: Path, database: tuple[str, str]) -> None:
    format_, place = database
    output = tmp_path / "output"
    deliver(output, "one.example", "2026-11-21", [article(1)])
    made = "CREATE TABLE article (id text PRIMARY KEY, name text)"
    if format_ == "sqlite":
        sqlite3.connect(place).execute(made).connection.close()
    else:
        with psycopg.connect(place, autocommit=True) as connection:
            connection.execute(made)
    done = export(output, "--to", *database)
    assert done.returncode == 1
    assert "has a table article that differs" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_server_that_is_not_there_is_one_line_without_the_password(tmp_path: Path) -> None:
    output = tmp_path / "output"
    deliver(output, "one.example", "2026-11-21", [article(1)])
    done = export(output, "--to", "postgresql", "postgresql://me:hush@127.0.0.1:1/news")
    assert done.returncode == 1
    assert "cannot be reached" in done.stderr
    assert "hush" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_parquet_in_an_object_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pyarrow import fs, parquet

    output = tmp_path / "output"
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "k")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "s")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    with s3("news") as address:
        place = f"s3://news/tables?scheme=http&endpoint_override={address.removeprefix('http://')}&region=us-east-1"
        deliver(output, "one.example", "2026-11-21", [article(1)])
        done = export(output, "--to", "parquet", place)
        assert done.returncode == 0, done.stderr
        deliver(output, "one.example", "2026-11-21", [article(2)])
        assert export(output, "--to", "parquet", place).stdout.startswith("1 record ")
        system, root = fs.FileSystem.from_uri(place)
        table = parquet.read_table(f"{root}/one.example/2026-11.parquet", filesystem=system)
        assert table["id"].to_pylist() == [f"{1:016x}", f"{2:016x}"]
