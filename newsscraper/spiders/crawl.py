"""One crawl of one site: discovery beside fetching, candidates in, articles out."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from scrapy import Request, signals
from scrapy.http import Response
from twisted.python.failure import Failure

from newsscraper.article import Article
from newsscraper.discovery import traps
from newsscraper.discovery.candidate import Candidate
from newsscraper.discovery.listings import host_of
from newsscraper.discovery.shapes import Shapes, shape, speaks_of_article
from newsscraper.extensions.state import State
from newsscraper.extraction.page import Reading
from newsscraper.middlewares.reasons import Reason, reason_for_exception
from newsscraper.spiders.assembly import Assembly
from newsscraper.spiders.fetching import Answer, Fetcher, body_hash, memory_of
from newsscraper.spiders.frontier import VOUCHING, Frontier, slug
from newsscraper.spiders.pages import Pages, Unreadable, claims_of
from newsscraper.spiders.survey import Entrances, Survey
from newsscraper.spiders.walk import Walk
from newsscraper.urls import article_id, url_key

if TYPE_CHECKING:
    from newsscraper.spiders.news import NewsSpider

logger = logging.getLogger(__name__)

MAX_RETRY = 1000
_LOST_AFTER = 120.0


class Crawl:
    """Wires the parts of a crawl together.

    Args:
        spider: the spider that runs.

    Raises:
        CloseSpider: the site's state cannot be opened.
    """

    def __init__(self, spider: NewsSpider) -> None:
        crawler = spider.crawler
        extension = crawler.get_extension(State)
        if extension is None or crawler.stats is None:
            raise RuntimeError("the extension newsscraper.extensions.state.State is switched off")
        self.spider = spider
        self.crawler = crawler
        self.stats = crawler.stats
        self.arguments = spider.arguments
        self.site = spider.declared()
        self.state = extension.site_state
        self.frontier = Frontier(
            self.state,
            Shapes(self.state.habit("shapes")),
            self.arguments,
            stats=self.stats,
            host=host_of(self.site.start_url),
            article_url=self.site.article_url,
        )
        self.fetcher = Fetcher(crawler, self.site.name)
        self.pages = Pages(crawler, self.site, self.state)
        self.assembly = Assembly(self.fetcher, self.pages, self.state)
        self.delivered = 0
        self.in_pipelines = 0
        self.covered = False
        self.left_out = False
        self.retry: dict[str, None] = dict.fromkeys(self.state.habit("retry") or ())
        self._stopping = False
        settings = crawler.settings
        self._window = max(2, 2 * settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")) + 4
        for signal in (signals.item_scraped, signals.item_dropped, signals.item_error):
            crawler.signals.connect(self._item_done, signal=signal)

    # --- requests ---

    async def requests(self) -> AsyncIterator[Request]:
        """Yield article requests, newest first, only so many at a time as are soon fetched."""
        discovery = asyncio.ensure_future(self._discover())
        discovery.add_done_callback(lambda _: self.frontier.changed.set())
        finished = False
        try:
            while not self.has_enough():
                candidate = self._next()
                if candidate is not None:
                    yield self._request(candidate)
                    continue
                if discovery.done() and not self.frontier.under_way and not self.in_pipelines:
                    if self._next_is_none():
                        break
                    continue
                await self._change()
            finished = True
            while self.frontier.under_way or self.in_pipelines:
                await self._change()
        finally:
            self._stopping = True
            if finished:
                self._conclude(discovery)

    async def _change(self) -> None:
        self.frontier.changed.clear()
        try:
            await asyncio.wait_for(self.frontier.changed.wait(), _LOST_AFTER)
        except TimeoutError:
            self._find_lost()

    def _find_lost(self) -> None:
        """Settle requests that another part of the crawl made away with, lest the crawl waits for them for ever."""
        engine = self.crawler.engine
        if engine is None or engine.scraper.slot is None:
            return
        if engine.downloader.active or not engine.scraper.slot.is_idle() or engine.scheduler.has_pending_requests():
            return
        self.in_pipelines = 0
        for candidate in list(self.frontier.under_way.values()):
            self._fail(candidate, reason_for_exception(RuntimeError("request lost")))

    def _next(self) -> Candidate | None:
        if len(self.frontier.under_way) >= self._window:
            return None
        limit = self.arguments.limit
        if limit is not None and self.delivered + self.in_pipelines + len(self.frontier.under_way) >= limit:
            return None
        return self.frontier.next()

    def _next_is_none(self) -> bool:
        candidate = self.frontier.next()
        if candidate is None:
            return True
        # Not to be lost: it is handed out again.
        self.frontier.put_back(candidate)
        return False

    def _request(self, candidate: Candidate) -> Request:
        self.fetcher.count("article")
        return self.fetcher.request(
            candidate.url,
            memory=self.state.page(candidate.url),
            callback=self.spider.parse_article,
            errback=self._errback,
            candidate=candidate,
        )

    def has_enough(self) -> bool:
        """Whether as many articles were delivered as were asked for."""
        return self.arguments.limit is not None and self.delivered >= self.arguments.limit

    def _enough_waiting(self) -> bool:
        limit = self.arguments.limit
        return limit is not None and self.frontier.taken_in >= 3 * limit

    # --- discovery ---

    async def _discover(self) -> None:
        try:
            if self.arguments.urls:
                self._given()
            else:
                await self._look_around()
        except Exception:
            logger.exception("discovery ended early")
            self.stats.inc_value("spider_exceptions/count")
            self.left_out = True
        finally:
            self.state.commit()

    def _given(self) -> None:
        for url in self.arguments.urls:
            if not self.frontier.add([Candidate(url, "urls")]) and self.state.outcome(url) is None:
                logger.warning("%s is not on %s: left out", url, self.site.name)

    def _again(self) -> None:
        """Take in articles due for another look, and those that could not be had last time."""
        due = self.state.due(datetime.now(UTC), 2000)
        self.frontier.add(Candidate(url, "urls") for url in due)
        failed, self.retry = self.retry, {}
        self.frontier.add(Candidate(url, "sitemap") for url in failed)

    async def _look_around(self) -> None:
        survey = Survey(
            self.crawler,
            self.site,
            fetcher=self.fetcher,
            frontier=self.frontier,
            read=self._read_listing,
            trust=self._trusts_memory(),
            enough=self._enough_waiting,
        )
        self._again()
        found = await survey.run()
        self.left_out = self.left_out or bool(found.unread)
        if found.problem:
            self.left_out = True
            self.spider.give_up(found.problem)
            return
        walk = Walk(
            fetcher=self.fetcher,
            frontier=self.frontier,
            read=self._read_listing,
            sort=survey.listing,
            settled=self._settled,
            stop=lambda: self._stopping or self.has_enough() or self._enough_waiting(),
        )
        self.covered = await self._is_covered(found, survey)
        if not self.covered:
            for url in self.state.habit("listings") or ():
                walk.add(url, first=True)
            await walk.run(found.home, found.home_url)
            if walk.fruitful:
                self.state.learn("listings", walk.fruitful)
            self.left_out = self.left_out or walk.cut
        self._say_what_is_wrong(found)

    async def _is_covered(self, found: Entrances, survey: Survey) -> bool:
        """Whether sitemaps name all articles, so that listings need not be read."""
        known = self.state.habit("coverage")
        if found.home is None:
            return True
        if not found.posts or found.news_only:
            return bool(known == "sitemaps" and not found.posts)
        if found.unlisted > max(2, found.listed // 5):
            self.state.learn("coverage", "listings")
            return False
        if known == "sitemaps":
            return True
        # The oldest page of the home page's pagination shows whether the sitemaps reach back as far as the site does.
        covered = True
        if found.home.last_url:
            answer = await self.fetcher.get(found.home.last_url, what="listing")
            reading = await self._read_listing(answer)
            if reading is not None:
                old = [c for c in survey.listing(reading, answer).candidates if c.way == "listing"]
                missing = [c for c in old if not self.frontier.is_named(c.url)]
                covered = len(missing) * 2 <= len(old)
        self.state.learn("coverage", "sitemaps" if covered else "listings")
        return covered

    async def _settled(self, candidates: list[Candidate]) -> int:
        """Wait until candidates are judged; return how many of them were too old."""
        waiting = list(candidates)
        while waiting and not self._stopping:
            waiting = [c for c in waiting if self.state.outcome(c.url) is None]
            if waiting:
                await asyncio.sleep(0.05)
        return sum(self.state.outcome(c.url) == slug("older than since") for c in candidates)

    def _trusts_memory(self) -> bool:
        """Whether all that the entrances led to last time was dealt with, for bounds as wide as today's."""
        whole = self.state.habit("whole")
        if not isinstance(whole, dict):
            return False
        since = whole.get("since")
        mine = self.arguments.since
        return since is None or (mine is not None and mine >= datetime.fromisoformat(since))

    def _say_what_is_wrong(self, found: Entrances) -> None:
        if self.frontier.taken_in or self.state.articles_known():
            return
        if found.forbidden:
            self.spider.give_up(
                f"{self.site.name}: robots.txt forbids its home page, and no sitemap that it allows names an article"
            )
        elif found.reading is not None and found.reading.needs_javascript:
            self.spider.give_up(
                f"{self.site.name} shows its articles by JavaScript only, which is not run here: nothing can be read. "
                "A feed or a sitemap of the site, if it has one, can be declared in a spider"
            )
        else:
            self.spider.give_up(
                f"{self.site.name}: no article was found from {self.site.start_url}; is it the home page of a news site?"
            )

    async def _read_listing(self, answer: Answer) -> Reading | None:
        if answer.response is None:
            return None
        try:
            return await self.pages.read(answer.response)
        except Unreadable:
            return None

    # --- articles ---

    async def read_article(self, response: Response, candidate: Candidate) -> AsyncIterator[Article]:
        """Yield the article behind a candidate, where there is one; settle the candidate in any case."""
        try:
            article = await self._article(response, candidate)
            if article is not None:
                self.in_pipelines += 1
                yield article
        finally:
            self.frontier.release(candidate)

    async def _article(self, response: Response, candidate: Candidate) -> Article | None:
        answer = await self.fetcher.follow(
            response, what="article", known=lambda url: self.frontier.is_taken(url, by=candidate)
        )
        now = datetime.now(UTC)
        memory = self.state.page(candidate.url)
        if answer.reason is not None:
            self._fail(candidate, answer.reason, answer.status)
            return None
        if answer.unchanged or (memory and answer.response and memory.body_hash == body_hash(answer.body)):
            self.stats.inc_value("newsscraper/articles/unchanged")
            if memory is not None:
                self.state.remember(candidate.url, dataclasses.replace(memory, fetched_at=now))
            self.frontier.settle(candidate, "unchanged")
            return None
        if answer.response is None or self.frontier.is_taken(answer.url, by=candidate):
            self._drop(candidate, "another address of an article")
            return None
        claims = claims_of(candidate)
        try:
            reading = await self.pages.read(answer.response, claims=claims)
        except Unreadable as error:
            self._remember_other(candidate, answer)
            self._drop(candidate, str(error))
            return None
        if reason := self._no_article(reading, candidate, answer):
            self.frontier.judge(candidate, is_article=False)
            self._remember_other(candidate, answer)
            self._drop(candidate, reason)
            return None
        self.frontier.judge(candidate, is_article=True)
        first = memory is None
        if (own := self._own_address(reading, candidate, answer)) is None:
            return None
        assembled = await self.assembly.whole(reading, answer.url, claims)
        article = assembled.article
        article.url, article.id = own, article_id(own)
        article.site = self.site.name
        article.source_url = answer.url
        if reason := self._unwanted(article):
            self.frontier.drop(candidate.url, reason)
            return None
        if first:
            self.state.count_blocks(reading.blocks)
        addresses = {candidate.url, answer.url, own, *answer.hops, *assembled.urls}
        for address in addresses:
            self.frontier.claim(address)
        self.state.settle_with(article, *addresses)
        for address in {candidate.url, answer.url}:
            self.state.remember(address, memory_of(answer.response, kind="article", now=now, article_id=article.id))
        if own not in (candidate.url, answer.url):
            self.state.remember(
                own,
                dataclasses.replace(
                    memory_of(answer.response, kind="article", now=now, article_id=article.id),
                    etag=None,
                    last_modified=None,
                    body_hash=None,
                ),
            )
        self._lead_on(reading, answer)
        return article

    def _own_address(self, reading: Reading, candidate: Candidate, answer: Answer) -> str | None:
        """Return the address that names the article; ``None`` where it is another candidate's article (then settled)."""
        own = answer.url
        told = reading.canonical_url
        if reading.page_number > 1 and reading.pages and url_key(reading.pages[0]) != url_key(own):
            self.frontier.add([Candidate(reading.pages[0], candidate.way, source=candidate.source)])
            self._drop(candidate, "a further part of an article")
            return None
        if told and url_key(told) != url_key(own):
            if self.frontier.is_taken(told, by=candidate):
                self._drop(candidate, "another address of an article")
                return None
            own = told
        elif told:
            own = told
        return self.frontier.plain(own)

    def _no_article(self, reading: Reading, candidate: Candidate, answer: Answer) -> str | None:
        """Return why a page is no article, in words; ``None`` where it is one."""
        if reading.kind != "article" or reading.article is None:
            if reading.needs_javascript:
                return "no text without JavaScript"
            return f"no article: {reading.reason}" if reading.reason else "no article"
        if reading.article.date_published is None and not self._is_vouched(candidate):
            # An "about" page reads like an article; what it lacks is a date, a word of a feed or sitemap, and an address.
            return "no article: nothing dates it"
        return None

    def _is_vouched(self, candidate: Candidate) -> bool:
        if candidate.way in VOUCHING or self.site.article_url is not None:
            return True
        return speaks_of_article(shape(candidate.url)) or self.frontier.shapes.tally(candidate.url).vouched > 0

    def _unwanted(self, article: Article) -> str | None:
        text = article.date_published
        published = datetime.fromisoformat(text) if text and len(text) >= 10 else None
        if published is not None:
            if published.tzinfo is None:
                published = published.replace(tzinfo=UTC)
            if text and len(text) == 10 and self.arguments.since and published.date() >= self.arguments.since.date():
                published = max(published, self.arguments.since)
            if reason := self.frontier.out_of_time(published):
                self.frontier.out_of_time_seen = True
                return reason
        return None

    def _lead_on(self, reading: Reading, answer: Answer) -> None:
        """Take in what an article leads to: its recent posts, and links that look like articles."""
        if self.arguments.urls or self.arguments.sections:
            return
        found = []
        for post in reading.article.recent_posts if reading.article else ():
            if post.url and host_of(post.url) in self.frontier.hosts:
                found.append(
                    Candidate(
                        post.url,
                        "recent-posts",
                        title=post.title,
                        relative=post.raw,
                        read_at=datetime.now(UTC),
                        source=answer.url,
                    )
                )
        for link in reading.links:
            if host_of(link.url) not in self.frontier.hosts or traps.trap(link.url):
                continue
            likely = self.frontier.shapes.likelihood(link.url)
            if likely >= (0.7 if link.in_navigation or self.covered else 0.5) and speaks_of_article(shape(link.url)):
                found.append(Candidate(link.url, "link", title=link.text or None, source=answer.url))
        self.frontier.add(candidate for candidate in found if not self.frontier.is_named(candidate.url))

    # --- ends ---

    def _errback(self, failure: Failure) -> None:
        request = failure.request  # type: ignore[attr-defined]
        error = failure.value
        self._fail(request.cb_kwargs["candidate"], reason_for_exception(error))

    def _fail(self, candidate: Candidate, reason: Reason, status: int | None = None) -> None:
        if reason.passing:
            self.retry[candidate.url] = None
        elif status is not None:
            from newsscraper.crawlstate import PageMemory

            self.state.remember(candidate.url, PageMemory(kind="other", fetched_at=datetime.now(UTC), status=status))
        self.frontier.settle(candidate, "failed")

    def _drop(self, candidate: Candidate, reason: str) -> None:
        self.frontier.drop(candidate.url, reason)

    def _remember_other(self, candidate: Candidate, answer: Answer) -> None:
        if answer.response is not None:
            for address in {candidate.url, answer.url}:
                self.state.remember(address, memory_of(answer.response, kind="other", now=datetime.now(UTC)))

    def _item_done(self, item: Any, **_: Any) -> None:
        self.in_pipelines = max(0, self.in_pipelines - 1)
        stats = self.stats
        self.delivered = sum(int(stats.get_value(f"newsscraper/articles/{kind}", 0)) for kind in ("new", "changed"))
        self.frontier.changed.set()

    def _conclude(self, discovery: asyncio.Future[None]) -> None:
        """Keep what was learnt for the next run."""
        left = self.left_out or not discovery.done() or self.has_enough()
        bounds = {
            "since": self.arguments.since.isoformat()
            if self.arguments.since and self.frontier.out_of_time_seen
            else None
        }
        narrow = bool(self.arguments.urls or self.arguments.sections or self.arguments.until)
        if not narrow:
            self.state.learn("whole", None if left else bounds)
        self.state.learn("shapes", self.frontier.shapes.to_json())
        self.state.learn("retry", list(self.retry)[:MAX_RETRY])
