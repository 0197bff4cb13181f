"""A state file on its way to another machine: one whole file out, the same in."""

from __future__ import annotations

import contextlib
import sqlite3
import tempfile
from collections.abc import Iterable
from pathlib import Path

from newsscraper.durable import replace_whole


def state_file(path: Path) -> bytes | None:
    """Return a state file as one whole SQLite file; ``None`` where there is none or it cannot be read.

    Args:
        path: the state file. Nobody may be writing it.
    """
    if not path.exists():
        return None
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".snapshot-") as aside:
        copy = Path(aside, "state")
        try:
            with contextlib.closing(sqlite3.connect(path, timeout=5)) as connection:
                connection.execute("VACUUM INTO ?", (str(copy),))
            return copy.read_bytes()
        except (sqlite3.Error, OSError):
            return None


def put_state_file(path: Path, data: bytes, days: Iterable[str]) -> None:
    """Put a state file where `open_state` looks for it, in one step.

    Args:
        path: where it belongs.
        data: as `state_file` gave it.
        days: names of the day files that are there. The state forgets the others, which nobody misses.

    Raises:
        OSError: it cannot be written.
        sqlite3.Error: it is no state file.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".snapshot-") as aside:
        copy = Path(aside, "state")
        copy.write_bytes(data)
        with contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as connection:
            there = list(days)
            marks = ",".join("?" * len(there))
            connection.execute(f"DELETE FROM day_file WHERE name NOT IN ({marks})", there)  # noqa: S608
        remove_state_file(path)
        replace_whole(path, copy.read_bytes())


def remove_state_file(path: Path) -> None:
    """Remove a state file and what SQLite keeps beside it; harmless where there is none."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
