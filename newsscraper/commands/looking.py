"""Commands that look at pages and crawl nothing: no state is opened for them, no record or summary written."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

_PARTS = (
    "newsscraper.extensions.state.State",
    "newsscraper.extensions.summary.Summary",
    "newsscraper.extensions.dropped.Dropped",
    "newsscraper.extensions.extraction.Extraction",
    "newsscraper.extensions.progress.Progress",
)


def crawl_nothing(settings: BaseSettings) -> None:
    """Switch off what only a crawl needs, whatever spider's name the command is given."""
    from newsscraper.addon import CRAWL_ADDON

    extensions = {**settings.getdict("EXTENSIONS"), **dict.fromkeys(_PARTS)}
    settings.set("EXTENSIONS", extensions, priority="cmdline")
    settings.set("ITEM_PIPELINES", {}, priority="cmdline")
    settings.set("ADDONS", {**settings.getdict("ADDONS"), CRAWL_ADDON: None}, priority="cmdline")
