"""What a spider's attributes declare of its site, and which of them were meant to declare something."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from scrapy import Spider

if TYPE_CHECKING:  # `scrapy list` loads this module, as all that lies among the spiders, and needs nothing of it
    from scrapy.spiderloader import SpiderLoaderProtocol

_MEANT = {"url": "start_url", "date_published": "published", "date_modified": "modified", "language_code": "language"}
"""Words from elsewhere, the table's and the record's among them, for what a spider calls otherwise."""
_NO_ATTRIBUTES = ("spider",)


def values_of(spider: type[Spider] | Spider) -> dict[str, object]:
    """Return what a spider declares, by key; what it leaves empty is left out.

    >>> from newsscraper.spiders.silicon import SiliconSpider
    >>> values_of(SiliconSpider)["language"]
    'fr'
    """
    from newsscraper.sites.values import KEYS

    values = {key: getattr(spider, key, None) for key in KEYS if key not in _NO_ATTRIBUTES}
    return {key: value for key, value in values.items() if value is not None and value not in ((), {})}


def strange_attribute(spider: type[Spider], base: type[Spider]) -> str:
    """Say which attribute of a spider looks like a key and is none; nothing where there is no such attribute.

    Attributes of one's own are free to have any other name; methods, and names with an underscore in front, any at all.

    Args:
        spider: the spider's class.
        base: the class whose attributes are known.
    """
    from newsscraper.sites.values import KEYS, nearest

    for owner in spider.__mro__[: spider.__mro__.index(base)]:
        for name, value in vars(owner).items():
            if name.startswith("_") or callable(value) or isinstance(value, (classmethod, staticmethod, property)):
                continue
            if hasattr(base, name) or name in KEYS:
                continue
            near = _MEANT.get(name) or nearest(name, KEYS, 0.75)
            if near:
                return f"{owner.__name__}.{name} is no attribute that a site's spider has (did you mean {near}?)"
    return ""


def only(spider: Spider) -> Callable[[str], Mapping[str, object]]:
    """Return what looks up the declarations of one spider, for a table that this one is to crawl by."""

    def values(name: str) -> Mapping[str, object]:
        if name != spider.name:
            raise KeyError(f"this table is for scrapy crawl {name}, not {spider.name}")
        return values_of(spider)

    return values


def lookup(loader: SpiderLoaderProtocol) -> Callable[[str], Mapping[str, object]]:
    """Return what looks up the declarations of the project's spiders, for tables that name one."""
    from newsscraper.sites.values import nearest
    from newsscraper.spiders.news import NewsSpider  # which imports this module

    def values(name: str) -> Mapping[str, object]:
        names = sorted(loader.list())
        if name not in names:
            near = nearest(name, names)
            raise KeyError(f"there is no spider {name!r}{f' (did you mean {near}?)' if near else ''}")
        spider = loader.load(name)
        if not issubclass(spider, NewsSpider):
            raise KeyError(f"{name} is no spider for a news site")
        if strange := strange_attribute(spider, NewsSpider):
            raise KeyError(strange)
        return values_of(spider)

    return values
