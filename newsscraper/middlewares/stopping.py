"""Lets a crawl that is told to stop do so at once, instead of sending what waits for its turn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy import Request, signals

from newsscraper.middlewares.backoff import drop_queued
from newsscraper.middlewares.reasons import Refused

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler


spider_stopping = object()
"""Signal: the spider starts to close. Scrapy itself sends one only when it has closed."""


class StoppingMiddleware:
    """Refuse what is not under way yet when the spider closes.

    Scrapy closes a spider only when every request that left the scheduler has been answered: with a Crawl-delay of
    a minute, a dozen of them hold up a SIGTERM for a quarter of an hour. They are refused as ``stopped``: their pages
    are not settled, the next run fetches them.

    Attributes:
        stopping: the spider is closing.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.stopping = False
        self._crawler = crawler
        crawler.signals.connect(self._engine_started, signal=signals.engine_started)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the middleware; it is always on."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let the request pass unless the spider is closing.

        Raises:
            Refused: ``stopped``.
        """
        if self.stopping:
            raise Refused("stopped", request.url)

    def _engine_started(self) -> None:
        engine = self._crawler.engine
        close = engine.close_spider_async

        async def close_at_once(**kwargs: Any) -> None:
            if not self.stopping:
                self.stopping = True
                self._crawler.signals.send_catch_log(spider_stopping)
            for slot in engine.downloader.slots.values():
                drop_queued(slot, "stopped")
            await close(**kwargs)

        engine.close_spider_async = close_at_once  # type: ignore[method-assign]
