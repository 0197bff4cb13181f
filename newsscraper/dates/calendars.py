"""Years and days of the calendars that pages print beside the Gregorian: Persian, Hijri, Buddhist, Japanese eras."""

from __future__ import annotations

from datetime import date, timedelta

PERSIAN_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "فروردین حمل", "اردیبهشت ثور", "خرداد جوزا غبرگولی", "تیر سرطان چنگاښ", "مرداد امرداد اسد زمری",
            "شهریور سنبله وږی", "مهر میزان تله", "آبان عقرب لړم", "آذر قوس لیندی", "دی جدی مرغومی",
            "بهمن دلو سلواغه", "اسفند حوت کب",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
HIJRI_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "محرم,المحرم,محرم الحرام", "صفر,صفر الخير", "ربيع الأول,ربيع اول,ربیع الاول",
            "ربيع الآخر,ربيع الثاني,ربیع الثانی",
            "جمادى الأولى,جمادى الاول,جمادی الاول", "جمادى الآخرة,جمادى الثانية,جمادى الآخر,جمادی الثانی", "رجب",
            "شعبان", "رمضان,رمضان المبارك", "شوال", "ذو القعدة,ذي القعدة,ذو القعده", "ذو الحجة,ذي الحجة,ذوالحجه",
        ),
        1,
    )
    for name in names.split(",")
}  # fmt: skip

# Leap years of the Persian calendar within its cycle of 33, right from 1206 to 1497.
_PERSIAN_LEAP = frozenset((1, 5, 9, 13, 17, 22, 26, 30))
_BUDDHIST_YEARS = 543


def from_persian(year: int, month: int, day: int) -> date | None:
    """Return the Gregorian day of a Persian one, ``None`` where there is no such day or year.

    >>> from_persian(1396, 10, 19)
    datetime.date(2018, 1, 9)
    """
    if not 1206 <= year <= 1497 or not 1 <= month <= 12:
        return None
    length = 31 if month <= 6 else 30 if month <= 11 or year % 33 in _PERSIAN_LEAP else 29
    if not 1 <= day <= length:
        return None
    # 1 Farvardin 1396 was 21 March 2017.
    years = range(min(year, 1396), max(year, 1396))
    days = sum(366 if y % 33 in _PERSIAN_LEAP else 365 for y in years)
    start = date(2017, 3, 21) + timedelta(days=days if year >= 1396 else -days)
    return start + timedelta(days=31 * min(month - 1, 6) + 30 * max(month - 7, 0) + day - 1)


def from_hijri(year: int, month: int, day: int) -> date | None:
    """Return the Gregorian day of a day of the Umm al-Qura calendar, ``None`` where there is no such day or year.

    >>> from_hijri(1439, 4, 22)
    datetime.date(2018, 1, 9)
    """
    from hijridate import Hijri

    try:
        return date(*Hijri(year, month, day).to_gregorian().datetuple())
    except (ValueError, OverflowError):
        return None


def from_buddhist(year: int) -> int:
    """Return the Gregorian year of a year of the Thai calendar.

    >>> from_buddhist(2561)
    2018
    """
    return year - _BUDDHIST_YEARS
