"""A text that a page states and does not show, as paragraphs: ``articleBody``, or HTML out of a script's data."""

from __future__ import annotations

import re
from html import unescape

from newsscraper.extraction.plaintext import plain

_BORDER = re.compile(
    r"\s*\n\s*|(?:\s*</?(?:p|div|h\d|li|ul|ol|blockquote|section|article|figure|table|tr|pre)\b[^>]*>\s*)+|"
    r"(?:\s*<br\s*/?>\s*)+",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"<(script|style|figcaption|iframe|noscript|svg|aside|template)\b[^>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL
)
_ESCAPED = re.compile(r"&(?:amp;)?lt;/?(?:p|br|div|h\d|li|ul|ol|blockquote)\b", re.IGNORECASE)


def paragraphs_of(stated: str) -> list[str]:
    """Return a stated text's paragraphs, markup gone, be it escaped once or twice.

    >>> paragraphs_of("&lt;p&gt;Smith &amp;amp; Sons bid first.&lt;/p&gt;&lt;p&gt;Rain fell.&lt;/p&gt;")
    ['Smith & Sons bid first.', 'Rain fell.']
    """
    for _ in range(2):
        if _ESCAPED.search(stated):
            stated = unescape(stated)
    if "<" in stated:
        stated = _ASIDE.sub(" ", stated)
    return [text for part in _BORDER.split(stated) if (text := plain(part))]
