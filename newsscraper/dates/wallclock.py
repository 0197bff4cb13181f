"""Which instant is meant where claims of one date show the same clock on different zones, or none."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from datetime import timezone as fixed_zone

from newsscraper.dates.evidence import EXACT, Evidence
from newsscraper.dates.zones import on_zone, site_zone

_SAME = timedelta(seconds=61)
_ZERO = timedelta(0)


def settle_zone(
    ordered: list[Evidence], seen: list[Evidence], everything: list[Evidence], timezone: str | None
) -> Evidence:
    """Return the best of claims that agree on the day, on the zone that the claims together tell.

    Args:
        ordered: the claims, the best first.
        seen: claims that do not say what they date, of the same day: they bear witness, and are not chosen.
        everything: all claims of the page.
        timezone: of the site.

    Sites print the local clock and call it UTC, or leave the zone out; other claims, the clock that readers see and
    the site's zone show which.
    """
    exact = [item for item in ordered if item.moment.precision in EXACT]
    if not exact:
        return ordered[0]
    aware = [item for item in exact if item.moment.value.tzinfo is not None and item.moment.zone == "explicit"]
    bare = [item for item in exact if item not in aware]
    if not aware:
        return _with_borrowed_zone(bare[0], everything)
    bare += [item for item in seen if item.moment.precision in EXACT and item.moment.zone != "explicit"]
    best = max(aware, key=lambda item: (_votes(item, aware, bare), -exact.index(item)))
    day = _local_midnight(best, [*ordered, *seen])
    if day is not None:
        return day
    if best.moment.value.utcoffset():
        return _gmt_clock_with_offset(best, bare) or best
    if timezone:
        lied = _clock_called_utc(best, bare, timezone)
        if lied is not None:
            return lied
        local = best.moment.value.astimezone(site_zone(timezone))
        return replace(best, moment=replace(best.moment, value=local))
    lied = _local_called_utc(best, bare, everything)
    if lied is not None:
        return lied
    offset = _own_offset(best.moment.value, everything)
    if offset is not None:
        return replace(best, moment=replace(best.moment, value=best.moment.value.astimezone(fixed_zone(offset))))
    shifted = _on_readers_clock(best, bare)
    return shifted if shifted is not best else _on_readers_day(best, [*ordered, *seen])


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
    if offset and any(other.moment.value == item.moment.value for other in aware if not other.moment.value.utcoffset()):
        votes += 0.5
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


def _local_called_utc(item: Evidence, bare: list[Evidence], everything: list[Evidence]) -> Evidence | None:
    """Return ``item`` on the offset of the page's other dates where the page also gives its very clock without a zone:
    who writes offsets elsewhere leaves them out of local clocks only.
    """
    for other in bare:
        if other.moment.value.tzinfo is None and abs(_wall(other) - _wall(item)) < _SAME:
            local = _with_borrowed_zone(other, everything).moment.value
            if local.utcoffset():
                value = item.moment.value.replace(tzinfo=local.tzinfo)
                return replace(item, moment=replace(item.moment, value=value), repaired=True)
    return None


def _gmt_clock_with_offset(item: Evidence, bare: list[Evidence]) -> Evidence | None:
    """Return ``item`` mended where readers see a clock that is ahead of its own by just its offset, and none sees its
    own: it prints the clock of GMT with the local offset.
    """
    offset = item.moment.value.utcoffset() or _ZERO
    clocks = [_wall(other) for other in bare if other.claim.source == "visible" and not other.moment.relative]
    ahead = _wall(item) + offset
    minute = timedelta(minutes=1)
    if any(abs(clock - _wall(item)) < minute for clock in clocks):
        return None
    if not any(timedelta(0) <= ahead - clock < minute for clock in clocks):
        return None
    return replace(item, moment=replace(item.moment, value=item.moment.value + offset), repaired=True)


def _local_midnight(item: Evidence, agreeing: list[Evidence]) -> Evidence | None:
    """Return the bare day that readers see where ``item`` is that day's local midnight, written in UTC."""
    value = item.moment.value
    if value.utcoffset() or value.minute or value.second or value.hour not in _MIDNIGHTS:
        return None
    for other in agreeing:
        shown = other.moment.value
        if other.claim.source in ("visible", "url") and other.moment.precision == "day" and not other.moment.relative:
            apart = shown.replace(tzinfo=None) - _wall(item)
            if timedelta(0) < apart <= timedelta(hours=3) or timedelta(hours=-8) <= apart <= timedelta(hours=-4):
                return other
    return None


# Midnight from New York to Los Angeles, from Paris to Moscow, in UTC.
_MIDNIGHTS = frozenset((4, 5, 6, 7, 8, 21, 22, 23))


def _on_readers_clock(item: Evidence, bare: list[Evidence]) -> Evidence:
    """Return ``item``, which is written in UTC, on the offset at which its clock is the one that readers see."""
    wall = _wall(item)
    for other in bare:
        apart = _wall(other) - wall.replace(second=0, microsecond=0)
        apart -= timedelta(seconds=_wall(other).second)
        if apart and abs(apart) <= timedelta(hours=14) and not apart % timedelta(minutes=30):
            local = item.moment.value.astimezone(fixed_zone(apart))
            return replace(item, moment=replace(item.moment, value=local))
    return item


# From east to west: the clocks of America, where an evening is the next day in UTC.
_EVENINGS = ("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles")


def _on_readers_day(item: Evidence, agreeing: list[Evidence]) -> Evidence:
    """Return ``item``, which is written in UTC, on the first clock of America that shows the day before, which is the
    only one that readers see: the instant stays, and the day is theirs.
    """
    day = item.moment.value.date()
    shown = {
        other.moment.value.date()
        for other in agreeing
        if other.claim.source in ("visible", "url") and other.moment.precision == "day" and not other.moment.relative
    }
    if shown != {day - timedelta(days=1)}:
        return item
    for name in _EVENINGS:
        local = item.moment.value.astimezone(site_zone(name))
        if local.date() in shown:
            return replace(item, moment=replace(item.moment, value=local))
    return item


def _with_borrowed_zone(item: Evidence, everything: list[Evidence]) -> Evidence:
    """Put a bare clock on the offset that the page's other dates are written with, if that is one and a local one."""
    if item.moment.value.tzinfo is not None:
        return item
    offset = _own_offset(item.moment.value, everything)
    if offset is None:
        return item
    value = item.moment.value.replace(tzinfo=fixed_zone(offset))
    return replace(item, moment=replace(item.moment, value=value, zone="site"))


def _own_offset(near: datetime, everything: list[Evidence]) -> timedelta | None:
    """Return the local offset that the page's dates of about that time are written with, if there is just one."""
    offsets = set()
    wall = near.replace(tzinfo=None)
    for other in everything:
        value = other.moment.value
        written = other.moment.zone == "explicit" and other.moment.precision in EXACT and value.utcoffset()
        if written and abs(value.replace(tzinfo=None) - wall) < timedelta(days=14):
            offsets.add(value.utcoffset())
    return offsets.pop() if len(offsets) == 1 else None
