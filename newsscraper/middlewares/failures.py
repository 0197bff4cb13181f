"""Counts each request that finally failed, under a name that a person understands."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.http import Response

from newsscraper.middlewares.reasons import (
    PROBE,
    Reason,
    Refused,
    count_failure,
    reason_for_exception,
    reason_for_status,
)
from newsscraper.middlewares.secrets import hide_secrets_in_logs

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)


class FailureMiddleware:
    """The outermost downloader middleware: what reaches it has been retried and redirected as far as it goes."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the middleware; it is always on. From here on no log record of this process holds a secret."""
        hide_secrets_in_logs()
        return cls(crawler)

    async def process_response(self, request: Request, response: Response) -> Response:
        """Count an answer that is no page; 304 is one, and so is a redirect that whoever asked wants to see."""
        redirect = 300 <= response.status < 400 and request.meta.get("dont_redirect") and "Location" in response.headers
        if response.status >= 300 and response.status != 304 and not redirect:
            self._fail(request, reason_for_status(response.status), f"HTTP {response.status}")
        return response

    async def process_exception(self, request: Request, exception: Exception) -> None:
        """Count a request that ended without an answer."""
        self._fail(request, reason_for_exception(exception), "", told=isinstance(exception, Refused))

    def _fail(self, request: Request, cause: Reason, detail: str, *, told: bool = False) -> None:
        if cause.slug == "stopped":  # not a failure: the next run fetches it
            return
        count_failure(self._crawler, request, cause)
        if request.meta.get(PROBE):
            return
        # A reason that will pass may mean a missing article; the others are the ordinary life of a site. Who refuses a
        # whole host says so once.
        level = logging.WARNING if cause.passing and not told else logging.DEBUG
        logger.log(level, "No page from %s: %s%s", request.url, cause.sentence, f" ({detail})" if detail else "")
