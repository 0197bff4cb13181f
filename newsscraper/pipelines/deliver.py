"""The add-on's pipeline: articles of another project's spiders are delivered, and go on as they are."""

from __future__ import annotations

import copy
import logging
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from itemadapter import ItemAdapter
from scrapy.exceptions import DropItem
from scrapy.utils.asyncio import AsyncioLoopingCall, create_looping_call
from scrapy.utils.defer import _schedule_coro

from newsscraper.article import FIELD_NAMES, Article, ArticleError
from newsscraper.completing import NEEDED, complete
from newsscraper.crawlstate import SiteState, StateFailed, StateLocked, open_state
from newsscraper.middlewares.keeping import KeepingMiddleware
from newsscraper.pipelines.dayfile import OutputFailed
from newsscraper.pipelines.lines import Lines
from newsscraper.pipelines.revise import revise
from newsscraper.pipelines.validate import slug_of

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler
    from twisted.internet.task import LoopingCall

logger = logging.getLogger(__name__)

_MOST_OPEN = 50
"""Sites whose files are open at a time; of a spider that goes from site to site the others are closed."""
_COMMIT_EVERY = 0.25


@dataclass(slots=True)
class _Site:
    state: SiteState
    lines: Lines


class Deliver:
    """Writes each article to the day file of its site, once, with its revisions; see `newsscraper.addon.NewsAddon`.

    An item goes on when its line is on disk, whatever came of it here: the project's own pipelines and exports get all
    that they got before. Where lines cannot be written, or another run holds the site, the spider is closed.

    Stats: ``newsscraper/articles/new|changed|unchanged|duplicate``, ``newsscraper/dropped/<reason>`` (items that are
    articles and cannot be delivered), ``newsscraper/failed/<reason>``.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._root = Path(crawler.settings["OUTPUT_DIR"]).absolute()
        self._sites: OrderedDict[str, _Site] = OrderedDict()
        self._timer: AsyncioLoopingCall | LoopingCall | None = None
        self._failed = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def open_spider(self) -> None:
        self._timer = create_looping_call(self._commit)
        self._timer.start(_COMMIT_EVERY, now=False)

    async def process_item(self, item: Any) -> Any:
        article = self._article(item)
        if article is None:
            return item
        site = await self._site(article.site or "")
        extra_counts = getattr(self.crawler.spider, "revise_on_extra", False) is True
        if revise(article, site.state, extra_counts=extra_counts) == "unchanged":
            self._count("articles/unchanged")
            return item
        if not await site.lines.write(article):
            raise DropItem(f"not written: {article.url}")  # the project must not take it for done
        self._count(f"articles/{'changed' if article.revision > 1 else 'new'}")
        if article.duplicate_of:
            self._count("articles/duplicate")
        return item

    async def close_spider(self) -> None:
        if self._timer is not None and self._timer.running:
            self._timer.stop()
        for site in list(self._sites.values()):
            await self._close(site)
        self._sites.clear()

    def _article(self, item: Any) -> Article | None:
        """Return the record of an item, the item left alone; ``None``: it is no article, or no valid one."""
        try:
            article = copy.deepcopy(item) if isinstance(item, Article) else article_of(ItemAdapter(item).asdict())
            if article is not None:
                complete(article)
        except ArticleError as error:
            self._count(f"dropped/{slug_of(error)}")
            logger.warning("Not delivered, for it is no valid record: %s: %s", error, ItemAdapter(item).get("url"))
            return None
        return article

    async def _site(self, name: str) -> _Site:
        """Return a site's files, opened.

        Raises:
            DropItem: they cannot be used; the spider is being closed.
        """
        if (site := self._sites.get(name)) is not None:
            self._sites.move_to_end(name)
            return site
        if len(self._sites) >= _MOST_OPEN:
            idle = next((old for old, one in self._sites.items() if not one.lines.busy), None)
            if idle is not None:
                await self._close(self._sites.pop(idle))
        if (site := self._sites.get(name)) is not None:  # opened meanwhile
            return site
        try:
            state = open_state(self._root / ".state", name)
        except (StateLocked, StateFailed, OSError) as error:
            reason = "site-locked" if isinstance(error, StateLocked) else "state-failed"
            self._stop(reason, str(error))
            raise DropItem(f"not written, as the files of {name} cannot be used") from error
        state.on_failure(lambda failure: self._stop("state-failed", str(failure)))
        try:
            lines = Lines(
                state,
                self._root,
                stats=self.crawler.stats,
                fail=self._output_failed,
                stopped=lambda: self._failed,
                keeper=self.crawler.get_downloader_middleware(KeepingMiddleware),
            )
        except OutputFailed as failure:
            state.close()
            self._output_failed(failure)
            raise DropItem(f"not written, as the files of {name} cannot be used") from failure
        state.begin_run(datetime.now(UTC))
        self._sites[name] = site = _Site(state, lines)
        return site

    async def _close(self, site: _Site) -> None:
        await site.lines.close(pack=self.crawler.settings.getbool("OUTPUT_ZSTD"))
        try:
            if not self._failed:
                site.state.finish_run(datetime.now(UTC), {"reason": "finished", "outcomes": site.state.outcomes()})
            site.state.close()
        except StateFailed as failure:
            logger.error("state of %s was not closed well: %s; the next run makes it good", site.state.site, failure)

    def _commit(self) -> None:
        for site in self._sites.values():
            if not self._failed:
                site.state.commit()

    def _output_failed(self, failure: OutputFailed) -> None:
        self._stop(failure.reason, str(failure))

    def _stop(self, reason: str, message: str) -> None:
        if self._failed:
            return
        self._failed = True
        logger.error("%s; the spider is closed, the next run delivers what it yields again", message)
        self._count(f"failed/{reason}")
        if self.crawler.engine is not None and self.crawler.engine.spider is not None:
            _schedule_coro(self.crawler.engine.close_spider_async(reason=reason))

    def _count(self, what: str) -> None:
        if self.crawler.stats:
            self.crawler.stats.inc_value(f"newsscraper/{what}")


def article_of(fields: Mapping[str, Any]) -> Article | None:
    """Return the record of another project's item; ``None`` where it has not the shape of an article.

    Dates may be `datetime` objects. What the record has no field for goes into ``extra``.

    Raises:
        ArticleError: a value does not fit; the message names the field.

    >>> article_of({"url": "https://a.org/b", "title": "Rain", "text": "It rains.", "price": 3}).extra
    {'price': 3}
    >>> article_of({"sku": 7}) is None
    True
    """
    if not fields.keys() >= set(NEEDED):
        return None
    try:
        values = msgspec.to_builtins(dict(fields))
    except (TypeError, ValueError) as error:
        raise ArticleError(f"{error} - at `$.extra`") from error
    own = {name: value for name, value in values.items() if name not in FIELD_NAMES}
    known = {name: value for name, value in values.items() if name in FIELD_NAMES and value is not None}
    if own:
        extra = known.get("extra")
        known["extra"] = {**own, **extra} if isinstance(extra, dict) else own
    return Article.from_dict(known)
