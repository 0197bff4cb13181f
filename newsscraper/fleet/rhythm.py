"""How often a site publishes, by hour and weekday: learnt from the dates of its articles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

WINDOW = timedelta(days=28)
"""Articles older than this say nothing of how often a site publishes now. Four of each weekday."""

_HOUR, _DAY, _WEEK = 3600.0, 86_400.0, 604_800.0
_EVEN_HOURS, _EVEN_DAYS = 12.0, 7.0
"""So many articles are taken to be spread evenly before the first is seen, lest one article make a habit."""
_LEAST = 0.02
"""Least share of the average: a site that never published at three o'clock may do so for once."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Articles a second that are to be expected, in UTC.

    Attributes:
        rate: on the average.
        hours: of 24, how each compares with the average; so do ``days``, of seven from Monday on.
    """

    rate: float
    hours: tuple[float, ...] = (1.0,) * 24
    days: tuple[float, ...] = (1.0,) * 7

    def at(self, moment: datetime) -> float:
        """Return the articles a second to be expected then."""
        moment = moment.astimezone(UTC)
        return self.rate * max(_LEAST, self.hours[moment.hour] * self.days[moment.weekday()])

    def expects(self, articles: float, after: datetime, most: timedelta) -> timedelta:
        """Return how long it takes until so many articles are to be expected, ``most`` at the utmost.

        >>> Rhythm(rate=1 / 3600).expects(1, datetime(2026, 11, 23, 9, 30, tzinfo=UTC), timedelta(days=1))
        datetime.timedelta(seconds=3600)
        """
        expected, moment = 0.0, after.astimezone(UTC)
        while moment < after + most:
            hour_ends = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
            rate = self.at(moment)
            seconds = (hour_ends - moment).total_seconds()
            if expected + rate * seconds >= articles:
                return min(most, moment + timedelta(seconds=(articles - expected) / rate) - after)
            expected += rate * seconds
            moment = hour_ends
        return most


def learn(published: Iterable[float], now: float) -> Rhythm:
    """Learn from when articles came out.

    A midnight is taken for a bare day: it counts for the weekday, and for no hour.

    Args:
        published: seconds since the epoch; those older than `WINDOW`, and those to come, are left out.
        now: seconds since the epoch.
    """
    start = now - WINDOW.total_seconds()
    hours, days = [0.0] * 24, [0.0] * 7
    count = 0
    oldest = now
    for moment in published:
        if not start < moment <= now:
            continue
        count += 1
        oldest = min(oldest, moment)
        bare = moment % _DAY == 0
        when = datetime.fromtimestamp(moment - (1 if bare else 0), UTC)  # a bare day is kept as its end
        days[when.weekday()] += 1
        if not bare:
            hours[when.hour] += 1
    # A young site, or one of which a feed's last ten articles are known, has published so many in less than the window.
    span = WINDOW.total_seconds() if count < 3 else max(now - oldest, _DAY)
    return Rhythm(count / span, _shares(hours, _EVEN_HOURS), _shares(days, _EVEN_DAYS))


def _shares(counts: list[float], even: float) -> tuple[float, ...]:
    """Return how each part compares with the average, as if ``even`` more had been spread evenly.

    >>> _shares([3.0, 1.0], 4.0)
    (1.25, 0.75)
    """
    whole = sum(counts) + even
    return tuple(round((count + even / len(counts)) * len(counts) / whole, 4) for count in counts)
