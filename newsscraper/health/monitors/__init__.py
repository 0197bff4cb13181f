"""The monitors: each looks at one run beside the site's past, and says what is not as it was.

A monitor is a function ``(run, learnt, bounds) -> findings``. It is pure: no clock, no file, no network.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from newsscraper.health.finding import Finding
from newsscraper.health.learnt import Learnt
from newsscraper.health.run import Run


@dataclass(frozen=True, slots=True)
class Bounds:
    """From where on something is told. Each is a setting: ``HEALTH_<NAME>``.

    Attributes:
        share: a share must be worse than usual by so much.
        records: records of the past that a share is judged by, at least.
        days: days of the past, at least.
        silence: nothing new for so many times the longest pause.
        flood: so many times the most new articles of a day.
        flood_least: new articles in a day, at least.
        effort: requests, seconds or memory of a run: so many times the most of a run.
        set_aside: pages that the workers gave up.
        off: kinds of findings that are not wanted here.
    """

    share: float = 0.25
    records: int = 12
    days: int = 4
    silence: float = 2.5
    flood: float = 4.0
    flood_least: int = 20
    effort: float = 5.0
    set_aside: int = 3
    off: frozenset[str] = field(default_factory=frozenset)


Monitor = Callable[[Run, Learnt, Bounds], Iterator[Finding]]
