"""What was learnt of each URL over all runs: validators, hashes, and when it is worth another look."""

from __future__ import annotations

import dataclasses
from datetime import datetime, timedelta

from newsscraper.address import Address
from newsscraper.article import Article
from newsscraper.crawlstate.database import Database, key_of
from newsscraper.crawlstate.memory import PageMemory, to_moment, to_seconds

LOOKS = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=3), timedelta(days=7))
"""Ages at which an article is looked at again; older ones are left to sitemaps and feeds to name."""

_GONE = (404, 410, 451)
_STORE = """
INSERT INTO page (key, url, etag, last_modified, body_hash, kind, article_id, fetched_at, status, looks, next_look_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (key) DO UPDATE SET url = excluded.url, etag = excluded.etag, last_modified = excluded.last_modified,
    body_hash = excluded.body_hash, kind = excluded.kind, article_id = excluded.article_id,
    fetched_at = excluded.fetched_at, status = excluded.status, looks = excluded.looks,
    next_look_at = excluded.next_look_at
"""
_KEEP_WHAT_THE_RUN_KNOWS = """
UPDATE page SET named = CASE kind_found WHEN 'settled' THEN named ELSE candidate END,
    outcome = coalesce(outcome_found, page.outcome)
FROM (SELECT kind AS kind_found, candidate, outcome AS outcome_found FROM frontier WHERE key = ?) WHERE key = ?
"""
_KEPT = 1000


class Pages:
    """Page memories by the keys of their addresses.

    What belongs to an article waits in memory until the article has been judged: a validator on disk before its article
    is would make the next run believe that it has the article.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: dict[str, list[tuple[Address, PageMemory]]] = {}
        self._latest: dict[int, PageMemory | None] = {}  # an address is asked for five times on its way

    def get(self, address: Address) -> PageMemory | None:
        """Return what is known of an address."""
        key = key_of(address)
        if key not in self._latest:
            self._keep(key, self._read(key))
        return self._latest[key]

    def _read(self, key: int) -> PageMemory | None:
        row = self._database.read(
            "SELECT etag, last_modified, body_hash, kind, article_id, fetched_at, status, looks, next_look_at FROM page"
            " WHERE key = ?",
            key,
        )
        if row is None:
            return None
        etag, last_modified, body_hash, kind, article_id, fetched_at, status, looks, next_look_at = row
        return PageMemory(
            etag,
            last_modified,
            body_hash,
            kind,
            article_id,
            to_moment(fetched_at),
            status,
            looks,
            to_moment(next_look_at),
        )

    def _keep(self, key: int, memory: PageMemory | None) -> None:
        if len(self._latest) >= _KEPT:
            del self._latest[next(iter(self._latest))]
        self._latest[key] = memory

    def remember(self, address: Address, memory: PageMemory, *, judged: bool) -> None:
        """Keep a memory; ``judged``: the verdict on its article is on disk, or it has none."""
        if memory.article_id is None:
            self._store(address, memory, None)
            return
        known = self.get(address)
        same = known is not None and known.article_id == memory.article_id and known.body_hash == memory.body_hash
        if judged or same:
            self._store(address, memory, self._published(memory.article_id))
        else:
            self._waiting.setdefault(memory.article_id, []).append((address, memory))

    def judged(self, article_id: str) -> None:
        """Store what waited for this article."""
        for address, memory in self._waiting.pop(article_id, ()):
            self._store(address, memory, self._published(article_id))

    def note_article(self, article: Article) -> None:
        """Note where an article stands, for addresses of which nothing else is known: rebuilt from its line, say."""
        for address in {Address.of(article.url), Address.of(article.source_url)}:
            if address is not None and self.get(address) is None:
                fetched = datetime.fromisoformat(article.fetched_at) if article.fetched_at else None
                memory = PageMemory(kind="article", article_id=article.id, fetched_at=fetched, status=200)
                self._store(address, memory, self._published(article.id or ""))

    def take_back(self, article_id: str, now: datetime) -> None:
        """Have the pages of an article fetched again, whatever their server says of changes: its line is lost."""
        self._latest.clear()
        self._database.write(
            "UPDATE page SET etag = NULL, last_modified = NULL, body_hash = NULL, next_look_at = ?"
            " WHERE article_id = ?",
            to_seconds(now),
            article_id,
        )

    def due(self, now: datetime, limit: int) -> list[Address]:
        """Return the addresses of articles due for another look, those that became due last first."""
        rows = self._database.rows(
            "SELECT url FROM page WHERE next_look_at <= ? ORDER BY next_look_at DESC LIMIT ?", to_seconds(now), limit
        )
        return [address for row in rows if (address := Address.of(row[0]))]

    def _published(self, article_id: str) -> float | None:
        row = self._database.read("SELECT published FROM article WHERE id = ?", article_id)
        return row[0] if row else None

    def _store(self, address: Address, memory: PageMemory, published: float | None) -> None:
        key = key_of(address)
        known = self.get(address)
        look = None
        if published is not None and memory.fetched_at is not None and memory.status not in _GONE:
            fetched = memory.fetched_at.timestamp()
            look = next((t for age in LOOKS if (t := published + age.total_seconds()) > fetched), None)
        memory = dataclasses.replace(memory, looks=(known.looks if known else 0) + 1, next_look_at=to_moment(look))
        self._keep(key, memory)
        self._database.write(
            _STORE,
            key,
            address.text,
            memory.etag,
            memory.last_modified,
            memory.body_hash,
            memory.kind,
            memory.article_id,
            to_seconds(memory.fetched_at),
            memory.status,
            memory.looks,
            look,
        )
        # The frontier forgets with the run who named the page and what became of it.
        self._database.write(_KEEP_WHAT_THE_RUN_KNOWS, key, key)
