"""A small newsroom on loopback, for trying the crawler where there is no network, and for its tests.

>>> from newsscraper.demo import Newsroom
>>> with Newsroom(articles=20, seed=7).serve() as site:
...     len(site.truth)
20
"""

from newsscraper.demo.newsroom import Newsroom, Site

__all__ = ["Newsroom", "Site"]
