"""What an actor tells the driver, in pieces that may be told twice and are heard once."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from newsscraper.fleet.past import Past
from newsscraper.fleet.siterun import Ended


@dataclass(frozen=True, slots=True)
class Event:
    """The beginning of a run, or its end with what is remembered of it."""

    number: int
    site: str
    moment: float
    past: Past | None = None
    ended: Ended | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What happened since the last report.

    Attributes:
        incarnation: of the actor; another one than before knows nothing of its sites.
        events: in order.
        waiting: sites that are due and wait for a place.
        next_due: when the next one is due; ``None`` where none will be.
    """

    incarnation: str
    events: list[Event] = field(default_factory=list)
    waiting: int = 0
    next_due: float | None = None


class Told:
    """Events that wait to be heard: a watcher of the fleet, and safe between threads."""

    def __init__(self) -> None:
        self._events: list[Event] = []
        self._number = 0
        self._news = threading.Condition()

    def began(self, site: str, now: float) -> None:
        """Hear that a run has begun."""
        self._tell(site, now)

    def ended(self, past: Past, ended: Ended) -> None:
        """Hear that a run has ended."""
        self._tell(past.site, past.finished, Past.from_json(past.to_json()), ended)

    def _tell(self, site: str, moment: float, past: Past | None = None, ended: Ended | None = None) -> None:
        with self._news:
            self._number += 1
            self._events.append(Event(self._number, site, moment, past, ended))
            self._news.notify_all()

    def after(self, number: int, patience: float) -> list[Event]:
        """Return what happened after an event; wait for something for ``patience`` seconds.

        What is asked for again is told again: the answer to the first question may have got lost.
        """
        with self._news:
            self._events = [event for event in self._events if event.number > number]
            if not self._events:
                self._news.wait(patience)
            return list(self._events)
