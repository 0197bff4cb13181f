"""What a site's article addresses look like, learnt from those that are known to be articles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from newsscraper.address import Address
from newsscraper.discovery import traps

MAX_SHAPES = 500
TRIALS = 3
"""Pages that are looked at, of those whose address a word makes a trap and the rest of it a story's."""
ALIKE = 5
"""Articles at addresses alike from which on that word is taken for what it is: a word."""


@dataclass(slots=True)
class Tally:
    """What is known of one shape.

    Attributes:
        vouched: addresses of this shape in feeds and sitemaps of articles.
        articles: fetched and found to be articles.
        others: fetched and found to be something else.
        asked: fetched on trial, outcome not yet known.
    """

    vouched: int = 0
    articles: int = 0
    others: int = 0
    asked: int = 0


def why_trapped(address: Address, doubtful: Tally, *, vouched: bool = False) -> str | None:
    """Return why no article can stand at an address, in words; ``None`` where it is worth a look.

    A word alone does not decide: what a feed or a sitemap of posts names is looked at, what is like several articles,
    and some of what goes on as stories' addresses do.

    Args:
        address: that may be one of a list, a search, a calendar.
        doubtful: what stood at addresses that the same word makes a trap.
        vouched: who names it names nothing but articles.
    """
    reason = traps.trap(address)
    if reason is None or traps.is_certain(reason):
        return reason
    if vouched or (doubtful.articles >= ALIKE and doubtful.articles >= 4 * doubtful.others):
        return None
    on_trial = traps.may_be_story(address) and (doubtful.articles > doubtful.others or doubtful.others < TRIALS)
    return None if on_trial else reason


class Shapes:
    """Learns which shapes a site's articles have.

    >>> shapes = Shapes()
    >>> for _ in range(3):
    ...     shapes.page_was_read(Address.of("https://www.example.com/cloud/a-region-opens-in-lille"), is_article=True)
    >>> shapes.likelihood(Address.of("https://www.example.com/data/a-lake-dries-up-in-nantes")) > 0.7
    True
    """

    def __init__(self, known: Any = None) -> None:
        self._tallies: dict[str, Tally] = {}
        if isinstance(known, dict):
            for name, counts in list(known.items())[:MAX_SHAPES]:
                if isinstance(counts, list) and len(counts) == 3 and all(isinstance(count, int) for count in counts):
                    self._tallies[str(name)] = Tally(*counts)

    def to_json(self) -> dict[str, list[int]]:
        """Return what was learnt, as a habit of the site that can be kept."""
        return {name: [t.vouched, t.articles, t.others] for name, t in self._tallies.items()}

    def tally(self, address: Address) -> Tally:
        """Return what is known of the shape of an address."""
        return self._tally(address.shape)

    def doubtful(self, address: Address) -> Tally:
        """Return what is known of addresses that the same word makes a trap; of others that is nothing."""
        family = traps.family(address)
        return self._tally(family) if family else Tally()

    def trap(self, address: Address, *, vouched: bool = False) -> str | None:
        """Return why no article can stand at an address, with what is known of others like it; see `why_trapped`."""
        return why_trapped(address, self.doubtful(address), vouched=vouched)

    def page_was_read(self, address: Address, *, is_article: bool) -> None:
        """Learn from what stood at an address."""
        for tally in (self.tally(address), self.doubtful(address)):
            if is_article:
                tally.articles += 1
            else:
                tally.others += 1

    def _tally(self, name: str) -> Tally:
        if name not in self._tallies and len(self._tallies) >= MAX_SHAPES:
            return Tally()
        return self._tallies.setdefault(name, Tally())

    def vouch(self, address: Address) -> None:
        """Note that a feed or a sitemap of articles names an address."""
        self.tally(address).vouched += 1

    def likelihood(self, address: Address) -> float:
        """Return how likely it is an article, 0…1, from its shape and what was found behind that shape."""
        tally = self.tally(address)
        prior = 0.6 if address.speaks_of_article else 0.25
        weight = 2.0
        # A feed or sitemap is a witness, but one of many addresses at once: it counts like a few pages seen.
        vouched = min(tally.vouched, 4)
        seen = vouched + tally.articles + tally.others
        return (prior * weight + vouched + tally.articles) / (weight + seen)

    def has_sibling(self, address: Address) -> bool:
        """Whether addresses that differ from this one only in having a longer last part are articles.

        >>> shapes = Shapes()
        >>> shapes.page_was_read(Address.of("https://www.example.com/cloud-region-opens-in-lille/"), is_article=True)
        >>> shapes.has_sibling(Address.of("https://www.example.com/hello-world/"))
        True
        """
        name = address.shape
        own = self._tallies.get(name)
        if own is not None and own.others > own.articles + 2:
            return False
        stem, word, rest = name.rpartition("/word")
        sibling = self._tallies.get(f"{stem}/slug{rest}") if word else None
        return sibling is not None and bool(sibling.articles or sibling.vouched)
