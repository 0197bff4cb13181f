"""`parse`: a text, and the moment against which it counts, to a moment."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone as fixed_zone, tzinfo
from functools import lru_cache
from typing import cast
from zoneinfo import ZoneInfo

from newsscraper.article import Precision
from newsscraper.dates.absolute import read_date
from newsscraper.dates.claim import Role
from newsscraper.dates.folding import fold
from newsscraper.dates.forms import Age, Clock, DayBack, Epoch, Form, Stamp
from newsscraper.dates.labels import begins_other, labels
from newsscraper.dates.machine import read_machine
from newsscraper.dates.moment import Moment, MomentZone, truncate
from newsscraper.dates.ordering import Order, order_of
from newsscraper.dates.relative import read_age
from newsscraper.dates.vocabulary import Languages, known_as, tables
from newsscraper.dates.zones import on_zone, site_zone, zone_named

LONGEST = 250
"""Characters beyond which a text is no date, whatever it holds."""

_EDGE = " \t\r\n.,;|·•:–—-"
_BREAK = re.compile(r"\s*(?:[|•·●∙⋅▪►»]|\s[–—/-]\s|\s{3,})\s*")
_SOFT_BREAK = re.compile(r"\s*(?:[|•·●,;]|\s[–—/-]\s)\s*|\s+")

Reading = tuple[tuple[Role, Form], ...]


def parse(
    text: str, *, reference: datetime, languages: Sequence[str] = (), timezone: str | None = None
) -> Moment | None:
    """Return the moment that ``text`` names, or ``None`` where it names none or could name several.

    Args:
        text: as a page prints it: "2 jours ago", "Publié le 09/01/2018 à 12:21", "2018-01-09T12:21:00+01:00".
        reference: aware moment at which the text was read, usually when the page was fetched.
        languages: ISO 639-1 codes or tags ("en-GB") of the site, likeliest first; any language is read without them.
        timezone: IANA name of the clock that the site's bare times are on.

    Raises:
        ValueError: ``reference`` is naive, or there is no zone of that name.

    >>> fetched = datetime(2026, 11, 22, 11, 53, tzinfo=UTC)
    >>> parse("2 jours ago", reference=fetched).isoformat()
    '2026-11-20'
    >>> parse("9 janvier 2018 - 14:28", reference=fetched, timezone="Europe/Paris").isoformat()
    '2018-01-09T14:28:00+01:00'
    >>> parse("2 jours de congés", reference=fetched) is None
    True
    """
    moments = parse_byline(text, reference=reference, languages=languages, timezone=timezone)
    if len(moments) > 1:
        published = [moment for moment in moments if moment.role == "published"]
        moments = published or [moment for moment in moments if moment.role == "unknown"] or moments[:1]
    return moments[0] if moments else None


def parse_byline(
    text: str, *, reference: datetime, languages: Sequence[str] = (), timezone: str | None = None
) -> list[Moment]:
    """Return every moment that a byline names, each with its role; arguments and errors as of `parse`.

    >>> fetched = datetime(2026, 11, 22, 11, 53, tzinfo=UTC)
    >>> [(m.role, m.isoformat()) for m in parse_byline("Publié le 9 mai 2018, modifié le 10 mai 2018", reference=fetched)]
    [('published', '2018-05-09'), ('modified', '2018-05-10')]
    """
    if reference.tzinfo is None or reference.utcoffset() is None:
        raise ValueError("reference must be aware: a moment without a zone tells no age")
    if len(text) > LONGEST:
        text = text.strip()
        if len(text) > LONGEST:
            return []
    languages = (languages,) if isinstance(languages, str) else tuple(languages)
    # Equal moments on two zones are one key to a cache, yet give two records.
    return list(_moments(text, reference, reference.tzinfo, languages, timezone))


@lru_cache(maxsize=4096)
def _moments(
    text: str, reference: datetime, clock: tzinfo, languages: tuple[str, ...], timezone: str | None
) -> tuple[Moment, ...]:
    zone = site_zone(timezone) if timezone else None
    read = ((role, _resolve(form, text, role, reference, zone)) for role, form in _read(text, languages, timezone))
    return tuple(moment for _, moment in read if moment is not None)


def find_date(
    text: str, *, reference: datetime, languages: Sequence[str] = (), timezone: str | None = None
) -> Moment | None:
    """Return the one full date (day and year) inside a short text that is more than a date; arguments as of `parse`.

    For places that a page marks as its dateline, where a town or an agency stands beside the date. Never for prose.

    >>> find_date("Berlin, 28.10.2021, 058/21", reference=datetime.now(UTC), languages=("de",)).isoformat()
    '2021-10-28'
    """
    languages = (languages,) if isinstance(languages, str) else tuple(languages)
    if len(text) > LONGEST:
        return None
    form = _find(text, languages, timezone)
    return _resolve(form, text, "unknown", reference, site_zone(timezone) if timezone else None) if form else None


_YEAR = re.compile(r"(?<!\d)(?:19[5-9]|20\d)\d(?!\d)|(?<=[./-]\d[./-])\d\d(?!\d)|(?<=[./-]\d\d[./-])\d\d(?![\d./-])")
_RANGE = re.compile(r"\d\.?(?: [^\W\d]+)? (?:bis|to|au|al|until|till|fino al|hasta|tot|до) (?:zum )?\d")
_GAP = re.compile(r"[\s,;|()\[\]]+")


@lru_cache(maxsize=2048)
def _find(text: str, languages: tuple[str, ...], timezone: str | None) -> Stamp | None:
    folded = fold(text)
    names, order = known_as(languages), order_of(languages, timezone)
    if _RANGE.search(folded):
        return None
    found: list[Stamp] = []
    covered = 0
    for year in _YEAR.finditer(folded):
        if year.start() < covered:
            continue
        # Cuts before and after the year, the widest window first: a clock may stand on either side.
        starts = [0, *(gap.end() for gap in _GAP.finditer(folded, 0, year.start()))][-9:]
        ends = [*(gap.start() for gap in _GAP.finditer(folded, year.end())), len(folded)][:7]
        best: Stamp | None = None
        for start in starts:
            for end in reversed(ends):
                form = read_machine(folded[start:end]) or read_date(folded[start:end].strip(_EDGE), names, order)
                if isinstance(form, Stamp) and form.day is not None and form.year is not None:
                    best, covered = form, end
                    break
            if best is not None:
                break
        if best is not None:
            found.append(best)
    days = {(stamp.year, stamp.month, stamp.day) for stamp in found}
    return max(found, key=lambda stamp: stamp.clock is not None) if len(days) == 1 else None


@lru_cache(maxsize=8192)
def _read(text: str, languages: tuple[str, ...], timezone: str | None) -> Reading:
    folded = fold(text).strip(_EDGE)
    if not folded:
        return ()
    names = known_as(languages)
    form: Form | None = read_machine(folded)
    if form is not None:
        return (("unknown", form),)
    order = order_of(languages, timezone)
    form = _read_one(folded, names, order)
    if form is not None:
        return (("unknown", form),)
    return _read_labelled(folded, names, order)


def _read_one(text: str, languages: Languages, order: Order) -> Form | None:
    text = text.strip(_EDGE + "()[]")
    return read_machine(text) or read_age(text, languages) or read_date(text, languages, order)


def _read_labelled(text: str, languages: Languages, order: Order) -> Reading:
    """Read a byline: each label and the date behind it, an author or a category beside them."""
    merged: list[tuple[Role, str]] = []
    behind = 0
    role: Role = "unknown"
    for start, end, label in labels().find(text):
        piece = text[behind:start]
        if start and not piece.strip(_EDGE) and merged and role != "unknown":
            # "Last updated on", "Updated: published": two labels in a row are one.
            role = "modified" if "modified" in (role, label) else "published"
        else:
            merged.append((role, piece))
            role = label or "unknown"
        behind = end
    merged.append((role, text[behind:]))
    found: list[tuple[Role, Form]] = []
    for said, piece in merged:
        form, clean = _read_piece(piece, languages, order, labelled=said != "unknown")
        if not clean:
            return ()
        if form is not None:
            found.append((said, form))
    if sum(said == "unknown" for said, _ in found) > 1:
        return ()
    return tuple(found)


def _read_piece(text: str, languages: Languages, order: Order, *, labelled: bool) -> tuple[Form | None, bool]:
    """Return the date of a piece of a byline, and whether the rest of the piece belongs to a byline."""
    text = text.strip(_EDGE)
    if not text:
        return None, True
    digits = any(c.isdigit() for c in text)
    form = _read_one(text, languages, order)
    if form is not None:
        return form, True
    if len(text) > _LONGEST_PIECE:
        return None, False
    parts = [part for part in _BREAK.split(text) if part.strip(_EDGE)]
    if labelled:
        return _at_start(text, parts, languages, order)
    if len(parts) > 1:
        whole = [(part, _read_one(part, languages, order)) for part in _joined(parts)] if len(parts) < 8 else []
        dated = [(part, form) for part, form in whole if form is not None and not _is_bare_span(form, part)]
        # "9 mai 2018 | 14:28" is read joined and in parts: the first says the most, the others must not gainsay it.
        if dated and all(_agrees(form, dated[0][1]) for _, form in dated):
            return dated[0][1], True
        return None, not dated and len(text) < 80
    others = begins_other()
    if others.at(text, 0):
        # "Par Jean Dupont, le 9 janvier 2018"
        for match in list(_SOFT_BREAK.finditer(text))[:12]:
            if digits and ("," in match[0] or text.startswith(_ARTICLES, match.end())):
                form = _read_one(text[match.end() :], languages, order)
                if form is not None and not _is_bare_span(form, text):
                    return form, True
        return None, True
    if not digits:
        return None, len(text) < 60
    for start, end, _ in others.find(text):
        # "9 janvier 2018 par Jean Dupont"; of an age, such words may be the rest of a sentence.
        form = _read_one(text[:start], languages, order) if start else None
        if isinstance(form, Stamp) and _has_year(form) and len(text) - end < 60:
            return form, True
        break
    return None, False


_LONGEST_PIECE = 160
_ARTICLES = ("le ", "am ", "on ", "il ", "el ", "em ", "den ", "la ")


def _agrees(form: Form, fuller: Form) -> bool:
    if isinstance(form, Stamp) and isinstance(fuller, Stamp) and form.clock is None:
        return (form.year, form.month, form.day) == (fuller.year, fuller.month, fuller.day)
    return form == fuller


def _joined(parts: list[str]) -> list[str]:
    """Return the parts and the neighbours among them that make one date together: "9 mai 2018 | 14:28"."""
    return [f"{a} {b}" for a, b in zip(parts, parts[1:], strict=False)] + parts


def _at_start(text: str, parts: list[str], languages: Languages, order: Order) -> tuple[Form | None, bool]:
    """Read the longest date with which a labelled piece begins; what follows it must be set apart."""
    digits = any(c.isdigit() for c in text)
    if len(parts) > 1:
        for part in (" ".join(parts[:2]), parts[0]):
            form = _read_one(part, languages, order)
            if form is not None:
                return form, True
    others = begins_other()
    cuts = [match for match in _SOFT_BREAK.finditer(text) if match.start()][:14]
    for match in reversed(cuts):
        rest = text[match.end() :]
        other = others.at(rest, 0) is not None
        if not (other or "," in match[0] or "|" in match[0] or rest.startswith("(")):
            continue
        if not other and (len(rest) >= 60 or any(c.isdigit() for c in rest)):
            continue
        form = _read_one(text[: match.start()], languages, order)
        if form is not None:
            return form, True
    if digits and others.at(text, 0):
        # "Posted by Jane Doe on January 9, 2018"
        for match in cuts:
            form = _read_one(text[match.end() :].removeprefix("on "), languages, order)
            if form is not None and not isinstance(form, Age) and _has_year(form):
                return form, True
    return None, not digits and len(text) < 60


def _has_year(form: Form) -> bool:
    return not isinstance(form, Stamp) or (form.year is not None and form.day is not None)


def _is_bare_span(form: Form, text: str) -> bool:
    """Whether a part of a longer text is a span without a frame ("5 min"), which is a reading time rather than an age."""
    if isinstance(form, Stamp):
        return form.day is None or form.year is None
    if not isinstance(form, Age):
        return False
    units = tables()["units"]
    return all(word in units for word in _WORD.findall(text))


_WORD = re.compile(r"[^\W\d_]+")


def _resolve(form: Form, raw: str, role: Role, reference: datetime, zone: ZoneInfo | None) -> Moment | None:
    try:
        match form:
            case Age():
                return _resolve_age(form, raw, role, reference, zone)
            case Epoch():
                value = datetime.fromtimestamp(form.seconds, UTC)
                if value > reference + timedelta(days=400):
                    return None
                return Moment(truncate(value, "second"), "second", raw, "explicit", role=role)
            case DayBack():
                day = reference.astimezone(zone or reference.tzinfo) + timedelta(days=form.days)
                return _resolve_stamp(
                    Stamp(day.year, day.month, day.day, form.clock), raw, role, reference, zone, relative=form.clock is None
                )
            case Stamp():
                return _resolve_stamp(form, raw, role, reference, zone)
    except (OverflowError, ValueError, OSError):
        return None


def _resolve_age(form: Age, raw: str, role: Role, reference: datetime, zone: ZoneInfo | None) -> Moment:
    value = reference.astimezone(zone or reference.tzinfo)
    clock = value.tzinfo
    for unit, count in form.parts:
        match unit:
            case "year" | "month":
                months = value.year * 12 + value.month - 1 - count * (12 if unit == "year" else 1)
                year, month = divmod(months, 12)
                day = min(value.day, calendar.monthrange(year, month + 1)[1])
                value = value.replace(year=year, month=month + 1, day=day)
            case "week" | "day":
                value -= timedelta(days=count * (7 if unit == "week" else 1))
            case _:
                value = (value.astimezone(UTC) - timedelta(**{unit + "s": count})).astimezone(clock)
    precision = form.parts[-1][0]
    named: MomentZone = "site" if zone is not None else "unknown"
    return Moment(truncate(value, precision), precision, raw, named, relative=True, role=role, about=value)


def _resolve_stamp(
    form: Stamp, raw: str, role: Role, reference: datetime, zone: ZoneInfo | None, *, relative: bool = False
) -> Moment | None:
    year = form.year
    if year is None:
        # The latest such day that is not to come; a day of grace for readers further east.
        year = reference.year
        if datetime(year, form.month or 1, min(form.day or 1, 28)) > (reference + timedelta(days=2)).replace(tzinfo=None):
            year -= 1
    clock = form.clock or Clock(0)
    wall = datetime(
        year, form.month or 1, form.day or 1, clock.hour, clock.minute or 0, clock.second or 0, clock.microsecond
    )
    if wall.year > reference.year + 20:
        return None
    precision = cast("Precision", form.precision)
    if form.clock is None:
        # A day is a day on the site's calendar: its midnight there, or no zone at all.
        known: tzinfo | None = zone or (reference.tzinfo if relative else None)
        named: MomentZone = "site" if zone is not None else "unknown"
        return Moment(wall.replace(tzinfo=known), precision, raw, named, relative=relative, role=role)
    if clock.offset is not None:
        return Moment(truncate(wall.replace(tzinfo=fixed_zone(clock.offset)), precision), precision, raw, "explicit", role=role)
    if clock.zone is not None:
        written = zone_named(clock.zone, wall, zone)
        if written is not None:
            return Moment(truncate(on_zone(wall, written), precision), precision, raw, "explicit", role=role)
    if zone is not None:
        return Moment(truncate(on_zone(wall, zone), precision), precision, raw, "site", role=role)
    return Moment(truncate(wall, precision), precision, raw, "unknown", role=role)
