"""``scrapy why URL``: what is known of an address, offline."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.spiders import serving
from tests.spiders.crawling import ROOT, crawl
from tests.spiders.test_dropped import OddDesk
from tests.spiders.test_incremental import crawl_and_kill


def why(output: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Ask, and return what came of it."""
    return subprocess.run(
        [sys.executable, "-m", "scrapy", "why", *arguments, "-s", f"OUTPUT_DIR={output}"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@dataclass
class Crawled:
    """A site that was crawled and is off the air."""

    output: Path
    base: str
    desk: OddDesk

    def ask(self, path: str) -> dict[str, str]:
        """Ask for a path; return the answer's lines by their names."""
        done = why(self.output, self.base + path)
        assert done.returncode == 0, done.stderr
        first, *lines = done.stdout.splitlines()
        assert first == self.base + path
        return {line[2:12].strip(): line[13:] for line in lines}


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    desk: list[OddDesk] = []
    output = tmp_path_factory.mktemp("output")
    with serving.serve(lambda base: desk.append(OddDesk(base)) or desk[0]) as site:
        crawl(output, site.url)
        base = site.url.rstrip("/")
    return Crawled(output, base, desk[0])


def test_a_delivered_article(crawled: Crawled) -> None:
    story = crawled.desk.stories[0]  # of today
    said = crawled.ask(story.path)
    (line,) = (
        record
        for file in crawled.output.glob("*/*.jsonl")
        for record in map(json.loads, file.read_text("utf-8").splitlines())
        if record["url"].endswith(story.path)
    )
    assert said["named"].startswith(f"by the sitemap {crawled.base}/sitemap.xml at {datetime.now(UTC):%Y-}")
    assert ", HTTP 200" in said["fetched"]
    assert said["judged"] == "an article"
    assert said["outcome"] == "delivered"
    (file,) = crawled.output.glob("*/*.jsonl")
    assert said["delivered"] == f"as {line['id']}, revision 1, first seen {line['first_seen_at']}, {file}"
    assert "a run after 20" in said["next look"]


def test_a_page_that_is_no_article(crawled: Crawled) -> None:
    said = crawled.ask("/2026/11/01/empty-page-of-the-day-7")
    assert said["judged"] == "no article"
    assert said["outcome"] == "no text"
    assert ": no text" in said["dropped"]
    assert said["dropped"].endswith(".dropped.jsonl")
    assert "delivered" not in said


def test_a_page_that_could_not_be_had(crawled: Crawled) -> None:
    said = crawled.ask("/2026/11/02/broken-page-of-the-day-8")
    assert said["outcome"] == "failed"
    assert ": server error" in said["failed"]
    assert said["next look"] == "the next run: it could not be had"


def test_an_address_that_was_left_out_unfetched(crawled: Crawled) -> None:
    said = crawled.ask("/tag/bridge")
    assert said["named"] == f"by the sitemap {crawled.base}/sitemap.xml"
    assert ": a list by tag" in said["dropped"]
    assert "fetched" not in said


def test_what_a_later_run_does_not_meet_is_still_known(crawled: Crawled, tmp_path: Path) -> None:
    with serving.serve(lambda base: OddDesk(base, count=8)) as site:
        for _ in range(2):  # the second one finds nothing new, and its frontier is empty
            crawl(tmp_path, site.url)
        again = Crawled(tmp_path, site.url.rstrip("/"), OddDesk(site.url, count=8))
        said = again.ask(again.desk.stories[7].path)
    assert said["named"].startswith(f"by the sitemap {again.base}/sitemap.xml at ")
    assert said["outcome"] == "delivered"
    assert said["next look"] == "when a sitemap says that it has changed"


def test_an_address_that_waits_in_a_killed_run(tmp_path: Path) -> None:
    desk: list[OddDesk] = []
    with serving.serve(lambda base: desk.append(OddDesk(base, count=30)) or desk[0]) as site:
        crawl_and_kill(tmp_path, site, desk[0], lines=3)
        said = Crawled(tmp_path, site.url.rstrip("/"), desk[0]).ask(desk[0].stories[29].path)
    assert said["next look"] == "it waits: the run that was not finished goes on with it"


def test_nothing_known_says_so_and_what_is_near(crawled: Crawled, tmp_path: Path) -> None:
    story = crawled.desk.stories[2]
    done = why(crawled.output, f"{crawled.base}/2026/{story.slug}")
    assert done.returncode == 1
    assert done.stdout == ""
    first, *near = done.stderr.splitlines()
    assert first.startswith(f"scrapy why: nothing is known about {crawled.base}/2026/{story.slug}")
    assert near[0] == f"  near it    {crawled.base}{story.path}"
    nowhere = why(tmp_path / "nowhere", "https://www.example.com/a")
    assert nowhere.returncode == 1
    assert "there was no crawl into" in nowhere.stderr
    assert not (tmp_path / "nowhere").exists(), "a question makes nothing"


@pytest.mark.parametrize("arguments", [(), ("https://a.example/", "https://b.example/"), ("http://[::1",), ("--no",)])
def test_wrong_usage(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = why(tmp_path, *arguments)
    assert done.returncode == 3
    assert done.stderr.startswith("scrapy why: ")
    assert "Traceback" not in done.stderr
