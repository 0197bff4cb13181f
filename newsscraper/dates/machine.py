"""Dates as programs write them: ISO 8601 and seconds since 1970. Months in words are read in `absolute`."""

from __future__ import annotations

import re
from datetime import date, timedelta

from newsscraper.dates.forms import Clock, Epoch, Stamp
from newsscraper.dates.zones import read_offset

_ISO = re.compile(
    r"""(?P<year>\d{4})
    (?:-(?P<month>\d\d)(?:-(?P<day>\d\d))? | -?w(?P<week>\d\d)(?:-?(?P<weekday>[1-7]))? | -(?P<ordinal>\d{3})
      | (?P<basic>\d{4})(?=t|$))
    (?:(?:t|\s|\st\s)\s?(?P<hour>\d\d)(?::?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,:](?P<fraction>\d{1,9}))?)?)?
      \s?(?P<offset>z|utc|gmt|[+-]\d\d:?\d\d(?::\d\d|\s[a-z]{3,4})?|[+-]\d\d)?(?:\s?\[[\w/+-]+\])?)?""",
    re.VERBOSE,
)
_EPOCH = re.compile(r"([1-9]\d{8,9})(?:\.\d+)?|([1-9]\d{11,12})|([1-9]\d{15})")


def read_machine(text: str) -> Stamp | Epoch | None:
    """Read folded ``text`` as ISO 8601 or as an epoch.

    >>> read_machine("2018-w02-2"), read_machine("1515507000")
    (Stamp(year=2018, month=1, day=9, clock=None), Epoch(seconds=1515507000.0))
    """
    if not text[:1].isdigit() or len(text) > 60:
        return None
    match = _ISO.fullmatch(text)
    if match:
        return _iso(match)
    match = _EPOCH.fullmatch(text)
    if match:
        scale = 1 if match[1] else 1e3 if match[2] else 1e6
        return Epoch(float(text) / scale)
    return None


def _iso(match: re.Match[str]) -> Stamp | None:
    year = int(match["year"])
    day: int | None
    month: int | None
    try:
        if match["week"]:
            found = date.fromisocalendar(year, int(match["week"]), int(match["weekday"] or 1))
            month, day = found.month, found.day
            year = found.year
        elif match["ordinal"]:
            found = date(year, 1, 1) + timedelta(days=int(match["ordinal"]) - 1)
            if found.year != year:
                return None
            month, day = found.month, found.day
        elif match["basic"]:
            month, day = int(match["basic"][:2]), int(match["basic"][2:])
        else:
            month, day = int(match["month"]), int(match["day"]) if match["day"] else None
        if not 1 <= month <= 12 or (day is not None and not date(year, month, day)):
            return None
    except ValueError:
        return None
    if match["hour"] is None:
        return Stamp(year, month, day)
    if day is None:
        return None
    hour, minute, second = (int(match[part]) if match[part] else None for part in ("hour", "minute", "second"))
    if hour == 24 and not minute and not second:
        following = date(year, month, day) + timedelta(days=1)
        year, month, day, hour = following.year, following.month, following.day, 0
    if (hour or 0) > 23 or (minute or 0) > 59 or (second or 0) > 60:
        return None
    offset, _ = read_offset(match["offset"][:6] if match["offset"] else "")
    if match["offset"] and offset is None:
        return None
    microsecond = int((match["fraction"] or "0")[:6].ljust(6, "0"))
    return Stamp(
        year,
        month,
        day,
        Clock(hour or 0, minute, min(second or 0, 59) if second is not None else None, microsecond, offset),
    )
