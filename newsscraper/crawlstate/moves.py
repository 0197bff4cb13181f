"""Articles that have moved: which article an address names, and whether a page is one that stood elsewhere before.

A site that is rebuilt gives all its articles new addresses, and seldom redirects from all old ones. An article keeps
the id that it was first delivered under: here is kept which other addresses name it. All of this is in the lines, too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from newsscraper.address import Address
from newsscraper.article import Article
from newsscraper.crawlstate.articles import Articles, published_at
from newsscraper.crawlstate.database import Database
from newsscraper.crawlstate.fingerprint import fingerprint, is_exact, is_same_date
from newsscraper.crawlstate.memory import ArticleMemory, to_seconds
from newsscraper.crawlstate.neighbours import SIMILAR, Neighbours
from newsscraper.digest import content_hash

_SIMILAR_ON_ONE_DAY = 0.9
"""Share of three-word runs from which two texts of one title are one article, where only their day is known."""
_MOST = 20


@dataclass(frozen=True, slots=True)
class Suspect:
    """A delivered article that a page under another address may be.

    Attributes:
        memory: the article.
        is_sure: title, publication and text are the same; else they are alike, and a redirect would settle it.
    """

    memory: ArticleMemory
    is_sure: bool


class Moves:
    """Which article stands at an address.

    Args:
        database: keeps it.
        articles: what was delivered.
        neighbours: finds articles with a similar text.
    """

    def __init__(self, database: Database, articles: Articles, neighbours: Neighbours) -> None:
        self._database = database
        self._articles = articles
        self._neighbours = neighbours
        self._expected: dict[str, str] = {}

    def id_at(self, url: str) -> str:
        """Return the id of the article at an address: where it has moved there, that of its first address."""
        own = _own_id(url)
        if own in self._expected:
            return self._expected[own]
        row = self._database.read("SELECT id FROM moved WHERE own_id = ?", own)
        return row[0] if row else own

    def expect(self, moved_id: str, url: str) -> None:
        """Have an address name an article, though no line on disk says so yet."""
        self._expected[_own_id(url)] = moved_id

    def is_expected(self, article: Article) -> bool:
        """Whether the article has just been found under its address, which no line of it has yet."""
        return bool(article.url and article.id) and self._expected.get(_own_id(article.url)) == article.id

    def is_moving(self, known_id: str) -> bool:
        """Whether an article has been found elsewhere in this run, and has no line there yet."""
        return known_id in self._expected.values()

    def note(self, article: Article) -> None:
        """Keep the address of an article whose line is on disk."""
        own = _own_id(article.url)
        self._expected.pop(own, None)
        if article.url and article.id and own != article.id:
            self._database.write("INSERT OR REPLACE INTO moved VALUES (?, ?)", own, article.id)

    def forget(self, article: Article) -> None:
        """Drop what was expected of an article that will not be written."""
        self._expected.pop(_own_id(article.url), None)

    def suspects(self, article: Article, run: int) -> list[Suspect]:
        """Return the articles that this one may be, the surest and earliest first.

        Articles that this run has seen under their own addresses are none: they are still there.
        """
        if not self._articles.hold_earlier:
            return []
        now = fingerprint(article)
        content = content_hash(article)
        found: dict[str, Suspect] = {}
        for known_id, likeness in self._alike(article, content, now.get("date_published")).items():
            if self._articles.was_judged(known_id, run) or self._articles.is_expected(known_id):
                continue
            if self.is_moving(known_id):
                continue
            memory = self._articles.get(known_id)
            if memory is None or memory.url is None or _own_id(memory.url) == _own_id(article.url):
                continue
            verdict = _verdict(memory, now, likeness=likeness, same=memory.content_hash == content)
            if verdict is not None:
                found[known_id] = Suspect(memory, verdict)
        return sorted(found.values(), key=lambda suspect: not suspect.is_sure)

    def _alike(self, article: Article, content: str, date: list[Any] | None) -> dict[str, float]:
        """Return the ids of articles of the same words, moment or a similar text, earliest first, and how similar."""
        ids = [
            row[0]
            for row in self._database.rows(
                "SELECT id FROM article WHERE content_hash = ? ORDER BY number LIMIT ?", content, _MOST
            )
        ]
        if date is not None and is_exact(date):
            moment = to_seconds(published_at(article))
            ids += [
                row[0]
                for row in self._database.rows(
                    "SELECT id FROM article WHERE published = ? ORDER BY number LIMIT ?", moment, _MOST
                )
            ]
        similar = self._neighbours.similar(article)
        return {known_id: similar.get(known_id, 0.0) for known_id in dict.fromkeys((*ids, *similar))}


def may_be(memory: ArticleMemory, article: Article) -> bool:
    """Whether an article may be a known one that led to it: title or publication are the same.

    A site may send the readers of what it has taken down to something else.
    """
    now = fingerprint(article)
    before, after = memory.fields.get("date_published"), now.get("date_published")
    if before is not None and after is not None and is_same_date(before, after):
        return True
    return "title" in now and memory.fields.get("title") == now["title"]


def _own_id(url: str | None) -> str:
    """Return the id that an address gives the article that first stands there; empty where it is none."""
    address = Address.of(url)
    return address.article_id if address is not None else ""


def _verdict(memory: ArticleMemory, now: dict[str, object], *, likeness: float, same: bool) -> bool | None:
    """Return whether an article is surely the same one (True), perhaps (False), or hardly (None).

    Args:
        memory: what was delivered of the one.
        now: `fingerprint` of the other.
        likeness: share of three-word runs that their texts have in common.
        same: all words of title and text are the same.
    """
    before, after = memory.fields.get("date_published"), now.get("date_published")
    if before is None or after is None:
        return False if same else None
    if not is_same_date(before, after):
        return None
    is_moment = is_exact(before) and is_exact(after)
    same_title = memory.fields.get("title") == now.get("title")
    if same or (same_title and likeness >= (SIMILAR if is_moment else _SIMILAR_ON_ONE_DAY)):
        return True
    return False if same_title or is_moment or likeness >= SIMILAR else None
