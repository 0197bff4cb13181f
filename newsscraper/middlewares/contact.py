"""The User-Agent: names the project and a person whom a site can turn to."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from scrapy import Request, Spider, signals

from newsscraper import __version__
from newsscraper.middlewares.addresses import is_public, literal_address
from newsscraper.middlewares.private_hosts import trusted_hosts

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)


def user_agent(name: str | None, contact: str | None) -> str:
    """Return the User-Agent to send.

    Args:
        name: what ``USER_AGENT`` says; where it is empty the project names itself.
        contact: e-mail address or URL of whoever runs the crawl.

    >>> user_agent("newsscraper/1.0", "desk@example.org")
    'newsscraper/1.0 (+mailto:desk@example.org)'
    >>> user_agent("newsscraper/1.0 (+https://example.org/bot)", "https://example.org/bot")
    'newsscraper/1.0 (+https://example.org/bot)'
    """
    agent = " ".join((name or "").split()) or f"newsscraper/{__version__}"
    contact = "".join((contact or "").split())
    if not contact or contact in agent:
        return agent
    return f"{agent} (+{contact if '://' in contact else f'mailto:{contact}'})"


class ContactMiddleware:
    """Send the User-Agent made of ``USER_AGENT`` and ``CONTACT``, and ask once for ``CONTACT`` where it is missing."""

    def __init__(self, crawler: Crawler) -> None:
        self._contact: str | None = crawler.settings["CONTACT"]
        self._agent = user_agent(crawler.settings["USER_AGENT"], self._contact)
        crawler.signals.connect(self._opened, signal=signals.spider_opened)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the middleware; it is always on."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Name ourselves, unless the request brings a name."""
        request.headers.setdefault(b"User-Agent", self._agent)

    def _opened(self, spider: Spider) -> None:
        if self._contact:
            return
        addresses = [literal_address(host) for host in trusted_hosts(spider)]
        if addresses and all(address is not None and not is_public(address) for address in addresses):
            return  # one's own machine needs no contact
        logger.warning(
            "CONTACT is not set: sites cannot tell who crawls them, and some refuse crawlers without a contact. "
            "Set it in settings.py or with -s CONTACT=you@example.org (an e-mail address or a URL)."
        )
