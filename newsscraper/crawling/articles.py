"""From a response to an article: is it one, under which address, and is it wanted."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
from collections import OrderedDict
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from scrapy.http import Response

from newsscraper.article import Article
from newsscraper.crawling.assembly import Assembled, Assembly
from newsscraper.crawling.fetching import Answer, Fetcher, fetched_at, memory_of
from newsscraper.crawling.frontier import VOUCHING, Frontier
from newsscraper.crawling.pages import Pages, Unreadable, claims_of
from newsscraper.crawlstate import PageMemory
from newsscraper.crawlstate.fingerprint import changed_fields, fingerprint
from newsscraper.digest import body_hash
from newsscraper.discovery import moments, sections, sitemaps, traps
from newsscraper.discovery.candidate import Candidate
from newsscraper.discovery.listings import host_of
from newsscraper.discovery.shapes import shape, speaks_of_article
from newsscraper.extraction.page import Reading
from newsscraper.middlewares.reasons import Reason
from newsscraper.urls import article_id, url_key

if TYPE_CHECKING:
    from scrapy.statscollectors import StatsCollector

    from newsscraper.crawling.arguments import Arguments
    from newsscraper.sites.site import Site

logger = logging.getLogger(__name__)

MAX_TITLES = 5000
_LYING_CANONICALS = 2
_NOWHERE = "/no-page-of-this-site-stands-at-this-address"


class Articles:
    """Makes articles of responses, and settles the candidates that give none.

    Args:
        site: what the spider declares.
        arguments: bounds and sections asked for.
        frontier: keeps account of candidates.
        fetcher: follows redirects.
        pages: reads pages.
        assembly: fetches what belongs to an article besides its first page.
        stats: counts what is unchanged.
    """

    def __init__(  # noqa: PLR0913
        self,
        site: Site,
        arguments: Arguments,
        *,
        frontier: Frontier,
        fetcher: Fetcher,
        pages: Pages,
        assembly: Assembly,
        stats: StatsCollector,
    ) -> None:
        self._site = site
        self._arguments = arguments
        self._frontier = frontier
        self._state = frontier.state
        self._fetcher = fetcher
        self._pages = pages
        self._assembly = assembly
        self._stats = stats
        self._titles: OrderedDict[str, str] = OrderedDict()
        self._lies = 0
        self._asking = asyncio.Lock()
        self.covered = False
        """Sitemaps name all articles: an address that they do not name must speak clearly to be tried."""
        self.failed: dict[str, None] = {}
        """Addresses that could not be had for a reason that will pass."""

    async def read(self, response: Response, candidate: Candidate) -> Article | None:
        """Return the article behind a candidate; ``None`` where there is none, and then the candidate is settled."""
        answer = await self._fetcher.follow(
            response,
            what="article",
            known=lambda url: self._frontier.is_taken(url, by=candidate) or self._dead_end(url) is not None,
        )
        memory = self._state.page(candidate.url)
        if answer.reason is not None:
            self.fail(candidate, answer.reason, answer.status)
            return None
        if url_key(answer.url) != url_key(candidate.url) and (dead_end := self._dead_end(answer.url)):
            self._remember_failure(candidate, response.status)
            self._frontier.drop(candidate.url, dead_end)
            return None
        same = memory is not None and answer.response is not None and memory.body_hash == body_hash(answer.body)
        if answer.unchanged or same:
            self._unchanged(candidate, memory)
            return None
        if answer.response is None or self._frontier.is_taken(answer.url, by=candidate):
            self._frontier.drop(candidate.url, "another address of an article")
            return None
        astray = self._is_astray(answer.url, candidate)
        claims = () if astray else claims_of(candidate)
        try:
            reading = await self._pages.read(answer.response, claims=claims)
        except Unreadable as error:
            if error.again:
                self._keep_for_next_run(candidate)
                self._frontier.drop(candidate.url, str(error))
            else:
                self._refuse(candidate, answer, str(error))
            return None
        if reason := await self._no_article(reading, candidate, answer.response, astray=astray):
            self._frontier.judge(candidate, is_article=False)
            self._refuse(candidate, answer, reason)
            return None
        self._frontier.judge(candidate, is_article=True)
        own = self._own_address(reading, candidate, answer)
        if own is None:
            return None
        assembled = await self._assembly.whole(reading, answer.url, claims)
        article = assembled.article
        article.url, article.id = own, article_id(own)
        article.site = self._site.name
        article.source_url = answer.url
        if reason := self._unwanted(article, candidate):
            self._frontier.drop(candidate.url, reason)
            return None
        if memory is None:
            self._state.count_blocks(reading.blocks)
        elif (before := self._state.article(article.id)) is not None:
            self._frontier.looked_again(candidate, changed=bool(changed_fields(before.fields, fingerprint(article))))
        self._remember(assembled, own, candidate, answer, reading)
        self._lead_on(reading, answer)
        return article

    def _unchanged(self, candidate: Candidate, memory: PageMemory | None) -> None:
        is_article = memory is not None and memory.kind == "article"
        self._stats.inc_value("newsscraper/articles/unchanged" if is_article else "newsscraper/unchanged-pages")
        if is_article:
            self._frontier.looked_again(candidate, changed=False)
        if memory is not None:
            self._state.remember(candidate.url, dataclasses.replace(memory, fetched_at=datetime.now(UTC)))
        self._state.settle(candidate.url, "unchanged")

    def _remember(self, assembled: Assembled, own: str, candidate: Candidate, answer: Answer, reading: Reading) -> None:
        """Keep the page's memory for all its addresses, and settle them when the article is on disk."""
        assert answer.response is not None
        article = assembled.article
        addresses = {candidate.url, answer.url, own, *answer.hops, *assembled.urls}
        for address in addresses:
            self._frontier.claim(address)
        self._state.settle_with(article, *addresses)
        memory = memory_of(
            answer.response,
            kind="article",
            now=datetime.now(UTC),
            article_id=article.id,
            known_hash=reading.digest.body_hash if reading.digest else None,
        )
        bare = dataclasses.replace(memory, etag=None, last_modified=None, body_hash=None)
        fetched = url_key(answer.url)
        for address in addresses:
            # Validators belong to the address that gave them; the others are known, and that is all.
            self._state.remember(address, memory if url_key(address) == fetched else bare)

    # --- its address ---

    def _own_address(self, reading: Reading, candidate: Candidate, answer: Answer) -> str | None:
        """Return the address that names the article; ``None`` where another candidate stands for it."""
        own = answer.url
        first = reading.pages[0] if reading.page_number > 1 and reading.pages else None
        if first and url_key(first) != url_key(own):
            self._frontier.add([dataclasses.replace(candidate, url=first)])
            self._frontier.drop(candidate.url, "a further part of an article")
            return None
        told = reading.canonical_url
        if told is None or url_key(told) == url_key(own):
            return self._frontier.plain(told or own)
        if not self._believes(told, reading):
            return self._frontier.plain(own)
        if self._frontier.is_taken(told, by=candidate):
            self._frontier.drop(candidate.url, "another address of an article")
            return None
        if reading.is_amp and self._frontier.add([dataclasses.replace(candidate, url=told)]):
            # The plain page is the better one; it is fetched instead.
            self._frontier.drop(candidate.url, "an AMP page whose plain page is fetched")
            return None
        return self._frontier.plain(told)

    def _believes(self, canonical: str, reading: Reading) -> bool:
        """Whether a page may pass for another address: not where different articles all name the same one."""
        if self._lies >= _LYING_CANONICALS or traps.trap(canonical):
            return False
        memory = self._state.page(canonical)
        if memory is not None and memory.kind in ("listing", "sitemap", "feed"):
            return False
        if self._site.article_url is not None and not self._site.article_url.search(canonical):
            return False
        title = (reading.article.title if reading.article else None) or ""
        known = self._titles.setdefault(url_key(canonical), title)
        if len(self._titles) > MAX_TITLES:
            self._titles.popitem(last=False)
        if known != title:
            self._lies += 1
            return False
        return True

    # --- whether it is one, and wanted ---

    def _dead_end(self, url: str) -> str | None:
        """Return what stands at an address to which a site sends readers of what is gone or locked, in words."""
        if (reason := traps.trap(url)) and not (traps.is_list(reason) and speaks_of_article(shape(url))):
            return reason
        if not urlsplit(url).path.strip("/") and not urlsplit(url).query:
            return "the home page"
        memory = self._state.page(url)
        if memory is not None and memory.kind == "listing":
            return "a listing"
        # Another candidate was led there before.
        refused = memory is not None and memory.kind == "other" and not speaks_of_article(shape(url))
        return "no article" if refused else None

    def _is_astray(self, url: str, candidate: Candidate) -> bool:
        """Whether a candidate was redirected to a page of no article's address: "not found", "choose your cookies".

        What its sources say of the candidate, its date and that it is an article, is not said of such a page.
        """
        if url_key(url) == url_key(candidate.url) or speaks_of_article(shape(url)):
            return False
        return not self._frontier.shapes.tally(url).vouched

    async def _no_article(
        self, reading: Reading, candidate: Candidate, response: Response, *, astray: bool
    ) -> str | None:
        """Return why a page is no article, in words; ``None`` where it is one."""
        article = reading.article
        text = article.text if article is not None else None
        if is_behind_password(response.body, text):
            return "behind a password"
        if reading.needs_javascript or (not text and looks_scripted(response.body)):
            return "no text without JavaScript"
        if article is None or not text or not article.title:
            return "no text"
        if reading.kind == "article":
            if article.date_published is None and (astray or not self._is_vouched(candidate)):
                # An "about" page reads like an article; it lacks a date, a word of a feed or sitemap, an address.
                return "nothing dates it"
        elif astray or not (self._is_named_as_article(candidate) or self._is_like_articles(candidate, article)):
            logger.debug("%s is no article: %s", candidate.url, reading.reason)
            return "a listing" if reading.kind == "listing" else "no article"
        # Where others' word decides, they may speak of an article that is not there any more.
        told = candidate.way != "urls" and not (reading.kind == "article" and dates_itself(article))
        if told and article.title == await self._title_of_nothing():
            return "the site's answer for pages that do not exist"
        # One page looked at alone can be mistaken; the site itself, or hundreds of pages like it, know better.
        warnings = article.extraction.warnings
        warnings[:] = [warning for warning in warnings if not warning.startswith("not-an-article")]
        return None

    async def _title_of_nothing(self) -> str:
        """Return the title of the page that the site shows where there is none, should it not say 404; asked once."""
        async with self._asking:
            title = self._state.habit("title-of-nothing")
            if title is None:
                answer = await self._fetcher.get(urljoin(self._site.start_url, _NOWHERE), probe=True)
                try:
                    reading = await self._pages.read(answer.response) if answer.response is not None else None
                except Unreadable:
                    reading = None
                title = (reading.article.title if reading and reading.article else None) or ""
                if answer.reason is None or not answer.reason.passing:
                    self._state.learn("title-of-nothing", title)
            return str(title)

    def _is_named_as_article(self, candidate: Candidate) -> bool:
        """Whether the site itself says that this is an article: its feed, its sitemap of posts, its spider."""
        if candidate.way == "urls":
            known = self._state.page(candidate.url)
            return known is not None and known.kind == "article"
        if candidate.way in VOUCHING or self._site.article_url is not None:
            return True
        return (
            candidate.way == "sitemap" and bool(candidate.source) and sitemaps.holds(candidate.source or "") == "posts"
        )

    def _is_vouched(self, candidate: Candidate) -> bool:
        if candidate.way == "urls" or self._is_named_as_article(candidate) or speaks_of_article(shape(candidate.url)):
            return True
        return self._frontier.shapes.tally(candidate.url).vouched > 0

    def _is_like_articles(self, candidate: Candidate, article: Article) -> bool:
        """Whether nearly all pages with addresses like this one are articles, and this one has what they have."""
        tally = self._frontier.shapes.tally(candidate.url)
        alike = tally.articles >= 5 and tally.articles >= 4 * tally.others
        telling = tally.vouched >= 5 or speaks_of_article(shape(candidate.url))
        return alike and telling and article.date_published is not None and len((article.text or "").split()) >= 60

    def _unwanted(self, article: Article, candidate: Candidate) -> str | None:
        if candidate.way == "urls":
            return None
        text = article.date_published
        published = moments.moment(text)
        since = self._arguments.since
        if published is not None and text is not None:
            if len(text) == 10 and since and text >= since.date().isoformat():
                published = max(published, since)
            if reason := self._frontier.out_of_time(published):
                self._frontier.out_of_time_seen = True
                return reason
        if self._arguments.sections and not sections.holds(
            self._arguments.sections, categories=article.categories, url=article.url
        ):
            return "another section"
        return None

    def _lead_on(self, reading: Reading, answer: Answer) -> None:
        """Take in what an article leads to: its recent posts, and links that look like articles."""
        if self._arguments.urls or self._arguments.sections:
            return
        assert answer.response is not None
        read_at = fetched_at(answer.response, datetime.now(UTC))
        found = []
        hosts, shapes = self._frontier.hosts, self._frontier.shapes
        own = answer.url.rstrip("/")
        for post in reading.article.recent_posts if reading.article else ():
            if post.url and host_of(post.url) in hosts:
                found.append(
                    Candidate(
                        post.url,
                        "recent-posts",
                        title=post.title,
                        relative=post.raw,
                        read_at=read_at,
                        source=answer.url,
                    )
                )
        for link in reading.links:
            if self._frontier.is_named_so(link.url) or host_of(link.url) not in hosts:
                continue
            # The article with something asked for: a form opened, a widget's next page. Where the article's own address
            # is a query (/read?id=7), ``own`` has it too, and other articles' addresses are no part of this.
            if link.url.partition("?")[0].rstrip("/") == own:
                continue
            if traps.trap(link.url) or not speaks_of_article(shape(link.url)):
                continue
            if shapes.likelihood(link.url) >= (0.7 if link.in_navigation or self.covered else 0.5):
                found.append(Candidate(link.url, "link", title=link.text or None, read_at=read_at, source=answer.url))
        self._frontier.add(candidate for candidate in found if not self._frontier.is_named(candidate.url))

    # --- ends ---

    def fail(self, candidate: Candidate, reason: Reason, status: int | None = None) -> None:
        """Settle a candidate whose page could not be had; one that the next run may get is kept for it."""
        if reason.slug == "stopped":
            return
        if reason.passing:
            self._keep_for_next_run(candidate)
        elif status is not None:
            self._remember_failure(candidate, status)
        self._state.settle(candidate.url, "failed")

    def _remember_failure(self, candidate: Candidate, status: int) -> None:
        known = self._state.page(candidate.url)
        memory = PageMemory(
            kind=known.kind if known else "other",
            article_id=known.article_id if known else None,
            fetched_at=datetime.now(UTC),
            status=status,
        )
        self._state.remember(candidate.url, memory)

    def _keep_for_next_run(self, candidate: Candidate) -> None:
        if not self.failed:
            # The next run must find it again, even if this one ends badly.
            self._state.learn("whole", None)
        self.failed[candidate.url] = None

    def _refuse(self, candidate: Candidate, answer: Answer, reason: str) -> None:
        if answer.response is not None:
            memory = memory_of(answer.response, kind="other", now=datetime.now(UTC))
            for address in {candidate.url, answer.url}:
                self._state.remember(address, memory)
        self._frontier.drop(candidate.url, reason)


def dates_itself(article: Article) -> bool:
    """Whether a page says itself when its article was published."""
    evidence = article.dates.published
    return evidence is not None and evidence.source in ("json-ld", "meta", "time", "visible", "relative")


def is_behind_password(body: bytes, text: str | None) -> bool:
    """Whether a page asks for a password where its text should be, as WordPress' protected posts do.

    >>> is_behind_password(b'<form action="/wp-login.php?action=postpass"><input name="post_password">', "Protected.")
    True
    """
    return b"post_password" in body and b"postpass" in body and len((text or "").split()) < 80


def looks_scripted(body: bytes) -> bool:
    """Whether a page without text is one that a script would fill.

    >>> looks_scripted(b'<html><body><div id="root"></div><script src="/main.js"></script></body></html>')
    True
    """
    return b"<script" in body.lower()
