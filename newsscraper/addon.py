"""This project's parts as Scrapy add-ons: put in beside the parts that a project or a spider has of its own.

`CrawlAddon` is for crawls of news, in this project or elsewhere; our settings and every `NewsSpider` bring it along.
`NewsAddon` is for other projects, whose own spiders read articles.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.exceptions import UsageError
from scrapy.utils.misc import load_object

from newsscraper import settings as own
from newsscraper.commands.checks import unusable_export, wrong_settings

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings

CRAWL_ADDON = "newsscraper.addon.CrawlAddon"
EXTRACTION = "newsscraper.extensions.extraction.Extraction"

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

    It adds the extension that reads pages in processes of its own, and defaults for the settings that this asks for.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def update_settings(self, settings: BaseSettings) -> None:
        """Put in what is needed, below whatever the project has set."""
        for name in ("EXTRACTION_WORKERS", "EXTRACTION_TIME_LIMIT", "EXTRACTION_MEMORY_LIMIT", "OUTPUT_DIR"):
            settings.set(name, getattr(own, name), priority="addon")
        add_component(settings, "EXTENSIONS", EXTRACTION, own.EXTENSIONS[EXTRACTION])


class CrawlAddon(NewsAddon):
    """Puts in all that a crawl of news is made of.

    ``custom_settings = {"ITEM_PIPELINES": {MyPipeline: 150}}`` replaces the dictionary of `newsscraper.settings`, in
    Scrapy's way. Its parts come back here, so that what a spider or a project names is added to them. To switch one
    off, name it with ``None``; an empty dictionary switches off all of its kind.
    """

    def update_settings(self, settings: BaseSettings) -> None:
        """Add what is missing.

        Raises:
            UsageError: a part is switched off without which nothing is delivered, counted or kept safe; a setting
                cannot be what it is; an export cannot be written.
        """
        if wrong := wrong_settings(settings):
            raise UsageError(wrong, print_help=False)
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

    def _crawls_news(self) -> bool:
        from newsscraper.spiders.news import NewsSpider  # which imports this module

        return issubclass(self.crawler.spidercls, NewsSpider)


def _check_is_on(settings: BaseSettings, name: str, paths: tuple[str, ...]) -> None:
    there = settings.getdict(name)
    for path in paths:
        named = [place for key, place in there.items() if key == path or (key is load_object(path))]
        if not any(place is not None for place in named):
            raise UsageError(f"{path} is switched off in {name}, and no crawl is sound without it", print_help=False)
