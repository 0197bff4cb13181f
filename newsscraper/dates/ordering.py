"""Whether 01/09/2018 is September's first or January's ninth on a site, or not to be known."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

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
                return "MDY"
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
