"""Crawls any news site; a spider for one site says what is known of it and inherits the rest."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from scrapy import Spider
from scrapy.exceptions import UsageError
from scrapy.http import Response

from newsscraper.article import Article
from newsscraper.crawling import arguments
from newsscraper.crawling.site import Site
from newsscraper.urls import site_of

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings

    from newsscraper.crawling.crawl import Crawl


class NewsSpider(Spider):
    """Turns one news site into articles: ``scrapy crawl news -a url=https://…``.

    Arguments (``-a``): ``url``, ``since``, ``until``, ``limit``, ``sections``, ``urls``; see docs/sites.md.

    A spider for one site is a subclass that says what is known of it::

        class ExampleSpider(NewsSpider):
            name = "example"
            start_url = "https://www.example.com/"

    Attributes:
        start_url: home page; may also be given with ``-a url=``.
        site: registrable host; from ``start_url`` where not given.
        language: ISO 639-1, where the pages do not say.
        timezone: IANA name of the clock that the site's bare times are on.
        article_url: regular expression that every article's address matches; no other page is taken for one.
        sections: section name → address of its listing.
        feeds: addresses of feeds, absolute or from the root.
        sitemaps: addresses of sitemaps, absolute or from the root.
    """

    name = "news"
    start_url: str | None = None
    site: str | None = None
    language: str | None = None
    timezone: str | None = None
    article_url: str | None = None
    sections: ClassVar[Mapping[str, str]] = {}
    feeds: ClassVar[Sequence[str]] = ()
    sitemaps: ClassVar[Sequence[str]] = ()

    def __init__(self, name: str | None = None, **given: Any) -> None:
        super().__init__(name)
        self.arguments = arguments.check(given, spider=self.name, now=datetime.now(UTC), timezone=self.timezone)
        start = self.arguments.url or self.start_url or (self.arguments.urls[0] if self.arguments.urls else None)
        if not start:
            raise UsageError(f"which site? scrapy crawl {self.name} -a url=https://www.example.com/", print_help=False)
        self.start_url = arguments.web_address("url", start)
        self.start_urls = [self.start_url]
        host = site_of(self.start_url)
        if host is None or (self.site and self.arguments.url and host != self.site):
            raise UsageError(
                f"-a url={self.start_url} is not on {self.site}; scrapy crawl news -a url=… crawls any site",
                print_help=False,
            )
        self.site = self.site or host
        self.allowed_domains = [self.site]
        self.crawl: Crawl | None = None
        self.problem: str | None = None
        """Why the site cannot be crawled, in one line; ``None`` while it can."""

    @property
    def done(self) -> bool:
        """Whether the crawl came to its end; ``scrapy parse`` and the like open and close a spider without crawling."""
        return self.crawl is not None and self.crawl.done

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Bring this project's settings along, below those of the project that the spider is run in.

        Elsewhere (``scrapy runspider``, a script of one's own) Scrapy knows none of them: nothing would be delivered,
        and no robots.txt obeyed.
        """
        settings.setmodule("newsscraper.settings", priority="addon")
        super().update_settings(settings)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Make the spider.

        Raises:
            UsageError: an argument is unknown or cannot be read; the message says which and what would do.
        """
        return super().from_crawler(crawler, *args, **kwargs)

    def declared(self) -> Site:
        """Return what this spider declares."""
        assert self.start_url
        assert self.site
        return Site(
            start_url=self.start_url,
            name=self.site,
            language=self.language,
            timezone=self.timezone,
            article_url=re.compile(self.article_url) if self.article_url else None,
            sections=dict(self.sections),
            feeds=tuple(self.feeds),
            sitemaps=tuple(self.sitemaps),
        )

    async def start(self) -> AsyncIterator[Any]:
        """Yield article requests, newest first, as fast as they are taken."""
        # Imported here: `scrapy list` and `-h` need none of what a crawl needs.
        from newsscraper.crawling.crawl import Crawl

        self.crawl = Crawl(
            self.crawler, self.declared(), self.arguments, parse=self.parse_article, give_up=self.give_up
        )
        async for request in self.crawl.requests():
            yield request

    async def parse_article(self, response: Response, candidate: Any) -> AsyncIterator[Article]:
        """Read the page of a candidate; yield its article, where it is one."""
        if self.crawl is not None:
            async for article in self.crawl.read_article(response, candidate):
                yield article

    def parse(self, response: Response, **kwargs: Any) -> None:
        """Say what reads one page: ``scrapy parse`` calls this, no crawl does."""
        self.logger.error("a crawl reads pages together; for the record of one: scrapy extract %s", response.url)

    def give_up(self, problem: str) -> None:
        """Say in one line why the site cannot be crawled."""
        if self.problem is None:
            self.problem = problem
            self.logger.error(problem)
            if self.crawler.stats:
                self.crawler.stats.set_value("newsscraper/problem", problem)
