"""Machine-written dates of sitemaps and feeds as moments, to rank candidates and to skip what is too old.

The text itself travels on as a claim; what is decided here is only the order of fetching.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from newsscraper.address import Address

_ISO = re.compile(
    r"^\s*(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?"
    r"(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?\s*$",
    re.IGNORECASE,
)


def moment(text: str | None) -> datetime | None:
    """Return the moment that a W3C or RFC 822 date means, aware, UTC where no zone is written; ``None`` if unreadable.

    >>> moment("2026-11-22T08:27:53+01:00").isoformat()
    '2026-11-22T08:27:53+01:00'
    >>> moment("2026-11").isoformat(), moment("Sun, 22 Nov 2026 08:27:53 +0000").isoformat()
    ('2026-11-01T00:00:00+00:00', '2026-11-22T08:27:53+00:00')
    >>> moment("yesterday")
    """
    if not text or len(text) > 64:
        return None
    try:
        if match := _ISO.match(text):
            year, month, day, hour, minute, second = (int(part) if part else None for part in match.groups()[:6])
            zone = match.group(7) or "Z"
            found = datetime.fromisoformat(
                f"{year:04}-{month or 1:02}-{day or 1:02}T{hour or 0:02}:{minute or 0:02}:{min(second or 0, 59):02}"
                f"{'+00:00' if zone in 'Zz' else zone}"
            )
        else:
            found = parsedate_to_datetime(text.strip())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)([-/_]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")


def day_in_address(address: Address) -> datetime | None:
    """Return the last second of the day that an address carries, UTC; ``None`` where it carries none.

    >>> day_in_address(Address.of("https://a.example/2026/11/22/a-story")).isoformat()
    '2026-11-22T23:59:59+00:00'
    >>> day_in_address(Address.of("https://a.example/a-story-20261122.html")).day
    22
    >>> day_in_address(Address.of("https://a.example/a-story-404477"))
    """
    found = _DAY.search(address.parts.path)
    if found is None:
        return None
    try:
        return datetime(int(found[1]), int(found[3]), int(found[4]), 23, 59, 59, tzinfo=UTC)
    except ValueError:
        return None


def rank(published: str | None, modified: str | None = None) -> datetime | None:
    """Return what a candidate is ranked by: its publication, or else its modification.

    >>> rank(None, "2026-11-22").isoformat()
    '2026-11-22T00:00:00+00:00'
    """
    return moment(published) or moment(modified)
