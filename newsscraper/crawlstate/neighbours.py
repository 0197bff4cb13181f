"""Near-duplicates: which delivered article says the same under another URL.

MinHash over runs of three words (`rensa`, in Rust: about 15 µs an article), banded into SQLite so that memory stays flat:
a candidate shares all six numbers of one of twenty bands, and is believed where the whole signatures agree.
"""

from __future__ import annotations

import struct
from hashlib import blake2b

from rensa import RMinHash

from newsscraper.article import Article
from newsscraper.crawlstate.database import Database
from newsscraper.crawlstate.fingerprint import fold

BANDS, ROWS = 20, 6
_PERMUTATIONS = BANDS * ROWS
_SEED = 42

SIMILAR = 0.7
"""Share of three-word runs (Jaccard) from which two texts are near-duplicates."""

_RUN = 3
_FEWEST_WORDS = 20
_MOST_CANDIDATES = 40
_UNSPACED = 12
"""Characters a word: more on average, and the language writes without spaces."""

_pack = struct.Struct(f"<{_PERMUTATIONS}I")


def signature(text: str) -> bytes | None:
    """Return the MinHash signature of a text, ``None`` for texts too short to compare.

    >>> signature("Too short.") is None
    True
    """
    folded = fold(text)
    words = folded.split()
    if len(folded) > _UNSPACED * len(words):
        words = list(folded.replace(" ", ""))
    if len(words) < _FEWEST_WORDS:
        return None
    runs = {" ".join(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1)}
    sketch = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    sketch.update(list(runs))
    return _pack.pack(*sketch.digest())


def similarity(one: bytes, other: bytes) -> float:
    """Return the share of equal numbers in two signatures, an estimate of the texts' Jaccard similarity, 0…1."""
    return sum(a == b for a, b in zip(_pack.unpack(one), _pack.unpack(other), strict=True)) / _PERMUTATIONS


def bands(sketch: bytes) -> list[int]:
    """Return one 64-bit number for each band of a signature."""
    width = len(sketch) // BANDS
    hashes = (blake2b(sketch[i * width : (i + 1) * width], digest_size=8, salt=b"%d" % i) for i in range(BANDS))
    return [int.from_bytes(each.digest(), "big", signed=True) for each in hashes]


class Neighbours:
    """The index of signatures: in the database for what was delivered, in memory for what is on its way to disk."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: dict[str, tuple[bytes | None, str | None, str | None]] = {}

    def find(self, article: Article) -> str | None:
        """Return the id of the earliest article that ``article`` repeats, never its own."""
        sketch = signature(article.text or "")
        for other, (waiting, content, root) in self._waiting.items():
            same_text = sketch is not None and waiting is not None and similarity(sketch, waiting) >= SIMILAR
            if other != article.id and (same_text or (content is not None and content == article.content_hash)):
                return root or other
        return self._same_content(article) or (self._similar(article, sketch) if sketch else None)

    def _same_content(self, article: Article) -> str | None:
        row = self._database.read(
            "SELECT coalesce(duplicate_of, id) FROM article WHERE content_hash = ? AND id <> ? ORDER BY number LIMIT 1",
            article.content_hash,
            article.id,
        )
        return row[0] if row and row[0] != article.id else None

    def _similar(self, article: Article, sketch: bytes) -> str | None:
        values = bands(sketch)
        places = ",".join("?" * len(values))
        rows = self._database.rows(
            f"SELECT id, signature, duplicate_of FROM article WHERE number IN (SELECT article FROM band"  # noqa: S608
            f" WHERE value IN ({places}) GROUP BY article ORDER BY count(*) DESC LIMIT {_MOST_CANDIDATES})"
            " ORDER BY number",
            *values,
        )
        for other, known, root in rows:
            found = root or other
            if found != article.id and other != article.id and known and similarity(sketch, known) >= SIMILAR:
                return str(found)
        return None

    def expect(self, article: Article) -> None:
        """Take an article into account that is not on disk yet."""
        self._waiting[article.id or ""] = (signature(article.text or ""), article.content_hash, article.duplicate_of)

    def index(self, article: Article, number: int, before: bytes | None) -> bytes | None:
        """Put a delivered article into the index under its row number; return its signature.

        Args:
            article: the article, as delivered.
            number: row of the article in the database.
            before: signature of the revision before, whose bands go.
        """
        waiting = self._waiting.pop(article.id or "", None)
        sketch = waiting[0] if waiting else signature(article.text or "")
        if sketch == before:
            return sketch
        if before is not None:
            self._database.write_many(
                "DELETE FROM band WHERE value = ? AND article = ?", [(b, number) for b in bands(before)]
            )
        if sketch is not None:
            self._database.write_many("INSERT OR IGNORE INTO band VALUES (?, ?)", [(b, number) for b in bands(sketch)])
        return sketch

    def forget(self, article_id: str) -> None:
        """Drop an expected article that will not be written."""
        self._waiting.pop(article_id, None)
