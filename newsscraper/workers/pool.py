"""The pool: pages in, readings out, as many at a time as there are workers."""

from __future__ import annotations

import asyncio
import os
import signal

from newsscraper.extraction.page import ExtractionError, Page, Reading
from newsscraper.workers.answering import answer, load_reader
from newsscraper.workers.failure import PageSetAside, WorkersBroken
from newsscraper.workers.process import WorkerDied, WorkerProcess
from newsscraper.workers.wire import Broken, Done, Hello, Refused, pack_page

DEFAULT_READER = "newsscraper.extraction.reading:read_page"
_TRIES = 2
_FAILED_STARTS = 3
# SIGKILL comes from outside (an operator, a machine out of memory) and says little of the page that was being read.
_TRIES_WHEN_KILLED = 5
_FAILED_STARTS_WHEN_KILLED = 20


class WorkerPool:
    """Reads pages in processes of its own.

    Processes start when there is work for them, are replaced when a page takes them down, and end with the crawl,
    however that ends. A call to `read` waits while all of them are busy: whoever reads many pages is held back by that.

    Readings come back in the order in which pages are done. Nothing needs more: a crawl reads one address once a run,
    and which of two versions of an article is the newer is told by `Page.fetched_at`.

    Args:
        size: processes; ``None``: as many as cores; 0: read in this process, where no limit can be enforced.
        time_limit: seconds that one page may take.
        memory_limit: MiB of private memory that one process may have; 0: no limit.
        reader: import path of the function that reads a page.

    >>> async def titles(*pages):
    ...     pool = WorkerPool(0, time_limit=20, memory_limit=512)
    ...     return [(await pool.read(page)).article.title for page in pages]
    """

    def __init__(self, size: int | None, *, time_limit: float, memory_limit: int, reader: str = DEFAULT_READER) -> None:
        self.size = _cores() if size is None else size
        self.started = 0
        """Processes started so far."""
        self.lost = 0
        """Processes that ended other than by being asked to."""
        self.retired = 0
        """Processes replaced because they had grown."""
        self.seconds = 0.0
        """Processor time spent on pages, in processes."""
        self._hello = Hello(reader, os.getpid(), time_limit, memory_limit)
        self._idle: list[WorkerProcess] = []
        self._busy: set[WorkerProcess] = set()
        self._free = asyncio.Semaphore(self.size)
        self._failed_starts = 0
        self._closed = False

    async def read(self, page: Page) -> Reading:
        """Read a page.

        Raises:
            ExtractionError: no record can be made of it.
            PageSetAside: it took too long, needed too much memory, or broke what read it.
            WorkersBroken: no process starts.
        """
        if self._closed:
            raise RuntimeError("the pool is closed")
        if self.size:
            try:
                head, body = pack_page(page)
            except UnicodeEncodeError as error:
                raise ExtractionError(f"the page's text or address is not valid Unicode: {error.reason}") from error
            async with self._free:
                reply = await self._read_there(head, body)
        else:
            reply = answer(load_reader(self._hello.reader), page)
        if isinstance(reply, Done):
            self.seconds += reply.seconds
            return reply.reading
        if isinstance(reply, Refused):
            raise ExtractionError(reply.message)
        raise PageSetAside(reply.reason, reply.detail)

    async def close(self) -> None:
        """End all processes. Pages that are being read are given up."""
        self._closed = True
        await asyncio.gather(*(worker.kill() for worker in self._busy), *(worker.close() for worker in self._idle))
        self._idle.clear()

    @property
    def pids(self) -> list[int]:
        """Ids of the processes that run now."""
        return sorted(worker.pid for worker in (*self._idle, *self._busy))

    async def _read_there(self, head: bytes, body: bytes) -> Done | Refused | Broken:
        tries = 0
        while True:
            worker = self._idle.pop() if self._idle else await self._start()
            self._busy.add(worker)
            tries += 1
            try:
                reply = await worker.ask(head, body, self._hello.time_limit)
            except TimeoutError:
                self.lost += 1
                return Broken("time-limit", f"not read within {self._hello.time_limit:g} s")
            except WorkerDied as death:
                self.lost += 1
                if self._closed:
                    raise
                if tries >= (_TRIES_WHEN_KILLED if death.exit_code == -signal.SIGKILL else _TRIES):
                    return Broken("worker-died", f"{death}, {tries} times")
                continue
            finally:
                self._busy.discard(worker)
            if isinstance(reply, Broken) and reply.reason == "memory-limit":
                # What another page left behind may have been too much: only in a fresh process is it the page's doing.
                self.lost += 1
                await worker.kill()
                if tries < _TRIES:
                    continue
            elif isinstance(reply, Done) and reply.retire:
                self.retired += 1
                await worker.close()
            else:
                self._idle.append(worker)
            return reply

    async def _start(self) -> WorkerProcess:
        while True:
            self.started += 1
            try:
                worker = await WorkerProcess.start(self._hello)
            except (WorkerDied, TimeoutError) as error:
                self._failed_starts += 1
                self.lost += 1
                killed = isinstance(error, WorkerDied) and error.exit_code == -signal.SIGKILL
                if self._failed_starts >= (_FAILED_STARTS_WHEN_KILLED if killed else _FAILED_STARTS):
                    raise WorkersBroken(str(error) or "no answer") from error
            else:
                self._failed_starts = 0
                return worker


def _cores() -> int:
    """Return how many cores this process may use, which in a container are fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
