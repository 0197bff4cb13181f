"""A site that moves its archive: each article keeps its id, none is lost, none comes again; few requests are made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from newsscraper.article import Article
from newsscraper.demo import Newsroom, Site
from newsscraper.demo.comparison import compare
from tests.spiders.crawling import Crawled, crawl

ARTICLES = 30
SHAPES = ("2018", "2024", "2026")


@dataclass
class Moving:
    """Three crawls of a newsroom that moved twice.

    Attributes:
        site: as it is after the last crawl.
        output: where the lines are.
        runs: the crawls.
        asked: the paths that each asked for.
        truth: what was on the air at each, by URL.
    """

    site: Site
    output: Path
    runs: list[Crawled] = field(default_factory=list)
    asked: list[list[str]] = field(default_factory=list)
    truth: list[dict[str, Article]] = field(default_factory=list)


@pytest.fixture(scope="module")
def moving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Moving]:
    output = tmp_path_factory.mktemp("moving")
    with Newsroom(articles=ARTICLES, seed=8, shape="2018").serve() as site:
        found = Moving(site, output)
        for shape in SHAPES:
            site.move(shape)
            before = len(site.requests)
            found.runs.append(crawl(output, f"{site.url}/"))
            found.asked.append([request.path for request in site.requests[before:]])
            found.truth.append(site.truth)
        yield found


def test_every_article_has_one_id_and_a_line_for_each_move(moving: Moving) -> None:
    lines = Counter(record["id"] for record in moving.runs[-1].records)
    assert len(lines) == ARTICLES
    assert set(lines.values()) == {3}
    assert {run.code for run in moving.runs} == {0}


def test_none_is_lost_and_each_is_as_it_is_published_now(moving: Moving) -> None:
    for run, truth in zip(moving.runs, moving.truth, strict=True):
        result = compare(truth, [Article.from_dict(record) for record in run.records])
        assert result.is_perfect, result


def test_a_move_is_a_revision_of_the_article_that_changes_its_url(moving: Moving) -> None:
    by_id: dict[str, list[dict[str, Any]]] = {}
    for record in moving.runs[-1].records:
        by_id.setdefault(record["id"], []).append(record)
    for lines in by_id.values():
        assert [line["revision"] for line in lines] == [1, 2, 3]
        assert [line["changed"] for line in lines] == [[], ["url"], ["url"]]
        assert len({line["first_seen_at"] for line in lines}) == 1
        assert len({line["url"] for line in lines}) == 3


def test_near_duplicates_keep_pointing_at_the_same_id(moving: Moving) -> None:
    repeated = {record["id"]: record["duplicate_of"] for record in moving.runs[0].records if record["duplicate_of"]}
    assert repeated
    for record in moving.runs[-1].records:
        assert record["duplicate_of"] == repeated.get(record["id"])


def test_a_crawl_across_a_move_makes_no_more_requests_than_a_first_one(moving: Moving) -> None:
    for run, (asked, truth) in enumerate(zip(moving.asked, moving.truth, strict=True)):
        earlier = {url.removeprefix(moving.site.url) for known in moving.truth[:run] for url in known}
        assert not earlier & set(asked), "no old address is asked for"
        own = [path for path in asked if moving.site.url + path in truth]
        assert len(own) == len(set(own)) == ARTICLES, "and each new one once"


def test_the_summary_says_that_the_site_has_moved(moving: Moving) -> None:
    for run in moving.runs[1:]:
        assert f"the site has moved: {ARTICLES} articles under new addresses" in run.log
        assert run.summary["articles"] == {"changed": ARTICLES, "duplicate": 1, "moved": ARTICLES}
    assert "moved" not in moving.runs[0].summary["articles"]


def test_old_addresses_stay_known(moving: Moving, tmp_path: Path) -> None:
    """Asked for by their old addresses, the articles are those that are there already."""
    (tmp_path / "urls.txt").write_text("\n".join(moving.truth[0]), "utf-8")
    again = crawl(moving.output, f"{moving.site.url}/", urls=str(tmp_path / "urls.txt"))
    assert len(again.records) == len(moving.runs[-1].records)
    assert not again.summary["articles"].get("new")
