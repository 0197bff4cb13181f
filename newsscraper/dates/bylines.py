"""Reads a whole byline: labels, dates, authors and what else stands beside them. Cached: a text is read once."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache
from itertools import pairwise

from newsscraper.dates.absolute import on_our_calendar, read_date
from newsscraper.dates.claim import Role
from newsscraper.dates.clocks import MARK, cut_clock
from newsscraper.dates.folding import fold, has_digit
from newsscraper.dates.forms import Age, DayBack, Form, Stamp
from newsscraper.dates.labels import begins_other, labels
from newsscraper.dates.machine import read_machine
from newsscraper.dates.months import month_names
from newsscraper.dates.ordering import Order, order_of
from newsscraper.dates.relative import read_age
from newsscraper.dates.vocabulary import Languages, known_as, tables

_EDGE = " \t\r\n.,;|·•:–—-\"'“”„«»"
_BREAK = re.compile(r"\s*(?:[|•·●∙⋅▪►»]|\s[–—/-]\s|\s{3,})\s*")
_SIGN = re.compile(r"[|•·●∙⋅▪►»–—/-]|\s{3}")
"""One of these stands in each `_BREAK`, which takes far longer to look for."""
_SOFT_BREAK = re.compile(r"\s*(?:[|•·●,;]|\s[–—/-]\s)\s*|\s+")
_READING_TIME = re.compile(r"(?:\D{1,30}:)? ?~?\d{1,2}[\s-]?(?:min|мин|분|分)")
_WORD = re.compile(r"[^\W\d_]+")
_AROUND_NUMBERS = re.compile(r"(\D*)(?:\d.*\d|\d|)(\D*)", re.DOTALL)
# "Posted at 6:30 AM, Nov 17, 2026 and last updated …"; behind "a.m." ET is a zone.
_AND = re.compile(r"(?<![ap]m)(?<!m\.)[\s,](?:and|und|et|y|e|en|och|og|i)$")
_NUMBERS = re.compile(r"\d{4}|\d\s?[./-]\s?\d")
_NUMBERS_OF_DAY = re.compile(r"\d{8}|\d{4}-?w\d|\d\s?[./-]\s?\d")
_LETTERS = re.compile(r"[a-z]+")
# "17 - 19 November 2026"
_DAYS = re.compile(r"\D*\b\d{1,2}\.?\s*[-–—]\s*\d{1,2}\.?\s+[^\W\d]{3}")
_LONGEST_PIECE = 160
_MOST_WORDS = 4
"""Of a name, an agency, a section; more are the rest of a sentence."""
_MOST_PARTS, _MOST_NUMBERED = 7, 4
"""Of a byline; a date, a clock, a reading time and a count of comments have numbers."""
_ABOUT = frozenset(
    ("and", "et", "und", "y", "over", "about", "around", "almost", "nearly", "approximately", "more", "than")
)
_ARTICLES = ("le ", "am ", "on ", "il ", "el ", "em ", "den ", "la ")

_YEAR = re.compile(r"(?<!\d)(?:19[5-9]|20\d)\d(?!\d)|(?<=[./-]\d[./-])\d\d(?!\d)|(?<=[./-]\d\d[./-])\d\d(?![\d./-])")
_RANGE = re.compile(r"\d\.?(?: [^\W\d]+)? (?:bis|to|au|al|until|till|fino al|hasta|tot|до) (?:zum )?\d")
_GAP = re.compile(r"[\s,;|()\[\]]+")


def read_byline(
    text: str, languages: tuple[str, ...], timezone: str | None, order: Order = None
) -> tuple[tuple[Role, Form], ...]:
    """Return what a text says of dates, each with its role; nothing where the text is more than a byline.

    ``order`` is that of numeric dates, where something else than the languages and the zone tells it.

    >>> read_byline("Posted 2 days ago", (), None)
    (('published', Age(parts=(('day', 2),))),)
    """
    return _read(text, known_as(languages), order or order_of(languages, timezone))


def is_alone(text: str, languages: tuple[str, ...]) -> bool:
    """Whether a text is a moment and nothing else, neither a label nor a name.

    >>> is_alone("Fri 20 Nov 2026", ("en",)), is_alone("by Jane Doe on 20 Nov 2026", ("en",))
    (True, False)
    """
    return _read_one(fold(text), known_as(languages), order_of(languages, None)) is not None


def may_tell(text: str, *, day: bool = False) -> bool:
    """Whether a folded text may tell a moment, or one with a day, told in passing by its numbers and words.

    >>> may_tell("chapter 8 of 12"), may_tell("8 may"), may_tell("2018"), may_tell("2018", day=True)
    (False, True, True, False)
    """
    if not text.isascii():
        return True
    if has_digit(text) and (_NUMBERS_OF_DAY if day else _NUMBERS).search(text):
        return True
    known = _telling_words()
    return any(word in known for word in _LETTERS.findall(text))


@cache
def _telling_words() -> frozenset[str]:
    """Return the words in ASCII one of which each moment has that no number tells: of months, of ages, of days."""
    phrases = {*month_names(), "thang", "thg", *"hdswyj"}
    for table in ("months", "days", "now", "last", "aged", "spans", "framed", "units"):
        phrases.update(tables()[table])
    # Of a phrase of several words the longest tells as much, and stands in fewer texts.
    words = {max(found, key=len) for phrase in phrases if (found := _LETTERS.findall(phrase))}
    return frozenset(words | {f"{word}ren" for word in words})


@lru_cache(maxsize=8192)  # by all that the answer hangs on: of a zone, that is the order of day and month alone
def _read(text: str, languages: Languages, order: Order) -> tuple[tuple[Role, Form], ...]:
    folded = fold(text).strip(_EDGE)
    if not folded or not may_tell(folded):
        return ()
    form = _read_one(folded, languages, order)
    if form is not None:
        return (("unknown", form),)
    return _read_labelled(folded, languages, order)


@lru_cache(maxsize=2048)
def find_stamp(text: str, languages: tuple[str, ...], timezone: str | None, order: Order = None) -> Stamp | None:
    """Return the one full date (day and year) inside a short text, ``None`` where there is none or a range.

    >>> find_stamp("Berlin, 28.10.2021, 058/21", ("de",), None)
    Stamp(year=2021, month=10, day=28, clock=None)
    """
    folded = fold(text)
    if is_range(folded):
        return None
    names, order = known_as(languages), order or order_of(languages, timezone)
    found: list[Stamp] = []
    covered = 0
    for year in _YEAR.finditer(folded):
        if year.start() < covered:
            continue
        # Cuts before and after the year, the widest window first: a clock may stand on either side.
        starts = [0, *(gap.end() for gap in _GAP.finditer(folded, 0, year.start()))][-6:]
        ends = [*(gap.start() for gap in _GAP.finditer(folded, year.end())), len(folded)][:5]
        best, covered = _widest(folded, starts, ends[::-1], names, order)
        if best is not None:
            found.append(best)
    days = {(stamp.year, stamp.month, stamp.day) for stamp in found}
    return max(found, key=lambda stamp: stamp.clock is not None) if len(days) == 1 else None


def is_range(text: str) -> bool:
    """Whether folded ``text`` tells from when to when something lasts.

    >>> is_range("17 - 19 november 2026"), is_range("17 november 2026")
    (True, False)
    """
    return _RANGE.search(text) is not None or _DAYS.match(text) is not None


def _widest(
    text: str, starts: list[int], ends: list[int], languages: Languages, order: Order
) -> tuple[Stamp | None, int]:
    for start in starts:
        for end in ends:
            form = on_our_calendar(read_machine(text[start:end]), languages) or read_date(
                text[start:end].strip(_EDGE), languages, order
            )
            if isinstance(form, Stamp) and form.day is not None and form.year is not None:
                return form, end
    return None, 0


def _read_one(text: str, languages: Languages, order: Order) -> Form | None:
    text = text.strip(_EDGE)
    if text[:1] in ("(", "[") and text[-1] in ")]":
        text = text[1:-1].strip(_EDGE)
    return (
        on_our_calendar(read_machine(text), languages) or read_age(text, languages) or read_date(text, languages, order)
    )


def _read_labelled(text: str, languages: Languages, order: Order) -> tuple[tuple[Role, Form], ...]:
    """Read a text that is no date as a whole: each label and the date behind it, an author or a category beside."""
    found: list[tuple[Role, Form]] = []
    pieces = _pieces(text)
    for place, (role, piece) in enumerate(pieces):
        if found and role != "unknown":
            later = _later_that_day(piece, found[-1][1])
            if later is not None:
                found.append((role, later))
                continue
        bare = piece.strip(_EDGE)
        if place + 1 < len(pieces) and (place == 0 or pieces[0][0] != "unknown"):
            bare = _AND.sub("", bare).strip(_EDGE)  # unless it is a sentence that tells both
        form = _read_one(bare, languages, order) if bare != text else None
        clean = True
        if form is None:
            read = _labelled_piece if role != "unknown" else _unlabelled_piece
            form, clean = read(bare, languages, order)
        if not clean:
            return ()
        if form is not None:
            found.append((role, form))
    if sum(role == "unknown" for role, _ in found) > 1:
        return ()
    return tuple(found)


def _pieces(text: str) -> list[tuple[Role, str]]:
    """Cut a byline at its labels; two labels in a row ("Last updated: published") are one."""
    pieces: list[tuple[Role, str]] = []
    behind = 0
    role: Role = "unknown"
    for start, end, label in labels().find(text):
        piece = text[behind:start]
        if start and not piece.strip(_EDGE) and pieces and role != "unknown":
            role = "modified" if "modified" in (role, label) else "published"
        else:
            pieces.append((role, piece))
            role = label or "unknown"
        behind = end
    if not text[behind:].strip(_EDGE) and has_digit(pieces[0][1]):
        # "18 November published, 19 November updated": in Japanese, Korean or Turkish the label stands behind.
        roles = [*(role for role, _ in pieces[1:]), role]
        pieces = [(told, piece) for told, (_, piece) in zip(roles, pieces, strict=True)]
    else:
        pieces.append((role, text[behind:]))
    return [(role, piece) for role, piece in pieces if piece.strip(_EDGE)]


def _later_that_day(text: str, first: Form) -> Form | None:
    """Read the clock alone that a second label has: "publié le 3 mai à 15h47, mis à jour à 16h02"."""
    clock, rest, _ = cut_clock(text)
    if clock is None or rest.replace(MARK, "").strip(_EDGE) not in ("", "a", "um", "at", "alle", "las", "kl"):
        return None
    return replace(first, clock=clock) if isinstance(first, Stamp | DayBack) else None


def _unlabelled_piece(text: str, languages: Languages, order: Order) -> tuple[Form | None, bool]:
    """Return the date within a piece without a label that is more than a date, and whether the rest of the piece
    belongs to a byline.
    """
    if len(text) > _LONGEST_PIECE:
        return None, False
    parts = [part for part in _BREAK.split(text) if part.strip(_EDGE)] if _SIGN.search(text) else [text]
    if len(parts) > 1:
        return _one_of(parts, languages, order, short=len(text) < 80)
    if begins_other().at(text, 0):
        return _behind_author(text, languages, order), True
    if not has_digit(text):
        return None, len(text.split(" ")) <= _MOST_WORDS
    other = next(begins_other().find(text), None)
    if other is not None and other[0]:
        # "9 janvier 2018 par Jean Dupont"; of an age, such words may be the rest of a sentence.
        form = _read_one(text[: other[0]], languages, order)
        if isinstance(form, Stamp) and _has_year(form) and len(text) - other[1] < 60:
            return form, True
    return None, False


def _one_of(parts: list[str], languages: Languages, order: Order, *, short: bool) -> tuple[Form | None, bool]:
    """Read "Par Jean | 9 mai 2018 | 14:28": the neighbours that make one date together, or the one part that is one."""
    if len(parts) > _MOST_PARTS or sum(map(has_digit, parts)) > _MOST_NUMBERED:
        return None, False
    joined = [f"{one} {two}" for one, two in pairwise(parts)]
    read = [(part, _read_one(part, languages, order)) for part in joined + parts]
    dated = [form for part, form in read if form is not None and not is_bare_span(form, part)]
    # A number in a part that says nothing by itself: the other end of a range, or a row of a table.
    unread = [
        part for part, form in read[len(joined) :] if form is None and has_digit(part) and not _READING_TIME.match(part)
    ]
    if dated and isinstance(dated[0], Stamp) and unread and not all(part in unread for part in parts):
        covered = [pair for pair, form in read[: len(joined)] if form == dated[0]]
        unread = [part for part in unread if not any(part in pair for pair in covered)]
    if unread or any(isinstance(form, Stamp) and form.year is None for _, form in read[len(joined) :]):
        return None, False
    # The first says the most; the others must not gainsay it.
    if dated and all(_agrees(form, dated[0]) for form in dated):
        return dated[0], True
    return None, not dated and short


def _behind_author(text: str, languages: Languages, order: Order) -> Form | None:
    """Read "Par Jean Dupont, le 9 janvier 2018"."""
    if not has_digit(text):
        return None
    for gap in list(_SOFT_BREAK.finditer(text))[:12]:
        if ("," in gap[0] or text.startswith(_ARTICLES, gap.end())) and has_digit(text[gap.end() :]):
            form = _read_one(text[gap.end() :], languages, order)
            if form is not None and not is_bare_span(form, text):
                return form
    return None


def _labelled_piece(text: str, languages: Languages, order: Order) -> tuple[Form | None, bool]:
    """Read the longest date with which a labelled piece, more than a date, begins; what follows must be set apart."""
    if len(text) > _LONGEST_PIECE:
        return None, False
    parts = [part for part in _BREAK.split(text) if part.strip(_EDGE)] if _SIGN.search(text) else [text]
    for part in (" ".join(parts[:2]), parts[0]) if len(parts) > 1 else ():
        form = _read_one(part, languages, order)
        if form is not None:
            return form, True
    gaps = [gap for gap in _SOFT_BREAK.finditer(text) if gap.start()][:14]
    author = begins_other().at(text, 0) is not None
    for gap in reversed(gaps) if not author else ():
        if _sets_apart(gap, text[gap.end() :]):
            form = _read_one(text[: gap.start()], languages, order)
            if form is not None:
                return form, True
    if author and has_digit(text):
        # "Posted by Jane Doe on January 9, 2018"
        for gap in gaps:
            rest = text[gap.end() :].removeprefix("on ").strip(_EDGE)
            dated = on_our_calendar(read_machine(rest), languages) or read_date(rest, languages, order)
            if dated is not None and _has_year(dated):
                return dated, True
    return None, not has_digit(text) and len(text) < 60


def _sets_apart(gap: re.Match[str], rest: str) -> bool:
    """Whether what follows a gap in a byline is something else than more of its date or of a sentence."""
    if begins_other().at(rest, 0) is not None:
        return True
    if has_digit(rest) or len(rest) >= 60:
        return False
    return "|" in gap[0] or rest.startswith("(") or ("," in gap[0] and len(rest.split(" ")) < _MOST_WORDS)


def _agrees(form: Form, fuller: Form) -> bool:
    if isinstance(form, Stamp) and isinstance(fuller, Stamp) and form.clock is None:
        return (form.year, form.month, form.day) == (fuller.year, fuller.month, fuller.day)
    return form == fuller


def _has_year(form: Form) -> bool:
    return not isinstance(form, Stamp) or (form.year is not None and form.day is not None)


def is_bare_span(form: Form, text: str) -> bool:
    """Whether a part of a longer text is a span without a frame ("5 min"), a reading time rather than an age."""
    if isinstance(form, Stamp):
        return form.day is None or form.year is None
    if not isinstance(form, Age):
        return False
    head, tail = _AROUND_NUMBERS.fullmatch(text).groups()  # type: ignore[union-attr]
    if head.strip(_EDGE) in tables()["before"] and not _ABOUT.issuperset(head.split()):
        return False  # "il y a", of which each word is a unit somewhere
    words = tail.split()
    if any(" ".join(words[place:]) in tables()["after"] for place in range(len(words))):
        return False
    units = tables()["units"]
    return all(word in units or word in _ABOUT for word in _WORD.findall(text))
