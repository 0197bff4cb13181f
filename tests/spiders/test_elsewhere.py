"""A spider of a few lines, run outside the project with Scrapy's own means."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.spiders import serving
from tests.spiders.crawling import QUICK, ROOT
from tests.spiders.test_incremental import Desk

SPIDER = """
from newsscraper.spiders.news import NewsSpider


class MarshSpider(NewsSpider):
    name = "marsh"
    start_url = {url!r}
"""
SCRIPT = (
    SPIDER
    + """

from scrapy.crawler import AsyncCrawlerProcess

process = AsyncCrawlerProcess({settings!r})
process.crawl(MarshSpider, limit="3")
process.start()
"""
)


def run(folder: Path, *command: str, faulty: bool = False) -> str:
    """Run a command in a folder that is no project; return what it says, a traceback only where it may be faulty."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, *command], cwd=folder, env=environment, capture_output=True, text=True, timeout=100, check=True
    )
    assert faulty or "Traceback" not in done.stderr, done.stderr
    return done.stderr


def delivered(folder: Path) -> int:
    """Count the lines under a folder, each a record."""
    lines = [line for file in folder.glob("output/*/*.jsonl") for line in file.read_text("utf-8").splitlines()]
    assert all(json.loads(line)["text"] for line in lines)
    return len(lines)


def test_runspider(tmp_path: Path) -> None:
    folder = tmp_path / "Übung mit Leerzeichen"
    folder.mkdir()
    with serving.serve(Desk) as site:
        (folder / "marsh.py").write_text(SPIDER.format(url=site.url), "utf-8")
        settings = [part for name, value in QUICK.items() for part in ("-s", f"{name}={value}")]
        said = run(folder, "-m", "scrapy", "runspider", "marsh.py", "-a", "limit=3", *settings)
        assert "3 new" in said
        assert delivered(folder) == 3
        assert "'robotstxt/request_count': 1" in said


def test_a_script(tmp_path: Path) -> None:
    with serving.serve(Desk) as site:
        (tmp_path / "script.py").write_text(SCRIPT.format(url=site.url, settings=QUICK), "utf-8")
        assert "3 new" in run(tmp_path, "script.py")
        assert delivered(tmp_path) == 3
