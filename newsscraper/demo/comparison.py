"""Compares what a crawl delivered with what the demo newsroom published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from newsscraper.article import Article
from newsscraper.urls import article_id

COMPARED = (
    "url",
    "site",
    "title",
    "description",
    "text",
    "authors",
    "categories",
    "tags",
    "language",
    "date_published",
    "date_modified",
    "images",
)
"""Fields that the newsroom's pages decide."""


@dataclass(slots=True)
class Comparison:
    """What a crawl got right.

    Attributes:
        equal: URLs of the articles that are as published.
        different: names of the fields that differ, by URL.
        missing: URLs of articles that were published, but not delivered.
        surplus: URLs that were delivered, but are no published article.
        duplicates: pairs of articles that should be marked as repeating each other, but are not.
    """

    equal: list[str] = field(default_factory=list)
    different: dict[str, list[str]] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    surplus: list[str] = field(default_factory=list)
    duplicates: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_perfect(self) -> bool:
        """Whether everything that was published was delivered as published, and nothing else."""
        return not (self.different or self.missing or self.surplus or self.duplicates)


def compare(truth: Mapping[str, Article], records: Iterable[Article]) -> Comparison:
    """Compare records with the truth; of several lines for one article the last revision counts.

    An article's ``id`` is that of the address under which it came first, wherever the newsroom has moved since.

    Args:
        truth: what is published now, by URL.
        records: all lines, in the order in which they were written.
    """
    first: dict[str | None, Article] = {}
    newest: dict[str | None, Article] = {}
    for record in records:
        first.setdefault(record.id, record)
        if record.id not in newest or record.revision >= newest[record.id].revision:
            newest[record.id] = record
    latest = {record.url or "": record for record in newest.values()}
    result = Comparison(surplus=[record.url or "" for record in newest.values() if record.url not in truth])
    for url, expected in truth.items():
        found = latest.get(url)
        if found is None:
            result.missing.append(url)
        elif fields := _named(first[found.id], found) + differences(expected, found):
            result.different[url] = fields
        else:
            result.equal.append(url)
    published = {expected.id: expected for expected in truth.values()}
    for url, expected in truth.items():
        repeated = published.get(expected.duplicate_of)
        original = latest.get(repeated.url or "") if repeated else None
        if url in latest and original and not _repeat_each_other(latest[url], original):
            result.duplicates.append((url, original.url or ""))
    return result


def _named(first: Article, last: Article) -> list[str]:
    """Return ``["id"]`` where an article is not named by the address under which it came first."""
    return [] if last.id == article_id(first.url or "") else ["id"]


def differences(expected: Article, found: Article) -> list[str]:
    """Return the names of the fields in which a record is not what it should be.

    >>> differences(Article(title="Bonjour", text="a\\n\\nb"), Article(title="Bonsoir", text="a\\n\\nb"))
    ['title']
    """
    different = [
        name for name in COMPARED if _plain(name, getattr(expected, name)) != _plain(name, getattr(found, name))
    ]
    # An article that never changed may be said to have changed when it was published.
    if expected.date_modified is None and found.date_modified == found.date_published and "date_modified" in different:
        different.remove("date_modified")
    return different


def records_under(folder: Path) -> list[Article]:
    """Return all records of the day files in a folder, in the order in which they were written.

    Raises:
        ArticleError: a line is not a valid record.
    """
    return [
        Article.from_json(line) for file in sorted(folder.glob("*.jsonl")) for line in file.read_bytes().splitlines()
    ]


def _plain(name: str, value: object) -> object:
    """Fold what two equal values may differ in: spaces in a text, the offset in which a moment is written."""
    if isinstance(value, str):
        return _moment(value) if name.startswith("date_") else value.split()
    return value


def _moment(value: str) -> object:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:  # a month or a year
        return value
    return moment if moment.tzinfo else value


def _repeat_each_other(one: Article, other: Article) -> bool:
    return one.duplicate_of == other.id or other.duplicate_of == one.id
