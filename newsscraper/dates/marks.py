"""Dates whose parts carry their role in the script of the language, written anew in plain words and numbers."""

from __future__ import annotations

import re
from functools import cache

from newsscraper.dates.vocabulary import tables

_DAY = re.compile(r"(\d{2}|\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?(?:日|号|號|일)?(?!\d)")
_MONTH_OF_YEAR = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]$")
_DAY_OF_MONTH = re.compile(r"(?<!\d)(\d{1,2})\s?[月월]\s?(\d{1,2})\s?(?:日|号|號|일)")
_ERA = re.compile(r"(令和|平成|昭和|民國|民国)\s?(\d{1,3}|元)\s?年")
_ERA_START = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
_VIETNAMESE_MONTH = re.compile(r"\b(?:thang|thg)\.?\s?(\d{1,2})\b")
_MONGOLIAN_MONTH = re.compile(r"(\d{1,2})\s?-?\s?р\s?сар(?:ын)?")
_BASQUE_ENDING = re.compile(r"\((?:e?ko|a|e|an|ean)(?:\)|$)")
_MARKED = re.compile(r"[(.年년月월]|thang|thg|сар")

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)


def without_marks(text: str) -> str:
    """Return folded ``text`` with marked dates rewritten; other text as it is.

    >>> without_marks("2018年1月9日"), without_marks("ngay 9 thang 1 nam 2018")
    ('2018-1-9 ', 'ngay 9  january  nam 2018')
    """
    if not _MARKED.search(text):
        return text
    text = _BASQUE_ENDING.sub(" ", text)
    if "." in text and not text.isascii():
        for name, number in _dotted_months():
            if name in text:
                text = text.replace(name, f" {MONTHS[number - 1]} ")
                break
    text = _MONGOLIAN_MONTH.sub(lambda m: _named(m, 1, " {} "), text).replace("сарын", "сар")
    era = _ERA.search(text)
    if era:
        year = _ERA_START[era[1]] + (1 if era[2] == "元" else int(era[2]))
        text = f"{text[: era.start()]}{year}年{text[era.end() :]}"
    text = _DAY.sub(lambda m: f"{m[1] if len(m[1]) == 4 else '20' + m[1]}-{m[2]}-{m[3]} ", text)
    text = _VIETNAMESE_MONTH.sub(lambda m: _named(m, 1, " {} "), text)
    text = _MONTH_OF_YEAR.sub(lambda m: _named(m, 2, "{} " + m[1]), text)
    return _DAY_OF_MONTH.sub(lambda m: _named(m, 1, "{} " + m[2] + " "), text)


def _named(match: re.Match[str], group: int, form: str) -> str:
    number = int(match[group])
    return form.format(MONTHS[number - 1]) if 1 <= number <= 12 else match[0]


@cache
def _dotted_months() -> tuple[tuple[str, int], ...]:
    """Return the names of months that hold dots ("ธ.ค."), which would otherwise fall apart into letters."""
    found = [(name, int(next(iter(numbers)))) for name, numbers in tables()["months"].items() if "." in name]
    return tuple(sorted(found, key=lambda item: -len(item[0])))
