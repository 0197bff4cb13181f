"""Offsets and names of zones as texts write them, and wall clocks put on a zone."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

_HOURS = {
    "z": 0, "utc": 0, "gmt": 0, "ut": 0, "tu": 0, "zulu": 0, "гринвич": 0,
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    "akst": -9, "akdt": -8, "hst": -10,
    "wet": 0, "west": 1, "cet": 1, "cest": 2, "mez": 1, "mesz": 2, "eet": 2, "eest": 3,
    "msk": 3, "мск": 3, "bst": 1, "sast": 2, "cat": 2, "eat": 3, "wat": 1, "trt": 3,
    "jst": 9, "kst": 9, "hkt": 8, "sgt": 8, "pht": 8, "wib": 7, "wita": 8, "wit": 9, "ict": 7, "pkt": 5, "myt": 8,
    "aest": 10, "aedt": 11, "awst": 8, "nzst": 12, "nzdt": 13, "brt": -3, "art": -3,
}  # fmt: skip
_MINUTES = {"acst": 570, "acdt": 630, "npt": 345}
_NAMED = {
    "et": "America/New_York",
    "ct": "America/Chicago",
    "mt": "America/Denver",
    "pt": "America/Los_Angeles",
}
# Said by several countries: only a site's own zone can tell which is meant.
_SHARED = frozenset(("ist", "cst", "bst", "mst", "ast", "sst", "wst", "est"))

_OFFSET = re.compile(r"(?:utc|gmt)?\s?([+-])(\d{1,2}):?(\d{2})?\b")

OFFSET_PATTERN = (
    r"(?:(?:utc|gmt)\s?[+-]\s?\d{1,2}(?::?\d{2})?|[+-]\d{2}:?\d{2}|"
    + "|".join(sorted((*_HOURS, *_MINUTES, *_NAMED, "ist", "ast"), key=len, reverse=True))
    + r")(?!\w)"
)


@lru_cache(maxsize=256)
def site_zone(name: str) -> ZoneInfo:
    """Return the zone of an IANA name.

    Raises:
        ValueError: there is no such zone.
    """
    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError) as error:
        raise ValueError(f"unknown time zone: {name!r}") from error


def read_offset(text: str) -> tuple[timedelta | None, str | None]:
    """Return the offset that folded ``text`` writes, or else the name of a zone that it writes.

    >>> read_offset("gmt+1"), read_offset("et")
    ((datetime.timedelta(seconds=3600), None), (None, 'et'))
    """
    text = text.strip()
    match = _OFFSET.fullmatch(text.replace("+ ", "+").replace("- ", "-"))
    if match:
        hours, minutes = int(match[2]), int(match[3] or 0)
        if hours > 15 or minutes > 59:
            return None, None
        offset = timedelta(hours=hours, minutes=minutes)
        return (-offset if match[1] == "-" else offset), None
    if text in _NAMED or text in _SHARED:
        return None, text
    if text in _HOURS:
        return timedelta(hours=_HOURS[text]), None
    if text in _MINUTES:
        return timedelta(minutes=_MINUTES[text]), None
    return None, None


def zone_named(name: str, wall: datetime, site: ZoneInfo | None) -> tzinfo | None:
    """Return the zone that an abbreviation means on the wall clock ``wall`` of a site, ``None`` where that is open."""
    if name in _NAMED:
        return site_zone(_NAMED[name])
    if site is not None and (on_zone(wall, site).tzname() or "").lower() == name:
        return site
    if name in ("ist", "ast") or (site is not None and name in _SHARED and name not in _HOURS):
        return None
    return timezone(timedelta(hours=_HOURS[name])) if name in _HOURS else None


def on_zone(wall: datetime, zone: tzinfo) -> datetime:
    """Put a wall clock on a zone. An hour that the clocks skip is moved on as they were; of one that comes twice, the
    first is taken.

    >>> on_zone(datetime(2024, 3, 31, 2, 30), ZoneInfo("Europe/Paris")).isoformat()
    '2024-03-31T03:30:00+02:00'
    """
    return wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
