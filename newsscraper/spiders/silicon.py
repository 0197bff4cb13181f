"""silicon.fr: French IT news on WordPress, with AMP pages."""

from __future__ import annotations

from typing import ClassVar

from newsscraper.spiders.news import NewsSpider


class SiliconSpider(NewsSpider):
    """``scrapy crawl silicon``."""

    name = "silicon"
    site = "silicon.fr"
    start_url = "https://www.silicon.fr/"
    language = "fr"
    timezone = "Europe/Paris"
    article_url = r"-\d+\.html(/amp/?|\?.*)?$"
    sections: ClassVar = {
        "business": "/business",
        "cloud": "/cloud",
        "cybersecurite": "/cybersecurite",
        "data-ia": "/data-ia",
        "data-stockage": "/data-stockage",
        "green-it": "/green-it",
        "mobilite": "/mobilite",
        "open-source": "/open-source",
    }
    feeds: ClassVar = ("/feed",)
    sitemaps: ClassVar = ("/sitemap_index.xml", "/wp-sitemap.xml")
