"""A pipeline before the others: the site's rights go into each record, and ``RIGHTS_POLICY`` decides what goes on."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.exceptions import DropItem
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from newsscraper.article import Article
from newsscraper.extensions.dropped import Dropped
from newsscraper.extensions.state import State
from newsscraper.middlewares.reasons import PROBE, Refused
from newsscraper.middlewares.robots import RobotsMiddleware
from newsscraper.rights import SiteSignals, add_site_rights, aitxt, tdmrep, verdict

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

_FRESH = timedelta(days=1)
"""How long a site's files are believed before they are asked for again."""
_MAX_BYTES = 512 * 1024
_HABIT = "rights"
_FILES = {"tdmrep": tdmrep.WHERE, "ai_txt": aitxt.WHERE}


class SiteRights:
    """Completes ``Article.rights`` with what the site's files say, and drops what ``RIGHTS_POLICY`` leaves out.

    ``/.well-known/tdmrep.json`` and ``/ai.txt`` are fetched when a host's first record comes by, once a day and host;
    robots.txt is the one that the crawl obeys.
    Stats: ``newsscraper/dropped/rights-reserved``.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._policy = crawler.settings["RIGHTS_POLICY"]
        self._hosts: dict[str, asyncio.Task[SiteSignals]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the pipeline; it is always on."""
        return cls(crawler)

    async def process_item(self, item: Any) -> Any:
        """Complete the record's rights.

        Raises:
            DropItem: the policy leaves the record out.
        """
        if not isinstance(item, Article):
            return item
        url = item.source_url or item.url
        if not url:
            return item
        signals = await self._signals(url)
        add_site_rights(item.rights, signals, url)
        why = verdict(item.rights, self._policy, unread=signals.unread)
        if why is None:
            return item
        self._crawler.stats.inc_value("newsscraper/dropped/rights-reserved")
        if extension := self._crawler.get_extension(State):
            extension.site_state.refused(item, "rights-reserved")
        if dropped := self._crawler.get_extension(Dropped):
            dropped.note(url, "rights-reserved", detail=why)
        raise DropItem(f"{why}: {url}", log_level="INFO")

    async def _signals(self, url: str) -> SiteSignals:
        parts = urlsplit(url)
        host = f"{parts.scheme}://{parts.netloc}"
        if host not in self._hosts:
            self._hosts[host] = asyncio.ensure_future(self._read(host))
        task = self._hosts[host]
        return task.result() if task.done() else await asyncio.shield(task)

    async def _read(self, host: str) -> SiteSignals:
        texts, unread = await self._files(host)
        robots = ""
        middleware = self._crawler.get_downloader_middleware(RobotsMiddleware)
        if middleware is not None:
            file = await middleware.read(f"{host}/")
            robots = file.text
            if file.state == "unreachable":
                unread.append("robots.txt")
        return SiteSignals(robots, texts.get("tdmrep", ""), texts.get("ai_txt", ""), tuple(unread))

    async def _files(self, host: str) -> tuple[dict[str, str], list[str]]:
        """Return the texts of the files, from the crawl state where they are fresh, and the names of those unread."""
        extension = self._crawler.get_extension(State)
        habits = (extension.site_state.habit(_HABIT) if extension else None) or {}
        now = datetime.now(UTC)
        kept = habits.get(host) or {}
        if kept and timedelta(0) <= now - datetime.fromisoformat(kept["read_at"]) < _FRESH:
            return dict(kept["files"]), []
        texts: dict[str, str] = {}
        unread: list[str] = []
        for name, path in _FILES.items():
            text = await self._fetch(host + path)
            if text is None:
                unread.append(path.rpartition("/")[2])
            elif text and (name != "tdmrep" or tdmrep.is_tdmrep(text)):
                texts[name] = text
        if extension and not unread:
            kept_hosts = dict(list(habits.items())[-20:])
            kept_hosts[host] = {"read_at": now.isoformat(timespec="seconds"), "files": texts}
            extension.site_state.learn(_HABIT, kept_hosts)
        return texts, unread

    async def _fetch(self, url: str) -> str | None:
        """Return the text of a file, empty where there is none, ``None`` where that cannot be told."""
        request = Request(url, callback=NO_CALLBACK, priority=500, meta={PROBE: True, "download_maxsize": _MAX_BYTES})
        try:
            response: Response = await self._crawler.engine.download_async(request)
        except Refused as error:
            # Robots that forbid the file, or a file that is too large to be one: it says nothing to us.
            return None if error.reason.passing else ""
        except Exception as error:
            logger.debug("%s could not be read: %s", url, error)
            return None
        if response.status >= 500 or response.status == 429:
            return None
        if response.status != 200 or b"<html" in response.body[:2000].lower():
            return ""
        return response.body.decode("utf-8-sig", "replace").replace("\0", "")
