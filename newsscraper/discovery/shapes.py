"""What a site's article addresses look like, learnt from those that are known to be articles.

The shape of an address is what stays when the words are taken out of it: ``/2026/11/22/a-long-slug/`` becomes
``/Y/M/D/slug/``. A site has a handful of shapes, and nearly all pages of one shape are of one kind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlsplit

_YEAR = re.compile(r"^(?:19|20)\d\d$")
_DATE = re.compile(r"^(?:19|20)\d\d[-_]?\d\d[-_]?\d\d$")
_HEX = re.compile(r"^(?=.*\d)[0-9a-f]{8,}(?:-[0-9a-f]{4,}){0,4}$", re.IGNORECASE)
_EXTENSION = re.compile(r"\.([a-z]{3,5})$", re.IGNORECASE)
_DIGITS_END = re.compile(r"[-_,.]?[a-z]{0,3}\d{4,}$", re.IGNORECASE)
_DIGITS_START = re.compile(r"^[a-z]{0,2}\d{4,}[-_,]", re.IGNORECASE)

MAX_SHAPES = 500


@lru_cache(maxsize=16384)  # the menus of a site stand on all its pages
def shape(url: str) -> str:
    """Return the shape of ``url``.

    >>> shape("https://www.example.com/2026/11/22/cloud-region-opens-in-lille/")
    '/Y/N/N/slug'
    >>> shape("https://www.example.com/cloud-region-opens-404477.html")
    '/slug-N.html'
    >>> shape("https://www.example.com/?p=12"), shape("https://www.example.com/about/")
    ('/?p', '/word')
    """
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment]
    extension = ""
    if segments and (match := _EXTENSION.search(segments[-1])):
        extension = match.group(0).lower()
        segments[-1] = segments[-1][: match.start()]
    pattern = "/" + "/".join(_segment(segment) for segment in segments[:8])
    names = sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)})
    return pattern + extension + ("?" + "&".join(names[:5]) if names else "")


def _segment(segment: str) -> str:
    if _YEAR.match(segment):
        return "Y"
    if _DATE.match(segment):
        return "date"
    if segment.isdigit():
        return "N" if len(segment) < 5 else "id"
    if _HEX.match(segment):
        return "id"
    words = re.split(r"[-_]+|%20", segment)
    long = len(words) >= 4 or len(segment) >= 25
    if _DIGITS_END.search(segment):
        return "slug-N" if long or len(words) > 1 else "word-N"
    if _DIGITS_START.match(segment):
        return "N-slug"
    return "slug" if long else "word"


def speaks_of_article(url_shape: str) -> bool:
    """Whether a shape is one that articles have and other pages hardly ever do: a date, an id, a long slug.

    >>> speaks_of_article("/Y/N/N/word"), speaks_of_article("/word/word")
    (True, False)
    """
    path = url_shape.partition("?")[0]
    last = path.rsplit("/", 1)[-1]
    if "slug" in last or "-N" in last:
        return True
    if last.startswith("id") and path.count("/") > 1:
        return True
    return (path.startswith("/Y/N") or "/Y/N/" in path or "/date" in path) and not last.startswith(("N", "Y", "date"))


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


class Shapes:
    """Learns which shapes a site's articles have.

    >>> shapes = Shapes()
    >>> for _ in range(3):
    ...     shapes.saw_article("https://www.example.com/cloud/a-region-opens-in-lille")
    >>> shapes.likelihood("https://www.example.com/data/a-lake-dries-up-in-nantes") > 0.7
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

    def tally(self, url: str) -> Tally:
        """Return what is known of the shape of ``url``."""
        name = shape(url)
        if name not in self._tallies and len(self._tallies) >= MAX_SHAPES:
            return Tally()
        return self._tallies.setdefault(name, Tally())

    def vouch(self, url: str) -> None:
        """Note that a feed or a sitemap of articles names ``url``."""
        self.tally(url).vouched += 1

    def saw_article(self, url: str) -> None:
        """Note that ``url`` was fetched and is an article."""
        self.tally(url).articles += 1

    def saw_other(self, url: str) -> None:
        """Note that ``url`` was fetched and is no article."""
        self.tally(url).others += 1

    def likelihood(self, url: str) -> float:
        """Return how likely ``url`` is an article, 0…1, from its shape and what was found behind that shape."""
        tally = self.tally(url)
        prior = 0.6 if speaks_of_article(shape(url)) else 0.25
        weight = 2.0
        # A feed or sitemap is a witness, but one of many addresses at once: it counts like a few pages seen.
        vouched = min(tally.vouched, 4)
        seen = vouched + tally.articles + tally.others
        return (prior * weight + vouched + tally.articles) / (weight + seen)

    def has_sibling(self, url: str) -> bool:
        """Whether addresses that differ from ``url`` only in having a longer last part are articles.

        >>> shapes = Shapes()
        >>> shapes.saw_article("https://www.example.com/cloud-region-opens-in-lille/")
        >>> shapes.has_sibling("https://www.example.com/hello-world/")
        True
        """
        name = shape(url)
        own = self._tallies.get(name)
        if own is not None and own.others > own.articles + 2:
            return False
        stem, word, rest = name.rpartition("/word")
        sibling = self._tallies.get(f"{stem}/slug{rest}") if word else None
        return sibling is not None and bool(sibling.articles or sibling.vouched)
