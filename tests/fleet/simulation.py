"""A fleet in simulated time: the real scheduling, and sites that answer as they are told to."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from newsscraper.exits import Exit
from newsscraper.extensions.summary import RunSummary
from newsscraper.fleet.fleet import Fleet
from newsscraper.fleet.past import Past
from newsscraper.fleet.siterun import Ended
from newsscraper.sites.site import Site

START = datetime(2026, 11, 23, 6, 0, tzinfo=UTC).timestamp()


class _Leaping(selectors.DefaultSelector):
    """Waits for nothing: the time that would be waited is over at once."""

    leap = 0.0

    def select(self, timeout: float | None = None) -> list[Any]:
        self.leap += timeout or 0.0
        return super().select(0)


class SimulatedLoop(asyncio.SelectorEventLoop):
    """An event loop whose clock stands at `START` and leaps from one event to the next."""

    def __init__(self) -> None:
        self._leaping = _Leaping()
        super().__init__(self._leaping)
        self._clock_resolution = 1e-6  # a nanosecond is lost in so large a number, and nothing would ever be due

    def time(self) -> float:
        return START + self._leaping.leap


def simulate(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run a coroutine in simulated time."""
    loop = SimulatedLoop()
    try:
        loop.run_until_complete(work())
    finally:
        loop.close()


def now() -> float:
    """Return the simulated moment, in seconds since the epoch."""
    return asyncio.get_running_loop().time()


@dataclass(slots=True)
class Answer:
    """What a simulated run comes to.

    Attributes:
        seconds: how long it takes; a turn may cut it.
        code: its exit code.
        new: new articles.
    """

    seconds: float = 5.0
    code: Exit = Exit.FINE
    new: int = 0


class SimulatedRun:
    """A run that takes the time it is told to."""

    def __init__(self, owner: SimulatedSites, site: Site, answer: Answer) -> None:
        self._owner = owner
        self._site = site
        self._answer = answer
        self._cut = asyncio.Event()

    async def go(self) -> Ended:
        began = now()
        self._owner.running += 1
        self._owner.most = max(self._owner.most, self._owner.running)
        left = self._owner.left.pop(self._site.name, self._answer.seconds)
        try:
            async with asyncio.timeout(left):
                await self._cut.wait()
        except TimeoutError:
            pass
        else:
            self._owner.left[self._site.name] = left - (now() - began)
        self._owner.running -= 1
        self._owner.spans.setdefault(self._site.name, []).append((began, now()))
        times = datetime.fromtimestamp(began, UTC), datetime.fromtimestamp(now(), UTC)
        if self._cut.is_set():
            return Ended(int(Exit.PARTIAL), "cut", *times, unfinished=True)
        run = RunSummary("news", self._site.name, "0", "", "", 0.0, "finished", int(self._answer.code), "")
        run.articles = {"new": self._answer.new} if self._answer.new else {}
        return Ended(int(self._answer.code), "as told", *times, run=run)

    async def end_turn(self) -> None:
        self._cut.set()

    async def stop(self) -> None:
        self._cut.set()


@dataclass
class SimulatedSites:
    """Sites with answers; a fleet takes its runs from here.

    Attributes:
        answer: what a run of a site comes to, by its name and the moment.
        published: when a site's articles came out.
        spans: when each site's runs began and ended.
        left: what cut runs have left to do.
        readers: runs whose pages can be read at once; with more the readers are busy.
        most: runs at once, at most.
    """

    answer: Callable[[str, float], Answer] = lambda site, moment: Answer()
    published: Callable[[str, float], list[float]] = lambda site, since: []
    spans: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    left: dict[str, float] = field(default_factory=dict)
    pasts: list[Past] = field(default_factory=list)
    readers: int = 1000
    running: int = 0
    most: int = 0

    def run(self, site: Site) -> SimulatedRun:
        return SimulatedRun(self, site, self.answer(site.name, now()))

    @property
    def busy(self) -> bool:
        """Whether more runs are under way than the readers read the pages of."""
        return self.running > self.readers

    def published_since(self, site: str, since: float) -> list[float]:
        return self.published(site, since)

    def began(self, site: str, moment: float) -> None:
        pass

    def ended(self, past: Past, ended: Ended) -> None:
        self.pasts.append(Past.from_json(past.to_json()))


def sites(count: int, every: float | None = None) -> list[Site]:
    """Return so many sites."""
    return [Site(f"https://www.site{number}.example/", f"site{number}.example", every=every) for number in range(count)]


def run_for(
    seconds: float,
    given: list[Site],
    simulated: SimulatedSites,
    *,
    at_once: int = 64,
    turn: float = 300.0,
    pasts: dict[str, Past] | None = None,
    meanwhile: Callable[[Fleet], Coroutine[Any, Any, None]] | None = None,
    watcher: Any = None,
) -> Fleet:
    """Run a fleet for so many simulated seconds."""
    made: list[Fleet] = []

    async def work() -> None:
        loop = asyncio.get_running_loop()
        fleet = Fleet(
            simulated, [simulated, *([watcher] if watcher else [])], at_once=at_once, turn=turn, clock=loop.time
        )
        made.append(fleet)
        fleet.take(given, pasts or {})
        working = asyncio.create_task(fleet.work())
        if meanwhile:  # before the fleet has done anything, up to where it first waits
            await meanwhile(fleet)
        await asyncio.sleep(START + seconds - loop.time())
        await fleet.stop(1.0)
        await working

    simulate(work)
    return made[0]
