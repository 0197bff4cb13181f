"""One run of one site among many: its folder is fetched, it is crawled, what is new is committed."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from concurrent.futures import Executor
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime

from scrapy import Spider, signals
from scrapy.crawler import AsyncCrawlerRunner, Crawler
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from newsscraper.crawlstate import StateFailed, StateLocked
from newsscraper.exits import Exit
from newsscraper.extensions.sharing import Sharing
from newsscraper.extensions.summary import TURN_OVER, RunSummary, Summary
from newsscraper.sites.site import Site
from newsscraper.store.place import StoreFailed
from newsscraper.store.site import Lost, StoredSite

logger = logging.getLogger(__name__)

COMMIT_EVERY = 15.0
"""Seconds between two commits of a running site: with the time that one takes, well under the 30 that are promised."""

_MOVED = "site-moved"
_STOPPED = "shutdown"

RUNNING_SITE: ContextVar[str] = ContextVar("running site", default="fleet")
"""The site whose run is at work, for log lines."""


class SiteCrawler(Crawler):
    """A crawler that shares workers with others."""

    def __init__(self, spidercls: type[Spider], settings: Settings, sharing: Sharing) -> None:
        self.sharing = sharing
        super().__init__(spidercls, settings)


@dataclass(slots=True)
class Ended:
    """How a run ended.

    Attributes:
        exit_code, outcome: as a single crawl's; see docs/scheduling.md.
        started, finished: aware moments.
        unfinished: it goes on where it was: its turn was over, or it was told to stop.
        uncommitted: the store did not take all of it; it is to be tried again soon.
        run: the crawl's own summary; ``None`` where it did not begin.
        pace: seconds that its host asked for between two requests.
    """

    exit_code: int
    outcome: str
    started: datetime
    finished: datetime
    unfinished: bool = False
    uncommitted: bool = False
    run: RunSummary | None = None
    pace: float = 0.0

    @property
    def articles(self) -> dict[str, int]:
        """Articles by kind."""
        return self.run.articles if self.run else {}

    @property
    def failed(self) -> dict[str, int]:
        """Failed requests by reason."""
        return self.run.failed if self.run else {}


@dataclass(eq=False)
class SiteRun:
    """A run, from `go` to its end.

    Attributes:
        site: what is crawled.
        crawler: made for this run alone.
        runner: runs it beside others.
        stored: the site in the store; ``None`` where there is no store.
        threads: what the store is talked to in.
    """

    site: Site
    crawler: SiteCrawler
    runner: AsyncCrawlerRunner
    stored: StoredSite | None = None
    threads: Executor | None = None
    _why: str = field(default="", init=False)
    _crawling: bool = field(default=False, init=False)
    _at_store: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)

    async def go(self) -> Ended:
        """Run; never raises."""
        started = datetime.now(UTC)
        RUNNING_SITE.set(self.site.name)
        code, words, uncommitted = Exit.NOTHING, "", False
        try:
            if self.stored is not None:
                await self._in_thread(self.stored.fetch)
                await self._in_thread(self.stored.commit)  # what a killed run left behind
            await self._crawl()
            if self.stored is not None:
                uncommitted = not await self._commit_all(self.stored)
        except StateLocked as error:
            code, words = Exit.LOCKED, str(error)
        except StoreFailed as failure:
            code, words, uncommitted = Exit.PARTIAL, f"the store could not be used: {failure}", not failure.lasting
        except Lost as error:
            code, words = Exit.LOCKED, str(error)
        except (StateFailed, OSError) as error:
            words = " ".join(str(error).split())
        except UsageError as error:
            code, words = Exit.USAGE, " ".join(str(error).split())
        except Exception as error:
            logger.exception("the run ended with an error of the program itself")
            words = f"an error of the program itself: {type(error).__name__}: {error}"
        return self._ended(started, code, words, uncommitted=uncommitted)

    def _ended(self, started: datetime, code: Exit, words: str, *, uncommitted: bool) -> Ended:
        run = self._summary()
        ended = Ended(int(code), words, started, datetime.now(UTC), uncommitted=uncommitted, run=run, pace=self._pace())
        if run is not None and not words:
            ended.exit_code, ended.outcome = run.exit_code, run.outcome
            ended.unfinished = run.finish_reason in (TURN_OVER, _STOPPED)
            if uncommitted:
                ended.exit_code = max(ended.exit_code, int(Exit.PARTIAL))
                ended.outcome += "; the store did not take all of it yet"
        elif run is None and not words:
            ended.outcome = "stopped before it began" if self._why else "the crawl ended before it began"
            ended.unfinished = bool(self._why)
        return ended

    def _summary(self) -> RunSummary | None:
        try:
            summary = self.crawler.get_extension(Summary)
        except RuntimeError:  # it did not come that far
            return None
        if summary is None:
            return None
        summary.finish()
        return summary.run

    def _pace(self) -> float:
        try:
            slots = self.crawler.engine.downloader.slots
        except RuntimeError:
            return 0.0
        return max((slot.delay for slot in slots.values()), default=0.0)

    # --- the crawl ---

    async def _crawl(self) -> None:
        if self._why:
            return
        self.crawler.signals.connect(self._opened, signal=signals.engine_started)
        committing = asyncio.create_task(self._commit_now_and_then()) if self.stored is not None else None
        self._crawling = True
        try:
            await self.runner.crawl(self.crawler, site=self.site)
        finally:
            self._crawling = False
            if committing is not None:
                committing.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await committing
        if self._why == _MOVED:
            raise Lost(f"{self.site.name} was committed to by somebody else; this run gave up")

    def _opened(self) -> None:
        if self._why:
            asyncio.ensure_future(self._close())  # noqa: RUF006 (the crawl waits for it)

    async def end_turn(self) -> None:
        """Have the run end so that others get the place; the site goes on later where it was."""
        await self._end(TURN_OVER)

    async def stop(self) -> None:
        """Have the run end as a crawl does at a signal."""
        await self._end(_STOPPED)

    async def _end(self, why: str) -> None:
        if self._why:
            return
        self._why = why
        if self._crawling:
            await self._close()

    async def _close(self) -> None:
        with contextlib.suppress(RuntimeError):  # no engine yet (`_opened` comes back to it), or closing by itself
            if self.crawler.engine.running:
                await self.crawler.engine.close_spider_async(reason=self._why)

    # --- the store ---

    async def _in_thread(self, call: Callable[[], object]) -> None:
        """Talk to the store. A talk that has begun is heard out, also where nobody waits for it any more."""
        async with self._at_store:
            talk = asyncio.get_running_loop().run_in_executor(self.threads, call)
            try:
                await asyncio.shield(talk)
            except asyncio.CancelledError:
                with contextlib.suppress(StoreFailed, Lost):  # the next talk meets with the same
                    await talk
                raise

    async def _commit_now_and_then(self) -> None:
        assert self.stored is not None
        complained = False
        while True:
            await asyncio.sleep(COMMIT_EVERY)
            try:
                await self._in_thread(self.stored.commit)
                complained = False
            except StoreFailed as failure:
                if not complained:
                    logger.warning("the store does not take what is new, which waits here: %s", failure)
                complained = True
            except Lost as lost:
                logger.warning("%s", lost)
                await self._end(_MOVED)
                return

    async def _commit_all(self, stored: StoredSite) -> bool:
        """Commit the end of the run; return whether the store took it."""
        try:
            await self._in_thread(lambda: stored.commit(with_state=True))
        except StoreFailed as failure:
            logger.warning("the store does not take what is new, which waits here: %s", failure)
            return False
        return True
