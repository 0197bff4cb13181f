"""No page leads the crawler to addresses that only this machine or this network can reach.

Two guards: this middleware looks at what is written in an address, before anything is sent; `connection` looks at what
a name resolves to, at the moment of connecting. ``ALLOW_PRIVATE_HOSTS`` opens both.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.utils.httpobj import urlparse_cached

from newsscraper.middlewares.addresses import is_local_name, is_public, literal_address
from newsscraper.middlewares.reasons import Refused

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler


def trusted_hosts(spider: Spider | None) -> frozenset[str]:
    """Return the hosts that whoever started the crawl named: ``start_urls``, ``start_url`` and ``url`` of the spider.

    Only these may be private. What pages, redirects, sitemaps and feeds name is not asked for.
    """
    named: list[str] = []
    for attribute in ("start_urls", "start_url", "url"):
        value = getattr(spider, attribute, None)
        if isinstance(value, str):
            named.append(value)
        elif isinstance(value, Iterable):
            named.extend(v for v in value if isinstance(v, str))
    hosts = set()
    for url in named:
        try:
            host = urlsplit(url).hostname
        except ValueError:
            continue
        if host:
            hosts.add(host.rstrip("."))
    return frozenset(hosts)


class PrivateHostsMiddleware:
    """Refuse addresses that are written as private ones, and schemes other than http and https."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._allow_private = crawler.settings.getbool("ALLOW_PRIVATE_HOSTS")
        self._trusted: frozenset[str] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the middleware; it is always on, since the schemes are always checked."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let the request pass or say why not.

        Raises:
            Refused: ``not-http``, ``bad-address``, ``password-in-address`` or ``private-address``.
        """
        parts = urlparse_cached(request)
        if parts.scheme not in {"http", "https"}:
            raise Refused("not-http", request.url)
        try:
            host, _ = parts.hostname, parts.port
        except ValueError:
            host = None
        if not host:
            raise Refused("bad-address", request.url)
        if "@" in parts.netloc:  # the network layer would take it for a part of the host's name
            raise Refused("password-in-address", request.url)
        address = literal_address(host)
        if host == "localhost" or (address is not None and address.is_loopback):
            request.meta.setdefault("proxy", None)  # a proxy would look for it on its own machine
        if self._allow_private:
            return
        if self._trusted is None:
            self._trusted = trusted_hosts(self._crawler.spider)
        if host.rstrip(".") in self._trusted:
            return
        if is_local_name(host) if address is None else not is_public(address):
            raise Refused("private-address", request.url)
