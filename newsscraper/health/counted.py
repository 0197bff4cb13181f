"""What is counted of a run as a share: how many of how many."""

from __future__ import annotations

from collections.abc import Callable

from newsscraper.health.run import Counts

Count = Callable[[Counts], tuple[int, int]]
"""Gives how many of how many."""


def _without(name: str) -> Count:
    return lambda counts: (counts.records - counts.filled.get(name, 0), counts.records)


SHARES: dict[str, Count] = {
    "no-date": _without("date_published"),
    "no-authors": _without("authors"),
    "no-categories": _without("categories"),
    "no-images": _without("images"),
    "no-language": _without("language"),
    "no-description": _without("description"),
    "midnight": lambda counts: (counts.vague, counts.dated),
    "no-article": lambda counts: (counts.no_article, counts.judged),
    "duplicates": lambda counts: (min(counts.duplicates, counts.new), counts.new),
    "small-changes": lambda counts: (counts.small_changes, counts.changed + counts.new),
    "refused": lambda counts: (counts.refused, counts.answers),
    "rule-without-match": lambda counts: (min(counts.unmatched, counts.records), counts.records),
}
"""By the kind of finding that tells of it."""
