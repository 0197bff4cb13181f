"""What was seen of a site, in which revision, and what its pages repeat: one SQLite file a site."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newsscraper.crawlstate.database import StateFailed as StateFailed
    from newsscraper.crawlstate.entrances import Entrance as Entrance
    from newsscraper.crawlstate.lock import StateLocked as StateLocked
    from newsscraper.crawlstate.memory import ArticleMemory as ArticleMemory
    from newsscraper.crawlstate.memory import PageMemory as PageMemory
    from newsscraper.crawlstate.memory import Run as Run
    from newsscraper.crawlstate.opening import open_state as open_state
    from newsscraper.crawlstate.state import SiteState as SiteState

_PARTS = {
    "StateFailed": "database",
    "Entrance": "entrances",
    "StateLocked": "lock",
    "ArticleMemory": "memory",
    "PageMemory": "memory",
    "Run": "memory",
    "open_state": "opening",
    "SiteState": "state",
}


def __getattr__(name: str) -> Any:
    # Loaded on first use: commands that open no state, such as `scrapy list`, need not load the database.
    if name in _PARTS:
        value = globals()[name] = getattr(import_module(f"newsscraper.crawlstate.{_PARTS[name]}"), name)
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
