"""The spider for silicon.fr against newsrooms in the three shapes that the site has had, plain and AMP."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsscraper.article import Article
from newsscraper.demo import Newsroom, Site
from newsscraper.demo.comparison import compare
from newsscraper.spiders.silicon import SiliconSpider
from newsscraper.urls import site_of
from tests.spiders.crawling import Crawled, run_spider

SHAPES = ("2018", "2024", "2026")
_MOVED = """
from newsscraper.spiders.silicon import SiliconSpider


class Moved(SiliconSpider):
    name = "moved"
    site = "{site}"
    start_url = "{url}/"
"""


@pytest.fixture(scope="module", params=SHAPES)
def site(request: pytest.FixtureRequest) -> Iterator[Site]:
    with Newsroom(articles=20, seed=5, shape=request.param).serve() as site:
        yield site


def _crawl(site: Site, folder: Path, **given: str) -> Crawled:
    (folder / "moved.py").write_text(_MOVED.format(url=site.url, site=site_of(site.url)), "utf-8")
    return run_spider(folder / "moved.py", folder / "output", **given)


def test_nothing_but_host_and_start_moved_delivers_every_article_once(site: Site, tmp_path: Path) -> None:
    crawled = _crawl(site, tmp_path)
    assert crawled.code == 0, crawled.log
    records = [Article.from_dict(record) for record in crawled.records]
    assert compare(site.truth, records).is_perfect, compare(site.truth, records)
    assert len(records) == len(site.truth)
    assert any("Data & IA" in record.categories for record in records)
    assert "set aside" not in crawled.log


def test_sections_are_found_by_name_whatever_their_numbers(site: Site, tmp_path: Path) -> None:
    crawled = _crawl(site, tmp_path, sections="cloud,data-ia,Business")
    assert crawled.code == 0, crawled.log
    wanted = {"Cloud", "Data & IA", "Business"}
    assert sorted(crawled.urls) == sorted(url for url, told in site.truth.items() if wanted & set(told.categories))


def test_amp_pages_give_the_articles_of_their_plain_ones(site: Site, tmp_path: Path) -> None:
    truth = list(site.truth)[:3]
    (tmp_path / "urls.txt").write_text("\n".join(f"{url}/amp" for url in truth), "utf-8")
    crawled = _crawl(site, tmp_path, urls=str(tmp_path / "urls.txt"))
    assert sorted(crawled.urls) == sorted(truth), crawled.log


def test_a_section_that_is_not_there_is_said_with_those_that_are(site: Site, tmp_path: Path) -> None:
    crawled = _crawl(site, tmp_path, sections="jardinage")
    assert "has no section 'jardinage'" in crawled.log
    assert "cybersecurite" in crawled.log.partition("has no section")[2]
    assert crawled.code == 1


ARTICLES = (
    "https://www.silicon.fr/developpeurs-10-langages-programmation-apprecies-333211.html",
    "https://www.silicon.fr/Thematique/cybersecurite-1371/Breves/Chiffrement-faut-il-mettre-RSA-en-veilleuse--446780.htm",
    "https://www.silicon.fr/Thematique/business-1367/Breves/Oracle--446781.htm",
    "https://www.silicon.fr/data-ia-1372/state-of-tokenomics-229351",
    "https://www.silicon.fr/cloud-1370/scaleway-hausse-prix-227020",
)


@pytest.mark.parametrize("url", ARTICLES)
@pytest.mark.parametrize("ending", ["", "/", "/amp", "/amp/", "?amp=1"])
def test_addresses_of_all_shapes_are_articles(url: str, ending: str) -> None:
    assert re.search(SiliconSpider.article_url or "", url + ending)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "business-1367",
        "cloud-1370/",
        "cloud-1370/amp",
        "data-ia-1372/page/2",
        "thematique/data-ia-1372/feed",
        "thematique/data-ia-1372/",
        "Thematique/data-ia-1372",
        "mobilite",
        "tag/windows-11",
        "author/jean-dupont-12",
        "wp-content/uploads/2026/09/photo-12.jpg",
        "mentions-legales",
    ],
)
def test_other_addresses_are_none(path: str) -> None:
    assert not re.search(SiliconSpider.article_url or "", f"https://www.silicon.fr/{path}")
