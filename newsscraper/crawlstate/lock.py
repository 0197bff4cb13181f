"""One run per site at a time: a lock that dies with its process."""

from __future__ import annotations

import contextlib
import fcntl
import os
from datetime import UTC, datetime
from pathlib import Path

_held: set[Path] = set()


class StateLocked(RuntimeError):
    """Another run holds the site's state.

    Attributes:
        site: the site.
        pid: process that holds it, where known.
        since: when that run took it, as it wrote it, where known.
    """

    def __init__(self, site: str, pid: int | None, since: str | None) -> None:
        self.site, self.pid, self.since = site, pid, since
        who = f"process {pid}" if pid else "another process"
        if pid == os.getpid():
            who += ", this very one,"
        when = f" since {since}" if since else ""
        super().__init__(f"another run is crawling {site}: {who} holds its state{when}; wait for it or stop it")


class SiteLock:
    """An exclusive lock on a file, given back by `release` or by the end of the process, however it ends.

    POSIX record locks (`fcntl.lockf`) are taken because worker processes forked from this one do not inherit them: a
    worker that outlives a killed crawl would keep a `flock`. They do not hold between two parts of one process, and
    closing any descriptor of the file gives them up, so this process keeps its own list and opens the file once.

    Raises:
        StateLocked: somebody else has it.
        OSError: the file cannot be made.
    """

    def __init__(self, path: Path, site: str) -> None:
        self._path = path.resolve()
        if self._path in _held:
            raise StateLocked(site, os.getpid(), None)
        self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
        try:
            fcntl.lockf(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            holder = os.pread(self._descriptor, 200, 0).decode("ascii", "replace").split()
            os.close(self._descriptor)
            pid = int(holder[0]) if holder and holder[0].isdigit() else None
            raise StateLocked(site, pid, holder[1] if len(holder) > 1 else None) from None
        _held.add(self._path)
        note = f"{os.getpid()} {datetime.now(UTC).isoformat(timespec='seconds')}\n".encode()
        with contextlib.suppress(OSError):  # a full disk must not keep the site from being unlocked and reported
            os.ftruncate(self._descriptor, 0)
            os.pwrite(self._descriptor, note, 0)

    def release(self) -> None:
        """Give the lock back; harmless if done twice."""
        if self._path in _held:
            _held.discard(self._path)
            os.close(self._descriptor)
