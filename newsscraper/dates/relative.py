"""Ages of posts: "il y a 2 jours", "2 jours ago", "une semaine", "3 h", in any language and any mix of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import cast

from newsscraper.article import Precision
from newsscraper.dates.folding import has_digit
from newsscraper.dates.forms import Age, DayBack
from newsscraper.dates.vocabulary import FEWER_SITES, Languages, may_begin, may_end, meaning, tables, tongues

_LONGEST = 80
_NUMBER = re.compile(r"\d+")
_SEVENS = re.compile(r"(\d{1,3}) (7 хоног\w*)(.*)")
_EDGE = ' .,;:|·•–—-()[]~≈‹›«»"'
# Scripts that set words without spaces, and those that glue a frame to the number: Sinhala, Thai … Burmese, Ethiopic,
# Hangul, Khmer, kana, Chinese.
_UNSPACED = re.compile(
    "[\u0d80-\u0dff\u0e00-\u0fff\u1000-\u109f\u1100-\u11ff\u1200-\u137f\u1780-\u17ff\u3040-\u9fff\uac00-\ud7af]"
)
_CONNECTORS = frozenset(
    [
        ",",
        "and",
        "et",
        "und",
        "y",
        "e",
        "i",
        "og",
        "och",
        "en",
        "és",
        "es",
        "and,",
        ", and",
        "ve",
        "ja",
        "a",
        "и",
        "і",
        "та",
        "و",
        "και",
    ]
)

# More than this is no age but a number that stands before a unit: "2018 год".
_MOST = {
    "second": 600_000,
    "minute": 600_000,
    "hour": 100_000,
    "day": 40_000,
    "week": 6_000,
    "month": 1_300,
    "year": 110,
}

# One letter says a unit only where a language is known to use it; these, everywhere.
_LETTERS = {"h": "hour", "d": "day", "s": "second", "w": "week", "y": "year", "j": "day"}

_NONE: frozenset[str] = frozenset()


def read_age(text: str, languages: Languages) -> Age | DayBack | None:
    """Read folded ``text`` as an age; ``None`` where anything in it is left over.

    >>> read_age("il y a 2 jours", ()), read_age("2 jours de conges", ())
    (Age(parts=(('day', 2),)), None)
    """
    if len(text) > _LONGEST:
        return None
    text = text.strip(_EDGE)
    if not text:
        return None
    if not has_digit(text):
        return _without_digits(text, languages)
    numbers = list(_NUMBER.finditer(text))
    if len(numbers) > 3:
        return None
    first, last = numbers[0], numbers[-1]
    before = text[: first.start()].strip(_EDGE)
    parts: list[tuple[Precision, int]] = []
    for number, after in pairwise(numbers):
        unit = _middle_unit(text[number.end() : after.start()], languages)
        if unit is None or len(number[0]) > 6:
            return _digits_in_unit(text, languages)
        parts.append((unit, int(number[0])))
    if len(last[0]) > 6:
        return None
    unit = _unit_around(before, text[last.end() :].strip(_EDGE), languages, alone=not parts)
    if unit is None:
        return _digits_in_unit(text, languages)
    parts.append((unit, int(last[0])))
    if any(count > _MOST[unit] for unit, count in parts):
        return None
    order = [list(_MOST).index(unit) for unit, _ in parts]
    if order != sorted(set(order), reverse=True):
        return None
    return Age(tuple(parts))


def _digits_in_unit(text: str, languages: Languages) -> Age | None:
    """Read a span whose unit holds a digit: Mongolian "2 7 хоногийн өмнө", two times seven days."""
    match = _SEVENS.fullmatch(text) if " 7 хоног" in text else None
    if match and (not match[3] or match[3].strip() in tables()["after"]):
        return Age((("week", int(match[1])),))
    return None


def _middle_unit(text: str, languages: Languages) -> Precision | None:
    text = text.strip(_EDGE)
    unit = _unit(text, languages, _NONE)
    if unit is None:
        head, _, tail = text.rpartition(" ")
        if tail in _CONNECTORS:
            unit = _unit(head.strip(_EDGE), languages, _NONE)
    return unit


def _unit_around(before: str, after: str, languages: Languages, *, alone: bool) -> Precision | None:
    """Return the unit of a number by what stands before and after it, frames included."""
    # "2 jours ago", "il y a 2 jours": unit behind the number.
    hint = _frame("before", before, languages)
    if hint is not None and after:
        bare = not before and not languages and tongues("units", after) is not None
        framed = meaning("framed", after, languages, hint) if not bare else None
        # One letter within a frame says something only in its own language.
        letter = len(after.split(" ", 1)[0]) == 1
        own = bool(languages) and not (tongues("framed", after) or _NONE).isdisjoint(languages)
        if framed and (own or not (languages or letter)):
            return cast("Precision", framed)
        for unit, frame in _splits(after):
            if not _may_be_unit(unit):
                continue
            behind = _frame("after", frame, languages)
            if behind is None:
                continue
            if not before and not frame and (_needs_frame(unit) or not (languages or _is_plain(unit))):
                continue
            if unit == "j" and frame and not languages and not hint | behind:
                # A French day, a German year: with an English frame it may be either.
                continue
            found = _unit(unit, languages, hint | behind)
            if found:
                return found
        if framed and not letter:
            return cast("Precision", framed)
    return _unit_before(before, after, languages) if alone and before else None


def _unit_before(before: str, after: str, languages: Languages) -> Precision | None:
    """Return the unit of a number that stands before it: "siku 2 zilizopita"."""
    behind = _frame("after", after, languages)
    if behind is None:
        return None
    for frame, unit in _splits(before, from_end=True):
        if not _may_be_unit(unit):
            continue
        ahead = _frame("before", frame, languages)
        if ahead is not None and (frame or after):
            found = _unit(unit, languages, ahead | behind)
            if found:
                return found
    if after or len(before) < 3 or " " in before or not (tongues("units", before) or _NONE) & _UNIT_FIRST:
        return None
    return _unit(before, languages, _NONE)


# Languages that put the unit before its number: a bare "siku 2" is an age, a bare "Tag 2" is not.
_UNIT_FIRST = frozenset(("sw", "si", "ha"))

# Languages of Latin letters that put the word for a number behind its unit.
_NUMBER_LAST = _UNIT_FIRST | frozenset(("so", "zu", "xh", "rw", "yo", "ig", "mg", "mt", "ku"))

# Alone behind a number these are a day of the month, an hour of the day or a year rather than a length of time.
_CLOCK_UNITS = frozenset(["日", "月", "年", "分", "时", "時", "시", "일", "월", "년", "분", "г", "год", "წელი"])


def _needs_frame(unit: str) -> bool:
    """Whether a unit alone behind a number may as well be a clock, a year or a measure."""
    return unit in _CLOCK_UNITS or (len(unit) == 1 and unit.isascii() and unit not in _LETTERS)


def _is_plain(unit: str) -> bool:
    """Whether a unit alone behind a number can mean nothing else ("2 sat", "5 let"), the language being unknown."""
    if len(unit) > 3 or len(unit) == 1 or not unit.isascii():
        return True
    return "en" in (tongues("units", unit.strip(".")) or _NONE)


def _frame(table: str, text: str, languages: Languages) -> frozenset[str] | None:
    """Return the languages whose frame ``text`` is, empty for no frame and for an English one; else ``None``.

    A word of two letters ("on") is a frame only where its language is spoken, or one of many sites.
    """
    if not text:
        return _NONE
    if not may_begin(table, text):
        return None
    found = tongues(table, text)
    if found is None:
        for head, tail in _splits(text):
            if tail:
                first, second = tongues(table, head), tongues(table, tail)
                if first is not None and second is not None:
                    found = first | second
                    break
        else:
            return None
    if found is None or "en" in found:
        return _NONE
    if len(text) < 3 and FEWER_SITES.issuperset(found) and found.isdisjoint(languages):
        return None
    return found


def _may_be_unit(word: str) -> bool:
    """Whether a word is a unit in some language, or a letter that may be one: whether it is worth asking for more."""
    word = word.strip(" .")
    return word in tables()["units"] or (len(word) == 1 and word.isascii())


def _unit(word: str, languages: Languages, hint: frozenset[str]) -> Precision | None:
    if not word or len(word) > 30:
        return None
    word = word.strip(" .")
    if len(word) == 1 and word.isascii():
        if not languages:
            return cast("Precision | None", meaning("units", word, (), hint) if hint else _LETTERS.get(word))
        spoken = tongues("units", word) or _NONE
        # "m" is a minute in English, and a month or a minute elsewhere.
        if spoken.isdisjoint(languages) or (word == "m" and languages[0] != "en"):
            return None
        found = meaning("units", word, languages, hint)
    else:
        found = meaning("units", word, languages, hint)
    return cast("Precision | None", found)


def _splits(text: str, *, from_end: bool = False) -> Iterator[tuple[str, str]]:
    """Yield the ways to cut ``text`` in two between words, the whole first."""
    yield ("", text) if from_end else (text, "")
    unspaced = not text.isascii() and _UNSPACED.search(text) is not None
    places = range(1, len(text)) if len(text) <= 40 else range(1, 40)
    for place in places if from_end else reversed(places):
        if text[place] == " " or (unspaced and text[place - 1] != " ") or text[place - 1] in ".'":
            yield text[:place].strip(_EDGE), text[place:].strip(_EDGE)


def _without_digits(text: str, languages: Languages) -> Age | DayBack | None:
    """Read "une semaine", "לפני יומיים", "year ago", "à l'instant", "hier", "la semaine dernière"."""
    day = _spoken("days", text, languages)
    if day is not None:
        return DayBack(int(day))
    if _spoken("now", text, languages) is not None:
        return Age((("minute", 0),))
    last = _spoken("last", text, languages)
    if last is not None:
        return Age(((cast("Precision", last), 1),))
    whole = meaning("aged", text, languages)
    if whole is not None:
        return _age(whole)
    heads: Iterator[tuple[str, str]] = iter([("", text)])
    if may_begin("before", text):
        heads = _splits(text, from_end=True)
    for head, rest in heads:
        ahead = _frame("before", head, languages)
        if ahead is None:
            continue
        for middle, tail in _splits(rest) if may_end("after", rest) else [(rest, "")]:
            behind = _frame("after", tail, languages)
            if behind is None or not middle:
                continue
            age = _counted(middle, languages, ahead | behind, framed=bool(head or tail))
            if age:
                return age
    return None


def _spoken(table: str, text: str, languages: Languages) -> str | None:
    """Return what a whole text means in the site's languages or in English: elsewhere "no" is now, "vue" today."""
    spoken = tongues(table, text)
    if spoken is None or (languages and spoken.isdisjoint((*languages, "en"))):
        return None
    if not languages and (len(text) < 3 or FEWER_SITES.issuperset(spoken)):
        return None
    return meaning(table, text, languages)


def _counted(text: str, languages: Languages, hint: frozenset[str], *, framed: bool) -> Age | None:
    span = meaning("spans", text, languages, hint)
    if span is not None and (framed or span[-1] != "1"):
        return _age(span)
    if not framed and not languages:
        return None
    if framed:
        unit = meaning("framed", text, languages, hint) or _unit(text, languages, hint)
        # "time ago" is no hour of Denmark: a bare unit within an English frame is English, or not of Latin letters.
        foreign = text.isascii() and not languages and not hint and "en" not in (tongues("units", text) or ("en",))
        # "years ago" without a number is more than one.
        several = unit and text.endswith("s") and not languages and "en" in (tongues("units", text) or _NONE)
        if unit and len(text) > 2 and not foreign and not several:
            return Age(((cast("Precision", unit), 1),))
    if not may_begin("numbers", text) and not may_end("numbers", text):
        return None
    for left, right in _splits(text):
        if not right:
            continue
        for number, word in ((left, right), (right, left)):
            if number is right and number.isascii() and (tongues("numbers", number) or _NONE).isdisjoint(_NUMBER_LAST):
                continue
            count = meaning("numbers", number, languages, hint)
            if count is not None and (len(word) > 1 or not word.isascii()):
                unit = meaning("framed", word, languages, hint) or _unit(word, languages, hint)
                if unit and _of_one_language(number, word):
                    return Age(((cast("Precision", unit), int(count)),))
    return None


def _of_one_language(number: str, unit: str) -> bool:
    """Whether some language has both words: "on" is ten in Turkish alone, and says nothing of French days."""
    spoken = (tongues("framed", unit) or _NONE) | (tongues("units", unit) or _NONE)
    return not spoken.isdisjoint(tongues("numbers", number) or _NONE)


def _age(entry: str) -> Age:
    unit, _, count = entry.partition(" ")
    return Age(((cast("Precision", unit), int(count)),))
