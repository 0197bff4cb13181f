"""The run's candidates: what waits, what is under way, what is settled and why."""

from __future__ import annotations

import asyncio
import dataclasses
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from newsscraper.address import Address
from newsscraper.crawling.worth import LINKED, OUT_OF_TIME, Around, why_given_up, why_left_out, why_trapped_in
from newsscraper.discovery import moments
from newsscraper.discovery.candidate import Candidate

if TYPE_CHECKING:
    from scrapy.statscollectors import StatsCollector

    from newsscraper.crawling.arguments import Arguments
    from newsscraper.crawling.declarations import Declarations
    from newsscraper.crawling.lessons import Lessons
    from newsscraper.crawlstate import PageMemory, SiteState
    from newsscraper.extensions.dropped import Dropped

MAX_NAMED = 500_000


def slug(words: str) -> str:
    """Return words as a name for the stats.

    >>> slug("a list by tag")
    'a-list-by-tag'
    """
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:60]


class Frontier:
    """Takes in candidates that are worth fetching, hands them out newest first, and keeps account of them.

    Args:
        state: the site's state, where all of it is kept.
        lessons: what the site has taught.
        declarations: what is declared of the site.
        arguments: bounds in time.
        stats: where what is left out is counted, by reason.
        dropped: where it is written down.
        home: the site's home page.
    """

    def __init__(  # noqa: PLR0913
        self,
        state: SiteState,
        lessons: Lessons,
        declarations: Declarations,
        arguments: Arguments,
        *,
        stats: StatsCollector,
        dropped: Dropped | None,
        home: Address,
    ) -> None:
        self.state = state
        self.lessons = lessons
        self.under_way: dict[Address, Candidate] = {}
        """Fetched and not yet settled."""
        self.hosts = {home.host}
        self.changed = asyncio.Event()
        """Set whenever a candidate came or was settled."""
        self._arguments = arguments
        self._stats = stats
        self._dropped = dropped
        self.declarations = declarations
        # Hundreds of thousands of addresses: their hashes are enough.
        self._named: set[int] = set()
        self._claimed: set[int] = set()
        self._left_out: set[int] = set()
        # Whatever becomes of a candidate, it is handed out once: nothing sends the crawl round in circles.
        self._handed_out: set[int] = set()
        self._waiting: Iterator[tuple[str, Candidate]] | None = None
        self._kept: Candidate | None = None
        self._last_rank: datetime | None = None
        self.taken_in = 0
        """Candidates that were new to this run."""
        self.out_of_time_seen = False
        """Whether an address was left out for its date, so that a run with other bounds would find more."""

    # --- in ---

    def add(self, candidates: Iterable[Candidate]) -> list[Candidate]:
        """Take in candidates that are worth fetching; return those that are new to this run."""
        wanted = [candidate for candidate in candidates if self._take(candidate)]
        if not wanted:
            return []
        new = self.state.enqueue(wanted, kind="article")
        self.taken_in += len(new)
        if new:
            newest = max((c.rank for c in new if c.rank), default=None)
            # Something newer than what comes next: ask the state anew, it knows the order.
            if self._last_rank is None or (newest is not None and newest > self._last_rank):
                self._waiting = None
            self.changed.set()
        return new

    def _take(self, candidate: Candidate) -> bool:
        """Whether a candidate is worth fetching; what is not is counted with its reason."""
        candidate.address = self.lessons.plain(candidate.address)
        self.lessons.date(candidate)
        if not moments.moment(candidate.published):
            candidate.rank = candidate.rank or moments.day_in_address(candidate.address)
        if reason := self._why_left_out(candidate):
            self.leave_out(candidate.address, reason, candidate=candidate)
            return False
        if self._is_dealt_with(candidate):
            return False
        self.hosts.add(candidate.address.host)
        return True

    def would_take(self, candidate: Candidate) -> bool:
        """Whether a candidate would be taken in now as one that is new to this run."""
        plain = dataclasses.replace(candidate, address=self.lessons.plain(candidate.address))
        if self.state.has_found(plain.address) or self._why_left_out(plain):
            return False
        return not self._is_dealt_with(plain)

    def _why_left_out(self, candidate: Candidate) -> str | None:
        arguments = self._arguments
        return why_left_out(candidate, self._around(candidate), since=arguments.since, until=arguments.until)

    def _is_dealt_with(self, candidate: Candidate) -> bool:
        """Whether a candidate's page is known, and no reason is given to look at it again."""
        address = candidate.address
        if address in self.under_way or hash(address) in self._claimed or self.state.outcome(address) is not None:
            return True
        memory = None if candidate.way == "urls" else self.state.page(address)
        return memory is not None and not self._worth_another_look(candidate, memory)

    def _around(self, candidate: Candidate) -> Around:
        address = candidate.address
        articles, others = self.lessons.articles_and_others_of(candidate)
        return Around(
            on_site=address.site == self.state.site,
            on_known_host=address.host in self.hosts,
            standing_page=self.lessons.is_standing_page(address),
            below_article=candidate.way in LINKED and self._is_below_article(address),
            tally=self.lessons.shapes.tally(address),
            doubtful=self.lessons.shapes.doubtful(address),
            source_articles=articles,
            source_others=others,
            declared=self.declarations.article_url,
            excluded=self.declarations.site.excludes(address.text),
        )

    def _is_below_article(self, address: Address) -> bool:
        """Whether an address continues that of an article: its pictures, comments, parts and whatever hangs on it."""
        for parent in address.parents(3):
            if hash(parent) in self._claimed:
                return True
            # Not known to be an article: a section that a sitemap names has articles below it.
            if hash(parent) in self._handed_out or hash(parent) in self._named:
                return parent.speaks_of_article
        return False

    def _worth_another_look(self, candidate: Candidate, memory: PageMemory) -> bool:
        modified = moments.moment(candidate.modified)
        if modified is not None and memory.fetched_at is not None and modified > memory.fetched_at:
            return True
        return self.brings_a_date(candidate)

    def brings_a_date(self, candidate: Candidate) -> bool:
        """Whether a candidate's article was delivered without a date, and its source tells one now."""
        memory = self.state.page(candidate.address) if candidate.published else None
        if memory is None or memory.kind != "article" or memory.article_id is None:
            return False
        known = self.state.article(memory.article_id)
        return known is not None and "date_published" not in known.fields

    # --- what is known ---

    @property
    def since(self) -> datetime | None:
        """Articles published before it are not wanted."""
        return self._arguments.since

    def claim(self, address: Address) -> None:
        """Take an address for an article that is being delivered."""
        self._claimed.add(hash(self.lessons.plain(address)))

    def knows(self, address: Address) -> bool:
        """Whether an address is a candidate of this run already, waiting, under way or settled."""
        plain = self.lessons.plain(address)
        key = hash(plain)
        return key in self._handed_out or key in self._claimed or key in self._named or self._is_old_article(plain)

    def _is_old_article(self, plain: Address) -> bool:
        memory = self.state.page(plain)
        return memory is not None and memory.kind == "article"

    def is_taken(self, address: Address, *, by: Candidate) -> bool:
        """Whether the page at an address is fetched, being fetched or dealt with on behalf of another candidate."""
        plain = self.lessons.plain(address)
        if plain == by.address:
            return False
        return plain in self.under_way or hash(plain) in self._claimed or self.state.outcome(address) is not None

    def name(self, address: Address) -> None:
        """Note that a sitemap or feed names an address, whether or not it is worth fetching."""
        if len(self._named) < MAX_NAMED:
            # As written, too: the links of the site's pages are mostly written as its sitemap writes them.
            self._named.update((hash(address.text), hash(self.lessons.plain(address))))

    def is_trap(self, address: Address) -> bool:
        """Whether no article stands at a linked address, as far as its words and others like it tell."""
        return self.lessons.shapes.trap(address, vouched=self.declarations.is_article(address)) is not None

    def is_named_so(self, address: Address) -> bool:
        """Whether a sitemap or feed named the address exactly as it is written; costs next to nothing to ask."""
        return hash(address.text) in self._named

    def is_named_now(self, address: Address) -> bool:
        """Whether a sitemap or feed has named the address in this run, however it is written."""
        return hash(self.lessons.plain(address)) in self._named

    def is_named(self, address: Address) -> bool:
        """Whether a sitemap or feed named the address in this run, or an earlier run knew it."""
        if self.is_named_so(address):
            return True
        plain = self.lessons.plain(address)
        known = hash(plain) in self._named or self.lessons.is_standing_page(plain)
        return known or self.state.page(plain) is not None

    # --- out ---

    def next(self) -> Candidate | None:
        """Return the next candidate to fetch, newest first; ``None`` where none waits now."""
        candidate, self._kept = self._kept or self._draw(), None
        if candidate is not None:
            self._last_rank = candidate.rank
            self.under_way[candidate.address] = candidate
            self.lessons.shapes.tally(candidate.address).asked += 1
        return candidate

    def _draw(self) -> Candidate | None:
        while True:
            if self._waiting is None:
                self._waiting = self.state.pending()
            found = next(self._waiting, None)
            if found is None:
                self._waiting = None
                self._last_rank = None
                return None
            candidate = found[1]
            key = hash(candidate.address)
            if key in self._handed_out or key in self._claimed:
                continue
            if candidate.way == "urls" and self._was_seen_elsewhere(candidate):
                self.state.settle(candidate.address, "moved")
                continue
            if reason := self._why_no_more(candidate):
                self.drop(candidate, reason)
                continue
            self._handed_out.add(key)
            return candidate

    def _was_seen_elsewhere(self, candidate: Candidate) -> bool:
        """Whether the article of an address was seen in this run, under another one: it has moved."""
        memory = self.state.page(candidate.address)
        known_id = memory.article_id if memory is not None else None
        return known_id is not None and (self.state.is_judged(known_id) or self.state.is_moving(known_id))

    def _why_no_more(self, candidate: Candidate) -> str | None:
        """Return why a candidate that was worth fetching when it was taken in is not any more."""
        around = self._around(candidate)
        if candidate.way != "urls" and (reason := why_trapped_in(candidate, around) or why_given_up(candidate, around)):
            return reason
        if self.lessons.says_untruly_changed(candidate) and self._is_old_article(candidate.address):
            return "said to have changed, as were many that had not"
        return None

    def waits(self) -> bool:
        """Whether a candidate waits that was not handed out yet."""
        if self._kept is None:
            self._kept = self._draw()
        return self._kept is not None

    # --- settled ---

    def release(self, candidate: Candidate) -> None:
        """A candidate is no longer under way; whoever judges its article settles it."""
        if self.under_way.pop(candidate.address, None) is not None:
            tally = self.lessons.shapes.tally(candidate.address)
            tally.asked = max(0, tally.asked - 1)
        self.changed.set()

    def drop(self, candidate: Candidate, reason: str, *, detail: str | None = None, unusual: bool = False) -> None:
        """Settle a candidate that is not fetched, or gave a page that is not wanted, and count the reason.

        Args:
            candidate: what is dropped.
            reason: in words.
            detail: by which rule.
            unusual: whoever reads the summary wants to see it.
        """
        self._count(reason)
        self._write_down(candidate.address, reason, candidate, detail=detail, unusual=unusual)
        self.state.settle(candidate.address, slug(reason))

    def leave_out(self, address: Address, reason: str, *, candidate: Candidate | None = None) -> None:
        """Count an address that leads nowhere: once, however many pages link to it."""
        if hash(address) not in self._left_out:
            if len(self._left_out) < MAX_NAMED:
                self._left_out.add(hash(address))
            self._count(reason)
            self._write_down(address, reason, candidate)
            if reason in OUT_OF_TIME:
                self.out_of_time_seen = True

    def note_drops(self, reason: str, count: int = 1) -> None:
        """Count addresses that were left out before they became candidates."""
        self._count(reason, count)

    def _write_down(
        self,
        address: Address,
        reason: str,
        candidate: Candidate | None,
        *,
        detail: str | None = None,
        unusual: bool = False,
    ) -> None:
        if self._dropped is not None:
            source = candidate.source.text if candidate and candidate.source else None
            way = candidate.way if candidate else None
            self._dropped.note(address.text, slug(reason), way=way, source=source, detail=detail, unusual=unusual)

    def _count(self, reason: str, count: int = 1) -> None:
        self._stats.inc_value(f"newsscraper/dropped/{slug(reason)}", count)
