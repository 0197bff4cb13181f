"""Which delivered article a page is that stands under an address not known yet: one that has moved, or a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsscraper.address import Address
from newsscraper.crawlstate.moves import may_be

if TYPE_CHECKING:
    from newsscraper.article import Article
    from newsscraper.crawling.consequences import Case
    from newsscraper.crawling.fetching import Fetcher
    from newsscraper.crawling.frontier import Frontier
    from newsscraper.crawlstate import ArticleMemory

MAX_ASKED = 50
"""Old addresses in a row that one run asks where an article is now, and that do not say so."""
_GONE = (404, 410)


class Identity:
    """Tells articles that have moved from new ones.

    Args:
        frontier: knows which addresses the site names in this run.
        fetcher: asks old addresses, where that alone settles it.
    """

    def __init__(self, frontier: Frontier, fetcher: Fetcher) -> None:
        self._frontier = frontier
        self._state = frontier.state
        self._fetcher = fetcher
        self._asked = 0

    async def moved_from(self, article: Article, own: Address, case: Case) -> str | None:
        """Return the id of the delivered article that has moved to an address; ``None`` where none has.

        Args:
            article: what stands there.
            own: the address that names it.
            case: how it was come by.
        """
        if self._state.article(self._state.id_at(own.text)) is not None:
            return None  # known under this very address
        for led_from in self._led_from(own, case):
            memory = self._state.article(self._state.id_at(led_from.text))
            if memory is not None and may_be(memory, article):
                return memory.id
        for suspect in self._state.suspects(article):
            old = Address.of(suspect.memory.url)
            is_named = old is not None and self._frontier.is_named_now(old)
            if suspect.is_sure and not is_named:
                return suspect.memory.id
            # Still named: a copy, or a sitemap that is behind the times; where it is hardly alike, another article.
            worth_asking = suspect.is_sure or not is_named
            if old is not None and worth_asking and await self._leads_here(old, own, case, or_is_gone=suspect.is_sure):
                return self._still_free(suspect.memory)
        return None

    def _led_from(self, own: Address, case: Case) -> list[Address]:
        """Return the addresses that led to this one: redirects, and a page that names this as its own address."""
        hops = case.answer.hops if case.answer is not None else []
        came = [case.page.address] if case.page is not None else []
        return [address for address in (*hops, case.candidate.address, *came) if address != own]

    async def _leads_here(self, old: Address, own: Address, case: Case, *, or_is_gone: bool) -> bool:
        """Ask an old address whether it redirects to the page; ``or_is_gone``: no page there will do, too."""
        if self._asked >= MAX_ASKED:
            return False
        here = {own, case.page.address} if case.page is not None else {own}
        answer = await self._fetcher.get(old, probe=True, what="old-address", known=lambda address: address in here)
        found = answer.address in here or (or_is_gone and answer.status in _GONE)
        self._asked = 0 if found else self._asked + 1
        return found

    def _still_free(self, memory: ArticleMemory) -> str | None:
        """Return the id of an article, unless it was found elsewhere while its old address was asked."""
        return memory.id if not self._state.is_judged(memory.id) and not self._state.is_moving(memory.id) else None
