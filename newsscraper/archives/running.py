"""All archives of a run, one after another, with one pool of workers."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from newsscraper.archives import ArchiveFailed
from newsscraper.archives.output import Counts
from newsscraper.archives.places import Archive
from newsscraper.archives.reading import Work, read_archive

Told = Callable[[Archive, Counts | str | None], None]
"""Is told what became of an archive: its counts, why it failed, or ``None`` where it was done before."""


async def read_archives(archives: Iterable[Archive], work: Work, told: Told) -> bool:
    """Read archives until all are done or the limit is reached; tell whether all went well.

    Raises:
        WorkersBroken: no page can be read.
    """
    well = True
    try:
        for archive in archives:
            if work.limit is not None and work.limit <= 0:
                break
            try:
                counts = await read_archive(archive, work)
            except ArchiveFailed as error:
                well = False
                told(archive, str(error))
                continue
            well = well and (counts is None or counts.problem is None)
            told(archive, counts)
    finally:
        await work.pool.close()
    return well
