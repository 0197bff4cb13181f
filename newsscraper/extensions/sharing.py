"""What many crawls of one process have in common: one pool of workers, and one voice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsscraper.workers import WorkerPool

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings


@dataclass(frozen=True, slots=True)
class Sharing:
    """Hung on a crawler by whoever runs many (``crawler.sharing``); a crawl by itself has none.

    Attributes:
        pool: reads the pages of all these crawls. Whoever made it closes it.
    """

    pool: WorkerPool


def sharing_of(crawler: Crawler) -> Sharing | None:
    """Return what a crawler shares with others; ``None`` where it is by itself."""
    return getattr(crawler, "sharing", None)


def make_pool(settings: BaseSettings) -> WorkerPool:
    """Make the pool that the settings ask for. No process starts before a page is expected."""
    size = settings["EXTRACTION_WORKERS"]
    return WorkerPool(
        None if size is None else int(size),
        time_limit=settings.getfloat("EXTRACTION_TIME_LIMIT"),
        memory_limit=settings.getint("EXTRACTION_MEMORY_LIMIT"),
    )
