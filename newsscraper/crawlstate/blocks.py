"""What repeats on a site's pages: a block that stands on many of them is not article text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from newsscraper.crawlstate.database import Database

FEWEST_PAGES = 3
"""Pages on which a block must stand before it counts as repeated."""

SHARE = 0.2
"""And the share of counted pages: a paragraph quoted in three stories of a thousand is text."""

MOST_BLOCKS = 50_000
"""Blocks remembered; past that, those seen once go first."""

_MOST_REPEATED = 2_000
_SAVE_AFTER = 5_000
_PAGES = 0
"""Hash under which the number of counted pages is kept; no block has it."""


class Blocks:
    """Counts of block hashes, gathered in memory and added to the database a few thousand at a time.

    A kill loses what was not added: some pages fewer were counted, which no verdict hangs on.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._fresh: Counter[int] = Counter()
        self._repeated: frozenset[int] = frozenset()
        self._since = self._pages = 0
        self._rows: int | None = None  # in the database, at most
        self._stale = True

    def count(self, hashes: Iterable[int]) -> None:
        """Count one page."""
        self._since += 1
        # Read again after each page at first, then each time the site has grown by a tenth.
        self._stale |= self._since * 10 >= self._pages
        self._fresh.update({_PAGES, *hashes})
        if len(self._fresh) >= _SAVE_AFTER:
            self.save()

    def repeated(self) -> frozenset[int]:
        """Return the hashes of repeated blocks, the commonest two thousand at most."""
        if self._stale:
            self.save()
            row = self._database.read("SELECT pages FROM block WHERE hash = ?", _PAGES)
            self._pages, self._since, self._stale = row[0] if row else 0, 0, False
            fewest = max(FEWEST_PAGES, SHARE * self._pages)
            rows = self._database.rows(
                "SELECT hash FROM block WHERE pages >= ? AND hash <> ? ORDER BY pages DESC LIMIT ?",
                fewest,
                _PAGES,
                _MOST_REPEATED,
            )
            self._repeated = frozenset(number for row in rows for number in _both(row[0]))
        return self._repeated

    def save(self) -> None:
        """Add what was counted to the database."""
        if not self._fresh:
            return
        fresh, self._fresh = self._fresh, Counter()
        self._database.write_many(
            "INSERT INTO block VALUES (?, ?) ON CONFLICT (hash) DO UPDATE SET pages = pages + excluded.pages",
            fresh.items() if max(fresh) < 1 << 63 else [(_signed(number), pages) for number, pages in fresh.items()],
        )
        self._rows = None if self._rows is None else self._rows + len(fresh)
        if self._rows is None or self._rows > MOST_BLOCKS:
            self._rows = self._count_rows()
            if self._rows > MOST_BLOCKS:
                self._rows -= self._database.write("DELETE FROM block WHERE pages = 1 AND hash <> ?", _PAGES)

    def _count_rows(self) -> int:
        return int(self._database.read("SELECT count(*) FROM block")[0])


def _signed(number: int) -> int:
    return number - (1 << 64) if number >= 1 << 63 else number


def _both(number: int) -> tuple[int, ...]:
    """Return a hash as it may have been given: SQLite keeps signed numbers, the caller's may be unsigned."""
    return (number,) if number >= 0 else (number, number + (1 << 64))
