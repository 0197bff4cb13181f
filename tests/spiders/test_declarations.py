"""What is declared of a site is a claim: what the site does not bear out is set aside, said once, and does no harm."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from newsscraper.demo import Newsroom, Site
from tests.spiders.crawling import Crawled, run_spider

_SPIDER = """
from newsscraper.spiders.news import NewsSpider


class Declared(NewsSpider):
    name = "declared"
    start_url = "{url}/"
{lines}
"""
ALL_WRONG = {
    "article_url": r"/articles/\d{4}/.+\.php$",
    "feeds": ("/rss/gone.xml", "/mentions-legales"),
    "sitemaps": ("/sitemaps/gone.xml", "/comments/feed"),
    "sections": {"jardin": "/jardin-12", "moved": "/?p={number}", "empty": "/robots.txt"},
}
ALL_RIGHT = {
    "article_url": r"-\d+/[^/]+-\d+$",
    "feeds": ("/feed",),
    "sitemaps": ("/wp-sitemap.xml",),
    "sections": {"cloud": "/cloud-1370", "data-ia": "/data-ia-99"},
}


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with Newsroom(articles=14, seed=6).serve() as site:
        yield site


def _crawl(site: Site, folder: Path, declared: dict[str, object], **given: str) -> Crawled:
    number = str(site.stories[0].number)
    lines = "\n".join(f"    {name} = {value!r}" for name, value in declared.items()).replace("{number}", number)
    (folder / "declared.py").write_text(_SPIDER.format(url=site.url, lines=lines), "utf-8")
    return run_spider(folder / "declared.py", folder / "output", **given)


@pytest.fixture(scope="module")
def wrong(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    return _crawl(site, tmp_path_factory.mktemp("wrong"), ALL_WRONG)


def test_every_declaration_wrong_delivers_what_any_spider_would(site: Site, wrong: Crawled) -> None:
    assert sorted(wrong.urls) == sorted(site.truth), wrong.log


def test_each_is_said_with_one_warning_that_shows_three_addresses(site: Site, wrong: Crawled) -> None:
    said = [line for line in wrong.log.splitlines() if "WARNING" in line and "is set aside for this run" in line]
    declared = [("article_url", ALL_WRONG["article_url"])]
    declared += [(name, place) for name in ("feeds", "sitemaps") for place in ALL_WRONG[name]]
    declared += [("sections", f"{name}: {place}") for name, place in dict(ALL_WRONG["sections"]).items()]
    assert len(said) == len(declared), said
    for name, told in declared:
        value = str(told).replace("{number}", str(site.stories[0].number))
        (line,) = [line for line in said if f"{name} = {value!r}" in line]
        assert line.count(f"{site.url}/") >= 3, line


def test_they_stand_in_the_summary_and_in_the_run_file(wrong: Crawled) -> None:
    told = wrong.summary["declarations"]
    assert [stale["name"] for stale in told].count("sections") == 3
    assert {stale["name"] for stale in told} == set(ALL_WRONG)
    assert all(len(stale["shows"]) == 3 and stale["why"] for stale in told)
    assert all(f"{stale['name']} = {stale['value']!r}" in wrong.log.rpartition("articles   ")[2] for stale in told)


def test_the_exit_code_says_that_it_went_partly_well(wrong: Crawled) -> None:
    assert wrong.code == 2
    assert "done, but 8 declaration(s) were set aside" in wrong.summary["outcome"]


def test_what_is_right_is_not_doubted(site: Site, tmp_path: Path) -> None:
    crawled = _crawl(site, tmp_path, ALL_RIGHT)
    assert crawled.code == 0, crawled.log
    assert crawled.summary["declarations"] == []
    assert sorted(crawled.urls) == sorted(site.truth)


def test_a_pattern_that_some_articles_match_decides(site: Site, tmp_path: Path) -> None:
    crawled = _crawl(site, tmp_path, {"article_url": r"/cloud-\d+/"})
    assert crawled.code == 0
    assert sorted(crawled.urls) == sorted(url for url in site.truth if "/cloud-1370/" in url)
    assert crawled.summary["declarations"] == []


def test_a_wrong_pattern_leaves_sections_their_articles(site: Site, tmp_path: Path) -> None:
    crawled = _crawl(site, tmp_path, {"article_url": ALL_WRONG["article_url"]}, sections="cloud")
    assert sorted(crawled.urls) == sorted(url for url, told in site.truth.items() if "Cloud" in told.categories)
    assert [stale["name"] for stale in crawled.summary["declarations"]] == ["article_url"]


def test_rules_that_match_on_no_article_are_set_aside_too(site: Site, tmp_path: Path) -> None:
    crawled = _crawl(site, tmp_path, {"text": "div.no-such-body", "title": "h1.entry-title"})
    assert sorted(crawled.urls) == sorted(site.truth)
    (stale,) = crawled.summary["declarations"]
    assert (stale["name"], len(stale["shows"])) == ("text", 3)
    assert "no-such-body" in stale["value"]
    assert crawled.code == 2
