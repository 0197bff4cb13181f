"""The same story on other sites: articles whose texts are near-duplicates share a ``story_id``.

Each article joins the story of the earlier article that it is most like, or begins one of its own, named by its id. A
story never changes its name, so an export that knows it need not be written again. Articles are compared by the
signatures that tell near-duplicates within a site (`newsscraper.digest.signature`), in bands of five numbers instead of
six: two texts that share 0.7 of their runs of three words are compared with a probability of 0.99.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

from newsscraper.digest import NUMBERS, numbers, signature
from newsscraper.exports import ExportFailed
from newsscraper.exports.choosing import batches, new_lines
from newsscraper.exports.lines import Line, Mark, Site

BANDS = 24
"""Bands of a signature. 1 - (1 - 0.7 ** 5) ** 24 = 0.99."""

SIMILAR = 0.7
"""Share of equal numbers from which two articles tell one story."""

_MOST_CANDIDATES = 60
_BATCH = 2000
_BYTES = 4 * NUMBERS

_TABLES = """
CREATE TABLE article (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, story TEXT NOT NULL, signature BLOB);
CREATE TABLE band (value INTEGER NOT NULL, article INTEGER NOT NULL, PRIMARY KEY (value, article)) WITHOUT ROWID;
CREATE TABLE mark (site TEXT PRIMARY KEY, file TEXT NOT NULL, position INTEGER NOT NULL) WITHOUT ROWID;
PRAGMA user_version = 1;
"""


class Stories:
    """The stories of all sites of an output folder, kept in one SQLite file.

    Args:
        path: the file; made where it is not there.

    Raises:
        ExportFailed: the file cannot be used.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, isolation_level=None)
            self._connection.execute("PRAGMA cache_size = -128000")
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = NORMAL")
            if not self._connection.execute("PRAGMA user_version").fetchone()[0]:
                self._connection.executescript(f"BEGIN;{_TABLES}COMMIT;")
        except (OSError, sqlite3.Error) as error:
            raise ExportFailed(f"{path} cannot be used: {error}; remove it, and it is made anew") from error

    def take_in(self, sites: list[Site]) -> int:
        """Read the lines that are new since the last time; return how many articles were new.

        Raises:
            ExportFailed: the file cannot be written.
        """
        marks = {
            site: Mark(file, end)
            for site, file, end in self._connection.execute("SELECT site, file, position FROM mark")
        }
        return sum(self._take(batch) for batch in batches(new_lines(sites, marks), _BATCH))

    def story_of(self, article: str) -> str:
        """Return the story of an article that was taken in, by the article's id."""
        row = self._connection.execute("SELECT story FROM article WHERE id = ?", (article,)).fetchone()
        return str(row[0]) if row else article

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _take(self, batch: list[Line]) -> int:
        try:
            with self._connection:
                self._connection.execute("BEGIN IMMEDIATE")
                known = self.add((str(line.record["id"]), line.record.get("text") or "") for line in batch)
                ends = {line.site: (line.site, line.file, line.end) for line in batch}
                self._connection.executemany("INSERT OR REPLACE INTO mark VALUES (?, ?, ?)", ends.values())
        except sqlite3.Error as error:
            raise ExportFailed(f"{self._path} cannot be used: {error}; remove it, and it is made anew") from error
        return known

    def add(self, articles: Iterable[tuple[str, str]]) -> int:
        """Give each article that is new its story; return how many were new. The caller commits."""
        count = 0
        fresh: list[tuple[int, int]] = []
        waiting: dict[int, list[int]] = {}  # bands of this batch, written together at its end
        (last,) = self._connection.execute("SELECT coalesce(max(number), 0) FROM article").fetchone()
        for id_, text in articles:
            if self._connection.execute("SELECT 1 FROM article WHERE id = ?", (id_,)).fetchone():
                continue
            last, count = last + 1, count + 1
            sketch = signature(text)
            values = bands(sketch) if sketch else ()
            story = self._story_like(sketch, values, waiting) if sketch else None
            self._connection.execute("INSERT INTO article VALUES (?, ?, ?, ?)", (last, id_, story or id_, sketch))
            for value in values:
                waiting.setdefault(value, []).append(last)
                fresh.append((value, last))
        # In the order of the index: each page of it is written once.
        self._connection.executemany("INSERT OR IGNORE INTO band VALUES (?, ?)", sorted(fresh))
        return count

    def _story_like(self, sketch: bytes, values: tuple[int, ...], waiting: dict[int, list[int]]) -> str | None:
        """Return the story of the article that is most like this one; ``None`` where none is like it."""
        places = ",".join("?" * len(values))
        rows = self._connection.execute(
            f"SELECT article, count(*) FROM band WHERE value IN ({places}) GROUP BY article"  # noqa: S608
            f" ORDER BY count(*) DESC, article LIMIT {_MOST_CANDIDATES}",
            values,
        )
        shared: dict[int, int] = dict(rows.fetchall())
        for value in values:
            for number in waiting.get(value, ()):
                shared[number] = shared.get(number, 0) + 1
        best: tuple[float, int, str] | None = None
        for number in sorted(shared, key=lambda each: (-shared[each], each))[:_MOST_CANDIDATES]:
            other, story = self._connection.execute(
                "SELECT signature, story FROM article WHERE number = ?", (number,)
            ).fetchone()
            alike = similarity(sketch, other)
            if alike >= SIMILAR and (best is None or (alike, -number) > best[:2]):
                best = (alike, -number, str(story))
        return best[2] if best else None


def similarity(one: bytes, other: bytes) -> float:
    """Return the share of equal numbers in two signatures, 0…1: an estimate of the texts' Jaccard similarity."""
    return sum(a == b for a, b in zip(numbers(one), numbers(other), strict=True)) / NUMBERS


def bands(sketch: bytes) -> tuple[int, ...]:
    """Return one 64-bit number for each band of a signature."""
    width = _BYTES // BANDS
    pieces = (blake2b(sketch[i * width : (i + 1) * width], digest_size=8, salt=b"%d" % i) for i in range(BANDS))
    return tuple(int.from_bytes(piece.digest(), "big", signed=True) for piece in pieces)
