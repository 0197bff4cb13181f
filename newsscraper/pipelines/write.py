"""Last pipeline: articles to disk, in batches; the state is told when their lines are durable, never before."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from scrapy import signals
from scrapy.exceptions import DropItem

from newsscraper.address import Address
from newsscraper.article import Article
from newsscraper.cleaning import to_line
from newsscraper.crawlstate import SiteState, StateFailed
from newsscraper.crawlstate.naming import folder_name
from newsscraper.extensions.state import State
from newsscraper.pipelines.dayfile import DayFile, OutputFailed, Written
from newsscraper.pipelines.manifest import write_manifest
from newsscraper.pipelines.packing import pack_finished

if TYPE_CHECKING:
    from typing import Self

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

logger = logging.getLogger(__name__)

_SPACING = 0.05
"""Seconds between two flushes at least, so that a fast crawl shares one fsync among many lines."""


class Write:
    """Appends each `Article` to the site's day file and marks it as delivered when the line is durable.

    An item leaves the pipeline (``item_scraped``) when it is on disk and marked: a kill can undo no more than the crawl
    has under way. Writing and syncing go on in a thread; lines that come meanwhile make the next batch. Where lines
    cannot be written, nothing of the batch stays, the crawl stops with the reason ``disk-full`` or ``output-failed``,
    and the next run takes it up again.
    Stats: ``newsscraper/output/lines|bytes|flushes``.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._waiting: list[tuple[Article, bytes, asyncio.Future[bool]]] = []
        self._flushing: asyncio.Task[None] | None = None
        self._broken = False
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="write")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        pipeline = cls(crawler)
        crawler.signals.connect(pipeline.item_judged, signal=signals.item_scraped)
        crawler.signals.connect(pipeline.item_judged, signal=signals.item_dropped)
        return pipeline

    def open_spider(self) -> None:
        extension = self.crawler.get_extension(State)
        if extension is None:
            raise RuntimeError("the Write pipeline needs newsscraper.extensions.state.State in EXTENSIONS")
        self._extension = extension
        self._state: SiteState = extension.site_state
        root = extension.output_folder
        self._file = DayFile(root / folder_name(self._state.site), root)
        self._say_notes()
        self._file.known(self._state.read_up_to(self._file.name)[1])

    async def process_item(self, item: Any) -> Any:
        if not isinstance(item, Article):
            return item
        if not self._broken:
            durable = asyncio.get_running_loop().create_future()
            self._waiting.append((item, to_line(item), durable))
            if self._flushing is None:
                self._flushing = asyncio.create_task(self._flush())
            if await durable:
                return item
        raise DropItem(f"not written: {item.url}", log_level="DEBUG")

    def item_judged(self, item: Any, response: Response | None) -> None:
        """The addresses that led to an article are settled with it."""
        if isinstance(item, Article) and response is not None:
            request: Request | None = getattr(response, "request", None)
            urls = {response.url, *(request.meta.get("redirect_urls", ()) if request else ())}
            if not self._broken:
                self._state.settle_with(item, *(address for url in urls if (address := Address.of(url))))

    async def close_spider(self) -> None:
        if not hasattr(self, "_file"):
            return
        if self._flushing is not None:
            await self._flushing
        try:
            await asyncio.get_running_loop().run_in_executor(self._thread, self._finish)
        except OSError as error:
            if not self._broken:
                self._fail(OutputFailed(self._file.folder, error))
        self._thread.shutdown()

    async def _flush(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting, []
                written = False
                try:
                    written = not self._broken and await self._write([entry[:2] for entry in batch])
                finally:
                    for *_, durable in batch:
                        if not durable.done():
                            durable.set_result(written)
                await asyncio.sleep(_SPACING)
        finally:
            self._flushing = None

    async def _write(self, batch: list[tuple[Article, bytes]]) -> bool:
        """Write and mark; return whether the lines are on disk."""
        now = datetime.now(UTC)
        lines = [line for _, line in batch]
        try:
            written = await asyncio.get_running_loop().run_in_executor(self._thread, self._append, lines, now)
        except OutputFailed as failure:
            self._fail(failure)
            return False
        self._say_notes()
        with contextlib.suppress(StateFailed):
            self._state.delivered(
                [article for article, _ in batch], now, day_file=written.name, end=written.end, lines=written.lines
            )
        # Where the state could not be told, the lines are on disk all the same: the next run takes them in.
        self._broken |= self._extension.failed
        self.crawler.stats.inc_value("newsscraper/output/lines", len(lines))
        self.crawler.stats.inc_value("newsscraper/output/bytes", sum(map(len, lines)))
        self.crawler.stats.inc_value("newsscraper/output/flushes")
        return True

    def _append(self, lines: list[bytes], now: datetime) -> Written:
        before = self._file.name
        written = self._file.append(lines, now)
        if written.name != before:
            with contextlib.suppress(OSError):  # said at the end, where it still holds
                write_manifest(self._file.folder, self._state.site)
        return written

    def _fail(self, failure: OutputFailed) -> None:
        self._broken = True
        self._extension.stop(failure.reason, f"{failure}; nothing is lost, the next run goes on from here")

    def _say_notes(self) -> None:
        while self._file.notes:
            logger.warning(self._file.notes.pop(0))

    def _finish(self) -> None:
        growing = self._file.name
        self._file.close()
        if self._broken or not self._file.folder.is_dir():
            return
        if growing and self.crawler.settings.getbool("OUTPUT_ZSTD"):
            pack_finished(self._file.folder, growing)
        write_manifest(self._file.folder, self._state.site)
