"""Listings: home, section and archive pages, read into article links, further listings and the next page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Protocol
from urllib.parse import urlsplit

from newsscraper.discovery import traps
from newsscraper.discovery.candidate import Candidate
from newsscraper.discovery.shapes import Shapes, shape, speaks_of_article
from newsscraper.urls import canonical_url, url_key

_NUMBERED = re.compile(
    r"(?:/(?:page|seite|pagina)[/-]?(\d+)/?$)|(?:[?&](?:page|paged|pg|seite|pagina)=(\d+))", re.IGNORECASE
)
_ARCHIVE = re.compile(
    r"/(?:archives?|archiv|archivio|archivo)?/?(?:19|20)\d\d(?:[/-]\d{1,2}){0,2}/?$|/(?:archives?|archiv|archivio|archivo)/?$",
    re.IGNORECASE,
)
MAX_LINKS = 3000


class LinkLike(Protocol):
    """A link as extraction reads it."""

    @property
    def url(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def in_navigation(self) -> bool: ...
    @property
    def nofollow(self) -> bool: ...


@dataclass(slots=True)
class Listing:
    """What one listing leads to.

    Attributes:
        candidates: links that may be articles, in page order.
        sections: links to further listings, navigation first.
        archives: links to archives by date.
        next_url: the listing's next page.
        last_url: the last page of the listing that is linked, where pages are numbered.
        dropped: links that lead into traps: address → reason.
    """

    candidates: list[Candidate] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)
    archives: list[str] = field(default_factory=list)
    next_url: str | None = None
    last_url: str | None = None
    dropped: dict[str, str] = field(default_factory=dict)


def read(  # noqa: PLR0913
    links: Iterable[LinkLike],
    url: str,
    *,
    shapes: Shapes,
    next_url: str | None = None,
    section: str | None = None,
    read_at: datetime | None = None,
    article_url: re.Pattern[str] | None = None,
) -> Listing:
    """Sort the links of a page at ``url`` into articles and further listings.

    Args:
        links: the page's links, in page order.
        url: address of the page.
        shapes: what is known of the site's addresses.
        next_url: the next page, where the page names it (``rel=next``).
        section: name of the section that the page lists.
        read_at: aware moment of fetching.
        article_url: pattern of article addresses, where the site declares one.
    """
    listing = Listing(next_url=next_url)
    own_host, own_key = host_of(url), url_key(url)
    numbered: dict[int, str] = {}
    seen: set[str] = set()
    for count, link in enumerate(links):
        if count >= MAX_LINKS:
            listing.dropped[url] = "too many links on one page"
            break
        if host_of(link.url) != own_host:
            continue
        key = url_key(link.url)
        if key in seen or key == own_key or (not urlsplit(link.url).path.strip("/") and not urlsplit(link.url).query):
            continue
        seen.add(key)
        if (number := page_number(link.url)) is not None and same_list(link.url, url):
            numbered[number] = link.url
            continue
        if reason := traps.trap(link.url):
            if traps.is_list(reason):
                # "More stories" may lead to the second page of a list whose first one this page shows.
                if page_number(link.url) in (None, 2):
                    listing.sections.append(link.url)
            else:
                listing.dropped[link.url] = reason
            continue
        _sort(link, listing, shapes=shapes, article_url=article_url, section=section, read_at=read_at)
    _pagination(listing, url, numbered)
    return listing


def _sort(  # noqa: PLR0913
    link: LinkLike,
    listing: Listing,
    *,
    shapes: Shapes,
    article_url: re.Pattern[str] | None,
    section: str | None,
    read_at: datetime | None,
) -> None:
    # What a link says of the way that its reader came is no part of what articles' addresses look like.
    address = canonical_url(link.url)
    if article_url is not None:
        is_article = bool(article_url.search(link.url))
    else:
        likely = shapes.likelihood(address)
        if likely < 0.5 and not link.in_navigation and shapes.has_sibling(address):
            likely = 0.5
        # A menu names sections and standing pages; an article stands there only where its address says so.
        is_article = likely >= 0.5 and (not link.in_navigation or (likely >= 0.7 and speaks_of_article(shape(address))))
    if _ARCHIVE.search(urlsplit(link.url).path):
        listing.archives.append(link.url)
    elif is_article:
        words = link.text if len(link.text.split()) >= 3 else None
        listing.candidates.append(Candidate(address, "listing", title=words, section=section, read_at=read_at))
    elif link.in_navigation or looks_like_section(link.url):
        listing.sections.append(link.url)
    elif not link.nofollow:
        # Neither this nor that: a short address in the page's own content. Tried after the likely ones, if at all.
        listing.candidates.append(Candidate(address, "link", title=link.text or None, read_at=read_at))


def _pagination(listing: Listing, url: str, numbered: dict[int, str]) -> None:
    current = page_number(url) or 1
    if listing.next_url and url_key(listing.next_url) == url_key(url):
        listing.next_url = None
    if listing.next_url is None and numbered.get(current + 1):
        listing.next_url = numbered[current + 1]
    if numbered and max(numbered) > current:
        listing.last_url = numbered[max(numbered)]


def page_number(url: str) -> int | None:
    """Return the number of the page of a list that an address asks for.

    >>> page_number("https://a.example/news/page/3/"), page_number("https://a.example/news?page=4"), page_number("https://a.example/")
    (3, 4, None)
    """
    match = _NUMBERED.search(url)
    if not match:
        return None
    digits = match.group(1) or match.group(2)
    return int(digits) if len(digits) <= 6 else None


def same_list(url: str, other: str) -> bool:
    """Whether two addresses are pages of one list.

    >>> same_list("https://a.example/news/page/3/", "https://a.example/news/")
    True
    """
    return url_key(_NUMBERED.sub("", url)).rstrip("?&") == url_key(_NUMBERED.sub("", other)).rstrip("?&")


def is_past_archive(url: str, now: datetime) -> bool:
    """Whether an address is that of an archive of a day, month or year that is over, so that nothing comes to it.

    >>> now = datetime(2026, 11, 22, 9)
    >>> [is_past_archive("https://a.example/archive/" + day, now) for day in ("2026/11/20", "2026/11/22", "2026/11")]
    [True, False, False]
    """
    match = _ARCHIVE.search(urlsplit(url).path)
    period = [int(part) for part in re.findall(r"\d+", match[0])] if match else []
    if not period:
        return False
    yesterday = now - timedelta(days=1)  # a day of grace: the site may be on another clock than we
    last_day = [*period, *(12, 31)[len(period) - 1 :]]
    return last_day < [yesterday.year, yesterday.month, yesterday.day]


def looks_like_section(url: str) -> bool:
    """Whether an address is short enough to be a section: one or two plain words deep.

    >>> looks_like_section("https://a.example/business/"), looks_like_section("https://a.example/business/a-long-story-it-is")
    (True, False)
    """
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment]
    return (
        1 <= len(segments) <= 2 and not parts.query and all(shape("http://h/" + s) in ("/word", "/Y") for s in segments)
    )


@lru_cache(maxsize=16384)  # the menus of a site stand on all its pages
def host_of(url: str) -> str:
    """Return host and port without ``www.``, by which a link is one of the same site.

    >>> host_of("https://www.Example.com/a")
    'example.com'
    """
    try:
        return urlsplit(url).netloc.rpartition("@")[2].lower().removeprefix("www.")
    except ValueError:
        return ""
