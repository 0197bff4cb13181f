"""Second pipeline: what was delivered before is not delivered again, what changed is a revision."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from scrapy import signals
from scrapy.exceptions import DropItem

from newsscraper.article import Article
from newsscraper.crawlstate import SiteState
from newsscraper.crawlstate.fingerprint import changed_fields, fingerprint, keep_finer_date
from newsscraper.extensions.state import State
from newsscraper.urls import article_id

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler


class Revise:
    """Compares each `Article` with what was delivered under its id, and names the near-duplicate that it repeats.

    An unchanged article is dropped; a changed one gets ``revision``, ``changed`` and the first one's ``first_seen_at``.
    What counts as a change: `newsscraper.crawlstate.fingerprint`.
    Stats: ``newsscraper/articles/new|changed|moved|duplicate`` of what is on disk, ``…/unchanged``.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        pipeline = cls(crawler)
        crawler.signals.connect(pipeline.item_scraped, signal=signals.item_scraped)
        return pipeline

    def process_item(self, item: Any) -> Any:
        extension = self.crawler.get_extension(State)
        if not isinstance(item, Article) or extension is None:
            return item
        extra_counts = getattr(self.crawler.spider, "revise_on_extra", False) is True
        if revise(item, extension.site_state, extra_counts=extra_counts) == "unchanged":
            self.crawler.stats.inc_value("newsscraper/articles/unchanged")
            raise DropItem(f"unchanged: {item.url}", log_level="DEBUG")
        return item

    def item_scraped(self, item: Any) -> None:
        """Count an article that has come through all pipelines."""
        if isinstance(item, Article):
            self.crawler.stats.inc_value(f"newsscraper/articles/{'changed' if item.revision > 1 else 'new'}")
            if "url" in item.changed:
                self.crawler.stats.inc_value("newsscraper/articles/moved")
            if item.duplicate_of:
                self.crawler.stats.inc_value("newsscraper/articles/duplicate")


def revise(article: Article, state: SiteState, *, extra_counts: bool = False) -> str:
    """Set the fields that depend on earlier deliveries; return ``"new"``, ``"changed"`` or ``"unchanged"``.

    Unless unchanged, the article counts as expected by the state from here on.
    """
    before = state.article(article.id or "")
    article.changed, article.revision, article.duplicate_of = [], 1, None
    if before is None:
        article.first_seen_at = article.fetched_at or datetime.now(UTC).isoformat(timespec="seconds")
    else:
        article.changed = changed_fields(before.fields, fingerprint(article), extra_counts=extra_counts)
        if state.has_moved(article):
            article.changed.insert(0, "url")
        elif before.url and article_id(before.url) != article_id(article.url or ""):
            article.url = before.url  # an address that it had before may still answer
        if not article.changed:
            state.unchanged(article)
            return "unchanged"
        keep_finer_date(article, before.fields)
        article.revision = before.revision + 1
        article.first_seen_at = before.first_seen_at
    article.duplicate_of = state.near_duplicate(article)
    state.expect(article)
    return "changed" if before else "new"
