"""What a text says before a reference gives it a place in time. Hashable, so that a text is read once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from newsscraper.article import Precision


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day; ``offset`` and ``zone`` are what the text names: "+01:00", an IANA name, an abbreviation."""

    hour: int
    minute: int | None = None
    second: int | None = None
    microsecond: int = 0
    offset: timedelta | None = None
    zone: str | None = None

    @property
    def precision(self) -> Precision:
        return "hour" if self.minute is None else "minute" if self.second is None else "second"


@dataclass(frozen=True, slots=True)
class Age:
    """So long ago, in one unit or several: ``(("day", 2), ("hour", 3))``, the finest last."""

    parts: tuple[tuple[Precision, int], ...]


@dataclass(frozen=True, slots=True)
class DayBack:
    """A day counted from today, with or without a clock: "hier à 14h30"."""

    days: int
    clock: Clock | None = None


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date of the calendar. ``year`` is ``None`` where the text leaves it out."""

    year: int | None
    month: int | None = None
    day: int | None = None
    clock: Clock | None = None

    @property
    def precision(self) -> Precision:
        if self.clock is not None:
            return self.clock.precision
        return "year" if self.month is None else "month" if self.day is None else "day"


@dataclass(frozen=True, slots=True)
class Epoch:
    """Seconds since 1970."""

    seconds: float


Form = Age | DayBack | Stamp | Epoch
