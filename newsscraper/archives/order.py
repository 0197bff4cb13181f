"""What a run is asked for, and what all archives of a run share in one process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from newsscraper import __version__
from newsscraper.archives import ArchiveFailed
from newsscraper.archives.found import Wanted
from newsscraper.extraction.page import SiteHints
from newsscraper.store import Place, StoreUnusable, open_store
from newsscraper.workers import WorkerPool


@dataclass(slots=True)
class Work:
    """What all archives of a run share.

    Attributes:
        pool: reads pages.
        place: where outputs go.
        wanted: which pages are read.
        options: what was asked for, as it is kept with each output.
        hints: what spiders declare of their sites, by site.
        limit: articles that may still be written; ``None``: as many as there are.
        afresh: archives that were read before are read again.
    """

    pool: WorkerPool
    place: Place
    wanted: Wanted
    options: dict[str, Any]
    hints: dict[str, SiteHints]
    limit: int | None = None
    afresh: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """What a run is asked for: plain values, so that it can be sent to other machines.

    Attributes:
        to: folder or store for the outputs.
        workers: processes that read pages; ``None``: one per core, on a cluster one a task.
        time_limit: seconds that a page may take.
        memory_limit: MiB that a process may have.
        version: of newsscraper, which is to be the same everywhere.

    The other attributes are those of `Work`.
    """

    to: str
    wanted: Wanted
    options: dict[str, Any]
    hints: dict[str, SiteHints]
    limit: int | None
    workers: int | None
    time_limit: float
    memory_limit: int
    version: str = __version__
    afresh: bool = False

    def work(self) -> Work:
        """Return what is needed to carry it out here.

        Raises:
            ArchiveFailed: there is no such place.
        """
        try:
            place = open_store(self.to)
        except StoreUnusable as error:
            raise ArchiveFailed(str(error)) from error
        pool = WorkerPool(self.workers, time_limit=self.time_limit, memory_limit=self.memory_limit)
        return Work(pool, place, self.wanted, self.options, self.hints, self.limit, self.afresh)
