"""From what a text says to a moment, against the moment of reading and on the site's zone."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from datetime import timezone as fixed_zone
from zoneinfo import ZoneInfo

from newsscraper.article import Precision
from newsscraper.dates.claim import Role
from newsscraper.dates.forms import Age, Clock, DayBack, Epoch, Form, Stamp
from newsscraper.dates.moment import Moment, MomentZone, truncate
from newsscraper.dates.zones import on_zone, zone_named

_FURTHEST_YEARS = 20
"""A year further ahead is a misreading, not the date of an event."""


@dataclass(frozen=True, slots=True)
class Resolver:
    """Puts forms of one text in their place in time.

    Attributes:
        raw: the text.
        reference: aware moment of reading.
        zone: the site's zone, where it is known.
    """

    raw: str
    reference: datetime
    zone: ZoneInfo | None

    def resolve(self, form: Form, role: Role) -> Moment | None:
        """Return the moment that a form means, ``None`` where no calendar has it."""
        try:
            match form:
                case Age():
                    return self._age(form, role)
                case Epoch():
                    value = datetime.fromtimestamp(form.seconds, UTC)
                    if value > self.reference + timedelta(days=400):
                        return None
                    return self._moment(value, "second", "explicit", role)
                case DayBack():
                    day = self._now() + timedelta(days=form.days)
                    stamp = Stamp(day.year, day.month, day.day, form.clock)
                    return self._stamp(stamp, role, relative=form.clock is None)
                case Stamp():
                    return self._stamp(form, role)
        except (OverflowError, ValueError, OSError):
            return None

    def _now(self) -> datetime:
        return self.reference.astimezone(self.zone or self.reference.tzinfo)

    def _moment(self, value: datetime, precision: Precision, named: MomentZone, role: Role) -> Moment:
        return Moment(truncate(value, precision), precision, self.raw, named, role=role)

    def _age(self, form: Age, role: Role) -> Moment:
        value = self._now()
        clock = value.tzinfo
        for unit, count in form.parts:
            match unit:
                case "year" | "month":
                    months = value.year * 12 + value.month - 1 - count * (12 if unit == "year" else 1)
                    year, month = divmod(months, 12)
                    day = min(value.day, calendar.monthrange(year, month + 1)[1])
                    value = value.replace(year=year, month=month + 1, day=day)
                case "week" | "day":
                    value -= timedelta(days=count * (7 if unit == "week" else 1))
                case _:
                    value = (value.astimezone(UTC) - timedelta(**{unit + "s": count})).astimezone(clock)
        precision = form.parts[-1][0]
        named: MomentZone = "site" if self.zone is not None else "unknown"
        cut = truncate(value, precision)
        return Moment(cut, precision, self.raw, named, relative=True, role=role, about=value)

    def _stamp(self, form: Stamp, role: Role, *, relative: bool = False) -> Moment | None:
        clock = form.clock or Clock(0)
        year = form.year if form.year is not None else self._latest_year(form)
        month, day = form.month or 1, form.day or 1
        wall = datetime(year, month, day, clock.hour, clock.minute or 0, clock.second or 0, clock.microsecond)
        if wall.year > self.reference.year + _FURTHEST_YEARS:
            return None
        if form.clock is None:
            # A day is a day on the site's calendar: its midnight there, or no zone at all.
            known: tzinfo | None = self.zone or (self.reference.tzinfo if relative else None)
            named: MomentZone = "site" if self.zone is not None else "unknown"
            return Moment(wall.replace(tzinfo=known), form.precision, self.raw, named, relative=relative, role=role)
        written = None
        if clock.offset is not None:
            written = wall.replace(tzinfo=fixed_zone(clock.offset))
        elif clock.zone is not None:
            zone = zone_named(clock.zone, wall, self.zone)
            written = on_zone(wall, zone) if zone is not None else None
        if written is not None:
            return self._moment(written, form.precision, "explicit", role)
        if self.zone is not None:
            return self._moment(on_zone(wall, self.zone), form.precision, "site", role)
        return self._moment(wall, form.precision, "unknown", role)

    def _latest_year(self, form: Stamp) -> int:
        """Return the year of the latest such day that is not to come, with a day of grace for readers further east."""
        year = self.reference.year
        soon = (self.reference + timedelta(days=2)).replace(tzinfo=None)
        return year - 1 if datetime(year, form.month or 1, min(form.day or 1, 28)) > soon else year
