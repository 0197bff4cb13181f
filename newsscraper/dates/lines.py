"""Finds the moment in a line of a page that shows other things beside it: "Name · 5 days ago · 4 min read"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from newsscraper.dates.bylines import find_stamp, is_alone, is_bare_span, is_range, may_tell, read_byline
from newsscraper.dates.claim import Role
from newsscraper.dates.folding import fold, has_digit
from newsscraper.dates.forms import Age, DayBack, Stamp
from newsscraper.dates.labels import begins_other, labels
from newsscraper.dates.vocabulary import known_as, tables, tongues

_LONGEST = 160
_LONGEST_WORDLESS = 30
"""Of a piece without a number ("yesterday", "منذ يومين")."""
_MOST_PIECES, _MOST_JOINED, _MOST_WORDS = 14, 4, 12
_MOST_BESIDE = 5
"""Words of a name that may stand beside an age without a sign between."""
_SEPARATOR = re.compile(r"\s*(?:[|•·●∙⋅▪►»←→()\[\]]|\s[–—/-]\s|\s{3,}|\s?[–—]\s)\s*")
_COMMA = re.compile(r"\s*[,、，،]\s*(?=\D)|,\s+")
_GAP = re.compile(r"[\s,;·|–—-]*\s[\s,;·|–—-]*|[,，、]")
_LONGEST_BESIDE = 140
_YEARISH = re.compile(r"(?:19|20)\d\d|\d[./-]\d\d?[./-]\d\d\b|[年년]")
# All that is yearish has one of these; to look for one character alone takes a tenth of the time.
_YEAR_MARK = re.compile(r"[\d年년]")
_CASELESS = re.compile("[\u0590-\u109f\u1200-\u137f\u1780-\u17ff\u3040-\u9fff\uac00-\ud7af]")


@lru_cache(maxsize=8192)
def find_moments(pieces: tuple[str, ...], languages: tuple[str, ...]) -> tuple[tuple[Role, str], ...]:
    """Return the texts within a line that read as a moment, each with what a label beside it says that it dates.

    Args:
        pieces: the line as it is made of runs of text: a name in a link, the age behind it.
        languages: ISO 639-1 codes or tags of the site, likeliest first.

    >>> find_moments(("Jane Doe", "· 5 days ago · 4 min read"), ("en",))
    (('unknown', 'Jane Doe · 5 days ago · 4 min read'),)
    >>> find_moments(("Publié", "il y a 5 jours"), ("fr",))
    (('published', 'Publié il y a 5 jours'),)
    """
    whole = " ".join(" ".join(pieces).split())
    if not whole or len(whole) > _LONGEST:
        return ()
    folded = fold(whole)
    if "&" not in whole and not may_tell(folded, day=True):
        return ()
    if _is_moment(whole, languages):
        return ((_role(whole, languages), whole),)
    if is_range(folded) or (len(whole) > 2 * _LONGEST_WORDLESS and not has_digit(whole)):
        return ()
    parts = [
        part
        for piece in pieces
        for segment in _SEPARATOR.split(" ".join(piece.split()))
        for part in _at_commas(segment)
        if part.strip(" ,.;:")
    ]
    if len(parts) > _MOST_PIECES:
        return ()
    return _in_parts(parts, languages) or _beside_a_name(parts, languages)


def _at_commas(text: str) -> list[str]:
    """Cut a text at its commas where it names things: "Sarah Brown, 3 hours ago, London", and is no sentence."""
    parts = _COMMA.split(text)
    return parts if all(_is_short(part) for part in parts) else [text]


def _is_short(part: str) -> bool:
    return len(part) <= 16 if _CASELESS.search(part) else len(part.split()) <= _MOST_JOINED


def _in_parts(parts: list[str], languages: tuple[str, ...]) -> tuple[tuple[Role, str], ...]:
    """Return the longest runs of neighbouring parts that read as a moment, from the first on."""
    found: list[tuple[Role, str]] = []
    place = 0
    while place < len(parts):
        taken = 1
        for count in range(min(_MOST_JOINED, len(parts) - place), 0, -1):
            text = " ".join(parts[place : place + count])
            if _is_moment(text, languages) and not (count < len(parts) and _is_span(text, languages)):
                found.append((_role(text, languages), text))
                taken = count
                break
        place += taken
    return tuple(found)


def _beside_a_name(parts: Sequence[str], languages: tuple[str, ...]) -> tuple[tuple[Role, str], ...]:
    """Return the one moment in a part that also holds a name, with no sign between: "Von Jo Lohr vor 5 Tagen"."""
    for part in parts:
        words = part.split()
        if not has_digit(part) or not 2 <= len(words) <= _MOST_WORDS:
            continue
        for start in range(len(words)):
            for end in (len(words),) if start else range(len(words) - 1, 0, -1):
                text = " ".join(words[start:end])
                rest = words[:start] + words[end:]
                if not has_digit(text) or len(rest) > _MOST_BESIDE or not _are_names(rest):
                    continue
                if _is_moment(text, languages) and not _is_span(text, languages):
                    return ((_role(text, languages), text),)
    return ()


@lru_cache(maxsize=2048)
def before_moment(text: str, languages: tuple[str, ...]) -> str:
    """Return what stands before the moment with which a text ends; the text itself where it ends in none.

    >>> before_moment("By Jane Doe Fri 20 Nov 2026 at 9:10am", ("en",))
    'By Jane Doe'
    >>> before_moment("Von Jo Lohr vor 5 Tagen", ("de",)), before_moment("Paul August", ("de",))
    ('Von Jo Lohr', 'Paul August')
    """
    if len(text) > _LONGEST:
        return text
    for gap in list(_GAP.finditer(text))[:_MOST_WORDS]:
        tail = text[gap.end() :]
        if not _begins_moment(tail, languages):
            continue
        if is_alone(tail, languages) and not _is_span(tail, languages):
            return text[: gap.start()]
    return text


def _begins_moment(text: str, languages: tuple[str, ...]) -> bool:
    """Whether a text begins with a number or with a word that stands in dates of the site's languages or of English."""
    word = text.strip().partition(" ")[0].strip(" .,:")
    if has_digit(word):
        return True
    named = word[:1].upper() == word[:1] and not _CASELESS.search(word)
    # A word without a number is a day ("yesterday") only where it is not written as names are.
    if named and not has_digit(text):
        return False
    spoken = {*known_as(languages), "en"}
    for table in ("weekdays", "months"):
        tongue = tongues(table, fold(word))
        if tongue is not None and (not languages or not tongue.isdisjoint(spoken)):
            return True
    return not named


def is_weekday(text: str) -> bool:
    """Tell whether a text is the name of a day of the week and nothing else.

    >>> is_weekday("Fri"), is_weekday("viernes,"), is_weekday("Jane")
    (True, True, False)
    """
    return fold(text).strip(" .,") in tables()["weekdays"]


def _are_names(words: list[str]) -> bool:
    """Whether words beside a moment are a name and what leads to it, not the rest of a sentence."""
    text = " ".join(words)
    if _CASELESS.search(text):
        return len(text) <= 16
    others = begins_other()
    return (
        all(not word[0].islower() or others.at(fold(word), 0) is not None for word in words) and text[-1] not in ".!?"
    )


@lru_cache(maxsize=16384)
def _is_moment(text: str, languages: tuple[str, ...]) -> bool:
    """Whether a text reads as an age, or as a date with a day."""
    if not has_digit(text) and len(text) > _LONGEST_WORDLESS and not _labelled(text):
        return False
    forms = read_byline(text, languages, None)
    if not forms:
        return False
    return all(not isinstance(form, Stamp) or form.day is not None for _, form in forms)


def _labelled(text: str) -> bool:
    return next(labels().find(fold(text)), None) is not None


def _is_span(text: str, languages: tuple[str, ...]) -> bool:
    """Whether a text is a bare length of time: beside other things it is a reading time as often as an age."""
    return any(
        isinstance(form, Age) and role == "unknown" and is_bare_span(form, fold(text))
        for role, form in read_byline(text, languages, None)
    )


def _role(text: str, languages: tuple[str, ...]) -> Role:
    roles = {role for role, _ in read_byline(text, languages, None)}
    return roles.pop() if len(roles) == 1 else "unknown"


@lru_cache(maxsize=8192)
def days_of(text: str, languages: tuple[str, ...]) -> tuple[date, ...]:
    """Return the days of the calendar that a text names, as many as it tells moments.

    >>> days_of("27/11/2017 01:57 | Actualizado a 28/11/2017 19:20", ("es",))
    (datetime.date(2017, 11, 27), datetime.date(2017, 11, 28))
    """
    found = []
    for _, form in read_byline(text, languages, None):
        if isinstance(form, Stamp) and form.year and form.month and form.day:
            try:
                found.append(date(form.year, form.month, form.day))
            except ValueError:
                continue
    return tuple(found)


def has_age(text: str, languages: tuple[str, ...]) -> bool:
    """Whether all moments of a text count back from its reading: "2 days ago", "yesterday".

    >>> has_age("5 days ago", ("en",)), has_age("9 May 2018", ("en",))
    (True, False)
    """
    forms = read_byline(text, languages, None)
    return bool(forms) and all(isinstance(form, Age | DayBack) for _, form in forms)


def names_a_day(text: str, languages: Sequence[str]) -> bool:
    """Whether a text names one day or age, alone or beside other words."""
    return day_or_age(text, languages) is not None


def tells_a_change(text: str, languages: Sequence[str]) -> bool:
    """Whether a text names a day, and only as the day of a change: "Zuletzt geändert am: 15.10.2021"."""
    told = read_byline(text, tuple(languages), None)
    return bool(told) and all(role == "modified" for role, _ in told)


def day_or_age(text: str, languages: Sequence[str]) -> str | None:
    """Return the day that a text names, or the text itself where it is an age; ``None`` where it is neither."""
    names = tuple(languages)
    for _, form in read_byline(text, names, None):
        if not isinstance(form, Stamp):
            return text
        if form.year is None or form.day is not None:
            return f"{form.year}-{form.month}-{form.day}"
    if len(text) > _LONGEST_BESIDE or not is_yearish(text):
        return None
    stamp = find_stamp(text, names, None)
    return f"{stamp.year}-{stamp.month}-{stamp.day}" if stamp is not None else None


def is_yearish(text: str) -> bool:
    """Whether a text holds what may be a year, or a date in numbers."""
    return _YEAR_MARK.search(text) is not None and _YEARISH.search(text) is not None
