"""The pool: pages in, readings out, as many at a time as there are workers."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable

from newsscraper.extraction.page import ExtractionError, Page, Reading
from newsscraper.workers.answering import answer, load_reader
from newsscraper.workers.failure import PageSetAside, WorkersBroken
from newsscraper.workers.process import Overtaken, WorkerDied, WorkerProcess
from newsscraper.workers.starting import Starter
from newsscraper.workers.wire import Broken, Done, Hello, PackedPage, Refused, pack_page

DEFAULT_READER = "newsscraper.extraction.reading:read_page"
_DEPTH = 2
"""Pages that a worker has: the one it reads, and the next, so that it never waits for the crawl between them."""
_PATIENCE, _PATIENCE_PAGES = 1.0, 20
"""Seconds that a page waits behind another one before it is given to another worker, and that in pages as they are."""
_TRIES = 2
_FAILED_STARTS = 3
# SIGKILL comes from outside (an operator, a machine out of memory) and says little of the page that was being read.
_TRIES_WHEN_KILLED = 5
_FAILED_STARTS_WHEN_KILLED = 20


class WorkerPool:
    """Reads pages in processes of its own.

    Processes start when there is work for them or with `warm_up`, are replaced when a page takes them down, and end
    with the crawl, however that ends. A call to `read` waits while all of them are busy: whoever reads many pages is
    held back by that.

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
        self._reader = reader
        self._hello = Hello(time_limit, memory_limit)
        self._starter = Starter(reader)
        self._spawned: list[WorkerProcess] = []  # they load their libraries; nobody waits for them yet
        self._starting = 0
        self._pages = 0
        self._workers: list[WorkerProcess] = []  # those that take pages
        self._alive: set[WorkerProcess] = set()  # all that were connected and have not ended
        self._places = asyncio.Semaphore(self.size * _DEPTH)
        self._waiting = 0
        self._change = asyncio.Event()
        self._failed_starts = 0
        self._closed = False

    async def read(self, page: Page, *, spent: Callable[[float], None] | None = None) -> Reading:
        """Read a page.

        Args:
            page: as fetched.
            spent: told how many seconds of processor time it took.

        Raises:
            ExtractionError: no record can be made of it.
            PageSetAside: it took too long, needed too much memory, or broke what read it.
            WorkersBroken: no process starts.
        """
        if self._closed:
            raise RuntimeError("the pool is closed")
        if self.size:
            try:
                packed = pack_page(page)
            except UnicodeEncodeError as error:
                raise ExtractionError(f"the page's text or address is not valid Unicode: {error.reason}") from error
            self._waiting += 1
            try:
                await self._places.acquire()
            finally:
                self._waiting -= 1
            try:
                reply = await self._read_there(packed)
            finally:
                self._places.release()
        else:
            reply = answer(load_reader(self._reader), page)
        if isinstance(reply, Done):
            self.seconds += reply.seconds
            if spent is not None:
                spent(reply.seconds)
            self._pages += 1
            return reply.reading
        if isinstance(reply, Refused):
            raise ExtractionError(reply.message)
        raise PageSetAside(reply.reason, reply.detail)

    def warm_up(self, wanted: int) -> None:
        """Start processes until there are ``wanted``, or as many as there may be; they will have work when ready."""
        while len(self._spawned) + len(self._workers) + self._starting < min(wanted, self.size):
            try:
                self._spawned.append(self._spawn())
            except WorkersBroken:  # the first page says so
                return

    async def close(self) -> None:
        """End all processes. Pages that are being read are given up."""
        self._closed = True
        await asyncio.gather(*(worker.close() for worker in self._alive), *(w.kill() for w in self._spawned))
        self._alive.clear()
        self._workers.clear()
        self._spawned.clear()
        await self._starter.close()

    @property
    def busy(self) -> bool:
        """Whether more pages wait for a process than there are: whoever brings more makes all of them wait."""
        return self._waiting > self.size

    @property
    def pids(self) -> list[int]:
        """Ids of the processes that run now."""
        return sorted(worker.pid for worker in self._alive)

    async def _read_there(self, page: PackedPage) -> Done | Refused | Broken:
        tries = 0
        while True:
            worker = await self._worker()
            try:
                reply = await worker.ask(page, self._hello.time_limit, self._patience())
            except Overtaken:
                continue
            except TimeoutError:
                self._lose(worker)
                return Broken("time-limit", f"not read within {self._hello.time_limit:g} s")
            except WorkerDied as death:
                if self._closed:
                    raise
                self._lose(worker)
                tries += death.begun
                if tries >= (_TRIES_WHEN_KILLED if death.exit_code == -signal.SIGKILL else _TRIES):
                    return Broken("worker-died", f"{death}, {tries} times")
                continue
            except BaseException:  # the crawl wants no answer any more
                if worker.is_gone:
                    self._lose(worker)
                raise
            finally:
                self._change.set()
            tries += 1
            await self._look_after(worker, reply)
            if isinstance(reply, Broken) and reply.reason == "memory-limit" and tries < _TRIES:
                continue
            return reply

    async def _look_after(self, worker: WorkerProcess, reply: Done | Refused | Broken) -> None:
        """Replace a worker that has grown or run out of memory; pages that wait in it are none the worse for it."""
        if isinstance(reply, Broken) and reply.reason == "memory-limit":
            # What another page left behind may have been too much: only in a fresh process is it the page's doing.
            self._lose(worker)
            await worker.kill()
            return
        if isinstance(reply, Done) and reply.retire and worker in self._workers:
            self.retired += 1
            self._workers.remove(worker)
        if worker in self._alive and worker not in self._workers and not worker.load:
            self._alive.discard(worker)
            await worker.close()

    def _patience(self) -> float | None:
        """Return how long a page may wait behind another: that one is an exception if it takes so much longer."""
        return max(_PATIENCE, _PATIENCE_PAGES * self.seconds / (self._pages or 1)) if self.size > 1 else None

    def _lose(self, worker: WorkerProcess) -> None:
        if worker in self._alive:
            self.lost += 1
            self._alive.discard(worker)
        if worker in self._workers:
            self._workers.remove(worker)

    async def _worker(self) -> WorkerProcess:
        """Return the worker that is free, or will be first; start one where there are fewer than there may be."""
        while True:
            worker = min(self._workers, key=_load, default=None)
            if worker is None or worker.load:
                if len(self._workers) + self._starting < self.size:
                    return await self._start()
                if worker is None or worker.load >= _DEPTH:
                    self._change.clear()
                    await self._change.wait()
                    continue
            return worker

    async def _start(self) -> WorkerProcess:
        self._starting += 1
        try:
            while True:
                worker = self._spawned.pop() if self._spawned else self._spawn()
                self._alive.add(worker)
                try:
                    await worker.connect()
                except WorkersBroken:
                    self._lose(worker)
                    raise
                except (WorkerDied, TimeoutError) as error:
                    self._failed_starts += 1
                    self._lose(worker)
                    killed = isinstance(error, WorkerDied) and error.exit_code == -signal.SIGKILL
                    if self._failed_starts >= (_FAILED_STARTS_WHEN_KILLED if killed else _FAILED_STARTS):
                        raise WorkersBroken(str(error) or "no answer") from error
                else:
                    self._failed_starts = 0
                    self._workers.append(worker)
                    return worker
        finally:
            self._starting -= 1
            self._change.set()

    def _spawn(self) -> WorkerProcess:
        worker = WorkerProcess(*self._starter.start(), self._hello)
        self.started += 1
        return worker


def _load(worker: WorkerProcess) -> int:
    return worker.load


def _cores() -> int:
    """Return how many cores this process may use, which in a container are fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
