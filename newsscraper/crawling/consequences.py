"""What a verdict entails: in the state, in the stats, in the frontier, in what the site teaches, in the links followed.

The one place where a page that was judged changes anything.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from newsscraper.address import Address
from newsscraper.article import Article
from newsscraper.crawling.fetching import Answer, fetched_at, memory_of
from newsscraper.crawling.frontier import Frontier
from newsscraper.crawling.pages import ReadPage
from newsscraper.crawling.verdicts import ENOUGH_LIKES, Outcome, Verdict
from newsscraper.crawling.worth import OUT_OF_TIME
from newsscraper.crawlstate import PageMemory
from newsscraper.crawlstate.fingerprint import changed_fields, fingerprint
from newsscraper.dates.claim import Claim
from newsscraper.discovery import traps
from newsscraper.discovery.candidate import Candidate
from newsscraper.extraction.rules.declared import WITHOUT_MATCH

if TYPE_CHECKING:
    from scrapy.statscollectors import StatsCollector

    from newsscraper.crawling.assembly import Assembled
    from newsscraper.middlewares.keeping import KeepingMiddleware


MAX_WAITING = 200
"""Pages that wait for their like, with their bodies."""
_ORDINARY = ("a listing", "the home page")
"""Pages that are none of a site's articles and not meant to be."""


@dataclass(slots=True)
class Case:
    """One candidate, and all that came of it so far.

    Attributes:
        candidate: what was asked for.
        memory: what was known of its address before.
        answer: what came.
        claims: what its sources say of its dates.
        page: the page as read.
        whole: the article from all its pages.
    """

    candidate: Candidate
    memory: PageMemory | None = None
    answer: Answer | None = None
    claims: tuple[Claim, ...] = ()
    page: ReadPage | None = None
    whole: Assembled | None = None


class Consequences:
    """Carries out verdicts.

    Args:
        frontier: keeps account of candidates.
        stats: counts what is unchanged.
        follows_links: whether articles lead to others.
        extra_counts: a change of ``article.extra`` is one.
        keeper: remembers what articles are made of, where that is wanted.
    """

    def __init__(
        self,
        frontier: Frontier,
        stats: StatsCollector,
        *,
        follows_links: bool,
        extra_counts: bool = False,
        keeper: KeepingMiddleware | None = None,
    ) -> None:
        self._frontier = frontier
        self._lessons = frontier.lessons
        self._state = frontier.state
        self._stats = stats
        self._follows_links = follows_links
        self._extra_counts = extra_counts
        self._keeper = keeper
        self.for_next_run: dict[Address, Candidate] = {}
        """Candidates that could not be had for a reason that will pass."""
        self._waiting: dict[Address, Case] = {}

    def carry_out(self, verdict: Verdict, case: Case) -> Article | None:
        """Do what a verdict entails; return the article where it is one to deliver."""
        self._learn(verdict, case)
        match verdict.outcome:
            case Outcome.ARTICLE:
                return self._deliver(verdict, case)
            case Outcome.UNCHANGED:
                self._note_unchanged(case)
            case Outcome.OTHER_ADDRESS:
                if verdict.address is not None:
                    self._frontier.add([dataclasses.replace(case.candidate, address=verdict.address)])
                self._settle(verdict, case)
            case Outcome.NOT_WANTED:
                self._frontier.out_of_time_seen |= verdict.reason in OUT_OF_TIME
                self._settle(verdict, case)
            case Outcome.NO_ARTICLE | Outcome.NEVER | Outcome.LEFT_OUT:
                self._remember_that_it_is_none(case)
                self._settle(verdict, case)
            case Outcome.AGAIN:
                self._keep_for_next_run(case.candidate)
                self._settle(verdict, case)
            case Outcome.WAITS:
                self._let_wait(case)
            case Outcome.LEFT:
                pass  # not settled: the run that takes this one up tries it again
        return None

    # --- pages that wait for their like ---

    def waits(self, address: Address) -> bool:
        """Whether a page was read and waits for others like it."""
        return address in self._waiting

    def vouched_for(self) -> list[Case]:
        """Return the cases that need not wait any more: their verdict may be another one now."""
        ready = [
            case
            for case in self._waiting.values()
            if case.page is not None and self._likes(case.page, case.candidate) >= ENOUGH_LIKES
        ]
        for case in ready:
            del self._waiting[case.candidate.address]
        return ready

    def end_waiting(self) -> None:
        """Settle what has waited in vain: one page alone that reads like a story is none."""
        waiting, self._waiting = self._waiting, {}
        for case in waiting.values():
            self.carry_out(Verdict(Outcome.NO_ARTICLE, "no article"), case)

    def _let_wait(self, case: Case) -> None:
        if len(self._waiting) >= MAX_WAITING:
            self.carry_out(Verdict(Outcome.NO_ARTICLE, "no article"), case)
        else:
            self._waiting[case.candidate.address] = case

    def _likes(self, page: ReadPage, candidate: Candidate) -> int:
        return self._lessons.likes(candidate.address, page.reading.template, page.title)

    def _learn(self, verdict: Verdict, case: Case) -> None:
        """Let the site teach what its addresses and its canonical addresses are worth."""
        page = case.page
        if page is None:
            return
        is_article = verdict.outcome is not Outcome.NO_ARTICLE
        if is_article:
            self._lessons.reads_like_story(case.candidate.address, page.reading.template, page.title)
        if verdict.outcome is Outcome.WAITS:
            return
        self._lessons.page_was_read(case.candidate, is_article=is_article)
        if verdict.reason == "a listing" and traps.trap(case.candidate.address):
            self._lessons.listings.append(page.address)
        told = page.canonical
        if is_article and told is not None and told != page.address and page.reading.page_number == 1:
            self._lessons.canonical_was_told(told, page.title)

    def _settle(self, verdict: Verdict, case: Case) -> None:
        if verdict.failed:  # counted where it failed
            self._state.settle(case.candidate.address, "failed")
        else:
            read = case.page.reading.reason if case.page and verdict.outcome is Outcome.NO_ARTICLE else None
            unusual = verdict.outcome is Outcome.NO_ARTICLE and verdict.reason not in _ORDINARY
            self._frontier.drop(case.candidate, verdict.reason, detail=read, unusual=unusual)

    # --- an article ---

    def _deliver(self, verdict: Verdict, case: Case) -> Article:
        """Settle an article's addresses when it is on disk, and follow what it leads to."""
        assert case.page is not None
        assert case.whole is not None
        assert verdict.address is not None
        article = case.whole.article
        if verdict.again:
            self._keep_for_next_run(dataclasses.replace(case.candidate, way="urls", entry=None))
        if verdict.moved_from is not None:
            self._state.moved(verdict.moved_from, verdict.address.text)
            article.id = verdict.moved_from
        if case.memory is None:
            self._state.count_blocks(case.page.reading.blocks)
        elif (before := self._state.article(article.id or "")) is not None:
            changed = bool(changed_fields(before.fields, fingerprint(article), extra_counts=self._extra_counts))
            self._lessons.looked_again(case.candidate, changed=changed)
        warnings = article.extraction.warnings
        missed = [warning.removeprefix(WITHOUT_MATCH) for warning in warnings if warning.startswith(WITHOUT_MATCH)]
        for rule in missed:
            self._stats.inc_value(f"newsscraper/rules/without-match/{rule}")
        self._frontier.declarations.rules_were_asked(missed, verdict.address)
        addresses = _addresses(verdict.address, case)
        self._remember_article(article, case.page, addresses, complete=case.whole.complete)
        if not case.whole.complete:
            self._keep_for_next_run(_as_asked_for(case.candidate))
        self._lead_on(case.page)
        if self._keeper is not None and case.whole.story is not None:
            self._keeper.keep(article, case.whole.story)
        return article

    def _remember_article(self, article: Article, page: ReadPage, addresses: set[Address], *, complete: bool) -> None:
        for address in addresses:
            self._frontier.claim(address)
        self._state.settle_with(article, *addresses)
        digest = page.reading.digest
        memory = memory_of(
            page.response,
            kind="article",
            now=datetime.now(UTC),
            article_id=article.id,
            known_hash=digest.body_hash if digest else None,
        )
        bare = dataclasses.replace(memory, etag=None, last_modified=None, body_hash=None)
        for address in addresses:
            # Validators belong to the address that gave them; the others are known, and that is all.
            self._state.remember(address, memory if address == page.address and complete else bare)

    def _lead_on(self, page: ReadPage) -> None:
        """Take in what an article leads to: its recent posts, and links that look like articles."""
        if not self._follows_links:
            return
        found = []
        for post in page.article.recent_posts if page.article else ():
            address = page.address.join(post.url)
            if address is not None and address.host in self._frontier.hosts:
                found.append(
                    Candidate(
                        address,
                        "recent-posts",
                        title=post.title,
                        relative=post.raw,
                        read_at=page.read_at,
                        source=page.address,
                    )
                )
        for link in page.links:
            target = Address.of(link.url)
            if target is not None and self._is_worth_following(target, page.address, in_menu=link.in_navigation):
                found.append(
                    Candidate(target, "link", title=link.text or None, read_at=page.read_at, source=page.address)
                )
        self._frontier.add(candidate for candidate in found if not self._frontier.is_named(candidate.address))

    def _is_worth_following(self, target: Address, own: Address, *, in_menu: bool) -> bool:
        if self._frontier.is_named_so(target) or target.host not in self._frontier.hosts:
            return False
        # The article with something asked for: a form opened, a widget's next page. Where the article's own address
        # is a query (/read?id=7), ``own`` has it too, and other articles' addresses are no part of this.
        if target.text.partition("?")[0].rstrip("/") == own.text.rstrip("/"):
            return False
        if self._frontier.is_trap(target) or not target.speaks_of_article:
            return False
        return self._lessons.shapes.likelihood(target) >= (0.7 if in_menu or self._lessons.covered else 0.5)

    # --- none ---

    def _note_unchanged(self, case: Case) -> None:
        address, memory = case.candidate.address, case.memory
        is_article = memory is not None and memory.kind == "article"
        self._stats.inc_value("newsscraper/articles/unchanged" if is_article else "newsscraper/unchanged-pages")
        if is_article:
            self._lessons.looked_again(case.candidate, changed=False)
            self._keep_unchanged(case)
        if memory is not None:
            self._state.remember(address, dataclasses.replace(memory, fetched_at=datetime.now(UTC)))
        self._state.settle(address, "unchanged")

    def _keep_unchanged(self, case: Case) -> None:
        came = case.answer.came if case.answer is not None else None
        if self._keeper is None or came is None:
            return
        known = self._state.article(case.memory.article_id or "") if case.memory else None
        # When a later revision was fetched is not known here.
        first = known.first_seen_at if known is not None and known.revision == 1 else None
        before = datetime.fromisoformat(first) if first else None
        self._keeper.unchanged(came, fetched_at(came, datetime.now(UTC)), before)

    def _remember_that_it_is_none(self, case: Case) -> None:
        """Remember an address that gave no article, so that it is not asked for again without a reason."""
        answer, address = case.answer, case.candidate.address
        if answer is None or answer.status is None:
            return
        now = datetime.now(UTC)
        if answer.response is not None:
            memory = memory_of(answer.response, kind="other", now=now)
            for each in {address, answer.address}:
                self._state.remember(each, memory)
            return
        known = case.memory
        memory = PageMemory(
            kind=known.kind if known else "other",
            article_id=known.article_id if known else None,
            fetched_at=now,
            status=answer.status,
        )
        self._state.remember(address, memory)

    def _keep_for_next_run(self, candidate: Candidate) -> None:
        if not self.for_next_run:
            # The next run must find it again, even if this one ends badly.
            self._state.learn("whole", None)
        self.for_next_run[candidate.address] = candidate


def _as_asked_for(candidate: Candidate) -> Candidate:
    """Return a candidate that is looked at though its article is known, with the dates that it has."""
    by = candidate.dated_by or candidate.way
    return dataclasses.replace(candidate, way="urls", dated_by=by if candidate.published else None)


def _addresses(own: Address, case: Case) -> set[Address]:
    """Return every address that is known to be the article's."""
    assert case.answer is not None
    assert case.whole is not None
    return {case.candidate.address, case.answer.address, own, *case.answer.hops, *case.whole.addresses}
