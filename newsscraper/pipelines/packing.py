"""Finished day files made small: ``YYYY-MM-DD.jsonl`` → ``YYYY-MM-DD.jsonl.zst``, the same lines."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from newsscraper.crawlstate.dayfiles import PACKED, day_files, open_lines


def pack_finished(folder: Path, growing: str) -> list[Path]:
    """Pack the day files of a folder before ``growing`` (a file name); return the packed files.

    The plain file goes when the packed one is durable and was read back whole: a kill leaves at worst both, and the
    plain one counts.

    Raises:
        OSError: no room, no permission; the plain file is still there.
    """
    return [_pack(path) for path in day_files(folder) if path.suffix == ".jsonl" and path.name < growing]


def _pack(path: Path) -> Path:
    import zstandard

    packed, new = path.with_name(path.name + PACKED), path.with_name(f".{path.name}{PACKED}")
    try:
        with path.open("rb") as source, new.open("wb") as target:
            zstandard.ZstdCompressor(level=9, write_checksum=True).copy_stream(source, target, size=path.stat().st_size)
            target.flush()
            os.fsync(target.fileno())
        new.replace(packed)
    finally:
        new.unlink(missing_ok=True)
    if _digest(packed) != _digest(path):
        packed.unlink()
        raise OSError(f"{packed} does not read back as {path.name}")
    path.unlink()
    return packed


def _digest(path: Path) -> bytes:
    with open_lines(path) as stream:
        return hashlib.file_digest(stream, "sha256").digest()  # type: ignore[arg-type]
