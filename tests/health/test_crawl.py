"""A site breaks in six ways: each is told at once, by exit code, run file and webhook. Ordinary days are quiet."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import jsonschema
import pytest

from newsscraper.crawlstate.naming import folder_name
from newsscraper.extensions.summary import SCHEMA_FILE, json_schema
from newsscraper.health import learnt
from tests.exports.delivering import environment
from tests.health.past import live

_WORDS = ("harbour", "bridge", "council", "vote", "winter", "storm", "ferry", "budget", "school", "market", "river")
_NOW = datetime.now(UTC).replace(microsecond=0)


class Paper:
    """A small newspaper, whose pages a test can break."""

    def __init__(self) -> None:
        self.stories = 12
        self.breaks: Callable[[str, bytes], tuple[int, bytes]] = lambda path, page: (200, page)
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def stop(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def page(self, path: str) -> bytes | None:
        if path == "/robots.txt":
            return f"User-agent: *\nAllow: /\nSitemap: {self.url}/sitemap.xml\n".encode()
        if path == "/":
            links = "".join(f'<h2><a href="{story}">{title(n)}</a></h2>' for n, story in self._addresses())
            return f"<html lang=en><head><title>The Paper</title></head><body>{links}</body></html>".encode()
        if path == "/sitemap.xml":
            places = "".join(f"<url><loc>{self.url}{story}</loc></url>" for _, story in self._addresses())
            return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{places}</urlset>'.encode()
        numbers = {story: n for n, story in self._addresses()}
        return story_page(numbers[path]) if path in numbers else None

    def _addresses(self) -> list[tuple[int, str]]:
        return [(n, f"/news/{title(n).lower().replace(' ', '-')}-{1000 + n}.html") for n in range(self.stories)]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        paper = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                page = paper.page(self.path)
                status, body = (404, b"") if page is None else paper.breaks(self.path, page)
                kind = "text/html" if body[:5].lower() in (b"<html", b"") else "text/plain"
                self.send_response(status)
                self.send_header("Content-Type", "application/xml" if self.path.endswith(".xml") else kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        return Handler


def title(n: int) -> str:
    return f"The {_WORDS[n % 11]} of the {_WORDS[(n * 5 + 3) % 11]} opens number {n}"


def story_page(n: int) -> bytes:
    rng = random.Random(n)
    parts = [" ".join(f"{rng.choice(_WORDS)}{rng.randrange(90)}" for _ in range(45)) for _ in range(6 + n % 4)]
    paragraphs = "".join(f"<p>The mayor said of the {part}.</p>" for part in parts)
    published = (_NOW - timedelta(minutes=n, seconds=13)).isoformat()
    return (
        f'<html lang="en"><head><title>{title(n)}</title><meta property="og:type" content="article">'
        f'<meta property="og:image" content="/{n}.png"><meta name="description" content="Story {n}.">'
        f'<meta property="article:published_time" content="{published}">'
        f'<meta name="author" content="Ann Lee"><meta property="article:section" content="Town">'
        f'<meta property="article:tag" content="town"></head><body><article><h1>{title(n)}</h1>'
        f'<div class="story">{paragraphs}</div></article></body></html>'
    ).encode()


@pytest.fixture
def paper() -> Iterator[Paper]:
    made = Paper()
    yield made
    made.stop()


class Run:
    """What one crawl said."""

    def __init__(self, paper: Paper, output: Path, *options: str) -> None:
        command = [sys.executable, "-m", "scrapy", "crawl", "news", "-a", f"url={paper.url}/"]
        command += ["-s", f"OUTPUT_DIR={output}", "-s", "AUTOTHROTTLE_ENABLED=False", *options]
        self.done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, env=environment())
        folder = output / folder_name(f"127.0.0.1:{paper.server.server_port}") / "runs"
        self.file: dict[str, Any] = json.loads(max(folder.glob("*Z*.json")).read_bytes())
        self.kinds = {finding["kind"] for finding in self.file["findings"]}


@pytest.fixture
def known(paper: Paper, tmp_path: Path) -> tuple[Paper, Path]:
    """A paper that was crawled once, and has a past of ordinary days."""
    output = tmp_path / "output"
    first = Run(paper, output)
    assert first.done.returncode == 0, first.done.stderr
    runs = output / folder_name(f"127.0.0.1:{paper.server.server_port}") / "runs"
    entrances = {f"{paper.url}/sitemap.xml": "200 0badcafe"}
    live(runs, entrances=entrances, words={"count": 5, "values": [260.0, 300.0, 330.0, 360.0, 420.0]})
    for path in (output / ".state").glob("*.health.json"):
        path.unlink()  # made anew of the files
    paper.stories = 24
    return paper, output


def test_an_ordinary_day_is_quiet(known: tuple[Paper, Path]) -> None:
    run = Run(*known)
    assert run.file["findings"] == []
    assert run.done.returncode == 0, run.done.stderr
    jsonschema.validate(run.file, json_schema())
    assert run.file["measures"]["records"] == 12
    assert run.file["measures"]["filled"]["date_published"] == 12
    quiet = Run(*known)
    assert (quiet.done.returncode, quiet.file["findings"]) == (0, [])


def _without_dates(path: str, page: bytes) -> tuple[int, bytes]:
    return 200, re.sub(rb'<meta property="article:published_time"[^>]*>', b"", page)


def _renamed(path: str, page: bytes) -> tuple[int, bytes]:
    """A relaunch that shows the first words of each story only."""
    start, end = page.find(b'<div class="story">'), page.find(b"</div>")
    return 200, page if start < 0 else page[: start + 120] + b"</p>" + page[end:]


def _no_sitemap(path: str, page: bytes) -> tuple[int, bytes]:
    return (404, b"") if path == "/sitemap.xml" else (200, page)


def _wall(path: str, page: bytes) -> tuple[int, bytes]:
    wall = (
        b"<html><head><title>Your privacy</title></head><body><h1>We value your privacy</h1><p>Accept all cookies.</p>"
    )
    return (200, wall) if path.startswith("/news/") else (200, page)


def _forbids(path: str, page: bytes) -> tuple[int, bytes]:
    return 200, b"User-agent: *\nDisallow: /\n" if path == "/robots.txt" else page


def _refuses(path: str, page: bytes) -> tuple[int, bytes]:
    return (403, b"<html>no") if path.startswith("/news/") else (200, page)


@pytest.mark.parametrize(
    ("breaks", "kind", "said"),
    [
        (_without_dates, "no-date", "12 of 12 new articles have no date"),
        (_renamed, "short-text", "have under"),
        (_no_sitemap, "entrance-gone", "sitemap.xml (404)"),
        (_wall, "no-article", "were no article"),
        (_forbids, "robots", "robots.txt forbids"),
        (_refuses, "refused", "were refusals"),
    ],
)
def test_what_breaks_is_told_at_once(known: tuple[Paper, Path], breaks: Any, kind: str, said: str) -> None:
    paper, output = known
    paper.breaks = breaks
    run = Run(paper, output)
    assert kind in run.kinds, (run.file["findings"], run.file["dropped"], run.file["failed"], run.done.stderr)
    assert said in run.done.stderr
    assert run.done.returncode != 0
    assert run.done.returncode == 5 or run.file["outcome"].startswith(("done", "nothing", "failed"))


def test_every_address_answers_with_the_home_page(known: tuple[Paper, Path]) -> None:
    paper, output = known
    paper.breaks = lambda path, page: (200, paper.page("/") or b"") if path.startswith("/news/") else (200, page)
    run = Run(paper, output)
    assert "no-article" in run.kinds, (run.file["findings"], run.file["dropped"])


class _Hook(BaseHTTPRequestHandler):
    heard: ClassVar[list[dict[str, Any]]] = []

    def do_POST(self) -> None:
        self.heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(500 if len(self.heard) > 1 else 204)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        pass


def test_the_webhook_hears_of_a_beginning_and_an_end_and_its_address_stays_out_of_the_log(
    known: tuple[Paper, Path],
) -> None:
    paper, output = known
    _Hook.heard.clear()
    hook = ThreadingHTTPServer(("127.0.0.1", 0), _Hook)
    thread = threading.Thread(target=hook.serve_forever)
    thread.start()
    secret = f"http://127.0.0.1:{hook.server_port}/hooks/T0P53CR3T"
    try:
        paper.breaks = _without_dates
        first = Run(paper, output, "-s", f"HEALTH_WEBHOOK={secret}")
        again = Run(paper, output, "-s", f"HEALTH_WEBHOOK={secret}")  # nothing new: it lasts, and is not told again
        paper.breaks, paper.stories = lambda path, page: (200, page), 30
        over = Run(paper, output, "-s", f"HEALTH_WEBHOOK={secret}")
    finally:
        hook.shutdown()
        thread.join()
        hook.server_close()
    assert [(told["event"], told["kind"]) for told in _Hook.heard] == [("begun", "no-date"), ("ended", "no-date")]
    assert "no-date" in again.kinds
    assert over.kinds == set()
    assert again.file["findings"][0]["since"] == first.file["findings"][0]["since"]
    assert "T0P53CR3T" not in first.done.stderr + again.done.stderr + over.done.stderr
    assert "answered with status 500" in over.done.stderr


def test_a_site_can_switch_a_monitor_off_and_a_project_can_keep_the_exit_code(known: tuple[Paper, Path]) -> None:
    paper, output = known
    paper.breaks = _without_dates
    run = Run(paper, output, "-s", "HEALTH_OFF=no-date,short-text", "-s", "HEALTH_EXIT_CODE=0")
    assert "no-date" not in run.kinds
    assert run.done.returncode == 0


def test_what_was_learnt_is_made_of_the_files(known: tuple[Paper, Path]) -> None:
    paper, output = known
    Run(paper, output)
    runs = output / folder_name(f"127.0.0.1:{paper.server.server_port}") / "runs"
    kept = learnt.load(runs)
    (output / ".state" / f"{runs.parent.name}.health.json").write_text("{broken")
    assert learnt.load(runs) == kept


def test_the_shipped_schema_is_that_of_a_run() -> None:
    assert json.loads(SCHEMA_FILE.read_text("utf-8")) == json_schema()
