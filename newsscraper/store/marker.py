"""What this machine knows of its own copy of a site's folder: of which commit it is."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from newsscraper.durable import replace_whole
from newsscraper.store.place import Held

_NEWEST_TRIES = 20


@dataclass(slots=True)
class Marker:
    """Kept beside the state file, replaced whole.

    Attributes:
        path: the file.
        store: address of the store that the copy belongs to; empty where it belongs to none.
        commit: commit that the copy holds all lines of.
        tries: commits begun here whose end may not have been heard of.
        restoring: the copy was being replaced from the store and is of no use until that is done.
    """

    path: Path
    store: str = ""
    commit: str = ""
    tries: list[str] = field(default_factory=list)
    restoring: bool = False

    @classmethod
    def read(cls, path: Path) -> Marker:
        """Read a marker; one that is not there or cannot be read belongs to no store."""
        told: Any = None
        with contextlib.suppress(OSError, ValueError):
            told = json.loads(path.read_bytes())
        if not isinstance(told, dict):
            return cls(path)
        return cls(
            path,
            str(told.get("store", "")),
            str(told.get("commit", "")),
            [str(commit) for commit in told.get("tries", ())],
            bool(told.get("restoring")),
        )

    def write(self) -> None:
        """Write it, durable.

        Raises:
            OSError: it cannot be written.
        """
        told = {
            "store": self.store,
            "commit": self.commit,
            "tries": self.tries[-_NEWEST_TRIES:],
            "restoring": self.restoring,
        }
        self.path.parent.mkdir(parents=True, exist_ok=True)
        replace_whole(self.path, json.dumps(told).encode())

    def knows(self, commit: str) -> bool:
        """Whether a commit was made here."""
        return bool(commit) and (commit == self.commit or commit in self.tries)


class ManifestCopy:
    """The manifest as it was last read or written here, so that it need not be fetched while it stays the same.

    Args:
        path: where the copy is kept.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self, store: str) -> Held | None:
        """Return the copy of a store's manifest; ``None`` where there is none that can be read."""
        try:
            told = json.loads(self._path.read_bytes())
            return Held(told["manifest"].encode(), told["version"]) if told["store"] == store else None
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def write(self, store: str, held: Held) -> None:
        """Keep a copy.

        Raises:
            OSError: it cannot be written.
        """
        told = {"store": store, "version": held.version, "manifest": held.data.decode()}
        replace_whole(self._path, json.dumps(told, ensure_ascii=False).encode())
