"""Log lines about articles that say which article, and do not print the whole of it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from scrapy.logformatter import LogFormatter, LogFormatterResult

from newsscraper.article import Article

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.http import Response
    from twisted.python.failure import Failure


class ArticleLogFormatter(LogFormatter):
    """Scrapy's log formatter, short on articles (setting ``LOG_FORMATTER``)."""

    def scraped(self, item: Any, response: Response | Failure | None, spider: Spider) -> LogFormatterResult:
        """One line for an article that goes to disk."""
        if not isinstance(item, Article):
            return super().scraped(item, response, spider)
        what = f"revision {item.revision}" if item.revision > 1 else "new"
        return {"level": logging.DEBUG, "msg": "Article (%(what)s): %(url)s", "args": {"what": what, "url": item.url}}

    def dropped(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult:
        """One line for an article that does not."""
        result = super().dropped(item, exception, response, spider)
        if isinstance(item, Article):
            return {"level": result["level"], "msg": "Dropped: %(exception)s", "args": {"exception": exception}}
        return result
