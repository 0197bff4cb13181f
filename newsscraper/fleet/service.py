"""A fleet on one machine, from its table to its exit code: reactor, signals, ledger, rounds."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy.utils.reactor import install_reactor

from newsscraper.extensions.summary import Exit
from newsscraper.fleet.fleet import Fleet
from newsscraper.fleet.ledger import Ledger
from newsscraper.fleet.past import Past
from newsscraper.fleet.rounds import Round
from newsscraper.fleet.siterun import Ended
from newsscraper.fleet.view import View
from newsscraper.fleet.watchdog import Watchdog
from newsscraper.sites.site import Site
from newsscraper.sites.table import TableError

if TYPE_CHECKING:
    from scrapy.settings import Settings

    from newsscraper.store import Place

logger = logging.getLogger(__name__)

_ROUND = 3600.0
"""Seconds that a service's round takes."""

ReadTable = Callable[[], list[Site]]


class Service:
    """Runs a fleet on this machine until told to stop, or once.

    Args:
        settings: of the project, with what the command line says.
        table: the file of sites, for messages.
        read_table: reads it; asked again at SIGHUP.
        place: the store; ``None``: what is delivered stays in ``OUTPUT_DIR``.
        once: run what is due, then end.
        grace: seconds that crawls have to end in at SIGTERM.
    """

    def __init__(  # noqa: PLR0913
        self,
        settings: Settings,
        table: str,
        read_table: ReadTable,
        *,
        place: Place | None = None,
        once: bool = False,
        grace: float,
    ) -> None:
        self._settings = settings
        self._table = table
        self._read_table = read_table
        self._place = place
        self._once = once
        self._grace = grace
        self._output = Path(settings["OUTPUT_DIR"]).absolute()
        self._fleet: Fleet
        self._stop_asked = asyncio.Event()
        self._code = Exit.NOTHING

    def run(self, sites: list[Site]) -> Exit:
        """Run the fleet and return the exit code.

        Raises:
            OSError: ``OUTPUT_DIR`` cannot be used.
        """
        ledger = Ledger(self._output / ".state")
        try:
            run_in_reactor(self._settings, lambda: self._work(sites, ledger))
        finally:
            ledger.close()
        return self._code

    async def _work(self, sites: list[Site], ledger: Ledger) -> None:
        from newsscraper.fleet.workshop import Workshop  # what a crawl needs is loaded once there is a reactor

        workshop = Workshop(self._settings, self._place)
        view = View(self._settings.getfloat("LOGSTATS_INTERVAL") if self._settings.getbool("PROGRESS_ENABLED") else 0.0)
        books = _Books(self._table, len(sites), ledger, self._output, rounds=not self._once)
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
        try:
            sites = self._read_table()
        except TableError as error:
            for mistake in error.mistakes:
                logger.error("%s", mistake)
            logger.error("%s was not read again: the fleet goes on with what it was", self._table)
            return
        self._fleet.take(sites, ledger.pasts(site.name for site in sites))
        logger.info("%s was read again: %d sites", self._table, len(sites))


class _Books:
    """Keeps the ledger and the rounds."""

    def __init__(self, table: str, sites: int, ledger: Ledger, output: Path, *, rounds: bool) -> None:
        self.pasts: dict[str, Past] = {}
        self.cut = False
        """A run was told to stop before it was done."""
        self._table = table
        self._sites = sites
        self._ledger = ledger
        self._output = output
        self._rounds = rounds
        self._round = Round(table, datetime.now(UTC), sites)

    def began(self, site: str, now: float) -> None:
        """Note that a run has begun."""
        due = self.pasts[site].due
        if due:
            self._round.lateness.append(now - due)
        self._ledger.runs(site, now)

    def ended(self, past: Past, ended: Ended) -> None:
        """Note how a run ended."""
        was_broken = past.site in self._round.lines and bool(self._round.lines[past.site].broken_since)
        self._round.add(past, ended)
        self._ledger.keep(past)
        self.cut |= bool(ended.run) and ended.run.finish_reason == "shutdown" if ended.run else False
        if past.is_broken(past.finished) and not was_broken:
            logger.warning("%s has been broken for a week and is looked at once a day: %s", past.site, past.outcome)
        elif ended.exit_code not in (Exit.FINE, Exit.PARTIAL):
            logger.warning("%s: %s", past.site, ended.outcome)
        if self._rounds and time.time() - self._round.started.timestamp() >= _ROUND:
            self.close_round(cut=False)

    def close_round(self, *, cut: bool, last: bool = False) -> Exit:
        """Write the round's file, say it, and begin another; return its exit code."""
        done, now = self._round, datetime.now(UTC)
        self._round = Round(self._table, now, self._sites)
        try:
            done.write(self._output, cut=cut, now=now)
        except OSError as error:
            logger.error("The round's summary could not be written: %s", error)
        if last:
            print(done.text(cut=cut, now=now), file=sys.stderr, flush=True)
        else:
            logger.info("%s", done.text(cut=cut, now=now))
        return done.exit_code(cut=cut)


def run_in_reactor(settings: Settings, work: Callable[[], asyncio.Future[None] | object]) -> None:
    """Start Twisted's reactor on asyncio, run a coroutine in it to its end, and stop it.

    Raises:
        BaseException: what the coroutine raises.
    """
    install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor", settings["ASYNCIO_EVENT_LOOP"])
    from twisted.internet import reactor as installed

    from newsscraper.fleet.names import CachingNames

    reactor: Any = installed
    raise_file_limit()
    reactor.installNameResolver(CachingNames(reactor.nameResolver))
    reactor.suggestThreadPoolSize(settings.getint("REACTOR_THREADPOOL_MAXSIZE"))
    failed: list[BaseException] = []

    async def to_the_end() -> None:
        try:
            await work()  # type: ignore[misc]
        except BaseException as error:
            failed.append(error)
        finally:
            reactor.callLater(0, reactor.stop)

    tasks: list[asyncio.Task[None]] = []
    reactor.callWhenRunning(lambda: tasks.append(asyncio.ensure_future(to_the_end())))
    reactor.run(installSignalHandlers=False)
    if failed:
        raise failed[0]


def raise_file_limit() -> None:
    """Let this process open as many files as it may be let: each site that runs has some ten open."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
