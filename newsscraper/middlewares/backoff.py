"""Leaves a host alone for a while when it asks for it or fails, and for the rest of the run when it keeps failing."""

from __future__ import annotations

import email.utils
import logging
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING, Any

from scrapy import Request, signals
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.http import Response
from twisted.python.failure import Failure

from newsscraper.middlewares.reasons import Refused, reason_for_exception, reason_for_status

if TYPE_CHECKING:
    from typing import Self

    from scrapy.core.downloader import Slot
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

_OVERLOAD = frozenset({429, 502, 503, 504, 522, 524})
_HOST_FAILS = frozenset({"timeout", "connection-refused", "connection-lost", "no-such-host", "tls", "bad-response"})
_BROKEN_PAGES_PER_FAILURE = 4
"""So many answers of 500 in a row weigh like one overload: they may be the pages' fault, not the host's."""


def retry_after(value: bytes | None, now: datetime) -> float | None:
    """Return the seconds that a ``Retry-After`` header asks to wait: a number, or an HTTP date against ``now``.

    Args:
        value: the header; ``None`` where there is none.
        now: aware moment, the answer's own Date where it has one, so that a wrong clock here does no harm.

    >>> retry_after(b"120", datetime.now(UTC))
    120.0
    >>> retry_after(b"Wed, 21 Oct 2026 07:28:00 GMT", datetime(2026, 10, 21, 7, 27, tzinfo=UTC))
    60.0
    >>> retry_after(b"soon", datetime.now(UTC)) is None
    True
    """
    text = (value or b"").decode("ascii", "replace").strip()
    if text.isascii() and text.isdigit():
        return float(text[:12])
    try:
        moment = email.utils.parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


@dataclass(slots=True)
class _Host:
    failures: int = 0  # in a row
    failing: set[str] = field(default_factory=set)  # pages among them, which may be at fault themselves
    broken_pages: int = 0  # in a row
    paused_until: float = 0.0  # monotonic
    waited: float = 0.0  # seconds of pauses in a row
    given_up: str = ""  # slug of the reason


class BackoffMiddleware(RetryMiddleware):
    """Scrapy's retries, with a breaker per host.

    After each sign of overload (429, 502, 503, 504, no connection, no answer) nothing is sent to the host for the time
    that ``Retry-After`` asks, or for `BACKOFF_START` seconds, doubled with each failure in a row up to
    `BACKOFF_MAX`. Then one request tries; an answer closes the matter. After `BACKOFF_FAILURES` in a row, or where
    the pauses in a row come to more than `RETRY_AFTER_MAX`, the host is given up for this run. So a host that fails for
    good costs minutes, not days.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        super().__init__(settings)
        self.crawler = crawler
        self._start = settings.getfloat("BACKOFF_START")
        self._max = settings.getfloat("BACKOFF_MAX")
        self._failures = settings.getint("BACKOFF_FAILURES")
        self._retry_after_max = settings.getfloat("RETRY_AFTER_MAX")
        self._hosts: dict[str, _Host] = {}
        crawler.signals.connect(self._downloaded, signal=signals.response_downloaded)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the middleware.

        Raises:
            NotConfigured: ``RETRY_ENABLED`` is off.
        """
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let the request pass unless its host was given up.

        Raises:
            Refused: ``host-given-up`` or ``asked-to-come-back-later``.
        """
        host = self._hosts.get(self._key(request))
        if host is not None and host.given_up:
            raise Refused(host.given_up, request.url)

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Retry what can be retried, unless the host was given up."""
        return response if self._given_up(self._key(request)) else super().process_response(request, response)

    def _downloaded(self, request: Request, response: Response, **_: Any) -> None:
        # At this signal, since the downloader sends the host's next request right after it.
        key = self._key(request)
        if response.status in _OVERLOAD:
            wait = retry_after(response.headers.get("Retry-After"), _date(response))
            self._failed(key, reason_for_status(response.status).sentence, wait)
        elif response.status >= 500:
            host = self._hosts.setdefault(key, _Host())
            host.broken_pages += 1
            if host.broken_pages >= self._failures * _BROKEN_PAGES_PER_FAILURE:
                self._give_up(key, host, "host-given-up", reason_for_status(response.status).sentence)
        elif not self._given_up(key):
            self._hosts.pop(key, None)

    def process_exception(  # type: ignore[override]
        self, request: Request, exception: Exception
    ) -> Request | Response | None:
        """Retry what can be retried; pause or give up the host where it does not answer."""
        key = self._key(request)
        cause = reason_for_exception(exception)
        if not isinstance(exception, Refused) and cause.slug in _HOST_FAILS:
            self._failed(key, cause.sentence, None, page=request.url)
        return None if self._given_up(key) else super().process_exception(request, exception)

    def _key(self, request: Request) -> str:
        return self.crawler.engine.downloader.get_slot_key(request)

    def _given_up(self, key: str) -> bool:
        host = self._hosts.get(key)
        return host is not None and bool(host.given_up)

    def _failed(self, key: str, why: str, asked: float | None, *, page: str | None = None) -> None:
        host = self._hosts.setdefault(key, _Host())
        now = monotonic()
        if host.given_up:
            return
        if asked is not None and asked > self._retry_after_max:
            self._give_up(key, host, "asked-to-come-back-later", f"{why}; it asks to come back in {asked:.0f} s")
            return
        # One that was under way when the pause began is the same failure, and so is a page's next try.
        if now >= host.paused_until and page not in host.failing:
            host.failures += 1
        if page is not None:
            host.failing.add(page)
        if host.failures >= self._failures:
            self._give_up(key, host, "host-given-up", why)
            return
        wait = max(asked or 0.0, min(self._start * 2 ** (host.failures - 1), self._max))
        host.waited += wait
        if host.waited > self._retry_after_max:
            self._give_up(key, host, "asked-to-come-back-later", f"{why}, again and again")
            return
        host.paused_until = max(host.paused_until, now + wait)
        slot = self.crawler.engine.downloader.slots.get(key)
        if slot is not None:
            pause(slot, host.paused_until)
        self.crawler.stats.inc_value("newsscraper/backoff/pauses")
        logger.info("%s: %s; nothing is sent there for %.0f s", key, why, wait)

    def _give_up(self, key: str, host: _Host, slug: str, why: str) -> None:
        host.given_up = slug
        self.crawler.stats.inc_value("newsscraper/backoff/hosts_given_up")
        logger.warning("%s is left alone for the rest of this run: %s", key, why)
        slot = self.crawler.engine.downloader.slots.get(key)
        if slot is not None:
            drop_queued(slot, slug)


def _date(response: Response) -> datetime:
    try:
        date = email.utils.parsedate_to_datetime((response.headers.get("Date") or b"").decode("ascii", "replace"))
    except (ValueError, TypeError):
        return datetime.now(UTC)
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def pause(slot: Slot, until: float) -> None:
    """Make a downloader slot send nothing before ``until`` (monotonic seconds).

    The downloader waits ``delay`` seconds after ``lastseen``, and only where there is a delay at all.
    """
    slot.lastseen = max(slot.lastseen, until)
    slot.delay = slot.delay or 0.01


def drop_queued(slot: Slot, slug: str) -> None:
    """Refuse the requests that wait in a downloader slot, for the reason of that name."""
    while slot.queue:
        request, waiting = slot.queue.popleft()
        waiting.errback(Failure(Refused(slug, request.url)))  # type: ignore[no-untyped-call]
