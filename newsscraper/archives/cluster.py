"""All archives of a run on a Ray cluster: a task an archive."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from typing import Any

from newsscraper import __version__
from newsscraper.archives import ArchiveFailed
from newsscraper.archives.order import Order
from newsscraper.archives.output import NOTE, Counts
from newsscraper.archives.places import Archive
from newsscraper.archives.reading import read_archive
from newsscraper.archives.running import Told
from newsscraper.store import StoreFailed, open_store
from newsscraper.workers import WorkersBroken

_RETRIES = 20
"""Times that a task is begun again because its process or its machine died."""
_AT_ONCE = 1000
"""Tasks that Ray is given at a time."""


def read_on_cluster(ray: Any, archives: Iterable[Archive], order: Order, told: Told) -> None:
    """Read archives, each in a task of its own, on any machine of the cluster; they are told of as they are done.

    Args:
        ray: the module, connected: `newsscraper.raycluster.connect`.
        archives: those at a path are read at the same path on the machine that has the task.
        order: its place is a store, or a folder that all machines have.
        told: as in `newsscraper.archives.running`.

    Raises:
        ArchiveFailed: no machine of the cluster is large enough for a task.
    """
    from ray.exceptions import RayError

    workers = 1 if order.workers is None else order.workers
    order = replace(order, workers=workers)
    needed = max(1, workers)
    most = max((node["Resources"].get("CPU", 0) for node in ray.nodes() if node["Alive"]), default=0)
    if 0 < most < needed:  # none at all: they may be started when there is work
        raise ArchiveFailed(f"--workers {needed} is more than any machine of the cluster has processors: {most:g}")
    task = ray.remote(num_cpus=needed, max_retries=_RETRIES)(read_one)
    place = open_store(order.to)
    archives = iter(archives)
    waiting: dict[Any, Archive] = {}
    while True:
        for archive in islice(archives, _AT_ONCE - len(waiting)):
            waiting[task.remote(archive, order)] = archive
        if not waiting:
            return
        (ready, *_), _ = ray.wait(list(waiting))
        archive = waiting.pop(ready)
        try:
            outcome: Counts | str | None = ray.get(ready)
            if not isinstance(outcome, str) and place.size(f"{archive.name}{NOTE}") is None:
                outcome = f"it was read on another machine, whose {order.to} is not this one's; choose a shared folder"
        except (RayError, StoreFailed) as error:
            outcome = _words(error)
        told(archive, outcome)


def read_one(archive: Archive, order: Order) -> Counts | str | None:
    """Read one archive on the machine that has the task; return what became of it, or why it cannot be read."""
    if order.version != __version__:
        return f"a machine of the cluster has newsscraper {__version__}, and this one {order.version}"

    async def read() -> Counts | None:
        work = order.work()
        try:
            return await read_archive(archive, work)
        finally:
            await work.pool.close()

    try:
        return asyncio.run(read())
    except ArchiveFailed as error:
        return str(error)
    except WorkersBroken as error:
        return f"no page can be read: {error}"


def _words(error: Exception) -> str:
    """Return the last line that tells something: Ray's errors carry traces of other machines."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[-1][:300] if lines else type(error).__name__
