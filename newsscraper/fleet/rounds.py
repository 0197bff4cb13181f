"""A round of the fleet on one page: what ``OUTPUT_DIR/fleet/<moment>.json`` holds, and the lines for a person."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from newsscraper import __version__
from newsscraper.durable import replace_whole
from newsscraper.exits import Exit
from newsscraper.fleet.past import Past
from newsscraper.fleet.siterun import Ended

FOLDER = "fleet"
_KEPT = 1000
"""Files of rounds; the oldest beyond these go: six weeks of one every hour."""


@dataclass(slots=True)
class SiteLine:
    """How one site's last run of the round ended.

    Attributes:
        site, exit_code, outcome: see `newsscraper.extensions.summary.RunSummary`.
        runs: how many it had in the round.
        articles, failed: of all of these.
        unfinished: it goes on.
        broken_since: ISO 8601; nothing could be had of it since then, for more than a week.
        findings: what is not as it was on this site, in sentences.
    """

    site: str
    exit_code: int
    outcome: str
    runs: int = 0
    articles: dict[str, int] = field(default_factory=dict)
    failed: dict[str, int] = field(default_factory=dict)
    unfinished: bool = False
    broken_since: str | None = None
    findings: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Round:
    """What was run from one moment to another: of ``--once`` all of it, of a service an hour.

    Attributes:
        table: the file of sites.
        started: when it began.
        sites: of the table.
        lines: by site, those that were run.
        lateness: seconds that each run began after it was due.
    """

    table: str
    started: datetime
    sites: int
    lines: dict[str, SiteLine] = field(default_factory=dict)
    lateness: list[float] = field(default_factory=list)
    requests: int = 0
    errors: int = 0

    def add(self, past: Past, ended: Ended) -> None:
        """Take in the end of a run."""
        line = self.lines.setdefault(past.site, SiteLine(past.site, ended.exit_code, ended.outcome))
        line.exit_code, line.outcome, line.unfinished = ended.exit_code, ended.outcome, ended.unfinished
        line.runs += 1
        line.articles = dict(Counter(line.articles) + Counter(ended.articles))
        line.failed = dict(Counter(line.failed) + Counter(ended.failed))
        line.broken_since = _iso(past.failing_since) if past.is_broken(past.finished) else None
        if ended.run is not None:
            line.findings = [finding.text() for finding in ended.run.findings]
            self.requests += ended.run.requests
            self.errors += ended.run.errors

    def exit_code(self, *, cut: bool) -> Exit:
        """Return the exit code of the round; ``cut``: it was told to stop before it was done."""
        codes = [line.exit_code for line in self.lines.values()]
        if not cut and all(code in (Exit.FINE, Exit.UNWELL) for code in codes) and not self._unfinished():
            return Exit.UNWELL if Exit.UNWELL in codes else Exit.FINE
        if not cut and all(code in (Exit.NOTHING, Exit.USAGE) for code in codes):
            return Exit.NOTHING
        if not cut and all(code == Exit.LOCKED for code in codes):
            return Exit.LOCKED
        return Exit.PARTIAL

    def _unfinished(self) -> int:
        return sum(line.unfinished for line in self.lines.values())

    def _sites_by_code(self) -> dict[str, int]:
        codes = Counter(line.exit_code for line in self.lines.values())
        return {code.name.lower(): codes[code] for code in Exit if codes[code]}

    def _totals(self) -> tuple[Counter[str], Counter[str]]:
        articles: Counter[str] = Counter()
        failed: Counter[str] = Counter()
        for line in self.lines.values():
            articles.update(line.articles)
            failed.update(line.failed)
        return articles, failed

    def broken(self) -> list[str]:
        """Return the sites of which nothing could be had for a week."""
        return sorted(line.site for line in self.lines.values() if line.broken_since)

    def text(self, *, cut: bool, now: datetime) -> str:
        """Return the round as lines for a person."""
        articles, failed = self._totals()
        kinds = ("new", "changed", "unchanged", "duplicate")
        lines = [
            f"{self.table}: {_OUTCOMES[self.exit_code(cut=cut)]}",
            f"  sites      {len(self.lines)} of {self.sites} run"
            + "".join(f", {count} {_SITES[Exit[code.upper()]]}" for code, count in self._sites_by_code().items())
            + (f", {self._unfinished()} not finished yet" if self._unfinished() else ""),
            "  articles   " + ", ".join(f"{articles[kind]:,} {kind}" for kind in kinds),
        ]
        lines += [f"  failed     {count:,} {slug.replace('-', ' ')}" for slug, count in failed.most_common(5)]
        lines += [f"  broken     {site}: {self.lines[site].outcome}" for site in self.broken()[:20]]
        found = [(line.site, finding) for line in self.lines.values() for finding in line.findings]
        lines += [f"  finding    {site}: {finding}" for site, finding in found[:20]]
        if len(found) > 20:
            lines.append(f"             and {len(found) - 20} more: scrapy report --terminal")
        seconds = (now - self.started).total_seconds()
        lines.append(f"  effort     {seconds:.1f} s, {self.requests:,} requests")
        return "\n".join(lines)

    def write(self, output: Path, *, cut: bool, now: datetime) -> Path:
        """Write the round's file and return where.

        Raises:
            OSError: it cannot be written.
        """
        articles, failed = self._totals()
        code = self.exit_code(cut=cut)
        late = sorted(self.lateness)
        told = {
            "table": self.table,
            "version": __version__,
            "started_at": self.started.isoformat(timespec="seconds"),
            "finished_at": now.isoformat(timespec="seconds"),
            "seconds": round((now - self.started).total_seconds(), 1),
            "exit_code": int(code),
            "outcome": _OUTCOMES[code],
            "sites": {"known": self.sites, "run": len(self.lines), **self._sites_by_code()},
            "unfinished": self._unfinished(),
            "broken": self.broken(),
            "articles": dict(articles),
            "failed": dict(failed),
            "requests": self.requests,
            "errors": self.errors,
            "late_seconds": {"median": _part(late, 0.5), "p99": _part(late, 0.99)},
            "runs": [asdict(line) for line in self.lines.values()],
        }
        folder = output / FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        path, number = folder / f"{now:%Y-%m-%dT%H%M%S}Z.json", 1
        while path.exists():
            number += 1
            path = path.with_stem(f"{path.stem.partition('-r')[0]}-r{number}")
        replace_whole(path, json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n")
        for old in sorted(folder.glob("[0-9]*Z*.json"))[:-_KEPT]:
            old.unlink(missing_ok=True)
        return path


_OUTCOMES = {
    Exit.FINE: "done",
    Exit.NOTHING: "nothing could be crawled; the sites' lines say why",
    Exit.PARTIAL: "done, but some sites or pages could not be had this time, or it was stopped; the next round goes on",
    Exit.LOCKED: "not crawled: other runs hold the sites",
    Exit.UNWELL: "done, but some sites are not as usual",
}
_SITES = {
    Exit.FINE: "fine",
    Exit.NOTHING: "got nothing",
    Exit.PARTIAL: "partial",
    Exit.USAGE: "declared wrongly",
    Exit.LOCKED: "held by another run",
    Exit.UNWELL: "not as usual",
}


def _part(values: list[float], part: float) -> float:
    return round(values[min(len(values) - 1, int(part * len(values)))], 1) if values else 0.0


def _iso(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="seconds")
