"""What is declared of a site, in a spider or in a table, as the parts of the crawl read it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from newsscraper.extraction.page import SiteHints
from newsscraper.extraction.rules import FIELDS, Rules
from newsscraper.sites.values import KEYS, check
from newsscraper.urls import site_of


class SiteError(ValueError):
    """A site that is declared wrongly.

    Attributes:
        mistakes: each key that is wrong, with the words that say so.
    """

    def __init__(self, mistakes: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(words for _, words in mistakes))
        self.mistakes = mistakes


@dataclass(frozen=True, slots=True)
class Site:
    """A declared site; all but the first two may be empty: it is then found out.

    Attributes:
        start_url: home page.
        name: registrable host.
        language: ISO 639-1.
        timezone: IANA name of the clock that the site's bare times are on.
        article_url: pattern of article addresses.
        exclude: patterns of addresses that are left alone.
        sections: section name → address of its listing.
        feeds: addresses of feeds.
        sitemaps: addresses of sitemaps.
        render: which pages a browser is asked for.
        rules: selectors for its pages.
        revise_on_extra: a change of ``article.extra`` makes a new revision.
        health_off: kinds of findings that are not wanted here.
        every: time between two crawls in a fleet, in seconds; written ``"30min"``, ``"2h"``, ``"1d"``, or ``"auto"``.
        spider: name of the spider that crawls it; ``None``: ``news``.
        table: name of the table that declares it, where one does.

    >>> Site("https://www.example.com/", "example.com").render
    'never'
    """

    start_url: str
    name: str
    language: str | None = None
    timezone: str | None = None
    article_url: re.Pattern[str] | None = None
    exclude: tuple[re.Pattern[str], ...] = ()
    sections: Mapping[str, str] = field(default_factory=dict)
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    render: Literal["never", "needed", "always"] = "never"
    rules: Rules = field(default_factory=Rules)
    revise_on_extra: bool = False
    health_off: tuple[str, ...] = ()
    every: float | None = None
    spider: str | None = None
    table: str | None = None

    def excludes(self, url: str) -> bool:
        """Tell whether an address is left alone.

        >>> Site("https://a.org/", "a.org", exclude=(re.compile("/sponsored/"),)).excludes("https://a.org/sponsored/x")
        True
        """
        return any(pattern.search(url) for pattern in self.exclude)

    def hints(self) -> SiteHints:
        """Return what extraction is told of it.

        >>> Site("https://www.example.com/", "example.com", language="fr").hints().languages
        ('fr',)
        """
        return SiteHints(languages=(self.language,) if self.language else (), timezone=self.timezone, rules=self.rules)


def declare(values: Mapping[str, object], *, table: str | None = None) -> Site:
    """Return the site that some keys and their values declare.

    Args:
        values: by key (`newsscraper.sites.values.KEYS`), as written; ``None`` counts as left out.
        table: name of the table that they stand in, where they do.

    Raises:
        SiteError: some of them are wrong; all of these are named.

    >>> site = declare({"start_url": "www.example.com", "feeds": "/feed", "title": "h1"})
    >>> site.name, site.feeds, site.rules.title
    ('example.com', ('/feed',), ('h1',))
    >>> declare({"start_url": "www.example.com", "render": "sometimes"})
    Traceback (most recent call last):
    newsscraper.sites.site.SiteError: render = 'sometimes' can be never, needed, always
    """
    found = {}
    mistakes = []
    for key in KEYS:
        if values.get(key) is None:
            continue
        try:
            found[key] = check(key, values[key])
        except ValueError as error:
            mistakes.append((key, str(error)))
    if values.get("start_url") is None:
        mistakes.append(("start_url", 'the site has no address; give url = "https://www.example.com/"'))
    if mistakes:
        raise SiteError(mistakes)
    start = found.pop("start_url")
    of_start = site_of(start) or start
    name = found.pop("site", None) or of_start
    if of_start.rpartition(":")[0] == name:  # a site that is declared by its host, on a port of its own
        name = of_start
    rules = Rules(**{key: found.pop(key) for key in FIELDS if key in found})
    return Site(start, name, rules=rules, table=table, **found)
