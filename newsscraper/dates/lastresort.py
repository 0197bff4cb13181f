"""dateparser as the reader of last resort: short texts with words, in a language that page or site declares.

It knows two hundred languages, many of which our vocabulary has no ages or months of. It is asked only where ours reads
nothing, never for dates in numbers alone (there it guesses their order), and what it returns counts only if the text
bears it out: the numbers that it read stand there.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from newsscraper.article import Precision
from newsscraper.dates.folding import fold
from newsscraper.dates.moment import Moment, MomentZone, truncate
from newsscraper.dates.zones import on_zone, site_zone

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_LONGEST, _MOST_WORDS, _MOST_NUMBERS = 60, 8, 5
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]{2,}")
_CLOCK = re.compile(r"\d\s?[:.h]\s?\d\d")
_SPANS: tuple[tuple[Precision, timedelta], ...] = (
    ("minute", timedelta(minutes=1)),
    ("hour", timedelta(hours=1)),
    ("day", timedelta(days=1)),
    ("week", timedelta(days=7)),
)


def read_last(
    text: str, *, reference: datetime, languages: Sequence[str], timezone: str | None = None
) -> Moment | None:
    """Return the moment that dateparser reads in a text which ours leaves unread, if the text bears it out.

    Args:
        text: a short text with words.
        reference: aware moment at which it was read.
        languages: what page or site declare; without one nothing is read.
        timezone: IANA name of the site's clock.

    >>> from datetime import UTC
    >>> found = read_last("2018 Ndira 9", reference=datetime(2026, 11, 22, tzinfo=UTC), languages=("sn",))
    >>> found.isoformat(), found.reader
    ('2018-01-09', 'dateparser')
    >>> read_last("01/09/2018", reference=datetime(2026, 11, 22, tzinfo=UTC), languages=("en",)) is None
    True
    """
    plain = fold(text)
    numbers = [int(number) for number in _NUMBER.findall(plain)]
    if not languages or len(plain) > _LONGEST or not 1 <= len(numbers) <= _MOST_NUMBERS:
        return None
    if not _WORD.search(plain) or len(plain.split()) > _MOST_WORDS:
        return None
    zone = site_zone(timezone) if timezone else None
    base = reference.astimezone(zone or reference.tzinfo).replace(tzinfo=None)
    for tag in languages[:2]:
        value = _ask(text, tag.replace("_", "-").split("-")[0].lower(), base.replace(microsecond=0))
        if value is not None:
            return _moment(value, text, plain, numbers, base, zone)
    return None


@lru_cache(maxsize=1024)
def _ask(text: str, language: str, base: datetime) -> datetime | None:
    from dateparser.date import DateDataParser  # type: ignore[import-untyped]

    settings: dict[str, Any] = {
        "STRICT_PARSING": True,
        "REQUIRE_PARTS": ["day", "month", "year"],
        "RELATIVE_BASE": base,
        "PREFER_DATES_FROM": "past",
        "PARSERS": ["relative-time", "absolute-time"],
    }
    try:
        found = DateDataParser(languages=[language], settings=settings).get_date_data(text)
    except (ValueError, OverflowError):  # a language that it does not know, a year that no calendar has
        return None
    value: datetime | None = found.date_obj
    return value.replace(tzinfo=None) if value is not None else None


def _moment(  # noqa: PLR0913, PLR0917
    value: datetime, text: str, plain: str, numbers: list[int], base: datetime, zone: ZoneInfo | None
) -> Moment | None:
    named: MomentZone = "site" if zone is not None else "unknown"
    unit = _unit_counted(value, numbers, base.replace(microsecond=0)) if len(numbers) == 1 else None
    if unit is not None:
        cut = truncate(value, unit)
        aware = cut.replace(tzinfo=zone) if zone is not None else cut
        about = value.replace(tzinfo=zone) if zone is not None else value
        return Moment(aware, unit, text, named, relative=True, about=about, reader="dateparser")
    years, hours = {value.year, value.year % 100}, {value.hour, value.hour % 12 or 12}
    clock = {*hours, value.minute, value.second} if _CLOCK.search(plain) else set[int]()
    if (
        value.day not in numbers
        or years.isdisjoint(numbers)
        or not {value.day, value.month, *years, *clock}.issuperset(numbers)
    ):
        return None  # a number is read that does not stand there, or one stands there that is not read
    if not _CLOCK.search(plain):
        day = value.replace(hour=0, minute=0, second=0, microsecond=0)
        return Moment(day.replace(tzinfo=zone), "day", text, named, reader="dateparser")
    if value.minute not in numbers or hours.isdisjoint(numbers):
        return None
    local = on_zone(value, zone) if zone is not None else value
    return Moment(truncate(local, "minute"), "minute", text, named, reader="dateparser")


def _unit_counted(value: datetime, numbers: list[int], base: datetime) -> Precision | None:
    """Return the unit of which a moment lies as many back as the text's number says."""
    count = numbers[0]
    for unit, span in _SPANS:
        if value == base - count * span:
            return unit
    for unit, months in (("month", 1), ("year", 12)):
        year, month = divmod(base.year * 12 + base.month - 1 - count * months, 12)
        if year > 0 and (value.year, value.month) == (year, month + 1):
            last = calendar.monthrange(year, month + 1)[1]
            return None if value.day != min(base.day, last) else "month" if unit == "month" else "year"
    return None
