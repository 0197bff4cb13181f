"""Sends requests for the spider: with validators, redirects followed within the site, a reason for every failure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from scrapy import Request
from scrapy.http import Headers, Response, TextResponse
from scrapy.responsetypes import responsetypes
from w3lib.html import get_meta_refresh

from newsscraper.address import Address
from newsscraper.crawlstate import Entrance, PageMemory, SiteState
from newsscraper.digest import body_hash
from newsscraper.extensions.state import State
from newsscraper.extraction.page import HEADERS
from newsscraper.middlewares.reasons import (
    PROBE,
    Reason,
    count_failure,
    reason,
    reason_for_exception,
    reason_for_status,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrapy.crawler import Crawler

MAX_REDIRECTS = 6
REFRESH_SECONDS = 5
"""A page that sends its reader elsewhere within so many seconds is a redirect."""
_KEPT = ("entry", "listing")
_REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(slots=True)
class Answer:
    """What came of fetching one address.

    Attributes:
        address: what answered in the end, behind redirects.
        response: the page; ``None`` where there is none or it is unchanged.
        unchanged: the server says that nothing changed since the last look.
        reason: why there is no page.
        hops: addresses that redirected, the first one being what was asked for.
        status: HTTP status in the end, if any.
        came: the last answer of the server, be it a page or none.
    """

    address: Address
    response: Response | None = None
    unchanged: bool = False
    reason: Reason | None = None
    hops: list[Address] = field(default_factory=list)
    status: int | None = None
    came: Response | None = None

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
        address: Address,
        *,
        memory: PageMemory | None = None,
        callback: Callable[..., Any] | None = None,
        errback: Callable[..., Any] | None = None,
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
            address.text,
            headers=headers,
            callback=callback,
            errback=errback,
            meta=meta,
            cb_kwargs=cb_kwargs,
        )

    async def get(  # noqa: PLR0913
        self,
        address: Address,
        *,
        memory: PageMemory | None = None,
        probe: bool = False,
        what: str = "entry",
        elsewhere: bool = False,
        afresh: bool = False,
        known: Callable[[Address], bool] | None = None,
    ) -> Answer:
        """Fetch an address to the end of its redirects; never raises for what the network or the site does.

        Entrances and listings that a killed part of this run fetched are not asked for again.

        Args:
            address: what to fetch.
            memory: what is known of it, for its validators.
            probe: it need not be there; a failure is not counted.
            what: what it is fetched as, for the stats: ``newsscraper/requests/<what>``.
            elsewhere: the site itself names this address, which may be on another site.
            afresh: a killed run's answer does not do, nor is this one kept.
            known: see `follow`.
        """
        state = self._state if what in _KEPT and not afresh else None
        if state is not None and (kept := state.entrance(address)) is not None:
            url, headers = kept.address.text, Headers(kept.headers)
            kind = responsetypes.from_args(headers=headers, url=url, body=kept.body)
            response = kind(url, status=kept.status, headers=headers, body=kept.body)
            return Answer(kept.address, response, hops=list(kept.hops), status=kept.status)
        answer = await self._get(address, memory=memory, probe=probe, what=what, elsewhere=elsewhere, known=known)
        if state is not None and answer.response is not None:
            raw = answer.response.headers.to_unicode_dict()
            told = {str(name): [str(value)] for name, value in raw.items() if str(name).lower() != "content-encoding"}
            status = answer.response.status
            state.keep_entrance(address, Entrance(answer.address, tuple(answer.hops), status, told, answer.body))
        return answer

    @property
    def _state(self) -> SiteState | None:
        extension = self._crawler.get_extension(State)
        return extension.site_state if extension is not None else None

    async def _get(  # noqa: PLR0913
        self,
        address: Address,
        *,
        memory: PageMemory | None,
        probe: bool,
        what: str,
        elsewhere: bool,
        known: Callable[[Address], bool] | None,
    ) -> Answer:
        self.count(what)
        try:
            request = self.request(address, memory=memory, probe=probe, elsewhere=elsewhere)
            response = await self._engine.download_async(request)
        except Exception as error:
            return Answer(address, reason=reason_for_exception(error))
        return await self.follow(response, address, probe=probe, what=what, known=known)

    async def follow(
        self,
        response: Response,
        asked: Address,
        *,
        probe: bool = False,
        what: str = "entry",
        known: Callable[[Address], bool] | None = None,
    ) -> Answer:
        """Follow a response's redirects to the page, those that stand in the page itself included.

        Args:
            response: as it came.
            asked: what was asked for.
            probe: see `get`.
            what: see `get`.
            known: whether an address needs no fetching; following ends there, without page or reason.
        """
        status = response.status
        address = Address.of(response.url) or asked
        hops: list[Address] = []
        while (location := _location(response, hops)) is not None:
            hops.append(address)
            target = address.join(location)
            if target is None:
                return self._failed(address, hops, "bad-redirect", status, probe=probe)
            if target.site != self._site:
                return self._failed(target, hops, "other-site", status, probe=probe)
            if len(hops) > MAX_REDIRECTS or any(target.text == hop.text for hop in hops):
                return self._failed(address, hops, "too-many-redirects", status, probe=probe)
            if known is not None and target != hops[0] and known(target):
                return Answer(target, hops=hops, status=status)
            self.count(f"{what}-redirect")
            try:
                response = await self._engine.download_async(self.request(target, probe=probe))
            except Exception as error:
                return Answer(target, reason=reason_for_exception(error), hops=hops)
            address = Address.of(response.url) or target
        if response.status == 304:
            return Answer(address, unchanged=True, hops=hops, status=304, came=response)
        if response.status >= 300:
            cause = reason_for_status(response.status)
            return Answer(address, reason=cause, hops=hops, status=response.status)
        return Answer(address, response, hops=hops, status=response.status, came=response)

    @property
    def _engine(self) -> Any:
        engine = self._crawler.engine
        if engine is None:
            raise RuntimeError("the crawl has no engine")
        return engine

    def _failed(self, address: Address, hops: list[Address], slug: str, status: int, *, probe: bool) -> Answer:
        # Redirects end here and not in a middleware, so they are counted here.
        asked = Request((hops[0] if hops else address).text, meta={PROBE: probe})
        count_failure(self._crawler, asked, reason(slug))
        return Answer(address, reason=reason(slug), hops=hops, status=status)

    def count(self, what: str) -> None:
        """Count a request by what it is for."""
        if self._crawler.stats:
            self._crawler.stats.inc_value(f"newsscraper/requests/{what}")


def _location(response: Response, hops: list[Address]) -> str | None:
    """Return where a response sends its reader, as it is written; ``None`` where it is the page itself."""
    location = response.headers.get("Location")
    if response.status in _REDIRECTS and location:
        # Header bytes are Latin-1 by the book and UTF-8 in life; Scrapy's Request escapes either.
        return location.decode("latin-1")
    if response.status != 200 or b"refresh" not in response.body[:4096].lower():
        return None
    encoding = response.encoding if isinstance(response, TextResponse) else "utf-8"
    try:
        seconds, refresh = get_meta_refresh(response.body[:4096].decode(encoding, "replace"), response.url)
    except (ValueError, LookupError):  # it leads to what is not an address
        return None
    if seconds is None or not refresh or seconds > REFRESH_SECONDS:
        return None
    target = Address.of(refresh, response.url)
    if target is None or target == Address.of(response.url):
        return None  # most news sites' home pages load themselves anew
    return None if any(target.text == hop.text for hop in hops) else refresh


def header(response: Response, name: str) -> str | None:
    """Return a response header as text."""
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None


def headers_of(response: Response) -> dict[str, str]:
    """Return those headers that extraction reads."""
    found = {}
    for name in HEADERS:
        values = response.headers.getlist(name)
        if values:
            found[name] = ", ".join(value.decode("latin-1") for value in values)
    return found


def fetched_at(response: Response, now: datetime) -> datetime:
    """Return when the page was made, to the second: by its own ``Date`` header where that is believable; else ``now``.

    A page from a cache was made when its header says, and "2 hours ago" on it counts from there.
    """
    now = now.replace(microsecond=0)  # archives keep whole seconds, and a page is read alike from there
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
