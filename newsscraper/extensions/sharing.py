"""What many crawls of one process have in common: one pool of workers, and one voice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings

    from newsscraper.workers import WorkerPool


@dataclass(frozen=True, slots=True)
class Sharing:
    """Hung on a crawler by a fleet (``crawler.sharing``); other crawls have none.

    Attributes:
        pool: reads the pages of all these crawls. Whoever made it closes it.
    """

    pool: WorkerPool


def sharing_of(crawler: Crawler) -> Sharing | None:
    """Return what a crawler shares with others of its fleet; ``None`` where it is in none."""
    return getattr(crawler, "sharing", None)


_Terms = tuple[int | None, float, int]
_leased: dict[_Terms, tuple[WorkerPool, int]] = {}
"""Pools that crawls of this process read with now, and how many crawls each."""


def lease_pool(settings: BaseSettings) -> WorkerPool:
    """Return the pool that the settings ask for: the one that other crawls of this process read with, where there is.

    Whoever takes it gives it back with `return_pool`.
    """
    terms = _terms(settings)
    pool, crawls = _leased.get(terms) or (make_pool(settings), 0)
    _leased[terms] = pool, crawls + 1
    return pool


async def return_pool(pool: WorkerPool) -> None:
    """Give a pool back; its workers end with the last crawl that has it."""
    for terms, (leased, crawls) in list(_leased.items()):
        if leased is pool:
            if crawls > 1:
                _leased[terms] = pool, crawls - 1
                return
            del _leased[terms]
    await pool.close()


def make_pool(settings: BaseSettings) -> WorkerPool:
    """Make the pool that the settings ask for. No process starts before a page is expected."""
    from newsscraper.workers import WorkerPool  # of no use to a crawl that finds nothing new

    size, time_limit, memory_limit = _terms(settings)
    return WorkerPool(size, time_limit=time_limit, memory_limit=memory_limit)


def _terms(settings: BaseSettings) -> _Terms:
    size = settings["EXTRACTION_WORKERS"]
    return (
        None if size is None else int(size),
        settings.getfloat("EXTRACTION_TIME_LIMIT"),
        settings.getint("EXTRACTION_MEMORY_LIMIT"),
    )
