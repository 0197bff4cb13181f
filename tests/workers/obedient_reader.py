"""A reader whose pages do what they say: the pool's tests run it in real worker processes."""

from __future__ import annotations

import logging
import os
import signal
import time
import warnings

from newsscraper.article import Article
from newsscraper.extraction.page import ExtractionError, Page, Reading


def read(page: Page) -> Reading:
    """Do what the page's first word says."""
    html = page.html if isinstance(page.html, bytes) else page.html.encode()
    order, _, rest = html.partition(b" ")
    match order:
        case b"loop":
            while True:
                pass
        case b"eat":
            hoard = []
            while True:
                hoard.append(bytearray(8 * 1024 * 1024))
        case b"die":
            os.kill(os.getpid(), signal.SIGSEGV)
        case b"killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case b"exit":
            os._exit(3)
        case b"refuse":
            raise ExtractionError("holds nothing")
        case b"stumble":
            raise TypeError("not that kind of page")
        case b"surrogate":
            return Reading("article", article=Article(title="\ud800"))
        case b"invalid":
            return Reading("article", article=Article(title=""))
        case b"wait":
            time.sleep(float(rest))
        case b"chatter":
            print("printed")
            logging.getLogger("library").warning("logged")
            warnings.warn("warned", stacklevel=1)
        case b"grow":
            _hoard.append(b"x" * int(rest))
    return Reading("article", article=Article(title=rest.decode() or None), reason=str(os.getpid()))


def zone(page: Page) -> Reading:
    """Say which time zone the hints name."""
    return Reading("article", reason=page.hints.timezone or "")


_hoard: list[bytes] = []
