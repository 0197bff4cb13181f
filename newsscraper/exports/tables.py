"""A record as rows of a relational database: the tables, alike in SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from newsscraper.exports.columns import day_and_moment

Kind = Literal["text", "integer", "real", "boolean", "day", "moment", "json"]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns by name, and how many of them, from the first, are its key."""

    name: str
    columns: Mapping[str, Kind]
    key: int


_OF: dict[str, Kind] = {"id": "text", "revision": "integer"}

ARTICLE = Table(
    "article",
    {
        **_OF,
        "url": "text",
        "source_url": "text",
        "site": "text",
        "title": "text",
        "description": "text",
        "text": "text",
        "categories": "json",
        "tags": "json",
        "language": "text",
        "date_published": "text",
        "published_on": "day",
        "published_at": "moment",
        "date_modified": "text",
        "modified_on": "day",
        "modified_at": "moment",
        "dates": "json",
        "is_accessible_for_free": "boolean",
        "rights": "json",
        "fetched_at": "moment",
        "first_seen_at": "moment",
        "changed": "json",
        "content_hash": "text",
        "duplicate_of": "text",
        "extraction": "json",
        "source": "json",
        "extra": "json",
        "story_id": "text",
    },
    key=2,
)
AUTHOR = Table("author", {**_OF, "position": "integer", "name": "text"}, key=3)
IMAGE = Table("image", {**_OF, "position": "integer", "url": "text", "caption": "text", "credit": "text"}, key=3)
RECENT_POST = Table(
    "recent_post",
    {
        **_OF,
        "position": "integer",
        "title": "text",
        "url": "text",
        "excerpt": "text",
        "date": "text",
        "raw": "text",
        "precision": "text",
    },
    key=3,
)
TABLES = (ARTICLE, AUTHOR, IMAGE, RECENT_POST)

MARK = Table("export_mark", {"site": "text", "file": "text", "position": "integer", "options": "json"}, key=1)
"""How far each site was read, written in the transaction of the rows; positions count from 1 elsewhere, bytes here."""


def rows(record: Mapping[str, Any]) -> Iterator[tuple[Table, tuple[Any, ...]]]:
    """Yield the rows of a record, each with its table; JSON columns hold text.

    >>> [row for table, row in rows({"id": "a1", "revision": 1, "authors": ["Ann"]}) if table is AUTHOR]
    [('a1', 1, 1, 'Ann')]
    """
    id_, revision = record["id"], record["revision"]
    whole = dict(record)
    for field, prefix in (("date_published", "published"), ("date_modified", "modified")):
        whole[f"{prefix}_on"], whole[f"{prefix}_at"] = day_and_moment(record.get(field))
    for field in ("fetched_at", "first_seen_at"):
        whole[field] = day_and_moment(record.get(field))[1]
    yield ARTICLE, tuple(_value(whole.get(name), kind) for name, kind in ARTICLE.columns.items())
    for number, name in enumerate(record.get("authors") or (), 1):
        yield AUTHOR, (id_, revision, number, name)
    for table, parts in ((IMAGE, record.get("images")), (RECENT_POST, record.get("recent_posts"))):
        for number, part in enumerate(parts or (), 1):
            yield table, (id_, revision, number, *(part.get(name) for name in list(table.columns)[3:]))


def _value(value: Any, kind: Kind) -> Any:
    return msgspec.json.encode(value).decode() if kind == "json" and value is not None else value
