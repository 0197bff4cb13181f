"""What a spider or a table declares of its site, taken as claims: one that the site does not bear out is set aside."""

from __future__ import annotations

import dataclasses
import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsscraper.address import Address

if TYPE_CHECKING:
    from scrapy.statscollectors import StatsCollector

    from newsscraper.sites.site import Site

logger = logging.getLogger(__name__)

STATS_KEY = "newsscraper/declarations"
"""Where the stats hold what was set aside: a list of `Stale`, as dicts."""
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Stale:
    """A declaration that the site does not bear out.

    Attributes:
        name: of the attribute or key: ``"article_url"``, ``"sections"``, ``"feeds"``, …
        value: what it says.
        why: what is wrong with it, in words.
        shows: addresses that the site shows instead, three at most.
    """

    name: str
    value: str
    why: str
    shows: tuple[str, ...] = ()

    def __str__(self) -> str:
        shows = f". The site shows {', '.join(self.shows)}" if self.shows else ""
        return f"{self.name} = {self.value!r} is set aside for this run: {self.why}{shows}"


class Declarations:
    """Keeps what is declared, and says once of each declaration that it is stale.

    Args:
        site: what is declared.
        stats: where it is kept for the summary, under `STATS_KEY`.

    Attributes:
        site: all of it.
        article_url: pattern of articles' addresses; ``None`` where none is declared, or it was set aside.
        fits: an address that the site names as an article's matches the pattern.
    """

    def __init__(self, site: Site, stats: StatsCollector) -> None:
        self.site = site
        self.article_url: re.Pattern[str] | None = site.article_url
        self.fits = False
        self._stats = stats
        self._said: set[tuple[str, str]] = set()
        self._doubted: list[Stale] = []

    def set_aside(self, name: str, value: object, why: str, shows: Iterable[Address | str] = ()) -> None:
        """Say with one warning that a declaration is stale, and keep it for the summary.

        Args:
            name: of the attribute or key.
            value: what it says.
            why: what is wrong with it, in words.
            shows: addresses that the site shows instead; the first three are named.
        """
        if (name, str(value)) in self._said:
            return
        self._said.add((name, str(value)))
        stale = Stale(name, str(value), why, tuple(dict.fromkeys(map(str, shows)))[:_SHOWN])
        logger.warning("%s: %s", self.site.name, stale)
        kept = [*self._stats.get_value(STATS_KEY, []), dataclasses.asdict(stale)]
        self._stats.set_value(STATS_KEY, kept)

    def doubt(self, name: str, value: object, why: str, shows: Iterable[Address | str] = ()) -> None:
        """Note that a declaration is stale, to say so when it is known what the site shows instead."""
        self._doubted.append(Stale(name, str(value), why, tuple(map(str, shows))))

    def say_doubts(self, shows: Iterable[Address | str]) -> None:
        """Say of all that was noted that it is set aside.

        Args:
            shows: addresses of articles that the site shows, for declarations that have too few of their own kind.
        """
        articles = list(shows)
        doubted, self._doubted = self._doubted, []
        for stale in doubted:
            self.set_aside(stale.name, stale.value, stale.why, (*stale.shows, *articles))

    def is_article(self, address: Address) -> bool:
        """Whether an address is declared to be an article's."""
        return self.article_url is not None and bool(self.article_url.search(address.text))

    def drop_article_url(self, shows: Iterable[Address]) -> None:
        """Set the pattern of articles' addresses aside: the crawl finds out by itself what they look like."""
        if self.article_url is not None:
            pattern = self.article_url.pattern
            self.doubt("article_url", pattern, "no address that the site names as an article's matches it", shows)
            self.article_url = None
