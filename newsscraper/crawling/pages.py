"""Turns responses into readings: what the crawl knows of a page goes along, and the workers read it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from scrapy.http import HtmlResponse, Response

from newsscraper.address import Address
from newsscraper.crawling.fetching import Answer, fetched_at, headers_of, is_page
from newsscraper.dates.claim import Claim
from newsscraper.digest import keep
from newsscraper.discovery.candidate import Candidate
from newsscraper.extensions.extraction import Extraction
from newsscraper.extensions.rendering import Rendering
from newsscraper.extraction.page import ExtractionError, Link, Page, Reading, SiteHints, Told
from newsscraper.rendering.failure import NotRendered
from newsscraper.workers import PageSetAside

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from newsscraper.article import Article
    from newsscraper.crawling.lessons import Lessons
    from newsscraper.crawlstate import SiteState
    from newsscraper.sites.site import Site


_RENDERED = "rendered"
"""Under this name the state keeps shapes of addresses whose pages exist in a browser only."""
_MOST_SHAPES = 50
_FEW_LINKS = 2
_LITTLE = 300


class Unreadable(Exception):
    """A page of which nothing can be read; the message says why, in words.

    Attributes:
        again: the program is at fault and not the page: the next run may read it.
    """

    def __init__(self, why: str, *, again: bool = False) -> None:
        super().__init__(why)
        self.again = again


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page that was fetched and read. What it names are addresses from here on; what cannot be one is left out.

    Attributes:
        address: where it stands, behind redirects.
        response: as it came.
        reading: what extraction makes of it.
        given: what extraction was given.
        canonical: the address that it gives itself.
        twin: its AMP page.
        parts: where the parts of a split article stand, in order, its own among them.
        next_page: the next page of a list.
        feeds: feeds that it names.
        links: links to its own site.
        constants: parameters that all its links carry with one value, and that may be a session's.
    """

    address: Address
    response: Response
    reading: Reading
    given: Page
    canonical: Address | None = None
    twin: Address | None = None
    parts: tuple[Address, ...] = ()
    next_page: Address | None = None
    feeds: tuple[Address, ...] = ()
    links: tuple[Link, ...] = ()
    constants: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, address: Address, response: Response, reading: Reading, given: Page, lessons: Lessons) -> ReadPage:
        """Take in a reading; sessions are taken off the addresses in it."""
        constants = lessons.links_were_seen(link.url for link in reading.links)

        def named(texts: Iterable[str | None]) -> tuple[Address, ...]:
            found = (address.join(text) for text in texts)
            return tuple(lessons.outside_session(each) for each in found if each is not None)

        return cls(
            lessons.outside_session(address),
            response,
            reading,
            given,
            canonical=next(iter(named([reading.canonical_url])), None),
            twin=next(iter(named([reading.amp_url])), None),
            parts=named(reading.pages),
            next_page=next(iter(named([reading.next_url])), None),
            feeds=named(reading.feeds),
            links=_outside_session(reading.links, lessons),
            constants=constants,
        )

    @property
    def read_at(self) -> datetime:
        """Aware moment when it was made."""
        assert self.given.fetched_at is not None
        return self.given.fetched_at

    @property
    def article(self) -> Article | None:
        """The record, made for every page that has any text."""
        return self.reading.article

    @property
    def title(self) -> str:
        """The record's title; empty where there is none."""
        return (self.article.title if self.article else None) or ""

    @property
    def waits_for_scripts(self) -> bool:
        """Whether the page holds nothing and leads nowhere before its scripts have run."""
        return waits_for_scripts(self.reading, self.response.body)

    @property
    def text(self) -> str:
        """The record's text; empty where there is none."""
        return (self.article.text if self.article else None) or ""


def _outside_session(links: tuple[Link, ...], lessons: Lessons) -> tuple[Link, ...]:
    if not lessons.sessions:
        return links
    found: dict[str, Link] = {}
    for link in links:
        address = Address.of(link.url)
        if address is not None:
            text = lessons.outside_session(address).text
            found.setdefault(text, dataclasses.replace(link, url=text))
    return tuple(found.values())


class Pages:
    """Reads pages of one site.

    Args:
        crawler: whose extraction extension reads.
        site: what the spider declares.
        state: what was learnt of the site.
        lessons: told of what the links of each page have in common.
    """

    def __init__(self, crawler: Crawler, site: Site, state: SiteState, lessons: Lessons) -> None:
        extraction = crawler.get_extension(Extraction)
        if extraction is None:
            raise RuntimeError("the extension newsscraper.extensions.extraction.Extraction is switched off")
        self._crawler = crawler
        self._extraction = extraction
        self._site = site
        self._state = state
        self._lessons = lessons

    async def read(self, answer: Answer, *, claims: tuple[Claim, ...] = (), told: Told | None = None) -> ReadPage:
        """Read the page that was fetched.

        Args:
            answer: what was fetched.
            claims: what sources say of its dates.
            told: what a feed tells of its article.

        Raises:
            Unreadable: nothing can be read from it.
        """
        response = answer.response
        if response is None or not is_page(response):
            raise Unreadable("no web page")
        address, render = answer.address, self._site.render
        if render == "always" or (render == "needed" and address.shape in self._shapes_in_browser()):
            return await self._read(address, await self._render(response), claims, told)
        try:
            page = await self._read(address, response, claims, told)
            if render == "never" or not page.waits_for_scripts:
                return page
        except Unreadable:
            if render == "never" or not looks_scripted(response.body):
                raise
        page = await self._read(address, await self._render(response), claims, told)
        if not page.waits_for_scripts:
            self._state.learn(_RENDERED, [*self._shapes_in_browser()[-_MOST_SHAPES:], address.shape])
        return page

    async def _read(
        self, address: Address, response: Response, claims: tuple[Claim, ...], told: Told | None
    ) -> ReadPage:
        page = Page(
            html=response.body,
            url=response.url,
            fetched_at=fetched_at(response, datetime.now(UTC)),
            headers=headers_of(response),
            claims=claims,
            hints=self.hints(),
            told=told,
        )
        try:
            reading = await self._extraction.read(page)
        except PageSetAside as error:
            if error.reason == "error":
                raise Unreadable("the program itself failed on the page", again=True) from error
            raise Unreadable("a page that could not be read safely") from error
        except ExtractionError as error:
            raise Unreadable("nothing to read in the page") from error
        if reading.digest is not None and reading.article is not None:
            keep(reading.article, reading.digest)
        return ReadPage.of(address, response, reading, page, self._lessons)

    def _shapes_in_browser(self) -> list[str]:
        """Return the shapes of addresses whose pages were found to exist in a browser only."""
        return list(self._state.habit(_RENDERED) or ())

    async def _render(self, response: Response) -> Response:
        rendering = self._crawler.get_extension(Rendering)
        if rendering is None:
            raise RuntimeError("the extension newsscraper.extensions.rendering.Rendering is switched off")
        try:
            return await rendering.render(response)
        except NotRendered as error:
            raise Unreadable("a page that the browser could not render", again=True) from error

    async def read_told(self, candidate: Candidate, told: Told) -> ReadPage:
        """Read what a feed tells of an article as if it were the article's page.

        Raises:
            Unreadable: nothing can be read from it.
        """
        from newsscraper.extraction.feedtext import as_page

        address = candidate.address
        language = next(iter(candidate.languages), self._site.language)
        html = as_page(told, address.text, language=language)
        response = HtmlResponse(address.text, body=html.encode("utf-8", "replace"), encoding="utf-8")
        return await self._read(address, response, claims_of(candidate), None)

    def again(self, page: ReadPage) -> ReadPage:
        """Return a page as it is seen with what was learnt since it was read."""
        return ReadPage.of(page.address, page.response, page.reading, page.given, self._lessons)

    async def try_to_read(self, answer: Answer) -> ReadPage | None:
        """Read the page that was fetched; ``None`` where there is none, or nothing can be read from it."""
        try:
            return await self.read(answer)
        except Unreadable:
            return None

    def expect(self, pages: int) -> None:
        """Get ready to read so many pages that were never read before."""
        self._extraction.expect(pages)

    def hints(self) -> SiteHints:
        """Return what is known of the site."""
        return dataclasses.replace(
            self._site.hints(),
            repeated=self._state.repeated_blocks(),
            amp_clock_is_gmt=bool(self._state.habit("amp-clock-is-gmt")),
        )


def told_of(candidate: Candidate) -> Told | None:
    """Return what a feed tells of a candidate's article."""
    entry = candidate.entry
    if entry is None or candidate.title is None:
        return None
    return Told(candidate.title, entry.text, entry.authors, entry.categories)


def waits_for_scripts(reading: Reading, body: bytes) -> bool:
    """Whether a page holds nothing and leads nowhere before its scripts have run.

    Args:
        reading: all that it gives, its links with it.
        body: the page.
    """
    if reading.needs_javascript:
        return True
    text = (reading.article.text if reading.article else None) or ""
    return len(reading.links) <= _FEW_LINKS and len(text) < _LITTLE and looks_scripted(body)


def looks_scripted(body: bytes) -> bool:
    """Whether a page without text is one that a script would fill.

    >>> looks_scripted(b'<html><body><div id="root"></div><script src="/main.js"></script></body></html>')
    True
    """
    return b"<script" in body.lower()


def claims_of(candidate: Candidate) -> tuple[Claim, ...]:
    """Return what the sources that led to a page say of its dates.

    >>> candidate = Candidate(Address.of("https://a.example/a"), "feed", published="2026-11-22")
    >>> [(claim.role, claim.source) for claim in claims_of(candidate)]
    [('published', 'feed')]
    """
    way = candidate.dated_by or candidate.way
    claims = []
    if way in ("feed", "news-sitemap", "sitemap"):
        source: Literal["feed", "sitemap"] = "feed" if way == "feed" else "sitemap"
        if candidate.published:
            claims.append(Claim("published", candidate.published, source, way, candidate.read_at))
        if candidate.modified:
            claims.append(Claim("modified", candidate.modified, source, way, candidate.read_at))
    if candidate.relative:
        claims.append(
            Claim("published", candidate.relative, "recent-posts", "a list of other articles", candidate.read_at)
        )
    return tuple(claims)
