"""The delivered lines of a site, from where an export stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from newsscraper.crawlstate.dayfiles import day_files, plain_name, read_lines
from newsscraper.exports import ExportFailed

if TYPE_CHECKING:
    from newsscraper.store import Place


@dataclass(frozen=True)
class Line:
    """One delivered line.

    Attributes:
        site: name of the site's folder.
        file: day file or part that holds the line, named without its packing.
        end: bytes of the plain file up to the end of the line.
        data: the line, newline included.
        day: day of delivery, ``YYYY-MM-DD``.
    """

    site: str
    file: str
    end: int
    data: bytes
    day: str

    @cached_property
    def record(self) -> dict[str, Any]:
        """The line as plain dicts and lists.

        Raises:
            ExportFailed: the line is no JSON object.
        """
        try:
            return msgspec.json.decode(self.data, type=dict[str, Any])
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise ExportFailed(f"a line is not a record: {self.site}/{self.file}, up to byte {self.end}") from error


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """How far a site was read: a file, and bytes of its plain content. A later one is the greater."""

    file: str = ""
    end: int = 0


class Site:
    """A site whose lines are exported.

    Args:
        name: name of its folder; what marks are kept under.
        read: gives the lines after a mark, in the order in which they were delivered.
    """

    def __init__(self, name: str, read: Callable[[Mark], Iterator[Line]]) -> None:
        self.name = name
        self.read = read


def sites_in(output: Path, names: list[str]) -> list[Site]:
    """Return the sites under an output folder, sorted by name: those asked for, or all that have delivered a line.

    Raises:
        ExportFailed: a name is no site's folder; the message lists those that are there.
    """
    there = sorted(path.name for path in output.iterdir() if _is_site(path)) if output.is_dir() else []
    missing = [name for name in names if name not in there]
    if missing or not there:
        known = f"; there are: {', '.join(there[:10])}" if there else ""
        what = f"there is no site {missing[0]!r}" if missing else "no site has delivered a line"
        raise ExportFailed(f"{what} in {output}{known}")
    return [_site_of_folder(output / name) for name in there if not names or name in names]


def _is_site(path: Path) -> bool:
    return path.is_dir() and not path.name.startswith(".") and bool(day_files(path))


def _site_of_folder(folder: Path) -> Site:
    def read(mark: Mark) -> Iterator[Line]:
        for path in day_files(folder):
            name = plain_name(path)
            if name < mark.file:
                continue
            start = mark.end if name == mark.file else 0
            for data, end in read_lines(path, start):
                yield Line(folder.name, name, end, data, name[:10])

    return Site(folder.name, read)


def sites_in_store(url: str, names: list[str]) -> list[Site]:
    """Return the sites in a store, sorted by name: those asked for, or all.

    Raises:
        ExportFailed: it is no store, cannot be read, or has no such site.
    """
    from newsscraper.store import StoreFailed, StoreUnusable, open_store

    try:
        place = open_store(url)
        there = place.folders()
    except (StoreUnusable, StoreFailed) as error:
        raise ExportFailed(str(error)) from error
    if missing := [name for name in names if name not in there]:
        raise ExportFailed(f"there is no site {missing[0]!r} in {url}; there are: {', '.join(there[:10]) or 'none'}")
    if not there:
        raise ExportFailed(f"there is no site in {url}")
    return [_site_of_store(place, name) for name in there if not names or name in names]


def _site_of_store(place: Place, site: str) -> Site:
    from newsscraper.store.manifest import StoreManifest, number_of
    from newsscraper.store.parts import unpacked

    def read(mark: Mark) -> Iterator[Line]:
        for part in StoreManifest.from_json(held(place, f"{site}/manifest.json")).parts:
            name = f"{number_of(part.name):012}"  # in the order of delivery, as text
            if name < mark.file:
                continue
            start = mark.end if name == mark.file else 0
            end = 0
            packed = held(place, f"{site}/{part.name}")
            for data in unpacked(packed, part.bytes, part.sha256, part.name).splitlines(keepends=True):
                end += len(data)
                if end > start:
                    yield Line(site, name, end, data, part.day[:10])

    return Site(site, read)


def held(place: Place, name: str) -> bytes:
    """Return an object of a store.

    Raises:
        ExportFailed: it cannot be read, or is not there.
    """
    from newsscraper.store import StoreFailed

    try:
        found = place.get(name)
    except StoreFailed as error:
        raise ExportFailed(f"{name}: {error}") from error
    if found is None:
        raise ExportFailed(f"{name} is not in {place.url}")
    return found.data


def since_day(record: dict[str, Any], since: datetime) -> bool:
    """Whether an article was published at or after a moment; one without a date counts by when it was first seen.

    A date that is known to the day, month or year only is in time where any of it is.

    >>> since_day({"date_published": "2026-11", "first_seen_at": None}, datetime(2026, 11, 20, tzinfo=UTC))
    True
    """
    told = record.get("date_published") or record.get("first_seen_at")
    if not told:
        return True
    if len(told) <= 10:
        return bool(told >= since.astimezone(UTC).date().isoformat()[: len(told)])
    moment = datetime.fromisoformat(told)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) >= since
