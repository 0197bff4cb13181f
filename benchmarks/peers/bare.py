"""Scrapy alone: fetches every page of the sitemap and extracts nothing. The limit that downloading sets."""

from scrapy.spiders import SitemapSpider


class Bare(SitemapSpider):
    name = "bare"

    def __init__(self, url, **arguments):
        super().__init__(**arguments)
        self.sitemap_urls = [url]
        self.sitemap_rules = [(r"\.html$", "parse")]

    def parse(self, response):
        yield {"url": response.url}
