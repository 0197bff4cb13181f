"""What a run writes down of itself, so that later runs can be judged by it."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from newsscraper.article import Article

FORMAT = 2
"""Number of the layout of a run's file. 1 had no measures."""

POINTS = 21
"""Values that a distribution is kept in: all of them where there are fewer, else its quantiles at every 5 %."""

FILLED = (
    "date_published",
    "authors",
    "categories",
    "tags",
    "description",
    "language",
    "images",
    "is_accessible_for_free",
)
"""Fields whose filling is counted. ``title`` and ``text`` are never missing."""

SMALL = frozenset({"description", "tags", "categories", "images", "is_accessible_for_free"})
"""Fields whose change alone is a small one."""

_EXAMPLES = 3
_DENSE = re.compile("[\u0e00-\u0eff\u3040-\u9fff]")
"""Characters of scripts without spaces."""


@dataclass(slots=True)
class Distribution:
    """Many values in few numbers.

    Attributes:
        count: how many values there were.
        values: `POINTS` quantiles, from the least to the greatest; all values where there were fewer.
    """

    count: int = 0
    values: list[float] = field(default_factory=list)

    @classmethod
    def of(cls, values: Iterable[float]) -> Distribution:
        """Sum up values.

        >>> Distribution.of([3, 1, 2])
        Distribution(count=3, values=[1, 2, 3])
        """
        known = sorted(values)
        if len(known) <= POINTS:
            return cls(len(known), known)
        steps = range(POINTS)
        return cls(len(known), [known[round(step * (len(known) - 1) / (POINTS - 1))] for step in steps])

    def quantile(self, share: float) -> float | None:
        """Return the value that this share of the values does not exceed; ``None`` where there are none.

        >>> Distribution.of(range(101)).quantile(0.5)
        50
        """
        if not self.values:
            return None
        return self.values[round(share * (len(self.values) - 1))]

    def below(self, bound: float) -> int:
        """Return how many values are below a bound, as nearly as the quantiles tell.

        >>> Distribution.of(range(1000)).below(500)
        476
        """
        if not self.values:
            return 0
        return round(self.count * sum(value < bound for value in self.values) / len(self.values))


@dataclass(slots=True)
class Measures:
    """What one run was like: counts over new and changed records, and over what was fetched for them.

    Attributes:
        records: new and changed records.
        filled: records with each of `FILLED`.
        date_sources, date_precisions: of ``date_published``, counted.
        midnights: dates without a time of the day, or with one that is midnight to the second.
        words, confidence: of each record's text.
        lag_hours: from publication to delivery, of new records dated to the minute at least.
        newest: the latest ``date_published`` among them.
        warnings: of records, by slug.
        rules_without_match: a site's rules that found nothing, and on how many records.
        small_changes: changed records in which only `SMALL` fields changed.
        kinds: pages read, by what they were: ``article``, ``listing``, ``other``.
        statuses: answers by HTTP status.
        requests_per_article, bytes_per_article, seconds_per_article: effort; ``None`` where there was no record.
        memory_mb: the crawl's own process at its largest.
        set_aside: pages that the workers gave up.
        entrances: feeds and sitemaps, each with what came: a status, or the reason why nothing did.
        examples: addresses of records that lack a date or authors, or have a short text, by what they lack.
        dropped_examples: addresses that were dropped, by reason.
    """

    records: int = 0
    filled: dict[str, int] = field(default_factory=dict)
    date_sources: dict[str, int] = field(default_factory=dict)
    date_precisions: dict[str, int] = field(default_factory=dict)
    midnights: int = 0
    words: Distribution = field(default_factory=Distribution)
    confidence: Distribution = field(default_factory=Distribution)
    lag_hours: Distribution = field(default_factory=Distribution)
    newest: str | None = None
    warnings: dict[str, int] = field(default_factory=dict)
    rules_without_match: dict[str, int] = field(default_factory=dict)
    small_changes: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)
    requests_per_article: float | None = None
    bytes_per_article: int | None = None
    seconds_per_article: float | None = None
    memory_mb: int | None = None
    set_aside: int = 0
    entrances: dict[str, str] = field(default_factory=dict)
    examples: dict[str, list[str]] = field(default_factory=dict)
    dropped_examples: dict[str, list[str]] = field(default_factory=dict)


class Measuring:
    """Gathers the measures of a run, record by record."""

    def __init__(self) -> None:
        self._measures = Measures()
        self._filled: Counter[str] = Counter()
        self._sources: Counter[str] = Counter()
        self._precisions: Counter[str] = Counter()
        self._warnings: Counter[str] = Counter()
        self._unmatched: Counter[str] = Counter()
        # A number for each record of a crawl of any length: arrays, for they take a quarter of a list's memory.
        self._words = array("q")
        self._shortest: list[tuple[int, str]] = []
        self._confidence = array("d")
        self._lags = array("d")
        self._addresses: dict[str, list[str]] = {}

    def add(self, article: Article, now: datetime) -> None:
        """Take a new or changed record into account.

        Args:
            article: as delivered.
            now: moment of delivery, aware.
        """
        made = self._measures
        made.records += 1
        words = weight(article.text or "")
        self._words.append(words)
        self._confidence.append(article.extraction.confidence)
        for name in FILLED:
            if getattr(article, name) not in (None, []):
                self._filled[name] += 1
            elif name in ("date_published", "authors"):
                self._note(f"no {name}", article.url)
        self._note_shortest(article.url, words)
        self._dates(article, now)
        for warning in article.extraction.warnings:
            slug, _, rest = warning.partition(":")
            self._warnings[slug] += 1
            if slug == "rule-without-match":
                self._unmatched[rest.strip()] += 1
        if article.revision > 1 and SMALL.issuperset(article.changed):
            made.small_changes += 1

    def finish(self) -> Measures:
        """Return the measures of all that was added."""
        made = self._measures
        made.filled, made.date_sources = dict(self._filled), dict(self._sources)
        made.date_precisions, made.warnings = dict(self._precisions), dict(self._warnings)
        made.rules_without_match = dict(self._unmatched)
        made.words, made.confidence = Distribution.of(self._words), Distribution.of(self._confidence)
        made.lag_hours = Distribution.of(self._lags)
        made.examples = self._addresses
        if self._shortest:
            made.examples["short text"] = [url for _, url in self._shortest]
        return made

    def _dates(self, article: Article, now: datetime) -> None:
        made, told, evidence = self._measures, article.date_published, article.dates.published
        if told is None:
            return
        if evidence is not None:
            self._sources[evidence.source] += 1
            self._precisions[evidence.precision] += 1
        made.newest = max(made.newest or told, told, key=_moment)
        made.midnights += len(told) <= 10 or told[11:19] == "00:00:00"
        if len(told) > 10 and article.revision == 1:
            self._lags.append(round(max(0.0, (now - _moment(told)).total_seconds() / 3600), 2))

    def _note(self, what: str, url: str | None) -> None:
        kept = self._addresses.setdefault(what, [])
        if url and len(kept) < _EXAMPLES:
            kept.append(url)

    def _note_shortest(self, url: str | None, words: int) -> None:
        """Keep the addresses of the shortest texts: what to look at where texts became shorter."""
        if url and (len(self._shortest) < _EXAMPLES or words < self._shortest[-1][0]):
            self._shortest = sorted([*self._shortest, (words, url)])[:_EXAMPLES]


def weight(text: str) -> int:
    """Return the words of a text; in scripts without spaces two characters count as one.

    >>> weight("It rains in Brest."), weight("港务局周二投票决定")
    (4, 4)
    """
    spaced = len(text.split())
    if text.isascii():
        return spaced
    return max(spaced, len(_DENSE.findall(text)) // 2)


def merged(parts: Sequence[Distribution]) -> Distribution:
    """Return several distributions as one, each weighed by its count.

    >>> merged([Distribution.of([1, 2]), Distribution.of([3])])
    Distribution(count=3, values=[1, 2, 3])
    """
    count = sum(part.count for part in parts)
    weighed = sorted((value, part.count / len(part.values)) for part in parts for value in part.values)
    if count <= POINTS or not weighed:
        return Distribution(count, [value for value, _ in weighed])
    values, seen, at = [], 0.0, 0
    for step in range(POINTS):
        wanted = step * count / (POINTS - 1)
        while at < len(weighed) - 1 and seen + weighed[at][1] < wanted:
            seen += weighed[at][1]
            at += 1
        values.append(weighed[at][0])
    return Distribution(count, values)


def _moment(told: str) -> datetime:
    """Return an ISO date as a moment, its missing parts at their least."""
    if len(told) < 10:
        told = f"{told}-01-01"[:10] if len(told) == 4 else f"{told}-01"
    moment = datetime.fromisoformat(told)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
