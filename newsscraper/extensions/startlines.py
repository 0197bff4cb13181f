"""What Scrapy says of itself before a crawl, eighty lines of it, is for whoever looks for a fault: level DEBUG."""

from __future__ import annotations

import logging

_LOGGERS = ("scrapy.utils.log", "scrapy.addons", "scrapy.crawler", "scrapy.middleware", "scrapy.core.engine")
_OF_THE_START = ("Scrapy %(version)s started", "Versions:", "Overridden settings:", "Enabled ", "Spider opened")


def quieten_start() -> None:
    """Log versions, settings and the lists of parts at DEBUG in place of INFO, in this process, from here on."""
    for name in _LOGGERS:
        logging.getLogger(name).addFilter(_as_debug)  # the second time does nothing


def _as_debug(record: logging.LogRecord) -> bool:
    if record.levelno == logging.INFO and str(record.msg).startswith(_OF_THE_START):
        record.levelno, record.levelname = logging.DEBUG, "DEBUG"
        return logging.getLogger(record.name).isEnabledFor(logging.DEBUG)
    return True
