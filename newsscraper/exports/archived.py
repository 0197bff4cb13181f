"""What ``scrapy archive`` wrote: each archive is exported as a site is."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from newsscraper.exports import ExportFailed
from newsscraper.exports.lines import Line, Mark, Site, held

if TYPE_CHECKING:
    from newsscraper.store import Place

_NOTE, _LINES = ".json", ".jsonl.zst"


def sites_in_archives(url: str, names: list[str]) -> list[Site]:
    """Return the archives whose records are in a folder or store, sorted by name: those asked for, or all.

    Raises:
        ExportFailed: it cannot be read, or has no such archive.
    """
    from newsscraper.store import StoreFailed, StoreUnusable, open_store

    try:
        place = open_store(url)
        there = sorted(name.removesuffix(_NOTE) for name in place.names("") if name.endswith(_NOTE) and "/" not in name)
    except (StoreUnusable, StoreFailed) as error:
        raise ExportFailed(str(error)) from error
    missing = [name for name in names if name not in there]
    if missing or not there:
        what = f"no archive {missing[0]!r}" if missing else "no record of an archive"
        raise ExportFailed(f"there is {what} in {url}; scrapy archive … --to {url} makes them")
    return [_site(place, name) for name in there if not names or name in names]


def _site(place: Place, name: str) -> Site:
    import zstandard

    def read(mark: Mark) -> Iterator[Line]:
        version = str(json.loads(held(place, f"{name}{_NOTE}"))["sha256"])
        if mark.file not in ("", version):
            raise ExportFailed(f"the archive {name} was read again after its export; export to another place")
        end = 0
        packed = held(place, f"{name}{_LINES}")
        for data in io.BufferedReader(zstandard.ZstdDecompressor().stream_reader(packed)):
            end += len(data)
            if end > mark.end:
                yield Line(name, version, end, data, "")

    return Site(name, read)
