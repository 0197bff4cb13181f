"""One fleet a table: a second one is told of the first."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import struct
from collections.abc import Iterator
from pathlib import Path

from newsscraper.crawlstate.lock import SiteLock, StateLocked

_FLOCK = "hhqqi4x"
"""Linux's ``struct flock``: type, whence, start, length, process."""


@contextlib.contextmanager
def lock_table(output: Path, table: str) -> Iterator[None]:
    """Hold a table while the ``with`` block runs; given back by the end of the process, however it ends.

    Raises:
        StateLocked: another fleet runs it; the message says which process.
        OSError: the lock cannot be made.
    """
    path = _lock_file(output, table)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        lock = SiteLock(path, table)
    except StateLocked as held:
        raise _Running(table, held) from None
    try:
        yield
    finally:
        lock.release()


def is_running(output: Path, table: str) -> bool:
    """Whether a fleet runs a table now. Asking takes no lock, so that no fleet is kept from starting by it."""
    try:
        with _lock_file(output, table).open("rb") as file:
            asked = struct.pack(_FLOCK, fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0)
            kind = struct.unpack(_FLOCK, fcntl.fcntl(file, fcntl.F_GETLK, asked))[0]
    except OSError:
        return False
    return bool(kind != fcntl.F_UNLCK)


def _lock_file(output: Path, table: str) -> Path:
    digest = hashlib.blake2b(str(Path(table).resolve()).encode(), digest_size=6).hexdigest()
    return output / ".state" / f"fleet-{digest}.lock"


class _Running(StateLocked):
    def __init__(self, table: str, held: StateLocked) -> None:
        super().__init__(table, held.pid, held.since)
        since = f" since {held.since}" if held.since else ""
        what = f"kill -HUP {held.pid} has it read the table again" if held.pid else "stop that one first"
        self.args = (f"another fleet runs {table}: process {held.pid or 'unknown'}{since}; {what}",)
