"""Path patterns as robots.txt writes them: ``*`` is anything, ``$`` at the end is the end."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit


def matches(pattern: str, url: str) -> bool:
    """Whether a pattern covers the path and query of ``url``; a whole address as a pattern counts by its path.

    Takes time in proportion to the lengths, whatever the pattern: no regular expression.

    >>> matches("/news/*.html$", "https://example.com/news/a.html"), matches("/news/", "https://example.com/sport/a")
    (True, False)
    """
    try:
        if pattern.startswith(("http://", "https://")):
            pattern = urlsplit(pattern).path or "/"
        parts = urlsplit(url)
    except ValueError:
        return False
    if not pattern.startswith(("/", "*")):
        pattern = "/" + pattern
    path = unquote(parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    to_the_end = pattern.endswith("$")
    first, *others = unquote(pattern.removesuffix("$")).split("*")
    if not path.startswith(first):
        return False
    if not others:
        return not to_the_end or path == first
    position = len(first)
    for part in others[:-1]:
        position = path.find(part, position)
        if position < 0:
            return False
        position += len(part)
    last = others[-1]
    if to_the_end:
        return path.endswith(last) and len(path) - len(last) >= position
    return path.find(last, position) >= 0
