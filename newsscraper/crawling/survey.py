"""Looks at a site's entrances – robots.txt, home page, feeds, sitemaps – and tells what they lead to."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from newsscraper.address import Address
from newsscraper.crawling.checking import Checking, why_stale
from newsscraper.crawling.fetching import Answer, Fetcher, fetched_at, memory_of
from newsscraper.crawling.pages import Pages, ReadPage
from newsscraper.digest import body_hash
from newsscraper.discovery import conventions, feeds, listings, moments, robots, sitemaps
from newsscraper.discovery.candidate import Candidate

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from newsscraper.crawling.frontier import Frontier
    from newsscraper.crawlstate import PageMemory
    from newsscraper.sites.site import Site

logger = logging.getLogger(__name__)

MAX_SITEMAPS = 3000
MAX_BARREN = 500
"""Sitemaps in a row that name sitemaps only: beyond these it is a trap."""
MAX_DEPTH = 5
CHUNK = 500
MAX_FEEDS = 5
_KEPT_CHILDREN = 2000
_EMPTY = "it is empty"


@dataclass(slots=True)
class Entrances:
    """What a survey found.

    Attributes:
        home: the home page's listing.
        page: the home page as read.
        posts: pages that sitemaps name and that may be articles.
        sitemaps: sitemaps that could be read.
        feeds: feeds that could be read.
        news_only: the sitemaps hold recent news only.
        unlisted: articles on the home page that neither sitemap nor feed names and that are new to the site's state.
        fresh: those of them that the frontier took in.
        listed: articles on the home page in all.
        problem: why the site cannot be crawled, in one line.
        forbidden: robots.txt forbids the home page.
        unread: sitemaps that were left unread.
        unchanged: the entrances were known, and are taken at their word where they say that nothing changed.
        overtaken: the home page shows nothing that an earlier run knew: more may have come than it shows.
    """

    home: listings.Listing | None = None
    page: ReadPage | None = None
    posts: int = 0
    sitemaps: int = 0
    feeds: int = 0
    news_only: bool = True
    unlisted: int = 0
    fresh: list[Candidate] = field(default_factory=list)
    listed: int = 0
    problem: str | None = None
    forbidden: bool = False
    unread: int = 0
    unchanged: bool = False
    overtaken: bool = False


@dataclass(slots=True)
class _Turn:
    """A sitemap to read."""

    address: Address
    depth: int = 0
    holds: str = "anything"
    modified: str | None = None
    rank: datetime | None = None
    probe: bool = False


@dataclass(slots=True)
class _Tree:
    """Sitemaps found so far."""

    turns: list[_Turn] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    has_posts: bool = False
    barren: int = 0  # sitemaps in a row that name no page


class Survey:
    """Reads a site's entrances and hands candidates to the frontier.

    Args:
        crawler: the running crawl.
        site: what the spider declares.
        fetcher: sends requests.
        frontier: takes the candidates.
        pages: reads pages.
        home: the site's home page.
        trust: whether an unchanged entrance has nothing new, because all that it led to was dealt with before.
        enough: whether the crawl has candidates enough for now, so that further sitemaps can be left out.
    """

    def __init__(  # noqa: PLR0913
        self,
        crawler: Crawler,
        site: Site,
        *,
        fetcher: Fetcher,
        frontier: Frontier,
        pages: Pages,
        home: Address,
        trust: bool,
        enough: Callable[[], bool],
    ) -> None:
        self._crawler = crawler
        self._site = site
        self._declarations = frontier.declarations
        self._fetcher = fetcher
        self._frontier = frontier
        self._lessons = frontier.lessons
        self._state = frontier.state
        self._pages = pages
        self._home_address = home
        self._trust = trust
        self._enough = enough
        self._children: dict[str, list[list[str | None]]] = {}
        self.found = Entrances(unchanged=trust)
        self._checking = Checking(frontier, fetcher, pages, home)
        self._wrong: dict[Address, str] = {}
        """What is wrong with feeds and sitemaps that were asked for, in words."""

    async def run(self) -> Entrances:
        """Read all entrances, in an order in which those that say most come first."""
        found = self.found
        named = await self._robots()
        await self._home()
        if found.problem:
            return found
        await self._feeds()
        await self._sitemaps(named)
        await self._check_declarations()
        if found.page is not None:
            # Sorted once more, now that feeds and sitemaps have shown what articles' addresses look like.
            found.home = self.listing(found.page)
            self._home_links()
        return found

    async def home_only(self) -> Entrances:
        """Read the home page and nothing else."""
        self._trust = False
        await self._home()
        await self._check_declarations()
        return self.found

    async def _check_declarations(self) -> None:
        """Set aside what is declared and not borne out by the entrances, and say so."""
        page = self.found.page
        self._checking.judge_article_url(page)
        for candidates, source, vouch in self._checking.released():
            await self._take_in(candidates, source, vouch=vouch)
        await self._checking.check_sections(page)
        self._declarations.say_doubts(self._checking.articles_on(page) if page is not None else ())

    # --- robots.txt ---

    async def _robots(self) -> list[Address]:
        """Return the sitemaps that robots.txt names."""
        from newsscraper.middlewares.robots import RobotsMiddleware

        address = self._at("/robots.txt")
        middleware = self._crawler.get_downloader_middleware(RobotsMiddleware)
        if middleware is None:
            answer = await self._fetcher.get(address, probe=True)
            return robots.sitemaps(answer.body, address) if answer.response is not None else []
        known = await middleware.read(self._home_address.text)
        return self._all_at(known.sitemaps)

    # --- home ---

    async def _home(self) -> None:
        found = self.found
        home = self._home_address
        answer = await self._fetcher.get(home, memory=self._memory(home))
        if answer.unchanged:
            return
        if answer.reason is not None:
            if answer.reason.slug == "robots-forbidden":
                found.forbidden = True
                return
            found.problem = f"{home}: {answer.reason.sentence}"
            if answer.reason.slug == "other-site":
                found.problem = (
                    f"{home} leads to another site, {answer.address.site}; "
                    f"if that is the one you want: -a url={answer.address}"
                )
            return
        self._frontier.hosts.add(answer.address.host)
        page = await self._pages.try_to_read(answer)
        self._remember(answer, "listing")
        if page is None:
            return
        found.page = page = await self._outside_session(page)
        found.home = self.listing(page)
        articles = [candidate.address for candidate in found.home.candidates if candidate.way == "listing"]
        found.overtaken = bool(articles) and not any(self._was_known(address) for address in articles)
        if found.overtaken and not any(self._lessons.shapes.tally(address).articles for address in articles):
            # It was rebuilt: what it had not may be there now, and the other way round.
            for habit in ("no-feed", "no-sitemap", "coverage"):
                self._state.learn(habit, None)

    async def _outside_session(self, page: ReadPage) -> ReadPage:
        """Find out whether what all links of the home page carry is a session: another fetch gets another one."""
        asked = self._state.habit("no-sessions") or []
        if not set(page.constants) - set(asked):
            return page
        answer = await self._fetcher.get(self._home_address, what="entry", probe=True, afresh=True)
        other = await self._pages.try_to_read(answer)
        for name, value in page.constants.items():
            if other is not None and other.constants.get(name, value) != value:
                self._lessons.learn_session(name)
        self._state.learn("no-sessions", sorted(set(page.constants) - self._lessons.sessions))
        return self._pages.again(page)

    def _was_known(self, address: Address) -> bool:
        """Whether an earlier run knew an address; what the killed part of this one fetched does not count."""
        memory, run = self._state.page(self._lessons.plain(address)), self._state.run
        if memory is None or memory.fetched_at is None:
            return False
        return run is None or memory.fetched_at <= run.started_at

    def listing(self, page: ReadPage, section: str | None = None) -> listings.Listing:
        """Sort the links of a page that was read."""
        listing = listings.read(
            page.links,
            page.address,
            shapes=self._lessons.shapes,
            next_page=page.next_page,
            section=section,
            read_at=page.read_at,
            article_url=self._declarations.article_url,
        )
        dated = {page.address.join(post.url): post for post in (page.article.recent_posts if page.article else ())}
        for candidate in listing.candidates:
            candidate.source = page.address
            if post := dated.get(candidate.address):
                candidate.title = candidate.title or post.title
                candidate.relative = post.raw
        for address, reason in listing.dropped.items():
            self._frontier.leave_out(address, reason)
        return listing

    def _home_links(self) -> None:
        """Take in the home page's articles, and count those that nothing else named."""
        found = self.found
        assert found.home is not None
        likely = [candidate for candidate in found.home.candidates if candidate.way == "listing"]
        new = [candidate for candidate in likely if not self._frontier.is_named(candidate.address)]
        found.listed, found.unlisted = len(likely), len(new)
        found.fresh = self._frontier.add(new)

    # --- feeds ---

    async def _feeds(self) -> None:
        wordpress = self._is_wordpress()
        read = await self._declared_feeds()
        linked = list(self.found.page.feeds) if self.found.page else []
        remembered = self._all_at(self._state.habit("feeds") or ())
        addresses = _main_feeds(linked) or remembered if not read else []
        probing = not addresses and not read and not self._state.habit("no-feed")
        if probing:
            addresses = self._all_at(conventions.feeds(wordpress=wordpress))
        for address in addresses[: MAX_FEEDS if not probing else None]:
            if await self._feed(address, probe=probing):
                read.append(address.text)
                if probing:
                    break
        if read:
            self._state.learn("feeds", read)
        elif probing:
            self._state.learn("no-feed", True)

    async def _declared_feeds(self) -> list[str]:
        """Read the feeds that are declared; return those that can be read."""
        read = []
        linked = self.found.page.feeds if self.found.page else ()
        for place in self._site.feeds[:MAX_FEEDS]:
            address = self._at(place)
            if await self._feed(address, probe=False):
                read.append(address.text)
            if why := self._wrong.get(address):
                self._declarations.doubt("feeds", place, why, linked)
        return read

    async def _feed(self, address: Address, *, probe: bool) -> bool:
        memory = self._memory(address)
        answer = await self._fetcher.get(address, memory=memory, probe=probe)
        if answer.unchanged:
            self.found.feeds += 1
            return True
        if why := why_stale(address, answer):
            self._wrong[address] = why
        if answer.response is None:
            return False
        read_at = fetched_at(answer.response, datetime.now(UTC))
        feed = await asyncio.to_thread(feeds.read, answer.body, answer.address, read_at=read_at)
        if feed.problem:
            if not probe:
                logger.info("%s is used as a feed, but %s", address, feed.problem)
            self._wrong[address] = feed.problem
            return False
        if feed.comments:
            self._wrong[address] = "it is a feed of comments"
            return False
        if not feed.candidates:
            self._wrong[address] = _EMPTY
        self.found.feeds += 1
        if memory is None or memory.body_hash != body_hash(answer.body):
            await self._take(feed.candidates, answer.address, vouch=True)
        self._remember(answer, "feed", asked=address)
        return True

    # --- sitemaps ---

    async def _sitemaps(self, named: list[Address]) -> None:
        tree = _Tree()
        declared = self._all_at(self._site.sitemaps)
        remembered = self._all_at(self._state.habit("sitemaps") or ())
        read_roots = await self._read_roots(tree, declared)
        for place in self._site.sitemaps:
            if why := self._wrong.get(self._at(place)):
                self._declarations.doubt("sitemaps", place, why, named)
        if not read_roots:
            read_roots = await self._read_roots(tree, named or remembered)
        # None is named, or none of those that are named can be read: they are forgotten lines, often enough.
        if not read_roots and not self._state.habit("no-sitemap"):
            # Places that are tried keep their order, likeliest first.
            usual = self._all_at(conventions.sitemaps(wordpress=self._is_wordpress()))
            for likely in (*remembered, *usual):
                self._turn(tree, _Turn(likely, probe=True))
            read_roots = await self._read_tree(tree)
            if not read_roots:
                self._state.learn("no-sitemap", True)
        self.found.unread += len(tree.turns)
        if read_roots:
            self._state.learn("sitemaps", read_roots)
            self._state.learn("sitemap-children", dict(list(self._children.items())[:50]))

    def _note_what_is_wrong(self, address: Address, sitemap: sitemaps.Sitemap) -> None:
        if sitemap.problem:
            self._wrong[address] = sitemap.problem
        elif not (sitemap.candidates or sitemap.children):
            self._wrong[address] = _EMPTY

    async def _read_roots(self, tree: _Tree, roots: Iterable[Address]) -> list[str]:
        for address in roots:
            self._turn(tree, _Turn(address, holds=sitemaps.holds(address)))
        return [root for root in await self._read_tree(tree) if self._wrong.get(self._at(root)) != _EMPTY]

    async def _read_tree(self, tree: _Tree) -> list[str]:
        """Read the sitemaps that wait and what they name; return those that began it and could be read."""
        read_roots: list[str] = []
        while tree.turns and len(tree.seen) <= MAX_SITEMAPS and tree.barren < MAX_BARREN:
            turn = self._next_turn(tree)
            if turn is None:
                break
            if await self._sitemap(turn, tree) and turn.depth == 0:
                read_roots.append(turn.address.text)
                if turn.probe:
                    tree.turns = [other for other in tree.turns if not other.probe]
        return read_roots

    def _turn(self, tree: _Tree, turn: _Turn) -> None:
        key = turn.address.text.partition("://")[2]
        if key in tree.seen or len(tree.seen) >= MAX_SITEMAPS:
            return
        tree.seen.add(key)
        tree.turns.append(turn)
        tree.has_posts = tree.has_posts or turn.holds == "posts"

    def _next_turn(self, tree: _Tree) -> _Turn | None:
        """Return the sitemap to read next: those of posts first, among them the newest; ``None``: leave the rest."""
        order = {"posts": 0, "anything": 1, "pages": 2, "lists": 3}
        oldest = datetime.min.replace(tzinfo=UTC)
        tree.turns.sort(key=lambda t: (order[t.holds], -((t.rank or oldest) - oldest).total_seconds()))
        while tree.turns:
            turn = tree.turns.pop(0)
            if turn.depth and turn.holds == "lists" and self._others_name_posts(turn, tree):
                self._frontier.leave_out(turn.address, "a sitemap of lists")
            elif turn.depth and self._enough() and self.found.posts:
                tree.turns.append(turn)
                return None
            else:
                return turn
        return None

    def _others_name_posts(self, turn: _Turn, tree: _Tree) -> bool:
        """Whether a sitemap whose name speaks of lists can be left alone: a name may be wrong, and nothing else there.

        One that is named after pictures names the pages that show them.
        """
        return tree.has_posts or bool(self.found.posts and not sitemaps.is_named_after_pictures(turn.address))

    async def _sitemap(self, turn: _Turn, tree: _Tree) -> bool:
        since = self._frontier.since
        if turn.depth and since and turn.rank and turn.rank < since:
            return False
        memory = self._memory(turn.address)
        if turn.depth and memory is not None and turn.modified and self._same_child(turn):
            return True
        answer = await self._fetcher.get(turn.address, memory=memory, probe=turn.probe, elsewhere=turn.depth == 0)
        if answer.unchanged:
            self.found.sitemaps += 1
            for child in self._remembered_children(turn.address):
                self._child(tree, turn, child)
            return True
        self._wrong |= {turn.address: why} if (why := why_stale(turn.address, answer)) else {}
        if answer.response is None:
            return False
        read_at = fetched_at(answer.response, datetime.now(UTC))
        sitemap = await asyncio.to_thread(sitemaps.read, answer.body, answer.address, read_at=read_at)
        self._note_what_is_wrong(turn.address, sitemap)
        if sitemap.problem:
            if not turn.probe:
                logger.info("%s is named as a sitemap, but %s", turn.address, sitemap.problem)
            return False
        if sitemap.cut:
            logger.warning("%s is larger than a sitemap may be: the rest of it is left out", turn.address)
        self.found.sitemaps += 1
        tree.barren = 0 if sitemap.candidates else tree.barren + 1
        if sitemap.children:
            self._children[turn.address.text] = [
                [child.address.text, child.modified] for child in sitemap.children[:_KEPT_CHILDREN]
            ]
            for child in sitemap.children:
                self._child(tree, turn, child)
        if sitemap.candidates:
            await self._take_pages(
                turn, tree, sitemap, unchanged=memory is not None and memory.body_hash == body_hash(answer.body)
            )
        self._remember(answer, "sitemap", asked=turn.address)
        return True

    def _child(self, tree: _Tree, parent: _Turn, child: sitemaps.Child) -> None:
        if parent.depth + 1 > MAX_DEPTH or child.address.site != parent.address.site:
            return
        holds = sitemaps.holds(child.address)
        rank = child.rank or moments.moment(child.modified)
        self._turn(tree, _Turn(child.address, parent.depth + 1, holds, child.modified, rank))

    async def _take_pages(self, turn: _Turn, tree: _Tree, sitemap: sitemaps.Sitemap, *, unchanged: bool) -> None:
        if turn.holds == "pages" and tree.has_posts:
            # The site keeps its standing pages apart from its posts: good to know, and nothing to fetch.
            for candidate in sitemap.candidates:
                self._lessons.name_standing_page(candidate.address)
            self._frontier.note_drops("a standing page of the site", len(sitemap.candidates))
            return
        self.found.news_only = self.found.news_only and sitemap.news_only
        self.found.posts += len(sitemap.candidates)
        for count, candidate in enumerate(sitemap.candidates):
            self._frontier.name(candidate.address)
            if count % CHUNK == 0:
                await asyncio.sleep(0)
        if not unchanged:
            await self._take(sitemap.candidates, turn.address, vouch=turn.holds == "posts" or sitemap.news_only)

    # --- all ---

    def _at(self, place: str) -> Address:
        return self._home_address.join(place) or self._home_address

    def _all_at(self, places: Iterable[str]) -> list[Address]:
        """Return what these are, absolute or from the root of the site; what is not an address is left out."""
        return [address for place in places if (address := self._home_address.join(place)) is not None]

    async def _take(self, candidates: list[Candidate], source: Address, *, vouch: bool) -> None:
        """Take in what a source names as articles, unless it has to wait until a declaration was checked."""
        if not self._checking.holds_back((candidates, source, vouch)):
            for held in (*self._checking.released(), (candidates, source, vouch)):
                await self._take_in(held[0], held[1], vouch=held[2])

    async def _take_in(self, candidates: list[Candidate], source: Address, *, vouch: bool) -> None:
        if len(candidates) > 1 and all(candidate.rank is None for candidate in candidates):
            candidates = self._newest_first(candidates)
        for candidate in candidates:
            candidate.source = source
            self._lessons.dates_were_told(candidate)
            self._frontier.name(candidate.address)
            if vouch:
                self._lessons.shapes.vouch(candidate.address)
        for start in range(0, len(candidates), CHUNK):
            self._frontier.add(candidates[start : start + CHUNK])
            # A sitemap of 50,000 pages takes seconds to take in: downloads go on meanwhile.
            await asyncio.sleep(0)

    def _newest_first(self, candidates: list[Candidate]) -> list[Candidate]:
        """Turn an undated list round where what feeds and the home page show stands at its end."""
        home = self.found.home.candidates if self.found.home else []
        recent = {candidate.address for candidate in home}
        places = [n for n, candidate in enumerate(candidates) if candidate.address in recent]
        if places and sum(places) / len(places) > len(candidates) / 2:
            return candidates[::-1]
        return candidates

    def _is_wordpress(self) -> bool:
        body = self.found.page.response.body if self.found.page is not None else b""
        return any(mark in body for mark in (b"/wp-content/", b"/wp-includes/", b"/wp-json/", b"api.w.org"))

    def _memory(self, address: Address) -> PageMemory | None:
        return self._state.page(address) if self._trust else None

    def _same_child(self, turn: _Turn) -> bool:
        return any(
            [turn.address.text, turn.modified] in children
            for children in (self._state.habit("sitemap-children") or {}).values()
        )

    def _remembered_children(self, parent: Address) -> list[sitemaps.Child]:
        kept = (self._state.habit("sitemap-children") or {}).get(parent.text, [])
        self._children[parent.text] = kept
        return [sitemaps.Child(address, told) for text, told in kept if (address := Address.of(text)) is not None]

    def _remember(self, answer: Answer, kind: str, asked: Address | None = None) -> None:
        if answer.response is None:
            return
        memory = memory_of(answer.response, kind=kind, now=datetime.now(UTC))
        for address in {answer.address, asked or answer.address, *answer.hops}:
            self._state.remember(address, memory)


def _main_feeds(linked: list[Address]) -> list[Address]:
    """Return the feeds of the whole site: sections' own feeds repeat what is in them."""
    if len(linked) <= 1:
        return linked
    depths = {address: address.parts.path.strip("/").count("/") for address in linked}
    return [address for address in linked if depths[address] == min(depths.values())][:3]
