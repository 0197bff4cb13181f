"""robots.txt as a way into a site: the sitemaps that it names."""

from __future__ import annotations

from newsscraper.address import Address

MAX_SIZE = 512 * 1024
"""Bytes of robots.txt that are read; what stands behind is ignored, as the standard allows."""
MAX_SITEMAPS = 200


def sitemaps(body: bytes, address: Address) -> list[Address]:
    """Return the addresses of the sitemaps that a robots.txt names, each once, in order.

    >>> robots = Address.of("https://a.example/robots.txt")
    >>> list(map(str, sitemaps(b"User-agent: *\\nSitemap: /sitemap.xml\\nsitemap:https://a.example/news.xml", robots)))
    ['https://a.example/sitemap.xml', 'https://a.example/news.xml']
    """
    text = body[:MAX_SIZE].decode("utf-8-sig", "replace")
    found: dict[Address, None] = {}
    for line in text.splitlines():
        name, colon, value = line.partition(":")
        if not colon or name.strip().lower() not in ("sitemap", "site-map"):
            continue
        value = value.split(" #", 1)[0].strip()
        if value and (named := address.join(value)) is not None:
            found[named] = None
        if len(found) >= MAX_SITEMAPS:
            break
    return list(found)
