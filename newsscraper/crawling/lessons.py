"""What a site has taught: what its articles' addresses look like, and whose word there is to be taken."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from newsscraper.address import Address
from newsscraper.crawling.verdicts import ENOUGH_LIKES
from newsscraper.discovery import sessions, sitemaps, twins
from newsscraper.discovery.candidate import Candidate
from newsscraper.discovery.shapes import Shapes

if TYPE_CHECKING:
    from newsscraper.crawlstate import SiteState

UNTRUE_CHANGES = 20
"""Articles in a row that a sitemap says have changed, and they have not: then its word is not taken any more."""
MAX_TITLES = 5000
MAX_STANDING_PAGES = 500_000
MAX_TEMPLATES = 200
MAX_DATES = 100_000
"""Addresses whose dates feeds and news sitemaps have told."""
_LYING_CANONICALS = 2


class Lessons:
    """What is learnt of a site while it is crawled; what holds for longer is kept from run to run.

    Args:
        state: the site's state.

    Attributes:
        shapes: what is known of its addresses.
        twin_pattern: how it makes AMP addresses from plain ones.
        sessions: parameters that name its reader's session, on every link of its pages.
        listings: pages that were looked at for articles, and list some.
        covered: its sitemaps name all articles: an address that they do not name must speak clearly to be tried.
    """

    def __init__(self, state: SiteState) -> None:
        self._state = state
        self.shapes = Shapes(state.habit("shapes"))
        self.twin_pattern: str | None = state.habit("amp-pattern")
        self.sessions: set[str] = set(state.habit("sessions") or ())
        self.listings: list[Address] = []
        self.covered = False
        self._sources: dict[str, Counter[bool]] = {}
        self._untrue: Counter[str] = Counter()
        self._standing_pages: set[int] = set()
        self._dated: dict[int, Candidate] = {}
        self._titles: OrderedDict[Address, str] = OrderedDict()
        self._lies = 0
        self._stories: dict[str, dict[Address, str]] = {}
        self._templates: set[str] = set(state.habit("templates") or ())

    def keep(self) -> None:
        """Keep for the next run what the addresses looked like."""
        self._state.learn("shapes", self.shapes.to_json())
        self._state.learn("templates", sorted(self._templates)[:MAX_TEMPLATES])

    # --- addresses ---

    def learn_twins(self, pattern: str) -> None:
        """Take over how the site makes AMP addresses from plain ones."""
        self.twin_pattern = pattern
        self._state.learn("amp-pattern", pattern)

    def plain(self, address: Address) -> Address:
        """Return the address by which a page is fetched: not its AMP or tracking variant, in no session."""
        return twins.plain_of(sessions.without(address, self.sessions), self.twin_pattern).canonical

    def links_were_seen(self, links: Iterable[str]) -> dict[str, str]:
        """Learn from a page's links which parameters name a session; return those on every link that may be one's."""
        unclear = {}
        for name, value in sessions.constant(links).items():
            if name in self.sessions:
                continue
            if sessions.is_told_by_looks(name, value):
                self.learn_session(name)
            else:
                unclear[name] = value
        return unclear

    def learn_session(self, name: str) -> None:
        """Take it that a parameter names a session."""
        self.sessions.add(name)
        self._state.learn("sessions", sorted(self.sessions))

    def outside_session(self, address: Address) -> Address:
        """Return the address as one that reads in no session has it."""
        return sessions.without(address, self.sessions)

    def name_standing_page(self, address: Address) -> None:
        """Note that the site itself says that an address is a standing page and no article."""
        if len(self._standing_pages) < MAX_STANDING_PAGES:
            self._standing_pages.add(hash(self.plain(address)))

    def is_standing_page(self, plain: Address) -> bool:
        """Whether the site itself says so."""
        return hash(plain) in self._standing_pages

    # --- dates ---

    def dates_were_told(self, candidate: Candidate) -> None:
        """Note what a source says of an article's date: whoever names the article without one is told it."""
        if candidate.published and candidate.dated_by is None and len(self._dated) < MAX_DATES:
            self._dated.setdefault(hash(self.plain(candidate.address)), candidate)

    def date(self, candidate: Candidate) -> None:
        """Give a candidate the date that a source has told of its article, where it has none of its own."""
        if candidate.published is None and (told := self._dated.get(hash(candidate.address))) is not None:
            candidate.published, candidate.modified = told.published, candidate.modified or told.modified
            candidate.read_at, candidate.dated_by = told.read_at or candidate.read_at, told.way
            candidate.rank = told.rank or candidate.rank

    # --- what pages turned out to be ---

    def page_was_read(self, candidate: Candidate, *, is_article: bool) -> None:
        """Learn from what a candidate turned out to be."""
        self.shapes.page_was_read(candidate.address, is_article=is_article)
        if candidate.source and candidate.way == "sitemap":
            self._sources.setdefault(sitemaps.family(candidate.source), Counter())[is_article] += 1

    def articles_and_others_of(self, candidate: Candidate) -> tuple[int, int]:
        """Return what the pages that the candidate's sitemap names turned out to be."""
        if candidate.source is None or candidate.way != "sitemap":
            return 0, 0
        counts = self._sources.get(sitemaps.family(candidate.source), Counter())
        return counts[True], counts[False]

    def looked_again(self, candidate: Candidate, *, changed: bool) -> None:
        """Learn from a known article that was fetched again whether its sitemap tells the truth about changes."""
        if candidate.way == "sitemap" and candidate.source:
            family = sitemaps.family(candidate.source)
            self._untrue[family] = 0 if changed else self._untrue[family] + 1

    def says_untruly_changed(self, candidate: Candidate) -> bool:
        """Whether the candidate's sitemap said of many articles that they had changed, and they had not."""
        if candidate.way != "sitemap" or candidate.source is None:
            return False
        return self._untrue[sitemaps.family(candidate.source)] >= UNTRUE_CHANGES

    # --- templates ---

    def reads_like_story(self, address: Address, template: str, title: str) -> None:
        """Note a page that is an article or reads like a story: it vouches for others of its template."""
        if template:
            self._stories.setdefault(_kind(address, template), {}).setdefault(address, title)

    def likes(self, address: Address, template: str, title: str) -> int:
        """Return how many other pages of a template, at addresses like this one, read like stories of their own."""
        key = _kind(address, template)
        if key in self._templates:
            return ENOUGH_LIKES
        titles = {told for other, told in self._stories.get(key, {}).items() if other != address} - {title, ""}
        if template and len(titles) >= ENOUGH_LIKES:
            self._templates.add(key)
        return len(titles)

    # --- canonical addresses ---

    def canonical_was_told(self, canonical: Address, title: str) -> None:
        """Note which address the page of that title gives itself."""
        if self._titles.setdefault(canonical, title) != title:
            self._lies += 1
        if len(self._titles) > MAX_TITLES:
            self._titles.popitem(last=False)

    def canonical_is_a_lie(self, canonical: Address, title: str) -> bool:
        """Whether different articles name this same address, or others of this site do such a thing."""
        return self._lies >= _LYING_CANONICALS or self._titles.get(canonical, title) != title


def _kind(address: Address, template: str) -> str:
    return f"{template} {address.shape}"
