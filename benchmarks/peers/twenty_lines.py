"""What people write today: a sitemap spider that extracts in its callback and exports a feed."""

import trafilatura
from scrapy.spiders import SitemapSpider


class TwentyLines(SitemapSpider):
    name = "twenty-lines"

    def __init__(self, url, **arguments):
        super().__init__(**arguments)
        self.sitemap_urls = [url]
        self.sitemap_rules = [(r"\.html$", "parse")]

    def parse(self, response):
        document = trafilatura.bare_extraction(response.text, url=response.url, with_metadata=True)
        if document:
            yield {
                "url": response.url,
                "title": document.title,
                "author": document.author,
                "date": document.date,
                "text": document.text,
            }
