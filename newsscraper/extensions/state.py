"""The crawl's hold on its site's state: opened at the start, committed as it goes, closed at the end."""

from __future__ import annotations

import logging
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy import Spider, signals
from scrapy.utils.asyncio import AsyncioLoopingCall, create_looping_call
from scrapy.utils.defer import _schedule_coro

from newsscraper.crawlstate import SiteState, StateFailed, open_state
from newsscraper.crawlstate.naming import folder_name
from newsscraper.middlewares.robots import RobotsMiddleware
from newsscraper.urls import site_of

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler
    from twisted.internet.task import LoopingCall

logger = logging.getLogger(__name__)

STATE_FAILED = "state-failed"
"""Close reason: the state file cannot be used."""

_COMPLETE = ("finished", "limit")
"""Close reasons after which the run is over; after any other the next run takes it up again.

So it does where the spider says that it is not `done`: ``scrapy parse`` and the like close it with these reasons, too.
"""

_INTERVAL = 0.25


class State:
    """Scrapy extension that owns the `SiteState` of the running spider's site.

    Others get it with ``crawler.get_extension(State).site_state``. It is opened at first use: by the pipelines, before
    the spider starts. Stats: ``newsscraper/state/resumed`` (1 where a killed run was taken up again).
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._state: SiteState | None = None
        self._closed = False
        self.failed = False
        """The crawl is being stopped because state or output cannot be written."""
        self._timer: AsyncioLoopingCall | LoopingCall | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        extension = cls(crawler)
        crawler.signals.connect(extension.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(extension.spider_idle, signal=signals.spider_idle)
        crawler.signals.connect(extension.spider_closed, signal=signals.spider_closed)
        return extension

    @property
    def output_folder(self) -> Path:
        """Where all sites' records go: the setting ``OUTPUT_DIR``, absolute."""
        return Path(self.crawler.settings["OUTPUT_DIR"]).absolute()

    @property
    def site_state(self) -> SiteState:
        """The state, opened and its run begun.

        Raises:
            StateLocked: another run holds the site.
            StateFailed: the file cannot be used, or the crawl has ended.
            OSError: the folder cannot be written.
        """
        if self._closed:  # opened again it would hold the site for as long as the process runs
            raise StateFailed("the crawl has ended, and its state is closed")
        if self._state is None:
            self._state = self._open(site_of_spider(self.crawler.spider))
        return self._state

    def _open(self, site: str) -> SiteState:
        self._say_where_earlier_lines_are(site)
        state = open_state(self.output_folder / ".state", site)
        state.on_failure(self._on_failure)
        run = state.begin_run(datetime.now(UTC))
        if run.resumed:
            logger.info("taking up run %d again, begun %s", run.number, run.started_at.isoformat(timespec="seconds"))
            self.crawler.stats.set_value("newsscraper/state/resumed", 1)
        self._timer = create_looping_call(self._commit)
        self._timer.start(_INTERVAL, now=False)
        return state

    def _say_where_earlier_lines_are(self, site: str) -> None:
        """Say where the records of a site with a port are, if they were kept under its host alone as they once were."""
        host, _, port = site.rpartition(":")
        if not (host and port.isdigit()):
            return
        states, old, new = self.output_folder / ".state", folder_name(host), folder_name(site)
        if (states / f"{old}.sqlite").exists() and not (states / f"{new}.sqlite").exists():
            logger.warning(
                "records of %s go to %s from now on. Those of earlier versions are in %s, under the host's name alone;"
                " to go on with them, rename that folder, and %s/%s.sqlite to %s.sqlite",
                site,
                self.output_folder / new,
                self.output_folder / old,
                states,
                old,
                new,
            )

    def _on_failure(self, failure: StateFailed) -> None:
        self.stop(STATE_FAILED, f"{failure}; the crawl stops, the next run makes it good from the delivered lines")

    def stop(self, reason: str, message: str) -> None:
        """Say once why the crawl cannot go on, and close the spider."""
        if self.failed:
            return
        self.failed = True
        logger.error(message)
        self.crawler.stats.inc_value(f"newsscraper/failed/{reason}")
        if self.crawler.engine is not None and self.crawler.engine.spider is not None:
            _schedule_coro(self.crawler.engine.close_spider_async(reason=reason))

    def _commit(self) -> None:
        if self._state is not None and not self.failed:
            self._state.commit()

    def habit(self, name: str) -> Any:
        """Return what was learnt of the site under a name; see `SiteState.habit`."""
        return self.site_state.habit(name)

    def learn(self, name: str, value: Any) -> None:
        """Keep a JSON value of the site under a name; see `SiteState.learn`."""
        self.site_state.learn(name, value)

    def spider_opened(self) -> None:
        robots = self.crawler.get_downloader_middleware(RobotsMiddleware)
        if robots is not None:
            robots.memory = self

    def spider_idle(self) -> None:
        self._commit()

    def spider_closed(self, spider: Spider, reason: str) -> None:
        if self._timer is not None and self._timer.running:
            self._timer.stop()
        self._closed = True
        robots = self.crawler.get_downloader_middleware(RobotsMiddleware)
        if robots is not None:
            robots.memory = None
        state, self._state = self._state, None
        if state is None:
            return
        try:
            if reason in _COMPLETE and getattr(spider, "done", True) and not self.failed:
                state.finish_run(datetime.now(UTC), {"reason": reason, "outcomes": state.outcomes()})
            state.close()
        except (StateFailed, sqlite3.Error) as error:
            if not self.failed:
                logger.error("state of %s was not closed well: %s; the next run makes it good", state.site, error)


def site_of_spider(spider: Spider | None) -> str:
    """Return the registrable host that a spider crawls: its ``site``, else its first start URL's, else its name."""
    site = getattr(spider, "site", None)
    if site:
        return str(site)
    urls = [*(getattr(spider, "start_urls", None) or ()), getattr(spider, "start_url", None)]
    found = next((site for url in urls if url and (site := site_of(url))), None)
    return str(found or getattr(spider, "name", "site"))
