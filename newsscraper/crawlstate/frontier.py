"""The frontier of the current run: what was found, and what became of it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from newsscraper.address import Address
from newsscraper.crawlstate import candidates
from newsscraper.crawlstate.database import Database, key_of
from newsscraper.crawlstate.memory import Run, to_moment, to_seconds
from newsscraper.discovery.candidate import Candidate

GIVEN_UP_AFTER = timedelta(days=7)
"""An unfinished run older than this is not taken up again: what it found is stale."""

_CHUNK = 100
_LAST = float("inf")


class Frontier:
    """Addresses found in this run, each page once, kept on disk so that a kill loses none."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, now: datetime) -> Run:
        """Start a run, or take up the last one where it was not finished and is not older than a week."""
        row = self._database.read("SELECT number, started_at, finished_at FROM run ORDER BY number DESC LIMIT 1")
        if row and row[2] is None and now.timestamp() - row[1] <= GIVEN_UP_AFTER.total_seconds():
            return Run(row[0], datetime.fromtimestamp(row[1], UTC), resumed=True)
        number = row[0] + 1 if row else 1
        with self._database.transaction():
            self._database.write("DELETE FROM frontier")
            self._database.write("DELETE FROM entrance")
            self._database.write("INSERT INTO run (number, started_at) VALUES (?, ?)", number, to_seconds(now))
        return Run(number, now, resumed=False)

    def finish(self, now: datetime, summary: dict[str, object]) -> None:
        """End the run: the next one starts afresh."""
        text = json.dumps(summary, default=str)
        with self._database.transaction():
            self._database.write(
                "UPDATE run SET finished_at = ?, summary = ? WHERE number = (SELECT max(number) FROM run)",
                to_seconds(now),
                text,
            )
            self._database.write("DELETE FROM entrance")

    def add(self, found: Iterable[Candidate], kind: str) -> list[Candidate]:
        """Note what was found; return what is new to this run."""
        new = []
        for candidate in found:
            added = self._database.write(
                "INSERT OR IGNORE INTO frontier (key, kind, place, candidate) VALUES (?, ?, ?, ?)",
                key_of(candidate.address),
                kind,
                _LAST if candidate.rank is None else -candidate.rank.timestamp(),
                candidates.encode(candidate),
            )
            if added:
                new.append(candidate)
        return new

    def pending(self) -> Iterator[tuple[str, Candidate]]:
        """Yield what is not settled, newest first; what is added meanwhile follows, again newest first.

        Read by the index a chunk at a time: starting costs nothing, however long the frontier is.
        """
        bottom = 0
        while (top := self._database.read("SELECT coalesce(max(seq), 0) FROM frontier")[0]) > bottom:
            place, seq = float("-inf"), 0
            while rows := self._database.rows(
                "SELECT place, seq, kind, candidate FROM frontier WHERE outcome IS NULL AND (place, seq) > (?, ?)"
                " AND seq > ? AND seq <= ? ORDER BY place, seq LIMIT ?",
                *(place, seq, bottom, top, _CHUNK),
            ):
                for place, seq, kind, candidate in rows:  # noqa: B007 (the last ones are where the next chunk starts)
                    if self._database.read("SELECT 1 FROM frontier WHERE seq = ? AND outcome IS NULL", seq):
                        yield kind, candidates.decode(candidate)
            bottom = top

    def settle(self, address: Address, outcome: str, *, add: bool = True) -> None:
        """Note what became of an address; ``add``: also of one that was never found, lest it is taken up later."""
        key = key_of(address)
        if not self._database.write("UPDATE frontier SET outcome = ? WHERE key = ?", outcome, key) and add:
            self._database.write(
                "INSERT INTO frontier (key, kind, place, candidate, outcome) VALUES (?, 'settled', ?, ?, ?)",
                key,
                _LAST,
                candidates.encode(Candidate(address, "link")),
                outcome,
            )
        # Kept with the page, too: the frontier forgets it with the run.
        self._database.write("UPDATE page SET outcome = ? WHERE key = ?", outcome, key)

    def take_back(self, article_id: str) -> None:
        """Have the addresses of an article that this run has delivered wait again."""
        keys = "key IN (SELECT key FROM page WHERE article_id = ?)"
        self._database.write(f"DELETE FROM frontier WHERE kind = 'settled' AND {keys}", article_id)  # noqa: S608
        self._database.write(f"UPDATE frontier SET outcome = NULL WHERE {keys}", article_id)  # noqa: S608

    def outcome(self, address: Address) -> str | None:
        """Return what became of an address in this run: ``None`` where it is not known or not settled."""
        row = self._database.read("SELECT outcome FROM frontier WHERE key = ?", key_of(address))
        return row[0] if row else None

    def holds(self, address: Address) -> bool:
        """Whether an address was found in this run, settled or not."""
        return self._database.read("SELECT 1 FROM frontier WHERE key = ?", key_of(address)) is not None

    def counts(self) -> Counter[str]:
        """Return how many addresses of this run had which outcome; ``"pending"`` for those not settled."""
        rows = self._database.rows("SELECT coalesce(outcome, 'pending'), count(*) FROM frontier GROUP BY 1")
        return Counter(dict(rows))

    def last_run(self) -> tuple[datetime | None, datetime | None]:
        """Return when the last finished run started and ended."""
        row = self._database.read(
            "SELECT started_at, finished_at FROM run WHERE finished_at IS NOT NULL ORDER BY number DESC LIMIT 1"
        )
        return (to_moment(row[0]), to_moment(row[1])) if row else (None, None)
