"""What a fleet remembers of a site: its last run, how it went, when it is due."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Self

from newsscraper.fleet.rhythm import Rhythm

BROKEN_AFTER = 7 * 86_400.0
"""Seconds for which nothing could be had of a site before it counts as broken."""


@dataclass(slots=True)
class Past:
    """One site's record. Moments are seconds since the epoch; 0: never.

    Attributes:
        site: registrable host.
        due: when it is to be run next; 0: now.
        started, finished: its last run.
        exit_code: of that run, see `newsscraper.extensions.summary.Exit`; ``None``: it never ran to an end.
        outcome: the exit code in a sentence.
        articles: of that run, by kind.
        failed: requests of that run that gave no page, by reason.
        runs: how many there were.
        unfinished: its turn was over, or it was stopped: it goes on where it was.
        failures: runs in a row that got nothing.
        failing_since: when the first of these began.
        rhythm: how often it publishes; ``None``: not learnt yet.
        learnt: when that was learnt.
    """

    site: str
    due: float = 0.0
    started: float = 0.0
    finished: float = 0.0
    exit_code: int | None = None
    outcome: str = ""
    articles: dict[str, int] = field(default_factory=dict)
    failed: dict[str, int] = field(default_factory=dict)
    runs: int = 0
    unfinished: bool = False
    failures: int = 0
    failing_since: float = 0.0
    rhythm: Rhythm | None = None
    learnt: float = 0.0

    def is_broken(self, now: float) -> bool:
        """Whether nothing could be had of it for a week."""
        return bool(self.failures) and now - self.failing_since >= BROKEN_AFTER

    def to_json(self) -> str:
        """Return the record as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read a record; what another version wrote and this one does not know is left out.

        >>> Past.from_json(Past("a.example", rhythm=Rhythm(0.5)).to_json()).rhythm.rate
        0.5
        """
        told: dict[str, Any] = json.loads(text)
        rhythm = told.pop("rhythm", None)
        known = {each.name for each in fields(cls)}
        past = cls(**{name: value for name, value in told.items() if name in known})
        if rhythm:
            past.rhythm = Rhythm(rhythm["rate"], tuple(rhythm["hours"]), tuple(rhythm["days"]))
        return past
