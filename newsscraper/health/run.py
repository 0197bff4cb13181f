"""One run in the numbers that it is judged by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec

from newsscraper.health.measures import Distribution, Measures

NO_ARTICLE = (
    "no-article",
    "a-listing",
    "nothing-dates-it",
    "no-text",
    "no-text-without-javascript",
    "the-home-page",
    "behind-a-password",
    "the-site-s-answer-for-pages-that-do-not-exist",
    "nothing-to-read-in-the-page",
)
"""Reasons for which a page that was fetched as an article gave none."""

REFUSALS = ("401", "402", "403", "407", "429", "451")
"""HTTP statuses with which a site refuses."""

FORBIDDEN = "robots-forbidden"


@dataclass(slots=True)
class Counts:
    """What was counted, over one run or over the runs of a day."""

    runs: int = 0
    records: int = 0
    new: int = 0
    changed: int = 0
    duplicates: int = 0
    small_changes: int = 0
    filled: dict[str, int] = field(default_factory=dict)
    vague: int = 0
    dated: int = 0
    words: Distribution = field(default_factory=Distribution)
    confidence: Distribution = field(default_factory=Distribution)
    lag_hours: Distribution = field(default_factory=Distribution)
    no_article: int = 0
    judged: int = 0
    refused: int = 0
    answers: int = 0
    forbidden: int = 0
    set_aside: int = 0
    unmatched: int = 0
    most_requests: int = 0
    most_seconds: float = 0.0
    most_memory: int = 0


@dataclass(slots=True)
class Run:
    """One run.

    Attributes:
        at: when it ended, aware.
        first: the site's first run, which brings its past and says nothing of its days.
        complete: it ended by itself; what was stopped says nothing of what is missing.
        counts: what was counted.
        entrances: feeds and sitemaps, and what came of each: a status and a hash, or a reason.
        examples: addresses to look at, by what they lack.
        found: kinds of findings that this run had: what it counted there is not the site's ordinary.
    """

    at: datetime
    first: bool = False
    complete: bool = True
    counts: Counts = field(default_factory=Counts)
    entrances: dict[str, str] = field(default_factory=dict)
    examples: dict[str, list[str]] = field(default_factory=dict)
    found: list[str] = field(default_factory=list)


def run_of(told: Mapping[str, Any]) -> Run | None:
    """Return a run from its file; ``None`` where the file is of a version that measured nothing.

    Args:
        told: a file of ``runs/``, decoded.
    """
    try:
        measures = msgspec.convert(told["measures"], Measures)
        at = datetime.fromisoformat(told["finished_at"])
        articles, dropped, failed = told["articles"], told["dropped"], told["failed"]
    except (KeyError, TypeError, ValueError, msgspec.ValidationError):
        return None
    no_article = sum(dropped.get(slug, 0) for slug in NO_ARTICLE)
    counts = Counts(
        runs=1,
        records=measures.records,
        new=articles.get("new", 0),
        changed=articles.get("changed", 0),
        duplicates=articles.get("duplicate", 0),
        small_changes=measures.small_changes,
        filled=dict(measures.filled),
        vague=measures.midnights,
        dated=measures.filled.get("date_published", 0),
        words=measures.words,
        confidence=measures.confidence,
        lag_hours=measures.lag_hours,
        no_article=no_article,
        judged=no_article + articles.get("new", 0),
        refused=sum(count for status, count in measures.statuses.items() if status in REFUSALS),
        answers=sum(measures.statuses.values()),
        forbidden=failed.get(FORBIDDEN, 0),
        set_aside=measures.set_aside,
        unmatched=sum(measures.rules_without_match.values()),
        most_requests=int(told.get("requests", 0)),
        most_seconds=float(told.get("seconds", 0)),
        most_memory=measures.memory_mb or 0,
    )
    return Run(
        at=at,
        first=not told.get("known", True),
        complete=told.get("finish_reason") == "finished",
        counts=counts,
        entrances=dict(measures.entrances),
        examples={**measures.dropped_examples, **measures.examples},
        found=[finding["kind"] for finding in told.get("findings", ())],
    )
