"""Whether everyone may read the whole article: what the page says of itself."""

from __future__ import annotations

from typing import Any

from newsscraper.extraction.document import Document
from newsscraper.extraction.structured import Structured

_TIERS = {"free": True, "metered": False, "locked": False, "paid": False, "premium": False, "subscriber": False}


def read(doc: Document, structured: Structured) -> bool | None:
    """Return whether the article is free to read; ``None`` where the page does not say.

    JSON-LD's ``isAccessibleForFree`` of the article or of one of its parts, publishers' tiers, and WordPress' form for
    a post's password are believed, in this order.
    """
    article = structured.article
    told = [_truth(value) for value in structured.values(article, "isAccessibleForFree")]
    told += (
        [_truth(value) for value in structured.values(structured.webpage, "isAccessibleForFree")] if not told else []
    )
    parts = [
        _truth(value)
        for part in structured.values(article, "hasPart")
        if isinstance(part, dict)
        for value in structured.values(part, "isAccessibleForFree")
    ]
    for value in (*told, *parts):
        if value is False:
            return False
    for name in ("article:content_tier", "og:article:content_tier", "content_tier"):
        for tier in doc.meta.get(name, ()):
            if tier.strip().lower() in _TIERS:
                return _TIERS[tier.strip().lower()]
    if doc.labels_with(("post-password-form",)):
        return False
    return True if True in told else None


def _truth(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return bool(value)
    if isinstance(value, str):
        word = value.strip().rsplit("/", 1)[-1].lower()
        return {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}.get(word)
    return None
