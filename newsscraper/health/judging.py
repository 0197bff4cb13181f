"""A run, judged: all monitors asked, what began and what ended."""

from __future__ import annotations

from datetime import datetime

from newsscraper.health.finding import Finding
from newsscraper.health.learnt import RELEARNT, Learnt
from newsscraper.health.monitors import Bounds, Monitor, effort, entrances, shares, volume
from newsscraper.health.run import Run

MONITORS: tuple[Monitor, ...] = (shares.watch, volume.watch, entrances.watch, effort.watch)


class Judgement:
    """What was found in a run.

    Attributes:
        findings: all that lasts, each with its beginning.
        begun: those that began with this run.
        ended: those that were open and are over.
    """

    def __init__(self, findings: list[Finding], before: dict[str, Finding]) -> None:
        kinds = {finding.kind for finding in findings}
        self.findings = findings
        self.begun = [finding for finding in findings if finding.kind not in before]
        self.ended = [finding for kind, finding in before.items() if kind not in kinds]


def judge(run: Run, learnt: Learnt, bounds: Bounds) -> Judgement:
    """Judge a run by the site's past, and make it a part of that past.

    >>> from datetime import UTC
    >>> judge(Run(datetime(2026, 11, 27, tzinfo=UTC)), Learnt(), Bounds()).findings
    []
    """
    before = dict(learnt.open)
    found: list[Finding] = []
    if not run.first:
        found = [each for monitor in MONITORS for each in monitor(run, learnt, bounds) if each.kind not in bounds.off]
    for finding in found:
        began = before.get(finding.kind)
        finding.since = began.since if began else run.at.isoformat(timespec="seconds")
    run.found = [finding.kind for finding in found if not _is_ordinary_by_now(finding, run)]
    learnt.open = {finding.kind: finding for finding in found}
    learnt.take(run)
    return Judgement(found, before)


def _is_ordinary_by_now(finding: Finding, run: Run) -> bool:
    return finding.since is not None and run.at - datetime.fromisoformat(finding.since) > RELEARNT
