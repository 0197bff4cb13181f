"""The summary that a page gives of itself."""

from __future__ import annotations

import re

from newsscraper.extraction.document import Document
from newsscraper.extraction.plaintext import fold, plain
from newsscraper.extraction.structured import Structured

_CUT = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|&hellip;)\s*$")


def read(doc: Document, structured: Structured, title: str | None) -> str | None:
    """Return the page's description: the first that is not cut short, else the longest that is.

    A description that only repeats the title says nothing and is left out.
    """
    told = [
        *doc.meta.get("og:description", ())[:1],
        *doc.meta.get("description", ())[:1],
        *structured.texts(structured.article, "description")[:1],
        *doc.meta.get("twitter:description", ())[:1],
        *doc.meta.get("dc.description", ())[:1],
    ]
    texts = [text for value in told if (text := plain(value)) and fold(text) != fold(title or "")]
    whole = [text for text in texts if not _CUT.search(text)]
    if whole:
        return whole[0][:5000]
    return max(texts, key=len, default=None)
