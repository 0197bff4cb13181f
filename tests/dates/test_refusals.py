"""Texts that are refused at a glance: never one that would be read as a moment."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from newsscraper.dates.bylines import _read_labelled, _read_one, may_tell
from newsscraper.dates.folding import has_digit
from newsscraper.dates.forms import Stamp
from newsscraper.dates.vocabulary import tables


def texts() -> Iterator[str]:
    for table in ("days", "now", "last", "aged", "spans", "framed"):
        yield from tables()[table]
    for table in ("units", "framed"):
        for word in tables()[table]:
            yield from (f"2 {word}", f"2{word} ago", f"il y a 2 {word}", f"{word} ago", f"vor 3 {word}")
    for month in tables()["months"]:
        yield from (f"9 {month} 2018", f"{month} 9, 2018", f"9.{month}", f"{month} 2018")
    yield from ("2018-w02-2", "2018w022", "20180109", "1515507000", "2018-009", "9/1/18", "9 . 1 . 2018", "thg 9 2018")


def test_no_moment_is_refused() -> None:
    refused = []
    for text in texts():
        found = _read_one(text, (), None)
        forms = [found] if found is not None else [form for _, form in _read_labelled(text, (), None)]
        day = bool(forms) and all(not isinstance(form, Stamp) or form.day is not None for form in forms)
        if (forms and not may_tell(text)) or (day and not may_tell(text, day=True)):
            refused.append(text)
    assert not refused


@pytest.mark.parametrize("text", ["how to take care of your oral health", "raw http protocol format", "exam 8"])
def test_most_lines_are_refused(text: str) -> None:
    assert not may_tell(text)


@pytest.mark.parametrize("digit", ["0", "7", "\u0667", "\u096d", "\uff17"])
def test_digits_of_all_scripts(digit: str) -> None:
    assert has_digit(f"après {digit}")
    assert not has_digit("après")
    assert not has_digit("m²")
