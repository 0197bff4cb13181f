"""All archives of a run, one after another, with one pool of workers."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from newsscraper.archives import ArchiveFailed
from newsscraper.archives.order import Order
from newsscraper.archives.output import Counts
from newsscraper.archives.places import Archive
from newsscraper.archives.reading import read_archive

Told = Callable[[Archive, Counts | str | None], None]
"""Is told what became of an archive: its counts, why it failed, or ``None`` where it was done before."""


async def read_archives(archives: Iterable[Archive], order: Order, told: Told) -> None:
    """Read archives until all are done or the limit is reached.

    Raises:
        ArchiveFailed: there is no such place for the output.
        WorkersBroken: no page can be read.
    """
    work = order.work()
    try:
        for archive in archives:
            if work.limit is not None and work.limit <= 0:
                break
            try:
                told(archive, await read_archive(archive, work))
            except ArchiveFailed as error:
                told(archive, str(error))
    finally:
        await work.pool.close()
