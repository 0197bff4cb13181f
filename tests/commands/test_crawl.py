"""``scrapy crawl``: exit codes for a scheduler, and one clear line where something is wrong."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from newsscraper.crawlstate import open_state
from newsscraper.urls import site_of
from tests.hostile.crawling import ROOT, Crawl, Running, crawl
from tests.hostile.server import HostileServer, fixed, no_answer, page, send

SUBJECTS = (
    "harbour bridge tolls",
    "school library budget",
    "winter wheat harvest",
    "tram line extension",
    "river dredging",
)
VERBS = ("alarmed", "delighted", "divided", "surprised", "exhausted", "united", "amused", "silenced")
QUICK = ("-s", "EXTRACTION_WORKERS=0", "-s", "AUTOTHROTTLE_ENABLED=0", "-s", "RETRY_TIMES=0", "-s", "LOG_LEVEL=INFO")


def body(n: int) -> str:
    """Paragraphs that no other story has."""
    subject = SUBJECTS[n % len(SUBJECTS)]
    chair = f"the {subject.split()[0]} committee's chair"
    return "".join(
        f"<p>The {subject} {verb} the {n * 7 + i}th council meeting, said {chair}.</p>"
        for i, verb in enumerate(VERBS[n % 3 :] + VERBS[: n % 3])
    )


def newsroom(articles: int = 3) -> dict[str, object]:
    """A small site: a home page that links to its articles."""
    home = "".join(
        f"<h2><a href=/news/2026/11/a-long-story-number-{n}-{n}00{n}>A long story number {n}</a></h2>"
        for n in range(1, articles + 1)
    )
    routes: dict[str, object] = {"/": fixed(page(home, title="The Daily"))}
    for n in range(1, articles + 1):
        routes[f"/news/2026/11/a-long-story-number-{n}-{n}00{n}"] = fixed(
            page(
                f"<article><h1>A long story number {n}</h1><p>By Ada Bell</p>"
                f"<time datetime=2026-11-0{n}T10:00:00Z>x</time>{body(n)}</article>",
                title=f"A long story number {n}",
                head='<meta property="og:type" content="article">',
            )
        )
    return routes


def one_line(result: Crawl) -> str:
    """The line that says what is wrong; the run must show no traceback."""
    assert "Traceback" not in result.log, result.log
    lines = [line for line in result.log.splitlines() if line.startswith("scrapy crawl: ")]
    assert len(lines) == 1, result.log[-2000:]
    return lines[0]


def run_of(folder: Path) -> dict[str, object]:
    """The one summary that a run wrote."""
    (file,) = (folder / "output").glob("*/runs/*.json")
    return json.loads(file.read_text())


def lines_of(folder: Path) -> list[str]:
    """All delivered lines."""
    return [line for file in (folder / "output").glob("*/*.jsonl") for line in file.read_text().splitlines()]


# --- 0 and 1 ---


def test_a_crawl_that_goes_well_exits_0_and_so_does_one_with_nothing_new(tmp_path: Path) -> None:
    with HostileServer(newsroom()) as site:
        first = crawl(tmp_path, "news", "-a", f"url={site.url}/", *QUICK, project=True)
        assert first.code == 0, first.log
        assert len(lines_of(tmp_path)) == 3
        assert "articles   3 new, 0 changed" in first.log
        run = run_of(tmp_path)
        assert run["articles"] == {"new": 3}
        assert run["exit_code"] == 0
        assert run["requests"] == len(site.seen)
        assert run["finish_reason"] == "finished"
        second = crawl(tmp_path, "news", "-a", f"url={site.url}/", *QUICK, project=True)
        assert second.code == 0, second.log
        assert "done, nothing new" in second.log
        assert len(lines_of(tmp_path)) == 3


def test_a_crawl_whose_standard_streams_are_closed_is_a_crawl(tmp_path: Path) -> None:
    with HostileServer(newsroom()) as site:
        words = (
            "-m",
            "scrapy",
            "crawl",
            "news",
            "-a",
            f"url={site.url}/",
            *QUICK,
            "-s",
            f"OUTPUT_DIR={tmp_path}/output",
        )
        closed = subprocess.run(
            ["sh", "-c", 'exec "$@" 0<&- 1>&- 2>&-', "sh", sys.executable, *words],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            check=False,
            timeout=60,
        )
    assert closed.returncode == 0
    assert len(lines_of(tmp_path)) == 3
    assert all(json.loads(line)["url"] for line in lines_of(tmp_path))


@pytest.mark.parametrize(
    ("routes", "words"),
    [
        ({"/": fixed(page("down"), status="500 Oops")}, "the host failed (5xx)"),
        ({"/robots.txt": fixed(b"User-agent: *\nDisallow: /"), "/": fixed(page("x"))}, "robots.txt forbids"),
        ({"/": fixed(page("<p>We sell shoes.</p><a href=/cart>Cart</a>"))}, "no article was found"),
        ({"/": fixed(b"%PDF-1.7", kind="application/pdf")}, "no article was found"),
        ({}, "the page does not exist"),
    ],
    ids=["broken", "forbidden", "no-news-site", "no-web-page", "no-such-page"],
)
def test_a_site_that_gives_nothing_exits_1_and_says_why(tmp_path: Path, routes: dict[str, object], words: str) -> None:
    with HostileServer(routes) as site:
        result = crawl(tmp_path, "news", "-a", f"url={site.url}/", *QUICK, project=True)
    assert result.code == 1, result.log
    assert "Traceback" not in result.log, result.log
    (line,) = (line for line in result.log.splitlines() if line.startswith("127.0.0.1:") and " " in line)
    assert words in line
    assert run_of(tmp_path)["exit_code"] == 1


def test_a_site_that_is_down_exits_1(tmp_path: Path) -> None:
    with HostileServer({}) as site:
        url = site.url
    result = crawl(tmp_path, "news", "-a", f"url={url}/", *QUICK, project=True)
    assert result.code == 1, result.log
    assert "refuses connections" in result.log.splitlines()[-4]


# --- 2 ---


def test_pages_that_could_not_be_had_exit_2(tmp_path: Path) -> None:
    routes = newsroom()
    routes["/news/2026/11/a-long-story-number-2-2002"] = fixed(
        page("x"), status="503 Busy", headers=("Retry-After: 0",)
    )
    with HostileServer(routes) as site:
        result = crawl(tmp_path, "news", "-a", f"url={site.url}/", *QUICK, project=True)
    assert result.code == 2, result.log
    assert len(lines_of(tmp_path)) == 2
    assert run_of(tmp_path)["failed"] == {"unavailable": 1}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_the_crawl_at_once_and_exits_2(tmp_path: Path, number: signal.Signals) -> None:
    asked = threading.Event()

    async def first(writer: asyncio.StreamWriter, path: str) -> None:
        await send(writer, page("".join(f"<a href=/{n}>x</a>" for n in range(30))))
        asked.set()

    with HostileServer(
        {"/robots.txt": fixed(b"User-agent: *\nCrawl-delay: 60"), "/": first, "/*": fixed(page("x"))}
    ) as site:
        running = Running(
            tmp_path, "links", "-a", f"url={site.url}/", "-s", "DOWNLOAD_DELAY=0.01", settings="LOG_LEVEL = 'INFO'"
        )
        # A minute lies between robots.txt and the home page: the delay is what the signal has to get past.
        assert wait_for_path(site, "/robots.txt")
        running.process.send_signal(number)
        result = running.end(timeout=50)
    assert result.code == 2, result.log
    run = run_of(tmp_path)
    assert run["finish_reason"] == "shutdown"
    assert "stopped by a signal" in str(run["outcome"])
    assert run["failed"] == {}
    assert not asked.is_set()


def test_a_signal_in_the_middle_loses_nothing(tmp_path: Path) -> None:
    waiting = threading.Event()

    async def slow_story(writer: asyncio.StreamWriter, path: str) -> None:
        waiting.set()
        await no_answer(writer, path)

    routes = newsroom(5)
    last = "/news/2026/11/a-long-story-number-4-4004"
    good = routes[last]
    routes[last] = slow_story
    quick = (*QUICK, "-s", "DOWNLOAD_TIMEOUT=3")
    with HostileServer(routes) as site:
        running = Running(tmp_path, "news", "-a", f"url={site.url}/", *quick, project=True)
        assert waiting.wait(100)
        running.process.send_signal(signal.SIGTERM)
        first = running.end(timeout=100)
        assert first.code == 2, first.log
        assert "Traceback" not in first.log, first.log
        site.routes[last] = good
        second = crawl(tmp_path, "news", "-a", f"url={site.url}/", *QUICK, project=True)
        assert second.code == 0, second.log
        titles = [json.loads(line)["title"] for line in lines_of(tmp_path)]
        assert sorted(titles) == [f"A long story number {n}" for n in range(1, 6)]


def test_a_second_signal_ends_a_crawl_that_waits_for_an_answer(tmp_path: Path) -> None:
    with HostileServer({"/": no_answer}) as site:
        running = Running(tmp_path, "links", "-a", f"url={site.url}/", "-s", "DOWNLOAD_TIMEOUT=600")
        assert wait_for_path(site, "/")
        running.process.send_signal(signal.SIGINT)
        assert wait_for_line(running, b"shutting down gracefully")
        running.process.send_signal(signal.SIGINT)
        result = running.end(timeout=100)
    assert result.code == 2, result.log
    assert one_line(result) == "scrapy crawl: stopped by force; the next run continues where this one stopped"


def wait_for_line(running: Running, words: bytes) -> bool:
    assert running.process.stdout is not None
    return any(words in line for line in iter(running.process.stdout.readline, b""))


def wait_for_path(site: HostileServer, path: str) -> bool:
    for _ in range(2000):
        if path in site.paths:
            return True
        threading.Event().wait(0.05)
    return False


# --- 3 ---


WRONG: list[tuple[tuple[str, ...], str]] = [
    ((), "name a spider. The spiders are: news, silicon"),
    (("nosuch",), "there is no spider 'nosuch'. The spiders are: news, silicon"),
    (("news", "other"), "give one spider, not 2"),
    (("silcon",), "there is no spider 'silcon'; did you mean silicon?"),
    (("https://www.example.com/",), "scrapy crawl news -a url=https://www.example.com/"),
    (("news", "--frobnicate"), "unknown option --frobnicate"),
    (("news", "--limit", "3"), "arguments of a spider are given like this: -a limit=…"),
    (("news", "-a"), "argument -a: expected one argument"),
    (("news",), "which site? scrapy crawl news -a url="),
    (("news", "-a", "url"), "Invalid -a value, use -a NAME=VALUE"),
    (("news", "-a", "url=not a url"), "is not a web address"),
    (("news", "-a", "ulr=https://example.com/"), "unknown argument -a ulr=… (did you mean url?)"),
    (("news", "-a", "url=https://example.com/", "-a", "since=whenever"), "-a since=whenever is not a date"),
    (("news", "-a", "url=https://example.com/", "-a", "limit=-3"), "-a limit=-3 is not a number"),
    (("news", "-a", "url=https://example.com/", "-s", "RIGHTS_POLICY=maybe"), "it can be label, skip, strict"),
    (("news", "-a", "url=https://example.com/", "-s", "CONTACT=me"), "must be an e-mail address or a URL"),
    (
        ("news", "-a", "url=https://example.com/", "-s", "OUTPUT_DIR=scrapy.cfg/out"),
        "cannot write to scrapy.cfg/out",
    ),
    (("news", "-s", "EXTRACTION_WORKERS=-1"), "EXTRACTION_WORKERS is '-1'; it must be a whole number, 0 or more"),
    (("news", "-s", "EXTRACTION_WORKERS=abc"), "EXTRACTION_WORKERS is 'abc'"),
    (("news", "-s", "EXTRACTION_TIME_LIMIT=0"), "EXTRACTION_TIME_LIMIT is '0'; it must be a number above 0"),
    (("news", "-s", "EXTRACTION_MEMORY_LIMIT=lots"), "EXTRACTION_MEMORY_LIMIT is 'lots'; it must be a whole number"),
    (("news", "-s", "PROGRESS_ENABLED=maybe"), "PROGRESS_ENABLED is 'maybe'; it must be True or False"),
    (("news", "-s", "LOGSTATS_INTERVAL=-1"), "LOGSTATS_INTERVAL is '-1'; it must be a number, 0 or more"),
    (("news", "-s", "DOWNLOAD_DELAY=slow"), "DOWNLOAD_DELAY is 'slow'; it must be a number"),
    (("news", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=0"), "it must be a whole number, 1 or more"),
    (("news", "-L", "debug"), "LOG_LEVEL is 'debug'; it can be CRITICAL, ERROR, WARNING, INFO, DEBUG"),
    (("news", "-s", "LOG_FILE=scrapy.cfg/log"), "cannot write to"),
    (("news", "--pidfile", "nosuch/pid"), "nosuch/pid: No such file or directory"),
    (("news", "-O", "scrapy.cfg/articles.jsonl"), "Choose another file for the export"),
    (
        ("news", "-a", "url=https://example.com/", "-s", "OUTPUT_DIR=s3://bucket/news"),
        "OUTPUT_DIR is 's3://bucket/news'; it must be a folder of this machine",
    ),
    (
        ("news", "-a", "url=https://example.com/", "-O", "gs://bucket/news.jsonl"),
        "cannot export to gs://bucket/news.jsonl: missing google-cloud-storage library",
    ),
    (
        ("news", "-a", "url=https://example.com/", "-O", "pigeon://loft/news.jsonl"),
        "cannot export to pigeon://loft/news.jsonl: no storage for pigeon://",
    ),
    (("news", "-o", "/:jsonl"), "cannot write to /: it is a folder. Choose another file for the export"),
]


@pytest.fixture(scope="module")
def wrongly_used(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, ...], Crawl]:
    """All wrong calls, two at a time: most of their time is a process's start."""

    def call(arguments: tuple[str, ...]) -> Crawl:
        return crawl(tmp_path_factory.mktemp("wrong"), "-s", "LOG_LEVEL=WARNING", *arguments, project=True)

    calls = [arguments for arguments, _ in WRONG]
    with ThreadPoolExecutor(2) as pool:
        return dict(zip(calls, pool.map(call, calls), strict=True))


@pytest.mark.parametrize(
    ("arguments", "words"), WRONG, ids=lambda value: value[-1] if isinstance(value, tuple) and value else None
)
def test_wrong_usage_exits_3_with_a_line_that_helps(
    wrongly_used: dict[tuple[str, ...], Crawl], arguments: tuple[str, ...], words: str
) -> None:
    result = wrongly_used[arguments]
    assert words in one_line(result)
    assert result.code == 3


def test_a_wrong_output_folder_is_not_made(tmp_path: Path) -> None:
    result = crawl(
        tmp_path, "news", "-a", "url=https://example.com/", "-s", "OUTPUT_DIR=s3://bucket/news", project=True
    )
    assert result.code == 3
    assert not any("s3" in path.name for path in (*tmp_path.iterdir(), *ROOT.iterdir()))


def test_an_export_that_cannot_be_written_exits_3_and_the_articles_are_there(tmp_path: Path) -> None:
    with HostileServer(newsroom()) as site:
        result = crawl(tmp_path, "news", "-a", f"url={site.url}/", *QUICK, "-O", "/dev/full:jsonl", project=True)
    assert result.code == 3, result.log
    assert re.search(r"^127\.0\.0\.1:\d+: done, but the export could not be written", result.log, re.MULTILINE)
    assert len(lines_of(tmp_path)) == 3


# --- 4 ---


def test_a_second_run_on_the_same_site_exits_4(tmp_path: Path) -> None:
    holder = (
        "import sys; from pathlib import Path; from newsscraper.crawlstate import open_state\n"
        f"state = open_state(Path({str(tmp_path / 'output' / '.state')!r}), sys.argv[1])\n"
        "print('held', flush=True); sys.stdin.read()"
    )
    with HostileServer(newsroom()) as site:
        name = site_of(site.url)
        other = subprocess.Popen([sys.executable, "-c", holder, name], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        try:
            assert other.stdout is not None
            assert other.stdout.readline() == b"held\n"
            result = crawl(tmp_path, "news", "-a", f"url={site.url}/", *QUICK, project=True)
        finally:
            other.communicate()
        assert result.code == 4, result.log
        assert "Traceback" not in result.log, result.log
        assert f"process {other.pid}" in result.log
        assert [path for path in site.paths if path != "/robots.txt"] == []
    open_state(tmp_path / "output" / ".state", name).close()
