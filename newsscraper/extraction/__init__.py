"""A page's bytes in, a record out. Pure and picklable: no Scrapy, no clock, no network."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from newsscraper.extraction.page import ExtractionError as ExtractionError
from newsscraper.extraction.page import Page as Page
from newsscraper.extraction.page import Reading as Reading
from newsscraper.extraction.page import SiteHints as SiteHints

if TYPE_CHECKING:
    from newsscraper.article import Article
    from newsscraper.dates.claim import Claim


_NO_HINTS = SiteHints()


def extract(  # noqa: PLR0913
    html: bytes | str,
    *,
    url: str | None = None,
    fetched_at: datetime | None = None,
    hints: SiteHints = _NO_HINTS,
    claims: Iterable[Claim] = (),
    headers: Mapping[str, str] | None = None,
) -> Article:
    """Return the record of one page.

    A page that is no article still gives a record: ``extraction.warnings`` then holds ``"not-an-article: …"``.

    Args:
        html: the page as sent (bytes are decoded by BOM, declared charset, detection).
        url: address it was fetched from.
        fetched_at: aware moment of fetching. Without it relative dates cannot be resolved; no clock is read.
        hints: what is known of the site.
        claims: dates told from outside the page: sitemap, feed.
        headers: response headers, any case.

    Raises:
        ExtractionError: nothing in the page that a record could be made of.

    >>> extract("<html lang=en><h1>Rain</h1><p>" + "It rained all day in Brest. " * 20).title
    'Rain'
    """
    lower = {name.lower(): value for name, value in (headers or {}).items()}
    page = Page(html, url=url, fetched_at=fetched_at, headers=lower, claims=tuple(claims), hints=hints)
    reading = read_page(page, record_only=True)
    if reading.article is None:
        raise ExtractionError(reading.reason or "no text in the page")
    return reading.article


def read_page(page: Page, *, explain: bool = False, record_only: bool = False) -> Reading:
    """Return all that one page gives: the record, what kind of page it is, where it leads.

    Args:
        page: the page as fetched.
        explain: note each decision in ``Reading.steps``.
        record_only: leave out what a crawl needs beside the record: links, feeds, parts and next page, block hashes.

    Raises:
        ExtractionError: nothing in the page that a record could be made of.
    """
    from newsscraper.extraction import reading

    return reading.read_page(page, explain=explain, record_only=record_only)
