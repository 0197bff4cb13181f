"""Checks what is declared of a site against its entrances: its front page, feeds and sitemaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsscraper.address import Address
from newsscraper.discovery import listings, sections
from newsscraper.discovery.candidate import Candidate

if TYPE_CHECKING:
    from newsscraper.crawling.fetching import Answer, Fetcher
    from newsscraper.crawling.frontier import Frontier
    from newsscraper.crawling.pages import Pages, ReadPage

FEWEST_ON_FRONT_PAGE = 3
"""Links of the front page alone that look like articles, from which they tell that a pattern is wrong."""

Named = tuple[list[Candidate], Address, bool]
"""What one source names as articles, its address, and whether it vouches for them."""


class Checking:
    """Finds declarations that a site does not bear out.

    Args:
        frontier: knows the declarations, and what was learnt of the site's addresses.
        fetcher: asks for sections that the front page does not name.
        pages: reads them.
        home: the site's home page.
    """

    def __init__(self, frontier: Frontier, fetcher: Fetcher, pages: Pages, home: Address) -> None:
        self._declarations = frontier.declarations
        self._lessons = frontier.lessons
        self._state = frontier.state
        self._fetcher = fetcher
        self._pages = pages
        self._home = home
        self._held: list[Named] = []

    def holds_back(self, named: Named) -> bool:
        """Whether candidates have to wait, because no address named so far is as it is declared.

        Once one is, the pattern is right, and decides about each.
        """
        declarations = self._declarations
        if declarations.article_url is None or declarations.fits:
            return False
        declarations.fits = any(declarations.is_article(candidate.address) for candidate in named[0])
        if not declarations.fits:
            self._held.append(named)
        return not declarations.fits

    def released(self) -> list[Named]:
        """Return what was held back, for it to be taken in."""
        held, self._held = self._held, []
        return held

    def judge_article_url(self, page: ReadPage | None) -> None:
        """Set the pattern of articles' addresses aside where it matches nothing that the site names as an article.

        Args:
            page: the front page, where it was read.
        """
        declarations = self._declarations
        if declarations.article_url is None or declarations.fits:
            return
        links = [address for link in page.links if (address := Address.of(link.url))] if page is not None else []
        if any(map(declarations.is_article, links)):
            declarations.fits = True
            return
        named = [candidate.address for candidates, _, _ in self._held for candidate in candidates]
        shown = self.articles_on(page) if page is not None else []
        if named or len(shown) >= FEWEST_ON_FRONT_PAGE:
            declarations.drop_article_url(named or shown)

    def articles_on(self, page: ReadPage) -> list[Address]:
        """Return the links of a page that look like articles, whatever is declared of them."""
        listing = listings.read(page.links, page.address, shapes=self._lessons.shapes, read_at=page.read_at)
        return [candidate.address for candidate in listing.candidates if candidate.way == "listing"]

    async def check_sections(self, page: ReadPage | None) -> None:
        """Look at the declared sections that the front page names neither by address nor by name.

        Args:
            page: the front page, where it was read.
        """
        if page is None:
            return
        on_page = sections.find({}, page.links, self._home)
        addresses = set(on_page.values())
        for name, place in self._declarations.site.sections.items():
            address = self._home.join(place)
            if address is None or address in addresses or any(key in on_page for key in sections.names(name)):
                continue
            if why := await self._why_no_section(address):
                self._declarations.doubt("sections", f"{name}: {place}", why, dict.fromkeys(on_page.values()))

    async def _why_no_section(self, address: Address) -> str | None:
        memory = self._state.page(address)
        known = memory if memory is not None and memory.kind == "listing" else None
        answer = await self._fetcher.get(address, what="listing", memory=known, probe=True)
        if answer.unchanged:
            return None
        if why := why_stale(address, answer):
            return why
        page = await self._pages.try_to_read(answer)
        if page is None or not self.articles_on(page):
            return "it lists no article"
        return None


def why_stale(address: Address, answer: Answer) -> str | None:
    """Return what is wrong with a declared address by what came of asking for it; ``None``: it may be right."""
    if answer.reason is not None:
        return answer.reason.sentence
    if answer.hops and answer.address != address:
        return f"it redirects to {answer.address}"
    return None
