"""A crawl that a script could not start: one line says why, and the script does not end as if all were well."""

from __future__ import annotations

import atexit
import logging
import os
import sys
from functools import cache
from typing import NoReturn

from twisted.logger import globalLogBeginner

from newsscraper.middlewares.secrets import without_secrets

_LOGGERS = ("asyncio", "twisted")
"""Who tells of exceptions that nobody has looked at: of a task, of a `Deferred`."""
_HEADING = "Unhandled error in Deferred:"
_code = 0


def say_in_a_line() -> None:
    """Tell of crawls that could not start in one line each, in this process, from here on.

    Scrapy hands the exception to whoever started the crawl. A script seldom looks at it: then Python prints a traceback
    of sixty lines, and the script ends with 0. ``scrapy crawl`` looks at it, and comes never by here.
    """
    _codes()  # loaded now: where a script is ending, nothing can be loaded any more
    for name in _LOGGERS:
        logging.getLogger(name).addFilter(_shorten)  # the second time does nothing
    logging.getLogger("scrapy.utils.signal").addFilter(_of_a_spider_that_opened)
    if not _is_twisted_logging():
        # Until somebody begins Twisted's log it prints whole tracebacks beside what Scrapy makes of it.
        globalLogBeginner.beginLoggingTo([], discardBuffer=True, redirectStandardIO=False)


def _is_twisted_logging() -> bool:
    return getattr(globalLogBeginner, "_temporaryObserver", None) is None


def _of_a_spider_that_opened(record: logging.LogRecord) -> bool:
    """Keep out a traceback about Scrapy's own clock where the crawl never opened; why it did not is said elsewhere."""
    return "CoreStats.spider_closed" not in record.getMessage()


def _shorten(record: logging.LogRecord) -> bool:
    global _code  # noqa: PLW0603
    error = record.exc_info[1] if record.exc_info else None
    if record.name == "twisted":
        if error is None and record.getMessage() == _HEADING:
            return False  # the next record is what it heads
        record.msg, record.args = record.getMessage() or _HEADING, ()
    code = next((code for kind, code in _codes() if isinstance(error, kind)), None)
    if code is None:
        return True
    if not _code:
        atexit.register(_leave)
    _code = _code or code
    record.msg, record.args, record.exc_info, record.exc_text = without_secrets(str(error)), (), None, None
    record.levelno, record.levelname = logging.ERROR, "ERROR"
    if sys.is_finalizing():  # a `Deferred` that the script held to its end: what was to be done at exit is done
        logging.getLogger(record.name).callHandlers(record)
        _end()
    return True


@cache
def _codes() -> tuple[tuple[type[Exception], int], ...]:
    """Return with which code a crawl ends for what, as ``scrapy crawl`` ends: docs/scheduling.md."""
    from scrapy.exceptions import UsageError

    from newsscraper.crawlstate import StateFailed, StateLocked

    return (UsageError, 3), (StateLocked, 4), (StateFailed, 1)


def _leave() -> None:
    """End with the code, after all else that is to be done at the end: nothing else can set it from here."""
    atexit.unregister(_leave)
    atexit._run_exitfuncs()
    _end()


def _end() -> NoReturn:
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(_code)
