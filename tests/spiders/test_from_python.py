"""Crawls that a script starts and that cannot start: one line each, and the script does not end as if all were well."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.spiders import serving
from tests.spiders.crawling import QUICK, ROOT
from tests.spiders.test_incremental import Desk

SCRIPT = """
from scrapy.crawler import {process}
from newsscraper.spiders.news import NewsSpider

process = {process}({settings!r})
for given in {crawls!r}:
    process.crawl(NewsSpider, **given)
process.start()
"""


def run(folder: Path, process: str, *crawls: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a script that starts these crawls."""
    settings = QUICK | {"STATS_DUMP": "False", "LOG_VERSIONS": ""}
    (folder / "script.py").write_text(SCRIPT.format(process=process, settings=settings, crawls=crawls), "utf-8")
    return subprocess.run(
        [sys.executable, "script.py"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


@pytest.mark.parametrize("process", ["AsyncCrawlerProcess", "CrawlerProcess"])
def test_a_wrong_argument(tmp_path: Path, process: str) -> None:
    done = run(tmp_path, process, {"url": "https://www.example.com/", "limit": "-3"})
    assert done.returncode == 3
    assert "Traceback" not in done.stderr, done.stderr
    (line,) = (line for line in done.stderr.splitlines() if "ERROR" in line)
    assert line.endswith("ERROR: -a limit=-3 is not a number of articles; give a whole number from 1")


def test_two_spiders_on_one_site(tmp_path: Path) -> None:
    with serving.serve(Desk) as site:
        done = run(tmp_path, "AsyncCrawlerProcess", {"url": site.url}, {"url": site.url})
    assert done.returncode == 4
    assert "Traceback" not in done.stderr, done.stderr
    (line,) = (line for line in done.stderr.splitlines() if "ERROR" in line)
    assert "another run is crawling 127.0.0.1:" in line
    assert ", this very one, holds its state" in line
    assert done.stderr.count("6 new") == 1, "the first of them is none the worse for it"


def test_a_script_whose_crawls_start_ends_as_it_likes(tmp_path: Path) -> None:
    with serving.serve(Desk) as site:
        done = run(tmp_path, "AsyncCrawlerProcess", {"url": site.url, "limit": "1"})
    assert done.returncode == 0, done.stderr
