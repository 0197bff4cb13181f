"""The file that grows: whole lines, durable before anybody is told, a new file each day."""

from __future__ import annotations

import errno
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from newsscraper.crawlstate.dayfiles import day_files, end_of_lines, plain_name
from newsscraper.durable import GrowingFile

_ADVICE = {
    errno.ENOSPC: "the disk is full; make room and run again",
    errno.EDQUOT: "the disk quota is used up; make room and run again",
    errno.EFBIG: "the file may not grow any more; raise the limit and run again",
    errno.EACCES: "no permission; set OUTPUT_DIR to a folder that can be written",
    errno.EPERM: "no permission; set OUTPUT_DIR to a folder that can be written",
    errno.EROFS: "the disk is read-only; set OUTPUT_DIR to a folder that can be written",
    errno.ELOOP: "it is a symbolic link; remove that link",
    errno.ENOTDIR: "a file is in the way; set OUTPUT_DIR to a folder",
    errno.EEXIST: "a file is in the way; set OUTPUT_DIR to a folder",
}
"""What to do, by the system's error number."""


class OutputFailed(OSError):
    """Lines cannot be written; the message says why and what to do.

    Attributes:
        reason: ``"disk-full"`` or ``"output-failed"``: what the crawl closes with.
    """

    def __init__(self, path: Path, error: OSError | str) -> None:
        self.reason = "output-failed"
        what = str(error)
        if isinstance(error, OSError):
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                self.reason = "disk-full"
            what = _ADVICE.get(error.errno or 0, error.strerror or str(error))
        super().__init__(f"cannot write {path}: {what}")


class Written(NamedTuple):
    """Where lines ended: file name, bytes and lines of the file up to there."""

    name: str
    end: int
    lines: int


class DayFile:
    """Appends lines to ``folder/YYYY-MM-DD.jsonl``, by the day of writing in UTC, never to an older file than the last.

    Each batch is one ``write`` in append mode and one ``fdatasync``; a batch that fails is taken back whole.

    Args:
        folder: the site's folder, made where it is not there.
        root: folder that ``folder`` must lie in, symbolic links followed.

    Raises:
        OutputFailed: the folder cannot be made or lies elsewhere.
    """

    def __init__(self, folder: Path, root: Path) -> None:
        self.folder = folder
        self.name = ""
        self.notes: list[str] = []
        """What was put right or is odd, as sentences for the log."""
        self._behind = False
        self._file: GrowingFile | None = None
        self._lines = 0
        try:
            folder.mkdir(parents=True, exist_ok=True)
            inside = folder.resolve().is_relative_to(root.resolve())
        except OSError as error:
            raise OutputFailed(folder, error) from error
        if not inside:
            raise OutputFailed(folder, f"it leads outside {root}; remove that link")
        files = day_files(folder)
        self._last = ""
        for path in files[-1:]:
            if path.suffix == ".jsonl":
                self._open(path.name)
            else:  # that day is closed, whatever the clock says
                day = datetime.fromisoformat(plain_name(path).removesuffix(".jsonl"))
                self._last = f"{day + timedelta(days=1):%Y-%m-%d}.jsonl"

    def name_at(self, now: datetime) -> str:
        """Return the name of the file that lines written now go to."""
        today = f"{now.astimezone(UTC):%Y-%m-%d}.jsonl"
        name = max(today, self._last)
        if today < name and not self._behind:
            self._behind = True
            self.notes.append(f"the clock says that it is {today[:10]}, but {name} has been begun: lines go on there")
        return name

    def append(self, lines: list[bytes], now: datetime) -> Written:
        """Write whole lines, each with its newline, and return when they are durable.

        Raises:
            OutputFailed: nothing of this batch is in the file.
        """
        name = self.name_at(now)
        try:
            file = self._file if self._file is not None and name == self.name else self._open(name)
            file.write(b"".join(lines))
        except OutputFailed:
            raise
        except OSError as error:
            raise OutputFailed(self.folder / name, error) from error
        self._lines += len(lines)
        return Written(self.name, file.end, self._lines)

    def close(self) -> None:
        """Close the file; harmless if done twice."""
        if self._file is not None:
            self._file.close()
            self._file = None
        self.name = ""

    def known(self, lines: int) -> None:
        """Set how many lines the open file has: the state knows, which spares reading it."""
        self._lines = lines

    def _open(self, name: str) -> GrowingFile:
        self.close()
        path = self.folder / name
        try:
            self._file = file = GrowingFile(path)
            self._repair(file)
        except OSError as error:
            raise OutputFailed(path, error) from error
        self.name = self._last = name
        self._lines = 0
        return file

    def _repair(self, file: GrowingFile) -> None:
        """Move a torn last line into a file of its own."""
        path, size, whole = file.path, file.end, end_of_lines(file.path)
        if whole == size:
            return
        torn = path.with_name(f"{path.stem}.{whole}.torn")
        file.cut(whole, aside=torn)
        self.notes.append(f"{path} ended in a torn line: its {size - whole} bytes were moved to {torn.name}")
