"""What the state remembers, as the crawl gets it: plain records."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Run:
    """One crawl of a site.

    Attributes:
        number: from 1.
        started_at: aware moment; of the first start where the run was taken up again.
        resumed: an earlier process began this run and did not finish it.
    """

    number: int
    started_at: datetime
    resumed: bool


@dataclass(frozen=True, slots=True)
class PageMemory:
    """What was learnt of one URL, over all runs.

    Attributes:
        etag: validator as the server sent it.
        last_modified: validator as the server sent it.
        body_hash: hash of the body, to see a change where the server has no validators.
        kind: what the page is: ``"article"``, ``"listing"``, ``"sitemap"``, ``"feed"``, ``"other"``, ….
        article_id: the article that it gave.
        fetched_at: aware moment of the last look.
        status: HTTP status of the last look.
        looks: how often it was looked at; counted by the state.
        next_look_at: when it is worth another look, ``None``: never; reckoned by the state from the article's age.
    """

    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    kind: str | None = None
    article_id: str | None = None
    fetched_at: datetime | None = None
    status: int | None = None
    looks: int = 0
    next_look_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ArticleMemory:
    """What was delivered of one article.

    Attributes:
        id: the article's id.
        url: canonical URL.
        revision: of the last line.
        content_hash: of the last line.
        fields: what `newsscraper.crawlstate.fingerprint.fingerprint` says of the fields that make a revision.
        first_seen_at: as in the record.
        duplicate_of: as in the record.
    """

    id: str
    url: str | None
    revision: int
    content_hash: str | None
    first_seen_at: str | None
    duplicate_of: str | None = None
    fields: dict[str, object] = field(default_factory=dict)


def to_seconds(moment: datetime | None) -> float | None:
    """Return an aware moment as seconds since 1970."""
    return None if moment is None else moment.timestamp()


def to_moment(seconds: float | None) -> datetime | None:
    """Return seconds since 1970 as a moment in UTC."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
