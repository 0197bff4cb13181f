"""Ways to a site's articles: robots.txt, sitemaps, feeds and listings, read into candidates.

Pure: bytes in, `Candidate` out. No network, no clock, no Scrapy.
"""
