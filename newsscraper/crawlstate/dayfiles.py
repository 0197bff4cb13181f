"""The delivered lines: one file a day, ``YYYY-MM-DD.jsonl``, plain while it grows, ``.jsonl.zst`` where finished."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO

_DAY_FILE = re.compile(r"(\d{4}-\d{2}-\d{2})\.jsonl(\.zst)?")
PACKED = ".zst"
MANIFEST = "manifest.json"
_STEP = 1 << 16


def day_files(folder: Path) -> list[Path]:
    """Return the day files of a site, oldest first; where a day is there plain and packed, the plain one."""
    if not folder.is_dir():
        return []
    found: dict[str, Path] = {}
    for path in sorted(folder.iterdir()):  # plain sorts before packed
        if (match := _DAY_FILE.fullmatch(path.name)) and path.is_file() and not path.is_symlink():
            found.setdefault(match[1], path)
    return [found[day] for day in sorted(found)]


def plain_name(path: Path) -> str:
    """Return the name of a day file without the packing: what offsets are kept under.

    >>> plain_name(Path("2026-11-22.jsonl.zst"))
    '2026-11-22.jsonl'
    """
    return path.name.removesuffix(PACKED)


def open_lines(path: Path) -> IO[bytes]:
    """Open a day file for reading its plain bytes, packed or not."""
    if path.name.endswith(PACKED):
        import zstandard

        return io.BufferedReader(zstandard.ZstdDecompressor().stream_reader(path.open("rb"), closefd=True))
    return path.open("rb")


def read_lines(path: Path, start: int = 0) -> Iterator[tuple[bytes, int]]:
    """Yield each whole line after byte ``start`` of the plain content, with the offset at which it ends.

    A last line without newline is not yielded: it is torn or still being written.
    """
    with open_lines(path) as stream:
        if start:
            _skip(stream, start, packed=path.name.endswith(PACKED))
        end = start
        for line in stream:
            if not line.endswith(b"\n"):
                return
            end += len(line)
            yield line, end


def end_of_lines(path: Path) -> int:
    """Return where the last whole line of a plain day file ends, in bytes; what stands behind it is torn."""
    with path.open("rb") as stream:
        end = stream.seek(0, io.SEEK_END)
        while end > 0:
            start = max(0, end - _STEP)
            stream.seek(start)
            newline = stream.read(end - start).rfind(b"\n")
            if newline >= 0:
                return start + newline + 1
            end = start
    return 0


def _skip(stream: IO[bytes], start: int, *, packed: bool) -> None:
    if not packed:
        stream.seek(start)
        return
    while start > 0 and (piece := stream.read(min(start, 1 << 20))):
        start -= len(piece)
