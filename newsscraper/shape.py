"""The shape of an address: what stays of it when the words are taken out.

``/2026/11/22/a-long-slug/`` becomes ``/Y/N/N/slug``. A site has a handful of shapes, and nearly all pages of one shape
are of one kind.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, urlsplit

_YEAR = re.compile(r"^(?:19|20)\d\d$")
_DATE = re.compile(r"^(?:19|20)\d\d[-_]?\d\d[-_]?\d\d$")
_HEX = re.compile(r"^(?=.*\d)[0-9a-f]{8,}(?:-[0-9a-f]{4,}){0,4}$", re.IGNORECASE)
_EXTENSION = re.compile(r"\.([a-z]{3,5})$", re.IGNORECASE)
_DIGITS_END = re.compile(r"[-_,.]?[a-z]{0,3}\d{4,}$", re.IGNORECASE)
_DIGITS_START = re.compile(r"^[a-z]{0,2}\d{4,}[-_,]", re.IGNORECASE)


@lru_cache(maxsize=16384)  # the menus of a site stand on all its pages
def shape(url: str) -> str:
    """Return the shape of ``url``.

    >>> shape("https://www.example.com/2026/11/22/cloud-region-opens-in-lille/")
    '/Y/N/N/slug'
    >>> shape("https://www.example.com/cloud-region-opens-404477.html")
    '/slug-N.html'
    >>> shape("https://www.example.com/?p=12"), shape("https://www.example.com/about/")
    ('/?p', '/word')
    """
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment]
    extension = ""
    if segments and (match := _EXTENSION.search(segments[-1])):
        extension = match.group(0).lower()
        segments[-1] = segments[-1][: match.start()]
    pattern = "/" + "/".join(_segment(segment) for segment in segments[:8])
    names = sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)})
    return pattern + extension + ("?" + "&".join(names[:5]) if names else "")


def _segment(segment: str) -> str:
    if _YEAR.match(segment):
        return "Y"
    if _DATE.match(segment):
        return "date"
    if segment.isdigit():
        return "N" if len(segment) < 5 else "id"
    if _HEX.match(segment):
        return "id"
    words = re.split(r"[-_]+|%20", segment)
    long = len(words) >= 4 or len(segment) >= 25
    if _DIGITS_END.search(segment):
        return "slug-N" if long or len(words) > 1 else "word-N"
    if _DIGITS_START.match(segment):
        return "N-slug"
    return "slug" if long else "word"


def speaks_of_article(url_shape: str) -> bool:
    """Whether a shape is one that articles have and other pages hardly ever do: a date, an id, a long slug.

    >>> speaks_of_article("/Y/N/N/word"), speaks_of_article("/word/word")
    (True, False)
    """
    path = url_shape.partition("?")[0]
    last = path.rsplit("/", 1)[-1]
    if "slug" in last or "-N" in last:
        return True
    if last.startswith("id") and path.count("/") > 1:
        return True
    return (path.startswith("/Y/N") or "/Y/N/" in path or "/date" in path) and not last.startswith(("N", "Y", "date"))
