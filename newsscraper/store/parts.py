"""Lines on this machine's disk → parts, and back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import zstandard

from newsscraper.crawlstate.dayfiles import day_files, plain_name, read_lines
from newsscraper.store.manifest import Part
from newsscraper.store.place import StoreFailed

MAX_PLAIN = 16 * 1024 * 1024
"""Plain bytes after which a part ends: so much is held in memory."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Whole lines of one day file that are to become a part.

    Attributes:
        day: name of the day file, not packed.
        data: the lines.
        count: how many.
    """

    day: str
    data: bytes
    count: int

    def packed(self) -> bytes:
        """Return the lines as a part holds them."""
        return zstandard.ZstdCompressor(level=9, write_checksum=True).compress(self.data)

    def as_part(self, name: str, packed: bytes) -> Part:
        """Return the manifest's entry."""
        return Part(name, self.count, len(self.data), hashlib.sha256(self.data).hexdigest(), self.day, len(packed))


def new_lines(folder: Path, delivered: Mapping[str, int]) -> Iterator[Lines]:
    """Yield the whole lines of a site's folder beyond what was delivered, in order.

    Args:
        folder: the site's folder.
        delivered: day file → plain bytes that were delivered. Lines are never added to an older file than the newest.
    """
    newest = max(delivered, default="")
    for path in day_files(folder):
        day = plain_name(path)
        if day < newest:
            continue
        start = delivered.get(day, 0)
        if path.suffix == ".jsonl" and path.stat().st_size <= start:
            continue
        gathered: list[bytes] = []
        size = 0
        for line, _ in read_lines(path, start):
            gathered.append(line)
            size += len(line)
            if size >= MAX_PLAIN:
                yield Lines(day, b"".join(gathered), len(gathered))
                gathered, size = [], 0
        if gathered:
            yield Lines(day, b"".join(gathered), len(gathered))


def unpacked(packed: bytes, size: int, sha256: str, name: str) -> bytes:
    """Return the plain bytes of an object.

    Raises:
        StoreFailed: they are not those that the manifest names.
    """
    try:
        data = zstandard.ZstdDecompressor().decompress(packed, max_output_size=size)
    except zstandard.ZstdError as error:
        raise StoreFailed(f"{name} is damaged: {error}", lasting=True) from error
    if len(data) != size or hashlib.sha256(data).hexdigest() != sha256:
        raise StoreFailed(f"{name} is damaged: it is not what the manifest names", lasting=True)
    return data
