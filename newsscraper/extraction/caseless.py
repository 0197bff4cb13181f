"""Patterns that are looked for in either case, in most texts without the price of it."""

from __future__ import annotations

import re

_CASED = re.compile(r"[A-Zİıſ\u212a]")
_ESCAPE = re.compile(r"\\.")


class Caseless:
    """A pattern without regard to case.

    To look for one of many words in either case takes several times as long as to look for their one spelling. A text
    in ASCII is therefore put in lower case first, which is the same: no letter changes its place. In any other text a
    letter may have several lower cases or none, so there the pattern itself is told to ignore case.

    Args:
        pattern: as for `re.compile`, in lower case.

    Raises:
        ValueError: the pattern holds a letter in upper case, or one outside ASCII whose other case is in it.

    >>> Caseless("le monde|ouest").search("Chez LE MONDE").span()
    (5, 13)
    """

    def __init__(self, pattern: str) -> None:
        if _CASED.search(_ESCAPE.sub("", pattern)):
            raise ValueError(f"not in lower case: {pattern!r}")
        self.pattern = pattern
        self._lower = re.compile(pattern)
        self._in_either: re.Pattern[str] | None = None

    @property
    def _any(self) -> re.Pattern[str]:
        if self._in_either is None:
            self._in_either = re.compile(self.pattern, re.IGNORECASE)
        return self._in_either

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match in ``text``: its place counts, for its groups may be in lower case."""
        return self._lower.search(text.lower()) if text.isascii() else self._any.search(text)

    def match(self, text: str) -> re.Match[str] | None:
        """Return the match at the beginning of ``text``, as `search` does."""
        return self._lower.match(text.lower()) if text.isascii() else self._any.match(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Return the match of all of ``text``, as `search` does."""
        return self._lower.fullmatch(text.lower()) if text.isascii() else self._any.fullmatch(text)
