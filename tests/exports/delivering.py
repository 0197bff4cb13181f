"""Lines as a crawl delivers them, for the tests of exports."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from newsscraper.article import Article, DateEvidence, Dates, Image, RecentPost

_WORDS = ("harbour", "bridge", "council", "vote", "winter", "storm", "ferry", "budget", "school", "market", "river")


def text(number: int) -> str:
    """A text of its own for each number."""
    return " ".join(f"{_WORDS[(number * 7 + i * i) % len(_WORDS)]}{i * number}" for i in range(120))


def article(number: int, **fields: Any) -> Article:
    """An article as delivered; every third one lacks what may be lacking."""
    full = number % 3 > 0
    told: dict[str, Any] = {
        "id": f"{number:016x}",
        "url": f"https://one.example/story-{number}.html",
        "source_url": f"https://one.example/story-{number}.html",
        "site": "one.example",
        "title": f"Story {number}, “été”",
        "text": text(number),
        "authors": ["Ann Lee", "Bo Oz"] if full else [],
        "language": "en" if full else None,
        "date_published": ("2026-11-20T08:30:00+01:00", "2026-11-20", None)[number % 3],
        "dates": Dates(published=DateEvidence("20 Nov", "time", "day", "unknown")) if full else Dates(),
        "images": [Image(f"https://one.example/{number}.png", caption="A view")] if full else [],
        "recent_posts": [RecentPost("Another", date="2026-11-19", raw="1 day ago", precision="day")] if full else [],
        "fetched_at": "2026-11-21T10:00:00+00:00",
        "first_seen_at": "2026-11-21T10:00:00+00:00",
        "content_hash": f"{number:016x}",
    }
    return Article(**(told | fields))


def deliver(output: Path, site: str, day: str, articles: list[Article]) -> None:
    """Append lines to a site's day file."""
    folder = output / site
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{day}.jsonl").open("ab") as stream:
        stream.writelines(each.to_json() + b"\n" for each in articles)


def export(output: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run ``scrapy export``."""
    command = [sys.executable, "-m", "scrapy", "export", *map(str, arguments), "-s", f"OUTPUT_DIR={output}"]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, env=environment())


def environment() -> dict[str, str]:
    """The environment of a command: it imports this checkout wherever it runs."""
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
