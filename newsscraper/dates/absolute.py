"""Dates of the calendar in words and numbers: "9 janvier 2018 à 14h28", "09/01/2018", "2018年1月9日", "۱۹ دی ۱۳۹۶"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from newsscraper.dates.calendars import from_buddhist, from_hijri, from_persian
from newsscraper.dates.clocks import cut_clock, in_half
from newsscraper.dates.folding import has_digit
from newsscraper.dates.forms import Clock, DayBack, Epoch, Stamp
from newsscraper.dates.marks import without_marks
from newsscraper.dates.months import Calendar, is_spoken, month_at, month_names
from newsscraper.dates.ordering import Order
from newsscraper.dates.vocabulary import Languages, meaning, tables

_LONGEST = 120
_MOST_TOKENS = 30
_TOKEN = re.compile(r"\d+|\x00|[^\W\d_](?:[^\d\s.,;:/|()\[\]<>!?\"'…،、。・«»–—\x00-]|'(?=\w))*|[^\w\s]")
_PUNCTUATION = frozenset(".,;:/|()[]-–—'’、,،·•@\x00º°ª")
_OF_SCORES = frozenset(":")
_ARTICLES = frozenset(
    ("le", "the", "of", "th", "st", "nd", "rd", "de", "di", "d", "del",
     "den", "der", "el", "il", "am", "on", "o", "i", "a", "em", "an", "al", "er")
)  # fmt: skip

_LONG_WORD = re.compile(r"(?<![^\W\d_'])[a-z]{5,}(?![^\W\d_'])")
_YEAR_ALONE = re.compile(r"(\d{4})(?:\s?(?:г|год|р|рік|年|년))?\.?")
_NUMERIC = re.compile(r"(\d{1,4})(\s?[./-]\s?)(\d{1,2})(\s?[./-]\s?)(\d{1,4})(?!\d)")

_BUDDHIST_LANGUAGES = frozenset(("th", "lo", "km"))
_PERSIAN_LANGUAGES = frozenset(("fa", "ps", "ckb", "uz"))
_HIJRI_LANGUAGES = frozenset(("ar", "ur", "fa", "ps"))
# Languages of which the year comes first so firmly that 01/09/2018 may be either.
_YEAR_FIRST = frozenset(("hu", "ja", "ko", "zh", "mn"))


def read_date(text: str, languages: Languages, order: Order) -> Stamp | DayBack | None:
    """Read folded ``text`` as a date, with or without a clock; ``None`` where anything in it is left over.

    >>> read_date("9 janvier 2018", (), None)
    Stamp(year=2018, month=1, day=9, clock=None)
    >>> read_date("01/09/2018", (), None) is None
    True
    """
    if len(text) > _LONGEST or not has_digit(text):
        return None
    if not may_be(text):
        return None
    year_alone = _YEAR_ALONE.fullmatch(text)
    if year_alone:
        year = int(year_alone[1])
        if 2400 <= year <= 2700 and not _BUDDHIST_LANGUAGES.isdisjoint(languages):
            year = from_buddhist(year)
        return Stamp(year) if 1900 <= year <= 2100 else None
    clock, rest, settled = cut_clock(text)
    if not rest:
        return None
    found = _Reading(languages, order, clock).read(rest, settled)
    if found is None and clock is None:
        clock, rest, settled = cut_clock(text, after_date=True)
        if clock is not None and rest:
            found = _Reading(languages, order, clock).read(rest, settled)
    return found


def may_be(text: str) -> bool:
    """Whether folded ``text`` can be a date, told in passing: none holds a long Latin word that no date has.

    >>> may_be("le 9 janvier 2018 a 14 heures"), may_be("ministers met in 2018")
    (True, False)
    """
    known = _long_words()
    return "(" in text or all(word in known for word in _LONG_WORD.findall(text))


@dataclass(slots=True)
class _Reading:
    """One attempt at a text whose clock has been cut out."""

    languages: Languages
    order: Order
    clock: Clock | None
    tokens: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    month: int | None = None
    calendar: Calendar = "gregorian"
    weekday: int | None = None

    def read(self, text: str, settled: bool) -> Stamp | DayBack | None:
        if self.clock is not None and not settled:
            self.clock, text = in_half(self.clock, text, self.languages)
        text = without_marks(text)
        self.tokens = _TOKEN.findall(text)
        if len(self.tokens) > _MOST_TOKENS or not self._sort():
            return None
        left = self._without_weekday()
        if left is None:
            return None
        if left:
            back = meaning("days", " ".join(left), self.languages)
            if back is None or self.numbers or self.month is not None:
                return None
            return DayBack(int(back), self.clock)
        return self._numeric(text) if self.month is None else self._with_month()

    def _sort(self) -> bool:
        """Sort the tokens into numbers, the month and other words; tell whether a date can be made of them."""
        place = 0
        while place < len(self.tokens):
            token = self.tokens[place]
            taken = 1
            if token.isdigit():
                self.numbers.append(place)
            elif token[0].isalpha():
                month = month_at(self.tokens, place, self.languages)
                if month is None or self._is_weekday(token, place):
                    if token not in _words_of_dates():
                        return False
                    self.words.append(token)
                elif self.month is None:
                    self.month, self.calendar, taken = month
                elif month[:2] == (self.month, self.calendar):
                    # Arabic papers name a month twice: "9 يناير/كانون الثاني 2018".
                    taken = month.taken
                else:
                    return False
            elif token not in _PUNCTUATION or (token in _OF_SCORES and self._between_numbers(place)):
                return False
            place += taken
        return True

    def _between_numbers(self, place: int) -> bool:
        """Whether a token stands between two numbers: a colon there is of a score or of a clock that none has."""
        around = self.tokens[max(place - 1, 0) : place] + self.tokens[place + 1 : place + 2]
        return len(around) == 2 and all(token.isdigit() for token in around)

    def _is_weekday(self, token: str, place: int) -> bool:
        """Whether a word that names a month and a day of the week means the day: "mar. 9 mars 2018"."""
        if token not in tables()["weekdays"]:
            return False
        later = range(place + 1, len(self.tokens))
        return self.month is not None or any(
            self.tokens[i][0].isalpha() and month_at(self.tokens, i, self.languages) is not None for i in later
        )

    def _without_weekday(self) -> list[str] | None:
        """Return the words that are neither filler nor day of the week, ``None`` where one of them is in no date."""
        left: list[str] = []
        fillers, weekdays = tables()["fillers"], tables()["weekdays"]
        for word in self.words:
            if word in fillers:
                continue
            if word in weekdays:
                found = meaning("weekdays", word, self.languages)
                self.weekday = int(found) if found is not None else None
            elif word in _words_of_days():
                left.append(word)
            else:
                return None
        phrase = " ".join(word for word in self.words if word in _words_of_days())
        if left and (phrase in weekdays or " ".join(left) in weekdays):
            return []
        if left and meaning("days", phrase, self.languages) is not None:
            return phrase.split(" ")
        return left

    def _with_month(self) -> Stamp | None:
        texts = [self.tokens[place] for place in self.numbers]
        if not 1 <= len(texts) <= 2 or any(len(text) == 3 or len(text) > 4 for text in texts):
            return None
        years = [int(text) for text in texts if len(text) == 4]
        days = [int(text) for text in texts if len(text) < 4]
        if len(years) == 1 and len(days) == 1:
            return self.stamp(years[0], days[0])
        if len(years) == 1:
            return self.stamp(years[0], None) if self.clock is None else None
        if len(days) == 1:
            return self._without_year(days[0])
        # Two short numbers: the day before the year, as in every language but those that begin with the year.
        apostrophe = len(days) == 2 and self.tokens[self.numbers[1] - 1] == "'"
        if len(days) != 2 or len(texts[1]) != 2 or self.calendar != "gregorian":
            return None
        if not apostrophe and not _YEAR_FIRST.isdisjoint(self.languages[:1]):
            return None
        return self.stamp(_full_year(days[1]), days[0])

    def _without_year(self, day: int) -> Stamp | None:
        """Read a day and a month alone, which bear no more words than an article: "3 saat ago" is no August."""
        fillers = [word for word in self.words if word in tables()["fillers"]]
        if self.clock is None and not _ARTICLES.issuperset(fillers):
            return None
        if any(len(word) < 2 for word in self.words if word not in _ARTICLES):
            return None
        if "ago" in self.tokens and not is_spoken("ago", self.languages):
            return None
        return Stamp(None, self.month, day, self.clock) if 1 <= day <= 31 and self.calendar == "gregorian" else None

    def _numeric(self, text: str) -> Stamp | None:
        match = _NUMERIC.search(text)
        if len(self.numbers) != 3 or not match or match[2].strip() != match[4].strip():
            return None
        lengths = len(match[1]), len(match[5])
        first, second, third = int(match[1]), int(match[3]), int(match[5])
        if lengths[0] == 4 and lengths[1] <= 2:
            self.month = second
            return self.stamp(first, third)
        if lengths == (2, 1) and self.order == "YMD":
            self.month = second
            return self.stamp(_full_year(first), third)
        if lengths[0] > 2 or not (lengths[1] == 4 or (lengths[1] == 2 and self.order and match[2] == match[4])):
            return None
        if lengths[1] == 2 and self.order == "YMD":
            self.month = second
            return self.stamp(_full_year(first), third) if lengths[0] == 2 else None
        year = third if lengths[1] == 4 else _full_year(third)
        found = self._ordered(year, first, second)
        if found is None:
            return None
        day, self.month = found
        return self.stamp(year, day)

    def _ordered(self, year: int, first: int, second: int) -> tuple[int, int] | None:
        """Return day and month of two numbers in the site's order, or in the only one that makes a date."""
        readings = {
            (day, month) for day, month in ((first, second), (second, first)) if 1 <= month <= 12 and 1 <= day <= 31
        }
        if len(readings) > 1:
            if self.order == "DMY" or (self.order == "YMD" and _YEAR_FIRST.isdisjoint(self.languages[:1])):
                return first, second
            if self.order == "MDY":
                return second, first
            readings = {
                (day, month)
                for day, month in readings
                if self.weekday is not None and _falls_on(year, month, day, self.weekday)
            }
        return readings.pop() if len(readings) == 1 else None

    def stamp(self, year: int, day: int | None) -> Stamp | None:
        """Return the Gregorian stamp of a date in the calendar that its words and the size of its year tell."""
        spoken = frozenset(self.languages)
        calendar = self.calendar
        if calendar == "gregorian" and 1200 <= year <= 1500:
            calendar = "persian" if year < 1422 and (spoken & _PERSIAN_LANGUAGES or not spoken) else "hijri"
            if calendar == "hijri" and not spoken & _HIJRI_LANGUAGES:
                return None
        month = self.month or 0
        if calendar != "gregorian":
            convert = from_persian if calendar == "persian" else from_hijri
            found = convert(year, month, day) if day is not None else None
            return Stamp(found.year, found.month, found.day, self.clock) if found else None
        if 2400 <= year <= 2700 and (spoken & _BUDDHIST_LANGUAGES or not spoken):
            year = from_buddhist(year)
        if not 1700 <= year <= 2200:
            return None
        try:
            date(year, month, day or 1)
        except ValueError:
            return None
        return Stamp(year, month, day, self.clock)


def on_our_calendar(form: Stamp | Epoch | None, languages: Languages) -> Stamp | Epoch | None:
    """Return a date in ISO's form on the Gregorian calendar: sites of Iran, Arabia and Thailand write their own in it.

    >>> on_our_calendar(Stamp(1403, 7, 12), ("fa",)), on_our_calendar(Stamp(2567, 10, 5), ("th",))
    (Stamp(year=2024, month=10, day=3, clock=None), Stamp(year=2024, month=10, day=5, clock=None))
    """
    if not isinstance(form, Stamp) or form.year is None or 1500 < form.year < 2400 or form.month is None:
        return form
    # The year of no page: where no calendar of the page's language has it, it is no date.
    return _Reading(languages, "YMD", form.clock, month=form.month).stamp(form.year, form.day)


@cache
def _words_of_days() -> frozenset[str]:
    """Return the words of names of days, those of several words too ("Dydd Mawrth", "i dag")."""
    names = (phrase for table in ("days", "weekdays") for phrase in tables()[table])
    return frozenset(word for phrase in names for word in phrase.split(" "))


@cache
def _words_of_dates() -> frozenset[str]:
    """Return the words that a date may hold besides its month: any other makes it none."""
    return _words_of_days() | frozenset(tables()["fillers"]) | frozenset(tables()["weekdays"])


@cache
def _long_words() -> frozenset[str]:
    """Return the words of dates with the names of months, and those of clocks that are as long."""
    months = frozenset(word for name in tables()["months"] for word in name.split(" "))
    halves = frozenset(word for table in ("am", "pm") for name in tables()[table] for word in name.split(" "))
    clocks = frozenset(("heure", "heures", "horas", "klokka", "klokken", "pukul"))
    return _words_of_dates() | months | {f"{name}aren" for name in months} | month_names() | halves | clocks


def _full_year(short: int) -> int:
    return 2000 + short if short < 70 else 1900 + short


def _falls_on(year: int, month: int, day: int, weekday: int) -> bool:
    try:
        return date(year, month, day).weekday() == weekday
    except ValueError:
        return False
