"""Where sites put sitemaps and feeds when nothing names them."""

from __future__ import annotations

_SITEMAPS = ("/sitemap.xml", "/sitemap_index.xml", "/news-sitemap.xml", "/sitemap-index.xml")
_FEEDS = ("/feed", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/rss", "/feed.json")


def sitemaps(*, wordpress: bool = False) -> tuple[str, ...]:
    """Return paths to try for a sitemap, likeliest first.

    >>> sitemaps(wordpress=True)[0]
    '/wp-sitemap.xml'
    """
    # The second one is the first one's name where WordPress runs without pretty addresses.
    return ("/wp-sitemap.xml", "/?sitemap=index", *_SITEMAPS) if wordpress else _SITEMAPS


def feeds(*, wordpress: bool = False) -> tuple[str, ...]:
    """Return paths to try for a feed, likeliest first.

    >>> feeds(wordpress=True)
    ('/feed/',)
    """
    return ("/feed/",) if wordpress else _FEEDS
