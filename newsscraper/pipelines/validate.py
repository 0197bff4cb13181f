"""First pipeline: only whole, clean records go on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NoReturn

from itemadapter import ItemAdapter
from scrapy.exceptions import DropItem

from newsscraper.article import Article, ArticleError, validate
from newsscraper.cleaning import clean
from newsscraper.digest import content_hash
from newsscraper.extensions.state import State
from newsscraper.urls import article_id, site_of

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler

_NEEDED = ("url", "title", "text")


class Validate:
    """Cleans each article, fills in what follows from it, and drops what is not valid.

    An article is an `Article`, or an item of another kind (dict, Scrapy item, dataclass) with ``url``, ``title`` and
    ``text``; items without these pass untouched.

    Stats: ``newsscraper/dropped/no-text``, ``newsscraper/dropped/invalid-date_published``, …; the log says the rest.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_item(self, item: Any) -> Any:
        if not isinstance(item, Article):
            fields = ItemAdapter(item).asdict()
            if not fields.keys() >= set(_NEEDED):
                return item
            item = self._article_of(fields)
        clean(item)
        if item.url:
            item.id = self._id_at(item.url)
            item.source_url = item.source_url or item.url
            item.site = item.site or site_of(item.url)
        item.content_hash = content_hash(item)
        missing = next((name for name in _NEEDED if not getattr(item, name)), None)
        if missing:
            self._drop(item, f"no {missing}", f"no-{missing}")
        try:
            validate(item)
        except ArticleError as error:
            self._drop(item, str(error), _slug(error))
        return item

    def _id_at(self, url: str) -> str:
        """Return the id of the article at an address, which may be older than its address."""
        extension = self.crawler.get_extension(State)
        return extension.site_state.id_at(url) if extension else article_id(url)

    def _article_of(self, fields: dict[str, Any]) -> Article:
        try:
            return Article.from_dict(fields)
        except ArticleError as error:
            self._drop(Article(url=str(fields["url"]) or None), str(error), _slug(error))

    def _drop(self, item: Article, reason: str, slug: str) -> NoReturn:
        self.crawler.stats.inc_value(f"newsscraper/dropped/{slug}")
        if extension := self.crawler.get_extension(State):
            extension.site_state.refused(item, "invalid")
        raise DropItem(f"invalid record: {reason}: {item.url or item.source_url}")


def _slug(error: ArticleError) -> str:
    field = re.search(r"\$\.(\w+)", str(error))
    return f"invalid-{field[1] if field else 'record'}"
