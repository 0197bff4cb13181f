"""The address of a page, made once where it enters: from a link, a feed, a sitemap, a redirect, an argument."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import SplitResult, urljoin, urlsplit

from newsscraper.shape import shape, speaks_of_article
from newsscraper.urls import article_id, canonical_url, site_of, url_key

MAX_LENGTH = 8192
"""Characters; servers take fewer."""

# Nearly all addresses: absolute, and nothing in them that would have to be looked at.
_PLAIN = re.compile(r"https?://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,4})?/[A-Za-z0-9/_~,=&?+:;@%.-]*")
_DOTS = re.compile(r"/\.{1,2}(?:/|$)")
_UNSEEN = re.compile(r"[\t\n\r]")
_EDGES = "".join(map(chr, range(33))) + "\xa0"
_NETLOC = re.compile(r"(?:[\w.~!$&+=:%-]*@)?(?:\[[0-9a-fA-F:.]+(?:%\w+)?\]|[\w.-]*\w[\w.-]*)(?::\d{0,5})?")


@dataclass(frozen=True, slots=True)
class Address:
    """A web address that can be fetched; made by `of`, which lets nothing else in.

    Two addresses of one page are equal, however they are written: scheme, ``www.``, a trailing slash, tracking.

    Attributes:
        text: absolute, as it was written, without fragment.
        key: what all ways to write it have in common (`newsscraper.urls.url_key`).

    >>> one, two = Address.of("/a?utm_source=x#top", "https://www.example.com/"), Address.of("http://example.com/a/")
    >>> one == two, one.text, one.key
    (True, 'https://www.example.com/a?utm_source=x', 'example.com/a')
    """

    text: str = field(compare=False)
    key: str

    @staticmethod
    def of(text: object, base: Address | str | None = None) -> Address | None:
        """Return the address that ``text`` is, ``None`` where it is none; never raises.

        Args:
            text: what stands where an address should: anything.
            base: what a relative address counts from.

        >>> [Address.of(text) for text in ("http://[::1", "http://a b:x/", "javascript:void(0)", "/a", None)]
        [None, None, None, None, None]
        """
        if not isinstance(text, str):
            return None
        return _made(text, base.text if isinstance(base, Address) else base)

    @property
    def canonical(self) -> Address:
        """The same page without what never says which page it is: tracking, sessions, views."""
        text = canonical_url(self.text)
        return self if text == self.text else Address(text, self.key)

    @property
    def shape(self) -> str:
        """What stays when the words are taken out (`newsscraper.shape.shape`)."""
        return shape(self.text)

    @property
    def speaks_of_article(self) -> bool:
        """Whether it has a date, a number or a long slug, as articles have."""
        return speaks_of_article(shape(self.text))

    @property
    def site(self) -> str:
        """The registrable host (`newsscraper.urls.site_of`)."""
        return site_of(self.text) or ""

    @property
    def host(self) -> str:
        """Host and port in small letters, without ``www.``, by which two addresses are on one site."""
        return self.key.partition("/")[0].partition("?")[0].rpartition("@")[2]

    @property
    def parts(self) -> SplitResult:
        """Its parts, as `urllib.parse` names them."""
        return urlsplit(self.text)

    @property
    def article_id(self) -> str:
        """The id of the article that stands there."""
        return article_id(self.text)

    @property
    def is_home(self) -> bool:
        """Whether it is the root of a host."""
        parts = self.parts
        return not parts.path.strip("/") and not parts.query

    def parents(self, most: int) -> Iterator[Address]:
        """Yield the addresses that this one continues, nearest first, so many at most; the home page is none of them.

        >>> [str(parent) for parent in Address.of("https://www.example.com/a/b/c?d").parents(3)]
        ['https://example.com/a/b', 'https://example.com/a']
        """
        path = self.key.partition("?")[0]
        for _ in range(most):
            path, slash, _ = path.rpartition("/")
            if not slash or "/" not in path:
                return
            yield Address("https://" + path, path)

    def join(self, text: object) -> Address | None:
        """Return the address that ``text`` is on this page."""
        return Address.of(text, self)

    def __str__(self) -> str:
        return self.text


@lru_cache(maxsize=16384)  # the menus of a site stand on all its pages
def _made(text: str, base: str | None) -> Address | None:
    if len(text) > MAX_LENGTH:
        return None
    try:
        if _PLAIN.fullmatch(text) and not _DOTS.search(text):
            return Address(text, url_key(text))
        text = _UNSEEN.sub("", text.strip(_EDGES)).replace(" ", "%20")
        if not text:
            return None
        whole = (urljoin(base, text) if base else text).partition("#")[0]
        parts = urlsplit(whole)
        if parts.scheme not in ("http", "https") or not _NETLOC.fullmatch(parts.netloc):
            return None
        _ = parts.port  # read only now, and may be none
        whole.encode()
        address = Address(whole, url_key(whole))
        return address if address.host.strip(".") else None
    except ValueError:  # a bracket that is not closed, a port that is no number, half a character
        return None
