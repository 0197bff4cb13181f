"""What a spider declares of its site, as the parts of the crawl read it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Site:
    """A declared site; all but the first may be empty: it is then found out.

    Attributes:
        start_url: home page.
        name: registrable host.
        language: ISO 639-1.
        timezone: IANA name of the clock that the site's bare times are on.
        article_url: pattern of article addresses.
        sections: section name → address of its listing.
        feeds: addresses of feeds.
        sitemaps: addresses of sitemaps.
    """

    start_url: str
    name: str
    language: str | None = None
    timezone: str | None = None
    article_url: re.Pattern[str] | None = None
    sections: Mapping[str, str] = field(default_factory=dict)
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
