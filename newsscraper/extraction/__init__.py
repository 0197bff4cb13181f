"""A page's bytes in, a record out. Pure and picklable: no Scrapy, no clock, no network."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Literal, overload

from newsscraper.extraction.page import ExtractionError as ExtractionError
from newsscraper.extraction.page import Page as Page
from newsscraper.extraction.page import Reading as Reading
from newsscraper.extraction.page import SiteHints as SiteHints
from newsscraper.extraction.page import StructuredArticle as StructuredArticle
from newsscraper.extraction.page import TextBlock as TextBlock
from newsscraper.extraction.page import TextLink as TextLink

if TYPE_CHECKING:
    from newsscraper.article import Article
    from newsscraper.dates.claim import Claim


_NO_HINTS = SiteHints()


@overload
def extract(
    html: bytes | str,
    *,
    url: str | None = ...,
    fetched_at: datetime | None = ...,
    hints: SiteHints = ...,
    claims: Iterable[Claim] = ...,
    headers: Mapping[str, str] | None = ...,
    structure: Literal[False] = ...,
) -> Article: ...


@overload
def extract(
    html: bytes | str,
    *,
    url: str | None = ...,
    fetched_at: datetime | None = ...,
    hints: SiteHints = ...,
    claims: Iterable[Claim] = ...,
    headers: Mapping[str, str] | None = ...,
    structure: Literal[True],
) -> StructuredArticle: ...


def extract(  # noqa: PLR0913
    html: bytes | str,
    *,
    url: str | None = None,
    fetched_at: datetime | None = None,
    hints: SiteHints = _NO_HINTS,
    claims: Iterable[Claim] = (),
    headers: Mapping[str, str] | None = None,
    structure: bool = False,
) -> Article | StructuredArticle:
    """Return the record of one page.

    A page that is not an article gives a record, too. Its ``extraction.warnings`` then holds ``"not-an-article: …"``.

    Args:
        html: the page as sent (bytes are decoded by BOM, declared charset, detection).
        url: address it was fetched from.
        fetched_at: when it was fetched, with a zone. Without it, ages ("2 days ago") cannot be read. No clock is read.
        hints: what is known about the site.
        claims: dates from outside the page, such as a sitemap or feed.
        headers: response headers, any case.
        structure: return the text's blocks as well: headings, list items, quotes, rows, code, and where links lead.

    Raises:
        ExtractionError: no record can be made of the page.
        ValueError: ``fetched_at`` has no zone.

    >>> extract("<html lang=en><h1>Rain</h1><p>" + "It rained all day in Brest. " * 20).title
    'Rain'
    >>> found = extract("<h1>Rain</h1><h2>Brest</h2><p>" + "It rained all day. " * 20, structure=True)
    >>> [block.kind for block in found.blocks], found.article.title
    (['heading', 'paragraph'], 'Rain')
    """
    lower = {name.lower(): value for name, value in (headers or {}).items()}
    page = Page(html, url=url, fetched_at=fetched_at, headers=lower, claims=tuple(claims), hints=hints)
    reading = read_page(page, record_only=True, with_structure=structure)
    if reading.article is None:
        raise ExtractionError(reading.reason or "no text in the page")
    return StructuredArticle(reading.article, reading.structure) if structure else reading.article


def read_page(page: Page, *, explain: bool = False, record_only: bool = False, with_structure: bool = False) -> Reading:
    """Return all that one page gives: the record, what kind of page it is, where it leads.

    Args:
        page: the page as fetched.
        explain: note each decision in ``Reading.steps``.
        record_only: leave out what a crawl needs beside the record: links, feeds, parts and next page, block hashes.
        with_structure: give the text's blocks in ``Reading.structure``.

    Raises:
        ExtractionError: no record can be made of the page.
        ValueError: ``page.fetched_at`` has no zone.
    """
    from newsscraper.extraction import reading

    if page.fetched_at is not None and page.fetched_at.utcoffset() is None:
        raise ValueError("fetched_at must be aware: a moment without a zone tells no age")
    return reading.read_page(page, explain=explain, record_only=record_only, with_structure=with_structure)
