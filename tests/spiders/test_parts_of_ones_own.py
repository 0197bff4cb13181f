"""What a spider or a project adds to Scrapy's dictionaries of parts is added: nothing of this project goes for it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.spiders import serving
from tests.spiders.crawling import QUICK, crawl
from tests.spiders.test_elsewhere import delivered, run
from tests.spiders.test_incremental import Desk

SPIDER = """
from newsscraper.spiders.news import NewsSpider


class Noted:
    def process_item(self, item):
        item.tags = ["noted"]
        return item


class Counted:
    def __init__(self, crawler):
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler):
        return cls(crawler)

    def process_request(self, request):
        self.crawler.stats.inc_value("own/requests")


class Opened:
    @classmethod
    def from_crawler(cls, crawler):
        crawler.stats.set_value("own/extension", 1)
        return cls()


class Other:
    def update_settings(self, settings):
        settings.set("OWN_ADDON", True)


class MarshSpider(NewsSpider):
    name = "marsh"
    start_url = {url!r}
    custom_settings = {{
        "ITEM_PIPELINES": {{Noted: 150}},
        "DOWNLOADER_MIDDLEWARES": {{Counted: 545}},
        "EXTENSIONS": {{Opened: 10}},
        "ADDONS": {{Other: 100}},
        "DOWNLOAD_HANDLERS": {{"ftp": None}},
    }}

    def closed(self, reason):
        middlewares = [type(each).__name__ for each in self.crawler.engine.downloader.middleware.middlewares]
        handler = self.crawler.engine.downloader.handlers._get_handler("http")
        self.crawler.stats.set_value("own/guards", [name for name in middlewares if "Private" in name])
        self.crawler.stats.set_value("own/handler", type(handler).__name__)
        self.crawler.stats.set_value("own/addon", self.settings["OWN_ADDON"])
"""


def test_custom_settings_add_to_the_projects_parts(tmp_path: Path) -> None:
    with serving.serve(Desk) as site:
        (tmp_path / "marsh.py").write_text(SPIDER.format(url=site.url), "utf-8")
        settings = [part for name, value in QUICK.items() for part in ("-s", f"{name}={value}")]
        said = run(tmp_path, "-m", "scrapy", "runspider", "marsh.py", "-a", "limit=3", *settings)
    assert delivered(tmp_path) == 3, said
    records = [json.loads(line) for file in tmp_path.glob("output/*/*.jsonl") for line in file.open(encoding="utf-8")]
    assert all(record["tags"] == ["noted"] for record in records)
    assert "'own/guards': ['PrivateHostsMiddleware']" in said
    assert "'own/handler': 'GuardedDownloadHandler'" in said
    assert "'own/addon': True" in said
    assert "'own/extension': 1" in said
    assert "'own/requests'" in said


def test_a_part_that_has_to_be_there_and_is_switched_off_is_one_line(tmp_path: Path) -> None:
    off = json.dumps({"newsscraper.pipelines.write.Write": None})
    done = crawl(tmp_path, "http://127.0.0.1:9/", settings={"ITEM_PIPELINES": off})
    assert done.code == 3
    assert "newsscraper.pipelines.write.Write is switched off in ITEM_PIPELINES" in done.log.splitlines()[-1]
    assert "Traceback" not in done.log
