"""Sections of a site by name: as its menu names them, as its addresses do, whatever number a rebuild gave them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Protocol

from newsscraper.address import Address

_DEEPEST = 3
_SEVERAL = 2
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


def find(declared: Mapping[str, str], links: Iterable[MenuLink], home: Address) -> dict[str, Address]:
    """Return the addresses of a site's sections by their `names`.

    What the home page's menu names is where it says; then come sections that several of its links stand below. A
    declared address stands where none of these has the name.

    Args:
        declared: section name → address, absolute or from the root.
        links: the home page's links.
        home: the home page.

    >>> {name: str(where) for name, where in find({"Data & IA": "/data-ia"}, (), Address.of("https://a.example/")).items()}
    {'dataia': 'https://a.example/data-ia'}
    """
    found: dict[str, Address] = {}
    above: Counter[Address] = Counter()
    for link in links:
        where = Address.of(link.url)
        segments = _steps(where)
        if where is not None and where.host == home.host and len(segments) > 1:
            above.update([where.join("/" + "/".join(segments[:-1])) or where])
        if where is None or not segments or len(segments) > _DEEPEST or where.host != home.host:
            continue
        if link.in_menu or segments[0].lower() in _GROUPS:
            for name in (*names(segments[-1]), *names(link.text)):
                found.setdefault(name, where)
    for parent, count in above.items():
        steps = _steps(parent)
        if count >= _SEVERAL and len(steps) <= _DEEPEST and not steps[-1].isdigit():
            for name in names(steps[-1]):
                found.setdefault(name, parent)
    for name, text in declared.items():
        if (where := home.join(text)) is not None:
            for key in names(name):
                found.setdefault(key, where)
    return found


def _steps(address: Address | None) -> list[str]:
    return [step for step in address.parts.path.split("/") if step] if address is not None else []


def holds(sections: Iterable[str], *, categories: Iterable[str], address: Address | None) -> bool:
    """Whether an article is in one of these sections, by its categories or, where it names none, its address.

    >>> holds(["cloud"], categories=["Cloud"], address=Address.of("https://a.example/x"))
    True
    >>> holds(["cloud"], categories=["Mobilité"], address=Address.of("https://a.example/x"))
    False
    >>> holds(["cloud"], categories=["Nuage"], address=Address.of("https://a.example/cloud-1370/x"))
    True
    """
    wanted = {key for section in sections for key in names(section)}
    told = [fold(category) for category in categories]
    if not wanted.isdisjoint(told):
        return True
    steps = {key for step in _steps(address)[:-1] for key in names(step)}
    return not told or not wanted.isdisjoint(steps)
