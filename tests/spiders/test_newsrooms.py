"""Newsrooms of many kinds, crawled from their home page alone: every article, once, and nothing else; then again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest

from tests.spiders import newsrooms as rooms
from tests.spiders import serving
from tests.spiders.crawling import Crawled, Job, crawl_all

NEWSROOMS: dict[str, tuple[Callable[[str], Callable[[str], serving.Answer | None]], bool, int]] = {
    # name: what is served, whether with validators, requests that are allowed beside 1.5 for each article (entrances)
    "wordpress": (lambda base: rooms.WordPress(base, count=24), False, 8),
    "wordpress whose newest post is split": (lambda base: rooms.WordPress(base, count=24, split=0), False, 8),
    "wordpress with numbers in its addresses": (
        lambda base: rooms.WordPress(base, permalinks="/{slug}-{number}.html", count=12),
        True,
        8,
    ),
    "wordpress without sitemaps": (lambda base: rooms.WordPress(base, count=40, sitemaps=False), False, 14),
    "wordpress with dates in its addresses": (
        lambda base: rooms.WordPress(base, count=16, sitemaps=False, permalinks="/{day:%Y/%m/%d}/{slug}/"),
        False,
        14,
    ),
    "blog with an Atom feed": (rooms.FeedBlog, True, 14),
    "blog with a JSON feed": (lambda base: rooms.FeedBlog(base, kind="json"), True, 16),
    "sections with pagination": (rooms.Sections, True, 14),
    "sections with further pages below them": (lambda base: rooms.Sections(base, count=30, more=True), True, 16),
    "articles with links to themselves": (lambda base: rooms.Sections(base, count=12, widgets=True), True, 14),
    "sitemaps by month, packed": (rooms.DatedSitemaps, True, 18),
    "traps": (rooms.Traps, True, 36),
    "many addresses for one article": (rooms.Variants, True, 20),
    "sessions in the path": (rooms.Sessions, False, 16),
    "sessions in the query": (
        lambda base: rooms.Sessions(base, link="{path}?{query}&PHPSESSID={session}"),
        False,
        16,
    ),
    "a sitemap that moved": (rooms.MovedSitemap, False, 14),
    "pages that send their readers on": (rooms.OldPages, False, 26),
    "articles that are gone or locked": (rooms.Gone, True, 20),
}


@dataclass(slots=True)
class Crawls:
    """Two crawls of one newsroom."""

    site: serving.Site
    first: Crawled
    asked_first: list[tuple[str, int]]
    second: Crawled


@pytest.fixture(scope="module")
def crawls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Crawls]]:
    with ExitStack() as stack:
        sites = {
            name: stack.enter_context(serving.serve(make, validators=validators))
            for name, (make, validators, _) in NEWSROOMS.items()
        }
        outputs = {name: tmp_path_factory.mktemp("output") for name in sites}
        jobs = [Job(outputs[name], {"url": site.url}) for name, site in sites.items()]
        first = dict(zip(sites, crawl_all(jobs), strict=True))
        asked = {name: list(site.asked) for name, site in sites.items()}
        for site in sites.values():
            site.forget()
        second = dict(zip(sites, crawl_all(jobs), strict=True))
        yield {name: Crawls(site, first[name], asked[name], second[name]) for name, site in sites.items()}


@pytest.mark.parametrize("name", NEWSROOMS)
def test_every_article_is_found_once_and_nothing_else(crawls: dict[str, Crawls], name: str) -> None:
    crawl = crawls[name]
    assert sorted(crawl.first.urls) == sorted(crawl.site.truth)
    assert crawl.first.code == 0


@pytest.mark.parametrize("name", NEWSROOMS)
def test_few_requests_are_made(crawls: dict[str, Crawls], name: str) -> None:
    crawl = crawls[name]
    assert len(crawl.asked_first) <= 1.5 * len(crawl.site.truth) + NEWSROOMS[name][2]
    addresses = [path for path, _ in crawl.asked_first]
    assert len(addresses) == len(set(addresses)), "nothing is fetched twice"


@pytest.mark.parametrize("name", NEWSROOMS)
def test_an_unchanged_site_is_asked_at_its_entrances_only(crawls: dict[str, Crawls], name: str) -> None:
    crawl = crawls[name]
    assert len(crawl.second.records) == len(crawl.first.records)
    paths = {url.removeprefix(crawl.site.url[:-1]) for url in crawl.site.truth}
    assert not [path for path in crawl.site.fetched() if path in paths]
    assert len(crawl.site.asked) <= 8
    if NEWSROOMS[name][1]:
        assert crawl.site.conditional == len(crawl.site.asked)
        assert {status for _, status in crawl.site.asked} == {304}
    assert crawl.second.code == 0


def test_amp_pages_that_add_nothing_are_left_alone(crawls: dict[str, Crawls]) -> None:
    asked = [path for path, _ in crawls["wordpress"].asked_first if "/amp" in path]
    assert 1 <= len(asked) <= 2, "a pair or two to compare, and no more"


def test_a_split_article_is_one_record_with_all_its_parts(crawls: dict[str, Crawls]) -> None:
    site = crawls["wordpress"].site
    truth = rooms.WordPress(site.url.rstrip("/"), count=24).split
    (record,) = [r for r in crawls["wordpress"].first.records if r["url"].endswith(truth.path)]
    for paragraph in truth.paragraphs:
        assert record["text"].count(paragraph) == 1


def test_what_the_feed_says_of_dates_goes_along(crawls: dict[str, Crawls]) -> None:
    site = crawls["blog with an Atom feed"].site
    truth = {site.url.rstrip("/") + s.path: s for s in rooms.FeedBlog(site.url.rstrip("/")).stories}
    for record in crawls["blog with an Atom feed"].first.records:
        assert record["date_published"][:10] == truth[record["url"]].published.isoformat()[:10]


def test_traps_are_counted_with_their_reason(crawls: dict[str, Crawls]) -> None:
    dropped = crawls["traps"].first.summary["dropped"]
    assert {"a-search", "a-calendar", "a-list-by-tag", "a-faceted-list", "a-login-or-an-account"} <= set(dropped)


def test_standing_pages_and_lists_of_a_sitemap_are_left_out_with_a_reason(crawls: dict[str, Crawls]) -> None:
    dropped = crawls["wordpress"].first.summary["dropped"]
    assert dropped["a-sitemap-of-lists"] == 3
    assert dropped["a-standing-page-of-the-site"] == 3
    assert not [path for path, _ in crawls["wordpress"].asked_first if "/category/" in path]
