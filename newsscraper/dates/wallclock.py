"""Which instant is meant where claims of one date show the same clock on different zones, or none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone as fixed_zone

from newsscraper.dates.evidence import EXACT, Evidence
from newsscraper.dates.zones import on_zone, site_zone

_SAME = timedelta(seconds=61)
_ZERO = timedelta(0)


def settle_zone(
    agreeing: list[Evidence], everything: list[Evidence], timezone: str | None, *, key: Callable[[Evidence], tuple[int, float]]
) -> Evidence:
    """Return the best of claims that agree on the day, on the zone that the claims together tell.

    Sites print the local clock and call it UTC, or leave the zone out; other claims, the clock that readers see and
    the site's zone show which.
    """
    ordered = sorted(agreeing, key=key)
    exact = [item for item in ordered if item.moment.precision in EXACT]
    if not exact:
        return ordered[0]
    aware = [item for item in exact if item.moment.value.tzinfo is not None and item.moment.zone == "explicit"]
    bare = [item for item in exact if item not in aware]
    if not aware:
        return _with_borrowed_zone(bare[0], everything)
    best = max(aware, key=lambda item: (_votes(item, aware, bare), -exact.index(item)))
    if timezone and not best.moment.value.utcoffset():
        lied = _clock_called_utc(best, bare, timezone)
        if lied is not None:
            return lied
    return best


def _votes(item: Evidence, aware: list[Evidence], bare: list[Evidence]) -> float:
    """Count the kinds of source that give the instant of ``item``; its own zone being a local one breaks ties."""
    kinds = {other.kind for other in aware if abs(other.moment.value - item.moment.value) < _SAME}
    votes = float(len(kinds))
    offset = item.moment.value.utcoffset()
    # The clock of readers, where ``item`` shows it on a zone of its own.
    for other in bare:
        if other.moment.value.tzinfo is not None:
            if abs(other.moment.value - item.moment.value) < _SAME:
                votes += 1
        elif offset and abs(_wall(item) - _wall(other)) < _SAME:
            votes += 1
    walls = [other for other in aware if abs(_wall(other) - _wall(item)) < _SAME and other is not item]
    if offset and any(other.moment.value.utcoffset() == _ZERO for other in walls):
        # The same clock, once called UTC: whoever took the trouble to write an offset knows it.
        votes += 1.5
    return votes


def _wall(item: Evidence) -> datetime:
    return item.moment.value.replace(tzinfo=None)


def _clock_called_utc(item: Evidence, bare: list[Evidence], timezone: str) -> Evidence | None:
    """Return ``item`` on the site's zone where readers see its very clock, which is then not UTC's."""
    zone = site_zone(timezone)
    wall = _wall(item)
    local = on_zone(wall, zone)
    if not local.utcoffset():
        return None
    shown = [other for other in bare if other.claim.source in ("visible", "time")]
    if any(abs(_wall(other) - wall) < timedelta(minutes=1) for other in shown):
        return replace(item, moment=replace(item.moment, value=local), repaired=True)
    return None


def _with_borrowed_zone(item: Evidence, everything: list[Evidence]) -> Evidence:
    """Put a bare clock on the offset that the page's other dates are written with, where that is one and a local one."""
    if item.moment.value.tzinfo is not None:
        return item
    offsets = set()
    for other in everything:
        value = other.moment.value
        if other.moment.zone == "explicit" and other.moment.precision in EXACT and value.utcoffset():
            if abs(value.replace(tzinfo=None) - item.moment.value) < timedelta(days=14):
                offsets.add(value.utcoffset())
    if len(offsets) != 1:
        return item
    (offset,) = offsets
    if offset is None:
        return item
    value = item.moment.value.replace(tzinfo=fixed_zone(offset))
    return replace(item, moment=replace(item.moment, value=value, zone="site"))
