"""The demo newsroom: its stories, what is true of each, and the site that shows them."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from newsscraper.article import Article, Image
from newsscraper.demo.routes import answer
from newsscraper.demo.server import Request, Response, Server
from newsscraper.demo.shapes import SHAPES, Shape, before, shape
from newsscraper.demo.story import Story
from newsscraper.demo.theme import picture_path
from newsscraper.demo.view import View
from newsscraper.demo.writing import STEP, write_stories, write_story
from newsscraper.urls import article_id, site_of

PARIS = ZoneInfo("Europe/Paris")


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class Newsroom:
    """A newsroom with invented articles, the same ones for the same seed and the same moment of opening.

    Args:
        articles: how many public ones; from ten on there are among them a very short and a very long one, one split
            over three pages, and one that repeats another. One more, not counted, is behind a password.
        seed: what all chance comes from.
        opened_at: aware moment from which the articles' ages count, from three minutes to six years; now, if None.
        clock: gives the aware moment that ages and ``Date`` headers show.
        shape: what its addresses look like: ``"2018"``, ``"2024"`` or ``"2026"``.
        moved: it had all earlier shapes before: half of its articles' old addresses lead to the new ones.

    Raises:
        ValueError: fewer than one article, or no such shape.

    >>> with Newsroom(articles=12, seed=1).serve() as site:
    ...     site.url.startswith("http://127.0.0.1:"), len(site.truth), len(site.requests)
    (True, 12, 0)
    """

    articles: int = 200
    seed: int = 1
    opened_at: datetime | None = None
    clock: Callable[[], datetime] = _now
    shape: str = SHAPES[-1].name
    moved: bool = False
    stories: list[Story] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if self.articles < 1:
            raise ValueError(f"a newsroom needs an article, not {self.articles}")
        opened_at = (self.opened_at or self.clock()).astimezone(PARIS).replace(microsecond=0)
        place = shape(self.shape).place
        self.stories = [place(story) for story in write_stories(self.articles, self.seed, opened_at)]

    @contextmanager
    def serve(self, port: int = 0) -> Iterator[Site]:
        """Show the newsroom on 127.0.0.1 while the ``with`` block runs; port 0 takes a free one.

        Raises:
            OSError: the port is taken.
        """
        site = Site(self, port)
        try:
            yield site
        finally:
            site.close()


class Site:
    """The newsroom as it is on the air; what is changed here shows on the next request."""

    def __init__(self, newsroom: Newsroom, port: int = 0) -> None:
        self._newsroom = newsroom
        self._stories = list(newsroom.stories)
        self._shape = shape(newsroom.shape)
        self._left: tuple[Shape, ...] = before(self._shape) if newsroom.moved else ()
        self._gone: frozenset[int] = frozenset()
        self._chance = random.Random(f"{newsroom.seed}-on-air")
        self._lock = threading.Lock()
        self._server = Server(self._answer, port=port, clock=newsroom.clock)

    @property
    def url(self) -> str:
        """Address of the site, without a slash at the end."""
        return self._server.url

    @property
    def requests(self) -> list[Request]:
        """Every request that was answered so far, in order of arrival."""
        return self._server.requests

    @property
    def latency(self) -> float:
        """Seconds that each answer waits."""
        return self._server.latency

    @latency.setter
    def latency(self, seconds: float) -> None:
        self._server.latency = seconds

    @property
    def stories(self) -> list[Story]:
        """All stories on the air, newest first, the one behind a password among them."""
        return list(self._stories)

    @property
    def truth(self) -> dict[str, Article]:
        """The record that each public article should give, by canonical URL, newest first.

        Only what the pages decide is filled in: no moments of fetching, no hashes, no evidence, no recent posts.
        ``duplicate_of`` is set on the later of two articles that repeat each other; a crawl that meets them the
        other way round sets it on the earlier one.
        """
        return {self.url + story.path: self.expected(story) for story in self._stories if not story.password}

    def expected(self, story: Story) -> Article:
        """Return the record that one story should give."""
        link = self.url + story.path
        images = []
        if story.picture:
            images.append(Image(self.url + picture_path(story.picture.name), story.picture.caption, story.credit))
        for part in story.parts:
            for block in part:
                if block.picture:
                    images.append(Image(self.url + picture_path(block.picture.name), block.picture.caption))
        original = next((other for other in self._stories if other.number == story.repeats), None)
        return Article(
            id=article_id(link),
            url=link,
            site=site_of(link),
            title=story.title,
            description=story.excerpt,
            text=story.text,
            authors=[story.author],
            categories=list(story.categories),
            tags=list(story.tags),
            language="fr",
            date_published=story.published.isoformat(),
            date_modified=story.modified.isoformat() if story.modified > story.published else None,
            images=images,
            duplicate_of=article_id(self.url + original.path) if original else None,
        )

    def publish(self) -> Article:
        """Put a new article on the air, dated now, and return what should become of it."""
        with self._lock:
            now = self._newsroom.clock().astimezone(PARIS).replace(microsecond=0)
            number = max(story.number for story in self._stories) + STEP
            story = self._shape.place(write_story(number, now, now, self._chance, self._stories))
            self._stories = [story, *self._stories]
        return self.expected(story)

    def revise(self, url: str) -> Article:
        """Add a paragraph to an article and return what should become of it.

        Raises:
            KeyError: no such article.
        """
        with self._lock:
            story = self._story(url)
            now = self._newsroom.clock().astimezone(PARIS).replace(microsecond=0)
            spare = write_story(0, now, now, self._chance).parts[0][0]
            *before, last = story.parts
            changed = replace(story, parts=(*before, (*last, spare)), modified=now, revision=story.revision + 1)
            self._stories = [changed if other.number == story.number else other for other in self._stories]
        return self.expected(changed)

    def withdraw(self, url: str) -> None:
        """Take an article off the air: its address answers 410 from now on.

        Raises:
            KeyError: no such article.
        """
        with self._lock:
            story = self._story(url)
            self._gone |= {story.number}
            self._stories = [other for other in self._stories if other.number != story.number]

    def move(self, name: str) -> None:
        """Give all articles addresses of another shape; of their old ones, half lead there and half are gone.

        Raises:
            ValueError: no such shape.
        """
        new = shape(name)
        with self._lock:
            self._left = tuple(old for old in (*self._left, self._shape) if old is not new)
            self._shape = new
            self._stories = [new.place(story) for story in self._stories]

    def close(self) -> None:
        """Stop listening."""
        self._server.close()

    def _story(self, url: str) -> Story:
        for story in self._stories:
            if self.url + story.path == url:
                return story
        raise KeyError(url)

    def _answer(self, target: str) -> Response:
        with self._lock:
            view = View(self.url, self._stories, self._newsroom.clock(), self._shape, self._left)
        return answer(target, view, self._gone)
