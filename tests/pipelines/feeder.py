"""A spider that delivers the articles that it is told on standard input, one JSON line each, and says how it went.

Each line is answered on standard output by the URL's outcome in the crawl state, as soon as it has one. The end of
input ends the crawl.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator

import msgspec
import scrapy

from newsscraper.article import Article
from newsscraper.extensions.state import State
from tests.addresses import at


class FeederSpider(scrapy.Spider):
    name = "feeder"
    site = "paper.example"
    start_urls = ["data:,"]  # noqa: RUF012 (Scrapy's way); articles come from a response, as in any crawl
    custom_settings = {  # noqa: RUF012
        "ITEM_PIPELINES": {
            "newsscraper.pipelines.validate.Validate": 100,
            "newsscraper.pipelines.revise.Revise": 200,
            "newsscraper.pipelines.write.Write": 900,
        },
        "DOWNLOADER_MIDDLEWARES": {},
        "DOWNLOAD_HANDLERS": {"data": "scrapy.core.downloader.handlers.datauri.DataURIDownloadHandler"},
        "ROBOTSTXT_OBEY": False,
    }

    async def parse(self, response: scrapy.http.Response) -> AsyncIterator[Article]:
        state = self.crawler.get_extension(State).site_state
        loop = asyncio.get_running_loop()
        print("ready", flush=True)
        while line := await loop.run_in_executor(None, sys.stdin.buffer.readline):
            article = msgspec.json.decode(line, type=Article)
            state.settle(at(article.url), "asked")
            yield article
            while (  # noqa: ASYNC110 (the state tells nobody)
                not self.crawler.engine._slot.closing and (outcome := state.outcome(at(article.url))) == "asked"
            ):
                await asyncio.sleep(0.01)
            if self.crawler.engine._slot.closing:
                return
            print(outcome, flush=True)
