"""First pipeline: only whole, clean records go on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NoReturn

from itemadapter import ItemAdapter
from scrapy.exceptions import DropItem

from newsscraper.article import Article, ArticleError, validate
from newsscraper.cleaning import clean
from newsscraper.digest import content_hash
from newsscraper.extensions.dropped import Dropped
from newsscraper.extensions.state import State
from newsscraper.urls import article_id, site_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self

    from scrapy.crawler import Crawler

NEEDED = ("url", "title", "text")
"""Fields without which an item is no article."""


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


def complete(article: Article, *, id_at: Callable[[str], str] = article_id) -> None:
    """Clean a record in place, fill in what follows from it, and check it.

    Args:
        article: the record.
        id_at: gives the id of the article at an address; that of the address itself, where nothing is known of moves.

    Raises:
        ArticleError: it is not valid, or lacks address, title or text.

    >>> article = Article(url="https://www.example.com/a?utm_source=x", title="Rain", text="It rains.")
    >>> complete(article)
    >>> article.site, article.id == article_id("https://www.example.com/a")
    ('example.com', True)
    """
    clean(article)
    if article.url:
        article.id = id_at(article.url)
        article.source_url = article.source_url or article.url
        article.site = article.site or site_of(article.url)
    article.content_hash = content_hash(article)
    if missing := next((name for name in NEEDED if not getattr(article, name)), None):
        raise ArticleError(f"no {missing}")
    validate(article)


def slug_of(error: ArticleError) -> str:
    """Return the word under which a wrong record is counted.

    >>> slug_of(ArticleError("no text")), slug_of(ArticleError("Expected `str` - at `$.title`"))
    ('no-text', 'invalid-title')
    """
    if missing := re.fullmatch(r"no (\w+)", str(error)):
        return f"no-{missing[1]}"
    field = re.search(r"\$\.(\w+)", str(error))
    return f"invalid-{field[1] if field else 'record'}"
