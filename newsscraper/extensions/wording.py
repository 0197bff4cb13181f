"""What the log says of items: their address, not their text; and never a secret."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy import Spider, logformatter
from scrapy.http import Response
from twisted.python.failure import Failure

from newsscraper.article import Article
from newsscraper.middlewares.secrets import hide_secrets_in_logs

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler


class LogFormatter(logformatter.LogFormatter):
    """Scrapy's wording, with an article's address where Scrapy prints the whole item."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the formatter; from here on no log record of this process holds a secret."""
        hide_secrets_in_logs()
        return cls()

    def scraped(self, item: Any, response: Response | Failure | None, spider: Spider) -> Any:
        """Word a delivered item."""
        return _short(super().scraped(item, response, spider), item, "Scraped: %(item)s")

    def dropped(self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider) -> Any:
        """Word an item that a pipeline leaves out."""
        return _short(super().dropped(item, exception, response, spider), item, "Dropped: %(exception)s")

    def item_error(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> Any:
        """Word an item that a pipeline failed at."""
        return _short(super().item_error(item, exception, response, spider), item, "Error processing %(item)s")


def _short(words: Any, item: Any, message: str) -> Any:
    if isinstance(item, Article):
        words["msg"] = message
        words["args"]["item"] = item.url or item.source_url or item.title
    return words
