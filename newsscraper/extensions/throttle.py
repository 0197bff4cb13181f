"""AutoThrottle that never goes faster than robots.txt asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.extensions.throttle import AutoThrottle

from newsscraper.middlewares.robots import RobotsMiddleware

if TYPE_CHECKING:
    from scrapy.core.downloader import Slot
    from scrapy.http import Response


class Throttle(AutoThrottle):
    """Scrapy's AutoThrottle, with Crawl-delay and Request-rate as a floor under each slot's delay."""

    def _adjust_delay(self, slot: Slot, latency: float, response: Response) -> None:
        super()._adjust_delay(slot, latency, response)
        robots = self.crawler.get_downloader_middleware(RobotsMiddleware)
        if robots is not None:
            slots = self.crawler.engine.downloader.slots
            name = next((name for name, known in slots.items() if known is slot), "")
            slot.delay = max(slot.delay, robots.delays.get(name, 0.0))
