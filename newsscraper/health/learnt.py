"""What is usual on a site: its days, its last runs, its open findings. One small file, made of the runs' files."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from newsscraper.durable import replace_whole
from newsscraper.health.counted import SHARES
from newsscraper.health.finding import Finding
from newsscraper.health.measures import Distribution, merged
from newsscraper.health.run import Run, run_of

VERSION = 1

KEPT_DAYS = 60
"""Days of the site's past that a run is judged by."""

KEPT_RUNS = 250
"""Runs of the past that the shares of a run are judged by."""

RECENT = 3
"""Runs with records that are judged together with the one that ends; they are not yet part of the past."""

RELEARNT = timedelta(days=30)
"""A finding that lasts so long is the site's new ordinary."""


@dataclass(slots=True)
class Entrance:
    """A feed or sitemap.

    Attributes:
        good: runs in which it could be read.
        bad: runs in a row in which it could not.
        body: hash of what it held last.
        new: new articles since it held something else.
        most_new: the most new articles that ever came while it held the same.
    """

    good: int = 0
    bad: int = 0
    body: str = ""
    new: int = 0
    most_new: int = 0


@dataclass(slots=True)
class Day:
    """The runs of one day: sums, and the most of any run."""

    runs: int = 0
    new: int = 0
    records: int = 0
    set_aside: int = 0
    most_records: int = 0
    most_requests: int = 0
    most_seconds: float = 0.0
    most_memory: int = 0
    words: Distribution = field(default_factory=Distribution)
    confidence: Distribution = field(default_factory=Distribution)
    lag_hours: Distribution = field(default_factory=Distribution)


@dataclass(slots=True)
class Learnt:
    """The past of one site.

    Attributes:
        version: of this layout; another one is made anew from the runs' files.
        upto: end of the last run that is in here, ISO 8601.
        days: by day, the newest `KEPT_DAYS`.
        shares: for each kind of `SHARES` how many of how many, run by run, the newest `KEPT_RUNS`.
        recent: the last runs with records, oldest first.
        open: findings that last.
        last_new: when something new was delivered last, ISO 8601.
        pauses: the longest times without anything new, in hours, longest first.
        entrances: by address.
    """

    version: int = VERSION
    upto: str = ""
    days: dict[str, Day] = field(default_factory=dict)
    shares: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    recent: list[Run] = field(default_factory=list)
    open: dict[str, Finding] = field(default_factory=dict)
    last_new: str | None = None
    pauses: list[float] = field(default_factory=list)
    entrances: dict[str, Entrance] = field(default_factory=dict)

    def take(self, run: Run) -> None:
        """Add a run that was judged."""
        self.upto = run.at.isoformat()
        if not run.first:
            if run.counts.records or run.counts.judged:
                self.recent.append(run)
            else:
                self._fold(run)
            while len(self.recent) > RECENT:
                self._fold(self.recent.pop(0))
        self._note_pause(run)
        self._note_entrances(run)

    def past(self) -> list[Day]:
        """Return the days that are known, oldest first."""
        return [self.days[day] for day in sorted(self.days)]

    def _fold(self, run: Run) -> None:
        """Make a run a part of the past, without what was not ordinary in it."""
        for kind, count in SHARES.items():
            if kind not in run.found and (pair := count(run.counts))[1]:
                known = self.shares.setdefault(kind, [])
                known.append(pair)
                del known[:-KEPT_RUNS]
        _add(self.days.setdefault(run.at.date().isoformat(), Day()), run)
        for old in sorted(self.days)[:-KEPT_DAYS]:
            del self.days[old]

    def _note_pause(self, run: Run) -> None:
        if not run.counts.new:
            return
        if self.last_new is not None and not run.first:
            hours = (run.at - datetime.fromisoformat(self.last_new)).total_seconds() / 3600
            self.pauses = sorted([*self.pauses, round(hours, 2)], reverse=True)[:10]
        self.last_new = run.at.isoformat()

    def _note_entrances(self, run: Run) -> None:
        for address, came in run.entrances.items():
            known = self.entrances.setdefault(address, Entrance())
            status, _, body = came.partition(" ")
            if not (status.startswith("2") or status == "304"):
                known.bad += 1
                continue
            known.good, known.bad = known.good + 1, 0
            if body and body != known.body:
                known.most_new = max(known.most_new, known.new)
                known.body, known.new = body, 0
            elif not run.first:
                known.new += run.counts.new
        for gone in sorted(self.entrances, key=lambda each: self.entrances[each].good)[:-50]:
            del self.entrances[gone]


def load(runs: Path) -> Learnt:
    """Return what was learnt from the files of a ``runs`` folder; read them where the small file is not there.

    Args:
        runs: the folder.
    """
    try:
        learnt = msgspec.json.decode(_place(runs).read_bytes(), type=Learnt)
        if learnt.version == VERSION:
            return learnt
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        pass
    learnt = Learnt()
    for path in sorted(runs.glob("[0-9]*Z*.json")):
        run = run_of(read(path))
        if run is not None:
            learnt.take(run)
            learnt.open = {finding.kind: finding for finding in findings_of(read(path))}
    return learnt


def save(learnt: Learnt, runs: Path) -> None:
    """Write down what was learnt.

    Raises:
        OSError: it cannot be written.
    """
    place = _place(runs)
    place.parent.mkdir(parents=True, exist_ok=True)
    replace_whole(place, msgspec.json.encode(learnt))


def _place(runs: Path) -> Path:
    """Return where it is kept: with the crawl's memory, which readers leave alone."""
    site = runs.parent
    return site.parent / ".state" / f"{site.name}.health.json"


def read(path: Path) -> dict[str, Any]:
    """Return a run's file; empty where it cannot be read."""
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def findings_of(told: dict[str, Any]) -> list[Finding]:
    """Return the findings in a run's file."""
    try:
        return msgspec.convert(told.get("findings", []), list[Finding])
    except msgspec.ValidationError:
        return []


def _add(day: Day, run: Run) -> None:
    counts, found = run.counts, set(run.found)
    day.runs += 1
    day.records += counts.records
    day.set_aside += counts.set_aside
    day.most_records = max(day.most_records, counts.records)
    if "flood" not in found:
        day.new += counts.new
    if "requests" not in found:
        day.most_requests = max(day.most_requests, counts.most_requests)
    if "slow" not in found:
        day.most_seconds = max(day.most_seconds, counts.most_seconds)
    if "memory" not in found:
        day.most_memory = max(day.most_memory, counts.most_memory)
    if "short-text" not in found:
        day.words = merged([day.words, counts.words])
    if "low-confidence" not in found:
        day.confidence = merged([day.confidence, counts.confidence])
    if "late" not in found:
        day.lag_hours = merged([day.lag_hours, counts.lag_hours])
