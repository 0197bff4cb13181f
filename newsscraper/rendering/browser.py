"""A browser that renders pages: it is handed each page, and has nothing of the network but what it is handed."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from newsscraper.rendering.failure import NotRendered
from newsscraper.rendering.finding import executable
from newsscraper.rendering.traffic import MAX_REQUESTS, Asked, Judgement, Told, judge

if TYPE_CHECKING:
    from playwright.async_api import Browser as Chromium
    from playwright.async_api import BrowserContext, Page, Route
    from scrapy.settings import BaseSettings

logger = logging.getLogger(__name__)

Fetch = Callable[[Asked], Awaitable[Told | None]]
"""Fetches what a page asks for, as the crawl fetches everything; ``None``: it is not to be had."""

_AT_ONCE = 4
"""Pages that are rendered at the same time."""
_LOOK_EVERY = 0.1
_STILL = 4
"""Looks in a row at which nothing moved, after which a page is taken as it is."""
_RESTLESS = 30
"""Looks without any request, after which a page that keeps moving is taken as it is."""
_CLOSING = 5.0
_FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--no-first-run",
)
_NOWHERE = {"server": "http://127.0.0.1:9", "bypass": "<-loopback>"}
"""A proxy that is none: whatever the browser does not ask through us reaches nothing."""


_STAY = Told(204, {}, b"")
"""The answer that leaves a page where it is."""


_SIZE = "document.readyState === 'loading' ? -1 : document.documentElement.innerHTML.length"


class Browser:
    """Renders pages, each in a context of its own, a few at a time.

    The process starts with the first page, and again after it died. A page that hangs, or takes the browser down, is
    tried once more, alone: no other page is any the worse for it.

    Args:
        settings: ``BROWSER_PATH``, ``BROWSER_TIME_LIMIT``, ``DOWNLOAD_MAXSIZE``, and scrapy-playwright's own.
    """

    def __init__(self, settings: BaseSettings) -> None:
        from scrapy_playwright.handler import Config  # type: ignore[import-untyped]

        self._config = Config.from_settings(settings)
        own = {
            "executable_path": executable(settings["BROWSER_PATH"]),
            "args": list(_FLAGS),
            "proxy": _NOWHERE,
            "chromium_sandbox": hasattr(os, "geteuid") and os.geteuid() != 0,  # root's Chromium has none
        }
        self._config.launch_options = {**own, **self._config.launch_options}
        self._time_limit = settings.getfloat("BROWSER_TIME_LIMIT")
        self._max_size = settings.getint("DOWNLOAD_MAXSIZE")
        self._provider: Any = None
        self._browser: Chromium | None = None
        self._starting = asyncio.Lock()
        self._places = asyncio.Semaphore(_AT_ONCE)
        self._alone = asyncio.Lock()
        self.retried = 0
        """Pages that were tried a second time."""

    async def render(self, url: str, page: Told, *, user_agent: str, fetch: Fetch) -> str:
        """Return a page as it stands when its scripts have run.

        Args:
            url: its address.
            page: as it was fetched.
            user_agent: what the page's scripts are told, and the sites that they ask.
            fetch: fetches what it asks for.

        Raises:
            NotRendered: it hung, or the browser died with it, twice.
        """
        try:
            async with self._places:
                return await self._attempt(url, page, user_agent, fetch)
        except NotRendered as error:
            logger.debug("%s: %s; tried once more, alone", url, error)
        self.retried += 1
        async with self._alone, contextlib.AsyncExitStack() as all_places:
            for _ in range(_AT_ONCE):
                await all_places.enter_async_context(self._places)
            return await self._attempt(url, page, user_agent, fetch)

    async def close(self) -> None:
        """End the browser."""
        await self._drop()
        if self._provider is not None:
            with contextlib.suppress(Exception):
                await self._provider.close()

    async def _attempt(self, url: str, page: Told, user_agent: str, fetch: Fetch) -> str:
        from playwright.async_api import Error

        context = await self._context(user_agent)
        load = _Load(url, page, fetch, self._max_size)
        try:
            async with asyncio.timeout(self._time_limit):
                return await self._read(context, load)
        except TimeoutError:
            raise NotRendered(f"not rendered within {self._time_limit:g} s") from None
        except Error as error:
            raise NotRendered(_first_line(error)) from error
        finally:
            load.stop()
            await self._end(context)

    async def _read(self, context: BrowserContext, load: _Load) -> str:
        """Return the page's HTML when it has come to rest; a crash ends the wait at once."""
        await context.route("**/*", load.answer)
        await context.route_web_socket("**/*", lambda socket: socket.close())
        page = await context.new_page()
        context.on("page", lambda other: asyncio.ensure_future(other.close()))
        crashed = asyncio.Event()
        page.on("crash", lambda _: crashed.set())
        context.on("close", lambda _: crashed.set())
        reading = asyncio.ensure_future(_rest(page, load))
        watching = asyncio.ensure_future(crashed.wait())
        try:
            await asyncio.wait({reading, watching}, return_when=asyncio.FIRST_COMPLETED)
            if not reading.done():
                raise NotRendered("the browser died")
            html = await reading
        finally:
            for task in (reading, watching):
                task.cancel()
            await asyncio.gather(reading, watching, return_exceptions=True)
        if len(html) > self._max_size:
            raise NotRendered("too large")
        return html

    async def _context(self, user_agent: str) -> BrowserContext:
        """Return a fresh context, of a fresh browser where the one that runs has died."""
        from playwright.async_api import Error

        for last in (False, True):
            try:
                browser = await self._running()
                return await browser.new_context(
                    user_agent=user_agent, service_workers="block", accept_downloads=False, ignore_https_errors=True
                )
            except Error as error:
                await self._drop()
                if last:
                    raise NotRendered(f"the browser does not start: {_first_line(error)}") from error
        raise AssertionError

    async def _running(self) -> Chromium:
        async with self._starting:
            if self._browser is None or not self._browser.is_connected():
                if self._provider is None:
                    from scrapy_playwright.provider import PlaywrightBrowserProvider  # type: ignore[import-untyped]

                    provider = PlaywrightBrowserProvider(self._config)
                    await provider.start()
                    self._provider = provider
                self._browser = await self._provider.launch_browser()
            return self._browser

    async def _end(self, context: BrowserContext) -> None:
        """Close a page's context; a browser that cannot do so any more is ended."""
        try:
            async with asyncio.timeout(_CLOSING):
                await context.close()
        except Exception:  # whatever keeps it from closing keeps the browser from being of use
            await self._drop()

    async def _drop(self) -> None:
        browser, self._browser = self._browser, None
        if browser is not None:
            with contextlib.suppress(Exception):
                async with asyncio.timeout(_CLOSING):
                    await browser.close()


class _Load:
    """What one page loads.

    Args:
        url: of the page.
        page: the page itself.
        fetch: fetches the rest.
        max_size: bytes that all of it may have.
    """

    def __init__(self, url: str, page: Told, fetch: Fetch, max_size: int) -> None:
        self.url = url
        self._page: Told | None = page
        self._fetch = fetch
        self._room = max_size
        self._requests = 0
        self._stopped = False
        self.pending = 0
        """Requests that are not answered yet."""
        self.answered = 0

    def stop(self) -> None:
        """Answer nothing any more."""
        self._stopped = True

    async def answer(self, route: Route) -> None:
        """Answer one request of the page."""
        self.pending += 1
        try:
            told = await self._told(route)
            with contextlib.suppress(Exception):  # the page that asked may be gone
                if told is None or self._stopped:
                    await route.abort("blockedbyclient")
                else:
                    await route.fulfill(status=told.status, headers=dict(told.headers), body=told.body)
        finally:
            self.pending -= 1
            self.answered += 1

    async def _told(self, route: Route) -> Told | None:
        request = route.request
        if request.is_navigation_request():
            # The page once; what it wants to lead to, or shows in frames, is a page of its own.
            page, self._page = self._page, None
            return page or _STAY
        asked = Asked(request.url, request.resource_type, request.method, request.headers, request.post_data_buffer)
        judgement = judge(asked, self.url)
        if judgement is Judgement.EMPTY:
            return Told(200, {"content-type": "text/css"}, b"")
        if judgement is Judgement.REFUSE or self._stopped or self._requests >= MAX_REQUESTS:
            return None
        self._requests += 1
        told = await self._fetch(asked)
        if told is None or len(told.body) > self._room:
            return None
        self._room -= len(told.body)
        return told


async def _rest(page: Page, load: _Load) -> str:
    """Return a page's HTML once it has come to rest."""
    # Not until it is parsed: a script that wants to lead elsewhere meanwhile would be waited for.
    await page.goto(load.url, wait_until="commit")
    still = restless = answered = 0
    size = -1
    while still < _STILL and restless < _RESTLESS:
        await asyncio.sleep(_LOOK_EVERY)
        before, size = size, await page.evaluate(_SIZE)
        quiet = not load.pending and load.answered == answered
        answered = load.answered
        restless = restless + 1 if quiet else 0
        still = still + 1 if quiet and size == before >= 0 else 0
    return await page.content()


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
