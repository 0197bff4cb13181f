"""How the fleet is getting on: a table at the foot of a terminal, plain lines elsewhere."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import time
from collections import Counter
from typing import Protocol, Self

from scrapy.settings import BaseSettings

from newsscraper.exits import Exit
from newsscraper.extensions.foot import FOOT
from newsscraper.extensions.progress import Pace
from newsscraper.fleet.past import Past
from newsscraper.fleet.siterun import Ended


class Shown(Protocol):
    """What is shown of a fleet, wherever it runs."""

    @property
    def running(self) -> list[str]:
        """Sites that run now."""
        ...

    @property
    def waiting(self) -> int:
        """How many sites are due and wait for a place."""
        ...

    @property
    def next_due(self) -> float | None:
        """When the next site is due."""
        ...


logger = logging.getLogger(__name__)

_REFRESH = 1.0
_ROWS = 8
"""Runs that the terminal shows, those that have run longest."""


class View:
    """Shows a fleet. Give it to the fleet as a watcher.

    Args:
        interval: seconds between two lines where there is no terminal; 0: none.
    """

    def __init__(self, interval: float) -> None:
        self._on_terminal = sys.stderr.isatty() and os.environ.get("TERM", "dumb") != "dumb"
        self._interval = _REFRESH if self._on_terminal else interval
        self._counts: Counter[str] = Counter()
        self._since: dict[str, float] = {}
        self._articles = Pace()
        self._articles.note(time.monotonic(), 0)
        self._looked = time.monotonic()
        self._task: asyncio.Task[None] | None = None

    @classmethod
    def by(cls, settings: BaseSettings) -> Self:
        """Make the view that ``PROGRESS_ENABLED`` and ``LOGSTATS_INTERVAL`` ask for."""
        return cls(settings.getfloat("LOGSTATS_INTERVAL") if settings.getbool("PROGRESS_ENABLED") else 0.0)

    def began(self, site: str, now: float) -> None:
        """Hear that a run has begun."""
        self._since[site] = now

    def ended(self, past: Past, ended: Ended) -> None:
        """Hear that a run has ended."""
        self._since.pop(past.site, None)
        self._counts["runs"] += 1
        self._counts["new"] += ended.articles.get("new", 0)
        self._counts["changed"] += ended.articles.get("changed", 0)
        self._counts["articles"] += sum(ended.articles.get(kind, 0) for kind in ("new", "changed", "unchanged"))
        self._counts["failed"] += ended.exit_code in (Exit.NOTHING, Exit.USAGE)

    def look(self, fleet: Shown) -> None:
        """Show the fleet as it is now, where it is time for it."""
        now = time.monotonic()
        if not self._interval or now - self._looked < 0.9 * self._interval:
            return
        self._looked = now
        self._articles.note(now, self._counts["articles"])
        line = self._line(fleet)
        if self._on_terminal:
            FOOT.show(self, "\n".join([line, *self._rows()]))
        else:
            logger.info(line)

    def show(self, fleet: Shown) -> None:
        """Show a fleet again and again, on the event loop that runs."""
        if self._interval:
            self._task = asyncio.create_task(self._show(fleet))

    def close(self) -> None:
        """Show no more; the terminal is as it was."""
        if self._task is not None:
            self._task.cancel()
        FOOT.clear(self)

    async def _show(self, fleet: Shown) -> None:
        while True:
            await asyncio.sleep(self._interval)
            self.look(fleet)

    def _line(self, fleet: Shown) -> str:
        next_due = fleet.next_due
        wait = "" if next_due is None or fleet.waiting else f" · next in {max(0.0, next_due - time.time()):.0f} s"
        return (
            f"{len(fleet.running)} running, {fleet.waiting:,} due · {self._counts['runs']:,} runs, "
            f"{self._counts['new']:,} new, {self._counts['changed']:,} changed, {self._counts['failed']:,} failed · "
            f"{self._articles.per_second:.1f} articles/s{wait}"
        )

    def _rows(self) -> list[str]:
        now = time.time()
        rows = [f"  {site[:40]:40} {now - since:6.0f} s" for site, since in list(self._since.items())[:_ROWS]]
        more = len(self._since) - len(rows)
        return [*rows, f"  and {more} more"] if more > 0 else rows
