"""since, until, limit, sections and urls keep a crawl to what was asked for, and to few requests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from tests.spiders import newsrooms as rooms
from tests.spiders import serving
from tests.spiders.crawling import Crawled, Job, crawl_all


@dataclass(slots=True)
class Bounded:
    """A crawl with bounds, and the newsroom's own truth."""

    site: serving.Site
    asked: list[tuple[str, int]]
    result: Crawled
    then: Crawled
    asked_then: list[tuple[str, int]]


SINCE, UNTIL = serving.NOW - timedelta(days=30), serving.NOW - timedelta(days=60)
JOBS = {
    # name: newsroom, arguments of the first crawl
    "since, sitemaps": (lambda base: rooms.DatedSitemaps(base, count=30), {"since": f"{SINCE:%Y-%m-%d}"}),
    "until, sitemaps": (lambda base: rooms.DatedSitemaps(base, count=30), {"until": f"{UNTIL:%Y-%m-%d}"}),
    "since, listings": (lambda base: rooms.Sections(base, count=60), {"since": "10 days ago"}),
    "limit": (lambda base: rooms.WordPress(base, count=40), {"limit": "7"}),
    "limit, dated sitemaps": (lambda base: rooms.DatedSitemaps(base, count=60), {"limit": "5"}),
    "sections": (lambda base: rooms.Sections(base, count=30), {"sections": "Cloud,science"}),
    "no such section": (lambda base: rooms.Sections(base, count=6), {"sections": "gardening"}),
}


@pytest.fixture(scope="module")
def crawls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Bounded]]:
    with ExitStack() as stack:
        sites = {name: stack.enter_context(serving.serve(make)) for name, (make, _) in JOBS.items()}
        outputs = {name: tmp_path_factory.mktemp("output") for name in sites}
        bounded = [Job(outputs[name], {"url": site.url, **JOBS[name][1]}) for name, site in sites.items()]
        first = dict(zip(sites, crawl_all(bounded), strict=True))
        asked = {name: list(site.asked) for name, site in sites.items()}
        for site in sites.values():
            site.forget()
        whole = [Job(outputs[name], {"url": site.url}) for name, site in sites.items()]
        then = dict(zip(sites, crawl_all(whole), strict=True))
        yield {
            name: Bounded(site, asked[name], first[name], then[name], list(site.asked)) for name, site in sites.items()
        }


def _paths(crawl: Bounded, result: Crawled) -> set[str]:
    return {url.removeprefix(crawl.site.url[:-1]) for url in result.urls}


def test_since_fetches_only_what_is_young_enough(crawls: dict[str, Bounded]) -> None:
    crawl = crawls["since, sitemaps"]
    day = SINCE.date()
    young = {s.path for s in rooms.DatedSitemaps("", count=30).stories if s.published.date() >= day}
    assert _paths(crawl, crawl.result) == young
    months = {path for path, _ in crawl.asked if path.startswith("/sitemaps/2")}
    assert len(months) <= 3, "sitemaps of older months are not read"
    assert len([path for path, _ in crawl.asked if path.startswith("/20")]) == len(young)


def test_until_leaves_out_what_is_younger(crawls: dict[str, Bounded]) -> None:
    crawl = crawls["until, sitemaps"]
    old = {s.path for s in rooms.DatedSitemaps("", count=30).stories if s.published.date() <= UNTIL.date()}
    assert _paths(crawl, crawl.result) == old


def test_since_ends_the_walk_through_listings(crawls: dict[str, Bounded]) -> None:
    crawl = crawls["since, listings"]
    border = serving.NOW - timedelta(days=10)
    young = {s.path for s in rooms.Sections("", count=60).stories if s.published > border + timedelta(days=1)}
    got = _paths(crawl, crawl.result)
    assert young <= got
    assert len(got) <= len(young) + 2
    assert len(crawl.asked) < 60, "older pages of the listings are not read to the end"


@pytest.mark.parametrize("name", ["since, sitemaps", "until, sitemaps", "since, listings", "limit", "sections"])
def test_what_was_left_out_is_found_by_the_next_crawl_without_bounds(crawls: dict[str, Bounded], name: str) -> None:
    crawl = crawls[name]
    assert sorted(crawl.then.urls) == sorted(crawl.site.truth)


def test_limit_delivers_the_newest_and_no_more(crawls: dict[str, Bounded]) -> None:
    crawl = crawls["limit"]
    newest = {s.path for s in rooms.WordPress("", count=40).stories[:9]}
    assert len(crawl.result.urls) == 7
    assert _paths(crawl, crawl.result) <= newest
    assert len(crawl.asked) <= 7 + 12


def test_limit_reads_only_as_many_sitemaps_as_it_needs(crawls: dict[str, Bounded]) -> None:
    crawl = crawls["limit, dated sitemaps"]
    assert len(crawl.result.urls) == 5
    assert len([path for path, _ in crawl.asked if path.startswith("/sitemaps/2")]) <= 8


def test_sections_are_kept_to(crawls: dict[str, Bounded]) -> None:
    crawl = crawls["sections"]
    wanted = {s.path for s in rooms.Sections("", count=30).stories if s.category in ("Cloud", "Science")}
    assert _paths(crawl, crawl.result) == wanted


def test_an_unknown_section_is_named_with_those_that_there_are(crawls: dict[str, Bounded]) -> None:
    crawl = crawls["no such section"]
    assert "has no section 'gardening'" in crawl.result.log
    assert "business, cloud" in crawl.result.log
    assert crawl.result.code == 1


def test_given_addresses_are_fetched_and_nothing_else(tmp_path: Path) -> None:
    with serving.serve(lambda base: rooms.Sections(base, count=9)) as site:
        wanted = sorted(site.truth)[:3]
        (tmp_path / "urls.txt").write_text("# three of them\n" + "\n".join(wanted) + "\nhttps://other.example/x\n")
        (result,) = crawl_all([Job(tmp_path / "output", {"urls": str(tmp_path / "urls.txt")})])
        assert sorted(result.urls) == wanted
        assert len(site.asked) == 3
        assert "other.example" in result.log
