"""Processes that run extraction beside the crawl: a page that loops or eats memory takes down one of them."""

from newsscraper.workers.failure import PageSetAside as PageSetAside
from newsscraper.workers.failure import WorkersBroken as WorkersBroken
from newsscraper.workers.pool import WorkerPool as WorkerPool
