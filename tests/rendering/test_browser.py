"""The browser by itself: pages that hang or take it down cost themselves one more try, and no other page anything."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from scrapy.settings import Settings

from newsscraper import settings as own
from newsscraper.rendering.browser import Browser, Fetch
from newsscraper.rendering.failure import NotRendered
from newsscraper.rendering.traffic import Asked, Told
from tests.rendering.needs import needs_browser

ROOT = Path(__file__).parents[2]
HTML = {"content-type": "text/html; charset=utf-8"}
FINE = b"<html><body><p id=p></p><script>p.textContent = 'made ' + 'here'</script></body></html>"
HANGS = b"<html><body><script>while (true) {}</script></body></html>"
ASKS = b"<html><body><script>fetch('/x').then(a => a.text()).then(t => document.body.append(t))</script></body></html>"


async def nothing(asked: Asked) -> Told | None:
    return None


def browser(limit: float = 30) -> Browser:
    settings = Settings()
    settings.setmodule(own)
    settings.set("BROWSER_TIME_LIMIT", limit)
    settings.set("BROWSER_PATH", os.environ.get("BROWSER_PATH"))
    return Browser(settings)


async def render(of: Browser, html: bytes, fetch: Fetch = nothing) -> str:
    return await of.render("http://app.example/a", Told(200, HTML, html), user_agent="newsscraper/test", fetch=fetch)


def chromiums() -> list[psutil.Process]:
    found = []
    for child in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.Error):  # it may end meanwhile
            if child.status() != psutil.STATUS_ZOMBIE and "headless" in " ".join(child.cmdline()):
                found.append(child)
    return found


@needs_browser
def test_a_page_that_hangs_is_tried_twice_and_no_other_waits_for_it() -> None:
    async def main() -> None:
        one = browser(limit=6)
        try:
            assert "made here" in await render(one, FINE)
            hanging = asyncio.ensure_future(render(one, HANGS))
            others = await asyncio.gather(*(render(one, FINE) for _ in range(2)))
            assert all("made here" in html for html in others)
            with pytest.raises(NotRendered, match="not rendered within 6 s"):
                await hanging
            assert one.retried >= 1  # on a busy machine another page may have taken as long
            assert "made here" in await render(one, FINE)
        finally:
            await one.close()

    asyncio.run(main())


@needs_browser
def test_a_browser_that_dies_is_started_again_and_its_pages_are_rendered() -> None:
    kills = 0

    async def kill(asked: Asked) -> Told | None:
        nonlocal kills
        kills += 1
        if kills == 1:
            for process in chromiums():
                with contextlib.suppress(psutil.Error):
                    process.kill()
        return Told(200, {"content-type": "text/plain"}, b"told")

    async def main() -> None:
        one = browser()
        try:
            found = await asyncio.gather(render(one, ASKS, kill), render(one, FINE))
            assert "told" in found[0]
            assert "made here" in found[1]
        finally:
            await one.close()
        assert not chromiums()

    asyncio.run(main())


@needs_browser
def test_a_page_reaches_nothing_but_through_us() -> None:
    asked_for: list[Asked] = []

    async def fetch(asked: Asked) -> Told | None:
        asked_for.append(asked)
        return Told(200, {"content-type": "application/json"}, b'{"a": 1}')

    page = b"""<html><body><iframe src="http://frame.example/"></iframe><img src="http://app.example/i.png">
    <script src="https://www.googletagmanager.com/gtm.js"></script><a id=go href="/b">b</a><script>
    navigator.serviceWorker && navigator.serviceWorker.register('/sw.js').catch(() => 0);
    fetch('/api', {method: 'POST', body: 'q=1'}); fetch('http://other.example/p', {method: 'POST'}).catch(() => 0);
    navigator.sendBeacon('/beacon', 'x'); new EventSource('/events');
    document.body.append(navigator.userAgent); go.click(); window.open('http://popup.example/');
    </script></body></html>"""

    async def main() -> None:
        one = browser()
        try:
            html = await render(one, page, fetch)
        finally:
            await one.close()
        assert "newsscraper/test" in html
        assert [(asked.url, asked.method, asked.body) for asked in asked_for] == [
            ("http://app.example/api", "POST", b"q=1")
        ]
        assert not {"user-agent", "cookie", "sec-ch-ua"} & {*asked_for[0].sent_along()}

    asyncio.run(main())


KILLED = """
import asyncio, os, signal
import psutil
from tests.rendering.test_browser import browser, render

async def die(asked):
    print(*(child.pid for child in psutil.Process().children(recursive=True)), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(render(browser(), b"<html><body><script>fetch('/x')</script></body></html>", die))
"""


@needs_browser
def test_a_browser_ends_with_a_crawl_that_is_killed() -> None:
    done = subprocess.run([sys.executable, "-c", KILLED], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    left = [psutil.Process(int(pid)) for pid in done.stdout.split() if psutil.pid_exists(int(pid))]
    _, alive = psutil.wait_procs(left, timeout=30)
    assert done.stdout.split()
    assert not [process for process in alive if process.status() != psutil.STATUS_ZOMBIE]
