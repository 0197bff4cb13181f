"""Preformatted text that is no code but a story, as old pages and mailing lists have it."""

from __future__ import annotations

import re

from newsscraper.extraction.tree import Element

_EMPTY_LINE = re.compile(r"\n\s*\n")
_OF_CODE = re.compile(r"[{}=;<>|_\\\[\]$#@*/+~^&]")
_LEAST = 300
_WRAPPED = 45


def paragraphs_of(text: str, element: Element) -> list[str]:
    """Return the paragraphs of a story that is set in ``<pre>``; none where the text is code, or short.

    Lines that are as long as a page is wide are joined; shorter ones are verses, and stay.

    >>> from newsscraper.extraction.parsing import parse
    >>> paragraphs_of("if rain:\\n    stay()", parse("<pre></pre>").root)
    []
    """
    if len(text) < _LEAST or len(_OF_CODE.findall(text)) * 100 > len(text):
        return []
    if next(element.iter("code", "samp", "kbd"), None) is not None:
        return []
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if sum(line[-1] in ".!?…。！？" for line in lines) * 12 < len(lines):
        return []
    border = " " if sum(map(len, lines)) >= _WRAPPED * len(lines) else "\n"
    parts = [part.split("\n") for part in _EMPTY_LINE.split(text)]
    return [border.join(" ".join(line.split()) for line in part if line.strip()) for part in parts]
