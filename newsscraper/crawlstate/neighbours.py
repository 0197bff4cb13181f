"""Near-duplicates: which delivered article says the same under another URL.

MinHash over runs of three words (`rensa`, in Rust: about 15 µs an article), banded into SQLite so that memory stays
flat: a candidate shares all six numbers of one of twenty bands, and is believed where the whole signatures agree.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from operator import eq
from typing import NamedTuple

from newsscraper.article import Article
from newsscraper.crawlstate.database import Database
from newsscraper.digest import NUMBERS, numbers, signature

BANDS = 20

SIMILAR = 0.7
"""Share of three-word runs (Jaccard) from which two texts are near-duplicates."""

_MOST_CANDIDATES = 40


def similarity(one: bytes, other: bytes) -> float:
    """Return the share of equal numbers in two signatures, an estimate of the texts' Jaccard similarity, 0…1."""
    return float(sum(map(eq, numbers(one), numbers(other))) / NUMBERS)


@lru_cache(maxsize=64)  # asked for when an article is compared, and again when it is delivered
def bands(sketch: bytes) -> tuple[int, ...]:
    """Return one 64-bit number for each band of a signature."""
    width = len(sketch) // BANDS
    hashes = (blake2b(sketch[i * width : (i + 1) * width], digest_size=8, salt=b"%d" % i) for i in range(BANDS))
    return tuple(int.from_bytes(each.digest(), "big", signed=True) for each in hashes)


class _Waiting(NamedTuple):
    id: str
    root: str | None
    content_hash: str | None
    signature: bytes
    bands: frozenset[int]


class Neighbours:
    """The index of signatures: in the database for what was delivered, in memory for what is on its way to disk."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: dict[str, _Waiting] = {}

    def find(self, article: Article) -> str | None:
        """Return the id of the earliest article that ``article`` repeats, never its own."""
        sketch = signature(article.text or "")
        return (
            self._same_content(article)
            or (self._similar(article, sketch) if sketch else None)
            or self._on_its_way(article, sketch)
        )

    def similar(self, article: Article) -> dict[str, float]:
        """Return the ids of delivered articles with a similar text, earliest first, and how similar each is, 0…1."""
        sketch = signature(article.text or "")
        if sketch is None:
            return {}
        rows = self._in_bands(sketch)
        return {row[0]: likeness for row in rows if row[1] and (likeness := similarity(sketch, row[1])) >= SIMILAR}

    def _same_content(self, article: Article) -> str | None:
        row = self._database.read(
            "SELECT coalesce(duplicate_of, id) FROM article WHERE content_hash = ? AND id <> ? ORDER BY number LIMIT 1",
            article.content_hash,
            article.id,
        )
        return row[0] if row and row[0] != article.id else None

    def _similar(self, article: Article, sketch: bytes) -> str | None:
        for other, known, root in self._in_bands(sketch):
            found = root or other
            if article.id not in (found, other) and known and similarity(sketch, known) >= SIMILAR:
                return str(found)
        return None

    def _in_bands(self, sketch: bytes) -> list[tuple[str, bytes | None, str | None]]:
        """Return id, signature and ``duplicate_of`` of the articles that share a band, earliest first."""
        values = bands(sketch)
        places = ",".join("?" * len(values))
        return self._database.rows(
            f"SELECT id, signature, duplicate_of FROM article WHERE number IN (SELECT article FROM band"  # noqa: S608
            f" WHERE value IN ({places}) GROUP BY article ORDER BY count(*) DESC LIMIT {_MOST_CANDIDATES})"
            " ORDER BY number",
            *values,
        )

    def _on_its_way(self, article: Article, sketch: bytes | None) -> str | None:
        mine = frozenset(bands(sketch)) if sketch else frozenset()
        for other in self._waiting.values():
            alike = not mine.isdisjoint(other.bands) and sketch and similarity(sketch, other.signature) >= SIMILAR
            if other.root != article.id != other.id and (alike or other.content_hash == article.content_hash):
                return other.root or other.id
        return None

    def expect(self, article: Article) -> None:
        """Take an article into account that is not on disk yet."""
        sketch = signature(article.text or "")
        self._waiting[article.id or ""] = _Waiting(
            article.id or "",
            article.duplicate_of,
            article.content_hash,
            sketch or b"",
            frozenset(bands(sketch)) if sketch else frozenset(),
        )

    def signature(self, article: Article) -> bytes | None:
        """Return the signature of an article that is being delivered: it is on its way no more."""
        waiting = self._waiting.pop(article.id or "", None)
        return (waiting.signature or None) if waiting else signature(article.text or "")

    def index(self, number: int, sketch: bytes | None, before: bytes | None) -> None:
        """Put a delivered article into the index under its row number.

        Args:
            number: row of the article in the database.
            sketch: its signature.
            before: signature of the revision before, whose bands go.
        """
        if sketch == before:
            return
        if before is not None:
            self._database.write_many(
                "DELETE FROM band WHERE value = ? AND article = ?", [(b, number) for b in bands(before)]
            )
        if sketch is not None:
            self._database.write_many("INSERT OR IGNORE INTO band VALUES (?, ?)", [(b, number) for b in bands(sketch)])

    def forget(self, article_id: str) -> None:
        """Drop an expected article that will not be written."""
        self._waiting.pop(article_id, None)
