"""One article from all its pages: the parts of a split one, and the AMP twin where that adds something."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from newsscraper.address import Address
from newsscraper.article import Article
from newsscraper.crawling.fetching import Fetcher
from newsscraper.crawling.pages import Pages, ReadPage, Unreadable
from newsscraper.dates.claim import Claim
from newsscraper.discovery import twins
from newsscraper.extraction.plaintext import fold
from newsscraper.pagenumbers import follows

if TYPE_CHECKING:
    from newsscraper.archives.kept import Story
    from newsscraper.crawling.lessons import Lessons
    from newsscraper.crawlstate import SiteState
    from newsscraper.extraction.page import Reading, SiteHints
    from newsscraper.middlewares.keeping import KeepingMiddleware

logger = logging.getLogger(__name__)

MAX_PARTS = 30
TRIAL_PAIRS = 2
"""Twin pairs that are fetched before a site's AMP pages are used or left alone."""
TRIAL_NEXT = 3
"""Times that what ``rel=next`` names is another story, after which it is not asked any more."""
_WORD = re.compile(r"\w+")
_OF = r"(?:\W+(?:[^\W\d_]{1,4}\W+)?\d{1,2})?\W*$"
_PART = re.compile(rf"\W+(?:[^\W\d_]{{1,8}}\W*)?\b\d{{1,2}}{_OF}")
_FIRST_PART = re.compile(rf"\W+(?:[^\W\d_]{{1,8}}\W*)?\b1{_OF}")
"""What counts a part at the end of its headline: "(2/3)", "– page 2", "Teil 2 von 3"."""


@dataclass(slots=True)
class Assembled:
    """An article and the addresses that it was made from.

    Attributes:
        article: the record.
        addresses: all that are this article's.
        complete: every part that the page names was read.
        story: what it was made of, where that is kept.
    """

    article: Article
    addresses: list[Address] = field(default_factory=list)
    complete: bool = True
    story: Story | None = None


class Assembly:
    """Fetches what belongs to an article besides its first page.

    Args:
        fetcher: sends requests.
        pages: reads them.
        state: keeps what was learnt of the site's AMP pages: the habit ``amp`` is ``"skip"``, ``"join"``, or missing
            while it is being found out.
        lessons: told of the pattern of the site's AMP addresses.
        keeper: remembers what articles are made of, where that is wanted.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        pages: Pages,
        state: SiteState,
        lessons: Lessons,
        keeper: KeepingMiddleware | None = None,
    ) -> None:
        self._fetcher = fetcher
        self._pages = pages
        self._state = state
        self._lessons = lessons
        self._keeper = keeper
        self._trials: list[str] = []
        self._trying = 0
        self._strangers = 0  # next stories that were taken for parts
        self._trial = asyncio.Condition()

    async def whole(self, page: ReadPage, claims: tuple[Claim, ...]) -> Assembled:
        """Return the whole article that ``page`` is the first one of."""
        assembled = Assembled(page.article or Article(), [page.address])
        twin = await self._twin(page, claims)
        named = page.parts or (twin.parts if twin is not None else ())
        parts = await (self._named(named, page, claims, assembled) if named else self._behind(page, claims, assembled))
        pages = [page, *parts]
        if twin is not None:
            pages.append(twin)
            if page.twin is not None:
                assembled.addresses.append(page.twin)
        hints = self._pages.hints()
        if len(pages) > 1:
            from newsscraper.extraction import joining

            assembled.article = joining.join([each.reading for each in pages], hints=hints)
        self._keep(assembled, pages, hints)
        if not assembled.complete:
            assembled.article.extraction.warnings.append("incomplete: a part of it could not be had")
        return assembled

    def told(self, page: ReadPage) -> Assembled:
        """Return the article that a feed tells."""
        assembled = Assembled(page.article or Article(), [page.address])
        self._keep(assembled, [page], self._pages.hints())
        assembled.article.extraction.warnings.insert(0, "from-feed")
        return assembled

    def _keep(self, assembled: Assembled, pages: Sequence[ReadPage], hints: SiteHints) -> None:
        if self._keeper is not None:
            made_of = ((each.given, each.response, each.reading) for each in pages)
            assembled.story = self._keeper.story_of(made_of, hints, assembled.article)

    # --- parts ---

    async def _named(
        self, named: tuple[Address, ...], page: ReadPage, claims: tuple[Claim, ...], assembled: Assembled
    ) -> list[ReadPage]:
        """Read the parts that a pagination names."""
        parts = []
        for address in named[:MAX_PARTS]:
            plain = self._lessons.plain(address)
            if plain == page.address or address.site != page.address.site:
                continue
            # Only the AMP twin may name the parts, as with block themes of WordPress; the plain ones are better.
            part = await self._read(plain, "part", claims)
            if part is None and plain != address:
                part = await self._read(address, "part", claims)
            assembled.addresses += dict.fromkeys((plain, address))
            if part is None:
                assembled.complete = False
            elif part.address != page.address:  # a part that is not there leads to the first one
                parts.append(part)
        return parts

    async def _behind(self, page: ReadPage, claims: tuple[Claim, ...], assembled: Assembled) -> list[ReadPage]:
        """Read the parts that come one behind the other, where nothing but ``rel=next`` tells so."""
        parts: list[ReadPage] = []
        if self._strangers >= TRIAL_NEXT:
            return parts
        last, seen = page, {page.address}
        while (address := last.next_page) is not None and address not in seen and len(parts) < MAX_PARTS:
            seen.add(address)
            related = any(follows(each.address.text, address.text) for each in (page, last))
            if address.site != page.address.site or not related:
                break
            part = await self._read(address, "part", claims)
            if part is None or not same_story(page, part):
                self._strangers += not parts
                break  # the next story, which is a candidate of its own
            self._strangers = -MAX_PARTS  # here it names parts
            assembled.addresses.append(address)
            parts.append(part)
            last = part
        return parts

    # --- the AMP twin ---

    async def _twin(self, page: ReadPage, claims: tuple[Claim, ...]) -> ReadPage | None:
        """Return the AMP twin where it is wanted; learn from the first pairs whether it is."""
        reading, amp = page.reading, page.twin
        if reading.is_amp or amp is None or amp.site != page.address.site:
            return None
        self._learn_pattern(page.canonical or page.address, amp)
        async with self._trial:
            # While pairs are compared, others wait for what that shows.
            await self._trial.wait_for(lambda: self._state.habit("amp") is not None or self._has_room())
            habit = self._state.habit("amp")
            lacking = reading.needs_javascript or not page.text
            if habit == "skip" and not lacking:
                return None
            self._trying += 1
        try:
            twin = await self._read(amp, "twin", claims)
            if twin is None or twin.article is None:
                return None
            self._learn_clock(reading, twin.reading)
            if habit is None:
                self._learn_worth(page, twin)
            return twin
        finally:
            self._trying -= 1
            async with self._trial:
                self._trial.notify_all()

    def _has_room(self) -> bool:
        return len(self._trials) + self._trying < TRIAL_PAIRS

    def _learn_worth(self, page: ReadPage, twin: ReadPage) -> None:
        """Learn from the first pairs whether the site's AMP pages are worth a request for each article."""
        parts = "parts" if twin.parts and not page.parts else None
        # The first part of a split article has less text than its twin, which tells nothing of the twin's worth.
        self._trials.append(parts or adds(page.reading, twin.reading, whole=not page.parts) or "nothing")
        if len(self._trials) >= TRIAL_PAIRS or parts:
            telling = [trial for trial in self._trials if trial != "nothing"]
            useful = bool(parts) or len(telling) * 2 >= len(self._trials)
            self._state.learn("amp", "join" if useful else "skip")
            what = telling[-1] if telling else "nothing"
            logger.info("AMP pages add %s here: they are %s", what, "read too" if useful else "left alone")

    def _learn_pattern(self, plain: Address, amp: Address) -> None:
        if self._lessons.twin_pattern is None and (pattern := twins.pattern(plain, amp)):
            self._lessons.learn_twins(pattern)

    def _learn_clock(self, reading: Reading, twin: Reading) -> None:
        """Learn whether the site's AMP pages are on the wrong clock, which one pair shows."""
        if self._state.habit("amp-clock-is-gmt") is not None or reading.article is None:
            return
        from newsscraper import dates

        told = reading.article.fetched_at
        hints = self._pages.hints()
        verdict = dates.decide(
            (*reading.claims, *twin.claims),
            fetched_at=datetime.fromisoformat(told) if told else None,
            languages=hints.languages,
            timezone=hints.timezone,
        )
        if verdict.amp_clock_is_gmt is not None:
            self._state.learn("amp-clock-is-gmt", verdict.amp_clock_is_gmt)

    async def _read(self, address: Address, what: str, claims: tuple[Claim, ...]) -> ReadPage | None:
        answer = await self._fetcher.get(address, what=what)
        if answer.response is None:
            return None
        try:
            return await self._pages.read(answer, claims=claims)
        except Unreadable:
            return None


def same_story(first: ReadPage, part: ReadPage) -> bool:
    """Whether a page goes on with the story of another one: by its headline, but for words that count its parts."""
    if part.canonical is not None and part.canonical == first.address:
        return True
    own = {fold(first.title), fold(_FIRST_PART.sub("", first.title))}
    return not own.isdisjoint({fold(part.title), fold(_PART.sub("", part.title))}) and bool(fold(first.title))


def adds(plain: Reading, twin: Reading, *, whole: bool = True) -> str | None:
    """Return what an AMP page adds to the plain one, in words; ``None`` where it adds nothing.

    Recent posts do not count: they are other articles, which are found anyway. Where the plain page is not the
    ``whole`` article, its text is not compared: the other parts have the rest.
    """
    one, two = plain.article or Article(), twin.article or Article()
    words, more = set(_WORD.findall((one.text or "").lower())), set(_WORD.findall((two.text or "").lower()))
    longer = len((two.text or "").split()) > 1.1 * len((one.text or "").split())
    if whole and longer and len(more - words) > 0.05 * len(more):
        return "text"
    for name in ("title", "date_published", "authors", "categories", "tags"):
        if getattr(two, name) and not getattr(one, name):
            return name.replace("_", " ")
    return None
