"""A crawl that is told to end while it still looks around gives its site back, and the next one misses nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from newsscraper.demo.many import Many, serve

ROOT = Path(__file__).parents[2]

TWO_CRAWLS = """
import asyncio, json, sys

from scrapy import signals
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.utils.project import get_project_settings

from newsscraper.crawlstate import StateFailed
from newsscraper.extensions.state import State
from newsscraper.fleet.reactor import run_in_reactor

start, output, cut_at = sys.argv[1:]
settings = get_project_settings()
settings.update({"OUTPUT_DIR": output, "EXTRACTION_WORKERS": 0, "DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False})


async def crawl(runner, cut_at):
    crawler, states = runner.create_crawler("news"), []

    def cut(response):
        states.append(crawler.get_extension(State))
        if cut_at and response.url.endswith(cut_at):
            asyncio.ensure_future(crawler.engine.close_spider_async(reason="turn-over"))

    crawler.signals.connect(cut, signal=signals.response_received)
    await runner.crawl(crawler, url=start)
    try:
        said = str(states[0].site_state)
    except StateFailed as error:
        said = str(error)
    print(json.dumps([crawler.stats.get_value("finish_reason"), said]), flush=True)


async def main():
    runner = AsyncCrawlerRunner(settings)
    await crawl(runner, cut_at)
    await crawl(runner, "")


run_in_reactor(settings, main)
"""


@pytest.mark.parametrize("end_at", ["/robots.txt", "/", ".xml"])
def test_the_next_crawl_in_the_process_has_the_site_and_all_of_it(end_at: str, tmp_path: Path) -> None:
    script = tmp_path / "two_crawls.py"
    script.write_text(TWO_CRAWLS)
    with serve(Many(6), 1) as many:
        command = [sys.executable, script, many.url(0), tmp_path / "output", end_at]
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, text=True, check=False
        )
        wanted = many.expected(0)
    assert done.returncode == 0, done.stderr
    closed = "the crawl has ended, and its state is closed"
    assert [json.loads(line) for line in done.stdout.splitlines()] == [["turn-over", closed], ["finished", closed]]
    lines = [line for file in (tmp_path / "output").glob("*/*.jsonl") for line in file.read_text().splitlines()]
    assert sorted(json.loads(line)["url"] for line in lines) == sorted(wanted)
    assert "Traceback" not in done.stderr
