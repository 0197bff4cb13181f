"""Measures a run while it goes, and judges it at its end by the site's own past."""

from __future__ import annotations

import hashlib
import logging
import resource
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy import Request, signals
from scrapy.http import Response

from newsscraper.article import Article
from newsscraper.extensions.state import State
from newsscraper.health import learnt, webhook
from newsscraper.health.finding import Finding
from newsscraper.health.judging import judge
from newsscraper.health.measures import Measures, Measuring
from newsscraper.health.monitors import Bounds
from newsscraper.health.run import run_of
from newsscraper.middlewares.secrets import without_secrets

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

_UNREAD_EXAMPLES = 3


class Health:
    """Scrapy extension that says whether a crawl is well.

    The summary asks it at the end of the run. What is found is logged as warnings, written into the run's file, and
    told to ``HEALTH_WEBHOOK`` when it begins and when it ends.

    Settings: ``HEALTH_EXIT_CODE``, ``HEALTH_WEBHOOK``, ``HEALTH_OFF``, and the bounds ``HEALTH_SHARE``, ….
    Stats: ``newsscraper/health/findings``.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._measuring = Measuring()
        self._entrances: dict[str, str] = {}
        self._asked: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the extension; it is always on."""
        extension = cls(crawler)
        crawler.signals.connect(extension.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(extension.request_reached_downloader, signal=signals.request_reached_downloader)
        crawler.signals.connect(extension.response_received, signal=signals.response_received)
        crawler.signals.connect(extension.item_scraped, signal=signals.item_scraped)
        return extension

    def spider_opened(self) -> None:
        """Learn which entrances the site had."""
        state = self._crawler.get_extension(State)
        if state is not None:
            for kind in ("feeds", "sitemaps"):
                self._entrances |= dict.fromkeys(state.habit(kind) or (), "")

    def request_reached_downloader(self, request: Request) -> None:
        """Note that an entrance is asked for."""
        if request.url in self._entrances:
            self._asked.add(request.url)

    def response_received(self, response: Response, request: Request) -> None:
        """Note what an entrance gave: its status, and a hash of its body."""
        first = request.meta.get("redirect_urls", [request.url])[0]
        if first in self._entrances:
            self._asked.add(first)
            body = hashlib.blake2b(response.body, digest_size=4).hexdigest() if response.status == 200 else ""
            self._entrances[first] = f"{response.status} {body}".strip()

    def item_scraped(self, item: Any) -> None:
        """Measure a delivered record."""
        if isinstance(item, Article):
            self._measuring.add(item, datetime.now(UTC))

    def judge(self, told: dict[str, Any], runs: Path) -> list[Finding]:
        """Judge the run, say what is found, and return it.

        Args:
            told: the run's file, decoded, with its measures.
            runs: the folder of the site's runs.
        """
        run = run_of(told)
        assert run is not None
        past = learnt.load(runs)
        judgement = judge(run, past, self._bounds())
        self._crawler.stats.set_value("newsscraper/health/findings", len(judgement.findings))
        for finding in judgement.findings:
            logger.warning("%s: %s", told["site"], without_secrets(finding.text()))
        try:
            learnt.save(past, runs)
        except OSError as error:
            logger.error("What was learnt of the site cannot be kept: %s", error)
        if url := self._crawler.settings["HEALTH_WEBHOOK"]:
            for event, findings in (("begun", judgement.begun), ("ended", judgement.ended)):
                for finding in findings:
                    webhook.tell(url, webhook.message(told["site"], event, finding, told["finished_at"]))
        return judgement.findings

    def measures(self, told: dict[str, Any]) -> Measures:
        """Return what the run was like.

        Args:
            told: the run's file, decoded.
        """
        stats = self._crawler.stats.get_stats()
        made = self._measuring.finish()
        made.statuses = _part(stats, "downloader/response_status_count/")
        made.set_aside = sum(_part(stats, "newsscraper/quarantine/").values())
        made.kinds = {
            name: int(stats.get(f"newsscraper/extraction/{key}", 0))
            for name, key in (("article", "articles"), ("all", "pages"))
        }
        made.memory_mb = _memory()
        if made.records:
            made.requests_per_article = round(told["requests"] / made.records, 2)
            made.bytes_per_article = round(told["received_bytes"] / made.records)
            made.seconds_per_article = round(told["seconds"] / made.records, 3)
        # An entrance that was not asked for says nothing; one that was, and gave nothing, does.
        made.entrances = {
            address: came or "no-answer" for address, came in self._entrances.items() if came or address in self._asked
        }
        made.dropped_examples = {
            slug.removeprefix("dropped/"): list(addresses)[:_UNREAD_EXAMPLES]
            for slug, addresses in told.get("examples", {}).items()
        }
        return made

    def _bounds(self) -> Bounds:
        settings = self._crawler.settings
        off = {*settings.getlist("HEALTH_OFF"), *getattr(self._crawler.spider, "health_off", ())}
        return Bounds(
            share=settings.getfloat("HEALTH_SHARE"),
            records=settings.getint("HEALTH_RECORDS"),
            days=settings.getint("HEALTH_DAYS"),
            silence=settings.getfloat("HEALTH_SILENCE"),
            flood=settings.getfloat("HEALTH_FLOOD"),
            flood_least=settings.getint("HEALTH_FLOOD_LEAST"),
            effort=settings.getfloat("HEALTH_EFFORT"),
            set_aside=settings.getint("HEALTH_SET_ASIDE"),
            off=frozenset(off),
        )


def _memory() -> int:
    """Return the most memory that this process has had, in MB."""
    try:
        # Not `getrusage`, which on Linux begins with what the process was forked from.
        status = Path("/proc/self/status").read_text("ascii")
        return int(status.partition("VmHWM:")[2].split()[0]) // 1000
    except (OSError, ValueError, IndexError):
        unit = 1e6 if sys.platform == "darwin" else 1e3  # bytes there, KiB elsewhere
        return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit)


def _part(stats: dict[str, Any], prefix: str) -> dict[str, int]:
    return {key.removeprefix(prefix): int(value) for key, value in sorted(stats.items()) if key.startswith(prefix)}
