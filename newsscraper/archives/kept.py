"""What a crawl keeps of an article: its pages as they came over the wire, and what the reader was given beside them.

A record in a WARC file holds the second part as JSON (`Plan`), so that the pages give the same record when read again.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec

from newsscraper.article import Article
from newsscraper.dates.claim import Claim
from newsscraper.extraction.page import MAX_BLOCKS, Page, SiteHints, Told

Headers = tuple[tuple[bytes, bytes], ...]

_PARTS = ("dates", "rights", "extraction")
FOLLOWS = ("content_hash", "source", "extraction.version")
"""Fields that say how and when a record was made, or follow from others."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its answer, the body as it was sent: packed where it was, its chunks joined.

    Attributes:
        method: ``"GET"``.
        target: path and query that were asked for.
        asked: headers of the request.
        sent: body of the request.
        status: of the answer.
        told: headers of the answer.
        body: of the answer.
        ip: address of the server, where it is known.
    """

    method: str
    target: str
    asked: Headers
    sent: bytes
    status: int
    told: Headers
    body: bytes
    ip: str | None = None

    @property
    def is_packed(self) -> bool:
        """Whether the body was sent packed."""
        return any(name.lower() == b"content-encoding" for name, _ in self.told)


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page of an article, as it was handed to the reader.

    Attributes:
        page: the page; its bytes are left out where ``exchange`` holds them.
        exchange: how it was fetched; ``None``: these bytes are a browser's, or made of what a feed told.
    """

    page: Page
    exchange: Exchange | None


@dataclass(frozen=True, slots=True)
class Story:
    """An article that is being delivered.

    Attributes:
        pages: what it was made of, in the order in which they were joined.
        hints: what was known of the site when they were joined.
        as_read: the record as the reader made it, before anybody changed it.
    """

    pages: tuple[KeptPage, ...]
    hints: SiteHints
    as_read: Mapping[str, Any]

    @property
    def size(self) -> int:
        """Bytes of its pages."""
        return sum(len(each.exchange.body if each.exchange else each.page.html) for each in self.pages)


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """What the reader was given beside the bytes of a page.

    Attributes:
        record: id of the WARC record that holds them.
        url, fetched_at, headers, claims, hints, told: as in `Page`.
    """

    record: str
    url: str | None
    fetched_at: datetime | None
    headers: dict[str, str]
    claims: tuple[Claim, ...] = ()
    hints: SiteHints = field(default_factory=SiteHints)
    told: Told | None = None

    @classmethod
    def of(cls, page: Page, record: str) -> PlannedPage:
        """Take down what goes along with a page."""
        return cls(record, page.url, page.fetched_at, dict(page.headers), page.claims, page.hints, page.told)

    def page(self, html: bytes | str) -> Page:
        """Return the page as it was read."""
        return Page(html, self.url, self.fetched_at, self.headers, self.claims, self.hints, self.told)


@dataclass(frozen=True, slots=True)
class Plan:
    """How the record of an article is made again from its pages.

    Attributes:
        newsscraper: version that wrote this.
        pages: in the order in which they are joined.
        hints: what was known of the site when they were joined.
        set: fields that others than the reader gave the record, by name: ``{"rights.robots_ai": False}``.
    """

    newsscraper: str
    pages: tuple[PlannedPage, ...]
    hints: SiteHints = field(default_factory=SiteHints)
    set: dict[str, Any] = field(default_factory=dict)

    def to_json(self) -> bytes:
        """Return it as JSON."""
        try:
            return msgspec.json.encode(self)
        except UnicodeEncodeError:  # halves of surrogate pairs, which a feed may hold
            return json.dumps(msgspec.to_builtins(self), ensure_ascii=False).encode("utf-8", "replace")

    @classmethod
    def from_json(cls, data: bytes) -> Plan | None:
        """Read it back; ``None``: it is something else.

        >>> Plan.from_json(b'{"title": "of somebody else"}') is None
        True
        """
        try:
            plan = msgspec.json.decode(data, type=cls)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return None
        return plan if plan.pages else None


def known_of(hints: SiteHints, blocks: Sequence[int]) -> SiteHints:
    """Return what bears on one page of what is known of a site: of repeated blocks those that stand on it."""
    if len(blocks) >= MAX_BLOCKS:  # there may be more
        return hints
    return dataclasses.replace(hints, repeated=hints.repeated.intersection(blocks))


def set_by_others(as_read: Mapping[str, Any], delivered: Article) -> dict[str, Any]:
    """Return the fields of a record that others than the reader gave it: the spider, the site's files, the state.

    >>> article = Article(id="1", title="Rain", revision=2)
    >>> set_by_others(Article(title="Rain").to_dict(), article)
    {'id': '1', 'revision': 2}
    """
    before = flat(as_read)
    after = flat(delivered.to_dict()).items()
    return {name: value for name, value in after if name not in FOLLOWS and (name == "id" or value != before[name])}


def with_set(article: Article, fields: Mapping[str, Any]) -> Article:
    """Return a record with these fields in it.

    Raises:
        ArticleError: one of them does not fit.
    """
    record = article.to_dict()
    for name, value in fields.items():
        part, _, inner = name.partition(".")
        if inner and part in _PARTS:
            record[part][inner] = value
        else:
            record[name] = value
    return Article.from_dict(record)


def flat(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record with its evidence spread out: ``dates.published``, ``rights.ai``, ``extraction.confidence``.

    >>> flat({"title": "Rain", "rights": {"ai": None}})
    {'title': 'Rain', 'rights.ai': None}
    """
    found: dict[str, Any] = {}
    for name, value in record.items():
        if name in _PARTS and isinstance(value, Mapping):
            found |= {f"{name}.{inner}": each for inner, each in value.items()}
        else:
            found[name] = value
    return found
