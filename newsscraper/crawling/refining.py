"""A spider's last word on each of its articles: its ``refine`` hook, called and held to what it may answer."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from scrapy.http import Response

from newsscraper.article import Article

Refine = Callable[[Article, Response], Any]
"""Takes a whole article and the response of its first page; returns it, another one or ``None``, or awaits these."""


async def refined_by(refine: Refine, article: Article, response: Response) -> Article | None:
    """Return what ``refine`` makes of an article; ``None``: it is not delivered.

    Raises:
        TypeError: it answers something else; the message says what, and of which address.
        Exception: whatever it raises.
    """
    refined = refine(article, response)
    if inspect.isawaitable(refined):
        refined = await refined
    if refined is not None and not isinstance(refined, Article):
        kind = type(refined).__name__
        raise TypeError(f"refine must return the article or None, and returned a {kind} for {article.url}")
    return refined
