"""Runs real crawls as child processes, and says how they ended."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]

# Follows every link of every page, whatever it is: what the guards do not stop gets through.
LINK_SPIDER = """
import scrapy


class LinkSpider(scrapy.Spider):
    name = "links"
    site = "hostile.example"

    def __init__(self, url="", **kwargs):
        super().__init__(start_urls=[url], **kwargs)

    def parse(self, response):
        self.crawler.stats.inc_value("pages/" + response.url.rpartition("/")[2])
        self.crawler.stats.max_value("links", len(response.css("a")))
        for href in response.css("a::attr(href)").getall()[:60]:
            try:
                request = response.follow(href, errback=self.failed)
            except ValueError:
                continue
            yield request

    def failed(self, failure):
        pass
"""

SETTINGS = """
from newsscraper.settings import *

SPIDER_MODULES = ["hostile_spiders"]
ITEM_PIPELINES = {}
DUPEFILTER_CLASS = "scrapy.dupefilters.RFPDupeFilter"
EXTENSIONS = {name: place for name, place in EXTENSIONS.items() if "state" not in name and "extraction" not in name}
AUTOTHROTTLE_ENABLED = False
CONCURRENT_REQUESTS_PER_DOMAIN = 8
LOG_LEVEL = "INFO"
DOWNLOAD_TIMEOUT = 4
DOWNLOAD_MAXSIZE = 8_000_000
RETRY_TIMES = 1
BACKOFF_START = 0.05
BACKOFF_MAX = 0.2
BACKOFF_FAILURES = 50
"""


@dataclass
class Crawl:
    """How a crawl ended.

    Attributes:
        code: exit code.
        log: standard error.
        stats: Scrapy's statistics.
        peak_mb: the most memory that the process or one of its workers had, MB.
    """

    code: int
    log: str
    stats: dict[str, Any] = field(default_factory=dict)
    peak_mb: float = 0.0

    @property
    def failed(self) -> dict[str, int]:
        """Failed requests by reason."""
        prefix = "newsscraper/failed/"
        return {key.removeprefix(prefix): value for key, value in self.stats.items() if key.startswith(prefix)}


_RUN = """
import json, re, resource
from pathlib import Path
from scrapy.cmdline import execute
from scrapy.statscollectors import MemoryStatsCollector

class Kept(MemoryStatsCollector):
    def _persist_stats(self, stats):
        with open({stats!r}, "w") as file:
            json.dump(stats, file, default=str)

try:
    execute(["scrapy", "crawl", *{arguments!r}, "-s", "STATS_CLASS=__main__.Kept"])
finally:
    # Not ru_maxrss: a child starts with its parent's.
    peak = re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())
    workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    Path({stats!r} + ".peak").write_text(str(max(int(peak[1]), workers) / 1024))
"""


class Running:
    """A crawl in a process of its own.

    Args:
        folder: where it runs and writes.
        arguments: of ``scrapy crawl``.
        project: with the project's own spiders; otherwise with one that follows every link.
        settings: Python lines that are added to the settings.
        environment: variables for the process.
    """

    def __init__(
        self,
        folder: Path,
        *arguments: str,
        project: bool = False,
        settings: str = "",
        environment: dict[str, str] | None = None,
    ) -> None:
        module = "hostile_settings"
        lines = "from newsscraper.settings import *\n" if project else SETTINGS
        (folder / f"{module}.py").write_text(lines + textwrap.dedent(settings))
        (folder / "scrapy.cfg").write_text(f"[settings]\ndefault = {module}\n")
        spiders = folder / "hostile_spiders"
        spiders.mkdir(exist_ok=True)
        (spiders / "__init__.py").write_text("")
        (spiders / "links.py").write_text(LINK_SPIDER)
        self._stats = folder / "stats.json"
        self._peak = Path(f"{self._stats}.peak")
        for old in (self._stats, self._peak):
            old.unlink(missing_ok=True)
        inherited = {key: value for key, value in os.environ.items() if not key.lower().endswith("_proxy")}
        self.process = subprocess.Popen(
            [sys.executable, "-c", _RUN.format(stats=str(self._stats), arguments=list(arguments))],
            cwd=folder,
            env={
                **inherited,
                "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}",
                "PYTHONDONTWRITEBYTECODE": "1",
                "SCRAPY_SETTINGS_MODULE": module,
                **(environment or {}),
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def end(self, timeout: float = 60) -> Crawl:
        """Wait for the end; a crawl that takes longer than ``timeout`` seconds is stuck: an error."""
        try:
            output, _ = self.process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            self.process.kill()
            output, _ = self.process.communicate()
            raise AssertionError(output.decode("utf-8", "replace")[-5000:]) from None
        return Crawl(
            self.process.returncode,
            output.decode("utf-8", "replace"),
            json.loads(self._stats.read_text()) if self._stats.exists() else {},
            float(self._peak.read_text()) if self._peak.exists() else 0.0,
        )


def crawl(folder: Path, *arguments: str, timeout: float = 60, **options: Any) -> Crawl:
    """Run ``scrapy crawl`` with these arguments to its end; options are those of `Running`."""
    return Running(folder, *arguments, **options).end(timeout)
