"""What was delivered of each article, and in which run it was last judged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from newsscraper.article import Article
from newsscraper.crawlstate.database import Database
from newsscraper.crawlstate.fingerprint import fingerprint, merged
from newsscraper.crawlstate.memory import ArticleMemory, to_seconds
from newsscraper.crawlstate.neighbours import Neighbours
from newsscraper.digest import content_hash

_SELECT = (
    "SELECT id, url, revision, content_hash, first_seen_at, duplicate_of, fields, number, signature FROM article"
    " WHERE id = ?"
)


class Articles:
    """Delivered articles, and those on their way to disk, which count as delivered for whoever asks in between.

    Attributes:
        hold_earlier: some may be of earlier runs. On a first run there are none, and nothing can have moved.
    """

    def __init__(self, database: Database, neighbours: Neighbours) -> None:
        self._database = database
        self._neighbours = neighbours
        self._expected: dict[str, ArticleMemory] = {}
        self.hold_earlier = bool(database.read("SELECT EXISTS (SELECT 1 FROM article)")[0])

    def get(self, article_id: str) -> ArticleMemory | None:
        """Return the last revision of an article."""
        if article_id in self._expected:
            return self._expected[article_id]
        row = self._database.read(_SELECT, article_id)
        return _memory(row) if row else None

    def expect(self, article: Article) -> None:
        """Count an article as delivered from now on, though its line is not on disk yet."""
        before = self.get(article.id or "") if article.revision > 1 else None
        self._expected[article.id or ""] = _memory_of(article, before)
        self._neighbours.expect(article)

    def is_expected(self, article_id: str) -> bool:
        """Whether the article is on its way to disk."""
        return article_id in self._expected

    def was_judged(self, article_id: str, run: int) -> bool:
        """Whether this run found the article delivered or unchanged, on disk."""
        if article_id in self._expected:
            return False
        row = self._database.read("SELECT judged_in FROM article WHERE id = ?", article_id)
        return row is not None and row[0] == run

    def judge(self, article_id: str, run: int) -> None:
        """Note that this run looked at the article and found nothing new."""
        self._database.write("UPDATE article SET judged_in = ? WHERE id = ?", run, article_id)

    def deliver(self, article: Article, run: int | None, *, day_file: str | None, end: int) -> None:
        """Note an article whose line is on disk: in ``day_file``, not beyond byte ``end``."""
        article_id = article.id or ""
        self.hold_earlier = self.hold_earlier or run is None
        row = self._database.read(_SELECT, article_id)
        waiting = self._expected.get(article_id)
        if waiting is not None and waiting.revision == article.revision:
            del self._expected[article_id]
        else:
            waiting = None
        before = _memory(row) if row else None
        if before is not None and before.revision > article.revision:
            return
        # Worked out when it was compared, against the very revision that is stored.
        follows = waiting is not None and waiting.revision == (before.revision if before else 0) + 1
        memory = waiting if waiting is not None and follows else _memory_of(article, before)
        values = (
            memory.url,
            memory.revision,
            memory.content_hash,
            memory.first_seen_at,
            memory.duplicate_of,
            to_seconds(published_at(article)),
            run,
            msgspec.json.encode(memory.fields),
            day_file,
            end,
        )
        sketch = self._neighbours.signature(article)
        if row:
            number, known = row[-2:]
            self._database.write(
                "UPDATE article SET url = ?, revision = ?, content_hash = ?, first_seen_at = ?, duplicate_of = ?,"
                " published = ?, judged_in = ?, fields = ?, day_file = ?, line_end = ?, signature = ? WHERE number = ?",
                *values,
                sketch,
                number,
            )
        else:
            known = None
            number = self._database.insert(
                "INSERT INTO article (url, revision, content_hash, first_seen_at, duplicate_of, published, judged_in,"
                " fields, day_file, line_end, signature, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                *values,
                sketch,
                article_id,
            )
        self._neighbours.index(number, sketch, known)

    def beyond(self, day_file: str, end: int) -> dict[str, int]:
        """Return id → revision of the articles whose last lines may have stood in a day file beyond a byte."""
        rows = self._database.rows(
            "SELECT id, revision FROM article WHERE day_file = ? AND line_end > ?", day_file, end
        )
        return dict(rows)

    def stands_before(self, article_id: str, end: int) -> None:
        """Note that the line of an article does not end beyond a byte of its day file."""
        self._database.write("UPDATE article SET line_end = ? WHERE id = ?", end, article_id)

    def take_back(self, article_id: str) -> None:
        """Forget the last revision of an article: its line is lost, and what it said of the fields with it."""
        number, revision, sketch = self._database.read(
            "SELECT number, revision, signature FROM article WHERE id = ?", article_id
        )
        self._neighbours.index(number, None, sketch)
        if revision == 1:
            self._database.write("DELETE FROM article WHERE number = ?", number)
            return
        self._database.write(
            "UPDATE article SET revision = revision - 1, content_hash = NULL, judged_in = NULL, fields = ?,"
            " signature = NULL, day_file = NULL, line_end = NULL WHERE number = ?",
            b"{}",
            number,
        )

    def count(self) -> int:
        """Return how many articles were delivered."""
        return int(self._database.read("SELECT count(*) FROM article")[0])


def _memory(row: Sequence[Any]) -> ArticleMemory:
    article_id, url, revision, content, first_seen_at, duplicate_of, fields = row[:7]
    return ArticleMemory(article_id, url, revision, content, first_seen_at, duplicate_of, msgspec.json.decode(fields))


def _memory_of(article: Article, before: ArticleMemory | None) -> ArticleMemory:
    return ArticleMemory(
        id=article.id or "",
        url=article.url,
        revision=article.revision,
        content_hash=article.content_hash or content_hash(article),
        first_seen_at=article.first_seen_at,
        duplicate_of=article.duplicate_of,
        fields=merged(before.fields if before else {}, fingerprint(article)),
    )


def published_at(article: Article) -> datetime | None:
    """Return when the article came out, for its age: a bare day at its end, but before the first look."""
    value = article.date_published
    if not value or len(value) < 10:
        return None
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    if len(value) == 10:
        moment += timedelta(days=1)
        if article.first_seen_at:
            moment = min(moment, datetime.fromisoformat(article.first_seen_at))
    return moment
