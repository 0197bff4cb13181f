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
_FEWEST_ASKED = 5
"""Articles on which a rule was asked, from which it is told that it never matches."""


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
        self._asked = 0
        self._without_match: dict[str, list[Address]] = {}

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

    def rules_were_asked(self, without_match: Iterable[str], address: Address) -> None:
        """Count an article on which the rules for pages were asked.

        Args:
            without_match: names of those that match nothing on it.
            address: where it stands.
        """
        self._asked += 1
        for rule in without_match:
            self._without_match.setdefault(rule, []).append(address)

    def judge_rules(self) -> None:
        """Set aside the rules that matched on none of the run's articles."""
        for rule, addresses in self._without_match.items():
            if len(addresses) == self._asked >= _FEWEST_ASKED:
                value = getattr(self.site.rules, rule, rule)
                self.set_aside(rule, value, "it matches on no article of this run", addresses)

    def is_article(self, address: Address) -> bool:
        """Whether an address is declared to be an article's."""
        return self.article_url is not None and bool(self.article_url.search(address.text))

    def drop_article_url(self, shows: Iterable[Address]) -> None:
        """Set the pattern of articles' addresses aside: the crawl finds out by itself what they look like."""
        if self.article_url is not None:
            pattern = self.article_url.pattern
            self.doubt("article_url", pattern, "no address that the site names as an article's matches it", shows)
            self.article_url = None
