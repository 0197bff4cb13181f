"""One fleet a table: a second one is told of the first."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from pathlib import Path

from newsscraper.crawlstate.lock import SiteLock, StateLocked


@contextlib.contextmanager
def lock_table(output: Path, table: str) -> Iterator[None]:
    """Hold a table while the ``with`` block runs; given back by the end of the process, however it ends.

    Raises:
        StateLocked: another fleet runs it; the message says which process.
        OSError: the lock cannot be made.
    """
    digest = hashlib.blake2b(str(Path(table).resolve()).encode(), digest_size=6).hexdigest()
    states = output / ".state"
    states.mkdir(parents=True, exist_ok=True)
    try:
        lock = SiteLock(states / f"fleet-{digest}.lock", table)
    except StateLocked as held:
        raise _Running(table, held) from None
    try:
        yield
    finally:
        lock.release()


class _Running(StateLocked):
    def __init__(self, table: str, held: StateLocked) -> None:
        super().__init__(table, held.pid, held.since)
        since = f" since {held.since}" if held.since else ""
        what = f"kill -HUP {held.pid} has it read the table again" if held.pid else "stop that one first"
        self.args = (f"another fleet runs {table}: process {held.pid or 'unknown'}{since}; {what}",)
