"""One crawl of one site: discovery beside fetching, candidates in, articles out."""

from __future__ import annotations

import asyncio
import inspect
import logging
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from scrapy import Request, signals
from scrapy.http import Response
from scrapy.utils.misc import arg_to_iter
from twisted.python.failure import Failure

from newsscraper.address import Address
from newsscraper.article import Article
from newsscraper.crawling import verdicts
from newsscraper.crawling.articles import Articles
from newsscraper.crawling.assembly import Assembly
from newsscraper.crawling.consequences import Case, Consequences
from newsscraper.crawling.declarations import Declarations
from newsscraper.crawling.fetching import Fetcher
from newsscraper.crawling.frontier import Frontier, slug
from newsscraper.crawling.lessons import Lessons
from newsscraper.crawling.pages import Pages
from newsscraper.crawling.refining import Refine
from newsscraper.crawling.survey import Entrances, Survey
from newsscraper.crawling.walk import Walk
from newsscraper.discovery import sections
from newsscraper.discovery.candidate import Candidate
from newsscraper.extensions.dropped import Dropped
from newsscraper.extensions.state import State
from newsscraper.middlewares.keeping import KeepingMiddleware
from newsscraper.middlewares.reasons import Reason, reason, reason_for_exception
from newsscraper.middlewares.stopping import StoppingMiddleware, spider_stopping
from newsscraper.rendering.finding import how_to_render
from newsscraper.workers import WorkersBroken

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from newsscraper.crawling.arguments import Arguments
    from newsscraper.sites.site import Site

logger = logging.getLogger(__name__)

MAX_RETRY = 1000
"""Addresses that could not be had, kept for the next run."""
MAX_DUE = 2000
"""Articles looked at again in one run."""
_LOST_AFTER = 120.0
"""Seconds without any change, after which the crawl looks whether it waits in vain."""


class Crawl:
    """Wires the parts of a crawl together.

    Args:
        crawler: runs it.
        site: what the spider declares.
        arguments: what was asked for.
        parse: called with each response and the keyword ``candidate``: what the spider makes of `read_article`.
        refine: takes each whole article and the response of its first page; what it returns is delivered.
        give_up: told in one line why the site cannot be crawled.

    Attributes:
        done: it came to its end.

    Raises:
        CloseSpider: the site's state cannot be opened.
    """

    def __init__(  # noqa: PLR0913
        self,
        crawler: Crawler,
        site: Site,
        arguments: Arguments,
        *,
        parse: Callable[..., Any],
        refine: Refine,
        give_up: Callable[[str], None],
    ) -> None:
        extension = crawler.get_extension(State)
        if extension is None or crawler.stats is None:
            raise RuntimeError("the extension newsscraper.extensions.state.State is switched off")
        home = Address.of(site.start_url)
        if home is None:
            raise ValueError(f"{site.start_url} is not a web address")
        self.crawler = crawler
        self.stats = crawler.stats
        self.arguments = arguments
        self.site = site
        self.done = False
        self._parse = parse
        self._give_up = give_up
        self._home = home
        self.state = extension.site_state
        self.lessons = Lessons(self.state)
        self.declarations = Declarations(site, self.stats)
        self.frontier = Frontier(
            self.state,
            self.lessons,
            self.declarations,
            arguments,
            stats=self.stats,
            dropped=crawler.get_extension(Dropped),
            home=home,
        )
        self.fetcher = Fetcher(crawler, site.name)
        self.pages = Pages(crawler, site, self.state, self.lessons)
        keeper = crawler.get_downloader_middleware(KeepingMiddleware)
        self.consequences = Consequences(
            self.frontier,
            self.stats,
            follows_links=not (arguments.urls or arguments.sections),
            extra_counts=site.revise_on_extra,
            keeper=keeper,
        )
        self.articles = Articles(
            site,
            arguments,
            frontier=self.frontier,
            fetcher=self.fetcher,
            pages=self.pages,
            assembly=Assembly(self.fetcher, self.pages, self.state, self.lessons, keeper),
            consequences=self.consequences,
            refine=refine,
            home=home,
        )
        self.delivered = 0
        self._in_pipelines = 0
        self._made: dict[Address, list[Article]] = {}  # and not handed on by the spider yet
        self._discovery: asyncio.Future[None] | None = None
        self._left_out = False
        self._stopping = False
        # Enough to keep the downloader and the workers busy, and no more: what is not asked for need not be stopped.
        self._window = 2 + 2 * max(1, crawler.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN"))
        for signal in (signals.item_scraped, signals.item_dropped):
            crawler.signals.connect(self._item_done, signal=signal)
        crawler.signals.connect(self._item_failed, signal=signals.item_error)
        crawler.signals.connect(self._stop_discovery, signal=spider_stopping)

    # --- requests ---

    async def requests(self) -> AsyncIterator[Request]:
        """Yield article requests, newest first, only so many at a time as are soon fetched."""
        discovery = self._discovery = asyncio.ensure_future(self._discover())
        discovery.add_done_callback(lambda _: self.frontier.changed.set())
        finished = False
        try:
            while not self.has_enough() and not self._told_to_stop():
                if (candidate := self._next()) is not None:
                    yield self._request(candidate)
                elif discovery.done() and not self._busy() and not self.frontier.waits():
                    break
                else:
                    await self._change()
            while self._busy() and not self._told_to_stop():
                await self._change()
            finished = self.done = not self._told_to_stop()
            if finished and not self.has_enough():
                self.consequences.end_waiting()
            self._say_if_scripted()
        finally:
            self._stopping = True
            if not finished:
                discovery.cancel()
            if finished:
                self.declarations.judge_rules()
                self._conclude(whole=discovery.done() and not self.has_enough() and not self._left_out)

    def _told_to_stop(self) -> bool:
        """Whether the spider is closing: its state is closed soon, and must not be used any more."""
        middleware = self.crawler.get_downloader_middleware(StoppingMiddleware)
        return middleware is not None and middleware.stopping

    def _busy(self) -> bool:
        return bool(self.frontier.under_way or self._in_pipelines)

    async def _change(self) -> None:
        self.frontier.changed.clear()
        try:
            async with asyncio.timeout(_LOST_AFTER):  # wait_for of Python 3.11 can swallow a cancellation
                await self.frontier.changed.wait()
        except TimeoutError:
            self._find_lost()

    def _find_lost(self) -> None:
        """Settle requests that another part of the crawl made away with, lest the crawl waits for them for ever."""
        engine = self.crawler.engine
        if engine is None or engine.scraper.slot is None or engine.scheduler is None:
            return
        if engine.downloader.active or not engine.scraper.slot.is_idle() or engine.scheduler.has_pending_requests():
            return
        self._in_pipelines = 0
        for candidate in list(self.frontier.under_way.values()):
            self._fail(candidate, reason("error"))
            self.frontier.release(candidate)

    def _fail(self, candidate: Candidate, cause: Reason) -> None:
        self.consequences.carry_out(verdicts.of_failure(cause), Case(candidate))

    def _next(self) -> Candidate | None:
        # What is not on disk yet counts as under way: a kill loses it, and it is fetched again.
        if len(self.frontier.under_way) + self._in_pipelines >= self._window:
            return None
        limit = self.arguments.limit
        if limit is not None and self.delivered + self._in_pipelines + len(self.frontier.under_way) >= limit:
            return None
        return self.frontier.next()

    def _request(self, candidate: Candidate) -> Request:
        self.fetcher.count("article")
        memory = self.state.page(candidate.address)
        if memory is None:
            self.pages.expect(min(self.frontier.taken_in, self.arguments.limit or self.frontier.taken_in))
        return self.fetcher.request(
            candidate.address,
            memory=None if self.frontier.brings_a_date(candidate) else memory,
            callback=self._respond,
            errback=self._errback,
            candidate=candidate,
        )

    def has_enough(self) -> bool:
        """Whether as many articles were delivered as were asked for."""
        return self.arguments.limit is not None and self.delivered >= self.arguments.limit

    def _has_enough_waiting(self) -> bool:
        limit = self.arguments.limit
        return limit is not None and self.frontier.taken_in >= 3 * limit

    # --- responses ---

    async def read_article(self, response: Response, candidate: Candidate) -> AsyncIterator[Article]:
        """Yield the article behind a candidate, where there is one, and those that waited for one like it."""
        for article in await self.articles.read(response, candidate):
            self._made.setdefault(candidate.address, []).append(article)
            yield article

    async def _respond(self, response: Response, candidate: Candidate) -> AsyncIterator[Any]:
        """Yield what the spider makes of a response; whatever it does, the candidate is settled or kept."""
        try:
            async for thing in _things(self._parse(response, candidate=candidate)):
                if isinstance(thing, Article):
                    self._in_pipelines += 1
                    self._made[candidate.address] = [a for a in self._made.get(candidate.address, ()) if a is not thing]
                yield thing
            for article in self._made.get(candidate.address, ()):
                self.frontier.note_drops("kept back by the spider")
                self.state.refused(article, slug("kept back by the spider"))
        except WorkersBroken:  # said by whoever closes the spider for it
            self._fail(candidate, reason("stopped"))
        except Exception:
            # Scrapy says which address it was, with the traceback, and counts it. The next run tries it again.
            self._fail(candidate, reason("error"))
            raise
        finally:
            self._made.pop(candidate.address, None)
            self.frontier.release(candidate)

    async def _errback(self, failure: Failure) -> AsyncIterator[Article]:
        """Yield the article of a page that could not be had, where its feed tells it; settle its candidate."""
        candidate = failure.request.cb_kwargs["candidate"]  # type: ignore[attr-defined]
        error = failure.value or RuntimeError("no reason given")
        cause = reason_for_exception(error)
        if cause.passing and self._told_to_stop():
            cause = reason("stopped")  # not settled: the run that takes this one up tries it again
        try:
            article = await self.articles.tell(candidate, cause)
            if article is not None:
                self._in_pipelines += 1
                yield article
        finally:
            self.frontier.release(candidate)

    def _item_done(self, item: Any, **_: Any) -> None:
        self._in_pipelines = max(0, self._in_pipelines - 1)
        counts = (self.stats.get_value(f"newsscraper/articles/{kind}", 0) for kind in ("new", "changed"))
        self.delivered = sum(int(count) for count in counts)
        self.frontier.changed.set()

    def _item_failed(self, item: Any, response: Response | None, **_: Any) -> None:
        """A pipeline raised: its article is not on disk, and the next run tries it again."""
        request = response.request if response is not None else None
        if request is not None and isinstance(candidate := request.cb_kwargs.get("candidate"), Candidate):
            self._fail(candidate, reason("error"))
        self._item_done(item)

    # --- discovery ---

    async def _discover(self) -> None:
        try:
            if self.arguments.urls:
                self._take_given()
            else:
                await self._look_around()
        except WorkersBroken:  # said by whoever closes the spider for it
            self._left_out = True
        except Exception:
            if self._told_to_stop():
                return
            logger.exception("discovery ended early; the next run begins it anew")
            self.stats.inc_value("spider_exceptions/count")
            self._left_out = True
        finally:
            if not self._told_to_stop():  # else whoever closes the state commits it
                self.state.commit()

    def _stop_discovery(self) -> None:
        """End discovery at once: it must not judge the site by requests that are refused from now on."""
        if self._discovery is not None:
            self._discovery.cancel()

    def _take_given(self) -> None:
        for url in self.arguments.urls:
            address = Address.of(url)
            if address is None or (
                not self.frontier.add([Candidate(address, "urls")]) and self.state.outcome(address) is None
            ):
                logger.warning("%s is not on %s: left out", url, self.site.name)

    async def _look_around(self) -> None:
        survey = Survey(
            self.crawler,
            self.site,
            fetcher=self.fetcher,
            frontier=self.frontier,
            pages=self.pages,
            home=self._home,
            trust=self._trusts_memory(),
            enough=self._has_enough_waiting,
        )
        walk = Walk(
            fetcher=self.fetcher,
            frontier=self.frontier,
            pages=self.pages,
            sort=survey.listing,
            leaves_alone=lambda address: self.site.excludes(address.text),
            settled=self._settled,
            stop=lambda: self._stopping or self.has_enough() or self._has_enough_waiting(),
        )
        if self.arguments.sections:
            await self._look_into_sections(survey, walk)
            return
        if (covered := self._looked_around()) is not None:
            self.lessons.covered = covered
            return
        self.frontier.add(self.state.kept_for_next_run())
        found = await survey.run()
        self._left_out = self._left_out or bool(found.unread)
        if found.problem:
            self._left_out = True
            self._give_up(found.problem)
            return
        if not found.overtaken:
            self._look_again()
        self.lessons.covered = await self._is_covered(found, survey)
        if not self.lessons.covered:
            await walk.run(found)
            self._left_out = self._left_out or walk.cut
        if found.overtaken:
            # The site may have moved: what is found under a new address need not be asked for under the old one.
            self._look_again()
        self._say_what_is_wrong(found)
        if not self._left_out and not self._stopping and self.state.run is not None:
            looked = [self.state.run.number, str(self.arguments), self.lessons.covered]
            self.state.learn("looked-around", looked)

    def _looked_around(self) -> bool | None:
        """Whether listings can be left alone, where the killed part of this run has seen all entrances; else ``None``.

        All that they led to is in the frontier then: they are not asked again.
        """
        run, looked = self.state.run, self.state.habit("looked-around")
        if run is None or not run.resumed or not looked or looked[:2] != [run.number, str(self.arguments)]:
            return None
        return bool(looked[2])

    def _look_again(self) -> None:
        """Take in articles due for another look."""
        self.frontier.add(Candidate(address, "urls") for address in self.state.due(datetime.now(UTC), MAX_DUE))

    async def _look_into_sections(self, survey: Survey, walk: Walk) -> None:
        found = await survey.home_only()
        if found.problem:
            self._give_up(found.problem)
            return
        known = sections.find(self.site.sections, found.page.links if found.page else (), self._home)
        for name in self.arguments.sections:
            address = next((known[key] for key in sections.names(name) if key in known), None)
            if address is None:
                paths = ", ".join(sorted({each.parts.path.strip("/") for each in known.values()})[:20])
                self._give_up(f"{self.site.name} has no section {name!r}. It has: {paths or 'none that was found'}")
            else:
                walk.add(address, section=name)
        await walk.run(None)

    async def _is_covered(self, found: Entrances, survey: Survey) -> bool:
        """Whether sitemaps name all articles, so that listings need not be read."""
        known = self.state.habit("coverage")
        if found.unlisted > max(2, found.listed // 5):
            covered = False
        elif known is not None and (found.unchanged or known == "listings"):
            return bool(known == "sitemaps")
        elif not found.posts or found.news_only:
            covered = False
        elif known == "sitemaps":
            return True
        else:
            covered = await self._reaches_back(found, survey)
        self.state.learn("coverage", "sitemaps" if covered else "listings")
        return covered

    async def _reaches_back(self, found: Entrances, survey: Survey) -> bool:
        """Whether the sitemaps go as far back as the home page's pagination, whose last page shows the oldest."""
        if found.home is None or found.home.last_page is None:
            return True
        answer = await self.fetcher.get(found.home.last_page, what="listing")
        page = await self.pages.try_to_read(answer)
        if page is None:
            return True
        old = [candidate for candidate in survey.listing(page).candidates if candidate.way == "listing"]
        return sum(not self.frontier.is_named(candidate.address) for candidate in old) * 2 <= len(old)

    async def _settled(self, candidates: list[Candidate]) -> int:
        """Wait until candidates are judged; return how many of them were too old."""
        waiting = list(candidates)
        while waiting and not self._stopping:
            waiting = [candidate for candidate in waiting if not self._is_judged(candidate.address)]
            if waiting:
                await asyncio.sleep(0.05)
        return sum(self.state.outcome(candidate.address) == slug("older than since") for candidate in candidates)

    def _is_judged(self, address: Address) -> bool:
        return self.state.outcome(address) is not None or self.consequences.waits(address)

    def _say_what_is_wrong(self, found: Entrances) -> None:
        if self.frontier.out_of_time_seen or self.state.articles_known() or self.state.outcomes():
            return
        if found.forbidden:
            problem = "robots.txt forbids its home page, and no sitemap that may be read names an article"
        elif found.page is not None and found.page.waits_for_scripts:
            problem = (
                "its pages are empty without JavaScript, and no feed or sitemap names an article; if it has one, a "
                f"spider can declare it. {how_to_render(self.site.render)}"
            )
        else:
            problem = f"no article was found from {self._home}; is it the home page of a news site?"
        self._give_up(f"{self.site.name}: {problem}")

    def _say_if_scripted(self) -> None:
        """Say so where addresses were found and every page behind them was empty without JavaScript."""
        dropped = self.stats.get_value("newsscraper/dropped/no-text-without-javascript", 0)
        if dropped and not self.delivered and not self.state.articles_known():
            self._give_up(
                f"{self.site.name}: its articles are empty without JavaScript ({dropped} pages tried). "
                f"{how_to_render(self.site.render)}"
            )

    # --- from run to run ---

    def _trusts_memory(self) -> bool:
        """Whether all that the entrances led to last time was dealt with, for bounds as wide as today's."""
        whole = self.state.habit("whole")
        if not isinstance(whole, dict):
            return False
        since, mine = whole.get("since"), self.arguments.since
        return since is None or (mine is not None and mine >= datetime.fromisoformat(since))

    def _conclude(self, *, whole: bool) -> None:
        """Keep what was learnt for the next run."""
        arguments = self.arguments
        if not (arguments.urls or arguments.sections):
            resumed = self.state.run is not None and self.state.run.resumed
            # What the killed part of a run left out or could not have is not known here any more.
            bounded = self.frontier.out_of_time_seen or resumed
            if resumed and "failed" in self.state.outcomes():
                whole = False
            if bounded and arguments.until:
                whole = False
            since = arguments.since.isoformat() if arguments.since and bounded else None
            whole = whole and not self.consequences.for_next_run
            self.state.learn("whole", {"since": since} if whole else None)
        self.lessons.keep()
        self.state.keep_for_next_run(list(self.consequences.for_next_run.values())[:MAX_RETRY])


async def _things(result: Any) -> AsyncIterator[Any]:
    """Yield what a callback gives, in whichever of Scrapy's ways it gives it."""
    if hasattr(result, "__aiter__"):
        async for thing in result:
            yield thing
        return
    if inspect.isawaitable(result):
        result = await result
    for thing in arg_to_iter(result):
        yield thing
