"""A fleet on one machine, from its table to its exit code: reactor, signals, ledger, rounds."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from newsscraper.exits import Exit
from newsscraper.fleet.books import Books
from newsscraper.fleet.fleet import Fleet
from newsscraper.fleet.ledger import Ledger
from newsscraper.fleet.reactor import run_in_reactor
from newsscraper.fleet.table import Table
from newsscraper.fleet.view import View
from newsscraper.fleet.watchdog import Watchdog

if TYPE_CHECKING:
    from scrapy.settings import Settings

    from newsscraper.store import Place

logger = logging.getLogger(__name__)


class Service:
    """Runs a fleet on this machine until told to stop, or once.

    Args:
        settings: of the project, with what the command line says.
        table: its sites; read again at SIGHUP.
        place: the store; ``None``: what is delivered stays in ``OUTPUT_DIR``.
        once: run what is due, then end.
        grace: seconds that crawls have to end in at SIGTERM.
    """

    def __init__(
        self,
        settings: Settings,
        table: Table,
        *,
        place: Place | None = None,
        once: bool = False,
        grace: float,
    ) -> None:
        self._settings = settings
        self._table = table
        self._place = place
        self._once = once
        self._grace = grace
        self._output = Path(settings["OUTPUT_DIR"]).absolute()
        self._fleet: Fleet
        self._stop_asked = asyncio.Event()
        self._code = Exit.NOTHING

    def run(self) -> Exit:
        """Run the fleet and return the exit code.

        Raises:
            OSError: ``OUTPUT_DIR`` cannot be used.
        """
        ledger = Ledger(self._output / ".state")
        try:
            run_in_reactor(self._settings, lambda: self._work(ledger))
        finally:
            ledger.close()
        return self._code

    async def _work(self, ledger: Ledger) -> None:
        from newsscraper.fleet.workshop import Workshop  # what a crawl needs is loaded once there is a reactor

        sites = self._table.sites
        workshop = Workshop(self._settings, self._place)
        view = View.by(self._settings)
        books = Books(self._table.path, len(sites), ledger, self._output, rounds=not self._once)
        self._fleet = fleet = Fleet(
            workshop,
            [books, view],
            at_once=self._settings.getint("FLEET_SITES_AT_ONCE"),
            turn=self._settings.getfloat("FLEET_TURN"),
            once=self._once,
        )
        books.pasts = fleet.pasts
        names = [site.name for site in sites]
        ledger.none_runs(names)
        fleet.take(sites, ledger.pasts(names))
        self._listen(ledger)
        watchdog = Watchdog(self._settings.getfloat("FLEET_HANG_LIMIT"))
        watchdog.start()
        view.show(fleet)
        gc.freeze()  # what has been loaded stays, and need not be walked again and again
        left: list[str] = []
        work = asyncio.create_task(fleet.work())
        stopped = asyncio.create_task(self._stop_asked.wait())
        try:
            await asyncio.wait([work, stopped], return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                left = await fleet.stop(self._grace)
            await work
        finally:
            stopped.cancel()
            watchdog.stop()
            view.close()
        cut = self._stop_asked.is_set() and (self._once or books.cut)
        self._code = books.close_round(cut=cut, last=True)
        if left:
            self._end_by_force(left, ledger)
        await workshop.close()

    def _end_by_force(self, left: list[str], ledger: Ledger) -> None:
        some = ", ".join(left[:5]) + (f" and {len(left) - 5} more" if len(left) > 5 else "")
        print(
            f"scrapy fleet: {len(left)} crawls did not end within {self._grace:g} s and are cut off: {some}. "
            "Nothing is lost: they go on from what was written",
            file=sys.stderr,
            flush=True,
        )
        ledger.close()
        os._exit(int(Exit.PARTIAL))  # whatever they wait for would be waited for at an ordinary end, too

    # --- signals ---

    def _listen(self, ledger: Ledger) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._asked_to_stop, ledger)
        loop.add_signal_handler(signal.SIGHUP, self._read_again, ledger)

    def _asked_to_stop(self, ledger: Ledger) -> None:
        if self._stop_asked.is_set():
            self._grace = 0.0
            self._end_by_force(self._fleet.running, ledger)
        logger.info("told to stop: %d crawls end within %g s", len(self._fleet.running), self._grace)
        self._stop_asked.set()

    def _read_again(self, ledger: Ledger) -> None:
        if self._table.read_again():
            sites = self._table.sites
            self._fleet.take(sites, ledger.pasts(site.name for site in sites))
