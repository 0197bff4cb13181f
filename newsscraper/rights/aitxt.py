"""``/ai.txt`` in the robots-like form: which media of a site AI may use."""

from __future__ import annotations

import re

from newsscraper.rights.paths import matches

WHERE = "/ai.txt"
_LINE = re.compile(r"^\s*(user-?agent|disallow|allow)\s*:\s*([^#]*)", re.IGNORECASE)
_TEXT_FILES = frozenset({"*.txt", "/*.txt", "*.html", "/*.html", "*.htm", "/*.htm"})
"""Patterns that stand for a medium: the files generated for opting out list text as ``*.txt``."""


def read_ai_txt(text: str, url: str) -> tuple[bool | None, str]:
    """Return what an ai.txt says of the text of one page.

    Args:
        text: the file. Other files of that name (Markdown, a "not found" page) say nothing.
        url: address of the page.

    Returns:
        ``(ai, evidence)``: False where use of text by AI is disallowed, True where it is allowed, ``None`` where the
        file does not say; and the line that decided.

    >>> read_ai_txt("User-Agent: *\\nDisallow: *.jpg\\nDisallow: *.txt", "https://example.com/a")
    (False, 'ai.txt: Disallow: *.txt')
    >>> read_ai_txt("User-Agent: *\\nDisallow: *.jpg\\nAllow: /", "https://example.com/a")
    (True, 'ai.txt: Allow: /')
    >>> read_ai_txt("# About us", "https://example.com/a")
    (None, '')
    """
    for_all = False
    best: tuple[int, bool, str] | None = None
    for line in text.splitlines()[:10_000]:
        match = _LINE.match(line)
        if match is None:
            continue
        name, value = match[1].lower(), match[2].strip()
        if name.startswith("user"):
            for_all = value == "*"
        elif for_all and value:
            allowed = name == "allow"
            rule = (len(value), allowed, f"ai.txt: {name.capitalize()}: {value[:200]}")
            covers = value.lower() in _TEXT_FILES or matches(value, url)
            # The longest pattern decides; of two as long, the one that disallows.
            if covers and (best is None or (rule[0], not allowed) > (best[0], not best[1])):
                best = rule
    return (best[1], best[2]) if best else (None, "")
