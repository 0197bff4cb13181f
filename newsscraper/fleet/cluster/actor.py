"""The actor: a fleet process on some machine of the cluster. Ray makes it, restarts it and takes its calls."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import threading
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from scrapy.settings import Settings

from newsscraper.fleet.cluster.events import Report, Told
from newsscraper.fleet.past import Past
from newsscraper.sites.site import Site

_PATIENCE = 2.0
"""Seconds that a question for news waits for some."""
_START = 60.0


class FleetActor:
    """Runs the sites that it is assigned. Its reactor has a thread of its own; Ray calls the methods in others.

    Args:
        given: settings, as `newsscraper.fleet.cluster.settings.to_send` made them.
        store: address of the store.
        once: run each assigned site once.

    Raises:
        RuntimeError: it cannot work on this machine; the message says why.
    """

    def __init__(self, given: dict[str, Any], store: str, once: bool) -> None:
        from newsscraper.checks import unwritable
        from newsscraper.fleet.cluster.settings import received
        from newsscraper.fleet.disk import network_file_system
        from newsscraper.fleet.logs import set_up_logs
        from newsscraper.store import StoreUnusable, open_store

        self._settings: Settings = received(given)
        set_up_logs(self._settings)
        output = Path(self._settings["OUTPUT_DIR"])
        if kind := network_file_system(output):
            raise RuntimeError(f"{output} lies on a network file system ({kind}) there, where crawl state breaks")
        if why := unwritable(output):
            raise RuntimeError(why)
        try:
            self._place = open_store(store)
        except StoreUnusable as error:
            raise RuntimeError(str(error)) from error
        self._once = once
        self._incarnation = uuid.uuid4().hex
        self._told = Told()
        self._fleet: Any = None
        self._loop: asyncio.AbstractEventLoop
        self._work: asyncio.Task[None] | None = None
        self._ready, self._over = threading.Event(), asyncio.Event()
        threading.Thread(target=self._run_reactor, name="reactor", daemon=True).start()
        if not self._ready.wait(_START):
            raise RuntimeError("its reactor does not start")

    # --- what the driver calls ---

    def assign(self, sites: Sequence[Site], pasts: Sequence[Past]) -> str:
        """Have these sites and no others from now on; return the actor's incarnation."""
        self._call(lambda: self._take(sites, {past.site: past for past in pasts}))
        return self._incarnation

    def report(self, after: int) -> Report:
        """Return what happened after an event; waits a little for something to happen."""
        events = self._told.after(after, _PATIENCE)
        return Report(self._incarnation, events, self._fleet.waiting, self._call(lambda: self._fleet.next_due))

    def stop(self, grace: float) -> list[str]:
        """End all runs within ``grace`` seconds; return the sites whose runs did not end."""
        left: list[str] = asyncio.run_coroutine_threadsafe(self._fleet.stop(grace), self._loop).result(grace + 10)
        return left

    def pid(self) -> int:
        """Return the id of the actor's process."""
        return os.getpid()

    # --- in the reactor's thread ---

    def _call(self, what: Any) -> Any:
        async def call() -> Any:
            return what()

        return asyncio.run_coroutine_threadsafe(call(), self._loop).result(_START)

    def _run_reactor(self) -> None:
        from newsscraper.fleet.reactor import run_in_reactor

        try:
            run_in_reactor(self._settings, self._serve)
        finally:
            os._exit(1)  # without its reactor the actor is of no use; Ray makes another

    async def _serve(self) -> None:
        from newsscraper.fleet.fleet import Fleet
        from newsscraper.fleet.watchdog import Watchdog
        from newsscraper.fleet.workshop import Workshop

        self._loop = asyncio.get_running_loop()
        self._fleet = Fleet(
            Workshop(self._settings, self._place),
            [self._told],
            at_once=self._settings.getint("FLEET_SITES_AT_ONCE"),
            turn=self._settings.getfloat("FLEET_TURN"),
            once=self._once,
        )
        Watchdog(self._settings.getfloat("FLEET_HANG_LIMIT")).start()
        gc.freeze()
        self._ready.set()
        await self._over.wait()

    def _take(self, sites: Sequence[Site], pasts: dict[str, Past]) -> None:
        self._fleet.take(sites, pasts)
        if self._work is None or self._work.done():
            with contextlib.suppress(asyncio.InvalidStateError):
                if self._work is not None and (error := self._work.exception()):
                    raise error
            self._work = asyncio.create_task(self._fleet.work())
