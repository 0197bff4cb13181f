"""The driver: deals the sites out to the actors, hears what came of them, and keeps the ledger."""

from __future__ import annotations

import contextlib
import logging
import signal
import time
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from newsscraper.exits import Exit
from newsscraper.fleet.books import Books
from newsscraper.fleet.cluster.events import Event
from newsscraper.fleet.cluster.members import Member, Members
from newsscraper.fleet.cluster.rendezvous import owners
from newsscraper.fleet.cluster.settings import to_send
from newsscraper.fleet.ledger import Ledger
from newsscraper.fleet.past import Past
from newsscraper.fleet.table import Table
from newsscraper.fleet.view import View
from newsscraper.raycluster import ClusterUnusable, connect
from newsscraper.sites.site import Site

if TYPE_CHECKING:
    from scrapy.settings import Settings

logger = logging.getLogger(__name__)

_LOOK = 5.0
"""Seconds between two looks at which nodes are alive."""
_WAIT = 0.5
_STORE_TRIES = 5
_GATHER = 15.0
"""Seconds that the sites wait for the last actors after the first has answered, lest they move at once."""
_SILENT = 60.0
"""Seconds after which an actor that does not answer has no sites: it waits for a processor, or the network is gone."""
_SAY_AGAIN = 60.0


class Driver:
    """Runs a fleet on a Ray cluster until told to stop, or once.

    Args:
        settings: of the project, with what the command line says.
        table: its sites; read again at SIGHUP.
        address: of the cluster; ``auto``.
        store: address of the store.
        once: run what is due, then end.
        grace: seconds that crawls have to end in at SIGTERM.
    """

    def __init__(  # noqa: PLR0913
        self,
        settings: Settings,
        table: Table,
        *,
        address: str,
        store: str,
        once: bool,
        grace: float,
    ) -> None:
        self._settings = settings
        self._table = table
        self._address = address
        self._store = store
        self._once = once
        self._grace = grace
        self._output = Path(settings["OUTPUT_DIR"]).absolute()
        self._sites: dict[str, Site] = {}
        self._pasts: dict[str, Past] = {}
        self._left: dict[str, int] = {}  # with ``once``: what is to be run yet
        self._ran: dict[str, float] = {}
        self._stop_asked = self._read_asked = False
        self._members: Members
        self._ledger: Ledger
        self._first_heard = float("inf")
        self._deal_at = float("inf")
        self._said_at = time.monotonic()

    # --- as the view sees it ---

    @property
    def running(self) -> list[str]:
        """Sites that run now, on any machine."""
        return list(self._ran)

    @property
    def waiting(self) -> int:
        """How many sites are due and wait for a place."""
        return sum(member.waiting for member in self._members.all.values())

    @property
    def next_due(self) -> float | None:
        """When the next site is due."""
        return min((m.next_due for m in self._members.all.values() if m.next_due is not None), default=None)

    # --- its work ---

    def run(self) -> Exit:
        """Run the fleet and return the exit code.

        Raises:
            ClusterUnusable: there is no cluster to run on, or no machine of it can work.
            OSError: ``OUTPUT_DIR`` cannot be used.
        """
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._signalled)
        self._ledger = Ledger(self._output / ".state")
        ray = None
        try:
            ray = connect(self._address)
            for number in (signal.SIGTERM, signal.SIGINT):  # Ray has put its own in place
                signal.signal(number, self._signalled)
            settings = to_send(self._settings) | {"OUTPUT_DIR": str(self._output)}
            self._members = Members(ray, (settings, self._store, self._once))
            return self._work(ray)
        finally:
            self._ledger.close()
            if ray is not None:
                ray.shutdown()

    def _signalled(self, number: int, frame: FrameType | None) -> None:
        if number == signal.SIGHUP:
            self._read_asked = True
        elif self._stop_asked:
            raise KeyboardInterrupt
        self._stop_asked |= number != signal.SIGHUP

    def _work(self, ray: Any) -> Exit:
        sites = self._table.sites
        view = View.by(self._settings)
        self._books = Books(self._table.path, len(sites), self._ledger, self._output, rounds=not self._once)
        self._books.pasts = self._pasts
        self._watchers = (self._books, view)
        self._ledger.none_runs(site.name for site in sites)
        self._take()
        looked = float("-inf")
        try:
            while not self._stop_asked and not self._is_done():
                if self._read_asked:
                    self._read_again()
                if time.monotonic() - looked >= _LOOK:
                    looked = time.monotonic()
                    if self._members.level() or self._drop_silent(looked):
                        self._deal_at = looked
                    self._check_hope(looked)
                if time.monotonic() >= self._deal_at:
                    self._deal_out()
                self._listen(ray)
                view.look(self)
            cut = self._stop(ray) if self._stop_asked else False
        finally:
            view.close()
        return self._books.close_round(cut=cut, last=True)

    def _is_done(self) -> bool:
        return self._once and not self._left

    def _check_hope(self, now: float) -> None:
        if not self._members.all and self._first_heard == float("inf"):
            raise ClusterUnusable("no machine of the cluster can work: it has no processors, or the log says why")
        if not any(member.incarnation for member in self._members.all.values()) and now - self._said_at > _SAY_AGAIN:
            self._said_at = now
            logger.warning("no actor answers: the cluster has no free processor, or its machines cannot be reached")

    def _drop_silent(self, now: float) -> bool:
        """Take the sites of actors that do not answer away from them; return whether there are any."""
        silent = [m for m in self._members.all.values() if m.incarnation and now - m.heard_at > _SILENT]
        for member in silent:
            logger.warning("%s does not answer: its sites go to others", "/".join(member.name))
            member.incarnation = ""
        return bool(silent)

    def _take(self) -> None:
        self._sites = {site.name: site for site in self._table.sites}
        known = self._ledger.pasts(self._sites)
        now = time.time()
        for name, past in known.items():
            if name not in self._pasts:
                self._pasts[name] = past
                if self._once and past.due <= now:
                    self._left[name] = _STORE_TRIES

    def _read_again(self) -> None:
        self._read_asked = False
        if self._table.read_again():
            self._take()
            self._deal_at = time.monotonic()

    # --- dealing out ---

    def _deal_out(self) -> None:
        """Assign each site to its owner among those that answer."""
        now = time.monotonic()
        answering = {name: member for name, member in self._members.all.items() if member.incarnation}
        if not answering or (len(answering) < len(self._members.all) and now - self._first_heard < _GATHER):
            return
        self._deal_at = float("inf")
        mine = owners(self._left if self._once else self._sites, answering)
        for name, member in answering.items():
            member.assigned = [self._sites[site] for site in mine[name] if site in self._sites]
            self._assign(member)

    def _assign(self, member: Member) -> None:
        pasts = [self._pasts[site.name] for site in member.assigned]
        # Not waited for: where it does not arrive, the actor has died, and its next incarnation is assigned anew.
        member.actor.assign.remote(member.assigned, pasts)

    # --- listening ---

    def _listen(self, ray: Any) -> None:
        asked = {member.asked: member for member in self._members.all.values()}
        if not asked:
            time.sleep(_WAIT)
            return
        answered, _ = ray.wait(list(asked), num_returns=len(asked), timeout=_WAIT)
        for ref in answered:
            self._hear(ray, asked[ref], ref)

    def _hear(self, ray: Any, member: Member, ref: Any) -> None:
        from ray.exceptions import ActorDiedError, RayError

        try:
            report = ray.get(ref)
        except ActorDiedError as error:
            cause = str(error)
            if "RuntimeError:" in cause:  # it could not be made, and will not be
                self._members.give_up(member, cause.rpartition("RuntimeError:")[2].split("\n")[0].strip())
            else:
                self._members.all.pop(member.name, None)  # of a lost node, or it is made again at the next look
            self._deal_at = time.monotonic()
            return
        except RayError as error:  # it died and is being restarted, or the network is slow
            logger.debug("%s does not answer: %s", "/".join(member.name), error)
            member.ask()
            return
        self._first_heard = min(self._first_heard, time.monotonic())
        new = report.incarnation != member.incarnation
        member.hear(report)
        if new and member.incarnation:
            logger.warning("%s has died and was restarted", "/".join(member.name))
            self._forget_runs(member)
            member.incarnation = report.incarnation
            self._assign(member)
        elif new:
            member.incarnation = report.incarnation
            self._deal_at = time.monotonic()
        for event in report.events:
            self._happened(event)
        member.ask()

    def _forget_runs(self, member: Member) -> None:
        for site in member.assigned:
            self._ran.pop(site.name, None)

    def _happened(self, event: Event) -> None:
        if event.past is None or event.ended is None:
            if event.site in self._pasts:
                self._ran[event.site] = event.moment
                for watcher in self._watchers:
                    watcher.began(event.site, event.moment)
            return
        self._ran.pop(event.site, None)
        self._pasts[event.site] = event.past
        for watcher in self._watchers:
            watcher.ended(event.past, event.ended)
        if event.site in self._left and not event.past.unfinished:
            self._left[event.site] -= 1
            again = event.ended.uncommitted or event.ended.exit_code == Exit.LOCKED
            if not again or self._left[event.site] <= 0:
                del self._left[event.site]
            elif event.ended.exit_code == Exit.LOCKED:  # by whoever had it before it was dealt out anew, most likely
                event.past.due = 0.0
                self._deal_at = min(self._deal_at, time.monotonic() + _LOOK)

    # --- the end ---

    def _stop(self, ray: Any) -> bool:
        """Have all runs end; return whether any was cut."""
        logger.info("told to stop: %d crawls end within %g s", len(self._ran), self._grace)
        members = list(self._members.all.values())
        stops = [member.actor.stop.remote(self._grace) for member in members]
        until = time.monotonic() + self._grace + 5.0
        waiting = list(stops)
        with contextlib.suppress(KeyboardInterrupt):
            while waiting and time.monotonic() < until:
                _, waiting = ray.wait(waiting, num_returns=len(waiting), timeout=_WAIT)
                self._listen(ray)
            if not waiting:
                self._listen(ray)  # what the last ones had to say
        return bool(self._left) or self._books.cut or bool(self._ran)
