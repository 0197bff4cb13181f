"""Whole crawls of the demo newsroom, in processes of their own, with workers that fare badly."""

from __future__ import annotations

import gzip
import json
import os
import pty
import re
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest

from newsscraper.demo import Newsroom, Site
from tests.spiders import serving
from tests.spiders.test_incremental import Desk, scrapy

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
    """Return what the warm process has forked."""
    found = []
    for child in process.children():
        with suppress(psutil.Error):
            if "newsscraper.workers.forking" in child.cmdline():
                found += child.children()
    return found


def delivered(output: Path) -> Counter[str]:
    return Counter(json.loads(line)["url"] for path in output.glob("*/*.jsonl") for line in path.open())


def test_workers_killed_ten_times_lose_and_repeat_no_article(tmp_path: Path) -> None:
    # One is killed at every tenth article that is asked for, however fast or slow the machine is.
    killed: set[int] = set()
    asked, one_at_a_time = [0], threading.Lock()

    def kill_now_and_then(path: str) -> None:
        with one_at_a_time:
            asked[0] += path.startswith("/20")
            while asked[0] % 10 == 5 and len(killed) <= asked[0] // 10:
                worker = next(
                    (each for each in workers_of(psutil.Process(process.pid)) if each.pid not in killed), None
                )
                if worker is not None:
                    worker.kill()
                    killed.add(worker.pid)

    def watched(base: str) -> Desk:
        desk = Desk(base, count=100)
        desk.before = kill_now_and_then
        return desk

    with serving.serve(watched) as site:
        command = scrapy("crawl", "news", "-a", f"url={site.url}", output=tmp_path, EXTRACTION_WORKERS="2")
        with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
            _, log = process.communicate(timeout=120)
    assert len(killed) == 10, log
    assert process.returncode == 0, log
    found = delivered(tmp_path)
    assert len(found) == 100, log
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
        _, alive = psutil.wait_procs(workers, timeout=60)
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


def test_progress_without_a_terminal_is_a_log_line(tmp_path: Path) -> None:
    # The last article is not answered before a line has said how far the crawl is: it lasts until then.
    said = threading.Event()
    desk: list[Desk] = []

    def gated(base: str) -> Desk:
        desk.append(Desk(base))
        desk[0].before = lambda path: said.wait(60) if path == desk[0].stories[-1].path else None
        return desk[0]

    with serving.serve(gated) as site:
        command = scrapy("crawl", "news", "-a", f"url={site.url}", output=tmp_path, LOGSTATS_INTERVAL="0.1")
        with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as crawl:
            for line in crawl.stderr or ():
                found = re.search(
                    r"INFO: 127\.0\.0\.1:\d+: (\d+) of 6 pages, [\d.]+ articles/s.* (\d+) new, 0 changed", line
                )
                if found and int(found[1]) > 0 and int(found[2]) > 0:
                    said.set()
    assert said.is_set(), "counted while it goes on"
    assert crawl.returncode == 0


def test_the_log_of_a_crawl_without_a_terminal_is_a_line_for_its_start_and_one_for_each_article(
    newsroom: Site, tmp_path: Path
) -> None:
    done = crawl(newsroom, tmp_path, "STATS_DUMP=False")
    start, _, rest = done.stderr.partition("\n")
    assert re.search(rf"INFO: Crawling {newsroom.url}/ with the spider news into {tmp_path}/127\.0\.0\.1_\d+ \(", start)
    named = re.findall(r"INFO: Article \(new\): (\S+) \S", rest)
    assert sorted(named) == sorted(newsroom.truth)
    assert done.stderr.count(" INFO: ") < len(named) + 10, done.stderr
    before = re.split("INFO: Crawling", crawl(newsroom, tmp_path / "b", "LOG_LEVEL=DEBUG").stderr)[0]
    assert "DEBUG: Overridden settings" in before
    assert "DEBUG: Enabled extensions" in before


@pytest.mark.parametrize("setting", ["PROGRESS_ENABLED=False", "LOGSTATS_INTERVAL=0"])
def test_progress_can_be_switched_off(newsroom: Site, tmp_path: Path, setting: str) -> None:
    assert "articles/s" not in crawl(newsroom, tmp_path, "LOGSTATS_INTERVAL=0.2", setting).stderr


def on_a_terminal(arguments: list[str], cwd: Path, watch: Callable[[str], None] = lambda shown: None) -> str:
    """Run a command on a terminal; return what it showed, with \\v for each order to the terminal.

    Args:
        arguments: the command.
        cwd: its working directory.
        watch: told of all that was shown, whenever there is more of it.
    """
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
            watch(_without_orders(shown))
    os.close(ours)
    return _without_orders(shown)


def _without_orders(shown: bytes) -> str:
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "\v", shown.decode("utf-8", "ignore").replace("\r\n", "\n"))


def test_progress_on_a_terminal_is_one_line_below_an_unharmed_log(newsroom: Site, tmp_path: Path) -> None:
    text = on_a_terminal(command(newsroom, tmp_path), ROOT)
    assert "articles/s" in text
    starts = [
        line.rpartition("\r")[2].strip("\v") for line in text.split("\n") if re.search(r"\d{4}-\d\d-\d\d \d\d:", line)
    ]
    assert starts
    assert all(re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \[", start) for start in starts), starts
    (longest,) = re.findall(r"INFO: Crawling http.* \(newsscraper [\d.]+, Scrapy [\d.]+\)", text)
    assert len(longest) > 120, "a line that is wider than the terminal goes on as one line"
    assert "Article (new)" not in text, "the foot counts them"


TWO_SITES = """
from scrapy.crawler import AsyncCrawlerProcess
from newsscraper.spiders.news import NewsSpider

process = AsyncCrawlerProcess({{"AUTOTHROTTLE_ENABLED": False, "LOG_LEVEL": "ERROR"}})
for url in {urls!r}:
    process.crawl(NewsSpider, url=url)
process.start()
"""


def test_two_crawls_on_one_terminal_have_a_line_each(tmp_path: Path) -> None:
    # No article is answered before both lines have been seen: however fast or slow the machine is, both crawls go on.
    both_seen = threading.Event()

    def gated(base: str) -> Desk:
        desk = Desk(base, count=3)
        desk.before = lambda path: both_seen.wait(60) if path.startswith("/20") else None
        return desk

    with serving.serve(gated) as first, serving.serve(gated) as second:
        one, two = (re.escape(urlsplit(site.url).netloc) for site in (first, second))
        frame = re.compile(rf"\r\v\v\v({one}|{two}): [^\n]*\n(?!\1)({one}|{two}): ")
        (tmp_path / "two.py").write_text(TWO_SITES.format(urls=[first.url, second.url]), "utf-8")
        text = on_a_terminal(
            [sys.executable, "two.py"], tmp_path, lambda shown: both_seen.set() if frame.search(shown) else None
        )
    assert both_seen.is_set(), text
    assert not re.search(rf"articles/s[^\n\v]*({one}|{two}): ", text), "no line runs into the other"
    assert text.count("articles   3 new") == 2, text
