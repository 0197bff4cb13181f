"""Keeps what came over the wire until the article that was made of it is on disk: ``WARC = True``."""

from __future__ import annotations

import dataclasses
from collections import OrderedDict
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from scrapy import Request, signals
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

from newsscraper.archives.kept import Exchange, KeptPage, Story, known_of
from newsscraper.archives.writing import Revisit
from newsscraper.article import Article
from newsscraper.cleaning import clean
from newsscraper.extraction.page import Page, Reading, SiteHints

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler

NOT_AS_SENT = "not-as-sent"
"""Flag of a response whose body is not what the server sent: a browser made it."""
_MOST_BYTES = 64 * 1024 * 1024
"""Bytes of articles that were read and not delivered: of those that nobody yields the oldest are forgotten."""


class KeepingMiddleware:
    """Downloader middleware that remembers each answer as it came, and what articles were made of.

    It stands next to the wire, where bodies are still packed. An answer is remembered as long as somebody holds its
    request, an article until its item has come through the pipelines.

    Settings: ``WARC``.
    """

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("WARC"):
            raise NotConfigured
        self.revisits: list[Revisit] = []
        """Pages that are the same as before, and not written yet."""
        self._exchanges: WeakKeyDictionary[Request, Exchange] = WeakKeyDictionary()
        self._stories: OrderedDict[str, Story] = OrderedDict()
        self._bytes = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware.

        Raises:
            NotConfigured: ``WARC`` is off.
        """
        middleware = cls(crawler)
        for signal in (signals.item_scraped, signals.item_dropped, signals.item_error):
            crawler.signals.connect(middleware.item_done, signal=signal)
        return middleware

    def process_response(self, request: Request, response: Response) -> Response:
        """Remember an answer; it goes on as it is."""
        parts = urlsplit(request.url)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        self._exchanges[request] = Exchange(
            request.method,
            target,
            ((b"Host", parts.netloc.rpartition("@")[2].encode()), *_pairs(request)),
            request.body,
            response.status,
            _pairs(response),
            response.body,
            str(response.ip_address) if response.ip_address else None,
        )
        return response

    def story_of(self, pages: Iterable[tuple[Page, Response, Reading]], hints: SiteHints, article: Article) -> Story:
        """Return what an article was made of, before anybody changes it; it is cleaned.

        Args:
            pages: what was read, in the order in which it was joined.
            hints: what was known of the site when it was joined.
            article: the record as read and joined.
        """
        clean(article)
        kept = []
        for page, response, reading in pages:
            exchange = None if NOT_AS_SENT in response.flags else self._exchange(response)
            hinted = known_of(page.hints, reading.blocks)
            html = page.html if exchange is None else b""
            kept.append(KeptPage(dataclasses.replace(page, html=html, hints=hinted), exchange))
        return Story(tuple(kept), known_of(hints, ()), article.to_dict())

    def keep(self, article: Article, story: Story) -> None:
        """Keep what an article was made of until it is on disk."""
        self._forget(_key(article))
        self._stories[_key(article)] = story
        self._bytes += story.size
        while self._bytes > _MOST_BYTES and len(self._stories) > 1:
            self._forget(next(iter(self._stories)))

    def take(self, article: Article) -> Story | None:
        """Return what an article was made of, once; ``None`` where nothing was kept of it."""
        return self._forget(_key(article))

    def unchanged(self, response: Response, moment: datetime, before: datetime | None) -> None:
        """Note a page of an article that is the same as ``before``, which is a moment, where it is known."""
        if (exchange := self._exchange(response)) is not None:
            self.revisits.append(Revisit(response.url, moment, exchange, before))

    def item_done(self, item: Any) -> None:
        """Forget what is not needed any more: an item was delivered or dropped."""
        if isinstance(item, Article):
            self._forget(_key(item))

    def _exchange(self, response: Response) -> Exchange | None:
        return self._exchanges.get(response.request) if response.request is not None else None

    def _forget(self, key: str) -> Story | None:
        story = self._stories.pop(key, None)
        self._bytes -= story.size if story else 0
        return story


def _key(article: Article) -> str:
    # An item may be another object when it is delivered: one that a pipeline made of it.
    return article.source_url or article.url or ""


def _pairs(message: Request | Response) -> tuple[tuple[bytes, bytes], ...]:
    return tuple((bytes(name), value) for name, values in message.headers.items() for value in values)
