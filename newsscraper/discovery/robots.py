"""robots.txt as a way into a site: the sitemaps that it names."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

MAX_SIZE = 512 * 1024
"""Bytes of robots.txt that are read; what stands behind is ignored, as the standard allows."""
MAX_SITEMAPS = 200


def sitemaps(body: bytes, url: str) -> list[str]:
    """Return the addresses of the sitemaps that a robots.txt names, absolute, each once, in order.

    >>> sitemaps(b"User-agent: *\\nSitemap: /sitemap.xml\\nsitemap:https://a.example/news.xml", "https://a.example/robots.txt")
    ['https://a.example/sitemap.xml', 'https://a.example/news.xml']
    """
    text = body[:MAX_SIZE].decode("utf-8-sig", "replace")
    found: dict[str, None] = {}
    for line in text.splitlines():
        name, colon, value = line.partition(":")
        if not colon or name.strip().lower() not in ("sitemap", "site-map"):
            continue
        value = value.split(" #", 1)[0].strip()
        try:
            address = urljoin(url, value)
            parts = urlsplit(address)
        except ValueError:
            continue
        if value and parts.scheme in ("http", "https") and parts.hostname:
            found[address] = None
        if len(found) >= MAX_SITEMAPS:
            break
    return list(found)
