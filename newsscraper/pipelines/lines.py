"""One site's articles to disk, in batches; the state is told when their lines are durable, never before."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from newsscraper.archives.writing import FOLDER, WarcFolder
from newsscraper.article import Article, Source
from newsscraper.cleaning import to_line
from newsscraper.crawlstate import SiteState, StateFailed
from newsscraper.crawlstate.dayfiles import read_lines
from newsscraper.crawlstate.naming import folder_name
from newsscraper.pipelines.dayfile import DayFile, OutputFailed, Written
from newsscraper.pipelines.manifest import write_manifest
from newsscraper.pipelines.packing import pack_finished

if TYPE_CHECKING:
    from scrapy.statscollectors import StatsCollector

    from newsscraper.archives.kept import Story
    from newsscraper.middlewares.keeping import KeepingMiddleware

logger = logging.getLogger(__name__)

_SPACING = 0.05
"""Seconds between two flushes at least, so that a fast crawl shares one fsync among many lines."""


@dataclass(slots=True)
class _Entry:
    """An article on its way to disk."""

    article: Article
    line: bytes
    story: Story | None
    durable: asyncio.Future[bool]


class Lines:
    """Appends articles to a site's day file and marks each as delivered when its line is durable.

    Writing and syncing go on in a thread; lines that come meanwhile make the next batch. Where lines cannot be written,
    nothing of the batch stays. What an article was fetched from goes to the site's WARC file before its line, so that a
    line never names a record that is not on disk.

    Args:
        state: of the site.
        root: ``OUTPUT_DIR``.
        stats: counts ``newsscraper/output/lines|bytes|flushes``.
        fail: told once where nothing can be written any more.
        stopped: whether the crawl is being stopped because its state cannot be kept.
        keeper: has what articles were fetched from, where that is to be kept.

    Raises:
        OutputFailed: the site's folder cannot be used.
    """

    def __init__(  # noqa: PLR0913
        self,
        state: SiteState,
        root: Path,
        *,
        stats: StatsCollector,
        fail: Callable[[OutputFailed], None],
        stopped: Callable[[], bool],
        keeper: KeepingMiddleware | None = None,
    ) -> None:
        self._state = state
        self._stats = stats
        self._fail = fail
        self._stopped = stopped
        self._keeper = keeper
        self._waiting: list[_Entry] = []
        self._flushing: asyncio.Task[None] | None = None
        self.broken = False
        """Nothing is written any more."""
        self._file = DayFile(root / folder_name(state.site), root)
        self._warc = WarcFolder(self._file.folder / FOLDER)
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
        story = self._keeper.take(article) if self._keeper is not None else None
        self._waiting.append(_Entry(article, to_line(article), story, durable))
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
                self._break(error if isinstance(error, OutputFailed) else OutputFailed(self._file.folder, error))
        self._say_notes()
        self._thread.shutdown()

    async def _flush(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting, []
                written = False
                try:
                    written = not self.broken and await self._write(batch)
                finally:
                    for entry in batch:
                        if not entry.durable.done():
                            entry.durable.set_result(written)
                await asyncio.sleep(_SPACING)
        finally:
            self._flushing = None

    async def _write(self, batch: list[_Entry]) -> bool:
        """Write and mark; return whether the lines are on disk."""
        now = datetime.now(UTC)
        try:
            written = await asyncio.get_running_loop().run_in_executor(self._thread, self._append, batch, now)
        except OutputFailed as failure:
            self._break(failure)
            return False
        self._say_notes()
        with contextlib.suppress(StateFailed):
            self._state.delivered(
                [entry.article for entry in batch], now, day_file=written.name, end=written.end, lines=written.lines
            )
        # Where the state could not be told, the lines are on disk all the same: the next run takes them in.
        self.broken |= self._stopped()
        self._stats.inc_value("newsscraper/output/lines", len(batch))
        self._stats.inc_value("newsscraper/output/bytes", sum(len(entry.line) for entry in batch))
        self._stats.inc_value("newsscraper/output/flushes")
        return True

    def _append(self, batch: list[_Entry], now: datetime) -> Written:
        before = self._file.name
        archived = self._archive([entry for entry in batch if entry.story is not None], now)
        try:
            written = self._file.append([entry.line for entry in batch], now)
        except OutputFailed:
            if archived:
                with contextlib.suppress(OSError):  # the next start does it
                    self._warc.take_back()
            raise
        if written.name != before:
            with contextlib.suppress(OSError):  # said at the end, where it still holds
                write_manifest(self._file.folder, self._state.site)
        return written

    def _archive(self, batch: list[_Entry], now: datetime) -> bool:
        """Write what articles were fetched from, and what is unchanged; name the place in their lines.

        Raises:
            OutputFailed: nothing of it is in the file.
        """
        revisits = self._keeper.revisits if self._keeper is not None else []
        if not batch and not revisits:
            return False
        articles = [(entry.story, entry.article) for entry in batch if entry.story is not None]
        day = self._file.name_at(now)
        count = len(revisits)  # more may come meanwhile
        try:
            sources = self._warc.append(
                day.removesuffix(".jsonl"), articles, revisits[:count], _sources(self._file.folder / day)
            )
        except OSError as error:
            raise OutputFailed(self._warc.folder, error) from error
        del revisits[:count]
        for entry, source in zip(batch, sources, strict=True):
            entry.article.source = source
            entry.line = to_line(entry.article)
        return True

    def _break(self, failure: OutputFailed) -> None:
        self.broken = True
        self._fail(failure)

    def _say_notes(self) -> None:
        for notes in (self._warc.notes, self._file.notes):
            while notes:
                logger.warning(notes.pop(0))

    def _finish(self, pack: bool) -> None:
        growing = self._file.name
        self._file.close()
        try:
            if self.broken or not self._file.folder.is_dir():
                return
            if growing and pack:
                pack_finished(self._file.folder, growing)
            write_manifest(self._file.folder, self._state.site)
            self._archive([], datetime.now(UTC))
        finally:
            self._warc.close()


@dataclass(slots=True)
class _Line:
    """What is asked of a delivered line; the rest is passed over."""

    source: Source | None = None


def _sources(path: Path) -> Iterator[Source]:
    """Yield where the lines of a day say that their bytes are, oldest first."""
    decoder = msgspec.json.Decoder(_Line)
    for line, _ in read_lines(path) if path.exists() else ():
        with contextlib.suppress(msgspec.DecodeError):
            if (source := decoder.decode(line).source) is not None:
                yield source
