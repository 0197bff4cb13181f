"""One spelling for what sites write in many: digits, case, accents, spaces, marks of direction."""

from __future__ import annotations

import re
import unicodedata
from html import unescape

_DIGIT = re.compile(r"\d")
_SPACES = re.compile(r"\s+")


def has_digit(text: str) -> bool:
    """Tell whether a text holds a digit of any script: to look for each of ten takes a tenth of the pattern's time.

    >>> has_digit("5 Nov"), has_digit("٥ نوفمبر"), has_digit("November")
    (True, True, False)
    """
    return (
        "1" in text or "2" in text or "0" in text or "3" in text or "4" in text or "5" in text
        or "6" in text or "7" in text or "8" in text or "9" in text
        or not (text.isascii() or _DIGIT.search(text) is None)
    )  # fmt: skip


class _Characters(dict[int, str | None]):
    """What each character becomes before folding; digits of every script are looked up as they come."""

    def __init__(self) -> None:
        # Marks of direction, joiners and soft hyphens are invisible; tatweel stretches an Arabic word.
        for code in (0xAD, 0x61C, 0x640, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, ord("ː")):
            self[code] = None
        for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A)):
            self[code] = None
        # Letters and signs that have several code points.
        for several, one in (
            ("’‘ʼ`´′ʻ＇׳", "'"),
            ("‐‑−", "-"),
            ("كڪ", "ک"),
            ("يىېۍئےۓ", "ی"),
            ("أإآٱ", "ا"),
            ("ةۀہھەۃ", "ه"),
            ("ؤ", "و"),
        ):
            self.update(dict.fromkeys(map(ord, several), one))

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if 0xE000 <= code <= 0xF8FF:
            # Icon fonts draw their calendars and clocks with characters for private use.
            self[code] = " "
            return " "
        if code > 127 and unicodedata.category(character) == "Nd":
            character = str(unicodedata.decimal(character))
        self[code] = character
        return character


_characters = _Characters()

# Accents that sites leave out or write apart: Latin, Greek and Cyrillic ones, Hebrew points, Arabic vowels.
# The vowel signs of Indic scripts are letters, and stay.
_ACCENTS = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]")


def fold(text: str) -> str:
    """Return ``text`` as the vocabulary spells it.

    >>> fold("  Il y a 2 JOURS"), fold("۲ روز پیش"), fold("3\u00a0Août")
    ('il y a 2 jours', '2 روز پیش', '3 aout')
    """
    if "&" in text and ";" in text:
        text = unescape(text)
    if text.isascii():
        return " ".join(text.lower().replace("`", "'").split())
    text = text.translate(_characters)
    text = unicodedata.normalize("NFKC", text).casefold()
    text = unicodedata.normalize("NFD", text)
    text = _ACCENTS.sub("", text).replace("ı", "i").replace("ё", "е")
    text = unicodedata.normalize("NFC", text).translate(_characters)
    return _SPACES.sub(" ", text).strip()
