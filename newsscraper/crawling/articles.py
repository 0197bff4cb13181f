"""From a response to an article: it is judged, read, judged again, and its verdict is carried out."""

from __future__ import annotations

import asyncio
import dataclasses
from typing import TYPE_CHECKING

from scrapy.http import Response

from newsscraper.address import Address
from newsscraper.article import Article
from newsscraper.crawling import verdicts
from newsscraper.crawling.assembly import Assembly
from newsscraper.crawling.consequences import Case, Consequences
from newsscraper.crawling.fetching import Answer, Fetcher
from newsscraper.crawling.frontier import Frontier
from newsscraper.crawling.identity import Identity
from newsscraper.crawling.pages import Pages, Unreadable, claims_of, told_of
from newsscraper.crawling.refining import Refine, refined_by
from newsscraper.crawling.verdicts import Outcome, Standing, Taught, Verdict
from newsscraper.digest import body_hash
from newsscraper.discovery.candidate import Candidate
from newsscraper.middlewares.reasons import Reason, reason

if TYPE_CHECKING:
    from newsscraper.crawling.arguments import Arguments
    from newsscraper.sites.site import Site

_NOWHERE = "/no-page-of-this-site-stands-at-this-address"


class Articles:
    """Makes articles of responses.

    Args:
        site: what the spider declares.
        arguments: bounds and sections asked for.
        frontier: keeps account of candidates.
        fetcher: follows redirects.
        pages: reads pages.
        assembly: fetches what belongs to an article besides its first page.
        consequences: carries out what is judged.
        refine: the spider's last word on each article.
        home: the site's home page.
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
        consequences: Consequences,
        refine: Refine,
        home: Address,
    ) -> None:
        self._site = site
        self._arguments = arguments
        self._frontier = frontier
        self._state = frontier.state
        self._fetcher = fetcher
        self._pages = pages
        self._assembly = assembly
        self._consequences = consequences
        self._refine = refine
        self._home = home
        self._identity = Identity(frontier, fetcher)
        self._asking = asyncio.Lock()

    async def read(self, response: Response, candidate: Candidate) -> list[Article]:
        """Return the article behind a candidate, and those that waited for one like it.

        Where there is none, the candidate is settled, or waits itself.
        """
        self._frontier.lessons.date(candidate)
        case = Case(candidate, memory=self._state.page(candidate.address))
        made = [self._consequences.carry_out(await self._judge(response, case), case)]
        for other in self._consequences.vouched_for():
            try:
                verdict = await self._judge_page(other)
            except Exception:  # the spider's own: settled here, as nobody else knows of this one
                self._consequences.carry_out(verdicts.of_failure(reason("error")), other)
                raise
            made.append(self._consequences.carry_out(verdict, other))
        return [article for article in made if article is not None]

    async def _judge(self, response: Response, case: Case) -> Verdict:
        """Fetch and read as much as a verdict needs."""
        candidate = case.candidate
        answer = case.answer = await self._fetcher.follow(
            response, candidate.address, what="article", known=lambda address: self._need_not_be_fetched(address, case)
        )
        answer.address = self._frontier.lessons.outside_session(answer.address)
        taught = self._taught(case)
        if verdict := verdicts.of_answer(candidate, answer, taught):
            return await self._from_feed(verdict, case, answer.reason)
        astray = verdicts.is_astray(candidate, answer.address, taught.came)
        case.claims = () if astray else claims_of(candidate)
        try:
            told = None if astray else told_of(candidate)
            case.page = await self._pages.read(answer, claims=case.claims, told=told)
        except Unreadable as error:
            return verdicts.of_unreadable(error)
        return await self._judge_page(case)

    async def _judge_page(self, case: Case) -> Verdict:
        """Judge the page that was read, and the whole article that it is the first one of."""
        candidate, page = case.candidate, case.page
        assert page is not None
        nothing = await self._title_of_nothing() if verdicts.rests_on_others_word(candidate, page) else ""
        verdict = verdicts.of_page(candidate, page, dataclasses.replace(self._taught(case), title_of_nothing=nothing))
        if verdict.outcome is not Outcome.ARTICLE or verdict.address is None:
            return await self._from_feed(verdict, case, None)
        case.whole = await self._assembly.whole(page, case.claims)
        return await self._judge_article(case, self._frontier.lessons.plain(verdict.address))

    async def _judge_article(self, case: Case, own: Address) -> Verdict:
        """Judge a whole article that stands under an address: whether it is wanted, and which one it is."""
        candidate, page = case.candidate, case.page
        assert page is not None
        assert case.whole is not None
        self._name(case.whole.article, own, page.address)
        if unwanted := verdicts.of_article(candidate, case.whole.article, self._arguments):
            return unwanted
        refined = await refined_by(self._refine, case.whole.article, page.response)
        if refined is not None:
            case.whole.article = refined
        verdict = verdicts.of_refined(refined, own)
        if refined is None or verdict.outcome is not Outcome.ARTICLE:
            return verdict
        return dataclasses.replace(verdict, moved_from=await self._identity.moved_from(refined, own, case))

    async def tell(self, candidate: Candidate, cause: Reason) -> Article | None:
        """Return the article of a candidate that could not be had, where its feed tells it; settle the candidate."""
        case = Case(candidate, memory=self._state.page(candidate.address))
        verdict = await self._from_feed(verdicts.of_failure(cause), case, cause)
        return self._consequences.carry_out(verdict, case)

    async def _from_feed(self, verdict: Verdict, case: Case, cause: Reason | None) -> Verdict:
        """Return the verdict on what a feed tells of an article that cannot be had; else the one that was given."""
        # Imported here: a crawl that finds nothing new reads nothing.
        from newsscraper.extraction.feedtext import is_whole

        candidate, told = case.candidate, told_of(case.candidate)
        known = self._state.article(self._state.id_at(candidate.url)) is not None
        if told is None or known or not is_whole(told) or not verdicts.may_come_from_feed(verdict, cause):
            return verdict
        try:
            page = await self._pages.read_told(candidate, told)
        except Unreadable:
            return verdict
        if page.article is None or verdicts.why_no_article(candidate, page, self._taught(case)):
            return verdict
        case.answer, case.page = case.answer or Answer(candidate.address), page
        case.whole = self._assembly.told(page)
        found = await self._judge_article(case, candidate.address)
        return dataclasses.replace(found, again=verdict.outcome is Outcome.AGAIN)

    def _need_not_be_fetched(self, address: Address, case: Case) -> bool:
        memory = self._state.page(address)
        end = verdicts.dead_end(address, memory.kind if memory else None)
        return end is not None or self._frontier.is_taken(address, by=case.candidate)

    def _taught(self, case: Case) -> Taught:
        """Gather what the site has taught, as far as it bears on this case."""
        answer, page, lessons = case.answer, case.page, self._frontier.lessons
        told = page.canonical if page else None
        fresh = answer is not None and answer.response is not None and page is None
        before = case.memory.body_hash if case.memory and fresh else None
        same = before is not None and answer is not None and before == body_hash(answer.body)
        return Taught(
            asked=self._standing(case.candidate.address, case),
            came=self._standing(answer.address if answer else None, case),
            canonical=self._standing(told, case),
            likes=lessons.likes(case.candidate.address, page.reading.template, page.title) if page else 0,
            same_body=same and not self._frontier.brings_a_date(case.candidate),
            lying=told is not None and page is not None and lessons.canonical_is_a_lie(told, page.title),
            declared=self._frontier.declarations.article_url,
        )

    def _standing(self, address: Address | None, case: Case) -> Standing:
        if address is None:
            return Standing()
        memory = self._state.page(address)
        is_amp = case.page is not None and case.page.reading.is_amp
        return Standing(
            kind=memory.kind if memory else None,
            taken=self._frontier.is_taken(address, by=case.candidate),
            new=is_amp and self._frontier.would_take(dataclasses.replace(case.candidate, address=address)),
            tally=dataclasses.replace(self._frontier.lessons.shapes.tally(address)),
            excluded=self._site.excludes(address.text),
        )

    async def _title_of_nothing(self) -> str:
        """Return the title of the page that the site shows where there is none, should it not say 404; asked once."""
        async with self._asking:
            title = self._state.habit("title-of-nothing")
            nowhere = self._home.join(_NOWHERE)
            if title is None and nowhere is not None:
                answer = await self._fetcher.get(nowhere, probe=True)
                page = await self._pages.try_to_read(answer)
                title = page.title if page else ""
                if answer.reason is None or not answer.reason.passing:
                    self._state.learn("title-of-nothing", title)
            return str(title or "")

    def _name(self, article: Article, own: Address, came: Address) -> None:
        """Name a record by its address, and leave out what one page looked at alone says against it."""
        article.url, article.id = own.text, self._state.id_at(own.text)
        article.site = self._site.name
        article.source_url = came.text
        # It can be mistaken; the site itself, or hundreds of pages like it, know better.
        warnings = article.extraction.warnings
        warnings[:] = [warning for warning in warnings if not warning.startswith("not-an-article")]
