"""When a site is due: as often as its table says, or as often as it publishes; seldom while it is broken."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

from newsscraper.exits import Exit
from newsscraper.fleet.past import Past

SHORTEST, LONGEST = timedelta(minutes=10), timedelta(days=1)
"""Bounds of what is learnt; a table may say otherwise."""

_UNKNOWN = timedelta(hours=1)
"""While nothing is known of how often a site publishes."""
_BACKED_OFF = timedelta(hours=6)
"""The doubling for a site that fails ends here."""
_LOCKED = timedelta(minutes=10)
"""After another process held the site."""
_SPREAD = 0.1
"""What is learnt is spread by so much either way, lest sites that began together stay together."""


def next_due(past: Past, every: float | None, now: float) -> float:
    """Return when a site is due after the run that ``past`` tells of (seconds since the epoch).

    Args:
        past: the site's record, that run included.
        every: seconds, as the site's table says; ``None``: learnt.
        now: seconds since the epoch.
    """
    if past.unfinished:
        return now
    if past.exit_code == Exit.LOCKED:
        return now + min(_LOCKED.total_seconds(), every or _LOCKED.total_seconds())
    interval = every or learnt_interval(past, now)
    if past.failures:
        if past.is_broken(now):
            interval = max(interval, LONGEST.total_seconds())
        else:
            most = max(interval, _BACKED_OFF.total_seconds())
            interval = min(most, interval * 2.0 ** min(past.failures - 1, 20))
        return now + interval * _spread(past.site, past.runs)
    if every:
        return _next_slot(past.site, every, after=past.started + every / 2, now=now)
    return now + interval * _spread(past.site, past.runs)


def learnt_interval(past: Past, now: float) -> float:
    """Return after how many seconds one new article is to be expected, between ten minutes and a day."""
    if past.rhythm is None:
        return _UNKNOWN.total_seconds()
    wait = past.rhythm.expects(1.0, datetime.fromtimestamp(now, UTC), LONGEST)
    return max(SHORTEST, wait).total_seconds()


def _next_slot(site: str, every: float, *, after: float, now: float) -> float:
    """Return the next of a site's own moments: ``every`` apart, and elsewhere within that span for every site.

    >>> _next_slot("a.example", 3600, after=0, now=0) != _next_slot("b.example", 3600, after=0, now=0)
    True
    """
    phase = _hash(site) * every
    slots = max(after, now) - phase
    return phase + (slots // every + 1) * every


def _spread(site: str, run: int) -> float:
    return 1 + _SPREAD * (2 * _hash(f"{site} {run}") - 1)


def _hash(text: str) -> float:
    """Return a number from 0 to 1 that is the same on every machine and in every process."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big") / 2**64
