"""Processes that run extraction beside the crawl: a page that loops or eats memory takes down one of them."""

from typing import TYPE_CHECKING, Any

from newsscraper.workers.failure import PageSetAside as PageSetAside
from newsscraper.workers.failure import WorkersBroken as WorkersBroken

if TYPE_CHECKING:
    from newsscraper.workers.pool import WorkerPool as WorkerPool


def __getattr__(name: str) -> Any:
    # Loaded on first use: a crawl that finds nothing new reads no page.
    if name == "WorkerPool":
        from newsscraper.workers.pool import WorkerPool

        return WorkerPool
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
