"""One page, read: the order in which the parts of extraction run, and how their answers become the record."""

from __future__ import annotations

from newsscraper.article import Article
from newsscraper.extraction import decoding
from newsscraper.extraction.document import Document
from newsscraper.extraction.page import ExtractionError, Page, Reading


def read_page(page: Page, *, explain: bool = False) -> Reading:
    """Read one page.

    Raises:
        ExtractionError: the page holds nothing that a record could be made of.
    """
    doc = Document(decoding.parse(decoding.decode(page.html, page.headers.get("content-type"))), page, explain=explain)
    import trafilatura

    found = trafilatura.bare_extraction(doc.tree, url=page.url, with_metadata=False)
    if found is None:
        raise ExtractionError("no text in the page")
    titles = doc.meta.get("og:title") or [e.text_content() for e in doc.tags("h1", "title")]
    article = Article(title=(titles or [None])[0], text=found.text or None, url=page.url, source_url=page.url)
    return Reading(kind="article", article=article, steps=doc.steps or [])
