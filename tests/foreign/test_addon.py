"""The add-on in another's project: delivers once, through a kill too, and leaves the project's own output alone."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from newsscraper.demo import Newsroom
from tests.foreign.project import make

ROOT = Path(__file__).parents[2]
PAGES = 16
DATE = "Sun, 22 Nov 2026 12:00:00 GMT"


class Shop(ThreadingHTTPServer):
    """A site whose pages up to ``held`` wait until somebody lets them go."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.held = 0
        self.free = threading.Event()
        self.reached = threading.Event()
        self.edition = 1

    @property
    def urls(self) -> str:
        """Home pages: one host by two names, which makes two sites."""
        return f"http://127.0.0.1:{self.server_port}/ http://localhost:{self.server_port}/"


class Handler(BaseHTTPRequestHandler):
    server: Shop

    def do_GET(self) -> None:
        if self.path == "/":
            body = "".join(f"<a href=/{number}-story>{number}</a>" for number in range(1, PAGES + 1))
        else:
            number = int(self.path[1:].partition("-")[0])
            if number <= self.server.held:
                self.server.reached.set()
                self.server.free.wait(60)
            words = f"Story {number} of edition {self.server.edition if number % 8 == 3 else 1}. " + " ".join(
                f"word{number * place % 97}" for place in range(60)
            )
            body = f"<html lang=en><article><h1>Story {number}</h1><time>2 days ago</time><p>{words}.</p></article>"
        data = body.encode()
        self.send_response_only(200)
        self.send_header("Date", DATE)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        with contextlib.suppress(OSError):  # whoever asked was killed
            self.wfile.write(data)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def shop() -> Iterator[Shop]:
    server = Shop()
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield server
    finally:
        server.free.set()
        server.shutdown()
        thread.join()
        server.server_close()


def start(folder: Path, site: Shop, *, reads: bool = True) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SHOP_URLS": site.urls, "SHOP_READS": "1" if reads else ""}
    command = [sys.executable, "-m", "scrapy", "crawl", "wares", "-o", "feed.jsonl", "-s", "EXTRACTION_WORKERS=1"]
    return subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True)


def run(folder: Path, site: Shop, *, reads: bool = True) -> str:
    process = start(folder, site, reads=reads)
    said = process.communicate(timeout=120)[1]
    assert process.returncode == 0, said
    assert "Traceback" not in said, said
    return said


def delivered(folder: Path) -> list[dict[str, Any]]:
    files = sorted(folder.glob("output/*/*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]


def wait_for_lines(folder: Path) -> None:
    """Wait until something was delivered; the pages that come first are on their way."""
    deadline = time.monotonic() + 60
    while not delivered(folder):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def own_output(folder: Path) -> list[list[str]]:
    """What the project itself wrote, in an order that does not hang on which page came first."""
    return [
        sorted((folder / name).read_text("utf-8").splitlines()) for name in ("feed.jsonl", "ledger.jsonl", "bell.txt")
    ]


def test_the_projects_own_output_is_the_same_with_and_without(tmp_path: Path) -> None:
    with shop() as site:
        plain, added = make(tmp_path / "plain", addon=False), make(tmp_path / "added", addon=True)
        run(plain, site, reads=False)
        run(added, site, reads=False)
        assert own_output(plain) == own_output(added)
    assert not (plain / "output").exists()
    records = delivered(added)
    hosts = Counter(record["site"].partition(":")[0] for record in records)
    assert hosts == {"127.0.0.1": 12, "localhost": 12}
    assert len({file.parent for file in added.glob("output/*/*.jsonl")}) == 2
    story = next(record for record in records if record["title"] == "Story 2")
    assert (story["date_published"], story["extra"]) == ("2026-11-02T00:00:00", {"rating": 5, "parts": []})


def test_each_article_is_delivered_once_through_a_kill_and_changes_are_revisions(tmp_path: Path) -> None:
    project = make(tmp_path, addon=True)
    with shop() as site:
        site.held = 7
        process = start(project, site)
        assert site.reached.wait(60)
        wait_for_lines(project)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        killed = len(delivered(project))
        assert 0 < killed < 24
        site.free.set()
        said = run(project, site)
        assert f"'newsscraper/articles/unchanged': {killed}" in said
        records = delivered(project)
        assert Counter(record["id"] for record in records).most_common(1)[0][1] == 1
        assert len(records) == 24
        read = next(record for record in records if record["title"] == "Story 3")
        assert read["date_published"] == "2026-11-20"  # counted from the response's own Date
        site.edition = 2
        assert "'newsscraper/articles/changed': 4" in run(project, site)
    again = delivered(project)
    changed = [record for record in again if record["revision"] == 2]
    assert len(again) == 28
    assert Counter(record["title"] for record in changed) == {"Story 3": 2, "Story 11": 2}
    assert all("text" in record["changed"] for record in changed)


def test_a_site_that_another_run_holds_stops_the_spider_with_a_line(tmp_path: Path) -> None:
    project = make(tmp_path, addon=True)
    with shop() as site:
        site.held = 7
        first = start(project, site)
        assert site.reached.wait(60)
        said = start(project, site).communicate(timeout=60)[1]
        assert "is being crawled" in said or "holds" in said, said
        assert "Traceback" not in said
        assert "'finish_reason': 'site-locked'" in said
        site.free.set()
        assert first.communicate(timeout=60)[0] is None
    assert len(delivered(project)) == 24


def test_the_documented_spider_reads_as_documented(tmp_path: Path) -> None:
    documented, spider = re.findall(r"^```python\n(.*?)^```", (ROOT / "docs/addon.md").read_text("utf-8"), re.M | re.S)
    with Newsroom(articles=6, seed=4).serve() as site:
        (tmp_path / "city.py").write_text(spider.replace("https://www.example.com/", f"{site.url}/"), "utf-8")
        addons = documented.partition(" = ")[2].strip().replace("'", '"')
        command = [sys.executable, "-m", "scrapy", "runspider", "city.py", "-s", f"ADDONS={addons}"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert "Traceback" not in done.stderr, done.stderr
        records = delivered(tmp_path)
        assert len({record["title"] for record in records} & {article.title for article in site.truth.values()}) >= 3
