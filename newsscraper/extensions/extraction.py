"""Gives spiders a pool of workers to read pages with, and keeps the pages that they could not."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy import Spider, signals

from newsscraper.crawlstate.naming import folder_name
from newsscraper.extensions.sharing import lease_pool, return_pool, sharing_of
from newsscraper.extensions.state import site_of_spider
from newsscraper.extensions.summary import Summary
from newsscraper.extraction.page import ExtractionError, Page, Reading
from newsscraper.workers import PageSetAside, WorkersBroken
from newsscraper.workers.quarantine import Quarantine

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from newsscraper.workers import WorkerPool

logger = logging.getLogger(__name__)

_PAGES_PER_WORKER = 25
"""Pages that are worth the start of another worker."""


_running: list[Extraction] = []
"""Those of the crawls that this process runs now."""


def extraction_for(response: Response) -> Extraction | None:
    """Return what reads pages for the crawl in whose callback a response is; ``None`` where no crawl runs.

    Of several crawls in one process it is the one that works on the response's request.
    """
    for extraction in _running:
        engine = extraction.crawler.engine
        slot = engine.scraper.slot if engine is not None else None
        if slot is not None and response.request in slot.active:
            return extraction
    return next(iter(_running), None)


class Extraction:
    """Scrapy extension that has a share in the workers of this process: all its crawls read with the same ones.

    A spider gets it with ``self.crawler.get_extension(Extraction)`` and awaits `read` in its callbacks. While all
    workers are busy, callbacks wait and hold their responses; Scrapy stops fetching at ``SCRAPER_SLOT_MAX_ACTIVE_SIZE``
    bytes of those. So a crawl's memory does not grow with the number of pages.

    Settings: ``EXTRACTION_WORKERS``, ``EXTRACTION_TIME_LIMIT``, ``EXTRACTION_MEMORY_LIMIT``, ``OUTPUT_DIR``.

    Stats: ``newsscraper/extraction/pages`` (handed in), ``…/articles``, ``…/refused``, ``…/seconds`` (processor time in
    workers), ``newsscraper/workers/started``, ``…/lost``, ``…/retired`` (of all crawls that shared them),
    ``newsscraper/quarantine/<reason>``,
    ``newsscraper/errors/reading`` (pages on which a reader raised: a defect of ours, never the page's).
    """

    def __init__(self, crawler: Crawler) -> None:
        shared = sharing_of(crawler)
        self.crawler = crawler
        self._fleet_pool = shared.pool if shared else None
        self._leased_pool: WorkerPool | None = None
        self._seconds = 0.0
        self.waiting = 0
        """Pages handed in and not yet read."""
        self._quarantine: Quarantine | None = None
        self._closing: asyncio.Future[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the extension. No process starts before a page is expected."""
        extension = cls(crawler)
        crawler.signals.connect(extension.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(extension.spider_closed, signal=signals.spider_closed)
        return extension

    @property
    def pool(self) -> WorkerPool:
        """What reads: the fleet's, or one that the crawls of this process share."""
        if self._fleet_pool is not None:
            return self._fleet_pool
        if self._leased_pool is None:
            self._leased_pool = lease_pool(self.crawler.settings)
        return self._leased_pool

    def expect(self, pages: int) -> None:
        """Start workers for so many pages that are being fetched: they load their libraries meanwhile."""
        self.pool.warm_up(1 + pages // _PAGES_PER_WORKER)

    async def read(self, page: Page) -> Reading:
        """Read a page in a worker.

        Raises:
            ExtractionError: no record can be made of it.
            PageSetAside: it is one that took down, held up or broke what read it; it has been kept and counted.
            WorkersBroken: nothing can be read; the spider is being closed.
        """
        self._count("extraction/pages")
        self.waiting += 1
        try:
            reading = await self.pool.read(page, spent=self._spend)
        except PageSetAside as why:
            await self._set_aside(page, why)
            raise
        except ExtractionError:
            self._count("extraction/refused")
            raise
        except WorkersBroken as error:
            self._give_up(error)
            raise
        finally:
            self.waiting -= 1
        if reading.kind == "article":
            self._count("extraction/articles")
        return reading

    def spider_opened(self, spider: Spider) -> None:
        """Choose the folder for pages set aside: ``OUTPUT_DIR/<site>/quarantine``."""
        folder = Path(self.crawler.settings["OUTPUT_DIR"], folder_name(site_of_spider(spider)))
        self._quarantine = Quarantine(folder.absolute() / "quarantine")
        _running.append(self)

    async def spider_closed(self, spider: Spider) -> None:
        """Write down how the workers did; they end with the last crawl that has a share in them."""
        if self in _running:
            _running.remove(self)
        pool, self._leased_pool = self._leased_pool, None
        if pool is None:
            return
        await return_pool(pool)
        stats = self.crawler.stats
        if stats and pool.started:
            stats.set_value("newsscraper/extraction/seconds", round(self._seconds, 3))
            stats.set_value("newsscraper/workers/started", pool.started)
            stats.set_value("newsscraper/workers/lost", pool.lost)
            stats.set_value("newsscraper/workers/retired", pool.retired)

    def _spend(self, seconds: float) -> None:
        self._seconds += seconds

    async def _set_aside(self, page: Page, why: PageSetAside) -> None:
        self._count(f"quarantine/{why.reason}")
        kept: Path | None = None
        if self._quarantine:
            try:
                kept = await asyncio.to_thread(self._quarantine.keep, page, why, datetime.now(UTC))
            except OSError as error:
                logger.error("Cannot keep %s in quarantine: %s", page.url, error)
        where = f" (kept as {kept})" if kept else ""
        if why.reason == "error":
            self._count("errors/reading")
            if summary := self.crawler.get_extension(Summary):
                summary.note_error(why.detail, page.url)
            logger.error("Reading %s raised %s%s", page.url, why.detail, where)
        else:
            logger.warning("Set aside %s: %s%s", page.url, why, where)

    def _give_up(self, error: WorkersBroken) -> None:
        if self._closing is None and self.crawler.engine:
            logger.critical("Extraction workers do not start: %s. EXTRACTION_WORKERS=0 does without them.", error)
            # Not awaited: the spider closes when this very callback, among others, has ended.
            self._closing = asyncio.ensure_future(self.crawler.engine.close_spider_async(reason="workers-do-not-start"))

    def _count(self, what: str) -> None:
        if self.crawler.stats:
            self.crawler.stats.inc_value(f"newsscraper/{what}")
