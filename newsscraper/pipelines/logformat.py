"""Log lines about articles that say which article, and do not print the whole of it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from scrapy.logformatter import LogFormatter, LogFormatterResult

from newsscraper.article import Article
from newsscraper.extensions.foot import has_foot

if TYPE_CHECKING:
    from typing import Self

    from scrapy import Spider
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure


class ArticleLogFormatter(LogFormatter):
    """Scrapy's log formatter, short on articles (setting ``LOG_FORMATTER``).

    Args:
        level: of the line for an article that is on disk.
    """

    def __init__(self, level: int = logging.INFO) -> None:
        self._level = level

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the formatter: where the foot of a terminal counts the articles, the log need not name each."""
        return cls(logging.DEBUG if has_foot(crawler.settings) else logging.INFO)

    def scraped(self, item: Any, response: Response | Failure | None, spider: Spider) -> LogFormatterResult:
        """One line for an article that is on disk."""
        if not isinstance(item, Article):
            return super().scraped(item, response, spider)
        what = f"revision {item.revision}" if item.revision > 1 else "new"
        args = {"what": what, "url": item.url, "title": item.title}
        return {"level": self._level, "msg": "Article (%(what)s): %(url)s %(title)s", "args": args}

    def dropped(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult:
        """One line for an article that does not get there."""
        result = super().dropped(item, exception, response, spider)
        if isinstance(item, Article):
            return {"level": result["level"], "msg": "Dropped: %(exception)s", "args": {"exception": exception}}
        return result

    def item_error(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult:
        """The traceback of a pipeline that raised, under a line that names the article."""
        if not isinstance(item, Article):
            return super().item_error(item, exception, response, spider)
        return {"level": logging.ERROR, "msg": "Error processing the article of %(url)s", "args": {"url": item.url}}
