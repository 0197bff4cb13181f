"""Words with which a byline says what its date is: published or modified; and words that begin an author's name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from newsscraper.dates.folding import fold
from newsscraper.dates.vocabulary import Meanings, tables

Label = Literal["published", "modified"]


class Phrases:
    """Finds phrases at the beginnings of words, by their first letters: far faster than one pattern of a thousand."""

    def __init__(self, roles: dict[str, Label | None]) -> None:
        self._by_start: dict[str, list[tuple[str, Label | None]]] = {}
        for phrase in sorted(roles, key=len, reverse=True):
            self._by_start.setdefault(phrase[:2], []).append((phrase, roles[phrase]))

    def at(self, text: str, start: int) -> tuple[int, Label | None] | None:
        """Return where the longest phrase that begins at ``start`` ends, and its role."""
        for phrase, role in self._by_start.get(text[start : start + 2], ()):
            end = start + len(phrase)
            if text.startswith(phrase, start) and (end == len(text) or _ends_word(text[end - 1], text[end])):
                return end, role
        return None

    def find(self, text: str) -> Iterator[tuple[int, int, Label | None]]:
        """Yield start, end and role of each phrase in ``text`` that begins a word."""
        behind = 0
        for word in _WORD.finditer(text):
            start = word.start()
            # Most words begin no phrase at all.
            if start < behind or text[start : start + 2] not in self._by_start:
                continue
            found = self.at(text, start)
            if found is not None:
                behind = found[0]
                yield start, *found


_WORD = re.compile(r"[^\W\d_]+")
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u9fff\uac00-\ud7af]")


def _ends_word(last: str, following: str) -> bool:
    return not following.isalpha() or following in "：" or _UNSPACED.match(last) is not None


@cache
def labels() -> Phrases:
    """Return the words that say what a date is."""
    return Phrases({phrase: _role(meanings) for phrase, meanings in tables()["labels"].items()})


def _role(meanings: Meanings) -> Label | None:
    # What says both says that something changed.
    return "modified" if "modified" in meanings else "published"


@cache
def begins_other() -> Phrases:
    """Return the words that begin an author's name, a category or a count of comments behind a date."""
    return Phrases(dict.fromkeys(tables()["others"], None))


def changes_alone(text: str) -> bool:
    """Tell whether all labels in a text speak of a change, and there is one.

    >>> changes_alone("revision 8, last edited 3 May 2018"), changes_alone("Posted 2 May, updated 3 May")
    (True, False)
    """
    return {role for _, _, role in labels().find(fold(text))} == {"modified"}
