"""Says how a crawl is getting on: a line at the foot of a terminal, or a log line now and then."""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scrapy import Spider, signals
from scrapy.exceptions import CloseSpider, NotConfigured
from scrapy.utils.asyncio import create_looping_call

from newsscraper.crawlstate.database import StateFailed
from newsscraper.extensions.extraction import Extraction
from newsscraper.extensions.foot import FOOT, has_foot
from newsscraper.extensions.state import State, site_of_spider

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

_REFRESH = 0.5
"""Seconds between two looks at the terminal's line."""
_WINDOW = 30.0
"""Seconds over which a rate is taken."""
_COUNT_EVERY, _COUNT_SHARE = 5.0, 0.01
"""Counting the frontier walks it: seconds between two counts at most, and the part of all time that they may take."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How far a crawl is.

    Attributes:
        new, changed, unchanged: articles so far.
        dropped: pages that gave no record.
        failed: requests that gave no page.
        found: addresses found so far; 0: not known.
        settled: those of them that are done with.
        reading: pages in extraction, or waiting for it.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    dropped: int = 0
    failed: int = 0
    found: int = 0
    settled: int = 0
    reading: int = 0

    @property
    def articles(self) -> int:
        """Articles so far, whether or not they gave a line."""
        return self.new + self.changed + self.unchanged

    @classmethod
    def of(cls, stats: Mapping[str, Any], outcomes: Mapping[str, int], reading: int) -> Tally:
        """Count from Scrapy's stats and the frontier's outcomes.

        >>> Tally.of({"newsscraper/articles/new": 2, "newsscraper/dropped/not-an-article": 1}, {"pending": 7}, 0).found
        7
        """

        def total(part: str) -> int:
            return sum(value for key, value in stats.items() if key.startswith(f"newsscraper/{part}/"))

        found = sum(outcomes.values())
        return cls(
            new=stats.get("newsscraper/articles/new", 0),
            changed=stats.get("newsscraper/articles/changed", 0),
            unchanged=stats.get("newsscraper/articles/unchanged", 0),
            dropped=total("dropped"),
            failed=total("failed"),
            found=found,
            settled=found - outcomes.get("pending", 0),
            reading=reading,
        )


def in_words(site: str, tally: Tally, per_second: float, seconds_left: float | None) -> str:
    """Return the tally as one line.

    >>> print(in_words("le.fr", Tally(new=1200, found=5000, settled=1300), 4.5, 822.0))
    le.fr: 1,300 of 5,000 pages, 4.5 articles/s, 14 min left · 1,200 new, 0 changed, 0 unchanged, 0 dropped, 0 failed
    """
    pages = f"{tally.settled:,} of {tally.found:,} pages, " if tally.found else ""
    left = f", {_duration(seconds_left)} left" if seconds_left is not None else ""
    reading = f", {tally.reading} being read" if tally.reading else ""
    return (
        f"{site}: {pages}{per_second:.1f} articles/s{left}{reading} · {tally.new:,} new, {tally.changed:,} changed, "
        f"{tally.unchanged:,} unchanged, {tally.dropped:,} dropped, {tally.failed:,} failed"
    )


def seconds_left(tally: Tally, pages: float, articles: float, limit: int | None) -> float | None:
    """Return how long a crawl takes yet: until nothing is left, or until as many articles are there as were asked for.

    Args:
        tally: how far it is.
        pages: pages settled a second.
        articles: articles a second.
        limit: articles asked for; ``None``: all.

    >>> tally = Tally(new=10, found=5000, settled=20)
    >>> seconds_left(tally, 2.0, 1.0, None), seconds_left(tally, 2.0, 1.0, 40), seconds_left(tally, 0.0, 0.0, 40)
    (2490.0, 30.0, None)
    """
    pending = tally.found - tally.settled
    ends = [pending / pages] if pages and pending else []
    if limit is not None and articles:
        ends.append(max(0, limit - tally.new - tally.changed) / articles)
    return min(ends, default=None)


def _duration(seconds: float) -> str:
    """Return a duration as people say it.

    >>> _duration(40), _duration(822), _duration(9000)
    ('40 s', '14 min', '2.5 h')
    """
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


class Pace:
    """How fast something grows, over the last `_WINDOW` seconds."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, int]] = deque()

    def note(self, now: float, count: int) -> None:
        """Note how many there are now (seconds of any one clock)."""
        self._seen.append((now, count))
        while len(self._seen) > 2 and now - self._seen[1][0] >= _WINDOW:
            self._seen.popleft()

    @property
    def per_second(self) -> float:
        """How many a second; 0 where nothing is known yet.

        >>> pace = Pace()
        >>> for second in range(100):
        ...     pace.note(second, 3 * second)
        >>> pace.per_second
        3.0
        """
        if len(self._seen) < 2:
            return 0.0
        (start, before), (end, after) = self._seen[0], self._seen[-1]
        return (after - before) / (end - start) if end > start else 0.0


class Progress:
    """Scrapy extension that shows how far the crawl is, in place of Scrapy's ``LogStats``.

    Where standard error is a terminal, one line at its foot (one for each crawl of this process), and log lines scroll
    above it. Elsewhere a log line every ``LOGSTATS_INTERVAL`` seconds (0: none).

    Settings: ``PROGRESS_ENABLED``, ``LOGSTATS_INTERVAL``.
    """

    def __init__(self, crawler: Crawler, *, interval: float, on_terminal: bool) -> None:
        self._crawler = crawler
        self._on_terminal = on_terminal
        self._interval = _REFRESH if on_terminal else interval
        self._articles = Pace()
        self._settled = Pace()
        self._outcomes: dict[str, int] = {}
        self._count_at = float("-inf")
        self._site = ""
        self._limit: int | None = None
        self._task = create_looping_call(self._show)
        crawler.signals.connect(self._opened, signal=signals.spider_opened)
        crawler.signals.connect(self._closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the extension.

        Raises:
            NotConfigured: ``PROGRESS_ENABLED`` is off, or there is no terminal and ``LOGSTATS_INTERVAL`` is 0.
        """
        interval = crawler.settings.getfloat("LOGSTATS_INTERVAL")
        on_terminal = has_foot(crawler.settings)
        if not crawler.settings.getbool("PROGRESS_ENABLED") or not (on_terminal or interval):
            raise NotConfigured
        return cls(crawler, interval=interval, on_terminal=on_terminal)

    def _opened(self, spider: Spider) -> None:
        self._site = site_of_spider(spider)
        self._limit = getattr(getattr(spider, "arguments", None), "limit", None)
        self._articles.note(time.monotonic(), 0)
        self._task.start(self._interval, now=False)

    def _closed(self, spider: Spider) -> None:
        if self._task.running:
            self._task.stop()
        FOOT.clear(self)

    def _show(self) -> None:
        now = time.monotonic()
        if now >= self._count_at or not self._outcomes:
            self._count_frontier(now)
        extraction = self._crawler.get_extension(Extraction)
        stats = self._crawler.stats.get_stats() if self._crawler.stats else {}
        tally = Tally.of(stats, self._outcomes, extraction.waiting if extraction else 0)
        self._articles.note(now, tally.articles)
        left = seconds_left(tally, self._settled.per_second, self._articles.per_second, self._limit)
        line = in_words(self._site, tally, self._articles.per_second, left)
        if self._on_terminal:
            FOOT.show(self, line)
        else:
            logger.info(line)

    def _count_frontier(self, now: float) -> None:
        state = self._crawler.get_extension(State)
        if state:
            with suppress(CloseSpider, StateFailed):  # it cannot be used: State says so
                self._outcomes = state.site_state.outcomes()
        took = time.monotonic() - now
        self._count_at = now + min(_COUNT_EVERY, took / _COUNT_SHARE)
        self._settled.note(now, sum(self._outcomes.values()) - self._outcomes.get("pending", 0))
