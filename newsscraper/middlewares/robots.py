"""robots.txt: what it forbids, how slowly it wants us, which sitemaps it names. Each host's is fetched once."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request, signals
from scrapy.exceptions import NotConfigured, StopDownload
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from newsscraper.middlewares.reasons import PROBE, Reason, Refused, reason_for_exception, reason_for_status

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

MAX_ROBOTS_BYTES = 512 * 1024
"""Of a longer robots.txt the first part counts, as RFC 9309 has it (it asks for 500 KiB at least)."""

_HABIT = "robots"
_KEPT_LENGTH = 64 * 1024
_KEPT_FILES = 10
_ROBOTS = "robotstxt"  # meta key that marks our own requests
_NETWORK = frozenset(
    {"private-address", "no-such-host", "connection-refused", "connection-lost", "timeout", "tls", "proxy", "stopped"}
)
_BROKEN = frozenset(
    {"too-many-redirects", "redirect-loop", "bad-redirect", "decompression-bomb", "bad-compression", "too-large"}
    | {"not-http", "bad-address", "other-site"}
)


class Memory(Protocol):
    """What is kept from run to run, by name: the state of a site, say."""

    def habit(self, name: str) -> Any:
        """Return what was kept under a name, ``None`` where nothing was."""
        ...

    def learn(self, name: str, value: Any) -> None:
        """Keep a JSON value under a name."""
        ...


@dataclass(slots=True)
class Robots:
    """One host's robots.txt.

    Attributes:
        url: where it was looked for.
        state: ``read``; ``absent`` (4xx: everything is allowed); ``unreachable`` (5xx, no connection: nothing is
            allowed, as RFC 9309 has it).
        text: its text, at most `MAX_ROBOTS_BYTES` long; empty unless ``read``.
        sitemaps: addresses of sitemaps that it names, as written.
        delay: seconds that must lie between two requests, 0 where it asks for none.
        why: why it was not read.
        rules: its rules.
    """

    url: str
    state: Literal["read", "absent", "unreachable"]
    text: str = ""
    sitemaps: tuple[str, ...] = ()
    delay: float = 0.0
    why: Reason | None = None
    rules: Protego = field(default_factory=lambda: Protego.parse(""), repr=False)

    def allows(self, url: str, agent: str) -> bool:
        """Whether ``agent``, a product token such as ``GPTBot``, may fetch ``url``.

        >>> rules = Protego.parse("User-agent: GPTBot\\nDisallow: /")
        >>> robots = Robots("https://example.com/robots.txt", "read", rules=rules)
        >>> robots.allows("https://example.com/a", "GPTBot"), robots.allows("https://example.com/a", "other")
        (False, True)
        """
        return self.state != "unreachable" and self.rules.can_fetch(url, agent)


def read_robots(url: str, body: bytes, agent: str) -> Robots:
    """Read a robots.txt as ``agent``.

    >>> body = b"User-agent: *\\nRequest-rate: 1/5\\nSitemap: /s.xml"
    >>> robots = read_robots("https://example.com/robots.txt", body, "newsscraper")
    >>> robots.delay, robots.sitemaps
    (5.0, ('/s.xml',))
    """
    text = body[:MAX_ROBOTS_BYTES].decode("utf-8-sig", errors="replace").replace("\0", "")
    rules = Protego.parse(text)
    delay = float(rules.crawl_delay(agent) or 0)
    rate = rules.request_rate(agent)
    if rate is not None and rate.requests > 0:
        delay = max(delay, rate.seconds / rate.requests)
    return Robots(url, "read", text, tuple(dict.fromkeys(rules.sitemaps)), max(delay, 0.0), rules=rules)


class RobotsMiddleware:
    """Obey each host's robots.txt, and hand it to whoever else needs it.

    Settings read: ``ROBOTSTXT_OBEY``, ``ROBOTSTXT_USER_AGENT`` (the token that rules are looked up for),
    ``CRAWL_DELAY_MAX``.
    """

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        self._crawler = crawler
        self._agent: str = crawler.settings.get("ROBOTSTXT_USER_AGENT") or "newsscraper"
        self._max_delay = crawler.settings.getfloat("CRAWL_DELAY_MAX")
        self._max_size = crawler.settings.getint("DOWNLOAD_MAXSIZE")
        self._hosts: dict[tuple[str, str], asyncio.Task[Robots]] = {}
        self._received: dict[Request, int] = {}
        self._fetching = 0
        self.delays: dict[str, float] = {}
        """Seconds between two requests that a downloader slot must keep, by the slot's name."""
        self.memory: Memory | None = None
        """Where files are kept for the next run; ``None``: nowhere."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the middleware.

        Raises:
            NotConfigured: ``ROBOTSTXT_OBEY`` is off.
        """
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let the request pass or say why not.

        Raises:
            Refused: ``robots-forbidden``, ``robots-unreachable``, or what keeps the host from answering at all.
        """
        if request.meta.get("dont_obey_robotstxt"):
            return
        robots = await self.read(request.url)
        self._slow_down(request, robots)
        if robots.state == "unreachable":
            # A host that is not there is named as that: its robots.txt is not what is missing.
            network = robots.why is not None and robots.why.slug in _NETWORK
            raise Refused(robots.why.slug if robots.why and network else "robots-unreachable", request.url)
        if not robots.allows(request.url, self._agent):
            self._crawler.stats.inc_value("robotstxt/forbidden")
            raise Refused("robots-forbidden", request.url)

    async def read(self, url: str) -> Robots:
        """Return the robots.txt that rules over ``url``; it is fetched when first asked for, and once.

        Never raises: a robots.txt that cannot be had is a `Robots` that says so.
        """
        parts = urlsplit(url)
        key = (parts.scheme, parts.netloc)
        if key not in self._hosts:
            self._hosts[key] = asyncio.ensure_future(self._fetch(f"{parts.scheme}://{parts.netloc}/robots.txt"))
        task = self._hosts[key]
        # Shielded: one caller that is cancelled must not take the answer from the others.
        return task.result() if task.done() else await asyncio.shield(task)

    async def _fetch(self, url: str) -> Robots:
        kept = self._kept().get(url) or {}
        request = Request(
            url,
            headers=kept.get("validators"),
            priority=1000,
            callback=NO_CALLBACK,
            # No limit to the download itself: it is cut at MAX_ROBOTS_BYTES, not refused.
            meta={"dont_obey_robotstxt": True, "download_maxsize": 0, _ROBOTS: True, PROBE: True},
        )
        stats = self._crawler.stats
        stats.inc_value("robotstxt/request_count")
        # Only now: at other times it would be called with every few kilobytes of every page.
        self._fetching += 1
        self._crawler.signals.connect(self._bytes_received, signal=signals.bytes_received)
        try:
            response = await self._crawler.engine.download_async(request)
        except Exception as error:  # whatever it is, the host's robots.txt could not be had
            robots = self._without(url, error)
        else:
            stats.inc_value(f"robotstxt/response_status_count/{response.status}")
            if response.status == 304 and kept:
                robots = read_robots(url, kept["text"].encode(), self._agent)
            elif 200 <= response.status < 300:
                robots = read_robots(url, response.body, self._agent)
                self._keep(robots, response)
            elif response.status >= 500 or response.status == 429:
                robots = Robots(url, "unreachable", why=reason_for_status(response.status))
            else:
                robots = Robots(url, "absent", why=reason_for_status(response.status))
        finally:
            self._fetching -= 1
            if not self._fetching:
                self._crawler.signals.disconnect(self._bytes_received, signal=signals.bytes_received)
        self._tell(robots)
        return robots

    def _kept(self) -> dict[str, Any]:
        """Return the files of earlier runs by address, with their validators."""
        return (self.memory.habit(_HABIT) if self.memory is not None else None) or {}

    def _keep(self, robots: Robots, response: Response) -> None:
        validators = {
            asked: value.decode("latin-1")
            for told, asked in (("ETag", "If-None-Match"), ("Last-Modified", "If-Modified-Since"))
            if (value := response.headers.get(told))
        }
        if self.memory is None or not validators or len(robots.text) > _KEPT_LENGTH:
            return
        others = {url: file for url, file in self._kept().items() if url != robots.url}
        kept = {
            **dict(list(others.items())[-_KEPT_FILES:]),
            robots.url: {"validators": validators, "text": robots.text},
        }
        self.memory.learn(_HABIT, kept)

    def _without(self, url: str, error: Exception) -> Robots:
        cause = reason_for_exception(error)
        # A file that exists and cannot be used forbids nothing; a host that cannot be asked might.
        return Robots(url, "absent" if cause.slug in _BROKEN else "unreachable", why=cause)

    def _tell(self, robots: Robots) -> None:
        host = urlsplit(robots.url).netloc
        why = robots.why.sentence if robots.why else ""
        if robots.state == "unreachable":
            logger.warning("%s: robots.txt could not be read: %s. Nothing is fetched from there now.", host, why)
        elif robots.state == "read" and not robots.allows(robots.url.removesuffix("robots.txt"), self._agent):
            logger.warning("%s: robots.txt forbids the home page to %r.", host, self._agent)
        if robots.delay > self._max_delay:
            logger.warning(
                "%s: robots.txt asks for %g s between requests; %g s are kept (CRAWL_DELAY_MAX).",
                host,
                robots.delay,
                self._max_delay,
            )

    def _slow_down(self, request: Request, robots: Robots) -> None:
        delay = min(robots.delay, self._max_delay)
        if not delay:
            return
        downloader = self._crawler.engine.downloader
        key = downloader.get_slot_key(request)
        if self.delays.get(key, 0.0) >= delay:
            return
        self.delays[key] = delay
        # For slots to come (they are thrown away when unused) and for the one that fetched robots.txt. Without
        # jitter, which would go below what was asked for.
        downloader.per_slot_settings[key] = {**downloader.per_slot_settings.get(key, {}), "delay": delay, "jitter": 0}
        slot = downloader.slots.get(key)
        if slot is not None:
            slot.delay = max(slot.delay, delay)
            slot.jitter = 0.0

    def _bytes_received(self, data: bytes, request: Request, **_: Any) -> None:
        if not request.meta.get(_ROBOTS):
            return
        # The body's size is ours to limit from here on; what it grows to when decompressed is not.
        request.meta["download_maxsize"] = self._max_size
        received = self._received.pop(request, 0) + len(data)
        if received >= MAX_ROBOTS_BYTES:
            logger.warning("%s is longer than %d KiB; the rest is not read.", request.url, MAX_ROBOTS_BYTES // 1024)
            raise StopDownload(fail=False)
        self._received[request] = received
