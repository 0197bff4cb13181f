"""What a run costs: requests, time, memory, pages that were given up."""

from __future__ import annotations

from collections.abc import Iterator

from newsscraper.health.finding import Finding
from newsscraper.health.learnt import Learnt
from newsscraper.health.monitors import Bounds
from newsscraper.health.run import Run

_RUNS = 5
_LEAST = {"most_requests": 100, "most_seconds": 120.0, "most_memory": 300}
"""Below these an effort is small, whatever it was before."""


def watch(run: Run, learnt: Learnt, bounds: Bounds) -> Iterator[Finding]:
    """Yield efforts that are many times the greatest before."""
    past, counts = learnt.past(), run.counts
    if not run.first and sum(day.runs for day in past) >= _RUNS:
        # A run that brings twice the articles may cost twice as much.
        more = max(1.0, counts.records / max(1, *(day.most_records for day in past)))
        for kind, name, words in (
            ("requests", "most_requests", "requests"),
            ("slow", "most_seconds", "seconds"),
            ("memory", "most_memory", "MB of memory"),
        ):
            now, most = getattr(counts, name), max(getattr(day, name) for day in past)
            if most and now >= _LEAST[name] and now > bounds.effort * most * more:
                yield Finding(kind, f"the run took {now:.0f} {words}; the most before was {most:.0f}")
    if counts.set_aside > max(bounds.set_aside, max((day.set_aside for day in past), default=0)):
        yield Finding("set-aside", f"{counts.set_aside} pages could not be read safely", ["the folder quarantine/"])
