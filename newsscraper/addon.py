"""This project's parts as Scrapy add-ons. They are added to the parts that a project or a spider already has.

`CrawlAddon` is for crawls of news, in this project or elsewhere; our settings and every `NewsSpider` bring it along.
`NewsAddon` is for other projects, whose own spiders read articles.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from scrapy.exceptions import UsageError
from scrapy.utils.misc import load_object

from newsscraper import settings as own
from newsscraper.checks import unusable_export, wrong_settings
from newsscraper.extensions.startlines import quieten_start
from newsscraper.extensions.unhandled import say_in_a_line

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.settings import BaseSettings

    from newsscraper.article import Article

CRAWL_ADDON = "newsscraper.addon.CrawlAddon"
EXTRACTION = "newsscraper.extensions.extraction.Extraction"
DELIVER = "newsscraper.pipelines.deliver.Deliver"

KEEPING = "newsscraper.middlewares.keeping.KeepingMiddleware"

_SETTINGS = (
    "EXTRACTION_WORKERS",
    "EXTRACTION_TIME_LIMIT",
    "EXTRACTION_MEMORY_LIMIT",
    "OUTPUT_DIR",
    "OUTPUT_ZSTD",
    "WARC",
)
_COMPONENTS = ("ITEM_PIPELINES", "DOWNLOADER_MIDDLEWARES", "EXTENSIONS")
_NEEDED = {
    "EXTENSIONS": ("newsscraper.extensions.state.State", EXTRACTION, "newsscraper.extensions.summary.Summary"),
    "ITEM_PIPELINES": (
        "newsscraper.pipelines.validate.Validate",
        "newsscraper.pipelines.revise.Revise",
        "newsscraper.pipelines.write.Write",
    ),
    "DOWNLOADER_MIDDLEWARES": (
        "newsscraper.middlewares.failures.FailureMiddleware",
        "newsscraper.middlewares.private_hosts.PrivateHostsMiddleware",
    ),
}
"""Without these a crawl delivers nothing, counts nothing or is open to attack: nobody switches them off knowingly."""

_SWITCHED = {
    "EXTENSIONS_BASE": {
        "scrapy.extensions.memdebug.MemoryDebugger": "MEMDEBUG_ENABLED",
        "scrapy.extensions.remote_control.RemoteControl": "REMOTE_CONTROL_ENABLED",
        "scrapy.extensions.telnet.TelnetConsole": "TELNETCONSOLE_ENABLED",
    },
    "DOWNLOADER_MIDDLEWARES_BASE": {
        "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": "COOKIES_ENABLED",
        "scrapy.downloadermiddlewares.httpcache.HttpCacheMiddleware": "HTTPCACHE_ENABLED",
    },
}
"""Parts of Scrapy and the settings that switch them on.

Scrapy loads them to ask them, with an HTTP server, a shell and an HTTP client that they need: a quarter of a second.
"""


def add_component(settings: BaseSettings, name: str, path: str, place: int | None) -> None:
    """Add a component to a component priority dictionary, unless it is there, under whatever place or ``None``.

    Args:
        settings: changed in place.
        name: of the setting, ``"EXTENSIONS"`` say.
        path: import path of the component's class.
        place: its priority; ``None`` switches it off.

    >>> from scrapy.settings import Settings
    >>> settings = Settings({"EXTENSIONS": {"scrapy.extensions.corestats.CoreStats": 7}})
    >>> add_component(settings, "EXTENSIONS", "scrapy.extensions.memusage.MemoryUsage", 8)
    >>> sorted(settings.getdict("EXTENSIONS").values())
    [7, 8]
    """
    there = settings.getdict(name)
    if path in there:  # the ordinary case: nothing need be loaded
        return
    if place is None:
        settings.set(name, {**there, path: None}, settings.getpriority(name) or 0)
    else:
        settings.setdefault_in_component_priority_dict(name, load_object(path), place)


class NewsAddon:
    """Lets the spiders of another project read articles: ``ADDONS = {"newsscraper.addon.NewsAddon": 500}``.

    It adds the extension that reads pages in processes of its own (`read`), a pipeline that delivers the project's
    articles (`newsscraper.pipelines.deliver.Deliver`), and defaults for the settings that these ask for. Nothing else
    of the project changes.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def update_settings(self, settings: BaseSettings) -> None:
        """Put in what is needed, below whatever the project has set."""
        if self._crawls_news():
            return  # such a spider brings more than this along
        for name in _SETTINGS:
            settings.set(name, getattr(own, name), priority="addon")
        add_component(settings, "EXTENSIONS", EXTRACTION, own.EXTENSIONS[EXTRACTION])
        add_component(settings, "DOWNLOADER_MIDDLEWARES", KEEPING, own.DOWNLOADER_MIDDLEWARES[KEEPING])
        add_component(settings, "ITEM_PIPELINES", DELIVER, own.ITEM_PIPELINES["newsscraper.pipelines.write.Write"])

    def _crawls_news(self) -> bool:
        from newsscraper.spiders.news import NewsSpider  # which imports this module

        return issubclass(self.crawler.spidercls, NewsSpider)


class CrawlAddon(NewsAddon):
    """Puts in all that a crawl of news is made of.

    ``custom_settings = {"ITEM_PIPELINES": {MyPipeline: 150}}`` replaces the dictionary of `newsscraper.settings`, in
    Scrapy's way. Its parts come back here, so that what a spider or a project names is added to them. To switch one
    off, name it with ``None``; an empty dictionary switches off all of its kind.
    """

    @classmethod
    def update_pre_crawler_settings(cls, settings: BaseSettings) -> None:
        """Have Scrapy say less of itself, before it says the first of it."""
        quieten_start()
        say_in_a_line()

    def update_settings(self, settings: BaseSettings) -> None:
        """Add what is missing.

        Raises:
            UsageError: a part is switched off without which nothing is delivered, counted or kept safe; a setting
                cannot be what it is; an export cannot be written.
        """
        quieten_start()  # a script without a project's settings comes here only
        if wrong := wrong_settings(settings):
            raise UsageError(wrong, print_help=False)
        _leave_out_what_is_off(settings)
        for name in _COMPONENTS:
            if settings.getdict(name):
                for path, place in getattr(own, name).items():
                    add_component(settings, name, path, place)
        if handlers := settings.getdict("DOWNLOAD_HANDLERS"):
            priority = settings.getpriority("DOWNLOAD_HANDLERS") or 0
            settings.set("DOWNLOAD_HANDLERS", {**own.DOWNLOAD_HANDLERS, **handlers}, priority)
        if self._crawls_news():
            for name, paths in _NEEDED.items():
                _check_is_on(settings, name, paths)
        if wrong := unusable_export(self.crawler):
            raise UsageError(wrong, print_help=False)


def _leave_out_what_is_off(settings: BaseSettings) -> None:
    for name, switches in _SWITCHED.items():
        off = {path for path, switch in switches.items() if not settings.getbool(switch)}
        wanted = {path: place for path, place in settings.getdict(name).items() if path not in off}
        settings.set(name, wanted, settings.getpriority(name) or 0)


def _check_is_on(settings: BaseSettings, name: str, paths: tuple[str, ...]) -> None:
    there = settings.getdict(name)
    for path in paths:
        named = [place for key, place in there.items() if key == path or (key is load_object(path))]
        if not any(place is not None for place in named):
            raise UsageError(f"{path} is switched off in {name}, and no crawl is sound without it", print_help=False)


async def read(response: Response) -> Article:
    """Return the record of a response's page, read in a worker process, in any project that has `NewsAddon`.

    Dates such as "2 days ago" count from the response's ``Date`` header. A page that is not an article gives a record,
    too. Its ``extraction.warnings`` then holds ``"not-an-article: …"``.

    Args:
        response: as a callback gets it.

    Raises:
        ExtractionError: no record can be made of it; the message says why.
        RuntimeError: no crawl with `NewsAddon` is running.
    """
    from newsscraper.crawling.fetching import fetched_at, headers_of, is_page
    from newsscraper.extensions.extraction import extraction_for
    from newsscraper.extraction import ExtractionError, Page
    from newsscraper.middlewares.keeping import KeepingMiddleware
    from newsscraper.workers import PageSetAside

    extraction = extraction_for(response)
    if extraction is None:
        raise RuntimeError('no crawl reads articles: set ADDONS = {"newsscraper.addon.NewsAddon": 500}')
    if not is_page(response):
        raise ExtractionError("it is no web page")
    moment = fetched_at(response, datetime.now(UTC))
    page = Page(response.body, url=response.url, fetched_at=moment, headers=headers_of(response))
    try:
        reading = await extraction.read(page)
    except PageSetAside as error:
        raise ExtractionError(f"it could not be read safely: {error}") from error
    if reading.article is None:
        raise ExtractionError(reading.reason or "there is no text in the page")
    if keeper := extraction.crawler.get_downloader_middleware(KeepingMiddleware):
        story = keeper.story_of([(page, response, reading)], page.hints, reading.article)
        keeper.keep(reading.article, story)
    return reading.article
