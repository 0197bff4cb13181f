"""The output of one archive: ``<name>.jsonl.zst`` and, when that is whole, ``<name>.json``, which is the commit."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from newsscraper import __version__
from newsscraper.archives import ArchiveFailed
from newsscraper.durable import replace_whole, sync_folder

LINES, NOTE = ".jsonl.zst", ".json"
_LEVEL = 6


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

    Args:
        folder: made where it is not there.
        name: of the archive.

    Raises:
        ArchiveFailed: it cannot be written.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self.lines = folder / f"{name}{LINES}"
        self.note = folder / f"{name}{NOTE}"
        self._aside = folder / f".{name}{LINES}.new"

    def is_done(self, source: str, size: int, options: dict[str, Any]) -> bool:
        """Whether the archive was read before, as it is now and with these options.

        Raises:
            ArchiveFailed: its output is there and was made with other options, or of another archive.
        """
        try:
            told = json.loads(self.note.read_bytes())
        except (OSError, ValueError):
            return False
        if told.get("archive") != source:
            raise ArchiveFailed(f"{self.note} is of another archive, {told.get('archive')}; choose another folder")
        if told.get("options") != options:
            raise ArchiveFailed(f"{self.note} was made with other options; use the same ones, or another folder")
        return told.get("archive_bytes") == size and bool(told.get("whole")) and self.lines.exists()

    def begin(self) -> IO[bytes]:
        """Open the lines for writing, aside."""
        import zstandard

        try:
            self.note.parent.mkdir(parents=True, exist_ok=True)
            # What is being made anew does not count any more.
            self.note.unlink(missing_ok=True)
            return zstandard.ZstdCompressor(level=_LEVEL).stream_writer(self._aside.open("wb"), closefd=True)
        except OSError as error:
            raise ArchiveFailed(f"cannot write {self._aside}: {error.strerror or error}") from error

    def finish(self, source: str, size: int, options: dict[str, Any], counts: Counts, *, whole: bool) -> None:
        """Put the lines in place, and say what they are.

        Raises:
            ArchiveFailed: that cannot be written.
        """
        try:
            with self._aside.open("rb+") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
                _sync(stream)
            self._aside.replace(self.lines)
            sync_folder(self.lines.parent)
            note = {
                "archive": source,
                "archive_bytes": size,
                "options": options,
                "whole": whole,
                "version": __version__,
                "records": counts.records,
                "articles": counts.articles,
                "passed": dict(counts.passed.most_common()),
                "seconds": round(counts.seconds, 3),
                "problem": counts.problem,
                "file": self.lines.name,
                "bytes": self.lines.stat().st_size,
                "sha256": digest,
            }
            replace_whole(self.note, json.dumps(note, indent=1, ensure_ascii=False).encode() + b"\n")
        except OSError as error:
            raise ArchiveFailed(f"cannot write {self.lines}: {error.strerror or error}") from error

    def give_up(self) -> None:
        """Remove what was begun."""
        with suppress(OSError):
            self._aside.unlink(missing_ok=True)


def _sync(stream: IO[bytes]) -> None:
    import os

    os.fsync(stream.fileno())
