"""What all runs of a process are made from: settings, workers, threads, the store."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from scrapy.crawler import AsyncCrawlerRunner
from scrapy.settings import Settings
from scrapy.spiderloader import get_spider_loader

from newsscraper.crawlstate.naming import folder_name
from newsscraper.crawlstate.publishing import published_since
from newsscraper.extensions.sharing import Sharing, make_pool
from newsscraper.fleet.siterun import SiteCrawler, SiteRun
from newsscraper.sites.site import Site
from newsscraper.store import Place, StoredSite

_STORE_THREADS = 16


class Workshop:
    """Makes runs. Made and used where the reactor runs.

    Args:
        settings: of the project, with what the command line says.
        place: the store; ``None``: what is delivered stays in ``OUTPUT_DIR``.
    """

    def __init__(self, settings: Settings, place: Place | None = None) -> None:
        self.settings = settings
        self.output = Path(settings["OUTPUT_DIR"]).absolute()
        self.sharing = Sharing(make_pool(settings))
        self._runner = AsyncCrawlerRunner(settings)
        self._place = place
        self._spiders = get_spider_loader(settings)
        self._threads = ThreadPoolExecutor(_STORE_THREADS, thread_name_prefix="store") if place else None

    def run(self, site: Site) -> SiteRun:
        """Make a run of a site.

        Raises:
            KeyError: there is no such spider.
        """
        crawler = SiteCrawler(self._spiders.load(site.spider or "news"), self.settings, self.sharing)
        stored = StoredSite(self._place, site.name, self.output) if self._place else None
        return SiteRun(site, crawler, self._runner, stored, self._threads)

    @property
    def busy(self) -> bool:
        """Whether more pages wait to be read than there are workers."""
        return self.sharing.pool.busy

    def published_since(self, site: str, since: float) -> list[float]:
        """Return when the articles of a site came out that are younger than ``since`` (seconds since the epoch)."""
        return published_since(self.output / ".state" / f"{folder_name(site)}.sqlite", since)

    async def close(self) -> None:
        """End the workers."""
        await self.sharing.pool.close()
        if self._threads:
            self._threads.shutdown()
