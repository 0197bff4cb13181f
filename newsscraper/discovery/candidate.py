"""An address that may be an article's, with what was learnt on the way to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from newsscraper.address import Address

Way = Literal["sitemap", "news-sitemap", "feed", "listing", "recent-posts", "link", "urls", "start"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed tells of an article beside its address, title and dates.

    Attributes:
        text: HTML, the whole text or its beginning.
        authors: names.
        categories: names; many feeds do not tell categories from tags.
    """

    text: str
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


@dataclass(slots=True)
class Candidate:
    """An address worth a look.

    Attributes:
        address: as found.
        way: how it was found.
        title: as the source gives it.
        section: as the source gives it.
        published: raw text of a publication date that the source gives (feed ``pubDate``, news sitemap).
        modified: raw text of a modification date (sitemap ``lastmod``, Atom ``updated``).
        relative: raw text of an age ("2 jours ago") that a list shows.
        read_at: aware moment when the source was fetched.
        rank: sort key, newest first: the best moment that the dates above give, or ``None``.
        languages: ISO 639-1 codes that the source gives.
        source: address of the sitemap, feed or page that named it.
        dated_by: the way of what gave the dates, where that is another one.
        entry: what a feed tells of it, where it tells much.
    """

    address: Address
    way: Way
    title: str | None = None
    section: str | None = None
    published: str | None = None
    modified: str | None = None
    relative: str | None = None
    read_at: datetime | None = None
    rank: datetime | None = None
    languages: tuple[str, ...] = field(default_factory=tuple)
    source: Address | None = None
    dated_by: Way | None = None
    entry: Entry | None = None

    @property
    def url(self) -> str:
        """The address as text."""
        return self.address.text
