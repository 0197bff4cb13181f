"""A folder as a store: on this machine's disk, or shared over NFS."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import os
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from newsscraper.durable import sync_folder, write_new
from newsscraper.store.place import Changed, Data, Held, StoreFailed, Unchanged

_LOCK = ".lock"
_NEW = ".new-"
_PATIENCE = 10.0
"""Seconds to wait for somebody else's write: it takes milliseconds, unless that process is stopped."""
_ABANDONED = 3600.0
"""Seconds after which a file that is still being written belongs to nobody."""


class FolderPlace:
    """Implements `newsscraper.store.place.Place` with files.

    A file system has no conditional write. Here a write looks and renames while it holds a lock on the folder
    (``flock``, which Linux passes on to an NFS server): it holds between threads, processes and machines, and dies with
    its holder. Each write is on disk before the call returns.

    >>> import tempfile
    >>> place = FolderPlace(Path(tempfile.mkdtemp()))
    >>> first = place.create("a.example/manifest.json", b"1")
    >>> second = place.replace("a.example/manifest.json", b"2", first)
    >>> place.get("a.example/manifest.json").data
    b'2'
    """

    def __init__(self, root: Path) -> None:
        self._root = root.absolute()
        self.url = self._root.as_uri()

    def get(self, name: str, known: str | None = None) -> Held | None:
        """Return an object; ``None`` where there is none."""
        try:
            data = (self._root / name).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _failed(error) from error
        version = _version(data)
        if version == known:
            raise Unchanged(name)
        return Held(data, version)

    def size(self, name: str) -> int | None:
        """Return how many bytes an object has; ``None`` where there is none."""
        try:
            return (self._root / name).stat().st_size
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _failed(error) from error

    def create(self, name: str, data: Data) -> str:
        """Write an object that is not there yet."""
        return self._write(name, data, lambda path: not path.exists())

    def replace(self, name: str, data: Data, version: str) -> str:
        """Write an object in the place of another."""
        return self._write(name, data, lambda path: path.exists() and _version(path.read_bytes()) == version)

    def delete(self, names: Iterable[str]) -> None:
        """Delete objects."""
        try:
            for name in names:
                (self._root / name).unlink(missing_ok=True)
        except OSError as error:
            raise _failed(error) from error

    def names(self, folder: str) -> list[str]:
        """Return the names of all objects in a folder; what a killed writer left half done goes."""
        found = []
        try:
            for path in (self._root / folder).glob("*"):
                if path.name.startswith(_NEW):
                    with contextlib.suppress(FileNotFoundError):
                        if time.time() - path.stat().st_mtime > _ABANDONED:
                            path.unlink()
                elif not path.name.startswith("."):
                    found.append(path.relative_to(self._root).as_posix())
        except OSError as error:
            raise _failed(error) from error
        return found

    def folders(self) -> list[str]:
        """Return the names of the folders at the top, sorted: one a site."""
        try:
            return sorted(path.name for path in self._root.iterdir() if path.is_dir() and path.name[0] != ".")
        except FileNotFoundError:
            return []
        except OSError as error:
            raise _failed(error) from error

    def _write(self, name: str, data: Data, allowed: Callable[[Path], bool]) -> str:
        path = self._root / name
        new = path.with_name(f"{_NEW}{uuid.uuid4().hex}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                write_new(new, data)
                with _locked(path.parent):
                    if not allowed(path):
                        raise Changed(name)
                    new.replace(path)
                    sync_folder(path.parent)
            finally:
                new.unlink(missing_ok=True)
        except OSError as error:
            raise _failed(error) from error
        return _version(data)


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    # Opened for writing: an NFS server gives no exclusive lock on a file that is open for reading.
    descriptor = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
    try:
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    raise StoreFailed(f"{folder / _LOCK} has been locked by somebody else for long") from None
                time.sleep(0.005)
        yield
    finally:
        os.close(descriptor)


def _version(data: Data) -> str:
    return hashlib.sha256(data).hexdigest()


def _failed(error: OSError) -> StoreFailed:
    why = error.strerror or str(error)
    if error.errno in (errno.ENOLCK, errno.ENOTSUP):
        why = "its file system gives no locks, without which nothing can be written on a condition"
    lasting = error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.ENOLCK, errno.ENOTSUP)
    return StoreFailed(f"{error.filename or 'the folder'}: {why}", lasting=lasting)
