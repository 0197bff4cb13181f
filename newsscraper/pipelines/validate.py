"""First pipeline: only whole, clean records go on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NoReturn

from itemadapter import ItemAdapter
from scrapy.exceptions import DropItem

from newsscraper.article import Article, ArticleError
from newsscraper.completing import NEEDED, complete
from newsscraper.extensions.dropped import Dropped
from newsscraper.extensions.state import State
from newsscraper.urls import article_id

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler


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
            if not fields.keys() >= set(NEEDED):
                return item
            item = self._article_of(fields)
        try:
            complete(item, id_at=self._id_at)
        except ArticleError as error:
            self._drop(item, str(error), slug_of(error))
        return item

    def _id_at(self, url: str) -> str:
        """Return the id of the article at an address, which may be older than its address."""
        extension = self.crawler.get_extension(State)
        return extension.site_state.id_at(url) if extension else article_id(url)

    def _article_of(self, fields: dict[str, Any]) -> Article:
        try:
            return Article.from_dict(fields)
        except ArticleError as error:
            self._drop(Article(url=str(fields["url"]) or None), str(error), slug_of(error))

    def _drop(self, item: Article, reason: str, slug: str) -> NoReturn:
        self.crawler.stats.inc_value(f"newsscraper/dropped/{slug}")
        if extension := self.crawler.get_extension(State):
            extension.site_state.refused(item, "invalid")
        if dropped := self.crawler.get_extension(Dropped):
            dropped.note(item.url or item.source_url or "", slug, detail=reason, unusual=True)
        raise DropItem(f"invalid record: {reason}: {item.url or item.source_url}")


def slug_of(error: ArticleError) -> str:
    """Return the word under which a wrong record is counted.

    >>> slug_of(ArticleError("no text")), slug_of(ArticleError("Expected `str` - at `$.title`"))
    ('no-text', 'invalid-title')
    """
    if missing := re.fullmatch(r"no (\w+)", str(error)):
        return f"no-{missing[1]}"
    field = re.search(r"\$\.(\w+)", str(error))
    return f"invalid-{field[1] if field else 'record'}"
