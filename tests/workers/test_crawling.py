"""Whole crawls of the demo newsroom, in processes of their own, with workers that fare badly."""

from __future__ import annotations

import gzip
import json
import os
import pty
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest

from newsscraper.demo import Newsroom, Site

ROOT = Path(__file__).parents[2]


def command(site: Site, output: Path, *settings: str, arguments: tuple[str, ...] = ()) -> list[str]:
    return [
        *(sys.executable, "-m", "scrapy", "crawl", "news", "-a", f"url={site.url}/", *arguments),
        *("-s", "AUTOTHROTTLE_ENABLED=False", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=8", "-s", f"OUTPUT_DIR={output}"),
        *(part for setting in settings for part in ("-s", setting)),
    ]


@contextmanager
def crawling(site: Site, output: Path, *settings: str) -> Iterator[subprocess.Popen[str]]:
    crawl = subprocess.Popen(command(site, output, *settings), cwd=ROOT, stderr=subprocess.PIPE, text=True)
    with crawl:
        try:
            yield crawl
        finally:
            crawl.kill()


def crawl(
    site: Site, output: Path, *settings: str, arguments: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(site, output, *settings, arguments=arguments),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def workers_of(process: psutil.Process) -> list[psutil.Process]:
    found = []
    for child in process.children():
        try:
            if "newsscraper.workers.child" in child.cmdline():
                found.append(child)
        except psutil.Error:
            continue
    return found


def delivered(output: Path) -> Counter[str]:
    return Counter(json.loads(line)["url"] for path in output.glob("*/*.jsonl") for line in path.open())


def test_workers_killed_ten_times_lose_and_repeat_no_article(tmp_path: Path) -> None:
    with (
        Newsroom(articles=120, seed=3).serve() as site,
        crawling(site, tmp_path, "EXTRACTION_WORKERS=2") as process,
    ):
        crawl_process, killed = psutil.Process(process.pid), set()
        while len(killed) < 10 and process.poll() is None:
            for worker in workers_of(crawl_process)[:1]:
                if worker.pid not in killed:
                    worker.kill()
                    killed.add(worker.pid)
            try:
                process.wait(0.5)
            except subprocess.TimeoutExpired:
                continue
        _, log = process.communicate(timeout=120)
        assert len(killed) >= 5, log
        assert process.returncode == 0, log
        found = delivered(tmp_path)
        assert set(site.truth) <= set(found), log
        assert set(found.values()) == {1}
    assert not list(tmp_path.glob("*/quarantine/*"))


def test_a_crawl_killed_leaves_no_worker_behind(tmp_path: Path) -> None:
    with (
        Newsroom(articles=120, seed=3).serve() as site,
        crawling(site, tmp_path, "EXTRACTION_WORKERS=2") as process,
    ):
        crawl_process = psutil.Process(process.pid)
        workers: list[psutil.Process] = []
        while not workers and process.poll() is None:
            workers = workers_of(crawl_process)
        process.kill()
        _, alive = psutil.wait_procs(workers, timeout=10)
    assert workers
    assert not alive


def test_pages_over_the_limit_are_kept_with_the_reason_and_the_crawl_ends(newsroom: Site, tmp_path: Path) -> None:
    urls = tmp_path / "urls.txt"
    urls.write_text("\n".join(list(newsroom.truth)[:3]))
    done = crawl(newsroom, tmp_path, "EXTRACTION_TIME_LIMIT=0.0001", arguments=("-a", f"urls={urls}"))
    notes = [json.loads(path.read_text()) for path in tmp_path.glob("*/quarantine/*.json")]
    assert {note["url"] for note in notes} == set(list(newsroom.truth)[:3]), done.stderr
    assert {note["reason"] for note in notes} == {"time-limit"}
    for page in tmp_path.glob("*/quarantine/*.html.gz"):
        assert b"<html" in gzip.decompress(page.read_bytes())
    assert "'newsscraper/quarantine/time-limit': 3" in done.stderr
    assert not delivered(tmp_path)


def test_a_crawl_whose_workers_do_not_start_says_so_and_ends(newsroom: Site, tmp_path: Path) -> None:
    done = crawl(newsroom, tmp_path, "EXTRACTION_MEMORY_LIMIT=1")
    assert "Extraction workers do not start: MemoryError: a worker needs" in done.stderr
    assert "'finish_reason': 'workers-do-not-start'" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.returncode != 0


def test_in_the_crawls_own_process(newsroom: Site, tmp_path: Path) -> None:
    done = crawl(newsroom, tmp_path, "EXTRACTION_WORKERS=0")
    assert set(newsroom.truth) <= set(delivered(tmp_path)), done.stderr
    assert "newsscraper/workers/started" not in done.stderr


def test_progress_without_a_terminal_is_a_log_line(newsroom: Site, tmp_path: Path) -> None:
    done = crawl(newsroom, tmp_path, "LOGSTATS_INTERVAL=0.2")
    lines = re.findall(
        r"INFO: 127\.0\.0\.1:\d+: ([\d,]+) of [\d,]+ pages, [\d.]+ articles/s.* (\d+) new, 0 changed", done.stderr
    )
    assert lines, done.stderr
    assert any(int(settled) > 0 for settled, new in lines if int(new) > 0), "counted while it goes on"


@pytest.mark.parametrize("setting", ["PROGRESS_ENABLED=False", "LOGSTATS_INTERVAL=0"])
def test_progress_can_be_switched_off(newsroom: Site, tmp_path: Path, setting: str) -> None:
    assert "articles/s" not in crawl(newsroom, tmp_path, "LOGSTATS_INTERVAL=0.2", setting).stderr


def on_a_terminal(arguments: list[str], cwd: Path) -> str:
    """Run a command on a terminal; return what it showed, with \\v for each order to the terminal."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        arguments,
        cwd=cwd,
        stdin=theirs,
        stderr=theirs,
        stdout=theirs,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "120", "LINES": "40", "PYTHONPATH": str(ROOT)},
    )
    os.close(theirs)
    with process:
        shown = b""
        while True:
            try:
                chunk = os.read(ours, 65536)
            except OSError:  # the last one with the terminal open is gone
                break
            if not chunk:
                break
            shown += chunk
    os.close(ours)
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "\v", shown.decode().replace("\r\n", "\n"))


def test_progress_on_a_terminal_is_one_line_below_an_unharmed_log(newsroom: Site, tmp_path: Path) -> None:
    text = on_a_terminal(command(newsroom, tmp_path), ROOT)
    assert "articles/s" in text
    starts = [
        line.rpartition("\r")[2].strip("\v") for line in text.split("\n") if re.search(r"\d{4}-\d\d-\d\d \d\d:", line)
    ]
    assert starts
    assert all(re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \[", start) for start in starts), starts


TWO_SITES = """
from scrapy.crawler import AsyncCrawlerProcess
from newsscraper.spiders.news import NewsSpider

process = AsyncCrawlerProcess({{"AUTOTHROTTLE_ENABLED": False, "DOWNLOAD_DELAY": 0.1, "LOG_LEVEL": "ERROR"}})
for host in ("127.0.0.1", "localhost"):
    process.crawl(NewsSpider, url=f"http://{{host}}:{port}/", limit="20")
process.start()
"""


def test_two_crawls_on_one_terminal_have_a_line_each(newsroom: Site, tmp_path: Path) -> None:
    port = urlsplit(newsroom.url).port
    (tmp_path / "two.py").write_text(TWO_SITES.format(port=port), "utf-8")
    text = on_a_terminal([sys.executable, "two.py"], tmp_path)
    assert re.search(r"\r\v\v\v(127\.0\.0\.1|localhost): [^\n]*\n(?!\1)(127\.0\.0\.1|localhost): ", text), text
    assert not re.search(r"articles/s[^\n\v]*(127\.0\.0\.1|localhost): ", text), "no line runs into the other"
