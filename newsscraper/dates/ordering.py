"""Whether 01/09/2018 is September's first or January's ninth on a site, or not to be known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal

from newsscraper.dates.folding import fold
from newsscraper.dates.vocabulary import known_as, tables

Order = Literal["DMY", "MDY", "YMD"] | None

_MONTH_FIRST_REGIONS = frozenset(("US", "PH", "FM", "GU", "PW", "MH", "AS", "PR", "VI"))
# English is written in both orders; these tell. Canada writes all three.
_MONTH_FIRST_ZONES = (
    "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Phoenix",
    "America/Anchorage", "America/Detroit", "America/Boise", "America/Juneau", "America/Indiana/", "America/Kentucky/",
    "America/North_Dakota/", "America/Adak", "America/Nome", "America/Sitka", "America/Menominee", "Pacific/Honolulu",
    "US/", "Asia/Manila", "EST5EDT", "CST6CDT", "MST7MDT", "PST8PDT", "America/Indianapolis", "America/Louisville",
)  # fmt: skip
_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2((?:19|20)\d\d)(?![\d/-])")
_DAY_FIRST_ZONES = (
    "Europe/",
    "Africa/",
    "Asia/",
    "Australia/",
    "Pacific/Auckland",
    "Indian/",
    "GB",
    "Eire",
    "Atlantic/",
)


@lru_cache(maxsize=512)
def order_of(languages: Sequence[str], timezone: str | None) -> Order:
    """Return the order of day, month and year in numeric dates of a site, ``None`` where it is not known.

    >>> order_of(("fr", "en"), None), order_of(("en",), None), order_of(("en",), "America/New_York")
    ('DMY', None, 'MDY')
    """
    zone = timezone or ""
    for tag in languages[:1]:
        base, _, region = tag.replace("_", "-").partition("-")
        region = region.rpartition("-")[2].upper()
        if base.lower() == "en":
            if region in _MONTH_FIRST_REGIONS:
                # Themes are shipped in American English: a clock of Europe or India says more.
                return "DMY" if region == "US" and zone.startswith(_DAY_FIRST_ZONES) else "MDY"
            if len(region) == 2 and region != "CA":
                return "DMY"
            if zone.startswith(_MONTH_FIRST_ZONES):
                return "MDY"
            return "DMY" if zone.startswith(_DAY_FIRST_ZONES) else None
        for name in known_as((tag,)):
            written = tables()["orders"].get(name)
            if written:
                order = next(iter(written))
                return order if order in ("DMY", "MDY", "YMD") else None  # type: ignore[return-value]
    if not languages and zone.startswith(_MONTH_FIRST_ZONES):
        return "MDY"
    if not languages and zone.startswith("Europe/"):
        return "DMY"
    return None


def told_order(texts: Iterable[str], latest: datetime | None) -> Order:
    """Return the order that numeric dates of one site show: those that can be read in one way only tell it for all.

    Args:
        texts: short texts with dates of one site.
        latest: moment after which no date of theirs can be.

    >>> told_order(["Published: 07/11/2023", "Updated: 07/14/2023"], None)
    'MDY'
    >>> told_order(["14/07/2023", "07/14/2023"], None) is None
    True
    """
    told: set[Order] = set()
    for text in texts:
        for match in _NUMERIC.finditer(text) if "20" in text or "19" in text else ():
            order = _only_order(match, text, latest)
            if order is not None:
                told.add(order)
    return told.pop() if len(told) == 1 else None


def _only_order(match: re.Match[str], text: str, latest: datetime | None) -> Order:
    """Return the order in which alone a numeric date is a day, not one to come, and of the weekday before it."""
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    readings: dict[Order, date] = {}
    for order, day, month in (("DMY", first, second), ("MDY", second, first)):
        try:
            readings[order] = date(year, month, day)  # type: ignore[index]
        except ValueError:
            continue
    if first == second:
        return None
    if latest is not None:
        end = latest.date() + timedelta(days=1)
        readings = {order: day for order, day in readings.items() if day <= end}
    if len(readings) > 1:
        words = fold(text[: match.start()]).strip(" ,.").rsplit(" ", 1)
        named = tables()["weekdays"].get(words[-1].strip(" ,."), {})
        readings = {order: day for order, day in readings.items() if not named or str(day.weekday()) in named}
    return next(iter(readings)) if len(readings) == 1 else None
