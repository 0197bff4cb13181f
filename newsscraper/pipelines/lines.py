"""One site's articles to disk, in batches; the state is told when their lines are durable, never before."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from newsscraper.article import Article
from newsscraper.cleaning import to_line
from newsscraper.crawlstate import SiteState, StateFailed
from newsscraper.crawlstate.naming import folder_name
from newsscraper.pipelines.dayfile import DayFile, OutputFailed, Written
from newsscraper.pipelines.manifest import write_manifest
from newsscraper.pipelines.packing import pack_finished

if TYPE_CHECKING:
    from scrapy.statscollectors import StatsCollector

logger = logging.getLogger(__name__)

_SPACING = 0.05
"""Seconds between two flushes at least, so that a fast crawl shares one fsync among many lines."""


class Lines:
    """Appends articles to a site's day file and marks each as delivered when its line is durable.

    Writing and syncing go on in a thread; lines that come meanwhile make the next batch. Where lines cannot be written,
    nothing of the batch stays.

    Args:
        state: of the site.
        root: ``OUTPUT_DIR``.
        stats: counts ``newsscraper/output/lines|bytes|flushes``.
        fail: told once where nothing can be written any more.
        stopped: whether the crawl is being stopped because its state cannot be kept.

    Raises:
        OutputFailed: the site's folder cannot be used.
    """

    def __init__(
        self,
        state: SiteState,
        root: Path,
        *,
        stats: StatsCollector,
        fail: Callable[[OutputFailed], None],
        stopped: Callable[[], bool],
    ) -> None:
        self._state = state
        self._stats = stats
        self._fail = fail
        self._stopped = stopped
        self._waiting: list[tuple[Article, bytes, asyncio.Future[bool]]] = []
        self._flushing: asyncio.Task[None] | None = None
        self.broken = False
        """Nothing is written any more."""
        self._file = DayFile(root / folder_name(state.site), root)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="write")
        self._say_notes()
        self._file.known(state.read_up_to(self._file.name)[1])

    @property
    def busy(self) -> bool:
        """Articles are on their way to disk."""
        return self._flushing is not None

    async def write(self, article: Article) -> bool:
        """Write an article; return, when that is settled, whether its line is on disk and marked."""
        if self.broken:
            return False
        durable: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append((article, to_line(article), durable))
        if self._flushing is None:
            self._flushing = asyncio.create_task(self._flush())
        return await durable

    async def close(self, *, pack: bool) -> None:
        """Write what waits, and the manifest; with ``pack`` finished day files are packed."""
        if self._flushing is not None:
            await self._flushing
        try:
            await asyncio.get_running_loop().run_in_executor(self._thread, self._finish, pack)
        except OSError as error:
            if not self.broken:
                self._break(OutputFailed(self._file.folder, error))
        self._thread.shutdown()

    async def _flush(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting, []
                written = False
                try:
                    written = not self.broken and await self._write([entry[:2] for entry in batch])
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
            self._break(failure)
            return False
        self._say_notes()
        with contextlib.suppress(StateFailed):
            self._state.delivered(
                [article for article, _ in batch], now, day_file=written.name, end=written.end, lines=written.lines
            )
        # Where the state could not be told, the lines are on disk all the same: the next run takes them in.
        self.broken |= self._stopped()
        self._stats.inc_value("newsscraper/output/lines", len(lines))
        self._stats.inc_value("newsscraper/output/bytes", sum(map(len, lines)))
        self._stats.inc_value("newsscraper/output/flushes")
        return True

    def _append(self, lines: list[bytes], now: datetime) -> Written:
        before = self._file.name
        written = self._file.append(lines, now)
        if written.name != before:
            with contextlib.suppress(OSError):  # said at the end, where it still holds
                write_manifest(self._file.folder, self._state.site)
        return written

    def _break(self, failure: OutputFailed) -> None:
        self.broken = True
        self._fail(failure)

    def _say_notes(self) -> None:
        while self._file.notes:
            logger.warning(self._file.notes.pop(0))

    def _finish(self, pack: bool) -> None:
        growing = self._file.name
        self._file.close()
        if self.broken or not self._file.folder.is_dir():
            return
        if growing and pack:
            pack_finished(self._file.folder, growing)
        write_manifest(self._file.folder, self._state.site)
