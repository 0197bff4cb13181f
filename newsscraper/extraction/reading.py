"""One page, read: the order in which the parts of extraction run, and how their answers become the record."""

from __future__ import annotations

from newsscraper.article import Article
from newsscraper.extraction import body, decoding
from newsscraper.extraction.blocks import Walk
from newsscraper.extraction.document import Document
from newsscraper.extraction.page import ExtractionError, Page, Reading


def read_page(page: Page, *, explain: bool = False) -> Reading:
    """Read one page.

    Raises:
        ExtractionError: the page holds nothing that a record could be made of.
    """
    doc = Document(decoding.parse(decoding.decode(page.html, page.headers.get("content-type"))), page, explain=explain)
    walk = Walk(doc.tree)
    chosen = body.choose(walk)
    if explain:
        for block in walk.blocks:
            rule = chosen.cut.get(block.place)
            doc.explain("block", "cut" if rule else "kept", rule or "body", block.text)
    text = "\n\n".join(block.text for block in chosen.blocks)
    titles = doc.meta.get("og:title") or [e.text_content() for e in doc.tags("h1", "title")]
    article = Article(title=(titles or [None])[0], text=text or None, url=page.url, source_url=page.url)
    return Reading(kind="article", article=article, steps=doc.steps or [])
