"""Crawls any news site; a spider for one site says what is known of it and inherits the rest."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlsplit

from scrapy import Spider
from scrapy.exceptions import UsageError
from scrapy.http import Response

from newsscraper.addon import CRAWL_ADDON, add_component
from newsscraper.extensions.startlines import quieten_start
from newsscraper.extensions.unhandled import say_in_a_line
from newsscraper.rendering.finding import why_no_browser
from newsscraper.urls import site_of

if TYPE_CHECKING:  # `scrapy list` needs none of what a crawl needs: it is loaded where a spider is made
    from typing import Self

    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings

    from newsscraper.article import Article
    from newsscraper.crawling.crawl import Crawl
    from newsscraper.sites.site import Site


class NewsSpider(Spider):
    """Turns one news site into articles: ``scrapy crawl news -a url=https://…``.

    Arguments (``-a``): ``url``, ``since``, ``until``, ``limit``, ``sections``, ``urls``; see docs/sites.md.

    A spider for one site is a subclass that says what is known of it::

        class ExampleSpider(NewsSpider):
            name = "example"
            start_url = "https://www.example.com/"

    What the attributes mean is described in docs/rules.md; a table of ``sites.toml`` has the same keys. A spider
    made from Python may be handed a `Site` instead: ``NewsSpider(site=Site(…))``.

    Attributes:
        start_url: home page; may also be given with ``-a url=``.
        site: registrable host; from ``start_url`` where not given.
        language: ISO 639-1, where the pages do not say.
        timezone: IANA name of the clock that the site's bare times are on.
        article_url: regular expression that every article's address matches; no other page is taken for one.
        exclude: regular expression, or several: addresses that are left alone.
        sections: section name → address of its listing.
        feeds: addresses of feeds, absolute or from the root.
        sitemaps: addresses of sitemaps, absolute or from the root.
        render: ``"never"``, ``"needed"``, ``"always"``: which pages a browser is asked for.
        text: selector of the element that holds the article's text, CSS or XPath, or several in order; so are the
            rules that follow.
        remove: what is no part of the article.
        title, authors, published, modified, description, categories, tags: where these stand.
        revise_on_extra: a change of ``article.extra`` makes a new revision.
        every: how often a fleet runs it: ``"30min"``, ``"auto"``.
    """

    name = "news"
    start_url: str | None = None
    site: str | None = None
    language: str | None = None
    timezone: str | None = None
    article_url: str | None = None
    exclude: str | Sequence[str] | None = None
    sections: ClassVar[Mapping[str, str]] = {}
    feeds: ClassVar[Sequence[str]] = ()
    sitemaps: ClassVar[Sequence[str]] = ()
    render: str | None = None
    text: str | Sequence[str] | None = None
    remove: str | Sequence[str] | None = None
    title: str | Sequence[str] | None = None
    authors: str | Sequence[str] | None = None
    published: str | Sequence[str] | None = None
    modified: str | Sequence[str] | None = None
    description: str | Sequence[str] | None = None
    categories: str | Sequence[str] | None = None
    tags: str | Sequence[str] | None = None
    revise_on_extra: bool = False
    every: str | None = None

    def __init__(self, name: str | None = None, *, site: str | Site | None = None, **given: Any) -> None:
        from newsscraper.crawling import arguments
        from newsscraper.spiders.declarations import strange_attribute

        super().__init__(name)
        if strange := strange_attribute(type(self), NewsSpider):
            raise UsageError(strange, print_help=False)
        if not callable(self.refine):
            raise UsageError(f"{type(self).__name__}.refine must be a method", print_help=False)
        if site is not None and given.get("url") is not None:
            raise UsageError("-a site= and -a url= both say which site: leave one out", print_help=False)
        declared = self._told(site)
        timezone = declared.timezone if declared else self.timezone
        self.arguments = arguments.check(given, spider=self.name, now=datetime.now(UTC), timezone=timezone)
        self._declared = declared or self._declare()
        self.start_url = self._declared.start_url
        self.start_urls = [self.start_url]
        self.site = self._declared.name
        self.revise_on_extra = self._declared.revise_on_extra
        self.health_off = self._declared.health_off
        self.allowed_domains = [urlsplit(f"//{self.site}").hostname or self.site]
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
        quieten_start()
        say_in_a_line()
        settings.setmodule("newsscraper.settings", priority="addon")
        super().update_settings(settings)
        add_component(settings, "ADDONS", CRAWL_ADDON, 0)  # where the spider or its project has add-ons of its own

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Make the spider.

        Raises:
            UsageError: an argument is unknown or cannot be read, or a browser is needed and not there; the message
                says which and what would do.
        """
        spider = super().from_crawler(crawler, *args, **kwargs)
        if spider.declared().render != "never" and (why := why_no_browser(crawler.settings["BROWSER_PATH"])):
            raise UsageError(f'render = "{spider.declared().render}": {why}', print_help=False)
        return spider

    def declared(self) -> Site:
        """Return what is declared of the site."""
        return self._declared

    def _told(self, site: str | Site | None) -> Site | None:
        """Return the site that ``-a site=`` names."""
        from newsscraper.sites.table import TableError, find
        from newsscraper.spiders.declarations import only

        if isinstance(site, str):
            try:
                site = find(site, spiders=only(self))
            except TableError as error:
                raise UsageError("; ".join(error.mistakes), print_help=False) from error
        if site is not None and (wanted := site.spider or "news") != self.name:
            raise UsageError(f"the site {site.name} is for scrapy crawl {wanted}, not {self.name}", print_help=False)
        return site

    def _declare(self) -> Site:
        """Return the site that the attributes and ``-a url=`` declare."""
        from newsscraper.sites.site import SiteError, declare
        from newsscraper.spiders.declarations import values_of

        values = values_of(self)
        given = self.arguments.url
        start = given or self.start_url or next(iter(self.arguments.urls), None)
        if not start:
            raise UsageError(f"which site? scrapy crawl {self.name} -a url=https://www.example.com/", print_help=False)
        try:
            declared = declare({**values, "start_url": start})
        except SiteError as error:
            raise UsageError(f"spider {self.name}: {error}", print_help=False) from error
        if given and self.site and site_of(given) != declared.name:
            raise UsageError(
                f"-a url={given} is not on {self.site}; scrapy crawl news -a url=… crawls any site", print_help=False
            )
        return declared

    async def start(self) -> AsyncIterator[Any]:
        """Yield article requests, newest first, as fast as they are taken."""
        from newsscraper.crawling.crawl import Crawl

        self.crawl = Crawl(
            self.crawler,
            self.declared(),
            self.arguments,
            parse=self.parse_article,
            refine=self.refine,
            give_up=self.give_up,
        )
        async for request in self.crawl.requests():
            yield request

    async def parse_article(self, response: Response, candidate: Any) -> AsyncIterator[Article]:
        """Read the page of a candidate; yield its article, where it is one."""
        if self.crawl is not None:
            async for article in self.crawl.read_article(response, candidate):
                yield article

    def refine(self, article: Article, response: Response) -> Any:
        """Have the last word on an article; a spider of one's own overrides this, as ``async def`` where it must wait.

        It is called once for each article that is read, whole, its parts joined, before the pipelines. Fields of one's
        own go into ``article.extra``. What it raises is counted and logged, and the next run tries the article again.

        Args:
            article: the record; may be changed in place.
            response: of the article's first page.

        Returns:
            The record to deliver; ``None`` leaves the article out.
        """
        return article

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
