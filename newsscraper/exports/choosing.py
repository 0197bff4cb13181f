"""Which lines an export takes: since when, and whether of each article the latest revision only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from newsscraper.exports.lines import Line, Mark, Site, since_day


@dataclass(frozen=True, slots=True)
class Choice:
    """What was asked for.

    Attributes:
        since: articles published at or after this moment; ``None``: all.
        latest: of each article the latest revision only.
        story_of: gives the story of an article by its id; ``None`` where stories were not asked for.
    """

    since: datetime | None = None
    latest: bool = False
    story_of: Callable[[str], str] | None = None

    def options(self) -> dict[str, Any]:
        """Return what a destination keeps beside its mark: one destination holds lines of one choice."""
        return {
            "since": self.since.isoformat() if self.since else None,
            "latest": self.latest,
            "stories": self.story_of is not None,
        }

    def takes(self, line: Line) -> bool:
        """Whether a line is in time."""
        return self.since is None or since_day(line.record, self.since)

    def record(self, line: Line) -> dict[str, Any]:
        """Return the line's record, with its story where that was asked for."""
        if self.story_of is None:
            return line.record
        return {**line.record, "story_id": self.story_of(str(line.record["id"]))}


def new_lines(sites: list[Site], marks: Mapping[str, Mark]) -> Iterator[Line]:
    """Yield all lines after the marks, site by site."""
    for site in sites:
        yield from site.read(marks.get(site.name, Mark()))


def has_new(sites: list[Site], marks: Mapping[str, Mark]) -> bool:
    """Whether there is any line after the marks."""
    return next(new_lines(sites, marks), None) is not None


def batches(lines: Iterable[Line], size: int) -> Iterator[list[Line]]:
    """Yield lines in lists of ``size``, the last one shorter."""
    lines = iter(lines)
    while batch := list(islice(lines, size)):
        yield batch


Place = tuple[str, int]
"""A line's file, and its end in it."""


def latest_places(site: Site) -> dict[str, Place]:
    """Return where the latest revision of each article stands, by the article's id: about 150 bytes an article."""
    return {line.record["id"]: (line.file, line.end) for line in site.read(Mark())}


def lines_at(site: Site, places: Mapping[str, Place]) -> Iterator[Line]:
    """Yield the lines at these places, in the order in which they were delivered."""
    for line in site.read(Mark()):
        if places.get(line.record["id"]) == (line.file, line.end):
            yield line
