"""docs/python.md: its scripts run as written; crawls of one process share their workers; the command works anywhere."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import newsscraper
from newsscraper.demo import Newsroom

CHECKOUT = Path(newsscraper.__file__).parents[1]
SCRIPTS = re.findall(r"^```python\n(.*?)^```", (CHECKOUT / "docs" / "python.md").read_text("utf-8"), re.M | re.S)


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{CHECKOUT}"}
    environment.pop("SCRAPY_SETTINGS_MODULE", None)
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert "Traceback" not in done.stderr, done.stderr[-3000:]
    return done


def delivered(folder: Path) -> set[str]:
    files = folder.glob("output/*/*.jsonl")
    return {json.loads(line)["url"] for file in files for line in file.read_text("utf-8").splitlines()}


@pytest.mark.parametrize("script", SCRIPTS, ids=["one", "several", "own-loop"])
def test_scripts_run_as_written(script: str, tmp_path: Path) -> None:
    whole = "limit" not in script
    with Newsroom(articles=6, seed=4).serve() as one, Newsroom(articles=6, seed=5).serve() as other:
        script = script.replace("https://www.example.com/", f"{one.url}/")
        script = script.replace("https://www.example.org/", f"{other.url}/")
        # Pace is for strangers' servers; all else is as written.
        script = re.sub(r"(Async\w+\(\{)", r'\1"AUTOTHROTTLE_ENABLED": False, "DOWNLOAD_DELAY": 0, ', script)
        (tmp_path / "script.py").write_text(script, "utf-8")
        done = run(tmp_path, sys.executable, "script.py")
        assert done.returncode == 0, done.stderr
    assert len(delivered(tmp_path)) == (len(one.truth) + len(other.truth) if whole else 5)
    if "print" in script:
        assert done.stdout.strip() in ("5 new", "fine")


def test_crawls_of_one_process_share_their_workers(tmp_path: Path) -> None:
    script = """
import sys
import psutil
from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess
from newsscraper.spiders.news import NewsSpider

most = 0

def look(**_):
    global most
    most = max(most, sum(len(warm.children()) for warm in psutil.Process().children()))

process = AsyncCrawlerProcess({"EXTRACTION_WORKERS": 1, "AUTOTHROTTLE_ENABLED": False, "LOG_LEVEL": "ERROR"})
for url in sys.argv[1:]:
    crawler = process.create_crawler(NewsSpider)
    crawler.signals.connect(look, signal=signals.item_scraped, weak=False)
    process.crawl(crawler, url=url)
process.start()
left = [child for child in psutil.Process().children() if child.is_running()]
print(most, len(left))
"""
    (tmp_path / "script.py").write_text(script, "utf-8")
    with Newsroom(articles=10, seed=4).serve() as one, Newsroom(articles=10, seed=5).serve() as other:
        done = run(tmp_path, sys.executable, "script.py", f"{one.url}/", f"{other.url}/")
        assert len(delivered(tmp_path)) == 20
    assert done.stdout.strip() == "1 0", done.stderr


def test_the_command_works_in_any_folder(tmp_path: Path) -> None:
    command = (sys.executable, "-m", "newsscraper")
    assert {"news", "silicon"} <= {*run(tmp_path, *command, "list").stdout.split()}
    with Newsroom(articles=6, seed=4).serve() as site:
        made = run(tmp_path, *command, "genspider", "-t", "news", "voisin", f"{site.url}/")
        assert made.returncode == 0, made.stderr
        assert (tmp_path / "voisin.py").exists()
        done = run(tmp_path, *command, "runspider", "voisin.py", "-a", "limit=2", "-s", "AUTOTHROTTLE_ENABLED=False")
        assert done.returncode == 0, done.stderr
    assert len(delivered(tmp_path)) == 2
    assert not (CHECKOUT / "newsscraper" / "spiders" / "voisin.py").exists()


def test_help_shows_what_is_public(tmp_path: Path) -> None:
    shown = run(tmp_path, sys.executable, "-c", "import newsscraper; help(newsscraper)").stdout
    for name in ("class Article", "extract(html", "dates"):
        assert name in shown
