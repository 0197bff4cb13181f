"""JSONL and CSV: one file that grows. Its mark stands beside it and says how much of it counts."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import msgspec

from newsscraper.article import FIELD_NAMES
from newsscraper.durable import replace_whole
from newsscraper.exports import ExportFailed, marks
from newsscraper.exports.choosing import Choice, batches, has_new, latest_places, lines_at, new_lines
from newsscraper.exports.lines import Line, Mark, Site

_BATCH = 1000

Encode = Callable[[dict[str, Any]], bytes]
"""Gives the bytes of a record."""


class TextFile:
    """A file of lines.

    New lines are appended and made durable; then the mark is replaced. After a kill in between, what the mark does not
    count is cut off and written again.

    Args:
        place: the file. Its mark is ``<file>.mark``.
        choice: which lines.
        encode: gives the bytes of a record.
        head: what the file begins with.

    Raises:
        ExportFailed: the file cannot be used, or was made with other options.
    """

    def __init__(self, place: str, choice: Choice, encode: Encode, head: bytes = b"") -> None:
        self._path = Path(place)
        self._mark_path = self._path.with_name(f"{self._path.name}.mark")
        self._choice = choice
        self._encode = encode
        self._head = head
        self._marks: dict[str, Mark] = {}
        self._size = 0
        self._read_mark()

    def _read_mark(self) -> None:
        if self._path.is_dir():
            raise ExportFailed(f"{self._path} is a folder; name a file")
        try:
            if self._mark_path.exists():
                self._marks, kept = marks.decode(self._mark_path.read_bytes(), self._choice.options(), str(self._path))
                self._size = int(kept["size"])
                there = self._path.stat().st_size if self._path.exists() else 0
                if there < self._size:
                    raise ExportFailed(
                        f"{self._path} is shorter than it was; remove it and {self._mark_path.name} to export afresh"
                    )
            elif self._path.exists() and self._path.stat().st_size:
                raise ExportFailed(f"{self._path} is there and was not made by this export; choose another file")
        except OSError as error:
            raise ExportFailed(f"cannot read {self._path}: {error.strerror or error}") from error

    def add(self, sites: list[Site]) -> int:
        """Write what is new; return how many lines were written.

        Raises:
            ExportFailed: the file cannot be written.
        """
        if not has_new(sites, self._marks):
            return 0
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            return self._anew(sites) if self._choice.latest else self._append(self._path, new_lines(sites, self._marks))
        except OSError as error:
            raise ExportFailed(f"cannot write {self._path}: {error.strerror or error}") from error

    def _anew(self, sites: list[Site]) -> int:
        """Write the whole file again, aside: a new revision takes the place of an older line."""
        aside = self._path.with_name(f".{self._path.name}.new")
        aside.unlink(missing_ok=True)
        self._size, self._marks = 0, {}
        lines = (line for site in sites for line in lines_at(site, latest_places(site)))
        return self._append(aside, lines, becomes=self._path)

    def _append(self, path: Path, lines: Iterable[Line], *, becomes: Path | None = None) -> int:
        count = 0
        with path.open("ab") as stream:
            stream.truncate(self._size)
            if not self._size:
                stream.write(self._head)
            for batch in batches(lines, _BATCH):
                taken = [self._encode(self._choice.record(line)) for line in batch if self._choice.takes(line)]
                stream.write(b"".join(taken))
                count += len(taken)
                self._marks |= {line.site: Mark(line.file, line.end) for line in batch}
                if becomes is None:
                    self._settle(stream)
            self._settle(stream, becomes=becomes)
        return count

    def _settle(self, stream: io.BufferedWriter, *, becomes: Path | None = None) -> None:
        stream.flush()
        os.fsync(stream.fileno())
        self._size = stream.tell()
        if becomes is not None:
            # The old mark must not count bytes of the new file: without a mark the file is known to be unfinished.
            replace_whole(self._mark_path, self._mark(unfinished=True))
            Path(stream.name).replace(becomes)
        replace_whole(self._mark_path, self._mark())

    def _mark(self, *, unfinished: bool = False) -> bytes:
        read = {} if unfinished else self._marks
        return marks.encode(self._choice.options(), read, size=0 if unfinished else self._size)


def jsonl(record: dict[str, Any]) -> bytes:
    """Return a record as a line of JSON."""
    return msgspec.json.encode(record) + b"\n"


def csv_columns(*, stories: bool) -> list[str]:
    """Return the columns of a CSV file: the fields of a record, in its order."""
    return [*FIELD_NAMES, "story_id"] if stories else list(FIELD_NAMES)


def csv_row(columns: list[str]) -> Encode:
    """Return what makes a row of a record. Names are joined with ``"; "``; what has parts of its own is JSON.

    >>> csv_row(["title", "authors", "dates"])({"title": "Rain, again", "authors": ["Ann", "Bo"], "dates": {"a": None}})
    b'"Rain, again",Ann; Bo,"{""a"":null}"\\r\\n'
    """

    def made(record: dict[str, Any]) -> bytes:
        return csv_line([_cell(record.get(name)) for name in columns])

    return made


def csv_line(cells: list[Any]) -> bytes:
    """Return one row of CSV."""
    stream = io.StringIO()
    csv.writer(stream).writerow(cells)
    return stream.getvalue().encode()


def _cell(value: Any) -> Any:
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return "; ".join(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return msgspec.json.encode(value).decode() if isinstance(value, (list, dict)) else value
