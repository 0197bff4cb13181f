"""Crawls of a newsroom whose articles exist only in a browser, with a real one; and without, what is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.test_extract import extract
from tests.rendering.needs import needs_browser
from tests.rendering.newsroom import App
from tests.spiders import serving
from tests.spiders.crawling import Crawled, crawl
from tests.spiders.serving import Answer


def _crawl(folder: Path, site: serving.Site, render: str, *, start: str = "", **settings: str) -> Crawled:
    (folder / "sites.toml").write_text(f'[app]\nurl = "{start or site.url}"\nrender = "{render}"\n', "utf-8")
    return crawl(folder / "output", site=f"{folder / 'sites.toml'}#app", settings=settings)


class Kept:
    """Makes the newsroom, and keeps it at hand."""

    def __init__(self) -> None:
        self.app = App("")

    def __call__(self, base: str) -> App:
        self.app = App(base)
        return self.app


@needs_browser
def test_articles_that_exist_in_the_browser_only_are_delivered(tmp_path: Path) -> None:
    make = Kept()
    with serving.serve(make) as site:
        done = _crawl(tmp_path, site, "needed")
        app = make.app
        assert done.code == 0, done.log[-3000:]
        assert set(done.urls) == site.truth
        for record in done.records:
            story = next(story for story in app.stories if record["url"].endswith(story.path))
            assert record["title"] == story.title
            assert all(paragraph in record["text"] for paragraph in story.paragraphs)
            assert record["date_published"][:16] == story.published.isoformat()[:16]
        # Each page once, its script once a run, and nothing that only people look at or that robots.txt forbids.
        assert app.loaded.count("/app.js") == 1
        assert {app.loaded.count(story.path) for story in app.stories} == {1}
        assert not {"/photo.jpg", "/app.css", "/api/members", "/live", "/favicon.ico"} & {*app.loaded}
        assert done.summary["failed"] == {}
        app.loaded.clear()
        again = _crawl(tmp_path, site, "needed")
        assert len(again.records) == len(app.stories)


@needs_browser
def test_pages_with_text_are_not_rendered_where_it_is_not_needed(tmp_path: Path) -> None:
    class Plain(App):
        def __call__(self, target: str) -> Answer | None:
            story = next((story for story in self.stories if story.path == target), None)
            if target == "/":
                return Answer(
                    serving.listing_page("Plain", self.stories, self.base, foot="<script src=/app.js></script>")
                )
            return Answer(serving.article_page(story, self.base)) if story else super().__call__(target)

    made: list[Plain] = []

    def make(base: str) -> Plain:
        made.append(Plain(base))
        return made[0]

    with serving.serve(make) as site:
        done = _crawl(tmp_path, site, "needed")
        assert len(done.records) == 5
        assert "/app.js" not in made[0].loaded


@needs_browser
def test_one_page_is_rendered_for_extract(tmp_path: Path) -> None:
    with serving.serve(App) as site:
        (tmp_path / "sites.toml").write_text(f'[app]\nurl = "{site.url}"\nrender = "needed"\n', "utf-8")
        (address, *_) = site.truth
        done = extract(address, "--spider", f"{tmp_path / 'sites.toml'}#app", "-s", "AUTOTHROTTLE_ENABLED=False")
    assert json.loads(done.stdout)["title"] in {story.title for story in App("").stories}, done.stderr


def test_without_a_browser_the_line_says_what_to_do(tmp_path: Path) -> None:
    with serving.serve(App) as site:
        done = crawl(tmp_path / "never", site.url)
        assert done.code == 1
        assert 'set render = "needed"' in done.log
        done = _crawl(tmp_path, site, "needed", BROWSER_PATH="/nowhere/chromium")
    assert done.code == 3
    last = done.log.strip().splitlines()[-1]
    assert 'render = "needed": ' in last
    assert "BROWSER_PATH is '/nowhere/chromium'" in last or "pip install 'newsscraper[browser]'" in last
    assert not site.fetched("/news/")


@pytest.mark.parametrize("value", ["0", "soon"])
def test_a_wrong_limit_is_one_line(tmp_path: Path, value: str) -> None:
    done = crawl(tmp_path, "http://127.0.0.1:9/", settings={"BROWSER_TIME_LIMIT": value})
    assert done.code == 3
    assert "BROWSER_TIME_LIMIT" in done.log.strip().splitlines()[-1]
