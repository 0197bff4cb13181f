"""Parquet: one file a site and month of delivery, with a schema that never changes from file to file.

A file holds what was delivered in its period, and says in its own metadata how far that is. It is written aside and put
in place whole. So files and marks cannot disagree, and a file whose period is over is never touched again.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from newsscraper.exports import ExportFailed, marks
from newsscraper.exports.choosing import Choice, batches, has_new, latest_places, lines_at, new_lines
from newsscraper.exports.columns import arrow, row, schema
from newsscraper.exports.lines import Line, Mark, Site
from newsscraper.exports.parquetfiles import ParquetFiles

PERIODS = {"month": 7, "day": 10, "year": 4, "none": 0}
"""What ``--partition`` takes, and how much of the day of delivery names a file."""

_METADATA = b"newsscraper"
_ROWS = 2000
"""Rows of a row group: what is held in memory while a file is written."""


class Parquet:
    """A folder of Parquet files, ``<site>/<period>.parquet``, local or in an object store.

    Args:
        place: a folder, or an address that pyarrow's file systems know (``s3://…``, ``gs://…``).
        choice: which lines.
        partition: one of `PERIODS`.

    Raises:
        ExportFailed: the place cannot be used, or was made with other options.
    """

    def __init__(self, place: str, choice: Choice, partition: str = "month") -> None:
        self._choice = choice
        self._length = PERIODS[partition]
        self._options = {**choice.options(), "partition": partition}
        self._schema = schema(stories=choice.story_of is not None)
        self._files = ParquetFiles(place)

    def add(self, sites: list[Site]) -> int:
        """Write what is new of each site; return how many rows were written."""
        return sum(self._add(site) for site in sites)

    def _add(self, site: Site) -> int:
        there = {name: self._mark(site.name, name) for name in self._files.names(site.name)}
        if self._choice.latest:
            return self._anew(site, there)
        mark = max(there.values(), default=Mark())
        added = 0
        for period, lines in groupby(new_lines([site], {site.name: mark}), key=self._period):
            name = f"{period}.parquet"
            added += self._write(site.name, name, lines, keep=name in there)
        return added

    def _anew(self, site: Site, there: dict[str, Mark]) -> int:
        """Write all files of a site again: a new revision takes the place of one in an older file.

        The newest file is written last, and its mark is the one that counts. So an export that was killed on the way
        is begun again by the next one.
        """
        mark = max(there.values(), default=Mark())
        if not has_new([site], {site.name: mark}):
            return 0
        places = latest_places(site)
        for name in there.keys() - {f"{self._period(line)}.parquet" for line in lines_at(site, places)}:
            self._files.remove(site.name, name)
        return sum(
            self._write(site.name, f"{period}.parquet", lines, keep=False)
            for period, lines in groupby(lines_at(site, places), key=self._period)
        )

    def _period(self, line: Line) -> str:
        return line.day[: self._length] or "all"

    def _mark(self, site: str, name: str) -> Mark:
        metadata = self._files.metadata(site, name)
        told = (metadata or {}).get(_METADATA)
        if told is None:
            raise ExportFailed(f"{self._files.shown(site, name)} was not made by this export; choose another folder")
        found, _ = marks.decode(told, self._options, self._files.shown(site, name))
        return found.get(site, Mark())

    def _write(self, site: str, name: str, lines: Iterable[Line], *, keep: bool) -> int:
        """Write a file: with ``keep`` what it holds already, then the lines."""
        pa = arrow()
        count, last = 0, Mark()
        with self._files.replacing(site, name, self._schema) as writer:
            if keep:
                for batch in self._files.batches(site, name):
                    writer.write_batch(batch)
            for chunk in batches(lines, _ROWS):
                last = Mark(chunk[-1].file, chunk[-1].end)
                rows = [row(self._choice.record(line)) for line in chunk if self._choice.takes(line)]
                count += len(rows)
                if rows:
                    writer.write_batch(pa.RecordBatch.from_pylist(rows, schema=self._schema))
            writer.add_key_value_metadata({_METADATA: marks.encode(self._options, {site: last})})
        return count
