"""A Scrapy project of somebody else: its own spider, items, pipelines and settings; of ours an add-on at most."""

from __future__ import annotations

from pathlib import Path

_FILES = {
    "scrapy.cfg": "[settings]\ndefault = shop.settings\n",
    "shop/__init__.py": "",
    "shop/settings.py": """
BOT_NAME = "shop"
SPIDER_MODULES = ["shop.spiders"]
ITEM_PIPELINES = {"shop.pipelines.Stamp": 300, "shop.pipelines.Ledger": 950}
EXTENSIONS = {"shop.pipelines.Bell": 500}
DOWNLOADER_MIDDLEWARES = {"shop.pipelines.Signature": 700}
USER_AGENT = "shop/1"
ROBOTSTXT_OBEY = False
DOWNLOAD_DELAY = 0
CONCURRENT_REQUESTS = 3
LOG_LEVEL = "INFO"
""",
    "shop/items.py": """
from dataclasses import dataclass, field
from scrapy import Field, Item


class Product(Item):
    sku = Field()
    price = Field()


@dataclass
class Story:
    url: str
    title: str
    text: str
    date_published: object = None
    rating: int = 0
    parts: list = field(default_factory=list)
""",
    "shop/pipelines.py": """
import json
import os
from itemadapter import ItemAdapter
from scrapy import signals
from scrapy.exceptions import DropItem


class Stamp:
    def process_item(self, item):
        adapter = ItemAdapter(item)
        if "price" in adapter and adapter["price"] < 0:
            raise DropItem("no price")
        if "rating" in adapter:
            adapter["rating"] = 5
        return item


class Ledger:
    def open_spider(self):
        self.file = open("ledger.jsonl", "a")

    def process_item(self, item):
        self.file.write(json.dumps([type(item).__name__, ItemAdapter(item).asdict()], default=str) + "\\n")
        self.file.flush()
        return item


class Bell:
    @classmethod
    def from_crawler(cls, crawler):
        bell = cls()
        crawler.signals.connect(bell.rung, signal=signals.spider_opened)
        return bell

    def rung(self):
        with open("bell.txt", "a") as file:
            file.write("rung\\n")


class Signature:
    def process_request(self, request):
        request.headers["X-Shop"] = "1"
""",
    "shop/spiders/__init__.py": "",
    "shop/spiders/wares.py": """
import os
from datetime import datetime
import scrapy
from shop.items import Product, Story


class WaresSpider(scrapy.Spider):
    name = "wares"

    async def start(self):
        for url in os.environ["SHOP_URLS"].split():
            yield scrapy.Request(url)

    async def parse(self, response):
        for href in response.css("a::attr(href)").getall():
            yield response.follow(href, self.parse_page)

    async def parse_page(self, response):
        number = int(response.url.rpartition("/")[2].partition("-")[0])
        title, text = response.css("h1::text").get(), " ".join(response.css("p::text").getall())
        if number % 4 == 0:
            yield Product(sku=number, price=number - 4)
        elif number % 4 == 1:
            yield {"url": response.url, "title": title, "text": text, "rating": 1}
        elif number % 4 == 2:
            yield Story(response.url, title, text, datetime(2026, 11, number))
        else:
            yield await self.read(response)

    async def read(self, response):
        if not os.environ.get("SHOP_READS"):
            return {"url": response.url, "title": title_of(response), "text": "by hand " * 9}
        from newsscraper.addon import read
        return await read(response)


def title_of(response):
    return response.css("h1::text").get()
""",
}


def make(folder: Path, *, addon: bool) -> Path:
    """Write the project into a folder; with ``addon`` our add-on is the only line that it has more."""
    for name, text in _FILES.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    if addon:
        with (folder / "shop/settings.py").open("a") as settings:
            settings.write('ADDONS = {"newsscraper.addon.NewsAddon": 500}\n')
    return folder
