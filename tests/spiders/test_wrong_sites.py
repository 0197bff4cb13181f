"""Sites that cannot be crawled: one clear line that says what and what to do, and an exit code."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tests.spiders import newsrooms as rooms
from tests.spiders import serving
from tests.spiders.crawling import Crawled, Job, crawl, crawl_all


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Crawled]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        down = f"http://127.0.0.1:{free.getsockname()[1]}/"
    with (
        serving.serve(rooms.javascript_only) as empty,
        serving.serve(rooms.forbidden) as forbidden,
        serving.serve(rooms.no_news) as bakery,
        serving.serve(
            lambda base: lambda path: serving.Answer(status=301, headers={"Location": "https://b.example/"})
        ) as moved,
    ):
        urls = {
            "javascript": empty.url,
            "forbidden": forbidden.url,
            "no news": bakery.url,
            "moved": moved.url,
            "down": down,
        }
        jobs = [Job(tmp_path_factory.mktemp("output"), {"url": url}) for url in urls.values()]
        return dict(zip(urls, crawl_all(jobs), strict=True))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("javascript", "empty without JavaScript"),
        ("forbidden", "robots.txt forbids its home page"),
        ("no news", "is it the home page of a news site?"),
        ("moved", "leads to another site, b.example; if that is the one you want: -a url=https://b.example/"),
    ],
)
def test_one_line_says_what_is_wrong(results: dict[str, Crawled], name: str, said: str) -> None:
    result = results[name]
    assert said in result.summary["outcome"]
    assert len([line for line in result.log.splitlines() if " ERROR: " in line and said in line]) == 1
    assert result.code == 1
    assert result.records == []
    assert "Traceback" not in result.log


def test_a_site_that_is_down_says_so(results: dict[str, Crawled]) -> None:
    result = results["down"]
    assert result.code == 1
    assert "refuse" in result.summary["outcome"] or "reach" in result.summary["outcome"]
    assert "Traceback" not in result.log


def test_wrong_arguments_end_before_anything_is_fetched(tmp_path: Path) -> None:
    with serving.serve(rooms.no_news) as site:
        result = crawl(tmp_path, site.url, sinse="yesterday")
        assert result.code == 3
        assert "unknown argument -a sinse=… (did you mean since?)" in result.log
        assert site.asked == []
