"""What ``-a`` may say, and what is answered where it says something else."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from scrapy.exceptions import UsageError

from newsscraper.crawling.arguments import check
from newsscraper.spiders.news import NewsSpider
from newsscraper.spiders.silicon import SiliconSpider

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def read(**given: object) -> object:
    return check(given, spider="news", now=NOW)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"sinse": "2026-11-01"}, "did you mean since"),
        ({"depth": "3"}, "news knows url, since, until, limit, sections, urls"),
        ({"since": "yesterweek"}, "-a since=yesterweek is not a date"),
        ({"since": "2026-13-01"}, "is not a date"),
        ({"limit": "many"}, "-a limit=many is not a number"),
        ({"limit": "0"}, "is not a number"),
        ({"url": "ftp://a.example/"}, "is not a web address"),
        ({"url": "not a site"}, "is not a web address"),
        ({"url": "http://[::1"}, "is not a web address"),
        ({"urls": "/nowhere/urls.txt"}, "cannot be read: No such file"),
        ({"since": ""}, "is empty"),
        ({"since": "2026-11-20", "until": "2026-11-01"}, "is not before"),
    ],
)
def test_wrong_arguments_are_named(given: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError) as caught:
        read(**given)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_of_addresses_says_which_line_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "urls.txt"
    file.write_text("https://a.example/x\n\n::::\n")
    with pytest.raises(UsageError, match="line 3"):
        read(urls=str(file))
    file.write_text("# nothing\n")
    with pytest.raises(UsageError, match="names no address"):
        read(urls=str(file))


def test_days_count_from_midnight_on_the_sites_clock() -> None:
    found = check({"since": "2026-11-01", "until": "2026-11-02"}, spider="silicon", now=NOW, timezone="Europe/Paris")
    assert found.since is not None
    assert found.until is not None
    assert found.since.isoformat() == "2026-11-01T00:00:00+01:00"
    assert found.until.isoformat() == "2026-11-03T00:00:00+01:00", "the last day belongs to it"


def test_ages_count_from_now() -> None:
    found = check({"since": "2 days ago"}, spider="news", now=NOW)
    assert found.since is not None
    assert found.since.date().isoformat() == "2026-11-20"


def test_a_spider_needs_a_site() -> None:
    with pytest.raises(UsageError, match="which site"):
        NewsSpider()


def test_a_declared_spider_keeps_to_its_site() -> None:
    with pytest.raises(UsageError, match=r"is not on silicon\.fr"):
        SiliconSpider(url="https://www.example.com/")
    spider = SiliconSpider()
    assert (spider.site, spider.language, spider.timezone) == ("silicon.fr", "fr", "Europe/Paris")
    pattern = spider.declared().article_url
    assert pattern is not None
    article = "https://www.silicon.fr/les-ambitions-contrariees-de-huawei-aux-etats-unis-194868.html"
    assert pattern.search(article)
    assert pattern.search(article + "/amp")
    assert not pattern.search("https://www.silicon.fr/cloud")
