"""Sections of a site by name: as its menu names them, as its addresses do, whatever number a rebuild gave them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Protocol
from urllib.parse import urljoin, urlsplit

from newsscraper.discovery.listings import host_of

_DEEPEST = 3
_GROUPS = ("category", "section", "rubrique", "thematique")
_NUMBER = re.compile(r"[-_]\d+$")
"""What a content system adds to a section's name in its address: ``data-ia-1372``."""


class MenuLink(Protocol):
    """A link as extraction reads it."""

    @property
    def url(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def in_menu(self) -> bool: ...


def fold(name: str) -> str:
    """Return a section's name without case, accents and punctuation, as its address has it.

    >>> fold("Data & IA") == fold("data-ia"), fold("Cybersécurité")
    (True, 'cybersecurite')
    """
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if letter.isalnum())


def names(name: str) -> tuple[str, ...]:
    """Return the `fold`-ed names that a step of an address gives a section: as it stands, and without its number.

    >>> names("data-ia-1372"), names("Data & IA")
    (('dataia1372', 'dataia'), ('dataia',))
    """
    return tuple(dict.fromkeys(filter(None, (fold(name), fold(_NUMBER.sub("", name))))))


def find(declared: Mapping[str, str], links: Iterable[MenuLink], start_url: str) -> dict[str, str]:
    """Return the addresses of a site's sections by their `names`.

    What the home page's menu names is where it says; a declared address stands where the menu names no such section.

    Args:
        declared: section name → address, absolute or from the root.
        links: the home page's links.
        start_url: the home page.

    >>> find({"Data & IA": "/data-ia"}, (), "https://a.example/")
    {'dataia': 'https://a.example/data-ia'}
    """
    found: dict[str, str] = {}
    for link in links:
        segments = [segment for segment in urlsplit(link.url).path.split("/") if segment]
        if not segments or len(segments) > _DEEPEST or host_of(link.url) != host_of(start_url):
            continue
        if link.in_menu or segments[0].lower() in _GROUPS:
            for name in (*names(segments[-1]), *names(link.text)):
                found.setdefault(name, link.url)
    for name, address in declared.items():
        for key in names(name):
            found.setdefault(key, urljoin(start_url, address))
    return found


def holds(sections: Iterable[str], *, categories: Iterable[str], url: str | None) -> bool:
    """Whether an article is in one of these sections, by its categories or, where it names none, its address.

    >>> holds(["cloud"], categories=["Cloud"], url="https://a.example/x")
    True
    >>> holds(["cloud"], categories=["Mobilité"], url="https://a.example/x")
    False
    >>> holds(["cloud"], categories=["Nuage"], url="https://a.example/cloud-1370/x")
    True
    """
    wanted = {key for section in sections for key in names(section)}
    told = [fold(category) for category in categories]
    if not wanted.isdisjoint(told):
        return True
    steps = {key for segment in urlsplit(url or "").path.split("/")[:-1] for key in names(segment)}
    return not told or not wanted.isdisjoint(steps)
