"""Times of day inside folded text: "14:28", "14h28", "3.45 pm", "18:05 Uhr", "下午2点28分", with zone where written."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from newsscraper.dates.forms import Clock
from newsscraper.dates.vocabulary import Languages, tables, tongues
from newsscraper.dates.zones import OFFSET_PATTERN, read_offset

_ZONE = rf"(?:\s?[(\[]?(?P<zone>{OFFSET_PATTERN})[)\]]?(?:\s?\([^)]{{1,40}}\))?)?"
_HALF = r"(?:\s?(?P<half>[ap])\.?\s?m\b\.?)?"
_BEFORE = r"(?<![\d.,/:+-])"

_PATTERNS = (
    # UTC 14:28:30, as Chinese and Burmese set it
    re.compile(r"(?P<zone>utc|gmt)\s(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?(?![\d:])"),
    # 14:28, 14:28:30.123, 2:28 pm, 2:28pm EST, 14:28 +0100
    re.compile(
        rf"{_BEFORE}(?P<hour>\d{{1,2}})\s?:\s?(?P<minute>\d\d)(?:\s?:\s?(?P<second>\d\d)"
        rf"(?:[.,](?P<fraction>\d{{1,9}}))?)?(?![\d:]){_HALF}(?:\s?ч\b\.?)?{_ZONE}"
    ),
    # 14h28, 14 h 28 min, 14h, 14u30, 14 Uhr 28, 14 ч. 28 мин.
    re.compile(
        rf"{_BEFORE}(?P<hour>\d{{1,2}})\s?(?:h|u|uhr|ч|hod|godz)\.?\s?(?P<minute>\d\d)(?!\d)"
        rf"(?:\s?(?:min|mn|m|мин)\b\.?(?:\s?(?P<second>\d\d)\s?s\b)?)?{_ZONE}"
    ),
    re.compile(rf"{_BEFORE}(?P<hour>\d{{1,2}})\s?(?:h|uhr|heures?|horas?|hrs|uur)(?![\w'])\.?{_ZONE}"),
    # 14時28分, 14点28分, 14시 28분
    re.compile(r"(?P<hour>\d{1,2})\s?[時时點点시]\s?(?:(?P<minute>\d{1,2})\s?[分분])?\s?(?:(?P<second>\d{1,2})\s?[秒초])?"),
    # 3 pm, 3.45 pm
    re.compile(rf"{_BEFORE}(?P<hour>\d{{1,2}})(?:\.(?P<minute>\d\d))?\s?(?P<half>[ap])\.?\s?m\b\.?{_ZONE}"),
    # kl. 14.28, klo 14.28, 14.28 Uhr, pukul 14.28 WIB; a dotted clock alone only behind a date, see `after_date`
    re.compile(
        r"(?:\b(?:kl|klo|klokka|klokken|um|alle|ore|ora|ob|at|pukul|jam|kell|ωρα|στισ|в|a|a las|as)\.?\s?)"
        rf"(?P<hour>\d{{1,2}})\.(?P<minute>\d\d)(?![\d.])(?:\s?(?:h|uhr)\b)?{_ZONE}"
    ),
    re.compile(rf"{_BEFORE}(?P<hour>\d{{1,2}})\.(?P<minute>\d\d)\s?(?:uhr|h|hrs|wib|wita|wit|น)(?!\w)\.?{_ZONE}"),
)  # fmt: skip
_AFTER_DATE = re.compile(rf"(?<=[\s,|-])(?P<hour>\d{{1,2}})\.(?P<minute>\d\d)(?:\.(?P<second>\d\d))?{_ZONE}$")
_HAS_CLOCK = re.compile(r"\d\s?[:hu.時时點点시ч]|\d\s?[ap]\.?\s?m|uhr|heure|hora|hrs|uur|hod|godz")
_OFFSET_ALONE = re.compile(rf"(?:\(?(?P<zone>{OFFSET_PATTERN})\)?(?:\s?\([^)]{{1,40}}\))?)$")

MARK = "\x00"
"""Stands where the clock was cut out."""


def cut_clock(text: str, *, after_date: bool = False) -> tuple[Clock | None, str, bool]:
    """Cut the one clock out of folded ``text``.

    Returns:
        the clock or ``None``; the text with `MARK` in its place; whether its half of the day is settled. Where the
        text holds two clocks, or one that no day has, the text is returned as ``""``.
    """
    if not _HAS_CLOCK.search(text):
        return None, text, True
    match = None
    for pattern in (_AFTER_DATE,) if after_date else _PATTERNS:
        match = pattern.search(text)
        if match:
            if not after_date and pattern.search(text, match.end()):
                return None, "", True
            break
    if match is None:
        return None, text, True
    groups = match.groupdict()
    hour = int(groups["hour"])
    minute = int(groups["minute"]) if groups.get("minute") else None
    second = int(groups["second"]) if groups.get("second") else None
    half = groups.get("half")
    rest = text[: match.start()] + MARK + text[match.end() :]
    written = groups.get("zone") or ""
    if not written:
        alone = _OFFSET_ALONE.search(rest)
        # "14:28 | GMT+1": a zone set apart at the very end.
        if alone and alone.start() > rest.index(MARK) and rest[alone.start() - 1] in " (|,":
            written, rest = alone["zone"], rest[: alone.start()]
    offset, zone = read_offset(written) if written else (None, None)
    if (
        hour > 24
        or (minute or 0) > 59
        or (second or 0) > 60
        or (half and not 0 < hour <= 12)
        or (hour == 24 and minute)
    ):
        return None, "", True
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour == 24:
        return None, "", True
    fraction = groups.get("fraction")
    clock = Clock(
        hour,
        minute,
        min(second, 59) if second is not None else None,
        int(fraction[:6].ljust(6, "0")) if fraction else 0,
        offset,
        zone,
    )
    return clock, rest, half is not None or hour > 12


def in_half(clock: Clock, text: str, languages: Languages) -> tuple[Clock, str]:
    """Apply words for halves of the day ("下午", "오후", "μ.μ.") to ``clock``; return it and the text without them."""
    pairs = {*text, *(text[at : at + 2] for at in range(len(text)))}
    for half in ("pm", "am"):
        for start, word in _halves(half):
            at = _place(word, text) if start in pairs else -1
            if at < 0 or not _says(half, word, languages):
                continue
            end = at + len(word)
            if half == "pm" and clock.hour < 12:
                clock = replace(clock, hour=clock.hour + 12)
            elif half == "am" and clock.hour == 12:
                clock = replace(clock, hour=0)
            return clock, text[:at] + " " + text[end:].removeprefix(".")
    return clock, text


_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff\uac00-\ud7af]")


def _place(word: str, text: str) -> int:
    """Return where ``word`` stands in ``text`` as a word of its own, -1 where it does not."""
    at = text.find(word)
    while at >= 0:
        before, after = text[at - 1 : at] if at else "", text[at + len(word) : at + len(word) + 1]
        if not before.isalpha() and (not after.isalpha() or _UNSPACED.match(word)):
            return at
        at = text.find(word, at + 1)
    return -1


@cache
def _halves(half: str) -> tuple[tuple[str, str], ...]:
    """Return the words for a half of the day with their first two letters, the longest first; single Latin letters
    say too little.
    """
    words = (word for word in tables()[half] if len(word) > 1 or not word.isascii())
    return tuple((word[:2], word) for word in sorted(words, key=len, reverse=True))


def _says(half: str, word: str, languages: Languages) -> bool:
    spoken = tongues(half, word) or frozenset()
    if "en" in spoken or not spoken.isdisjoint(languages):
        return True
    # "on", "de" and "to" are halves of somebody's day.
    return not languages and (len(word) > 3 or "." in word or not word.isascii())
