"""A state file that can no longer be written: told once, silent then."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from newsscraper.crawlstate.database import Database, StateFailed, shared_file_system

LEARN = "INSERT INTO habit VALUES (?, ?)"


def test_a_write_that_cannot_even_begin_is_told_once_and_silent(tmp_path: Path):
    database = Database(tmp_path / "state.sqlite")
    told: list[StateFailed] = []
    database.on_failure = told.append
    database.close()
    assert database.insert(LEARN, "one", "1") == 0
    assert database.write(LEARN, "two", "2") == 0
    database.write_many(LEARN, [("three", "3")])
    database.commit()
    assert [str(failure) for failure in told] == [
        f"the state file {tmp_path / 'state.sqlite'} cannot be used: Cannot operate on a closed database."
    ]


def test_it_is_raised_where_nobody_has_asked_to_be_told(tmp_path: Path):
    database = Database(tmp_path / "state.sqlite")
    database.close()
    with pytest.raises(StateFailed, match="cannot be used"):
        database.write(LEARN, "one", "1")


def test_a_file_of_the_layout_before_is_led_on_with_all_that_it_holds(tmp_path: Path):
    path = tmp_path / "state.sqlite"
    Database(path).close()
    with sqlite3.connect(path) as older:
        for table, column in (("page", "named"), ("page", "outcome"), ("article", "day_file"), ("article", "line_end")):
            older.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        older.execute(LEARN, ("amp", "true"))
        older.execute("PRAGMA user_version = 2")
    older.close()
    database = Database(path)
    assert database.read("SELECT value FROM habit") == ("true",)
    assert database.rows("SELECT named, outcome FROM page") == []
    assert database.rows("SELECT day_file, line_end FROM article") == []
    database.close()


@pytest.mark.parametrize(
    ("kind", "journal"), [("ext4", "wal"), ("nfs4", "delete"), ("cifs", "delete"), ("fuse.sshfs", "delete")]
)
def test_no_wal_on_a_network_file_system_and_a_line_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, kind: str, journal: str
):
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"22 1 8:1 / / rw - ext4 /dev/sda1 rw\n40 22 0:50 / {tmp_path} rw shared:1 - {kind} a:/b rw\n")
    path = tmp_path / "state.sqlite"
    Database(path).close()  # made where WAL is right, and moved
    monkeypatch.setitem(shared_file_system.__globals__, "_MOUNTS", mounts)
    database = Database(path)
    assert database.read("PRAGMA journal_mode") == (journal,)
    database.write(LEARN, "one", "1")
    database.close()
    said = [record.getMessage() for record in caplog.records]
    assert [f"{path} is on {kind}" in line for line in said] == [True] * (journal == "delete")
