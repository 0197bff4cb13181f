"""Turn news websites into clean, dated, deduplicated JSONL.

>>> import newsscraper
>>> page = "<html lang=en><article><h1>Rain</h1><p>" + "It rained all day in Brest. " * 20 + "</p></article></html>"
>>> newsscraper.extract(page, url="https://example.com/rain").title
'Rain'
>>> from datetime import UTC, datetime
>>> newsscraper.dates.parse("2 jours ago", reference=datetime(2026, 11, 22, tzinfo=UTC)).isoformat()
'2026-11-20'
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from newsscraper import native

__version__ = "0.1.0"
__all__ = ["Article", "ExtractionError", "compiled", "dates", "extract"]

compiled: bool = native.install()
"""Whether the readers run compiled: they give the same records, sooner."""

if TYPE_CHECKING:
    from newsscraper import dates
    from newsscraper.article import Article
    from newsscraper.extraction import ExtractionError, extract


def __getattr__(name: str) -> Any:
    # Loaded on first use: `scrapy list` must not pay for lxml and trafilatura.
    if name == "Article":
        from newsscraper.article import Article

        return Article
    if name in ("extract", "ExtractionError"):
        from newsscraper import extraction

        return getattr(extraction, name)
    if name == "dates":
        return importlib.import_module("newsscraper.dates")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    # What `help` and completion show: the public names, too, that are loaded on first use.
    return sorted({*globals(), *__all__})
