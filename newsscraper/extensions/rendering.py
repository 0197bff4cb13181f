"""Asks a browser for the pages of a site that exist in a browser only."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from scrapy import Request, signals
from scrapy.http import Response, TextResponse
from scrapy.http.request import NO_CALLBACK

from newsscraper.middlewares.contact import user_agent
from newsscraper.middlewares.keeping import NOT_AS_SENT
from newsscraper.middlewares.reasons import PROBE
from newsscraper.rendering.failure import NotRendered

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler

    from newsscraper.rendering.browser import Browser
    from newsscraper.rendering.traffic import Asked, Told

logger = logging.getLogger(__name__)

_KEPT_BYTES = 32 * 1024 * 1024
_OF_THE_SHELL = (b"ETag", b"Last-Modified", b"Content-Encoding", b"Content-Length")
"""Headers that say something of the page as it was sent, and nothing of it as it is rendered."""
_shared: list[tuple[Browser, int]] = []
"""The browser of this process, and how many crawls have it."""


class Rendering:
    """Scrapy extension that renders pages.

    All that a page loads is fetched by the crawl itself: robots.txt, pace, the guard of private addresses, limits of
    size and time, and the User-Agent are those of every other request. A script is fetched once a run. The crawls of
    one process share one browser, which starts with the first page.

    Settings: ``BROWSER_PATH``, ``BROWSER_TIME_LIMIT``.

    Stats: ``newsscraper/rendering/pages``, ``…/failed``, ``newsscraper/requests/browser``.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._browser: Browser | None = None
        self._agent = user_agent(crawler.settings["USER_AGENT"], crawler.settings["CONTACT"])
        self._scripts: dict[str, Told] = {}
        self._kept = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the extension. No browser starts before a page needs one."""
        extension = cls(crawler)
        crawler.signals.connect(extension.spider_closed, signal=signals.spider_closed)
        return extension

    async def render(self, response: Response) -> Response:
        """Return the response with its page as it stands when its scripts have run.

        Raises:
            NotRendered: that could not be done; the message says why.
        """
        from newsscraper.rendering.traffic import Told  # few crawls come by here

        if self._browser is None:
            self._browser = _take(self.crawler)
        page = Told(200, {"content-type": _content_type(response)}, response.body)
        try:
            html = await self._browser.render(response.url, page, user_agent=self._agent, fetch=self._fetch)
        except NotRendered as error:
            self._count("rendering/failed")
            logger.warning("Not rendered: %s: %s", response.url, error)
            raise
        self._count("rendering/pages")
        headers = response.headers.copy()
        for name in _OF_THE_SHELL:
            headers.pop(name, None)
        headers["Content-Type"] = "text/html; charset=utf-8"
        return TextResponse(
            response.url,
            status=response.status,
            headers=headers,
            body=html.encode("utf-8", "replace"),
            request=response.request,
            flags=[NOT_AS_SENT],
            encoding="utf-8",
        )

    async def spider_closed(self) -> None:
        """Give the browser back; it ends with the last crawl that has it."""
        browser, self._browser = self._browser, None
        if browser is not None:
            await _give_back(browser)

    async def _fetch(self, asked: Asked) -> Told | None:
        """Fetch what a page asks for, as all else is fetched."""
        from newsscraper.rendering.traffic import Told

        if asked.url in self._scripts:
            return self._scripts[asked.url]
        engine = self.crawler.engine
        if engine is None or engine.spider is None:
            return None
        self._count("requests/browser")
        meta: dict[str, Any] = {"handle_httpstatus_all": True, "allow_offsite": True, PROBE: True}
        try:
            request = Request(
                asked.url,
                method=asked.method,
                headers=asked.sent_along(),
                body=asked.body,
                callback=NO_CALLBACK,
                meta=meta,
                dont_filter=True,
            )
            response = await engine.download_async(request)
        except Exception as error:  # whatever keeps it from coming, the page gets along without it
            logger.debug("Not loaded: %s: %s", asked.url, error)
            return None
        told = Told(response.status, Told.needed(_headers(response)), response.body)
        if asked.kind == "script" and response.status == 200 and self._kept + len(told.body) <= _KEPT_BYTES:
            self._kept += len(told.body)
            self._scripts[asked.url] = told
        return told

    def _count(self, what: str) -> None:
        if self.crawler.stats:
            self.crawler.stats.inc_value(f"newsscraper/{what}")


def _content_type(response: Response) -> str:
    return (response.headers.get(b"Content-Type") or b"text/html").decode("latin-1")


def _headers(response: Response) -> dict[str, str]:
    return {str(name): str(value) for name, value in response.headers.to_unicode_dict().items()}


def _take(crawler: Crawler) -> Browser:
    from newsscraper.rendering.browser import Browser

    browser, crawls = _shared.pop() if _shared else (Browser(crawler.settings), 0)
    _shared.append((browser, crawls + 1))
    return browser


async def _give_back(browser: Browser) -> None:
    shared, crawls = _shared.pop()
    if crawls > 1:
        _shared.append((shared, crawls - 1))
        return
    await browser.close()
