"""Reads one page and says how it went, in a worker and in the crawl's own process alike."""

from __future__ import annotations

import importlib
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from newsscraper.digest import digest
from newsscraper.extraction.page import ExtractionError, Page, Reading
from newsscraper.workers.wire import Broken, Done, Refused

_DETAIL_LENGTH = 1000

Reader = Callable[[Page], Reading]


def load_reader(path: str) -> Reader:
    """Import the function that ``module:name`` names.

    >>> load_reader("newsscraper.urls:site_of")("https://www.bbc.co.uk/news")
    'bbc.co.uk'
    """
    module, _, name = path.partition(":")
    function: Reader = getattr(importlib.import_module(module), name)
    return function


def answer(read: Reader, page: Page) -> Done | Refused | Broken:
    """Read a page; raise nothing."""
    started = time.process_time()
    try:
        reading = read(page)
        # Only of articles: of what else the crawl takes for one against the page's own looks it works it out itself.
        reading.digest = digest(page.html, reading.article if reading.kind == "article" else None)
    except ExtractionError as error:
        return Refused(_writable(str(error)))
    except MemoryError:
        return Broken("memory-limit", "needs more memory than there is")
    except Exception as error:  # whatever a page breaks is the page's story, not the reader's end
        return Broken("error", describe(error))
    return Done(reading, time.process_time() - started)


def describe(error: Exception) -> str:
    """Return an error with the place that raised it: ``TypeError: … (reading.py:12 in read_page)``."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno} in {frames[-1].name})" if frames else ""
    return _writable(f"{type(error).__name__}: {error}"[:_DETAIL_LENGTH] + place)


def _writable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
