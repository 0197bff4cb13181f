"""A moment read from text: a value with how fine it is known and how its zone was decided."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from newsscraper.article import Precision
from newsscraper.dates.claim import Role

MomentZone = Literal["explicit", "site", "unknown"]

_SPANS: dict[str, timedelta] = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(days=7),
    "month": timedelta(days=31),
    "year": timedelta(days=366),
}


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time, as exact as a text says it.

    Attributes:
        value: aware where the zone is known, else the wall clock without one; never finer than ``precision``, so that
            a day is its midnight and a month its first day.
        precision: how fine the text is: ``"second"`` … ``"year"``.
        raw: the text as given.
        zone: ``"explicit"``: written in the text; ``"site"``: the site's zone; ``"unknown"``: neither. A relative
            text without a site's zone is counted on the clock of the reference, and says ``"unknown"``.
        relative: the text counts from the moment of reading: "2 jours ago", "hier".
        role: what a label in the text says it dates: ``"published"``, ``"modified"``, or ``"unknown"``.
        reader: who read it: ``"own"`` or ``"dateparser"``, which is asked where ours reads nothing.
        about: of an age, the moment counted back to the second, which `value` cuts to what is known.
    """

    value: datetime
    precision: Precision
    raw: str
    zone: MomentZone = "unknown"
    relative: bool = False
    role: Role = "unknown"
    about: datetime | None = None
    reader: Literal["own", "dateparser"] = "own"

    @property
    def span(self) -> tuple[datetime, datetime]:
        """First and last moment that the text allows, aware or not as `value` is.

        A relative text is rounded by whoever wrote it, up or down: a whole unit on either side. A bare value may be on
        any clock of the world: 14 hours on either side.
        """
        unit = _SPANS[self.precision]
        if self.about is not None:
            return self.about - unit, self.about + unit
        last = self.value + unit
        if self.precision == "month":
            days = calendar.monthrange(self.value.year, self.value.month)[1]
            last = self.value + timedelta(days=days)
        return self.value, last

    def isoformat(self) -> str:
        """Return the value as ISO 8601, no finer than it is known.

        >>> Moment(datetime(2018, 1, 9, 14, 28), "minute", "…").isoformat()
        '2018-01-09T14:28'
        >>> Moment(datetime(2018, 1, 1), "month", "janvier 2018").isoformat()
        '2018-01'
        """
        if self.precision == "year":
            return f"{self.value:%Y}".rjust(4, "0")
        if self.precision == "month":
            return self.value.date().isoformat()[:7]
        if self.precision in ("week", "day"):
            return self.value.date().isoformat()
        if self.value.tzinfo is None and self.precision in ("hour", "minute"):
            return self.value.isoformat(timespec="minutes")
        return self.value.isoformat(timespec="seconds")


def truncate(value: datetime, precision: Precision) -> datetime:
    """Return ``value`` without what is finer than ``precision``; a week is cut to its day.

    >>> truncate(datetime(2018, 1, 9, 14, 28, 30), "month")
    datetime.datetime(2018, 1, 1, 0, 0)
    """
    match precision:
        case "second":
            return value.replace(microsecond=0)
        case "minute":
            return value.replace(second=0, microsecond=0)
        case "hour":
            return value.replace(minute=0, second=0, microsecond=0)
        case "month":
            return value.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        case "year":
            return value.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
        case _:
            return value.replace(hour=0, minute=0, second=0, microsecond=0)
