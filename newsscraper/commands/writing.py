"""How ``scrapy extract`` writes the records of several pages: a line of JSON each, or Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsscraper.extraction.page import Page, SiteHints


def written(pages: list[Page], hints: SiteHints, *, markdown: bool) -> str:
    """Return the record of one article, from all its pages, as text.

    Raises:
        ExtractionError: there is no text in them.
    """
    from newsscraper.exports.markdown import document, markdown_of
    from newsscraper.extraction import ExtractionError, joining, read_page

    readings = [read_page(page, with_structure=markdown) for page in pages]
    article = joining.join(readings, hints=hints) if len(readings) > 1 else readings[0].article
    if article is None:
        raise ExtractionError(readings[0].reason or "there is no text in the page")
    if not markdown:
        return article.to_json().decode()
    # The structure of a split article is not joined: its text stands in for it.
    body = markdown_of(readings[0].structure) if len(readings) == 1 else None
    return document(article.to_dict(), body or None)
