"""Sections of a site by name: what they are called, where their lists stand, which articles are in them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newsscraper.address import Address
from newsscraper.article import Article

if TYPE_CHECKING:
    from newsscraper.crawling.pages import ReadPage


def in_sections(article: Article, sections: tuple[str, ...]) -> bool:
    """Whether an article is in one of these sections, by its categories or, where it names none, its address.

    >>> in_sections(Article(url="https://a.example/cloud/x", categories=["Cloud"]), ("cloud",))
    True
    >>> in_sections(Article(url="https://a.example/x", categories=["Mobilité"]), ("cloud",))
    False
    """
    wanted = {fold(section) for section in sections}
    if wanted & {fold(category) for category in article.categories}:
        return True
    segments = {fold(segment) for segment in urlsplit(article.url or "").path.split("/")[:-1]}
    return bool(wanted & segments) or not article.categories


def fold(name: str) -> str:
    """Return a section's name without case, accents and punctuation, as its address has it.

    >>> fold("Data & IA") == fold("data-ia"), fold("Cybersécurité")
    (True, 'cybersecurite')
    """
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if letter.isalnum())


def sections_of(declared: Mapping[str, str], home: ReadPage | None, start: Address) -> dict[str, Address]:
    """Return the addresses of a site's sections by `fold`-ed name: those declared, and those that the home page links.

    >>> {name: str(where) for name, where in sections_of(
    ...     {"Data & IA": "/data-ia"}, None, Address.of("https://a.example/")).items()}
    {'dataia': 'https://a.example/data-ia'}
    """
    found = {fold(name): where for name, text in declared.items() if (where := start.join(text)) is not None}
    for link in home.reading.links if home else ():
        where = Address.of(link.url)
        segments = [segment for segment in where.parts.path.split("/") if segment] if where else []
        if where is None or not segments or len(segments) > 3 or where.host != start.host:
            continue
        if link.in_navigation or segments[0] in ("category", "section", "rubrique"):
            for name in (segments[-1], link.text):
                if fold(name):
                    found.setdefault(fold(name), where)
    return found
