"""``dc:date`` in feeds: when an item came out, for formats that have no other date for it."""

from __future__ import annotations

import re

_PREFIX = re.compile(rb"""xmlns:([A-Za-z][\w.-]*)\s*=\s*["']https?://purl\.org/dc/elements/1\.[01]/["']""")
_ITEM = re.compile(rb"<((?:[\w.-]+:)?item)[\s>].*?</\1\s*>", re.DOTALL)
_PUBLISHED = re.compile(rb"<(?:[\w.-]+:)?(?:pubDate|published|issued)[\s>]")


def with_publication_dates(body: bytes) -> bytes:
    """Return a feed whose items say by ``pubDate`` what they say by ``dc:date``, where that is all they say.

    Feed readers take ``dc:date`` for the moment of the last change. RSS 1.0 has nothing else for that of publication.
    An item that has another date of publication needs no second one.

    >>> feed = b'<rdf xmlns:dc="http://purl.org/dc/elements/1.1/"><item><dc:date>2026-11-22</dc:date></item></rdf>'
    >>> with_publication_dates(feed).partition(b">")[2]
    b'<item><pubDate>2026-11-22</pubDate></item></rdf>'
    """
    prefixes = {re.escape(prefix) for prefix in _PREFIX.findall(body)}
    if not prefixes:
        return body
    date = re.compile(rb"<(%b):date(?:\s[^>]*)?>([^<]*)</\1:date\s*>" % b"|".join(sorted(prefixes)))

    def told(item: re.Match[bytes]) -> bytes:
        return date.sub(b"" if _PUBLISHED.search(item[0]) else rb"<pubDate>\2</pubDate>", item[0])

    return _ITEM.sub(told, body)
