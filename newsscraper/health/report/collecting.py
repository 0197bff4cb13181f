"""What the report shows of each site, gathered from the files of its runs and the newest of its lines."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from newsscraper.health.finding import Finding
from newsscraper.health.measures import Measures, merged

DAYS = 90
"""Days that are shown."""

_FIELDS = ("date_published", "authors", "images", "categories", "description", "language")
_TAIL = 256 * 1024
"""Bytes of the newest day file that are looked through for its records."""
_NEWEST, _WORST = 10, 5


class _File(msgspec.Struct):
    """What is read of a run's file."""

    finished_at: str
    exit_code: int = 0
    outcome: str = ""
    articles: dict[str, int] = {}
    dropped: dict[str, int] = {}
    failed: dict[str, int] = {}
    measures: Measures = msgspec.field(default_factory=Measures)
    findings: list[Finding] = []


@dataclass(slots=True)
class Day:
    """One day of a site; shares and medians are ``None`` where there was no record.

    Attributes:
        new, changed: records delivered.
        undated: new and changed records without a date.
        filled: share of records with each field, 0…1.
        words, lag_hours, confidence: medians.
    """

    day: str
    new: int = 0
    changed: int = 0
    undated: int = 0
    filled: dict[str, float] = field(default_factory=dict)
    words: float | None = None
    lag_hours: float | None = None
    confidence: float | None = None


@dataclass(slots=True)
class SiteReport:
    """One site.

    Attributes:
        name: its folder.
        last_run: when its last run ended, ISO 8601.
        last_success: when a run ended well last.
        exit_code, outcome: of the last run.
        findings: what the last run found.
        days: the last `DAYS` days, oldest first.
        articles: lines delivered in these days, by kind.
        dropped, failed: by reason, in the last 30 days.
        date_sources: of the dates in these days.
        coverage: share of records with each field, over the last 30 days.
        new_a_day, undated, lag_hours, confidence: over the last 7 days.
        newest: the newest records: title, url, date_published, confidence.
        worst: those of them that were read with the least confidence.
        due: when a fleet runs it next, ISO 8601.
    """

    name: str
    last_run: str | None = None
    last_success: str | None = None
    exit_code: int = 0
    outcome: str = ""
    findings: list[Finding] = field(default_factory=list)
    days: list[Day] = field(default_factory=list)
    articles: dict[str, int] = field(default_factory=dict)
    dropped: dict[str, int] = field(default_factory=dict)
    failed: dict[str, int] = field(default_factory=dict)
    date_sources: dict[str, int] = field(default_factory=dict)
    coverage: dict[str, float] = field(default_factory=dict)
    new_a_day: float = 0.0
    undated: float | None = None
    lag_hours: float | None = None
    confidence: float | None = None
    newest: list[dict[str, Any]] = field(default_factory=list)
    worst: list[dict[str, Any]] = field(default_factory=list)
    due: str | None = None

    @property
    def is_well(self) -> bool:
        """Whether the last run went well and found nothing."""
        return self.exit_code == 0 and not self.findings


def collect(output: Path, now: datetime) -> list[SiteReport]:
    """Return the sites under an output folder: those that need somebody first, then by name.

    Args:
        output: the folder.
        now: aware; the days before it are shown.
    """
    sites = [_site(folder, now) for folder in sorted(output.iterdir()) if _has_runs(folder)] if output.is_dir() else []
    return sorted(sites, key=lambda site: (site.is_well, -len(site.findings), site.name))


def _has_runs(folder: Path) -> bool:
    return not folder.name.startswith(".") and (folder / "runs").is_dir()


def _site(folder: Path, now: datetime) -> SiteReport:
    site = SiteReport(folder.name)
    first = (now - timedelta(days=DAYS)).date().isoformat()
    month, week = ((now - timedelta(days=days)).date().isoformat() for days in (30, 7))
    by_day: defaultdict[str, list[_File]] = defaultdict(list)
    articles, dropped, failed, sources = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for run in _runs(folder / "runs", first):
        site.last_run, site.exit_code, site.outcome, site.findings = (
            run.finished_at,
            run.exit_code,
            run.outcome,
            run.findings,
        )
        if run.exit_code in (0, 5):
            site.last_success = run.finished_at
        articles.update(run.articles)
        sources.update(run.measures.date_sources)
        if run.finished_at >= month:
            dropped.update(run.dropped)
            failed.update(run.failed)
        by_day[run.finished_at[:10]].append(run)
    site.articles, site.date_sources = dict(articles), dict(sources.most_common())
    site.dropped, site.failed = dict(dropped.most_common(20)), dict(failed.most_common(20))
    site.days = [_day(day, by_day.get(day, [])) for day in _days(first, now)]
    _latest(site, [run for day, runs in by_day.items() if day >= week for run in runs])
    lately = [run.measures for day, runs in by_day.items() if day >= month for run in runs]
    site.coverage = _coverage(lately)
    _records(site, folder)
    return site


def _runs(folder: Path, first: str) -> Iterator[_File]:
    """Yield the files of runs since a day, oldest first; what cannot be read is left out."""
    for path in sorted(folder.glob("[0-9]*Z*.json")):
        if path.name[:10] < first:
            continue
        try:
            yield msgspec.json.decode(path.read_bytes(), type=_File)
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            continue


def _days(first: str, now: datetime) -> Iterator[str]:
    day = datetime.fromisoformat(first).date()
    while day <= now.astimezone(UTC).date():
        yield day.isoformat()
        day += timedelta(days=1)


def _day(day: str, runs: list[_File]) -> Day:
    measures = [run.measures for run in runs]
    return Day(
        day,
        new=sum(run.articles.get("new", 0) for run in runs),
        changed=sum(run.articles.get("changed", 0) for run in runs),
        undated=sum(each.records - each.filled.get("date_published", 0) for each in measures),
        filled=_coverage(measures),
        words=merged([each.words for each in measures]).quantile(0.5),
        lag_hours=merged([each.lag_hours for each in measures]).quantile(0.5),
        confidence=merged([each.confidence for each in measures]).quantile(0.5),
    )


def _coverage(measures: list[Measures]) -> dict[str, float]:
    records = sum(each.records for each in measures)
    if not records:
        return {}
    return {name: round(sum(each.filled.get(name, 0) for each in measures) / records, 3) for name in _FIELDS}


def _latest(site: SiteReport, runs: list[_File]) -> None:
    measures = [run.measures for run in runs]
    records = sum(each.records for each in measures)
    site.new_a_day = round(sum(run.articles.get("new", 0) for run in runs) / 7, 1)
    if records:
        site.undated = round(1 - sum(each.filled.get("date_published", 0) for each in measures) / records, 3)
    site.lag_hours = merged([each.lag_hours for each in measures]).quantile(0.5)
    site.confidence = merged([each.confidence for each in measures]).quantile(0.5)


def _records(site: SiteReport, folder: Path) -> None:
    """Take the newest records from the end of the newest day file that is not packed."""
    files = sorted(folder.glob("[0-9][0-9][0-9][0-9]-*.jsonl"))
    if not files:
        return
    with files[-1].open("rb") as stream:
        start = max(0, stream.seek(0, 2) - _TAIL)
        stream.seek(start)
        lines = stream.read().splitlines()[1 if start else 0 :]
    found = []
    for line in lines:
        try:
            told = json.loads(line)
            found.append({name: told[name] for name in ("title", "url", "date_published")})
            found[-1]["confidence"] = told["extraction"]["confidence"]
        except (ValueError, KeyError, TypeError):
            continue  # a line that is being written
    site.newest = found[-_NEWEST:][::-1]
    site.worst = sorted(found, key=lambda each: each["confidence"])[:_WORST]
