"""What a feed tells of an article: a witness of the text on its page, and a page of its own where there is none."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from newsscraper.extraction import decoding, parsing, structured
from newsscraper.extraction.body import text
from newsscraper.extraction.document import Document
from newsscraper.extraction.page import Page, Told
from newsscraper.extraction.plaintext import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

LONG_ENOUGH = 600
"""Letters from which a feed's text may be the whole one; shorter ones are summaries."""


_CUT = re.compile(r"(?:…|\.\.\.|&hellip;|&#8230;)\]?\s*(?:</\w+>\s*)*(?:<|$)|\[(?:…|\.\.\.|&hellip;|&#8230;)\]")
_END = 700
"""Letters at the end of a feed's text in which it is cut off, if at all: its closing line may follow."""


def is_whole(told: Told) -> bool:
    """Whether a feed tells the whole text of an article, and no summary: it is long, and not cut off.

    >>> is_whole(Told("Rain", "<p>It rained.</p>")), is_whole(Told("Rain", "<p>It rained.</p>" * 50))
    (False, True)
    >>> is_whole(Told("Rain", "<p>It rained.</p>" * 50 + "<p>Then [&hellip;]</p><p>The post Rain appeared first.</p>"))
    False
    """
    return len(told.text) >= LONG_ENOUGH and not _CUT.search(told.text[-_END:])


def as_page(told: Told, url: str, *, language: str | None = None) -> str:
    """Return a web page that shows what a feed tells, and nothing else.

    Args:
        told: what it tells.
        url: address of the article.
        language: ISO 639-1, where it is known.

    >>> "<h1>Rain &amp; wind</h1>" in as_page(Told("Rain & wind", "<p>It rained.</p>"), "https://a.example/x")
    True
    """
    names = "".join(f'<meta name="author" content="{escape(name)}">' for name in told.authors)
    sections = "".join(f'<meta property="article:section" content="{escape(name)}">' for name in told.categories)
    return (
        f'<!doctype html><html lang="{escape(language or "")}"><head><meta charset="utf-8">'
        f'<title>{escape(told.title)}</title><link rel="canonical" href="{escape(url)}">'
        f'<meta property="og:type" content="article">{names}{sections}</head>'
        f"<body><article><h1>{escape(told.title)}</h1>"
        f'<div class="entry-content">{told.text}</div></article></body></html>'
    )


def paragraphs(page: Page, headline: str | None) -> Sequence[str]:
    """Return the text that a feed tells of a page's article, without its closing line; empty where it tells of none.

    Args:
        page: with what its feed tells.
        headline: the page's own; where the feed has another one, it speaks of something else.
    """
    told = page.told
    if told is None or len(told.text) < LONG_ENOUGH or headline is None or fold(told.title) != fold(headline):
        return ()
    html = decoding.to_utf8(as_page(told, page.url or ""))
    doc = Document(parsing.parse(html), page)
    shown = next(iter(doc.tags("h1")), None)
    body = text.read(doc, headline=headline, headline_element=shown, boxes={}, stated=structured.read(doc))
    found = [block.text for block in body.blocks]
    body.walk.release()
    return found
