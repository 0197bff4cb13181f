"""What an archive gives: pages, each with its place, and reasons why others are passed over."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from newsscraper.archives.kept import Plan
from newsscraper.extraction.page import Page


@dataclass(frozen=True, slots=True)
class Found:
    """A page in an archive.

    Attributes:
        page: the page, with the moment of its fetching and the headers that extraction reads.
        offset: byte at which its record begins; ``None`` for a file of its own.
        record_id: name of its WARC record.
        plan: how an article of a crawl was made of it, and of ``others``.
        others: further pages of the article.
    """

    page: Page
    offset: int | None = None
    record_id: str | None = None
    plan: Plan | None = None
    others: tuple[Page, ...] = ()


@dataclass(frozen=True, slots=True)
class Passed:
    """A record that gives no page; ``reason`` says why, in words that are counted."""

    reason: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which pages are read. It is asked before a page is parsed.

    Attributes:
        hosts: hosts, or domains that they lie in; ``None``: all.
        since: fetched at this moment or later.
        until: fetched before this moment.
    """

    hosts: Container[str] | None = None
    since: datetime | None = None
    until: datetime | None = None

    def refuses(self, url: str | None, moment: datetime | None) -> str | None:
        """Return why a page is not wanted; ``None`` where it is.

        >>> Wanted(hosts={"silicon.fr"}).refuses("https://www.silicon.fr/a", None)
        >>> Wanted(hosts={"silicon.fr"}).refuses("https://notsilicon.fr/a", None)
        'a host that was not asked for'
        """
        if self.hosts is not None and not self._has(url):
            return "a host that was not asked for"
        if moment is not None and self.since is not None and moment < self.since:
            return "fetched before --since"
        if moment is not None and self.until is not None and moment >= self.until:
            return "fetched after --until"
        return None

    def _has(self, url: str | None) -> bool:
        try:
            host = urlsplit(url or "").hostname or ""
        except ValueError:
            return False
        labels = host.split(".")
        assert self.hosts is not None
        return any(".".join(labels[start:]) in self.hosts for start in range(len(labels)))
