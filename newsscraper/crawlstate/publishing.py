"""When a site's articles came out, asked of a state file that nobody has open."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path


def published_since(path: Path, since: float) -> list[float]:
    """Return when the articles came out that are younger than ``since`` (seconds since the epoch, both).

    A bare day is given as its end, at midnight. Nothing where there is no such file, or it cannot be read.
    """
    with (
        contextlib.suppress(sqlite3.Error),
        contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=1)) as connection,
    ):
        return [row[0] for row in connection.execute("SELECT published FROM article WHERE published > ?", (since,))]
    return []
