"""A site with rules of its own, in a spider and in a table: the same records; and the manners of ``refine``."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.spiders import serving
from tests.spiders.crawling import QUICK, crawl
from tests.spiders.serving import Answer
from tests.spiders.test_elsewhere import run

SPIDER = """
from newsscraper.spiders.news import NewsSpider

class TangleSpider(NewsSpider):
    name, start_url, timezone = "tangle", {url!r}, "Europe/Paris"
    text, remove = "div.b", (".promo", "//div[@data-x]")
    title, description = "h2.t", "p.d"
    authors, published, modified = ".who", "//em[1]", "//em[2]"
    categories, tags = ".rub", "ul.k"
    exclude = "/sponsored/"

    def refine(self, article, response):
        article.extra = {{"shares": int(response.css("i.n::text").get()), "short": len(article.text) < 300}}
        return article
"""
TABLE = """
[tangle]
url = {url!r}
timezone = "Europe/Paris"
text = "div.b"
remove = [".promo", "//div[@data-x]"]
title = "h2.t"
description = "p.d"
authors = ".who"
published = "//em[1]"
modified = "//em[2]"
categories = ".rub"
tags = "ul.k"
exclude = "/sponsored/"
"""
STORIES = 8


class Tangle:
    """A newsroom whose pages the general reader gets wrong: two headings, two texts, nothing marked as what it is."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.edition = 1
        self.stories = serving.stories(STORIES, seed=3)
        for place, story in enumerate(self.stories):
            story.path = f"/{'sponsored' if place == 2 else 'news'}/{story.slug}.html"
        self.truth = {base + story.path for story in self.stories if "/sponsored/" not in story.path}

    def __call__(self, target: str) -> Answer | None:
        if target == "/":
            return Answer(serving.listing_page("Tangle", self.stories, self.base))
        story = next((story for story in self.stories if story.path == target), None)
        if story is None:
            return None
        shown, changed = story.published, story.published + timedelta(hours=1)
        text = "".join(f"<p>{paragraph}</p>" for paragraph in story.paragraphs)
        return Answer(
            f"<!doctype html><html lang=en><head><title>Tangle of the day</title><meta name=author content=Web>"
            f"<meta property=article:published_time content={story.published.isoformat()}></head><body>"
            f"<h1>The Tangle</h1><h2 class=t>{story.title}</h2><p class=d>In short: {story.title}</p>"
            f"<span class=rub>{story.category}</span><span class=who>By Zoé Brûlé and Aldo Monti</span>"
            f"<em>{shown:%d/%m/%Y %H:%M}</em><em>{changed:%d/%m/%Y %H:%M}</em><i class=n>{story.number}</i>"
            f"<div class=b>{text}<div class=promo>{story.paragraphs[0]} Buy it.</div><div data-x=1>Buy more, now.</div>"
            f"</div><div class=c>{text.replace('case', 'affair') * 2}</div>"
            f"<ul class=k><li>Rain</li><li>Edition {self.edition}</li></ul></body></html>"
        )


def runspider(folder: Path, source: str, url: str, *more: str) -> tuple[str, list[dict[str, Any]]]:
    """Run a spider of a file; return what it says and all that was delivered so far."""
    (folder / "tangle.py").write_text(source.format(url=url), "utf-8")
    settings = [part for name, value in QUICK.items() for part in ("-s", f"{name}={value}")]
    said = run(folder, "-m", "scrapy", "runspider", "tangle.py", *settings, *more)
    lines = [line for file in sorted(folder.glob("output/*/*.jsonl")) for line in file.read_text("utf-8").splitlines()]
    return said, [json.loads(line) for line in lines]


def test_a_spider_and_a_table_give_the_same_records(tmp_path: Path) -> None:
    assert len(SPIDER.strip().splitlines()) < 15
    with serving.serve(Tangle) as site:
        _, records = runspider(tmp_path, SPIDER, site.url)
        assert not site.fetched("/sponsored/")
        (tmp_path / "sites.toml").write_text(TABLE.format(url=site.url), "utf-8")
        done = crawl(tmp_path / "table", site=f"{tmp_path / 'sites.toml'}#tangle")
        assert done.code == 0, done.log[-2000:]
        truth = {site.url.rstrip("/") + story.path: story for story in Tangle("").stories}
        assert {record["url"] for record in records} == site.truth
    assert done.summary["dropped"]["an-address-that-is-excluded"] == 1
    for record in records:
        story = truth[record["url"]]
        assert (record["title"], record["description"]) == (story.title, f"In short: {story.title}")
        assert (record["authors"], record["categories"]) == (["Zoé Brûlé", "Aldo Monti"], [story.category])
        assert record["tags"] == ["Rain", "Edition 1"]
        assert record["text"] == "\n\n".join(story.paragraphs)
        assert record["date_published"].startswith(f"{story.published:%Y-%m-%dT%H:%M}:00+0")
        assert record["date_modified"] > record["date_published"]
        assert record["extra"] == {"shares": story.number, "short": len(record["text"]) < 300}
        assert record["extraction"]["warnings"] == []
    momentary = ("fetched_at", "first_seen_at", "extra")
    assert [{**record, **dict.fromkeys(momentary)} for record in by_url(records)] == [
        {**record, **dict.fromkeys(momentary)} for record in by_url(done.records)
    ]


def by_url(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(records, key=lambda record: str(record["url"]))


MANNERS = """
import asyncio
import os
from newsscraper.spiders.news import NewsSpider

class TangleSpider(NewsSpider):
    name, start_url, title, text, tags = "tangle", {url!r}, "h2.t", "div.b", ".nowhere"
    remove, exclude, revise_on_extra = (".promo", "//div[@data-x]"), "/sponsored/", True

    async def refine(self, article, response):
        await asyncio.sleep(0)
        place = int(response.css("i.n::text").get()) % 10
        if os.environ.get("GOOD") is None:
            if place == 7:
                raise KeyError("no such shelf")
            if place == 6:
                return {{"title": "not an article"}}
        if place == 5:
            return None
        if place == 4:
            article.extra = {{"set": {{1}}}}
        else:
            article.extra = {{"edition": os.environ.get("EDITION", "1")}}
        return article
"""


def test_whatever_refine_does_nothing_is_lost(tmp_path: Path, monkeypatch: Any) -> None:
    with serving.serve(Tangle) as site:
        said, records = runspider_that_fails(tmp_path, MANNERS, site.url)
        first = {record["extra"]["edition"] for record in records}
        numbers = {site.url.rstrip("/") + story.path: story.number % 10 for story in Tangle("").stories}
        assert {numbers[record["url"]] for record in records} == {0, 9, 3}
        assert first == {"1"}
        assert "KeyError: 'no such shelf'" in said
        assert "TypeError: refine must return the article or None, and returned a dict for http" in said
        assert "Expected a JSON value, got `set` - at `$.extra.set`" in said
        assert "'newsscraper/dropped/left-out-by-refine': 1" in said
        assert "'newsscraper/rules/without-match/tags': 4" in said
        assert all(record["extraction"]["warnings"] == ["rule-without-match: tags"] for record in records)
        site.forget()
        monkeypatch.setenv("GOOD", "1")
        said, records = runspider(tmp_path, MANNERS, site.url)
        assert {numbers[record["url"]] for record in records} == {0, 9, 3, 7, 6}
        assert len(records) == 5
        assert not [path for path in site.fetched("/news/") if path.endswith(site_path(numbers, 5))]


def runspider_that_fails(folder: Path, source: str, url: str) -> tuple[str, list[dict[str, Any]]]:
    try:
        return runspider(folder, source, url)
    except AssertionError as error:
        lines = [line for file in folder.glob("output/*/*.jsonl") for line in file.read_text("utf-8").splitlines()]
        return str(error), [json.loads(line) for line in lines]


def site_path(numbers: dict[str, int], number: int) -> str:
    return next(url for url, known in numbers.items() if known == number).rpartition("/")[2]


def test_a_spiders_own_fields_may_count_as_a_change(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv("GOOD", "1")
    kept: list[Tangle] = []

    def make(base: str) -> Callable[[str], Answer | None]:
        kept.append(Tangle(base))
        return kept[0]

    with serving.serve(make) as site:
        _, records = runspider(tmp_path, MANNERS, site.url)
        assert len(records) == 5
        kept[0].edition = 2  # the pages are others, what is read of them by this spider is not
        urls = tmp_path / "urls.txt"
        urls.write_text("\n".join(record["url"] for record in records), "utf-8")
        _, records = runspider(tmp_path, MANNERS, site.url, "-a", f"urls={urls}")
        assert len(records) == 5
        kept[0].edition = 3
        monkeypatch.setenv("EDITION", "2")
        _, records = runspider(tmp_path, MANNERS, site.url, "-a", f"urls={urls}")
    assert [record["changed"] for record in records[5:]] == [["extra"]] * 5
