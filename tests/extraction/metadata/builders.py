"""Small pages for tests, and a document of one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from newsscraper.extraction import parsing
from newsscraper.extraction.document import Document
from newsscraper.extraction.page import Page

FETCHED = datetime(2024, 6, 30, 12, 0, tzinfo=UTC)
URL = "https://www.journal.example/2024/06/les-ambitions/"


def document(html: str, *, url: str | None = URL, headers: Mapping[str, str] | None = None) -> Document:
    """Return the document of a page fetched on 30 June 2024."""
    return Document(parsing.parse(html), Page(html=html, url=url, fetched_at=FETCHED, headers=headers or {}))


def page(head: str = "", body: str = "", *, lang: str = "fr") -> str:
    return f'<!doctype html><html lang="{lang}"><head>{head}</head><body>{body}</body></html>'


def json_ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'
