"""The paths that a person gives → archives, each with a name for its output."""

from __future__ import annotations

import glob
import gzip
import hashlib
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal

from newsscraper.archives import ArchiveFailed, saved, warc
from newsscraper.archives.found import Found, Passed, Wanted
from newsscraper.archives.streams import RemoteFile

COMMON_CRAWL = "https://data.commoncrawl.org/"
"""Where the paths of Common Crawl's ``warc.paths`` lists lie: https://commoncrawl.org/get-started"""

_WARC = re.compile(r"\.warc(\.gz|\.zst)?$", re.IGNORECASE)
_LIST = re.compile(r"\.paths(\.gz)?$", re.IGNORECASE)
_ADDRESS = re.compile(r"[a-z][a-z0-9]*://", re.IGNORECASE)

Kind = Literal["warc", "pages"]


@dataclass(frozen=True, slots=True)
class Archive:
    """One archive: what is read whole or not at all.

    Attributes:
        place: an absolute path, or an address.
        kind: a WARC file, or saved pages.
        name: what its output is called.
    """

    place: str
    kind: Kind
    name: str

    def size(self) -> int:
        """Return its bytes, so that an archive that has changed is read again.

        Raises:
            ArchiveFailed: there is no such archive.
        """
        if _ADDRESS.match(self.place):
            return RemoteFile(self.place).size
        path = Path(self.place)
        try:
            if path.is_dir():
                return sum(each.stat().st_size for each in path.rglob("*") if saved.is_saved_page(each))
            return path.stat().st_size
        except OSError as error:
            raise ArchiveFailed(f"{self.place}: {error.strerror or error}") from error

    def read(self, wanted: Wanted) -> Iterator[Found | Passed]:
        """Yield its pages.

        Raises:
            ArchiveFailed: it cannot be read.
        """
        if self.kind == "pages":
            yield from saved.read(Path(self.place), wanted)
            return
        with self._open() as stream:
            yield from warc.read(stream, wanted)

    def _open(self) -> IO[bytes]:
        if _ADDRESS.match(self.place):
            return io.BufferedReader(RemoteFile(self.place), 1 << 20)
        try:
            return Path(self.place).open("rb")
        except OSError as error:
            raise ArchiveFailed(f"{self.place}: {error.strerror or error}") from error


def archives_at(paths: Iterable[str]) -> list[Archive]:
    """Return the archives that paths lead to, each once, in order.

    A path is a WARC file, a saved page, a folder of either, a glob, a ``warc.paths`` list, or an address.

    Raises:
        ArchiveFailed: a path leads nowhere, or to something else.
    """
    places: dict[str, Kind] = {}
    for path in paths:
        for place, kind in _places(path):
            places.setdefault(place, kind)
    names: dict[str, str] = {}
    found = []
    for place, kind in places.items():
        name = _WARC.sub("", place.rstrip("/").rpartition("/")[2]) or "pages"
        if names.setdefault(name.lower(), place) != place:
            name = f"{name}-{hashlib.blake2b(place.encode(), digest_size=4).hexdigest()}"
        found.append(Archive(place, kind, name))
    return found


def _places(path: str) -> Iterator[tuple[str, Kind]]:
    if _ADDRESS.match(path):
        if _LIST.search(path):
            yield from _listed(RemoteFile(path).readall() or b"", None)
        elif _WARC.search(path):
            yield path, "warc"
        else:
            raise ArchiveFailed(f"{path} ends in none of .warc, .warc.gz, .warc.zst, .paths, .paths.gz")
        return
    there = [path] if Path(path).exists() else sorted(glob.glob(path, recursive=True))  # noqa: PTH207 - patterns may be absolute
    if not there:
        raise ArchiveFailed(f"there is nothing at {path}")
    for each in there:
        yield from _at(Path(each).absolute())


def _at(path: Path) -> Iterator[tuple[str, Kind]]:
    if path.is_dir():
        warcs = sorted(each for each in path.rglob("*") if _WARC.search(each.name) and each.is_file())
        yield from ((str(each), "warc") for each in warcs)
        pages = any(saved.is_saved_page(each) for each in path.rglob("*"))
        if pages:
            yield str(path), "pages"
        if not warcs and not pages:
            raise ArchiveFailed(f"{path} holds no WARC file and no saved page")
    elif _LIST.search(path.name):
        yield from _listed(path.read_bytes(), path.parent)
    elif _WARC.search(path.name):
        yield str(path), "warc"
    elif saved.is_saved_page(path):
        yield str(path), "pages"
    else:
        raise ArchiveFailed(
            f"{path} is not a WARC file (.warc, .warc.gz, .warc.zst), saved page (.html) or list (.paths)"
        )


def _listed(data: bytes, folder: Path | None) -> Iterator[tuple[str, Kind]]:
    """Yield what a list names: files beside it, else files of Common Crawl."""
    if data.startswith(b"\x1f\x8b"):
        data = gzip.decompress(data)
    for line in data.decode("utf-8", "replace").splitlines():
        if not (name := line.strip()):
            continue
        if _ADDRESS.match(name):
            yield name, "warc"
        elif folder is not None and (folder / name).exists():
            yield str(folder / name), "warc"
        else:
            yield COMMON_CRAWL + name.lstrip("/"), "warc"
