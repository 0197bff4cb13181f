"""The log of a process that crawls many sites: each line says whose it is."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

from newsscraper.fleet.siterun import RUNNING_SITE

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

_FORMAT = "%(asctime)s [%(site)s] %(levelname)s: %(message)s"
_LIBRARIES = ("scrapy", "twisted", "newsscraper")


def set_up_logs(settings: BaseSettings) -> None:
    """Log to ``LOG_FILE`` or standard error, from ``LOG_LEVEL`` on.

    Of the single crawls only what needs a look is logged, unless ``LOG_LEVEL`` is DEBUG: thousands begin and end well.
    """
    level = logging.getLevelName(settings["LOG_LEVEL"]) if settings.getbool("LOG_ENABLED") else logging.CRITICAL
    if settings["LOG_FILE"]:
        handler: logging.Handler = logging.FileHandler(
            settings["LOG_FILE"], mode="a" if settings.getbool("LOG_FILE_APPEND") else "w", encoding="utf-8"
        )
    else:
        handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter(_FORMAT, settings["LOG_DATEFORMAT"]))
    handler.addFilter(_say_whose)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _LIBRARIES:
        logging.getLogger(name).setLevel(level if level <= logging.DEBUG else max(level, logging.WARNING))
    logging.getLogger("newsscraper.fleet").setLevel(level)


def _say_whose(record: logging.LogRecord) -> bool:
    record.site = RUNNING_SITE.get()
    return True
