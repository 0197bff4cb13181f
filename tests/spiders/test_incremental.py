"""From run to run: what changed is fetched, what failed is tried again, what a kill left is taken up, and no more."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.spiders import serving
from tests.spiders.crawling import QUICK, ROOT, crawl


class Desk:
    """A newsroom with one sitemap whose stories a test can change, hide and break."""

    def __init__(self, base: str, *, count: int = 6) -> None:
        self.base = base
        self.stories = serving.stories(count, seed=8, step=timedelta(days=40))
        for story in self.stories:
            story.path = f"/{story.published:%Y/%m/%d}/{story.slug}"
        self.changed_at = {story.path: story.published for story in self.stories}
        self.broken: set[str] = set()
        self.before: Callable[[str], None] = lambda path: None

    def __call__(self, target: str) -> serving.Answer | None:
        self.before(target)
        if target in self.broken:
            return serving.Answer("<html><body>down</body></html>", status=503)
        if target == "/robots.txt":
            return serving.Answer(f"Sitemap: {self.base}/sitemap.xml", "text/plain")
        if target == "/sitemap.xml":
            return serving.sitemap([(self.base + s.path, self.changed_at[s.path]) for s in self.stories])
        if target == "/":
            return serving.Answer(serving.listing_page("News", self.stories[:3], self.base))
        story = next((s for s in self.stories if s.path == target), None)
        return serving.Answer(serving.article_page(story, self.base)) if story else None


def test_a_changed_article_is_fetched_again_and_alone(tmp_path: Path) -> None:
    desk: list[Desk] = []
    with serving.serve(lambda base: desk.append(Desk(base)) or desk[0]) as site:
        crawl(tmp_path, site.url)
        story = desk[0].stories[3]
        story.paragraphs.append("The engineers now say that the bridge will open two years later than was promised.")
        desk[0].changed_at[story.path] = datetime.now(UTC) + timedelta(minutes=5)  # after the first run, however late
        site.forget()
        second = crawl(tmp_path, site.url)
        assert list(site.fetched("/20")) == [story.path]
        (old, new) = [record for record in second.records if record["url"].endswith(story.path)]
        assert (old["revision"], new["revision"]) == (1, 2)
        assert "text" in new["changed"]


def test_a_sitemap_that_says_that_all_has_changed_is_not_believed_for_long(tmp_path: Path) -> None:
    desk: list[Desk] = []
    with serving.serve(lambda base: desk.append(Desk(base, count=50)) or desk[0]) as site:
        crawl(tmp_path, site.url)
        now = datetime.now(UTC) + timedelta(minutes=5)
        desk[0].changed_at = {s.path: now - n * timedelta(seconds=1) for n, s in enumerate(desk[0].stories)}
        story = desk[0].stories[12]
        story.paragraphs.append("The engineers now say that the bridge will open two years later than was promised.")
        site.forget()
        second = crawl(tmp_path, site.url)
        assert [record["url"] for record in second.records[50:]] == [desk[0].base + story.path]
        assert 20 <= len(site.fetched("/20")) <= 45
        assert second.summary["dropped"] == {
            "said-to-have-changed-as-were-many-that-had-not": 50 - len(site.fetched("/20"))
        }
        assert second.code == 0


def test_a_new_article_is_all_that_is_fetched(tmp_path: Path) -> None:
    desk: list[Desk] = []
    with serving.serve(lambda base: desk.append(Desk(base)) or desk[0]) as site:
        crawl(tmp_path, site.url)
        story = serving.stories(1, seed=77)[0]
        story.path = f"/{story.published:%Y/%m/%d}/{story.slug}"
        desk[0].stories.insert(0, story)
        desk[0].changed_at[story.path] = story.published
        site.forget()
        second = crawl(tmp_path, site.url)
        assert site.fetched("/20") == [story.path]
        assert len(second.records) == 7


def test_a_page_that_was_down_is_tried_again_by_the_next_run(tmp_path: Path) -> None:
    desk: list[Desk] = []
    with serving.serve(lambda base: desk.append(Desk(base)) or desk[0]) as site:
        desk[0].broken = {desk[0].stories[4].path}
        first = crawl(tmp_path, site.url, settings={"BACKOFF_START": "0.01"})
        assert len(first.records) == 5
        assert first.code == 2
        assert first.summary["failed"] == {"unavailable": 1}
        desk[0].broken = set()
        site.forget()
        second = crawl(tmp_path, site.url)
        assert len(second.records) == 6
        assert site.fetched("/20") == [desk[0].stories[4].path]


def crawl_and_kill(tmp_path: Path, site: serving.Site, desk: Desk, *, lines: int) -> None:
    """Kill a crawl when so many lines are on disk."""
    reached = threading.Event()

    def note(path: str) -> None:
        if sum(file.read_bytes().count(b"\n") for file in tmp_path.glob("*/*.jsonl")) >= lines:
            reached.set()

    desk.before = note
    process = subprocess.Popen(
        scrapy("crawl", "news", "-a", f"url={site.url}", output=tmp_path, DOWNLOAD_DELAY="0.1"),
        cwd=ROOT,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert reached.wait(60)
    process.send_signal(signal.SIGKILL)
    process.wait(20)


def scrapy(*arguments: str, output: Path, **settings: str) -> list[str]:
    """A command of Scrapy's."""
    command = [sys.executable, "-m", "scrapy", *arguments]
    for name, value in {**QUICK, "OUTPUT_DIR": str(output), **settings}.items():
        command += ["-s", f"{name}={value}"]
    return command


def test_a_killed_run_is_taken_up_where_it_was(tmp_path: Path) -> None:
    desk: list[Desk] = []
    with serving.serve(lambda base: desk.append(Desk(base, count=30)) or desk[0]) as site:
        crawl_and_kill(tmp_path, site, desk[0], lines=8)
        before = site.fetched("/20")
        site.forget()
        again = crawl(tmp_path, site.url)
        assert sorted(again.urls) == sorted(site.url.rstrip("/") + s.path for s in desk[0].stories)
        repeated = set(before) & set(site.fetched("/20"))
        assert len(repeated) <= 10, "what was on its way, and nothing else"


def test_a_look_with_scrapys_own_commands_leaves_a_killed_run_as_it_was(tmp_path: Path) -> None:
    desk: list[Desk] = []
    with serving.serve(lambda base: desk.append(Desk(base, count=30)) or desk[0]) as site:
        crawl_and_kill(tmp_path, site, desk[0], lines=8)
        look = scrapy("parse", site.url, "--spider", "news", "-a", f"url={site.url}", output=tmp_path)
        done = subprocess.run(look, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
        assert f"scrapy extract {site.url}" in done.stderr
        assert "Traceback" not in done.stderr
        again = crawl(tmp_path, site.url)
        assert "taking up run 1 again" in again.log
        assert sorted(again.urls) == sorted(site.url.rstrip("/") + s.path for s in desk[0].stories)
