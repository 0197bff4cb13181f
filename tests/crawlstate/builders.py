"""What the tests of the state and of the pipelines start from: a clock, articles, an opened state."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from newsscraper.article import Article, DateEvidence, Dates
from newsscraper.crawlstate import SiteState, open_state
from newsscraper.digest import content_hash
from newsscraper.urls import article_id

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SITE = "paper.example"
HOUR = timedelta(hours=1)


def article(number: int = 1, **fields: Any) -> Article:
    """Return a whole article, its text unlike that of any other number."""
    url = fields.pop("url", f"https://{SITE}/story-{number}.html")
    words = " ".join(f"word{(number * 7919 + i * i) % 100003}" for i in range(120))
    values: dict[str, Any] = {
        "id": article_id(url),
        "url": url,
        "source_url": url,
        "site": SITE,
        "title": f"Story {number}",
        "text": f"{words}.",
        "fetched_at": NOW.isoformat(),
        "first_seen_at": NOW.isoformat(),
    }
    built = Article(**(values | fields))
    built.content_hash = content_hash(built)
    return built


def dated(value: str, precision: Any, source: Any = "meta") -> dict[str, Any]:
    """Return the fields of an article published then."""
    evidence = DateEvidence(raw=value, source=source, precision=precision, zone="explicit")
    return {"date_published": value, "dates": Dates(published=evidence)}


@contextmanager
def opened(output: Path, *, run: bool = True, now: datetime = NOW) -> Iterator[SiteState]:
    """Open the site's state under an output folder and begin a run."""
    state = open_state(output / ".state", SITE)
    try:
        if run:
            state.begin_run(now)
        yield state
    finally:
        state.close()


def write_lines(output: Path, *articles: Article, day: str = "2026-11-22", tail: bytes = b"") -> Path:
    """Append lines to a day file, as a run did that was killed before it could tell the state."""
    path = output / SITE / f"{day}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as stream:
        stream.write(b"".join(each.to_json() + b"\n" for each in articles) + tail)
    return path
