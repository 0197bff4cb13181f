"""Sends requests for the spider: with validators, redirects followed within the site, a reason for every failure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from scrapy import Request
from scrapy.http import Headers, Response, TextResponse
from scrapy.responsetypes import responsetypes
from w3lib.html import get_meta_refresh

from newsscraper.crawlstate import Entrance, PageMemory, SiteState
from newsscraper.digest import body_hash
from newsscraper.extensions.state import State
from newsscraper.middlewares.reasons import PROBE, Reason, reason, reason_for_exception, reason_for_status
from newsscraper.urls import site_of, url_key

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrapy.crawler import Crawler

MAX_REDIRECTS = 6
REFRESH_SECONDS = 5
"""A page that sends its reader elsewhere within so many seconds is a redirect."""
_KEPT = ("entry", "listing")
_REDIRECTS = (301, 302, 303, 307, 308)
_HEADERS = (
    "content-type",
    "x-robots-tag",
    "tdm-reservation",
    "tdm-policy",
    "link",
    "content-language",
    "last-modified",
)


@dataclass(slots=True)
class Answer:
    """What came of fetching one address.

    Attributes:
        url: address that answered in the end, behind redirects.
        response: the page; ``None`` where there is none or it is unchanged.
        unchanged: the server says that nothing changed since the last look.
        reason: why there is no page.
        hops: addresses that redirected, the first one being what was asked for.
        status: HTTP status in the end, if any.
    """

    url: str
    response: Response | None = None
    unchanged: bool = False
    reason: Reason | None = None
    hops: list[str] = field(default_factory=list)
    status: int | None = None

    @property
    def body(self) -> bytes:
        """The page's bytes; empty where there is no page."""
        return self.response.body if self.response is not None else b""


class Fetcher:
    """Makes requests and follows them to their end.

    Args:
        crawler: whose engine sends them.
        site: registrable host; a redirect that leaves it is not followed.
    """

    def __init__(self, crawler: Crawler, site: str) -> None:
        self._crawler = crawler
        self._site = site

    def request(  # noqa: PLR0913
        self,
        url: str,
        *,
        memory: PageMemory | None = None,
        callback: Callable[..., Any] | None = None,
        errback: Callable[..., Any] | None = None,
        priority: int = 0,
        probe: bool = False,
        elsewhere: bool = False,
        **cb_kwargs: Any,
    ) -> Request:
        """Return the request for an address, with the validators of its last look.

        Redirects come back to the spider, which knows whether it has their target already.
        """
        headers = {}
        if memory is not None and memory.etag:
            headers["If-None-Match"] = memory.etag
        if memory is not None and memory.last_modified:
            headers["If-Modified-Since"] = memory.last_modified
        meta: dict[str, Any] = {"handle_httpstatus_all": True, "dont_redirect": True}
        if probe:
            meta[PROBE] = True
        if elsewhere:
            meta["allow_offsite"] = True
        return Request(
            url, headers=headers, callback=callback, errback=errback, priority=priority, meta=meta, cb_kwargs=cb_kwargs
        )

    async def get(
        self,
        url: str,
        *,
        memory: PageMemory | None = None,
        probe: bool = False,
        what: str = "entry",
        elsewhere: bool = False,
    ) -> Answer:
        """Fetch an address to the end of its redirects; never raises for what the network or the site does.

        Entrances and listings that a killed part of this run fetched are not asked for again.

        Args:
            url: the address.
            memory: what is known of it, for its validators.
            probe: it need not be there; a failure is not counted.
            what: what it is fetched as, for the stats: ``newsscraper/requests/<what>``.
            elsewhere: the site itself names this address, which may be on another site.
        """
        state = self._state if what in _KEPT else None
        if state is not None and (kept := state.entrance(url)) is not None:
            response = responsetypes.from_args(headers=Headers(kept.headers), url=kept.url, body=kept.body)(
                kept.url, status=kept.status, headers=Headers(kept.headers), body=kept.body
            )
            return Answer(kept.url, response, hops=list(kept.hops), status=kept.status)
        answer = await self._get(url, memory=memory, probe=probe, what=what, elsewhere=elsewhere)
        if state is not None and answer.response is not None:
            raw = answer.response.headers.to_unicode_dict()
            headers = {
                str(name): [str(value)] for name, value in raw.items() if str(name).lower() != "content-encoding"
            }
            status = answer.response.status
            state.keep_entrance(url, Entrance(answer.url, tuple(answer.hops), status, headers, answer.body))
        return answer

    @property
    def _state(self) -> SiteState | None:
        extension = self._crawler.get_extension(State)
        return extension.site_state if extension is not None else None

    async def _get(self, url: str, *, memory: PageMemory | None, probe: bool, what: str, elsewhere: bool) -> Answer:
        self.count(what)
        try:
            request = self.request(url, memory=memory, probe=probe, elsewhere=elsewhere)
            response = await self._engine.download_async(request)
        except Exception as error:
            return Answer(url, reason=reason_for_exception(error))
        return await self.follow(response, probe=probe, what=what)

    async def follow(
        self,
        response: Response,
        *,
        probe: bool = False,
        what: str = "entry",
        known: Callable[[str], bool] | None = None,
    ) -> Answer:
        """Follow a response's redirects to the page, those that stand in the page itself included.

        Args:
            response: as it came.
            probe: see `get`.
            what: see `get`.
            known: whether an address needs no fetching; following ends there, without page or reason.
        """
        asked = response
        hops: list[str] = []
        while (target := _target(response, hops)) is not None:
            hops.append(response.url)
            if not target:
                return self._failed(asked, hops, "bad-redirect", probe=probe)
            if site_of(target) != self._site:
                return self._failed(asked, hops, "other-site", probe=probe, url=target)
            if len(hops) > MAX_REDIRECTS or target in hops:
                return self._failed(asked, hops, "too-many-redirects", probe=probe)
            if known is not None and url_key(target) != url_key(hops[0]) and known(target):
                return Answer(target, hops=hops)
            self.count(f"{what}-redirect")
            try:
                response = await self._engine.download_async(self.request(target, probe=probe))
            except Exception as error:
                return Answer(target, reason=reason_for_exception(error), hops=hops)
        if response.status == 304:
            return Answer(response.url, unchanged=True, hops=hops, status=304)
        if response.status >= 300:
            cause = reason_for_status(response.status)
            return Answer(response.url, reason=cause, hops=hops, status=response.status)
        return Answer(response.url, response, hops=hops, status=response.status)

    @property
    def _engine(self) -> Any:
        engine = self._crawler.engine
        if engine is None:
            raise RuntimeError("the crawl has no engine")
        return engine

    def _failed(self, asked: Response, hops: list[str], slug: str, *, probe: bool, url: str | None = None) -> Answer:
        # Redirects end here and not in a middleware, so they are counted here.
        if not probe and self._crawler.stats:
            self._crawler.stats.inc_value(f"newsscraper/failed/{slug}")
        return Answer(url or hops[-1], reason=reason(slug), hops=hops, status=asked.status)

    def count(self, what: str) -> None:
        """Count a request by what it is for."""
        if self._crawler.stats:
            self._crawler.stats.inc_value(f"newsscraper/requests/{what}")


def _target(response: Response, hops: list[str]) -> str | None:
    """Return where a response leads: ``None`` where it is the page itself, ``""`` where it leads nowhere."""
    location = response.headers.get("Location")
    if response.status in _REDIRECTS and location:
        try:
            target = urljoin(response.url, location.decode("latin-1").strip())
        except ValueError:
            return ""
        # Header bytes are Latin-1 by the book and UTF-8 in life; Scrapy's Request escapes either.
        return target if target.startswith(("http://", "https://")) else ""
    if response.status != 200 or b"refresh" not in response.body[:4096].lower():
        return None
    encoding = response.encoding if isinstance(response, TextResponse) else "utf-8"
    seconds, refresh = get_meta_refresh(response.body[:4096], response.url, encoding)
    if seconds is None or not refresh or seconds > REFRESH_SECONDS or url_key(refresh) == url_key(response.url):
        return None  # most news sites' home pages load themselves anew
    return refresh if refresh.startswith(("http://", "https://")) and refresh not in hops else None


def header(response: Response, name: str) -> str | None:
    """Return a response header as text."""
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None


def headers_of(response: Response) -> dict[str, str]:
    """Return those headers that extraction reads."""
    found = {}
    for name in _HEADERS:
        values = response.headers.getlist(name)
        if values:
            found[name] = ", ".join(value.decode("latin-1") for value in values)
    return found


def fetched_at(response: Response, now: datetime) -> datetime:
    """Return when the page was made, by its own ``Date`` header where that is believable; else ``now``.

    A page from a cache was made when its header says, and "2 hours ago" on it counts from there.
    """
    text = header(response, "Date")
    if text:
        try:
            told = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError):
            return now
        told = told if told.tzinfo else told.replace(tzinfo=UTC)
        if now - timedelta(days=7) <= told <= now + timedelta(minutes=5):
            return told.astimezone(UTC)
    return now


def memory_of(
    response: Response, *, kind: str, now: datetime, article_id: str | None = None, known_hash: str | None = None
) -> PageMemory:
    """Return what to remember of a response; ``known_hash`` is its body's, where somebody has worked it out."""
    return PageMemory(
        etag=header(response, "ETag"),
        last_modified=header(response, "Last-Modified"),
        body_hash=known_hash or body_hash(response.body),
        kind=kind,
        article_id=article_id,
        fetched_at=now,
        status=response.status,
    )


def is_page(response: Response) -> bool:
    """Whether a response is one that extraction can read: text, by content type or by its first bytes."""
    if isinstance(response, TextResponse):
        return True
    kind = (header(response, "Content-Type") or "").lower()
    if "html" in kind or "xml" in kind:
        return True
    return not kind and b"<" in response.body[:512]
