"""The extractors that are compared: each a function from a page's bytes to its text and record.

Peers are dependencies of the benchmark alone: ``pip install newspaper4k readability-lxml resiliparse``.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

System = Callable[[bytes, str | None], dict[str, Any]]
"""``(html, url)`` → ``{"text": …, "title": …, "authors": […], "date": …, …}``; what a system does not give is left out."""  # noqa: E501


def newsscraper() -> System:
    from newsscraper.extraction import ExtractionError, Page, read_page

    def run(html: bytes, url: str | None) -> dict[str, Any]:
        try:
            # As `newsscraper.extract` does: a peer reads no links for a crawl either.
            reading = read_page(Page(html, url=url), record_only=True)
        except ExtractionError as error:
            return {"kind": "other", "error": str(error), "confidence": 0.0}
        article = reading.article
        if article is None:
            return {"kind": reading.kind, "confidence": 0.0}
        return {
            "text": article.text or "",
            "title": article.title,
            "authors": article.authors,
            "date": article.date_published,
            "kind": reading.kind,
            "confidence": article.extraction.confidence,
        }

    return run


def _trafilatura(**options: bool) -> System:
    from trafilatura import bare_extraction

    def run(html: bytes, url: str | None) -> dict[str, Any]:
        found = bare_extraction(html, url=url, with_metadata=True, include_comments=False, **options)
        if found is None:
            return {}
        authors = [name.strip() for name in (found.author or "").split(";") if name.strip()]
        return {"text": found.text or "", "title": found.title, "authors": authors, "date": found.date}

    return run


def trafilatura() -> System:
    return _trafilatura()


def trafilatura_precision() -> System:
    return _trafilatura(favor_precision=True)


def trafilatura_fast() -> System:
    return _trafilatura(fast=True)


def newspaper4k() -> System:
    newspaper = importlib.import_module("newspaper")

    def run(html: bytes, url: str | None) -> dict[str, Any]:
        found = newspaper.Article(url or "http://localhost/", fetch_images=False)
        found.download(input_html=html.decode("utf-8", "replace"))
        found.parse()
        day = found.publish_date.date().isoformat() if found.publish_date else None
        return {"text": found.text, "title": found.title, "authors": found.authors, "date": day}

    return run


def readability() -> System:
    module = importlib.import_module("readability")
    from lxml.html import fromstring

    def run(html: bytes, url: str | None) -> dict[str, Any]:
        found = module.Document(html.decode("utf-8", "replace"), url=url)
        body = fromstring(found.summary() or "<p></p>")
        return {"text": "\n".join(body.itertext()), "title": found.short_title()}

    return run


def resiliparse() -> System:
    extract = importlib.import_module("resiliparse.extract.html2text").extract_plain_text
    tree = importlib.import_module("resiliparse.parse.html").HTMLTree
    detect = importlib.import_module("resiliparse.parse.encoding").detect_encoding

    def run(html: bytes, url: str | None) -> dict[str, Any]:
        page = tree.parse_from_bytes(html, detect(html))
        return {"text": extract(page, main_content=True, alt_texts=False), "title": page.title}

    return run


OURS_AND_TRAFILATURA: dict[str, Callable[[], System]] = {
    "newsscraper": newsscraper,
    "trafilatura": trafilatura,
    "trafilatura precision": trafilatura_precision,
    "trafilatura fast": trafilatura_fast,
}
PEERS: dict[str, Callable[[], System]] = {
    "newspaper4k": newspaper4k,
    "readability-lxml": readability,
    "resiliparse": resiliparse,
}
