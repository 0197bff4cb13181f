"""A fault of the program itself, in a reader or a pipeline: counted as one, said, and its pages are tried again."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.spiders import serving
from tests.spiders.crawling import crawl
from tests.spiders.test_elsewhere import SPIDER
from tests.spiders.test_incremental import Desk, scrapy

READER = """
from newsscraper.extraction import reading

read_page = reading.read_page


def broken(page, **options):
    if {where!r} in page.url:
        raise ImportError("lxml.html.clean is not installed")
    return read_page(page, **options)


reading.read_page = broken
"""
PIPELINE = """

class Broken:
    def process_item(self, item):
        if {where!r} in item.url:
            raise KeyError("no such key")
        return item


MarshSpider.custom_settings = {{"ITEM_PIPELINES": {{Broken: 500}}}}
"""


def crawl_with(fault: str, folder: Path, url: str) -> tuple[dict[str, Any], str]:
    """Crawl with a spider whose module brings a fault along; return the run's summary, and its log."""
    (folder / "marsh.py").write_text(SPIDER.format(url=url) + fault, "utf-8")
    command = scrapy("runspider", "marsh.py", output=folder / "output")
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=100, check=True)
    (run,) = folder.glob("output/*/runs/*Z.json")
    return json.loads(run.read_text("utf-8")), done.stderr


@pytest.mark.parametrize(("where", "raised"), [("/20", 6), ("{one}", 1)])
def test_a_reader_that_raises(tmp_path: Path, where: str, raised: int) -> None:
    desk: list[Desk] = []
    with serving.serve(lambda base: desk.append(Desk(base)) or desk[0]) as site:
        where = where.format(one=desk[0].stories[2].path)
        run, log = crawl_with(READER.format(where=where), tmp_path, site.url)
        assert run["exit_code"] == 2
        assert run["errors"] == raised
        assert "ImportError: lxml.html.clean is not installed" in run["first_error"]
        assert where in run["first_error"]
        assert run["dropped"] == {}
        assert len(re.findall(r"ERROR: Reading .* raised ImportError", log)) == raised
        assert ("failed: 6 pages could not be read" in run["outcome"]) == (raised == 6)
        again = crawl(tmp_path / "output", site.url)
        assert sorted(again.urls) == sorted(site.url.rstrip("/") + story.path for story in desk[0].stories)
        assert again.code == 0


def test_a_pipeline_that_raises(tmp_path: Path) -> None:
    desk: list[Desk] = []
    with serving.serve(lambda base: desk.append(Desk(base)) or desk[0]) as site:
        where = desk[0].stories[2].path
        run, log = crawl_with(PIPELINE.format(where=where), tmp_path, site.url)
        assert (run["exit_code"], run["errors"], run["articles"]["new"]) == (2, 1, 5)
        assert "KeyError: 'no such key'" in run["first_error"]
        assert where in run["first_error"]
        assert max(map(len, log.splitlines())) < 1000, "the article is named in the log, and not printed"
        again = crawl(tmp_path / "output", site.url)
        assert sorted(again.urls) == sorted(site.url.rstrip("/") + story.path for story in desk[0].stories)
