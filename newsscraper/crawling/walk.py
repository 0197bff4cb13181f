"""Walks through listings – the home page, sections, their further pages, archives – where sitemaps do not tell all."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from newsscraper.address import Address
from newsscraper.crawling.fetching import Fetcher, memory_of
from newsscraper.crawling.pages import Pages, ReadPage
from newsscraper.crawling.worth import TRIALS
from newsscraper.discovery import traps
from newsscraper.discovery.candidate import Candidate
from newsscraper.discovery.listings import Listing, is_past_archive

if TYPE_CHECKING:
    from newsscraper.crawling.frontier import Frontier
    from newsscraper.crawling.survey import Entrances

logger = logging.getLogger(__name__)

MAX_PAGES = 10_000
"""Listing pages that one run reads at most."""
MAX_QUEUE = 2000
IDLE_PAGES = 10
"""Listing pages without a new article that are read at most, and a tenth of the articles found on top."""
IDLE_ROW = 2
"""Pages of one listing in a row without a new article, after which the listing is left."""
KEPT = 60
CLEARLY = 2.0
"""Log odds of an article from which on a page is one, whatever its address says."""

Sort = Callable[[ReadPage, str | None], Listing]
"""Sorts the links of a page; with the name of the section that it lists."""


class Walk:
    """Reads listings as long as they lead to new articles.

    Args:
        fetcher: sends requests.
        frontier: takes the candidates.
        pages: reads pages.
        sort: sorts a page's links.
        leaves_alone: whether the site's declaration leaves an address alone.
        settled: waits until these candidates are judged; returns how many of them were too old.
        stop: whether the crawl has enough.
    """

    def __init__(  # noqa: PLR0913
        self,
        *,
        fetcher: Fetcher,
        frontier: Frontier,
        pages: Pages,
        sort: Sort,
        leaves_alone: Callable[[Address], bool],
        settled: Callable[[list[Candidate]], Awaitable[int]],
        stop: Callable[[], bool],
    ) -> None:
        self._fetcher = fetcher
        self._frontier = frontier
        self._reader = pages
        self._sort = sort
        self._leaves_alone = leaves_alone
        self._settled = settled
        self._stop = stop
        self._queues: tuple[deque[tuple[Address, str | None]], ...] = (deque(), deque(), deque())
        self._seen: set[Address] = set()
        self._visited: set[Address] = set()
        self._idle_row = IDLE_ROW
        self._pages = 0
        self._idle = 0
        self._found = 0
        self._fresh: list[Candidate] = []
        self.fruitful: list[Address] = []
        """First pages of listings that led to new articles: next time's entrances."""
        self.cut = False
        """Whether a bound ended the walk."""

    def add(self, address: Address, *, section: str | None = None) -> None:
        """Plan to read a listing."""
        self._plan(1, address, section)

    def _plan(self, queue: int, address: Address, section: str | None) -> None:
        if section is None and self._leaves_alone(address):
            return
        if address not in self._seen and address not in self._visited and len(self._seen) < MAX_QUEUE:
            self._seen.add(address)
            self._queues[queue].append((address, section))

    async def run(self, entrances: Entrances | None) -> None:
        """Walk to the end of all planned listings, those that they lead to included.

        Args:
            entrances: the home page, where it has been read already; ``None``: only what is planned.
        """
        state = self._frontier.state
        known = _addresses(state.habit("listings") or ())
        kept = state.habit("visited-listings")
        visited = _addresses(f"https://{key}" for key in kept or ())
        again = kept is not None and entrances is not None and entrances.unchanged and not entrances.overtaken
        if again:
            # All that is linked was seen before: the listings that led to articles are the entrances now.
            self._idle_row = 1
            for address in known:
                self._plan(0, address, None)
            # As listings of their own; as further pages of an entrance they are read again where it has news.
            self._visited.update(visited)
        if entrances is not None:
            await self._home(entrances, first_time=not again)
        while (turn := self._next()) is not None:
            address, section = turn
            listing = await self._page(address, section)
            if listing is not None:
                await self._chain(address, listing, section)
        if entrances is not None:
            now = datetime.now(UTC)
            entries = [each.text for each in dict.fromkeys([*self.fruitful, *known]) if not is_past_archive(each, now)]
            state.learn("listings", entries[:KEPT])
            seen = [each.key for each in dict.fromkeys([*visited, *self._seen])]
            state.learn("visited-listings", seen[:MAX_QUEUE])

    async def _home(self, entrances: Entrances, *, first_time: bool) -> None:
        if entrances.home is None or entrances.page is None:
            return
        self._seen.add(entrances.page.address)
        new = await self._take(entrances.home) + entrances.unlisted
        if first_time and new > 0:
            # What the first articles turned out to be tells what the other links are.
            await self._settled((self._fresh or entrances.fresh)[:TRIALS])
            entrances.home = self._sort(entrances.page, None)
            new += max(0, await self._take(entrances.home))
        self._lead_on(entrances.home, None)
        if new > 0 or first_time:
            await self._chain(entrances.page.address, entrances.home, None, new=new)

    def _next(self) -> tuple[Address, str | None] | None:
        if self._ended():
            return None
        while self._frontier.lessons.listings:
            self._plan(1, self._frontier.lessons.listings.pop(0), None)
        for queue in self._queues:
            while queue:
                address, section = queue.popleft()
                # Taken for an article meanwhile: what it leads to is followed from there.
                if section is not None or not self._frontier.knows(address):
                    return address, section
        return None

    def _ended(self) -> bool:
        if self._stop():
            self.cut = True
            return True
        if self._pages >= MAX_PAGES or self._idle >= IDLE_PAGES + self._found // 10:
            self.cut = self.cut or self._pages >= MAX_PAGES
            return True
        return False

    async def _chain(self, address: Address, listing: Listing, section: str | None, *, new: int | None = None) -> None:
        """Read the further pages of a listing as long as they bring something; ``new``: what the first one brought."""
        is_home = new is not None
        new = await self._take(listing) if new is None else new
        if new < 0:
            return
        led_on = new > 0
        without = int(not new)
        page: Listing | None = listing
        while page is not None and page.next_page and without < self._idle_row and not self._ended():
            if page.next_page in self._seen or self._leaves_alone(page.next_page):
                break
            self._seen.add(page.next_page)
            page = await self._page(page.next_page, section)
            if page is None:
                break
            new = await self._take(page)
            if new < 0:
                break
            led_on = led_on or new > 0
            without = 0 if new else without + 1
        # Whichever of its pages did: its first one may show what the home page shows.
        if led_on and not is_home and len(self.fruitful) < KEPT:
            self.fruitful.append(address)

    async def _page(self, address: Address, section: str | None) -> Listing | None:
        self._pages += 1
        state = self._frontier.state
        known = state.page(address)
        memory = known if self._idle_row == 1 and known and known.kind == "listing" else None
        answer = await self._fetcher.get(address, what="listing", memory=memory)
        if answer.unchanged:
            return None
        page = await self._reader.try_to_read(answer)
        if page is None:
            self._idle += 1
            return None
        unsure = traps.trap(address) is not None or address.speaks_of_article
        if unsure and page.reading.kind == "article" and page.reading.odds >= CLEARLY:
            # A word or what stands below it made a list of it, and it says clearly that it is an article.
            new = self._frontier.add([Candidate(page.address, "listing", source=page.address)])
            self._found += len(new)
            return None
        state.remember(address, memory_of(page.response, kind="listing", now=datetime.now(UTC)))
        listing = self._sort(page, section)
        self._lead_on(listing, section)
        return listing

    def _lead_on(self, listing: Listing, section: str | None) -> None:
        if section is not None:
            return
        for address in listing.sections:
            self._plan(1, address, None)
        for address in listing.archives:
            self._plan(2, address, None)

    async def _take(self, listing: Listing) -> int:
        """Take in a page's articles; return how many were new, -1 where all of them are too old for this run."""
        new = self._fresh = self._frontier.add(c for c in listing.candidates if c.way == "listing")
        self._found += len(new)
        if not new:
            new = await self._try(listing)
        if not new:
            self._idle += 1
            return 0
        if self._frontier.since is not None and await self._settled(new) == len(new):
            return -1
        return len(new)

    async def _try(self, listing: Listing) -> list[Candidate]:
        """Try some links of a page on which nothing speaks of an article; where they are articles, take their like."""
        unsure = [candidate for candidate in listing.candidates if candidate.way == "link"]
        new = self._frontier.add(unsure[:TRIALS])
        if new:
            # What they turn out to be tells what the others are, here and on the pages that come next.
            await self._settled(new)
            shapes = self._frontier.lessons.shapes
            new += self._frontier.add(c for c in unsure[TRIALS:] if shapes.likelihood(c.address) >= 0.5)
        self._found += len(new)
        return new


def _addresses(kept: Iterable[str]) -> list[Address]:
    return [address for text in kept if (address := Address.of(text)) is not None]
