"""How much comes: nothing for longer than ever, or many times more than ever."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from math import exp

from newsscraper.health.finding import Finding
from newsscraper.health.learnt import Learnt
from newsscraper.health.monitors import Bounds
from newsscraper.health.run import Run

_PAUSES = 10
_DAYS = 14
_UNLIKELY = 1e-4
_LEAST_SILENCE = 24.0
"""Hours: shorter pauses are never told."""
_LONGER = 1.2
"""A silence is longer than the longest pause by this at least."""
_LITTLE = 0.2
"""Holidays: a site may bring this share of what its weekdays bring."""
_DAY = timedelta(days=1)


def watch(run: Run, learnt: Learnt, bounds: Bounds) -> Iterator[Finding]:
    """Yield silence and floods."""
    if not run.first:
        yield from _silence(run, learnt, bounds)
        yield from _flood(run, learnt, bounds)


def _silence(run: Run, learnt: Learnt, bounds: Bounds) -> Iterator[Finding]:
    """Nothing new for longer than the site ever paused, when its days would have brought some."""
    if run.counts.new or learnt.last_new is None or len(learnt.pauses) < _PAUSES or len(learnt.days) < _DAYS:
        return
    last = datetime.fromisoformat(learnt.last_new)
    hours, longest = (run.at - last).total_seconds() / 3600, learnt.pauses[0]
    if hours < _LEAST_SILENCE or hours < _LONGER * longest:
        return
    if hours < bounds.silence * longest and exp(-_LITTLE * _expected(learnt, last, run.at)) > _UNLIKELY:
        return
    sentence = f"nothing new for {_span(hours)}; the longest pause before was {_span(longest)}"
    yield Finding("silence", sentence, list(run.entrances)[:2])


def _expected(learnt: Learnt, since: datetime, until: datetime) -> float:
    """Return how many new articles a span brings, by what its weekdays brought."""
    brought: dict[int, list[int]] = {}
    for day, counts in learnt.days.items():
        brought.setdefault(date.fromisoformat(day).weekday(), []).append(counts.new)
    expected, at = 0.0, since
    while at < until:
        end = min(until, (at + _DAY).replace(hour=0, minute=0, second=0, microsecond=0))
        usual = brought.get(at.weekday(), [0])
        expected += sum(usual) / len(usual) * ((end - at) / _DAY)
        at = end
    return expected


def _flood(run: Run, learnt: Learnt, bounds: Bounds) -> Iterator[Finding]:
    past = learnt.past()
    if len(past) < bounds.days:
        return
    day = run.counts.new + sum(each.counts.new for each in learnt.recent if run.at - each.at < _DAY)
    most = max(each.new for each in past)
    if run.counts.new and day >= bounds.flood_least and day > bounds.flood * max(most, 1):
        yield Finding("flood", f"{day} new articles within a day; the most before were {most}")


def _span(hours: float) -> str:
    """Return a span in words.

    >>> _span(30), _span(100)
    ('30 hours', '4 days')
    """
    return f"{hours:.0f} hours" if hours < 72 else f"{hours / 24:.0f} days"
