"""The fleet: runs each site when it is due, so many at once, and takes turns where there are more."""

from __future__ import annotations

import asyncio
import contextlib
import heapq
import itertools
import logging
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlsplit

from newsscraper.exits import Exit
from newsscraper.fleet.due import next_due
from newsscraper.fleet.past import Past
from newsscraper.fleet.rhythm import WINDOW, learn
from newsscraper.fleet.siterun import Ended
from newsscraper.sites.site import Site

logger = logging.getLogger(__name__)

_STORE_AGAIN = 30.0
"""Seconds after which a site is run again whose lines the store did not take."""
_STORE_TRIES = 5
"""With ``once``: how often at most."""
_LEARN_AGAIN = 86_400.0
"""Seconds after which it is learnt anew how often a site publishes that published nothing since."""
_WHILE_BUSY = 6
"""Sites at once while more pages wait than can be read: more would not be done sooner, and lose more in a kill."""
_LOOK = 0.25
"""Seconds between two looks while somebody waits for a place."""


class Run(Protocol):
    """A run as the fleet sees it; `newsscraper.fleet.siterun.SiteRun` is one."""

    async def go(self) -> Ended:
        """Run to the end."""
        ...

    async def end_turn(self) -> None:
        """End soon; the site goes on later."""
        ...

    async def stop(self) -> None:
        """End soon, since the fleet ends."""
        ...


class Runs(Protocol):
    """Makes runs; `newsscraper.fleet.workshop.Workshop` does."""

    @property
    def busy(self) -> bool:
        """Whether one run more would only make the others slower."""
        ...

    def run(self, site: Site) -> Run:
        """Make a run of a site."""
        ...

    def published_since(self, site: str, since: float) -> list[float]:
        """Return when the articles of a site came out that are younger than ``since``."""
        ...


class Watcher(Protocol):
    """Is told what happens."""

    def began(self, site: str, now: float) -> None:
        """Hear that a run has begun."""
        ...

    def ended(self, past: Past, ended: Ended) -> None:
        """Hear that a run has ended, and what is remembered of it."""
        ...


@dataclass(slots=True)
class _Running:
    run: Run
    host: str
    since: float
    asked: bool = False
    task: asyncio.Task[None] | None = field(default=None, repr=False)


class Fleet:
    """Runs sites. All of it happens on one event loop.

    Args:
        runs: makes the runs.
        watchers: are told what happens, in this order.
        at_once: so many sites at once.
        turn: seconds after which a run gives way to a site that waits.
        once: end when all that are due at the start have been run.
        clock: seconds since the epoch.
    """

    def __init__(  # noqa: PLR0913
        self,
        runs: Runs,
        watchers: Iterable[Watcher],
        *,
        at_once: int,
        turn: float,
        once: bool = False,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.pasts: dict[str, Past] = {}
        self._runs = runs
        self._watchers = list(watchers)
        self._at_once = at_once
        self._turn = turn
        self._once: dict[str, int] | None = {} if once else None  # with how often the store was to be tried again
        self._clock = clock
        self._sites: dict[str, Site] = {}
        self._due: list[tuple[float, int, str]] = []  # a heap; entries that no longer hold are passed over
        self._order = itertools.count()
        self._ready: dict[str, float] = {}  # due and waiting for a place, in the order in which they came to be
        self._running: dict[str, _Running] = {}
        self._hosts: dict[str, float] = {}  # not to be asked before that moment; at work: for ever
        self._change = asyncio.Event()
        self._stopping = False

    # --- what it is asked ---

    @property
    def running(self) -> list[str]:
        """Sites that run now, those that have run longest first."""
        return list(self._running)

    @property
    def waiting(self) -> int:
        """How many sites are due and wait for a place."""
        return len(self._ready)

    @property
    def next_due(self) -> float | None:
        """When the next site is due (seconds since the epoch); ``None`` where none will be."""
        self._tidy()
        return self._due[0][0] if self._due else None

    # --- what it is told ---

    def take(self, sites: Iterable[Site], pasts: Mapping[str, Past]) -> None:
        """Have these sites and no others from now on; runs that are under way go on.

        Args:
            sites: as their tables have them.
            pasts: by site, what is remembered of those that the fleet does not have yet.
        """
        self._sites = {site.name: site for site in sites}
        for name in self.pasts.keys() - self._sites.keys() - self._running.keys():
            del self.pasts[name]
            self._ready.pop(name, None)
        now = self._clock()
        for name, site in self._sites.items():
            past = self.pasts.setdefault(name, pasts.get(name) or Past(name))
            if name in self._running or name in self._ready:
                continue
            if past.runs and site.every and past.due - now > site.every:  # the table wants it more often than before
                past.due = next_due(past, site.every, now)
            self._schedule(past)
            if self._once is not None and past.due <= now:
                self._once.setdefault(name, _STORE_TRIES)
        self._change.set()

    async def stop(self, grace: float) -> list[str]:
        """End: all runs are told to, and waited for; return those that did not within ``grace`` seconds."""
        self._stopping = True
        self._change.set()
        for running in list(self._running.values()):
            running.asked = True
            asyncio.ensure_future(running.run.stop())  # noqa: RUF006 (its run is waited for below)
        tasks = [running.task for running in self._running.values() if running.task]
        if tasks:
            await asyncio.wait(tasks, timeout=grace)
        return list(self._running)

    # --- its work ---

    async def work(self) -> None:
        """Run what is due, until told to stop; with ``once`` until all of it has been run."""
        while not self._stopping:
            self._change.clear()
            now = self._clock()
            self._gather(now)
            self._start(now)
            self._end_turns(now)
            if self._once is not None and not self._once and not self._running:
                return
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._pause(now)):
                    await self._change.wait()

    def _pause(self, now: float) -> float | None:
        pauses = [due - now for due in ([self.next_due] if self.next_due is not None else [])]
        if self._ready:
            pauses.append(_LOOK)
        return max(0.0, min(pauses)) if pauses else None

    def _tidy(self) -> None:
        while self._due and not self._holds(self._due[0]):
            heapq.heappop(self._due)

    def _holds(self, entry: tuple[float, int, str]) -> bool:
        due, _, name = entry
        past = self.pasts.get(name)
        return past is not None and past.due == due and name not in self._running and name not in self._ready

    def _schedule(self, past: Past) -> None:
        heapq.heappush(self._due, (past.due, next(self._order), past.site))

    def _gather(self, now: float) -> None:
        while self._due and (self._due[0][0] <= now or not self._holds(self._due[0])):
            entry = heapq.heappop(self._due)
            if self._holds(entry) and (self._once is None or entry[2] in self._once):
                self._ready[entry[2]] = entry[0]

    def _start(self, now: float) -> None:
        if not self._ready or self._is_full():
            return
        for name in list(self._ready):
            site = self._sites.get(name)
            if site is None:
                del self._ready[name]
                continue
            host = _host_of(site)
            if self._hosts.get(host, 0.0) > now:
                continue
            del self._ready[name]
            self._begin(site, host, now)
            # One at a time from there on: what it asks of the readers shows before the next one is begun.
            if len(self._running) >= _WHILE_BUSY or self._is_full():
                return

    def _is_full(self) -> bool:
        running = len(self._running)
        return running >= self._at_once or (running >= _WHILE_BUSY and self._runs.busy)

    def _begin(self, site: Site, host: str, now: float) -> None:
        try:
            run = self._runs.run(site)
        except Exception as error:  # one site that cannot even be begun takes no other with it
            logger.exception("%s cannot be begun", site.name)
            run = _Stillborn(f"it cannot be begun: {type(error).__name__}: {error}")
        self._hosts[host] = float("inf")
        running = self._running[site.name] = _Running(run, host, now)
        for watcher in self._watchers:
            watcher.began(site.name, now)
        running.task = asyncio.create_task(self._see_through(site, running), name=site.name)

    async def _see_through(self, site: Site, running: _Running) -> None:
        ended = await running.run.go()
        now = self._clock()
        del self._running[site.name]
        self._free(running.host, now + ended.pace)
        past = self.pasts[site.name]
        self._remember(past, ended, running.since)
        past.due = now + _STORE_AGAIN if ended.uncommitted else next_due(past, site.every, now)
        for watcher in self._watchers:
            watcher.ended(past, ended)
        if self._once is not None:
            self._once[site.name] = left = self._once.get(site.name, 0) - ended.uncommitted
            if left <= 0 or not (past.unfinished or ended.uncommitted):
                del self._once[site.name]
        if site.name in self._sites:
            self._schedule(past)
        else:
            del self.pasts[site.name]
        self._change.set()

    def _free(self, host: str, at: float) -> None:
        self._hosts[host] = at
        if len(self._hosts) > 2 * len(self._sites) + 100:
            now = self._clock()
            self._hosts = {host: until for host, until in self._hosts.items() if until > now}

    def _remember(self, past: Past, ended: Ended, since: float) -> None:
        past.started, past.finished = since, ended.finished.timestamp()
        past.exit_code, past.outcome = ended.exit_code, ended.outcome
        past.articles, past.failed = dict(ended.articles), dict(ended.failed)
        past.unfinished = ended.unfinished
        past.runs += 1
        if ended.exit_code in (Exit.NOTHING, Exit.USAGE) and not ended.unfinished:
            past.failing_since = past.failing_since if past.failures else past.started
            past.failures += 1
        elif ended.exit_code != Exit.LOCKED:
            past.failures, past.failing_since = 0, 0.0
        self._learn(past, new=bool(ended.articles.get("new")))

    def _learn(self, past: Past, *, new: bool) -> None:
        """Learn how often the site publishes, where there is something to learn; now and then, too, that it stopped."""
        now = self._clock()
        if new or (past.exit_code == Exit.FINE and now - past.learnt > _LEARN_AGAIN):
            past.rhythm = learn(self._runs.published_since(past.site, now - WINDOW.total_seconds()), now)
            past.learnt = now

    def _end_turns(self, now: float) -> None:
        """End the turns that are over, of as many runs as there are sites that wait."""
        if not self._ready:
            return
        hosts = {_host_of(self._sites[name]) for name in self._ready if name in self._sites}
        full = self._is_full()
        wanted = len(self._ready) - sum(running.asked for running in self._running.values())
        for running in sorted(self._running.values(), key=lambda running: running.since):
            if wanted <= 0:
                return
            over = now - running.since >= self._turn
            if over and not running.asked and (full or running.host in hosts):
                running.asked = True
                wanted -= 1
                asyncio.ensure_future(running.run.end_turn())  # noqa: RUF006 (its run ends by it)


class _Stillborn:
    """A run that could not be made."""

    def __init__(self, why: str) -> None:
        self._why = why

    async def go(self) -> Ended:
        from datetime import UTC, datetime

        now = datetime.now(UTC)
        return Ended(int(Exit.NOTHING), self._why, now, now)

    async def end_turn(self) -> None:
        """Nothing to end."""

    async def stop(self) -> None:
        """Nothing to stop."""


def _host_of(site: Site) -> str:
    """Return the host, and its port, that a site's pages are on: two sites of one host wait for each other.

    >>> _host_of(Site("https://www.example.com/paper/", "example.com"))
    'example.com'
    """
    return urlsplit(site.start_url).netloc.rpartition("@")[2].lower().removeprefix("www.")
