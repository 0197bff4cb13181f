"""The line with which a feed's plugin closes each text: "The post … appeared first on …", in whatever language.

It is told by its links: one to an article and one to the home page of the same site, with a few words around them, as
the last thing in the text. Copies of the text carry it to other sites.
"""

from __future__ import annotations

from itertools import pairwise
from urllib.parse import urlsplit

from newsscraper.extraction.body.blocks import Block
from newsscraper.extraction.document import Document
from newsscraper.extraction.metadata.links import absolute
from newsscraper.extraction.plaintext import fold
from newsscraper.urls import site_of, url_key

_LINKS = 2
_AROUND = 60
"""Letters around the two links at most: the longest of WordPress' translations has forty."""


def is_closing(block: Block, doc: Document, headline: str | None) -> bool:
    """Whether a block says of the article itself, and of nothing else, on which site it first stood."""
    if block.kind != "p" or block.links != _LINKS or not 0 < block.weight - block.linked <= _AROUND:
        return False
    anchors = [anchor for anchor in block.node.element.iter("a") if anchor.get("href")]
    for one, other in pairwise(anchors):
        if one.get("href") != block.href or doc.text_of(other) not in block.text:
            continue
        addresses = absolute(doc, one.get("href")), absolute(doc, other.get("href"))
        for article, home, words in (
            (*addresses, doc.text_of(one)),
            (*addresses[::-1], doc.text_of(other)),
        ):
            if article and home and _is_home_of(home, article):
                is_own = doc.page.url is not None and url_key(article) == url_key(doc.page.url)
                return is_own or (headline is not None and fold(words) == fold(headline))
    return False


def _is_home_of(home: str, article: str) -> bool:
    """Whether one address is that of the home page of the site, or of the part of it, that another one is on.

    >>> [_is_home_of(home, "https://www.example.com/x-1") for home in ("https://example.com", "https://example.com/y")]
    [True, False]
    """
    one, other = urlsplit(home), urlsplit(article)
    path = one.path.strip("/")
    below = f"{other.path.strip('/')}/".startswith(f"{path}/") if path else bool(other.path.strip("/") or other.query)
    return below and not one.query and site_of(home) == site_of(article) and url_key(home) != url_key(article)
