"""One page, read: the order in which the parts of extraction run, and how their answers become the record."""

from __future__ import annotations

from datetime import UTC

from newsscraper.article import Article
from newsscraper.extraction import (
    authors,
    decoding,
    description,
    images,
    language,
    links,
    paywall,
    recent,
    rights,
    structured,
    taxonomy,
    title,
)
from newsscraper.extraction.body import read as read_body
from newsscraper.extraction.document import Document
from newsscraper.extraction.page import Page, Reading
from newsscraper.urls import article_id, canonical_url, site_of


def read_page(page: Page, *, explain: bool = False) -> Reading:
    """Read one page.

    Raises:
        ExtractionError: the page holds nothing that a record could be made of.
    """
    text = decoding.decode(page.html, page.headers.get("content-type"))
    doc = Document(decoding.parse(text), page, explain=explain)
    stated = structured.read(doc)
    headline, headline_element = title.read(doc, stated)
    spoken = language.read(doc, stated)
    languages = tuple(dict.fromkeys(([spoken] if spoken else []) + list(page.hints.languages)))
    addresses = links.read(doc, stated)
    posts, post_boxes = recent.read(doc, headline_element, languages=languages, timezone=page.hints.timezone)
    pictures, captions = images.read(doc, stated, headline_element)
    categories, tags = taxonomy.read(doc, stated, headline_element)
    names = authors.read(doc, stated, headline_element)
    summary = description.read(doc, stated, headline)
    body = read_body(
        doc,
        headline=headline,
        headline_element=headline_element,
        stated=stated,
        authors=names,
        boxes={**dict.fromkeys(captions, "caption"), **dict.fromkeys(post_boxes, "recent-posts")},
    )
    own = addresses.canonical_url or (canonical_url(page.url) if page.url else None)
    article = Article(
        id=article_id(own) if own else None,
        url=own,
        source_url=page.url,
        site=site_of(own) if own else None,
        title=headline,
        description=summary,
        text=body.text or None,
        authors=names,
        categories=categories,
        tags=tags,
        language=spoken,
        images=pictures,
        recent_posts=posts,
        is_accessible_for_free=paywall.read(doc, stated),
        rights=rights.read(doc),
        fetched_at=page.fetched_at.astimezone(UTC).isoformat(timespec="seconds") if page.fetched_at else None,
    )
    return Reading(
        kind="article",
        article=article,
        canonical_url=addresses.canonical_url,
        amp_url=addresses.amp_url,
        is_amp=addresses.is_amp,
        pages=addresses.pages,
        page_number=addresses.page_number,
        next_url=addresses.next_url,
        feeds=addresses.feeds,
        links=addresses.links,
        steps=doc.steps or [],
    )
