"""``scrapy fleet status``: when each site ran last, what came of it, when it is due."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from newsscraper.exits import Exit
from newsscraper.fleet.due import learnt_interval
from newsscraper.fleet.past import Past
from newsscraper.sites.site import Site

_STATES: dict[int, str] = {
    Exit.FINE: "fine",
    Exit.NOTHING: "failing",
    Exit.PARTIAL: "partial",
    Exit.USAGE: "failing",
    Exit.LOCKED: "locked",
}


def state_of(past: Past, *, running: bool, now: float) -> str:
    """Return a site's state in one word: running, new, fine, unwell, partial, unfinished, locked, failing, broken."""
    if running:
        return "running"
    if past.exit_code is None:
        return "new"
    if past.is_broken(now):
        return "broken"
    return "unfinished" if past.unfinished else _STATES.get(past.exit_code, "unwell")


def as_json(sites: Sequence[Site], pasts: Mapping[str, Past], running: Mapping[str, float], now: float) -> str:
    """Return the status for a program: a list, in the order of the table."""
    told: list[dict[str, Any]] = []
    for site in sites:
        past = pasts[site.name]
        told.append(
            {
                "site": site.name,
                "url": site.start_url,
                "state": state_of(past, running=site.name in running, now=now),
                "runs": past.runs,
                "started_at": _iso(past.started),
                "finished_at": _iso(past.finished),
                "exit_code": past.exit_code,
                "outcome": past.outcome or None,
                "articles": past.articles,
                "failed": past.failed,
                "due_at": _iso(max(past.due, 1.0) if past.runs else now),
                "every_seconds": round(site.every or learnt_interval(past, now)),
                "failures": past.failures,
                "failing_since": _iso(past.failing_since),
            }
        )
    return json.dumps(told, ensure_ascii=False, indent=1)


def as_text(sites: Sequence[Site], pasts: Mapping[str, Past], running: Mapping[str, float], now: float) -> str:
    """Return the status for a person: a line a site, those that are due first on top; at the foot how many of each."""
    states = {site.name: state_of(pasts[site.name], running=site.name in running, now=now) for site in sites}
    width = min(40, max((len(site.name) for site in sites), default=4))
    lines = [f"{'site':{width}}  {'state':10}  {'last run':>9}  {'due in':>7}  {'new':>5}  what came of it"]
    for site in sorted(sites, key=lambda site: pasts[site.name].due):
        past = pasts[site.name]
        last = f"{_span(now - past.finished)} ago" if past.finished else "never"
        due = "now" if past.due <= now else _span(past.due - now)
        new = past.articles.get("new", 0) if past.runs else ""
        name = site.name if len(site.name) <= width else site.name[: width - 1] + "…"
        lines.append(f"{name:{width}}  {states[site.name]:10}  {last:>9}  {due:>7}  {new:>5}  {past.outcome}".rstrip())
    counts = ", ".join(f"{count:,} {state}" for state, count in Counter(states.values()).most_common())
    return "\n".join([*lines, f"{len(sites):,} site{'s' * (len(sites) != 1)}: {counts}"])


def _span(seconds: float) -> str:
    """Return a span of time as people say it.

    >>> _span(40), _span(700), _span(9000), _span(200_000)
    ('40 s', '12 min', '2 h', '2 d')
    """
    if seconds < 90:
        return f"{max(0.0, seconds):.0f} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.0f} h" if seconds < 129_600 else f"{seconds / 86_400:.0f} d"


def _iso(moment: float) -> str | None:
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="seconds") if moment else None
