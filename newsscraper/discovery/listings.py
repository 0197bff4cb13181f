"""Listings: home, section and archive pages, read into article links, further listings and the next page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from newsscraper.address import Address
from newsscraper.discovery import traps
from newsscraper.discovery.candidate import Candidate
from newsscraper.discovery.shapes import Shapes
from newsscraper.shape import shape

_NUMBERED = re.compile(
    r"(?:/(?:page|seite|pagina)[/-]?(\d+)/?$)|(?:[?&](?:page|paged|pg|seite|pagina)=(\d+))", re.IGNORECASE
)
_ARCHIVE = re.compile(
    r"/(?:archives?|archiv|archivio|archivo)?/?(?:19|20)\d\d(?:[/-]\d{1,2}){0,2}/?$|/(?:archives?|archiv|archivio|archivo)/?$",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]+")
_HEADLINE = 3
"""Words from which on the last part of an address is a headline."""
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
        next_page: the listing's next page.
        last_page: the last page of the listing that is linked, where pages are numbered.
        dropped: links that lead into traps: address → reason.
    """

    candidates: list[Candidate] = field(default_factory=list)
    sections: list[Address] = field(default_factory=list)
    archives: list[Address] = field(default_factory=list)
    next_page: Address | None = None
    last_page: Address | None = None
    dropped: dict[Address, str] = field(default_factory=dict)


def read(  # noqa: PLR0913
    links: Iterable[LinkLike],
    address: Address,
    *,
    shapes: Shapes,
    next_page: Address | None = None,
    section: str | None = None,
    read_at: datetime | None = None,
    article_url: re.Pattern[str] | None = None,
) -> Listing:
    """Sort the links of a page at ``address`` into articles and further listings.

    Args:
        links: the page's links, in page order.
        address: where the page stands.
        shapes: what is known of the site's addresses.
        next_page: the next page, where the page names it (``rel=next``).
        section: name of the section that the page lists.
        read_at: aware moment of fetching.
        article_url: pattern of article addresses, where the site declares one.
    """
    listing = Listing(next_page=next_page)
    numbered: dict[int, Address] = {}
    seen: set[Address] = {address}
    links = list(links)
    sections = _section_keys(links[:MAX_LINKS])
    for count, link in enumerate(links):
        if count >= MAX_LINKS:
            listing.dropped[address] = "too many links on one page"
            break
        target = Address.of(link.url)
        if target is None or target.host != address.host or target in seen or target.is_home:
            continue
        seen.add(target)
        if (number := page_number(target)) is not None and same_list(target, address):
            numbered[number] = target
            continue
        declared = article_url is not None and bool(article_url.search(target.text))
        if reason := shapes.trap(target, vouched=declared):
            if traps.is_list(reason):
                # "More stories" may lead to the second page of a list whose first one this page shows.
                if page_number(target) in (None, 2):
                    listing.sections.append(target)
            else:
                listing.dropped[target] = reason
            continue
        if target.key in sections and not declared:
            listing.sections.append(target)
            continue
        _sort(link, target, listing, shapes=shapes, article_url=article_url, section=section, read_at=read_at)
    _pagination(listing, address, numbered)
    return listing


def _section_keys(links: Iterable[LinkLike]) -> set[str]:
    """Return the keys of addresses that are sections, since the page links to headlines right below them.

    Numbers make them look like articles (``/cloud-1370``). One headline is enough below a short name; below a long one,
    which may be an article with a gallery of its own, it takes two.
    """
    below: Counter[str] = Counter()
    for key in {
        target.key for link in links if (target := Address.of(link.url)) is not None and not target.parts.query
    }:
        parent, _, name = key.rpartition("/")
        if "/" in parent and len(_LETTERS.findall(name)) >= _HEADLINE:
            below[parent] += 1
    return {
        parent
        for parent, count in below.items()
        if count > 1 or len(_LETTERS.findall(parent.rpartition("/")[2])) < _HEADLINE
    }


def _sort(  # noqa: PLR0913
    link: LinkLike,
    target: Address,
    listing: Listing,
    *,
    shapes: Shapes,
    article_url: re.Pattern[str] | None,
    section: str | None,
    read_at: datetime | None,
) -> None:
    # What a link says of the way that its reader came is no part of what articles' addresses look like.
    address = target.canonical
    if article_url is not None:
        is_article = bool(article_url.search(target.text))
    else:
        likely = shapes.likelihood(address)
        if likely < 0.5 and not link.in_navigation and shapes.has_sibling(address):
            likely = 0.5
        # A menu names sections and standing pages; an article stands there only where its address says so.
        is_article = likely >= 0.5 and (not link.in_navigation or (likely >= 0.7 and address.speaks_of_article))
    if _ARCHIVE.search(target.parts.path):
        listing.archives.append(target)
    elif is_article:
        words = link.text if len(link.text.split()) >= 3 else None
        listing.candidates.append(Candidate(address, "listing", title=words, section=section, read_at=read_at))
    elif link.in_navigation or looks_like_section(target):
        listing.sections.append(target)
    elif not link.nofollow:
        # Neither this nor that: a short address in the page's own content. Tried after the likely ones, if at all.
        listing.candidates.append(Candidate(address, "link", title=link.text or None, read_at=read_at))


def _pagination(listing: Listing, address: Address, numbered: dict[int, Address]) -> None:
    current = page_number(address) or 1
    if listing.next_page == address:
        listing.next_page = None
    if listing.next_page is None and numbered.get(current + 1):
        listing.next_page = numbered[current + 1]
    if numbered and max(numbered) > current:
        listing.last_page = numbered[max(numbered)]


def page_number(address: Address) -> int | None:
    """Return the number of the page of a list that an address asks for.

    >>> [page_number(Address.of("https://a.example" + path)) for path in ("/news/page/3/", "/news?page=4", "/")]
    [3, 4, None]
    """
    match = _NUMBERED.search(address.text)
    if not match:
        return None
    digits = match.group(1) or match.group(2)
    return int(digits) if len(digits) <= 6 else None


def same_list(one: Address, other: Address) -> bool:
    """Whether two addresses are pages of one list.

    >>> same_list(Address.of("https://a.example/news/page/3/"), Address.of("https://a.example/news/"))
    True
    """
    return _first_page(one) == _first_page(other)


def _first_page(address: Address) -> str:
    return _NUMBERED.sub("", address.key).rstrip("?&/")


def is_past_archive(address: Address, now: datetime) -> bool:
    """Whether an address is that of an archive of a day, month or year that is over, so that nothing comes to it.

    >>> now = datetime(2026, 11, 22, 9)
    >>> days = ("2026/11/20", "2026/11/22", "2026/11")
    >>> [is_past_archive(Address.of("https://a.example/archive/" + day), now) for day in days]
    [True, False, False]
    """
    match = _ARCHIVE.search(address.parts.path)
    period = [int(part) for part in re.findall(r"\d+", match[0])] if match else []
    if not period:
        return False
    yesterday = now - timedelta(days=1)  # a day of grace: the site may be on another clock than we
    last_day = [*period, *(12, 31)[len(period) - 1 :]]
    return last_day < [yesterday.year, yesterday.month, yesterday.day]


def looks_like_section(address: Address) -> bool:
    """Whether an address is short enough to be a section: one or two plain words deep.

    >>> paths = ("/business/", "/business/a-long-story-it-is")
    >>> [looks_like_section(Address.of("https://a.example" + path)) for path in paths]
    [True, False]
    """
    parts = address.parts
    segments = [segment for segment in parts.path.split("/") if segment]
    return (
        1 <= len(segments) <= 2 and not parts.query and all(shape("http://h/" + s) in ("/word", "/Y") for s in segments)
    )
