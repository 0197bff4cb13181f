"""What a page, a feed or a sitemap says about when: one claim, not yet believed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from newsscraper.article import DateSource

Role = Literal["published", "modified", "unknown"]


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of a date.

    Attributes:
        role: what it dates; ``unknown`` where the source does not say (a bare ``<time>``, a sitemap's ``lastmod``
            is ``modified``, a feed's ``pubDate`` is ``published``).
        raw: the text as written: "2 jours ago", "2026-11-22T08:27:53+01:00".
        source: kind of place it was read from.
        where: the place in words, for ``--explain``: ``"NewsArticle.datePublished"``, ``"time.entry-date"``.
        read_at: aware moment against which a relative text counts; ``None``: when the page was fetched.
        from_amp: read from an AMP page, whose JSON-LD clock may be wrong.
        by_rule: found by a rule that is declared for the site: it outranks all others of its role.
        by_amp_for_wp: written by the plugin "AMP for WP" itself, which prints the GMT clock with the local offset.
    """

    role: Role
    raw: str
    source: DateSource
    where: str = ""
    read_at: datetime | None = None
    from_amp: bool = False
    by_amp_for_wp: bool = False
    by_rule: bool = False
