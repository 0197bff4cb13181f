"""What one run could not have, or leaves out, is right in the next: with the dates that its sources told."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.spiders import serving
from tests.spiders.crawling import QUICK, crawl
from tests.spiders.serving import Answer, Story
from tests.spiders.test_elsewhere import delivered, run

SPIDER = """
from pathlib import Path

from newsscraper.spiders.news import NewsSpider


class MarshSpider(NewsSpider):
    name = "marsh"
    start_url = {url!r}

    async def parse_article(self, response, candidate):
        {before}
        async for article in super().parse_article(response, candidate):
            {after}
            yield article
"""
FAULT = 'if "story-2" in response.url and not Path("mended").exists(): raise KeyError("a fault of mine")'


class FeedOfNotes:
    """A newsroom whose pages carry no date and look like anything; its feed tells the dates of some."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.stories = serving.stories(6, seed=4, step=timedelta(days=9))
        for number, story in enumerate(self.stories):
            story.path = f"/notes/story-{number}"
        self.fed = list(self.stories)
        self.down: set[str] = set()
        self.head = ""

    def __call__(self, target: str) -> Answer | None:
        if target in self.down:
            return Answer("<h1>Too busy</h1>", status=503)
        if target == "/":
            feed = '<link rel="alternate" type="application/rss+xml" href="/feed">'
            return Answer(serving.listing_page("Notes", self.stories, self.base, head=feed).replace("<time", "<span"))
        if target == "/feed":
            return serving.rss(self.fed, self.base)
        story = next((story for story in self.stories if story.path == target), None)
        return Answer(page(story, self.head)) if story else None


def page(story: Story, head: str = "") -> str:
    """Return a page that says nothing of when it was made, nor that it is an article."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in story.paragraphs)
    return f"<!doctype html><title>{story.title}</title>{head}<main><h1>{story.title}</h1>{text}</main>"


def dates(records: list[dict[str, object]]) -> dict[str, object]:
    """Return the date of each record by its path."""
    return {str(record["url"]).partition("/notes/")[2]: str(record["date_published"])[:10] for record in records}


def truth(desk: FeedOfNotes) -> dict[str, str]:
    return {story.path.removeprefix("/notes/"): f"{story.published:%Y-%m-%d}" for story in desk.stories}


def test_a_page_that_fails_once_keeps_what_the_feed_said_of_it(tmp_path: Path) -> None:
    desks = []
    with serving.serve(lambda base: desks.append(FeedOfNotes(base)) or desks[0]) as site:
        (desk,) = desks
        desk.down = {"/notes/story-1", "/notes/story-4"}
        first = crawl(tmp_path, site.url)
        assert first.code == 2
        assert len(first.records) == 4
        desk.down = set()
        second = crawl(tmp_path, site.url)
        assert second.code == 0
        assert dates(second.records) == truth(desk)
        assert len(second.records) == 6


def test_an_article_out_of_time_by_its_feed_is_not_had_from_the_home_page(tmp_path: Path) -> None:
    desks = []
    with serving.serve(lambda base: desks.append(FeedOfNotes(base)) or desks[0]) as site:
        (desk,) = desks
        since, until = serving.NOW - timedelta(days=30), serving.NOW - timedelta(days=5)
        bounded = crawl(tmp_path, site.url, since=f"{since:%Y-%m-%d}", until=f"{until:%Y-%m-%d}")
        inside = {story.path for story in desk.stories if since <= story.published < until}
        assert {url.removeprefix(site.url[:-1]) for url in bounded.urls} == inside
        assert 0 < len(inside) < 6
        assert {"older-than-since", "newer-than-until"} <= set(bounded.summary["dropped"])
        assert dates(crawl(tmp_path, site.url).records) == truth(desk)


def test_a_feed_that_tells_a_date_later_gives_it_to_an_article_that_had_none(tmp_path: Path) -> None:
    desks = []
    with serving.serve(lambda base: desks.append(FeedOfNotes(base)) or desks[0]) as site:
        (desk,) = desks
        addresses = tmp_path / "addresses"
        desk.head = '<meta property="og:type" content="article">'
        addresses.write_text(site.url[:-1] + desk.stories[2].path, "utf-8")
        (record,) = crawl(tmp_path, urls=addresses).records
        assert record["date_published"] is None
        records = crawl(tmp_path, site.url).records
        last = [each for each in records if each["url"] == record["url"]][-1]
        assert last["date_published"][:10] == f"{desk.stories[2].published:%Y-%m-%d}"
        assert (last["revision"], last["changed"]) == (2, ["date_published"])


@pytest.mark.parametrize(("before", "after"), [(FAULT, "pass"), ("pass", FAULT)], ids=["before", "after"])
def test_an_exception_in_a_spider_is_counted_said_and_made_good(tmp_path: Path, before: str, after: str) -> None:
    with serving.serve(FeedOfNotes) as site:
        (tmp_path / "marsh.py").write_text(SPIDER.format(url=site.url, before=before, after=after), "utf-8")
        settings = [part for name, value in QUICK.items() for part in ("-s", f"{name}={value}")]
        command = ("-m", "scrapy", "runspider", "marsh.py", *settings)
        said = run(tmp_path, *command, faulty=True)
        assert f"Spider error processing <GET {site.url}notes/story-2>" in said
        assert "KeyError: 'a fault of mine'" in said
        assert "1 in the program itself" in said
        assert delivered(tmp_path) == 5
        (tmp_path / "mended").touch()
        assert "1 new" in run(tmp_path, *command)
        assert delivered(tmp_path) == 6
        assert len(site.fetched("story-2")) == 2


def test_an_article_that_the_spider_keeps_back_is_counted(tmp_path: Path) -> None:
    with serving.serve(FeedOfNotes) as site:
        after = 'if "story-2" in response.url: continue'
        (tmp_path / "marsh.py").write_text(SPIDER.format(url=site.url, before="pass", after=after), "utf-8")
        settings = [part for name, value in QUICK.items() for part in ("-s", f"{name}={value}")]
        assert "1 kept back by the spider" in run(tmp_path, "-m", "scrapy", "runspider", "marsh.py", *settings)
        assert delivered(tmp_path) == 5
