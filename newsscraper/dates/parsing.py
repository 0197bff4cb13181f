"""`parse`: a text, and the moment against which it counts, to a moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from functools import lru_cache

from newsscraper.dates.bylines import find_stamp, read_byline
from newsscraper.dates.lastresort import read_last
from newsscraper.dates.moment import Moment
from newsscraper.dates.ordering import Order
from newsscraper.dates.resolving import Resolver
from newsscraper.dates.zones import site_zone

LONGEST = 250
"""Characters beyond which a text is no date, whatever it holds."""


def parse(
    text: str, *, reference: datetime, languages: Sequence[str] = (), timezone: str | None = None
) -> Moment | None:
    """Return the moment that ``text`` names, or ``None`` if it names none or could mean several.

    Args:
        text: as a page prints it: "2 jours ago", "Publié le 09/01/2018 à 12:21", "2018-01-09T12:21:00+01:00".
        reference: aware moment at which the text was read, usually when the page was fetched.
        languages: ISO 639-1 codes or tags ("en-GB") of the site, the most likely first. Without them, all are tried.
        timezone: IANA name of the zone for times without an offset.

    Raises:
        ValueError: ``reference`` is naive, or there is no zone of that name.

    >>> from datetime import UTC
    >>> fetched = datetime(2026, 11, 22, 11, 53, tzinfo=UTC)
    >>> parse("2 jours ago", reference=fetched).isoformat()
    '2026-11-20'
    >>> parse("9 janvier 2018 - 14:28", reference=fetched, timezone="Europe/Paris").isoformat()
    '2018-01-09T14:28:00+01:00'
    >>> parse("2 jours de congés", reference=fetched) is None
    True
    """
    moment = parse_own(text, reference=reference, languages=languages, timezone=timezone)
    if moment is None and languages:
        spoken = (languages,) if isinstance(languages, str) else languages
        return read_last(text, reference=reference, languages=spoken, timezone=timezone)
    return moment


def parse_own(
    text: str, *, reference: datetime, languages: Sequence[str] = (), timezone: str | None = None
) -> Moment | None:
    """Return what `parse` does without asking dateparser: for the many texts of a page of which few are dates."""
    moments = parse_byline(text, reference=reference, languages=languages, timezone=timezone)
    if len(moments) > 1:
        published = [moment for moment in moments if moment.role == "published"]
        moments = published or [moment for moment in moments if moment.role == "unknown"] or moments[:1]
    return moments[0] if moments else None


def parse_byline(
    text: str,
    *,
    reference: datetime,
    languages: Sequence[str] = (),
    timezone: str | None = None,
    order: Order = None,
) -> list[Moment]:
    """Return every moment that a byline names, each with its role; arguments and errors as of `parse`.

    Args:
        order: of day, month and year in numeric dates, where the site shows it; else languages and zone tell.

    >>> from datetime import UTC
    >>> fetched = datetime(2026, 11, 22, 11, 53, tzinfo=UTC)
    >>> found = parse_byline("Publié le 9 mai 2018, modifié le 10 mai 2018", reference=fetched)
    >>> [(moment.role, moment.isoformat()) for moment in found]
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
    return list(_moments(text, reference, reference.tzinfo, languages, timezone, order))


@lru_cache(maxsize=4096)
def _moments(  # noqa: PLR0913, PLR0917
    text: str, reference: datetime, clock: tzinfo, languages: tuple[str, ...], timezone: str | None, order: Order
) -> tuple[Moment, ...]:
    resolver = Resolver(text, reference, site_zone(timezone) if timezone else None)
    resolved = (resolver.resolve(form, role) for role, form in read_byline(text, languages, timezone, order))
    return tuple(moment for moment in resolved if moment is not None)


def find_date(
    text: str,
    *,
    reference: datetime,
    languages: Sequence[str] = (),
    timezone: str | None = None,
    order: Order = None,
) -> Moment | None:
    """Return the one full date (day and year) inside a short text that is more than a date; arguments as of `parse`.

    For places that a page marks as its dateline, where a town or an agency stands beside the date. Never for prose.

    >>> from datetime import UTC
    >>> fetched = datetime(2026, 11, 22, tzinfo=UTC)
    >>> find_date("Berlin, 28.10.2021, 058/21", reference=fetched, languages=("de",)).isoformat()
    '2021-10-28'
    """
    languages = (languages,) if isinstance(languages, str) else tuple(languages)
    if len(text) > LONGEST:
        return None
    stamp = find_stamp(text, languages, timezone, order)
    zone = site_zone(timezone) if timezone else None
    return Resolver(text, reference, zone).resolve(stamp, "unknown") if stamp is not None else None
