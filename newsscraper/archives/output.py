"""The output of one archive: ``<name>.jsonl.zst`` and, when that is whole, ``<name>.json``, which is the commit."""

from __future__ import annotations

import hashlib
import io
import json
import mmap
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, Any

from newsscraper import __version__
from newsscraper.archives import ArchiveFailed
from newsscraper.store import Place, StoreFailed
from newsscraper.store.place import Changed

LINES, NOTE = ".jsonl.zst", ".json"
_LEVEL = 3


@dataclass(slots=True)
class Counts:
    """What became of an archive.

    Attributes:
        records: what was looked at: pages and what was passed over.
        articles: lines written.
        passed: records that gave none, by reason.
        seconds: processor seconds of the workers.
        problem: why the archive was not read to its end, in words.
    """

    records: int = 0
    articles: int = 0
    passed: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    problem: str | None = None


class Output:
    """Where the records of one archive go.

    Lines are gathered in a temporary file without a name, which ends with the process, and put in place whole.

    Args:
        place: folder or store.
        name: of the archive.
        source: the archive.
        size: its bytes.
        options: with which it is read.

    Raises:
        ArchiveFailed: the output cannot be read or written. So do all methods.
    """

    def __init__(self, place: Place, name: str, source: str, size: int, options: dict[str, Any]) -> None:
        self._place = place
        self._lines, self._note = f"{name}{LINES}", f"{name}{NOTE}"
        self._about: dict[str, Any] = {"archive": source, "archive_bytes": size, "options": options}
        self._before: str | None = None
        self._gathered: IO[bytes]

    def is_done(self) -> bool:
        """Whether the archive was read before, as it is now and with these options.

        Raises:
            ArchiveFailed: its output is there and was made with other options, or of another archive.
        """
        with self._writing():
            held = self._place.get(self._note)
            try:
                told = json.loads(held.data) if held else {}
            except ValueError:
                told = {}
            if not told:
                return False
            if told.get("archive") != self._about["archive"]:
                said = f"{self._note} is of another archive, {told.get('archive')}; choose another folder"
                raise ArchiveFailed(said)
            if told.get("options") != self._about["options"]:
                raise ArchiveFailed(f"{self._note} was made with other options; use the same ones, or another folder")
            as_it_is = told.get("archive_bytes") == self._about["archive_bytes"] and told.get("whole")
            return bool(as_it_is) and self._place.size(self._lines) == told.get("bytes")
        raise AssertionError

    @contextmanager
    def lines(self) -> Iterator[Any]:
        """Give what lines are written to. After the block `finish` puts them in place."""
        import zstandard

        with self._writing(), tempfile.TemporaryFile(prefix="newsscraper-") as self._gathered:
            # What is being made anew does not count any more.
            self._place.delete([self._note])
            held = self._place.get(self._lines)
            self._before = held.version if held else None
            yield zstandard.ZstdCompressor(level=_LEVEL).stream_writer(self._gathered, closefd=False)

    def finish(self, stream: Any, counts: Counts, *, whole: bool) -> None:
        """Put the lines in place, and say what they are."""
        stream.close()
        self._gathered.flush()
        with self._writing(), mmap.mmap(self._gathered.fileno(), 0, access=mmap.ACCESS_READ) as data:
            if self._before is None:
                version = self._place.create(self._lines, data)
            else:
                version = self._place.replace(self._lines, data, self._before)
            note = {
                **self._about,
                "whole": whole,
                "version": __version__,
                "records": counts.records,
                "articles": counts.articles,
                "passed": dict(counts.passed.most_common()),
                "seconds": round(counts.seconds, 3),
                "problem": counts.problem,
                "file": self._lines,
                "bytes": len(data),
                "sha256": hashlib.sha256(data).hexdigest(),
            }
            self._commit(json.dumps(note, indent=1, ensure_ascii=False).encode() + b"\n", version)

    def _commit(self, note: bytes, version: str) -> None:
        try:
            self._place.create(self._note, note)
        except Changed:
            # Another run read this archive at the same time. The note is to be of the lines that are there.
            lines, other = self._place.get(self._lines), self._place.get(self._note)
            if lines is None or other is None or lines.version != version:
                raise
            self._place.replace(self._note, note, other.version)

    def records(self) -> Iterator[dict[str, Any]]:
        """Yield the records that are in place; none where there are none."""
        import zstandard

        with self._writing():
            if (held := self._place.get(self._lines)) is not None:
                with zstandard.ZstdDecompressor().stream_reader(held.data) as stream:
                    yield from map(json.loads, io.TextIOWrapper(stream, "utf-8"))

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except Changed as error:
            raise ArchiveFailed(f"another run has written {self._lines} at the same time; run it again") from error
        except (StoreFailed, OSError) as error:
            raise ArchiveFailed(f"cannot write {self._lines} to {self._place.url}: {error}") from error
