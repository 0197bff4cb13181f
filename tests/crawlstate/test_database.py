"""A state file that can no longer be written: told once, silent then."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsscraper.crawlstate.database import Database, StateFailed

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
