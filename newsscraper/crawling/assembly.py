"""One article from all its pages: the parts of a split one, and the AMP twin where that adds something."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from newsscraper.address import Address
from newsscraper.article import Article
from newsscraper.crawling.fetching import Fetcher
from newsscraper.crawling.pages import Pages, ReadPage, Unreadable
from newsscraper.dates.claim import Claim
from newsscraper.discovery import twins

if TYPE_CHECKING:
    from newsscraper.crawling.lessons import Lessons
    from newsscraper.crawlstate import SiteState
    from newsscraper.extraction.page import Reading

logger = logging.getLogger(__name__)

MAX_PARTS = 30
TRIAL_PAIRS = 2
"""Twin pairs that are fetched before a site's AMP pages are used or left alone."""
_WORD = re.compile(r"\w+")


@dataclass(slots=True)
class Assembled:
    """An article and the addresses that it was made from.

    Attributes:
        article: the record.
        addresses: all that are this article's.
        complete: every part that the page names was read.
    """

    article: Article
    addresses: list[Address] = field(default_factory=list)
    complete: bool = True


class Assembly:
    """Fetches what belongs to an article besides its first page.

    Args:
        fetcher: sends requests.
        pages: reads them.
        state: keeps what was learnt of the site's AMP pages: the habit ``amp`` is ``"skip"``, ``"join"``, or missing
            while it is being found out.
        lessons: told of the pattern of the site's AMP addresses.
    """

    def __init__(self, fetcher: Fetcher, pages: Pages, state: SiteState, lessons: Lessons) -> None:
        self._fetcher = fetcher
        self._pages = pages
        self._state = state
        self._lessons = lessons
        self._trials: list[str] = []
        self._trying = 0

    async def whole(self, page: ReadPage, claims: tuple[Claim, ...]) -> Assembled:
        """Return the whole article that ``page`` is the first one of."""
        readings = [page.reading]
        assembled = Assembled(page.article or Article(), [page.address])
        for address in self._parts(page):
            part = await self._read(address, "part", claims)
            assembled.addresses.append(address)
            if part is None:
                assembled.complete = False
            else:
                readings.append(part)
        if (twin := await self._twin(page, claims)) is not None:
            readings.append(twin)
            if page.twin is not None:
                assembled.addresses.append(page.twin)
        if len(readings) > 1:
            from newsscraper.extraction import joining

            assembled.article = joining.join(readings, hints=self._pages.hints())
        return assembled

    def _parts(self, page: ReadPage) -> list[Address]:
        own = page.address
        return [address for address in page.parts[:MAX_PARTS] if address != own and address.site == own.site]

    async def _twin(self, page: ReadPage, claims: tuple[Claim, ...]) -> Reading | None:
        """Return the AMP twin's reading where it is wanted; learn from the first pairs whether it is."""
        reading, amp = page.reading, page.twin
        if reading.is_amp or amp is None or amp.site != page.address.site:
            return None
        self._learn_pattern(page.canonical or page.address, amp)
        habit = self._state.habit("amp")
        lacking = reading.needs_javascript or not page.text
        trial = habit is None and len(self._trials) + self._trying < TRIAL_PAIRS
        if not (habit == "join" or lacking or trial):
            return None
        self._trying += 1
        try:
            twin = await self._read(amp, "twin", claims)
        finally:
            self._trying -= 1
        if twin is None or twin.article is None:
            return None
        added = adds(reading, twin)
        self._learn_clock(reading, twin)
        if habit is None:
            self._trials.append(added or "nothing")
            if len(self._trials) >= TRIAL_PAIRS:
                useful = sum(trial != "nothing" for trial in self._trials) * 2 >= len(self._trials)
                self._state.learn("amp", "join" if useful else "skip")
                logger.info(
                    "AMP pages add %s here: they are %s", added or "nothing", "read too" if useful else "left alone"
                )
        return twin

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

    async def _read(self, address: Address, what: str, claims: tuple[Claim, ...]) -> Reading | None:
        answer = await self._fetcher.get(address, what=what)
        if answer.response is None:
            return None
        try:
            return (await self._pages.read(answer, claims=claims)).reading
        except Unreadable:
            return None


def adds(plain: Reading, twin: Reading) -> str | None:
    """Return what an AMP page adds to the plain one, in words; ``None`` where it adds nothing.

    Recent posts do not count: they are other articles, which are found anyway.
    """
    one, two = plain.article or Article(), twin.article or Article()
    words, more = set(_WORD.findall((one.text or "").lower())), set(_WORD.findall((two.text or "").lower()))
    if len((two.text or "").split()) > 1.1 * len((one.text or "").split()) and len(more - words) > 0.05 * len(more):
        return "text"
    for name in ("title", "date_published", "authors", "categories", "tags"):
        if getattr(two, name) and not getattr(one, name):
            return name.replace("_", " ")
    return None
