"""Names of months inside a text, of the Gregorian, the Persian and the Hijri calendar."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal, NamedTuple

from newsscraper.dates.calendars import HIJRI_MONTHS, PERSIAN_MONTHS
from newsscraper.dates.folding import fold
from newsscraper.dates.vocabulary import FEWER_SITES, Languages, meaning, tables, tongues

Calendar = Literal["gregorian", "persian", "hijri"]


_SHORT = 4


class Month(NamedTuple):
    """A month that a text names: its number, its calendar, and how many tokens its name takes."""

    number: int
    calendar: Calendar
    taken: int


def month_at(tokens: Sequence[str], place: int, languages: Languages) -> Month | None:
    """Return the month whose name begins at ``place``, the longest name first.

    >>> month_at(["9", "janvier", "2018"], 1, ())
    Month(number=1, calendar='gregorian', taken=1)
    """
    for taken in (3, 2, 1) if tokens[place] in _starts() else (1,):
        if place + taken > len(tokens) or not all(token[0].isalpha() for token in tokens[place : place + taken]):
            continue
        phrase = " ".join(tokens[place : place + taken])
        if phrase in _others():
            return Month(*_others()[phrase], taken)
        found = meaning("months", phrase, languages)
        if found is None and phrase[0] == "ב":
            # Hebrew "in" stands before the name.
            found = meaning("months", phrase[1:], languages)
        elif found is None and phrase.endswith("aren"):
            # Basque "of" stands behind it.
            found = meaning("months", phrase[:-3], languages)
        if found is not None and _means_another_day(phrase, languages):
            continue
        if found is not None and (len(phrase) > 2 or not phrase.isascii() or is_spoken(phrase, languages)):
            return Month(int(found), "gregorian", taken)
    return None


def _means_another_day(name: str, languages: Languages) -> bool:
    """Whether a short name, a month in a language that is not spoken here, is elsewhere a day: "Sun", "Sat", "Fre"."""
    spoken = tongues("months", name) or frozenset()
    if not spoken or len(name) > _SHORT or not spoken.isdisjoint(languages or ("en",)):
        return False
    return FEWER_SITES.issuperset(spoken) or not (tongues("weekdays", name) or frozenset()).isdisjoint(
        languages or ("en",)
    )


def is_spoken(name: str, languages: Languages) -> bool:
    """Whether a short name of a month, which may mean anything elsewhere, is one of these languages."""
    return not (tongues("months", name) or frozenset()).isdisjoint(languages)


@cache
def _others() -> dict[str, tuple[int, Calendar]]:
    found: dict[str, tuple[int, Calendar]] = {
        fold(name): (number, "persian") for name, number in PERSIAN_MONTHS.items()
    }
    return found | {fold(name): (number, "hijri") for name, number in HIJRI_MONTHS.items()}


@cache
def month_names() -> frozenset[str]:
    """Return the words of which names of Persian and Hijri months are made."""
    return frozenset(word for name in _others() for word in name.split(" "))


@cache
def _starts() -> frozenset[str]:
    """Return the words with which names of several words begin."""
    return frozenset(name.split(" ", 1)[0] for name in (*tables()["months"], *_others()) if " " in name)
