"""Last pipeline: each article to its site's day file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy import signals
from scrapy.exceptions import DropItem

from newsscraper.address import Address
from newsscraper.article import Article
from newsscraper.extensions.state import State
from newsscraper.middlewares.keeping import KeepingMiddleware
from newsscraper.pipelines.dayfile import OutputFailed
from newsscraper.pipelines.lines import Lines

if TYPE_CHECKING:
    from typing import Self

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response


class Write:
    """Appends each `Article` to the site's day file and marks it as delivered when the line is durable.

    An item leaves the pipeline (``item_scraped``) when it is on disk and marked: a kill can undo no more than the crawl
    has under way. Where lines cannot be written, the crawl stops with the reason ``disk-full`` or ``output-failed``,
    and the next run takes it up again. Stats: see `newsscraper.pipelines.lines.Lines`.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._lines: Lines | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        pipeline = cls(crawler)
        crawler.signals.connect(pipeline.item_judged, signal=signals.item_scraped)
        crawler.signals.connect(pipeline.item_judged, signal=signals.item_dropped)
        return pipeline

    def open_spider(self) -> None:
        extension = self.crawler.get_extension(State)
        if extension is None:
            raise RuntimeError("the Write pipeline needs newsscraper.extensions.state.State in EXTENSIONS")
        self._extension = extension
        self._state = extension.site_state
        self._lines = Lines(
            self._state,
            extension.output_folder,
            stats=self.crawler.stats,
            fail=self._fail,
            stopped=lambda: extension.failed,
            keeper=self.crawler.get_downloader_middleware(KeepingMiddleware),
        )

    async def process_item(self, item: Any) -> Any:
        if not isinstance(item, Article):
            return item
        if self._lines is not None and await self._lines.write(item):
            return item
        raise DropItem(f"not written: {item.url}", log_level="DEBUG")

    def item_judged(self, item: Any, response: Response | None) -> None:
        """The addresses that led to an article are settled with it."""
        if isinstance(item, Article) and response is not None:
            request: Request | None = getattr(response, "request", None)
            urls = {response.url, *(request.meta.get("redirect_urls", ()) if request else ())}
            if self._lines is not None and not self._lines.broken:
                self._state.settle_with(item, *(address for url in urls if (address := Address.of(url))))

    async def close_spider(self) -> None:
        if self._lines is not None:
            await self._lines.close(pack=self.crawler.settings.getbool("OUTPUT_ZSTD"))

    def _fail(self, failure: OutputFailed) -> None:
        self._extension.stop(failure.reason, f"{failure}; nothing is lost, the next run goes on from here")
