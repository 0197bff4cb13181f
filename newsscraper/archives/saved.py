"""Saved pages, each in a file of its own → pages."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from newsscraper.archives.found import Found, Passed, Wanted
from newsscraper.archives.payload import MAX_BYTES
from newsscraper.extraction.page import Page

ENDINGS = (".html", ".htm", ".xhtml", ".html.gz", ".htm.gz")


def is_saved_page(path: Path) -> bool:
    """Whether a file is a saved page, by its name."""
    return path.name.lower().endswith(ENDINGS)


def read(folder: Path, wanted: Wanted) -> Iterator[Found | Passed]:
    """Yield the saved pages of a folder and the folders in it, by name; or the one page, where it is a file.

    A saved page counts as fetched at the file's own time. Its address is the one that it names itself, so
    ``Wanted.hosts`` is asked after it was read.
    """
    paths = sorted(path for path in folder.rglob("*") if is_saved_page(path)) if folder.is_dir() else [folder]
    for path in paths:
        try:
            moment = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            if why := Wanted(None, wanted.since, wanted.until).refuses(None, moment):
                yield Passed(why)
                continue
            body = _contents(path)
        except (OSError, EOFError, zlib.error) as error:
            yield Passed(f"a file that cannot be read ({getattr(error, 'strerror', None) or type(error).__name__})")
            continue
        if len(body) > MAX_BYTES:
            yield Passed("too large")
        elif not body.strip():
            yield Passed("empty")
        else:
            name = path.relative_to(folder).as_posix() if folder.is_dir() else path.name
            yield Found(Page(body, fetched_at=moment), record_id=name)


def _contents(path: Path) -> bytes:
    with path.open("rb") as stream:
        if stream.read(2) != b"\x1f\x8b":
            stream.seek(0)
            return stream.read(MAX_BYTES + 1)
    with gzip.open(path) as packed:
        return packed.read(MAX_BYTES + 1)
