"""A record made whole: cleaned, what follows from it filled in, and checked. Crawls and archives do it alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from newsscraper.article import Article, ArticleError, validate
from newsscraper.cleaning import clean
from newsscraper.digest import content_hash
from newsscraper.urls import article_id, site_of

NEEDED = ("url", "title", "text")
"""Fields without which an item is no article."""


def complete(article: Article, *, id_at: Callable[[str], str] = article_id, needed: Sequence[str] = NEEDED) -> None:
    """Clean a record in place, fill in what follows from it, and check it.

    Args:
        article: the record.
        id_at: gives the id of the article at an address; that of the address itself, where nothing is known of moves.
        needed: fields that it must have.

    Raises:
        ArticleError: it is not valid, or lacks what is needed.

    >>> article = Article(url="https://www.example.com/a?utm_source=x", title="Rain", text="It rains.")
    >>> complete(article)
    >>> article.site, article.id == article_id("https://www.example.com/a")
    ('example.com', True)
    """
    clean(article)
    if article.url:
        article.id = id_at(article.url)
        article.source_url = article.source_url or article.url
        article.site = article.site or site_of(article.url)
    article.content_hash = content_hash(article)
    if missing := next((name for name in needed if not getattr(article, name)), None):
        raise ArticleError(f"no {missing}")
    validate(article)
