"""The run's candidates: what waits, what is under way, what is settled and why."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from newsscraper.discovery import moments, sitemaps, traps, twins
from newsscraper.discovery.candidate import Candidate
from newsscraper.discovery.listings import host_of
from newsscraper.discovery.shapes import Shapes, shape, speaks_of_article
from newsscraper.urls import canonical_url, site_of, url_key

if TYPE_CHECKING:
    from scrapy.statscollectors import StatsCollector

    from newsscraper.crawling.arguments import Arguments
    from newsscraper.crawlstate import PageMemory, SiteState

TRIALS = 5
"""Pages of one source or one shape that are fetched on trial; if none of them is an article, the rest is left out."""
UNTRUE_CHANGES = 20
"""Articles in a row that a sitemap says have changed, and they have not: then its word is not taken any more."""
MAX_NAMED = 500_000
OUT_OF_TIME = ("older than since", "newer than until")
VOUCHING = ("news-sitemap", "feed", "urls")
"""Ways that name articles and nothing else."""


def slug(words: str) -> str:
    """Return words as a name for the stats.

    >>> slug("a list by tag")
    'a-list-by-tag'
    """
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:60]


class Frontier:
    """Decides which candidates are worth fetching, hands them out newest first, and keeps account of them.

    Args:
        state: the site's state, where all of it is kept.
        shapes: what is known of the site's addresses.
        arguments: bounds in time.
        stats: where drops are counted, by reason.
        host: host of the site's home, without ``www.``.
        article_url: pattern of article addresses, where the site declares one.
    """

    def __init__(  # noqa: PLR0913
        self,
        state: SiteState,
        shapes: Shapes,
        arguments: Arguments,
        *,
        stats: StatsCollector,
        host: str,
        article_url: re.Pattern[str] | None = None,
    ) -> None:
        self.state = state
        self.shapes = shapes
        self.under_way: dict[str, Candidate] = {}
        """Fetched and not yet settled, by key."""
        self.twin_pattern: str | None = state.habit("amp-pattern")
        self.hosts = {host}
        self.changed = asyncio.Event()
        """Set whenever a candidate came or was settled."""
        self._arguments = arguments
        self._stats = stats
        self._article_url = article_url
        self._named: set[int] = set()
        self._waiting: Iterator[tuple[str, Candidate]] | None = None
        self._kept: Candidate | None = None
        self._last_rank: datetime | None = None
        # Whatever becomes of a candidate, it is handed out once: nothing sends the crawl round in circles.
        self._handed_out: set[int] = set()
        self._sources: dict[str, Counter[bool]] = {}
        self._untrue: Counter[str] = Counter()
        self._pages: set[int] = set()
        self._claimed: set[int] = set()
        self.taken_in = 0
        """Candidates that were new to this run."""
        self._left_out: set[int] = set()
        self.out_of_time_seen = False
        """Whether an address was left out for its date, so that a run with other bounds would find more."""

    # --- in ---

    def add(self, candidates: Iterable[Candidate]) -> list[Candidate]:
        """Take in candidates that are worth fetching; return those that are new to this run."""
        wanted = []
        for candidate in candidates:
            if (ready := self._prepare(candidate)) is not None:
                wanted.append(ready)
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

    @property
    def since(self) -> datetime | None:
        """Articles published before it are not wanted."""
        return self._arguments.since

    def claim(self, url: str) -> bool:
        """Take an address for an article that is being delivered; ``False`` where it was taken already."""
        key = hash(self.key(url))
        if key in self._claimed:
            return False
        self._claimed.add(key)
        return True

    def knows(self, url: str) -> bool:
        """Whether an address is a candidate of this run already, waiting, under way or settled."""
        key = hash(self.key(url))
        return key in self._handed_out or key in self._claimed or key in self._named or self._is_old_article(url)

    def _is_old_article(self, url: str) -> bool:
        memory = self.state.page(self.plain(url))
        return memory is not None and memory.kind == "article"

    def is_taken(self, url: str, *, by: Candidate) -> bool:
        """Whether the page at an address is fetched, being fetched or dealt with on behalf of another candidate."""
        key = self.key(url)
        if key == url_key(by.url):
            return False
        return key in self.under_way or hash(key) in self._claimed or self.state.outcome(url) is not None

    def name(self, url: str) -> None:
        """Note that a sitemap or feed names an address, whether or not it is worth fetching."""
        if len(self._named) < MAX_NAMED:
            # As written, too: the links of the site's pages are mostly written as its sitemap writes them.
            self._named.update((hash(url), hash(self.key(url))))

    def name_page(self, url: str) -> None:
        """Note that the site itself says that an address is a standing page and no article."""
        if len(self._pages) < MAX_NAMED:
            self._pages.add(hash(self.key(url)))

    def is_named_so(self, url: str) -> bool:
        """Whether a sitemap or feed named the address exactly as it is written; costs next to nothing to ask."""
        return hash(url) in self._named

    def is_named(self, url: str) -> bool:
        """Whether a sitemap or feed named the address in this run, or an earlier run knew it."""
        if self.is_named_so(url):
            return True
        key = hash(self.key(url))
        return key in self._named or key in self._pages or self.state.page(self.plain(url)) is not None

    def plain(self, url: str) -> str:
        """Return the address by which a candidate is fetched: not its AMP or tracking variant."""
        return canonical_url(twins.plain_of(url, self.twin_pattern))

    def key(self, url: str) -> str:
        """Return what the variants of one address have in common."""
        return url_key(self.plain(url))

    def _prepare(self, candidate: Candidate) -> Candidate | None:
        try:
            candidate.url = self.plain(candidate.url)
            key = url_key(candidate.url)
        except ValueError:
            self._leave_out(candidate.url, "a broken address")
            return None
        if site_of(candidate.url) != self.state.site:
            self._leave_out(key, "another site")
            return None
        if host_of(candidate.url) not in self.hosts:
            if candidate.way in ("listing", "link", "recent-posts"):
                self._leave_out(key, "another host of the site")
                return None
            self.hosts.add(host_of(candidate.url))
        if key in self.under_way or hash(key) in self._claimed or self.state.outcome(candidate.url) is not None:
            return None
        if candidate.way == "urls":
            return candidate
        if reason := self._unwanted(candidate, key):
            self._leave_out(key, reason)
            return None
        memory = self.state.page(candidate.url)
        if memory is not None and not self._worth_another_look(candidate, memory):
            return None
        return candidate

    def _unwanted(self, candidate: Candidate, key: str) -> str | None:
        """Return why a candidate is not worth fetching, from its address and its dates alone."""
        vouched = candidate.way in VOUCHING
        if (reason := traps.trap(candidate.url)) and not (vouched and traps.is_list(reason)):
            return reason
        if not key.partition("?")[0].partition("/")[2] and "?" not in key:
            return "the home page"
        if hash(key) in self._pages:
            return "a standing page of the site"
        if candidate.way in ("listing", "link", "recent-posts") and self._is_below_article(key):
            return "a page below an article"
        if self._article_url is not None and not self._article_url.search(candidate.url):
            return "not the address of an article"
        if reason := self._given_up(candidate):
            return reason
        published, modified = moments.moment(candidate.published), moments.moment(candidate.modified)
        if published is None and (day := moments.day_in_address(candidate.url)) is not None:
            # A day of grace: the address may be on another clock than we.
            modified = min(modified, day + timedelta(days=1)) if modified else day + timedelta(days=1)
            candidate.rank = candidate.rank or day
        return self.out_of_time(published, modified)

    def _is_below_article(self, key: str) -> bool:
        """Whether an address continues that of an article: its pictures, comments, parts and whatever hangs on it."""
        path = key.partition("?")[0]
        for _ in range(3):
            path, slash, _ = path.rpartition("/")
            if not slash or "/" not in path:
                return False
            if hash(path) in self._claimed:
                return True
            # Not known to be an article: a section that a sitemap names has articles below it.
            if hash(path) in self._handed_out or hash(path) in self._named:
                return speaks_of_article(shape("http://" + path))
        return False

    def out_of_time(self, published: datetime | None, modified: datetime | None = None) -> str | None:
        """Return why an article of these dates is outside ``since`` and ``until``; ``None`` where it may be inside."""
        since, until = self._arguments.since, self._arguments.until
        # A page cannot be published after it was last changed, but long before it.
        latest = published or modified
        if since and latest and latest < since:
            return "older than since"
        if until and published and published >= until:
            return "newer than until"
        return None

    def _worth_another_look(self, candidate: Candidate, memory: PageMemory) -> bool:
        modified = moments.moment(candidate.modified)
        if modified is None or memory.fetched_at is None:
            return False
        return modified > memory.fetched_at

    # --- out ---

    def next(self) -> Candidate | None:
        """Return the next candidate to fetch, newest first; ``None`` where none waits now."""
        candidate, self._kept = self._kept or self._draw(), None
        if candidate is not None:
            self._last_rank = candidate.rank
            self.under_way[url_key(candidate.url)] = candidate
            self.shapes.tally(candidate.url).asked += 1
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
            key = url_key(candidate.url)
            if hash(key) in self._handed_out or hash(key) in self._claimed:
                continue
            if reason := self._given_up(candidate) or self._unchanged_too(candidate):
                self.drop(candidate.url, reason)
                continue
            self._handed_out.add(hash(key))
            return candidate

    def waits(self) -> bool:
        """Whether a candidate waits that was not handed out yet."""
        if self._kept is None:
            self._kept = self._draw()
        return self._kept is not None

    def learn_twins(self, pattern: str) -> None:
        """Take over how the site makes AMP addresses from plain ones."""
        self.twin_pattern = pattern

    def _given_up(self, candidate: Candidate) -> str | None:
        """Return why a candidate is not tried after what was found behind others like it."""
        if candidate.way in VOUCHING or self._article_url is not None:
            return None
        source = self._sources.get(sitemaps.family(candidate.source)) if candidate.source else None
        if candidate.way == "sitemap" and source and source[False] >= TRIALS and not source[True]:
            return "from a sitemap of pages that are no articles"
        tally = self.shapes.tally(candidate.url)
        if not tally.articles and tally.others >= (TRIALS if candidate.way == "sitemap" else 3):
            return "an address like those of pages that are no articles"
        return None

    def _unchanged_too(self, candidate: Candidate) -> str | None:
        """Return why a known article is not looked at again, though its sitemap says that it changed."""
        if candidate.way != "sitemap" or not candidate.source:
            return None
        if self._untrue[sitemaps.family(candidate.source)] < UNTRUE_CHANGES or not self._is_old_article(candidate.url):
            return None
        return "said to have changed, as were many that had not"

    def looked_again(self, candidate: Candidate, *, changed: bool) -> None:
        """Learn from a known article that was fetched again whether its sitemap tells the truth about changes."""
        if candidate.way == "sitemap" and candidate.source:
            family = sitemaps.family(candidate.source)
            self._untrue[family] = 0 if changed else self._untrue[family] + 1

    # --- settled ---

    def judge(self, candidate: Candidate, *, is_article: bool) -> None:
        """Learn from a page that was read."""
        tally = self.shapes.tally(candidate.url)
        if is_article:
            tally.articles += 1
        else:
            tally.others += 1
        if candidate.source and candidate.way == "sitemap":
            self._sources.setdefault(sitemaps.family(candidate.source), Counter())[is_article] += 1

    def release(self, candidate: Candidate) -> None:
        """A candidate is no longer under way; whoever judges its article settles it."""
        if self.under_way.pop(url_key(candidate.url), None) is not None:
            tally = self.shapes.tally(candidate.url)
            tally.asked = max(0, tally.asked - 1)
        self.changed.set()

    def drop(self, url: str, reason: str) -> None:
        """Settle an address that is not fetched, or gave a page that is not wanted, and count the reason."""
        self._count("dropped/" + slug(reason))
        self.state.settle(url, slug(reason))

    def note_drops(self, reason: str, count: int = 1) -> None:
        """Count addresses that were left out before they became candidates."""
        self._stats.inc_value(f"newsscraper/dropped/{slug(reason)}", count)

    def leave_out(self, url: str, reason: str) -> None:
        """Count an address that leads nowhere."""
        self._leave_out(url.partition("://")[2], reason)

    def _leave_out(self, key: str, reason: str) -> None:
        """Count an address that is left out: once, however many pages link to it."""
        if hash(key) not in self._left_out:
            if len(self._left_out) < MAX_NAMED:
                self._left_out.add(hash(key))
            self._count("dropped/" + slug(reason))
            if reason in OUT_OF_TIME:
                self.out_of_time_seen = True

    def _count(self, what: str) -> None:
        self._stats.inc_value(f"newsscraper/{what}")
