"""``<site>/manifest.json`` in a store: what was delivered. Its replacement is the commit."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any, Self

from newsscraper.store.place import StoreFailed


def number_of(name: str) -> int:
    """Return the number that an object's file name begins with.

    >>> number_of("12.jsonl.zst")
    12
    """
    return int(name.partition(".")[0])


@dataclass(frozen=True, slots=True)
class Part:
    """New lines of one commit, packed with zstd; it never changes.

    Attributes:
        name: file name beside the manifest, ``<n>.jsonl.zst``.
        lines, bytes, sha256: of the plain lines.
        day: name of the day file, ``YYYY-MM-DD.jsonl``, whose next lines these are.
        packed_bytes: size of the object.
    """

    name: str
    lines: int
    bytes: int
    sha256: str
    day: str
    packed_bytes: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The crawl state as it was after some part, a SQLite file packed with zstd.

    Attributes:
        name: file name beside the manifest.
        bytes, sha256: of the plain file.
        parts: how many parts it knows.
        packed_bytes: size of the object.
        made_at: ISO 8601, UTC.
    """

    name: str
    bytes: int
    sha256: str
    parts: int
    packed_bytes: int
    made_at: str


@dataclass(frozen=True, slots=True)
class StoreManifest:
    """What a site has in the store.

    Attributes:
        site: registrable host.
        commit: id of the commit that wrote this manifest; empty where there is none yet.
        updated_at: ISO 8601, UTC.
        parts: in order of delivery.
        snapshot: the newest.
        next: no object has ever had this number or a higher one. A number that was taken and given up is not taken
            again, lest the object be deleted that somebody writes under it.
    """

    site: str
    commit: str = ""
    updated_at: str = ""
    parts: tuple[Part, ...] = field(default_factory=tuple)
    snapshot: Snapshot | None = None
    next: int = 1

    @property
    def lines(self) -> int:
        """Lines of all parts."""
        return sum(part.lines for part in self.parts)

    def by_day(self) -> dict[str, int]:
        """Return how many plain bytes of each day file were delivered, oldest first."""
        found: dict[str, int] = {}
        for part in self.parts:
            found[part.day] = found.get(part.day, 0) + part.bytes
        return dict(sorted(found.items()))

    def followed_by(self, parts: list[Part], snapshot: Snapshot | None, *, commit: str, next_number: int) -> Self:
        """Return the manifest of the next commit."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        return type(self)(self.site, commit, now, (*self.parts, *parts), snapshot or self.snapshot, next_number)

    def to_json(self) -> bytes:
        """Return the file: one part a line, so that a person can read it."""
        told: dict[str, Any] = {
            "site": self.site,
            "commit": self.commit,
            "updated_at": self.updated_at,
            "lines": self.lines,
            "bytes": sum(part.bytes for part in self.parts),
            "next": self.next,
            "snapshot": asdict(self.snapshot) if self.snapshot else None,
        }
        head = json.dumps(told, ensure_ascii=False, indent=1).removesuffix("\n}")
        parts = ",\n  ".join(json.dumps(asdict(part), ensure_ascii=False) for part in self.parts)
        return f'{head},\n "parts": [\n  {parts}\n ]\n}}\n'.encode()

    @classmethod
    def from_json(cls, data: bytes) -> Self:
        """Read the file.

        Raises:
            StoreFailed: it is no manifest of this layout.

        >>> StoreManifest.from_json(StoreManifest("a.example", "c1").to_json()).commit
        'c1'
        """
        try:
            told = json.loads(data)
            snapshot = told["snapshot"]
            return cls(
                str(told["site"]),
                str(told["commit"]),
                str(told["updated_at"]),
                tuple(Part(**{name: entry[name] for name in Part.__slots__}) for entry in told["parts"]),
                Snapshot(**{name: snapshot[name] for name in Snapshot.__slots__}) if snapshot else None,
                int(told["next"]),
            )
        except (ValueError, KeyError, TypeError) as error:
            raise StoreFailed(f"a manifest cannot be read ({type(error).__name__}: {error})", lasting=True) from error
